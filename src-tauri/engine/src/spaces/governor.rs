//! The budget of calls: one governor in front of everything that is sent (`nexudus-api.md` section 2, design section 5).
//!
//! The service counts a minute; the limiters fill up bit by bit. So half of a minute's budget may go at once and the
//! other half comes back over the minute: no sixty seconds then see more than the whole. Background work has three
//! quarters of that, which leaves a reserve for whoever taps next.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::Quota;
use tokio::sync::watch;
use tokio::time::Instant;

use super::outcome::LONGEST_WAIT;
use super::pace::{Clock, Pace};

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
}

/// Counts one who waits, until dropped.
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
            hold: Mutex::default(),
            per_minute: budget.per_minute,
            used: Mutex::default(),
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
                }
                let mut urgent = self.urgent.subscribe();
                loop {
                    // The sender lives in this governor, so the channel cannot end.
                    drop(urgent.wait_for(|waiting| *waiting == 0).await);
                    tokio::select! {
                        biased;
                        _ = urgent.wait_for(|waiting| *waiting > 0) => {}
                        () = self.pass(writes) => return,
                    }
                }
            }
        }
    }

    /// The service asked to wait: nothing is sent before. Each time in a row the wait is doubled, since who asks at the
    /// first moment allowed, and is one of many, keeps the account throttled.
    pub fn hold(&self, wait: Duration) {
        let mut hold = self.hold.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = wait.min(LONGEST_WAIT).saturating_mul(1 << hold.in_a_row.min(5)).min(LONGEST_WAIT);
        hold.in_a_row += 1;
        let until = Instant::now() + wait;
        hold.until = Some(hold.until.map_or(until, |held| held.max(until)));
    }

    /// The service let a call through.
    pub fn let_through(&self) {
        self.hold.lock().unwrap_or_else(PoisonError::into_inner).in_a_row = 0;
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
        self.hold.lock().unwrap_or_else(PoisonError::into_inner).until
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
mod tests {
    use std::sync::Arc;

    use governor::RateLimiter;
    use governor::clock::FakeRelativeClock;
    use proptest::prelude::*;

    use super::*;

    fn governor(spacing: u64, per_minute: u32, writes_per_minute: u32) -> Arc<Governor> {
        let number = |number| NonZeroU32::new(number).unwrap();
        let spacing = Duration::from_millis(spacing);
        Arc::new(Governor::new(Budget {
            spacing,
            per_minute: number(per_minute),
            writes_per_minute: number(writes_per_minute),
        }))
    }

    /// Whether a call is still waiting after a while that is much longer than it takes when it may go.
    async fn waits(governor: &Governor, priority: Priority, writes: bool) -> bool {
        tokio::time::timeout(Duration::from_millis(40), governor.admit(priority, writes)).await.is_err()
    }

    #[tokio::test]
    async fn calls_keep_their_distance() {
        let governor = governor(20, 10_000, 10_000);
        let began = Instant::now();
        for _ in 0..6 {
            governor.admit(Priority::Urgent, false).await;
        }
        assert!(began.elapsed() >= Duration::from_millis(5 * 20), "{:?}", began.elapsed());
    }

    proptest! {
        /// Whoever calls as often as it is let, for three minutes: no sixty seconds see more than the budget.
        #[test]
        fn no_minute_sees_more_calls_than_the_budget(calls in 2u32..300) {
            let clock = FakeRelativeClock::default();
            let limiter = RateLimiter::direct_with_clock(per_minute(calls, 1, 1), clock.clone());
            let step = Duration::from_millis(50);
            let mut admitted = Vec::new();
            for tick in 0..3 * 60 * 20u32 {
                while limiter.check().is_ok() {
                    admitted.push(step * tick);
                }
                clock.advance(step);
            }
            for (first, at) in admitted.iter().enumerate() {
                let within = admitted[first..].iter().take_while(|other| **other < *at + Duration::from_mins(1)).count();
                prop_assert!(within <= calls as usize, "{within} of {calls}");
            }
            prop_assert!(admitted.len() >= calls as usize, "and the budget is used: {} of {calls}", admitted.len());
        }
    }

    #[tokio::test]
    async fn half_of_a_minute_goes_at_once_and_no_more() {
        let governor = governor(0, 20, 10_000);
        for call in 0..10 {
            assert!(!waits(&governor, Priority::Urgent, false).await, "{call}");
        }
        assert!(waits(&governor, Priority::Urgent, false).await);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_used_of_the_last_minute_is_known() {
        let governor = governor(0, 10_000, 10_000);
        for writes in [false, true, false] {
            governor.admit(Priority::Urgent, writes).await;
        }
        assert_eq!(governor.used(), (3, 10_000));
        tokio::time::advance(Duration::from_secs(59)).await;
        governor.admit(Priority::Background, false).await;
        assert_eq!(governor.used(), (4, 10_000));
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(governor.used(), (1, 10_000));
    }

    /// Guard: `Clock` is the runtime's.
    #[tokio::test(start_paused = true)]
    async fn the_budget_comes_back_as_the_runtimes_clock_goes_on() {
        let governor = governor(0, 20, 10_000);
        let began = Instant::now();
        for _ in 0..10 + 100 {
            governor.admit(Priority::Urgent, false).await;
        }
        let took = began.elapsed().as_secs();
        assert!((630..=631).contains(&took), "ten at once, then one in 6.3 s: {took} s");
    }

    #[tokio::test]
    async fn writes_have_a_budget_of_their_own() {
        let governor = governor(0, 10_000, 4);
        for _ in 0..2 {
            assert!(!waits(&governor, Priority::Urgent, true).await);
        }
        assert!(waits(&governor, Priority::Urgent, true).await);
        assert!(!waits(&governor, Priority::Urgent, false).await);
    }

    #[tokio::test]
    async fn background_work_leaves_a_reserve() {
        let governor = governor(0, 24, 10_000);
        for _ in 0..9 {
            assert!(!waits(&governor, Priority::Background, false).await);
        }
        assert!(waits(&governor, Priority::Background, false).await);
        for _ in 0..3 {
            assert!(!waits(&governor, Priority::Urgent, false).await);
        }
        assert!(waits(&governor, Priority::Urgent, false).await);
    }

    #[tokio::test]
    async fn a_background_write_is_not_kept_waiting_by_the_reads_before_it() {
        let governor = governor(0, 24, 10_000);
        for _ in 0..9 {
            governor.admit(Priority::Background, false).await;
        }
        assert!(waits(&governor, Priority::Background, false).await);
        assert!(!waits(&governor, Priority::Background, true).await);
    }

    #[tokio::test]
    async fn whoever_taps_goes_before_background_work_that_waited_longer() {
        let governor = governor(300, 10_000, 10_000);
        let order = Arc::new(Mutex::new(Vec::new()));
        let go = |priority, name: &'static str| {
            let (governor, order) = (Arc::clone(&governor), Arc::clone(&order));
            tokio::spawn(async move {
                governor.admit(priority, false).await;
                order.lock().unwrap().push(name);
            })
        };
        governor.admit(Priority::Urgent, false).await;
        let background = [go(Priority::Background, "background"), go(Priority::Background, "background")];
        tokio::task::yield_now().await;
        let urgent = [go(Priority::Urgent, "tap"), go(Priority::Urgent, "tap")];
        for task in urgent.into_iter().chain(background) {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), ["tap", "tap", "background", "background"]);
    }

    #[tokio::test]
    async fn nobody_goes_before_the_service_allows_it() {
        let governor = governor(0, 10_000, 10_000);
        let hold = Duration::from_millis(1500);
        let began = Instant::now();
        governor.hold(hold);
        assert!(waits(&governor, Priority::Urgent, false).await);
        assert!(waits(&governor, Priority::Background, true).await);
        governor.admit(Priority::Urgent, false).await;
        assert!(began.elapsed() >= hold, "{:?}", began.elapsed());
        assert!(!waits(&governor, Priority::Urgent, false).await);
    }

    #[tokio::test]
    async fn each_wait_in_a_row_is_twice_as_long() {
        let governor = governor(0, 10_000, 10_000);
        let second = Duration::from_secs(1);
        for seconds in [1, 2, 4] {
            governor.hold(second);
            let now = Instant::now();
            assert!(governor.holds_beyond(now + second * seconds - second / 2), "{seconds}");
            assert!(!governor.holds_beyond(now + second * seconds + second / 2), "{seconds}");
        }
        let governor = self::governor(0, 10_000, 10_000);
        governor.hold(Duration::MAX);
        assert!(!governor.holds_beyond(Instant::now() + LONGEST_WAIT + second), "and an absurd one has an end");
    }
}
