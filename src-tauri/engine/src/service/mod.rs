//! Puts the rooms together: from settings to a running desk.

mod error;
mod upkeep;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::controller::{Controller, Handle, Rooms};
use crate::device::DeviceId;
use crate::directory::Directory;
use crate::journal::members::MemberCopy;
use crate::journal::{self, Journal, JournalError};
use crate::keys::{self, JournalKey, JournalKeyStore, KeyStore, KeyStoreError, TokenStore, Unusable};
use crate::pins::PinBook;
use crate::presence::Presence;
use crate::reader::supervisor::{Post, ReaderCommand, Told, supervise_told};
use crate::recorder::Recorder;
use crate::screen::Screen;
use crate::settings::follow;
use crate::settings::{Configuration, Settings, Source};
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Governor;
use crate::spaces::http::{self, Http};
use crate::spaces::session::Session;
use crate::spaces::witness::Witness;
use crate::telemetry::{DeskFacts, Plan};
use crate::visit::Visits;
use crate::{charge, fleet, link, location, out_of_order, staff_desk, telemetry};
use tapdesk_core::reader::ReaderPlace;

pub use self::error::StartError;

pub use self::upkeep::{
    Claim, audit, claim, claimed, forget_sign_in, give_up, out_of_order, queue, reset, set_out_of_order,
};

/// Where the secrets of `settings` are kept.
pub fn key_store(settings: &Settings) -> Result<Arc<dyn KeyStore>, StartError> {
    Ok(keys::open(settings.secrets.store, &settings.data_dir)?)
}

/// The same; where there is none, one that says so at each use.
pub fn key_store_or_none(settings: &Settings) -> Arc<dyn KeyStore> {
    keys::open(settings.secrets.store, &settings.data_dir).unwrap_or_else(|error| Arc::new(Unusable(error)))
}

/// How long after it was taken over a configuration that turns out not to work is given up for the one before. Later
/// taps may have been made for it.
pub const FALL_BACK_WITHIN: Duration = Duration::from_mins(2);

