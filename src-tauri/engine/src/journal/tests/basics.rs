//! What is put comes back, also after reopening, and what is not for this kiosk is left alone.

use rusqlite::OpenFlags;

use super::super::database::{Database, connect, look, raw_key};
use super::super::{JournalError, give_up, needs_key, remove, report};
use super::*;

#[test]
fn a_lock_that_is_given_up_in_a_moment_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let held = std::fs::File::create(folder.path().join("journal.lock")).unwrap();
    held.lock().unwrap();
    std::thread::scope(|threads| {
        let opening = threads.spawn(|| Journal::open(folder.path(), &key(), HERE).map(drop));
        // A program that is being started shares it for about so long.
        std::thread::park_timeout(std::time::Duration::from_millis(50));
        held.unlock().unwrap();
        opening.join().unwrap().unwrap();
    });
}

/// The library is made ready once in a process, so this needs a process of its own; with the calls slowed down by which it
/// gets its memory, whoever does not wait for it is there before.
#[test]
fn the_first_connections_of_a_process_may_be_made_at_once() {
    // About half of the tries would show it.
    for _ in 0..10 {
        let mut strace = std::process::Command::new("strace");
        let slowly = ["-e", "trace=mprotect", "-e", "inject=mprotect:delay_enter=100"];
        strace.args(["-f", "-o", "/dev/null"]).args(slowly).arg(std::env::current_exe().unwrap());
        let child = ["--exact", "--ignored", "journal::tests::basics::first_connections"];
        let output = strace.args(child).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
}

#[test]
#[ignore = "a part of the test above, which runs it"]
fn first_connections() {
    const AT_ONCE: usize = 8;
    let together = std::sync::Barrier::new(AT_ONCE);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                together.wait();
                connect(Path::new(":memory:"), OpenFlags::default(), Some(&key())).unwrap();
            });
        }
    });
}

#[tokio::test]
async fn entries_come_back_as_they_were_put_also_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path());
    assert_eq!(kept(&journal).await, Kept::default());
    let sending = entry(2, EntryState::Sending(attempt()));
    let watched = Entry { watch: Some(watch()), ..entry(4, settled()) };
    journal.put(entry(2, EntryState::Waiting)).await.unwrap();
    journal.put(sending.clone()).await.unwrap();
    journal.put(entry(1, EntryState::Waiting)).await.unwrap();
    journal.put(entry(3, for_staff("why"))).await.unwrap();
    journal.put(watched.clone()).await.unwrap();
    journal.put(entry(5, settled())).await.unwrap();
    let expected = Kept {
        unfinished: vec![entry(1, EntryState::Waiting), sending],
        watched: vec![watched],
        recent: vec![entry(3, for_staff("why")), entry(5, settled())],
        needs_staff: 1,
        last_number: 5,
        pin_tries: None,
    };
    assert_eq!(kept(&journal).await, expected);
    assert_eq!(journal.kept(at(5)).await.unwrap().recent, [entry(5, settled())]);
    journal.check().await.unwrap();
    assert!(matches!(Journal::open(folder.path(), &key(), HERE), Err(JournalError::InUse { .. })));

    let printed = report(folder.path(), Some(&key())).unwrap();
    assert_eq!((printed.waiting, printed.needs_staff, printed.entries.len()), (2, 1, 3));
    assert_eq!(printed.entries[2].reason.as_deref(), Some("why"));
    let printed = serde_json::to_string(&printed).unwrap();
    assert!(printed.contains("…E5F6") && !printed.contains("04A1"), "{printed}");

    drop(journal);
    let journal = opened(folder.path());
    assert_eq!(kept(&journal).await, expected);
}

#[tokio::test]
async fn wrong_pins_that_were_tried_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path());
    let earlier = PinTries { at: at(-9), ..pin_tries() };
    journal.put_pin_tries(earlier).await.unwrap();
    journal.put_pin_tries(pin_tries()).await.unwrap();
    drop(journal);
    assert_eq!(kept(&opened(folder.path())).await.pin_tries, Some(pin_tries()));
}

#[tokio::test]
async fn the_files_hold_neither_a_tile_nor_a_member_in_plain() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path());
    for number in 1..50 {
        journal.put(entry(number, EntryState::Sending(attempt()))).await.unwrap();
    }
    let beside = files(folder.path());
    assert!(beside.iter().any(|(name, bytes)| name.ends_with("-wal") && bytes.len() > 50_000));
    drop(journal);
    closed(folder.path());
    for (name, bytes) in beside.into_iter().chain(files(folder.path())) {
        for secret in [UID, &MEMBER.to_string(), "waiting", "SQLite format", "CREATE TABLE"] {
            assert!(!holds(&bytes, secret), "{name} holds {secret}");
        }
    }
}

