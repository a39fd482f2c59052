//! The journal: every tap's entry, durable in SQLite before anything is sent, and encrypted where it lies.
//!
//! One thread of its own owns the database (WAL, `synchronous=FULL`); everyone else sends it orders and awaits the
//! answer. This is the only room that knows SQL. It keeps what it is given and decides nothing.

use std::path::Path;
use std::sync::{Arc, mpsc as orders};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::entry::Entry;
use tapdesk_core::event::Kept;
use tapdesk_core::ids::{BusinessId, EntryId};
use tapdesk_core::pin::PinTries;
use tokio::sync::oneshot;

use crate::keys::JournalKey;

pub mod audit;
mod birth;
mod damage;
mod database;
mod error;
mod for_staff;
mod home;
mod keeper;
pub mod members;
mod report;
mod row;
mod schema;
#[cfg(test)]
mod tests;
mod versions;

pub use error::JournalError;
pub use for_staff::{Concern, KeptTap};
pub(crate) use home::is_part;
pub use report::{QueueReport, QueuedEntry, check_alone, claimed, give_up, needs_key, remove, report};
pub use versions::versions;

/// What a kiosk that ever ran has in its data folder.
pub(crate) const FILES: [&str; 2] = [home::FILE, members::FILE];

use audit::Audit;
use error::file_error;
use home::Home;
use keeper::Keeper;

/// How long a settled entry is kept for questions, once nothing of it is watched any more.
const KEPT_FOR: TimeDelta = TimeDelta::days(30);
/// Between two looks for entries to forget.
const FORGET_EVERY: Duration = Duration::from_hours(24);

/// A handle to the journal's thread. The thread ends with its last handle, which waits for that: a program that ended
/// under a thread at work would take the ground from under it.
#[derive(Debug, Clone)]
pub struct Journal(Arc<Counter>);

/// Where orders are taken.
#[derive(Debug)]
struct Counter {
    orders: Option<orders::Sender<Order>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Counter {
    fn drop(&mut self) {
        drop(self.orders.take());
        // A thread that panicked has said so.
        drop(self.thread.take().map(std::thread::JoinHandle::join));
    }
}

enum Order {
    Put(Box<Entry>, oneshot::Sender<Result<(), JournalError>>),
    Kept(DateTime<Utc>, oneshot::Sender<Result<Kept, JournalError>>),
    PinTries(PinTries, oneshot::Sender<Result<(), JournalError>>),
    Check(oneshot::Sender<Result<(), JournalError>>),
    TapsForStaff(oneshot::Sender<Result<Vec<KeptTap>, JournalError>>),
    TapsBetween(DateTime<Utc>, DateTime<Utc>, oneshot::Sender<Result<Vec<KeptTap>, JournalError>>),
    Tap(EntryId, oneshot::Sender<Result<Option<KeptTap>, JournalError>>),
    TapsThatWait(oneshot::Sender<Result<Vec<KeptTap>, JournalError>>),
    Entry(EntryId, oneshot::Sender<Result<Option<(Entry, bool)>, JournalError>>),
    AuditBegin(String, oneshot::Sender<Result<u64, JournalError>>),
    AuditAdd(u64, String, oneshot::Sender<Result<(), JournalError>>),
    Audit(Option<u64>, usize, oneshot::Sender<Result<Audit, JournalError>>),
}

impl Journal {
    /// Opens the journal in `data_dir` for the taps of this location, and takes sole possession of it. Makes it where
    /// there is none; encrypts what an earlier version left plain; sets a damaged one aside and carries over what can
    /// be read. Blocks for as long as that takes.
    pub fn open(data_dir: &Path, key: &JournalKey, location: BusinessId) -> Result<Self, JournalError> {
        let (home, key) = (Home::new(data_dir), key.clone());
        let (sender, receiver) = orders::channel();
        let (opened, answer) = orders::channel();
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                let claimed = Keeper::open(home, key).and_then(|mut keeper| keeper.claim(location).map(|()| keeper));
                let (keeper, result) = match claimed {
                    Ok(keeper) => (Some(keeper), Ok(())),
                    Err(error) => (None, Err(error)),
                };
                drop(opened.send(result));
                if let Some(keeper) = keeper {
                    serve(keeper, &receiver);
                }
            })
            .map_err(|error| file_error(data_dir, &error))?;
        let counter = Counter { orders: Some(sender), thread: Some(thread) };
        answer.recv().unwrap_or(Err(JournalError::Stopped))?;
        Ok(Self(Arc::new(counter)))
    }

    /// Makes `entry` durable, replacing what stands under its id. The order is given by the call, not by the first
    /// poll of the future: entries are stored in the order of the calls.
    pub fn put(&self, entry: Entry) -> impl Future<Output = Result<(), JournalError>> + Send + 'static {
        self.ask(|answer| Order::Put(Box::new(entry), answer))
    }

    /// What is kept: all that is unfinished or watched, and what else was tapped since `settled_since`.
    pub fn kept(
        &self,
        settled_since: DateTime<Utc>,
    ) -> impl Future<Output = Result<Kept, JournalError>> + Send + 'static {
        self.ask(move |answer| Order::Kept(settled_since, answer))
    }

    /// Makes the wrong PINs that were tried durable, instead of what is kept of them.
    pub fn put_pin_tries(&self, tries: PinTries) -> impl Future<Output = Result<(), JournalError>> + Send + 'static {
        self.ask(move |answer| Order::PinTries(tries, answer))
    }

    /// Writes something durable that changes no entry, to learn whether the disk works. As the journal works in order,
    /// all that was put before is stored, or was answered with an error, when this is answered.
    pub fn check(&self) -> impl Future<Output = Result<(), JournalError>> + Send + 'static {
        self.ask(Order::Check)
    }

    /// The taps that need staff or identified nobody, in the order of the taps.
    pub fn taps_for_staff(&self) -> impl Future<Output = Result<Vec<KeptTap>, JournalError>> + Send + 'static {
        self.ask(Order::TapsForStaff)
    }

    /// The taps from `from` on and before `until`.
    pub fn taps_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> impl Future<Output = Result<Vec<KeptTap>, JournalError>> + Send + 'static {
        self.ask(move |answer| Order::TapsBetween(from, until, answer))
    }

    /// The tap of this id.
    pub fn tap(&self, entry: EntryId) -> impl Future<Output = Result<Option<KeptTap>, JournalError>> + Send + 'static {
        self.ask(move |answer| Order::Tap(entry, answer))
    }

    /// The taps that wait or are being sent.
    pub fn taps_that_wait(&self) -> impl Future<Output = Result<Vec<KeptTap>, JournalError>> + Send + 'static {
        self.ask(Order::TapsThatWait)
    }

    /// The entry of this id as far as it can be understood, and whether that is all of it.
    pub fn entry(
        &self,
        entry: EntryId,
    ) -> impl Future<Output = Result<Option<(Entry, bool)>, JournalError>> + Send + 'static {
        self.ask(move |answer| Order::Entry(entry, answer))
    }

    /// Makes durable that staff begin an act; its number, which grows by one.
    pub fn begin_act(&self, content: String) -> impl Future<Output = Result<u64, JournalError>> + Send + 'static {
        self.ask(move |answer| Order::AuditBegin(content, answer))
    }

    /// Makes durable what else there is to say of an act.
    pub fn add_to_act(
        &self,
        act: u64,
        content: String,
    ) -> impl Future<Output = Result<(), JournalError>> + Send + 'static {
        self.ask(move |answer| Order::AuditAdd(act, content, answer))
    }

    /// The newest acts before this one, at most so many, and whether all of the audit hangs together.
    pub fn audit(
        &self,
        before: Option<u64>,
        most: usize,
    ) -> impl Future<Output = Result<Audit, JournalError>> + Send + 'static {
        self.ask(move |answer| Order::Audit(before, most, answer))
    }

    fn ask<T: Send + 'static>(
        &self,
        order: impl FnOnce(oneshot::Sender<Result<T, JournalError>>) -> Order,
    ) -> impl Future<Output = Result<T, JournalError>> + Send + 'static {
        let (answer, answered) = oneshot::channel();
        // An order to a journal that has stopped is dropped, and its answer with it.
        drop(self.0.orders.as_ref().map(|orders| orders.send(order(answer))));
        async move { answered.await.map_err(|_| JournalError::Stopped)? }
    }
}

