//! The key store of the operating system. The only file that names the keyring crates.
//!
//! A locked or missing store reads as empty, so "nothing there" is believed only after a probe was written and read.
//! The keyring crate opens its store once for a process and, where that failed, never again. A kiosk starts before its
//! desktop is unlocked, or before there is a bus, and must go on when they come: so the store is opened here, and again
//! whenever it broke.

use std::sync::{Arc, Mutex, PoisonError};

use keyring::v1::{Entry, Error};
use keyring_core::api::CredentialStoreApi;
use secrecy::{ExposeSecret, SecretString};
use zbus_secret_service_keyring_store::Store;

use super::{KeyStore, KeyStoreError};

/// The service name under which all entries stand.
const SERVICE: &str = "tapdesk";

/// The connection of this process: none before its first use, and after it broke.
static CONNECTION: Mutex<Option<Arc<Store>>> = Mutex::new(None);

/// The operating system's key store, by the keyring crate.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemKeyStore;

impl KeyStore for SystemKeyStore {
    fn get(&self, name: &str) -> Result<Option<SecretString>, KeyStoreError> {
        if let Some(secret) = ask(name, Entry::get_password)? {
            return Ok(Some(secret.into()));
        }
        // A locked store says "no entry" too. Writing tells the two apart. Each probe has a name of its own: another
        // Tapdesk that probes at this moment would take this one away half-written.
        let probe = format!("probe/{}", uuid::Uuid::new_v4());
        ask(&probe, |entry| entry.set_password("probe"))?;
        // Left behind, it would do no harm.
        drop(ask(&probe, Entry::delete_credential));
        Ok(None)
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), KeyStoreError> {
        ask(name, |entry| entry.set_password(secret.expose_secret())).map(drop)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match ask(name, Entry::delete_credential)? {
            Some(()) => Ok(()),
            // A locked store says "no entry" too: whether there is none is asked in the way that can tell.
            None => self.get(name).map(drop),
        }
    }
}

/// One call about one entry; none where there is no such entry. All calls may be made twice.
fn ask<T>(name: &str, call: impl Fn(&Entry) -> keyring::v1::Result<T>) -> Result<Option<T>, KeyStoreError> {
    let call = |store: &Store| {
        let inner = store.build(SERVICE, name, None)?;
        call(&Entry { inner })
    };
    let store = connection()?;
    match call(&store) {
        // A bus or a daemon that ended took the connection with it, and another may be there by now.
        Err(Error::PlatformFailure(_)) => forget(&store),
        answer => return told(answer),
    }
    let store = connection()?;
    let answer = call(&store);
    if matches!(answer, Err(Error::PlatformFailure(_))) {
        forget(&store);
    }
    told(answer)
}

fn told<T>(answer: keyring::v1::Result<T>) -> Result<Option<T>, KeyStoreError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(Error::NoEntry) => Ok(None),
        Err(Error::NoStorageAccess(why)) => Err(KeyStoreError::Locked(why.to_string())),
        Err(error) => Err(KeyStoreError::Broken(error.to_string())),
    }
}

fn connection() -> Result<Arc<Store>, KeyStoreError> {
    let mut held = CONNECTION.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(store) = &*held {
        return Ok(Arc::clone(store));
    }
    let store = Store::new().map_err(|error| match error {
        Error::PlatformFailure(why) => KeyStoreError::Absent(why.to_string()),
        error => KeyStoreError::Absent(error.to_string()),
    })?;
    *held = Some(Arc::clone(&store));
    Ok(store)
}

/// Forgets a connection that broke, unless another was opened meanwhile.
fn forget(broken: &Arc<Store>) {
    let mut held = CONNECTION.lock().unwrap_or_else(PoisonError::into_inner);
    if held.as_ref().is_some_and(|store| Arc::ptr_eq(store, broken)) {
        *held = None;
    }
}
