//! One failure with all that is known of it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::DeskProblem;
use super::acts::ActKind;
use super::failures::FailureRow;

/// One failure with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct FailureDetail {
    /// As in the list.
    pub row: FailureRow,
    /// Everything recorded: each property by its own name, as received; of a tap, what the journal has.
    pub recorded: Vec<Property>,
    /// The member, where one is known and may be read.
    pub member: Known<MemberView>,
    /// The member's passes, newest first.
    pub passes: Known<Vec<PassView>>,
    /// The member's open check-ins at this location, newest first.
    pub open_checkins: Known<Vec<OpenCheckin>>,
    /// What the facts say of the refusal: our reading, not the service's word. The likeliest first.
    pub readings: Vec<Reading>,
    /// The tap of this kiosk that this failure tells of, where it is known: by it a tile can be linked.
    pub tap: Option<TapView>,
    /// What can be done.
    pub offers: Vec<ActOffer>,
}

/// What the facts say of a refusal, as codes: the page has the words. Each is our reading of facts that are as of now, not
/// of the moment of the attempt, unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reading {
    /// Nobody has this tile.
    UnknownTile,
    /// More than one member has this tile.
    AmbiguousTile,
    /// It cannot identify anyone: a phone, or a card that shows another number each time.
    UnusableTile,
    /// The tile belongs to somebody now: it was linked since.
    TileLinkedSince {
        /// Who.
        coworker: i64,
        /// Their whole name.
        name: String,
    },
    /// The member is not active.
    NotActive,
    /// The member is archived.
    Archived,
    /// The member was not a member yet, or was changed, after the attempt.
    ChangedSince {
        /// When the member's record was changed.
        at: DateTime<Utc>,
    },
    /// The member never had a pass, and has no plan.
    NoPassNoPlan,
    /// The member has a plan but no pass.
    NoPass {
        /// The plan.
        plan: String,
    },
    /// All passes are used up; the last one then.
    PassesUsedUp {
        /// When, where it is known.
        at: Option<DateTime<Utc>>,
    },
    /// The last pass expired before the attempt.
    PassesExpired {
        /// When.
        at: DateTime<Utc>,
    },
    /// The passes were cancelled.
    PassesCancelled,
    /// The passes are for another location.
    PassesElsewhere,
    /// A pass is valid now: one that began after the attempt, or the refusal had another cause.
    PassValidNow {
        /// Its name.
        name: Option<String>,
    },
    /// The plan is another one now than at the attempt.
    PlanChanged {
        /// At the attempt.
        then: String,
        /// Now.
        now: Option<String>,
    },
    /// The member had an open check-in already.
    AlreadyIn {
        /// Since.
        since: DateTime<Utc>,
    },
    /// The member came in after the refusal.
    CameInSince {
        /// When.
        at: DateTime<Utc>,
    },
    /// The location was closed at that time.
    Closed,
    /// The same member was refused again and again.
    Repeated {
        /// So often within a day around it, this one included.
        times: u32,
    },
    /// The facts do not say why.
    NotKnown,
}

/// A property of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Property {
    /// Its name, as the service spells it.
    pub name: String,
    /// Its value as text; null where there is none.
    pub value: Option<String>,
}

/// Something that may not be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Known<T> {
    /// It is.
    Known {
        /// It.
        value: T,
    },
    /// There is nothing to know: nobody is known.
    Nothing,
    /// It could not be read.
    Problem {
        /// Why.
        problem: DeskProblem,
    },
}

/// A member, as staff need to see one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct MemberView {
    /// `Id`.
    pub coworker: i64,
    /// Whole name.
    pub name: String,
    /// `TariffName`: the plan.
    pub plan: Option<String>,
    /// Separated by commas.
    pub teams: Option<String>,
    /// `Active`.
    pub active: bool,
    /// `Archived`.
    pub archived: bool,
    /// What stands in `AccessCardId`, masked.
    pub access_card: Option<String>,
    /// What stands in `KeyFobNumber`, masked.
    pub key_fob: Option<String>,
}

/// A pass that a member holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, named as the service names it")]
pub struct PassView {
    /// `TimePassName`.
    pub name: Option<String>,
    /// Whether it would open the door now.
    pub valid: bool,
    /// Uses left; null where it does not say.
    pub remaining_uses: Option<i64>,
    /// Uses in all.
    pub total_uses: Option<i64>,
    /// `ExpireDate`.
    pub expires: Option<DateTime<Utc>>,
    /// Used up.
    pub used: bool,
    /// When it was cancelled.
    pub cancelled: Option<DateTime<Utc>>,
    /// Sold by a check-in that no pass covered.
    pub pay_as_you_go: bool,
    /// Whether it is for this location.
    pub here: bool,
}

/// An open check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct OpenCheckin {
    /// `Id`.
    pub checkin: i64,
    /// `FromTime`.
    pub since: DateTime<Utc>,
    /// `Source` by its number.
    pub source: Option<i64>,
}

/// A tap of this kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct TapView {
    /// Its id in the journal.
    pub entry: String,
    /// The tile, masked; null for a PIN and for what identifies nobody.
    pub tile: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Something that can be done about a failure, or why it cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct ActOffer {
    /// What.
    pub act: ActKind,
    /// The role that the account lacks for it; then it is not offered.
    pub lacking: Option<String>,
}
