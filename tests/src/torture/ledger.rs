//! What was held to the readers and what the kiosks' lines promised, as it happens.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::Instant;

use super::evidence::{Stay, Tap, Told};

/// How long a member whose tap got no verdict, since its kiosk ended, keeps away.
const GIVES_UP_AFTER: TimeDelta = TimeDelta::seconds(10);
/// How far after a tile was taken away its tap may still be told of.
const TOLD_LATE: TimeDelta = TimeDelta::seconds(5);

/// The ledger of a run; shared by all that act in it.
#[derive(Debug)]
pub(super) struct Ledger {
    books: Mutex<Books>,
    news: watch::Sender<u64>,
}

/// What stands in it.
#[derive(Debug, Default)]
pub(super) struct Books {
    /// Each stay of a tile, in order.
    pub(super) stays: Vec<Stay>,
    /// Each entry, in the order of its first line.
    pub(super) taps: Vec<Tap>,
    /// The lines of each member, as they came.
    pub(super) lines: HashMap<Option<i64>, Vec<String>>,
    /// Each end of a kiosk.
    pub(super) ends: Vec<(usize, DateTime<Utc>)>,
    /// What should not be: a kiosk that ended by itself, panicked, or was signed out.
    pub(super) mishaps: Vec<String>,
    /// From a tile put down until its acknowledgement came, in milliseconds.
    pub(super) acknowledged_after: Vec<i64>,
    by_entry: HashMap<String, usize>,
    by_member: HashMap<i64, Vec<usize>>,
    last_stays: HashMap<Option<i64>, usize>,
    readers: HashMap<usize, bool>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { books: Mutex::default(), news: watch::Sender::new(0) }
    }
}

impl Ledger {
    /// Reads or changes it, and wakes whoever waits for a change.
    pub(super) fn change<T>(&self, act: impl FnOnce(&mut Books) -> T) -> T {
        let outcome = act(&mut self.books());
        self.news.send_modify(|count| *count = count.wrapping_add(1));
        outcome
    }

    /// The books, for reading.
    pub(super) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something is found in the books, looking again after every change; none when the time is up.
    pub(super) async fn wait<T>(&self, within: Duration, mut look: impl FnMut(&Books) -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + within;
        let mut news = self.news.subscribe();
        loop {
            news.borrow_and_update();
            let found = look(&self.books());
            if found.is_some() {
                return found;
            }
            if tokio::time::timeout_at(deadline, news.changed()).await.is_err() {
                return look(&self.books());
            }
        }
    }

    /// A tile was put on a kiosk's reader; the number of its stay.
    pub(super) fn laid(&self, kiosk: usize, member: Option<i64>, from: DateTime<Utc>) -> usize {
        self.change(|books| {
            books.stays.push(Stay { kiosk, member, from, until: None, ends: 0 });
            let stay = books.stays.len() - 1;
            books.last_stays.insert(member, stay);
            stay
        })
    }

    /// It was taken away.
    pub(super) fn taken(&self, stay: usize) {
        self.change(|books| books.stays[stay].until = Some(Utc::now()));
    }

    /// A kiosk ended; its last tap may or may not have been kept.
    pub(super) fn ended(&self, kiosk: usize) {
        let now = Utc::now();
        self.change(|books| {
            books.ends.push((kiosk, now));
            books.readers.insert(kiosk, false);
            let here = books.stays.iter_mut().rev().filter(|stay| stay.kiosk == kiosk);
            for stay in here.take(3).filter(|stay| stay.until.is_none_or(|until| now - until < TOLD_LATE)) {
                stay.ends += 1;
            }
        });
    }

    /// A kiosk printed a line.
    pub(super) fn take(&self, kiosk: usize, when: DateTime<Utc>, text: &str, line: &Value) {
        self.change(|books| match line["event"].as_str() {
            Some("ack") => books.acknowledged(kiosk, when, text, line),
            Some("verdict") => books.told(kiosk, when, text, line),
            Some("reader") => drop(books.readers.insert(kiosk, line["state"] == "up")),
            Some("link") if line["state"] == "signed_out" => books.mishaps.push(format!("kiosk {kiosk}: {text}")),
            Some("link" | "queue") => {}
            _ => books.mishaps.push(format!("kiosk {kiosk} printed what is no event: {text}")),
        });
    }
}

impl Books {
    /// Whether a kiosk's reader works, by its last line.
    pub(super) fn reader_works(&self, kiosk: usize) -> bool {
        self.readers.get(&kiosk).copied().unwrap_or(false)
    }

    /// Whether the tile of this stay was acknowledged, by any run of its kiosk.
    pub(super) fn is_acknowledged(&self, stay: usize) -> bool {
        self.taps_of(stay).next().is_some()
    }

