//! Writing: what arrives, what no PUT loses, and what is known of a write that failed.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tapdesk_core::checkin::{Trouble, Undone};
use tapdesk_core::ids::{CheckinId, FailedCheckinId};
use tapdesk_engine::spaces::client::NotWritten;
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_engine::spaces::records::checkin::{self, Checkin, NewCheckin};
use tapdesk_engine::spaces::records::coworker::{self, Coworker};
use tapdesk_engine::spaces::records::failed_checkin::{self, FailedCheckin, NewFailedCheckin};
use tapdesk_engine::spaces::records::source::CheckinSource;
use tapdesk_tests::spaces::{Account, Entity, Fault, FaultKind, PostValue, Validation, seed};

use crate::{ANA, BEN, Desk, HERE};

fn new_checkin(from_time: DateTime<Utc>) -> NewCheckin {
    NewCheckin::new(HERE, ANA, from_time, CheckinSource::Tile)
}

fn second() -> DateTime<Utc> {
    DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap()
}

/// What changed between two states of a record.
fn changed(before: &Value, after: &Value) -> Vec<String> {
    let (before, after) = (before.as_object().unwrap(), after.as_object().unwrap());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    before.iter().filter(|(name, value)| after[*name] != **value).map(|(name, _)| name.clone()).collect()
}

#[tokio::test]
async fn a_checkin_is_created_read_changed_and_deleted() {
    for value in [PostValue::IdOnly, PostValue::Full] {
        let desk = Desk::open().await;
        desk.state().change_switches(|switches| {
            switches.post_value = value;
            switches.source_writable = true;
        });
        let from = second() - TimeDelta::hours(1);
        let written = desk.client().create(&new_checkin(from)).await.unwrap();
        let id = CheckinId(written.id.unwrap());
        assert_eq!(written.value.unwrap().get("FromTime").is_some(), value == PostValue::Full);
        let checkin: Checkin = desk.client().get(id).await.unwrap();
        assert_eq!((checkin.coworker, checkin.business, checkin.from), (Some(ANA), Some(HERE), from));
        assert_eq!((checkin.source, checkin.to), (Some(CheckinSource::Tile), None));
        let to = second();
        desk.client().update::<Checkin>(id, &[checkin::SET_TO_TIME.set(to)]).await.unwrap();
        assert_eq!(desk.client().get::<Checkin>(id).await.unwrap().to, Some(to));
        desk.client().delete::<Checkin>(id).await.unwrap();
        assert_eq!(desk.client().get::<Checkin>(id).await, Err(Trouble::NotFound));
        assert_eq!(desk.client().delete::<Checkin>(id).await, Err(NotWritten::NotDone(Trouble::NotFound)));
    }
}

/// The service clears what a PUT leaves out, so this fails if any field, known to this program or not, is left out.
#[tokio::test]
async fn no_field_is_lost_by_a_change() {
    let desk = Desk::open().await;
    let state = desk.state();
    let id = state.open_checkin(ANA.0, HERE.0, second());
    let mut full = state.record(Entity::Checkin, id).unwrap();
    for (name, value) in [
        ("MacAddresses", json!("aa:bb")),
        ("TeamsAtTheTimeOfCheckin", json!("Blue, Red")),
        ("LastActivity", json!("2025-01-15T10:30:00Z")),
        ("AutoCheckout", json!(true)),
        ("SystemId", json!("ours-1")),
    ] {
        full[name] = value;
    }
    state.put_record(Entity::Checkin, &full).unwrap();
    let before = state.record(Entity::Checkin, id).unwrap();
    desk.client().update::<Checkin>(CheckinId(id), &[checkin::SET_TO_TIME.set(second())]).await.unwrap();
    let mut after = changed(&before, &state.record(Entity::Checkin, id).unwrap());
    after.retain(|name| !["UpdatedOn", "UpdatedBy", "ToTimeLocal"].contains(&name.as_str()));
    assert_eq!(after, ["ToTime"]);

    let before = state.record(Entity::Coworker, ANA.0).unwrap();
    let changes = [coworker::SET_KEY_FOB_NUMBER.set("0012345"), coworker::SET_ACCESS_CARD_ID.clear()];
    desk.client().update::<Coworker>(ANA, &changes).await.unwrap();
    let mut after = changed(&before, &state.record(Entity::Coworker, ANA.0).unwrap());
    after.retain(|name| !["UpdatedOn", "UpdatedBy"].contains(&name.as_str()));
    after.sort();
    assert_eq!(after, ["AccessCardId", "KeyFobNumber"]);
}

