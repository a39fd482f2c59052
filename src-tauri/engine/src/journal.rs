//! The journal: every tap's entry, durable in SQLite before anything is sent.
//!
//! One thread of its own owns the database (WAL, `synchronous=FULL`); everyone else sends it orders and awaits the
//! answer. This is the only room that knows SQL. It keeps what it is given and decides nothing.

use std::path::{Path, PathBuf};
use std::sync::mpsc as orders;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use tapdesk_core::entry::{Entry, EntryState};
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::tile::{TileId, TileReading};
use tokio::sync::oneshot;

/// The version of the tables, kept in `user_version`.
const VERSION: i64 = 1;
/// How long a settled entry is kept for questions.
const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// What keeps the journal from working.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The database said no.
    #[error("{path}: {what}", path = .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What it said, with what to do where that is known.
        what: String,
    },
    /// A newer program has been at work here.
    #[error("{path}: written by a newer version of Tapdesk (tables {found}, this program knows {VERSION}); install that version again", path = .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: i64,
    },
    /// Another kiosk holds it.
    #[error("{path}: another Tapdesk is running with this data folder; stop it, or give this one a `data_dir` of its own", path = .path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// The journal's thread has ended.
    #[error("the journal has stopped")]
    Stopped,
}

/// A handle to the journal's thread; the thread ends with its last handle.
#[derive(Debug, Clone)]
pub struct Journal(orders::Sender<Order>);

enum Order {
    Put(Box<Entry>, oneshot::Sender<Result<(), JournalError>>),
    Unfinished(oneshot::Sender<Result<(Vec<Entry>, usize), JournalError>>),
}

/// What `tapdesk queue` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueReport {
    /// Entries that wait or were being sent.
    pub waiting: usize,
    /// Entries that staff must look at.
    pub needs_staff: usize,
    /// All of them, oldest first.
    pub entries: Vec<QueuedEntry>,
}

/// One entry that is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueuedEntry {
    /// The tap's id.
    pub entry: String,
    /// `waiting`, `sending` or `needs_staff`.
    pub state: String,
    /// The tile, masked.
    pub tile: Option<String>,
    /// The member, where known.
    pub coworker_id: Option<CoworkerId>,
    /// When the tile was read, UTC.
    pub at: DateTime<Utc>,
    /// Why staff must look, for `needs_staff`.
    pub reason: Option<String>,
}

impl Journal {
    /// Opens the journal in `data_dir` and takes sole possession of it.
    pub fn open(data_dir: &Path) -> Result<Self, JournalError> {
        let lock = lock(data_dir)?;
        let database = Database::open(data_dir)?;
        database.forget_settled_before(Utc::now() - KEPT_FOR)?;
        let (sender, receiver) = orders::channel();
        let failed = |error: std::io::Error| database_error(&path(data_dir), &error.to_string());
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                let _lock = lock;
                serve(&database, &receiver);
            })
            .map_err(failed)?;
        Ok(Self(sender))
    }

    /// Makes `entry` durable, replacing what stands under its id. The order is given by the call, not by the first
    /// poll of the future: entries are stored in the order of the calls.
    pub fn put(&self, entry: Entry) -> impl Future<Output = Result<(), JournalError>> + Send + 'static {
        self.ask(|answer| Order::Put(Box::new(entry), answer))
    }

    /// The entries that wait or were being sent, and how many need staff.
    pub async fn unfinished(&self) -> Result<(Vec<Entry>, usize), JournalError> {
        self.ask(Order::Unfinished).await
    }

    fn ask<T: Send + 'static>(
        &self,
        order: impl FnOnce(oneshot::Sender<Result<T, JournalError>>) -> Order,
    ) -> impl Future<Output = Result<T, JournalError>> + Send + 'static {
        let (answer, answered) = oneshot::channel();
        // An order to a journal that has stopped is dropped, and its answer with it.
        drop(self.0.send(order(answer)));
        async move { answered.await.map_err(|_| JournalError::Stopped)? }
    }
}

/// What waits in the journal of `data_dir`, read beside a running kiosk; empty when there is no journal yet.
pub fn report(data_dir: &Path) -> Result<QueueReport, JournalError> {
    if !path(data_dir).exists() {
        return Ok(QueueReport { waiting: 0, needs_staff: 0, entries: Vec::new() });
    }
    let database = Database::open(data_dir)?;
    let entries = database.entries("state IN ('waiting', 'sending', 'needs_staff')")?;
    let needs_staff = entries.iter().filter(|entry| matches!(entry.state, EntryState::NeedsStaff(_))).count();
    let queued = entries.iter().map(|entry| QueuedEntry {
        entry: entry.id.to_string(),
        state: entry.state.name().to_owned(),
        tile: entry.tile.as_ref().map(TileId::masked),
        coworker_id: entry.coworker,
        at: entry.tapped_at,
        reason: match &entry.state {
            EntryState::NeedsStaff(reason) => Some(reason.clone()),
            _ => None,
        },
    });
    Ok(QueueReport { waiting: entries.len() - needs_staff, needs_staff, entries: queued.collect() })
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("journal.sqlite")
}

