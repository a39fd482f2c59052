//! The windows: the kiosk's holds the current scene, sends it whole at every change, and passes on what members press and
//! type; the staff's lie above it.

mod life;
mod pages;
mod screen;
mod staff;
mod watch;
mod web_view;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::Utc;
use tapdesk_core::ids::EntryId;
use tapdesk_core::now::Now;
use tapdesk_engine::appearance::pictures;
use tapdesk_engine::backlight::Waker;
use tapdesk_engine::controller::Handle;
use tapdesk_engine::keys::StaffGate;
use tapdesk_engine::pins::Pin;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::recorder::Recorder;
use tapdesk_engine::service::Claim;
use tapdesk_engine::set_up::SetUp;
use tapdesk_engine::settings::kiosk::Reasons;
use tapdesk_engine::settings::{Settings, Source};
use tapdesk_engine::sound::Loudspeaker;
use tauri::{AppHandle, Emitter, Manager, State};
use tokio::sync::Notify;

use self::watch::Watch;
use crate::command_line::{Failure, STAFF_ENDED};
use crate::door::{Appearance, FoundMember, PinResult, Scene};
use crate::headless::asked_to_end;
use crate::once::runtime;
use crate::panics;
use crate::service_manager::{ServiceManager, answers};

/// The window's label, and the only one that its capability names.
const KIOSK: &str = "kiosk";
/// The event that carries a scene.
const SCENE: &str = "scene";
/// How long the desk has to store what it was told when the window closes.
const FINISH_WITHIN: Duration = Duration::from_secs(4);

/// What the page is told of a question that no desk can answer now.
const NOT_RUNNING: &str = "the desk does not run";

/// What is run in the windows.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// Where the configuration comes from.
    pub(crate) source: Source,
    /// How the reader process is started.
    pub(crate) reader: ReaderCommand,
    /// Whether it begins with the set-up, wanted or not.
    pub(crate) set_up: bool,
    /// Whether it is a kiosk session's only program: nobody leaves it but staff behind their PIN.
    pub(crate) in_session: bool,
}

/// What the windows, their pages and the desk share.
struct Shared {
    scene: Mutex<Scene>,
    /// The running desk.
    desk: Mutex<Option<Handle>>,
    /// The set-up under way.
    set_up: Mutex<Option<Arc<SetUp>>>,
    /// Staff who are at the desk.
    staff_desk: Mutex<Option<Arc<staff::desk::Session>>>,
    /// The way in for staff, where they have a PIN.
    gate: Mutex<Option<StaffGate>>,
    /// Whether somebody waits for staff to come: only then are they let in.
    lets_in: AtomicBool,
    staff: Notify,
    look: Mutex<Look>,
    started: Instant,
    /// Whether this is a kiosk session's only program, and whether staff ended it.
    in_session: bool,
    staff_ended: AtomicBool,
    /// The watch over the pages.
    watch: Arc<Watch>,
    /// The screen's light, once a desk has it.
    light: Mutex<Option<Waker>>,
    /// What systemd is told.
    manager: Arc<ServiceManager>,
    /// What happened here since the program began, whatever desk ran.
    recorder: Arc<Recorder>,
    /// The data folder that is this program's.
    claim: Mutex<Claim>,
}

/// What of the configuration the windows themselves need.
struct Look {
    appearance: Appearance,
    reasons: Reasons,
    loudspeaker: Loudspeaker,
}

impl Look {
    fn of(settings: &Settings) -> Self {
        Self {
            appearance: Appearance::new(settings, pictures(settings)),
            reasons: settings.kiosk.reasons,
            loudspeaker: Loudspeaker::new(&settings.kiosk),
        }
    }
}

/// Nobody waits any more when it is dropped.
struct Waits<'a>(&'a AtomicBool);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl Shared {
    /// Waits until staff typed their PIN. Whoever types it while nobody waits is told so: a permission that was kept
    /// would open the set-up later, when somebody else stands there.
    async fn staff_came(&self) {
        let came = self.staff.notified();
        self.lets_in.store(true, Ordering::SeqCst);
        let _waits = Waits(&self.lets_in);
        came.await;
    }

    /// Lets staff in; false where nobody waits for them now.
    fn let_staff_in(&self) -> bool {
        let lets_in = self.lets_in.swap(false, Ordering::SeqCst);
        if lets_in {
            self.staff.notify_waiters();
        }
        lets_in
    }

    /// Somebody touched the screen.
    fn wake(&self) {
        if let Some(light) = lock(&self.light).as_ref() {
            light.wake();
        }
    }

