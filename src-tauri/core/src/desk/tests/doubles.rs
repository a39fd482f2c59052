//! What was carried out twice, or taken back: found, undone, shown to staff.

use super::*;

fn reason(bench: &Bench, id: EntryId) -> &str {
    let EntryState::NeedsStaff(reason) = &bench.entry(id).state else { panic!("for staff: {:?}", bench.entry(id)) };
    reason
}

/// Ana's write without an answer, four looks without a trace, and the second write, answered.
fn sent_twice(bench: &mut Bench) -> EntryId {
    let id = bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::Unknown(Trouble::Throttled));
    bench.look_in_vain();
    bench.records(Ok(vec![]));
    bench.write(done(502));
    id
}

/// Guard: `Desk::read_back` asks for `doubles`, and `Desk::read_back_again` goes on for minutes where a write was in doubt.
#[test]
fn a_write_carried_out_a_minute_late_beside_its_repetition_is_taken_back() {
    let mut bench = Bench::online(Policy::default());
    let id = sent_twice(&mut bench);
    let alone = || Ok(vec![record(502, start(), None)]);
    bench.pass(2);
    bench.records(alone());
    bench.pass(8);
    bench.records(alone());
    bench.reason(Ok(None));
    bench.pass(30);
    bench.records(Ok(vec![record(503, start(), None), record(502, start(), None)]));
    assert_eq!(bench.undo(Ok(Undone::Deleted)), CheckinId(503), "the first stays");
    assert_eq!(reason(&bench, id), "checked in twice; check-in 503 was deleted");
    assert_eq!(bench.queue().map(|queue| queue.needs_staff), Some(1));
    bench.pass(30);
    bench.records(alone());
    assert_eq!(bench.kinds().last(), Some(&(1, "checked_in", true)), "the member is in");
}

/// Guard: the watch is part of the entry (`Desk::keep_watch`), and `Desk::restored` takes it up.
#[test]
fn a_double_is_found_also_after_a_restart() {
    let mut bench = Bench::online(Policy::default());
    let id = sent_twice(&mut bench);
    bench.restart();
    bench.records(Ok(vec![record(502, start(), None), record(503, start(), None)]));
    assert_eq!(bench.undo(Ok(Undone::Closed)), CheckinId(503));
    assert_eq!(reason(&bench, id), "checked in twice; check-in 503 was closed at its own beginning");
}

/// Guard: `Desk::looked_up` keeps the doubt with the entry before it is sent again.
#[test]
fn a_doubt_outlives_a_restart_between_two_writes() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::Unknown(Trouble::Throttled));
    bench.look_in_vain();
    bench.restart();
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    bench.write(done(502));
    assert!(matches!(&bench.entry(id).watch, Some(Watch { in_doubt: true, proven: true, .. })));
    bench.pass(2);
    bench.records(Ok(vec![record(502, start(), None)]));
    bench.pass(8);
    bench.records(Ok(vec![record(502, start(), None)]));
    bench.reason(Ok(None));
    for _ in 0..9 {
        bench.pass(30);
        bench.records(Ok(vec![record(502, start(), None)]));
    }
    assert!(bench.desk.journeys.is_empty() && bench.entry(id).watch.is_none(), "and it ends");
}

#[test]
fn a_double_that_cannot_be_taken_back_is_for_staff() {
    let mut bench = Bench::online(Policy::default());
    let id = sent_twice(&mut bench);
    let both = || Ok(vec![record(502, start(), None), record(503, start(), None)]);
    bench.pass(2);
    bench.records(both());
    bench.undo(Err(Trouble::Throttled));
    bench.pass(2);
    bench.records(both());
    bench.undo(Err(Trouble::NotPermitted("Checkin-Delete".to_owned())));
    assert!(reason(&bench, id).contains("check-in 503 is one too many"), "{}", reason(&bench, id));
    bench.pass(600);
    assert!(bench.asked.is_empty() && bench.desk.journeys.is_empty());
}

/// Guard: `Desk::read_back` compares the ids of what is open.
#[test]
fn of_two_kiosks_that_opened_at_once_the_second_takes_its_own_back() {
    let both = || Ok(vec![record(501, start() - TimeDelta::seconds(1), None), record(502, start(), None)]);
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    bench.write(done(502));
    bench.pass(2);
    bench.records(both());
    assert_eq!(bench.undo(Ok(Undone::Deleted)), CheckinId(502));
    assert!(reason(&bench, id).contains("502"));

    let mut first = Bench::online(Policy::default());
    let id = first.tap(BEN);
    first.identify(Identification::One(ben()));
    first.records(Ok(vec![]));
    first.write(done(500));
    first.pass(2);
    first.records(both().map(|records| records.into_iter().chain([record(500, start(), None)]).collect()));
    assert!(!first.asked.iter().any(|ask| matches!(ask, Effect::Undo { checkin: CheckinId(501), .. })));
    assert_eq!(first.entry(id).state.name(), "settled");
}

/// Guard: `Desk::read_back` takes nothing back that it did not write.
#[test]
fn another_open_checkin_is_left_alone_and_shown_to_staff() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_checks_in();
    let both = || Ok(vec![record(501, start(), None), record(777, start() + TimeDelta::seconds(1), None)]);
    bench.pass(2);
    bench.records(both());
    bench.pass(8);
    bench.records(both());
    assert_eq!(reason(&bench, id), "more check-ins are open than this tap leaves open: 777");
    bench.reason(Ok(None));
    bench.pass(600);
    assert!(bench.asked.is_empty());
}

/// Guard: `Desk::looked_up` watches on after it gave up.
#[test]
fn a_write_given_up_and_carried_out_all_the_same_is_shown_to_staff() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_is_given_up();
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::Service));
    bench.pass(8);
    bench.records(Ok(vec![record(509, start(), None)]));
    assert!(reason(&bench, id).ends_with("it was carried out late, as check-in 509"), "{}", reason(&bench, id));
}

/// Guard: `Desk::restored` takes up what is watched; a late refusal is told to staff whatever happened in between.
#[test]
fn a_yes_taken_back_while_the_power_was_off_is_shown_to_staff() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_checks_in();
    bench.restart();
    bench.records(Ok(vec![]));
    bench.reason(Ok(Some(described(1, "No pass covers this visit."))));
    assert_eq!(reason(&bench, id), "refused after the service had said yes: No pass covers this visit.");
    assert_eq!(bench.kinds().last(), Some(&(1, "refused", true)));
    assert!(bench.entry(id).watch.is_none());
}

/// Guard: `strays` leaves out what began after this tap's check-in ended.
#[test]
fn the_next_visit_is_no_stray() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::ZERO, ..Policy::default() });
    let since = start() - TimeDelta::hours(1);
    let id = bench.ana_up_to_the_write(vec![record(501, since, None)]);
    bench.write(done(501));
    bench.pass(8);
    let next = record(502, start() + TimeDelta::seconds(5), None);
    bench.records(Ok(vec![record(501, since, Some(start())), next]));
    assert_eq!(bench.entry(id).state.name(), "settled");
}
