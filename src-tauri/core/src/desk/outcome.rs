//! From the write's answer to the verdict and the entry's terminal state.

use super::journey::{Journey, Next, Step};
use super::{Desk, Recent};
use crate::checkin::{Attempt, CheckinRecord, FailedCheckinRecord, Trouble, WriteAnswer};
use crate::effect::Effect;
use crate::entry::{EntryState, Settlement};
use crate::ids::{CheckinId, EntryId};
use crate::verdict::{Refusal, Verdict};

/// How often an outcome is looked up before it is taken as "not carried out": at once and after 2, 8 and 30 s.
const LOOKS: u8 = 4;
/// How often a write without a proven outcome is sent before staff must look.
const ROUNDS: u8 = 3;
/// How often the reason of a refusal is looked for, a second apart: the record may be written a moment later.
const REASON_LOOKS: u8 = 5;
/// How often a success is read back: after 2 s and after another 8 s.
const READ_BACKS: u8 = 3;
/// The same for a tap whose write was once sent without a proven outcome: for about five minutes, every 30 s, since that
/// write may still be carried out beside the one that was proven.
const READ_BACKS_IN_DOUBT: u8 = 12;

impl Desk {
    pub(super) fn written(&mut self, id: EntryId, answer: WriteAnswer) {
        let Some(Step::Writing(attempt)) = self.step(id).cloned() else { return };
        let heard = match &answer {
            WriteAnswer::NotDone(trouble) | WriteAnswer::Unknown(trouble) => Err(trouble),
            _ => Ok(()),
        };
        self.note_link(heard);
        if let Attempt::Report { .. } = attempt {
            self.reported_to_service(id, attempt, answer);
            return;
        }
        match answer {
            WriteAnswer::Done { checkin } => self.succeeded(id, &attempt, checkin, None),
            WriteAnswer::AlreadyClosed { at } => self.succeeded(id, &attempt, None, Some(at)),
            WriteAnswer::Refused { message } => self.seek_reason(id, message, 0),
            WriteAnswer::NotDone(trouble) => {
                self.nothing_was_sent(id);
                self.nothing_sent(id, &trouble);
            }
            WriteAnswer::Unknown(_) => self.look_up(id, attempt),
        }
    }

    /// Nobody knows what became of the write: look before anything else is done.
    fn look_up(&mut self, id: EntryId, attempt: Attempt) {
        let Some(coworker) = self.journeys.get_mut(&id).and_then(|journey| {
            journey.rounds += 1;
            journey.coworker()
        }) else {
            return;
        };
        if self.link.may_call() {
            self.set_step(id, Step::LookingUp { attempt, look: 0 });
            self.read_records(id, coworker);
        } else {
            self.say_saved(id);
            self.rest(id, Next::LookUp { attempt, look: 0 });
        }
    }

    pub(super) fn looked_up(&mut self, id: EntryId, attempt: Attempt, look: u8, records: &[CheckinRecord]) {
        let found = match &attempt {
            Attempt::Open { from, .. } => records.iter().find(|record| record.from == *from),
            Attempt::Close { checkin, .. } => {
                records.iter().find(|record| record.id == *checkin && record.to.is_some())
            }
            Attempt::Report { .. } => None,
        };
        if let Some(record) = found {
            self.succeeded(id, &attempt, Some(record.id), record.to);
        } else if look + 1 < LOOKS {
            self.rest(id, Next::LookUp { attempt, look: look + 1 });
        } else if self.journeys.get(&id).is_some_and(|journey| journey.rounds >= ROUNDS) {
            let reason =
                format!("sent {ROUNDS} times, each time without a clear answer and without a trace at the service");
            self.give_up(id, Verdict::Unavailable(crate::verdict::Unavailable::Service), &reason);
        } else {
            self.nothing_was_sent(id);
            self.begin(id);
        }
    }

