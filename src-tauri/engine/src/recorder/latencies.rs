//! How long taps take, in parts; pure, and told the time as what has passed since some moment.
//!
//! Only taps of tiles count whose first verdict comes within [`IN_TIME`]: what waited for a connection was not slow.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tapdesk_core::ids::EntryId;

use super::story::{CallStory, Part, Story};
use crate::staff_desk::view::health::{Latency, LatencyPart};

/// Of so many taps, the last ones.
const TAPS: usize = 1_000;
/// A verdict later than this says nothing of how fast the kiosk is, and a painting neither.
const IN_TIME: Duration = Duration::from_secs(30);
/// What a call came to that had no answer when the verdict was there.
const UNDER_WAY: &str = "under_way";
/// In the order in which they are shown.
const PARTS: [LatencyPart; 5] =
    [LatencyPart::Reader, LatencyPart::Engine, LatencyPart::Service, LatencyPart::Paint, LatencyPart::Whole];

#[derive(Debug, Default)]
pub(super) struct Latencies {
    painted: bool,
    under_way: HashMap<EntryId, Tap>,
    measured: HashMap<LatencyPart, VecDeque<Duration>>,
    /// What was measured since somebody took it.
    fresh: Vec<(Part, Duration)>,
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
    /// Since when it is being stored, and until when it was.
    appends: Vec<(Duration, Option<Duration>)>,
    /// What was sent; of what is under way the end is the beginning.
    sendings: Vec<CallStory>,
    verdict: Option<(&'static str, Duration)>,
    sent: Option<Duration>,
}

impl Tap {
    fn new(answered: Option<Duration>, known: Duration) -> Self {
        Self {
            answered,
            known,
            calls: 0,
            calling_since: known,
            service: Duration::ZERO,
            appends: Vec::new(),
            sendings: Vec::new(),
            verdict: None,
            sent: None,
        }
    }

    /// None before its verdict.
    fn story(self, entry: EntryId, painted: Option<Duration>) -> Option<Story> {
        let verdict = self.verdict?;
        Some(Story {
            entry,
            answered: self.answered,
            known: self.known,
            appends: self.appends.into_iter().filter_map(|(began, ended)| Some((began, ended?))).collect(),
            calls: self.sendings,
            verdict,
            paint: self.sent.zip(painted),
        })
    }
}

impl Latencies {
    /// A desk begins: what was under way is not followed further.
    pub(super) fn begin(&mut self, painted: bool) {
        self.painted = painted;
        self.under_way.clear();
    }

    /// The reader told of a tile. What became of those that are waited for no longer.
    pub(super) fn read(&mut self, entry: EntryId, age: Option<Duration>, now: Duration) -> Vec<Story> {
        let given_up = self.under_way.extract_if(|_, tap| now.saturating_sub(tap.known) > IN_TIME);
        let stories = given_up.filter_map(|(entry, tap)| tap.story(entry, None)).collect();
        self.under_way.insert(entry, Tap::new(age.map(|age| now.saturating_sub(age)), now));
        stories
    }

    /// The loop took up a tile, whether the reader said when or not.
    pub(super) fn taken(&mut self, entry: EntryId, now: Duration) -> Vec<Story> {
        if self.under_way.contains_key(&entry) { Vec::new() } else { self.read(entry, None, now) }
    }

    /// What was measured since this was asked last.
    pub(super) fn fresh(&mut self) -> Vec<(Part, Duration)> {
        std::mem::take(&mut self.fresh)
    }

    /// The tap is to be stored.
    pub(super) fn append_began(&mut self, entry: EntryId, now: Duration) {
        if let Some(tap) = self.waiting(entry) {
            tap.appends.push((now, None));
        }
    }

    /// It is durable, or could not be made so: the journal keeps its order.
    pub(super) fn append_ended(&mut self, entry: EntryId, now: Duration) {
        if let Some((_, ended)) =
            self.waiting(entry).and_then(|tap| tap.appends.iter_mut().find(|(_, end)| end.is_none()))
        {
            *ended = Some(now);
        }
    }

    /// A call is sent; its number, where it is one for a tap without a verdict.
    pub(super) fn sent_out(&mut self, entry: EntryId, call: CallStory) -> Option<usize> {
        let tap = self.waiting(entry)?;
        tap.sendings.push(CallStory { outcome: UNDER_WAY, ..call });
        Some(tap.sendings.len() - 1)
    }

    /// The call of this number came back.
    pub(super) fn came_back(&mut self, entry: EntryId, number: usize, outcome: &'static str, now: Duration) {
        if let Some(sending) = self.waiting(entry).and_then(|tap| tap.sendings.get_mut(number)) {
            (sending.outcome, sending.took.1) = (outcome, now);
        }
    }

    /// A tap without a verdict.
    fn waiting(&mut self, entry: EntryId) -> Option<&mut Tap> {
        self.under_way.get_mut(&entry).filter(|tap| tap.verdict.is_none())
    }

    pub(super) fn call_began(&mut self, entry: EntryId, now: Duration) {
        let Some(tap) = self.waiting(entry) else { return };
        if tap.calls == 0 {
            tap.calling_since = now;
        }
        tap.calls += 1;
    }

    pub(super) fn call_ended(&mut self, entry: EntryId, now: Duration) {
        let Some(tap) = self.waiting(entry).filter(|tap| tap.calls > 0) else { return };
        tap.calls -= 1;
        if tap.calls == 0 {
            tap.service += now.saturating_sub(tap.calling_since);
        }
    }