    /// Staff are at their desk, or left it.
    fn light_for_staff(&self, there: bool) {
        if let Some(light) = lock(&self.light).as_ref() {
            light.staff_are_there(there);
        }
    }

    fn now(&self) -> Now {
        Now { utc: Utc::now(), elapsed: self.started.elapsed() }
    }
}

/// Opens the window and runs the desk behind it, until the window is closed or the program is told to end.
pub(crate) fn run(settings: &Settings, program: Program, claim: Claim) -> Result<(), Failure> {
    if cfg!(target_os = "linux") && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        let sentence = "there is no display; start it in a graphical session, or use `tapdesk headless`";
        return Err(Failure::Other(sentence.to_owned()));
    }
    let runtime = runtime()?;
    let (watch, deaths) = Watch::new();
    let shared = Arc::new(Shared {
        scene: Mutex::new(Scene::new(settings)),
        desk: Mutex::default(),
        set_up: Mutex::default(),
        staff_desk: Mutex::default(),
        gate: Mutex::default(),
        lets_in: AtomicBool::new(false),
        staff: Notify::new(),
        look: Mutex::new(Look::of(settings)),
        started: Instant::now(),
        in_session: program.in_session,
        staff_ended: AtomicBool::new(false),
        watch: Arc::clone(&watch),
        light: Mutex::default(),
        manager: Arc::default(),
        recorder: Recorder::new(),
        claim: Mutex::new(claim),
    });

    panics::tell_what_was_before(&shared.recorder);
    let app = builder(&watch, Arc::clone(&shared))
        .build(tauri::generate_context!())
        .map_err(|error| Failure::Other(format!("the window cannot be opened: {error}")))?;

    // Making the window may start processes whose pipes are read to the end (libdbus, where no session bus runs): the
    // desk's own processes, started meanwhile from another thread, would keep those pipes open for ever.
    let window_is_there = Arc::new(Notify::new());
    let desk = life::supervised(app.handle().clone(), Arc::clone(&shared), program);
    let begins = Arc::clone(&window_is_there);
    let life = runtime.spawn(async move {
        begins.notified().await;
        desk.await;
    });
    let watched = app.handle().clone();
    runtime.spawn(async move { watch.keep(&watched, deaths).await });
    runtime.spawn(tell_systemd(Arc::clone(&shared)));
    let ending = app.handle().clone();
    runtime.spawn(async move {
        asked_to_end().await;
        ending.exit(0);
    });
    let in_session = shared.in_session;
    let code = app.run_return(move |app, event| match event {
        tauri::RunEvent::Ready => {
            window_is_there.notify_one();
            fill_the_screen(app, KIOSK);
        }
        tauri::RunEvent::WindowEvent { label, event: tauri::WindowEvent::CloseRequested { api, .. }, .. }
            if label == KIOSK && in_session =>
        {
            api.prevent_close();
        }
        _ => {}
    });
    shared.manager.stopping();
    if let Some(desk) = lock(&shared.desk).take() {
        desk.stop();
    } else {
        let set_up = lock(&shared.set_up).clone();
        if let Some(set_up) = set_up {
            // What is being kept is kept whole.
            let finished = async { tokio::time::timeout(FINISH_WITHIN, set_up.at_rest()).await };
            drop(runtime.block_on(finished));
        }
        life.abort();
    }
    let finished = runtime.block_on(async { tokio::time::timeout(FINISH_WITHIN, life).await });
    if finished.is_err() {
        tracing::error!("the desk did not finish in time");
    }
    // Others may hold it to the end of the process.
    lock(&shared.claim).ends();
    runtime.shutdown_background();
    match code {
        0 => Ok(()),
        code if code == i32::from(STAFF_ENDED) => Err(Failure::StaffEnded),
        _ => Err(Failure::Said),
    }
}

/// The windows, and what their pages may ask for.
fn builder(watch: &Arc<Watch>, shared: Arc<Shared>) -> tauri::Builder<tauri::Wry> {
    tauri::Builder::default().plugin(watch.plugin()).manage(shared).invoke_handler(tauri::generate_handler![
        current_scene,
        appearance,
        accept_offer,
        speak,
        enter_pin,
        find_members,
        painted,
        touched,
        staff::enter_staff_pin,
        staff::set_up::set_up_view,
        staff::set_up::set_up,
        staff::desk::staff_desk_view,
        staff::desk::staff_failures,
        staff::desk::staff_failure,
        staff::desk::staff_members,
        staff::desk::staff_prepare,
        staff::desk::staff_carry_out,
        staff::desk::staff_undo,
        staff::desk::staff_audit,
        staff::desk::staff_charts,
        staff::desk::staff_health,
        staff::desk::staff_events,
        staff::desk::staff_export,
        staff::desk::staff_touch,
        staff::desk::staff_lock,
        staff::desk::staff_set_up,
        staff::desk::staff_end_kiosk
    ])
}

