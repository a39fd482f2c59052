//! A check-in that staff open or close by hand.

use tapdesk_core::verdict::Verdict;
use tapdesk_engine::pins::Pin;
use tapdesk_engine::staff_desk::view::acts::{ActKind, Warning};
use tapdesk_tests::spaces::{Fault, FaultKind, Validation};

use super::*;

#[tokio::test]
async fn a_member_is_checked_in_by_hand_and_that_is_taken_back() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    let note = "forgot the tile at home".to_owned();
    let act = || Act::CheckIn { coworker: ANA, at: None, note: note.clone(), failure: Some(77) };
    let prepared = bench.prepare(act()).await;
    assert_eq!((prepared.act, prepared.warnings.as_slice()), (ActKind::CheckIn, [].as_slice()));
    assert!(prepared.possible && prepared.undoable);
    assert_eq!(prepared.member.unwrap().name, "Ana Prieto");
    let shown = |name: &str| prepared.changes.iter().find(|change| change.property == name).unwrap().after.clone();
    assert_eq!(shown("Source").as_deref(), Some("1"));
    assert!(state.checkins(ANA).is_empty(), "nothing is done yet");

    let done = bench.desk.carry_out(prepared.plan).await.unwrap();
    let checkins = state.open_checkins(ANA);
    let [opened] = checkins.as_slice() else { panic!("{checkins:?}") };
    assert_eq!((done.checkin, done.stored_source, done.undoable), (opened["Id"].as_i64(), Some(1), true));
    assert_eq!(opened["FromTime"].as_str(), shown("FromTime").as_deref(), "what was shown is what was written");
    assert_eq!((opened["Source"].as_i64(), opened["BusinessId"].as_i64()), (Some(1), Some(HERE)));
    assert_eq!(bench.desk.carry_out(prepared.plan).await, Err(DeskProblem::Changed), "once");
    let line = bench.last().await;
    assert_eq!((line.number, line.act, line.coworker), (done.number, ActKind::CheckIn, Some(ANA)));
    assert_eq!(
        (line.record, line.state, line.note, line.undoable),
        (done.checkin, AuditState::Done, note.clone(), true)
    );

    let again = bench.prepare(act()).await;
    assert!(matches!(again.warnings.as_slice(), [Warning::AlreadyIn { .. }]), "{again:?}");
    assert!(!again.possible);
    assert!(matches!(bench.desk.carry_out(again.plan).await, Err(DeskProblem::Invalid { .. })));
    assert_eq!(requests(&state, "POST", "/checkins"), 1);

    bench.desk.undo(done.number).await.unwrap();
    assert!(state.checkins(ANA).is_empty(), "it is deleted");
    assert_eq!(bench.last_state().await, AuditState::Undone);
    assert_eq!(bench.desk.undo(done.number).await, Err(DeskProblem::Changed), "once");
    assert_eq!(bench.desk.undo(99).await, Err(DeskProblem::Gone));
}

#[tokio::test]
async fn without_the_right_to_delete_it_is_closed_at_its_own_beginning() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    place.lacking(&["Checkin-Delete"]);
    let done = bench.act(check_in(ANA)).await.unwrap();
    bench.desk.undo(done.number).await.unwrap();
    let closed = record(&state, Entity::Checkin, done.checkin.unwrap());
    assert_eq!(closed["ToTime"], closed["FromTime"]);
    // What somebody closed since is nobody's to take back.
    let done =
        bench.act(Act::CheckIn { coworker: FREYA, at: Some(second(60)), note: String::new(), failure: None }).await;
    let done = done.unwrap();
    state.close_checkins(Some(FREYA));
    assert_eq!(bench.desk.undo(done.number).await, Err(DeskProblem::Changed));
    assert_eq!(bench.last_state().await, AuditState::Done);
}

#[tokio::test]
async fn staff_are_told_first_what_they_should_know() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    assert_eq!(bench.prepare(check_in(LAYLA)).await.warnings, [Warning::MayBeCharged]);
    assert_eq!(bench.prepare(check_in(1007)).await.warnings, [Warning::NotActive, Warning::MayBeCharged]);
    let waiting = Entry { state: EntryState::Waiting, ..tap_for_staff(1, "04A1B2C3D4E5F6", None, second(60)) };
    bench.journal.put(waiting).await.unwrap();
    assert_eq!(bench.prepare(check_in(ANA)).await.warnings, [Warning::TapWaits]);
    let future = Act::CheckIn { coworker: ANA, at: Some(second(-600)), note: String::new(), failure: None };
    assert!(matches!(bench.desk.prepare(future).await, Err(DeskProblem::Invalid { .. })));
    state.open_checkin(FREYA, HERE, second(600));
    state.close_checkins(Some(FREYA));
    let earlier = Act::CheckIn { coworker: FREYA, at: Some(second(300)), note: String::new(), failure: None };
    assert!(matches!(bench.desk.prepare(earlier).await, Err(DeskProblem::Invalid { .. })), "two visits would overlap");
    assert_eq!(bench.desk.prepare(check_in(4711)).await, Err(DeskProblem::Gone));
}

