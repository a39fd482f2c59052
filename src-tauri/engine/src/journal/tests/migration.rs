//! The journals of earlier versions become today's, with all that was in them.

use rusqlite::Connection;

use super::super::database::look;
use super::super::home::{Kind, kind};
use super::super::schema::version;
use super::super::{needs_key, report};
use super::*;

/// As version 1 of the tables was made by the builds that had it.
const FIRST: &str = "CREATE TABLE entries (
        id TEXT PRIMARY KEY, tile TEXT, tapped_at TEXT NOT NULL, coworker_id INTEGER, wanted TEXT,
        state TEXT NOT NULL, detail TEXT NOT NULL, changed_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unsettled ON entries (tapped_at) WHERE state <> 'settled';
    PRAGMA user_version = 1;";

/// What versions 2 and 3 changed, as they were released.
const SECOND: &str = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    ALTER TABLE entries ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entries ADD COLUMN watch TEXT;
    UPDATE entries SET number = place.number
        FROM (SELECT id, row_number() OVER (ORDER BY tapped_at, id) AS number FROM entries) AS place
        WHERE entries.id = place.id;
    DROP INDEX unsettled;
    CREATE INDEX by_number ON entries (number);
    CREATE INDEX unfinished ON entries (number) WHERE state IN ('waiting', 'sending');
    CREATE INDEX for_staff ON entries (number) WHERE state = 'needs_staff';
    CREATE INDEX watched ON entries (number) WHERE watch IS NOT NULL;
    CREATE INDEX concluded ON entries (tapped_at) WHERE state IN ('settled', 'needs_staff');
    CREATE INDEX forgettable ON entries (changed_at) WHERE state = 'settled' AND watch IS NULL;
    PRAGMA user_version = 2;";
const THIRD: &str = "ALTER TABLE entries ADD COLUMN source TEXT; PRAGMA user_version = 3;";

