//! From a durable tap to the write: whose turn it is, in or out, what to send, and what follows a rest.

use std::time::Duration;

use super::journey::{Journey, Next, Step};
use super::timers::Timer;
use super::{Desk, VERDICT_DUE};
use crate::checkin::{Attempt, CheckinRecord, Decision, Direction, TapFacts, Trouble, decide};
use crate::effect::Effect;
use crate::entry::EntryState;
use crate::ids::{CoworkerId, EntryId};
use crate::verdict::{Refusal, Unavailable, Verdict};

impl Desk {
    pub(super) fn recorded(&mut self, id: EntryId, sequence: u64, result: Result<(), String>) {
        let durable = result.is_ok();
        self.resolution_recorded(id, sequence, &result);
        self.stored(id, sequence, result);
        let Some(journey) = self.journeys.get(&id) else { return };
        match journey.step.clone() {
            Step::Birth { sequence: awaited } if awaited == sequence => {
                self.acknowledge(id);
                if durable {
                    self.identify(id);
                } else {
                    // Nothing of this tap would survive a crash, so nothing of it is sent.
                    self.conclude_screen(id, Verdict::Unavailable(Unavailable::Journal));
                    self.settle(id, EntryState::NeedsStaff(Unavailable::Journal.sentence().to_owned()));
                }
            }
            Step::Committing { attempt, sequence: awaited } if awaited == sequence => {
                self.tell_what_is_stored(id);
                if durable {
                    // What waited may have been reported in an earlier run, or before staff asked for it again.
                    let again = self.journeys.get(&id).is_some_and(|journey| journey.late);
                    self.write(id, attempt, again);
                } else if matches!(attempt, Attempt::Report { .. }) {
                    // Its verdict was told: begun again, the tap might become another one.
                    self.rest(id, Next::StoreReport(attempt));
                } else {
                    // The birth is durable and the attempt is not: it stays a tap that waits.
                    self.rest_then_begin(id);
                }
            }
            Step::Concluding { sequence: awaited } if awaited == sequence => self.conclude(id),
            _ => {}
        }
    }

    fn write(&mut self, id: EntryId, attempt: Attempt, again: bool) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        journey.sent_at = Some(self.now.utc);
        journey.step = Step::Writing(attempt.clone());
        let source = journey.entry.source;
        let urgent = self.somebody_waits(id);
        self.effects.push(Effect::Write { entry: id, attempt, source, again, urgent });
    }

    /// Starts from fresh facts.
    pub(super) fn begin(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Some(coworker) = journey.coworker() else {
            self.identify(id);
            return;
        };
        let is_worth_it = if journey.is_live() { self.link.may_call() } else { self.link.is_sound() };
        if !is_worth_it {
            self.hold(id, &Trouble::Unreachable("the last call found it away".to_owned()));
            return;
        }
        self.lines.set_out(id);
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
            (Step::ReadingBack { look }, Ok(records)) => self.read_back(id, look, &records),
            (Step::ReadingBack { look }, Err(trouble)) => self.not_read_back(id, look, &trouble),
            _ => {}
        }
    }

    fn decide(&mut self, id: EntryId, records: &[CheckinRecord]) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Some(coworker) = journey.coworker() else { return };
        let entry = &journey.entry;
        let late = journey.late.then_some(self.policy.repeat_window);
        let tap = TapFacts { coworker, tapped_at: entry.tapped_at, wanted: entry.wanted, late };
        match decide(tap, records) {
            Decision::Send(attempt) => self.commit(id, attempt),
            Decision::Recorded(direction, record) => {
                let proven = proof(coworker, direction, &record);
                self.succeeded(id, &proven, Some(record.id), record.to);
            }
            Decision::Repeated(direction, record) => {
                let (since, until) = (record.from, record.to.unwrap_or(record.from));
                let verdict = match direction {
                    Direction::In => Verdict::CheckedIn { since },
                    Direction::Out => Verdict::CheckedOut { since, until },
                };
                self.settle_without_sending(id, verdict, Some(record.id));
            }
            Decision::AlreadyIn { since } => {
                self.settle_without_sending(id, Verdict::Refused(Refusal::AlreadyIn { since }), None);
            }
            Decision::AlreadyOut => self.settle_without_sending(id, Verdict::Refused(Refusal::AlreadyOut), None),
            Decision::Overtaken => {
                let reason =
                    "something of this member was recorded here after this tap, so what the tap meant is unsure";
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
        let Some(journey) = self.journeys.get(&id).filter(|journey| journey.is_live()) else { return };
        match &journey.step {
            Step::Writing(Attempt::Report { .. }) => {}
            Step::Following => self.follow_no_longer(id),
            Step::Writing(_) | Step::LookingUp { .. } | Step::Resting { .. } => self.say_saved(id),
            Step::SeekingReason { message, .. } => {
                let refusal = Refusal::ByService(message.clone());
                self.conclude_screen(id, Verdict::Refused(refusal));
            }
            Step::Birth { .. } => self.timers.set(self.now.elapsed + VERDICT_DUE, Timer::Due(id)),
            // A disk that takes this long may never answer.
            Step::Committing { attempt: Attempt::Report { .. }, .. } | Step::Concluding { .. } => {
                self.tell_what_is_stored(id);
            }
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
        if self.link.is_sound() {
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
                self.lines.set_out(id);
                self.set_step(id, Step::LookingUp { attempt, look });
                self.read_records(id, coworker);
            }
            (Next::ReadBack { look }, Some(coworker)) => {
                self.set_step(id, Step::ReadingBack { look });
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
        self.journeys.get(&id).is_some_and(Journey::is_live)
    }

    fn is_identified(&self, id: EntryId) -> bool {
        self.journeys.get(&id).is_some_and(|journey| journey.member.is_some())
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
            Next::LookUp { look, .. } | Next::SeekReason { look, .. } | Next::ReadBack { look } => *look,
            Next::Begin | Next::Report(_) | Next::StoreReport(_) => 2,
        };
        let pause = match (&then, look) {
            (Next::SeekReason { .. }, _) => 1,
            (_, 0 | 1) => 2,
            (_, 2) => 8,
            _ => 30,
        };
        let until = self.now.elapsed + Duration::from_secs(pause);
        if then == Next::Begin {
            self.lines.pause(id);
        }
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

/// The write whose outcome this record is.
fn proof(coworker: CoworkerId, direction: Direction, record: &CheckinRecord) -> Attempt {
    match (direction, record.to) {
        (Direction::Out, Some(to)) => Attempt::Close { coworker, checkin: record.id, from: record.from, to },
        _ => Attempt::Open { coworker, from: record.from },
    }
}
