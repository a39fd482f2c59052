//! One member's taps keep their order also where the replies about them overtake each other.

use super::*;

/// The tap's question whose it is, answered before older ones.
fn is_anas(bench: &mut Bench, id: EntryId) {
    let of_tap = |ask: &Effect| match ask {
        Effect::Identify { entry, .. } | Effect::ReadMember { entry, .. } => *entry == id,
        _ => false,
    };
    let place = bench.asked.iter().position(of_tap).expect("asked whose it is");
    bench.asked.remove(place);
    bench.feed(Event::Identified { entry: id, who: Identification::One(ana()) });
}

/// Guard: `Desk::start_journey` gives each tap its place in line.
#[test]
fn a_second_tap_that_is_named_first_follows_the_first() {
    for by_pin in [false, true] {
        let mut bench = Bench::online(Policy::default());
        let tap = |bench: &mut Bench| if by_pin { bench.pin(Identification::One(ana())) } else { bench.tap(ANA) };
        let (first, second) = (tap(&mut bench), tap(&mut bench));
        is_anas(&mut bench, second);
        assert!(!bench.asked.iter().any(|ask| matches!(ask, Effect::ReadRecords { .. })), "{:?}", bench.asked);
        is_anas(&mut bench, first);
        bench.records(Ok(vec![]));
        bench.write(done(501));
        assert_eq!(bench.kinds(), [(first.0, "checked_in", false), (second.0, "checked_in", false)]);
        assert_eq!(bench.entry(second).state, EntryState::Settled(Settlement::Repeated { of: first }));
        assert!(bench.asked.is_empty(), "one check-in: {:?}", bench.asked);
    }
}

/// Guard: `Desk::start_journey` gives each tap its place in line; a refusal leaves no trace by which `decide` could see
/// that another tap overtook this one.
#[test]
fn a_pin_kept_in_an_outage_goes_before_the_next_one_though_that_is_refused() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::from_secs(10), ..Policy::default() });
    bench.lose_the_service();
    let kept = bench.pin(Identification::One(ana()));
    bench.read_member(Identification::NotKnowable(unreachable()));
    bench.pass(11);
    bench.asked.clear();
    let next = bench.pin(Identification::One(ana()));
    bench.feed(Event::Observed(Ok(())));
    is_anas(&mut bench, next);
    is_anas(&mut bench, kept);
    let mut written = Vec::new();
    while written.len() < 2 {
        match bench.ask() {
            Effect::ReadRecords { entry, .. } => bench.feed(Event::Records { entry, answer: Ok(vec![]) }),
            Effect::Write { entry, .. } => {
                written.push(entry);
                bench.feed(Event::Written { entry, answer: WriteAnswer::Refused { message: None } });
            }
            Effect::FindReason { entry, .. } => {
                bench.feed(Event::Reason { entry, answer: Ok(Some(described(1, "No credit left"))) });
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(written, [kept, next]);
}

/// Guards: `Desk::repeat` measures a tap of this run from when it was made; `Desk::hurry` wakes it; and what it was told
/// as saved is not the last word where it can go on.
#[test]
fn a_tap_that_nobody_could_name_goes_on_as_soon_as_the_next_one_is_named() {
    let mut bench = Bench::online(Policy { offline: OfflineAccept::All, ..Policy::default() });
    let first = bench.tap(ANA);
    bench.identify(Identification::NotKnowable(Trouble::NotReady("no member list".to_owned())));
    assert_eq!(bench.last().verdict, Verdict::Saved);
    bench.pass(1);
    let second = bench.tap(ANA);
    is_anas(&mut bench, second);
    is_anas(&mut bench, first);
    bench.records(Ok(vec![]));
    let Attempt::Open { from, .. } = bench.write(done(501)) else { panic!("one check-in") };
    assert_eq!(from, start(), "of the first tap");
    assert_eq!(
        bench.kinds(),
        [(first.0, "saved", false), (first.0, "checked_in", true), (second.0, "checked_in", false)]
    );
    assert!(bench.asked.is_empty(), "and no check-out: {:?}", bench.asked);
}

/// Guard: `Desk::report` takes a tap of nobody out of the line.
#[test]
fn whoever_gets_a_tile_that_was_nobodys_does_not_wait_for_its_report() {
    let mut bench = Bench::online(Policy::default());
    bench.tap(ANA);
    bench.identify(Identification::Nobody);
    let Effect::Write { attempt: Attempt::Report { .. }, .. } = bench.ask() else { panic!("a report") };
    let second = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    bench.write(done(501));
    assert_eq!(bench.kinds().last(), Some(&(second.0, "checked_in", false)));
}
