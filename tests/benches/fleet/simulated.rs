//! A kiosk in simulated time: the real desk and the real governor, with a service in between that only counts.
//!
//! What the real program has between the two is told here in few words: which calls an effect of the desk costs, and that a
//! throttled call waits and asks again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use tapdesk_core::checkin::{Attempt, Trouble, Undone, WriteAnswer};
use tapdesk_core::desk::Desk;
use tapdesk_core::effect::{Effect, Notice};
use tapdesk_core::entry::EntryState;
use tapdesk_core::event::{Event, Kept};
use tapdesk_core::ids::{CoworkerId, EntryId};
use tapdesk_core::member::{Identification, Member};
use tapdesk_core::now::Now;
use tapdesk_core::policy::Policy;
use tapdesk_core::reader::ReaderPlace;
use tapdesk_core::tile::{TileId, TileReading};
use tapdesk_engine::directory::DELTA_EVERY;
use tapdesk_engine::spaces::governor::{Budget, Governor, Priority};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use super::account::Account;

/// How long the journal takes to store something.
const STORED_WITHIN: Duration = Duration::from_millis(5);
/// How long a tile lies on the reader.
const LIES: Duration = Duration::from_secs(1);
/// Before a background pass that failed is tried again.
const AGAIN: Duration = Duration::from_mins(1);

/// What became of a tap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tap {
    pub(crate) at: Instant,
    /// When its first verdict was told, and whether that was the service's word.
    pub(crate) told: Option<(Instant, bool)>,
    /// When the service had it.
    pub(crate) recorded: Option<Instant>,
    /// Whether it was handed to staff.
    pub(crate) for_staff: bool,
}

/// The taps of all kiosks.
pub(crate) type Taps = Rc<RefCell<HashMap<EntryId, Tap>>>;

/// One kiosk.
pub(crate) struct Kiosk {
    account: Rc<Account>,
    governor: Governor,
    events: UnboundedSender<Event>,
    taps: Taps,
    /// Where simulated time begins, on the wall.
    midnight: DateTime<Utc>,
    began: Instant,
}

impl Kiosk {
    /// Starts a kiosk; it runs as long as its `LocalSet`.
    pub(crate) fn start(account: &Rc<Account>, budget: Budget, taps: &Taps, midnight: DateTime<Utc>) -> Rc<Self> {
        let (events, happened) = unbounded_channel();
        let kiosk = Rc::new(Self {
            account: Rc::clone(account),
            governor: Governor::new(budget),
            events,
            taps: Rc::clone(taps),
            midnight,
            began: Instant::now(),
        });
        tokio::task::spawn_local(Rc::clone(&kiosk).run(happened));
        tokio::task::spawn_local(Rc::clone(&kiosk).background());
        kiosk
    }

    /// A member holds a tile there.
    pub(crate) async fn tap(&self, entry: EntryId, member: u64) {
        let tap = Tap { at: Instant::now(), told: None, recorded: None, for_staff: false };
        self.taps.borrow_mut().insert(entry, tap);
        let reader = ReaderPlace::default();
        let reading = TileReading::of_hex(&format!("04{member:012X}"));
        self.tell(Event::Tile { entry, reader, wanted: None, reading, is_place: false });
        tokio::time::sleep(LIES).await;
        self.tell(Event::TileGone { reader });
    }

    fn tell(&self, event: Event) {
        // A desk that has ended needs nothing any more.
        drop(self.events.send(event));
    }

    fn now(&self) -> Now {
        let elapsed = self.began.elapsed();
        Now { utc: (self.midnight + elapsed).trunc_subsecs(3), elapsed }
    }

    async fn run(self: Rc<Self>, mut happened: UnboundedReceiver<Event>) {
        let mut desk = Desk::new(Policy::default(), self.now());
        let mut event = Event::Restored(Kept::default());
        loop {
            for effect in desk.handle(self.now(), event) {
                self.note(&effect);
                let kiosk = Rc::clone(&self);
                tokio::task::spawn_local(async move {
                    if let Some(answer) = kiosk.carry_out(effect).await {
                        kiosk.tell(answer);
                    }
                });
            }
            let deadline = desk.next_deadline().map(|elapsed| self.began + elapsed);
            event = tokio::select! {
                biased;
                Some(event) = happened.recv() => event,
                () = async { tokio::time::sleep_until(deadline.unwrap_or(self.began)).await }, if deadline.is_some() => Event::Woken,
            };
        }
    }

