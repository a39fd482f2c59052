//! `[updates]`: when a kiosk that was installed from a package takes over a newer one.

use chrono::NaiveTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::hours::DailyHours;

/// `[updates]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UpdatesSettings {
    /// Whether an update is installed by itself; else staff are told that there is one.
    pub automatic: bool,
    /// When it is, by this machine's clock.
    pub window: DailyHours,
}

impl Default for UpdatesSettings {
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self { automatic: true, window: DailyHours { from: hour(3), to: hour(5) } }
    }
}
