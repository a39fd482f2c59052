//! Puts the rooms together: from settings to a running desk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tapdesk_core::checkin::Trouble;
use tapdesk_core::event::Event;
use tokio::sync::mpsc::UnboundedSender;

use crate::controller::{Controller, Handle, Rooms};
use crate::device::DeviceId;
use crate::directory::Directory;
use crate::journal::members::MemberCopy;
use crate::journal::{self, Journal, JournalError, QueueReport};
use crate::keys::{JournalKey, JournalKeyStore, KeyStore, KeyStoreError, TokenStore};
use crate::pins::PinBook;
use crate::presence::Presence;
use crate::reader::supervisor::{ReaderCommand, supervise};
use crate::screen::Screen;
use crate::settings::Settings;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Governor;
use crate::spaces::http::{self, Http};
use crate::spaces::session::Session;
use crate::visit::Visits;
use crate::{charge, location, out_of_order};

/// Between two looks whether the service's address can be reached: no call, only a connection.
const REACH_EVERY: Duration = Duration::from_secs(10);
/// How long such a connection may take.
const REACH_WITHIN: Duration = Duration::from_secs(3);

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
    /// The HTTP client cannot be made.
    #[error("no secure connections are possible on this machine: {0}")]
    Http(String),
    /// The service does not know the location.
    #[error("spaces.business_id = {wanted}: the account does not see such a location; it sees {seen}")]
    WrongLocation {
        /// What is configured.
        wanted: i64,
        /// Ids and names.
        seen: String,
    },
}

/// The service behind `settings`, with this device's sign-in.
pub fn spaces(settings: &Settings, keys: Arc<dyn KeyStore>) -> Result<Spaces, StartError> {
    let device = device(settings)?;
    let client = http::client().map_err(|error| StartError::Http(error.to_string()))?;
    let governor = Arc::new(Governor::new(settings.budget()));
    let base_url = &settings.spaces.base_url;
    let store = TokenStore::new(keys, &device);
    let session = Session::new(client.clone(), base_url, device, store, Arc::clone(&governor));
    let http = Http::new(client, base_url.clone(), session, governor);
    Ok(Spaces::new(http, settings.spaces.business_id))
}

/// This device's id, made at the first call.
pub fn device(settings: &Settings) -> Result<DeviceId, StartError> {
    let failed = |cause| StartError::DataFolder { path: settings.data_dir.clone(), cause };
    DeviceId::of(&settings.data_dir).map_err(failed)
}

/// The journal's key; made, and kept in the key store, where no journal needs one yet. Blocks.
///
/// A journal whose key is gone stays as it is: a new key would only make a new, empty journal of it.
pub fn journal_key(settings: &Settings, keys: &dyn KeyStore) -> Result<JournalKey, StartError> {
    let device = device(settings)?;
    let failed = |cause| StartError::DataFolder { path: settings.data_dir.clone(), cause };
    // Two that start at the same moment must not each make a key: the journal of one would have the key of the other.
    let one_at_a_time = std::fs::File::create(settings.data_dir.join("journal_key.lock")).map_err(failed)?;
    one_at_a_time.lock().map_err(failed)?;
    let stored = JournalKeyStore::new(keys, &device);
    match stored.load()? {
        Some(key) => Ok(key),
        None if journal::needs_key(&settings.data_dir)? => {
            Err(JournalError::KeyMissing { path: settings.data_dir.join("journal.sqlite") }.into())
        }
        None => Ok(stored.make()?),
    }
}

/// What waits in the journal, read beside a running kiosk; nothing is made. Blocks.
pub fn queue(settings: &Settings, keys: &dyn KeyStore) -> Result<QueueReport, StartError> {
    let key = if journal::needs_key(&settings.data_dir)? {
        JournalKeyStore::new(keys, &device(settings)?).load()?
    } else {
        None
    };
    Ok(journal::report(&settings.data_dir, key.as_ref())?)
}

/// Hands every tap that waits to staff, with this reason, and answers what they were. Fails beside a running kiosk.
/// Blocks.
pub fn give_up(settings: &Settings, keys: &dyn KeyStore, reason: &str) -> Result<QueueReport, StartError> {
    let key = journal_key(settings, keys)?;
    Ok(journal::give_up(&settings.data_dir, &key, reason)?)
}

/// Forgets this device's tokens. Blocks.
pub fn forget_sign_in(settings: &Settings, keys: &dyn KeyStore) -> Result<(), StartError> {
    Ok(TokenStore::forget(keys, &device(settings)?)?)
}

