//! What became of each tap: on record as it was told, or told otherwise, or for staff. Never nothing.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::records::{direction, shown};
use super::{Case, Fact, Fate, Judgement, Mark, clock};
use crate::torture::evidence::{Checkin, ForStaff, Tap, Told};

/// How long after the end of its window a repeated verdict may still be one: the tap waits for a call of the first one.
const SLACK: TimeDelta = TimeDelta::seconds(1);
/// The same for a tap on both sides of a kiosk's end, where nobody saw when the first one's verdict was reached.
const SLACK_OVER_AN_END: TimeDelta = TimeDelta::seconds(15);

impl<'a> Case<'a> {
    pub(super) fn judge_taps(&self, marks: &[Mark<'a>], judgement: &mut Judgement) {
        for tap in &self.taps {
            for told in &tap.told {
                self.green_is_true(tap, told, judgement);
                if told.member.is_some() && told.member != self.member {
                    let story = format!("{} was told as member {:?}", tap.entry, told.member);
                    self.violate(judgement, Fact::WrongDirection, story);
                }
            }
            match tap.at {
                Some(at) => self.judge_tap(tap, at, marks, judgement),
                None => self.judge_unacknowledged(tap, judgement),
            }
        }
    }

    /// The service had carried out what a welcome or a goodbye says before it was said.
    fn green_is_true(&self, tap: &Tap, told: &Told, judgement: &mut Judgement) {
        let opens = match told.kind.as_str() {
            "checked_in" => true,
            "checked_out" => false,
            _ => return,
        };
        let second = tap.at.map(|at| at.trunc_subsecs(0));
        let meant = |checkin: &&&Checkin| match told.checkin {
            Some(id) => checkin.id == id,
            None => Some(checkin.from) == second,
        };
        let done = self.checkins.iter().find(meant).and_then(|checkin| {
            if opens { Some(checkin.opened) } else { checkin.closed.iter().map(|(_, at)| *at).min() }
        });
        if done.is_none_or(|done| done > told.when) {
            let story = format!(
                "{} was told {} with check-in {:?} at {}; the service carried that out {}",
                tap.entry,
                told.kind,
                told.checkin,
                clock(told.when),
                done.map_or_else(|| "never".to_owned(), |done| format!("at {}", clock(done))),
            );
            self.violate(judgement, Fact::FalseGreen, story);
        }
    }

    fn judge_tap(&self, tap: &Tap, at: DateTime<Utc>, marks: &[Mark<'a>], judgement: &mut Judgement) {
        let second = at.trunc_subsecs(0);
        let owns = self.owner(second).is_some_and(|owner| owner.entry == tap.entry);
        if let Some(mark) = marks.iter().find(|mark| mark.time == second && owns) {
            self.told_as_recorded(tap, at, mark, judgement);
            return;
        }
        let staff = self.evidence.staff.iter().find(|entry| entry.entry == tap.entry);
        let last = tap.told.last();
        if let Some(checkin) = self.without_trace(second) {
            let known = last.is_some_and(|told| told.kind == "refused") || staff.is_some();
            if self.fate(checkin) == Fate::TakenBack && known {
                judgement.ended("taken back by the service after its yes");
            } else if !self.is_for_staff(second, checkin.id) && staff.is_none() {
                let story = format!("{} made {}, which is gone, and nobody knows", name(tap), shown(checkin));
                self.violate(judgement, Fact::Lost, story);
            } else {
                judgement.ended("undone, for staff");
            }
        } else if let Some(staff) = staff {
            self.left_to_staff(tap, staff, judgement);
        } else if self.repeats(tap, at, marks) {
            judgement.ended("repeated");
        } else if let Some(told) = last.filter(|told| told.is_no()) {
            judgement.ended(format!("told {}: {}", told.kind, in_short(told.reason.as_deref().unwrap_or("no reason"))));
        } else if let (Some(told), Some(first)) = (last.filter(|told| told.is_green()), self.unsure_after(tap, at)) {
            judgement.ended("repeated");
            let story = format!("{} after {} was told {} {:?}", name(tap), first.entry, told.kind, told.checkin);
            self.violate(judgement, Fact::AnothersVerdict, story);
        } else if last.is_some_and(|told| told.kind == "saved") && self.unsure_after(tap, at).is_some() {
            // The first one is still under way, or was when its kiosk ended: what it became is told of itself.
            judgement.ended("repeated");
        } else {
            let last = last.map_or_else(|| "nothing".to_owned(), |told| told.kind.clone());
            let story = format!("{} was told {last} and is neither on record nor for staff", name(tap));
            self.violate(judgement, Fact::Lost, story);
        }
    }

    /// Whose a time on record is, of several taps in one second: the first one's that was not told no.
    fn owner(&self, second: DateTime<Utc>) -> Option<&'a Tap> {
        let told_no = |tap: &&Tap| tap.told.last().is_some_and(Told::is_no);
        self.taps_at(second).find(|tap| !told_no(tap)).or_else(|| self.taps_at(second).next())
    }

    /// A check-in that this tap opened or closed and that is no more on record.
    fn without_trace(&self, second: DateTime<Utc>) -> Option<&'a Checkin> {
        let gone = self.checkins.iter().copied().filter(|checkin| self.fate(checkin) != Fate::Kept);
        gone.into_iter().find(|checkin| checkin.from == second || checkin.closed.iter().any(|(to, _)| *to == second))
    }

