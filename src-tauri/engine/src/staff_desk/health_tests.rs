//! What is good, what somebody should look at, and what does not work.

use super::*;

fn now() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn minutes_ago(minutes: i64) -> DateTime<Utc> {
    now() - TimeDelta::minutes(minutes)
}

/// A kiosk that is well.
fn well() -> Facts {
    let current = Current {
        reader: ReaderState::Up { name: "PN532".to_owned() },
        link: LinkState::Online,
        link_since: Some(minutes_ago(90)),
        ..Current::default()
    };
    Facts {
        now: now(),
        current,
        sign_in_ends: Some(now() + TimeDelta::days(12)),
        clock_ahead: TimeDelta::seconds(2),
        max_entries: 100,
        max_age: TimeDelta::hours(72),
        calls: (90, 120),
        version: Some(7),
        lacking: Vec::new(),
        update: None,
    }
}

fn waiting(facts: &mut Facts, waiting: usize, oldest: Option<DateTime<Utc>>) {
    facts.current.queue = QueueState { waiting, needs_staff: 0, oldest };
}

type Change = fn(&mut Facts);

#[test]
fn each_fact_is_judged_by_what_can_be_done_about_it() {
    use HealthKind::{Budget, Clock, Configuration, Link, NeedsStaff, Queue, Reader, Rights, SignIn, Storage};
    use HealthState::{Attention, Good, Problem};
    let cases: &[(&str, Change, HealthKind, HealthState, Option<i64>)] = &[
        ("nothing changed", |_| {}, Reader, Good, None),
        ("not known yet", |facts| facts.current.reader = ReaderState::Starting, Reader, Attention, None),
        ("unplugged", |facts| facts.current.reader = ReaderState::Down { why: "gone".into() }, Reader, Problem, None),
        ("online", |_| {}, Link, Good, None),
        ("at start", |facts| facts.current.link = LinkState::Connecting, Link, Attention, None),
        ("offline", |facts| facts.current.link = LinkState::Offline { why: "no route".into() }, Link, Problem, None),
        ("renewed", |_| {}, SignIn, Good, Some(12)),
        ("a week left", |facts| facts.sign_in_ends = Some(now() + TimeDelta::days(7)), SignIn, Attention, Some(7)),
        ("over", |facts| facts.sign_in_ends = Some(minutes_ago(1)), SignIn, Problem, Some(0)),
        ("never signed in", |facts| facts.sign_in_ends = None, SignIn, Problem, None),
        (
            "signed out, whatever the tokens say",
            |facts| facts.current.link = LinkState::SignedOut { why: "ended".into() },
            SignIn,
            Problem,
            None,
        ),
        ("two seconds", |_| {}, Clock, Good, Some(2)),
        ("too far", |facts| facts.current.clock_ahead = Some(TimeDelta::seconds(-95)), Clock, Attention, Some(-95)),
        ("nothing waits", |_| {}, Queue, Good, Some(0)),
        ("being sent", |facts| waiting(facts, 3, Some(minutes_ago(5))), Queue, Good, Some(3)),
        ("waits online", |facts| waiting(facts, 3, Some(minutes_ago(6))), Queue, Attention, Some(3)),
        (
            "waits offline, as it should",
            |facts| {
                facts.current.link = LinkState::Offline { why: "no route".into() };
                waiting(facts, 80, Some(minutes_ago(600)));
            },
            Queue,
            Good,
            Some(80),
        ),
        ("nearly full", |facts| waiting(facts, 81, Some(minutes_ago(1))), Queue, Problem, Some(81)),
        (
            "half of its time is over",
            |facts| waiting(facts, 1, Some(minutes_ago(36 * 60 + 1))),
            Queue,
            Problem,
            Some(1),
        ),
        ("none for staff", |_| {}, NeedsStaff, Good, Some(0)),
        ("one for staff", |facts| facts.current.queue.needs_staff = 1, NeedsStaff, Attention, Some(1)),
        ("it stores", |_| {}, Storage, Good, None),
        ("full", |facts| facts.current.storage = StorageState::Fails { why: "full".into() }, Storage, Problem, None),
        ("three quarters", |_| {}, Budget, Good, Some(75)),
        ("more", |facts| facts.calls = (92, 120), Budget, Attention, Some(76)),
        ("its own", |_| {}, Configuration, Good, Some(7)),
        (
            "not taken",
            |facts| {
                let why = "bad key".into();
                facts.current.configuration = Some(ConfigurationState::NotTaken { why, version: Some(6) });
            },
            Configuration,
            Attention,
            Some(6),
        ),
        ("all rights", |_| {}, Rights, Good, None),
        ("only for staff", |facts| facts.lacking = vec!["FailedCheckin-Edit".into()], Rights, Attention, None),
        ("no kiosk without it", |facts| facts.lacking = vec!["Checkin-Create".into()], Rights, Problem, None),
    ];
    for (case, change, what, state, figure) in cases {
        let mut facts = well();
        change(&mut facts);
        let checks = checks(&facts);
        let found: Vec<&HealthCheck> = checks.iter().filter(|check| check.what == *what).collect();
        let [check] = found.as_slice() else { panic!("{case}: {found:?}") };
        assert_eq!((check.state, check.figure), (*state, *figure), "{case}");
        assert_eq!(checks.len(), 10, "{case}: each once");
    }
}

