//! The desk machine, told everything by hand: no clock, no service, no reader.
//!
//! What must hold of the journal, and the tests that miss it when the guard named beside them is gone:
//!
//! 1. Each tap ends in one terminal state: `machine`, `a_terminal_state_that_could_not_be_stored_is_stored_later`.
//! 2. Never two check-ins from one tap or for one member: `doubles`, `what_was_being_sent_at_a_crash_is_looked_up_at_start`,
//!    `an_unknown_outcome_is_looked_up_before_it_is_sent_again`, `an_unsure_second_tap_checks_nobody_out_after_a_restart`.
//! 3. A welcome means a yes, what was saved is there: `a_member_checks_in`,
//!    `nothing_is_sent_for_a_tap_that_could_not_be_stored`, and a power cut after each effect in `machine`.
//! 4. Tap order, and one bad entry blocks nobody else: `one_members_taps_are_uploaded_in_tap_order_…`,
//!    `a_tap_without_a_member_goes_before_the_same_tiles_next_one`, `a_clock_that_jumps_back_does_not_change_the_order`,
//!    and `order`.
//! 5. Only a proven success settles: `a_refusal_at_the_upload_is_for_staff`,
//!    `a_tap_that_others_overtook_is_for_staff_whatever_is_open_now`.
//!    By staff's hand too: `resolutions`, and retries and dismissals at any time in `machine`.
//! 6. Throttling is waited out: `throttling_is_waited_out_and_is_no_refusal`.

mod doubles;
mod happenings;
mod invariants;
mod machine;
mod order;
mod outages;
mod pins;
mod quiet;
mod readers;
mod replays;
mod resolutions;
mod service;
mod stories;

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::Desk;
use crate::checkin::{Attempt, CheckinRecord, Direction, FailedCheckinRecord, Trouble, Undone, WriteAnswer};
use crate::effect::{Effect, LinkState, Notice, QueueState, Stage};
use crate::entry::{Entry, EntryState, Settlement, Source, Watch};
use crate::event::{Event, Kept};
use crate::ids::{CheckinId, CoworkerId, EntryId, FailedCheckinId};
use crate::member::{Identification, Member};
use crate::now::Now;
use crate::pin::{PinAnswer, PinTries};
use crate::policy::{OfflineAccept, Policy};
use crate::reader::ReaderPlace;
use crate::resolution::{NotResolved, Resolution};
use crate::tile::TileReading;
use crate::verdict::{Offer, Refusal, Shown, Unavailable, Verdict};

const ANA: &str = "04A1B2C3D4E5F6";
const BEN: &str = "11223344";

/// A desk with a world around it that answers only what a test tells it to.
struct Bench {
    desk: Desk,
    now: Now,
    asked: VecDeque<Effect>,
    told: Vec<Shown>,
    notices: Vec<Notice>,
    stage: Stage,
    journal: Vec<Entry>,
    pin_tries: Option<PinTries>,
    answers: Vec<PinAnswer>,
    staff_answers: Vec<Result<(), NotResolved>>,
    next_id: u128,
    disk_full: bool,
    /// The power goes after so many more effects.
    power_left: Option<u8>,
}

impl Bench {
    fn new(policy: Policy) -> Self {
        let now = Now { utc: start(), elapsed: Duration::ZERO };
        Self {
            desk: Desk::new(policy, now),
            now,
            asked: VecDeque::new(),
            told: Vec::new(),
            notices: Vec::new(),
            stage: Stage::Idle,
            journal: Vec::new(),
            pin_tries: None,
            answers: Vec::new(),
            staff_answers: Vec::new(),
            next_id: 1,
            disk_full: false,
            power_left: None,
        }
    }

    fn online(policy: Policy) -> Self {
        let mut bench = Self::new(policy);
        bench.feed(Event::Observed(Ok(())));
        bench
    }

