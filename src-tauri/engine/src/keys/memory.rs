//! A key store in memory: for a sign-in that may be given up, and for tests.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;

use super::{KeyStore, KeyStoreError};

/// Secrets that end with it.
#[derive(Default)]
pub struct MemoryKeyStore(Mutex<HashMap<String, SecretString>>);

impl MemoryKeyStore {
    fn secrets(&self) -> MutexGuard<'_, HashMap<String, SecretString>> {
        // No change under this lock can be left half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is none.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.secrets().is_empty()
    }
}

impl KeyStore for MemoryKeyStore {
    fn get(&self, name: &str) -> Result<Option<SecretString>, KeyStoreError> {
        Ok(self.secrets().get(name).cloned())
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), KeyStoreError> {
        self.secrets().insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.secrets().remove(name);
        Ok(())
    }
}
