//! How often a PIN may be tried and a name may be looked up at one kiosk: counted by the device, forgotten by time.
//!
//! Each wrong try is forgotten [`FORGOTTEN_AFTER`] later, one after the other. The third that is not forgotten yet locks
//! the pad for half a minute, each further one for twice as long, up to [`LONGEST_LOCK`]. A right PIN forgives nothing:
//! whoever has a PIN of their own could guess without end by typing it in between. The count is by device, since a
//! guesser does not say who they are; tiles are never locked out.
//!
//! **How much can be guessed.** The count leaks one try in fifteen minutes, and at its top the lock is as long, so that a
//! day holds 96 tries, and 8 more on the first. With `M` members who have a PIN of `d` digits, a day of nothing but
//! guessing finds somebody's with a chance of `104 x M / 10^d`: for 100 members 10 % with five digits, 1 % with six.
//! Where the name is asked for first, a try is at one name, and it is 0.1 % for all names together. A kiosk that is
//! switched off and on again goes on where it was: the count is durable before "wrong" is told, and the time while it
//! was off counts as it stands in the wall clock, never less than nothing.
//!
//! **How many names can be looked up.** Ten at once, then two a minute, five answers each: whoever tries all 17,576
//! beginnings of three letters at the kiosk stands there for six days.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::now::Now;

/// How long it takes until one wrong try is forgotten; the next one's time begins then.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(15);
/// The wrong try from which on the pad is locked.
const LOCKS_FROM: u32 = 3;
/// The first lock; each further one is twice as long.
const FIRST_LOCK: Duration = Duration::from_secs(30);
/// The longest one. Not longer than a try takes to be forgotten: it would only punish those who came later.
const LONGEST_LOCK: Duration = FORGOTTEN_AFTER;

/// How many names may be looked up at once.
const LOOK_UPS: u32 = 10;
/// After so long there is one look-up more.
const LOOK_UP_EVERY: Duration = Duration::from_secs(30);

/// What became of a PIN that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinAnswer {
    /// It is somebody's, or nobody can say now: it goes on like a tap, and its verdict follows.
    Accepted,
    /// It is nobody's.
    Wrong,
    /// It was not looked at: the pad is locked.
    Locked {
        /// Until when, UTC.
        until: DateTime<Utc>,
    },
}

/// The wrong tries as the journal keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinTries {
    /// When this was written, UTC.
    pub at: DateTime<Utc>,
    /// When all of them are forgotten, UTC.
    pub forgotten_at: DateTime<Utc>,
    /// Until when the pad is locked, UTC; not later than `at` where it is not.
    pub locked_until: DateTime<Utc>,
}

/// The wrong tries of this run and of those before it, by a clock that only goes forward.
#[derive(Debug, Default)]
pub struct Guard {
    /// When all wrong tries are forgotten: how far ahead it lies says how many they are.
    forgotten_at: Duration,
    locked_until: Duration,
}

impl Guard {
    /// Takes up what an earlier run left. Where the wall clock says that no time has passed, or less, none has.
    pub fn restore(&mut self, now: Now, kept: &PinTries) {
        let off = now.utc.signed_duration_since(kept.at).max(TimeDelta::zero());
        let left = |until: DateTime<Utc>| (until.signed_duration_since(kept.at) - off).to_std().unwrap_or_default();
        // What stands in a journal may be anything.
        let most = FORGOTTEN_AFTER * 8;
        self.forgotten_at = now.elapsed + left(kept.forgotten_at).min(most);
        self.locked_until = now.elapsed + left(kept.locked_until).min(LONGEST_LOCK);
    }

    /// Takes note of a wrong try; what the journal is to keep.
    pub fn wrong(&mut self, now: Now) -> PinTries {
        self.forgotten_at = self.forgotten_at.max(now.elapsed) + FORGOTTEN_AFTER;
        self.locked_until = now.elapsed + lock_of(self.count(now));
        let later = |at: Duration| {
            let ahead = TimeDelta::from_std(at.saturating_sub(now.elapsed)).unwrap_or_default();
            now.utc + ahead
        };
        PinTries { at: now.utc, forgotten_at: later(self.forgotten_at), locked_until: later(self.locked_until) }
    }

    /// Until when the pad is locked, by the clock of [`Now::elapsed`]; none where it is not.
    pub fn locked_until(&self, now: Now) -> Option<Duration> {
        Some(self.locked_until).filter(|until| *until > now.elapsed)
    }

    /// How many wrong tries are not forgotten.
    fn count(&self, now: Now) -> u32 {
        let ahead = self.forgotten_at.saturating_sub(now.elapsed);
        u32::try_from(ahead.as_millis().div_ceil(FORGOTTEN_AFTER.as_millis())).unwrap_or(u32::MAX)
    }
}

/// How long the pad is locked after a wrong try that makes so many.
fn lock_of(count: u32) -> Duration {
    match count.checked_sub(LOCKS_FROM) {
        None => Duration::ZERO,
        Some(doublings) => FIRST_LOCK.saturating_mul(2_u32.saturating_pow(doublings)).min(LONGEST_LOCK),
    }
}

/// The look-ups of names.
#[derive(Debug, Default)]
pub struct LookUps {
    /// When all of them may be made again.
    full_at: Duration,
}