#[test]
fn what_is_wrong_is_said() {
    let mut facts = well();
    facts.current.reader = ReaderState::Down { why: "unplugged".to_owned() };
    facts.current.link = LinkState::Offline { why: "no route".to_owned() };
    facts.lacking = vec!["Checkin-Create".to_owned(), "Coworker-Edit".to_owned()];
    waiting(&mut facts, 2, Some(minutes_ago(3)));
    let checks = checks(&facts);
    let said = |place: usize| (checks[place].detail.as_deref(), checks[place].moment);
    assert_eq!(said(0), (Some("unplugged"), None));
    assert_eq!(said(1), (Some("no route"), Some(minutes_ago(90))));
    assert_eq!(said(2).1, Some(now() + TimeDelta::days(12)));
    assert_eq!(said(4), (None, Some(minutes_ago(3))));
    assert_eq!(said(9), (Some("Checkin-Create, Coworker-Edit"), None));
}

#[test]
fn staff_see_how_it_stands_with_the_fleets_file() {
    let hours_ago = |hours: i64| Some(now() - TimeDelta::hours(hours));
    let not_reached = || Newest::NotReached("the file cannot be fetched".to_owned());
    for (case, newest, polled, state) in [
        ("in force", Newest::Used, hours_ago(0), HealthState::Good),
        ("tonight", Newest::Waits("version 8 waits for 02:00 to 05:00".to_owned()), hours_ago(0), HealthState::Good),
        (
            "unsigned",
            Newest::NotTaken("the published file is not signed".to_owned()),
            hours_ago(0),
            HealthState::Attention,
        ),
        (
            "rolled back",
            Newest::RolledBack("version 8 did not work here".to_owned()),
            hours_ago(0),
            HealthState::Problem,
        ),
        ("away for an hour", not_reached(), hours_ago(1), HealthState::Good),
        ("away for a day", not_reached(), hours_ago(24), HealthState::Attention),
        ("never reached", not_reached(), None, HealthState::Attention),
    ] {
        let mut facts = well();
        let detail = newest.sentence().map(str::to_owned);
        facts.current.fleet = Some(FleetState { version: Some(7), newest, polled });
        let checks = checks(&facts);
        let found: Vec<&HealthCheck> = checks.iter().filter(|check| check.what == HealthKind::Fleet).collect();
        let [check] = found.as_slice() else { panic!("{case}: {found:?}") };
        assert_eq!(
            (check.state, check.figure, &check.detail, check.moment),
            (state, Some(7), &detail, polled),
            "{case}"
        );
    }
    assert!(checks(&well()).iter().all(|check| check.what != HealthKind::Fleet), "none is followed");
}

#[test]
fn staff_see_what_the_updater_says() {
    let tonight = now() + TimeDelta::hours(15);
    let why = "0.2.0 was rolled back: it ended by itself 3 times";
    for (case, told, state, detail, moment) in [
        ("up to date", Told::UpToDate, HealthState::Good, None, None),
        ("tonight", Told::Ready("0.2.0".into(), Some(tonight)), HealthState::Attention, Some("0.2.0"), Some(tonight)),
        ("by hand", Told::Ready("0.2.0".into(), None), HealthState::Attention, Some("0.2.0"), None),
        ("rolled back", Told::Problem(why.into()), HealthState::Problem, Some(why), None),
    ] {
        let checks = checks(&Facts { update: Some(told), ..well() });
        let found: Vec<&HealthCheck> = checks.iter().filter(|check| check.what == HealthKind::Update).collect();
        let [check] = found.as_slice() else { panic!("{case}: {found:?}") };
        assert_eq!((check.state, check.detail.as_deref(), check.moment), (state, detail, moment), "{case}");
        assert_eq!(check.figure, None, "{case}");
    }
    let checks = checks(&well());
    assert!(checks.iter().all(|check| check.what != HealthKind::Update), "nobody keeps it up to date");
}
