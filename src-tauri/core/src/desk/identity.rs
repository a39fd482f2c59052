//! Whose tap it is: a member's, a repetition of the member's last one, or nobody's.

use super::Desk;
use super::journey::{Next, Step, Telling};
use super::lines::Owner;
use crate::checkin::Attempt;
use crate::effect::Effect;
use crate::entry::{EntryState, Settlement};
use crate::ids::{CoworkerId, EntryId};
use crate::member::{Identification, Member};
use crate::now::to_the_second;
use crate::verdict::{Refusal, Shown, Unavailable, Verdict};

/// With these words a report to the service begins that nobody has a tile: by them it is known again.
pub const NOBODY_HAS: &str = "No member has";
/// And with these that several have it.
pub const SEVERAL_HAVE: &str = "Several members have";

impl Desk {
    pub(super) fn identify(&mut self, id: EntryId) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        journey.step = Step::Identifying;
        let by = (journey.entry.tile.clone(), journey.entry.coworker);
        let urgent = self.somebody_waits(id);
        match by {
            (Some(tile), _) => self.effects.push(Effect::Identify { entry: id, tile, urgent }),
            (None, Some(coworker)) => self.effects.push(Effect::ReadMember { entry: id, coworker, urgent }),
            (None, None) => {
                let reason = "nothing is kept that says whose tap it was";
                self.give_up(id, Verdict::Unavailable(Unavailable::Service), reason);
            }
        }
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
            (Identification::Nobody, None) => match journey.of_nobody.clone() {
                // It never was anyone's: nothing is to be put right.
                verdict @ Verdict::UnusableTile(_) => self.settle_without_sending(id, verdict, None),
                verdict => self.report(id, &verdict),
            },
        }
    }

    fn recognised(&mut self, id: EntryId, member: &Member) {
        let coworker = member.id;
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        let (live, asked) = (journey.is_live(), journey.asked);
        let known_before = journey.entry.coworker;
        journey.entry.coworker = known_before.or(Some(coworker));
        journey.member = Some(member.clone());
        if let Some(before) = known_before.filter(|before| *before != coworker) {
            let reason =
                format!("the tile belonged to member {before} at the tap and to member {coworker} at the upload");
            self.give_up(id, Verdict::Unavailable(Unavailable::Service), &reason);
            return;
        }
        if let Some(tile) = self.journeys.get(&id).and_then(|journey| journey.entry.tile.clone()) {
            self.lines.adopt(&tile, coworker);
        }
        if live && !asked && self.repeat(id, coworker) {
            return;
        }
        if !member.active || member.archived {
            let refusal = if member.archived { Refusal::Archived } else { Refusal::Inactive };
            self.report(id, &Verdict::Refused(refusal));
            return;
        }
        self.join_line(id, coworker);
    }

    /// Shows the member's last verdict again, if it is fresh, or waits for that of the tap before this one; true where
    /// this is no tap of its own.
    fn repeat(&mut self, id: EntryId, coworker: CoworkerId) -> bool {
        let elapsed = self.now.elapsed;
        self.recent.retain(|_, recent| elapsed < recent.until);
        let Some((number, wanted)) = self.journeys.get(&id).map(|journey| (journey.entry.number, journey.entry.wanted))
        else {
            return false;
        };
        if let Some(recent) = self.recent.get(&coworker) {
            if !recent.answers(wanted) {
                return false;
            }
            let told = recent.shown.clone();
            self.repeat_verdict(id, told);
            return true;
        }
        let earlier = |other: &EntryId| self.journeys.get(other).filter(|other| other.entry.number < number);
        let Some(before) = self.lines.of(coworker).filter_map(|other| earlier(&other)).last() else { return false };
        if wanted.is_some() && wanted != before.entry.wanted {
            return false;
        }
        let first = before.entry.id;
        let is_new = before.is_live();
        let is_fresh = match before.since {
            // Nobody could say whose it was when it was told.
            Some(since) => elapsed.saturating_sub(since) < self.policy.repeat_window,
            // Of an earlier run, whose tile may lie there still.
            None => self.left_of_window(&before.entry).is_some(),
        };
        if !is_new && !is_fresh {
            return false;
        }
        if let Some(told) = before.shown.clone().filter(|told| told.verdict != Verdict::Saved) {
            self.repeat_verdict(id, told);
            return true;
        }
        self.followers.entry(first).or_default().push(id);
        self.set_step(id, Step::Following);
        self.hurry(first);
        if !is_new && !self.link.may_call() {
            self.follow_no_longer(id);
        }
        true
    }

    /// The tap before this one takes too long, and is kept here: so this one is told.
    pub(super) fn follow_no_longer(&mut self, id: EntryId) {
        let found = self.followers.iter().find(|(_, followers)| followers.contains(&id));
        let Some(first) = found.map(|(first, _)| *first) else { return };
        if let Some(followers) = self.followers.get_mut(&first) {
            followers.retain(|follower| *follower != id);
            if followers.is_empty() {
                self.followers.remove(&first);
            }
        }
        self.tell_follower(id, first);
    }

    /// Gives this tap what the one before it was told last; kept here is what it is as long as it was told nothing.
    pub(super) fn tell_follower(&mut self, id: EntryId, first: EntryId) {
        let Some(journey) = self.journeys.get(&first) else { return };
        let told = journey.shown.clone().unwrap_or_else(|| self.shown(&journey.entry, None, Verdict::Saved));
        self.repeat_verdict(id, told);
    }

    /// Shows another tap's verdict as this one's, and settles this one: nothing is sent.
    pub(super) fn repeat_verdict(&mut self, id: EntryId, told: Shown) {
        let state = EntryState::Settled(Settlement::Repeated { of: told.entry });
        self.settle_then_tell(id, state, Telling::Repeat(Box::new(told)));
    }

    /// The tap takes its place among the member's unfinished ones.
    pub(super) fn join_line(&mut self, id: EntryId, coworker: CoworkerId) {
        let Some(number) = self.journeys.get(&id).map(|journey| journey.entry.number) else { return };
        self.lines.join(Owner::Member(coworker), number, id);
        match self.lines.first_before(id) {
            None => self.begin(id),
            Some(first) => {
                self.set_step(id, Step::InLine(Next::Begin));
                self.hurry(first);
            }
        }
    }

    /// Somebody waits for this tap of the past: it goes on, where it may.
    fn hurry(&mut self, id: EntryId) {
        // It may have come into the line while a later one was under way, and waits for it.
        self.call_up(id);
        if self.link.is_sound() {
            self.unpark(id);
        }
        // That nobody could say whose it was is over now.
        if let Some(Step::Resting { then: Next::Begin, .. }) = self.step(id)
            && self.journeys.get(&id).is_some_and(|journey| journey.coworker().is_none())
        {
            self.go_on(id, Next::Begin);
        }
    }

    /// The verdict is known here; the service is told of what it could not have known. The member is told when it is
    /// stored that nothing else will come of the tap.
    pub(super) fn report(&mut self, id: EntryId, verdict: &Verdict) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let (entry, promised) = (journey.entry.clone(), journey.late);
        let tile =
            entry.tile.as_ref().map_or_else(|| "the PIN that was typed".to_owned(), |tile| format!("tile {tile}"));
        let description = match verdict {
            Verdict::AmbiguousTile => format!("{SEVERAL_HAVE} {tile}."),
            Verdict::Refused(refusal) => refusal.reason().unwrap_or_default(),
            _ => format!("{NOBODY_HAS} {tile}."),
        };
        let is_of_nobody = !matches!(verdict, Verdict::Refused(_));
        if is_of_nobody && !promised {
            let (window, elapsed) = (self.policy.repeat_window, self.now.elapsed);
            self.reported.retain(|_, at| elapsed < *at + window);
            if self.reported.insert(entry.tile.clone(), elapsed).is_some() {
                self.settle_without_sending(id, verdict.clone(), None);
                return;
            }
        }
        let at = to_the_second(entry.tapped_at);
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.untold = Some(Telling::Verdict(verdict.clone()));
        }
        self.commit(id, Attempt::Report { coworker: entry.coworker, at, description, promised });
        // Nobody's turn, also not of whoever gets the tile meanwhile.
        if is_of_nobody {
            self.let_pass(id);
        }
    }
}
