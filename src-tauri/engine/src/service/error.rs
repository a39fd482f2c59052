//! Why a desk cannot start, or cannot go on, in sentences that say what to do next.

use std::path::PathBuf;

use crate::journal::JournalError;
use crate::keys::{KeyStoreError, StaffPinError};

/// Why a desk cannot start, or cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error("data_dir {path}: {cause}; let this user write there, or name another folder", path = .path.display())]
    DataFolder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The key store cannot be used.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// The staff PIN cannot be read.
    #[error(transparent)]
    StaffPin(#[from] StaffPinError),
    /// The HTTP client cannot be made.
    #[error("no secure connections are possible on this machine: {0}")]
    Http(String),
    /// Another kiosk has the data folder.
    #[error("{path}: another Tapdesk is running with this data folder{by}; stop it, or give this one a `data_dir` of its own", path = .path.display(), by = .process.map(|process| format!(" (process {process})")).unwrap_or_default())]
    AlreadyRuns {
        /// The folder.
        path: PathBuf,
        /// The other's process id, where it is known.
        process: Option<u32>,
    },
    /// A part of the desk panicked.
    #[error("a part of the program failed; it is being started again, and the log says where it failed")]
    Failed,
    /// The fleet's file did not work here.
    #[error(
        "the fleet's file, version {version}, did not work here and was rolled back; the kiosk begins with the one before"
    )]
    RolledBack {
        /// Its version.
        version: u64,
    },
    /// The service does not know the location.
    #[error("spaces.business_id = {wanted}: the account does not see such a location; it sees {seen}")]
    WrongLocation {
        /// What is configured.
        wanted: i64,
        /// Ids and names.
        seen: String,
    },
}

impl StartError {
    /// Whether the configuration is to blame.
    pub fn is_configuration(&self) -> bool {
        matches!(self, Self::WrongLocation { .. } | Self::Journal(JournalError::OtherLocation { .. }))
    }

    /// Whether starting the program again may be enough to mend it.
    pub fn restart_may_mend(&self) -> bool {
        matches!(
            self,
            Self::Failed
                | Self::RolledBack { .. }
                | Self::Journal(JournalError::InUse { .. } | JournalError::Damaged { .. } | JournalError::Stopped)
        )
    }
}
