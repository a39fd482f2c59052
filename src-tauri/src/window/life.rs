//! What the window does while it is open: it sets the kiosk up, runs the desk, takes over a new configuration, and tries
//! again what did not work.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tapdesk_engine::backlight::Backlit;
use tapdesk_engine::keys::{KeyStore, StaffGate};
use tapdesk_engine::service::{self, Desk, Ended, FALL_BACK_WITHIN, StartError};
use tapdesk_engine::set_up::Beginning;
use tapdesk_engine::settings::{BadConfiguration, Configuration, Settings};
use tapdesk_engine::sound::audible::Audible;
use tapdesk_engine::staff_desk::Rooms;
use tapdesk_engine::supervise::supervise;
use tapdesk_engine::unit::OUT_OF_ORDER;
use tauri::AppHandle;

use super::screen::Window;
use super::staff::desk::Left;
use super::{Look, Program, Shared, lock, show, staff};
use crate::command_line::STAFF_ENDED;
use crate::door::Stage;
use crate::headless::say_what_is_passed_over;
use crate::service_manager::Reported;

/// Between two attempts to start a desk that could not start: the key store may be unlocked late.
const START_AGAIN: Duration = Duration::from_secs(5);

/// Lives until the desk is told to stop, or staff end the kiosk. What panics is said on the screen, and begun anew.
pub(super) async fn supervised(app: AppHandle, shared: Arc<Shared>, program: Program) {
    let start = || live(app.clone(), Arc::clone(&shared), program.clone());
    let failed = || {
        *lock(&shared.desk) = None;
        *lock(&shared.set_up) = None;
        *lock(&shared.staff_desk) = None;
        out_of_order(&app, &shared, &Trouble::from(StartError::Failed));
    };
    supervise(START_AGAIN, start, failed).await;
    if shared.staff_ended.load(Ordering::SeqCst) {
        tracing::info!("staff ended the kiosk");
        app.exit(i32::from(STAFF_ENDED));
    }
}

/// How long a configuration that cannot be read keeps the kiosk from being ready: longer than an update is watched, which
/// is undone where the new version refuses what the one before took.
const REFUSES_FOR: Duration = Duration::from_mins(2);
/// How long systemd leaves it alone meanwhile, from one attempt on: a restart would be a black screen.
const LEFT_ALONE: Duration = Duration::from_secs(30);

/// Lives until the desk is told to stop. While it cannot run, the screen says why, and it is tried again.
async fn live(app: AppHandle, shared: Arc<Shared>, program: Program) {
    let wants_set_up = program.set_up;
    let mut life = Life { app, shared, program, wants_set_up, next: None, running: None };
    let mut said = None;
    loop {
        match Box::pin(life.once()).await {
            Ok(true) => said = None,
            Ok(false) => return,
            Err(trouble) => {
                // Once, however often it is tried.
                if said.as_ref() != Some(&trouble.why) {
                    tracing::error!(why = trouble.why, "out of order");
                }
                said = Some(trouble.why.clone());
                // What is in the files now may be another one.
                life.next = None;
                out_of_order(&life.app, &life.shared, &trouble);
                tokio::select! {
                    () = tokio::time::sleep(START_AGAIN) => {}
                    () = life.shared.staff_came() => life.wants_set_up = true,
                }
            }
        }
    }
}

/// What keeps the kiosk from working.
struct Trouble {
    why: String,
    mended_by: Mender,
}

/// What may be enough to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mender {
    /// Starting the program again.
    Restart,
    /// Another configuration, or another version of the program.
    Configuration,
    /// Only a person.
    Person,
}

impl From<StartError> for Trouble {
    fn from(error: StartError) -> Self {
        let mended_by = if error.restart_may_mend() { Mender::Restart } else { Mender::Person };
        Self { why: error.to_string(), mended_by }
    }
}

impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Self { why, mended_by: Mender::Person }
    }
}

impl From<BadConfiguration> for Trouble {
    fn from(error: BadConfiguration) -> Self {
        Self { why: error.to_string(), mended_by: Mender::Configuration }
    }
}

fn out_of_order(app: &AppHandle, shared: &Shared, trouble: &Trouble) {
    show(app, shared, |scene| scene.stage = Stage::OutOfOrder { detail: trouble.why.clone() });
    let status = format!("{OUT_OF_ORDER}{}", trouble.why);
    match trouble.mended_by {
        Mender::Restart => shared.manager.status(&status),
        Mender::Configuration if shared.started.elapsed() < REFUSES_FOR => {
            shared.manager.status(&status);
            shared.manager.wait_on(LEFT_ALONE);
        }
        Mender::Configuration | Mender::Person => shared.manager.ready(&status),
    }
}

struct Life {
    app: AppHandle,
    shared: Arc<Shared>,
    program: Program,
    /// Staff were let in, and the set-up was not opened yet.
    wants_set_up: bool,
    /// What a running desk found in its files; none for what is read now.
    next: Option<Configuration>,
    /// What a desk ran with last.
    running: Option<Configuration>,
}

