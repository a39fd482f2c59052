//! Members without a tile, and those who try to be somebody else.

use super::*;

fn is_known(who: Member) -> Identification {
    Identification::One(who)
}

/// So many PINs that are nobody's, one after the other.
fn guess(bench: &mut Bench, times: usize) {
    for _ in 0..times {
        bench.pin(Identification::Nobody);
    }
}

/// What was told of the pad: until when it is locked, or that it is not.
fn locks(bench: &Bench) -> Vec<Option<DateTime<Utc>>> {
    let lock = |notice: &Notice| if let Notice::PinLocked(until) = notice { Some(*until) } else { None };
    bench.notices.iter().filter_map(lock).collect()
}

#[test]
fn a_member_checks_in_and_out_by_pin() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::ZERO, ..Policy::default() });
    let id = bench.pin(is_known(ana()));
    assert_eq!(bench.answers, [PinAnswer::Accepted]);
    assert_eq!(bench.notices.last(), Some(&Notice::Acknowledged { entry: id, tile: None, at: start() }));
    assert_eq!(bench.stage, Stage::Acknowledged { entry: id, tile: None, at: start() });
    let entry = bench.entry(id);
    assert_eq!((entry.state.clone(), entry.source), (EntryState::Waiting, Source::Manual), "durable before anything");
    assert_eq!((entry.coworker, entry.tile.as_ref()), (Some(CoworkerId(7)), None));
    bench.read_member(is_known(ana()));
    bench.records(Ok(vec![]));
    let Effect::Write { source, attempt, .. } = &bench.asked[0] else { panic!("expected Write") };
    assert_eq!(*source, Source::Manual);
    assert_eq!(*attempt, Attempt::Open { coworker: CoworkerId(7), from: start() });
    bench.write(done(501));
    let shown = bench.last();
    assert_eq!((shown.verdict.kind(), shown.name.as_deref(), shown.tile.as_ref()), ("checked_in", Some("Ana"), None));

    bench.pass(1);
    bench.asked.clear();
    bench.pin(is_known(ana()));
    bench.read_member(is_known(ana()));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }));
    assert_eq!(bench.last().verdict.kind(), "checked_out");
}

#[test]
fn a_pin_and_a_tile_of_one_member_share_the_repeat_window_and_the_button() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_checks_in();
    bench.asked.clear();
    let by_pin = bench.pin(is_known(ana()));
    bench.read_member(is_known(ana()));
    assert_eq!((bench.last().verdict.kind(), bench.last().offer), ("checked_in", Some(Offer::CheckOut)));
    assert_eq!(bench.entry(by_pin).state, EntryState::Settled(Settlement::Repeated { of: EntryId(1) }));
    assert!(bench.asked.is_empty(), "nothing is sent");

    let pressed = bench.press(by_pin);
    bench.identify(is_known(ana()));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }));
    assert_eq!(bench.entry(pressed).source, Source::Manual, "whoever typed the PIN pressed it");
}

/// Guard: `Desk::identify` reads the member where there is no tile.
#[test]
fn the_button_of_a_pins_verdict_works_too() {
    let mut bench = Bench::online(Policy::default());
    bench.pin(is_known(ana()));
    bench.read_member(is_known(ana()));
    bench.records(Ok(vec![]));
    bench.write(done(501));
    bench.asked.clear();
    let again = bench.pin(is_known(ana()));
    bench.read_member(is_known(ana()));
    let pressed = bench.press(again);
    bench.read_member(is_known(ana()));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }));
    assert_eq!((bench.last().entry, bench.last().verdict.kind()), (pressed, "checked_out"));
}

#[test]
fn an_inactive_member_is_refused_as_with_a_tile() {
    let mut bench = Bench::online(Policy::default());
    bench.pin(is_known(ana()));
    bench.read_member(is_known(Member { active: false, ..ana() }));
    assert_eq!(bench.last().verdict, Verdict::Refused(Refusal::Inactive));
    let Effect::Write { source, attempt: Attempt::Report { .. }, .. } = bench.ask() else { panic!("a report") };
    assert_eq!(source, Source::Manual);
}

#[test]
fn a_pin_that_several_have_is_told_and_reported_once_and_without_the_pin() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.pin(Identification::Several);
    assert_eq!(
        (bench.kinds(), bench.answers.as_slice()),
        (vec![(1, "ambiguous_tile", false)], &[PinAnswer::Accepted][..])
    );
    let Effect::Write { source, .. } = &bench.asked[0] else { panic!("expected Write") };
    assert_eq!(*source, Source::Manual);
    let description = "Several members have the PIN that was typed.".to_owned();
    let report = Attempt::Report { coworker: None, at: start(), description, promised: false };
    assert_eq!(bench.write(done(1)), report);
    let told = EntryState::Settled(Settlement::Reported { verdict: "ambiguous_tile".to_owned() });
    assert_eq!(bench.entry(id).state, told);
    bench.pin(Identification::Several);
    assert_eq!(bench.last().verdict, Verdict::AmbiguousTile);
    assert!(bench.asked.is_empty(), "not again in the repeat window");
}

