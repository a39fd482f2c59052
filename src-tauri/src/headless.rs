//! The same engine without a window: one JSON object a line on standard output (design section 7).

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tapdesk_core::effect::{LinkState, Notice, ReaderState, Stage};
use tapdesk_engine::controller::Handle;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::recorder::Recorder;
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service::{self, Desk, Ended, FALL_BACK_WITHIN, StartError};
use tapdesk_engine::settings::{Configuration, Source, passed_over_variables};
use tapdesk_engine::supervise::supervise;
use tokio::sync::{Notify, watch};

use crate::command_line::Failure;
use crate::once::runtime;
use crate::service_manager::{Reported, ServiceManager, answers};

/// Between a desk that panicked and the next.
const START_AGAIN: Duration = Duration::from_secs(2);

/// Runs until SIGTERM, SIGINT, or until nobody reads the lines; takes over a new configuration in between.
pub(crate) fn run(configuration: &Configuration, source: Source, reader: ReaderCommand) -> Result<(), Failure> {
    let headless = Arc::new(Headless {
        source,
        reader,
        desk: Mutex::default(),
        gone: Notify::new(),
        end: watch::Sender::new(false),
        manager: Arc::default(),
        recorder: Recorder::new(),
    });
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        let start = || Arc::clone(&headless).desks(configuration.clone());
        let asked = async {
            tokio::select! {
                () = asked_to_end() => {}
                () = headless.gone.notified() => {}
            }
            headless.manager.stopping();
            headless.end.send_replace(true);
            // The desk ends first.
            std::future::pending::<()>().await;
        };
        tokio::select! {
            ended = supervise(START_AGAIN, start, || *headless.current() = None) => ended,
            () = headless.manager.beat(|within| answers(headless.current().clone(), within)) => unreachable!("it beats for ever"),
            () = asked => unreachable!("it waits for ever"),
        }
    });
    headless.manager.stopping();
    Ok(ended?)
}

/// What runs without a window.
struct Headless {
    source: Source,
    reader: ReaderCommand,
    /// The running desk.
    desk: Mutex<Option<Handle>>,
    /// Told when standard output is closed.
    gone: Notify,
    /// Whether the program is to end.
    end: watch::Sender<bool>,
    manager: Arc<ServiceManager>,
    /// What happened since the program began, whatever desk ran.
    recorder: Arc<Recorder>,
}

impl Headless {
    fn current(&self) -> MutexGuard<'_, Option<Handle>> {
        // It is replaced whole, so it is sound whoever panicked.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One desk after the other, until the program is to end.
    async fn desks(self: Arc<Self>, mut configuration: Configuration) -> Result<(), StartError> {
        let mut before: Option<Configuration> = None;
        loop {
            let began = Instant::now();
            let ended = Box::pin(self.desk(configuration.clone())).await;
            *self.current() = None;
            match (ended, before.take()) {
                (Ok(Ended::Stopped), _) => return Ok(()),
                (Ok(Ended::Reconfigure(new)), _) => before = Some(std::mem::replace(&mut configuration, *new)),
                // One that only turned out to be wrong when it ran.
                (Err(error), Some(good)) if error.is_configuration() && began.elapsed() < FALL_BACK_WITHIN => {
                    configuration = good.kept(&self.source, error.to_string());
                }
                (Err(StartError::Failed), good) => {
                    tracing::error!("{}", StartError::Failed);
                    before = good;
                    tokio::time::sleep(START_AGAIN).await;
                }
                (Err(error), _) => return Err(error),
            }
        }
    }

    async fn desk(self: &Arc<Self>, configuration: Configuration) -> Result<Ended, StartError> {
        let mut end = self.end.subscribe();
        if *end.borrow() {
            return Ok(Ended::Stopped);
        }
        let settings = configuration.settings.clone();
        say_what_is_passed_over();
        let keys = service::key_store(&settings)?;
        let lines = Reported::new(Lines(Arc::clone(self)), &self.manager);
        let desk = Desk::open(settings, keys, self.reader.clone(), lines).await?;
        let desk = desk.recording(Arc::clone(&self.recorder)).following(self.source.clone(), configuration);
        let handle = desk.handle();
        *self.current() = Some(handle.clone());
        // Before a tile can be read.
        self.manager.ready("the desk is open");
        let mut running = std::pin::pin!(desk.run());
        tokio::select! {
            ended = &mut running => ended,
            () = async { drop(end.wait_for(|end| *end).await) } => {
                handle.stop();
                running.await.map(|_| Ended::Stopped)
            }
        }
    }
}

pub(crate) fn say_what_is_passed_over() {
    for variable in passed_over_variables() {
        tracing::warn!(
            variable,
            "names no key of the configuration (sections end in two underscores) and is passed over"
        );
    }
}

/// SIGTERM or SIGINT.
pub(crate) async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// The screen that prints lines.
struct Lines(Arc<Headless>);

impl Screen for Lines {
    fn notice(&mut self, notice: &Notice) {
        let Some(line) = line(notice) else { return };
        let mut stdout = io::stdout().lock();
        if writeln!(stdout, "{line}").and_then(|()| stdout.flush()).is_err() {
            self.0.gone.notify_one();
        }
    }

    fn stage(&mut self, _stage: &Stage) {}

    fn location(&mut self, location: &Location) {
        tracing::info!(name = location.name, "location");
    }
}

fn line(notice: &Notice) -> Option<Value> {
    let line = match notice {
        Notice::Acknowledged { entry, tile, at } => json!({ "event": "ack", "entry": entry, "tile": tile, "at": at }),
        Notice::Verdict(shown) => json!({
            "event": "verdict",
            "entry": shown.entry,
            "kind": shown.verdict.kind(),
            "member": shown.name,
            "coworker_id": shown.coworker,
            "checkin_id": shown.checkin,
            "reason": shown.verdict.reason(),
            "tile": shown.tile,
            "at": shown.at,
            "revised": shown.revised,
        }),
        Notice::Reader(state) => {
            let (state, name, why) = match state {
                ReaderState::Starting => return None,
                ReaderState::Up { name } => ("up", Some(name), None),
                ReaderState::Down { why } => ("down", None, Some(why)),
            };
            json!({ "event": "reader", "state": state, "reader": name, "why": why })
        }
        Notice::Link(state) => {
            let (state, why) = match state {
                LinkState::Connecting => return None,
                LinkState::Online => ("online", None),
                LinkState::Offline { why } => ("offline", Some(why)),
                LinkState::SignedOut { why } => ("signed_out", Some(why)),
            };
            json!({ "event": "link", "state": state, "why": why })
        }
        Notice::Queue(queue) => json!({
            "event": "queue",
            "waiting": queue.waiting,
            "needs_staff": queue.needs_staff,
            "oldest": queue.oldest,
        }),
        // The verdicts say it where it matters to a tap, the log says it for staff; there is no pad here.
        Notice::Storage(_) | Notice::Clock(_) | Notice::OtherSource { .. } | Notice::PinLocked(_) => return None,
    };
    Some(line)
}