fn lock(data_dir: &Path) -> Result<std::fs::File, JournalError> {
    let path = data_dir.join("journal.lock");
    let failed = |error: std::io::Error| database_error(&path, &error.to_string());
    std::fs::create_dir_all(data_dir).map_err(failed)?;
    let file = std::fs::File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(JournalError::InUse { path }),
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn database_error(path: &Path, what: &str) -> JournalError {
    JournalError::Database { path: path.to_path_buf(), what: what.to_owned() }
}

fn serve(database: &Database, receiver: &orders::Receiver<Order>) {
    // Whoever asked may be gone by the time of the answer; that is no fault.
    while let Ok(order) = receiver.recv() {
        match order {
            Order::Put(entry, answer) => drop(answer.send(database.put(&entry))),
            Order::Unfinished(answer) => drop(answer.send(database.unfinished())),
        }
    }
}

struct Database {
    connection: Connection,
    path: PathBuf,
}

impl Database {
    fn open(data_dir: &Path) -> Result<Self, JournalError> {
        let path = path(data_dir);
        let connection = Connection::open(&path).map_err(|error| database_error(&path, &error.to_string()))?;
        let database = Self { connection, path };
        database.prepare()?;
        Ok(database)
    }

    fn prepare(&self) -> Result<(), JournalError> {
        let connection = &self.connection;
        self.tried(connection.busy_timeout(Duration::from_secs(5)))?;
        self.tried(connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())))?;
        self.tried(connection.pragma_update(None, "synchronous", "FULL"))?;
        let found: i64 = self.tried(connection.query_row("PRAGMA user_version", [], |row| row.get(0)))?;
        if found > VERSION {
            return Err(JournalError::Newer { path: self.path.clone(), found });
        }
        if found < 1 {
            self.tried(connection.execute_batch(
                "BEGIN IMMEDIATE;
                 CREATE TABLE IF NOT EXISTS entries (
                     id TEXT PRIMARY KEY,
                     tile TEXT,
                     tapped_at TEXT NOT NULL,
                     coworker_id INTEGER,
                     wanted TEXT,
                     state TEXT NOT NULL,
                     detail TEXT NOT NULL,
                     changed_at TEXT NOT NULL
                 ) STRICT, WITHOUT ROWID;
                 CREATE INDEX IF NOT EXISTS unsettled ON entries (tapped_at) WHERE state <> 'settled';
                 PRAGMA user_version = 1;
                 COMMIT;",
            ))?;
        }
        Ok(())
    }

    fn put(&self, entry: &Entry) -> Result<(), JournalError> {
        let wanted = entry.wanted.map(|wanted| serde_json::to_string(&wanted)).transpose();
        let (Ok(wanted), Ok(detail)) = (wanted, serde_json::to_string(&entry.state)) else {
            return Err(database_error(&self.path, "an entry cannot be written as JSON"));
        };
        let written = self.connection.execute(
            "INSERT INTO entries (id, tile, tapped_at, coworker_id, wanted, state, detail, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (id) DO UPDATE SET coworker_id = ?4, wanted = ?5, state = ?6, detail = ?7, changed_at = ?8",
            params![
                entry.id.to_string(),
                entry.tile.as_ref().map(TileId::as_hex),
                entry.tapped_at,
                entry.coworker.map(|coworker| coworker.0),
                wanted,
                entry.state.name(),
                detail,
                Utc::now(),
            ],
        );
        self.tried(written).map(|_| ())
    }

    fn unfinished(&self) -> Result<(Vec<Entry>, usize), JournalError> {
        let entries = self.entries("state IN ('waiting', 'sending')")?;
        let count = "SELECT count(*) FROM entries WHERE state = 'needs_staff'";
        let needs_staff: Option<i64> = self.tried(self.connection.query_row(count, [], |row| row.get(0)).optional())?;
        Ok((entries, needs_staff.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)))
    }

    fn entries(&self, which: &str) -> Result<Vec<Entry>, JournalError> {
        let select = format!(
            "SELECT id, tile, tapped_at, coworker_id, wanted, detail FROM entries WHERE state <> 'settled' AND {which}
             ORDER BY tapped_at, id"
        );
        let mut statement = self.tried(self.connection.prepare(&select))?;
        let rows = self.tried(statement.query_map([], |row| {
            let row: Row = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            Ok(row)
        }))?;
        rows.map(|row| self.tried(row).and_then(|row| self.entry(row))).collect()
    }

    fn entry(&self, (id, tile, tapped_at, coworker, wanted, detail): Row) -> Result<Entry, JournalError> {
        let damaged =
            || database_error(&self.path, &format!("entry {id} cannot be read; keep the file and ask for help"));
        Ok(Entry {
            id: id.parse().map_err(|_| damaged())?,
            tile: tile.and_then(|tile| match TileReading::of_hex(&tile) {
                TileReading::Usable(tile) => Some(tile),
                TileReading::Unusable(_) => None,
            }),
            tapped_at,
            coworker: coworker.map(CoworkerId),
            wanted: wanted.map(|wanted| serde_json::from_str(&wanted)).transpose().map_err(|_| damaged())?,
            state: serde_json::from_str(&detail).map_err(|_| damaged())?,
        })
    }

    fn forget_settled_before(&self, moment: DateTime<Utc>) -> Result<(), JournalError> {
        let forgotten =
            self.connection.execute("DELETE FROM entries WHERE state = 'settled' AND changed_at < ?1", [moment]);
        self.tried(forgotten).map(|_| ())
    }

    fn tried<T>(&self, result: rusqlite::Result<T>) -> Result<T, JournalError> {
        result.map_err(|error| {
            use rusqlite::ErrorCode;
            let advice = match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => "; make room on the disk",
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => "; let this user write there",
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                    "; it is damaged: keep it for help and name another `data_dir`"
                }
                _ => "",
            };
            database_error(&self.path, &format!("{error}{advice}"))
        })
    }
}

