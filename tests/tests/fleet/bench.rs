//! An operator's things, and a kiosk that follows its fleet: one desk after the other, as the program does.

use std::sync::Arc;
use std::time::Duration;

use tapdesk_core::effect::{LinkState, Notice, ReaderState, Stage};
use tapdesk_engine::controller::Handle;
use tapdesk_engine::fleet::{FleetState, Newest};
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::recorder::{Current, Recorder};
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service::{self, Desk, Ended, StartError};
use tapdesk_engine::settings::{Settings, Source};
use tapdesk_tests::fleet::{Signer, WebServer};
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::{OPEN_BUDGET, Station, program};
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::seed;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::key_store::Memory;

pub(crate) const ANAS_TILE: &str = "04A1B2C3D4E5F6";
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);
/// Seconds between two looks: shorter than an operator may set.
const OFTEN: u64 = 1;

/// What a kiosk shows and runs with.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) stage: watch::Sender<Stage>,
    pub(crate) verdict: watch::Sender<Option<&'static str>>,
    /// The running desk, how many there were, and what it runs with.
    pub(crate) desk: watch::Sender<Option<(Handle, usize, Settings)>>,
}

impl Screen for Seen {
    fn notice(&mut self, notice: &Notice) {
        if let Notice::Verdict(shown) = notice {
            self.verdict.send_replace(Some(shown.verdict.kind()));
        }
    }

    fn stage(&mut self, stage: &Stage) {
        self.stage.send_replace(stage.clone());
    }

    fn location(&mut self, _location: &Location) {}
}

/// An operator's things, and a place for a kiosk.
pub(crate) struct Bench {
    pub(crate) station: Station,
    pub(crate) signer: Signer,
    pub(crate) web: WebServer,
    pub(crate) source: Source,
    keys: Arc<dyn KeyStore>,
}

impl Bench {
    /// A kiosk whose managed file tells it the web server and the key.
    pub(crate) async fn new() -> Self {
        let (signer, web) = (Signer::new().unwrap(), WebServer::start().await.unwrap());
        let fleet = format!(
            "[tap]\nrepeat_window_s = 1\n[fleet]\nurl = {:?}\npublic_key = {:?}\n",
            web.url(),
            signer.public_key().unwrap()
        );
        let station = Station::start(&fleet).await.unwrap();
        station.configure_spaces(OPEN_BUDGET).unwrap();
        let users = station.folder().join("users.toml");
        std::fs::write(&users, "").unwrap();
        let source = Source { file: Some(users), managed: Some(station.configuration()) };
        let keys = Arc::<Memory>::default() as Arc<dyn KeyStore>;
        let spaces = service::spaces(&source.read().unwrap().settings, Arc::clone(&keys)).unwrap();
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
        Self { station, signer, web, source, keys }
    }

    /// Publishes a file as an operator does.
    pub(crate) fn publish(&self, text: &str) {
        self.web.publish(text, Some(&self.signer.sign(text).unwrap()));
    }

    pub(crate) fn kept(&self) -> std::path::PathBuf {
        self.station.data_dir().join("fleet").join("state.json")
    }

    /// The program without a window, with this place's configuration as the managed one.
    pub(crate) fn headless(&self) -> Headless {
        let mut command = std::process::Command::new(program().unwrap());
        command.arg("--config").arg(self.station.folder().join("users.toml")).arg("headless");
        command.env("TAPDESK_MANAGED_CONFIG", self.station.configuration()).env_remove("CREDENTIALS_DIRECTORY");
        Headless::spawn(command).unwrap()
    }

    pub(crate) fn run(&self) -> Kiosk {
        let arguments = vec!["--config".into(), self.station.configuration().into(), "reader".into()];
        let reader = ReaderCommand { program: program().unwrap(), arguments };
        let seen = Seen {
            stage: watch::Sender::new(Stage::Idle),
            verdict: watch::Sender::new(None),
            desk: watch::Sender::new(None),
        };
        let recorder = Recorder::new();
        let desks = desks(self.source.clone(), Arc::clone(&self.keys), reader, seen.clone(), Arc::clone(&recorder));
        Kiosk { seen, recorder, ended: tokio::spawn(desks) }
    }
}