/// Tells systemd that the program is alive while the desk's loop and the pages are.
async fn tell_systemd(shared: Arc<Shared>) {
    let is_well = |within| {
        let (pages, desk) = (shared.watch.is_well(), lock(&shared.desk).clone());
        async move { pages && answers(desk, within).await }
    };
    shared.manager.beat(is_well).await;
}

/// Gives the window the screen's size: full screen is a window manager's doing, and a bare X server has none. A compositor
/// fills the screen by itself, and draws a window that asks for a size of its own beside it.
fn fill_the_screen(app: &AppHandle, label: &str) {
    if std::env::var_os("WAYLAND_DISPLAY").is_some() {
        return;
    }
    let Some(window) = app.get_webview_window(label) else { return };
    let Ok(Some(monitor)) = window.primary_monitor().map(|primary| primary.or(window.current_monitor().ok().flatten()))
    else {
        return;
    };
    let placed = window.set_position(*monitor.position()).and_then(|()| window.set_size(*monitor.size()));
    if let Err(error) = placed {
        tracing::warn!(%error, "the window could not be given the screen's size");
    }
}

fn show(app: &AppHandle, shared: &Shared, change: impl FnOnce(&mut Scene)) {
    let mut scene = lock(&shared.scene);
    change(&mut scene);
    // Sent under the lock, so that the page gets the scenes in their order.
    if let Err(error) = app.emit_to(KIOSK, SCENE, &*scene) {
        tracing::error!(%error, "the page could not be told");
    }
}

/// The current scene, for a page that was just loaded.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
fn current_scene(shared: State<'_, Arc<Shared>>) -> Scene {
    lock(&shared.scene).clone()
}

/// How the page looks, for a page that was just loaded.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
fn appearance(shared: State<'_, Arc<Shared>>) -> Appearance {
    lock(&shared.look).appearance.clone()
}

/// The member pressed the button of the verdict of this tap.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
fn accept_offer(entry: String, shared: State<'_, Arc<Shared>>) -> Result<(), String> {
    let entry: EntryId = entry.parse().map_err(|_| "not the id of a tap".to_owned())?;
    if let Some(desk) = lock(&shared.desk).as_ref() {
        desk.accept_offer(entry);
    }
    Ok(())
}

/// The kiosk's page has painted what this tap became, or that it is known: for the figures of how long that takes.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
fn painted(entry: String, kind: String, shared: State<'_, Arc<Shared>>) {
    if let Ok(entry) = entry.parse() {
        shared.recorder.painted(entry, &kind);
    }
}

/// Somebody touched the screen in the hours when it is off: its light comes back for a minute.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
fn touched(shared: State<'_, Arc<Shared>>) {
    shared.wake();
}

/// The page hands over the words of the verdict that it shows, in this language (BCP 47). Nothing is spoken where speech
/// is off.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
fn speak(text: String, language: String, shared: State<'_, Arc<Shared>>) {
    let loudspeaker = lock(&shared.look).loudspeaker.clone();
    loudspeaker.speak(&text, &language);
}

/// The member typed a PIN, after they chose a name where names are asked for. The PIN is wiped as soon as it is compared.
#[tauri::command]
async fn enter_pin(
    pin: Pin,
    member: Option<String>,
    shared: State<'_, Arc<Shared>>,
) -> Result<PinResult, &'static str> {
    let desk = running(&shared)?;
    desk.enter_pin(pin, member).await.map(PinResult::from).ok_or(NOT_RUNNING)
}

/// The members who may be meant by a part of a name.
#[tauri::command]
async fn find_members(name: String, shared: State<'_, Arc<Shared>>) -> Result<Vec<FoundMember>, String> {
    let desk = running(&shared)?;
    let found = desk.find_members(name).await.ok_or(NOT_RUNNING)?;
    let found = found.map_err(|too_many| too_many.to_string())?;
    Ok(found.into_iter().map(FoundMember::from).collect())
}

fn running(shared: &Shared) -> Result<Handle, &'static str> {
    lock(&shared.desk).clone().ok_or(NOT_RUNNING)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is replaced whole, so it is sound whoever panicked.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
