//! What the judge is given: what was held to the readers, what the kiosks said, and what the service has on record.
//!
//! Nothing in here comes from a kiosk's journal, but for the taps that it keeps for staff.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// All that is known after a run.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The repeat window of the kiosks.
    pub window: Duration,
    /// How many kiosks shared the account.
    pub kiosks: usize,
    /// Each stay of a tile on a reader.
    pub stays: Vec<Stay>,
    /// Each entry that a kiosk spoke of.
    pub taps: Vec<Tap>,
    /// Each check-in that the service ever had, by its own log.
    pub checkins: Vec<Checkin>,
    /// What the kiosks keep for staff.
    pub staff: Vec<ForStaff>,
    /// Each end of a kiosk: which, and when.
    pub ends: Vec<(usize, DateTime<Utc>)>,
}

/// A tile that lay on a reader.
#[derive(Debug, Clone)]
pub struct Stay {
    /// At which kiosk.
    pub kiosk: usize,
    /// Whose tile it is; none for one that nobody has.
    pub member: Option<i64>,
    /// Put there.
    pub from: DateTime<Utc>,
    /// Taken away.
    pub until: Option<DateTime<Utc>>,
    /// How often the kiosk ended while it lay there, or right after.
    pub ends: u32,
}

/// An entry, by the kiosk's lines.
#[derive(Debug, Clone)]
pub struct Tap {
    /// Its id.
    pub entry: String,
    /// At which kiosk.
    pub kiosk: usize,
    /// Which of the stays it came from; none when it was never acknowledged.
    pub stay: Option<usize>,
    /// Whose tile it is.
    pub member: Option<i64>,
    /// The acknowledgement's time of the tap; none when there was no acknowledgement.
    pub at: Option<DateTime<Utc>>,
    /// When the acknowledgement came.
    pub acknowledged: Option<DateTime<Utc>>,
    /// Its verdicts, in order.
    pub told: Vec<Told>,
}

/// A verdict line.
#[derive(Debug, Clone)]
pub struct Told {
    /// When it came.
    pub when: DateTime<Utc>,
    /// `kind`
    pub kind: String,
    /// `coworker_id`
    pub member: Option<i64>,
    /// `checkin_id`
    pub checkin: Option<i64>,
    /// `reason`
    pub reason: Option<String>,
    /// `revised`
    pub revised: bool,
}

impl Told {
    /// Whether it is a welcome or a goodbye.
    pub fn is_green(&self) -> bool {
        matches!(self.kind.as_str(), "checked_in" | "checked_out")
    }

    /// Whether it says that nothing is recorded.
    pub fn is_no(&self) -> bool {
        matches!(self.kind.as_str(), "refused" | "unavailable" | "unknown_tile" | "ambiguous_tile" | "unusable_tile")
    }
}

/// A check-in, by the service's log of writes.
#[derive(Debug, Clone)]
pub struct Checkin {
    /// `Id`
    pub id: i64,
    /// `CoworkerId`
    pub member: i64,
    /// `FromTime`
    pub from: DateTime<Utc>,
    /// When it was made.
    pub opened: DateTime<Utc>,
    /// Each `ToTime` that was written, and when.
    pub closed: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// When and how it went.
    pub gone: Option<(DateTime<Utc>, Gone)>,
}

/// How a check-in went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// By a DELETE.
    Deleted,
    /// By the service, which validated it after its yes.
    TakenBack,
}

impl Checkin {
    /// `ToTime`
    pub fn to(&self) -> Option<DateTime<Utc>> {
        self.closed.last().map(|(to, _)| *to)
    }
}

/// An entry that a kiosk keeps for staff.
#[derive(Debug, Clone)]
pub struct ForStaff {
    /// At which kiosk.
    pub kiosk: usize,
    /// Its id.
    pub entry: String,
    /// `coworker_id`
    pub member: Option<i64>,
    /// When the tile was read.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}