    /// Feeds an event; the journal answers by itself, everything else is kept for the test to answer.
    fn feed(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.desk.handle(self.now, event) {
                if self.power_left == Some(0) {
                    return;
                }
                self.power_left = self.power_left.map(|left| left - 1);
                match effect {
                    Effect::Tell(Notice::Verdict(shown)) => self.told.push(shown),
                    Effect::Tell(notice) => self.notices.push(notice),
                    Effect::Stage(stage) => self.stage = stage,
                    Effect::Record { entry, sequence } => {
                        let (id, result) = (entry.id, if self.disk_full { Err("full".to_owned()) } else { Ok(()) });
                        if !self.disk_full {
                            self.journal.retain(|other| other.id != id);
                            self.journal.push(entry);
                        }
                        events.push_back(Event::Recorded { entry: id, sequence, result });
                    }
                    Effect::TestStorage => {
                        let result = if self.disk_full { Err("full".to_owned()) } else { Ok(()) };
                        events.push_back(Event::StorageTested(result));
                    }
                    Effect::StorePinTries { entry, tries } => {
                        let result = if self.disk_full { Err("full".to_owned()) } else { Ok(()) };
                        self.pin_tries = result.is_ok().then_some(tries).or(self.pin_tries);
                        events.push_back(Event::PinTriesStored { entry, result });
                    }
                    Effect::AnswerPin { answer, .. } => self.answers.push(answer),
                    Effect::AnswerStaff { answer, .. } => self.staff_answers.push(answer),
                    other => self.asked.push_back(other),
                }
            }
        }
    }

    /// Power is lost and comes back: only the journal is left.
    fn restart(&mut self) {
        let policy = self.desk.policy.clone();
        self.now.elapsed = Duration::ZERO;
        self.power_left = None;
        self.desk = Desk::new(policy, self.now);
        self.asked.clear();
        self.stage = Stage::Idle;
        let kept = self.kept();
        self.feed(Event::Restored(kept));
    }

    /// What the journal gives back at start.
    fn kept(&self) -> Kept {
        let (terminal, unfinished): (Vec<_>, Vec<_>) =
            self.journal.iter().cloned().partition(|entry| entry.state.is_terminal());
        let (watched, recent) = terminal.into_iter().partition(|entry| entry.watch.is_some());
        let needs_staff = self.journal.iter().filter(|entry| entry.state.name() == "needs_staff").count();
        let last_number = self.journal.iter().map(|entry| entry.number).max().unwrap_or_default();
        Kept { unfinished, watched, recent, needs_staff, last_number, pin_tries: self.pin_tries }
    }

    fn tap(&mut self, uid: &str) -> EntryId {
        let entry = EntryId(self.next_id);
        self.next_id += 1;
        self.feed(read(entry, TileReading::of_hex(uid)));
        self.feed(Event::TileGone { reader: ReaderPlace(0) });
        entry
    }

    /// A tap on the reader for this direction, the first one or the second.
    fn tap_for(&mut self, uid: &str, wanted: Direction) -> EntryId {
        let entry = EntryId(self.next_id);
        self.next_id += 1;
        let reader = ReaderPlace(u8::from(wanted == Direction::Out));
        self.feed(Event::Tile {
            entry,
            reader,
            wanted: Some(wanted),
            reading: TileReading::of_hex(uid),
            is_place: false,
        });
        self.feed(Event::TileGone { reader });
        entry
    }

    /// Somebody types a PIN, which is this one's.
    fn pin(&mut self, who: Identification) -> EntryId {
        let entry = EntryId(self.next_id);
        self.next_id += 1;
        self.feed(Event::PinEntered { entry, who });
        entry
    }

    /// Staff resolve a tap, as the journal has it.
    fn resolve(&mut self, id: EntryId, resolution: Resolution) -> Result<(), NotResolved> {
        let entry = Box::new(self.entry(id).clone());
        self.feed(Event::Resolve { entry, resolution });
        self.staff_answers.pop().expect("staff are answered")
    }

    fn press(&mut self, shown: EntryId) -> EntryId {
        let entry = EntryId(self.next_id);
        self.next_id += 1;
        self.feed(Event::OfferAccepted { shown, entry });
        entry
    }

    /// Lets time pass, waking the desk whenever it asked to be.
    fn pass(&mut self, seconds: i64) {
        let end = self.now.elapsed + Duration::from_secs(u64::try_from(seconds).expect("forward"));
        while let Some(at) = self.desk.next_deadline().filter(|at| *at <= end) {
            self.turn_to(at);
            self.feed(Event::Woken);
        }
        self.turn_to(end);
    }

    fn turn_to(&mut self, elapsed: Duration) {
        let step = elapsed.saturating_sub(self.now.elapsed);
        self.now.utc += TimeDelta::from_std(step).expect("short");
        self.now.elapsed = elapsed.max(self.now.elapsed);
    }

    fn ask(&mut self) -> Effect {
        self.asked.pop_front().expect("the desk asked for something")
    }

    fn identify(&mut self, who: Identification) {
        let Effect::Identify { entry, .. } = self.ask() else { panic!("expected Identify") };
        self.feed(Event::Identified { entry, who });
    }

    /// The record of whoever typed the PIN is read.
    fn read_member(&mut self, who: Identification) {
        let Effect::ReadMember { entry, .. } = self.ask() else { panic!("expected ReadMember") };
        self.feed(Event::Identified { entry, who });
    }

    fn records(&mut self, answer: Result<Vec<CheckinRecord>, Trouble>) {
        let Effect::ReadRecords { entry, .. } = self.ask() else { panic!("expected ReadRecords") };
        self.feed(Event::Records { entry, answer });
    }

    /// Answers the write; gives back what was to be sent, after checking that the journal had it first.
    fn write(&mut self, answer: WriteAnswer) -> Attempt {
        let Effect::Write { entry, attempt, .. } = self.ask() else { panic!("expected Write") };
        assert_eq!(self.entry(entry).state, EntryState::Sending(attempt.clone()), "durable before it is sent");
        self.feed(Event::Written { entry, answer });
        attempt
    }

    fn reason(&mut self, answer: Result<Option<FailedCheckinRecord>, Trouble>) {
        let Effect::FindReason { entry, .. } = self.ask() else { panic!("expected FindReason") };
        self.feed(Event::Reason { entry, answer });
    }

    /// A call is lost, and so is the probe that follows: the service is away.
    fn lose_the_service(&mut self) {
        self.feed(Event::Observed(Err(unreachable())));
        self.probe(Err(unreachable()));
    }

    fn undo(&mut self, answer: Result<Undone, Trouble>) -> CheckinId {
        let Effect::Undo { checkin, entry, .. } = self.ask() else { panic!("expected Undo") };
        self.feed(Event::Undone { entry, answer });
        checkin
    }

    fn probe(&mut self, outcome: Result<(), Trouble>) {
        assert_eq!(self.ask(), Effect::Probe);
        self.feed(Event::Probed(outcome));
    }

    fn entry(&self, id: EntryId) -> &Entry {
        self.journal.iter().find(|entry| entry.id == id).expect("in the journal")
    }

    fn last(&self) -> &Shown {
        self.told.last().expect("a verdict was told")
    }

    fn kinds(&self) -> Vec<(u128, &'static str, bool)> {
        self.told.iter().map(|shown| (shown.entry.0, shown.verdict.kind(), shown.revised)).collect()
    }

    /// Ana's tile up to the write, with these records at the service.
    fn ana_up_to_the_write(&mut self, records: Vec<CheckinRecord>) -> EntryId {
        let id = self.tap(ANA);
        self.identify(Identification::One(ana()));
        self.records(Ok(records));
        id
    }

    /// Four looks for a write without an answer, none of which finds a trace of it.
    fn look_in_vain(&mut self) {
        for _ in 0..4 {
            self.pass(31);
            self.records(Ok(vec![]));
        }
    }

    /// Ana's write, sent three times without an answer and without a trace.
    fn ana_is_given_up(&mut self) -> EntryId {
        let id = self.ana_up_to_the_write(vec![]);
        for round in 0..3 {
            self.write(WriteAnswer::Unknown(Trouble::Throttled));
            self.look_in_vain();
            if round < 2 {
                self.records(Ok(vec![]));
            }
        }
        id
    }

    fn ana_checks_in(&mut self) -> EntryId {
        let id = self.ana_up_to_the_write(vec![]);
        self.write(done(501));
        id
    }

    fn queue(&self) -> Option<&QueueState> {
        self.notices.iter().rev().find_map(|notice| match notice {
            Notice::Queue(queue) => Some(queue),
            _ => None,
        })
    }

    fn link(&self) -> Option<&LinkState> {
        self.notices.iter().rev().find_map(|notice| match notice {
            Notice::Link(link) => Some(link),
            _ => None,
        })
    }
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).expect("in range")
}

