//! What systemd is told of this program (`sd_notify`): that it is ready, how it is, that it is alive, that it ends. Where
//! nobody listens (`NOTIFY_SOCKET` is not set) nothing happens.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tapdesk_core::effect::{LinkState, Notice, QueueState, ReaderState, Stage, StorageState};
use tapdesk_engine::controller::Handle;
use tapdesk_engine::screen::{Location, News, Screen};

/// The line to systemd.
#[derive(Debug, Default)]
pub(crate) struct ServiceManager {
    told: Mutex<Told>,
}

/// What was told so far.
#[derive(Debug, Default)]
struct Told {
    ready: bool,
    stopping: bool,
    status: String,
}

impl ServiceManager {
    /// The program does what it is there for, or stands where no other start would bring it further. `status` says which.
    pub(crate) fn ready(&self, status: &str) {
        self.tell(true, status);
    }

    /// How it is now, in a short sentence without names.
    pub(crate) fn status(&self, status: &str) {
        self.tell(false, status);
    }

    /// The program is not ready, and is to be left alone for so long all the same, beyond the time that it has to start.
    pub(crate) fn wait_on(&self, longer: Duration) {
        let told = self.told();
        if !told.ready && !told.stopping {
            send(&format!("EXTEND_TIMEOUT_USEC={}", longer.as_micros()));
        }
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        // What is told is told in this order. It is changed after it was told, so it is sound whoever panicked.
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, ready: bool, status: &str) {
        let mut told = self.told();
        // A line's end would begin another message.
        let status: String = status.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let becomes_ready = ready && !told.ready;
        if told.stopping || (!becomes_ready && told.status == status) {
            return;
        }
        let ready = if becomes_ready { "READY=1\n" } else { "" };
        send(&format!("{ready}STATUS={status}"));
        told.ready |= becomes_ready;
        told.status = status;
    }

    /// The program is ending.
    pub(crate) fn stopping(&self) {
        let mut told = self.told();
        if !told.stopping {
            told.stopping = true;
            send("STOPPING=1\nSTATUS=ending");
        }
    }

    /// Tells systemd that the program is alive, at half of the time after which it would be started again, while
    /// `is_well` says so. It is asked with the time it may take.
    pub(crate) async fn beat<F>(&self, is_well: impl Fn(Duration) -> F)
    where
        F: Future<Output = bool>,
    {
        let Some(every) = beat_every() else { return std::future::pending().await };
        let mut beats = tokio::time::interval(every);
        beats.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut was_well = true;
        loop {
            beats.tick().await;
            let well = is_well(every).await;
            if well {
                send("WATCHDOG=1");
            } else if was_well {
                tracing::error!("the program is stuck; systemd is not told that it is alive");
            }
            was_well = well;
        }
    }
}

/// Half of the time that systemd waits for a sign of life. `WATCHDOG_PID` is passed over: it names the compositor where
/// this program is the only one of a kiosk session.
fn beat_every() -> Option<Duration> {
    std::env::var_os("NOTIFY_SOCKET")?;
    let microseconds: u64 = std::env::var("WATCHDOG_USEC").ok()?.parse().ok()?;
    (microseconds > 0).then(|| Duration::from_micros(microseconds) / 2)
}

#[cfg(target_os = "linux")]
fn send(message: &str) {
    if let Err(error) = sd_notify::notify(&[sd_notify::NotifyState::Custom(message)]) {
        tracing::debug!(%error, "systemd does not listen");
    }
}

#[cfg(not(target_os = "linux"))]
fn send(_message: &str) {}

/// Whether the loop of this desk answers within so long; a program without a desk has none that could be stuck.
pub(crate) async fn answers(desk: Option<Handle>, within: Duration) -> bool {
    let Some(desk) = desk else { return true };
    // A desk that has ended is no fault: whoever ran it goes on.
    tokio::time::timeout(within, desk.answers()).await.is_ok()
}

/// A screen whose desk's state systemd is told too.
pub(crate) struct Reported<S> {
    screen: S,
    manager: Arc<ServiceManager>,
    state: State,
}

/// What a sentence is made of.
#[derive(Debug, Default)]
struct State {
    out_of_order: bool,
    link: &'static str,
    reader: &'static str,
    storage_fails: bool,
    waiting: usize,
    needs_staff: usize,
}

impl State {
    fn sentence(&self) -> String {
        let mut parts = vec![self.link.to_owned(), format!("reader {}", self.reader)];
        if self.out_of_order {
            parts.insert(0, "out of order, as staff set it".to_owned());
        }
        if self.storage_fails {
            parts.push("taps cannot be stored".to_owned());
        }
        parts.push(format!("{} waiting", self.waiting));
        if self.needs_staff > 0 {
            parts.push(format!("{} for staff", self.needs_staff));
        }
        parts.join("; ")
    }
}

impl<S: Screen> Reported<S> {
    /// The desk that tells this screen is open: systemd is told at its first word.
    pub(crate) fn new(screen: S, manager: &Arc<ServiceManager>) -> Self {
        let state = State { link: "connecting", reader: "starting", ..State::default() };
        Self { screen, manager: Arc::clone(manager), state }
    }

    fn tell(&self) {
        self.manager.status(&self.state.sentence());
    }
}

impl<S: Screen> Screen for Reported<S> {
    fn notice(&mut self, notice: &Notice) {
        self.screen.notice(notice);
        match notice {
            Notice::Link(link) => {
                self.state.link = match link {
                    LinkState::Connecting => "connecting",
                    LinkState::Online => "online",
                    LinkState::Offline { .. } => "offline",
                    LinkState::SignedOut { .. } => "signed out",
                }
            }
            Notice::Reader(reader) => {
                self.state.reader = match reader {
                    ReaderState::Starting => "starting",
                    ReaderState::Up { .. } => "up",
                    ReaderState::Down { .. } => "down",
                }
            }
            Notice::Queue(QueueState { waiting, needs_staff, .. }) => {
                (self.state.waiting, self.state.needs_staff) = (*waiting, *needs_staff);
            }
            Notice::Storage(storage) => self.state.storage_fails = matches!(storage, StorageState::Fails { .. }),
            Notice::Acknowledged { .. }
            | Notice::Verdict(_)
            | Notice::Clock(_)
            | Notice::OtherSource { .. }
            | Notice::PinLocked(_) => return,
        }
        self.tell();
    }

    fn stage(&mut self, stage: &Stage) {
        self.screen.stage(stage);
        let out_of_order = matches!(stage, Stage::OutOfOrder { .. });
        if self.state.out_of_order != out_of_order {
            self.state.out_of_order = out_of_order;
            self.tell();
        }
    }

    fn location(&mut self, location: &Location) {
        self.screen.location(location);
    }

    fn news(&mut self, news: &News) {
        self.screen.news(news);
    }

    fn is_seen(&self) -> bool {
        self.screen.is_seen()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_how_the_desk_is() {
        let state = State { link: "offline", reader: "up", waiting: 3, ..State::default() };
        assert_eq!(state.sentence(), "offline; reader up; 3 waiting");
        let state = State { needs_staff: 1, storage_fails: true, out_of_order: true, ..state };
        let whole = "out of order, as staff set it; offline; reader up; taps cannot be stored; 3 waiting; 1 for staff";
        assert_eq!(state.sentence(), whole);
    }
}
