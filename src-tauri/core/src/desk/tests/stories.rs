//! What members and staff live through, one story a test.

use super::*;

#[test]
fn a_member_checks_in() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.tap(ANA);
    let acknowledged = Notice::Acknowledged { entry: id, tile: Some("…E5F6".to_owned()), at: start() };
    assert_eq!(bench.notices.last(), Some(&acknowledged));
    assert!(matches!(bench.stage, Stage::Acknowledged { .. }));
    assert_eq!(bench.entry(id).state, EntryState::Waiting, "durable before the member is looked for");
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    assert!(bench.told.is_empty(), "nothing is told before the service says yes");
    let attempt = bench.write(done(501));
    assert_eq!(attempt, Attempt::Open { coworker: CoworkerId(7), from: start() });
    let shown = bench.last();
    assert_eq!(shown.verdict, Verdict::CheckedIn { since: start() });
    assert_eq!(
        (shown.name.as_deref(), shown.coworker, shown.checkin),
        (Some("Ana"), Some(CoworkerId(7)), Some(CheckinId(501)))
    );
    assert_eq!(bench.entry(id).state, EntryState::Settled(Settlement::CheckedIn { checkin: Some(CheckinId(501)) }));
    bench.pass(5);
    assert_eq!(bench.stage, Stage::Idle);
}

#[test]
fn a_member_with_an_open_checkin_checks_out() {
    let mut bench = Bench::online(Policy::default());
    let since = start() - TimeDelta::hours(30);
    let id = bench.ana_up_to_the_write(vec![record(501, since, None)]);
    let attempt = bench.write(done(501));
    assert_eq!(attempt, Attempt::Close { coworker: CoworkerId(7), checkin: CheckinId(501), from: since, to: start() });
    assert_eq!(bench.last().verdict, Verdict::CheckedOut { since, until: start() });
    assert_eq!(
        bench.entry(id).state,
        EntryState::Settled(Settlement::CheckedOut {
            checkin: CheckinId(501),
            since: Some(since),
            until: Some(start())
        })
    );
}

#[test]
fn a_checkin_closed_by_the_service_meanwhile_keeps_its_end() {
    let mut bench = Bench::online(Policy::default());
    let since = start() - TimeDelta::hours(3);
    bench.ana_up_to_the_write(vec![record(501, since, None)]);
    let until = start() - TimeDelta::minutes(1);
    bench.write(WriteAnswer::AlreadyClosed { at: until });
    assert_eq!(bench.last().verdict, Verdict::CheckedOut { since, until });
}

#[test]
fn a_refusal_shows_the_description_word_for_word() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::Refused { message: Some("no".to_owned()) });
    bench.reason(Ok(Some(described(1, "<b>No pass</b> covers this visit."))));
    assert_eq!(bench.kinds(), [(1, "refused", false)]);
    assert_eq!(bench.last().verdict, refused("<b>No pass</b> covers this visit."));
    let reason = Some("<b>No pass</b> covers this visit.".to_owned());
    assert_eq!(bench.entry(id).state, EntryState::Settled(Settlement::Refused { reason }));
}

#[test]
fn a_description_that_comes_later_revises_the_verdict_once() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::Refused { message: Some("Refused.".to_owned()) });
    bench.reason(Ok(None));
    assert_eq!(bench.last().verdict, refused("Refused."));
    bench.pass(1);
    bench.reason(Ok(Some(described(1, "No pass covers this visit."))));
    assert_eq!(bench.kinds(), [(1, "refused", false), (1, "refused", true)]);
    assert_eq!(bench.last().verdict, refused("No pass covers this visit."));
    assert!(matches!(&bench.stage, Stage::Verdict(shown) if shown.revised));
}

#[test]
fn a_refusal_without_any_words_is_still_a_refusal() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::Refused { message: Some("  ".to_owned()) });
    for _ in 0..5 {
        bench.reason(Err(Trouble::NotFound));
        bench.pass(1);
    }
    assert_eq!(bench.kinds(), [(1, "refused", false)]);
    assert_eq!(bench.last().verdict, Verdict::Refused(Refusal::ByService(None)));
    assert_eq!(bench.entry(id).state, EntryState::Settled(Settlement::Refused { reason: None }));
    assert!(bench.asked.is_empty());
}

#[test]
fn one_failed_checkin_gives_its_reason_to_one_tap_only() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::ZERO, ..Policy::default() });
    for _ in 0..2 {
        bench.ana_up_to_the_write(vec![]);
        bench.write(WriteAnswer::Refused { message: Some("Refused.".to_owned()) });
        bench.reason(Ok(Some(described(1, "The first reason."))));
    }
    assert_eq!(bench.told[0].verdict, refused("The first reason."));
    assert_eq!(bench.told[1].verdict, refused("Refused."));
}

