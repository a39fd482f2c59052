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
use crate::journal::{Journal, JournalError};
use crate::keys::{KeyStore, KeyStoreError, TokenStore};
use crate::reader::supervisor::{ReaderCommand, supervise};
use crate::screen::{Location, Screen};
use crate::settings::Settings;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Governor;
use crate::spaces::http::{self, Http};
use crate::spaces::session::Session;

/// Between two looks whether the service's address can be reached: no call, only a connection.
const REACH_EVERY: Duration = Duration::from_secs(10);
/// How long such a connection may take.
const REACH_WITHIN: Duration = Duration::from_secs(3);
/// Between two attempts to learn the location's name.
const ASK_LOCATION_AGAIN: Duration = Duration::from_secs(15);

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

/// What the service says of the configured location; `Ok(None)` while it cannot be asked.
pub async fn location(spaces: &Spaces, settings: &Settings) -> Result<Option<Location>, StartError> {
    match spaces.location().await {
        Ok(business) => {
            let time_zone = spaces.time_zone(&business).await;
            Ok(Some(Location { name: business.name, time_zone }))
        }
        Err(Trouble::NotFound) => {
            // A gateway's 404 would look the same: the list must say so too.
            let Ok(seen) = spaces.locations().await else { return Ok(None) };
            if seen.iter().any(|business| business.id == settings.spaces.business_id) {
                return Ok(None);
            }
            let seen = seen.iter().map(|business| format!("{} ({})", business.id, business.name)).collect::<Vec<_>>();
            let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(", ") };
            Err(StartError::WrongLocation { wanted: settings.spaces.business_id.0, seen })
        }
        Err(trouble) => {
            tracing::warn!(trouble = %trouble.sentence(), "the location could not be read");
            Ok(None)
        }
    }
}

/// A desk that is ready to run.
pub struct Desk<S> {
    controller: Controller<S>,
    spaces: Arc<Spaces>,
    directory: Arc<Directory>,
    reader: ReaderCommand,
    settings: Settings,
}

impl StartError {
    /// Whether the configuration is to blame.
    pub fn is_configuration(&self) -> bool {
        matches!(self, Self::WrongLocation { .. })
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
        let spaces = Arc::new(spaces(&settings, keys)?);
        // A store that cannot be used would look like a kiosk that was never signed in.
        spaces.http().session().access_ends().await?;
        let directory = Arc::new(Directory::default());
        let journal = Journal::open(&settings.data_dir)?;
        let rooms = Rooms { journal, spaces: Arc::clone(&spaces), directory: Arc::clone(&directory) };
        let controller = Controller::new(settings.policy(), rooms, screen);
        Ok(Self { controller, spaces, directory, reader, settings })
    }

    /// A way to ask the running desk something.
    pub fn handle(&self) -> Handle {
        self.controller.handle()
    }

    /// Runs reader, directory and loop until told to stop.
    pub async fn run(self) -> Result<(), StartError> {
        let Self { controller, spaces, directory, reader, settings } = self;
        let handle = controller.handle();
        let events = handle.events();
        let background = tokio::spawn({
            let (spaces, events) = (Arc::clone(&spaces), events.clone());
            async move { directory.keep_up_to_date(&spaces, events).await }
        });
        let tasks = [
            background,
            tokio::spawn(supervise(reader, events.clone())),
            tokio::spawn(watch_reach(Arc::clone(&spaces), events)),
            tokio::spawn(learn_location(spaces, settings, handle)),
        ];
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

async fn learn_location(spaces: Arc<Spaces>, settings: Settings, handle: Handle) {
    loop {
        match location(&spaces, &settings).await {
            Ok(Some(location)) => {
                handle.location(location);
                return;
            }
            Ok(None) => {}
            Err(error) => {
                handle.fail(error);
                return;
            }
        }
        tokio::time::sleep(ASK_LOCATION_AGAIN).await;
    }
}

/// Where reader locks are kept: one place for all kiosks of this machine's user, whatever their data folder.
pub fn reader_locks(data_dir: &Path) -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map_or_else(|| data_dir.to_path_buf(), |folder| PathBuf::from(folder).join("tapdesk"))
}
