//! Where this kiosk's secrets are kept: the system's key store, a file sealed by a systemd credential, or a plain file.
//!
//! One of them is opened at start ([`open`]) and kept to. Nothing moves from one to another: after a change of store the
//! kiosk is signed in again, and taps that wait can be sent only with the store that holds the journal's key. So send or
//! give up what waits first (`tapdesk queue`), and `tapdesk reset` before the change where nothing is to stay behind.

mod file;
mod journal_key;
mod memory;
mod plain;
#[cfg(test)]
mod printed;
mod sealed;
mod staff_gate;
mod staff_pin;
mod system;
mod tokens;

use std::path::{Path, PathBuf};
use std::sync::Arc;

// Whoever hands over a password or a PIN needs them.
pub use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::device::DeviceId;
use crate::durable;

pub use self::journal_key::{JournalKey, JournalKeyStore};
pub use self::memory::MemoryKeyStore;
pub use self::staff_gate::{GateAnswer, StaffGate};
pub use self::staff_pin::{StaffPin, StaffPinError, WeakPin, check};
pub use self::system::SystemKeyStore;
pub use self::tokens::{TokenStore, Tokens, days_left};

pub(crate) use self::staff_gate::forget_tries;

/// Why the key store cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyStoreError {
    /// Nobody answers: no session bus, or no Secret Service on it.
    #[error(
        "the key store cannot be used: none answers ({0}); start and unlock one (a Secret Service such as gnome-keyring), or give this kiosk the systemd credential `tapdesk.key`, or set `secrets.store = \"file\"` to keep its secrets in a file that is not encrypted"
    )]
    Absent(String),
    /// It is there, and gives nothing away yet.
    #[error(
        "the key store cannot be used: it is locked, or has no keyring yet ({0}); unlock it: log in as this user with the password, or open gnome-keyring's \"Login\" keyring; a kiosk that runs goes on by itself"
    )]
    Locked(String),
    /// It is there and fails.
    #[error(
        "the key store cannot be used ({0}); restart the desktop's key store (such as gnome-keyring) and unlock it"
    )]
    Broken(String),
    /// What stands there is not ours.
    #[error("what the key store holds for this kiosk cannot be read; sign in again with `tapdesk sign-in`")]
    Damaged,
    /// What stands there as the journal's key is no key.
    #[error(
        "what the key store holds as the key of this kiosk's journal is not one; bring back the key store from a copy, or give up the taps kept here with `tapdesk reset --discard`"
    )]
    NoKey,
    /// What stands there as the staff PIN's hash is none.
    #[error("what the key store holds as this kiosk's staff PIN cannot be read; set the staff PIN anew")]
    NoPin,
    /// The store did not keep what it was given.
    #[error("the key store does not keep what it is given; try again after the desktop's key store was restarted")]
    Forgetful,
    /// The systemd credential cannot be used.
    #[error(
        "the systemd credential {path}: {why}; give the service `LoadCredential=tapdesk.key:FILE` (or `LoadCredentialEncrypted=`) with a file of 32 random bytes or more", path = .path.display()
    )]
    Credential {
        /// Where it is, or should be.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The sealed file does not open.
    #[error(
        "{path}: does not open with the systemd credential `tapdesk.key`; either it was sealed with another one, or the file is damaged (the two look alike); nothing was changed; bring back the credential or the file from a copy, or give up what is kept here with `tapdesk reset --discard`", path = .path.display()
    )]
    Unopened {
        /// The file.
        path: PathBuf,
    },
    /// The plain file is not one of ours.
    #[error(
        "{path}: is damaged, or was not written by Tapdesk; nothing was changed; bring the file back from a copy, or give up what is kept here with `tapdesk reset --discard`", path = .path.display()
    )]
    DamagedFile {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("{path}: {cause}; let this user read and write it", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
}

/// A place for one secret a name; synchronous and slow, so it is called from a blocking thread.
pub trait KeyStore: Send + Sync {
    /// The secret under this name; none when there is none.
    fn get(&self, name: &str) -> Result<Option<SecretString>, KeyStoreError>;
    /// Stores the secret durably.
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), KeyStoreError>;
    /// Deletes the secret; it is no error when there is none.
    fn delete(&self, name: &str) -> Result<(), KeyStoreError>;
    /// What it is.
    fn kind(&self) -> StoreKind {
        StoreKind::System
    }
}

