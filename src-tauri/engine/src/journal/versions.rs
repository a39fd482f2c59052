//! Which SQLite the journal is kept by, and which `SQLCipher` encrypts it.

use std::sync::LazyLock;

use rusqlite::Connection;

use super::database::LIBRARY_IS_READY;

/// The versions of SQLite and, where it says so, of `SQLCipher`.
pub fn versions() -> (String, Option<String>) {
    LazyLock::force(&LIBRARY_IS_READY);
    let cipher = Connection::open_in_memory()
        .and_then(|connection| connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)));
    (rusqlite::version().to_owned(), cipher.ok())
}
