//! What the account may not do is said with the role that is missing, is remembered, and changes nothing.

use serde_json::json;
use tapdesk_engine::staff_desk::view::acts::{ActKind, TileField};

use super::*;

#[tokio::test]
async fn a_missing_role_is_named_and_remembered() {
    for status in [401, 403] {
        let place = Place::new().await;
        let (bench, state) = (place.run().await, place.state());
        state.change_switches(|switches| switches.missing_role_status = status);
        let checkin = state.open_checkin(LAYLA, HERE, second(60));
        let failure = json!({ "BusinessId": HERE, "CheckinAttemptTime": "2026-03-01T09:00:00Z", "Description": "old" });
        let failure = state.put_record(Entity::FailedCheckin, &failure).unwrap();
        bench.journal.put(tap_for_staff(5, NEW_TILE, None, second(60))).await.unwrap();
        place.lacking(&["Checkin-Create", "Checkin-Edit", "Coworker-Edit", "FailedCheckin-Edit"]);
        let acts = [
            (check_in(ANA), "Checkin-Create"),
            (Act::CloseCheckin { coworker: LAYLA, checkin, at: None }, "Checkin-Edit"),
            (
                Act::LinkTile { entry: EntryId(5).to_string(), coworker: FREYA, field: TileField::AccessCard },
                "Coworker-Edit",
            ),
            (Act::Correct { failure, coworker: None, description: Some("new".to_owned()) }, "FailedCheckin-Edit"),
        ];
        for (act, role) in acts {
            let kind = act.kind();
            assert_eq!(bench.desk.lacking(kind), None);
            assert_eq!(bench.act(act).await, Err(DeskProblem::NotPermitted { role: role.to_owned() }), "{status}");
            assert_eq!(
                (bench.desk.lacking(kind).as_deref(), bench.last_state().await),
                (Some(role), AuditState::Failed)
            );
        }
        assert!(state.checkins(ANA).is_empty() && state.open_checkins(LAYLA).len() == 1);
        assert_eq!(record(&state, Entity::FailedCheckin, failure)["Description"], "old");
        assert!(record(&state, Entity::Coworker, FREYA)["AccessCardId"].is_null());
        assert_eq!(bench.desk.lacking(ActKind::Retry), None, "it needs no role");
        let unread = {
            place.lacking(&["FailedCheckin-Read"]);
            Act::Correct { failure, coworker: Some(ANA), description: None }
        };
        let refused = bench.desk.prepare(unread).await;
        assert_eq!(refused, Err(DeskProblem::NotPermitted { role: "FailedCheckin-Read".to_owned() }));
    }
}

/// An empty PUT names no record; nothing is created to find out.
#[tokio::test]
async fn rights_are_found_out_without_doing_anything() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    bench.desk.look_at_rights().await;
    let tried = state.requests().iter().filter(|request| request.method == "PUT").count();
    assert_eq!((tried, bench.desk.lacking_roles().len()), (0, 0), "an administrator has all");
    place.lacking(&["Coworker-Edit", "FailedCheckin-Edit", "Checkin-Create"]);
    state.clear_log();
    bench.desk.look_at_rights().await;
    assert_eq!(bench.desk.lacking_roles(), ["Coworker-Edit", "FailedCheckin-Edit"], "creating is learnt from use");
    assert_eq!(bench.desk.lacking(ActKind::CloseCheckin), None);
    assert_eq!((state.writes().len(), requests(&state, "POST", "s")), (0, 0));
    place.lacking(&["Checkin-Create"]);
    bench.desk.look_at_rights().await;
    assert_eq!(bench.desk.lacking_roles(), [""; 0], "what was granted since is found");
}