#[tokio::test]
async fn a_refusal_is_told_in_the_services_own_words() {
    for validation in [Validation::Sync, Validation::Sync400] {
        let place = Place::new().await;
        let (bench, state) = (place.run().await, place.state());
        state.change_switches(|switches| switches.validation = validation);
        state.refuse(LAYLA, Some("No pass for today"));
        let refused = bench.act(check_in(LAYLA)).await;
        assert_eq!(refused, Err(DeskProblem::Refused { said: Some("No pass for today".to_owned()) }));
        assert!(state.checkins(LAYLA).is_empty());
        assert_eq!((bench.last_state().await, bench.last().await.undoable), (AuditState::Failed, false));
    }
}

#[tokio::test]
async fn what_moved_since_it_was_prepared_stops_it() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    let prepared = bench.prepare(check_in(ANA)).await;
    state.open_checkin(ANA, HERE, second(5));
    assert_eq!(bench.desk.carry_out(prepared.plan).await, Err(DeskProblem::Changed));
    assert_eq!((requests(&state, "POST", "/checkins"), bench.last_state().await), (0, AuditState::Failed));
    // The visit would be charged now, which nobody was asked about.
    let member = Member::named("Rosa Blau").on_plan(Some(seed::PLAN_FLEX)).holding(seed::PASS_DAY, 1, None);
    let rosa = state.add_member(&member);
    let prepared = bench.prepare(check_in(rosa)).await;
    assert_eq!(prepared.warnings, []);
    let pass = state.records(Entity::CoworkerTimePass).into_iter().find(|pass| pass["CoworkerId"] == rosa).unwrap();
    let used = serde_json::json!({ "Id": pass["Id"], "CoworkerId": rosa, "BusinessId": HERE, "Used": true });
    state.put_record(Entity::CoworkerTimePass, &used).unwrap();
    assert_eq!(bench.desk.carry_out(prepared.plan).await, Err(DeskProblem::Changed));
    assert!(state.checkins(rosa).is_empty());
}

/// Nothing is sent again before it was looked up, and nothing at all while it may still be carried out.
#[tokio::test]
async fn a_lost_reply_is_looked_up_and_never_sent_again() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    state.inject(Fault::new(FaultKind::DropAfterCommit).on("POST", "*checkins"));
    let done = bench.act(check_in(ANA)).await.unwrap();
    assert_eq!((state.checkins(ANA).len(), requests(&state, "POST", "/checkins")), (1, 1));
    assert_eq!((done.checkin, done.stored_source), (state.checkins(ANA)[0]["Id"].as_i64(), Some(1)));

    let prepared_before = bench.prepare(check_in(FREYA)).await.plan;
    state.inject(Fault::new(FaultKind::DropBeforeCommit).on("POST", "*checkins"));
    let lost = bench.act(check_in(FREYA)).await;
    assert!(matches!(lost, Err(DeskProblem::Unknown { .. })), "{lost:?}");
    assert_eq!((bench.last_state().await, requests(&state, "POST", "/checkins")), (AuditState::Unknown, 2));
    let again = bench.desk.prepare(check_in(FREYA)).await;
    assert!(matches!(again, Err(DeskProblem::Unknown { .. })), "it may still be carried out: {again:?}");
    let number = bench.last().await.number;
    let again = bench.desk.carry_out(prepared_before).await;
    assert!(matches!(again, Err(DeskProblem::Unknown { .. })), "also where it was prepared before: {again:?}");
    assert_eq!((bench.last_state().await, requests(&state, "POST", "/checkins")), (AuditState::Failed, 2));
    assert!(matches!(bench.desk.undo(number).await, Err(DeskProblem::Invalid { .. })));
    assert!(state.checkins(FREYA).is_empty());

    // Throttled is not carried out, and waited out.
    state
        .inject(Fault::new(FaultKind::Throttle { status: None, retry_after_seconds: Some(1) }).on("POST", "*checkins"));
    bench.act(check_in(LAYLA)).await.unwrap_err();
    state
        .inject(Fault::new(FaultKind::Throttle { status: None, retry_after_seconds: Some(1) }).on("POST", "*checkins"));
    bench.act(check_in(1002)).await.unwrap();
    assert_eq!(state.checkins(1002).len(), 1);
}