impl Life {
    /// A set-up, or a desk to its end; whether there is more to do. In a sentence why neither is possible.
    async fn once(&mut self) -> Result<bool, Trouble> {
        let wants_set_up = std::mem::take(&mut self.wants_set_up);
        let (configuration, located) = self.configuration()?;
        let settings = &configuration.settings;
        self.claim(settings).await?;
        let keys = service::key_store(settings)?;
        let device = service::device(settings)?;
        let gate = StaffGate::new(Arc::clone(&keys), device, &settings.data_dir);
        let has_pin = gate.is_set().await.map_err(|error| error.to_string())?;
        let signed_in = service::is_signed_in(settings, Arc::clone(&keys)).await?;
        let locked_until = gate.locked_until(self.shared.now()).await;
        *lock(&self.shared.gate) = has_pin.then_some(gate);
        *lock(&self.shared.look) = Look::of(settings);
        show(&self.app, &self.shared, |scene| {
            scene.configure(settings);
            scene.staff.has_pin = has_pin;
            scene.staff.locked_until = locked_until.map(|until| until.to_rfc3339());
            scene.about.configuration = configuration.version;
            scene.about.fingerprint.clone_from(&configuration.fingerprint);
        });

        // Who only lost its configuration, or its sign-in, must not be open to whoever stands there.
        let first = !has_pin && !signed_in && service::is_fresh(settings);
        if first || wants_set_up {
            let (source, reader) = (self.program.source.clone(), self.program.reader.clone());
            let beginning = Beginning { source, configuration, located, keys, reader, first };
            staff::set_up::run(&self.app, &self.shared, beginning).await?;
            self.next = None;
            return Ok(true);
        }
        if !located {
            let why = "this kiosk's location is not configured: set `spaces.business_id`, or run `tapdesk set-up`";
            return Err(why.to_owned().into());
        }
        Ok(Box::pin(self.desk(configuration, keys)).await?)
    }

    /// The data folder of these settings is this kiosk's, or is taken: it may be another one than at the start, and may not
    /// have been usable then. The log stays where it is.
    async fn claim(&self, settings: &Settings) -> Result<(), StartError> {
        if lock(&self.shared.claim).holds(settings) {
            return Ok(());
        }
        let wanted = settings.clone();
        let claim = tokio::task::spawn_blocking(move || service::claim(&wanted)).await;
        *lock(&self.shared.claim) = claim.map_err(|_| StartError::Failed)??;
        Ok(())
    }

    fn configuration(&self) -> Result<(Configuration, bool), BadConfiguration> {
        if let Some(next) = &self.next {
            return Ok((next.clone(), true));
        }
        match (self.program.source.read_for_set_up(self.program.set_up), &self.running) {
            (Ok(read), _) => Ok(read),
            (Err(error), Some(running)) => Ok((running.clone().kept(&self.program.source, error.to_string()), true)),
            (Err(error), None) => Err(error),
        }
    }

    async fn desk(&mut self, configuration: Configuration, keys: Arc<dyn KeyStore>) -> Result<bool, StartError> {
        say_what_is_passed_over();
        let (began, is_new) = (Instant::now(), self.next.is_some());
        let before = self.running.replace(configuration.clone());
        match (Box::pin(self.run(configuration, keys)).await, before) {
            (Ok(Ended::Stopped), _) => Ok(self.wants_set_up),
            (Ok(Ended::Reconfigure(new)), _) => {
                self.next = Some(*new);
                Ok(true)
            }
            // One that only turned out to be wrong when it ran.
            (Err(error), Some(good)) if is_new && error.is_configuration() && began.elapsed() < FALL_BACK_WITHIN => {
                self.next = Some(good.kept(&self.program.source, error.to_string()));
                Ok(true)
            }
            (Err(error), _) => Err(error),
        }
    }

    async fn run(&mut self, configuration: Configuration, keys: Arc<dyn KeyStore>) -> Result<Ended, StartError> {
        let configured_idle = configuration.settings.staff.idle_lock_s;
        let window = Window { app: self.app.clone(), shared: Arc::clone(&self.shared) };
        let screen = Audible::new(window, lock(&self.shared.look).loudspeaker.clone());
        let screen = Backlit::new(Reported::new(screen, &self.shared.manager));
        *lock(&self.shared.light) = Some(screen.waker());
        let desk = Desk::open(configuration.settings.clone(), keys, self.program.reader.clone(), screen).await?;
        let desk = desk.recording(Arc::clone(&self.shared.recorder));
        let desk = desk.following(self.program.source.clone(), configuration);
        let handle = desk.handle();
        let rooms = desk.staff_rooms(env!("CARGO_PKG_VERSION"));
        let rooms = Rooms { ends_kiosk: self.shared.in_session, ..rooms };
        let idle = Duration::from_secs(configured_idle);
        *lock(&self.shared.desk) = Some(handle.clone());
        show(&self.app, &self.shared, |scene| {
            scene.stage = Stage::Idle;
            // The desk tells what is left of a lock.
            scene.pin.locked_until = None;
        });
        // Before a tile can be read.
        self.shared.manager.ready("the desk is open");
        let mut running = std::pin::pin!(desk.run());
        let ended = loop {
            tokio::select! {
                ended = &mut running => break ended,
                () = self.shared.staff_came() => {}
            }
            let at_the_desk = Box::pin(staff::desk::run(&self.app, &self.shared, rooms.clone(), idle));
            let left = tokio::select! {
                ended = &mut running => break ended,
                left = at_the_desk => left,
            };
            match left {
                Ok(Left::ToKiosk) => {}
                Ok(Left::EndKiosk) => {
                    self.shared.staff_ended.store(true, Ordering::SeqCst);
                    handle.stop();
                    break running.await;
                }
                Ok(Left::ToSetUp) => {
                    self.wants_set_up = true;
                    handle.stop();
                    break running.await;
                }
                Err(why) => tracing::error!(why, "staff desk"),
            }
        };
        *lock(&self.shared.desk) = None;
        ended
    }
}
