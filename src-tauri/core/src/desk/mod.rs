//! The desk machine: every tap's way from the reader to its verdict.
//!
//! [`Desk::handle`] takes what happened and answers with what to do; [`Desk::next_deadline`] says when to come back.
//! What holds throughout, each with a test of its own in `tests.rs`:
//!
//! 1. A tap is made durable before anything is sent, and acknowledged as soon as it is.
//! 2. A write is made durable as an attempt before it is sent, and is never sent again before it was looked up.
//! 3. `checked_in` and `checked_out` are told only after the service said yes, or after its record proves it.
//! 4. One member's taps are worked on one at a time, in tap order; one member's calls never hold up another's tap.
//! 5. `unavailable` is final: whoever was told that nothing is recorded is recorded later by staff alone. It is told once
//!    it is stored.
//!
//! Why that is enough, whatever happens, stands in [`crate::entry`].
//!
//! This room knows no HTTP, no SQL and no words of the screen.

mod flow;
mod identity;
mod journey;
mod lines;
mod link;
mod out_of_order;
mod outcome;
mod pin;
mod queue;
mod quiet;
mod readers;
mod recent;
mod resolve;
mod restore;
mod screen;
mod storage;
mod timers;
mod watch;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

pub use self::identity::{NOBODY_HAS, SEVERAL_HAVE};
use self::journey::{Journey, Step};
use self::lines::{Lines, Owner};
use self::link::Link;
use self::readers::Readers;
use self::recent::Recent;
use self::resolve::Resolving;
use self::screen::Screen;
use self::storage::Storage;
use self::timers::{Timer, Timers};
pub use self::watch::DOUBT;
use crate::checkin::{Direction, Trouble};
use crate::effect::{Effect, Notice, QueueState, ReaderState, Stage};
use crate::entry::{Entry, EntryState, Settlement, Source};
use crate::event::Event;
use crate::ids::{CoworkerId, EntryId, FailedCheckinId};
use crate::now::Now;
use crate::pin::{Guard, LookUps};
use crate::policy::Policy;
use crate::reader::ReaderPlace;
use crate::tile::{TileId, TileReading, Unusable};
use crate::verdict::{Shown, Unavailable, Verdict};

/// How long a member waits at most to be told that the tap is known, while a slow disk stores it.
const ACKNOWLEDGEMENT_DUE: Duration = Duration::from_millis(150);
/// How long a member waits at most before the screen says something.
const VERDICT_DUE: Duration = Duration::from_secs(5);

/// The desk of one location.
#[derive(Debug)]
pub struct Desk {
    policy: Policy,
    now: Now,
    effects: Vec<Effect>,
    timers: Timers,
    screen: Screen,
    link: Link,
    readers: Readers,
    journeys: HashMap<EntryId, Journey>,
    lines: Lines,
    /// Taps that get the verdict of the member's earlier one, by that one.
    followers: HashMap<EntryId, Vec<EntryId>>,
    /// Taps whose members wait for a first verdict, by number.
    live: BTreeMap<u64, EntryId>,
    /// The last verdict of each member who was here within the repeat window.
    recent: HashMap<CoworkerId, Recent>,
    /// Taps that wait for the connection, by number.
    parked: BTreeMap<u64, EntryId>,
    /// Taps that are kept here, parked ones and those under way again: when each was made, by number.
    waiting: BTreeMap<u64, DateTime<Utc>>,
    /// Tiles reported to the service as unknown or ambiguous within the repeat window; none for a PIN.
    reported: HashMap<Option<TileId>, Duration>,
    /// `FailedCheckin`s that gave their reason to a tap: never another tap's reason.
    used_reasons: HashSet<FailedCheckinId>,
    storage: Storage,
    /// What staff decided, on its way into the journal.
    resolving: HashMap<EntryId, Resolving>,
    pin_guard: Guard,
    look_ups: LookUps,
    clock_ahead: Option<TimeDelta>,
    /// What staff say of a kiosk that they have put out of order.
    out_of_order: Option<String>,
    /// Parked taps that were sent on.
    draining: Vec<EntryId>,
    needs_staff: usize,
    queue: QueueState,
    last_number: u64,
    sequence: u64,
}

impl Desk {
    /// A desk where nobody has tapped yet.
    pub fn new(policy: Policy, now: Now) -> Self {
        Self {
            policy,
            now,
            effects: Vec::new(),
            timers: Timers::default(),
            screen: Screen::default(),
            link: Link::default(),
            readers: Readers::default(),
            journeys: HashMap::new(),
            lines: Lines::default(),
            followers: HashMap::new(),
            live: BTreeMap::new(),
            recent: HashMap::new(),
            parked: BTreeMap::new(),
            waiting: BTreeMap::new(),
            reported: HashMap::new(),
            used_reasons: HashSet::new(),
            storage: Storage::default(),
            resolving: HashMap::new(),
            pin_guard: Guard::default(),
            look_ups: LookUps::default(),
            clock_ahead: None,
            out_of_order: None,
            draining: Vec::new(),
            needs_staff: 0,
            queue: QueueState::default(),
            last_number: 0,
            sequence: 0,
        }
    }

