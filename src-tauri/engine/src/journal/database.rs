//! The open database: puts entries in, gives them back, forgets the oldest.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use tapdesk_core::entry::{Entry, EntryState};
use tapdesk_core::ids::BusinessId;
use tapdesk_core::pin::PinTries;
use zeroize::Zeroizing;

use super::error::{At, JournalError, database_error, file_error};
use super::home::{Kind, holds_something, kind, side};
use super::row::{self, Row, written};
use super::schema;
use crate::keys::{ExposeSecret, JournalKey};
use tapdesk_core::event::Kept;

/// How long to wait for another program that reads.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many entries are forgotten at once: few enough that no tap waits for it.
pub(super) const FORGOTTEN_AT_ONCE: u32 = 100;

/// The wrong PINs that were tried, among the facts beside the entries.
pub(super) const PIN_TRIES: &str = "pin_tries";

pub(super) const UNFINISHED: &str = "WHERE state IN ('waiting', 'sending') ORDER BY number, tapped_at, id";
pub(super) const WATCHED: &str =
    "WHERE watch IS NOT NULL AND state IN ('settled', 'needs_staff') ORDER BY number, tapped_at, id";
pub(super) const RECENT: &str = "WHERE state IN ('settled', 'needs_staff') AND watch IS NULL AND tapped_at >= ?1 \
                      ORDER BY number, tapped_at, id";
pub(super) const FOR_STAFF: &str = "WHERE state = 'needs_staff' ORDER BY number, tapped_at, id";

/// A journal of this program's version, open for writing.
pub(super) struct Database {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
}