fn serve(mut keeper: Keeper, receiver: &orders::Receiver<Order>) {
    let mut forget_at = Instant::now();
    loop {
        // Orders go first: what is to be forgotten goes in small pieces, while nobody asks for anything.
        match receiver.recv_timeout(forget_at.saturating_duration_since(Instant::now())) {
            // Whoever asked may be gone by the time of the answer; that is no fault.
            Ok(Order::Put(entry, answer)) => drop(answer.send(keeper.work(|database| database.put(&entry)))),
            Ok(Order::Kept(since, answer)) => drop(answer.send(keeper.work(|database| database.kept(since)))),
            Ok(Order::PinTries(tries, answer)) => {
                drop(answer.send(keeper.work(|database| database.put_pin_tries(&tries))));
            }
            Ok(Order::Check(answer)) => drop(answer.send(keeper.work(|database| database.check()))),
            Ok(Order::TapsForStaff(answer)) => {
                drop(answer.send(keeper.work(|database| database.taps_for_staff())));
            }
            Ok(Order::TapsBetween(from, until, answer)) => {
                drop(answer.send(keeper.work(|database| database.taps_between(from, until))));
            }
            Ok(Order::TapsThatWait(answer)) => {
                drop(answer.send(keeper.work(|database| database.taps_that_wait())));
            }
            Ok(Order::Entry(entry, answer)) => drop(answer.send(keeper.work(|database| database.entry(entry)))),
            Ok(Order::AuditBegin(content, answer)) => {
                drop(answer.send(keeper.work(|database| database.begin_act(&content))));
            }
            Ok(Order::AuditAdd(act, content, answer)) => {
                drop(answer.send(keeper.work(|database| database.add_to_act(act, &content))));
            }
            Ok(Order::Audit(before, most, answer)) => {
                drop(answer.send(keeper.work(|database| database.audit(before, most))));
            }
            Ok(Order::Tap(entry, answer)) => drop(answer.send(keeper.work(|database| database.tap(entry)))),
            Err(orders::RecvTimeoutError::Timeout) => match keeper.forget_some(Utc::now() - KEPT_FOR) {
                Ok(true) => {}
                Ok(false) => forget_at = Instant::now() + FORGET_EVERY,
                Err(error) => {
                    tracing::warn!(%error, "old entries could not be forgotten");
                    forget_at = Instant::now() + FORGET_EVERY;
                }
            },
            Err(orders::RecvTimeoutError::Disconnected) => return,
        }
    }
}
