//! The recorder: what happened last, how the kiosk is now, and how long taps take. Always on, so that "what happened at nine"
//! can be asked later, and cheap: nothing is written anywhere, and no name or whole UID is among what happened.
//!
//! The loop feeds it; it decides nothing. Given to the next desk it survives another configuration.

mod happening;
mod latencies;
mod observed;
pub(crate) mod story;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::effect::{LinkState, Notice, QueueState, ReaderState, Stage, StorageState};
use tapdesk_core::event::Event;
use tapdesk_core::ids::EntryId;
use tapdesk_core::reader::ReaderPlace;
use tokio::sync::watch;

pub(crate) use self::happening::link_kind;
use self::latencies::Latencies;
pub(crate) use self::observed::of_tap;
use self::story::Observer;
use crate::fleet::FleetState;
use crate::screen::{ConfigurationState, Location, News};
use crate::staff_desk::view::Told;
use crate::staff_desk::view::health::{Happened, Happening, Latency};

/// So many happenings are kept.
const KEPT: usize = 5_000;
/// So many are answered at a time.
const ANSWERED: usize = 200;

/// How the kiosk is, as far as anybody has said.
#[derive(Debug, Clone, Default)]
pub struct Current {
    /// The reader.
    pub reader: ReaderState,
    /// Each of the readers that have said something, and whether it works.
    pub readers: BTreeMap<ReaderPlace, bool>,
    /// The connection.
    pub link: LinkState,
    /// Since when the connection is so, UTC.
    pub link_since: Option<DateTime<Utc>>,
    /// What waits.
    pub queue: QueueState,
    /// Whether taps can be stored.
    pub storage: StorageState,
    /// How far the service's clock is ahead, where that is too far.
    pub clock_ahead: Option<TimeDelta>,
    /// Whether staff have put the kiosk out of order.
    pub out_of_order: bool,
    /// Which configuration runs, where the kiosk follows its files.
    pub configuration: Option<ConfigurationState>,
    /// How it stands with the fleet's file, where one is followed.
    pub fleet: Option<FleetState>,
    /// When the sign-in will end, where something speaks for it, UTC.
    pub sign_in_ends: Option<DateTime<Utc>>,
    /// The location, once the service told it.
    pub location: Option<Location>,
    /// The last verdict, with the member as the kiosk names them.
    pub told: Option<Told>,
}

/// What records. Cheap to share; all of it is in memory.
#[derive(Debug)]
pub struct Recorder {
    began: DateTime<Utc>,
    /// What the moments of [`Latencies`] count from.
    origin: Instant,
    kept: Mutex<Kept>,
    revision: watch::Sender<u64>,
    /// Who hears of it.
    observer: RwLock<Option<Arc<dyn Observer>>>,
}

#[derive(Debug, Default)]
struct Kept {
    happened: VecDeque<Happened>,
    last_number: u64,
    current: Current,
    latencies: Latencies,
}

