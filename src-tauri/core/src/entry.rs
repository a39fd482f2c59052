//! The journal's entry: one tap's durable record, from its birth to its one terminal state.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::checkin::{Attempt, Direction};
use crate::ids::{CheckinId, CoworkerId, EntryId};
use crate::tile::TileId;

/// One tap as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Born with the tap, never changed.
    pub id: EntryId,
    /// The tile; none for one that identifies nobody, whose UID is not kept.
    pub tile: Option<TileId>,
    /// When the tile was read, UTC, by this kiosk's clock.
    pub tapped_at: DateTime<Utc>,
    /// The member, once known.
    pub coworker: Option<CoworkerId>,
    /// The direction that the member asked for by a button.
    pub wanted: Option<Direction>,
    /// Where it stands.
    pub state: EntryState,
}

/// Where an entry stands. `Settled` and `NeedsStaff` are terminal for the kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "detail", rename_all = "snake_case")]
pub enum EntryState {
    /// Nothing was sent.
    Waiting,
    /// This was, or may have been, sent, and its outcome is not proven.
    Sending(Attempt),
    /// Proven.
    Settled(Settlement),
    /// For staff to resolve, with the reason.
    NeedsStaff(String),
}

/// What was proven of a settled entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "settlement", rename_all = "snake_case")]
pub enum Settlement {
    /// The service opened this check-in.
    CheckedIn {
        /// Its id, where the reply had one.
        checkin: Option<CheckinId>,
    },
    /// The service closed this check-in, or had closed it already.
    CheckedOut {
        /// Its id.
        checkin: CheckinId,
    },
    /// The service refused while the member stood there and was told.
    Refused {
        /// The reason shown.
        reason: Option<String>,
    },
    /// The service recorded what it could not have known of.
    Reported {
        /// The verdict's kind.
        verdict: String,
    },
    /// The same verdict was shown again; nothing was sent.
    Repeated {
        /// The tap whose verdict it was.
        of: EntryId,
    },
    /// Nothing that could be sent: an unusable tile, a button that asked for what was so already.
    NothingToSend {
        /// The verdict's kind.
        verdict: String,
    },
}

impl EntryState {
    /// The state's name in the journal and in `tapdesk queue`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending(_) => "sending",
            Self::Settled(_) => "settled",
            Self::NeedsStaff(_) => "needs_staff",
        }
    }

    /// Whether the kiosk is done with it.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Settled(_) | Self::NeedsStaff(_))
    }
}