    /// The taps of a stay.
    pub(super) fn taps_of(&self, stay: usize) -> impl Iterator<Item = &Tap> {
        self.taps.iter().rev().take(400).filter(move |tap| tap.stay == Some(stay))
    }

    /// From when on this member's next tap is one of its own, by the repeat window; none while that cannot be said.
    pub(super) fn free_from(&self, member: i64, window: TimeDelta) -> Option<DateTime<Utc>> {
        let now = Utc::now();
        let mut free = DateTime::<Utc>::MIN_UTC;
        if let Some(last) = self.last_stays.get(&Some(member)).map(|stay| &self.stays[*stay]) {
            let pause = if last.ends > 0 { GIVES_UP_AFTER } else { window };
            let acknowledged = self.by_member.get(&member).is_some_and(|taps| {
                taps.last().is_some_and(|tap| self.taps[*tap].at.is_some_and(|at| at + TOLD_LATE > last.from))
            });
            free = last.until? + if acknowledged { window } else { pause };
        }
        for tap in self.by_member.get(&member).into_iter().flatten().map(|tap| &self.taps[*tap]) {
            match (tap.told.last(), tap.acknowledged) {
                (Some(told), _) => free = free.max(told.when + window),
                (None, Some(acknowledged)) if now < acknowledged + GIVES_UP_AFTER => return None,
                _ => {}
            }
        }
        Some(free)
    }

    fn acknowledged(&mut self, kiosk: usize, when: DateTime<Utc>, text: &str, line: &Value) {
        let (Some(entry), Some(at)) = (line["entry"].as_str(), moment(&line["at"])) else {
            self.mishaps.push(format!("kiosk {kiosk}: an acknowledgement without entry or time: {text}"));
            return;
        };
        let shown = line["tile"].as_str().unwrap_or_default();
        let fits = |stay: &Stay| stay.kiosk == kiosk && stay.from <= at + TimeDelta::seconds(1) && mask(stay) == shown;
        let stay = self.stays.iter().rposition(fits);
        let Some(stay) = stay else {
            self.mishaps.push(format!("kiosk {kiosk} acknowledged a tile that was not there: {text}"));
            return;
        };
        let member = self.stays[stay].member;
        self.keep_line(member, kiosk, when, text);
        if !self.is_acknowledged(stay) && self.stays[stay].ends == 0 {
            self.acknowledged_after.push((when - self.stays[stay].from).num_milliseconds());
        }
        let tap = self.tap(kiosk, entry, member);
        (tap.stay, tap.at, tap.acknowledged) = (Some(stay), Some(at), Some(when));
    }

    fn told(&mut self, kiosk: usize, when: DateTime<Utc>, text: &str, line: &Value) {
        let Some(entry) = line["entry"].as_str() else {
            self.mishaps.push(format!("kiosk {kiosk}: a verdict without an entry: {text}"));
            return;
        };
        let told = Told {
            when,
            kind: line["kind"].as_str().unwrap_or_default().to_owned(),
            member: line["coworker_id"].as_i64(),
            checkin: line["checkin_id"].as_i64(),
            reason: line["reason"].as_str().map(str::to_owned),
            revised: line["revised"] == true,
        };
        let member = self.by_entry.get(entry).map_or(told.member, |tap| self.taps[*tap].member);
        self.keep_line(member, kiosk, when, text);
        self.tap(kiosk, entry, member).told.push(told);
    }

    fn tap(&mut self, kiosk: usize, entry: &str, member: Option<i64>) -> &mut Tap {
        let place = *self.by_entry.entry(entry.to_owned()).or_insert_with(|| {
            let told = Vec::new();
            let tap = Tap { entry: entry.to_owned(), kiosk, stay: None, member, at: None, acknowledged: None, told };
            self.taps.push(tap);
            let place = self.taps.len() - 1;
            if let Some(member) = member {
                self.by_member.entry(member).or_default().push(place);
            }
            place
        });
        &mut self.taps[place]
    }

    fn keep_line(&mut self, member: Option<i64>, kiosk: usize, when: DateTime<Utc>, text: &str) {
        let line = format!("{} kiosk {kiosk}  {text}", when.format("%H:%M:%S%.3f"));
        self.lines.entry(member).or_default().push(line);
    }
}

/// How a kiosk shows the tile of a stay.
fn mask(stay: &Stay) -> String {
    let hex = tile_of(stay.member);
    format!("…{}", &hex[hex.len() - 4..])
}

/// The tile of a member of the service's members in bulk, or one that nobody has.
pub(super) fn tile_of(member: Option<i64>) -> String {
    member.map_or_else(|| "04FFEEDDCCBBAA".to_owned(), |member| format!("04{member:012X}"))
}

/// A moment as lines and records have it.
pub(super) fn moment(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|at| at.to_utc())
}
