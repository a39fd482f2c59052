//! From the write's answer to the verdict and the entry's terminal state.

use super::journey::{Next, Step, Telling};
use super::{Desk, Recent};
use crate::checkin::{Attempt, CheckinRecord, FailedCheckinRecord, Trouble, WriteAnswer};
use crate::effect::Effect;
use crate::entry::{Entry, EntryState, Settlement};
use crate::ids::{CheckinId, CoworkerId, EntryId};
use crate::tile::TileId;
use crate::verdict::{Refusal, Shown, Unavailable, Verdict};

/// How often an outcome is looked up before it is taken as "not carried out": at once and after 2, 8 and 30 s.
const LOOKS: u8 = 4;
/// How often a write without a proven outcome is sent before staff must look.
const ROUNDS: u8 = 3;
/// How often the reason of a refusal is looked for, a second apart: the record may be written a moment later.
const REASON_LOOKS: u8 = 5;

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
            // Whoever closed it went on without a tap that waited.
            WriteAnswer::AlreadyClosed { .. } if self.is_late(id) => {
                self.nothing_was_sent(id);
                self.begin(id);
            }
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
        if self.link.is_sound() {
            self.set_step(id, Step::LookingUp { attempt, look: 0 });
            self.read_records(id, coworker);
        } else {
            self.say_saved(id);
            self.park(id, Next::LookUp { attempt, look: 0 });
        }
    }

    pub(super) fn looked_up(&mut self, id: EntryId, attempt: Attempt, look: u8, records: &[CheckinRecord]) {
        let found = match &attempt {
            Attempt::Open { from, .. } => {
                records.iter().filter(|record| record.from == *from).min_by_key(|record| record.id)
            }
            Attempt::Close { checkin, to, .. } => records.iter().find(|record| {
                record.id == *checkin && record.to.is_some_and(|closed| closed == *to || !self.is_late(id))
            }),
            Attempt::Report { .. } => None,
        };
        if let Some(record) = found {
            self.succeeded(id, &attempt, Some(record.id), record.to);
        } else if look + 1 < LOOKS {
            self.rest(id, Next::LookUp { attempt, look: look + 1 });
        } else if self.journeys.get(&id).is_some_and(|journey| journey.rounds >= ROUNDS) {
            let reason =
                format!("sent {ROUNDS} times, each time without a clear answer and without a trace at the service");
            self.keep_watch(id, attempt, false);
            self.give_up(id, Verdict::Unavailable(Unavailable::Service), &reason);
        } else {
            // It may be carried out all the same, whatever is sent after it.
            self.keep_watch(id, attempt, false);
            self.nothing_was_sent(id);
            self.begin(id);
        }
    }

    /// The service said yes, or its record proves it. `closed_at` is the record's own `ToTime`, where it was read.
    pub(super) fn succeeded(
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
                let settlement = Settlement::CheckedOut { checkin: *checkin, since: Some(*from), until: Some(until) };
                (settlement, Verdict::CheckedOut { since: *from, until })
            }
            Attempt::Report { .. } => return,
        };
        self.keep_watch(id, attempt.clone(), true);
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.entry.state = EntryState::Settled(settlement);
        }
        self.conclude_screen(id, verdict);
        self.record_entry(id);
        // A new check-in is read twice, since it may be refused after the fact; a closed one once.
        let look = if matches!(attempt, Attempt::Open { .. }) { 1 } else { 2 };
        self.rest(id, Next::ReadBack { look });
        self.leave_line(id);
    }

    pub(super) fn seek_reason(&mut self, id: EntryId, message: Option<String>, look: u8) {
        self.set_step(id, Step::SeekingReason { message, look });
        self.find_reason(id);
    }

    pub(super) fn find_reason(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Some(coworker) = journey.coworker() else { return };
        let tapped_at = journey.entry.tapped_at;
        let sent_at = journey.sent_at.unwrap_or(tapped_at);
        let urgent = journey.is_live();
        self.effects.push(Effect::FindReason { entry: id, coworker, tapped_at, sent_at, urgent });
    }

    pub(super) fn reason(&mut self, id: EntryId, answer: Result<Option<FailedCheckinRecord>, Trouble>) {
        self.note_link(answer.as_ref().map(|_| ()));
        let step = self.step(id).cloned();
        if let (Some(Step::SeekingLateRefusal { look, .. }), Err(trouble)) = (&step, &answer) {
            self.not_read_back(id, *look, trouble);
            return;
        }
        let found = answer.ok().flatten().filter(|failed| self.used_reasons.insert(failed.id));
        match step {
            Some(Step::SeekingReason { message, look }) => self.reason_sought(id, message, look, found),
            Some(Step::SeekingLateRefusal { look, gone }) => self.late_refusal_sought(id, look, gone, found),
            _ => {}
        }
    }

    fn is_late(&self, id: EntryId) -> bool {
        self.journeys.get(&id).is_some_and(|journey| journey.late)
    }

    fn reason_sought(&mut self, id: EntryId, message: Option<String>, look: u8, found: Option<FailedCheckinRecord>) {
        let described = found.is_some();
        let text = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let reason = found.and_then(|failed| text(failed.description)).or_else(|| text(message.clone()));
        let Some(journey) = self.journeys.get(&id) else { return };
        let somebody_waits = journey.is_live();
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
                let state = match &attempt {
                    // The member went away with the promise that it would be recorded.
                    Attempt::Report { promised: true, description, .. } => {
                        EntryState::NeedsStaff(format!("saved at the tap, not recorded at the upload: {description}"))
                    }
                    _ => EntryState::Settled(Settlement::Reported { verdict }),
                };
                self.settle(id, state);
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

    /// Nothing was or will be sent; what the tap asked for is so already.
    pub(super) fn settle_without_sending(&mut self, id: EntryId, verdict: Verdict, checkin: Option<CheckinId>) {
        let state = nothing_to_send(&verdict, checkin);
        self.settle_then_tell(id, state, Telling::Verdict(verdict));
    }

    /// Nothing will be sent; staff must look.
    pub(super) fn give_up(&mut self, id: EntryId, verdict: Verdict, reason: &str) {
        self.settle_then_tell(id, EntryState::NeedsStaff(reason.to_owned()), Telling::Verdict(verdict));
    }

    /// The entry's terminal state, which the member is told of once it is stored: told before, a restart in between
    /// would take the tap up again. The member's next tap may go.
    pub(super) fn settle_then_tell(&mut self, id: EntryId, state: EntryState, telling: Telling) {
        self.leave_line(id);
        self.enter_state(id, state);
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        journey.untold = Some(telling);
        let entry = journey.entry.clone();
        let sequence = self.record(entry);
        self.set_step(id, Step::Concluding { sequence });
    }

    /// The entry's terminal state, of which nothing is told; the member's next tap may go.
    pub(super) fn settle(&mut self, id: EntryId, state: EntryState) {
        self.leave_line(id);
        self.enter_state(id, state);
        self.record_entry(id);
        self.end(id);
    }

    /// The terminal state is stored, or will be as soon as it can.
    pub(super) fn conclude(&mut self, id: EntryId) {
        self.tell_what_is_stored(id);
        self.end(id);
    }

    /// Nothing is left to do for the tap, unless it is watched.
    fn end(&mut self, id: EntryId) {
        // Nobody waits for a verdict that will not come.
        for follower in self.followers.remove(&id).unwrap_or_default() {
            self.tell_follower(follower, id);
        }
        let Some(journey) = self.journeys.get(&id) else { return };
        if journey.entry.watch.is_some() {
            self.rest(id, Next::ReadBack { look: 2 });
        } else {
            self.live.remove(&journey.entry.number);
            self.journeys.remove(&id);
        }
    }

    /// Changes where the entry stands, and counts what is for staff.
    pub(super) fn enter_state(&mut self, id: EntryId, state: EntryState) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        let is_for_staff = |state: &EntryState| matches!(state, EntryState::NeedsStaff(_));
        if is_for_staff(&state) && !is_for_staff(&journey.entry.state) {
            self.needs_staff += 1;
        }
        journey.entry.state = state;
    }

    pub(super) fn tell_what_is_stored(&mut self, id: EntryId) {
        let telling = self.journeys.get_mut(&id).and_then(|journey| journey.untold.take());
        match telling {
            Some(Telling::Verdict(verdict)) => self.conclude_screen(id, verdict),
            Some(Telling::Repeat(told)) => self.tell_again(id, *told),
            None => {}
        }
    }

    fn tell_again(&mut self, id: EntryId, told: Shown) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let (offer, source) = (told.verdict.offer(), journey.entry.source);
        let tile = journey.entry.tile.as_ref().map(TileId::masked).or(told.tile.clone());
        let name = told.name.clone().or_else(|| self.policy.names.shown(journey.member.as_ref()?));
        let coworker = told.coworker.or(journey.coworker());
        if let Some(recent) = coworker.and_then(|coworker| self.recent.get_mut(&coworker)) {
            recent.source = source;
        }
        let shown = Shown { entry: id, at: self.now.utc, revised: false, name, coworker, tile, offer, ..told };
        self.tell_shown(id, shown);
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
        let revised = before.is_some() || journey.since.is_none();
        let mut shown = self.shown(&journey.entry, journey.member.as_ref(), verdict);
        shown.revised = revised;
        if let Some(coworker) = journey.coworker() {
            let entry = journey.entry.clone();
            self.remember(coworker, entry, &shown);
        }
        self.tell_shown(id, shown.clone());
        for follower in self.followers.remove(&id).unwrap_or_default() {
            self.repeat_verdict(follower, shown.clone());
        }
    }

    /// Tells what this tap became; from now on nobody waits for its first verdict.
    fn tell_shown(&mut self, id: EntryId, shown: Shown) {
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.shown = Some(shown.clone());
            self.live.remove(&journey.entry.number);
        }
        self.tell_verdict(shown);
    }

    /// Keeps the verdict for the member's next tap: for the repeat window, or, for a tap of an earlier run, for what is
    /// left of it.
    fn remember(&mut self, coworker: CoworkerId, entry: Entry, shown: &Shown) {
        if !shown.verdict.repeats() {
            self.recent.retain(|_, recent| recent.shown.entry != shown.entry);
            return;
        }
        let told = Shown { revised: false, ..shown.clone() };
        if let Some(recent) = self.recent.get_mut(&coworker).filter(|recent| recent.shown.entry == shown.entry) {
            recent.shown = told;
            return;
        }
        let window = if shown.revised { self.left_of_window(&entry) } else { Some(self.policy.repeat_window) };
        if let Some(window) = window {
            let until = self.now.elapsed + window;
            let Entry { tile, source, wanted, .. } = entry;
            self.recent.insert(coworker, Recent { shown: told, tile, source, wanted, until });
        }
    }
}

/// The state of an entry whose verdict needs nothing of the service.
pub(super) fn nothing_to_send(verdict: &Verdict, checkin: Option<CheckinId>) -> EntryState {
    EntryState::Settled(Settlement::NothingToSend { verdict: verdict.kind().to_owned(), checkin })
}
