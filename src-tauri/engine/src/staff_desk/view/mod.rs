//! What the staff's page is shown and may ask for, as plain data. Its TypeScript twin, `ui/src/bindings/staff_desk.ts`, is
//! generated from here by the tests `export_bindings_…` and checked for drift.
//!
//! Instants are UTC in RFC 3339. Wall clocks (`NaiveDateTime`) are those of the location. Nothing here leads back a secret
//! or a whole UID.

pub mod acts;
pub mod charts;
pub mod detail;
pub mod failures;
pub mod health;

use chrono::{DateTime, Utc};
use serde::Serialize;

/// The frame of the desk, whole: sent at every change, and on request after a reload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct DeskView {
    /// Of two frames the one with the greater number is the newer.
    pub revision: u64,
    /// The location's name; null until the service told it.
    pub location: Option<String>,
    /// IANA zone, or null to use the machine's own.
    pub time_zone: Option<String>,
    /// BCP 47 tag of the kiosk's language.
    pub language: String,
    /// After so many seconds without a touch the desk locks itself.
    pub idle_lock_s: u64,
    /// Grows when there may be new failures: what is shown of the list is then to be asked for again.
    pub failures: u64,
    /// `connecting`, `online`, `offline` or `signed_out`.
    pub link: LinkKind,
    /// Taps that wait to be recorded.
    pub waiting: u64,
    /// Taps that staff must look at.
    pub needs_staff: u64,
    /// What the kiosk told last, while the desk lies above it.
    pub told: Option<Told>,
    /// What the account lacks, as far as that is known.
    pub lacking: Vec<String>,
    /// Whether staff can end the kiosk here and come to the machine behind it.
    pub ends_kiosk: bool,
}

/// Whether the service can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Not asked yet.
    Connecting,
    /// It can.
    Online,
    /// It cannot.
    Offline,
    /// It does not know this device any more.
    SignedOut,
}

/// What a tap became, shortly: somebody is at the door while staff look at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Told {
    /// The tap.
    pub entry: String,
    /// The verdict's kind (design section 2).
    pub kind: String,
    /// The member, as the kiosk names them.
    pub member: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why something could not be done or shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeskProblem {
    /// The account lacks a right.
    #[error("the account may not do this; the role {role} is missing")]
    NotPermitted {
        /// The role that is missing, `{Entity}-{Right}`.
        role: String,
    },
    /// There is no connection.
    #[error("the service cannot be reached: {detail}")]
    Unreachable {
        /// What the system said.
        detail: String,
    },
    /// The service asks to wait.
    #[error("the service asked to wait; try again in a minute")]
    Throttled,
    /// The service does not know this device any more.
    #[error("signed out; sign in by the set-up")]
    SignedOut,
    /// Somebody else answered, or the service is in trouble.
    #[error("the answer did not come from the service: {detail}")]
    Gateway {
        /// What came.
        detail: String,
    },
    /// The service refused, with its own words.
    #[error("the service refused: {}", said.as_deref().unwrap_or("it gave no reason"))]
    Refused {
        /// Its words, as received.
        said: Option<String>,
    },
    /// The record is not there any more.
    #[error("the record is not there any more")]
    Gone,
    /// What was prepared does not hold any more: somebody changed it meanwhile.
    #[error("it was changed meanwhile; look again")]
    Changed,
    /// Nobody can say whether it was carried out.
    #[error("whether it was carried out is not known: {detail}")]
    Unknown {
        /// Why.
        detail: String,
    },
    /// This kiosk could not store what it must store first.
    #[error("this kiosk cannot store it: {detail}")]
    Storage {
        /// Why, and what to do.
        detail: String,
    },
    /// What was asked for makes no sense, such as an end before a beginning.
    #[error("that cannot be asked for: {detail}")]
    Invalid {
        /// Why.
        detail: String,
    },
    /// The desk has ended.
    #[error("the desk has ended")]
    Ended,
}
