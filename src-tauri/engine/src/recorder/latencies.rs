//! How long taps take, in parts; pure, and told the time as what has passed since some moment.
//!
//! Only taps of tiles count whose first verdict comes within [`IN_TIME`]: what waited for a connection was not slow.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tapdesk_core::ids::EntryId;

use crate::staff_desk::view::health::{Latency, LatencyPart};

/// Of so many taps, the last ones.
const TAPS: usize = 1_000;
/// A verdict later than this says nothing of how fast the kiosk is, and a painting neither.
const IN_TIME: Duration = Duration::from_secs(30);
/// In the order in which they are shown.
const PARTS: [LatencyPart; 5] =
    [LatencyPart::Reader, LatencyPart::Engine, LatencyPart::Service, LatencyPart::Paint, LatencyPart::Whole];

#[derive(Debug, Default)]
pub(super) struct Latencies {
    painted: bool,
    under_way: HashMap<EntryId, Tap>,
    measured: HashMap<LatencyPart, VecDeque<Duration>>,
}

#[derive(Debug)]
struct Tap {
    /// When the chip answered, where the reader said so.
    answered: Option<Duration>,
    /// When the engine knew of it.
    known: Duration,
    /// Calls under way, and since when there are any.
    calls: u32,
    calling_since: Duration,
    service: Duration,
    verdict: Option<&'static str>,
    sent: Option<Duration>,
}

impl Tap {
    fn new(answered: Option<Duration>, known: Duration) -> Self {
        Self { answered, known, calls: 0, calling_since: known, service: Duration::ZERO, verdict: None, sent: None }
    }
}

impl Latencies {
    /// A desk begins: what was under way is not followed further.
    pub(super) fn begin(&mut self, painted: bool) {
        self.painted = painted;
        self.under_way.clear();
    }

    /// The reader told of a tile.
    pub(super) fn read(&mut self, entry: EntryId, age: Option<Duration>, now: Duration) {
        self.under_way.retain(|_, tap| now.saturating_sub(tap.known) <= IN_TIME);
        self.under_way.insert(entry, Tap::new(age.map(|age| now.saturating_sub(age)), now));
    }

    /// The loop took up a tile, whether the reader said when or not.
    pub(super) fn taken(&mut self, entry: EntryId, now: Duration) {
        if !self.under_way.contains_key(&entry) {
            self.read(entry, None, now);
        }
    }

    pub(super) fn call_began(&mut self, entry: EntryId, now: Duration) {
        let Some(tap) = self.under_way.get_mut(&entry).filter(|tap| tap.verdict.is_none()) else { return };
        if tap.calls == 0 {
            tap.calling_since = now;
        }
        tap.calls += 1;
    }

    pub(super) fn call_ended(&mut self, entry: EntryId, now: Duration) {
        let Some(tap) = self.under_way.get_mut(&entry).filter(|tap| tap.verdict.is_none() && tap.calls > 0) else {
            return;
        };
        tap.calls -= 1;
        if tap.calls == 0 {
            tap.service += now.saturating_sub(tap.calling_since);
        }
    }

    /// The first verdict of a tap.
    pub(super) fn verdict(&mut self, entry: EntryId, kind: &'static str, now: Duration) {
        let Some(tap) = self.under_way.get_mut(&entry).filter(|tap| tap.verdict.is_none()) else { return };
        let took = now.saturating_sub(tap.known);
        if took > IN_TIME {
            self.under_way.remove(&entry);
            return;
        }
        if tap.calls > 0 {
            tap.service += now.saturating_sub(tap.calling_since);
        }
        tap.verdict = Some(kind);
        let (answered, known, service) = (tap.answered, tap.known, tap.service);
        if let Some(answered) = answered {
            self.note(LatencyPart::Reader, known.saturating_sub(answered));
        }
        self.note(LatencyPart::Engine, took.saturating_sub(service));
        self.note(LatencyPart::Service, service);
        if !self.painted {
            self.note(LatencyPart::Whole, now.saturating_sub(answered.unwrap_or(known)));
            self.under_way.remove(&entry);
        }
    }

    /// The scene with the verdict was sent to the page.
    pub(super) fn sent(&mut self, entry: EntryId, now: Duration) {
        if let Some(tap) = self.under_way.get_mut(&entry) {
            tap.sent.get_or_insert(now);
        }
    }

    /// The page painted a verdict of this kind.
    pub(super) fn painted(&mut self, entry: EntryId, kind: &str, now: Duration) {
        let is_it = |tap: &Tap| tap.verdict == Some(kind) && tap.sent.is_some();
        if !self.under_way.get(&entry).is_some_and(is_it) {
            return;
        }
        let Some(Tap { answered, known, sent: Some(sent), .. }) = self.under_way.remove(&entry) else { return };
        let paint = now.saturating_sub(sent);
        // A page that was hidden paints when it is seen again.
        if paint <= IN_TIME {
            self.note(LatencyPart::Paint, paint);
            self.note(LatencyPart::Whole, now.saturating_sub(answered.unwrap_or(known)));
        }
    }