type Row = (String, Option<String>, DateTime<Utc>, Option<i64>, Option<String>, String);

#[cfg(test)]
mod tests {
    use tapdesk_core::checkin::{Attempt, Direction};
    use tapdesk_core::entry::Settlement;
    use tapdesk_core::ids::{CheckinId, EntryId};

    use super::*;

    fn entry(id: u128, state: EntryState) -> Entry {
        let TileReading::Usable(tile) = TileReading::of_hex("04A1B2C3D4E5F6") else { unreachable!() };
        Entry {
            id: EntryId(id),
            tile: Some(tile),
            tapped_at: DateTime::from_timestamp_millis(1_760_000_000_123).unwrap(),
            coworker: Some(CoworkerId(7)),
            wanted: Some(Direction::Out),
            state,
        }
    }

    #[tokio::test]
    async fn entries_come_back_as_they_were_put_also_after_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let from = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let sending = entry(2, EntryState::Sending(Attempt::Open { coworker: CoworkerId(7), from }));
        let journal = Journal::open(folder.path()).unwrap();
        journal.put(entry(2, EntryState::Waiting)).await.unwrap();
        journal.put(sending.clone()).await.unwrap();
        journal.put(entry(1, EntryState::Waiting)).await.unwrap();
        journal.put(entry(3, EntryState::NeedsStaff("why".to_owned()))).await.unwrap();
        let settled = Settlement::CheckedIn { checkin: Some(CheckinId(5)) };
        journal.put(entry(4, EntryState::Settled(settled))).await.unwrap();
        let (unfinished, needs_staff) = journal.unfinished().await.unwrap();
        assert_eq!((unfinished, needs_staff), (vec![entry(1, EntryState::Waiting), sending.clone()], 1));

        let report = report(folder.path()).unwrap();
        assert_eq!((report.waiting, report.needs_staff, report.entries.len()), (2, 1, 3));
        assert_eq!(report.entries[2].reason.as_deref(), Some("why"));
        let printed = serde_json::to_string(&report).unwrap();
        assert!(printed.contains("…E5F6") && !printed.contains("04A1"), "{printed}");
        assert!(matches!(Journal::open(folder.path()), Err(JournalError::InUse { .. })));
    }

    #[test]
    fn a_newer_and_a_damaged_journal_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        drop(Database::open(folder.path()).unwrap().connection.execute_batch("PRAGMA user_version = 9"));
        assert!(matches!(Journal::open(folder.path()), Err(JournalError::Newer { found: 9, .. })));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(path(folder.path()), "this is no database, and it is longer than a header").unwrap();
        let error = Journal::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains("damaged"), "{error}");
        assert!(std::fs::read_to_string(path(folder.path())).unwrap().starts_with("this is no database"));
    }

    #[test]
    fn no_journal_is_an_empty_queue() {
        let folder = tempfile::tempdir().unwrap();
        assert!(report(folder.path()).unwrap().entries.is_empty());
        assert!(!path(folder.path()).exists(), "looking makes nothing");
    }
}
