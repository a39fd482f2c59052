//! Follows the fleet's file while a desk runs: fetches it, accepts it, puts it in force when it is this kiosk's turn, and
//! puts back the one before where the kiosk does not work with it.
//!
//! What is in force is taken over by whoever follows the configuration (`settings::follow`), like any other change.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Local, Utc};
use tapdesk_core::effect::{LinkState, ReaderState};
use tokio::sync::watch;
use tokio::time::Instant;
use url::Url;

use super::fetch::{Client, Tags};
use super::file::{Clock, File, Moment};
use super::poll::{self, Found, NotFound};
use super::state::{Signed, State};
use super::store::Store;
use super::trial::{Judgement, MAY_BE_AWAY, Trial, Watch, Works};
use super::{FleetState, Newest};
use crate::device::DeviceId;
use crate::recorder::Recorder;
use crate::settings::{BadConfiguration, Configuration, Source};
use crate::spaces::desk::Spaces;

/// Between two looks at a trial.
const LOOK_AT_TRIAL: Duration = Duration::from_secs(1);
/// Between two looks whether the time of a file has come.
const LOOK_AT_TIME: Duration = Duration::from_secs(10);

/// What a follower needs of the running desk.
pub(crate) struct Rooms {
    pub(crate) source: Source,
    /// What the desk runs with.
    pub(crate) running: Configuration,
    pub(crate) spaces: Arc<Spaces>,
    pub(crate) recorder: Arc<Recorder>,
    /// Is told what is said while the file puts the kiosk out of order.
    pub(crate) out_of_order: watch::Sender<Option<String>>,
}

/// Follows the file while the desk runs; at once at its end where none is followed.
pub(crate) async fn follow(rooms: Rooms) {
    let recorder = Arc::clone(&rooms.recorder);
    match Follower::of(rooms) {
        Some(follower) => follower.follow().await,
        None => recorder.fleet(None),
    }
}

/// What follows the file of one desk.
struct Follower {
    rooms: Rooms,
    client: Client,
    url: Url,
    every: Duration,
    device: String,
    store: Store,
    state: State,
    /// What is in force, read.
    in_force: Option<File>,
    /// Since when the desk is open.
    opened: Instant,
    watch: Watch,
    /// What came of the last look at what is published, where nothing was accepted.
    looked: Option<Newest>,
    /// When that was.
    polled: Option<DateTime<Utc>>,
    /// What was said of the newest file.
    said: Newest,
}

impl Follower {
    /// None where no fleet is followed, or nothing can be fetched.
    fn of(rooms: Rooms) -> Option<Self> {
        let settings = &rooms.running.settings;
        let store = Store::of(&settings.fleet, &settings.data_dir)?;
        let (url, every) = (settings.fleet.url.clone()?, Duration::from_secs(settings.fleet.poll_every_s));
        let device = DeviceId::of(&settings.data_dir).ok()?.as_str().to_owned();
        let client = Client::new().inspect_err(|why| tracing::error!(why, "fleet: nothing can be fetched")).ok()?;
        Some(Self {
            rooms,
            client,
            url,
            every,
            device,
            store,
            state: State::default(),
            in_force: None,
            opened: Instant::now(),
            watch: Watch::default(),
            looked: None,
            polled: None,
            said: Newest::Used,
        })
    }

