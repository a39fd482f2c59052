//! A key store in memory.

use std::collections::HashMap;
use std::sync::Mutex;

use tapdesk_engine::keys::{KeyStore, KeyStoreError};

/// A key store that can be locked.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) secrets: Mutex<HashMap<String, String>>,
    pub(crate) locked: Mutex<bool>,
}

impl KeyStore for Memory {
    fn get(&self, name: &str) -> Result<Option<String>, KeyStoreError> {
        self.check()?;
        Ok(self.secrets.lock().expect("no holder panicked").get(name).cloned())
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), KeyStoreError> {
        self.check()?;
        self.secrets.lock().expect("no holder panicked").insert(name.to_owned(), secret.to_owned());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.check()?;
        self.secrets.lock().expect("no holder panicked").remove(name);
        Ok(())
    }
}

impl Memory {
    fn check(&self) -> Result<(), KeyStoreError> {
        if *self.locked.lock().expect("no holder panicked") {
            Err(KeyStoreError::Unavailable("locked".to_owned()))
        } else {
            Ok(())
        }
    }
}
