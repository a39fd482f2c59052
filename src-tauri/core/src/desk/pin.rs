//! Checking in without a tile: a PIN that was typed becomes a tap, or one try more that was wrong.

use super::journey::{Journey, Step};
use super::timers::Timer;
use super::{Desk, VERDICT_DUE};
use crate::effect::{Effect, Notice};
use crate::entry::{Entry, Source};
use crate::ids::{CoworkerId, EntryId};
use crate::member::Identification;
use crate::pin::{PinAnswer, PinTries};
use crate::verdict::{Unavailable, Verdict};

impl Desk {
    /// While the pad is locked, whose PIN it is makes no difference to anything.
    pub(super) fn pin_entered(&mut self, id: EntryId, who: Identification) {
        if let Some(until) = self.pin_locked_until() {
            self.answer_pin(id, PinAnswer::Locked { until });
            return;
        }
        match who {
            Identification::One(_) | Identification::Several if self.out_of_order.is_some() => {
                self.end_pin_at_once(id, Unavailable::OutOfOrder);
            }
            Identification::One(member) => self.by_pin(id, member.id),
            Identification::Several => self.by_shared_pin(id),
            // The members are not known yet, and their PINs are kept nowhere: the same as a tile that nobody can name.
            Identification::NotKnowable(_) => self.end_pin_at_once(id, Unavailable::NoMemberData),
            Identification::Nobody => {
                let tries = self.pin_guard.wrong(self.now);
                // Told when it is stored: a plug that is pulled before "wrong" takes nothing back.
                self.effects.push(Effect::StorePinTries { entry: id, tries });
                self.tell_pin_lock();
            }
        }
    }

    pub(super) fn pin_tries_stored(&mut self, id: EntryId, result: Result<(), String>) {
        // Where the disk refuses, this run counts on.
        self.storage_tested(result);
        self.answer_pin(id, PinAnswer::Wrong);
    }

    pub(super) fn restore_pin_tries(&mut self, tries: &PinTries) {
        self.pin_guard.restore(self.now, tries);
        self.tell_pin_lock();
    }

    /// The lock is over, unless another one has begun.
    pub(super) fn pin_unlocked(&mut self) {
        if self.pin_guard.locked_until(self.now).is_none() {
            self.tell(Notice::PinLocked(None));
        }
    }

    pub(super) fn name_typed(&mut self, look_up: EntryId) {
        let allowed = self.look_ups.take(self.now);
        self.effects.push(Effect::LookUp { look_up, allowed });
    }

    fn by_pin(&mut self, id: EntryId, coworker: CoworkerId) {
        self.answer_pin(id, PinAnswer::Accepted);
        let entry = Entry { coworker: Some(coworker), ..self.born_of_a_pin(id) };
        self.start_journey(entry, false);
    }

    /// Several members have it: nobody is checked in, and staff are told through the service.
    fn by_shared_pin(&mut self, id: EntryId) {
        self.answer_pin(id, PinAnswer::Accepted);
        let entry = self.born_of_a_pin(id);
        self.tell_acknowledged(id, None, entry.tapped_at);
        self.live.insert(entry.number, id);
        let since = Some(self.now.elapsed);
        let journey = Journey { since, acknowledged: true, ..Journey::new(entry, Step::Identifying) };
        self.journeys.insert(id, journey);
        self.timers.set(self.now.elapsed + VERDICT_DUE, Timer::Due(id));
        // Durable as a report from the first: nothing else can come of it.
        self.report(id, &Verdict::AmbiguousTile);
    }

    fn end_pin_at_once(&mut self, id: EntryId, why: Unavailable) {
        self.answer_pin(id, PinAnswer::Accepted);
        let entry = self.born_of_a_pin(id);
        self.end_at_once(entry, None, Verdict::Unavailable(why));
    }

    fn born_of_a_pin(&mut self, id: EntryId) -> Entry {
        Entry { source: Source::Manual, ..self.newborn(id, None) }
    }

    fn answer_pin(&mut self, entry: EntryId, answer: PinAnswer) {
        self.effects.push(Effect::AnswerPin { entry, answer });
    }

    fn tell_pin_lock(&mut self) {
        if let (Some(at), Some(until)) = (self.pin_guard.locked_until(self.now), self.pin_locked_until()) {
            self.timers.set(at, Timer::PinUnlocked);
            self.tell(Notice::PinLocked(Some(until)));
        }
    }

    fn pin_locked_until(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let left = self.pin_guard.locked_until(self.now)?.saturating_sub(self.now.elapsed);
        Some(self.now.utc + chrono::TimeDelta::from_std(left).unwrap_or_default())
    }
}
