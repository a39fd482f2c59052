//! One tap on its way from the reader to its terminal state.

use std::time::Duration;

use crate::checkin::Attempt;
use crate::entry::Entry;
use crate::ids::{CheckinId, CoworkerId};
use crate::member::Member;
use crate::verdict::{Shown, Verdict};

/// A tap under way. It is dropped when its entry is terminal and nothing is left to verify.
#[derive(Debug)]
pub(super) struct Journey {
    /// Its durable record.
    pub(super) entry: Entry,
    /// The member, once identified in this run.
    pub(super) member: Option<Member>,
    /// Whether a button asked for it, against the verdict that a tap would repeat.
    pub(super) asked: bool,
    /// What its tile is where nobody has it; not kept, since it changes a word only.
    pub(super) of_nobody: Verdict,
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
    /// When the tile was read, where that was in this run: the wall clock may have jumped since.
    pub(super) since: Option<Duration>,
    /// Whether the member was told that the tap is known.
    pub(super) acknowledged: bool,
    /// What is told as soon as it is stored that nothing else will come of the tap.
    pub(super) untold: Option<Telling>,
}

/// What is told once it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Telling {
    /// This tap's own verdict.
    Verdict(Verdict),
    /// Another tap's verdict once more.
    Repeat(Box<Shown>),
}

/// What a journey waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Its birth is being made durable.
    Birth { sequence: u64 },
    /// The member is being found.
    Identifying,
    /// The same member's earlier tap, which comes first.
    InLine(Next),
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
    /// Its terminal state is being made durable; the member is told when it is.
    Concluding { sequence: u64 },
    /// Watched; what the service keeps of it is being read back.
    ReadingBack { look: u8 },
    /// Read back; a refusal written after the yes is being looked for.
    SeekingLateRefusal { look: u8, gone: bool },
    /// A check-in that was made twice is being taken back.
    Undoing { look: u8, checkin: CheckinId },
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
    /// Read back what the service keeps of it.
    ReadBack { look: u8 },
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
            of_nobody: Verdict::UnknownTile,
            late: false,
            step,
            sent_at: None,
            shown: None,
            rounds: 0,
            since: None,
            acknowledged: false,
            untold: None,
        }
    }

    /// The member, from this run or from the journal.
    pub(super) fn coworker(&self) -> Option<CoworkerId> {
        self.member.as_ref().map(|member| member.id).or(self.entry.coworker)
    }

    /// Whether somebody waits in front of the kiosk for the first verdict.
    pub(super) fn is_live(&self) -> bool {
        self.since.is_some() && self.shown.is_none()
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
}
