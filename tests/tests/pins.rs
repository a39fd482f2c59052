//! Checking in without a tile: the engine's real loop with its journal, against the simulated service, in this process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/key_store.rs"]
mod key_store;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use tapdesk_core::effect::{LinkState, Notice, Stage};
use tapdesk_core::entry::{EntryState, Settlement, Source};
use tapdesk_core::event::Kept;
use tapdesk_core::pin::{PinAnswer, PinTries};
use tapdesk_core::verdict::{Refusal, Shown, Unavailable, Verdict};
use tapdesk_engine::controller::Handle;
use tapdesk_engine::journal::Journal;
use tapdesk_engine::journal::members::MemberCopy;
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::pins::Pin;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service::{self, Desk, Ended, StartError};
use tapdesk_engine::settings::Settings;
use tapdesk_engine::telemetry;
use tapdesk_tests::collector::Collector;
use tapdesk_tests::kiosk::station::{OPEN_BUDGET, Station};
use tapdesk_tests::spaces::{Entity, Fault, FaultKind, Member, State, seed};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use self::key_store::Memory;

const DEADLINE: Duration = Duration::from_secs(20);
const NORAS_PIN: &str = "7305198246";

struct Kiosk {
    station: Station,
    keys: Arc<Memory>,
    settings: Settings,
    nora: i64,
}

/// A kiosk's desk under way.
struct Running {
    handle: Handle,
    told: UnboundedReceiver<Notice>,
    ended: JoinHandle<Result<Ended, StartError>>,
}

struct Recording(UnboundedSender<Notice>);

impl Screen for Recording {
    fn notice(&mut self, notice: &Notice) {
        drop(self.0.send(notice.clone()));
    }

    fn stage(&mut self, _stage: &Stage) {}

    fn location(&mut self, _location: &Location) {}
}

impl Kiosk {
    async fn new(more: &str) -> Self {
        let station = Station::start(more).await.unwrap();
        station.configure_spaces(OPEN_BUDGET).unwrap();
        let settings = Settings::read(Some(&station.configuration())).unwrap();
        let state = station.spaces.state();
        state.change_switches(|switches| switches.source_writable = true);
        let nora = state.add_member(&has_pin(Member::named("Nora Ødegård").with_card("04D0D1D2D3D4D5"), NORAS_PIN));
        let keys = Arc::<Memory>::default();
        let spaces = service::spaces(&settings, Arc::clone(&keys) as Arc<dyn KeyStore>).unwrap();
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
        Self { station, keys, settings, nora }
    }

    fn state(&self) -> State {
        self.station.spaces.state()
    }

    async fn start(&self) -> Running {
        let keys = Arc::clone(&self.keys) as Arc<dyn KeyStore>;
        // No tile is read here.
        let reader = ReaderCommand { program: "true".into(), arguments: Vec::new() };
        let (sender, told) = unbounded_channel();
        let desk = Desk::open(self.settings.clone(), keys, reader, Recording(sender)).await.unwrap();
        Running { handle: desk.handle(), told, ended: tokio::spawn(desk.run()) }
    }

    /// The same, when all members are known.
    async fn start_and_wait(&self) -> Running {
        let mut running = self.start().await;
        running.wait_for(|notice| matches!(notice, Notice::Link(LinkState::Online)).then_some(())).await;
        running
    }

    /// What the journal of a kiosk that does not run keeps.
    async fn kept(&self) -> Kept {
        self.journal().kept(Utc::now() - TimeDelta::hours(1)).await.unwrap()
    }

    fn journal(&self) -> Journal {
        let key = service::journal_key(&self.settings, self.keys.as_ref()).unwrap();
        Journal::open(&self.settings.data_dir, &key, self.settings.spaces.business_id).unwrap()
    }

    /// How many calls the service saw that are about members or their visits.
    fn calls(&self) -> usize {
        let is_one = |path: &str| ["coworkers", "checkins"].iter().any(|part| path.contains(part));
        self.state().requests().iter().filter(|request| is_one(&request.path)).count()
    }

