//! How a journal comes to be: always whole, under another name, and then in one step in its place.
//!
//! Until that step nothing of what was there is touched; a crash before it leaves a file that is made anew.

use std::fs::File;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::database::{check_sound, connect, raw_key};
use super::error::{At, JournalError, database_error};
use super::home::{Home, Kind, holds_something, kind, remove, remove_database, set_aside, side};
use super::schema;
use crate::keys::JournalKey;

/// Sees to it that an encrypted journal stands in its place: makes an empty one, or encrypts a plain one.
pub(super) fn bring_forth(home: &Home, key: &JournalKey) -> Result<(), JournalError> {
    match kind(&home.file())? {
        Kind::Encrypted => Ok(()),
        Kind::Plain => encrypt(home, key),
        Kind::Nothing => {
            // What stands beside no journal belonged to one that somebody took away. SQLite would read it into the
            // new one.
            let log = side(&home.file(), "-wal");
            if holds_something(&log)? {
                set_aside(&log, &side(&home.damaged(&home.new_stamp()?), "-wal"))?;
            }
            remove(&log)?;
            remove(&side(&home.file(), "-shm"))?;
            make(home, key, |_| Ok(()))?;
            home.put_in_place(&home.unfinished())
        }
    }
}

/// Makes a new encrypted database of this version under the unfinished name, with what `fill` puts in, durable.
pub(super) fn make(
    home: &Home,
    key: &JournalKey,
    fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<(), JournalError> {
    let path = home.unfinished();
    remove_database(&path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = connect(&path, flags, Some(key))?;
    // Nobody reads it before it is whole: its own log would be written for nothing.
    connection.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(())).at(&path)?;
    connection.pragma_update(None, "synchronous", "OFF").at(&path)?;
    schema::migrate(&mut connection).at(&path)?;
    let filled = (|| {
        let transaction = connection.transaction()?;
        fill(&transaction)?;
        transaction.commit()
    })();
    filled.at(&path)?;
    finish(home, connection, &path)
}

/// Encrypts the plain journal of an earlier version.
fn encrypt(home: &Home, key: &JournalKey) -> Result<(), JournalError> {
    let (plain, new) = (home.file(), home.unfinished());
    remove_database(&new)?;
    // A database that a newer version wrote stays as it is; the connection that looks at it must not outlive the look.
    let version = super::database::look(&plain, None).map(|(_, version)| version)?;
    // "Create" is meant for the new one: it goes by the flags of the connection.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = connect(&plain, flags, None)?;
    // The export would not say that it found damage, only that it could not go on.
    check_sound(&connection, &plain)?;
    // The log is ended: all that was in it is in the file then, and no file stands beside it that would be read into the
    // new one. It needs to be alone for that.
    let mode: String = connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0)).at(&plain)?;
    if mode != "delete" {
        return Err(database_error(&plain, "another program reads it: end that one, then start Tapdesk again"));
    }
    let name = new.to_str().ok_or_else(|| database_error(&new, "this folder's name is not written in UTF-8"))?;
    let attach = "ATTACH DATABASE ?1 AS encrypted KEY ?2";
    // What goes wrong here is not told in the database's words: they could hold the key.
    let attached = connection.execute(attach, [name, raw_key(key).as_str()]);
    attached.map_err(|error| match error.sqlite_error_code() {
        Some(code) => {
            database_error(&new, &format!("cannot be made: {code:?}; make room, and let this user write there"))
        }
        None => database_error(&new, "cannot be made"),
    })?;
    connection.query_row("SELECT sqlcipher_export('encrypted')", [], |_| Ok(())).at(&plain)?;
    connection.pragma_update(Some("encrypted"), "user_version", version).at(&new)?;
    finish(home, connection, &new)?;
    // All of the log is in the file now. SQLite does not say so when it could not delete it.
    remove(&side(&plain, "-wal"))?;
    remove(&side(&plain, "-shm"))?;
    home.sync()?;
    home.put_in_place(&new)
}

/// Closes the new database and makes it durable.
fn finish(home: &Home, connection: Connection, path: &Path) -> Result<(), JournalError> {
    connection.close().map_err(|(_, error)| error).at(path)?;
    File::options().write(true).open(path).and_then(|file| file.sync_all()).at(path)?;
    home.sync()
}
