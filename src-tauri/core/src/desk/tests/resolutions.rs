//! Staff let a tap be tried again, or dismiss it.

use super::*;

const HOUR: i64 = 3600;

/// Ana's tap, refused at its upload; and when it was made.
fn for_staff() -> (Bench, EntryId, DateTime<Utc>) {
    let mut bench = Bench::online(Policy { offline: OfflineAccept::None, ..Policy::default() });
    let id = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.records(Err(Trouble::NotPermitted("no".to_owned())));
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
    assert_eq!(bench.queue().map(|queue| queue.needs_staff), Some(1));
    (bench, id, start())
}

fn retried() -> (Bench, EntryId, DateTime<Utc>) {
    let (mut bench, id, at) = for_staff();
    bench.pass(100 * HOUR);
    assert_eq!(bench.resolve(id, Resolution::Retry), Ok(()));
    (bench, id, at)
}

#[test]
fn a_tap_that_staff_let_be_tried_again_is_recorded_with_its_own_time() {
    let (mut bench, id, at) = retried();
    let queue = bench.queue().cloned().expect("told");
    assert_eq!((queue.waiting, queue.needs_staff, queue.oldest), (1, 0, Some(at)));
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    assert_eq!(bench.write(done(501)), Attempt::Open { coworker: CoworkerId(7), from: at });
    assert_eq!(bench.entry(id).state, EntryState::Settled(Settlement::CheckedIn { checkin: Some(CheckinId(501)) }));
    assert_eq!(bench.queue().map(|queue| (queue.waiting, queue.needs_staff)), Some((0, 0)));
}

/// Guard: `Desk::keep_watch` doubts whatever staff asked for again: an earlier write may still be carried out.
#[test]
fn its_success_is_watched_as_long_as_a_doubt_and_a_double_is_undone() {
    let (mut bench, id, at) = retried();
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    bench.write(done(501));
    assert!(bench.entry(id).watch.as_ref().is_some_and(|watch| watch.in_doubt));
    for _ in 0..3 {
        bench.pass(31);
        bench.records(Ok(vec![record(501, at, None)]));
        while matches!(bench.asked.front(), Some(Effect::FindReason { .. })) {
            bench.reason(Ok(None));
        }
    }
    bench.pass(31);
    bench.records(Ok(vec![record(501, at, None), record(502, at, None)]));
    assert_eq!(bench.undo(Ok(Undone::Deleted)), CheckinId(502));
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
    assert_eq!(bench.queue().map(|queue| queue.needs_staff), Some(1));
    assert_eq!(bench.resolve(id, Resolution::Retry), Err(NotResolved::UnderWay), "it is watched");
    assert_eq!(bench.resolve(id, dismissal()), Err(NotResolved::UnderWay));
}

#[test]
fn what_is_in_the_record_is_not_sent_again_and_what_others_overtook_comes_back() {
    let hour = TimeDelta::hours(1);
    for (records, state, count) in [
        (vec![record(9, start(), None)], "settled", 0),
        (vec![record(9, start(), Some(start() + hour))], "settled", 0),
        (vec![record(9, start() + hour, None)], "needs_staff", 1),
        (vec![record(9, start() - hour, Some(start() + hour))], "needs_staff", 1),
        (vec![record(9, start() - TimeDelta::seconds(30), None)], "settled", 0),
    ] {
        let (mut bench, id, _) = retried();
        bench.identify(Identification::One(ana()));
        bench.records(Ok(records.clone()));
        assert!(!bench.asked.iter().any(|effect| matches!(effect, Effect::Write { .. })), "{records:?}");
        assert_eq!(bench.entry(id).state.name(), state, "{records:?}");
        assert_eq!(bench.queue().map(|queue| (queue.waiting, queue.needs_staff)), Some((0, count)), "{records:?}");
    }
}

/// Guard: `Desk::age` counts from when staff asked.
#[test]
fn a_tap_that_was_too_old_is_not_too_old_for_staff_also_after_a_restart() {
    let (mut bench, id, at) = for_staff();
    bench.pass(100 * HOUR);
    bench.lose_the_service();
    assert_eq!(bench.resolve(id, Resolution::Retry), Ok(()));
    bench.restart();
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    assert_eq!(bench.write(done(501)), Attempt::Open { coworker: CoworkerId(7), from: at });
    assert!(bench.entry(id).watch.as_ref().is_some_and(|watch| watch.in_doubt), "the doubt survives too");
}