/// Not only as values: as text too, but for what was changed.
#[tokio::test]
async fn the_bytes_of_a_record_go_back_as_they_came() {
    let desk = Desk::open().await;
    let mut record = desk.client().get_whole::<Coworker>(BEN).await.unwrap();
    let received = serde_json::to_string(&record).unwrap();
    record.change::<Coworker>(&coworker::SET_KEY_FOB_NUMBER.set("77"));
    let sent = serde_json::to_string(&record).unwrap();
    let before = serde_json::from_str::<Value>(&received).unwrap()["KeyFobNumber"].to_string();
    assert_eq!(sent, received.replace(&format!("\"KeyFobNumber\":{before}"), "\"KeyFobNumber\":\"77\""));
    desk.client().put::<Coworker>(&record).await.unwrap();
    let put = desk.state().requests().into_iter().rfind(|request| request.method == "PUT").unwrap();
    assert_eq!(put.body["KeyFobNumber"], "77");
}

/// Every field that the pages let one write arrives under its name.
#[tokio::test]
async fn a_new_record_may_have_every_published_field() {
    let desk = Desk::open().await;
    let now = second();
    let new = NewCheckin {
        to_time: Some(now),
        counts_towards_plan_limits: Some(true),
        coworker_time_pass_guid: Some("a1b2c3d4-e5f6-7890-abcd-ef1234567890".to_owned()),
        auto_checkout: Some(true),
        last_activity: Some(now),
        mac_addresses: Some("aa:bb".to_owned()),
        teams_at_the_time_of_checkin: Some("Blue".to_owned()),
        tariff_at_the_time_of_checkin: Some("Flex".to_owned()),
        validate_checkin_job_id: Some("job".to_owned()),
        ..new_checkin(now - TimeDelta::hours(1))
    };
    let id = CheckinId(desk.client().create(&new).await.unwrap().id.unwrap());
    let checkin: Checkin = desk.client().get(id).await.unwrap();
    assert_eq!((checkin.to, checkin.last_activity), (Some(now), Some(now)));
    assert_eq!((checkin.counts_towards_plan_limits, checkin.auto_checkout), (Some(true), Some(true)));
    let texts = [checkin.mac_addresses, checkin.teams, checkin.tariff, checkin.validation_job];
    assert_eq!(texts.map(Option::unwrap), ["aa:bb", "Blue", "Flex", "job"]);
}

#[tokio::test]
async fn a_failed_checkin_is_created_corrected_and_deleted() {
    let desk = Desk::open().await;
    let new = NewFailedCheckin::new(HERE, None, second(), CheckinSource::Tile, "Unknown tile \u{2026}B2C3");
    let id = FailedCheckinId(desk.client().create(&new).await.unwrap().id.unwrap());
    let changes = [failed_checkin::SET_COWORKER.set(ANA), failed_checkin::SET_DESCRIPTION.set("Ana's new tile")];
    desk.client().update::<FailedCheckin>(id, &changes).await.unwrap();
    let row: FailedCheckin = desk.client().get(id).await.unwrap();
    assert_eq!((row.coworker, row.attempted_at), (Some(ANA), Some(new.checkin_attempt_time)));
    assert_eq!(row.description.as_deref(), Some("Ana's new tile"));
    desk.client().delete::<FailedCheckin>(id).await.unwrap();
    assert!(desk.state().record(Entity::FailedCheckin, id.0).is_none());
}