impl Database {
    /// Opens a journal that is there, makes sure that it is sound, and brings its tables to this version.
    pub(super) fn open(path: &Path, key: &JournalKey) -> Result<Self, JournalError> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Some(key))?;
        let set = |name, value: &str| connection.pragma_update_and_check(None, name, value, |_| Ok(())).at(path);
        set("journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL").at(path)?;
        check_sound(&connection, path)?;
        log_outlives(&connection, false).at(path)?;
        schema::migrate(&mut connection).at(path)?;
        Ok(Self { connection, path: path.to_path_buf() })
    }

    /// Closes a damaged database and leaves its files as they are.
    pub(super) fn leave(self) {
        // If that cannot be set, the log is written into the file, which loses nothing either.
        drop(log_outlives(&self.connection, true));
    }

    /// Makes sure that what waits here is for this location; with nothing waiting the journal becomes this location's.
    pub(super) fn claim(&self, ours: BusinessId) -> Result<(), JournalError> {
        let theirs = self.meta("location")?.and_then(|location| location.parse().ok().map(BusinessId));
        if theirs == Some(ours) {
            return Ok(());
        }
        if let Some(theirs) = theirs {
            let count = self.count("WHERE state IN ('waiting', 'sending')")?
                + self.count("WHERE watch IS NOT NULL AND state IN ('settled', 'needs_staff')")?;
            if count > 0 {
                return Err(JournalError::OtherLocation { count, theirs, ours });
            }
        }
        self.set_meta("location", &ours.to_string())
    }

    pub(super) fn put(&self, entry: &Entry) -> Result<(), JournalError> {
        let row = Row::of(entry).map_err(|error| database_error(&self.path, &error.to_string()))?;
        row.store(&self.connection).at(&self.path)
    }

    /// A write that is durable when it is answered, and changes nothing.
    pub(super) fn check(&self) -> Result<(), JournalError> {
        self.set_meta("checked_at", &written(Utc::now()))
    }

    pub(super) fn kept(&self, settled_since: DateTime<Utc>) -> Result<Kept, JournalError> {
        let unfinished = self.entries(UNFINISHED, [])?;
        let watched = self.entries(WATCHED, [])?;
        let recent = self.entries(RECENT, [written(settled_since)])?;
        // Counted last: what could not be understood is for staff by now.
        let needs_staff = self.count("WHERE state = 'needs_staff'")?;
        let (last_number, pin_tries) = (self.last_number()?, self.pin_tries()?);
        Ok(Kept { unfinished, watched, recent, needs_staff, last_number, pin_tries })
    }

    pub(super) fn put_pin_tries(&self, tries: &PinTries) -> Result<(), JournalError> {
        let tries = serde_json::to_string(tries).map_err(|error| database_error(&self.path, &error.to_string()))?;
        self.set_meta(PIN_TRIES, &tries)
    }

    /// What cannot be understood is no lock: it would be one for ever.
    fn pin_tries(&self) -> Result<Option<PinTries>, JournalError> {
        Ok(self.meta(PIN_TRIES)?.and_then(|tries| serde_json::from_str(&tries).ok()))
    }

    /// The rows for which `rest` holds, as they are.
    pub(super) fn rows(&self, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Row>, JournalError> {
        let mut rows = Vec::new();
        row::read(&self.connection, schema::VERSION, rest, values, |row| rows.push(row)).at(&self.path)?;
        Ok(rows)
    }

    /// The entries for which `rest` holds. What cannot be understood goes to staff: nothing may be sent for it, and one
    /// bad entry must not stop a kiosk.
    fn entries(&self, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Entry>, JournalError> {
        let mut entries = Vec::new();
        for row in self.rows(rest, values)? {
            match row.entry() {
                Ok(entry) => entries.push(entry),
                Err(_) if row.state == "needs_staff" && row.watch.is_none() => {}
                Err(part) => {
                    tracing::error!(entry = %row.id, part, "an entry cannot be understood and goes to staff");
                    self.hand_to_staff(&row.id, &not_understood(part))?;
                }
            }
        }
        Ok(entries)
    }

    fn hand_to_staff(&self, id: &str, reason: &str) -> Result<(), JournalError> {
        let detail = row::for_staff(reason).map_err(|error| database_error(&self.path, &error.to_string()))?;
        let update =
            "UPDATE entries SET state = 'needs_staff', detail = ?2, watch = NULL, changed_at = ?3 WHERE id = ?1";
        self.connection.execute(update, params![id, detail, written(Utc::now())]).at(&self.path).map(drop)
    }

    /// Turns every entry that waits or is being sent over to staff, all or none; answers with their rows as they were.
    pub(super) fn give_up(&mut self, reason: &str) -> Result<Vec<Row>, JournalError> {
        let rows = self.rows(UNFINISHED, [])?;
        let detail = row::for_staff(reason).map_err(|error| database_error(&self.path, &error.to_string()))?;
        let update = "UPDATE entries SET state = 'needs_staff', detail = ?1, watch = NULL, changed_at = ?2
                      WHERE state IN ('waiting', 'sending')";
        self.connection.execute(update, params![detail, written(Utc::now())]).at(&self.path)?;
        Ok(rows)
    }

    /// The highest number that any entry ever had, also of those that were forgotten.
    pub(super) fn last_number(&self) -> Result<u64, JournalError> {
        let max = "SELECT max(number) FROM entries";
        let present: Option<i64> = self.connection.query_row(max, [], |row| row.get(0)).at(&self.path)?;
        let present = present.and_then(|number| u64::try_from(number).ok()).unwrap_or(0);
        let forgotten = self.meta("last_number")?.and_then(|number| number.parse().ok()).unwrap_or(0);
        Ok(present.max(forgotten))
    }

    /// Forgets some of the entries that were settled before `moment` and are watched no more; whether there may be
    /// others.
    pub(super) fn forget_some(&mut self, moment: DateTime<Utc>) -> Result<bool, JournalError> {
        let last = self.last_number()?;
        let forget = "DELETE FROM entries WHERE id IN (
                          SELECT id FROM entries WHERE state = 'settled' AND watch IS NULL AND changed_at < ?1
                          ORDER BY changed_at LIMIT ?2)";
        let forgotten = (|| {
            let transaction = self.connection.transaction()?;
            let forgotten = transaction.execute(forget, params![written(moment), FORGOTTEN_AT_ONCE])?;
            if forgotten > 0 {
                transaction.execute(SET_META, params!["last_number", last.to_string()])?;
            }
            transaction.commit().map(|()| forgotten)
        })();
        forgotten.at(&self.path).map(|forgotten| forgotten == FORGOTTEN_AT_ONCE as usize)
    }

    fn count(&self, which: &str) -> Result<usize, JournalError> {
        let count: i64 = self
            .connection
            .query_row(&format!("SELECT count(*) FROM entries {which}"), [], |row| row.get(0))
            .at(&self.path)?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    fn meta(&self, name: &str) -> Result<Option<String>, JournalError> {
        let select = "SELECT value FROM meta WHERE name = ?1";
        self.connection.query_row(select, [name], |row| row.get(0)).optional().at(&self.path)
    }

    fn set_meta(&self, name: &str, value: &str) -> Result<(), JournalError> {
        self.connection.execute(SET_META, [name, value]).at(&self.path).map(drop)
    }
}

pub(super) const SET_META: &str =
    "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";

fn not_understood(part: &str) -> String {
    format!(
        "What this kiosk kept of the tap cannot be understood ({part}). It may have been recorded: look it up, and record it by hand if it was not."
    )
}

/// SQLite with `SQLCipher`, ready for whoever connects.
///
/// The first to connect makes SQLite ready, and `SQLCipher` after it, when SQLite already says that it is (`sqlite3_initialize`
/// sets `isInit` before it runs `SQLITE_EXTRA_INIT`): whoever connected at that moment had its key refused.
pub(super) static LIBRARY_IS_READY: LazyLock<()> = LazyLock::new(|| drop(Connection::open_in_memory()));

/// Connects to a database that is there; its log stays as it is until it is known to be sound. Without a key it is a
/// plain one.
pub(super) fn connect(path: &Path, flags: OpenFlags, key: Option<&JournalKey>) -> Result<Connection, JournalError> {
    LazyLock::force(&LIBRARY_IS_READY);
    // Without URIs and without locks of SQLite's own: one thread uses it.
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).at(path)?;
    connection.busy_timeout(PATIENCE).at(path)?;
    log_outlives(&connection, true).at(path)?;
    if let Some(key) = key {
        // What goes wrong is answered; SQLCipher would also print it.
        connection.pragma_update_and_check(None, "cipher_log_level", "NONE", |_| Ok(())).at(path)?;
        unlock(&connection, key).map_err(|why| database_error(path, &format!("the key was not taken: {why}")))?;
    }
    // The first page is read here: by it a key is known to fit.
    schema::version(&connection).map_err(|error| match (error.sqlite_error_code(), key) {
        // There is no key that could be the wrong one.
        (Some(rusqlite::ErrorCode::NotADatabase), None) => {
            JournalError::Damaged { path: path.to_path_buf(), what: error.to_string() }
        }
        _ => super::error::sql_error(path, &error),
    })?;
    Ok(connection)
}