    /// Each part that was measured.
    pub(super) fn list(&self) -> Vec<Latency> {
        PARTS.into_iter().filter_map(|part| summary(part, self.measured.get(&part)?)).collect()
    }

    fn note(&mut self, part: LatencyPart, took: Duration) {
        let measured = self.measured.entry(part).or_default();
        if measured.len() == TAPS {
            measured.pop_front();
        }
        measured.push_back(took);
    }
}

/// By the nearest rank: each figure is one that was measured.
fn summary(part: LatencyPart, measured: &VecDeque<Duration>) -> Option<Latency> {
    let mut sorted: Vec<Duration> = measured.iter().copied().collect();
    sorted.sort_unstable();
    let microseconds = |took: Duration| u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let percentile = |percent: usize| sorted.get((percent * sorted.len()).div_ceil(100).max(1) - 1).copied();
    Some(Latency {
        part,
        count: u32::try_from(sorted.len()).unwrap_or(u32::MAX),
        p50_us: microseconds(percentile(50)?),
        p95_us: microseconds(percentile(95)?),
        p99_us: microseconds(percentile(99)?),
        max_us: microseconds(*sorted.last()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAP: EntryId = EntryId(1);

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// What was measured of a part, in milliseconds.
    fn measured(latencies: &Latencies, part: LatencyPart) -> Vec<u128> {
        latencies.measured.get(&part).into_iter().flatten().map(Duration::as_millis).collect()
    }

    fn parts(latencies: &Latencies) -> [Vec<u128>; 5] {
        PARTS.map(|part| measured(latencies, part))
    }

    #[test]
    fn a_tap_in_its_parts() {
        let mut latencies = Latencies::default();
        latencies.begin(true);
        latencies.read(TAP, Some(ms(12)), ms(1_000));
        latencies.taken(TAP, ms(1_002));
        for (began, call) in
            [(true, 1_010), (true, 1_020), (false, 1_050), (false, 1_100), (true, 1_150), (false, 1_250)]
        {
            if began { latencies.call_began(TAP, ms(call)) } else { latencies.call_ended(TAP, ms(call)) }
        }
        latencies.verdict(TAP, "checked_in", ms(1_300));
        latencies.sent(TAP, ms(1_301));
        latencies.call_began(TAP, ms(1_302));
        latencies.painted(TAP, "refused", ms(1_310));
        latencies.painted(EntryId(2), "checked_in", ms(1_310));
        latencies.painted(TAP, "checked_in", ms(1_321));
        latencies.painted(TAP, "checked_in", ms(1_400));
        latencies.verdict(TAP, "checked_out", ms(1_500));
        assert_eq!(parts(&latencies), [vec![12], vec![110], vec![190], vec![20], vec![333]]);
    }

    #[test]
    fn without_a_page_the_whole_ends_with_the_verdict() {
        let mut latencies = Latencies::default();
        latencies.begin(false);
        latencies.taken(TAP, ms(10));
        latencies.call_began(TAP, ms(15));
        latencies.verdict(TAP, "saved", ms(40));
        latencies.sent(TAP, ms(41));
        latencies.painted(TAP, "saved", ms(42));
        assert_eq!(parts(&latencies), [vec![], vec![5], vec![25], vec![], vec![30]], "no word of the reader's");
    }

    #[test]
    fn what_waited_does_not_count() {
        let mut latencies = Latencies::default();
        latencies.begin(true);
        latencies.verdict(TAP, "checked_in", ms(1));
        latencies.read(TAP, None, ms(0));
        latencies.verdict(TAP, "checked_in", ms(30_001));
        latencies.read(EntryId(2), None, ms(40_000));
        latencies.verdict(EntryId(2), "checked_in", ms(40_100));
        latencies.sent(EntryId(2), ms(40_100));
        latencies.painted(EntryId(2), "checked_in", ms(70_200));
        assert_eq!(parts(&latencies), [vec![], vec![100], vec![0], vec![], vec![]]);
    }

    #[test]
    fn of_the_last_thousand_the_nearest_ranks() {
        let mut latencies = Latencies::default();
        latencies.begin(false);
        for number in 0..1_500_u64 {
            let (entry, at) = (EntryId(u128::from(number)), ms(100 * number));
            latencies.read(entry, None, at);
            latencies.verdict(entry, "saved", at + ms(number));
        }
        let whole = latencies.list().into_iter().find(|latency| latency.part == LatencyPart::Whole).unwrap();
        let Latency { count, p50_us, p95_us, p99_us, max_us, .. } = whole;
        assert_eq!((count, p50_us, p95_us), (1_000, 999_000, 1_449_000));
        assert_eq!((p99_us, max_us), (1_489_000, 1_499_000));
        assert!(latencies.under_way.is_empty());
    }
}
