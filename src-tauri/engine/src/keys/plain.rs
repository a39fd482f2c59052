//! Secrets in a file that is not encrypted, for who asks for it: whoever can read this user's files has them.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::file::{Form, SecretsFile};
use super::{KeyStoreError, StoreKind};

/// Its name in the data folder.
pub(super) const FILE: &str = "secrets.plain";

/// As it is.
#[derive(Debug)]
pub(super) struct Plain;

/// The plain file of this data folder.
pub(super) fn open(data_dir: &Path) -> SecretsFile<Plain> {
    tracing::warn!(
        file = %data_dir.join(FILE).display(),
        "secrets are kept in a file that is not encrypted, as `secrets.store` says"
    );
    SecretsFile::new(data_dir, FILE, Plain)
}

impl Form for Plain {
    const KIND: StoreKind = StoreKind::File;

    fn wrap(&self, kept: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        Ok(kept.to_vec())
    }

    fn unwrap(&self, bytes: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
        Some(Zeroizing::new(bytes))
    }

    fn unreadable(path: PathBuf) -> KeyStoreError {
        KeyStoreError::DamagedFile { path }
    }
}