/// What a key store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// The operating system's.
    System,
    /// `secrets.sealed` in the data folder, encrypted under a systemd credential.
    Credential,
    /// `secrets.plain` in the data folder, readable to whoever can read this user's files.
    File,
}

/// Which key store to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreChoice {
    /// The systemd credential's file where the service manager gives `tapdesk.key`, else the operating system's.
    #[default]
    Auto,
    /// The operating system's.
    System,
    /// The systemd credential's file.
    Credential,
    /// The plain file.
    File,
}

/// The key store that was chosen. The system's is looked at only when it is used; a credential is read here. Blocks.
pub fn open(choice: StoreChoice, data_dir: &Path) -> Result<Arc<dyn KeyStore>, KeyStoreError> {
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    open_with(choice, data_dir, credentials.as_deref())
}

fn open_with(
    choice: StoreChoice,
    data_dir: &Path,
    credentials: Option<&Path>,
) -> Result<Arc<dyn KeyStore>, KeyStoreError> {
    Ok(match choice {
        StoreChoice::File => Arc::new(plain::open(data_dir)),
        StoreChoice::Credential => Arc::new(sealed::open(data_dir, credentials)?),
        StoreChoice::Auto if sealed::is_given(credentials) => Arc::new(sealed::open(data_dir, credentials)?),
        // Secrets that lie there already are not looked for elsewhere: a shell has not the credentials of the unit.
        StoreChoice::Auto if data_dir.join(sealed::FILE).exists() => Arc::new(sealed::open(data_dir, credentials)?),
        StoreChoice::System | StoreChoice::Auto => Arc::new(SystemKeyStore),
    })
}

/// The files in which secrets may be kept in a data folder.
pub(crate) const FILES: [&str; 2] = [sealed::FILE, plain::FILE];

/// Deletes the files in which secrets may be kept in this data folder, unread: also those that do not open. Blocks.
pub(crate) fn forget_files(data_dir: &Path) -> std::io::Result<()> {
    FILES.iter().try_for_each(|name| durable::remove(&data_dir.join(name)))
}

/// Whether two secrets are the same, in a time that says nothing of where they differ.
pub(crate) fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret().as_bytes().ct_eq(other.expose_secret().as_bytes()).into()
}

/// Keeps this process, and those that it starts, from leaving a core dump: all of the memory would be in it. Best done
/// first of all.
pub fn leave_no_core_dump() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        tracing::warn!(%error, "a crash may leave secrets in a core dump");
    }
}

/// A store that cannot be used, for whoever wants to go on all the same and be told of it at each use.
pub(crate) struct Unusable(pub(crate) KeyStoreError);

impl KeyStore for Unusable {
    fn get(&self, _name: &str) -> Result<Option<SecretString>, KeyStoreError> {
        Err(self.0.clone())
    }

    fn set(&self, _name: &str, _secret: &SecretString) -> Result<(), KeyStoreError> {
        Err(self.0.clone())
    }

    fn delete(&self, _name: &str) -> Result<(), KeyStoreError> {
        Err(self.0.clone())
    }

    fn kind(&self) -> StoreKind {
        if matches!(self.0, KeyStoreError::Credential { .. }) { StoreKind::Credential } else { StoreKind::System }
    }
}

/// The secrets of a sign-in and of staff as they are now, to be put back where what was to follow them failed.
pub(crate) struct Before(Vec<(String, Option<SecretString>)>);