/// What the one reader of most kiosks says of a tile.
fn read(entry: EntryId, reading: TileReading) -> Event {
    Event::Tile { entry, reader: ReaderPlace(0), wanted: None, reading, is_place: false }
}

fn ana() -> Member {
    Member { id: CoworkerId(7), full_name: "Ana Prieto".to_owned(), called: None, active: true, archived: false }
}

fn ben() -> Member {
    Member { id: CoworkerId(8), full_name: "Ben Ode".to_owned(), ..ana() }
}

fn record(id: i64, from: DateTime<Utc>, to: Option<DateTime<Utc>>) -> CheckinRecord {
    CheckinRecord { id: CheckinId(id), from, to, source: Some(4) }
}

fn done(id: i64) -> WriteAnswer {
    WriteAnswer::Done { checkin: Some(CheckinId(id)) }
}

fn unreachable() -> Trouble {
    Trouble::Unreachable("refused".to_owned())
}

fn dismissal() -> Resolution {
    Resolution::Dismiss { reason: "already_recorded".to_owned() }
}

fn described(id: i64, text: &str) -> FailedCheckinRecord {
    FailedCheckinRecord { id: FailedCheckinId(id), description: Some(text.to_owned()) }
}

fn refused(text: &str) -> Verdict {
    Verdict::Refused(Refusal::ByService(Some(text.to_owned())))
}