/// Forgets journal, sign-in and device id. Fails beside a running kiosk. Blocks.
pub fn reset(settings: &Settings, keys: &dyn KeyStore) -> Result<(), StartError> {
    let device = device(settings)?;
    // The journal first: without its key it could neither be read nor given up.
    journal::remove(&settings.data_dir)?;
    JournalKeyStore::new(keys, &device).delete()?;
    TokenStore::forget(keys, &device)?;
    DeviceId::forget(&settings.data_dir)
        .map_err(|cause| StartError::DataFolder { path: settings.data_dir.clone(), cause })
}

/// Puts the kiosk of this data folder out of order, with a note for who stands before it, or in order again (none); a
/// running one follows within seconds. Blocks.
pub fn set_out_of_order(settings: &Settings, note: Option<&str>) -> Result<(), StartError> {
    out_of_order::set(&settings.data_dir, note)
        .map_err(|cause| StartError::DataFolder { path: settings.data_dir.clone(), cause })
}

/// What staff have to say of this kiosk, where they have put it out of order. Blocks.
pub fn out_of_order(settings: &Settings) -> Option<String> {
    out_of_order::note(&settings.data_dir)
}

/// A desk that is ready to run.
pub struct Desk<S> {
    controller: Controller<S>,
    spaces: Arc<Spaces>,
    directory: Arc<Directory>,
    presence: Option<Arc<Presence>>,
    /// Whether people look at the screen.
    seen: bool,
    reader: ReaderCommand,
    settings: Settings,
}

impl StartError {
    /// Whether the configuration is to blame.
    pub fn is_configuration(&self) -> bool {
        matches!(self, Self::WrongLocation { .. } | Self::Journal(JournalError::OtherLocation { .. }))
    }
}

impl<S: Screen> Desk<S> {
    /// Opens the journal and the key store; nothing is sent yet.
    pub async fn open(
        settings: Settings,
        keys: Arc<dyn KeyStore>,
        reader: ReaderCommand,
        screen: S,
    ) -> Result<Self, StartError> {
        let spaces = Arc::new(spaces(&settings, Arc::clone(&keys))?);
        // A store that cannot be used would look like a kiosk that was never signed in.
        spaces.http().session().access_ends().await?;
        let (journal, directory) = open_journal(settings.clone(), keys).await?;
        let directory = Arc::new(directory);
        let seen = screen.is_seen();
        let presence = (seen && settings.kiosk.present).then(|| Arc::new(Presence::default()));
        let visits = Visits::new(&settings, Arc::clone(&spaces)).filter(|_| seen).map(Arc::new);
        let rooms = Rooms {
            journal,
            spaces: Arc::clone(&spaces),
            directory: Arc::clone(&directory),
            presence: presence.clone(),
            visits,
        };
        let controller = Controller::new(settings.policy(), rooms, screen);
        Ok(Self { controller, spaces, directory, presence, seen, reader, settings })
    }

    /// A way to ask the running desk something.
    pub fn handle(&self) -> Handle {
        self.controller.handle()
    }

    /// Runs reader, directory and loop until told to stop.
    pub async fn run(self) -> Result<(), StartError> {
        let Self { controller, spaces, directory, presence, seen, reader, settings } = self;
        let handle = controller.handle();
        let events = handle.events();
        let background = tokio::spawn({
            let (spaces, events) = (Arc::clone(&spaces), events.clone());
            async move { directory.keep_up_to_date(&spaces, events).await }
        });
        let mut tasks = vec![
            background,
            tokio::spawn(supervise(reader, events.clone())),
            tokio::spawn(watch_reach(Arc::clone(&spaces), events)),
            tokio::spawn(out_of_order::follow(settings.data_dir.clone(), handle.clone())),
        ];
        if let Some(presence) = presence {
            tasks.push(tokio::spawn(presence.follow(Arc::clone(&spaces), handle.clone())));
        }
        if seen && settings.kiosk.allowance {
            tasks.push(tokio::spawn(charge::follow(Arc::clone(&spaces), handle.clone())));
        }
        tasks.push(tokio::spawn(location::follow(spaces, settings, handle)));
        let result = controller.run().await;
        for task in &tasks {
            task.abort();
        }
        for task in tasks {
            // An aborted task has dropped what it held, the reader process with it.
            drop(task.await);
        }
        result
    }
}

