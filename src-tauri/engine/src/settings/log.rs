//! `[log]`: what is written into the log files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{As, Within, Word};

/// `[log]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LogSettings {
    /// How a line is written.
    #[serde(with = "As::<Word<LogFormat>>")]
    pub format: LogFormat,
    /// Days for which files are kept, a file each.
    #[serde(with = "As::<Within<1, 366>>")]
    pub days: u64,
    /// Megabytes that a day may take; what comes after them that day goes to standard error alone.
    #[serde(with = "As::<Within<1, 10_000>>")]
    pub megabytes_a_day: u64,
}

/// How a line of a log file is written. Standard error is for people, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// A JSON object.
    Json,
    /// Words.
    Text,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { format: LogFormat::Json, days: 14, megabytes_a_day: 20 }
    }
}
