//! What happens to taps while the service is away, slow, or asks to wait.

use super::*;

#[test]
fn a_tap_in_an_outage_is_saved_and_recorded_when_the_service_is_back() {
    let mut bench = Bench::online(Policy::default());
    bench.lose_the_service();
    assert!(matches!(bench.link(), Some(LinkState::Offline { .. })));
    let id = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    assert_eq!(bench.kinds(), [(1, "saved", false)]);
    let waiting = QueueState { waiting: 1, needs_staff: 0, oldest: Some(start()) };
    assert_eq!(bench.queue(), Some(&waiting));
    assert_eq!(bench.entry(id).coworker, Some(CoworkerId(7)), "the member is kept with the tap");
    bench.probe(Err(unreachable()));
    bench.pass(40);
    bench.probe(Ok(()));
    assert_eq!(bench.link(), Some(&LinkState::Online));
    bench.records(Ok(vec![]));
    let attempt = bench.write(done(501));
    assert_eq!(attempt, Attempt::Open { coworker: CoworkerId(7), from: start() }, "the tap's own time");
    assert_eq!(bench.kinds(), [(1, "saved", false), (1, "checked_in", true)]);
    assert_eq!(bench.queue(), Some(&QueueState::default()));
}

#[test]
fn a_saved_tap_stays_its_members_whatever_became_of_the_tile() {
    let saved = || {
        let mut bench = Bench::online(Policy::default());
        bench.lose_the_service();
        let id = bench.tap(ANA);
        bench.identify(Identification::One(ana()));
        let entry = bench.entry(id).clone();
        let mut restarted = Bench::online(Policy::default());
        restarted.feed(Event::Restored(Kept { unfinished: vec![entry], ..Kept::default() }));
        (restarted, id)
    };
    let (mut bench, _) = saved();
    bench.identify(Identification::Nobody);
    bench.records(Ok(vec![]));
    assert!(matches!(bench.write(done(501)), Attempt::Open { coworker: CoworkerId(7), .. }));

    let (mut bench, id) = saved();
    bench.identify(Identification::One(ben()));
    assert_eq!(bench.entry(id).state.name(), "needs_staff", "the tile has another owner now");
    assert!(bench.asked.is_empty());
}

#[test]
fn what_the_policy_does_not_keep_is_said_at_once() {
    let away = |policy: OfflineAccept, who: Identification| {
        let mut bench = Bench::online(Policy { offline: policy, max_entries: 1, ..Policy::default() });
        bench.lose_the_service();
        bench.tap(ANA);
        bench.identify(who);
        (bench.last().verdict.clone(), bench.journal[0].state.name())
    };
    let unknown = || Identification::NotKnowable(unreachable());
    let unavailable = |why| (Verdict::Unavailable(why), "needs_staff");
    let saved = (Verdict::Saved, "waiting");
    assert_eq!(away(OfflineAccept::None, Identification::One(ana())), unavailable(Unavailable::Offline));
    assert_eq!(away(OfflineAccept::None, unknown()), unavailable(Unavailable::NoMemberData));
    assert_eq!(away(OfflineAccept::Known, Identification::One(ana())), saved);
    assert_eq!(away(OfflineAccept::Known, unknown()), unavailable(Unavailable::NoMemberData));
    assert_eq!(away(OfflineAccept::All, Identification::One(ana())), saved);
    assert_eq!(away(OfflineAccept::All, unknown()), saved);
}

#[test]
fn a_full_queue_takes_no_more() {
    let mut bench = Bench::online(Policy { max_entries: 1, ..Policy::default() });
    bench.lose_the_service();
    bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.asked.clear();
    bench.tap(BEN);
    bench.identify(Identification::One(ben()));
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::QueueFull));
}

/// Guard: `Desk::unpark` compares the age with the policy; `Desk::age` counts by the clock that does not jump.
#[test]
fn what_waited_too_long_goes_to_staff_and_a_jump_of_the_clock_ages_nobody() {
    let saved = || {
        let mut bench = Bench::online(Policy::default());
        bench.lose_the_service();
        let id = bench.tap(ANA);
        bench.identify(Identification::One(ana()));
        bench.asked.clear();
        (bench, id)
    };
    let asks_for_records = |bench: &Bench| bench.asked.iter().any(|ask| matches!(ask, Effect::ReadRecords { .. }));
    let (mut bench, id) = saved();
    bench.turn_to(bench.now.elapsed + Duration::from_hours(80));
    bench.feed(Event::Observed(Ok(())));
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
    assert!(!asks_for_records(&bench));

    let (mut bench, id) = saved();
    bench.now.utc += TimeDelta::hours(80);
    bench.feed(Event::Observed(Ok(())));
    assert_eq!(bench.entry(id).state.name(), "waiting");
    assert!(asks_for_records(&bench));

    let (mut bench, id) = saved();
    bench.now.utc += TimeDelta::hours(80);
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    assert_eq!(bench.entry(id).state.name(), "needs_staff", "an earlier run left nothing but the wall clock's time");
}

#[test]
fn a_signed_out_kiosk_saves_taps_and_says_so() {
    let mut bench = Bench::online(Policy::default());
    bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.records(Err(Trouble::SignedOut("the password was changed".to_owned())));
    assert!(matches!(bench.link(), Some(LinkState::SignedOut { .. })));
    assert_eq!(bench.kinds(), [(1, "saved", false)]);
}

#[test]
fn a_slow_service_is_said_after_five_seconds() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    bench.pass(5);
    assert_eq!(bench.kinds(), [(1, "saved", false)]);
    bench.write(done(501));
    assert_eq!(bench.kinds(), [(1, "saved", false), (1, "checked_in", true)]);
}

/// Guard: `Trouble::passes` for throttling, and the rest before `Desk::rested` begins anew.
#[test]
fn throttling_is_waited_out_and_is_no_refusal() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::NotDone(Trouble::Throttled));
    assert_eq!(bench.kinds(), [(1, "saved", false)]);
    assert!(bench.asked.is_empty(), "no storm");
    bench.pass(8);
    bench.records(Ok(vec![]));
    bench.write(done(501));
    assert_eq!(bench.last().verdict.kind(), "checked_in");
}
