//! The budget of calls: one governor in front of everything that is sent (`nexudus-api.md` section 2, design section 5).
//!
//! The service counts a minute; the limiters fill up bit by bit. So half of a minute's budget may go at once and the
//! other half comes back over the minute: no sixty seconds then see more than the whole. Background work has three
//! quarters of that, which leaves a reserve for whoever taps next. And since a call keeps its distance from any before it,
//! background work goes when nobody is about to tap: while somebody reads the answer, or when nobody comes.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::Quota;
use tokio::sync::watch;
use tokio::time::Instant;

use super::outcome::LONGEST_WAIT;
use super::pace::{Clock, Pace};

/// A tap's next call follows its last reply within this: nothing comes between the two.
const NEXT_CALL: Duration = Duration::from_millis(40);
/// Nobody else's tap comes so soon after somebody's last reply, which is being read: background work goes then. It covers the
/// first look at what became of a write, 2 s after it.
const READING: Duration = Duration::from_millis(2400);
/// Where nobody has come by then, nobody stands in a queue: a call in background is as likely in a tap's way as any other.
const QUEUEING: Duration = Duration::from_secs(5);

/// The figures; the published ones unless the configuration has others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Between two calls.
    pub spacing: Duration,
    /// Calls in a minute.
    pub per_minute: NonZeroU32,
    /// Of these, writes.
    pub writes_per_minute: NonZeroU32,
}

/// How long a call waits for its turn, throttling included, where somebody waits for it.
pub(super) const SOON: Duration = Duration::from_secs(4);
/// The same for a write that nobody waits for: it was decided from records read just now, and late it might be wrong.
const WRITE_LATER: Duration = Duration::from_secs(30);
/// The same for a read that nobody waits for.
const LATER: Duration = Duration::from_mins(10);

/// Who waits for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody in front of the kiosk, or in front of a command line.
    Urgent,
    /// Nobody.
    Background,
}

impl Priority {
    /// How long such a call waits for its turn.
    pub fn patience(self, writes: bool) -> Duration {
        match self {
            Self::Urgent => SOON,
            Self::Background if writes => WRITE_LATER,
            Self::Background => LATER,
        }
    }
}

/// After the service has asked to wait, nobody's reads leave the way to others for so long, those of other kiosks on the
/// account among them: the first time, doubling to the second while none comes through.
const YIELDS: (Duration, Duration) = (Duration::from_secs(8), Duration::from_mins(1));

/// Lets calls through one after another, urgent ones first.
#[derive(Debug)]
pub struct Governor {
    spacing: Option<Pace>,
    calls: Pace,
    writes: Pace,
    background: Pace,
    /// One at a time waits at the limiters; the others wait here, in the order they came.
    turn: tokio::sync::Mutex<()>,
    urgent: watch::Sender<usize>,
    /// When somebody's last reply came.
    answered: Mutex<Option<Instant>>,
    hold: Mutex<Hold>,
    per_minute: NonZeroU32,
    /// When the calls of the last minute were let through.
    used: Mutex<VecDeque<Instant>>,
}

#[derive(Debug, Default)]
struct Hold {
    until: Option<Instant>,
    /// Requests to wait since the last call that was let through.
    in_a_row: u32,
    /// No read that nobody waits for goes before.
    yields_until: Option<Instant>,
    /// Requests to wait since the last such read was let through.
    yielded: u32,
}

/// Counts one who waits, until dropped.
#[derive(Debug)]
struct Waiting<'a>(&'a watch::Sender<usize>);

impl<'a> Waiting<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Somebody's call, from the wish to the reply; over when dropped.
#[derive(Debug)]
pub struct InFront<'a> {
    governor: &'a Governor,
    _waiting: Waiting<'a>,
}