/// Whether this device holds a sign-in, good or not.
pub async fn is_signed_in(settings: &Settings, keys: Arc<dyn KeyStore>) -> Result<bool, StartError> {
    match TokenStore::new(keys, &device(settings)?).load().await {
        Ok(tokens) => Ok(tokens.is_some()),
        Err(KeyStoreError::Damaged) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Whether no kiosk ever ran with this data folder: no journal is in it, and no file of secrets.
pub fn is_fresh(settings: &Settings) -> bool {
    let names = journal::FILES.into_iter().chain(keys::FILES);
    names.into_iter().all(|name| !settings.data_dir.join(name).exists())
}

/// The service behind `settings`, with this device's sign-in.
pub fn spaces(settings: &Settings, keys: Arc<dyn KeyStore>) -> Result<Spaces, StartError> {
    connect(settings, device(settings)?, keys)
}

/// The service behind `settings`, with the sign-in that `keys` hold for this device.
pub fn connect(settings: &Settings, device: DeviceId, keys: Arc<dyn KeyStore>) -> Result<Spaces, StartError> {
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

/// A desk that is ready to run.
pub struct Desk<S> {
    controller: Controller<S>,
    spaces: Arc<Spaces>,
    directory: Arc<Directory>,
    presence: Option<Arc<Presence>>,
    /// Whether people look at the screen.
    seen: bool,
    readers: Vec<(ReaderCommand, Post)>,
    settings: Settings,
    /// Where the configuration is read again from, and what was read last.
    followed: Option<(Source, Configuration)>,
}

/// How a desk came to its end.
#[derive(Debug)]
pub enum Ended {
    /// It was told to stop.
    Stopped,
    /// Its files have another configuration now; whoever ran it opens a desk with that one.
    Reconfigure(Box<Configuration>),
}

impl<S: Screen> Desk<S> {
    /// Opens the journal and the key store; nothing is sent yet.
    pub async fn open(
        settings: Settings,
        keys: Arc<dyn KeyStore>,
        reader: ReaderCommand,
        screen: S,
    ) -> Result<Self, StartError> {
        match Self::open_rooms(settings.clone(), keys, reader, screen).await {
            Ok(desk) => fleet::opened(settings).await.map(|()| desk),
            Err(error) => Err(fleet::failed(settings, error).await),
        }
    }

    async fn open_rooms(
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
            recorder: Recorder::new(),
        };
        let controller = Controller::new(settings.policy(), rooms, screen);
        let locks = reader_locks(&settings.data_dir);
        let posts = settings.readers().zip(0..).map(|(settings, place)| {
            let wanted = settings.direction.wanted();
            let post = Post { reader: ReaderPlace(place), wanted, format: settings.format };
            (reader.at(settings, &locks), post)
        });
        let readers = posts.collect();
        Ok(Self { controller, spaces, directory, presence, seen, readers, settings, followed: None })
    }

    /// The same desk, which takes over what changes in the files of `source`; `configuration` is what it was opened with.
    #[must_use]
    pub fn following(self, source: Source, configuration: Configuration) -> Self {
        Self { followed: Some((source, configuration)), ..self }
    }

    /// The same desk, which records here; its own recorder is dropped.
    #[must_use]
    pub fn recording(mut self, recorder: Arc<Recorder>) -> Self {
        self.controller.rooms.recorder = recorder;
        self
    }

    /// What records what happens here.
    pub fn recorder(&self) -> Arc<Recorder> {
        Arc::clone(&self.controller.rooms.recorder)
    }

    /// What the staff desk shares with this one while it runs; `program` is the program's version. The journal is among it:
    /// no other desk can be opened before all of these rooms, and every staff desk in them, are gone.
    pub fn staff_rooms(&self, program: &str) -> staff_desk::Rooms {
        let items = self.followed.as_ref().map(|(_, configuration)| configuration.listing());
        staff_desk::Rooms {
            spaces: Arc::clone(&self.spaces),
            directory: Arc::clone(&self.directory),
            journal: self.controller.rooms.journal.clone(),
            handle: self.handle(),
            settings: self.settings.clone(),
            time_zone: None,
            recorder: self.recorder(),
            configuration: items.unwrap_or_default(),
            program: program.to_owned(),
            ends_kiosk: false,
        }
    }

    /// A way to ask the running desk something.
    pub fn handle(&self) -> Handle {
        self.controller.handle()
    }

    /// Runs reader, directory and loop until told to stop, or until another configuration is to be taken over: when this
    /// answers, the journal is closed, and the next desk can be opened.
    pub async fn run(self) -> Result<Ended, StartError> {
        let Self { controller, spaces, directory, presence, seen, readers, settings, followed } = self;
        let (handle, recorder) = (controller.handle(), Arc::clone(&controller.rooms.recorder));
        let events = handle.events();
        tell_others(&settings, &spaces, &recorder, followed.as_ref());
        // They end with this future, whatever becomes of it.
        let mut tasks = JoinSet::new();
        tasks.spawn({
            let (spaces, events) = (Arc::clone(&spaces), events.clone());
            async move { directory.keep_up_to_date(&spaces, events).await }
        });
        for (command, post) in readers {
            let recorder = Arc::clone(&recorder);
            let tell = move |told| match told {
                Told::Read { entry, age } => recorder.read(entry, age),
                Told::Restarts => recorder.reader_restarted(post.reader),
            };
            tasks.spawn(supervise_told(command, post, events.clone(), tell));
        }
        tasks.spawn(link::watch_reach(Arc::clone(&spaces), events));
        let (from_afar, told_from_afar) = watch::channel(None);
        tasks.spawn(out_of_order::follow(settings.data_dir.clone(), told_from_afar, handle.clone()));
        tasks.spawn(link::tell_of_the_end(Arc::clone(&spaces), handle.clone()));
        if let Some((source, running)) = followed {
            let rooms = fleet::Rooms {
                source: source.clone(),
                running: running.clone(),
                spaces: Arc::clone(&spaces),
                recorder: Arc::clone(&recorder),
                out_of_order: from_afar,
            };
            tasks.spawn(fleet::follow(rooms));
            tasks.spawn(follow::follow(source, running, handle.clone()));
        }
        if let Some(presence) = presence {
            tasks.spawn(presence.follow(Arc::clone(&spaces), handle.clone()));
        }
        if seen && settings.kiosk.allowance {
            tasks.spawn(charge::follow(Arc::clone(&spaces), handle.clone()));
        }
        tasks.spawn(location::follow(spaces, settings.clone(), handle.clone()));
        let result = tokio::select! {
            result = controller.run() => result,
            () = fail_with(&mut tasks, &handle) => unreachable!("it waits for ever"),
        };
        // An aborted task has dropped what it held, the reader process with it.
        tasks.shutdown().await;
        // Another desk goes on telling.
        if matches!(result, Ok(Ended::Stopped)) {
            telemetry::end(&recorder).await;
        }
        match result {
            Err(error) => Err(fleet::failed(settings, error).await),
            ended => ended,
        }
    }
}

/// Lets the operator's systems know of this desk, as far as these settings want it.
fn tell_others(
    settings: &Settings,
    spaces: &Arc<Spaces>,
    recorder: &Arc<Recorder>,
    followed: Option<&(Source, Configuration)>,
) {
    spaces.http().witnessed_by(Arc::clone(recorder) as Arc<dyn Witness>);
    let configuration = followed.map(|(_, running)| (running.version, running.fingerprint.clone()));
    // It was read when the desk was opened.
    let device = device(settings).map(|device| device.as_str().to_owned()).unwrap_or_default();
    telemetry::begin(recorder, Plan::of(settings, device), DeskFacts { spaces: Arc::downgrade(spaces), configuration });
}

/// Lets the desk end where one of these tasks panics: without a reader, or without what it is told, it would only look alive.
async fn fail_with(tasks: &mut JoinSet<()>, handle: &Handle) {
    while let Some(ended) = tasks.join_next().await {
        if ended.is_err() {
            handle.fail(StartError::Failed);
        }
    }
    std::future::pending::<()>().await;
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

/// Where reader locks are kept: one place for all kiosks of this machine's user, whatever their data folder.
pub fn reader_locks(data_dir: &Path) -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map_or_else(|| data_dir.to_path_buf(), |folder| PathBuf::from(folder).join("tapdesk"))
}

#[cfg(test)]
mod tests;