/// Guard: `Desk::by_shared_pin` makes it a report from the first.
#[test]
fn a_pin_that_several_have_is_still_only_a_report_after_a_restart() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.pin(Identification::Several);
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    let Effect::Write { entry, attempt: Attempt::Report { .. }, again: true, .. } = bench.ask() else {
        panic!("only the report: {:?}", bench.asked)
    };
    assert_eq!(entry, id);
    bench.feed(Event::Written { entry, answer: done(1) });
    assert!(bench.entry(id).state.is_terminal() && bench.asked.is_empty());
}

#[test]
fn a_pin_before_the_members_are_known_is_told_as_that_and_recorded_never() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.pin(Identification::NotKnowable(Trouble::NotReady("no member list".to_owned())));
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::NoMemberData));
    assert!(bench.entry(id).state.is_terminal() && bench.asked.is_empty() && bench.pin_tries.is_none());
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    assert!(bench.asked.is_empty());
}

#[test]
fn in_an_outage_a_pin_is_kept_like_a_tap_and_sent_as_manual_after_a_restart() {
    let mut bench = Bench::online(Policy::default());
    bench.lose_the_service();
    let id = bench.pin(is_known(ana()));
    bench.read_member(is_known(ana()));
    assert_eq!(bench.last().verdict, Verdict::Saved);
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    bench.read_member(is_known(ana()));
    bench.records(Ok(vec![]));
    let Effect::Write { entry, source, attempt: Attempt::Open { from, .. }, .. } = bench.ask() else { panic!("open") };
    assert_eq!((entry, source, from), (id, Source::Manual, start()));

    let mut strict = Bench::online(Policy { offline: OfflineAccept::None, ..Policy::default() });
    strict.lose_the_service();
    strict.pin(is_known(ana()));
    strict.read_member(is_known(ana()));
    assert_eq!(strict.last().verdict, Verdict::Unavailable(Unavailable::Offline));
}

/// Guard: in `Desk::go_on` a member who is known by a PIN is read again after a restart.
#[test]
fn whoever_was_closed_since_the_pin_was_typed_is_not_checked_in_late() {
    let mut bench = Bench::online(Policy::default());
    bench.lose_the_service();
    let id = bench.pin(is_known(ana()));
    bench.read_member(is_known(ana()));
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    bench.read_member(is_known(Member { active: false, ..ana() }));
    assert!(matches!(bench.write(done(1)), Attempt::Report { promised: true, .. }));
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
}

/// Guard: `Desk::join_line` calls up the earlier tap, which would wait for the later one that now waits for it.
#[test]
fn a_tile_that_is_named_late_and_a_pin_do_not_wait_for_each_other() {
    let mut bench = Bench::online(Policy { offline: OfflineAccept::All, ..Policy::default() });
    bench.lose_the_service();
    let by_tile = bench.tap(ANA);
    bench.identify(Identification::NotKnowable(unreachable()));
    bench.asked.clear();
    let by_pin = bench.pin(is_known(ana()));
    bench.read_member(is_known(ana()));
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    bench.asked.rotate_left(1);
    bench.read_member(is_known(ana()));
    bench.identify(is_known(ana()));
    bench.records(Err(Trouble::Throttled));
    bench.pass(31);
    let Effect::ReadRecords { entry, .. } = bench.ask() else { panic!("the earlier one goes first now") };
    assert_eq!(entry, by_tile);
    bench.feed(Event::Records { entry, answer: Ok(vec![]) });
    bench.write(done(501));
    let Effect::ReadRecords { entry, .. } = bench.ask() else { panic!("then the later one") };
    assert_eq!(entry, by_pin);
}

#[test]
fn a_wrong_pin_leaves_no_trace_but_its_count() {
    let mut bench = Bench::online(Policy::default());
    guess(&mut bench, 1);
    assert_eq!(bench.answers, [PinAnswer::Wrong]);
    assert!(bench.journal.is_empty() && bench.asked.is_empty() && bench.told.is_empty());
    assert_eq!((bench.stage.clone(), locks(&bench)), (Stage::Idle, vec![]));
    assert!(bench.pin_tries.is_some(), "durable before it is told");
}

