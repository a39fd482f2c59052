//! What a run found, for people: a table with all figures, and the whole story of each breach.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use super::Torture;
use super::day::Done;
use super::evidence::Evidence;
use super::history::History;
use super::judge::{Fact, Judgement, Violation};
use super::ledger::Books;
use super::weather::Counts;

/// Breaches whose story is told whole; more of them rarely tell more.
const STORIES: usize = 12;
/// Lines of a member's story: the newest of each kind.
const LINES: usize = 40;
/// Throttled replies for each settled tap that one kiosk may get: its clock and the service's count 100 ms apart.
const THROTTLED_ALONE: f64 = 0.1;
/// The same for kiosks that share the account: each keeps to its share of the minute, and none knows when the others
/// call, so that two calls of different kiosks now and then lie within the 100 ms. Each such call is waited out once.
const THROTTLED_TOGETHER: f64 = 1.0;
/// Calls in one minute beside the budget's 120: throttled ones that were tried again.
const STORM: usize = 240;

/// All that a run found.
#[derive(Debug)]
pub struct Report {
    pub(super) torture: Torture,
    pub(super) judgement: Judgement,
    pub(super) evidence: Evidence,
    pub(super) books: Books,
    pub(super) history: History,
    pub(super) done: Vec<Done>,
    pub(super) counts: Counts,
    pub(super) times: Times,
}

/// How long a run took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// Until the last tap.
    pub(super) tapped: Duration,
    /// Until the verdict.
    pub(super) all: Duration,
}

