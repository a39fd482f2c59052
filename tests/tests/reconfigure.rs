//! A running kiosk takes over what changes in its files, and nobody at the kiosk notices: the engine's real loop against
//! the simulators, in this process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/key_store.rs"]
mod key_store;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tapdesk_core::effect::{LinkState, Notice, Stage};
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::verdict::Shown;
use tapdesk_engine::controller::Handle;
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::screen::{ConfigurationState, Location, News, Screen};
use tapdesk_engine::service::{self, Desk, Ended, StartError};
use tapdesk_engine::settings::edit::{self, Change};
use tapdesk_engine::settings::{Configuration, Source};
use tapdesk_tests::kiosk::station::{OPEN_BUDGET, Station, program};
use tapdesk_tests::pn532::{Presence, Tile};
use tapdesk_tests::spaces::{Fault, FaultKind, State, seed};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use self::key_store::Memory;

const ANA: CoworkerId = CoworkerId(1001);
const ANAS_TILE: &str = "04A1B2C3D4E5F6";
const CHECKINS: &str = "/api/spaces/checkins";
const DEADLINE: Duration = Duration::from_secs(30);

/// What happened at a kiosk, in its order.
#[derive(Debug)]
enum Told {
    /// A desk was opened.
    Started(Handle, Box<Configuration>),
    Notice(Notice),
    Stage(Stage),
    Configuration(ConfigurationState),
}

#[derive(Clone)]
struct Recording(UnboundedSender<Told>);

impl Screen for Recording {
    fn notice(&mut self, notice: &Notice) {
        drop(self.0.send(Told::Notice(notice.clone())));
    }

    fn stage(&mut self, stage: &Stage) {
        drop(self.0.send(Told::Stage(stage.clone())));
    }

    fn location(&mut self, _location: &Location) {}

    fn news(&mut self, news: &News) {
        if let News::Configuration(state) = news {
            drop(self.0.send(Told::Configuration(state.clone())));
        }
    }
}

/// A kiosk that runs, one desk after the other, as the program does.
struct Kiosk {
    station: Station,
    source: Source,
    told: UnboundedReceiver<Told>,
    handle: Handle,
    /// How many desks were opened.
    desks: usize,
    ended: JoinHandle<Result<(), StartError>>,
}

impl Kiosk {
    /// With a reader, or without.
    async fn start(managed: &Path, has_reader: bool) -> Self {
        let station = Station::start("[tap]\nrepeat_window_s = 1\n[offline]\naccept = \"all\"").await.unwrap();
        station.configure_spaces(OPEN_BUDGET).unwrap();
        let source = Source { file: Some(station.configuration()), managed: Some(managed.to_path_buf()) };
        let reader = if has_reader {
            let arguments = vec!["--config".into(), station.configuration().into(), "reader".into()];
            ReaderCommand { program: program().unwrap(), arguments }
        } else {
            ReaderCommand { program: "true".into(), arguments: Vec::new() }
        };
        let keys = Arc::<Memory>::default() as Arc<dyn KeyStore>;
        let settings = source.read().unwrap().settings;
        let spaces = service::spaces(&settings, Arc::clone(&keys)).unwrap();
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
        let (sender, mut told) = unbounded_channel();
        let ended = tokio::spawn(run(source.clone(), keys, reader, Recording(sender)));
        let first = tokio::time::timeout(DEADLINE, told.recv()).await.unwrap().expect("a desk");
        let Told::Started(handle, _) = first else { panic!("{first:?}") };
        Self { station, source, told, handle, desks: 1, ended }
    }

    fn state(&self) -> State {
        self.station.spaces.state()
    }

    async fn wait_for<T>(&mut self, mut wanted: impl FnMut(&Told) -> Option<T>) -> T {
        let found = async {
            loop {
                let told = self.told.recv().await.expect("a running kiosk");
                if let Told::Started(handle, _) = &told {
                    self.handle = handle.clone();
                    self.desks += 1;
                }
                if let Some(found) = wanted(&told) {
                    return found;
                }
            }
        };
        tokio::time::timeout(DEADLINE, found).await.expect("told in time")
    }

    /// Waits until another configuration is taken over.
    async fn reconfigured(&mut self) -> Box<Configuration> {
        self.wait_for(|told| if let Told::Started(_, new) = told { Some(new.clone()) } else { None }).await
    }

    async fn configuration(&mut self) -> ConfigurationState {
        self.wait_for(|told| if let Told::Configuration(state) = told { Some(state.clone()) } else { None }).await
    }

    async fn not_taken(&mut self) -> (String, Option<u64>) {
        self.wait_for(|told| match told {
            Told::Configuration(ConfigurationState::NotTaken { why, version }) => Some((why.clone(), *version)),
            _ => None,
        })
        .await
    }

    async fn current(&mut self) -> Option<u64> {
        self.wait_for(|told| match told {
            Told::Configuration(ConfigurationState::Current { version, .. }) => Some(*version),
            _ => None,
        })
        .await
    }

    async fn verdict(&mut self) -> Shown {
        self.wait_for(|told| match told {
            Told::Notice(Notice::Verdict(shown)) => Some(shown.clone()),
            _ => None,
        })
        .await
    }

    async fn online(&mut self) {
        self.wait_for(|told| matches!(told, Told::Notice(Notice::Link(LinkState::Online))).then_some(())).await;
    }

    fn present(&self) -> Presence {
        self.station.reader.present(Tile::parse(ANAS_TILE).unwrap()).unwrap()
    }

    fn change(&self, change: Change) {
        edit::write(&self.station.configuration(), &[change], &self.source).unwrap();
    }

    async fn stop(self) {
        self.handle.stop();
        tokio::time::timeout(DEADLINE, self.ended).await.unwrap().unwrap().unwrap();
    }
}

