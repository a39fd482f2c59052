//! What must hold whatever happens; each test names the guard that it would miss.

use super::*;

/// Guard: `Desk::recorded` sends nothing for a tap whose birth is not durable.
#[test]
fn nothing_is_sent_for_a_tap_that_could_not_be_stored() {
    let mut bench = Bench::online(Policy::default());
    bench.disk_full = true;
    bench.tap(ANA);
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::Journal));
    bench.pass(120);
    assert!(bench.asked.is_empty());
}

/// Guard: `Desk::recorded` sends an attempt only once it is durable.
#[test]
fn an_attempt_that_could_not_be_stored_is_not_sent_and_the_tap_waits() {
    let mut bench = Bench::online(Policy::default());
    bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.disk_full = true;
    bench.records(Ok(vec![]));
    assert!(bench.asked.is_empty());
    assert_eq!(bench.kinds(), [(1, "saved", false)]);
    bench.disk_full = false;
    bench.pass(8);
    bench.records(Ok(vec![]));
    bench.write(done(501));
    assert_eq!(bench.last().verdict.kind(), "checked_in");
}

/// Guard: `Desk::rewrite`.
#[test]
fn a_terminal_state_that_could_not_be_stored_is_stored_later() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    bench.disk_full = true;
    bench.write(done(501));
    assert_eq!(bench.last().verdict.kind(), "checked_in", "the service said yes");
    assert_eq!(bench.entry(id).state.name(), "sending");
    bench.disk_full = false;
    bench.pass(6);
    assert_eq!(bench.entry(id).state.name(), "settled");
}

/// Guard: `Desk::look_up` after an unknown outcome, before anything is sent again.
#[test]
fn an_unknown_outcome_is_looked_up_before_it_is_sent_again() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    let gateway = Trouble::Gateway("502".to_owned());
    bench.write(WriteAnswer::Unknown(gateway));
    assert_eq!(bench.kinds(), [(1, "saved", false)], "the gateway's page marks the service as away");
    bench.pass(1);
    bench.probe(Ok(()));
    bench.pass(1);
    bench.records(Ok(vec![record(501, start(), None)]));
    assert_eq!(bench.kinds(), [(1, "saved", false), (1, "checked_in", true)]);
    assert!(!bench.asked.iter().any(|effect| matches!(effect, Effect::Write { .. })));
}

/// Guard: `Desk::looked_up` counts looks before it lets a write be repeated, and rounds before it gives up.
#[test]
fn a_write_without_a_trace_is_repeated_only_after_several_looks_and_not_for_ever() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_is_given_up();
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
    assert!(bench.asked.is_empty());
}

/// Guard: the answer to `Effect::Write` is taken only while the journey waits for it.
#[test]
fn who_was_told_that_nothing_is_recorded_is_not_recorded_later() {
    let mut bench = Bench::online(Policy { offline: OfflineAccept::None, ..Policy::default() });
    let id = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.pass(5);
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::Offline));
    bench.records(Ok(vec![]));
    assert!(bench.asked.is_empty(), "the answer comes too late to be acted on");
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
}

/// Guard: `Desk::restored` looks up what was being sent when the last run ended.
#[test]
fn what_was_being_sent_at_a_crash_is_looked_up_at_start() {
    let attempt = Attempt::Open { coworker: CoworkerId(7), from: start() };
    let entry = Entry {
        id: EntryId(99),
        tile: None,
        source: Source::Tile,
        tapped_at: start(),
        coworker: Some(CoworkerId(7)),
        wanted: None,
        state: EntryState::Sending(attempt),
        number: 4,
        watch: None,
        retried_at: None,
    };
    let mut bench = Bench::new(Policy::default());
    bench.feed(Event::Restored(Kept { unfinished: vec![entry], needs_staff: 3, ..Kept::default() }));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert_eq!(bench.entry(EntryId(99)).state.name(), "settled");
    assert_eq!(bench.kinds(), [(99, "checked_in", true)]);
    assert_eq!(bench.queue().map(|queue| (queue.waiting, queue.needs_staff)), Some((0, 3)));
}

/// Guard: `Desk::join_line` works on one tap of a member at a time, in tap order.
#[test]
fn one_members_taps_are_uploaded_in_tap_order_and_a_bad_one_blocks_nobody_else() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::ZERO, ..Policy::default() });
    bench.lose_the_service();
    for (uid, member) in [(ANA, ana()), (ANA, ana()), (BEN, ben())] {
        bench.tap(uid);
        let probes = bench.asked.iter().filter(|effect| **effect == Effect::Probe).count();
        bench.asked.retain(|effect| *effect != Effect::Probe);
        assert!(probes <= 1);
        bench.identify(Identification::One(member));
        bench.asked.retain(|effect| *effect != Effect::Probe);
        bench.turn_to(bench.now.elapsed + Duration::from_secs(1));
    }
    bench.feed(Event::Observed(Ok(())));
    let Effect::ReadRecords { entry, .. } = bench.ask() else { panic!("the oldest first") };
    assert_eq!(entry.0, 1);
    let Effect::ReadRecords { entry: bens, coworker, .. } = bench.ask() else { panic!("Ben is not held up") };
    assert_eq!((bens.0, coworker), (3, CoworkerId(8)));
    assert!(bench.asked.is_empty(), "Ana's second tap waits for her first");
    bench.feed(Event::Records { entry, answer: Ok(vec![]) });
    bench.write(WriteAnswer::Unknown(Trouble::Throttled));
    bench.records(Ok(vec![record(501, start(), None)]));
    let Effect::ReadRecords { entry, coworker, .. } = bench.ask() else { panic!("Ana's second") };
    assert_eq!((entry.0, coworker), (2, CoworkerId(7)));
}

/// Guard: in `Desk::recorded`, a report that could not be stored rests as a report, not as a tap to begin again.
#[test]
fn who_was_told_of_an_unknown_tile_is_not_checked_in_when_the_disk_has_room_again() {
    let mut bench = Bench::online(Policy::default());
    let tap = bench.tap(BEN);
    let Effect::Identify { entry, .. } = bench.ask() else { panic!("whose tile it is comes first") };
    bench.disk_full = true;
    bench.feed(Event::Identified { entry, who: Identification::Nobody });
    assert_eq!(bench.told.last().map(|shown| (shown.entry, shown.verdict.kind())), Some((tap, "unknown_tile")));
    bench.pass(60);
    assert!(bench.asked.is_empty(), "nothing is sent before it is stored: {:?}", bench.asked);
    bench.disk_full = false;
    bench.pass(60);
    let Effect::Write { entry, attempt: Attempt::Report { .. }, .. } = bench.ask() else { panic!("only the report") };
    assert_eq!(entry, tap);
    bench.feed(Event::Written { entry, answer: WriteAnswer::Done { checkin: None } });
    bench.pass(600);
    assert!(bench.asked.is_empty(), "{:?}", bench.asked);
    assert!(bench.entry(tap).state.is_terminal());
}
