//! Taps that are taken up again: after an outage, after a restart, after others went on without them.

use super::*;

/// Ana's tap, saved in an outage.
fn saved(policy: Policy) -> (Bench, EntryId) {
    let mut bench = Bench::online(policy);
    bench.lose_the_service();
    let id = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.asked.clear();
    (bench, id)
}

fn uploaded_with(records: Vec<CheckinRecord>) -> (Bench, EntryId) {
    let (mut bench, id) = saved(Policy::default());
    bench.pass(7200);
    bench.asked.clear();
    bench.feed(Event::Observed(Ok(())));
    bench.records(Ok(records));
    (bench, id)
}

/// Guard: `checkin::late` is asked for a tap that waited.
#[test]
fn a_tap_that_others_overtook_is_for_staff_whatever_is_open_now() {
    let hour = TimeDelta::hours(1);
    let went_on = [
        vec![record(9, start() + hour, None)],
        vec![record(9, start() + hour, Some(start() + hour + hour))],
        vec![record(9, start() - hour, Some(start() + hour))],
    ];
    for records in went_on {
        let (bench, id) = uploaded_with(records.clone());
        assert_eq!(bench.entry(id).state.name(), "needs_staff", "{records:?}");
        assert!(bench.asked.is_empty());
        assert_eq!(bench.kinds(), [(1, "saved", false), (1, "unavailable", true)]);
    }
}

#[test]
fn a_tap_that_is_in_the_record_already_is_not_sent_again() {
    let (bench, id) = uploaded_with(vec![record(9, start(), None)]);
    assert_eq!(bench.entry(id).state, EntryState::Settled(Settlement::CheckedIn { checkin: Some(CheckinId(9)) }));
    assert_eq!(bench.kinds(), [(1, "saved", false), (1, "checked_in", true)]);
    let since = start() - TimeDelta::hours(2);
    let (bench, id) = uploaded_with(vec![record(9, since, Some(start()))]);
    assert_eq!(bench.entry(id).state.name(), "settled");
    assert_eq!(bench.last().verdict, Verdict::CheckedOut { since, until: start() });
}

#[test]
fn a_checkin_open_since_yesterday_is_closed_at_the_taps_own_time() {
    let since = start() - TimeDelta::hours(20);
    let (mut bench, _) = uploaded_with(vec![record(9, since, None)]);
    let attempt = bench.write(done(9));
    assert_eq!(attempt, Attempt::Close { coworker: CoworkerId(7), checkin: CheckinId(9), from: since, to: start() });
}

/// Guard: `Desk::reason_sought` gives a refusal at the upload to staff.
#[test]
fn a_refusal_at_the_upload_is_for_staff() {
    let (mut bench, id) = uploaded_with(vec![]);
    bench.write(WriteAnswer::Refused { message: None });
    bench.reason(Ok(Some(described(1, "No pass covers this visit."))));
    let EntryState::NeedsStaff(reason) = &bench.entry(id).state else { panic!("for staff") };
    assert_eq!(reason, "refused at the upload: No pass covers this visit.");
}

/// Guard: `Attempt::Report` keeps that the member was promised something.
#[test]
fn a_saved_tap_of_somebody_not_active_any_more_is_for_staff() {
    let (mut bench, id) = saved(Policy::default());
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    bench.identify(Identification::One(Member { active: false, ..ana() }));
    let Effect::Write { attempt: Attempt::Report { .. }, .. } = bench.asked[0] else { panic!("the service is told") };
    bench.restart();
    bench.write(done(1));
    let EntryState::NeedsStaff(reason) = &bench.entry(id).state else { panic!("for staff") };
    assert!(reason.contains("not active"), "{reason}");
}

/// Guard: the member of a tap whose tile lies there still is remembered across a restart (`Desk::restored`).
#[test]
fn a_tile_that_still_lies_there_after_a_restart_is_no_second_tap() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_checks_in();
    bench.restart();
    bench.asked.clear();
    let again = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    assert_eq!(bench.last().verdict, Verdict::CheckedIn { since: start() });
    assert_eq!((bench.last().entry, bench.last().name.as_deref()), (again, Some("Ana")));
    assert_eq!(bench.entry(again).state, EntryState::Settled(Settlement::Repeated { of: EntryId(1) }));

    // The same before the first one's outcome is known.
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    bench.restart();
    let again = bench.tap(ANA);
    let place = bench.asked.iter().position(|ask| matches!(ask, Effect::Identify { .. })).expect("whose tile it is");
    bench.asked.rotate_left(place);
    bench.identify(Identification::One(ana()));
    assert!(bench.told.is_empty(), "the first one's verdict is this one's");
    bench.records(Ok(vec![record(501, start(), None)]));
    assert_eq!(bench.kinds(), [(1, "checked_in", true), (2, "checked_in", false)]);
    assert_eq!(bench.entry(again).state, EntryState::Settled(Settlement::Repeated { of: EntryId(1) }));
}