impl Recorder {
    /// An empty one; the program began now.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            began: Utc::now(),
            origin: Instant::now(),
            kept: Mutex::default(),
            revision: watch::Sender::new(0),
            observer: RwLock::default(),
        })
    }

    /// When the program began.
    pub fn began(&self) -> DateTime<Utc> {
        self.began
    }

    /// At most 200 happenings, newest first: the last ones, or those before this number.
    pub fn events(&self, before: Option<u64>) -> Vec<Happened> {
        let kept = self.kept();
        let older = kept.happened.iter().rev().skip_while(|event| before.is_some_and(|before| event.number >= before));
        older.take(ANSWERED).cloned().collect()
    }

    /// So many of the last happenings, newest first, for who must not wait, and may have panicked in here: none where
    /// somebody is at it.
    pub fn last(&self, count: usize) -> Vec<Happened> {
        let kept = match self.kept.try_lock() {
            Ok(kept) => kept,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Vec::new(),
        };
        kept.happened.iter().rev().take(count).cloned().collect()
    }

    /// How the kiosk is.
    pub fn current(&self) -> Current {
        self.kept().current.clone()
    }

    /// Counts the changes of [`Self::current`].
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// How long taps take, of the last thousand; without the parts that nobody measured yet.
    pub fn latencies(&self) -> Vec<Latency> {
        self.kept().latencies.list()
    }

    /// The page has painted the verdict of this tap; `kind` is the verdict's. What is not waited for is passed over.
    pub fn painted(&self, entry: EntryId, kind: &str) {
        let now = self.now();
        let (story, parts) = {
            let mut kept = self.kept();
            (kept.latencies.painted(entry, kind, now), kept.latencies.fresh())
        };
        self.pass_on(&parts, story.as_slice());
    }

    /// A desk begins; `painted` says whether a page will tell of its painting. What the desk before said of the kiosk does
    /// not hold any more.
    pub(crate) fn begin(&self, painted: bool) {
        self.change(|kept| {
            let Current { fleet, location, told, .. } = std::mem::take(&mut kept.current);
            kept.current = Current { fleet, location, told, ..Current::default() };
            kept.latencies.begin(painted);
            kept.note(Happening::Began);
        });
    }

    /// The reader's process told of a tile; its chip had answered so long before.
    pub(crate) fn read(&self, entry: EntryId, age: Option<Duration>) {
        let now = self.now();
        let given_up = self.kept().latencies.read(entry, age, now);
        self.pass_on(&[], &given_up);
    }

    /// The loop takes up an event.
    pub(crate) fn event(&self, event: &Event) {
        match event {
            Event::Tile { entry, .. } => {
                let now = self.now();
                let given_up = self.kept().latencies.taken(*entry, now);
                self.pass_on(&[], &given_up);
            }
            Event::ReaderUp { reader, .. } => self.reader_works(*reader, true),
            Event::ReaderDown { reader, .. } => self.reader_works(*reader, false),
            Event::OutOfOrder(note) => self.kept().current.out_of_order = note.is_some(),
            _ => {}
        }
    }

    /// A call for this tap goes out.
    pub(crate) fn call_began(&self, entry: EntryId) {
        let now = self.now();
        self.kept().latencies.call_began(entry, now);
    }

    /// It came back.
    pub(crate) fn call_ended(&self, entry: EntryId) {
        let now = self.now();
        self.kept().latencies.call_ended(entry, now);
    }

    /// What the loop told the screen.
    pub(crate) fn notice(&self, notice: &Notice) {
        let now = self.now();
        // Masking takes its time, and others wait at the lock.
        let happening = happening::of_notice(notice);
        let (mut story, mut parts) = (None, Vec::new());
        self.change(|kept| {
            if let Notice::Verdict(shown) = notice
                && !shown.revised
            {
                story = kept.latencies.verdict(shown.entry, shown.verdict.kind(), now);
                parts = kept.latencies.fresh();
            }
            kept.current.note(notice);
            if let Some(happening) = happening {
                kept.note(happening);
            }
        });
        if let Notice::Verdict(shown) = notice
            && let Some(observer) = self.observer()
        {
            observer.verdict(shown.verdict.kind(), shown.revised);
        }
        self.pass_on(&parts, story.as_slice());
    }

    /// The scene that was sent to the screen.
    pub(crate) fn stage(&self, stage: &Stage) {
        if let Stage::Verdict(shown) = stage {
            let now = self.now();
            self.kept().latencies.sent(shown.entry, now);
        }
    }

    /// Something nice to know.
    pub(crate) fn news(&self, news: &News) {
        match news {
            News::Configuration(state) => {
                let happening = happening::of_configuration(state);
                self.change(|kept| {
                    kept.current.configuration = Some(state.clone());
                    kept.note(happening);
                });
            }
            News::SignInEnds(at) => self.change(|kept| kept.current.sign_in_ends = *at),
            News::Closed(_)
            | News::Quiet(_)
            | News::ScreenOff(_)
            | News::Present(_)
            | News::Charge(_)
            | News::Visit { .. } => {}
        }
    }

    /// How it stands with the fleet's file; none where none is followed.
    pub(crate) fn fleet(&self, state: Option<FleetState>) {
        if self.current().fleet != state {
            self.change(|kept| kept.current.fleet = state);
        }
    }

    /// The location is known.
    pub(crate) fn location(&self, location: &Location) {
        self.change(|kept| kept.current.location = Some(location.clone()));
    }

    /// Something else changed that is shown beside [`Self::current`].
    pub(crate) fn touch(&self) {
        self.change(|_| {});
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) {
        change(&mut self.kept());
        self.revision.send_modify(|revision| *revision += 1);
    }

    fn reader_works(&self, place: ReaderPlace, works: bool) {
        self.kept().current.readers.insert(place, works);
    }

    fn now(&self) -> Duration {
        self.origin.elapsed()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn note(&mut self, what: Happening) {
        if self.happened.len() == KEPT {
            self.happened.pop_front();
        }
        self.last_number += 1;
        self.happened.push_back(Happened { number: self.last_number, at: Utc::now(), what });
    }
}

impl Current {
    fn note(&mut self, notice: &Notice) {
        match notice {
            Notice::Reader(state) => self.reader = state.clone(),
            Notice::Link(state) => {
                // Another reason for the same state is no other state.
                if std::mem::discriminant(state) != std::mem::discriminant(&self.link) {
                    self.link_since = Some(Utc::now());
                }
                self.link = state.clone();
            }
            Notice::Queue(queue) => self.queue = queue.clone(),
            Notice::Storage(state) => self.storage = state.clone(),
            Notice::Clock(ahead) => self.clock_ahead = *ahead,
            Notice::Verdict(shown) => {
                self.told = Some(Told {
                    entry: shown.entry.to_string(),
                    kind: shown.verdict.kind().to_owned(),
                    member: shown.name.clone(),
                    at: shown.at,
                });
            }
            Notice::Acknowledged { .. } | Notice::PinLocked(_) | Notice::OtherSource { .. } => {}
        }
    }
}
