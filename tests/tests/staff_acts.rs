//! What staff do at their desk: the engine's staff desk beside a running kiosk, against the simulated service over the
//! wire. Each act is checked in the service's own record.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/staff_desk.rs"]
mod beside;
#[path = "staff_acts/check_ins.rs"]
mod check_ins;
#[path = "staff_acts/corrections.rs"]
mod corrections;
#[path = "staff_acts/crashes.rs"]
mod crashes;
#[path = "support/key_store.rs"]
mod key_store;
#[path = "staff_acts/rights.rs"]
mod rights;
#[path = "staff_acts/taps.rs"]
mod taps;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tapdesk_core::effect::{Notice, Stage};
use tapdesk_core::entry::{Entry, EntryState};
use tapdesk_core::ids::EntryId;
use tapdesk_engine::controller::Handle;
use tapdesk_engine::directory::Directory;
use tapdesk_engine::journal::{Journal, JournalError};
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::pins::PinBook;
use tapdesk_engine::recorder::Recorder;
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service::{self, Ended, StartError};
use tapdesk_engine::settings::Settings;
use tapdesk_engine::spaces::desk::Spaces;
use tapdesk_engine::staff_desk::StaffDesk;
use tapdesk_engine::staff_desk::view::DeskProblem;
use tapdesk_engine::staff_desk::view::acts::{Act, AuditLine, AuditState, Done, Preparation};
use tapdesk_tests::kiosk::station::OPEN_BUDGET;
use tapdesk_tests::spaces::{Account, Entity, Member, Options, Simulator, State, seed};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use self::beside::{Shared, tap_for_staff, tile};
use self::key_store::Memory;

/// On a plan that needs a pass for each visit, with five of them.
const ANA: i64 = 1001;
/// On that plan, without a pass.
const LAYLA: i64 = 1005;
/// Without any tile.
const FREYA: i64 = 1020;
const HERE: i64 = seed::QUAY_HOUSE;
const NORAS_PIN: &str = "7305198246";
/// Nobody's.
const NEW_TILE: &str = "04FEB2C3D4E5F6";
const DEADLINE: Duration = Duration::from_secs(20);

struct Recording(UnboundedSender<Notice>);

impl Screen for Recording {
    fn notice(&mut self, notice: &Notice) {
        drop(self.0.send(notice.clone()));
    }

    fn stage(&mut self, _stage: &Stage) {}

    fn location(&mut self, _location: &Location) {}
}

/// A kiosk's place with its service, whether it runs or not.
struct Place {
    simulator: Simulator,
    settings: Settings,
    keys: Arc<Memory>,
    nora: i64,
    _folder: tempfile::TempDir,
}

/// A running kiosk with a staff desk beside it.
struct Bench {
    spaces: Arc<Spaces>,
    directory: Arc<Directory>,
    journal: Journal,
    handle: Handle,
    told: UnboundedReceiver<Notice>,
    running: JoinHandle<Result<Ended, StartError>>,
    passes: JoinHandle<()>,
    desk: Arc<StaffDesk>,
}

