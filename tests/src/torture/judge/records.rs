//! What the record must look like by itself, and beside the taps that were made: nothing doubled, nothing invented, in
//! and out in turns, in tap order.

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::{Case, Fact, Fate, Judgement, Mark, Undone, clock};
use crate::torture::evidence::{Checkin, Stay};

/// How far before a tile was put down its tap's time may lie, since times are cut to the second.
const BEFORE: TimeDelta = TimeDelta::seconds(1);
/// How long after a tile was taken away a kiosk that ended over it may have read it.
const AFTER: TimeDelta = TimeDelta::seconds(4);

impl<'a> Case<'a> {
    pub(super) fn judge_records(&self, marks: &[Mark<'a>], judgement: &mut Judgement) {
        self.nothing_stands_twice(marks, judgement);
        self.in_and_out_in_turns(marks, judgement);
        self.in_tap_order(marks, judgement);
        self.nothing_within_the_window(marks, judgement);
        self.nothing_invented(marks, judgement);
        self.what_was_undone(judgement);
    }

    fn nothing_stands_twice(&self, marks: &[Mark<'a>], judgement: &mut Judgement) {
        let kept: Vec<&Checkin> = self.kept().collect();
        for pair in kept.windows(2) {
            let overlap = pair[0].to().is_none_or(|to| to > pair[1].from) || pair[0].from == pair[1].from;
            if overlap {
                let story = format!("{} and {} stand at once", shown(pair[0]), shown(pair[1]));
                self.violate(judgement, Fact::Doubled, story);
            }
        }
        for pair in marks.windows(2).filter(|pair| pair[0].time == pair[1].time && !(pair[0].opens && pair[1].opens)) {
            let story = format!("{} is in {} and in {}", pair[0].time, shown(pair[0].checkin), shown(pair[1].checkin));
            self.violate(judgement, Fact::Doubled, story);
        }
    }

    fn in_and_out_in_turns(&self, marks: &[Mark<'a>], judgement: &mut Judgement) {
        for checkin in self.kept().filter(|checkin| checkin.to().is_some_and(|to| to < checkin.from)) {
            let story = format!("{} ends before it begins", shown(checkin));
            self.violate(judgement, Fact::WrongDirection, story);
        }
        for (place, mark) in marks.iter().enumerate() {
            if mark.opens != (place % 2 == 0) {
                let story = format!("the record at {} is not in, out, in, out: {}", mark.time, shown(mark.checkin));
                self.violate(judgement, Fact::WrongDirection, story);
                return;
            }
        }
    }

    /// Each kiosk carries out a member's taps in their order. What two kiosks saved may come in another one: the record
    /// says whether that was right.
    fn in_tap_order(&self, marks: &[Mark<'a>], judgement: &mut Judgement) {
        for kiosk in 0..self.evidence.kiosks {
            let is_here = |mark: &&Mark<'a>| match self.taps_at(mark.time).next() {
                Some(tap) => tap.kiosk == kiosk,
                None => self.evidence.kiosks == 1,
            };
            let here: Vec<&Mark<'a>> = marks.iter().filter(is_here).collect();
            for pair in here.windows(2).filter(|pair| pair[0].time < pair[1].time) {
                let (first, second) = (self.carried_out(pair[0]), self.carried_out(pair[1]));
                if first > second {
                    let story = format!(
                        "the tap of {} was carried out at {}, that of {} at {}",
                        pair[0].time,
                        clock(first),
                        pair[1].time,
                        clock(second)
                    );
                    self.violate(judgement, Fact::Order, story);
                }
            }
        }
    }

    /// When the service first carried out what is marked, be it in a check-in that was a double.
    fn carried_out(&self, mark: &Mark<'a>) -> DateTime<Utc> {
        let opened = self.checkins.iter().filter(|other| other.from == mark.time).map(|other| other.opened);
        let closed = self.checkins.iter().flat_map(|other| &other.closed);
        let closed = closed.filter(|(to, _)| *to == mark.time).map(|(_, at)| *at);
        let first = if mark.opens { opened.min() } else { closed.min() };
        first.unwrap_or(mark.checkin.opened)
    }

    fn nothing_within_the_window(&self, marks: &[Mark<'a>], judgement: &mut Judgement) {
        let window = TimeDelta::from_std(self.evidence.window).unwrap_or_default();
        for pair in marks.windows(2).filter(|pair| pair[0].time < pair[1].time) {
            let [first, second] = [pair[0], pair[1]].map(|mark| self.taps_at(mark.time).next());
            let exactly = first.and_then(|tap| tap.at).zip(second.and_then(|tap| tap.at));
            // Of a tap that was never acknowledged only the second is known.
            let apart =
                exactly.map_or(pair[1].time - pair[0].time + TimeDelta::seconds(1), |(first, second)| second - first);
            let told = first.and_then(|tap| tap.told.first());
            let by_the_verdict = first.zip(second).zip(told).and_then(|((first, second), told)| {
                let at = second.at?;
                let one_run = first.kiosk == second.kiosk && !self.ended_between(first.kiosk, first.at?, at);
                (one_run && !told.is_no()).then_some(at < told.when + window - TimeDelta::milliseconds(200))
            });
            if apart < window || by_the_verdict == Some(true) {
                let story = format!(
                    "two taps {} ms apart count both, as {} and {}: {} and {}",
                    apart.num_milliseconds(),
                    direction(pair[0].opens),
                    direction(pair[1].opens),
                    first.map_or("one that was not acknowledged", |tap| &tap.entry),
                    second.map_or("one that was not acknowledged", |tap| &tap.entry),
                );
                self.violate(judgement, Fact::Toggled, story);
            }
        }
    }

    fn nothing_invented(&self, marks: &[Mark<'a>], judgement: &mut Judgement) {
        let mut explained: BTreeMap<usize, u32> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| self.taps_at(mark.time).next().is_none()) {
            let mut stays = self.evidence.stays.iter().enumerate();
            let found = stays.find(|(number, stay)| {
                let free = stay.ends > explained.get(number).copied().unwrap_or_default();
                free && stay.member == self.member && may_be_read_at(stay, mark.time)
            });
            if let Some((number, _)) = found {
                *explained.entry(number).or_default() += 1;
                judgement.ended("recorded, though the kiosk ended before the acknowledgement");
            } else {
                let story = format!("nobody tapped at {}, which is in {}", mark.time, shown(mark.checkin));
                self.violate(judgement, Fact::Invented, story);
            }
        }
    }

    fn what_was_undone(&self, judgement: &mut Judgement) {
        for checkin in &self.checkins {
            if self.fate(checkin) != Fate::Undone {
                continue;
            }
            let same_tap = self.checkins.iter().filter(|other| other.from == checkin.from && other.id != checkin.id);
            let since = same_tap.map(|other| other.opened.max(checkin.opened)).min().unwrap_or(checkin.opened);
            let undone_at = checkin.gone.map(|(at, _)| at).or(checkin.closed.last().map(|(_, at)| *at));
            let stood = (undone_at.unwrap_or(since) - since).num_milliseconds();
            judgement.undone.push(Undone { checkin: checkin.id, stood });
            if !self.is_for_staff(checkin.from.trunc_subsecs(0), checkin.id) {
                let story = format!("{} was undone after {stood} ms", shown(checkin));
                self.violate(judgement, Fact::StaffNotTold, story);
            }
        }
    }
}

/// Whether a kiosk that ended over this tile may have kept a tap of this time.
fn may_be_read_at(stay: &Stay, time: DateTime<Utc>) -> bool {
    time >= stay.from - BEFORE && time <= stay.until.unwrap_or(stay.from).max(stay.from) + AFTER
}

pub(super) fn direction(opens: bool) -> &'static str {
    if opens { "in" } else { "out" }
}

pub(super) fn shown(checkin: &Checkin) -> String {
    let to = checkin.to().map_or_else(|| "open".to_owned(), |to| to.format("%H:%M:%S").to_string());
    format!("check-in {} ({} to {to})", checkin.id, checkin.from.format("%H:%M:%S"))
}
