//! The copy of the members: comes back, belongs to one service and location, and is thrown away when damaged.

use tapdesk_core::member::Member;

use super::super::members::{CopiedMember, MemberCopy};
use super::*;

const ORIGIN: &str = "https://spaces.nexudus.com/api 9";

fn member(id: i64, tiles: &[&str]) -> CopiedMember {
    let member = Member {
        id: CoworkerId(id),
        full_name: "Ana Prieto".to_owned(),
        called: Some("Ana".to_owned()),
        active: true,
        archived: false,
    };
    CopiedMember { member, tile_texts: tiles.iter().map(|tile| (*tile).to_owned()).collect() }
}

/// What the copy holds as soon as it is this.
fn holds(folder: &Path, key: &JournalKey, origin: &str, expected: &[CopiedMember]) {
    let until = Instant::now() + SOON;
    loop {
        let held = MemberCopy::open(folder, key, origin).unwrap().1;
        if held == expected || Instant::now() > until {
            assert_eq!(held, expected);
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn members_come_back_and_those_without_a_tile_are_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (copy, held) = MemberCopy::open(folder.path(), &key(), ORIGIN).unwrap();
    assert_eq!(held, []);
    copy.put(vec![member(1, &[UID]), member(2, &["1234567890"]), member(3, &[])]);
    copy.put(vec![member(2, &[]), member(4, &["AA"])]);
    copy.keep([CoworkerId(1), CoworkerId(2)].into());
    drop(copy);
    holds(folder.path(), &key(), ORIGIN, &[member(1, &[UID])]);
    let file = std::fs::read(folder.path().join("members.sqlite")).unwrap();
    for secret in [UID.as_bytes(), b"Prieto"] {
        assert!(!file.windows(secret.len()).any(|window| window == secret), "encrypted");
    }
}

/// Guard: `open` compares the origin.
#[test]
fn another_locations_members_are_nobody_here() {
    let folder = tempfile::tempdir().unwrap();
    let (copy, _) = MemberCopy::open(folder.path(), &key(), ORIGIN).unwrap();
    copy.put(vec![member(1, &[UID])]);
    drop(copy);
    holds(folder.path(), &key(), ORIGIN, &[member(1, &[UID])]);
    holds(folder.path(), &key(), "https://spaces.nexudus.com/api 10", &[]);
    holds(folder.path(), &key(), ORIGIN, &[]);
}

#[test]
fn a_damaged_copy_and_one_of_another_key_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("members.sqlite");
    std::fs::write(&file, "this is no database, and it is longer than a header").unwrap();
    let (copy, held) = MemberCopy::open(folder.path(), &key(), ORIGIN).unwrap();
    assert_eq!(held, []);
    copy.put(vec![member(1, &[UID])]);
    drop(copy);
    holds(folder.path(), &key(), ORIGIN, &[member(1, &[UID])]);
    let other = JournalKey::random().unwrap();
    holds(folder.path(), &other, ORIGIN, &[]);
}
