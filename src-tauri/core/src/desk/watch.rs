//! After a write: whether the service keeps what it said, and whether it carried something out twice.

use chrono::TimeDelta;

use super::Desk;
use super::journey::{Journey, Next, Step};
use crate::checkin::{Attempt, CheckinRecord, FailedCheckinRecord, Trouble, Undone, doubles};
use crate::effect::{Effect, Notice};
use crate::entry::{EntryState, Watch};
use crate::ids::{CheckinId, EntryId};
use crate::verdict::{Refusal, Verdict};

/// How often a success is read back: after 2 s and after another 8 s.
const READ_BACKS: u8 = 3;
/// The same for a tap whose write was once sent without a proven outcome, every 30 s, since that write may still be
/// carried out beside the one that was proven.
const READ_BACKS_IN_DOUBT: u8 = 12;
/// For how long such a tap is watched: a write without a clear answer may still be carried out so long.
pub const DOUBT: TimeDelta = TimeDelta::minutes(5);
/// For how long any other is.
const CARE: TimeDelta = TimeDelta::minutes(1);

impl Desk {
    /// The tap is watched from now on, across restarts. Doubt does not go away by a later success.
    pub(super) fn keep_watch(&mut self, id: EntryId, attempt: Attempt, proven: bool) {
        let Some(journey) = self.journeys.get_mut(&id) else { return };
        let doubted = journey.entry.watch.as_ref().is_some_and(|watch| watch.in_doubt);
        // What staff ask for again may have been sent before.
        let in_doubt = !proven || doubted || journey.entry.retried_at.is_some();
        let until = self.now.utc + if in_doubt { DOUBT } else { CARE };
        journey.entry.watch = Some(Watch { attempt, proven, in_doubt, until });
    }

    pub(super) fn read_back(&mut self, id: EntryId, look: u8, records: &[CheckinRecord]) {
        let Some(Watch { attempt, proven, .. }) = self.watched(id).cloned() else { return };
        let mine = match &attempt {
            Attempt::Open { from, .. } => {
                if let Some(double) = doubles(records, *from).first() {
                    self.undo(id, look, *double);
                    return;
                }
                records.iter().find(|record| record.from == *from)
            }
            Attempt::Close { checkin, .. } => records.iter().find(|record| record.id == *checkin),
            Attempt::Report { .. } => None,
        };
        let strays = mine.map(|mine| strays(mine, records)).unwrap_or_default();
        if let (Some(mine), Some(first)) = (mine, strays.iter().min())
            && !self.is_tapping(id)
        {
            if mine.to.is_none() && *first < mine.id {
                // Nothing was open when this one was asked for: two kiosks asked at once, and the other was first.
                self.undo(id, look, mine.id);
                return;
            }
            if look + 1 >= READ_BACKS {
                let ids = strays.iter().map(CheckinId::to_string).collect::<Vec<_>>().join(", ");
                self.tell_staff(id, &format!("more check-ins are open than this tap leaves open: {ids}"));
            }
        }
        if let (Attempt::Open { .. }, Some(mine), 1) = (&attempt, mine, look) {
            self.compare_source(id, mine.source);
        }
        match (&attempt, mine) {
            (Attempt::Open { .. }, Some(mine)) if !proven => {
                self.tell_staff(id, &format!("it was carried out late, as check-in {}", mine.id));
                self.read_back_again(id, look);
            }
            (Attempt::Open { .. }, _) if proven && (mine.is_none() || look + 1 == READ_BACKS) => {
                self.set_step(id, Step::SeekingLateRefusal { look, gone: mine.is_none() });
                self.find_reason(id);
            }
            (Attempt::Close { .. }, None) => {
                self.tell_staff(id, "the check-in closed by this tap is gone at the service");
                self.end_watch(id);
            }
            _ => self.read_back_again(id, look),
        }
    }

    /// Whether the service keeps the `Source` that it was sent is not known of any service; nothing depends on it.
    fn compare_source(&mut self, entry: EntryId, stored: Option<i64>) {
        let Some(sent) = self.journeys.get(&entry).map(|journey| journey.entry.source) else { return };
        if stored != Some(sent.number()) {
            self.tell(Notice::OtherSource { entry, sent, stored });
        }
    }

