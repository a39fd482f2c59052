//! A damaged journal: set aside whole, what can be read carried over, and staff told; in every moment of it.

use std::os::unix::fs::FileExt;

use super::super::database::Database;
use super::super::{damage, report};
use super::*;

const PAGE: usize = 4096;

/// A closed journal of this many waiting entries, every tenth of them settled.
async fn journal_of(count: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path());
    let puts: Vec<_> = (1..=count)
        .map(|number| journal.put(entry(number, if number % 10 == 0 { settled() } else { EntryState::Waiting })))
        .collect();
    for put in puts {
        put.await.unwrap();
    }
    drop(journal);
    closed(folder.path());
    folder
}

fn flip(folder: &Path, page: usize) {
    let file = std::fs::File::options().read(true).write(true).open(folder.join("journal.sqlite")).unwrap();
    let (mut byte, place) = ([0], u64::try_from(page * PAGE + 1000).unwrap());
    file.read_exact_at(&mut byte, place).unwrap();
    file.write_all_at(&[byte[0] ^ 0x40], place).unwrap();
}

/// The journals that were set aside, without what stands beside them.
fn set_aside(folder: &Path) -> Vec<String> {
    let is_one = |name: &String| name.contains("damaged") && !name.ends_with("-wal") && !name.ends_with("-shm");
    files(folder).into_iter().map(|(name, _)| name).filter(is_one).collect()
}

/// Guard: `keeper::open` repairs what `check_sound` finds.
#[tokio::test]
async fn a_damaged_page_costs_at_most_its_own_entries() {
    let whole = journal_of(400).await;
    let pages = files(whole.path())[0].1.len() / PAGE;
    assert!(pages > 30, "{pages}");
    let mut carried = Vec::new();
    for page in 1..pages {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(whole.path().join("journal.sqlite"), folder.path().join("journal.sqlite")).unwrap();
        flip(folder.path(), page);
        let damaged = files(folder.path())[0].1.clone();
        let journal = opened(folder.path());
        let kept = kept(&journal).await;
        assert_eq!(kept.needs_staff, 1, "page {page}");
        let whole = |kept: &Entry| kept == &entry(kept.number, kept.state.clone()) || kept.tile.is_none();
        assert!(kept.unfinished.iter().chain(&kept.recent).all(whole), "nothing is invented: page {page}");
        let names = set_aside(folder.path());
        let [name] = names.as_slice() else { panic!("page {page}: {names:?}") };
        assert!(std::fs::read(folder.path().join(name)).unwrap() == damaged, "it is kept as it was");
        let told = report(folder.path(), Some(&key())).unwrap();
        let told = told.entries.last().unwrap().reason.clone().unwrap();
        assert!(told.contains(name.as_str()) && told.contains("may be missing"), "{told}");
        journal.put(entry(500, EntryState::Waiting)).await.unwrap();
        carried.push(kept.unfinished.len() + kept.recent.len() - 1);
    }
    carried.sort_unstable();
    // The root of the table leads to all of it: without that page nothing is found. Every other costs one page of rows.
    let (none, others) = carried.split_first().unwrap();
    assert_eq!(*none, 0, "{carried:?}");
    assert!(others.iter().all(|count| *count > 370), "{carried:?}");
}

/// Guard: `Keeper::work` opens the journal again.
#[tokio::test]
async fn damage_that_shows_only_during_work_is_repaired_then() {
    let folder = journal_of(400).await;
    let mut keeper = keeper(folder.path());
    let drop_cache = |database: &mut Database| {
        database.connection.execute_batch("PRAGMA shrink_memory").unwrap();
        Ok(())
    };
    keeper.work(|database| database.put_pin_tries(&pin_tries())).unwrap();
    keeper.work(drop_cache).unwrap();
    for page in 5..15 {
        flip(folder.path(), page);
    }
    for number in 1..=400 {
        keeper.work(|database| database.put(&entry(number, settled()))).unwrap();
    }
    let kept = keeper.work(|database| database.kept(at(0))).unwrap();
    assert_eq!((kept.unfinished.len(), kept.recent.len(), kept.needs_staff), (0, 401, 1));
    assert_eq!(kept.pin_tries, Some(pin_tries()), "damage unlocks no pad");
    assert_eq!(set_aside(folder.path()).len(), 1);
}

#[tokio::test]
async fn a_damaged_first_page_looks_like_a_wrong_key_and_is_left_alone() {
    let folder = journal_of(20).await;
    flip(folder.path(), 0);
    let before = files(folder.path());
    let error = opened_by(folder.path(), &key(), HERE).unwrap_err();
    assert!(matches!(error, JournalError::WrongKey { .. }), "{error}");
    assert!(error.to_string().contains("damaged") && error.to_string().contains("another key"), "{error}");
    assert!(files(folder.path()) == before, "nothing is touched and nothing is made");
}

/// Guard: the order of the renames in `damage::carry_on`, and that `keeper::open` calls it first.
#[tokio::test]
async fn a_repair_that_was_broken_off_is_carried_on() {
    let folder = journal_of(20).await;
    let journal = opened(folder.path());
    journal.put(entry(21, EntryState::Waiting)).await.unwrap();
    let home = Home::new(folder.path());
    let there = |name: &str| folder.path().join(name).exists();
    for step in 0..4 {
        let crashed = tempfile::tempdir().unwrap();
        let copy = |from: &str, to: &str| {
            if there(from) {
                std::fs::copy(folder.path().join(from), crashed.path().join(to)).unwrap();
            }
        };
        let names = ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"];
        for (index, name) in names.into_iter().enumerate() {
            let ending = name.trim_start_matches("journal.sqlite");
            let aside = format!("journal.sqlite.damaged-then{ending}");
            copy(name, if index < step { &aside } else { name });
        }
        // Complete, and with what the damaged one no longer gave back.
        let other = journal_of(30).await;
        std::fs::copy(other.path().join("journal.sqlite"), crashed.path().join("journal.sqlite.salvaged-then"))
            .unwrap();
        assert_eq!(report(crashed.path(), Some(&key())).unwrap().waiting, 27, "step {step}");
        assert_eq!(kept(&opened(crashed.path())).await.unfinished.len(), 27, "step {step}");
        let aside = files(crashed.path()).into_iter().filter(|(name, _)| name.contains("damaged-then"));
        assert_eq!(aside.count(), 3, "step {step}: with its log");
    }
    drop((home, journal));
    assert!(damage::carry_on(&Home::new(folder.path())).is_ok(), "without one nothing is done");
}