    /// The member list at the start, then what changed; the location's two calls.
    async fn background(self: Rc<Self>) {
        for priority in [Priority::Urgent, Priority::Background, Priority::Background] {
            // What failed is learnt by the next one.
            drop(self.call(priority, false).await);
        }
        loop {
            let read = self.call(Priority::Background, false).await;
            let pause = if read.is_ok() { DELTA_EVERY } else { AGAIN };
            self.tell(Event::Observed(read));
            tokio::time::sleep(pause).await;
        }
    }

    /// A call as the program makes one: in its turn, and again after throttling while there is time.
    async fn call(&self, priority: Priority, writes: bool) -> Result<(), Trouble> {
        let until = Instant::now() + priority.patience(writes);
        let _in_front = (priority == Priority::Urgent).then(|| self.governor.in_front());
        loop {
            if !self.governor.admit_by(until, priority, writes).await {
                return Err(Trouble::Throttled);
            }
            match self.account.ask(priority, writes).await {
                None => {
                    self.governor.let_through(priority);
                    return Ok(());
                }
                Some(wait) => self.governor.hold(wait, priority, writes),
            }
        }
    }

    /// What the effect says of a tap.
    fn note(&self, effect: &Effect) {
        let mut taps = self.taps.borrow_mut();
        match effect {
            Effect::Tell(Notice::Verdict(shown)) => {
                if let Some(tap) = taps.get_mut(&shown.entry) {
                    let sure = matches!(shown.verdict.kind(), "checked_in" | "checked_out");
                    tap.told.get_or_insert((Instant::now(), sure));
                }
            }
            Effect::Record { entry, .. } => {
                let Some(tap) = taps.get_mut(&entry.id) else { return };
                match entry.state {
                    EntryState::Settled(_) => drop(tap.recorded.get_or_insert(Instant::now())),
                    EntryState::NeedsStaff(_) => tap.for_staff = true,
                    EntryState::Waiting | EntryState::Sending(_) => {}
                }
            }
            _ => {}
        }
    }

    async fn carry_out(&self, effect: Effect) -> Option<Event> {
        let priority = |urgent| if urgent { Priority::Urgent } else { Priority::Background };
        match effect {
            Effect::Record { entry, sequence } => {
                tokio::time::sleep(STORED_WITHIN).await;
                Some(Event::Recorded { entry: entry.id, sequence, result: Ok(()) })
            }
            // The directory knows every member: no call.
            Effect::Identify { entry, tile, .. } => Some(Event::Identified { entry, who: whose(&tile) }),
            Effect::ReadRecords { entry, coworker, urgent } => {
                let read = self.call(priority(urgent), false).await;
                Some(Event::Records { entry, answer: read.map(|()| self.account.checkins(coworker)) })
            }
            Effect::Write { entry, attempt, urgent, .. } => {
                Some(Event::Written { entry, answer: self.write(&attempt, priority(urgent)).await })
            }
            Effect::Undo { entry, coworker, checkin } => {
                let mut answer = self.call(Priority::Background, false).await;
                if answer.is_ok() {
                    answer = self.call(Priority::Background, true).await;
                }
                if answer.is_ok() {
                    self.account.take_back(coworker, checkin);
                }
                Some(Event::Undone { entry, answer: answer.map(|()| Undone::Deleted) })
            }
            Effect::FindReason { entry, urgent, .. } => {
                let read = self.call(priority(urgent), false).await;
                Some(Event::Reason { entry, answer: read.map(|()| None) })
            }
            Effect::TestStorage => Some(Event::StorageTested(Ok(()))),
            Effect::Probe => Some(Event::Probed(self.call(Priority::Urgent, false).await)),
            _ => None,
        }
    }

    async fn write(&self, attempt: &Attempt, priority: Priority) -> WriteAnswer {
        if let Attempt::Close { .. } = attempt
            && let Err(trouble) = self.call(priority, false).await
        {
            return WriteAnswer::NotDone(trouble);
        }
        if let Err(trouble) = self.call(priority, true).await {
            return WriteAnswer::NotDone(trouble);
        }
        WriteAnswer::Done {
            checkin: match attempt {
                Attempt::Open { coworker, from } => Some(self.account.open(*coworker, *from)),
                Attempt::Close { coworker, checkin, to, .. } => {
                    self.account.close(*coworker, *checkin, *to);
                    Some(*checkin)
                }
                Attempt::Report { .. } => None,
            },
        }
    }
}

/// Whose tile it is: its digits are the member's number.
fn whose(tile: &TileId) -> Identification {
    let number = tile.as_text().get(2..).and_then(|digits| i64::from_str_radix(digits, 16).ok());
    number.map_or(Identification::Nobody, |number| {
        let full_name = format!("Member {number}");
        Identification::One(Member { id: CoworkerId(number), full_name, called: None, active: true, archived: false })
    })
}
