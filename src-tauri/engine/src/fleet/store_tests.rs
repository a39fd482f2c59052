//! What is kept is believed as far as it is signed. The files in `fixtures` were made by minisign 0.11 of Debian: `seven` and
//! `eight` signed by `operator`, `seven.other` by another key, `seven.old` by `operator` in the old way (`-l`).

use chrono::Utc;

use super::super::fetch::Tags;
use super::super::state::{Bad, Highest};
use super::super::trial::Trial;
use super::*;

const PUBLIC_KEY: &str = include_str!("fixtures/operator.pub");
const SEVEN: &str = include_str!("fixtures/seven.toml");
const SEVEN_SIGNATURE: &str = include_str!("fixtures/seven.toml.minisig");
const EIGHT: &str = include_str!("fixtures/eight.toml");
const EIGHT_SIGNATURE: &str = include_str!("fixtures/eight.toml.minisig");
const BY_ANOTHER: &str = include_str!("fixtures/seven.other.minisig");
const IN_THE_OLD_WAY: &str = include_str!("fixtures/seven.old.minisig");

fn store(folder: &Path) -> Store {
    Store { path: folder.join("fleet/state.json"), key: PUBLIC_KEY.lines().nth(1).unwrap().to_owned() }
}

fn signed(text: &str, signature: &str) -> Signed {
    Signed { text: text.to_owned(), signature: signature.to_owned() }
}

#[test]
fn only_what_the_owner_of_the_key_signed_is_opened() {
    let store = store(Path::new("/nowhere"));
    let changed = SEVEN.replace("30", "31");
    for (case, text, signature, expected) in [
        ("good", SEVEN, SEVEN_SIGNATURE, Ok(7)),
        ("another", EIGHT, EIGHT_SIGNATURE, Ok(8)),
        ("the signature of another file", EIGHT, SEVEN_SIGNATURE, Err("does not fit its signature")),
        ("changed", &changed, SEVEN_SIGNATURE, Err("does not fit its signature")),
        ("cut", &SEVEN[..SEVEN.len() / 2], SEVEN_SIGNATURE, Err("does not fit its signature")),
        ("by another key", SEVEN, BY_ANOTHER, Err("is signed by another key")),
        ("in the old way", SEVEN, IN_THE_OLD_WAY, Err("is signed in the old way")),
        ("a page", SEVEN, "<!DOCTYPE html>\n<p>Log in</p>\n", Err("is not signed")),
        ("nothing", SEVEN, "", Err("is not signed")),
    ] {
        // Twice: what was verified once is not taken for something else.
        for _ in 0..2 {
            let opened = store.open(&signed(text, signature)).map(|file| file.version);
            match (&opened, expected) {
                (Ok(version), Ok(expected)) => assert_eq!(*version, expected, "{case}"),
                (Err(why), Err(expected)) => assert!(why.contains(expected), "{case}: {why}"),
                _ => panic!("{case}: {opened:?}"),
            }
        }
    }
}

#[test]
fn what_is_kept_survives_and_what_somebody_edits_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    assert_eq!(store.read().unwrap(), State::default());
    assert!(store.in_force().is_none());
    let seven = signed(SEVEN, SEVEN_SIGNATURE);
    let state = State {
        newest: Some(signed(EIGHT, EIGHT_SIGNATURE)),
        tags: Tags::default(),
        highest: Some(Highest { version: 8, digest: "ab".to_owned() }),
        in_force: Some(seven.clone()),
        before: None,
        trial: Some(Trial { version: 7, reader_worked: true, link_worked: false, starts: 2 }),
        bad: vec![Bad { version: 5, why: "the reader".to_owned(), at: Utc::now() }],
    };
    store.keep(&state).unwrap();
    assert_eq!(store.read().unwrap(), state);
    let (file, text) = store.in_force().unwrap();
    assert_eq!((file.version, text.as_str()), (7, SEVEN));

    let edited = State { in_force: Some(signed(&SEVEN.replace("30", "31"), SEVEN_SIGNATURE)), ..state.clone() };
    store.keep(&edited).unwrap();
    assert!(store.in_force().is_none(), "edited");
    let key = BY_ANOTHERS_KEY.to_owned();
    store.keep(&state).unwrap();
    assert!(Store { key, ..store.clone() }.in_force().is_none(), "the key was changed");
    std::fs::write(store.path(), "{ half of it").unwrap();
    assert!(store.in_force().is_none() && store.read().is_err(), "damaged");
}

/// Of minisign's documentation: nobody here has signed with it.
const BY_ANOTHERS_KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

#[test]
fn versions_only_grow_and_none_is_published_twice() {
    let mut state = State::default();
    let mut accept = |version: u64, text: &str| {
        let file = File::parse(&format!("version = {version}")).unwrap();
        state.accept(signed(text, "its signature"), &file, Tags::default())
    };
    for (version, text, expected) in [
        (7, "a", Ok(true)),
        (7, "a", Ok(false)),
        (6, "b", Err("has version 6, and 7 was here before")),
        (7, "c", Err("has version 7 like one with other content")),
        (9, "d", Ok(true)),
        (8, "e", Err("versions only grow")),
        (9, "d", Ok(false)),
        (7, "a", Err("versions only grow")),
    ] {
        match (accept(version, text), expected) {
            (Ok(is_another), Ok(expected)) => assert_eq!(is_another, expected, "{version} {text}"),
            (Err(why), Err(expected)) => assert!(why.contains(expected), "{version} {text}: {why}"),
            (accepted, _) => panic!("{version} {text}: {accepted:?}"),
        }
    }
    assert_eq!(state.highest.unwrap().version, 9);
    assert_eq!(state.newest.unwrap().text, "d");
}

#[test]
fn a_trial_that_fails_puts_back_what_was_before_and_remembers_it() {
    let (seven, eight) = (signed(SEVEN, SEVEN_SIGNATURE), signed(EIGHT, EIGHT_SIGNATURE));
    let trial = |version| Some(Trial { version, reader_worked: true, link_worked: true, starts: 0 });
    let mut state = State { newest: Some(seven.clone()), ..State::default() };
    assert_eq!(state.roll_back("nothing is on trial", Utc::now()), None);
    state.put_in_force(trial(7));
    assert_eq!((&state.in_force, &state.before), (&Some(seven.clone()), &None));
    state.pass();
    state.newest = Some(eight.clone());
    state.put_in_force(trial(8));
    assert_eq!((&state.in_force, &state.before), (&Some(eight.clone()), &Some(seven.clone())));
    assert_eq!(state.roll_back("the reader", Utc::now()), Some(8));
    assert_eq!((&state.in_force, &state.before, &state.trial), (&Some(seven), &None, &None));
    assert_eq!(state.bad(8).map(|bad| bad.why.as_str()), Some("the reader"));
    assert!(state.bad(7).is_none());
    state.put_in_force(None);
    assert_eq!((&state.in_force, &state.before), (&Some(eight), &None), "nothing changes: nothing to put back");
}