    /// How many writes the service was asked for.
    fn writes(&self) -> usize {
        let requests = self.state().requests();
        requests.iter().filter(|request| request.method != "GET" && !request.path.ends_with("/token")).count()
    }
}

impl Running {
    async fn wait_for<T>(&mut self, mut wanted: impl FnMut(Notice) -> Option<T>) -> T {
        let found = async {
            loop {
                if let Some(found) = wanted(self.told.recv().await.expect("a running desk")) {
                    return found;
                }
            }
        };
        tokio::time::timeout(DEADLINE, found).await.expect("told in time")
    }

    async fn verdict(&mut self) -> Shown {
        self.wait_for(|notice| if let Notice::Verdict(shown) = notice { Some(shown) } else { None }).await
    }

    async fn enter(&self, pin: &str, token: Option<&str>) -> PinAnswer {
        let entered = self.handle.enter_pin(Pin::new(pin.to_owned()), token.map(str::to_owned));
        tokio::time::timeout(DEADLINE, entered).await.expect("answered in time").expect("a running desk")
    }

    async fn find(&self, name: &str) -> Vec<(String, String)> {
        let found =
            self.handle.find_members(name.to_owned()).await.expect("a running desk").expect("within the budget");
        found.into_iter().map(|found| (found.name, found.token)).collect()
    }

    async fn stop(self) {
        self.handle.stop();
        self.ended.await.unwrap().unwrap();
    }
}

fn has_pin(member: Member, pin: &str) -> Member {
    Member { access_pincode: Some(pin.to_owned()), ..member }
}

/// Whether any file below `folder` holds this text.
fn is_written(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).any(|path| {
        if path.is_dir() {
            return is_written(&path, text);
        }
        let bytes = std::fs::read(&path).unwrap();
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    })
}

#[tokio::test]
async fn a_checkin_by_pin_arrives_as_manual_and_the_pin_is_kept_nowhere() {
    let kiosk = Kiosk::new("[pin]\naccept = \"pin\"").await;
    let mut running = kiosk.start_and_wait().await;
    assert_eq!(running.enter(NORAS_PIN, None).await, PinAnswer::Accepted);
    let welcome = running.verdict().await;
    assert!(matches!(welcome.verdict, Verdict::CheckedIn { .. }), "{welcome:?}");
    assert_eq!((welcome.name.as_deref(), welcome.tile.as_ref()), (Some("Nora"), None));
    let checkins = kiosk.state().checkins(kiosk.nora);
    let sources: Vec<i64> = checkins.iter().filter_map(|checkin| checkin["Source"].as_i64()).collect();
    assert_eq!(sources, [1]);
    running.stop().await;

    let kept = kiosk.kept().await;
    let entries: Vec<_> = kept.watched.iter().chain(&kept.recent).collect();
    let [entry] = entries.as_slice() else { panic!("one entry: {kept:?}") };
    assert!(matches!(entry.state, EntryState::Settled(Settlement::CheckedIn { .. })));
    assert_eq!((entry.source, entry.tile.as_ref()), (Source::Manual, None));
    assert!(!format!("{kept:?}").contains(NORAS_PIN));
    let key = service::journal_key(&kiosk.settings, kiosk.keys.as_ref()).unwrap();
    let origin = format!("{} {}", kiosk.settings.spaces.base_url, kiosk.settings.spaces.business_id);
    let (_copy, members) = MemberCopy::open(&kiosk.settings.data_dir, &key, &origin).unwrap();
    assert!(members.iter().any(|copied| copied.member.id.0 == kiosk.nora), "she has a tile too");
    assert!(!format!("{members:?}").contains(NORAS_PIN));
    assert!(!is_written(&kiosk.settings.data_dir, NORAS_PIN));
}

