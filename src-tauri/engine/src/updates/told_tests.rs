//! What staff are told, from what the updater wrote or anybody else put there.

use super::super::state::{Last, Trouble};
use super::*;

fn now() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn last(ending: Ending, version: &str) -> Last {
    let why = Some("it ended by itself 3 times".to_owned());
    Last { ending, version: version.to_owned(), why, at: now() }
}

fn trouble(days: i64) -> Trouble {
    Trouble { why: "no answer".to_owned(), since: now() - TimeDelta::days(days) }
}

#[test]
fn each_state_is_said_as_it_is() {
    let night = Some(now() + TimeDelta::hours(15));
    let rolled_back = Told::Problem("0.2.0 was rolled back: it ended by itself 3 times".to_owned());
    let ready = |version: &str| State { ready: Some(version.to_owned()), next: night, ..State::default() };
    let cases = [
        ("nothing new", State::default(), Told::UpToDate),
        ("updated", State { last: Some(last(Ending::Updated, "0.2.0")), ..State::default() }, Told::UpToDate),
        ("ready", ready("0.2.0"), Told::Ready("0.2.0".to_owned(), night)),
        ("by hand", State { next: None, ..ready("0.2.0") }, Told::Ready("0.2.0".to_owned(), None)),
        (
            "rolled back",
            State { last: Some(last(Ending::RolledBack, "0.2.0")), ..State::default() },
            rolled_back.clone(),
        ),
        ("the same again", State { last: Some(last(Ending::RolledBack, "0.2.0")), ..ready("0.2.0") }, rolled_back),
        (
            "a newer one",
            State { last: Some(last(Ending::RolledBack, "0.2.0")), ..ready("0.3.0") },
            Told::Ready("0.3.0".to_owned(), night),
        ),
        ("two days", State { trouble: Some(trouble(2)), ..State::default() }, Told::UpToDate),
        (
            "three days",
            State { trouble: Some(trouble(3)), ..ready("0.2.0") },
            Told::Problem("no update can be got: no answer".to_owned()),
        ),
        (
            "not to be got",
            State { not_got: Some(trouble(4)), ..ready("0.2.0") },
            Told::Problem("no update can be got: no answer".to_owned()),
        ),
    ];
    for (case, state, told_so) in cases {
        assert_eq!(told(&state, now()), told_so, "{case}");
    }
}

#[test]
fn every_ending_has_words() {
    for ending in [Ending::Updated, Ending::Abandoned, Ending::RolledBack, Ending::Stayed, Ending::Stuck] {
        assert!(sentence(ending, "0.2.0", "disk full").contains("0.2.0"), "{ending:?}");
    }
}

#[test]
fn whatever_lies_there_harms_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    assert_eq!(read(&path, now()), None, "no file");
    let contents: [&[u8]; 8] = [
        b"",
        b"{",
        b"null",
        b"[7]",
        b"{\"ready\":7}",
        b"\xff\xfe\x00",
        b"{\"under_way\":{\"step\":\"fly\"}}",
        &vec![b'['; 4 << 20],
    ];
    for content in contents {
        std::fs::write(&path, content).unwrap();
        assert_eq!(read(&path, now()), None, "{:?}", &content[..content.len().min(20)]);
    }
    std::fs::write(&path, "{\"ready\":\"0.2.0\",\"of a later version\":1}").unwrap();
    assert_eq!(read(&path, now()), Some(Told::Ready("0.2.0".to_owned(), None)));
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_eq!(read(&path, now()), None, "a folder");
}
