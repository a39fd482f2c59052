//! Several readers on one kiosk: each for one direction or for both, each with its own field.

use super::*;
use crate::effect::ReaderState;

const IN: ReaderPlace = ReaderPlace(0);
const OUT: ReaderPlace = ReaderPlace(1);

fn up(reader: ReaderPlace, name: &str) -> Event {
    Event::ReaderUp { reader, name: name.to_owned() }
}

impl Bench {
    fn readers(&self) -> Vec<ReaderState> {
        let states = self.notices.iter().filter_map(|notice| match notice {
            Notice::Reader(state) => Some(state.clone()),
            _ => None,
        });
        states.collect()
    }
}

#[test]
fn who_goes_from_the_way_in_to_the_way_out_has_said_what_they_want() {
    let mut bench = Bench::online(Policy::default());
    bench.tap_for(ANA, Direction::In);
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    assert!(matches!(bench.write(done(501)), Attempt::Open { .. }));
    bench.pass(10);
    bench.asked.clear();

    bench.tap_for(ANA, Direction::In);
    bench.identify(Identification::One(ana()));
    assert_eq!(bench.last().verdict, Verdict::CheckedIn { since: start() }, "an unsure second tap");
    assert!(bench.asked.is_empty(), "nothing is sent: {:?}", bench.asked);

    bench.tap_for(ANA, Direction::Out);
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }), "within the repeat window");
    assert_eq!(bench.last().verdict.kind(), "checked_out");
}

#[test]
fn a_reader_for_one_direction_never_does_the_other() {
    for (wanted, records, expected) in [
        (Direction::In, vec![record(501, start(), None)], Refusal::AlreadyIn { since: start() }),
        (Direction::Out, vec![], Refusal::AlreadyOut),
    ] {
        let mut bench = Bench::online(Policy::default());
        bench.tap_for(ANA, wanted);
        bench.identify(Identification::One(ana()));
        bench.records(Ok(records));
        assert_eq!(bench.last().verdict, Verdict::Refused(expected));
        assert!(!bench.asked.iter().any(|effect| matches!(effect, Effect::Write { .. })), "nothing is sent");
    }
}

#[test]
fn what_was_asked_for_is_kept_while_the_service_is_away_and_where_it_is_tried_again() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.tap_for(ANA, Direction::In);
    assert_eq!(bench.entry(id).wanted, Some(Direction::In), "durable with the tap");
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    bench.write(WriteAnswer::Refused { message: Some("No pass.".to_owned()) });
    bench.reason(Ok(Some(described(1, "No pass."))));
    bench.tap_for(ANA, Direction::In);
    bench.identify(Identification::One(ana()));
    let shown = bench.last().clone();
    assert_eq!(shown.offer, Some(Offer::TryAgain));
    let again = EntryId(77);
    bench.feed(Event::OfferAccepted { shown: shown.entry, entry: again });
    assert_eq!(bench.entry(again).wanted, Some(Direction::In), "it never becomes a check-out");
}

#[test]
fn a_tap_out_waits_for_the_tap_in_that_is_under_way() {
    let mut bench = Bench::online(Policy::default());
    bench.tap_for(ANA, Direction::In);
    bench.identify(Identification::One(ana()));
    bench.tap_for(ANA, Direction::Out);
    bench.records(Ok(vec![]));
    bench.identify(Identification::One(ana()));
    assert!(matches!(bench.write(done(501)), Attempt::Open { .. }));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }));
    assert_eq!(bench.kinds(), [(1, "checked_in", false), (2, "checked_out", false)]);
}

#[test]
fn each_reader_holds_its_own_tile() {
    let mut bench = Bench::online(Policy::default());
    let tile = |entry, reader, uid| Event::Tile {
        entry: EntryId(entry),
        reader,
        wanted: None,
        reading: TileReading::of_hex(uid),
        is_place: false,
    };
    bench.feed(tile(1, IN, ANA));
    bench.feed(tile(2, OUT, BEN));
    bench.feed(tile(3, IN, ANA));
    assert_eq!(bench.journal.len(), 2, "a tile that lies there is one tap");
    bench.feed(Event::TileGone { reader: OUT });
    assert!(!bench.desk.is_quiet(), "one lies there still");
    bench.feed(tile(4, OUT, BEN));
    assert_eq!(bench.journal.len(), 3);
}

#[test]
fn they_work_when_each_of_them_does() {
    let mut bench = Bench::online(Policy::default());
    bench.feed(up(IN, "inner"));
    bench.feed(up(OUT, "outer"));
    bench.feed(Event::ReaderDown { reader: OUT, why: "unplugged".to_owned() });
    bench.feed(Event::ReaderDown { reader: OUT, why: "unplugged".to_owned() });
    bench.feed(up(OUT, "outer"));
    let state = |name: &str| ReaderState::Up { name: name.to_owned() };
    let down = ReaderState::Down { why: "unplugged".to_owned() };
    assert_eq!(bench.readers(), [state("inner"), state("inner, outer"), down, state("inner, outer")]);
}