#[tokio::test]
async fn wrong_pins_send_nothing_and_lock_the_pad_also_across_a_restart() {
    let kiosk = Kiosk::new("[pin]\naccept = \"pin\"").await;
    let mut running = kiosk.start_and_wait().await;
    let calls = kiosk.calls();
    for guess in ["730519824", "73051982467", "nonsense"] {
        assert_eq!(running.enter(guess, None).await, PinAnswer::Wrong, "{guess}");
    }
    let locked = running.wait_for(|notice| if let Notice::PinLocked(until) = notice { until } else { None }).await;
    let PinAnswer::Locked { until } = running.enter(NORAS_PIN, None).await else { panic!("the right one too") };
    assert!((until - locked).abs() < TimeDelta::seconds(1), "{until} {locked}");
    assert_eq!(kiosk.calls(), calls, "no call at all");
    running.stop().await;

    let running = kiosk.start_and_wait().await;
    assert!(matches!(running.enter(NORAS_PIN, None).await, PinAnswer::Locked { .. }));
    assert_eq!(kiosk.writes(), 0);
    running.stop().await;
    let kept = kiosk.kept().await;
    assert_eq!((kept.last_number, kept.unfinished.len(), kept.recent.len()), (0, 0, 0), "and no entry");

    // As if a minute had passed while it was off.
    let PinTries { at, forgotten_at, locked_until } = kept.pin_tries.unwrap();
    let ago = |moment| moment - TimeDelta::minutes(1);
    let tries = PinTries { at: ago(at), forgotten_at: ago(forgotten_at), locked_until: ago(locked_until) };
    kiosk.journal().put_pin_tries(tries).await.unwrap();
    let mut running = kiosk.start_and_wait().await;
    assert_eq!(running.enter(NORAS_PIN, None).await, PinAnswer::Accepted);
    assert_eq!(running.verdict().await.verdict.kind(), "checked_in");
    running.stop().await;
}

#[tokio::test]
async fn a_refusal_and_a_shared_pin_are_told_as_with_a_tile() {
    let kiosk = Kiosk::new("[pin]\naccept = \"pin\"").await;
    let state = kiosk.state();
    let ivo = state.add_member(&Member { active: false, ..has_pin(Member::named("Ivo Lind"), "55501") });
    let first = state.add_member(&has_pin(Member::named("Mia Berg"), "55502"));
    let left = Member { archived: true, active: false, ..Member::named("Max Berg") };
    state.add_member(&has_pin(left, "55502"));
    state.add_member(&has_pin(Member::named("Lea Falk"), "55503"));
    state.add_member(&has_pin(Member::named("Leo Falk"), " 55503 "));
    state.add_member(&has_pin(Member::named("Kay Short"), "5504"));
    let mut running = kiosk.start_and_wait().await;

    assert_eq!(running.enter("55501", None).await, PinAnswer::Accepted);
    assert_eq!(running.verdict().await.verdict, Verdict::Refused(Refusal::Inactive));
    assert_eq!(running.enter("55502", None).await, PinAnswer::Accepted);
    assert_eq!(running.verdict().await.coworker.map(|coworker| coworker.0), Some(first), "who left gave way");
    assert_eq!(running.enter("55503", None).await, PinAnswer::Accepted);
    let ambiguous = running.verdict().await;
    assert_eq!((ambiguous.verdict.clone(), ambiguous.coworker), (Verdict::AmbiguousTile, None));
    assert_eq!(running.enter("5504", None).await, PinAnswer::Wrong, "shorter than pin.least_digits");

    let reports = async {
        loop {
            let reports = state.records(Entity::FailedCheckin);
            if reports.len() >= 2 {
                return reports;
            }
            tokio::task::yield_now().await;
        }
    };
    let reports = tokio::time::timeout(DEADLINE, reports).await.unwrap();
    assert!(reports.iter().all(|report| report["Source"] == 1), "{reports:?}");
    assert!(reports.iter().any(|report| report["CoworkerId"] == ivo));
    assert!(reports.iter().any(|report| report["Description"] == "Several members have the PIN that was typed."));
    assert!(!format!("{reports:?}").contains("55503"));
    running.stop().await;
}

