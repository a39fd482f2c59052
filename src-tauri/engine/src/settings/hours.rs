//! A part of every day.

use chrono::NaiveTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{As, TimeOfDay};

/// A time that comes every day; it may span midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DailyHours {
    /// Its beginning, of the location's clock.
    #[serde(with = "As::<TimeOfDay>")]
    pub from: NaiveTime,
    /// Its end.
    #[serde(with = "As::<TimeOfDay>")]
    pub to: NaiveTime,
}

impl DailyHours {
    /// Whether `time`, of the location's clock, is in it.
    pub fn hold_at(&self, time: NaiveTime) -> bool {
        hold_at(self.from, self.to, time)
    }
}

pub(super) fn hold_at(from: NaiveTime, to: NaiveTime, time: NaiveTime) -> bool {
    if from <= to { from <= time && time < to } else { from <= time || time < to }
}