#[tokio::test]
async fn a_refusal_is_a_refusal_in_every_shape() {
    let desk = Desk::open().await;
    desk.state().refuse(ANA.0, Some("No pass for today"));
    for validation in [Validation::Sync, Validation::Sync400] {
        for message in [None, Some("Please see the desk.".to_owned())] {
            desk.state().change_switches(|switches| {
                switches.validation = validation;
                switches.refusal_message.clone_from(&message);
            });
            let answer = desk.client().create(&new_checkin(second())).await;
            let said = message.unwrap_or_else(|| "No pass for today".to_owned());
            assert_eq!(answer, Err(NotWritten::Refused(Some(said))), "{validation:?}");
        }
    }
}

#[tokio::test]
async fn a_faulty_request_names_its_property() {
    let desk = Desk::open().await;
    let nowhere = NewCheckin { business_id: tapdesk_core::ids::BusinessId(0), ..new_checkin(second()) };
    let answer = desk.client().create(&nowhere).await;
    assert!(
        matches!(&answer, Err(NotWritten::Invalid(faults)) if faults.iter().any(|fault| fault.property == "BusinessId")),
        "{answer:?}"
    );
}

/// What is certain is told from what is not: only a write that cannot have arrived may be sent again unseen.
#[tokio::test]
async fn certainty_and_doubt_are_told_apart() {
    let cases: [(FaultKind, bool); 6] = [
        (FaultKind::DropBeforeCommit, false),
        (FaultKind::DropAfterCommit, true),
        (FaultKind::TruncatedBody { keep_bytes: 20 }, true),
        (FaultKind::ServerError { status: 502 }, false),
        (FaultKind::CaptivePortal, false),
        (FaultKind::ConnectionReset, false),
    ];
    for (kind, committed) in cases {
        let desk = Desk::open().await;
        desk.state().inject(Fault::new(kind.clone()).on("POST", "*checkins"));
        let answer = desk.client().create(&new_checkin(second())).await;
        assert!(matches!(answer, Err(NotWritten::Unknown(_))), "{kind:?}: {answer:?}");
        assert_eq!(desk.state().checkins(ANA.0).len(), usize::from(committed), "{kind:?}");
    }
    let desk = Desk::open().await;
    desk.state().refuse_connections();
    // The first may still be sent on a connection that was open.
    drop(desk.client().create(&new_checkin(second())).await);
    let answer = desk.client().create(&new_checkin(second())).await;
    assert!(matches!(answer, Err(NotWritten::NotDone(Trouble::Unreachable(_)))), "{answer:?}");
}

#[tokio::test]
async fn a_checkin_is_taken_back_as_far_as_the_account_may() {
    let desk = Desk::open().await;
    let state = desk.state();
    let open = || CheckinId(state.open_checkin(ANA.0, HERE.0, second()));
    let id = open();
    assert_eq!(desk.spaces.undo(ANA, id, Priority::Urgent).await, Ok(Undone::Deleted));
    assert_eq!(desk.spaces.undo(ANA, id, Priority::Urgent).await, Ok(Undone::Gone));
    let id = open();
    assert!(matches!(desk.spaces.undo(BEN, id, Priority::Urgent).await, Err(Trouble::Invalid(_))), "somebody else's");
    state.close_checkins(Some(ANA.0));
    assert_eq!(desk.spaces.undo(ANA, id, Priority::Urgent).await, Ok(Undone::Gone), "what is closed is left as it is");
    assert!(state.record(Entity::Checkin, id.0).is_some());

    state.add_account(Account::administrator(seed::USERNAME, seed::PASSWORD, "Kiosk").lacking("Checkin-Delete"));
    let id = open();
    assert_eq!(desk.spaces.undo(ANA, id, Priority::Urgent).await, Ok(Undone::Closed));
    let closed = state.record(Entity::Checkin, id.0).unwrap();
    assert_eq!(closed["ToTime"], closed["FromTime"]);
}
