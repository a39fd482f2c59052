//! The journal's entry: one tap's durable record, from its birth to its one terminal state.
//!
//! The service has no idempotency key, may carry a write out after our time-out, may take a yes back, and may make us
//! wait; this machine may stop at any instruction. What follows is why a tap is still recorded once. "Stored" means
//! that the journal said so after an fsync.
//!
//! ```text
//! waiting --attempt stored--> sending --yes, or its record found--> settled (watched) --watched long enough--> settled
//!    ^                           |-- refused, told at once --------> settled
//!    |-- looked up, no trace ----|-- refused at the upload, no way on, a double ---------> needs_staff
//!    |                                                                                      |     ^
//!    '-- staff: try it again ---------------------------------------------------------------|     |
//!                                settled (dismissed) <-- staff: it needs nothing more ------'     |
//!                                        '------------- staff: it does after all -----------------'
//! ```
//!
//! **The machine stops** before the birth is stored: the tap was not acknowledged (unless storing took longer than a
//! person waits), and is made again. After it: the entry waits, is identified again and decided from fresh facts.
//! After the attempt was stored, sent or not, answered or not: nobody here knows, so the entry is `sending`, and is
//! looked up by member, location and `FromTime` (a close by its record) before anything else. After the yes and before
//! `settled` is stored: the look-up finds the record. After `settled` and before the read-back: the watch is part of
//! the entry and goes on. Between a "not recorded" and its record: it is stored first and told then, so whoever was
//! told is never recorded later; only where the disk refuses is it told without.
//!
//! **The reply is lost** before the service acted: four looks in forty seconds find nothing, and it is decided again
//! from fresh facts. After it acted: the look finds the record, and that is a yes.
//!
//! **The service acts after our time-out.** The looks may all be too early, and a second write follows. From then on
//! the entry is in doubt: it is watched every half minute for five minutes, across restarts. Of two check-ins with one
//! `FromTime` the one with the lower `Id` stays, so that all who look choose alike; the other is deleted, or closed at
//! its own `FromTime` where the account may not delete, and staff are told. Whatever comes later still is no more than
//! a ghost: an open record beside a closed one with the same `FromTime` says nothing of where the member is, and no
//! decision heeds it. A close that is carried out late sets the time that it would have set.
//!
//! **The upload comes hours later.** The tap's own time decides, not the upload's. Nothing of the member has happened
//! here since: open, or close what is open. A record begins or ends at the tap's very second: this tap is recorded
//! already. Something began or ended after the tap: others went on without it, every guess may cost the member money,
//! and staff decide. The tap lies within the repeat window after the last record's beginning or end: the unsure second
//! tap of somebody who was just served, nothing is sent. A check-in that has been open since yesterday is closed like
//! any other; there is no midnight here.
//!
//! **Two kiosks** may both see nothing open and both open. The one whose check-in has the higher `Id` came second, and
//! takes its own back; nobody takes back what another has written.
//!
//! **The clock is wrong**, jumps, or the zone changes: order is by number, never by time; waiting is measured by a
//! clock that only goes forward; zones play no part. Times are this machine's: the kiosk says when they differ from the
//! service's, and guesses none.
//!
//! **The entry is refused at the upload**, or the member is not active any more, or the tile is nobody's: the member has
//! gone, so staff are told, with the reason. **A yes is taken back** (late validation): the read-backs at 2 and 10
//! seconds find the check-in gone or a refusal written; the verdict is revised where it can be, and staff are told.
//!
//! **Staff try it again**, minutes or days later: it waits like any tap that was kept, and all that is said here of the
//! upload holds, but that it does not become too old. It may have been sent before, whatever is kept of it, so it is
//! in doubt from the start, and its success is watched for as long as any doubt. It goes before its member's later taps
//! that still wait, and comes back to staff where one of them was recorded. What the kiosk still works on or watches is
//! not staff's to change; what could not be stored did not happen. Whoever was told that nothing is recorded is recorded
//! later by nobody but staff.
//!
//! **Throttled** means not carried out and not refused: it waits. One member's taps go one after another in the order
//! of their numbers; a tap that cannot go on holds up its own member's later taps and nobody else's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::checkin::{Attempt, Direction};
use crate::ids::{CheckinId, CoworkerId, EntryId};
use crate::now::to_the_second;
use crate::tile::TileId;
use crate::verdict::{Refusal, Verdict};

/// One tap as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Born with the tap, never changed.
    pub id: EntryId,
    /// Its place in this kiosk's order of taps: grows with each tap, whatever the clock does.
    pub number: u64,
    /// The tile; none for one that identifies nobody, whose UID is not kept, and for a PIN.
    pub tile: Option<TileId>,
    /// How the member made themselves known.
    pub source: Source,
    /// When the tile was read or the PIN was typed, UTC, by this kiosk's clock.
    pub tapped_at: DateTime<Utc>,
    /// The member, once known.
    pub coworker: Option<CoworkerId>,
    /// The direction that the member asked for by a button.
    pub wanted: Option<Direction>,
    /// Where it stands.
    pub state: EntryState,
    /// Set while the service may still change its mind about what settled this tap, or carry out an earlier write of it.
    pub watch: Option<Watch>,
    /// When staff asked for it to be tried again last, UTC.
    pub retried_at: Option<DateTime<Utc>>,
}

/// How a member made themselves known, as the service calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// By a tile.
    #[default]
    Tile,
    /// By hand: with a PIN.
    Manual,
}

impl Source {
    /// Its number in the service's list `eCheckinSource`.
    pub fn number(self) -> i64 {
        match self {
            Self::Tile => 4,
            Self::Manual => 1,
        }
    }
}

/// What is watched after a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// What was sent.
    pub attempt: Attempt,
    /// Whether the service said yes to it.
    pub proven: bool,
    /// Whether it was once sent without a proven outcome, so that it may be carried out a second time.
    pub in_doubt: bool,
    /// Until when to look, UTC.
    pub until: DateTime<Utc>,
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
        /// Its `FromTime`, UTC.
        #[serde(default)]
        since: Option<DateTime<Utc>>,
        /// Its `ToTime`, UTC.
        #[serde(default)]
        until: Option<DateTime<Utc>>,
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
        /// The check-in that it tells of, where there is one.
        #[serde(default)]
        checkin: Option<CheckinId>,
    },
    /// Staff said that it needs nothing more.
    Dismissed {
        /// Their reason, by its code.
        reason: String,
        /// Why it needed them.
        why: String,
    },
}

impl Entry {
    /// When it was last wanted that this tap be recorded: at the tap, or when staff asked for it again.
    pub fn wanted_at(&self) -> DateTime<Utc> {
        self.retried_at.map_or(self.tapped_at, |retried_at| retried_at.max(self.tapped_at))
    }

    /// The verdict that its member was told last, where the entry says it: for the member's next tap within the repeat
    /// window.
    pub fn verdict(&self) -> Option<Verdict> {
        match &self.state {
            EntryState::Settled(Settlement::CheckedIn { .. }) => {
                Some(Verdict::CheckedIn { since: to_the_second(self.tapped_at) })
            }
            EntryState::Settled(Settlement::CheckedOut { since, until, .. }) => {
                Some(Verdict::CheckedOut { since: (*since)?, until: (*until)? })
            }
            EntryState::Settled(Settlement::Refused { reason }) => {
                Some(Verdict::Refused(Refusal::ByService(reason.clone())))
            }
            _ => None,
        }
    }
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
