//! From a durable tap to the write: who it is, whose turn it is, in or out, and what to send.

use std::time::Duration;

use super::journey::{Journey, Next, Step};
use super::timers::Timer;
use super::{Desk, Recent, VERDICT_DUE};
use crate::checkin::{Attempt, CheckinRecord, Decision, Trouble, decide};
use crate::effect::Effect;
use crate::entry::{EntryState, Settlement};
use crate::ids::{CoworkerId, EntryId};
use crate::member::{Identification, Member};
use crate::now::to_the_second;
use crate::tile::TileId;
use crate::verdict::{Refusal, Shown, Unavailable, Verdict};

/// The pause before what could not be stored is stored again.
const REWRITE_AFTER: Duration = Duration::from_secs(5);

impl Desk {
    pub(super) fn recorded(&mut self, id: EntryId, sequence: u64, durable: bool) {
        if self.unwritten.get(&id).is_some_and(|(awaited, _)| *awaited == sequence) {
            if durable {
                self.unwritten.remove(&id);
            } else {
                self.timers.set(self.now.elapsed + REWRITE_AFTER, Timer::Rewrite);
            }
        }
        let Some(journey) = self.journeys.get(&id) else { return };
        match journey.step.clone() {
            Step::Birth { sequence: awaited } if awaited == sequence => {
                if durable {
                    self.identify(id);
                } else {
                    // Nothing of this tap would survive a crash, so nothing of it is sent.
                    self.conclude_screen(id, Verdict::Unavailable(Unavailable::Journal));
                    self.journeys.remove(&id);
                }
            }
            Step::Committing { attempt, sequence: awaited } if awaited == sequence => {
                if durable {
                    self.write(id, attempt, false);
                } else if matches!(attempt, Attempt::Report { .. }) {
                    // Its verdict was told: begun again, the tap might become another one.
                    self.rest(id, Next::StoreReport(attempt));
                } else {
                    // The birth is durable and the attempt is not: it stays a tap that waits.
                    self.rest_then_begin(id);
                }
            }
            _ => {}
        }
    }

