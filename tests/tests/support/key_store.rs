//! A key store in memory.

use std::collections::HashMap;
use std::sync::Mutex;

use tapdesk_engine::keys::{ExposeSecret, KeyStore, KeyStoreError, SecretString};

/// A key store that can be locked.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) secrets: Mutex<HashMap<String, String>>,
    pub(crate) locked: Mutex<bool>,
}

impl KeyStore for Memory {
    fn get(&self, name: &str) -> Result<Option<SecretString>, KeyStoreError> {
        self.check()?;
        Ok(self.secrets.lock().expect("no holder panicked").get(name).map(|secret| secret.as_str().into()))
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), KeyStoreError> {
        self.check()?;
        self.secrets.lock().expect("no holder panicked").insert(name.to_owned(), secret.expose_secret().to_owned());
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
            Err(KeyStoreError::Locked("by the test".to_owned()))
        } else {
            Ok(())
        }
    }
}
