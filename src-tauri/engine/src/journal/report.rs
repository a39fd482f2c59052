//! What waits in a journal, for staff; and its end, when somebody decides to give it up.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::tile::TileId;

use super::database::{FOR_STAFF, look, reason};
use super::error::{At, JournalError};
use super::home::{Home, Kind, holds_something, kind, side};
use super::keeper::Keeper;
use super::members;
use super::row::{self, Row};
use crate::keys::JournalKey;

/// What `tapdesk queue` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueReport {
    /// Entries that wait or were being sent.
    pub waiting: usize,
    /// Entries that staff must look at.
    pub needs_staff: usize,
    /// All of them, in the order of the taps.
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

/// What waits in the journal of `data_dir`, read beside a running kiosk; empty where there is none. Nothing is made,
/// brought to a newer version or written. Fails where the journal needs a key and gets none, or another.
pub fn report(data_dir: &Path, key: Option<&JournalKey>) -> Result<QueueReport, JournalError> {
    let path = Home::new(data_dir).current()?;
    let log = side(&path, "-wal");
    loop {
        if kind(&path)? == Kind::Nothing {
            return Ok(QueueReport { waiting: 0, needs_staff: 0, entries: Vec::new() });
        }
        let alone = !holds_something(&log)?;
        let rows = unsettled(&path, key);
        // A kiosk that began to write meanwhile may have been read in the middle of it; its log is there now, and with
        // the log it is read in its turn.
        if !alone || !holds_something(&log)? {
            return rows.map(QueueReport::of);
        }
    }
}

/// How many taps of the journal of `data_dir` belong to the location that was served so far, so that it can serve no other
/// yet: those that wait, and those that are still being checked. Read beside a running kiosk.
pub fn claimed(data_dir: &Path, key: Option<&JournalKey>) -> Result<usize, JournalError> {
    let waiting = report(data_dir, key)?.waiting;
    let path = Home::new(data_dir).current()?;
    if kind(&path)? == Kind::Nothing {
        return Ok(waiting);
    }
    let (connection, version) = look(&path, key)?;
    let mut watched = 0;
    // Before, none was.
    if version > 1 {
        let them = "WHERE watch IS NOT NULL AND state IN ('settled', 'needs_staff')";
        row::read(&connection, version, them, [], |_| watched += 1).at(&path)?;
    }
    Ok(waiting + watched)
}

/// Fails beside a running kiosk.
pub fn check_alone(data_dir: &Path) -> Result<(), JournalError> {
    Home::new(data_dir).lock().map(drop)
}

/// Whether a journal stands in `data_dir` that only its key can open.
pub fn needs_key(data_dir: &Path) -> Result<bool, JournalError> {
    Ok(kind(&Home::new(data_dir).current()?)? == Kind::Encrypted)
}

/// Hands every entry that waits or is being sent to staff, with this reason, and answers what they were: all or none.
/// Fails beside a running kiosk. Where there is no journal, none is made.
pub fn give_up(data_dir: &Path, key: &JournalKey, reason: &str) -> Result<QueueReport, JournalError> {
    let home = Home::new(data_dir);
    if kind(&home.current()?)? == Kind::Nothing {
        return Ok(QueueReport::of(Vec::new()));
    }
    Keeper::open(home, key.clone())?.work(|database| database.give_up(reason)).map(QueueReport::of)
}

/// Deletes the journal of `data_dir` with all that was set aside, and the copy of the members. Fails beside a running kiosk.
pub fn remove(data_dir: &Path) -> Result<(), JournalError> {
    let home = Home::new(data_dir);
    let _lock = home.lock()?;
    home.remove()?;
    members::remove(data_dir)
}

fn unsettled(path: &Path, key: Option<&JournalKey>) -> Result<Vec<Row>, JournalError> {
    let (connection, version) = look(path, key)?;
    let mut rows = Vec::new();
    // A crash can leave a file whose first tables were never made.
    if version > 0 {
        let order = if version < 2 { "ORDER BY tapped_at, id" } else { "ORDER BY number, tapped_at, id" };
        let unfinished = format!("WHERE state IN ('waiting', 'sending') {order}");
        row::read(&connection, version, &unfinished, [], |row| rows.push(row)).at(path)?;
        let for_staff = if version < 2 { "WHERE state = 'needs_staff'" } else { FOR_STAFF };
        row::read(&connection, version, for_staff, [], |row| rows.push(row)).at(path)?;
        rows.sort_by(|one, other| {
            (one.number, &one.tapped_at, &one.id).cmp(&(other.number, &other.tapped_at, &other.id))
        });
    }
    Ok(rows)
}

impl QueueReport {
    fn of(rows: Vec<Row>) -> Self {
        let needs_staff = rows.iter().filter(|row| row.state == "needs_staff").count();
        let entries = rows.into_iter().map(|row| QueuedEntry {
            tile: row.tile().as_ref().map(TileId::masked),
            coworker_id: row.coworker.map(CoworkerId),
            at: row.tapped_at().unwrap_or_default(),
            reason: reason(&row),
            entry: row.id,
            state: row.state,
        });
        let entries: Vec<QueuedEntry> = entries.collect();
        Self { waiting: entries.len() - needs_staff, needs_staff, entries }
    }
}
