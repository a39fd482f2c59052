//! The key that a kiosk's journal is encrypted with.

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError};
use crate::device::DeviceId;

/// The key that a kiosk's journal is encrypted with: 32 random bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct JournalKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for JournalKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("JournalKey").finish_non_exhaustive()
    }
}

impl JournalKey {
    /// A key that nobody had before, from the system's source of random numbers.
    pub fn random() -> std::io::Result<Self> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut())?;
        Ok(Self(key))
    }

    /// The key written as 64 hexadecimal digits.
    pub fn of_hex(hex: &str) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        if hex.len() != 64 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (index, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).ok()?;
        }
        Some(Self(key))
    }

    /// 64 hexadecimal digits: the secret itself, for the key store and the database alone.
    pub(crate) fn as_hex(&self) -> SecretString {
        use std::fmt::Write;
        let hex = self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a text cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        hex.into()
    }
}

/// This kiosk's journal key in the key store. Synchronous and slow, so it is called from a blocking thread.
pub struct JournalKeyStore<'a> {
    store: &'a dyn KeyStore,
    name: String,
}

impl std::fmt::Debug for JournalKeyStore<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("JournalKeyStore").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<'a> JournalKeyStore<'a> {
    /// The journal key of this device.
    pub fn new(store: &'a dyn KeyStore, device: &DeviceId) -> Self {
        Self { store, name: format!("{}/journal", device.as_str()) }
    }

    /// The key, if one was made.
    pub fn load(&self) -> Result<Option<JournalKey>, KeyStoreError> {
        let stored = self.store.get(&self.name)?;
        stored.map(|hex| JournalKey::of_hex(hex.expose_secret()).ok_or(KeyStoreError::NoKey)).transpose()
    }

    /// Makes a key. It is answered only when the store has given it back: what is encrypted with a key that was not
    /// kept is lost.
    pub fn make(&self) -> Result<JournalKey, KeyStoreError> {
        let failed = |error: std::io::Error| KeyStoreError::Broken(format!("no random numbers: {error}"));
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
    fn a_key_is_written_as_it_is_read() {
        let hex = "00ff10".repeat(11)[..64].to_owned();
        let key = JournalKey::of_hex(&hex).unwrap();
        assert_eq!(key.as_hex().expose_secret(), hex);
        for wrong in ["", "00", &hex[2..], &format!("{hex}00"), &hex.replace('f', "g"), &"é".repeat(32)] {
            assert!(JournalKey::of_hex(wrong).is_none(), "{wrong}");
        }
        assert_ne!(JournalKey::random().unwrap(), JournalKey::random().unwrap());
    }
}
