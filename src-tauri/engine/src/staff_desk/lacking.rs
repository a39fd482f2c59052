//! The roles that calls of this desk were refused for. It is forgotten with the desk: a right that was granted since is
//! found when staff come again, or when a call that needs it is let through.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use tapdesk_core::checkin::Trouble;

use super::StaffDesk;
use super::problem::problem;
use super::view::DeskProblem;
use super::view::acts::ActKind;

/// The roles that the account lacks, as far as that is known.
#[derive(Debug, Default)]
pub(super) struct Lacking(Mutex<BTreeSet<String>>);

impl Lacking {
    /// A call was refused for want of this role.
    pub(super) fn note_refused(&self, role: &str) {
        self.with(|roles| roles.insert(role.to_owned()));
    }

    /// A call that needs this role was let through.
    pub(super) fn note_permitted(&self, role: &str) {
        self.with(|roles| roles.remove(role));
    }

    /// The role that is missing for this act.
    pub(super) fn lacking(&self, act: ActKind) -> Option<String> {
        let role = role_for(act)?;
        self.with(|roles| roles.get(role).cloned())
    }

    /// Whether this role is missing.
    pub(super) fn has(&self, role: &str) -> bool {
        self.with(|roles| roles.contains(role))
    }

    /// All that are missing, in the order of their names.
    pub(super) fn all(&self) -> Vec<String> {
        self.with(|roles| roles.iter().cloned().collect())
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeSet<String>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The role that the service asks for; none for what is done on this kiosk alone.
pub(super) fn role_for(act: ActKind) -> Option<&'static str> {
    match act {
        ActKind::CheckIn => Some("Checkin-Create"),
        ActKind::CloseCheckin => Some("Checkin-Edit"),
        ActKind::LinkTile => Some("Coworker-Edit"),
        ActKind::Correct => Some("FailedCheckin-Edit"),
        ActKind::Retry | ActKind::Dismiss => None,
    }
}

impl StaffDesk {
    /// The role that the account lacks for this act, as far as that is known.
    pub fn lacking(&self, act: ActKind) -> Option<String> {
        self.lacking.lacking(act)
    }

    /// All roles that calls of this desk were refused for, in the order of their names.
    pub fn lacking_roles(&self) -> Vec<String> {
        self.lacking.all()
    }

    /// What a call that needs `role` brought; whether the account has the role is remembered.
    pub(super) fn heard<T>(&self, answer: Result<T, Trouble>, role: &str) -> Result<T, DeskProblem> {
        match answer {
            Ok(found) => {
                self.lacking.note_permitted(role);
                Ok(found)
            }
            Err(trouble) => {
                if matches!(trouble, Trouble::NotPermitted(_)) {
                    self.lacking.note_refused(role);
                }
                Err(problem(trouble, role))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_missing_from_its_refusal_until_it_is_let_through() {
        let lacking = Lacking::default();
        assert_eq!(lacking.lacking(ActKind::Correct), None);
        lacking.note_refused("FailedCheckin-Edit");
        lacking.note_refused("Checkin-Edit");
        assert_eq!(lacking.lacking(ActKind::Correct).as_deref(), Some("FailedCheckin-Edit"));
        assert_eq!(lacking.lacking(ActKind::CheckIn), None);
        assert_eq!(lacking.lacking(ActKind::Retry), None);
        assert!(lacking.has("Checkin-Edit") && !lacking.has("Checkin-Create"));
        assert_eq!(lacking.all(), ["Checkin-Edit", "FailedCheckin-Edit"]);
        lacking.note_permitted("FailedCheckin-Edit");
        assert_eq!(lacking.lacking(ActKind::Correct), None);
    }
}
