//! One tap on its way from the reader to its terminal state.

use std::time::Duration;

use crate::checkin::Attempt;
use crate::entry::Entry;
use crate::ids::{CoworkerId, EntryId};
use crate::member::Member;
use crate::verdict::Shown;

/// A tap under way. It is dropped when its entry is terminal and nothing is left to verify.
#[derive(Debug)]
pub(super) struct Journey {
    /// Its durable record.
    pub(super) entry: Entry,
    /// The member, once identified in this run.
    pub(super) member: Option<Member>,
    /// Whether a button asked for it, against the verdict that a tap would repeat.
    pub(super) asked: bool,
    /// Whether somebody still waits in front of the kiosk for the first verdict.
    pub(super) live: bool,
    /// Whether it comes from an earlier moment: its upload is decided by what happened since.
    pub(super) late: bool,
    /// What it waits for.
    pub(super) step: Step,
    /// When its write was last sent in this run, UTC.
    pub(super) sent_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The last verdict told.
    pub(super) shown: Option<Shown>,
    /// How often the write was sent without a proven outcome.
    pub(super) rounds: u8,
}

/// What a journey waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Its birth is being made durable.
    Birth { sequence: u64 },
    /// The member is being found.
    Identifying,
    /// The same member's earlier tap, which comes first.
    InLine,
    /// The same member's earlier tap, whose verdict will be this one's too.
    Following,
    /// The member's check-ins are being read.
    Reading,
    /// The attempt is being made durable; it is sent when it is.
    Committing { attempt: Attempt, sequence: u64 },
    /// The write is under way.
    Writing(Attempt),
    /// The write's outcome is not known; the member's check-ins are being read to find it.
    LookingUp { attempt: Attempt, look: u8 },
    /// Refused; the `FailedCheckin` that says why is being looked for.
    SeekingReason { message: Option<String>, look: u8 },
    /// Waits for a time.
    Resting { until: Duration, then: Next },
    /// Waits for the connection.
    Parked(Next),
    /// Settled; what the service keeps of it is being read back.
    ReadingBack { attempt: Attempt, look: u8 },
    /// Read back and still there; a refusal written after the yes is being looked for.
    SeekingLateRefusal { attempt: Attempt, look: u8, gone: bool },
}

/// What a journey does when its rest or the outage is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// Start from fresh facts; nothing was sent.
    Begin,
    /// Find out what became of this.
    LookUp { attempt: Attempt, look: u8 },
    /// Look for the reason of a refusal again.
    SeekReason { message: Option<String>, look: u8 },
    /// Read back what was settled.
    ReadBack { attempt: Attempt, look: u8 },
    /// Send this report again.
    Report(Attempt),
    /// Store this report, which the journal did not take, and send it then.
    StoreReport(Attempt),
}

impl Journey {
    /// A journey of an earlier moment, at this step.
    pub(super) fn new(entry: Entry, step: Step) -> Self {
        Self {
            entry,
            member: None,
            asked: false,
            live: false,
            late: false,
            step,
            sent_at: None,
            shown: None,
            rounds: 0,
        }
    }

    /// The member, from this run or from the journal.
    pub(super) fn coworker(&self) -> Option<CoworkerId> {
        self.member.as_ref().map(|member| member.id).or(self.entry.coworker)
    }

    /// Whether a call of this journey is under way, so that it takes one of the background's places.
    pub(super) fn is_calling(&self) -> bool {
        matches!(
            self.step,
            Step::Birth { .. }
                | Step::Identifying
                | Step::Reading
                | Step::Committing { .. }
                | Step::Writing(_)
                | Step::LookingUp { .. }
                | Step::SeekingReason { .. }
        )
    }

    /// Where it stands in its member's line and in the queue: tap order.
    pub(super) fn order(&self) -> (chrono::DateTime<chrono::Utc>, EntryId) {
        (self.entry.tapped_at, self.entry.id)
    }
}