    /// Follows it until the desk ends.
    async fn follow(mut self) {
        self.load().await;
        let (mut next_poll, mut failures) = (Instant::now(), 0_u32);
        loop {
            if Instant::now() >= next_poll {
                failures = if self.poll().await { 0 } else { failures.saturating_add(1) };
                let by = f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX);
                next_poll = Instant::now() + poll::pause(self.every, failures, by);
            }
            self.look_at_trial().await;
            let newest = self.consider().await;
            let look = match (&self.state.trial, &newest) {
                (Some(_), _) => LOOK_AT_TRIAL,
                (None, Newest::Waits(_)) => LOOK_AT_TIME,
                (None, _) => self.every,
            };
            self.tell(newest);
            tokio::time::sleep_until(next_poll.min(Instant::now() + look)).await;
        }
    }

    /// What an earlier desk left. A file that is not what was signed is forgotten, and fetched again.
    async fn load(&mut self) {
        let store = self.store.clone();
        self.state = blocking(move || store.read()).await.unwrap_or_else(|error| {
            tracing::error!(%error, path = %self.store.path().display(), "fleet: what was kept cannot be read; it is fetched again");
            State::default()
        });
        for kept in [&mut self.state.newest, &mut self.state.in_force, &mut self.state.before] {
            if let Some(Err(why)) = kept.as_ref().map(|signed| self.store.open(signed)) {
                tracing::error!(path = %self.store.path().display(), "fleet: the kept file {why}; it is left out and fetched again");
                (*kept, self.state.tags) = (None, Tags::default());
            }
        }
        self.read_in_force();
        // The desk before may have looked.
        self.polled = self.rooms.recorder.current().fleet.and_then(|fleet| fleet.polled);
    }

    fn version(&self) -> Option<u64> {
        self.in_force.as_ref().map(|file| file.version)
    }

    fn read_in_force(&mut self) {
        self.in_force = self.state.in_force.as_ref().and_then(|signed| self.store.open(signed).ok());
        let note = self.in_force.as_ref().and_then(|file| file.command.out_of_order.clone());
        self.rooms.out_of_order.send_if_modified(|told| {
            let changed = *told != note;
            *told = note;
            changed
        });
    }

    /// Looks at what is published; whether the server could be reached.
    async fn poll(&mut self) -> bool {
        let known = if self.state.newest.is_some() { self.state.tags.clone() } else { Tags::default() };
        let found = match poll::look(&self.client, &self.url, &known).await {
            Ok(Found::Unchanged) => Ok(()),
            Ok(Found::Another(signed, tags)) => self.accept(signed, tags).await,
            Err(NotFound::NoUse(why)) => Err(why),
            Err(NotFound::NotReached(why)) => {
                self.looked = Some(Newest::NotReached(why));
                return false;
            }
        };
        self.looked = found.err().map(|why| Newest::NotTaken(format!("the published file {why}")));
        self.polled = Some(Utc::now());
        true
    }

    async fn accept(&mut self, signed: Signed, tags: Tags) -> Result<(), String> {
        let file = self.store.open(&signed)?;
        let before = self.state.clone();
        if self.state.accept(signed, &file, tags)? {
            tracing::info!(version = file.version, "fleet: a file was accepted");
        }
        if self.state != before {
            self.keep().await;
        }
        Ok(())
    }

    /// Whether what is in force works; what does not is put back.
    async fn look_at_trial(&mut self) {
        let Some(trial) = &self.state.trial else { return };
        let judgement = if self.rooms.running.fleet_version() == Some(trial.version) {
            self.watch.look(trial, works(&self.rooms.recorder), self.opened.elapsed())
        } else if let Some(why) = self.rooms.running.kept_since() {
            Judgement::Failed(why.to_owned())
        } else if self.read().await.is_ok_and(|now| now.does_the_same_as(&self.rooms.running)) {
            // Another layer changed meanwhile: there is nothing to take over.
            Judgement::Passed
        } else {
            Judgement::GoesOn
        };
        match judgement {
            Judgement::GoesOn => return,
            Judgement::Passed => {
                tracing::info!(version = self.version(), "fleet: it works");
                self.state.pass();
            }
            Judgement::Failed(why) => {
                let version = self.state.roll_back(&why, Utc::now());
                tracing::error!(version, why, "fleet: rolled back");
            }
        }
        self.keep().await;
        self.read_in_force();
    }

    /// Puts the newest file in force where it is its time; how it stands with it.
    async fn consider(&mut self) -> Newest {
        if let Some(trial) = &self.state.trial {
            return Newest::Waits(format!("version {} is on trial", trial.version));
        }
        let Some(Ok(file)) = self.state.newest.as_ref().map(|signed| self.store.open(signed)) else {
            return Newest::Used;
        };
        let version = file.version;
        if let Some(bad) = self.state.bad(version) {
            return Newest::RolledBack(format!("version {version} did not work here: {}", bad.why));
        }
        if self.state.newest == self.state.in_force {
            return Newest::Used;
        }
        if let Err(waits) = file.applies(&self.device, self.moment()) {
            return Newest::Waits(format!("version {version} {waits}"));
        }
        match self.put_in_force(&file).await {
            Ok(Ok(())) => Newest::Used,
            Ok(Err(waits)) => Newest::Waits(format!("version {version} waits until {waits}")),
            Err(error) => {
                // One sentence for the log and the health page.
                let why = error.to_string().replace('\n', "; ");
                Newest::NotTaken(format!("version {version} does not fit this kiosk: {why}"))
            }
        }
    }

    /// Puts it in force; else what it has to wait for.
    async fn put_in_force(&mut self, file: &File) -> Result<Result<(), &'static str>, BadConfiguration> {
        let running = &self.rooms.running;
        let busy = Err("the configuration before it is taken over");
        if !self.read().await.is_ok_and(|now| now.does_the_same_as(running)) {
            return Ok(busy);
        }
        let (source, version) = (self.rooms.source.clone(), file.version);
        let text = self.state.newest.as_ref().map(|signed| signed.text.clone()).unwrap_or_default();
        let would_be = blocking(move || Ok(source.with_fleet_file(version, text))).await;
        let Ok(would_be) = would_be else { return Ok(busy) };
        let changes = !would_be?.does_the_same_as(running);
        let worked = works(&self.rooms.recorder);
        // What came up too late to be seen would not be missed in the trial.
        if changes && !(worked.reader && worked.link) && self.opened.elapsed() < MAY_BE_AWAY {
            return Ok(Err("reader and connection had their time to come up"));
        }
        self.state.put_in_force(changes.then_some(Trial {
            version,
            reader_worked: worked.reader,
            link_worked: worked.link,
            starts: 0,
        }));
        self.keep().await;
        self.read_in_force();
        tracing::info!(version, changes, "fleet: a file is in force");
        Ok(Ok(()))
    }

    /// Says it once.
    fn tell(&mut self, newest: Newest) {
        let newest = match (newest, &self.looked) {
            // What is published now comes before what was accepted before it.
            (_, Some(looked @ Newest::NotTaken(_))) | (Newest::Used, Some(looked)) => looked.clone(),
            (newest, _) => newest,
        };
        let version = self.version();
        if newest != self.said {
            match &newest {
                Newest::Used => tracing::info!(version, "fleet: the newest file is in force"),
                Newest::Waits(why) => tracing::info!(why, running = version, "fleet: not yet"),
                // Said where it was put back.
                Newest::RolledBack(_) => {}
                Newest::NotTaken(why) | Newest::NotReached(why) => {
                    tracing::error!(why, running = version, "fleet: not taken, the kiosk goes on with what it has");
                }
            }
            self.said = newest.clone();
        }
        self.rooms.recorder.fleet(Some(FleetState { version, newest, polled: self.polled }));
    }

    fn moment(&self) -> Moment {
        let clock = match self.rooms.spaces.http().clock_agrees() {
            Some(true) => Clock::Agrees,
            Some(false) => Clock::Differs,
            None => Clock::Unknown,
        };
        Moment { utc: Utc::now(), local: Local::now().time(), clock }
    }

    /// The configuration as its layers are now.
    async fn read(&self) -> io::Result<Configuration> {
        let source = self.rooms.source.clone();
        blocking(move || source.read().map_err(io::Error::other)).await
    }

    async fn keep(&self) {
        let (store, state) = (self.store.clone(), self.state.clone());
        // It ends early only with the program.
        drop(tokio::task::spawn_blocking(move || store.keep_or_say(&state)).await);
    }
}

fn works(recorder: &Recorder) -> Works {
    let current = recorder.current();
    Works { reader: matches!(current.reader, ReaderState::Up { .. }), link: matches!(current.link, LinkState::Online) }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
