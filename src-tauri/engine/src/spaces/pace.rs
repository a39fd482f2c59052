//! How fast calls may go, by the runtime's clock: whoever moves that moves the budget with all that waits for it.

use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter, clock};
use tokio::time::Instant;

/// The runtime's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    began: Instant,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { began: Instant::now() }
    }
}

impl clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.began.elapsed()
    }
}

/// Lets one after another through, as fast as its quota says.
#[derive(Debug)]
pub(super) struct Pace(RateLimiter<NotKeyed, InMemoryState, Clock, NoOpMiddleware<Duration>>);

impl Pace {
    pub(super) fn new(quota: Quota, clock: Clock) -> Self {
        Self(RateLimiter::direct_with_clock(quota, clock))
    }

    /// Waits until the next one may go.
    pub(super) async fn ready(&self) {
        while let Err(not_yet) = self.0.check() {
            tokio::time::sleep(not_yet.wait_time_from(clock::Clock::now(self.0.clock()))).await;
        }
    }
}
