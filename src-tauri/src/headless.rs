//! The same engine without a window: one JSON object a line on standard output (design section 7).

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};
use tapdesk_core::effect::{LinkState, Notice, ReaderState, Stage};
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service::{self, Desk, Ended, FALL_BACK_WITHIN};
use tapdesk_engine::settings::{Configuration, Settings, Source, passed_over_variables};
use tokio::sync::Notify;

use crate::command_line::Failure;
use crate::once::runtime;

/// Runs until SIGTERM, SIGINT, or until nobody reads the lines; takes over a new configuration in between.
pub(crate) fn run(mut configuration: Configuration, source: &Source, reader: &ReaderCommand) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let gone = Arc::new(Notify::new());
        let mut end = std::pin::pin!(async {
            tokio::select! {
                () = asked_to_end() => {}
                () = gone.notified() => {}
            }
        });
        let mut before: Option<Configuration> = None;
        loop {
            let began = Instant::now();
            let desk = async {
                let settings = configuration.settings.clone();
                say_what_has_no_effect(&settings);
                let keys = service::key_store(&settings)?;
                let lines = Lines { gone: Arc::clone(&gone) };
                let desk = Desk::open(settings, keys, reader.clone(), lines).await?;
                let desk = desk.following(source.clone(), configuration.clone());
                let handle = desk.handle();
                let mut running = std::pin::pin!(desk.run());
                tokio::select! {
                    ended = &mut running => ended,
                    () = &mut end => {
                        handle.stop();
                        running.await.map(|_| Ended::Stopped)
                    }
                }
            };
            match (desk.await, before.take()) {
                (Ok(Ended::Stopped), _) => return Ok(()),
                (Ok(Ended::Reconfigure(new)), _) => before = Some(std::mem::replace(&mut configuration, *new)),
                // One that only turned out to be wrong when it ran.
                (Err(error), Some(good)) if error.is_configuration() && began.elapsed() < FALL_BACK_WITHIN => {
                    configuration = good.kept(source, error.to_string());
                }
                (Err(error), _) => return Err(error.into()),
            }
        }
    })
}

pub(crate) fn say_what_has_no_effect(settings: &Settings) {
    for key in settings.without_effect() {
        tracing::warn!(key, "is set, and has no effect in this version");
    }
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
struct Lines {
    /// Told when standard output is closed.
    gone: Arc<Notify>,
}

impl Screen for Lines {
    fn notice(&mut self, notice: &Notice) {
        let Some(line) = line(notice) else { return };
        let mut stdout = io::stdout().lock();
        if writeln!(stdout, "{line}").and_then(|()| stdout.flush()).is_err() {
            self.gone.notify_one();
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
