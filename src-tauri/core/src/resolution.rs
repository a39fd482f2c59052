//! How staff resolve a tap that needs them: they let it be tried again, or say that it needs nothing more.

use crate::entry::{EntryState, Settlement};

/// What staff want of a tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// To try to record it again, as a tap that waited: its own time decides, not this moment.
    Retry,
    /// That it needs nothing more.
    Dismiss {
        /// Staff's reason, by its code.
        reason: String,
    },
    /// That a dismissed one needs them after all.
    Reopen,
}

/// Why staff cannot resolve a tap like this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotResolved {
    /// It is not, or no longer, what it was taken for.
    Changed,
    /// The kiosk still looks at it, or is resolving it: a few minutes later it can be resolved.
    UnderWay,
    /// What is kept of it is not enough to send anything.
    NotUnderstood,
    /// It could not be made durable, so that nothing changed, with the cause.
    NotStored(String),
}

impl Resolution {
    /// Where an entry in this state stands afterwards; none where it cannot be resolved like this.
    pub fn applied(&self, state: &EntryState) -> Option<EntryState> {
        match (self, state) {
            (Self::Retry, EntryState::NeedsStaff(_)) => Some(EntryState::Waiting),
            (Self::Dismiss { reason }, EntryState::NeedsStaff(why)) => {
                Some(EntryState::Settled(Settlement::Dismissed { reason: reason.clone(), why: why.clone() }))
            }
            (Self::Reopen, EntryState::Settled(Settlement::Dismissed { why, .. })) => {
                Some(EntryState::NeedsStaff(why.clone()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkin::Attempt;
    use crate::ids::CoworkerId;
    use chrono::DateTime;

    fn dismiss() -> Resolution {
        Resolution::Dismiss { reason: "test".to_owned() }
    }

    #[test]
    fn what_needs_staff_is_tried_again_or_dismissed_and_nothing_else_is() {
        let why = || "refused at the upload".to_owned();
        let dismissed = || EntryState::Settled(Settlement::Dismissed { reason: "test".to_owned(), why: why() });
        let attempt = Attempt::Open { coworker: CoworkerId(7), from: DateTime::UNIX_EPOCH };
        let states = [
            EntryState::Waiting,
            EntryState::Sending(attempt),
            EntryState::Settled(Settlement::CheckedIn { checkin: None }),
            EntryState::NeedsStaff(why()),
            dismissed(),
        ];
        let applied = |resolution: &Resolution| states.each_ref().map(|state| resolution.applied(state));
        assert_eq!(applied(&Resolution::Retry), [None, None, None, Some(EntryState::Waiting), None]);
        assert_eq!(applied(&dismiss()), [None, None, None, Some(dismissed()), None]);
        assert_eq!(applied(&Resolution::Reopen), [None, None, None, None, Some(EntryState::NeedsStaff(why()))]);
    }
}