#[test]
fn a_tap_that_was_dismissed_counts_no_more_and_can_be_taken_up_again() {
    let (mut bench, id, _) = for_staff();
    let why = match &bench.entry(id).state {
        EntryState::NeedsStaff(why) => why.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(bench.resolve(id, dismissal()), Ok(()));
    let dismissed = Settlement::Dismissed { reason: "already_recorded".to_owned(), why: why.clone() };
    assert_eq!(bench.entry(id).state, EntryState::Settled(dismissed));
    assert_eq!(bench.queue().map(|queue| queue.needs_staff), Some(0));
    assert_eq!(bench.resolve(id, dismissal()), Err(NotResolved::Changed), "once");
    assert_eq!(bench.resolve(id, Resolution::Retry), Err(NotResolved::Changed));
    bench.restart();
    bench.feed(Event::Observed(Ok(())));
    assert_eq!(bench.desk.needs_staff, 0, "also after a restart");
    assert!(bench.asked.is_empty(), "nothing is sent for it: {:?}", bench.asked);
    assert_eq!(bench.resolve(id, Resolution::Reopen), Ok(()));
    assert_eq!(bench.entry(id).state, EntryState::NeedsStaff(why));
    assert_eq!(bench.queue().map(|queue| queue.needs_staff), Some(1));
}

/// Guard: `Desk::resolution_recorded` changes nothing before it is durable.
#[test]
fn what_could_not_be_stored_did_not_happen() {
    for resolution in [Resolution::Retry, dismissal()] {
        let (mut bench, id, _) = for_staff();
        bench.disk_full = true;
        let answer = bench.resolve(id, resolution.clone());
        assert!(matches!(answer, Err(NotResolved::NotStored(_))), "{answer:?}");
        bench.disk_full = false;
        bench.pass(60);
        assert!(bench.asked.is_empty(), "{:?}", bench.asked);
        assert_eq!(bench.entry(id).state.name(), "needs_staff");
        assert_eq!((bench.desk.needs_staff, bench.desk.waiting.len()), (1, 0));
        assert_eq!(bench.resolve(id, resolution), Ok(()), "and it can be asked for again");
    }
}

#[test]
fn a_retried_tap_goes_before_its_members_taps_that_wait() {
    let (mut bench, id, at) = for_staff();
    bench.desk.policy.offline = OfflineAccept::Known;
    bench.pass(HOUR);
    bench.lose_the_service();
    let later = bench.tap(ANA);
    bench.asked.retain(|effect| *effect != Effect::Probe);
    bench.identify(Identification::One(ana()));
    bench.asked.clear();
    assert_eq!(bench.last().verdict, Verdict::Saved);
    assert_eq!(bench.resolve(id, Resolution::Retry), Ok(()));
    bench.feed(Event::Observed(Ok(())));
    let mut first = None;
    while first.is_none() {
        match bench.ask() {
            Effect::Identify { entry, .. } => {
                bench.feed(Event::Identified { entry, who: Identification::One(ana()) });
            }
            Effect::ReadRecords { entry, .. } => first = Some(entry),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(first, Some(id), "not {later}");
    bench.feed(Event::Records { entry: id, answer: Ok(vec![]) });
    assert_eq!(bench.write(done(501)), Attempt::Open { coworker: CoworkerId(7), from: at });
}

/// The member stands at the desk, and tries the tile again: that is no check-out.
#[test]
fn who_taps_again_after_staff_helped_is_shown_the_welcome_once_more() {
    let (mut bench, id, _) = for_staff();
    bench.pass(HOUR);
    bench.resolve(id, Resolution::Retry).expect("it needs staff");
    bench.identify(Identification::One(ana()));
    let again = bench.tap(ANA);
    bench.records(Ok(vec![]));
    bench.identify(Identification::One(ana()));
    bench.write(done(501));
    assert_eq!((bench.last().entry, bench.last().verdict.kind()), (again, "checked_in"));
    let third = {
        bench.pass(20);
        bench.asked.clear();
        bench.tap(ANA)
    };
    bench.identify(Identification::One(ana()));
    assert_eq!((bench.last().entry, bench.last().verdict.kind()), (third, "checked_in"));
}

#[test]
fn nobody_knows_whose_tap_it_is_until_its_tile_is_linked() {
    let mut bench = Bench::online(Policy { offline: OfflineAccept::All, ..Policy::default() });
    bench.lose_the_service();
    let id = bench.tap(BEN);
    bench.asked.retain(|effect| *effect != Effect::Probe);
    bench.identify(Identification::NotKnowable(unreachable()));
    bench.asked.clear();
    bench.feed(Event::Observed(Ok(())));
    bench.identify(Identification::Nobody);
    bench.write(WriteAnswer::Done { checkin: None });
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
    bench.pass(60);
    // Asked too early: the service is told of it once, which is looked up first.
    bench.resolve(id, Resolution::Retry).expect("it needs staff");
    bench.identify(Identification::Nobody);
    let Some(Effect::Write { again: true, .. }) = bench.asked.front() else { panic!("{:?}", bench.asked) };
    bench.write(WriteAnswer::Done { checkin: None });
    assert_eq!(bench.entry(id).state.name(), "needs_staff");
    bench.resolve(id, Resolution::Retry).expect("it needs staff");
    bench.identify(Identification::One(ben()));
    bench.records(Ok(vec![]));
    assert_eq!(bench.write(done(502)), Attempt::Open { coworker: CoworkerId(8), from: start() });
    assert_eq!(bench.entry(id).coworker, Some(CoworkerId(8)));
}

/// Guard: `Desk::record` forgets a terminal state that the disk did not take, once the tap goes on.
#[test]
fn what_the_disk_refused_before_does_not_come_after_the_retry() {
    let mut bench = Bench::online(Policy { offline: OfflineAccept::None, ..Policy::default() });
    let id = bench.tap(ANA);
    bench.identify(Identification::One(ana()));
    bench.disk_full = true;
    bench.records(Err(Trouble::NotPermitted("no".to_owned())));
    assert_eq!(bench.entry(id).state, EntryState::Waiting, "the journal does not have it yet");
    bench.disk_full = false;
    assert_eq!(bench.resolve(id, Resolution::Retry), Ok(()));
    bench.pass(20);
    assert_eq!(bench.entry(id).state, EntryState::Waiting, "nothing old was stored over it");
    bench.identify(Identification::One(ana()));
    bench.records(Ok(vec![]));
    bench.write(done(501));
    assert_eq!((bench.entry(id).state.name(), bench.desk.needs_staff), ("settled", 0));
}