/// Reads all of it and tells what is damaged: the pages, by their seals, and how they hang together. For a hundred
/// thousand entries that takes a quarter of a second.
pub(super) fn check_sound(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).at(path)?;
    if said == "ok" { Ok(()) } else { Err(JournalError::Damaged { path: path.to_path_buf(), what: said }) }
}

/// Whether the log stays as it is when the connection is closed, instead of being written into the file.
fn log_outlives(connection: &Connection, outlives: bool) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, outlives).map(drop)
}

/// Hands over the key. What goes wrong is not told: the message could hold the key.
fn unlock(connection: &Connection, key: &JournalKey) -> Result<(), String> {
    // The error as a whole may quote what was asked, and with it the key.
    let of_code =
        |error: rusqlite::Error| error.sqlite_error().map_or_else(|| "not told why".to_owned(), ToString::to_string);
    connection.pragma_update(None, "key", raw_key(key).as_str()).map_err(of_code)
}

/// The key, said to be raw: it is random already, and needs no stretching.
pub(super) fn raw_key(key: &JournalKey) -> Zeroizing<String> {
    Zeroizing::new(format!("x'{}'", key.as_hex().expose_secret()))
}

/// Looks at a database without changing a byte of it; the answer comes with its version.
///
/// Beside a running kiosk, or after one that was killed, what stands in the `-wal` counts too. Without one, nothing is
/// made beside the file either.
pub(super) fn look(path: &Path, key: Option<&JournalKey>) -> Result<(Connection, i64), JournalError> {
    let key = match (kind(path)?, key) {
        (Kind::Plain, _) => None,
        (_, Some(key)) => Some(key),
        (_, None) => return Err(JournalError::KeyMissing { path: path.to_path_buf() }),
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = if holds_something(&side(path, "-wal"))? {
        connect(path, flags, key)?
    } else {
        let address = url::Url::from_file_path(std::path::absolute(path).map_err(|error| file_error(path, &error))?);
        let mut address = address.map_err(|()| database_error(path, "is no path"))?;
        address.set_query(Some("immutable=1"));
        connect(Path::new(address.as_str()), flags | OpenFlags::SQLITE_OPEN_URI, key)
            .map_err(|error| renamed(error, path))?
    };
    let version = schema::version(&connection).at(path)?;
    if version > schema::VERSION {
        return Err(JournalError::Newer { path: path.to_path_buf(), found: version });
    }
    Ok((connection, version))
}

/// The same error, of the file at `path`.
fn renamed(error: JournalError, path: &Path) -> JournalError {
    let path = path.to_path_buf();
    match error {
        JournalError::Database { what, .. } => JournalError::Database { path, what },
        JournalError::Damaged { what, .. } => JournalError::Damaged { path, what },
        JournalError::WrongKey { .. } => JournalError::WrongKey { path },
        other => other,
    }
}

/// The state that an unfinished entry of this row has in words, for reports.
pub(super) fn reason(row: &Row) -> Option<String> {
    match serde_json::from_str(&row.detail) {
        Ok(EntryState::NeedsStaff(reason)) => Some(reason),
        _ if row.state == "needs_staff" => Some(not_understood("detail")),
        _ => None,
    }
}
