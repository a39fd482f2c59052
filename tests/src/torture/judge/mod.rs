//! The comparison: what was held to the readers and promised there, against the service's own record.
//!
//! Knows neither simulator nor process: it is given the evidence whole, so that its tests can show that it fails where
//! it must.

mod records;
mod taps;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SubsecRound, Utc};

use super::evidence::{Checkin, Evidence, Tap};

/// What must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Acknowledged or promised, and neither on record nor for staff nor told otherwise.
    Lost,
    /// Two check-ins at once, or one time on record twice.
    Doubled,
    /// In where it should be out, or told the one and recorded the other.
    WrongDirection,
    /// A welcome or a goodbye before the service had carried it out.
    FalseGreen,
    /// Carried out in another order than tapped.
    Order,
    /// Two taps within the repeat window count both.
    Toggled,
    /// On record, and nobody tapped then.
    Invented,
    /// Told that nothing is recorded, and recorded all the same.
    RecordedAfterNo,
    /// On record, and the member's last word is that it is saved, or none, though no kiosk ended since.
    NeverTold,
    /// A second tap, unsure whether the first worked, was answered by another tap's verdict.
    AnothersVerdict,
    /// A double was undone, or a check-in taken back, and staff does not know.
    StaffNotTold,
    /// Left to staff for a reason that cannot be.
    NoReason,
}

impl Fact {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 12] = [
        Self::Lost,
        Self::Doubled,
        Self::WrongDirection,
        Self::FalseGreen,
        Self::Order,
        Self::Toggled,
        Self::Invented,
        Self::RecordedAfterNo,
        Self::NeverTold,
        Self::AnothersVerdict,
        Self::StaffNotTold,
        Self::NoReason,
    ];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Doubled => "doubled",
            Self::WrongDirection => "wrong direction",
            Self::FalseGreen => "false green",
            Self::Order => "out of order",
            Self::Toggled => "toggled within the window",
            Self::Invented => "recorded, never tapped",
            Self::RecordedAfterNo => "recorded after a no",
            Self::NeverTold => "recorded, never told",
            Self::AnothersVerdict => "told another tap's verdict",
            Self::StaffNotTold => "staff not told",
            Self::NoReason => "left to staff without need",
        }
    }
}

/// One breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Of what.
    pub fact: Fact,
    /// Whose tap it was.
    pub member: Option<i64>,
    /// In words, with entries, times and ids.
    pub story: String,
}

/// A double that was there for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The check-in that was undone.
    pub checkin: i64,
    /// How long two stood, in milliseconds.
    pub stood: i64,
}

/// What the evidence says.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    /// All that must not be.
    pub violations: Vec<Violation>,
    /// How many taps ended in which way.
    pub endings: BTreeMap<String, usize>,
    /// Doubles that were there and are no more.
    pub undone: Vec<Undone>,
    /// Taps on record whose verdict was never told, since the kiosk ended just then.
    pub untold: usize,
}

impl Judgement {
    /// How often a fact was violated.
    pub fn count(&self, fact: Fact) -> usize {
        self.violations.iter().filter(|violation| violation.fact == fact).count()
    }

    /// How many taps are settled, in whatever way.
    pub fn settled(&self) -> usize {
        self.endings.values().sum()
    }

    fn violate(&mut self, fact: Fact, member: Option<i64>, story: String) {
        self.violations.push(Violation { fact, member, story });
    }

    fn ended(&mut self, how: impl Into<String>) {
        *self.endings.entry(how.into()).or_default() += 1;
    }
}