#[tokio::test]
async fn where_a_name_is_asked_for_it_is_found_and_the_pin_belongs_to_it() {
    let kiosk = Kiosk::new("[pin]\naccept = \"name_and_pin\"").await;
    kiosk.state().add_member(&has_pin(Member::named("Noah Lind"), "55501"));
    kiosk.state().add_member(&Member::named("Nora Without"));
    let mut running = kiosk.start_and_wait().await;
    assert_eq!(running.find("no").await, []);
    let found = running.find("nora øde").await;
    let [(name, noras)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(name, "Nora Ø.");
    assert!(!noras.contains(&kiosk.nora.to_string()), "{noras}");
    assert_eq!(running.find("odegard").await.len(), 1);
    let noras = &running.find("NOR").await[0].1;

    assert_eq!(running.enter(NORAS_PIN, None).await, PinAnswer::Wrong, "the PIN alone");
    assert_eq!(running.enter("55501", Some(noras)).await, PinAnswer::Wrong, "another's PIN");
    assert_eq!(running.enter(NORAS_PIN, Some(noras)).await, PinAnswer::Accepted);
    assert_eq!(running.verdict().await.coworker.map(|coworker| coworker.0), Some(kiosk.nora));

    let within = async {
        let mut count = 0;
        while running.handle.find_members("nobody".to_owned()).await.unwrap().is_ok() {
            count += 1;
        }
        count
    };
    assert_eq!(within.await, 6, "ten with those before");
    running.stop().await;
}

/// Guard: `telemetry::logs` passes over who it was, and nothing else holds a PIN at all.
#[tokio::test]
async fn no_collector_is_told_a_pin_or_whose_it_is() {
    let collector = Collector::start().await.unwrap();
    let telemetry = format!("[telemetry]\notlp = \"{}\"\nexport_every_s = 5", collector.url());
    let kiosk = Kiosk::new(&format!("[pin]\naccept = \"pin\"\n[kiosk]\nnames = \"full\"\n{telemetry}")).await;
    let _log = tracing_subscriber::registry().with(telemetry::layer()).set_default();
    let mut running = kiosk.start_and_wait().await;
    assert_eq!(running.enter("7305198247", None).await, PinAnswer::Wrong);
    assert_eq!(running.enter(NORAS_PIN, None).await, PinAnswer::Accepted);
    assert_eq!(running.verdict().await.verdict.kind(), "checked_in");
    // What is left is given away at the end.
    running.stop().await;
    let bodies: Vec<_> =
        collector.pushes().iter().map(|push| String::from_utf8_lossy(&push.body).to_lowercase()).collect();
    for told in ["verdict", "checked_in", "tapdesk.verdicts"] {
        assert!(bodies.iter().any(|body| body.contains(told)), "{told}: {bodies:?}");
    }
    for body in &bodies {
        for secret in [NORAS_PIN, "7305198247", "nora", "ødegård", "04d0d1d2d3d4d5", "…d4d5", seed::USERNAME] {
            assert!(!body.contains(secret), "{secret} in {body}");
        }
    }
}

#[tokio::test]
async fn without_the_members_no_pin_can_be_known_and_without_the_setting_none_is_read() {
    let kiosk = Kiosk::new("[pin]\naccept = \"pin\"").await;
    let running = kiosk.start_and_wait().await;
    running.stop().await;
    kiosk.state().inject(Fault::new(FaultKind::ServerError { status: 502 }).on("GET", "*coworkers*").times(100_000));
    let mut running = kiosk.start().await;
    assert_eq!(running.enter(NORAS_PIN, None).await, PinAnswer::Accepted);
    assert_eq!(running.verdict().await.verdict, Verdict::Unavailable(Unavailable::NoMemberData));
    running.stop().await;
    assert_eq!(kiosk.writes(), 0);

    let kiosk = Kiosk::new("").await;
    let running = kiosk.start_and_wait().await;
    for _ in 0..4 {
        assert_eq!(running.enter(NORAS_PIN, None).await, PinAnswer::Wrong);
    }
    assert_eq!(running.find("nora").await, []);
    running.stop().await;
    assert_eq!(kiosk.kept().await, Kept::default(), "nothing is counted where nothing is compared");
}
