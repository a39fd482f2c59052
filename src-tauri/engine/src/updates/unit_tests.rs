//! How a start is judged, sample by sample.

use super::*;

fn sample(active: &str, entered: u64, restarts: u32) -> unit::Unit {
    unit::Unit { active: active.to_owned(), entered, restarts, file: "enabled".to_owned(), ..unit::Unit::default() }
}

fn out_of_order(sample: unit::Unit) -> unit::Unit {
    unit::Unit { status: Some("out of order: no disk".to_owned()), ..sample }
}

/// What is judged at last of one sample every second, and when.
fn judged(mut watch: Watch, samples: &[unit::Unit]) -> (u64, Judgement) {
    let last = samples.last().unwrap();
    for second in 0.. {
        let sample = samples.get(usize::try_from(second).unwrap()).unwrap_or(last);
        match watch.judge(sample, Duration::from_secs(second)) {
            Judgement::Wait => assert!(second < 1000, "never judged"),
            judgement => return (second, judgement),
        }
    }
    unreachable!()
}

#[test]
fn a_start_is_good_when_it_is_ready_and_bad_when_it_never_is() {
    let start = || Watch::start(50, 0, Duration::from_secs(90));
    let (starting, broken) = (sample("activating", 50, 0), sample("activating", 50, 1));
    assert_eq!(judged(start(), &[starting.clone(), sample("active", 60, 0)]), (1, Judgement::Good));
    let (at, bad) = judged(start(), std::slice::from_ref(&starting));
    assert!(at == 90 && matches!(&bad, Judgement::Bad(why) if why.contains("90 s")), "{at}: {bad:?}");
    let (at, bad) = judged(start(), &[broken.clone(), broken.clone(), sample("activating", 50, 3)]);
    assert!(at == 2 && matches!(&bad, Judgement::Bad(why) if why.contains("3 times")), "{at}: {bad:?}");
    assert_eq!(judged(start(), &[broken, sample("active", 60, 1)]), (1, Judgement::Good), "the second try");
    assert_eq!(judged(start(), &[sample("activating", 60, 1)]), (0, Judgement::Good), "it was, for a moment");
    let (at, bad) = judged(start(), &[starting, sample("failed", 50, 0)]);
    assert!(at == 6 && matches!(bad, Judgement::Bad(_)), "{at}: nothing starts it again");
    assert_eq!(judged(start(), &[sample("inactive", 50, 0), sample("active", 60, 0)]), (1, Judgement::Good));
}

#[test]
fn restarts_of_the_version_before_are_not_held_against_this_one() {
    let stale =
        [sample("inactive", 50, 3), sample("activating", 50, 3), sample("activating", 50, 0), sample("active", 60, 0)];
    assert_eq!(judged(Watch::start(50, 3, Duration::from_secs(90)), &stale), (3, Judgement::Good));
    let own = [sample("activating", 50, 3), sample("activating", 50, 1), sample("activating", 50, 3)];
    assert!(matches!(judged(Watch::start(50, 3, Duration::from_secs(90)), &own), (2, Judgement::Bad(_))));
    let since_long = Watch::stay(Duration::from_mins(1));
    assert_eq!(judged(since_long, &[sample("active", 60, 7)]), (60, Judgement::Good), "before it was watched");
}

#[test]
fn a_start_is_watched_until_it_has_stayed() {
    let stay = || Watch::stay(Duration::from_mins(1));
    let (runs, between) = (sample("active", 60, 0), sample("activating", 60, 1));
    assert_eq!(judged(stay(), std::slice::from_ref(&runs)), (60, Judgement::Good));
    assert_eq!(judged(stay(), &[between.clone(), sample("active", 70, 1)]), (60, Judgement::Good), "once is bad luck");
    let crashes = [runs.clone(), between.clone(), sample("activating", 70, 2), sample("activating", 80, 3)];
    assert!(matches!(judged(stay(), &crashes), (3, Judgement::Bad(_))));
    assert!(matches!(judged(stay(), &[between]), (65, Judgement::Bad(_))), "it hangs in its second start");
    let ended = unit::Unit { code: Some(10), ..sample("inactive", 60, 0) };
    assert_eq!(judged(stay(), &[runs, ended]), (1, Judgement::Good), "staff ended it");
    assert_eq!(judged(Watch::stay(Duration::ZERO), &[sample("active", 60, 0)]), (0, Judgement::Good));
}

