//! One failure with all that is known of it.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde_json::{Value, json};
use tapdesk_engine::staff_desk::view::DeskProblem;
use tapdesk_engine::staff_desk::view::acts::ActKind;
use tapdesk_engine::staff_desk::view::detail::{FailureDetail, Known, Reading};
use tapdesk_engine::staff_desk::view::failures::{FailureKey, FailureKind};
use tapdesk_tests::spaces::{Entity, seed};

use super::{Bench, of_ana, tile, unusable};

/// Anybody's hour, so that the location is open: noon by Greenwich, some days ago.
fn noon(days_ago: i64) -> DateTime<Utc> {
    let today = Utc::now().date_naive().and_hms_opt(12, 0, 0).unwrap().and_utc();
    (today - TimeDelta::days(days_ago)).trunc_subsecs(0)
}

impl Bench {
    async fn detail(&self, id: i64) -> FailureDetail {
        self.desk.failure(FailureKey::Record { id }).await.unwrap()
    }

    fn refused(&self, coworker: i64, at: DateTime<Utc>) -> i64 {
        self.fail(&json!({ "CoworkerId": coworker, "CheckinAttemptTime": at, "Description": "Not today.", "TariffAtTheTimeOfCheckin": "Flex" }))
    }

    /// Lays these properties over a record.
    fn change(&self, entity: Entity, id: i64, change: &Value) {
        let mut record = self.state().record(entity, id).unwrap();
        record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        self.state().put_record(entity, &record).unwrap();
    }
}

fn acts(detail: &FailureDetail) -> Vec<ActKind> {
    detail.offers.iter().map(|offer| offer.act).collect()
}

#[tokio::test]
async fn the_facts_of_a_refusal() {
    let bench = Bench::open().await;
    let at = noon(1);
    // Before the attempt: seeded members were changed two months ago.
    let readings = async |coworker| bench.detail(bench.refused(coworker, at)).await.readings;
    assert!(matches!(readings(1_006).await[..], [Reading::PassesExpired { at: expired }] if expired < at));
    assert_eq!(readings(1_008).await, [Reading::PassesElsewhere]);
    assert_eq!(readings(1_005).await, [Reading::NoPass { plan: "Flex".into() }]);
    let valid = Reading::PassValidNow { name: Some("Day pass".into()) };
    assert_eq!(readings(1_001).await, [valid.clone(), Reading::NotKnown]);
    assert_eq!(
        readings(1_010).await[..2],
        [Reading::NoPassNoPlan, Reading::PlanChanged { then: "Flex".into(), now: None }]
    );
    assert_eq!(readings(1_007).await[0], Reading::NotActive);
    assert_eq!(readings(1_013).await[0], Reading::Archived);
    assert_eq!(readings(1_001).await, [valid.clone(), Reading::NotKnown, Reading::Repeated { times: 2 }]);
    // Somebody changes the member now.
    bench.change(Entity::Coworker, 1_001, &json!({ "TariffId": seed::PLAN_RESIDENT, "UpdatedOn": Utc::now() }));
    let changed = readings(1_001).await;
    assert!(changed.iter().any(|reading| matches!(reading, Reading::ChangedSince { .. })), "{changed:?}");
    assert!(
        changed.contains(&Reading::PlanChanged { then: "Flex".into(), now: Some("Resident".into()) }),
        "{changed:?}"
    );
    let night = bench.refused(1_014, at.date_naive().and_hms_opt(3, 0, 0).unwrap().and_utc());
    assert!(bench.detail(night).await.readings.contains(&Reading::Closed));
}

#[tokio::test]
async fn everything_recorded_the_member_the_passes_and_what_is_open() {
    let bench = Bench::open().await;
    let at = noon(1);
    let since = at - TimeDelta::hours(1);
    let checkin = bench.state().open_checkin(1_001, seed::QUAY_HOUSE, since);
    bench.state().open_checkin(1_001, seed::MILL_YARD, since);
    let id = bench.refused(1_001, at);
    let detail = bench.detail(id).await;
    let raw = bench.state().record(Entity::FailedCheckin, id).unwrap();
    let recorded: Vec<&str> = detail.recorded.iter().map(|property| property.name.as_str()).collect();
    assert_eq!(recorded, raw.as_object().unwrap().keys().collect::<Vec<_>>());
    let value = |name: &str| detail.recorded.iter().find(|property| property.name == name).unwrap().value.clone();
    assert_eq!((value("Description"), value("MacAddresses")), (Some("Not today.".to_owned()), None));
    let Known::Known { value: member } = &detail.member else { panic!("{:?}", detail.member) };
    assert_eq!((member.name.as_str(), member.plan.as_deref()), ("Ana Prieto", Some("Flex")));
    assert_eq!((member.access_card.as_deref(), member.key_fob.as_deref()), (Some("…E5F6"), None));
    let Known::Known { value: passes } = &detail.passes else { panic!("{:?}", detail.passes) };
    assert_eq!(passes.iter().map(|pass| (pass.valid, pass.here)).collect::<Vec<_>>(), [(true, true)]);
    let Known::Known { value: open } = &detail.open_checkins else { panic!("{:?}", detail.open_checkins) };
    assert_eq!(open.iter().map(|open| (open.checkin, open.since)).collect::<Vec<_>>(), [(checkin, since)]);
    assert_eq!(detail.readings[0], Reading::AlreadyIn { since });
    assert_eq!(acts(&detail), [ActKind::CloseCheckin, ActKind::Correct]);
    assert_eq!(bench.desk.failure(FailureKey::Record { id: 999_999 }).await, Err(DeskProblem::Gone));
}

