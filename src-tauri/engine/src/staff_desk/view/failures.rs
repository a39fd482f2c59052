//! The list of failures: what can be asked for, and a block of it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the list is asked for. What is null or empty asks for nothing; texts are matched as "contains", ignoring case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(default, deny_unknown_fields)]
pub struct FailureQuery {
    /// When the attempts were made, by the location's clock (`CheckinAttemptTime`).
    pub attempted: Option<Span>,
    /// The attempts' own wall clock (`CheckinAttemptTimeLocal`).
    pub attempted_local: Option<Span>,
    /// When the records were created, by the location's clock.
    pub created: Option<Span>,
    /// When the records were changed last, by the location's clock.
    pub updated: Option<Span>,
    /// This member alone.
    pub coworker: Option<i64>,
    /// Part of a member's name.
    pub member: String,
    /// Part of a location's name; empty for this kiosk's location alone.
    pub location: String,
    /// `Source` by its number.
    pub source: Option<i64>,
    /// Part of the MAC addresses.
    pub mac_addresses: String,
    /// Part of the teams.
    pub teams: String,
    /// Part of the plan's name.
    pub tariff: String,
    /// Part of the reason.
    pub description: String,
    /// Only what is of nobody known: unknown tiles.
    pub unknown_tiles: bool,
    /// In which order.
    pub order: FailureOrder,
    /// Smallest first.
    pub ascending: bool,
}

/// A span of time; both ends count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Span {
    /// Today.
    Today,
    /// The last seven days, today included.
    Week,
    /// The last thirty days, today included.
    Month,
    /// Whole days.
    Days {
        /// The first.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
    },
    /// Between two minutes; null for an open end.
    Between {
        /// The first.
        from: Option<NaiveDateTime>,
        /// The last.
        to: Option<NaiveDateTime>,
    },
}

/// By what the list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum FailureOrder {
    /// `CheckinAttemptTime`.
    #[default]
    Attempted,
    /// `CreatedOn`.
    Created,
    /// `UpdatedOn`.
    Updated,
    /// The member's name.
    Member,
    /// The location's name.
    Location,
    /// `Source`.
    Source,
    /// The plan's name.
    Tariff,
    /// The teams.
    Teams,
    /// The reason.
    Description,
}

/// A block of the list: fifty of the service's records, and what this kiosk alone knows of the same time. In an order that
/// is no order of times, what this kiosk alone knows stands in the first block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct FailureBlock {
    /// Which block, counted from 0.
    pub block: u32,
    /// In their order.
    pub rows: Vec<FailureRow>,
    /// How many records the service has for the question; with [`BLOCK`] that says how many blocks there are.
    pub records: u64,
    /// How many rows this kiosk adds to all blocks together.
    pub local: u64,
    /// Records that the service sent and that do not answer the question: it does not heed one of the filters.
    pub hidden: u32,
    /// Records that could not be read.
    pub unreadable: u32,
    /// When it was asked for.
    pub at: DateTime<Utc>,
    /// The service could not be asked, and why: then only what this kiosk knows is shown.
    pub problem: Option<super::DeskProblem>,
}

/// How many of the service's records a block holds.
pub const BLOCK: u32 = 50;

/// One failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct FailureRow {
    /// Which one.
    pub key: FailureKey,
    /// What it is.
    pub kind: FailureKind,
    /// When the attempt was made.
    pub attempted_at: Option<DateTime<Utc>>,
    /// The same by the attempt's own wall clock, as the service has it.
    pub attempted_local: Option<NaiveDateTime>,
    /// The member's id.
    pub coworker: Option<i64>,
    /// The member's whole name.
    pub member: Option<String>,
    /// The location's name, where it is not this kiosk's.
    pub location: Option<String>,
    /// `Source` by its number.
    pub source: Option<i64>,
    /// As the service has it.
    pub mac_addresses: Option<String>,
    /// Separated by commas.
    pub teams: Option<String>,
    /// The plan's name.
    pub tariff: Option<String>,
    /// The reason, as received: plain text, never markup.
    pub description: Option<String>,
    /// The tile, masked.
    pub tile: Option<String>,
    /// When the record was created.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    pub updated_at: Option<DateTime<Utc>>,
}

/// Which failure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FailureKey {
    /// A `FailedCheckin` of the service.
    Record {
        /// Its `Id`.
        id: i64,
    },
    /// A tap that this kiosk alone knows of.
    Tap {
        /// Its id in the journal.
        entry: String,
    },
}

/// What a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The service's own record.
    FailedCheckin,
    /// A tap of this kiosk that staff must look at.
    NeedsStaff,
    /// Something that cannot identify anyone was held to this kiosk's reader.
    UnusableTile,
}
