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
    /// What stands there as the journal's key is no key.
    #[error(
        "what the key store holds as the key of this kiosk's journal is not one; bring back the key store from a copy, or give up the taps kept here with `tapdesk reset --discard`"
    )]
    NoKey,
    /// The store did not keep what it was given.
    #[error("the key store does not keep what it is given; try again after the desktop's key store was restarted")]
    Forgetful,
}

/// A place for one secret a name; synchronous and slow, so it is called from a blocking thread.
pub trait KeyStore: Send + Sync {
    /// The secret under this name; none when there is none.
    fn get(&self, name: &str) -> Result<Option<String>, KeyStoreError>;
    /// Stores the secret durably.
    fn set(&self, name: &str, secret: &str) -> Result<(), KeyStoreError>;
    /// Deletes the secret; it is no error when there is none.
    fn delete(&self, name: &str) -> Result<(), KeyStoreError>;
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

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match entry(name)?.delete_credential() {
            // A locked store says "no entry" too: whether there is none is asked in the way that can tell.
            Err(keyring::v1::Error::NoEntry) => self.get(name).map(drop),
            result => result.map_err(|error| unavailable(&error)),
        }
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
        Self { store, name: token_name(device) }
    }

    /// Deletes the tokens of this device. Blocks.
    pub fn forget(store: &dyn KeyStore, device: &DeviceId) -> Result<(), KeyStoreError> {
        store.delete(&token_name(device))
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

fn token_name(device: &DeviceId) -> String {
    format!("{}/tokens", device.as_str())
}

/// The key that a kiosk's journal is encrypted with: 32 random bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct JournalKey([u8; 32]);

impl std::fmt::Debug for JournalKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("JournalKey").finish_non_exhaustive()
    }
}

impl JournalKey {
    /// A key that nobody had before, from the system's source of random numbers.
    pub fn random() -> std::io::Result<Self> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(Self(key))
    }

    /// The key written as 64 hexadecimal digits.
    pub fn of_hex(hex: &str) -> Option<Self> {
        let mut key = [0; 32];
        if hex.len() != 64 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (index, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).ok()?;
        }
        Some(Self(key))
    }

    /// 64 hexadecimal digits: the secret itself, for the key store and the database alone.
    pub(crate) fn as_hex(&self) -> String {
        use std::fmt::Write;
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a text cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// This kiosk's journal key in the key store. Synchronous and slow, so it is called from a blocking thread.
pub struct JournalKeyStore<'a> {
    store: &'a dyn KeyStore,
    name: String,
}

impl<'a> JournalKeyStore<'a> {
    /// The journal key of this device.
    pub fn new(store: &'a dyn KeyStore, device: &DeviceId) -> Self {
        Self { store, name: format!("{}/journal", device.as_str()) }
    }

    /// The key, if one was made.
    pub fn load(&self) -> Result<Option<JournalKey>, KeyStoreError> {
        let stored = self.store.get(&self.name)?;
        stored.map(|hex| JournalKey::of_hex(&hex).ok_or(KeyStoreError::NoKey)).transpose()
    }

    /// Makes a key. It is answered only when the store has given it back: what is encrypted with a key that was not
    /// kept is lost.
    pub fn make(&self) -> Result<JournalKey, KeyStoreError> {
        let failed = |error: std::io::Error| KeyStoreError::Unavailable(format!("no random numbers: {error}"));
        let key = JournalKey::random().map_err(failed)?;
        self.store.set(&self.name, &key.as_hex())?;
        if self.load()?.as_ref() == Some(&key) { Ok(key) } else { Err(KeyStoreError::Forgetful) }
    }

    /// Deletes the key: what is encrypted with it cannot be read again.
    pub fn delete(&self) -> Result<(), KeyStoreError> {
        self.store.delete(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_as_it_is_read_and_never_printed() {
        let hex = "00ff10".repeat(11)[..64].to_owned();
        let key = JournalKey::of_hex(&hex).unwrap();
        assert_eq!(key.as_hex(), hex);
        assert_eq!(format!("{key:?}"), "JournalKey { .. }");
        for wrong in ["", "00", &hex[2..], &format!("{hex}00"), &hex.replace('f', "g"), &"é".repeat(32)] {
            assert!(JournalKey::of_hex(wrong).is_none(), "{wrong}");
        }
        assert_ne!(JournalKey::random().unwrap(), JournalKey::random().unwrap());
    }

    #[test]
    fn printed_tokens_show_no_secret() {
        let access_ends = chrono::DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let tokens = Tokens { access: "opaque-AAA".to_owned(), refresh: "opaque-RRR".to_owned(), access_ends };
        assert_eq!(format!("{tokens:?}"), "Tokens { access_ends: 2025-10-09T08:53:20Z, .. }");
    }
}
