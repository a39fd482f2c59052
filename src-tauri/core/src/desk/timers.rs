//! What the desk wants to be woken for.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::ids::EntryId;

/// A reason to wake. A timer that no longer applies when it fires is ignored, so none is ever cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// What stands on the screen has been there long enough.
    Dwell,
    /// The member has waited long enough to be told that the tap is known.
    Acknowledge(EntryId),
    /// The member has waited long enough for a verdict.
    Due(EntryId),
    /// A journey may go on.
    Rested(EntryId),
    /// Time to try again to store what could not be stored.
    Rewrite,
    /// The pad may be unlocked.
    PinUnlocked,
    /// Time to ask whether the journal can be written again.
    TestStorage,
    /// Time to ask whether the service is back.
    Probe,
}

/// Timers by the time they fire.
#[derive(Debug, Default)]
pub(super) struct Timers(BTreeSet<(Duration, Timer)>);

impl Timers {
    pub(super) fn set(&mut self, at: Duration, timer: Timer) {
        self.0.insert((at, timer));
    }

    pub(super) fn next(&self) -> Option<Duration> {
        self.0.first().map(|(at, _)| *at)
    }

    pub(super) fn pop_due(&mut self, elapsed: Duration) -> Option<Timer> {
        if self.next()? > elapsed {
            return None;
        }
        self.0.pop_first().map(|(_, timer)| timer)
    }
}
