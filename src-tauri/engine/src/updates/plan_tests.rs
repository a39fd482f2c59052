//! What follows on what, and when.

use chrono::FixedOffset;

use super::*;

fn under_way(step: Step, kiosk: bool) -> UnderWay {
    let text = format!(
        r#"{{"from":"1","to":"2","step":{},"began":"2026-11-22T03:00:00Z","kiosk":{kiosk}}}"#,
        serde_json::to_string(&step).unwrap()
    );
    serde_json::from_str(&text).unwrap()
}

/// The way that an update takes, with these failing, up to its end.
fn way(mut update: UnderWay, fails: &[Step], reached: Reached) -> (Vec<Step>, Ending, UnderWay) {
    let mut steps = vec![update.step];
    loop {
        let report = match update.step {
            step if fails.contains(&step) => Report::Failed(format!("{step:?} failed")),
            Step::Halt => Report::Halted(reached),
            _ => Report::Done,
        };
        if update.step == Step::Start {
            update.start = Some(super::super::state::StartMark { boot: "one".to_owned(), entered: 0 });
        }
        match next(&mut update, report) {
            Next::Step(step) => steps.push(step),
            Next::End(ending) => return (steps, ending, update),
        }
        assert!(steps.len() < 20, "it never ends: {steps:?}");
    }
}

