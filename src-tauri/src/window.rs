//! The kiosk window: it holds the current scene, sends it whole at every change, and passes on what members press and type.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tapdesk_core::effect::Notice;
use tapdesk_core::ids::EntryId;
use tapdesk_core::policy::OfflineAccept;
use tapdesk_engine::appearance::pictures;
use tapdesk_engine::controller::Handle;
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::pins::Pin;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::screen::{self, News, Screen};
use tapdesk_engine::service::{Desk, StartError};
use tapdesk_engine::settings::Settings;
use tapdesk_engine::settings::kiosk::Reasons;
use tapdesk_engine::sound::Loudspeaker;
use tapdesk_engine::sound::audible::Audible;
use tauri::{AppHandle, Emitter, Manager, State};

use crate::command_line::Failure;
use crate::door::{self, Appearance, FoundMember, PinResult, Scene, Stage, Visit};
use crate::headless::{asked_to_end, say_what_has_no_effect};
use crate::once::runtime;

/// The window's label, and the only one that its capability names.
const KIOSK: &str = "kiosk";
/// The event that carries a scene.
const SCENE: &str = "scene";
/// Between two attempts to start a desk that could not start: the key store may be unlocked late.
const START_AGAIN: Duration = Duration::from_secs(5);
/// How long the desk has to store what it was told when the window closes.
const FINISH_WITHIN: Duration = Duration::from_secs(4);

/// What the page is told of a question that no desk can answer now.
const NOT_RUNNING: &str = "the desk does not run";

/// What the window and the desk share.
#[derive(Debug)]
struct Shared {
    scene: Mutex<Scene>,
    /// The running desk.
    desk: Mutex<Option<Handle>>,
    saves_taps: bool,
    appearance: Appearance,
    reasons: Reasons,
    loudspeaker: Loudspeaker,
}

/// Opens the window and runs the desk behind it, until the window is closed or the program is told to end.
pub(crate) fn run(settings: Settings, keys: Arc<dyn KeyStore>, reader: ReaderCommand) -> Result<(), Failure> {
    if cfg!(target_os = "linux") && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        let sentence = "there is no display; start it in a graphical session, or use `tapdesk headless`";
        return Err(Failure::Other(sentence.to_owned()));
    }
    say_what_has_no_effect(&settings);
    let runtime = runtime()?;
    let saves_taps = settings.offline.accept != OfflineAccept::None;
    let scene = Scene::new(settings.kiosk.language.clone(), saves_taps, settings.pin.accept);
    let look = Appearance::new(&settings, pictures(&settings));
    let reasons = settings.kiosk.reasons;
    let loudspeaker = Loudspeaker::new(&settings.kiosk);
    let shared =
        Shared { scene: Mutex::new(scene), desk: Mutex::default(), saves_taps, appearance: look, reasons, loudspeaker };
    let shared = Arc::new(shared);

    let app = tauri::Builder::default()
        .manage(Arc::clone(&shared))
        .invoke_handler(tauri::generate_handler![
            current_scene,
            appearance,
            accept_offer,
            speak,
            enter_pin,
            find_members
        ])
        .build(tauri::generate_context!())
        .map_err(|error| Failure::Other(format!("the window cannot be opened: {error}")))?;

    let desk = runtime.spawn(keep_running(app.handle().clone(), Arc::clone(&shared), settings, keys, reader));
    let ending = app.handle().clone();
    runtime.spawn(async move {
        asked_to_end().await;
        ending.exit(0);
    });
    let code = app.run_return(|app, event| {
        if matches!(event, tauri::RunEvent::Ready) {
            fill_the_screen(app);
        }
    });
    if let Some(desk) = lock(&shared.desk).take() {
        desk.stop();
    } else {
        desk.abort();
    }
    let finished = runtime.block_on(async { tokio::time::timeout(FINISH_WITHIN, desk).await });
    if finished.is_err() {
        tracing::error!("the desk did not finish in time");
    }
    runtime.shutdown_background();
    if code == 0 { Ok(()) } else { Err(Failure::Said) }
}