#[test]
fn a_version_that_is_ready_and_out_of_order_does_not_work() {
    let runs = sample("active", 60, 0);
    let broken = out_of_order(runs.clone());
    let start = || Watch::start(50, 0, Duration::from_secs(90));
    let stay = || Watch::stay(Duration::from_mins(1));
    let bad = |judged: (u64, Judgement)| {
        matches!(&judged.1, Judgement::Bad(why) if why == "it is out of order").then_some(judged.0)
    };
    assert_eq!(bad(judged(start(), std::slice::from_ref(&broken))), Some(15));
    assert_eq!(judged(start(), &[broken.clone(), broken.clone(), runs.clone()]), (2, Judgement::Good), "it waited");
    assert_eq!(bad(judged(stay(), &[runs.clone(), broken.clone()])), Some(16));
    assert_eq!(bad(judged(Watch::stay(Duration::from_secs(5)), &[runs, broken.clone()])), Some(16), "at its end");
    for watch in [start(), Watch::stay(Duration::ZERO)] {
        assert_eq!(
            judged(watch.of_one_that_was(true), std::slice::from_ref(&broken)),
            (0, Judgement::Good),
            "before too"
        );
    }
    let before = out_of_order(sample("activating", 50, 0));
    assert_eq!(judged(start(), &[before, sample("active", 60, 0)]), (1, Judgement::Good), "that was the one before");
}

#[test]
fn whether_a_tap_may_have_been_acknowledged() {
    let mark = StartMark { boot: "one".to_owned(), entered: 50 };
    for (case, mark, boot, entered, expected) in [
        ("never started", None, "one", 50, Reached::No),
        ("started, never ready", Some(&mark), "one", 50, Reached::No),
        ("ready", Some(&mark), "one", 51, Reached::Yes),
        ("forgotten by systemd", Some(&mark), "one", 0, Reached::Unknown),
        ("not ready in this boot", Some(&mark), "two", 0, Reached::Unknown),
        ("ready in this boot", Some(&mark), "two", 9, Reached::Yes),
    ] {
        assert_eq!(reached(mark, boot, entered), expected, "{case}");
    }
}

#[test]
fn systemds_words_are_understood() {
    let of = unit::Unit::read;
    let words = "NRestarts=2\nActiveState=active\nActiveEnterTimestampMonotonic=123\nExecMainStatus=10\nUnitFileState=enabled\nStatusText=out of order: no disk\n";
    let unit = of(words);
    assert_eq!((unit.active.as_str(), unit.entered, unit.restarts), ("active", 123, 2));
    assert!(unit.is_ended_by_staff() && unit.is_enabled() && unit.is_out_of_order());
    let by_staff = "ActiveState=active\nStatusText=out of order, as staff set it; online\n";
    assert!(!of(by_staff).is_out_of_order(), "that is no fault");
    for (words, is_kiosk) in [
        (words, true),
        ("", false),
        ("ActiveState=inactive\nUnitFileState=", false),
        ("ActiveState=inactive\nUnitFileState=disabled", false),
        ("ActiveState=activating\nUnitFileState=disabled", true),
        ("ActiveState=failed\nExecMainStatus=1\nUnitFileState=enabled", true),
        ("ActiveState=failed\nExecMainStatus=10\nUnitFileState=enabled", false),
        ("ActiveState=failed\nExecMainStatus=1\nUnitFileState=disabled", false),
        ("ActiveState=inactive\nExecMainStatus=0\nUnitFileState=enabled", false),
    ] {
        assert_eq!(of(words).is_kiosk(), is_kiosk, "{words}");
    }
}
