//! When a desk may make room for another one.

use super::*;

#[test]
fn a_kiosk_is_quiet_while_nobody_is_there() {
    let mut bench = Bench::online(Policy::default());
    assert!(bench.desk.is_quiet() && !bench.desk.has_unfinished_taps());
    let reading = TileReading::of_hex(ANA);
    bench.feed(read(EntryId(1), reading));
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    assert!(!bench.desk.is_quiet(), "a member waits for the verdict");
    bench.write(done(501));
    assert!(!bench.desk.is_quiet(), "the verdict is being read");
    bench.pass(10);
    assert_eq!(bench.stage, Stage::Idle);
    assert!(!bench.desk.is_quiet(), "the tile still lies there: to a new desk it would be a new tap");
    bench.feed(Event::TileGone { reader: ReaderPlace(0) });
    assert!(bench.desk.is_quiet());
    assert!(bench.desk.has_unfinished_taps(), "the success is still being watched");
}

#[test]
fn taps_that_wait_for_the_connection_disturb_nobody() {
    let mut bench = Bench::online(Policy::default());
    bench.lose_the_service();
    bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.feed(Event::TileGone { reader: ReaderPlace(0) });
    bench.pass(30);
    assert_eq!((bench.stage.clone(), bench.last().verdict.kind()), (Stage::Idle, "saved"));
    assert!(bench.desk.is_quiet() && bench.desk.has_unfinished_taps());
    bench.feed(Event::OutOfOrder(Some(String::new())));
    assert!(bench.desk.is_quiet(), "out of order, and nobody there");
}