#[test]
fn three_wrong_pins_lock_the_pad_and_never_the_tiles() {
    let mut bench = Bench::online(Policy::default());
    guess(&mut bench, 3);
    assert_eq!(bench.answers, [PinAnswer::Wrong; 3]);
    let until = start() + TimeDelta::seconds(30);
    assert_eq!(locks(&bench), [Some(until)]);
    bench.pin(is_known(ana()));
    assert_eq!(bench.answers.last(), Some(&PinAnswer::Locked { until }), "the right one too");
    assert!(bench.journal.is_empty() && bench.asked.is_empty());

    bench.ana_checks_in();
    assert_eq!(bench.last().verdict.kind(), "checked_in");
    bench.asked.clear();
    bench.pass(29);
    bench.asked.clear();
    bench.pin(is_known(ben()));
    assert_eq!(bench.answers.last(), Some(&PinAnswer::Locked { until }));
    bench.pass(1);
    assert_eq!(locks(&bench), [Some(until), None], "told when it is over");
    bench.asked.clear();
    bench.pin(is_known(ben()));
    assert_eq!(bench.answers.last(), Some(&PinAnswer::Accepted));
}

/// Guard: `Guard` forgets by time alone.
#[test]
fn a_pin_of_ones_own_in_between_buys_no_further_guess() {
    let mut bench = Bench::online(Policy::default());
    for _ in 0..3 {
        bench.pin(is_known(ana()));
        guess(&mut bench, 1);
    }
    bench.pin(is_known(ana()));
    assert!(matches!(bench.answers.last(), Some(PinAnswer::Locked { .. })), "{:?}", bench.answers);
}

#[test]
fn a_plug_that_is_pulled_unlocks_nothing() {
    let mut bench = Bench::online(Policy::default());
    guess(&mut bench, 3);
    bench.pass(10);
    bench.restart();
    assert_eq!(locks(&bench), [Some(start() + TimeDelta::seconds(30)); 2], "told again at once");
    bench.pin(is_known(ana()));
    assert!(matches!(bench.answers.last(), Some(PinAnswer::Locked { .. })));
    // A tablet without a clock of its own wakes in the past.
    bench.now.utc -= TimeDelta::days(9000);
    bench.restart();
    bench.pin(is_known(ana()));
    assert!(matches!(bench.answers.last(), Some(PinAnswer::Locked { .. })));
    bench.pass(30);
    bench.pin(Identification::Nobody);
    assert_eq!(bench.answers.last(), Some(&PinAnswer::Wrong));
    bench.pass(59);
    bench.pin(is_known(ana()));
    assert!(matches!(bench.answers.last(), Some(PinAnswer::Locked { .. })), "the fourth locks for a minute");
}

#[test]
fn a_full_disk_makes_no_guess_free() {
    let mut bench = Bench::online(Policy::default());
    bench.disk_full = true;
    guess(&mut bench, 3);
    assert_eq!(bench.answers, [PinAnswer::Wrong; 3]);
    bench.pin(is_known(ana()));
    assert!(matches!(bench.answers.last(), Some(PinAnswer::Locked { .. })));
}

#[test]
fn names_are_looked_up_within_a_budget() {
    let mut bench = Bench::online(Policy::default());
    let type_a_name = |bench: &mut Bench| {
        bench.feed(Event::NameTyped { look_up: EntryId(900) });
        let Effect::LookUp { look_up: EntryId(900), allowed } = bench.ask() else { panic!("expected LookUp") };
        allowed
    };
    assert_eq!((0..12).filter(|_| type_a_name(&mut bench)).count(), 10);
    bench.pass(30);
    assert!(type_a_name(&mut bench) && !type_a_name(&mut bench));
}

#[test]
fn another_source_at_the_service_is_told_once_and_changes_nothing() {
    for (source, is_told) in [(Some(1), false), (Some(4), true), (None, true)] {
        let mut bench = Bench::online(Policy::default());
        let id = bench.pin(is_known(ana()));
        bench.read_member(is_known(ana()));
        bench.records(Ok(vec![]));
        bench.write(done(501));
        let stored = CheckinRecord { source, ..record(501, start(), None) };
        bench.pass(2);
        bench.records(Ok(vec![stored.clone()]));
        bench.pass(8);
        bench.records(Ok(vec![stored]));
        let other = Notice::OtherSource { entry: id, sent: Source::Manual, stored: source };
        let told = bench.notices.iter().filter(|notice| **notice == other).count();
        assert_eq!(told, usize::from(is_told), "{source:?}");
        assert_eq!(bench.entry(id).state.name(), "settled");
    }
}
