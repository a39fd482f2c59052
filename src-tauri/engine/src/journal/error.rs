//! What keeps the journal from working, in sentences that say what to do next.

use std::io;
use std::path::{Path, PathBuf};

use tapdesk_core::ids::BusinessId;

use super::schema::VERSION;

/// What keeps the journal from working.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The database or its folder said no.
    #[error("{path}: {what}", path = .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What was said, with what to do where that is known.
        what: String,
    },
    /// A newer program has been at work here; nothing was touched.
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
    /// It is encrypted, and the key store has no key for it.
    #[error("{path}: the taps kept here are encrypted, and the key store holds no key for them; unlock or bring back the key store (and the file `device_id`) that this kiosk ran with; if they are gone for good, nobody can read these taps again, and `tapdesk reset --discard` gives them up", path = .path.display())]
    KeyMissing {
        /// The file.
        path: PathBuf,
    },
    /// It does not open with the key.
    #[error("{path}: does not open with this kiosk's key; either the key store holds another key than the one it was written with, or the beginning of the file is damaged (the two look alike); nothing was changed; bring back the key store or the file from a copy, or give up the taps kept here with `tapdesk reset --discard`", path = .path.display())]
    WrongKey {
        /// The file.
        path: PathBuf,
    },
    /// A part of it cannot be read. At the next start what can be read is carried over to a new file.
    #[error("{path}: damaged ({what}); start Tapdesk again: it sets this file aside and carries over what can be read", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database said.
        what: String,
    },
    /// Its taps belong to another location than the configured one.
    #[error(
        "{count} taps of location {theirs} wait in this kiosk, and it is now set to location {ours}; set `spaces.business_id` back to {theirs} until they are recorded, or give them up with `tapdesk reset --discard`"
    )]
    OtherLocation {
        /// How many wait, are being sent or are watched.
        count: usize,
        /// Whose they are.
        theirs: BusinessId,
        /// What is configured.
        ours: BusinessId,
    },
    /// The journal's thread has ended.
    #[error("the journal has stopped")]
    Stopped,
}

pub(super) fn database_error(path: &Path, what: &str) -> JournalError {
    JournalError::Database { path: path.to_path_buf(), what: what.to_owned() }
}

/// What the system said of a file of the journal's, with what to do where that is known.
pub(super) fn file_error(path: &Path, error: &io::Error) -> JournalError {
    let advice = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => MAKE_ROOM,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => LET_WRITE,
        _ => "",
    };
    database_error(path, &format!("{error}{advice}"))
}

/// What the database said, with what to do where that is known.
pub(super) fn sql_error(path: &Path, error: &rusqlite::Error) -> JournalError {
    use rusqlite::ErrorCode;
    let advice = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => {
            return JournalError::Damaged { path: path.to_path_buf(), what: error.to_string() };
        }
        Some(ErrorCode::NotADatabase) => return JournalError::WrongKey { path: path.to_path_buf() },
        Some(ErrorCode::DiskFull) => MAKE_ROOM,
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => LET_WRITE,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "; another program reads it: end that one",
        _ => "",
    };
    database_error(path, &format!("{error}{advice}"))
}

const MAKE_ROOM: &str = "; make room on the disk";
const LET_WRITE: &str = "; let this user write there";

/// Gives an error of the database or of the system the name of its file.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> Result<T, JournalError>;
}

impl<T> At<T> for rusqlite::Result<T> {
    fn at(self, path: &Path) -> Result<T, JournalError> {
        self.map_err(|error| sql_error(path, &error))
    }
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, JournalError> {
        self.map_err(|error| file_error(path, &error))
    }
}
