//! What is kept here for later: parking, draining, and the figures the screen shows.

use chrono::TimeDelta;

use super::Desk;
use super::journey::{Journey, Next, Step};
use crate::checkin::{Attempt, Trouble};
use crate::effect::{Effect, Notice, QueueState};
use crate::entry::{Entry, EntryState};
use crate::ids::EntryId;
use crate::policy::OfflineAccept;
use crate::verdict::{Unavailable, Verdict};

impl Desk {
    /// Takes up what an earlier run left unfinished.
    pub(super) fn restored(&mut self, mut unfinished: Vec<Entry>, needs_staff: usize) {
        self.needs_staff = needs_staff;
        unfinished.sort_by_key(|entry| (entry.tapped_at, entry.id));
        for entry in unfinished {
            let (id, order) = (entry.id, (entry.tapped_at, entry.id));
            let next = match &entry.state {
                EntryState::Waiting => Next::Begin,
                EntryState::Sending(attempt @ Attempt::Report { .. }) => Next::Report(attempt.clone()),
                EntryState::Sending(attempt) => Next::LookUp { attempt: attempt.clone(), look: 0 },
                EntryState::Settled(_) | EntryState::NeedsStaff(_) => continue,
            };
            if let Some(coworker) = entry.coworker {
                self.lines.entry(coworker).or_default().push_back(id);
            }
            self.waiting.insert(order);
            self.parked.insert(order);
            let journey = Journey { late: true, ..Journey::new(entry, Step::Parked(next)) };
            self.journeys.insert(id, journey);
        }
    }

    /// Whether the policy keeps this tap, and if not, why.
    pub(super) fn may_keep(&self, id: EntryId) -> Result<(), Unavailable> {
        let Some(journey) = self.journeys.get(&id) else { return Err(Unavailable::Service) };
        let known = journey.coworker().is_some();
        match (self.policy.offline, known) {
            (OfflineAccept::None, true) if self.is_signed_out() => Err(Unavailable::SignedOut),
            (OfflineAccept::None, true) => Err(Unavailable::Offline),
            (OfflineAccept::None | OfflineAccept::Known, false) => Err(Unavailable::NoMemberData),
            _ if self.waiting.len() >= self.policy.max_entries => Err(Unavailable::QueueFull),
            _ => Ok(()),
        }
    }

    fn is_signed_out(&self) -> bool {
        matches!(self.link.state(), crate::effect::LinkState::SignedOut { .. })
    }

    /// The tap cannot go on now, and nothing of it was sent: it is saved, or refused by the policy.
    pub(super) fn hold(&mut self, id: EntryId, why: &Trouble) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let kept_already = journey.shown.is_some() || !journey.live;
        if !kept_already && let Err(unavailable) = self.may_keep(id) {
            self.give_up(id, Verdict::Unavailable(unavailable), &why.sentence());
            return;
        }
        if !kept_already && journey.entry.coworker.is_some() {
            // The member is known now, and the tile may have another owner by the time of the upload.
            self.record_entry(id);
        }
        self.rest_or_park(id, Next::Begin);
        self.say_saved(id);
        if self.link.start_probe() {
            self.effects.push(Effect::Probe);
        }
    }

    /// Keeps a tap here: for some seconds while the service answers, else until it does.
    pub(super) fn rest_or_park(&mut self, id: EntryId, then: Next) {
        let Some(order) = self.journeys.get(&id).map(Journey::order) else { return };
        self.waiting.insert(order);
        if self.link.may_call() {
            self.rest(id, then);
        } else {
            self.park(id, then);
        }
    }

    /// Keeps a tap here until the connection is back.
    pub(super) fn park(&mut self, id: EntryId, then: Next) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        let order = journey.order();
        journey.step = Step::Parked(then);
        self.parked.insert(order);
        self.waiting.insert(order);
    }

    /// Tells the member that the tap is stored, if nothing was told yet.
    pub(super) fn say_saved(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        journey.late = true;
        self.waiting.insert(journey.order());
        if journey.live {
            self.conclude_screen(id, Verdict::Saved);
        }
    }

    /// Sends on what waits: one tap of the past at a time, so that a tap of the present finds the way free.
    pub(super) fn drain(&mut self) {
        while self.link.may_call() {
            let busy = self.draining.and_then(|id| self.journeys.get(&id)).is_some_and(Journey::is_calling);
            let ready = self.parked.iter().map(|(_, id)| *id).find(|id| self.is_first_in_line(*id));
            let Some(id) = ready.filter(|_| !busy) else { return };
            self.draining = Some(id);
            self.unpark(id);
        }
    }

    /// Sends on this parked tap.
    pub(super) fn unpark(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        let Step::Parked(next) = journey.step.clone() else { return };
        let order = journey.order();
        self.parked.remove(&order);
        let oldest_allowed = TimeDelta::from_std(self.policy.max_age).unwrap_or(TimeDelta::MAX);
        if next == Next::Begin && self.now.utc.signed_duration_since(order.0) > oldest_allowed {
            let reason = "waited longer than offline.max_age_h before the service could be reached";
            self.give_up(id, Verdict::Unavailable(Unavailable::Offline), reason);
            return;
        }
        self.go_on(id, next);
    }

    pub(super) fn is_first_in_line(&self, id: EntryId) -> bool {
        let coworker = self.journeys.get(&id).and_then(Journey::coworker);
        coworker.is_none_or(|coworker| self.lines.get(&coworker).is_none_or(|line| line.front() == Some(&id)))
    }

    /// Takes a tap off its member's line and lets the next one go.
    pub(super) fn leave_line(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        self.waiting.remove(&journey.order());
        self.parked.remove(&journey.order());
        if let Some(coworker) = journey.coworker() {
            let was_first = self.lines.get(&coworker).is_some_and(|line| line.front() == Some(&id));
            if let Some(line) = self.lines.get_mut(&coworker) {
                line.retain(|other| *other != id);
                if line.is_empty() {
                    self.lines.remove(&coworker);
                }
            }
            let next = self.lines.get(&coworker).and_then(|line| line.front().copied());
            if let Some(next) = next.filter(|_| was_first)
                && self.step(next) == Some(&Step::InLine)
            {
                self.begin(next);
            }
        }
    }

    pub(super) fn tell_queue(&mut self) {
        let queue = QueueState {
            waiting: self.waiting.len(),
            needs_staff: self.needs_staff,
            oldest: self.waiting.first().map(|(tapped_at, _)| *tapped_at),
        };
        if queue != self.queue {
            self.queue = queue.clone();
            self.tell(Notice::Queue(queue));
        }
    }
}
