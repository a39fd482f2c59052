//! What is kept here for later: the policy, parking, draining, and the figures the screen shows.

use std::time::Duration;

use super::Desk;
use super::journey::{Journey, Next, Step};
use crate::checkin::Trouble;
use crate::effect::{Effect, Notice, QueueState};
use crate::ids::EntryId;
use crate::policy::OfflineAccept;
use crate::verdict::{Unavailable, Verdict};

/// How many taps of the past are sent on at a time.
const AT_A_TIME: usize = 3;

impl Desk {
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
        let kept_already = !journey.is_live();
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
        self.wait(id);
        if self.link.is_sound() {
            self.rest(id, then);
        } else {
            self.park(id, then);
        }
    }

    /// Keeps a tap here until the connection is back.
    pub(super) fn park(&mut self, id: EntryId, then: Next) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        if then == Next::Begin {
            self.lines.pause(id);
        }
        journey.step = Step::Parked(then);
        self.parked.insert(journey.entry.number, id);
        self.wait(id);
    }

    fn wait(&mut self, id: EntryId) {
        if let Some(journey) = self.journeys.get(&id) {
            self.waiting.insert(journey.entry.number, journey.entry.tapped_at);
        }
    }

    /// Tells the member that the tap is stored, if nothing was told yet.
    pub(super) fn say_saved(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        journey.late = true;
        let live = journey.is_live();
        self.wait(id);
        if live {
            self.conclude_screen(id, Verdict::Saved);
        }
    }

    /// Sends on what waits: few taps of the past at a time, so that a tap of the present finds the way free, and more than
    /// one, so that a slow answer to one holds up nobody else.
    pub(super) fn drain(&mut self) {
        while self.link.is_sound() {
            let journeys = &self.journeys;
            self.draining.retain(|id| journeys.get(id).is_some_and(Journey::is_calling));
            let next = self.parked.first_key_value().map(|(_, id)| *id);
            let Some(id) = next.filter(|_| self.draining.len() < AT_A_TIME) else { return };
            self.draining.push(id);
            self.unpark(id);
        }
    }

    /// Sends on this parked tap.
    pub(super) fn unpark(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Step::Parked(next) = journey.step.clone() else { return };
        self.parked.remove(&journey.entry.number);
        if next == Next::Begin && self.age(journey) > self.policy.max_age {
            let reason = "waited longer than offline.max_age_h before the service could be reached";
            self.give_up(id, Verdict::Unavailable(Unavailable::Offline), reason);
            return;
        }
        self.go_on(id, next);
    }

    /// How long ago the tap was made, or staff asked for it again: by a clock that does not jump where it was made in this run.
    fn age(&self, journey: &Journey) -> Duration {
        match journey.since {
            Some(since) => self.now.elapsed.saturating_sub(since),
            None => self.now.utc.signed_duration_since(journey.entry.wanted_at()).to_std().unwrap_or_default(),
        }
    }

    /// The tap waits no longer: the next one of its line may go.
    pub(super) fn leave_line(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let number = journey.entry.number;
        self.waiting.remove(&number);
        self.parked.remove(&number);
        self.let_pass(id);
    }

    /// Takes a tap off its line and lets the next one go; it may wait for something else all the same.
    pub(super) fn let_pass(&mut self, id: EntryId) {
        if let Some(next) = self.lines.leave(id) {
            self.call_up(next);
        }
    }

    /// It is this tap's turn, where it stands in line.
    pub(super) fn call_up(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let Step::InLine(then) = journey.step.clone() else { return };
        if journey.is_live() {
            self.go_on(id, then);
        } else {
            self.park(id, then);
        }
    }

    pub(super) fn tell_queue(&mut self) {
        let queue = QueueState {
            waiting: self.waiting.len(),
            needs_staff: self.needs_staff,
            oldest: self.waiting.first_key_value().map(|(_, tapped_at)| *tapped_at),
        };
        if queue != self.queue {
            self.queue = queue.clone();
            self.tell(Notice::Queue(queue));
        }
    }
}