    /// The service said yes, or its record proves it. `closed_at` is the record's own `ToTime`, where it was read.
    fn succeeded(
        &mut self,
        id: EntryId,
        attempt: &Attempt,
        checkin: Option<CheckinId>,
        closed_at: Option<chrono::DateTime<chrono::Utc>>,
    ) {
        let (settlement, verdict) = match attempt {
            Attempt::Open { from, .. } => (Settlement::CheckedIn { checkin }, Verdict::CheckedIn { since: *from }),
            Attempt::Close { checkin, from, to, .. } => {
                let until = closed_at.unwrap_or(*to);
                (Settlement::CheckedOut { checkin: *checkin }, Verdict::CheckedOut { since: *from, until })
            }
            Attempt::Report { .. } => return,
        };
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.entry.state = EntryState::Settled(settlement);
        }
        self.conclude_screen(id, verdict);
        self.record_entry(id);
        // A new check-in is read twice, since it may be refused after the fact; a closed one once.
        let look = if matches!(attempt, Attempt::Open { .. }) { 1 } else { 2 };
        self.rest(id, Next::ReadBack { attempt: attempt.clone(), look });
        self.leave_line(id);
    }

    pub(super) fn seek_reason(&mut self, id: EntryId, message: Option<String>, look: u8) {
        self.set_step(id, Step::SeekingReason { message, look });
        self.find_reason(id);
    }

    fn find_reason(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Some(coworker) = journey.coworker() else { return };
        let tapped_at = journey.entry.tapped_at;
        let sent_at = journey.sent_at.unwrap_or(tapped_at);
        let urgent = journey.live;
        self.effects.push(Effect::FindReason { entry: id, coworker, tapped_at, sent_at, urgent });
    }

    pub(super) fn reason(&mut self, id: EntryId, answer: Result<Option<FailedCheckinRecord>, Trouble>) {
        self.note_link(answer.as_ref().map(|_| ()));
        let found = answer.ok().flatten().filter(|failed| self.used_reasons.insert(failed.id));
        match self.step(id).cloned() {
            Some(Step::SeekingReason { message, look }) => self.reason_sought(id, message, look, found),
            Some(Step::SeekingLateRefusal { attempt, look, gone }) => {
                self.late_refusal_sought(id, attempt, look, gone, found);
            }
            _ => {}
        }
    }

    fn reason_sought(&mut self, id: EntryId, message: Option<String>, look: u8, found: Option<FailedCheckinRecord>) {
        let described = found.is_some();
        let text = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let reason = found.and_then(|failed| text(failed.description)).or_else(|| text(message.clone()));
        let Some(journey) = self.journeys.get(&id) else { return };
        let somebody_waits = journey.live;
        let told_late = journey.late;
        let last = described || look + 1 >= REASON_LOOKS;
        if last || somebody_waits {
            self.conclude_screen(id, Verdict::Refused(Refusal::ByService(reason.clone())));
        }
        if !last {
            self.rest(id, Next::SeekReason { message, look: look + 1 });
            return;
        }
        let state = if told_late {
            let words = reason.unwrap_or_else(|| "without a reason".to_owned());
            EntryState::NeedsStaff(format!("refused at the upload: {words}"))
        } else {
            EntryState::Settled(Settlement::Refused { reason })
        };
        self.settle(id, state);
    }

    fn reported_to_service(&mut self, id: EntryId, attempt: Attempt, answer: WriteAnswer) {
        let verdict = self.journeys.get(&id).and_then(|journey| journey.shown.as_ref());
        let verdict = verdict.map_or("reported", |shown| shown.verdict.kind()).to_owned();
        match answer {
            WriteAnswer::Done { .. } | WriteAnswer::AlreadyClosed { .. } => {
                self.settle(id, EntryState::Settled(Settlement::Reported { verdict }));
            }
            WriteAnswer::Refused { message } => {
                let words = message.unwrap_or_else(|| "without a reason".to_owned());
                self.settle(
                    id,
                    EntryState::NeedsStaff(format!("{verdict}; the service did not take the report: {words}")),
                );
            }
            WriteAnswer::NotDone(trouble) | WriteAnswer::Unknown(trouble) if trouble.passes() => {
                self.rest_or_park(id, Next::Report(attempt));
            }
            WriteAnswer::NotDone(trouble) | WriteAnswer::Unknown(trouble) => {
                let reason = format!("{verdict}; not reported to the service: {}", trouble.sentence());
                self.settle(id, EntryState::NeedsStaff(reason));
            }
        }
    }

    pub(super) fn read_back(&mut self, id: EntryId, attempt: Attempt, look: u8, records: &[CheckinRecord]) {
        let open: Vec<CheckinId> =
            records.iter().filter(|record| record.to.is_none()).map(|record| record.id).collect();
        let (still_there, allowed_open) = match &attempt {
            Attempt::Open { from, .. } => (records.iter().any(|record| record.from == *from), 1),
            Attempt::Close { checkin, .. } => (records.iter().any(|record| record.id == *checkin), 0),
            Attempt::Report { .. } => (true, usize::MAX),
        };
        let is_last_word = self.journeys.get(&id).and_then(Journey::coworker).is_some_and(|coworker| {
            self.lines.get(&coworker).is_none_or(std::collections::VecDeque::is_empty)
                && self.recent.get(&coworker).is_none_or(|recent| recent.shown.entry == id)
        });
        if is_last_word && open.len() > allowed_open {
            let ids = open.iter().map(CheckinId::to_string).collect::<Vec<_>>().join(", ");
            let reason = format!("more check-ins are open than this tap leaves open: {ids}");
            self.finish(id, EntryState::NeedsStaff(reason));
            return;
        }
        match &attempt {
            Attempt::Open { .. } if !still_there || look + 1 >= READ_BACKS => {
                self.set_step(id, Step::SeekingLateRefusal { attempt, look, gone: !still_there });
                self.find_reason(id);
            }
            _ if !still_there => {
                self.finish(
                    id,
                    EntryState::NeedsStaff("the check-in closed by this tap is gone at the service".to_owned()),
                );
            }
            _ => self.read_back_again(id, attempt, look),
        }
    }

    fn late_refusal_sought(
        &mut self,
        id: EntryId,
        attempt: Attempt,
        look: u8,
        gone: bool,
        found: Option<FailedCheckinRecord>,
    ) {
        let last = look + 1 >= self.read_backs(id);
        if found.is_none() && !(gone && last) {
            self.read_back_again(id, attempt, look);
            return;
        }
        let reason = found.and_then(|failed| failed.description).filter(|text| !text.trim().is_empty());
        let words = reason.clone().unwrap_or_else(|| "without a reason".to_owned());
        self.conclude_screen(id, Verdict::Refused(Refusal::ByService(reason)));
        self.finish(id, EntryState::NeedsStaff(format!("refused after the service had said yes: {words}")));
    }

    pub(super) fn read_back_again(&mut self, id: EntryId, attempt: Attempt, look: u8) {
        if look + 1 < self.read_backs(id) {
            self.rest(id, Next::ReadBack { attempt, look: look + 1 });
        } else {
            self.journeys.remove(&id);
        }
    }

    fn read_backs(&self, id: EntryId) -> u8 {
        let in_doubt = self.journeys.get(&id).is_some_and(|journey| journey.rounds > 0);
        if in_doubt { READ_BACKS_IN_DOUBT } else { READ_BACKS }
    }

    /// Nothing was or will be sent; what the tap asked for is so already.
    pub(super) fn settle_without_sending(&mut self, id: EntryId, verdict: Verdict) {
        let state = super::nothing_to_send(&verdict);
        self.conclude_screen(id, verdict);
        self.settle(id, state);
    }

    /// Nothing will be sent; staff must look.
    pub(super) fn give_up(&mut self, id: EntryId, verdict: Verdict, reason: &str) {
        self.conclude_screen(id, verdict);
        self.settle(id, EntryState::NeedsStaff(reason.to_owned()));
    }

    /// The entry's terminal state; the member's next tap may go.
    pub(super) fn settle(&mut self, id: EntryId, state: EntryState) {
        self.leave_line(id);
        self.finish(id, state);
    }

    /// Records the terminal state and ends the journey.
    fn finish(&mut self, id: EntryId, state: EntryState) {
        let Some(mut journey) = self.journeys.remove(&id) else { return };
        if matches!(state, EntryState::NeedsStaff(_)) {
            self.needs_staff += 1;
        }
        journey.entry.state = state;
        self.record(journey.entry);
    }

    pub(super) fn record_entry(&mut self, id: EntryId) {
        if let Some(entry) = self.journeys.get(&id).map(|journey| journey.entry.clone()) {
            self.record(entry);
        }
    }

    /// The attempt was not carried out, so the entry waits again.
    fn nothing_was_sent(&mut self, id: EntryId) {
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.entry.state = EntryState::Waiting;
        }
        self.record_entry(id);
    }

    /// Tells this tap's verdict: the first one, or once a revised one; and with it those of the member's taps that
    /// followed while it was under way.
    pub(super) fn conclude_screen(&mut self, id: EntryId, verdict: Verdict) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let before = journey.shown.as_ref();
        if before.is_some_and(|before| before.verdict == verdict || before.revised) {
            return;
        }
        // An entry from an earlier run was told as saved then, so what it became is a revision now.
        let revised = before.is_some() || !journey.live;
        let mut shown = self.shown(&journey.entry, journey.member.as_ref(), verdict);
        shown.revised = revised;
        let (coworker, tile) = (journey.coworker(), journey.entry.tile.clone());
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.shown = Some(shown.clone());
            journey.live = false;
        }
        if let Some(coworker) = coworker {
            self.remember(coworker, tile, &shown);
        }
        self.tell_verdict(shown.clone());
        let follows = |journey: &Journey| journey.step == Step::Following && journey.coworker() == coworker;
        let mut followers: Vec<_> =
            self.journeys.values().filter(|journey| follows(journey)).map(Journey::order).collect();
        followers.sort_unstable();
        for (_, follower) in followers {
            self.repeat_verdict(follower, &shown);
        }
    }

    fn remember(
        &mut self,
        coworker: crate::ids::CoworkerId,
        tile: Option<crate::tile::TileId>,
        shown: &crate::verdict::Shown,
    ) {
        if !shown.verdict.repeats() {
            self.recent.retain(|_, recent| recent.shown.entry != shown.entry);
            return;
        }
        match self.recent.get_mut(&coworker).filter(|recent| recent.shown.entry == shown.entry) {
            Some(recent) => recent.shown = crate::verdict::Shown { revised: false, ..shown.clone() },
            None if !shown.revised => {
                let recent = Recent { shown: shown.clone(), tile, first_told: self.now.elapsed };
                self.recent.insert(coworker, recent);
            }
            None => {}
        }
    }
}