/// Guard: `Database::forget_some` keeps the highest number.
#[tokio::test]
async fn old_settled_entries_are_forgotten_and_their_numbers_are_not() {
    let folder = tempfile::tempdir().unwrap();
    drop(opened(folder.path()));
    let lock = loop {
        if let Ok(lock) = super::super::home::Home::new(folder.path()).lock() {
            break lock;
        }
    };
    let path = folder.path().join("journal.sqlite");
    let mut database = Database::open(&path, &key()).unwrap();
    database.put(&entry(1, EntryState::Waiting)).unwrap();
    database.put(&entry(2, for_staff("why"))).unwrap();
    database.put(&Entry { watch: Some(watch()), ..entry(3, settled()) }).unwrap();
    for number in 4..260 {
        database.put(&entry(number, settled())).unwrap();
    }
    assert!(!database.forget_some(chrono::Utc::now() - chrono::TimeDelta::days(30)).unwrap());
    assert_eq!(database.kept(at(0)).unwrap().recent.len(), 257, "what was settled just now is not old");
    let soon = chrono::Utc::now() + chrono::TimeDelta::seconds(1);
    let pieces: Vec<bool> = (0..3).map(|_| database.forget_some(soon).unwrap()).collect();
    assert_eq!(pieces, [true, true, false], "in small pieces");
    drop((database, lock));
    let kept = kept(&opened(folder.path())).await;
    assert_eq!((kept.unfinished.len(), kept.watched.len(), kept.recent.len(), kept.needs_staff), (1, 1, 1, 1));
    assert_eq!(kept.last_number, 259);
}

/// Guard: `Database::claim`.
#[tokio::test]
async fn taps_of_another_location_are_not_taken_over() {
    let there = BusinessId(12);
    for (state, watched, refused) in [
        (EntryState::Waiting, None, true),
        (EntryState::Sending(attempt()), None, true),
        (settled(), Some(watch()), true),
        (settled(), None, false),
        (for_staff("why"), None, false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        opened(folder.path()).put(Entry { watch: watched, ..entry(1, state.clone()) }).await.unwrap();
        match opened_by(folder.path(), &key(), there) {
            Err(JournalError::OtherLocation { count: 1, theirs: HERE, ours }) if refused => {
                assert_eq!(ours, there);
                assert!(opened_by(folder.path(), &key(), HERE).is_ok(), "nothing was changed");
            }
            result => {
                result.unwrap();
                assert!(!refused, "{state:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_entry_that_cannot_be_understood_goes_to_staff() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path());
    for number in 1..=4 {
        journal.put(Entry { watch: Some(watch()), ..entry(number, EntryState::Waiting) }).await.unwrap();
    }
    journal.put(entry(5, settled())).await.unwrap();
    let change = rusqlite::Connection::open(folder.path().join("journal.sqlite")).unwrap();
    change.pragma_update(None, "key", raw_key(&key()).as_str()).unwrap();
    change
        .execute_batch(
            "UPDATE entries SET detail = '{\"state\":\"of the future\"}' WHERE number IN (1, 5);
             UPDATE entries SET watch = '7' WHERE number = 2; UPDATE entries SET id = 'nobody' WHERE number = 3",
        )
        .unwrap();
    let kept = kept(&journal).await;
    assert_eq!(kept.unfinished.iter().map(|entry| entry.number).collect::<Vec<_>>(), [4]);
    assert_eq!((kept.needs_staff, kept.last_number), (4, 5));
    let report = report(folder.path(), Some(&key())).unwrap();
    assert_eq!((report.waiting, report.needs_staff), (1, 4));
    let for_staff = report.entries.iter().filter_map(|entry| entry.reason.as_deref());
    assert_eq!(for_staff.filter(|reason| reason.contains("cannot be understood")).count(), 4);
}

/// Guard: the order of `look` and `Database::open` in `keeper::open_undamaged`.
#[tokio::test]
async fn a_newer_journal_is_left_alone_to_the_byte() {
    for killed in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let journal = opened(folder.path());
        journal.put(entry(1, EntryState::Waiting)).await.unwrap();
        let newer = rusqlite::Connection::open(folder.path().join("journal.sqlite")).unwrap();
        newer.pragma_update(None, "key", raw_key(&key()).as_str()).unwrap();
        if !killed {
            newer.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
        }
        newer.pragma_update(None, "user_version", 9).unwrap();
        let there = tempfile::tempdir().unwrap();
        if !killed {
            // Closed in good order: no log, and not in the mode that this program would switch it to.
            drop(journal);
            let until = Instant::now() + SOON;
            while newer.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).is_err()
                && Instant::now() < until
            {}
            drop(newer);
        }
        for (name, bytes) in files(folder.path()) {
            std::fs::write(there.path().join(name), bytes).unwrap();
        }
        let before = data(there.path());
        assert_eq!(before.iter().any(|(name, _)| name.ends_with("-wal")), killed);
        let error = opened_by(there.path(), &key(), HERE).unwrap_err();
        assert!(matches!(error, JournalError::Newer { found: 9, .. }), "{error}");
        assert!(matches!(report(there.path(), Some(&key())), Err(JournalError::Newer { .. })));
        assert!(data(there.path()) == before, "killed: {killed}");
    }
}

#[tokio::test]
async fn a_wrong_key_and_a_missing_one_are_said_and_nothing_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!needs_key(folder.path()).unwrap());
    let journal = opened(folder.path());
    journal.put(entry(1, EntryState::Waiting)).await.unwrap();
    drop(journal);
    closed(folder.path());
    let before = files(folder.path());
    assert!(needs_key(folder.path()).unwrap());
    let other = JournalKey::of_hex(&"a5".repeat(32)).unwrap();
    let error = opened_by(folder.path(), &other, HERE).unwrap_err();
    assert!(matches!(error, JournalError::WrongKey { .. }), "{error}");
    let error = report(folder.path(), Some(&other)).unwrap_err();
    assert!(matches!(error, JournalError::WrongKey { .. }), "{error}");
    let error = report(folder.path(), None).unwrap_err();
    assert!(matches!(error, JournalError::KeyMissing { .. }), "{error}");
    assert!(matches!(give_up(folder.path(), &other, "why"), Err(JournalError::WrongKey { .. })));
    assert!(files(folder.path()) == before);
    assert_eq!(kept(&opened(folder.path())).await.unfinished.len(), 1);
}

#[tokio::test]
async fn no_journal_is_an_empty_queue_and_looking_makes_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert!(report(folder.path(), None).unwrap().entries.is_empty());
    assert!(give_up(folder.path(), &key(), "why").unwrap().entries.is_empty());
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "looking makes nothing");

    let journal = opened(folder.path());
    journal.put(entry(1, EntryState::Waiting)).await.unwrap();
    let killed = tempfile::tempdir().unwrap();
    for (name, bytes) in files(folder.path()) {
        std::fs::write(killed.path().join(name), bytes).unwrap();
    }
    drop(journal);
    closed(folder.path());
    for folder in [killed.path(), folder.path()] {
        let before = files(folder);
        assert_eq!(report(folder, Some(&key())).unwrap().waiting, 1);
        assert!(files(folder).iter().map(|file| &file.0).eq(before.iter().map(|file| &file.0)));
        assert!(data(folder).iter().all(|file| before.contains(file)));
    }
}