/// What fails, what is known of the start, how many steps are gone forwards, the way back, the end.
type Case = (&'static str, &'static [Step], Reached, usize, &'static [Step], Ending);

#[test]
fn the_ways_of_an_update() {
    use Step::{
        CopyJournal, Fetch, Halt, HaltOld, Install, InstallAgain, InstallOld, PutJournalBack, Start, StartAgain,
        StartOld, Stop, Watch,
    };
    let forwards = [Fetch, Stop, CopyJournal, Install, Start, Watch];
    let cases: &[Case] = &[
        ("all goes well", &[], Reached::No, 6, &[], Ending::Updated),
        ("nothing can be got", &[Fetch], Reached::No, 1, &[], Ending::Abandoned),
        ("the kiosk does not stop", &[Stop], Reached::No, 2, &[Halt, InstallOld, StartOld], Ending::Abandoned),
        ("no room for a copy", &[CopyJournal], Reached::No, 3, &[Halt, InstallOld, StartOld], Ending::Abandoned),
        ("it cannot be installed", &[Install], Reached::No, 4, &[Halt, InstallOld, StartOld], Ending::RolledBack),
        ("never ready", &[Start], Reached::No, 5, &[Halt, InstallOld, PutJournalBack, StartOld], Ending::RolledBack),
        ("ready after all", &[Start], Reached::Yes, 5, &[Halt, InstallOld, StartOld], Ending::RolledBack),
        ("not known", &[Start], Reached::Unknown, 5, &[Halt, InstallOld, StartOld], Ending::RolledBack),
        ("ready, then it crashes", &[Watch], Reached::No, 6, &[Halt, InstallOld, StartOld], Ending::RolledBack),
        ("it does not stop for it", &[Start, Halt], Reached::No, 5, &[Halt, InstallOld, StartOld], Ending::RolledBack),
        (
            "the old one cannot read the new journal",
            &[Watch, StartOld],
            Reached::Yes,
            6,
            &[Halt, InstallOld, StartOld, HaltOld, InstallAgain, StartAgain],
            Ending::Stayed,
        ),
        (
            "and the new one does not start either",
            &[Watch, StartOld, StartAgain],
            Reached::Yes,
            6,
            &[Halt, InstallOld, StartOld, HaltOld, InstallAgain, StartAgain],
            Ending::Stuck,
        ),
        ("no way back", &[Start, InstallOld], Reached::No, 5, &[Halt, InstallOld, StartOld], Ending::Stuck),
        (
            "the copy cannot be put back",
            &[Start, PutJournalBack],
            Reached::No,
            5,
            &[Halt, InstallOld, PutJournalBack, StartOld],
            Ending::Stuck,
        ),
        (
            "the old one does not start with its own journal",
            &[Start, StartOld],
            Reached::No,
            5,
            &[Halt, InstallOld, PutJournalBack, StartOld],
            Ending::Stuck,
        ),
    ];
    for (case, fails, reached, done, back, ending) in cases {
        let (steps, ended, update) = way(under_way(Fetch, true), fails, *reached);
        assert_eq!(steps, [&forwards[..*done], back].concat(), "{case}");
        assert_eq!(ended, *ending, "{case}");
        assert_eq!(update.why.is_none(), fails.is_empty(), "{case}: what is undone has a reason");
    }
}

#[test]
fn without_a_kiosk_only_the_package_is_changed() {
    let (steps, ending, _) = way(under_way(Step::Fetch, false), &[], Reached::No);
    assert_eq!((steps, ending), (vec![Step::Fetch, Step::Install], Ending::Updated));
    let (steps, ending, _) = way(under_way(Step::Fetch, false), &[Step::Install], Reached::No);
    assert_eq!((steps, ending), (vec![Step::Fetch, Step::Install, Step::InstallOld], Ending::RolledBack));
    let (_, ending, _) = way(under_way(Step::Fetch, false), &[Step::Install, Step::InstallOld], Reached::No);
    assert_eq!(ending, Ending::Stuck);
}

#[test]
fn an_installation_that_was_refused_makes_no_version_bad() {
    let mut update = UnderWay { changed: true, ..under_way(Step::Install, true) };
    assert_eq!(next(&mut update, Report::Refused("locked".to_owned())), Next::Step(Step::Halt));
    let (_, ending, _) = way(update, &[], Reached::No);
    assert_eq!(ending, Ending::Abandoned);
}

#[test]
fn what_is_cut_off_again_and_again_is_undone() {
    for step in [Step::Stop, Step::CopyJournal, Step::Install, Step::Start, Step::Watch] {
        for (kiosk, back) in [(true, Step::Halt), (false, Step::InstallOld)] {
            let mut update = under_way(step, kiosk);
            for _ in 0..MOST_TRIES {
                resume(&mut update, true);
                assert_eq!(update.step, step);
            }
            resume(&mut update, true);
            assert_eq!((update.step, update.tries), (back, 0));
            assert!(update.why.is_some());
        }
    }
    let mut update = under_way(Step::PutJournalBack, true);
    (0..100).for_each(|_| resume(&mut update, true));
    assert_eq!(update.step, Step::PutJournalBack, "the way back is gone to its end");
}

#[test]
fn what_an_update_came_to_is_remembered() {
    let now: DateTime<Utc> = "2026-11-22T03:10:00Z".parse().unwrap();
    let ready = || State { ready: Some("2".to_owned()), next: Some(now), ..State::default() };
    let ended = |step, ending| {
        let why = Some("why".to_owned());
        let mut state = State { under_way: Some(UnderWay { why, ..under_way(step, true) }), ..ready() };
        close(&mut state, ending, now).unwrap();
        assert_eq!(state.under_way, None);
        state
    };
    let state = ended(Step::Watch, Ending::Updated);
    assert!(state.ready.is_none() && state.bad.is_empty() && state.last.unwrap().why.is_none());
    let state = ended(Step::StartOld, Ending::RolledBack);
    assert!(state.is_bad("2") && state.ready.is_none() && state.last.unwrap().why.is_some());
    let state = ended(Step::StartOld, Ending::Abandoned);
    assert!(!state.is_bad("2") && state.ready.is_some(), "it is tried again");
    let state = ended(Step::Fetch, Ending::Abandoned);
    assert!(state.last.is_none() && state.not_got.as_ref().unwrap().since == now, "nothing was touched");
    let mut again = State { under_way: Some(under_way(Step::Fetch, true)), ..state };
    close(&mut again, Ending::Abandoned, now + TimeDelta::days(1)).unwrap();
    assert_eq!(again.not_got.unwrap().since, now, "since the first time");
    let mut state = ended(Step::StartOld, Ending::RolledBack);
    for _ in 0..50 {
        state.under_way = Some(under_way(Step::StartOld, true));
        close(&mut state, Ending::RolledBack, now).unwrap();
    }
    assert_eq!(state.bad.len(), 1, "each once");
    state.under_way = Some(under_way(Step::Watch, true));
    close(&mut state, Ending::Updated, now).unwrap();
    assert!(!state.is_bad("2"), "somebody asked for it, and it works now");
}

fn hours(from: &str, to: &str) -> DailyHours {
    DailyHours { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

#[test]
fn when_what_is_ready_is_installed() {
    let at = |time: &str| DateTime::parse_from_rfc3339(&format!("2026-11-22T{time}:00+01:00")).unwrap();
    let found = |newer: Option<&str>| Found { installed: "1".to_owned(), newer: newer.map(str::to_owned), held: false };
    let night = hours("03:00:00", "05:00:00");
    let decided = |mut state: State, found: Found, automatic, asked, time: &str| {
        let decision = decide(&mut state, found, automatic, night, asked, &at(time));
        (decision == Decision::Install("2".to_owned()), state)
    };
    let new = || State::default();
    let (installs, state) = decided(new(), found(Some("2")), true, false, "04:59");
    assert!(installs && state.ready.as_deref() == Some("2") && state.next == Some(at("04:59").to_utc()));
    let (installs, state) = decided(new(), found(Some("2")), true, false, "05:00");
    assert!(!installs && state.next == Some(at("03:00").to_utc() + TimeDelta::days(1)), "outside its hours");
    let (installs, state) = decided(new(), found(Some("2")), false, false, "04:00");
    assert!(!installs && state.ready.is_some() && state.next.is_none(), "by hand only");
    assert!(decided(new(), found(Some("2")), false, true, "12:00").0, "asked for");
    let held = || Found { held: true, ..found(Some("2")) };
    let (installs, state) = decided(new(), held(), true, false, "04:00");
    assert!(!installs && state.next.is_none(), "held by the operator");
    assert!(decided(new(), held(), true, true, "04:00").0);
    let (installs, state) = decided(new(), found(None), true, true, "04:00");
    assert!(!installs && state.ready.is_none() && state.installed.as_deref() == Some("1"));
    let bad = || State {
        bad: vec![Bad { version: "2".to_owned(), why: String::new(), at: at("04:00").to_utc() }],
        ..State::default()
    };
    let (installs, state) = decided(bad(), found(Some("2")), true, false, "04:00");
    assert!(!installs && state.ready.is_none(), "never again by itself");
    assert!(decided(bad(), found(Some("2")), true, true, "04:00").0);
}

#[test]
fn an_attempt_is_over_when_somebody_installs_another_version() {
    let now = DateTime::parse_from_rfc3339("2026-11-22T12:00:00Z").unwrap();
    let last = Last { ending: Ending::RolledBack, version: "2".to_owned(), why: None, at: now.to_utc() };
    let mut state = State { installed: Some("1".to_owned()), last: Some(last), ..State::default() };
    for (installed, is_over) in [("1", false), ("3", true)] {
        let found = Found { installed: installed.to_owned(), newer: None, held: false };
        decide(&mut state, found, true, hours("03:00:00", "05:00:00"), false, &now);
        assert_eq!(state.last.is_none(), is_over, "{installed}");
    }
}

#[test]
fn the_next_opening_is_found() {
    let zone = FixedOffset::east_opt(3600).unwrap();
    let at = |text: &str| zone.from_local_datetime(&text.parse().unwrap()).unwrap();
    for (case, now, window, opens) in [
        ("later today", "2026-11-22T01:00:00", hours("03:00:00", "05:00:00"), "2026-11-22T03:00:00"),
        ("now", "2026-11-22T03:00:00", hours("03:00:00", "05:00:00"), "2026-11-22T03:00:00"),
        ("tomorrow", "2026-12-31T06:00:00", hours("03:00:00", "05:00:00"), "2027-01-01T03:00:00"),
        ("over midnight, in it", "2026-11-22T00:30:00", hours("23:00:00", "01:00:00"), "2026-11-22T00:30:00"),
        ("over midnight, before it", "2026-11-22T12:00:00", hours("23:00:00", "01:00:00"), "2026-11-22T23:00:00"),
        ("never open", "2026-11-22T12:00:00", hours("03:00:00", "03:00:00"), "2026-11-23T03:00:00"),
    ] {
        assert_eq!(next_opening(&at(now), window), at(opens).to_utc(), "{case}");
    }
    let berlin = chrono_tz::Europe::Berlin;
    let evening = berlin.from_local_datetime(&"2026-03-28T22:00:00".parse().unwrap()).unwrap();
    let opens = next_opening(&evening, hours("02:30:00", "04:00:00"));
    assert_eq!(opens, "2026-03-29T01:30:00Z".parse::<DateTime<Utc>>().unwrap(), "02:30 is left out that night");
}

#[test]
fn the_repository_is_asked_about_hourly() {
    let now: DateTime<Utc> = "2026-11-22T12:00:00Z".parse().unwrap();
    let looked = |minutes| State { looked: Some(now - TimeDelta::minutes(minutes)), ..State::default() };
    assert!(is_time_to_look(&State::default(), now));
    assert!(!is_time_to_look(&looked(20), now));
    assert!(is_time_to_look(&looked(55), now));
    assert!(is_time_to_look(&looked(-600), now), "the clock was set back");
}
