//! Taps that need staff: tried again, dismissed, taken up again.

use tapdesk_core::entry::Settlement;
use tapdesk_engine::staff_desk::view::acts::{DismissReason, Warning};

use super::*;

fn retry(number: u64) -> Act {
    Act::Retry { entry: EntryId(u128::from(number)).to_string() }
}

fn dismiss(number: u64, note: &str) -> Act {
    let entry = EntryId(u128::from(number)).to_string();
    Act::Dismiss { entry, reason: DismissReason::AlreadyRecorded, note: note.to_owned() }
}

/// A place whose kiosk has these taps for staff.
async fn with(taps: &[Entry]) -> Place {
    let place = Place::new().await;
    let journal = place.journal().await;
    for tap in taps {
        journal.put(tap.clone()).await.unwrap();
    }
    place
}

async fn state_of(bench: &Bench, number: u64) -> EntryState {
    bench.journal.entry(EntryId(u128::from(number))).await.unwrap().unwrap().0.state
}

#[tokio::test]
async fn a_tap_that_is_tried_again_is_recorded_once_with_its_own_time() {
    let at = second(600);
    let place = with(&[tap_for_staff(1, "04A1B2C3D4E5F6", Some(ANA), at)]).await;
    let (mut bench, state) = (place.run().await, place.state());
    bench.needs_staff(1).await;
    let prepared = bench.prepare(retry(1)).await;
    assert_eq!((prepared.warnings.as_slice(), prepared.possible, prepared.undoable), ([].as_slice(), true, false));
    assert_eq!(prepared.changes[0].property, "FromTime");
    let second_plan = bench.prepare(retry(1)).await;
    let done = bench.desk.carry_out(prepared.plan).await.unwrap();
    assert!(!done.undoable);
    bench.needs_staff(0).await;
    assert!(state.wait_until(DEADLINE, |state| !state.checkins(ANA).is_empty()).await);
    let checkins = state.checkins(ANA);
    assert_eq!((checkins.len(), checkins[0]["Source"].as_i64()), (1, Some(4)));
    assert_eq!(checkins[0]["FromTime"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap(), at);
    assert_eq!(bench.desk.carry_out(second_plan.plan).await, Err(DeskProblem::Changed), "once");
    assert!(matches!(bench.desk.prepare(retry(1)).await, Err(DeskProblem::Changed)));
    assert_eq!(bench.desk.prepare(retry(9)).await, Err(DeskProblem::Gone));
    assert_eq!(state.checkins(ANA).len(), 1);
}

#[tokio::test]
async fn what_others_overtook_comes_back_to_staff() {
    let place = with(&[tap_for_staff(1, "04A1B2C3D4E5F6", Some(ANA), second(600))]).await;
    let (mut bench, state) = (place.run().await, place.state());
    state.open_checkin(ANA, HERE, second(60));
    let prepared = bench.prepare(retry(1)).await;
    assert_eq!(prepared.changes, [], "nothing would be written");
    bench.desk.carry_out(prepared.plan).await.unwrap();
    bench.told(|notice| matches!(notice, Notice::Queue(queue) if queue.waiting == 1 && queue.needs_staff == 0)).await;
    bench.needs_staff(1).await;
    assert_eq!(state.checkins(ANA).len(), 1);
}

#[tokio::test]
async fn a_tile_that_was_linked_since_is_known_to_its_old_tap() {
    let at = second(300);
    let place = with(&[tap_for_staff(1, NEW_TILE, None, at)]).await;
    let (mut bench, state) = (place.run().await, place.state());
    let link = Act::LinkTile {
        entry: EntryId(1).to_string(),
        coworker: FREYA,
        field: tapdesk_engine::staff_desk::view::acts::TileField::AccessCard,
    };
    bench.act(link).await.unwrap();
    let prepared = bench.prepare(retry(1)).await;
    assert_eq!(prepared.member.as_ref().map(|member| member.coworker), Some(FREYA));
    assert_eq!(prepared.warnings, [Warning::MayBeCharged], "she has no pass");
    bench.desk.carry_out(prepared.plan).await.unwrap();
    bench.needs_staff(0).await;
    assert!(state.wait_until(DEADLINE, |state| state.open_checkins(FREYA).len() == 1).await);
}

#[tokio::test]
async fn a_dismissed_tap_counts_no_more_and_is_taken_up_again() {
    let place = with(&[
        tap_for_staff(1, "04A1B2C3D4E5F6", Some(ANA), second(600)),
        tap_for_staff(2, NEW_TILE, None, second(500)),
    ])
    .await;
    let (mut bench, state) = (place.run().await, place.state());
    bench.needs_staff(2).await;
    let calls = state.requests().len();
    let prepared = bench.prepare(dismiss(1, "Ana Prieto said so")).await;
    assert_eq!(prepared.member.as_ref().map(|member| member.name.as_str()), Some("Ana Prieto"));
    let done = bench.desk.carry_out(prepared.plan).await.unwrap();
    bench.needs_staff(1).await;
    assert_eq!(
        state.requests().iter().filter(|request| request.method != "GET").count(),
        requests(&state, "POST", "/token")
    );
    assert!(state.requests().len() <= calls + 2, "it needs no service");
    let dismissed = state_of(&bench, 1).await;
    assert!(
        matches!(&dismissed, EntryState::Settled(Settlement::Dismissed { reason, .. }) if reason == "already_recorded"),
        "{dismissed:?}"
    );
    assert_eq!(bench.last().await.note, "Ana Prieto said so");
    let report = service::audit(&place.settings, place.keys.as_ref()).unwrap();
    assert_eq!((report.lines.len(), report.lines[0].state, report.broken_at), (1, AuditState::Done, None));
    let told = serde_json::to_string(&report).unwrap();
    assert!(!told.contains("Prieto"), "ids and codes alone: {told}");
    bench.stop().await;

    let mut bench = place.run().await;
    bench.needs_staff(1).await;
    let queue = service::queue(&place.settings, place.keys.as_ref()).unwrap();
    assert_eq!((queue.needs_staff, queue.waiting), (1, 0), "also after a restart");
    bench.desk.undo(done.number).await.unwrap();
    bench.needs_staff(2).await;
    assert!(matches!(state_of(&bench, 1).await, EntryState::NeedsStaff(_)));
    assert_eq!(bench.last_state().await, AuditState::Undone);
}