impl Drop for InFront<'_> {
    fn drop(&mut self) {
        *self.governor.answered.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

impl Governor {
    /// A governor with a whole budget.
    pub fn new(budget: Budget) -> Self {
        let clock = Clock::new();
        let pace = |quota| Pace::new(quota, clock);
        Self {
            spacing: Quota::with_period(with_margin(budget.spacing)).map(pace),
            calls: pace(per_minute(budget.per_minute.get(), 1, 1)),
            writes: pace(per_minute(budget.writes_per_minute.get(), 1, 1)),
            background: pace(per_minute(budget.per_minute.get(), 3, 4)),
            turn: tokio::sync::Mutex::default(),
            urgent: watch::Sender::new(0),
            answered: Mutex::default(),
            hold: Mutex::default(),
            per_minute: budget.per_minute,
            used: Mutex::default(),
        }
    }

    /// Somebody waits in front for the reply of a call: until this is dropped, nothing is sent in background, and after it
    /// only when it is unlikely to be in the next one's way.
    pub fn in_front(&self) -> InFront<'_> {
        InFront { governor: self, _waiting: Waiting::new(&self.urgent) }
    }

    /// Until when background work stays out of the way of whoever comes next; none where it need not.
    fn out_of_the_way_until(&self) -> Option<Instant> {
        let answered = (*self.answered.lock().unwrap_or_else(PoisonError::into_inner))?;
        match answered.elapsed() {
            since if since < NEXT_CALL => Some(answered + NEXT_CALL),
            since if since < READING || since >= QUEUEING => None,
            _ => Some(answered + QUEUEING),
        }
    }

    /// Waits until a call may be sent.
    pub async fn admit(&self, priority: Priority, writes: bool) {
        match priority {
            Priority::Urgent => {
                let _waiting = Waiting::new(&self.urgent);
                self.pass(writes).await;
            }
            Priority::Background => {
                // A write follows a read that was let through: kept from its place, it would have to be decided anew from
                // another read, and where the budget is small so for ever.
                if !writes {
                    self.background.ready().await;
                    while let Some(until) = self.yields_until() {
                        tokio::time::sleep_until(until).await;
                    }
                }
                let mut urgent = self.urgent.subscribe();
                loop {
                    // The sender lives in this governor, so the channel cannot end.
                    drop(urgent.wait_for(|waiting| *waiting == 0).await);
                    let pass = async {
                        if let Some(until) = self.out_of_the_way_until() {
                            tokio::time::sleep_until(until).await;
                            false
                        } else {
                            self.pass(writes).await;
                            true
                        }
                    };
                    tokio::select! {
                        biased;
                        _ = urgent.wait_for(|waiting| *waiting > 0) => {}
                        passed = pass => if passed { return },
                    }
                }
            }
        }
    }

    /// The service asked a call to wait: nothing is sent before. Each time in a row the wait is doubled, since who asks at
    /// the first moment allowed, and is one of many, keeps the account throttled. A read that nobody waits for doubles its
    /// own pause alone: who taps next asks at the moment that the service named.
    pub fn hold(&self, wait: Duration, priority: Priority, writes: bool) {
        let mut hold = self.held();
        let now = Instant::now();
        let yields = YIELDS.0.saturating_mul(1 << hold.yielded.min(3)).min(YIELDS.1);
        hold.yielded += 1;
        hold.yields_until = hold.yields_until.max(Some(now + yields));
        let mut wait = wait.min(LONGEST_WAIT);
        if priority == Priority::Urgent || writes {
            wait = wait.saturating_mul(1 << hold.in_a_row.min(5)).min(LONGEST_WAIT);
            hold.in_a_row += 1;
        }
        hold.until = hold.until.max(Some(now + wait));
    }

    /// The service let a call through.
    pub fn let_through(&self, priority: Priority) {
        let mut hold = self.held();
        hold.in_a_row = 0;
        if priority == Priority::Background {
            hold.yielded = 0;
        }
    }

    /// Waits like [`Self::admit`] and no longer than to `until`: whether the call may be sent. Where the service's own
    /// word stands against it the answer comes at once.
    pub async fn admit_by(&self, until: Instant, priority: Priority, writes: bool) -> bool {
        !self.holds_beyond(until) && tokio::time::timeout_at(until, self.admit(priority, writes)).await.is_ok()
    }

    /// Whether nothing may be sent before `moment`, by the service's own word.
    fn holds_beyond(&self, moment: Instant) -> bool {
        self.held_until().is_some_and(|held| held > moment)
    }

    async fn pass(&self, writes: bool) {
        // Before the turn, since reads need not wait behind a write that has no budget.
        if writes {
            self.writes.ready().await;
        }
        let _turn = self.turn.lock().await;
        self.calls.ready().await;
        if let Some(spacing) = &self.spacing {
            spacing.ready().await;
        }
        // Last, since a reply may ask to wait while one waits here.
        while let Some(until) = self.held_until().filter(|until| *until > Instant::now()) {
            tokio::time::sleep_until(until).await;
        }
        self.of_the_last_minute().push_back(Instant::now());
    }

    /// How many calls were let through in the last minute, and how many may be.
    pub fn used(&self) -> (u32, u32) {
        let used = u32::try_from(self.of_the_last_minute().len()).unwrap_or(u32::MAX);
        (used, self.per_minute.get())
    }

    fn of_the_last_minute(&self) -> MutexGuard<'_, VecDeque<Instant>> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while used.front().is_some_and(|at| now.saturating_duration_since(*at) >= Duration::from_mins(1)) {
            used.pop_front();
        }
        used
    }

    fn held_until(&self) -> Option<Instant> {
        self.held().until
    }

    fn yields_until(&self) -> Option<Instant> {
        self.held().yields_until.filter(|until| *until > Instant::now())
    }

    fn held(&self) -> MutexGuard<'_, Hold> {
        self.hold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A twentieth more: calls that left at their distance may arrive closer together, and the service counts arrivals.
fn with_margin(period: Duration) -> Duration {
    period + period / 20
}

/// The share `part / whole` of so many calls a minute: half at once, the rest over the minute.
fn per_minute(calls: u32, part: u32, whole: u32) -> Quota {
    let calls = (u64::from(calls) * u64::from(part) / u64::from(whole)).max(2);
    let at_once = u32::try_from(calls / 2).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
    let over_the_minute = u32::try_from(calls - calls / 2).unwrap_or(u32::MAX);
    let period = with_margin(Duration::from_mins(1)) / over_the_minute;
    Quota::with_period(period).unwrap_or(Quota::per_minute(NonZeroU32::MIN)).allow_burst(at_once)
}

#[cfg(test)]
mod tests;