async fn run(
    source: Source,
    keys: Arc<dyn KeyStore>,
    reader: ReaderCommand,
    screen: Recording,
) -> Result<(), StartError> {
    let mut configuration = source.read().unwrap();
    loop {
        let settings = configuration.settings.clone();
        let desk = Desk::open(settings, Arc::clone(&keys), reader.clone(), screen.clone()).await?;
        drop(screen.0.send(Told::Started(desk.handle(), Box::new(configuration.clone()))));
        match desk.following(source.clone(), configuration).run().await? {
            Ended::Stopped => return Ok(()),
            Ended::Reconfigure(new) => configuration = *new,
        }
    }
}

/// Ana's check-ins, and how often one was sent.
fn visits(state: &State) -> (usize, usize) {
    let requests = state.requests();
    let sent = requests.iter().filter(|request| request.method == "POST" && request.path == CHECKINS);
    (state.checkins(ANA.0).len(), sent.count())
}

/// A folder for a managed file that is not there yet.
fn nothing_managed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let managed = folder.path().join("tapdesk.toml");
    (folder, managed)
}

#[tokio::test]
async fn a_changed_managed_file_is_taken_over_and_a_bad_one_is_said_and_changes_nothing() {
    let (_folder, managed) = nothing_managed();
    let mut kiosk = Kiosk::start(&managed, true).await;
    assert_eq!(kiosk.current().await, None);
    std::fs::write(&managed, "version = 7\n[kiosk]\nvolume = 5\n").unwrap();
    let new = kiosk.reconfigured().await;
    assert_eq!((new.version, new.settings.kiosk.volume), (Some(7), 5));
    let fingerprint = new.fingerprint;
    assert_eq!(kiosk.configuration().await, ConfigurationState::Current { version: Some(7), fingerprint });

    std::fs::write(&managed, "version = 8\n[kiosk]\nvolume = 500\n").unwrap();
    let (why, version) = kiosk.not_taken().await;
    assert!(why.contains(&managed.display().to_string()) && why.contains("`kiosk.volume`"), "{why}");
    assert_eq!(version, Some(7));
    let elsewhere = kiosk.station.folder().join("elsewhere");
    std::fs::write(&managed, "version = 7\n[kiosk]\nvolume = 5\n").unwrap();
    assert_eq!(kiosk.current().await, Some(7));
    kiosk.change(Change::set("data_dir", elsewhere.to_str().unwrap()));
    let (why, version) = kiosk.not_taken().await;
    assert!(why.contains("`data_dir`") && why.contains("restart"), "{why}");
    assert_eq!(version, Some(7));
    kiosk.present();
    assert_eq!(kiosk.verdict().await.verdict.kind(), "checked_in");
    assert_eq!(kiosk.desks, 2, "the desk of the good one goes on");
    assert!(!elsewhere.exists());
    kiosk.stop().await;
}

/// Guard: `Reload::moment` waits for `Desk::is_quiet`, and for writes on their way.
#[tokio::test]
async fn a_tap_in_progress_is_not_cut_off() {
    let (_folder, managed) = nothing_managed();
    let mut kiosk = Kiosk::start(&managed, true).await;
    // Nobody comes here: it tells when the change is old news.
    let mut idle = Kiosk::start(&managed, false).await;
    kiosk.online().await;
    let state = kiosk.state();
    let held = state.inject(Fault::new(FaultKind::Hold { commit_first: false }).on("POST", CHECKINS));
    let ana = kiosk.present();
    assert!(state.wait_until(DEADLINE, |state| state.is_under_way(CHECKINS)).await);
    std::fs::write(&managed, "[kiosk]\nvolume = 5\n").unwrap();
    idle.reconfigured().await;
    idle.stop().await;

    state.clear_faults(Some(held));
    state.release();
    kiosk
        .wait_for(|told| match told {
            Told::Started(..) => panic!("a new desk while a member waits"),
            Told::Notice(Notice::Verdict(shown)) => (shown.verdict.kind() == "checked_in").then_some(()),
            _ => None,
        })
        .await;
    assert_eq!(kiosk.desks, 1);
    kiosk.wait_for(|told| matches!(told, Told::Stage(Stage::Idle)).then_some(())).await;
    assert_eq!(kiosk.desks, 1, "the verdict stands as long as ever");
    kiosk.station.reader.remove_presence(ana);
    assert_eq!(kiosk.reconfigured().await.settings.kiosk.volume, 5);
    assert_eq!(visits(&state), (1, 1), "one visit, sent once");
    kiosk.stop().await;
}

#[tokio::test]
async fn taps_that_wait_survive_it_and_hold_up_a_move() {
    let (_folder, managed) = nothing_managed();
    let mut kiosk = Kiosk::start(&managed, true).await;
    kiosk.online().await;
    let state = kiosk.state();
    state.refuse_connections();
    let ana = kiosk.present();
    assert_eq!(kiosk.verdict().await.verdict.kind(), "saved");
    kiosk.station.reader.remove_presence(ana);

    kiosk.change(Change::set("spaces.business_id", 10));
    let (why, _) = kiosk.not_taken().await;
    assert!(why.contains("still wait to be recorded"), "{why}");
    kiosk.change(Change::set("spaces.business_id", 9));
    kiosk.current().await;
    assert_eq!(kiosk.desks, 1);

    std::fs::write(&managed, "[kiosk]\nvolume = 5\n").unwrap();
    assert_eq!(kiosk.reconfigured().await.settings.kiosk.volume, 5);
    state.bring_up();
    let recorded = kiosk.verdict().await;
    assert_eq!((recorded.verdict.kind(), recorded.revised), ("checked_in", true));
    assert_eq!(visits(&state), (1, 1), "one visit, sent once");
    kiosk.stop().await;
}
