//! What must hold whatever happens; each test names the guard that it would miss.

use proptest::prelude::*;

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

/// Guard: `Desk::read_backs` goes on for minutes where a write was in doubt.
#[test]
fn a_write_that_commits_a_minute_late_beside_its_repetition_is_shown_to_staff() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    bench.write(WriteAnswer::Unknown(Trouble::Throttled));
    for _ in 0..4 {
        bench.pass(31);
        bench.records(Ok(vec![]));
    }
    bench.records(Ok(vec![]));
    bench.write(done(502));
    let alone = || Ok(vec![record(502, start(), None)]);
    bench.pass(2);
    bench.records(alone());
    bench.pass(8);
    bench.records(alone());
    bench.reason(Ok(None));
    bench.pass(30);
    bench.records(Ok(vec![record(501, start(), None), record(502, start(), None)]));
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
}

/// Guard: `Desk::looked_up` counts looks before it lets a write be repeated, and rounds before it gives up.
#[test]
fn a_write_without_a_trace_is_repeated_only_after_several_looks_and_not_for_ever() {
    let mut bench = Bench::online(Policy::default());
    let id = bench.ana_up_to_the_write(vec![]);
    for round in 0..3 {
        bench.write(WriteAnswer::Unknown(Trouble::Throttled));
        for _ in 0..4 {
            bench.pass(31);
            bench.records(Ok(vec![]));
        }
        if round < 2 {
            bench.records(Ok(vec![]));
        }
    }
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
        tapped_at: start(),
        coworker: Some(CoworkerId(7)),
        wanted: None,
        state: EntryState::Sending(attempt),
    };
    let mut bench = Bench::new(Policy::default());
    bench.feed(Event::Restored { unfinished: vec![entry], needs_staff: 3 });
    bench.records(Ok(vec![record(501, start(), None)]));
    assert_eq!(bench.entry(EntryId(99)).state.name(), "settled");
    assert_eq!(bench.kinds(), [(99, "checked_in", true)]);
    assert_eq!(bench.queue().map(|queue| (queue.waiting, queue.needs_staff)), Some((0, 3)));
}