    fn write(&mut self, id: EntryId, attempt: Attempt, again: bool) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        journey.sent_at = Some(self.now.utc);
        journey.step = Step::Writing(attempt.clone());
        let urgent = self.somebody_waits(id);
        self.effects.push(Effect::Write { entry: id, attempt, again, urgent });
    }

    pub(super) fn identify(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        let Some(tile) = journey.entry.tile.clone() else { return };
        journey.step = Step::Identifying;
        let urgent = self.somebody_waits(id);
        self.effects.push(Effect::Identify { entry: id, tile, urgent });
    }

    pub(super) fn identified(&mut self, id: EntryId, who: Identification) {
        let Some(journey) = self.journeys.get(&id).filter(|journey| journey.step == Step::Identifying) else { return };
        match (who, journey.entry.coworker) {
            (Identification::One(member), _) => self.recognised(id, &member),
            (Identification::NotKnowable(trouble), _) => {
                self.note_link(Err(&trouble));
                self.nothing_sent(id, &trouble);
            }
            // The member was known at the tap; what became of the tile since then changes nothing.
            (Identification::Several | Identification::Nobody, Some(coworker)) => self.join_line(id, coworker),
            (Identification::Several, None) => self.report(id, &Verdict::AmbiguousTile),
            (Identification::Nobody, None) => self.report(id, &Verdict::UnknownTile),
        }
    }

    fn recognised(&mut self, id: EntryId, member: &Member) {
        let coworker = member.id;
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        let (live, asked) = (journey.live, journey.asked);
        let known_before = journey.entry.coworker;
        journey.entry.coworker = known_before.or(Some(coworker));
        journey.member = Some(member.clone());
        if known_before.is_some_and(|before| before != coworker) {
            let reason =
                format!("the tile belonged to member {known_before:?} at the tap and to {coworker} at the upload");
            self.give_up(id, Verdict::Unavailable(Unavailable::Service), &reason);
            return;
        }
        if live && !asked {
            if self.repeat(id, coworker) {
                return;
            }
            let first = self.line(coworker).find(|other| self.is_live_and_untold(*other, id));
            if first.is_some() {
                self.set_step(id, Step::Following);
                return;
            }
        }
        if !member.active || member.archived {
            let refusal = if member.archived { Refusal::Archived } else { Refusal::Inactive };
            self.report(id, &Verdict::Refused(refusal));
            return;
        }
        self.join_line(id, coworker);
    }

    fn line(&self, coworker: CoworkerId) -> impl Iterator<Item = EntryId> {
        self.lines.get(&coworker).into_iter().flatten().copied()
    }

    fn is_live_and_untold(&self, other: EntryId, than: EntryId) -> bool {
        other != than && self.journeys.get(&other).is_some_and(|journey| journey.live && journey.shown.is_none())
    }

    /// Shows the member's last verdict again, if it is fresh; true when it did.
    fn repeat(&mut self, id: EntryId, coworker: CoworkerId) -> bool {
        let (window, elapsed) = (self.policy.repeat_window, self.now.elapsed);
        self.recent.retain(|_, recent| elapsed < recent.first_told + window);
        let Some(Recent { shown, .. }) = self.recent.get(&coworker) else { return false };
        let told = shown.clone();
        self.repeat_verdict(id, &told);
        true
    }

    /// Shows another tap's verdict as this one's, and settles this one: nothing is sent.
    pub(super) fn repeat_verdict(&mut self, id: EntryId, told: &Shown) {
        let Some(mut journey) = self.journeys.remove(&id) else { return };
        journey.entry.state = EntryState::Settled(Settlement::Repeated { of: told.entry });
        let offer = told.verdict.offer();
        let tile = journey.entry.tile.as_ref().map(TileId::masked).or(told.tile.clone());
        self.record(journey.entry);
        let shown = Shown { entry: id, at: self.now.utc, revised: false, tile, offer, ..told.clone() };
        self.tell_verdict(shown);
    }

    /// The tap takes its place among the member's unfinished ones, in tap order.
    fn join_line(&mut self, id: EntryId, coworker: CoworkerId) {
        let Some(order) = self.journeys.get(&id).map(Journey::order) else { return };
        let journeys = &self.journeys;
        let line = self.lines.entry(coworker).or_default();
        if !line.contains(&id) {
            let comes_later = |other: &EntryId| journeys.get(other).is_some_and(|other| other.order() > order);
            // Whoever is first may be under way already, so nobody is put before them.
            let place = line.iter().skip(1).position(comes_later).map_or(line.len(), |later| later + 1);
            line.insert(place, id);
        }
        let first = line.front().copied();
        if first == Some(id) {
            self.begin(id);
            return;
        }
        self.set_step(id, Step::InLine);
        if let Some(first) = first.filter(|_| self.link.may_call()) {
            self.unpark(first);
        }
    }

    /// Starts from fresh facts.
    pub(super) fn begin(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Some(coworker) = journey.coworker() else {
            self.identify(id);
            return;
        };
        if !self.link.may_call() {
            self.hold(id, &Trouble::Unreachable("the last call found it away".to_owned()));
            return;
        }
        self.set_step(id, Step::Reading);
        self.read_records(id, coworker);
    }

    /// The member's check-ins were read: for the decision, for a look-up, or to read back.
    pub(super) fn records(&mut self, id: EntryId, answer: Result<Vec<CheckinRecord>, Trouble>) {
        self.note_link(answer.as_ref().map(|_| ()));
        let Some(step) = self.step(id).cloned() else { return };
        match (step, answer) {
            (Step::Reading, Ok(records)) => self.decide(id, &records),
            (Step::Reading, Err(trouble)) => self.nothing_sent(id, &trouble),
            (Step::LookingUp { attempt, look }, Ok(records)) => self.looked_up(id, attempt, look, &records),
            (Step::LookingUp { attempt, look }, Err(trouble)) if trouble.passes() => {
                self.rest(id, Next::LookUp { attempt, look });
            }
            (Step::LookingUp { .. }, Err(trouble)) => {
                let reason = format!("sent, and what became of it cannot be read: {}", trouble.sentence());
                self.give_up(id, Verdict::Unavailable(Unavailable::Service), &reason);
            }
            (Step::ReadingBack { attempt, look }, Ok(records)) => self.read_back(id, attempt, look, &records),
            (Step::ReadingBack { attempt, look }, Err(_)) => self.read_back_again(id, attempt, look),
            _ => {}
        }
    }

    fn decide(&mut self, id: EntryId, records: &[CheckinRecord]) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Some(coworker) = journey.coworker() else { return };
        let entry = &journey.entry;
        match decide(coworker, entry.tapped_at, entry.wanted, journey.late, records) {
            Decision::Send(attempt) => self.commit(id, attempt),
            Decision::AlreadyIn => self.settle_without_sending(id, Verdict::Refused(Refusal::AlreadyIn)),
            Decision::AlreadyOut => self.settle_without_sending(id, Verdict::Refused(Refusal::AlreadyOut)),
            Decision::Overtaken => {
                let reason = "a check-in made elsewhere after this tap is open";
                self.give_up(id, Verdict::Unavailable(Unavailable::Service), reason);
            }
        }
    }

    /// Makes the attempt durable; it is sent when it is.
    pub(super) fn commit(&mut self, id: EntryId, attempt: Attempt) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        journey.entry.state = EntryState::Sending(attempt.clone());
        let entry = journey.entry.clone();
        let sequence = self.record(entry);
        self.set_step(id, Step::Committing { attempt, sequence });
    }

    /// The verdict is known here; the service is told of what it could not have known.
    fn report(&mut self, id: EntryId, verdict: &Verdict) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let entry = journey.entry.clone();
        let tile = entry.tile.as_ref().map_or_else(|| "a tile".to_owned(), |tile| format!("tile {tile}"));
        let description = match verdict {
            Verdict::AmbiguousTile => format!("Several members have {tile}."),
            Verdict::Refused(refusal) => refusal.reason().unwrap_or_default(),
            _ => format!("No member has {tile}."),
        };
        self.conclude_screen(id, verdict.clone());
        if let Some(tile) = entry.tile.clone().filter(|_| !matches!(verdict, Verdict::Refused(_))) {
            let (window, elapsed) = (self.policy.repeat_window, self.now.elapsed);
            self.reported.retain(|_, at| elapsed < *at + window);
            if self.reported.insert(tile, elapsed).is_some() {
                self.settle(id, super::nothing_to_send(verdict));
                return;
            }
        }
        let at = to_the_second(entry.tapped_at);
        self.commit(id, Attempt::Report { coworker: entry.coworker, at, description });
    }

    /// Nothing was sent: kept for later where that can help, else for staff.
    pub(super) fn nothing_sent(&mut self, id: EntryId, trouble: &Trouble) {
        if trouble.passes() {
            self.hold(id, trouble);
        } else {
            let unavailable = match trouble {
                Trouble::NotPermitted(_) => Unavailable::NotPermitted,
                _ => Unavailable::Service,
            };
            self.give_up(id, Verdict::Unavailable(unavailable), &trouble.sentence());
        }
    }

    /// The member has waited long enough.
    pub(super) fn due(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id).filter(|journey| journey.live) else { return };
        match &journey.step {
            Step::Writing(Attempt::Report { .. }) | Step::Following => {}
            Step::Writing(_) | Step::LookingUp { .. } | Step::Resting { .. } => self.say_saved(id),
            Step::SeekingReason { message, .. } => {
                let refusal = Refusal::ByService(message.clone());
                self.conclude_screen(id, Verdict::Refused(refusal));
            }
            Step::Birth { .. } => self.timers.set(self.now.elapsed + VERDICT_DUE, Timer::Due(id)),
            _ => match self.may_keep(id) {
                Ok(()) => self.say_saved(id),
                Err(unavailable) => {
                    let reason = "the service did not answer while the member stood there";
                    self.give_up(id, Verdict::Unavailable(unavailable), reason);
                }
            },
        }
    }

    pub(super) fn rested(&mut self, id: EntryId) {
        let Some(Step::Resting { until, then }) = self.step(id).cloned() else { return };
        if until > self.now.elapsed {
            return;
        }
        if self.link.may_call() {
            self.go_on(id, then);
        } else if matches!(then, Next::ReadBack { .. } | Next::SeekReason { .. }) {
            self.rest(id, then);
        } else {
            self.park(id, then);
        }
    }

    /// Goes on after a rest or an outage.
    pub(super) fn go_on(&mut self, id: EntryId, next: Next) {
        let Some(coworker) = self.journeys.get(&id).map(Journey::coworker) else { return };
        match (next, coworker) {
            (Next::StoreReport(attempt), _) => self.commit(id, attempt),
            (Next::Report(attempt), _) => self.write(id, attempt, true),
            // After a restart the member's record is read again: it may have been closed since the tap.
            (Next::Begin, Some(coworker)) if self.is_identified(id) => self.join_line(id, coworker),
            (Next::Begin, _) | (_, None) => self.identify(id),
            (Next::LookUp { attempt, look }, Some(coworker)) => {
                self.set_step(id, Step::LookingUp { attempt, look });
                self.read_records(id, coworker);
            }
            (Next::ReadBack { attempt, look }, Some(coworker)) => {
                self.set_step(id, Step::ReadingBack { attempt, look });
                self.read_records(id, coworker);
            }
            (Next::SeekReason { message, look }, Some(_)) => self.seek_reason(id, message, look),
        }
    }

    pub(super) fn read_records(&mut self, id: EntryId, coworker: CoworkerId) {
        let urgent = self.somebody_waits(id);
        self.effects.push(Effect::ReadRecords { entry: id, coworker, urgent });
    }

    /// Whether the member stands at the kiosk and was not told yet.
    pub(super) fn somebody_waits(&self, id: EntryId) -> bool {
        self.journeys.get(&id).is_some_and(|journey| journey.live)
    }

    fn is_identified(&self, id: EntryId) -> bool {
        self.journeys.get(&id).is_some_and(|journey| journey.member.is_some() || journey.entry.tile.is_none())
    }

    pub(super) fn step(&self, id: EntryId) -> Option<&Step> {
        self.journeys.get(&id).map(|journey| &journey.step)
    }

    pub(super) fn set_step(&mut self, id: EntryId, step: Step) {
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.step = step;
        }
    }

    /// Waits before `then`: longer with each look, 2 s at first.
    pub(super) fn rest(&mut self, id: EntryId, then: Next) {
        let look = match &then {
            Next::LookUp { look, .. } | Next::SeekReason { look, .. } | Next::ReadBack { look, .. } => *look,
            Next::Begin | Next::Report(_) | Next::StoreReport(_) => 2,
        };
        let pause = match (&then, look) {
            (Next::SeekReason { .. }, _) => 1,
            (_, 0 | 1) => 2,
            (_, 2) => 8,
            _ => 30,
        };
        let until = self.now.elapsed + Duration::from_secs(pause);
        self.timers.set(until, Timer::Rested(id));
        self.set_step(id, Step::Resting { until, then });
    }

    /// Nothing was sent and the connection is not to blame: kept, and tried again a little later.
    fn rest_then_begin(&mut self, id: EntryId) {
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.entry.state = EntryState::Waiting;
        }
        self.say_saved(id);
        self.rest(id, Next::Begin);
    }
}