    /// The first verdict of a tap; all of its story, where nothing else is waited for.
    pub(super) fn verdict(&mut self, entry: EntryId, kind: &'static str, now: Duration) -> Option<Story> {
        let tap = self.waiting(entry)?;
        let took = now.saturating_sub(tap.known);
        if took > IN_TIME {
            self.under_way.remove(&entry);
            return None;
        }
        if tap.calls > 0 {
            tap.service += now.saturating_sub(tap.calling_since);
        }
        tap.verdict = Some((kind, now));
        // What is not back by now is not waited for.
        tap.appends.iter_mut().for_each(|(_, ended)| _ = ended.get_or_insert(now));
        let under_way = tap.sendings.iter_mut().filter(|sending| sending.outcome == UNDER_WAY);
        under_way.for_each(|sending| sending.took.1 = now);
        let (answered, known, service) = (tap.answered, tap.known, tap.service);
        let stored = tap.appends.iter().filter_map(|(began, ended)| Some(ended.as_ref()?.saturating_sub(*began)));
        let journal: Duration = stored.sum();
        if !journal.is_zero() {
            self.fresh.push((Part::Journal, journal));
        }
        if let Some(answered) = answered {
            self.note(LatencyPart::Reader, known.saturating_sub(answered));
        }
        self.note(LatencyPart::Engine, took.saturating_sub(service));
        self.note(LatencyPart::Service, service);
        if self.painted {
            return None;
        }
        self.note(LatencyPart::Whole, now.saturating_sub(answered.unwrap_or(known)));
        self.under_way.remove(&entry)?.story(entry, None)
    }

    /// The scene with the verdict was sent to the page.
    pub(super) fn sent(&mut self, entry: EntryId, now: Duration) {
        if let Some(tap) = self.under_way.get_mut(&entry) {
            tap.sent.get_or_insert(now);
        }
    }

    /// The page painted a verdict of this kind; the tap's whole story, if it is the one that was waited for.
    pub(super) fn painted(&mut self, entry: EntryId, kind: &str, now: Duration) -> Option<Story> {
        let is_it = |tap: &Tap| tap.verdict.is_some_and(|(verdict, _)| verdict == kind) && tap.sent.is_some();
        if !self.under_way.get(&entry).is_some_and(is_it) {
            return None;
        }
        let tap = self.under_way.remove(&entry)?;
        let paint = now.saturating_sub(tap.sent?);
        // A page that was hidden paints when it is seen again.
        let in_time = paint <= IN_TIME;
        if in_time {
            self.note(LatencyPart::Paint, paint);
            self.note(LatencyPart::Whole, now.saturating_sub(tap.answered.unwrap_or(tap.known)));
        }
        tap.story(entry, in_time.then_some(now))
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
        self.fresh.push((Part::Shown(part), took));
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

    fn sending(took: Duration) -> CallStory {
        CallStory {
            method: "GET",
            template: "/spaces/checkins".to_owned(),
            attempt: 1,
            outcome: "",
            took: (took, took),
        }
    }

    #[test]
    fn a_tap_and_its_story() {
        let mut latencies = Latencies::default();
        latencies.begin(true);
        latencies.read(TAP, Some(ms(10)), ms(1_000));
        latencies.append_began(TAP, ms(1_001));
        let (first, second) =
            (latencies.sent_out(TAP, sending(ms(1_002))), latencies.sent_out(TAP, sending(ms(1_003))));
        latencies.append_ended(TAP, ms(1_005));
        latencies.came_back(TAP, second.unwrap(), "done", ms(1_050));
        latencies.append_began(TAP, ms(1_060));
        assert_eq!(latencies.verdict(TAP, "saved", ms(1_100)), None, "it is not painted yet");
        assert_eq!(latencies.sent_out(TAP, sending(ms(1_110))), None, "nobody waits for what is sent later");
        latencies.came_back(TAP, first.unwrap(), "done", ms(1_120));
        latencies.sent(TAP, ms(1_101));
        let story = latencies.painted(TAP, "saved", ms(1_130)).unwrap();
        assert_eq!((story.answered, story.known, story.verdict), (Some(ms(990)), ms(1_000), ("saved", ms(1_100))));
        assert_eq!(story.appends, [(ms(1_001), ms(1_005)), (ms(1_060), ms(1_100))]);
        assert_eq!(story.paint, Some((ms(1_101), ms(1_130))));
        let calls: Vec<_> = story.calls.iter().map(|call| (call.outcome, call.took)).collect();
        assert_eq!(calls, [(UNDER_WAY, (ms(1_002), ms(1_100))), ("done", (ms(1_003), ms(1_050)))]);
        let fresh = latencies.fresh();
        assert!(fresh.contains(&(Part::Journal, ms(44))), "{fresh:?}");
        assert_eq!((fresh.len(), latencies.fresh()), (6, Vec::new()));
    }

    #[test]
    fn what_is_never_painted_has_its_story_all_the_same() {
        let mut latencies = Latencies::default();
        latencies.begin(true);
        latencies.read(TAP, None, ms(0));
        latencies.verdict(TAP, "refused", ms(100));
        latencies.read(EntryId(2), None, ms(200));
        let told = latencies.read(EntryId(3), None, ms(30_150));
        assert_eq!(told.iter().map(|story| (story.entry, story.paint)).collect::<Vec<_>>(), [(TAP, None)]);
        assert!(latencies.read(EntryId(4), None, ms(30_250)).is_empty(), "one without a verdict has none");
    }
}