/// Guard: `Desk::join_line` works on one tap of a member at a time, in tap order.
#[test]
fn one_members_taps_are_uploaded_in_tap_order_and_a_bad_one_blocks_nobody_else() {
    let mut bench = Bench::online(Policy { repeat_window: Duration::ZERO, ..Policy::default() });
    bench.feed(Event::Observed(Err(unreachable())));
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
    bench.feed(Event::Records { entry, answer: Ok(vec![]) });
    bench.write(WriteAnswer::Unknown(Trouble::Throttled));
    bench.records(Ok(vec![]));
    let Effect::ReadRecords { entry, coworker, .. } = bench.ask() else { panic!("Ben is not held up") };
    assert_eq!((entry.0, coworker), (3, CoworkerId(8)));
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

/// Guard: `Verdict::CheckedIn` and `CheckedOut` are made in `Desk::succeeded` alone.
#[derive(Debug, Clone)]
enum Happening {
    Tap(bool),
    Pass(i64),
    Answer(u8),
    Away(bool),
    Press,
    DiskFull(bool),
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let happening = prop_oneof![
        3 => any::<bool>().prop_map(Happening::Tap),
        3 => (0i64..40).prop_map(Happening::Pass),
        8 => any::<u8>().prop_map(Happening::Answer),
        1 => any::<bool>().prop_map(Happening::Away),
        1 => Just(Happening::Press),
        1 => any::<bool>().prop_map(Happening::DiskFull),
    ];
    prop::collection::vec(happening, 1..120)
}

/// The choice that makes every answer of [`answer`] a good one.
const ALL_IS_WELL: u8 = 68;

/// A service that does what it is asked, loses replies, refuses and throttles, and keeps its own record.
#[derive(Default)]
struct Service {
    records: Vec<(CoworkerId, CheckinRecord)>,
    opened_from: Vec<(CoworkerId, DateTime<Utc>)>,
}

impl Service {
    fn of(&self, coworker: CoworkerId) -> Vec<CheckinRecord> {
        self.records.iter().filter(|(owner, _)| *owner == coworker).map(|(_, record)| record.clone()).collect()
    }

    fn carry_out(&mut self, attempt: &Attempt) -> WriteAnswer {
        match attempt {
            Attempt::Open { coworker, from } => {
                let id = i64::try_from(self.records.len()).expect("few") + 1;
                self.records.push((*coworker, record(id, *from, None)));
                self.opened_from.push((*coworker, *from));
                done(id)
            }
            Attempt::Close { checkin, to, .. } => {
                let found = self.records.iter_mut().find(|(_, record)| record.id == *checkin);
                let record = &mut found.expect("only what was listed is closed").1;
                if let Some(at) = record.to {
                    return WriteAnswer::AlreadyClosed { at };
                }
                assert!(*to >= record.from);
                record.to = Some(*to);
                done(checkin.0)
            }
            Attempt::Report { .. } => done(0),
        }
    }
}

fn answer(bench: &mut Bench, service: &mut Service, how: u8) {
    let Some(effect) = bench.asked.pop_front() else { return };
    match effect {
        Effect::Identify { entry, tile, .. } => {
            let who = match (how % 8, tile.as_hex() == ANA) {
                (0, _) => Identification::NotKnowable(unreachable()),
                (1, _) => Identification::Nobody,
                (2, _) => Identification::Several,
                (3, true) => Identification::One(Member { active: false, ..ana() }),
                (_, true) => Identification::One(ana()),
                (_, false) => Identification::One(ben()),
            };
            bench.feed(Event::Identified { entry, who });
        }
        Effect::ReadRecords { entry, coworker, .. } => {
            let answer = match how % 5 {
                0 => Err(unreachable()),
                1 => Err(Trouble::Throttled),
                _ => Ok(service.of(coworker)),
            };
            bench.feed(Event::Records { entry, answer });
        }
        Effect::Write { entry, attempt, .. } => {
            assert!(matches!(&bench.entry(entry).state, EntryState::Sending(durable) if *durable == attempt));
            let answer = match how % 7 {
                0 => WriteAnswer::NotDone(Trouble::Throttled),
                1 => WriteAnswer::NotDone(unreachable()),
                2 => WriteAnswer::Unknown(unreachable()),
                3 => {
                    service.carry_out(&attempt);
                    WriteAnswer::Unknown(Trouble::Gateway("cut off".to_owned()))
                }
                4 => WriteAnswer::Refused { message: None },
                _ => service.carry_out(&attempt),
            };
            bench.feed(Event::Written { entry, answer });
        }
        Effect::FindReason { entry, .. } => {
            let answer = match how % 3 {
                0 => Err(unreachable()),
                _ => Ok(None),
            };
            bench.feed(Event::Reason { entry, answer });
        }
        Effect::Probe => bench.feed(Event::Probed(if how.is_multiple_of(2) { Ok(()) } else { Err(unreachable()) })),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_happens_each_tap_is_recorded_once_and_told_truly(happenings in happenings()) {
        let policy = Policy { repeat_window: Duration::from_secs(10), ..Policy::default() };
        let mut bench = Bench::online(policy);
        let mut service = Service::default();
        for happening in happenings {
            match happening {
                Happening::Tap(anas) => {
                    bench.tap(if anas { ANA } else { BEN });
                }
                Happening::Pass(seconds) => bench.pass(seconds),
                Happening::Answer(how) => answer(&mut bench, &mut service, how),
                Happening::Away(away) => {
                    bench.feed(Event::Observed(if away { Err(unreachable()) } else { Ok(()) }));
                }
                Happening::Press => {
                    if let Stage::Verdict(shown) = &bench.stage {
                        let shown = shown.entry;
                        bench.press(shown);
                    }
                }
                Happening::DiskFull(full) => bench.disk_full = full,
            }
        }
        // The world heals, and everything comes to rest.
        bench.disk_full = false;
        bench.feed(Event::Observed(Ok(())));
        for _ in 0..2000 {
            if bench.asked.is_empty() && bench.desk.next_deadline().is_none() {
                break;
            }
            bench.pass(5);
            while !bench.asked.is_empty() {
                answer(&mut bench, &mut service, ALL_IS_WELL);
            }
        }
        prop_assert!(bench.desk.journeys.is_empty(), "left: {:?}", bench.desk.journeys);
        prop_assert!(bench.desk.lines.is_empty() && bench.desk.waiting.is_empty() && bench.desk.parked.is_empty());

        for entry in &bench.journal {
            prop_assert!(entry.state.is_terminal(), "{entry:?}");
        }
        for tap in 1..bench.next_id {
            let told = bench.told.iter().filter(|shown| shown.entry.0 == tap).collect::<Vec<_>>();
            let revisions = told.iter().filter(|shown| shown.revised).count();
            prop_assert!(revisions <= 1, "{told:?}");
            for shown in told {
                match &shown.verdict {
                    Verdict::CheckedIn { since } => prop_assert!(service.records.iter().any(|(_, record)| record.from == *since)),
                    Verdict::CheckedOut { since, until } => {
                        prop_assert!(service.records.iter().any(|(_, record)| record.from == *since && record.to == Some(*until)));
                    }
                    _ => {}
                }
            }
        }
        let mut seen = service.opened_from.clone();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), service.opened_from.len(), "one tap, one check-in");
        for coworker in [CoworkerId(7), CoworkerId(8)] {
            let open = service.of(coworker).iter().filter(|record| record.to.is_none()).count();
            prop_assert!(open <= 1, "{open} open check-ins");
        }
    }
}