#[test]
fn tiles_of_nobody_of_several_and_of_no_use() {
    let cases = [
        (Identification::Nobody, "unknown_tile", "No member has tile …E5F6."),
        (Identification::Several, "ambiguous_tile", "Several members have tile …E5F6."),
    ];
    for (who, kind, words) in cases {
        let mut bench = Bench::online(Policy::default());
        let id = bench.tap(ANA);
        bench.identify(who);
        assert_eq!(bench.kinds(), [(1, kind, false)], "told before the report");
        let attempt = bench.write(done(1));
        assert_eq!(
            attempt,
            Attempt::Report { coworker: None, at: start(), description: words.to_owned(), promised: false }
        );
        assert_eq!(bench.entry(id).state, EntryState::Settled(Settlement::Reported { verdict: kind.to_owned() }));
    }
    let mut bench = Bench::online(Policy::default());
    let id = bench.tap("08A1B2C3");
    assert_eq!(bench.kinds(), [(1, "unusable_tile", false)]);
    assert!(bench.asked.is_empty(), "nothing is asked of anyone");
    assert_eq!(bench.entry(id).tile, None, "a random id is not kept");
}

#[test]
fn a_tile_that_stands_for_a_place_is_no_unknown_one() {
    let place = |entry, uid| Event::Tile {
        entry: EntryId(entry),
        reader: ReaderPlace(0),
        wanted: None,
        reading: TileReading::of_hex(uid),
        is_place: true,
    };
    let mut bench = Bench::online(Policy::default());
    bench.feed(place(1, ANA));
    bench.identify(Identification::Nobody);
    assert_eq!(bench.told[0].verdict, Verdict::UnusableTile(crate::tile::Unusable::Place));
    assert!(bench.asked.is_empty(), "the service is told nothing: {:?}", bench.asked);
    let mut bench = Bench::online(Policy::default());
    bench.feed(place(1, ANA));
    bench.identify(Identification::One(ana()));
    assert!(bench.told.is_empty(), "a member's tile is a member's, whatever is written on it");
}

#[test]
fn an_unknown_tile_is_reported_once_in_the_repeat_window() {
    let mut bench = Bench::online(Policy::default());
    bench.tap(ANA);
    bench.identify(Identification::Nobody);
    bench.write(done(1));
    bench.pass(10);
    bench.tap(ANA);
    bench.identify(Identification::Nobody);
    assert_eq!(bench.kinds(), [(1, "unknown_tile", false), (2, "unknown_tile", false)]);
    assert!(bench.asked.is_empty());
    bench.pass(60);
    bench.tap(ANA);
    bench.identify(Identification::Nobody);
    assert!(matches!(bench.write(done(2)), Attempt::Report { .. }));
}

#[test]
fn an_inactive_member_is_refused_here_and_the_service_is_told() {
    let mut bench = Bench::online(Policy::default());
    bench.tap(ANA);
    bench.identify(Identification::One(Member { active: false, ..ana() }));
    assert_eq!(bench.last().verdict, Verdict::Refused(Refusal::Inactive));
    let attempt = bench.write(done(1));
    let description = "The account is not active.".to_owned();
    assert_eq!(attempt, Attempt::Report { coworker: Some(CoworkerId(7)), at: start(), description, promised: false });
}

#[test]
fn a_second_tap_shows_the_same_verdict_and_the_button_does_the_opposite() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_checks_in();
    bench.asked.clear();
    bench.pass(59);
    bench.asked.clear();
    let again = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    assert!(bench.asked.is_empty(), "nothing is sent");
    assert_eq!(bench.last().verdict, Verdict::CheckedIn { since: start() });
    assert_eq!((bench.last().entry, bench.last().offer), (again, Some(Offer::CheckOut)));
    assert_eq!(bench.entry(again).state, EntryState::Settled(Settlement::Repeated { of: EntryId(1) }));

    let pressed = bench.press(again);
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![record(501, start(), None)]));
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }));
    assert_eq!((bench.last().entry, bench.last().verdict.kind()), (pressed, "checked_out"));
    assert_eq!(bench.press(again), EntryId(4));
    assert!(bench.asked.is_empty(), "a button works once");
}

#[test]
fn a_button_never_does_what_is_so_already() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_checks_in();
    bench.asked.clear();
    let again = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.press(again);
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![record(501, start(), Some(start()))]));
    assert_eq!(bench.last().verdict, Verdict::Refused(Refusal::AlreadyOut));
    assert!(bench.asked.is_empty());
}

#[test]
fn after_the_repeat_window_the_next_tap_checks_out() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_checks_in();
    bench.pass(61);
    bench.asked.clear();
    bench.ana_up_to_the_write(vec![record(501, start(), None)]);
    assert!(matches!(bench.write(done(501)), Attempt::Close { .. }));
}