impl Report {
    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.judgement.violations.is_empty() && self.other_faults().is_empty()
    }

    /// How many taps were acknowledged, and how often a kiosk was killed.
    pub fn figures(&self) -> (usize, usize) {
        (self.acknowledged(), self.sum(|done| done.kills))
    }

    fn acknowledged(&self) -> usize {
        self.evidence.taps.iter().filter(|tap| tap.at.is_some()).count()
    }

    fn sum(&self, of: fn(&Done) -> usize) -> usize {
        self.done.iter().map(of).sum()
    }

    fn per_tap(&self, calls: usize) -> f64 {
        let settled = u32::try_from(self.judgement.settled().max(1)).unwrap_or(u32::MAX);
        f64::from(u32::try_from(calls).unwrap_or(u32::MAX)) / f64::from(settled)
    }

    /// What is wrong beside the taps.
    fn other_faults(&self) -> Vec<String> {
        let history = &self.history;
        let mut faults = self.books.mishaps.clone();
        faults.extend(history.unexpected.iter().map(|call| format!("a call that no route knows: {call}")));
        faults.extend(history.refused_grants.iter().map(|grant| format!("a kiosk was logged out: {grant}")));
        if history.devices() > self.torture.kiosks {
            faults.push(format!("{} devices asked for tokens", history.devices()));
        }
        let without_cause = history.denied_without_cause();
        if without_cause > 0 {
            faults.push(format!("{without_cause} calls were denied, and no fault had ended their tokens"));
        }
        if self.torture.throttle {
            let bound = if self.torture.kiosks == 1 { THROTTLED_ALONE } else { THROTTLED_TOGETHER };
            let throttled = self.per_tap(history.throttled.1);
            if throttled > bound {
                faults.push(format!("{throttled:.2} throttled replies per settled tap, more than {bound}"));
            }
            if history.most_in_a_minute > STORM {
                faults.push(format!("{} calls in one minute, more than {STORM}", history.most_in_a_minute));
            }
        }
        faults
    }

    /// The seed and all else that makes the same plan again.
    fn again(&self) -> String {
        let Torture { seed, taps, members, kills, kiosks, throttle, .. } = &self.torture;
        let throttle = if *throttle { " --throttle" } else { "" };
        format!("--seed {seed} --taps {taps} --members {members} --kills {kills} --kiosks {kiosks}{throttle}")
    }

    fn rows(&self) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
        let (history, judgement, done) = (&self.history, &self.judgement, |of| self.sum(of));
        row("run", self.again());
        let Times { tapped, all } = self.times;
        row("took", format!("{:.0} s until the last tap, {:.0} s in all", tapped.as_secs_f64(), all.as_secs_f64()));
        let laid = done(|done| done.laid);
        let (unsure, unread) = (done(|done| done.unsure), done(|done| done.unread));
        row("tiles put down", format!("{laid}, of those {unsure} unsure second taps; {unread} not seen"));
        let cycle = tapped.as_millis() / u128::try_from(laid.max(1)).unwrap_or(1);
        row("tap cycle", format!("{cycle} ms a tile; {}", spread(self.books.acknowledged_after.clone())));
        let (at_start, in_drain) = (done(|done| done.kills_at_start), done(|done| done.kills_in_drain));
        let with_tile = done(|done| done.kills_with_tile);
        row(
            "kills",
            format!(
                "{}: {at_start} at start, {in_drain} in a drain, {with_tile} with the tile there; and {} SIGTERM",
                done(|done| done.kills),
                done(|done| done.terminated)
            ),
        );
        let Counts { faults, outages, late_validations } = self.counts;
        row("faults planned", format!("{faults}, {outages} outages, {late_validations} times of late validation"));
        let met: Vec<String> = history.faults.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        row("faults met", met.join(", "));
        row("cables pulled", done(|done| done.unplugged).to_string());
        row("acknowledged", self.acknowledged().to_string());
        for (ending, count) in &judgement.endings {
            row("  ", format!("{count:>6}  {ending}"));
        }
        row("told late", format!("{} on record whose verdict a kiosk's end cut off", judgement.untold));
        let longest = judgement.undone.iter().map(|undone| undone.stood).max().unwrap_or_default();
        row("doubles undone", format!("{}, the longest stood {longest} ms", judgement.undone.len()));
        let calls = history.count;
        row("calls", format!("{calls}, {:.1} per settled tap", self.per_tap(calls)));
        row("most calls in a minute", history.most_in_a_minute.to_string());
        let (by_fault, by_budget) = history.throttled;
        row(
            "throttled",
            format!("{by_budget} by the budget ({:.2} per settled tap), {by_fault} by faults", self.per_tap(by_budget)),
        );
        row("tokens", format!("{} calls denied, {} devices", history.denied.len(), history.devices()));
        for fact in Fact::ALL {
            row(fact.name(), judgement.count(fact).to_string());
        }
        row("other", self.other_faults().len().to_string());
        rows
    }

    fn story(&self, violation: &Violation) -> String {
        let who = violation.member;
        let mut story = vec![String::new(), format!("{}: member {who:?}: {}", violation.fact.name(), violation.story)];
        story.push("  the kiosks' lines".to_owned());
        let none = Vec::new();
        story.extend(newest(self.books.lines.get(&who).unwrap_or(&none)).iter().map(|line| format!("    {line}")));
        story.push("  the service's log".to_owned());
        let calls = self.history.calls.iter().filter(|call| who.is_some() && call.member == who);
        let calls: Vec<String> = calls.map(|call| format!("    {}", call.line)).collect();
        story.extend_from_slice(newest(&calls));
        story.push("  for staff".to_owned());
        let staff = self.evidence.staff.iter().filter(|entry| entry.member == who);
        story.extend(staff.map(|e| format!("    kiosk {} {} {} {}", e.kiosk, e.entry, e.at, e.reason)));
        let was_at = |kiosk: usize| self.evidence.stays.iter().any(|stay| stay.kiosk == kiosk && stay.member == who);
        let ends = self.evidence.ends.iter().filter(|(kiosk, _)| was_at(*kiosk));
        let ends: Vec<String> = ends.map(|(kiosk, at)| format!("{kiosk} {}", at.format("%H:%M:%S%.3f"))).collect();
        story.push(format!("  ends of the member's kiosks\n    {}\n", ends.join(", ")));
        story.join("\n")
    }
}

fn newest<T>(lines: &[T]) -> &[T] {
    &lines[lines.len().saturating_sub(LINES)..]
}

fn spread(mut milliseconds: Vec<i64>) -> String {
    milliseconds.sort_unstable();
    let at = |per_cent: usize| milliseconds.get(milliseconds.len() * per_cent / 100).copied().unwrap_or_default();
    format!("acknowledged after {} ms (median), {} ms (95 %), {} ms (99 %)", at(50), at(95), at(99))
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (name, value) in self.rows() {
            writeln!(f, "{name:<26} {value}")?;
        }
        for fault in self.other_faults() {
            writeln!(f, "\nother: {fault}")?;
        }
        let violations = &self.judgement.violations;
        for violation in violations.iter().take(STORIES) {
            f.write_str(&self.story(violation))?;
        }
        for violation in violations.iter().skip(STORIES) {
            writeln!(f, "{}: member {:?}: {}", violation.fact.name(), violation.member, violation.story)?;
        }
        if self.holds() {
            writeln!(f, "\neverything holds")
        } else {
            writeln!(f, "\nnot everything holds; the same plan again: torture {}", self.again())
        }
    }
}
