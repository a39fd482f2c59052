//! What staff can do: each is prepared, shown for confirmation, carried out, recorded, and undone where that is possible.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::detail::MemberView;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Opens a check-in with Source Manual.
    CheckIn {
        /// Whose.
        coworker: i64,
        /// When it begins; null for now.
        at: Option<DateTime<Utc>>,
        /// Why, in staff's own words; may be empty. Kept encrypted on this kiosk.
        note: String,
        /// The failure that it puts right.
        failure: Option<i64>,
    },
    /// Closes an open check-in.
    CloseCheckin {
        /// Whose.
        coworker: i64,
        /// Which.
        checkin: i64,
        /// When it ends; null for now. Never before its beginning.
        at: Option<DateTime<Utc>>,
    },
    /// Writes the tile of a tap into a member's record.
    LinkTile {
        /// The tap that has the tile.
        entry: String,
        /// The member.
        coworker: i64,
        /// Where it is written.
        field: TileField,
    },
    /// Says of a failure whose it was, and corrects its reason.
    Correct {
        /// `Id` of the failure.
        failure: i64,
        /// The member; null leaves it as it is.
        coworker: Option<i64>,
        /// The reason; null leaves it as it is.
        description: Option<String>,
    },
    /// Tries to record a tap again that needs staff.
    Retry {
        /// The tap.
        entry: String,
    },
    /// Says that a tap needs nothing more.
    Dismiss {
        /// The tap.
        entry: String,
        /// Why.
        reason: DismissReason,
        /// More words; may be empty. Kept encrypted on this kiosk.
        note: String,
    },
}

/// The kind of an [`Act`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// See [`Act::CheckIn`].
    CheckIn,
    /// See [`Act::CloseCheckin`].
    CloseCheckin,
    /// See [`Act::LinkTile`].
    LinkTile,
    /// See [`Act::Correct`].
    Correct,
    /// See [`Act::Retry`].
    Retry,
    /// See [`Act::Dismiss`].
    Dismiss,
}

/// The member's property that a tile is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum TileField {
    /// `AccessCardId`.
    AccessCard,
    /// `KeyFobNumber`.
    KeyFob,
}

/// Why a tap needs nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum DismissReason {
    /// It was recorded by hand.
    RecordedByHand,
    /// It is recorded already.
    AlreadyRecorded,
    /// The member did not come in.
    DidNotEnter,
    /// It was a test.
    Test,
    /// Another one.
    Other,
}

/// What an act would do, by the facts of this moment. Nothing is changed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Preparation {
    /// By it the act is carried out, once, within five minutes.
    pub plan: u64,
    /// What.
    pub act: ActKind,
    /// The member whom it concerns.
    pub member: Option<MemberView>,
    /// What would be written, by the service's own names; tiles masked.
    pub changes: Vec<PlannedChange>,
    /// What staff should know first.
    pub warnings: Vec<Warning>,
    /// Whether it may be carried out: a warning may stand against it.
    pub possible: bool,
    /// Whether it can be undone afterwards.
    pub undoable: bool,
}

/// A property that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct PlannedChange {
    /// Its name, as the service spells it.
    pub property: String,
    /// What stands there; null for nothing.
    pub before: Option<String>,
    /// What would stand there; null for nothing.
    pub after: Option<String>,
}

/// What staff should know before they confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Warning {
    /// The member has an open check-in here already. Stands against another one.
    AlreadyIn {
        /// Its beginning.
        since: DateTime<Utc>,
    },
    /// The member is not active, or archived.
    NotActive,
    /// No pass of the member is valid: the visit may be charged.
    MayBeCharged,
    /// Somebody else has this tile. Stands against it.
    TileTaken {
        /// Who.
        coworker: i64,
        /// Their whole name.
        name: String,
    },
    /// The member has this tile already. Stands against it.
    TileTheirs,
    /// Another tile of the member is replaced.
    ReplacesTile,
    /// A tap of this member waits to be recorded: what it will bring is not known yet.
    TapWaits,
    /// Who has this tile could not be asked of the service. Stands against it.
    TileNotChecked,
    /// The check-in was closed meanwhile. Stands against it.
    AlreadyClosed {
        /// Its end.
        at: DateTime<Utc>,
    },
}

/// What an act brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Done {
    /// Its number in the audit log.
    pub number: u64,
    /// The check-in that was opened or closed.
    pub checkin: Option<i64>,
    /// `Source` that the service stored for a check-in that was opened, where it was read back.
    pub stored_source: Option<i64>,
    /// Whether it can be undone now.
    pub undoable: bool,
}

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct AuditLine {
    /// Grows by one.
    pub number: u64,
    /// When it was begun.
    pub at: DateTime<Utc>,
    /// What.
    pub act: ActKind,
    /// Whose record it concerned.
    pub coworker: Option<i64>,
    /// Which record: a check-in, a failure.
    pub record: Option<i64>,
    /// Which tap.
    pub entry: Option<String>,
    /// How it ended.
    pub state: AuditState,
    /// Staff's own words; empty for none.
    pub note: String,
    /// Whether it can be undone now.
    pub undoable: bool,
}

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum AuditState {
    /// It was begun, and nobody knows how it ended: to be looked up.
    Unknown,
    /// It was carried out.
    Done,
    /// It was not.
    Failed,
    /// It was carried out and taken back.
    Undone,
}

/// The audit log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct AuditPage {
    /// At most a hundred.
    pub lines: Vec<AuditLine>,
    /// Whether there are older ones.
    pub more: bool,
    /// The number of the first line that does not fit the chain: it, or one before it, was changed by somebody.
    pub broken_at: Option<u64>,
}

impl ActKind {
    /// Its name, as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::CheckIn => "check_in",
            Self::CloseCheckin => "close_checkin",
            Self::LinkTile => "link_tile",
            Self::Correct => "correct",
            Self::Retry => "retry",
            Self::Dismiss => "dismiss",
        }
    }
}

impl AuditState {
    /// Its name, as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Undone => "undone",
        }
    }
}