impl Before {
    /// Looks at them. Blocks.
    pub(crate) fn look(store: &dyn KeyStore, device: &DeviceId) -> Result<Self, KeyStoreError> {
        let names = [tokens::name(device), staff_pin::name(device)];
        names.into_iter().map(|name| store.get(&name).map(|secret| (name, secret))).collect::<Result<_, _>>().map(Self)
    }

    /// Puts them back. Blocks.
    pub(crate) fn restore(&self, store: &dyn KeyStore) -> Result<(), KeyStoreError> {
        let back = self.0.iter().map(|(name, secret)| match secret {
            Some(secret) => store.set(name, secret),
            None => store.delete(name),
        });
        // Each, whatever became of the one before.
        back.fold(Ok(()), Result::and)
    }
}

/// Runs `call` on a blocking thread.
async fn blocking<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, KeyStoreError> + Send + 'static,
) -> Result<T, KeyStoreError> {
    let done = tokio::task::spawn_blocking(call).await;
    done.unwrap_or_else(|_| Err(KeyStoreError::Broken("the call broke off".to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(choice: StoreChoice, credentials: Option<&Path>) -> Option<StoreKind> {
        let data = tempfile::tempdir().unwrap();
        open_with(choice, data.path(), credentials).ok().map(|store| store.kind())
    }

    #[test]
    fn the_credential_goes_first_where_it_is_given_and_nothing_is_plain_unasked() {
        let (given, none) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(given.path().join("tapdesk.key"), [7; 32]).unwrap();
        let (given, none) = (Some(given.path()), Some(none.path()));
        let system = Some(StoreKind::System);
        let credential = Some(StoreKind::Credential);
        let cases = [
            (StoreChoice::Auto, [credential, system, system]),
            (StoreChoice::System, [system; 3]),
            (StoreChoice::Credential, [credential, None, None]),
            (StoreChoice::File, [Some(StoreKind::File); 3]),
        ];
        for (choice, expected) in cases {
            assert_eq!([given, none, None].map(|folder| kind_of(choice, folder)), expected, "{choice:?}");
        }
        assert_eq!(serde_json::to_string(&StoreChoice::Credential).unwrap(), "\"credential\"");
    }

    /// A credential that is there and cannot be used must not lead to another store in silence.
    #[test]
    fn secrets_that_are_sealed_are_not_looked_for_elsewhere() {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join(sealed::FILE), "sealed").unwrap();
        let opened = open_with(StoreChoice::Auto, data.path(), None).map(|store| store.kind());
        assert!(matches!(opened, Err(KeyStoreError::Credential { .. })), "{opened:?}");
    }

    #[test]
    fn a_credential_that_is_too_short_is_refused() {
        let given = tempfile::tempdir().unwrap();
        for (length, well) in [(0, false), (31, false), (32, true), (4096, true)] {
            std::fs::write(given.path().join("tapdesk.key"), vec![7; length]).unwrap();
            for choice in [StoreChoice::Auto, StoreChoice::Credential] {
                assert_eq!(kind_of(choice, Some(given.path())).is_some(), well, "{choice:?} with {length} bytes");
            }
        }
    }

    #[test]
    fn each_failure_says_what_to_do() {
        let said = |error: KeyStoreError| error.to_string();
        let absent = said(KeyStoreError::Absent("no bus".to_owned()));
        for words in ["the key store cannot be used", "gnome-keyring", "unlock", "tapdesk.key", "secrets.store"] {
            assert!(absent.contains(words), "{absent}");
        }
        let locked = said(KeyStoreError::Locked("prompt dismissed".to_owned()));
        assert!(locked.contains("unlock it") && locked.contains("goes on by itself"), "{locked}");
        let broken = said(KeyStoreError::Broken("no reply".to_owned()));
        assert!(broken.contains("the key store cannot be used") && broken.contains("restart"), "{broken}");
    }
}