#[test]
fn a_tile_that_still_lies_there_after_a_restart_without_a_connection_is_told_at_once() {
    let (mut bench, first) = saved(Policy::default());
    bench.restart();
    bench.feed(Event::Observed(Err(unreachable())));
    bench.asked.clear();
    let again = bench.tap(ANA);
    bench.asked.retain(|ask| *ask != Effect::Probe);
    bench.identify(Identification::One(ana()));
    assert_eq!(bench.kinds().last(), Some(&(2, "saved", false)));
    assert_eq!(bench.last().coworker, Some(CoworkerId(7)));
    assert_eq!(bench.entry(again).state, EntryState::Settled(Settlement::Repeated { of: first }));

    // The same where the service is there and slow.
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    bench.restart();
    bench.tap(ANA);
    let place = bench.asked.iter().position(|ask| matches!(ask, Effect::Identify { .. })).expect("whose tile it is");
    bench.asked.rotate_left(place);
    bench.identify(Identification::One(ana()));
    bench.pass(5);
    assert_eq!(bench.kinds(), [(2, "saved", false)]);
}

/// Guard: `checkin::late` knows the repeat window, for taps that a restart left without their verdict.
#[test]
fn an_unsure_second_tap_checks_nobody_out_after_a_restart() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    bench.pass(1);
    let second = bench.tap(ANA);
    bench.restart();
    bench.records(Ok(vec![record(501, start(), None)]));
    assert_eq!(bench.kinds(), [(1, "checked_in", true)]);
    bench.asked.retain(|ask| matches!(ask, Effect::Identify { .. } | Effect::ReadRecords { .. }));
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert_eq!(
        bench.entry(second).state,
        EntryState::Settled(Settlement::NothingToSend {
            verdict: "checked_in".to_owned(),
            checkin: Some(CheckinId(501))
        })
    );
    assert!(bench.asked.is_empty());
}

/// Guard: `Lines::adopt`: a tap whose member was not known before the power went goes before the same tile's next one.
#[test]
fn a_tap_without_a_member_goes_before_the_same_tiles_next_one() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::ZERO, ..Policy::default() });
    let first = bench.tap(ANA);
    bench.restart();
    bench.pass(2);
    let second = bench.tap(ANA);
    let of = |wanted: EntryId| move |ask: &Effect| matches!(ask, Effect::Identify { entry, .. } if *entry == wanted);
    let place = bench.asked.iter().position(of(second)).expect("whose tile it is");
    bench.asked.rotate_left(place);
    bench.identify(Identification::One(ana()));
    assert!(!bench.asked.iter().any(|ask| matches!(ask, Effect::ReadRecords { .. })), "the first comes first");
    let place = bench.asked.iter().position(of(first)).expect("whose tile it is");
    bench.asked.rotate_left(place);
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    assert_eq!(bench.write(done(501)), Attempt::Open { coworker: CoworkerId(7), from: start() });
    bench.records(Ok(vec![record(501, start(), None)]));
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }));
}

/// Guard: order is by `Entry::number`.
#[test]
fn a_clock_that_jumps_back_does_not_change_the_order() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::ZERO, ..Policy::default() });
    bench.lose_the_service();
    for _ in 0..2 {
        bench.tap(ANA);
        bench.asked.retain(|ask| *ask != Effect::Probe);
        bench.identify(Identification::One(ana()));
        bench.now.utc -= TimeDelta::hours(1);
    }
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    let Effect::Identify { entry, .. } = bench.ask() else { panic!("the first") };
    assert_eq!(entry, EntryId(1));
}

/// Guard: `Desk::repeat` takes what the tap before was told, and `Desk::end` leaves no follower behind.
#[test]
fn a_second_tap_is_told_also_where_the_first_one_is_only_reported_any_more() {
    let mut bench = Bench::online(Policy::default());
    bench.tap(ANA);
    bench.restart();
    bench.identify(Identification::One(Member { active: false, ..ana() }));
    assert_eq!(bench.kinds(), [(1, "refused", true)]);
    bench.desk.recent.clear();
    let second = bench.tap(ANA);
    let place = bench.asked.iter().position(|ask| matches!(ask, Effect::Identify { .. })).expect("whose tile it is");
    bench.asked.rotate_left(place);
    bench.identify(Identification::One(Member { active: false, ..ana() }));
    assert_eq!(bench.kinds().last(), Some(&(2, "refused", false)));
    assert!(bench.entry(second).state.is_terminal());
}