/// The journal, and a directory that remembers who was known when the program ended last.
async fn open_journal(settings: Settings, keys: Arc<dyn KeyStore>) -> Result<(Journal, Directory), StartError> {
    let open = move || {
        let key = journal_key(&settings, keys.as_ref())?;
        let journal = Journal::open(&settings.data_dir, &key, settings.spaces.business_id)?;
        let origin = format!("{} {}", settings.spaces.base_url, settings.spaces.business_id);
        // Without the copy a kiosk that starts offline knows nobody; everything else works.
        let directory = match MemberCopy::open(&settings.data_dir, &key, &origin) {
            Ok((copy, members)) => Directory::with_copy(copy, members),
            Err(error) => {
                tracing::warn!(%error, "members are not remembered");
                Directory::default()
            }
        };
        let directory = match PinBook::new(&settings.pin) {
            Some(Ok(pins)) => directory.with_pins(pins),
            Some(Err(error)) => {
                tracing::error!(%error, "no PIN is accepted: this machine gives no random numbers");
                directory
            }
            None => directory,
        };
        Ok((journal, directory))
    };
    tokio::task::spawn_blocking(open).await.unwrap_or(Err(StartError::Journal(JournalError::Stopped)))
}

/// Notices within seconds that the service's address cannot be reached, which no idle kiosk would learn from its calls.
async fn watch_reach(spaces: Arc<Spaces>, events: UnboundedSender<Event>) {
    let behind_proxy = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    let Some((host, port)) = spaces.http().authority().filter(|_| !behind_proxy) else { return };
    let host = host.trim_matches(['[', ']']).to_owned();
    while !events.is_closed() {
        tokio::time::sleep(REACH_EVERY).await;
        let reached = tokio::time::timeout(REACH_WITHIN, tokio::net::TcpStream::connect((host.as_str(), port))).await;
        let why = match reached {
            Ok(Ok(_)) => continue,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer in time".to_owned(),
        };
        if events.send(Event::Observed(Err(Trouble::Unreachable(why)))).is_err() {
            return;
        }
    }
}

/// Where reader locks are kept: one place for all kiosks of this machine's user, whatever their data folder.
pub fn reader_locks(data_dir: &Path) -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map_or_else(|| data_dir.to_path_buf(), |folder| PathBuf::from(folder).join("tapdesk"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use tapdesk_core::ids::BusinessId;

    use super::*;

    #[derive(Default)]
    struct Secrets(Mutex<HashMap<String, String>>);

    impl KeyStore for Secrets {
        fn get(&self, name: &str) -> Result<Option<String>, KeyStoreError> {
            Ok(self.0.lock().unwrap().get(name).cloned())
        }

        fn set(&self, name: &str, secret: &str) -> Result<(), KeyStoreError> {
            self.0.lock().unwrap().insert(name.to_owned(), secret.to_owned());
            Ok(())
        }

        fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
            self.0.lock().unwrap().remove(name);
            Ok(())
        }
    }

    /// Guard: `journal_key` makes a key only where no journal needs one.
    #[test]
    fn a_journal_without_its_key_is_said_and_gets_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let spaces = serde_json::json!({ "base_url": "https://spaces.nexudus.com/api", "business_id": 9 });
        let settings = serde_json::json!({ "data_dir": folder.path(), "spaces": spaces });
        let settings: Settings = serde_json::from_value(settings).unwrap();
        let secrets = Secrets::default();
        assert!(queue(&settings, &secrets).unwrap().entries.is_empty());
        assert!(secrets.0.lock().unwrap().is_empty(), "looking makes no key");
        let key = journal_key(&settings, &secrets).unwrap();
        assert_eq!(journal_key(&settings, &secrets).unwrap(), key, "made once");
        drop(Journal::open(folder.path(), &key, BusinessId(9)).unwrap());
        assert!(queue(&settings, &secrets).unwrap().entries.is_empty());

        let device = device(&settings).unwrap();
        JournalKeyStore::new(&secrets, &device).delete().unwrap();
        for error in [journal_key(&settings, &secrets).unwrap_err(), queue(&settings, &secrets).unwrap_err()] {
            assert!(matches!(error, StartError::Journal(JournalError::KeyMissing { .. })), "{error}");
        }
        assert!(secrets.0.lock().unwrap().is_empty(), "no other key is made");
        secrets.set(&format!("{}/journal", device.as_str()), "no key").unwrap();
        let error = journal_key(&settings, &secrets).unwrap_err();
        assert!(matches!(error, StartError::KeyStore(KeyStoreError::NoKey)), "{error}");
    }
}
