//! What the core is told of the time.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};

/// One reading of both clocks of the machine.
///
/// Taps are stamped with `utc`; waiting times are measured with `elapsed`, which no change of the wall clock moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The wall clock, UTC.
    pub utc: DateTime<Utc>,
    /// Time since the program started, from a clock that only goes forward.
    pub elapsed: Duration,
}

/// `moment` cut to the second, the precision in which the Spaces API keeps its times.
pub fn to_the_second(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment.trunc_subsecs(0)
}