#[tokio::test]
async fn giving_up_hands_what_waits_to_staff_and_removing_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path());
    journal.put(entry(1, EntryState::Waiting)).await.unwrap();
    journal.put(entry(2, EntryState::Sending(attempt()))).await.unwrap();
    journal.put(entry(3, settled())).await.unwrap();
    assert!(matches!(give_up(folder.path(), &key(), "why"), Err(JournalError::InUse { .. })));
    assert!(matches!(remove(folder.path()), Err(JournalError::InUse { .. })));
    drop(journal);
    drop(opened(folder.path()));
    let given_up = loop {
        match give_up(folder.path(), &key(), "signed out by hand") {
            Err(JournalError::InUse { .. }) => std::thread::yield_now(),
            result => break result.unwrap(),
        }
    };
    let states: Vec<&str> = given_up.entries.iter().map(|entry| entry.state.as_str()).collect();
    assert_eq!((given_up.waiting, given_up.needs_staff, states), (2, 0, vec!["waiting", "sending"]));
    let report = report(folder.path(), Some(&key())).unwrap();
    assert_eq!((report.waiting, report.needs_staff), (0, 2));
    assert!(report.entries.iter().all(|entry| entry.reason.as_deref() == Some("signed out by hand")));

    for name in
        ["journal.sqlite.damaged-20260101T000000Z", "journal.sqlite.damaged-20260101T000000Z-wal", "journal.sqlite.new"]
    {
        std::fs::write(folder.path().join(name), "aside").unwrap();
    }
    std::fs::write(folder.path().join("journal.sqlite.copy"), "somebody's").unwrap();
    remove(folder.path()).unwrap();
    assert_eq!(files(folder.path()), [("journal.sqlite.copy".to_owned(), b"somebody's".to_vec())]);
    remove(folder.path()).unwrap();
}

/// Each question of a start is answered from an index of its own, whatever else is kept.
#[test]
fn a_start_reads_only_what_it_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    drop(opened(folder.path()));
    let (connection, _) = look(&folder.path().join("journal.sqlite"), Some(&key())).unwrap();
    for (asked, index) in [
        (super::super::database::UNFINISHED, "unfinished"),
        (super::super::database::WATCHED, "watched"),
        (super::super::database::RECENT, "concluded"),
        (super::super::database::FOR_STAFF, "for_staff"),
        (super::super::for_staff::UNUSABLE, "unusable"),
        (super::super::for_staff::BETWEEN, "by_time"),
    ] {
        let explain = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM entries {}",
            asked.replace("?1", "'2026'").replace("?2", "'2027'")
        );
        let plan: String = connection.query_row(&explain, [], |row| row.get(3)).unwrap();
        assert!(plan.contains(&format!("INDEX {index}")), "{asked}: {plan}");
    }
}