/// Whoever stands at the kiosk was told of their own tap.
#[tokio::test(flavor = "multi_thread")]
async fn a_tap_at_the_same_moment_stands_and_ours_is_taken_back() {
    let place = Place::new().await;
    let (mut bench, state) = (place.run().await, place.state());
    let prepared = bench.prepare(check_in(place.nora)).await;
    state.inject(Fault::new(FaultKind::Hold { commit_first: false }).on("POST", "*checkins"));
    let desk = Arc::clone(&bench.desk);
    let acting = tokio::spawn(async move { desk.carry_out(prepared.plan).await });
    assert!(
        state
            .wait_until(DEADLINE, |state| state.is_under_way("/api/spaces/checkins") && state.faults().is_empty())
            .await
    );
    bench.handle.enter_pin(Pin::new(NORAS_PIN.to_owned()), None).await.unwrap();
    let is_in = |notice: &Notice| matches!(notice, Notice::Verdict(shown) if matches!(shown.verdict, Verdict::CheckedIn { .. }));
    let Notice::Verdict(told) = bench.told(is_in).await else { panic!("a verdict") };
    assert_eq!(state.open_checkins(place.nora).len(), 1);
    state.release();
    assert_eq!(acting.await.unwrap(), Err(DeskProblem::Changed));
    let open = state.open_checkins(place.nora);
    assert_eq!((open.len(), open[0]["Id"].as_i64()), (1, told.checkin.map(|id| id.0)), "the kiosk's own");
    assert_eq!(bench.last_state().await, AuditState::Failed);
}

/// Guard: `read_back` gives a kiosk that came second the time to take back its own. Both would be gone otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn a_tap_that_came_second_takes_its_own_back_and_ours_stands() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    state.inject(Fault::new(FaultKind::Hold { commit_first: false }).on("POST", "*checkins"));
    bench.handle.enter_pin(Pin::new(NORAS_PIN.to_owned()), None).await.unwrap();
    assert!(state.wait_until(DEADLINE, |state| state.faults().is_empty()).await, "the tap is being sent");
    let prepared = bench.prepare(check_in(place.nora)).await;
    assert!(prepared.warnings.contains(&Warning::TapWaits), "{prepared:?}");
    state.inject(Fault::new(FaultKind::Delay { milliseconds: 1_000 }).on("POST", "*checkins"));
    let desk = Arc::clone(&bench.desk);
    let acting = tokio::spawn(async move { desk.carry_out(prepared.plan).await });
    assert!(state.wait_until(DEADLINE, |state| state.open_checkins(place.nora).len() == 1).await, "ours");
    state.release();
    assert!(state.wait_until(DEADLINE, |state| state.open_checkins(place.nora).len() == 2).await, "and the tap's");
    let done = acting.await.unwrap().unwrap();
    let open = state.open_checkins(place.nora);
    assert_eq!((open.len(), open[0]["Id"].as_i64()), (1, done.checkin), "ours, and no other");
    assert_eq!(bench.last_state().await, AuditState::Done);
}

#[tokio::test]
async fn a_forgotten_checkin_is_closed_and_opened_again() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    let checkin = state.open_checkin(ANA, HERE, second(7200));
    let close = |at| Act::CloseCheckin { coworker: ANA, checkin, at };
    assert!(matches!(bench.desk.prepare(close(Some(second(9000)))).await, Err(DeskProblem::Invalid { .. })));
    assert!(matches!(
        bench.desk.prepare(Act::CloseCheckin { coworker: LAYLA, checkin, at: None }).await,
        Err(DeskProblem::Gone)
    ));
    let before = record(&state, Entity::Checkin, checkin);
    let prepared = bench.prepare(close(Some(second(3600)))).await;
    let done = bench.desk.carry_out(prepared.plan).await.unwrap();
    let closed = record(&state, Entity::Checkin, checkin);
    assert_eq!(changed(&before, &closed), ["ToTime"]);
    assert_eq!(closed["ToTime"].as_str(), prepared.changes[0].after.as_deref());
    let late = bench.prepare(close(None)).await;
    assert!(matches!(late.warnings.as_slice(), [Warning::AlreadyClosed { .. }]) && !late.possible);

    bench.desk.undo(done.number).await.unwrap();
    assert_eq!(changed(&before, &record(&state, Entity::Checkin, checkin)), [""; 0], "as it was");
    assert_eq!(bench.last_state().await, AuditState::Undone);

    // Nothing that began since is made a second open one.
    let done = bench.act(close(None)).await.unwrap();
    state.open_checkin(ANA, HERE, second(0));
    assert_eq!(bench.desk.undo(done.number).await, Err(DeskProblem::Changed));
    assert_eq!((state.open_checkins(ANA).len(), bench.last_state().await), (1, AuditState::Done));
    state.close_checkins(Some(ANA));

    // An end that somebody else set is not overwritten, also where it was set a moment ago.
    let other = state.open_checkin(FREYA, HERE, second(60));
    let prepared = bench.prepare(Act::CloseCheckin { coworker: FREYA, checkin: other, at: None }).await;
    state.close_checkins(Some(FREYA));
    let theirs = record(&state, Entity::Checkin, other);
    assert_eq!(bench.desk.carry_out(prepared.plan).await, Err(DeskProblem::Changed));
    assert_eq!(record(&state, Entity::Checkin, other), theirs);

    // The reply is lost.
    let third = state.open_checkin(FREYA, HERE, second(30));
    state.inject(Fault::new(FaultKind::DropAfterCommit).on("PUT", "*checkins"));
    let done = bench.act(Act::CloseCheckin { coworker: FREYA, checkin: third, at: None }).await.unwrap();
    assert_eq!(done.checkin, Some(third));
    assert!(state.open_checkins(FREYA).is_empty());
}