/// A plain journal of version 1 with these entries, in tap order, some in the file and the last ones in its log; as a
/// kiosk leaves it that was killed.
pub(super) fn plain(folder: &Path, states: &[EntryState]) {
    let made = tempfile::tempdir().unwrap();
    let connection = Connection::open(made.path().join("journal.sqlite")).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
    connection.execute_batch(FIRST).unwrap();
    for (number, state) in (1_i64..).zip(states) {
        // Ids run against the order of the taps.
        let Entry { id, .. } = entry(u64::try_from(1000 - number).unwrap(), state.clone());
        let insert = "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, '\"out\"', ?5, ?6, ?7)";
        let detail = serde_json::to_string(state).unwrap();
        connection
            .execute(
                insert,
                rusqlite::params![id.to_string(), UID, at(number), MEMBER, state.name(), detail, chrono::Utc::now()],
            )
            .unwrap();
        if number == 3 {
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        }
    }
    for (name, bytes) in files(made.path()) {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

pub(super) fn states() -> Vec<EntryState> {
    let old = r#"{"state":"settled","detail":{"settlement":"checked_out","checkin":5}}"#;
    let old = serde_json::from_str(old).unwrap();
    vec![EntryState::Waiting, settled(), for_staff("why"), EntryState::Sending(attempt()), old, EntryState::Waiting]
}

#[tokio::test]
async fn a_plain_journal_is_encrypted_and_loses_nothing_not_even_of_its_log() {
    let folder = tempfile::tempdir().unwrap();
    plain(folder.path(), &states());
    let before = data(folder.path());
    assert!(before.iter().any(|(name, bytes)| name.ends_with("-wal") && holds(bytes, "sending")), "rows in the log");
    assert!(!needs_key(folder.path()).unwrap());
    let shown = report(folder.path(), None).unwrap();
    assert_eq!((shown.waiting, shown.needs_staff), (3, 1));
    assert!(data(folder.path()) == before, "looking at it changes nothing");
    // What an earlier attempt left is no obstacle.
    std::fs::write(folder.path().join("journal.sqlite.new"), "half a database").unwrap();

    let journal = opened(folder.path());
    let kept = kept(&journal).await;
    let numbers =
        |entries: &[Entry]| entries.iter().map(|entry| (entry.number, entry.state.clone())).collect::<Vec<_>>();
    let expected =
        |numbers: &[u64]| -> Vec<_> { (1..).zip(states()).filter(|(number, _)| numbers.contains(number)).collect() };
    assert_eq!(numbers(&kept.unfinished), expected(&[1, 4, 6]));
    assert_eq!(numbers(&kept.recent), expected(&[2, 3, 5]));
    assert_eq!((kept.needs_staff, kept.last_number, kept.watched.len()), (1, 6, 0));
    let first = &kept.unfinished[0];
    assert_eq!(
        (first.tapped_at, first.coworker, first.wanted),
        (at(1), Some(CoworkerId(MEMBER)), Some(Direction::Out))
    );
    assert_eq!((first.tile.is_some(), first.source), (true, Source::Tile), "there was nothing else then");
    assert_eq!(report(folder.path(), Some(&key())).unwrap(), shown);
    for (name, bytes) in files(folder.path()) {
        assert!(!holds(&bytes, UID) && !holds(&bytes, &MEMBER.to_string()), "{name}");
    }
    assert!(needs_key(folder.path()).unwrap());
    assert!(!folder.path().join("journal.sqlite.new").exists());
}

/// Read beside a running kiosk of that version too, which has no audit.
#[tokio::test]
async fn what_earlier_versions_kept_is_there_and_staff_can_act_on_it() {
    for (steps, expected) in [(vec![], 1), (vec![SECOND], 2), (vec![SECOND, THIRD], 3)] {
        let folder = tempfile::tempdir().unwrap();
        plain(folder.path(), &states());
        let path = folder.path().join("journal.sqlite");
        let connection = Connection::open(&path).unwrap();
        for step in steps {
            connection.execute_batch(step).unwrap();
        }
        assert_eq!(version(&connection).unwrap(), expected);
        assert!(super::super::audit::report(folder.path(), None).unwrap().acts.is_empty());
        let shown = report(folder.path(), None).unwrap();
        drop(connection);

        let journal = opened(folder.path());
        assert_eq!(report(folder.path(), Some(&key())).unwrap(), shown, "version {expected}");
        let kept = kept(&journal).await;
        assert!(kept.unfinished.iter().chain(&kept.recent).all(|entry| entry.retried_at.is_none()));
        let (entry, whole) = journal.entry(kept.unfinished[0].id).await.unwrap().unwrap();
        assert!(whole && entry == kept.unfinished[0]);
        assert_eq!(journal.begin_act("first".to_owned()).await.unwrap(), 1);
        let retried = Entry { retried_at: Some(at(9)), ..entry };
        journal.put(retried.clone()).await.unwrap();
        assert_eq!(journal.entry(retried.id).await.unwrap(), Some((retried, true)));
    }
}

#[test]
fn every_version_of_the_tables_is_reached_from_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    drop(opened(folder.path()));
    let (connection, found) = look(&folder.path().join("journal.sqlite"), Some(&key())).unwrap();
    assert_eq!((found, version(&connection).unwrap()), (4, 4));
}

#[test]
fn a_plain_journal_of_a_newer_version_and_one_that_is_read_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    plain(folder.path(), &states());
    let path = folder.path().join("journal.sqlite");
    let other = Connection::open(&path).unwrap();
    other.pragma_update(None, "user_version", 9).unwrap();
    let before = data(folder.path());
    assert!(matches!(opened_by(folder.path(), &key(), HERE), Err(JournalError::Newer { found: 9, .. })));
    assert!(data(folder.path()) == before);

    other.pragma_update(None, "user_version", 1).unwrap();
    other.execute_batch("BEGIN; SELECT count(*) FROM entries").unwrap();
    let error = opened_by(folder.path(), &key(), HERE).unwrap_err().to_string();
    assert!(error.contains("another program"), "{error}");
    assert_eq!(kind(&path).unwrap(), Kind::Plain);
    drop(other);
    assert!(opened_by(folder.path(), &key(), HERE).is_ok());
}

/// Guard: `damage::repair` reads plain journals too.
#[tokio::test]
async fn a_damaged_plain_journal_is_set_aside_and_carried_over() {
    let folder = tempfile::tempdir().unwrap();
    let states: Vec<EntryState> = (0..200).map(|_| EntryState::Waiting).collect();
    plain(folder.path(), &states);
    let path = folder.path().join("journal.sqlite");
    let plain = Connection::open(&path).unwrap();
    plain.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
    drop(plain);
    let mut bytes = std::fs::read(&path).unwrap();
    let page = 4 * 4096;
    bytes[page..page + 4096].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    let kept = kept(&opened(folder.path())).await;
    assert!((100..200).contains(&kept.unfinished.len()), "{}", kept.unfinished.len());
    assert_eq!((kept.needs_staff, kept.last_number), (1, u64::try_from(kept.unfinished.len()).unwrap() + 1));
    let aside = files(folder.path()).into_iter().find(|(name, _)| name.contains("damaged")).unwrap();
    assert!(aside.1 == bytes);
}