#[tokio::test]
async fn an_unknown_tile_its_tap_and_whom_it_was_linked_to() {
    let bench = Bench::open().await;
    bench.read_members().await;
    let at = noon(0) - TimeDelta::days(1);
    let key = bench
        .keep(at + TimeDelta::milliseconds(250), |entry| entry.state = tapdesk_core::entry::EntryState::Waiting)
        .await;
    let FailureKey::Tap { entry } = key else { panic!("a tap") };
    let report = json!({ "CheckinAttemptTime": at, "Description": "No member has tile …E5F6." });
    let id = bench.fail(&report);
    let detail = bench.detail(id).await;
    let tap = detail.tap.clone().unwrap();
    assert_eq!((tap.entry, tap.tile.as_deref()), (entry, Some("…E5F6")));
    assert_eq!(detail.readings, [Reading::UnknownTile]);
    assert_eq!((&detail.member, &detail.passes), (&Known::Nothing, &Known::Nothing));
    assert_eq!(acts(&detail), [ActKind::LinkTile, ActKind::CheckIn, ActKind::Correct]);
    // Another tile of that second is not meant, nor one of another second.
    bench.keep(at + TimeDelta::milliseconds(300), |entry| entry.tile = Some(tile("04D1B2C3D4AAAA"))).await;
    assert_eq!(bench.detail(id).await.tap, detail.tap);
    let other = bench
        .fail(&json!({ "CheckinAttemptTime": at + TimeDelta::seconds(1), "Description": "No member has tile …E5F6." }));
    let other = bench.detail(other).await;
    assert_eq!((other.tap, other.readings), (None, vec![Reading::UnknownTile]));
    bench.change(Entity::Coworker, 1_020, &json!({ "AccessCardId": "04:D1:B2:C3:D4:E5:F6", "UpdatedOn": Utc::now() }));
    let linked = bench.detail(id).await;
    assert_eq!(linked.readings, [Reading::TileLinkedSince { coworker: 1_020, name: "Freya Lindqvist".into() }]);
    assert_eq!(acts(&linked), [ActKind::CheckIn, ActKind::Correct]);
}

#[tokio::test]
async fn taps_that_this_kiosk_alone_knows_of() {
    let bench = Bench::open().await;
    let anas = bench.keep(noon(1), of_ana).await;
    let detail = bench.desk.failure(anas.clone()).await.unwrap();
    assert_eq!((detail.row.kind, &detail.row.key), (FailureKind::NeedsStaff, &anas));
    assert!(matches!(detail.member, Known::Known { .. }));
    assert_eq!(acts(&detail), [ActKind::Retry, ActKind::CheckIn, ActKind::Dismiss]);
    let nobodys = bench.desk.failure(bench.keep(noon(2), unusable).await).await.unwrap();
    assert_eq!(nobodys.readings, [Reading::UnusableTile]);
    assert_eq!((acts(&nobodys), nobodys.tap.unwrap().tile), (vec![ActKind::CheckIn], None));
    for entry in ["no-id".to_owned(), "01901234-5678-7abc-8def-0123456789ab".to_owned()] {
        assert_eq!(bench.desk.failure(FailureKey::Tap { entry }).await, Err(DeskProblem::Gone));
    }
}

#[tokio::test]
async fn what_the_account_may_not_read_is_missing_alone_and_named() {
    let problem = |role: &str| DeskProblem::NotPermitted { role: role.to_owned() };
    for status in [401, 403] {
        for role in ["Coworker-Read", "CoworkerTimePass-List", "Checkin-List", "FailedCheckin-Read"] {
            let bench = Bench::lacking(&[role], status).await;
            let id = bench.refused(1_006, noon(1));
            let detail = bench.detail(id).await;
            let parts = [
                (
                    "Coworker-Read",
                    matches!(&detail.member, Known::Problem { problem: named } if *named == problem(role)),
                ),
                (
                    "CoworkerTimePass-List",
                    matches!(&detail.passes, Known::Problem { problem: named } if *named == problem(role)),
                ),
                (
                    "Checkin-List",
                    matches!(&detail.open_checkins, Known::Problem { problem: named } if *named == problem(role)),
                ),
            ];
            for (part, missing) in parts {
                assert_eq!(missing, part == role, "{part} without {role}");
            }
            assert_eq!(detail.row.description.as_deref(), Some("Not today."));
            assert!(detail.recorded.iter().any(|property| property.name == "Description"));
            let named_twice = bench.desk.lacking_roles();
            assert_eq!(named_twice, [role]);
            // It is not asked for again: each refusal costs a sign-in.
            let tokens = bench.state().requests().iter().filter(|request| request.path.ends_with("/token")).count();
            bench.detail(id).await;
            assert_eq!(
                bench.state().requests().iter().filter(|request| request.path.ends_with("/token")).count(),
                tokens
            );
        }
    }
    let bench = Bench::lacking(&["FailedCheckin-Read", "FailedCheckin-List"], 403).await;
    let id = bench.refused(1_006, noon(1));
    let nothing = bench.desk.failure(FailureKey::Record { id }).await;
    assert_eq!(nothing, Err(problem("FailedCheckin-List")));
}