impl Place {
    async fn new() -> Self {
        let simulator = Simulator::start(Options::default()).await.unwrap();
        let state = simulator.state();
        state.change_switches(|switches| switches.source_writable = true);
        let nora = Member { access_pincode: Some(NORAS_PIN.to_owned()), ..Member::named("Nora Ødegård") };
        let nora = state.add_member(&nora.with_card("04D0D1D2D3D4D5"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tapdesk.toml");
        let (data, base) = (folder.path().join("data").display().to_string(), simulator.base_url());
        let settings = format!(
            "data_dir = {data:?}\n[spaces]\nbase_url = {base:?}\nbusiness_id = {HERE}\n{OPEN_BUDGET}\n\
             [reader]\nkind = \"libnfc\"\n[tap]\nrepeat_window_s = 1\n[pin]\naccept = \"pin\""
        );
        std::fs::write(&file, settings).unwrap();
        let settings = Settings::read(Some(&file)).unwrap();
        let keys = Arc::<Memory>::default();
        let spaces = service::spaces(&settings, Arc::clone(&keys) as Arc<dyn KeyStore>).unwrap();
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
        Self { simulator, settings, keys, nora, _folder: folder }
    }

    fn state(&self) -> State {
        self.simulator.state()
    }

    /// The same account without these roles from now on.
    fn lacking(&self, roles: &[&str]) {
        let account = Account::administrator(seed::USERNAME, seed::PASSWORD, "Kiosk");
        self.state().add_account(roles.iter().fold(account, |account, role| account.lacking(role)));
    }

    /// The journal, as soon as whoever had it before has let go of it.
    async fn journal(&self) -> Journal {
        let key = service::journal_key(&self.settings, self.keys.as_ref()).unwrap();
        let open = async {
            loop {
                match Journal::open(&self.settings.data_dir, &key, self.settings.spaces.business_id) {
                    Err(JournalError::InUse { .. }) => tokio::task::yield_now().await,
                    opened => return opened.unwrap(),
                }
            }
        };
        tokio::time::timeout(DEADLINE, open).await.expect("it is let go of")
    }

    async fn run(&self) -> Bench {
        let spaces = Arc::new(service::spaces(&self.settings, Arc::clone(&self.keys) as Arc<dyn KeyStore>).unwrap());
        let journal = self.journal().await;
        let pins = PinBook::new(&self.settings.pin).unwrap().unwrap();
        let directory = Arc::new(Directory::default().with_pins(pins));
        let (events, mut observed) = unbounded_channel();
        let passes = tokio::spawn({
            let (spaces, directory) = (Arc::clone(&spaces), Arc::clone(&directory));
            async move { directory.keep_up_to_date(&spaces, events).await }
        });
        observed.recv().await.unwrap();
        let (sender, told) = unbounded_channel();
        let shared = Shared { spaces, directory, journal, recorder: Recorder::new() };
        let controller = beside::controller(&shared, self.settings.policy(), Recording(sender));
        let handle = controller.handle();
        let running = tokio::spawn(controller.run());
        let desk = shared.desk(handle.clone(), self.settings.clone(), None);
        let Shared { spaces, directory, journal, .. } = shared;
        Bench { spaces, directory, journal, handle, told, running, passes, desk }
    }
}

impl Bench {
    async fn prepare(&self, act: Act) -> Preparation {
        self.desk.prepare(act).await.unwrap()
    }

    async fn act(&self, act: Act) -> Result<Done, DeskProblem> {
        let prepared = self.desk.prepare(act).await?;
        assert!(prepared.possible, "{prepared:?}");
        self.desk.carry_out(prepared.plan).await
    }

    /// The newest line of the audit.
    async fn last(&self) -> AuditLine {
        let page = self.desk.audit(None).await.unwrap();
        assert_eq!(page.broken_at, None);
        page.lines.into_iter().next().unwrap()
    }

    async fn last_state(&self) -> AuditState {
        self.last().await.state
    }

    /// Waits until a notice says so.
    async fn told(&mut self, mut wanted: impl FnMut(&Notice) -> bool) -> Notice {
        let next = async {
            loop {
                let notice = self.told.recv().await.expect("a running desk");
                if wanted(&notice) {
                    return notice;
                }
            }
        };
        tokio::time::timeout(DEADLINE, next).await.expect("told in time")
    }

    async fn needs_staff(&mut self, count: usize) {
        self.told(|notice| matches!(notice, Notice::Queue(queue) if queue.needs_staff == count && queue.waiting == 0))
            .await;
    }

    /// Ends it all, so that the journal is free.
    async fn stop(self) {
        let Self { handle, running, passes, desk, journal, .. } = self;
        handle.stop();
        running.await.unwrap().unwrap();
        passes.abort();
        drop(passes.await);
        drop((desk, journal));
    }
}

fn check_in(coworker: i64) -> Act {
    Act::CheckIn { coworker, at: None, note: String::new(), failure: None }
}

/// What changed between two states of a record, but for the service's own stamps.
fn changed(before: &Value, after: &Value) -> Vec<String> {
    let (before, after) = (before.as_object().unwrap(), after.as_object().unwrap());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let stamps = ["UpdatedOn", "UpdatedBy", "ToTimeLocal", "CoworkerFullName", "ToStringText"];
    let names = before.iter().filter(|(name, value)| after[*name] != **value).map(|(name, _)| name.clone());
    names.filter(|name| !stamps.contains(&name.as_str())).collect()
}

fn second(ago: i64) -> DateTime<Utc> {
    DateTime::from_timestamp((Utc::now() - TimeDelta::seconds(ago)).timestamp(), 0).unwrap()
}

fn requests(state: &State, method: &str, path: &str) -> usize {
    let requests = state.requests();
    requests.iter().filter(|request| request.method == method && request.path.ends_with(path)).count()
}

fn record(state: &State, entity: Entity, id: i64) -> Value {
    state.record(entity, id).unwrap()
}
