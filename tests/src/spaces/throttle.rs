//! The request budget of each account (nexudus-api.md section 2).

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::switches::ThrottleLimits;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// The moments of the admitted requests of one account.
#[derive(Debug, Default)]
struct Spent {
    all: VecDeque<Instant>,
    writes: VecDeque<Instant>,
}

/// Who spent what.
#[derive(Debug, Default)]
pub struct Throttle {
    spent: HashMap<String, Spent>,
}

impl Throttle {
    /// Whether this request is within the budget; it is counted only then.
    pub fn admits(&mut self, account: &str, write: bool, now: Instant, limits: &ThrottleLimits) -> bool {
        let spent = self.spent.entry(account.to_owned()).or_default();
        for moments in [&mut spent.all, &mut spent.writes] {
            while moments.front().is_some_and(|first| now.duration_since(*first) >= DAY) {
                moments.pop_front();
            }
        }
        let spacing = limits.spacing_milliseconds.map(Duration::from_millis);
        let too_soon = spacing.zip(spent.all.back()).is_some_and(|(least, last)| now.duration_since(*last) < least);
        let full = |moments: &VecDeque<Instant>, window, limit: Option<usize>| {
            let old = moments.partition_point(|moment| now.duration_since(*moment) >= window);
            limit.is_some_and(|limit| moments.len() - old >= limit)
        };
        let over = full(&spent.all, MINUTE, limits.per_minute)
            || full(&spent.all, HOUR, limits.per_hour)
            || full(&spent.all, DAY, limits.per_day)
            || (write && full(&spent.writes, MINUTE, limits.writes_per_minute))
            || (write && full(&spent.writes, DAY, limits.writes_per_day));
        if too_soon || over {
            return false;
        }
        spent.all.push_back(now);
        if write {
            spent.writes.push_back(now);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_slide() {
        let mut throttle = Throttle::default();
        let limits =
            ThrottleLimits { spacing_milliseconds: Some(100), per_minute: Some(2), ..ThrottleLimits::default() };
        let start = Instant::now();
        let mut admits =
            |milliseconds| throttle.admits("a", false, start + Duration::from_millis(milliseconds), &limits);
        assert!(admits(0));
        assert!(!admits(99), "too soon after the first");
        assert!(admits(100));
        assert!(!admits(300), "two in a minute");
        assert!(admits(60_000), "the first has left the window");
    }

    #[test]
    fn writes_have_a_budget_of_their_own() {
        let mut throttle = Throttle::default();
        let limits =
            ThrottleLimits { spacing_milliseconds: None, writes_per_minute: Some(1), ..ThrottleLimits::default() };
        let now = Instant::now();
        assert!(throttle.admits("a", true, now, &limits));
        assert!(!throttle.admits("a", true, now, &limits));
        assert!(throttle.admits("a", false, now, &limits));
        assert!(throttle.admits("b", true, now, &limits), "accounts do not share");
    }
}