    fn told_as_recorded(&self, tap: &Tap, at: DateTime<Utc>, mark: &Mark<'a>, judgement: &mut Judgement) {
        judgement.ended(if mark.opens { "recorded: in" } else { "recorded: out" });
        let kind = if mark.opens { "checked_in" } else { "checked_out" };
        let what = || format!("{}, {} in {}", name(tap), direction(mark.opens), shown(mark.checkin));
        match tap.told.last() {
            Some(told) if told.is_no() => {
                self.violate(judgement, Fact::RecordedAfterNo, format!("{} was told {}", what(), told.kind));
            }
            Some(told) if told.is_green() => {
                let same_tap = self.checkins.iter().filter(|other| mark.opens && other.from == mark.time);
                let known = same_tap.map(|other| other.id).chain([mark.checkin.id]);
                let right = told.checkin.is_none_or(|id| known.into_iter().any(|known| known == id));
                if told.kind != kind || !right {
                    let story = format!("{} was told {} {:?}", what(), told.kind, told.checkin);
                    self.violate(judgement, Fact::WrongDirection, story);
                }
            }
            // What was reached in the last moment of a run may be on record and in the journal, and not be told.
            _ if self.ended_between(tap.kiosk, at, DateTime::<Utc>::MAX_UTC) => {
                judgement.untold += 1;
            }
            told => {
                let last = told.map_or("nothing", |told| told.kind.as_str());
                self.violate(judgement, Fact::NeverTold, format!("{} was told {last}", what()));
            }
        }
    }

    fn left_to_staff(&self, tap: &Tap, staff: &ForStaff, judgement: &mut Judgement) {
        if self.evidence.kiosks == 1 && staff.reason.contains("was recorded here after this tap") {
            let story = format!("{} is overtaken, with one kiosk: {}", name(tap), staff.reason);
            self.violate(judgement, Fact::NoReason, story);
        }
        judgement.ended(format!("for staff: {}", in_short(&staff.reason)));
    }

    /// Whether this tap was answered by an earlier one's verdict.
    fn repeats(&self, tap: &Tap, at: DateTime<Utc>, marks: &[Mark<'a>]) -> bool {
        let window = TimeDelta::from_std(self.evidence.window).unwrap_or_default();
        let earlier = self.taps.iter().filter(|other| other.kiosk == tap.kiosk && other.entry != tap.entry);
        earlier.into_iter().filter(|other| other.at.is_none_or(|first| first <= at)).any(|other| {
            let ended = self.ended_between(tap.kiosk, other.at.unwrap_or(at) - SLACK_OVER_AN_END, at + SLACK);
            let first_told = other.told.first().map(|told| told.when);
            let slack = if ended { SLACK_OVER_AN_END } else { SLACK };
            let until = first_told.max(other.at).map(|from| from + window + slack);
            if until.is_none_or(|until| at > until) {
                return false;
            }
            match tap.told.last() {
                Some(told) => {
                    let as_told = other.told.iter().any(|first| same(first, told));
                    let mark = other.at.and_then(|at| marks.iter().find(|mark| mark.time == at.trunc_subsecs(0)));
                    let as_recorded = mark.is_some_and(|mark| {
                        told.checkin == Some(mark.checkin.id) && (told.kind == "checked_in") == mark.opens
                    });
                    as_told || as_recorded
                }
                // Settled without a call, and the kiosk ended before it could say so.
                None => self.ended_between(tap.kiosk, at, at + SLACK_OVER_AN_END),
            }
        })
    }

    /// The tap that this one, within the repeat window, was unsure of.
    fn unsure_after(&self, tap: &Tap, at: DateTime<Utc>) -> Option<&'a Tap> {
        let window = TimeDelta::from_std(self.evidence.window).unwrap_or_default();
        let is_first = |other: &&Tap| {
            let just_before = other.at.is_some_and(|first| first < at && at - first < window);
            other.kiosk == tap.kiosk && just_before
        };
        self.taps.iter().copied().find(is_first)
    }

    /// A tap whose acknowledgement never came, since its kiosk ended: what was told of it must be so all the same.
    fn judge_unacknowledged(&self, tap: &Tap, judgement: &mut Judgement) {
        let Some(told) = tap.told.last() else { return };
        let staff = self.evidence.staff.iter().any(|entry| entry.entry == tap.entry);
        let recorded = self.checkins.iter().any(|checkin| {
            let meant = told.checkin == Some(checkin.id);
            meant && (self.fate(checkin) == Fate::Kept || self.is_for_staff(checkin.from, checkin.id))
        });
        let repeated =
            self.taps.iter().any(|other| other.entry != tap.entry && other.told.iter().any(|first| same(first, told)));
        let ended_since = self.ended_between(tap.kiosk, told.when, DateTime::<Utc>::MAX_UTC);
        let kept = recorded || repeated || staff || told.is_no() || (told.kind == "saved" && ended_since);
        if !kept {
            let story = format!("{} was told {} {:?}, and that is not on record", name(tap), told.kind, told.checkin);
            self.violate(judgement, Fact::Lost, story);
        }
    }
}

/// A reason as the table has it: those that differ in a number only are one.
fn in_short(reason: &str) -> String {
    reason.chars().filter(|letter| !letter.is_ascii_digit()).take(90).collect()
}

fn same(first: &Told, second: &Told) -> bool {
    (&first.kind, first.checkin, &first.reason) == (&second.kind, second.checkin, &second.reason)
}

fn name(tap: &Tap) -> String {
    let at = tap.at.map_or_else(|| "a time unknown".to_owned(), clock);
    format!("the tap {} of {at} at kiosk {}", tap.entry, tap.kiosk)
}
