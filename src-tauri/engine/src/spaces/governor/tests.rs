//! The budget of calls under load.

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

/// When a call in background went, in milliseconds after somebody's last reply, by when it was asked for.
#[tokio::test(start_paused = true)]
async fn background_work_stays_out_of_the_way_of_whoever_comes_next() {
    for (asked, went) in
        [(0, 40), (10, 40), (50, 50), (2_000, 2_000), (2_399, 2_399), (2_400, 5_000), (4_000, 5_000), (6_000, 6_000)]
    {
        let governor = governor(0, 10_000, 10_000);
        drop(governor.in_front());
        let answered = Instant::now();
        tokio::time::advance(Duration::from_millis(asked)).await;
        governor.admit(Priority::Background, false).await;
        let took = answered.elapsed().as_millis();
        assert!((went..went + 3).contains(&took), "asked after {asked} ms, went after {took} ms");
    }
    let governor = governor(0, 10_000, 10_000);
    let somebody = governor.in_front();
    assert!(waits(&governor, Priority::Background, true).await, "the reply has not come");
    drop(somebody);
    governor.admit(Priority::Background, true).await;
}

#[tokio::test]
async fn nobody_goes_before_the_service_allows_it() {
    let governor = governor(0, 10_000, 10_000);
    let hold = Duration::from_millis(1500);
    let began = Instant::now();
    governor.hold(hold, Priority::Urgent, false);
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
        governor.hold(second, Priority::Urgent, false);
        let now = Instant::now();
        assert!(governor.holds_beyond(now + second * seconds - second / 2), "{seconds}");
        assert!(!governor.holds_beyond(now + second * seconds + second / 2), "{seconds}");
    }
    let governor = self::governor(0, 10_000, 10_000);
    governor.hold(Duration::MAX, Priority::Urgent, false);
    assert!(!governor.holds_beyond(Instant::now() + LONGEST_WAIT + second), "and an absurd one has an end");
}

/// Guard: `Governor::hold` lets reads that nobody waits for leave the way to others.
#[tokio::test(start_paused = true)]
async fn after_throttling_reads_that_nobody_waits_for_leave_the_way_to_others() {
    let governor = governor(0, 10_000, 10_000);
    let second = Duration::from_secs(1);
    for seconds in [8, 16, 32, 60, 60] {
        let asked = Instant::now();
        governor.hold(second, Priority::Background, false);
        for writes in [false, true] {
            governor.admit(Priority::Urgent, writes).await;
        }
        governor.admit(Priority::Background, true).await;
        let took = asked.elapsed();
        assert!(took < second * 2, "nobody else waits for longer than was asked: {took:?}");
        governor.let_through(Priority::Urgent);
        governor.admit(Priority::Background, false).await;
        let took = asked.elapsed();
        assert!(took >= second * seconds && took < second * (seconds + 1), "{took:?}");
    }
    governor.let_through(Priority::Background);
    governor.hold(second, Priority::Urgent, false);
    let asked = Instant::now();
    governor.admit(Priority::Background, false).await;
    let took = asked.elapsed();
    assert!(took < second * 9, "one that came through ends it: {took:?}");
}
