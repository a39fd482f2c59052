//! The key store of the operating system: where the tokens live. The only file that names the keyring crate.
//!
//! A locked or missing store reads as empty, so "nothing there" is believed only after a probe was written and read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::device::DeviceId;

/// The service name under which all entries stand.
const SERVICE: &str = "tapdesk";

/// Why the key store cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyStoreError {
    /// There is none, or it is locked.
    #[error(
        "the key store cannot be used ({0}); start and unlock the desktop's key store (a Secret Service such as gnome-keyring), then try again"
    )]
    Unavailable(String),
    /// What stands there is not ours.
    #[error("what the key store holds for this kiosk cannot be read; sign in again with `tapdesk sign-in`")]
    Damaged,
}

/// A place for one secret a name; synchronous and slow, so it is called from a blocking thread.
pub trait KeyStore: Send + Sync {
    /// The secret under this name; none when there is none.
    fn get(&self, name: &str) -> Result<Option<String>, KeyStoreError>;
    /// Stores the secret durably.
    fn set(&self, name: &str, secret: &str) -> Result<(), KeyStoreError>;
}

/// The operating system's key store, by the keyring crate.
#[derive(Debug, Default)]
pub struct SystemKeyStore;

impl KeyStore for SystemKeyStore {
    fn get(&self, name: &str) -> Result<Option<String>, KeyStoreError> {
        match entry(name)?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring::v1::Error::NoEntry) => {
                // A locked store says "no entry" too. Writing tells the two apart. Each probe has a name of its own:
                // another Tapdesk that probes at this moment would take this one away half-written.
                let probe = entry(&format!("probe/{}", uuid::Uuid::new_v4()))?;
                probe.set_password("probe").map_err(|error| unavailable(&error))?;
                // Left behind, it would do no harm.
                drop(probe.delete_credential());
                Ok(None)
            }
            Err(error) => Err(unavailable(&error)),
        }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), KeyStoreError> {
        entry(name)?.set_password(secret).map_err(|error| unavailable(&error))
    }
}

fn entry(name: &str) -> Result<keyring::v1::Entry, KeyStoreError> {
    keyring::v1::Entry::new(SERVICE, name).map_err(|error| unavailable(&error))
}

fn unavailable(error: &keyring::v1::Error) -> KeyStoreError {
    KeyStoreError::Unavailable(error.to_string())
}

/// A sign-in: the pair of tokens and when the access token ends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// `access_token`.
    pub access: String,
    /// `refresh_token`; dead as soon as a new pair was issued for it.
    pub refresh: String,
    /// When the access token ends, UTC, by this machine's clock.
    pub access_ends: chrono::DateTime<chrono::Utc>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Tokens").field("access_ends", &self.access_ends).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for TokenStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TokenStore").field("name", &self.name).finish_non_exhaustive()
    }
}

/// This kiosk's tokens in the key store.
#[derive(Clone)]
pub struct TokenStore {
    store: Arc<dyn KeyStore>,
    name: String,
}

impl TokenStore {
    /// The tokens of this device.
    pub fn new(store: Arc<dyn KeyStore>, device: &DeviceId) -> Self {
        Self { store, name: format!("{}/tokens", device.as_str()) }
    }

    /// The tokens, if this device was signed in.
    pub async fn load(&self) -> Result<Option<Tokens>, KeyStoreError> {
        let stored = self.blocking(|store, name| store.get(&name)).await?;
        stored.map(|json| serde_json::from_str(&json).map_err(|_| KeyStoreError::Damaged)).transpose()
    }

    /// Stores the tokens; they may be used when this has returned.
    pub async fn save(&self, tokens: &Tokens) -> Result<(), KeyStoreError> {
        let json = serde_json::to_string(tokens).map_err(|_| KeyStoreError::Damaged)?;
        self.blocking(move |store, name| store.set(&name, &json)).await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn KeyStore, String) -> Result<T, KeyStoreError> + Send + 'static,
    ) -> Result<T, KeyStoreError> {
        let (store, name) = (Arc::clone(&self.store), self.name.clone());
        let done = tokio::task::spawn_blocking(move || call(store.as_ref(), name)).await;
        done.unwrap_or_else(|_| Err(KeyStoreError::Unavailable("the call broke off".to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_tokens_show_no_secret() {
        let access_ends = chrono::DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let tokens = Tokens { access: "opaque-AAA".to_owned(), refresh: "opaque-RRR".to_owned(), access_ends };
        assert_eq!(format!("{tokens:?}"), "Tokens { access_ends: 2025-10-09T08:53:20Z, .. }");
    }
}