impl LookUps {
    /// Whether a name may be looked up now; if so, it is counted.
    pub fn take(&mut self, now: Now) -> bool {
        let full_at = self.full_at.max(now.elapsed) + LOOK_UP_EVERY;
        let may = full_at <= now.elapsed + LOOK_UP_EVERY * LOOK_UPS;
        if may {
            self.full_at = full_at;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: u64 = 24 * 60 * 60;

    fn now(seconds: u64) -> Now {
        let utc = DateTime::from_timestamp(1_760_000_000 + i64::try_from(seconds).expect("in range"), 0);
        Now { utc: utc.expect("in range"), elapsed: Duration::from_secs(seconds) }
    }

    /// For how many seconds a wrong try at this moment locks.
    fn try_wrong(guard: &mut Guard, at: u64) -> u64 {
        assert_eq!(guard.locked_until(now(at)), None, "locked at {at}");
        guard.wrong(now(at));
        guard.locked_until(now(at)).map_or(0, |until| until.as_secs() - at)
    }

    #[test]
    fn the_third_wrong_try_locks_and_each_further_one_for_longer() {
        let (mut guard, mut at) = (Guard::default(), 0);
        let locks: Vec<u64> = (0..10)
            .map(|_| {
                let lock = try_wrong(&mut guard, at);
                at += lock.max(1);
                lock
            })
            .collect();
        // The eighth comes a quarter of an hour after the first, which is forgotten by then.
        assert_eq!(locks, [0, 0, 30, 60, 120, 240, 480, 480, 900, 900]);
    }

    #[test]
    fn wrong_tries_are_forgotten_by_time_one_after_the_other() {
        let mut guard = Guard::default();
        for at in 0..3 {
            try_wrong(&mut guard, at);
        }
        assert_eq!(try_wrong(&mut guard, 40), 60, "the fourth");
        let quarter = FORGOTTEN_AFTER.as_secs();
        assert_eq!(try_wrong(&mut guard, 2 * quarter), 30, "two of four are forgotten: the third");
        assert_eq!(try_wrong(&mut guard, 9 * quarter), 0, "all are");
    }

    #[test]
    fn a_day_of_guessing_holds_a_hundred_and_four_tries() {
        let (mut guard, mut tries) = (Guard::default(), 0);
        for at in 0..DAY {
            if guard.locked_until(now(at)).is_none() {
                guard.wrong(now(at));
                tries += 1;
            }
        }
        assert!((96..=104).contains(&tries), "{tries}");
    }

    /// Guard: `Guard::restore` takes over both times.
    #[test]
    fn a_restart_takes_nothing_back_whatever_the_wall_clock_says() {
        let mut guard = Guard::default();
        let mut kept = guard.wrong(now(0));
        for at in [1, 2, 32, 92, 212] {
            kept = guard.wrong(now(at));
        }
        assert_eq!(kept.locked_until, now(212 + 240).utc);
        let after = |utc: u64| {
            let restarted = Now { elapsed: Duration::from_secs(7), ..now(utc) };
            let mut guard = Guard::default();
            guard.restore(restarted, &kept);
            let left = guard.locked_until(restarted).map_or(0, |until| until.as_secs() - 7);
            (left, guard.count(restarted))
        };
        assert_eq!(after(212), (240, 6), "at once");
        assert_eq!(after(0), (240, 6), "by a clock that was set back");
        assert_eq!(after(312), (140, 6), "a while later");
        assert_eq!(after(212 + 1800), (0, 4), "half an hour later");
        assert_eq!(after(212 + 86_400), (0, 0), "a day later");
        let anything =
            PinTries { forgotten_at: DateTime::<Utc>::MAX_UTC, locked_until: DateTime::<Utc>::MAX_UTC, ..kept };
        let mut guard = Guard::default();
        guard.restore(now(0), &anything);
        assert_eq!(guard.locked_until(now(0)), Some(LONGEST_LOCK));
    }

    #[test]
    fn ten_names_at_once_then_two_a_minute() {
        let mut look_ups = LookUps::default();
        let taken = |look_ups: &mut LookUps, at: u64| (0..20).filter(|_| look_ups.take(now(at))).count();
        assert_eq!(taken(&mut look_ups, 0), 10);
        assert_eq!(taken(&mut look_ups, 29), 0);
        assert_eq!(taken(&mut look_ups, 30), 1);
        assert_eq!(taken(&mut look_ups, 90), 2);
        assert_eq!(taken(&mut look_ups, 3600), 10, "not more after a long rest");
    }

    proptest! {
        /// Whoever guesses and pulls the plug, in whatever rhythm, gets no more than who does not.
        #[test]
        fn no_rhythm_of_guesses_and_restarts_allows_more(steps in prop::collection::vec((1u64..2000, any::<bool>()), 1..200)) {
            let (mut guard, mut at, mut tries) = (Guard::default(), 0, 0);
            let mut kept = None;
            for (pause, restart) in steps {
                at += pause;
                if restart && let Some(kept) = &kept {
                    guard = Guard::default();
                    guard.restore(now(at), kept);
                }
                if guard.locked_until(now(at)).is_none() {
                    kept = Some(guard.wrong(now(at)));
                    tries += 1;
                }
                prop_assert!(tries <= 8 + at / FORGOTTEN_AFTER.as_secs(), "{tries} tries in {at} s");
            }
        }
    }
}