/// Gives the window the screen's size: full screen is a window manager's doing, and a bare kiosk session has none.
fn fill_the_screen(app: &AppHandle) {
    let Some(window) = app.get_webview_window(KIOSK) else { return };
    let Ok(Some(monitor)) = window.primary_monitor().map(|primary| primary.or(window.current_monitor().ok().flatten()))
    else {
        return;
    };
    let placed = window.set_position(*monitor.position()).and_then(|()| window.set_size(*monitor.size()));
    if let Err(error) = placed {
        tracing::warn!(%error, "the window could not be given the screen's size");
    }
}

/// Runs the desk; while it cannot run, the screen says why, and it is tried again.
async fn keep_running(
    app: AppHandle,
    shared: Arc<Shared>,
    settings: Settings,
    keys: Arc<dyn KeyStore>,
    reader: ReaderCommand,
) {
    loop {
        let window = Window { app: app.clone(), shared: Arc::clone(&shared) };
        let screen = Audible::new(window, shared.loudspeaker.clone());
        let error: StartError = match Desk::open(settings.clone(), Arc::clone(&keys), reader.clone(), screen).await {
            Ok(desk) => {
                *lock(&shared.desk) = Some(desk.handle());
                show(&app, &shared, |scene| {
                    scene.stage = Stage::Idle;
                    // The desk tells what is left of a lock.
                    scene.pin.locked_until = None;
                });
                match desk.run().await {
                    Ok(()) => return,
                    Err(error) => error,
                }
            }
            Err(error) => error,
        };
        *lock(&shared.desk) = None;
        tracing::error!(%error, "out of order");
        show(&app, &shared, |scene| scene.stage = Stage::OutOfOrder { detail: error.to_string() });
        tokio::time::sleep(START_AGAIN).await;
    }
}

/// The screen that the desk tells: each change becomes a whole scene for the page.
struct Window {
    app: AppHandle,
    shared: Arc<Shared>,
}

impl Window {
    fn show(&self, change: impl FnOnce(&mut Scene)) {
        show(&self.app, &self.shared, change);
    }
}

impl Screen for Window {
    fn notice(&mut self, notice: &Notice) {
        match notice {
            // The stage shows the first two; the log says the third for staff.
            Notice::Acknowledged { .. } | Notice::Verdict(_) | Notice::OtherSource { .. } => {}
            Notice::PinLocked(until) => {
                self.show(|scene| scene.pin.locked_until = until.map(|until| until.to_rfc3339()));
            }
            Notice::Reader(state) => self.show(|scene| scene.reader = door::reader(state)),
            Notice::Link(state) => self.show(|scene| scene.link = door::link(state, self.shared.saves_taps)),
            Notice::Queue(state) => self.show(|scene| scene.queue = door::queue(state)),
            Notice::Storage(state) => self.show(|scene| scene.trouble.storage = door::storage(state)),
            Notice::Clock(ahead) => {
                self.show(|scene| scene.trouble.clock_seconds = ahead.map(|ahead| ahead.num_seconds()));
            }
        }
    }

    fn stage(&mut self, stage: &tapdesk_core::effect::Stage) {
        let stage = Stage::from(stage).within(self.shared.reasons);
        self.show(|scene| scene.stage = stage);
    }

    fn location(&mut self, location: &screen::Location) {
        let location = door::Location { name: Some(location.name.clone()), time_zone: location.time_zone.clone() };
        self.show(|scene| scene.location = location);
    }

    fn news(&mut self, news: &News) {
        self.show(|scene| match news {
            News::Closed(closed) => scene.closed = closed.as_ref().map(door::closed),
            News::Quiet(quiet) => scene.quiet = *quiet,
            News::Present(count) => scene.present = Some(*count),
            News::Charge(charge) => scene.charge = charge.as_ref().map(door::charge),
            News::Visit { entry, visit } => scene.stage.add_visit(&entry.to_string(), Visit::from(visit)),
        });
    }

    fn is_seen(&self) -> bool {
        true
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
    shared.appearance.clone()
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

/// The page hands over the words of the verdict that it shows, in this language (BCP 47). Nothing is spoken where speech
/// is off.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
fn speak(text: String, language: String, shared: State<'_, Arc<Shared>>) {
    shared.loudspeaker.speak(&text, &language);
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