    /// When to call [`Desk::handle`] with [`Event::Woken`], on the clock of [`Now::elapsed`].
    pub fn next_deadline(&self) -> Option<Duration> {
        self.timers.next()
    }

    /// Takes what happened at `now`; answers with what to do, in order.
    pub fn handle(&mut self, now: Now, event: Event) -> Vec<Effect> {
        self.now = now;
        while let Some(timer) = self.timers.pop_due(now.elapsed) {
            self.fire(timer);
        }
        self.take(event);
        self.drain();
        if self.link.is_to_be_asked() {
            self.effects.push(Effect::Probe);
        }
        if let Some(at) = self.link.plan_probe(now) {
            self.timers.set(at, Timer::Probe);
        }
        self.tell_queue();
        std::mem::take(&mut self.effects)
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::ReaderUp { reader, name } => self.reader_is(reader, ReaderState::Up { name }),
            Event::ReaderDown { reader, why } => self.reader_is(reader, ReaderState::Down { why }),
            Event::Tile { entry, reader, wanted, reading, is_place } => {
                if self.readers.lies_on(reader, &reading) {
                    self.tile(entry, wanted, reading, is_place);
                }
            }
            Event::TileGone { reader } => self.readers.is_empty(reader),
            Event::OfferAccepted { shown, entry } => self.offer_accepted(shown, entry),
            Event::PinEntered { entry, who } => self.pin_entered(entry, who),
            Event::PinTriesStored { entry, result } => self.pin_tries_stored(entry, result),
            Event::NameTyped { look_up } => self.name_typed(look_up),
            Event::Restored(kept) => self.restored(kept),
            Event::Recorded { entry, sequence, result } => self.recorded(entry, sequence, result),
            Event::Identified { entry, who } => self.identified(entry, who),
            Event::Records { entry, answer } => self.records(entry, answer),
            Event::Written { entry, answer } => self.written(entry, answer),
            Event::Undone { entry, answer } => self.undone(entry, answer),
            Event::Reason { entry, answer } => self.reason(entry, answer),
            Event::Probed(outcome) => {
                let changed = self.link.probed(self.now, outcome.as_ref().copied());
                self.tell_link(changed);
            }
            Event::Observed(outcome) => self.note_link(outcome.as_ref().copied()),
            Event::StorageTested(result) => self.storage_tested(result),
            Event::ClockDiffers(ahead) => self.clock_differs(ahead),
            Event::Resolve { entry, resolution } => self.resolve(*entry, &resolution),
            Event::OutOfOrder(note) => self.put_out_of_order(note),
            Event::Woken => {}
        }
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::Dwell => self.turn_stage(),
            Timer::Acknowledge(entry) => self.acknowledge(entry),
            Timer::Due(entry) => self.due(entry),
            Timer::Rested(entry) => self.rested(entry),
            Timer::Rewrite => self.rewrite(),
            Timer::PinUnlocked => self.pin_unlocked(),
            Timer::TestStorage => self.test_storage(),
            Timer::Probe => {
                if self.link.probe_is_due(self.now) {
                    self.effects.push(Effect::Probe);
                }
            }
        }
    }

    fn reader_is(&mut self, reader: ReaderPlace, state: ReaderState) {
        if let Some(of_all) = self.readers.is(reader, state) {
            self.tell(Notice::Reader(of_all));
        }
    }

    fn clock_differs(&mut self, ahead: Option<TimeDelta>) {
        if self.clock_ahead != ahead {
            self.clock_ahead = ahead;
            self.tell(Notice::Clock(ahead));
        }
    }

    fn note_link(&mut self, outcome: Result<(), &Trouble>) {
        let changed = self.link.note(self.now, outcome);
        self.tell_link(changed);
    }

    fn tell_link(&mut self, changed: bool) {
        if changed {
            let state = self.link.state().clone();
            self.tell(Notice::Link(state));
        }
    }

    fn tile(&mut self, id: EntryId, wanted: Option<Direction>, reading: TileReading, is_place: bool) {
        let masked = reading.masked();
        match reading {
            TileReading::Usable(tile) if self.out_of_order.is_none() => {
                let entry = Entry { wanted, ..self.newborn(id, Some(tile)) };
                self.start_journey(entry, false);
                if let Some(journey) = self.journeys.get_mut(&id).filter(|_| is_place) {
                    journey.of_nobody = Verdict::UnusableTile(Unusable::Place);
                }
            }
            TileReading::Usable(tile) => {
                let entry = self.newborn(id, Some(tile));
                self.end_at_once(entry, masked, Verdict::Unavailable(Unavailable::OutOfOrder));
            }
            TileReading::Unusable(why) => {
                let entry = self.newborn(id, None);
                self.end_at_once(entry, masked, Verdict::UnusableTile(why));
            }
        }
    }

    /// A tap that needs nothing of the service: it is stored, and its verdict told.
    fn end_at_once(&mut self, newborn: Entry, masked: Option<String>, verdict: Verdict) {
        self.tell_acknowledged(newborn.id, masked, newborn.tapped_at);
        let entry = Entry { state: outcome::nothing_to_send(&verdict, None), ..newborn };
        self.record(entry.clone());
        let shown = self.shown(&entry, None, verdict);
        self.tell_verdict(shown);
    }

    fn offer_accepted(&mut self, shown: EntryId, id: EntryId) {
        if self.out_of_order.is_some() {
            return;
        }
        let Some(offered) = self.screen.verdict().filter(|current| current.entry == shown) else { return };
        let (Some(offer), Some(coworker)) = (offered.offer, offered.coworker) else { return };
        let Some(recent) = self.recent.remove(&coworker) else { return };
        let newborn = self.newborn(id, recent.tile);
        let (source, wanted) = (recent.source, offer.direction().or(recent.wanted));
        let entry = Entry { source, coworker: Some(coworker), wanted, ..newborn };
        self.start_journey(entry, true);
    }

    fn newborn(&mut self, id: EntryId, tile: Option<TileId>) -> Entry {
        self.last_number += 1;
        Entry {
            id,
            number: self.last_number,
            tile,
            source: Source::Tile,
            tapped_at: self.now.utc,
            coworker: None,
            wanted: None,
            state: EntryState::Waiting,
            watch: None,
            retried_at: None,
        }
    }

    /// Tells the member that the tap is known, once.
    fn acknowledge(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get_mut(&id).filter(|journey| journey.is_live() && !journey.acknowledged)
        else {
            return;
        };
        journey.acknowledged = true;
        let (tile, at) = (journey.entry.tile.as_ref().map(TileId::masked), journey.entry.tapped_at);
        self.tell_acknowledged(id, tile, at);
    }

    fn tell_acknowledged(&mut self, entry: EntryId, tile: Option<String>, at: DateTime<Utc>) {
        self.tell(Notice::Acknowledged { entry, tile: tile.clone(), at });
        let stage = self.screen.enter(self.now, Stage::Acknowledged { entry, tile, at });
        self.effects.push(Effect::Stage(stage));
    }

    fn start_journey(&mut self, entry: Entry, asked: bool) {
        let id = entry.id;
        let sequence = self.record(entry.clone());
        self.live.insert(entry.number, id);
        // A place in line from the first: a later tap may be identified sooner.
        if let Some(owner) = Owner::of(entry.coworker, entry.tile.as_ref()) {
            self.lines.join(owner, entry.number, id);
        }
        let since = Some(self.now.elapsed);
        let journey = Journey { asked, since, ..Journey::new(entry, Step::Birth { sequence }) };
        self.journeys.insert(id, journey);
        self.timers.set(self.now.elapsed + ACKNOWLEDGEMENT_DUE, Timer::Acknowledge(id));
        self.timers.set(self.now.elapsed + VERDICT_DUE, Timer::Due(id));
    }

    fn tell(&mut self, notice: Notice) {
        self.effects.push(Effect::Tell(notice));
    }

    fn shown(&self, entry: &Entry, member: Option<&crate::member::Member>, verdict: Verdict) -> Shown {
        Shown {
            entry: entry.id,
            name: member.and_then(|member| self.policy.names.shown(member)),
            coworker: member.map(|member| member.id).or(entry.coworker),
            checkin: match &entry.state {
                EntryState::Settled(Settlement::CheckedIn { checkin } | Settlement::NothingToSend { checkin, .. }) => {
                    *checkin
                }
                EntryState::Settled(Settlement::CheckedOut { checkin, .. }) => Some(*checkin),
                _ => None,
            },
            tile: entry.tile.as_ref().map(TileId::masked),
            at: self.now.utc,
            revised: false,
            offer: None,
            verdict,
        }
    }

    fn tell_verdict(&mut self, shown: Shown) {
        self.tell(Notice::Verdict(shown.clone()));
        if let Some(stage) = self.screen.offer(self.now, shown) {
            self.effects.push(Effect::Stage(stage));
        }
        self.watch_stage();
    }

    /// The dwell is over: the next verdict, or the tap that still waits for one, or nobody.
    fn turn_stage(&mut self) {
        if let Some(stage) = self.screen.next(self.now) {
            self.effects.push(Effect::Stage(stage));
        } else if self.screen.until().is_some_and(|until| until <= self.now.elapsed) {
            let acknowledged = |id: &EntryId| self.journeys.get(id).filter(|journey| journey.acknowledged);
            let waits = self.live.values().rev().find_map(acknowledged);
            let stage = waits.map_or_else(
                || self.nobody_there(),
                |journey| Stage::Acknowledged {
                    entry: journey.entry.id,
                    tile: journey.entry.tile.as_ref().map(TileId::masked),
                    at: journey.entry.tapped_at,
                },
            );
            let stage = self.screen.enter(self.now, stage);
            self.effects.push(Effect::Stage(stage));
        }
        self.watch_stage();
    }

    fn watch_stage(&mut self) {
        if let Some(until) = self.screen.until() {
            self.timers.set(until, Timer::Dwell);
        }
    }
}
