//! What can be seen of a span of time: counts, each with its table.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::failures::FailureQuery;

/// The counts of one span, by the location's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Charts {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Most frequent first, by the reason as received.
    pub failures_by_reason: Vec<ReasonCount>,
    /// 24 counts, by the hour of the attempt.
    pub failures_by_hour: Vec<u32>,
    /// 24 counts, by the hour in which a check-in began.
    pub arrivals_by_hour: Vec<u32>,
    /// By `Source`, smallest number first; null for none.
    pub checkins_by_source: Vec<SourceCount>,
    /// Attempts of nobody known, for each day of the span.
    pub unknown_tiles_by_day: Vec<DayCount>,
    /// Who is in now, whatever the span: who came first stands first.
    pub present: Vec<Present>,
    /// How many failures were counted, and how many there are.
    pub failures: Counted,
    /// How many check-ins were counted, and how many there are.
    pub checkins: Counted,
}

/// How much of something was counted: where there is more than is read, the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Counted {
    /// So many were.
    pub counted: u64,
    /// So many there are.
    pub of: u64,
}

/// How often a reason was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct ReasonCount {
    /// The reason as received; null for none.
    pub reason: Option<String>,
    /// So often.
    pub count: u32,
}

/// How many check-ins came from one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct SourceCount {
    /// `Source` by its number.
    pub source: Option<i64>,
    /// So many.
    pub count: u32,
}

/// How many on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct DayCount {
    /// The day.
    pub day: NaiveDate,
    /// So many.
    pub count: u32,
}

/// Somebody who is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Present {
    /// The member's id.
    pub coworker: Option<i64>,
    /// The member's whole name.
    pub name: Option<String>,
    /// The check-in.
    pub checkin: i64,
    /// Since when.
    pub since: DateTime<Utc>,
    /// `Source` by its number.
    pub source: Option<i64>,
}

/// What is written into a CSV file, with the page's own words for its columns, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, on its way to the disk")]
pub enum Export {
    /// The list, as it is asked for: at most [`EXPORTED`] rows.
    Failures {
        /// Which.
        query: FailureQuery,
        /// Names of the columns, in the order of the row's properties.
        columns: Vec<String>,
    },
    /// A table that the page shows: a chart's.
    Table {
        /// For the file's name, such as `arrivals-by-hour`.
        name: String,
        /// Names of the columns.
        columns: Vec<String>,
        /// The cells.
        rows: Vec<Vec<String>>,
    },
}

/// The most rows of a list that are written into one file.
pub const EXPORTED: u64 = 50_000;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Exported {
    /// Where it is.
    pub path: String,
    /// How many rows it has, without the columns' names.
    pub rows: u64,
    /// How many there would have been.
    pub of: u64,
}