#[test]
fn a_tile_left_on_the_reader_is_one_tap_also_across_a_restart_of_the_reader() {
    let mut bench = Bench::online(Policy::default());
    let reading = TileReading::of_hex(ANA);
    bench.feed(read(EntryId(1), reading.clone()));
    bench.feed(Event::ReaderDown { reader: ReaderPlace(0), why: "unplugged".to_owned() });
    bench.feed(Event::ReaderUp { reader: ReaderPlace(0), name: "PN532".to_owned() });
    bench.feed(read(EntryId(2), reading.clone()));
    assert_eq!(bench.journal.len(), 1);
    bench.feed(Event::TileGone { reader: ReaderPlace(0) });
    bench.feed(read(EntryId(3), reading));
    assert_eq!(bench.journal.len(), 2);
}

#[test]
fn a_second_tap_while_the_first_is_under_way_gets_the_same_verdict() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    let second = bench.tap(ANA);
    bench.asked.rotate_left(1);
    bench.identify(Identification::One(ana()));
    bench.write(done(501));
    assert_eq!(bench.kinds(), [(1, "checked_in", false), (2, "checked_in", false)]);
    assert_eq!(bench.entry(second).state, EntryState::Settled(Settlement::Repeated { of: EntryId(1) }));
}

#[test]
fn another_member_is_not_held_up() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    let Effect::Write { entry: anas, .. } = bench.ask() else { panic!("Ana's write is under way") };
    bench.tap(BEN);
    bench.identify(Identification::One(ben()));
    bench.records(Ok(vec![]));
    bench.write(done(502));
    assert_eq!(bench.kinds(), [(2, "checked_in", false)]);
    bench.feed(Event::Written { entry: anas, answer: done(501) });
    assert_eq!(bench.kinds(), [(2, "checked_in", false), (1, "checked_in", false)]);
    assert!(matches!(&bench.stage, Stage::Verdict(shown) if shown.entry.0 == 2), "Ben's verdict stands a moment");
    bench.pass(2);
    assert!(matches!(&bench.stage, Stage::Verdict(shown) if shown.entry.0 == 1), "then Ana's is shown");
}

#[test]
fn an_account_without_rights_is_named_and_nothing_waits() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::NotDone(Trouble::NotPermitted("Checkin-Create".to_owned())));
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::NotPermitted));
    let EntryState::NeedsStaff(reason) = &bench.entry(id).state else { panic!("for staff") };
    assert!(reason.contains("Checkin-Create"));
}

#[test]
fn a_late_refusal_revises_the_welcome_and_goes_to_staff() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_checks_in();
    bench.pass(2);
    bench.records(Ok(vec![]));
    bench.reason(Ok(Some(described(1, "No pass covers this visit."))));
    assert_eq!(bench.kinds(), [(1, "checked_in", false), (1, "refused", true)]);
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
    assert_eq!(bench.queue().map(|queue| queue.needs_staff), Some(1));
}

#[test]
fn a_success_that_stands_is_read_back_and_forgotten() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_checks_in();
    bench.pass(2);
    bench.records(Ok(vec![record(501, start(), None)]));
    bench.pass(8);
    bench.records(Ok(vec![record(501, start(), None)]));
    bench.reason(Ok(None));
    bench.pass(120);
    assert!(bench.asked.is_empty() && bench.desk.journeys.is_empty());
    assert_eq!(bench.entry(id).state.name(), "settled");
}

#[test]
fn out_of_order_records_nothing_and_says_so_until_it_ends() {
    let mut bench = Bench::online(Policy::default());
    bench.feed(Event::OutOfOrder(Some("Back at noon".to_owned())));
    let note = || Stage::OutOfOrder { note: "Back at noon".to_owned() };
    assert_eq!(bench.stage, note());
    let id = bench.tap("04A1B2C3D4E5F6");
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::OutOfOrder));
    assert!(bench.entry(id).state.is_terminal() && bench.asked.is_empty(), "nothing is asked, nothing is sent");
    bench.pass(10);
    assert_eq!(bench.stage, note(), "and stands again when the member is gone");
    bench.pin(Identification::One(ana()));
    assert_eq!(bench.last().verdict, Verdict::Unavailable(Unavailable::OutOfOrder), "nor is a PIN taken");
    assert!(bench.asked.is_empty());
    bench.feed(Event::OutOfOrder(None));
    bench.pass(10);
    assert_eq!(bench.stage, Stage::Idle);
    bench.feed(Event::TileGone { reader: ReaderPlace(0) });
    bench.ana_checks_in();
    assert_eq!(bench.last().verdict.kind(), "checked_in");
}

#[test]
fn who_is_served_when_the_kiosk_is_put_out_of_order_still_gets_the_verdict() {
    let mut bench = Bench::online(Policy::default());
    bench.ana_up_to_the_write(vec![]);
    bench.feed(Event::OutOfOrder(Some(String::new())));
    assert!(matches!(bench.stage, Stage::Acknowledged { .. }));
    bench.write(done(71));
    assert!(matches!(&bench.stage, Stage::Verdict(shown) if shown.verdict.kind() == "checked_in"));
    bench.pass(10);
    assert_eq!(bench.stage, Stage::OutOfOrder { note: String::new() });
}
