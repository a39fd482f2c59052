//! What is wrong when the service was asked, as the page is told of it.

use tapdesk_core::checkin::Trouble;

use super::view::DeskProblem;
use crate::journal::JournalError;

impl From<JournalError> for DeskProblem {
    fn from(error: JournalError) -> Self {
        Self::Storage { detail: error.to_string() }
    }
}

/// What this trouble means to staff. `role` is what the call needed, such as `FailedCheckin-List`: it is what is missing
/// where the account may not make it.
pub(super) fn problem(trouble: Trouble, role: &str) -> DeskProblem {
    match trouble {
        Trouble::Unreachable(detail) | Trouble::NotReady(detail) => DeskProblem::Unreachable { detail },
        Trouble::Gateway(detail) => DeskProblem::Gateway { detail },
        Trouble::Throttled => DeskProblem::Throttled,
        Trouble::SignedOut(_) => DeskProblem::SignedOut,
        Trouble::NotPermitted(_) => DeskProblem::NotPermitted { role: role.to_owned() },
        Trouble::Invalid(said) => DeskProblem::Refused { said: Some(said) },
        Trouble::NotFound => DeskProblem::Gone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_has_its_problem() {
        let said = || "as it was".to_owned();
        let cases = [
            (Trouble::Unreachable(said()), DeskProblem::Unreachable { detail: said() }),
            (Trouble::NotReady(said()), DeskProblem::Unreachable { detail: said() }),
            (Trouble::Gateway(said()), DeskProblem::Gateway { detail: said() }),
            (Trouble::Throttled, DeskProblem::Throttled),
            (Trouble::SignedOut(said()), DeskProblem::SignedOut),
            (Trouble::NotPermitted(said()), DeskProblem::NotPermitted { role: "Checkin-List".to_owned() }),
            (Trouble::Invalid(said()), DeskProblem::Refused { said: Some(said()) }),
            (Trouble::NotFound, DeskProblem::Gone),
        ];
        for (trouble, expected) in cases {
            assert_eq!(problem(trouble.clone(), "Checkin-List"), expected, "{trouble:?}");
        }
    }
}