/// One desk after the other, as the program does.
async fn desks(
    source: Source,
    keys: Arc<dyn KeyStore>,
    reader: ReaderCommand,
    seen: Seen,
    recorder: Arc<Recorder>,
) -> Result<(), StartError> {
    let mut configuration = source.read().unwrap();
    for count in 1.. {
        configuration.settings.fleet.poll_every_s = OFTEN;
        let settings = configuration.settings.clone();
        let desk = Desk::open(settings.clone(), Arc::clone(&keys), reader.clone(), seen.clone()).await?;
        let desk = desk.recording(Arc::clone(&recorder)).following(source.clone(), configuration);
        seen.desk.send_replace(Some((desk.handle(), count, settings)));
        match desk.run().await? {
            Ended::Stopped => break,
            Ended::Reconfigure(new) => configuration = *new,
        }
    }
    Ok(())
}

/// A kiosk that runs.
pub(crate) struct Kiosk {
    pub(crate) seen: Seen,
    pub(crate) recorder: Arc<Recorder>,
    ended: JoinHandle<Result<(), StartError>>,
}

impl Kiosk {
    /// Waits until this holds of the kiosk.
    pub(crate) async fn until(&self, deadline: Duration, what: &str, holds: impl Fn(&Current) -> bool) -> Current {
        let mut changes = self.recorder.changes();
        let found = tokio::time::timeout(deadline, changes.wait_for(|_| holds(&self.recorder.current()))).await;
        let current = self.recorder.current();
        assert!(matches!(found, Ok(Ok(_))), "not in time: {what}: {:?}", current.fleet);
        current
    }

    pub(crate) async fn fleet(&self, what: &str, holds: impl Fn(&FleetState) -> bool) -> FleetState {
        let holds = |current: &Current| current.fleet.as_ref().is_some_and(&holds);
        self.until(DEADLINE, what, holds).await.fleet.unwrap()
    }

    pub(crate) async fn in_force(&self, version: u64) {
        self.fleet(&format!("{version} in force"), |fleet| fleet.version == Some(version)).await;
    }

    /// Waits until it says that what is published is not taken, in these words.
    pub(crate) async fn refuses(&self, words: &str) -> FleetState {
        let is_said = |why: &str| why.contains(words);
        self.fleet(words, |fleet| match &fleet.newest {
            Newest::NotTaken(why) | Newest::NotReached(why) => is_said(why),
            _ => false,
        })
        .await
    }

    /// Waits until a desk runs whose settings are so; how many desks there were.
    pub(crate) async fn runs(&self, what: &str, holds: impl Fn(&Settings) -> bool) -> usize {
        let mut desks = self.seen.desk.subscribe();
        let found = desks.wait_for(|desk| desk.as_ref().is_some_and(|(_, _, settings)| holds(settings)));
        let found = tokio::time::timeout(DEADLINE, found).await.unwrap_or_else(|_| panic!("not in time: {what}"));
        found.unwrap().as_ref().unwrap().1
    }

    pub(crate) async fn shows(&self, expected: &Stage) {
        let mut stages = self.seen.stage.subscribe();
        let found = tokio::time::timeout(DEADLINE, stages.wait_for(|stage| stage == expected)).await;
        assert!(matches!(found, Ok(Ok(_))), "{:?} instead of {expected:?}", self.seen.stage.borrow());
    }

    pub(crate) fn desks(&self) -> usize {
        self.seen.desk.borrow().as_ref().map_or(0, |(_, count, _)| *count)
    }

    /// It works: a member's tap is answered.
    pub(crate) async fn takes_a_tap(&self, bench: &Bench) {
        let works = |current: &Current| {
            matches!(current.reader, ReaderState::Up { .. }) && matches!(current.link, LinkState::Online)
        };
        self.until(DEADLINE, "reader and connection", works).await;
        self.seen.verdict.send_replace(None);
        let mut verdicts = self.seen.verdict.subscribe();
        let ana = bench.station.reader.present(Tile::parse(ANAS_TILE).unwrap()).unwrap();
        let told = tokio::time::timeout(DEADLINE, verdicts.wait_for(Option::is_some)).await.unwrap().unwrap().unwrap();
        assert!(["checked_in", "checked_out"].contains(&told), "{told}");
        bench.station.reader.remove_presence(ana);
    }

    pub(crate) async fn stop(self) {
        let handle = self.seen.desk.borrow().as_ref().map(|(handle, _, _)| handle.clone()).unwrap();
        handle.stop();
        tokio::time::timeout(DEADLINE, self.ended).await.unwrap().unwrap().unwrap();
    }
}