/// Judges.
pub fn judge(evidence: &Evidence) -> Judgement {
    let mut judgement = Judgement::default();
    let tapped = evidence.taps.iter().map(|tap| tap.member);
    let recorded = evidence.checkins.iter().map(|checkin| Some(checkin.member));
    let members: BTreeSet<Option<i64>> = tapped.chain(recorded).collect();
    let mut taps: BTreeMap<Option<i64>, Vec<&Tap>> = BTreeMap::new();
    for tap in &evidence.taps {
        taps.entry(tap.member).or_default().push(tap);
    }
    let mut checkins: BTreeMap<Option<i64>, Vec<&Checkin>> = BTreeMap::new();
    for checkin in &evidence.checkins {
        checkins.entry(Some(checkin.member)).or_default().push(checkin);
    }
    for member in members {
        let mut taps = taps.remove(&member).unwrap_or_default();
        taps.sort_by_key(|tap| (tap.at, tap.entry.clone()));
        let mut checkins = checkins.remove(&member).unwrap_or_default();
        checkins.sort_by_key(|checkin| (checkin.from, checkin.opened));
        Case { evidence, member, taps, checkins }.judge(&mut judgement);
    }
    judgement
}

/// One member's taps and records.
struct Case<'a> {
    evidence: &'a Evidence,
    member: Option<i64>,
    /// In tap order; those without a time first.
    taps: Vec<&'a Tap>,
    /// By `FromTime`.
    checkins: Vec<&'a Checkin>,
}

/// What became of a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is on record.
    Kept,
    /// A double that was taken away, or closed where it began.
    Undone,
    /// The service took it back.
    TakenBack,
}

/// A time on record: one end of a check-in that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark<'a> {
    time: DateTime<Utc>,
    opens: bool,
    checkin: &'a Checkin,
}

impl PartialEq for Checkin {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Checkin {}

impl<'a> Case<'a> {
    fn judge(&self, judgement: &mut Judgement) {
        let marks = self.marks();
        self.judge_records(&marks, judgement);
        self.judge_taps(&marks, judgement);
    }

    fn violate(&self, judgement: &mut Judgement, fact: Fact, story: String) {
        judgement.violate(fact, self.member, story);
    }

    /// The ends of all kept check-ins, in the order of time.
    fn marks(&self) -> Vec<Mark<'a>> {
        let mut marks = Vec::new();
        for checkin in self.kept() {
            marks.push(Mark { time: checkin.from, opens: true, checkin });
            marks.extend(checkin.to().map(|time| Mark { time, opens: false, checkin }));
        }
        marks.sort_by_key(|mark| (mark.time, mark.opens));
        marks
    }

    fn kept(&self) -> impl Iterator<Item = &'a Checkin> {
        self.checkins.iter().copied().filter(|checkin| self.fate(checkin) == Fate::Kept)
    }

    fn fate(&self, checkin: &Checkin) -> Fate {
        use super::evidence::Gone;
        match checkin.gone {
            Some((_, Gone::Deleted)) => Fate::Undone,
            Some((_, Gone::TakenBack)) => Fate::TakenBack,
            None if checkin.to() == Some(checkin.from) && self.twin(checkin).is_some() => Fate::Undone,
            None => Fate::Kept,
        }
    }

    /// Another check-in of the same tap that is still there.
    fn twin(&self, of: &Checkin) -> Option<&'a Checkin> {
        let still_there = |other: &&&Checkin| other.gone.is_none() && other.to() != Some(other.from);
        self.checkins.iter().filter(|other| other.from == of.from && other.id != of.id).find(still_there).copied()
    }

    /// The acknowledged taps of this second.
    fn taps_at(&self, second: DateTime<Utc>) -> impl Iterator<Item = &'a Tap> {
        let fits = move |tap: &&&Tap| tap.at.is_some_and(|at| at.trunc_subsecs(0) == second);
        self.taps.iter().filter(fits).copied()
    }

    /// Whether staff finds this tap, or this check-in, among what is left to them.
    fn is_for_staff(&self, second: DateTime<Utc>, checkin: i64) -> bool {
        let named = checkin.to_string();
        self.evidence
            .staff
            .iter()
            .filter(|entry| entry.member == self.member)
            .any(|entry| entry.at.trunc_subsecs(0) == second || entry.reason.contains(&named))
    }

    /// Whether a kiosk ended in this time.
    fn ended_between(&self, kiosk: usize, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        self.evidence.ends.iter().any(|(which, at)| *which == kiosk && *at >= from && *at <= until)
    }
}

fn clock(at: DateTime<Utc>) -> String {
    at.format("%H:%M:%S%.3f").to_string()
}
