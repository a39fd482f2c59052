//! What a tap can become: the closed list of design section 2, with the data of each.

use chrono::{DateTime, Utc};

use crate::checkin::Direction;
use crate::ids::{CheckinId, CoworkerId, EntryId};
use crate::tile::Unusable;

/// What one tap became. Only the service's own yes makes [`Verdict::CheckedIn`] or [`Verdict::CheckedOut`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A check-in was opened.
    CheckedIn {
        /// Its `FromTime`.
        since: DateTime<Utc>,
    },
    /// The open check-in was closed.
    CheckedOut {
        /// Its `FromTime`.
        since: DateTime<Utc>,
        /// Its `ToTime`.
        until: DateTime<Utc>,
    },
    /// Not checked in (or out), and that is a decision.
    Refused(Refusal),
    /// No member has this tile.
    UnknownTile,
    /// Two members or more have it; or the PIN that was typed.
    AmbiguousTile,
    /// It cannot stand for anyone.
    UnusableTile(Unusable),
    /// Stored on this kiosk, not yet verified.
    Saved,
    /// Neither possible: nothing is recorded, and nothing will be.
    Unavailable(Unavailable),
}

/// Who refused and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The service, with the `FailedCheckin`'s Description as received, else the reply's Message, else nothing.
    ByService(Option<String>),
    /// Here: the account is not active.
    Inactive,
    /// Here: the account is archived.
    Archived,
    /// A check-in was asked for and one is open.
    AlreadyIn {
        /// Its `FromTime`, UTC.
        since: DateTime<Utc>,
    },
    /// A check-out was asked for and none is open.
    AlreadyOut,
}

/// Why a tap could be neither recorded nor saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// The service cannot be reached, and the policy keeps no taps.
    Offline,
    /// The device is signed out, and the policy keeps no taps.
    SignedOut,
    /// As many taps wait as the policy allows.
    QueueFull,
    /// Nobody can say whose tile or PIN it is, and no such taps are kept.
    NoMemberData,
    /// The account may not do it.
    NotPermitted,
    /// The tap could not be stored durably, so nothing was sent.
    Journal,
    /// The service answered with something that leaves no way on.
    Service,
    /// Staff have put the kiosk out of order.
    OutOfOrder,
}

/// What the member may ask for instead of a repeated verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Check in after all.
    CheckIn,
    /// Check out after all.
    CheckOut,
    /// Ask the service again.
    TryAgain,
}

impl Offer {
    /// The direction that pressing the button asks for; none leaves it to the records.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::CheckIn => Some(Direction::In),
            Self::CheckOut => Some(Direction::Out),
            Self::TryAgain => None,
        }
    }
}

impl Verdict {
    /// The verdict's name in the headless lines and in the journal.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CheckedIn { .. } => "checked_in",
            Self::CheckedOut { .. } => "checked_out",
            Self::Refused(_) => "refused",
            Self::UnknownTile => "unknown_tile",
            Self::AmbiguousTile => "ambiguous_tile",
            Self::UnusableTile(_) => "unusable_tile",
            Self::Saved => "saved",
            Self::Unavailable(_) => "unavailable",
        }
    }

    /// The reason in plain words, where there is one: for the headless lines, logs and staff. The kiosk has its own words.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => refusal.reason(),
            Self::Unavailable(why) => Some(why.sentence().to_owned()),
            Self::UnusableTile(Unusable::Place) => Some("the tile stands for a place, not for a member".to_owned()),
            _ => None,
        }
    }

    /// What a repeated verdict offers instead.
    pub fn offer(&self) -> Option<Offer> {
        match self {
            Self::CheckedIn { .. } | Self::Refused(Refusal::AlreadyIn { .. }) => Some(Offer::CheckOut),
            Self::CheckedOut { .. } | Self::Refused(Refusal::AlreadyOut) => Some(Offer::CheckIn),
            Self::Refused(_) => Some(Offer::TryAgain),
            _ => None,
        }
    }

    /// What the member is by this, in or out; none where it does not say.
    pub fn direction(&self) -> Option<Direction> {
        match self {
            Self::CheckedIn { .. } | Self::Refused(Refusal::AlreadyIn { .. }) => Some(Direction::In),
            Self::CheckedOut { .. } | Self::Refused(Refusal::AlreadyOut) => Some(Direction::Out),
            _ => None,
        }
    }

    /// Whether the same member's next tap within the repeat window shows this again. Where nothing was recorded, the
    /// next tap is a new attempt.
    pub fn repeats(&self) -> bool {
        matches!(self, Self::CheckedIn { .. } | Self::CheckedOut { .. } | Self::Refused(_) | Self::Saved)
    }
}

impl Refusal {
    /// The reason in plain words; the service's own words as received.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::ByService(description) => description.clone(),
            Self::Inactive => Some("The account is not active.".to_owned()),
            Self::Archived => Some("The account is archived.".to_owned()),
            Self::AlreadyIn { .. } => Some("A check-in is open already.".to_owned()),
            Self::AlreadyOut => Some("No check-in is open.".to_owned()),
        }
    }
}

impl Unavailable {
    /// One sentence for logs and staff.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Offline => "The service cannot be reached, and offline.accept keeps no such taps.",
            Self::SignedOut => "This kiosk is signed out, and offline.accept keeps no such taps.",
            Self::QueueFull => "offline.max_entries taps are waiting already.",
            Self::NoMemberData => "Nobody can say now whose tile it is, and offline.accept keeps no such taps.",
            Self::NotPermitted => "The account of this kiosk may not do this.",
            Self::Journal => "The tap could not be stored on this kiosk, so nothing was sent.",
            Self::Service => "The service gave no usable answer.",
            Self::OutOfOrder => "This kiosk was put out of order; `tapdesk out-of-order --end` ends it.",
        }
    }
}

/// A verdict with all that the screen needs to show it, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The tap.
    pub entry: EntryId,
    /// What it became.
    pub verdict: Verdict,
    /// The member's name as privacy allows.
    pub name: Option<String>,
    /// The member.
    pub coworker: Option<CoworkerId>,
    /// The check-in opened or closed.
    pub checkin: Option<CheckinId>,
    /// The tile, masked.
    pub tile: Option<String>,
    /// When the verdict was reached, UTC.
    pub at: DateTime<Utc>,
    /// Whether it replaces an earlier verdict of the same tap.
    pub revised: bool,
    /// What the member may ask for instead, on a repeated verdict.
    pub offer: Option<Offer>,
}