    pub(super) fn late_refusal_sought(
        &mut self,
        id: EntryId,
        look: u8,
        gone: bool,
        found: Option<FailedCheckinRecord>,
    ) {
        if found.is_none() && !(gone && look + 1 >= READ_BACKS) {
            self.read_back_again(id, look);
            return;
        }
        let reason = found.and_then(|failed| failed.description).filter(|text| !text.trim().is_empty());
        let words = reason.clone().unwrap_or_else(|| "without a reason".to_owned());
        self.conclude_screen(id, Verdict::Refused(Refusal::ByService(reason)));
        self.tell_staff(id, &format!("refused after the service had said yes: {words}"));
        self.read_back_again(id, look);
    }

    /// What was not seen is looked at again; what may not be seen is let go.
    pub(super) fn not_read_back(&mut self, id: EntryId, look: u8, trouble: &Trouble) {
        if trouble.passes() {
            self.rest(id, Next::ReadBack { look });
        } else {
            self.read_back_again(id, look);
        }
    }

    pub(super) fn read_back_again(&mut self, id: EntryId, look: u8) {
        let Some(watch) = self.watched(id) else { return };
        let in_doubt = watch.in_doubt && self.now.utc < watch.until;
        let looks = if in_doubt { READ_BACKS_IN_DOUBT } else { READ_BACKS };
        let was_refused = matches!(
            self.journeys.get(&id).and_then(|journey| journey.shown.as_ref()).map(|shown| &shown.verdict),
            Some(Verdict::Refused(_))
        );
        if look + 1 < looks && (in_doubt || !was_refused) {
            self.rest(id, Next::ReadBack { look: look + 1 });
        } else {
            self.end_watch(id);
        }
    }

    fn end_watch(&mut self, id: EntryId) {
        if let Some(journey) = self.journeys.get_mut(&id) {
            journey.entry.watch = None;
        }
        self.record_entry(id);
        self.journeys.remove(&id);
    }

    fn undo(&mut self, id: EntryId, look: u8, checkin: CheckinId) {
        let Some(coworker) = self.journeys.get(&id).and_then(Journey::coworker) else { return };
        self.set_step(id, Step::Undoing { look, checkin });
        self.effects.push(Effect::Undo { entry: id, coworker, checkin });
    }

    pub(super) fn undone(&mut self, id: EntryId, answer: Result<Undone, Trouble>) {
        self.note_link(answer.as_ref().map(|_| ()));
        let Some(Step::Undoing { look, checkin }) = self.step(id).cloned() else { return };
        let what = match answer {
            Ok(Undone::Deleted) => "was deleted".to_owned(),
            Ok(Undone::Closed) => "was closed at its own beginning".to_owned(),
            Ok(Undone::Gone) => "was taken back elsewhere".to_owned(),
            Err(trouble) if trouble.passes() => {
                self.not_read_back(id, look, &trouble);
                return;
            }
            Err(trouble) => {
                let why = trouble.sentence();
                self.tell_staff(id, &format!("check-in {checkin} is one too many and could not be taken back: {why}"));
                self.end_watch(id);
                return;
            }
        };
        self.tell_staff(id, &format!("checked in twice; check-in {checkin} {what}"));
        self.read_back_again(id, look);
    }

    /// The entry is for staff from now on, for this reason beside those that stand there.
    fn tell_staff(&mut self, id: EntryId, reason: &str) {
        let Some(journey) = self.journeys.get(&id) else { return };
        let reason = match &journey.entry.state {
            EntryState::NeedsStaff(before) if before.contains(reason) => return,
            EntryState::NeedsStaff(before) => format!("{before}; {reason}"),
            _ => reason.to_owned(),
        };
        self.enter_state(id, EntryState::NeedsStaff(reason));
        self.record_entry(id);
    }

    fn watched(&self, id: EntryId) -> Option<&Watch> {
        self.journeys.get(&id).and_then(|journey| journey.entry.watch.as_ref())
    }

    /// Whether another tap of the member is under way, so that what is open now may change at any moment.
    fn is_tapping(&self, id: EntryId) -> bool {
        let coworker = self.journeys.get(&id).and_then(Journey::coworker);
        coworker.is_some_and(|coworker| self.lines.of(coworker).next().is_some())
    }
}

/// The open check-ins that cannot stand beside this one: any while it is open itself, and those that began before it
/// ended. What began later is a later tap's.
fn strays(mine: &CheckinRecord, records: &[CheckinRecord]) -> Vec<CheckinId> {
    let overlaps = |other: &&CheckinRecord| mine.to.is_none_or(|end| other.from < end);
    let open = records.iter().filter(|other| other.to.is_none() && other.id != mine.id);
    open.filter(overlaps).map(|other| other.id).collect()
}
