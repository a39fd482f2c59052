//! The steps of a set-up: their order, and which may be left.

use serde::{Deserialize, Serialize};

/// One page of the set-up, in the order in which they are gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The screen's language.
    Language,
    /// The account.
    SignIn,
    /// The location that the kiosk serves.
    Location,
    /// What the account may do.
    Rights,
    /// The reader, tried with any tile.
    Reader,
    /// What is shown of members, and whose taps are kept in an outage.
    Policy,
    /// The PIN of staff.
    StaffPin,
    /// A tap that changes nothing.
    TestTap,
    /// All that was chosen, before it is kept.
    Summary,
}

impl Step {
    /// All steps, in their order.
    pub const ALL: [Self; 9] = [
        Self::Language,
        Self::SignIn,
        Self::Location,
        Self::Rights,
        Self::Reader,
        Self::Policy,
        Self::StaffPin,
        Self::TestTap,
        Self::Summary,
    ];

    fn place(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or_default()
    }
}

/// What a set-up has so far. What is missing stops it; what is only not tried, such as the reader, does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Somebody is signed in.
    pub signed_in: bool,
    /// A location that this account sees is chosen.
    pub located: bool,
    /// Staff have a PIN.
    pub staff_pin: bool,
}

impl Progress {
    /// Whether this step is complete enough to go on from it.
    pub fn allows_next(self, step: Step) -> bool {
        match step {
            Step::Language | Step::Reader | Step::Policy | Step::TestTap => true,
            Step::SignIn => self.signed_in,
            Step::Location | Step::Rights => self.located,
            Step::StaffPin => self.staff_pin,
            Step::Summary => false,
        }
    }

    /// Whether this step may be gone to: none before it is incomplete.
    pub fn allows(self, step: Step) -> bool {
        Step::ALL[..step.place()].iter().all(|before| self.allows_next(*before))
    }

    /// Whether all of it may be kept.
    pub fn is_complete(self) -> bool {
        self.allows(Step::Summary)
    }

    /// The step after this one; this one where it is not complete.
    pub fn next(self, step: Step) -> Step {
        let next = Step::ALL.get(step.place() + 1).copied();
        next.filter(|_| self.allows_next(step)).unwrap_or(step)
    }

    /// The step before this one; the first where it is that.
    pub fn back(self, step: Step) -> Step {
        Step::ALL[step.place().saturating_sub(1)]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn progress() -> impl Strategy<Value = Progress> {
        any::<(bool, bool, bool)>().prop_map(|(signed_in, located, staff_pin)| Progress {
            signed_in,
            located,
            staff_pin,
        })
    }

    #[test]
    fn each_thing_that_is_needed_stops_the_set_up_where_it_is_asked_for() {
        let cases = [
            (Progress::default(), Step::SignIn),
            (Progress { signed_in: true, ..Progress::default() }, Step::Location),
            (Progress { signed_in: true, located: true, staff_pin: false }, Step::StaffPin),
            (Progress { signed_in: true, located: true, staff_pin: true }, Step::Summary),
        ];
        for (progress, stops_at) in cases {
            let mut step = Step::Language;
            while progress.next(step) != step {
                step = progress.next(step);
            }
            assert_eq!(step, stops_at, "{progress:?}");
            assert_eq!(progress.is_complete(), stops_at == Step::Summary);
        }
    }

    proptest! {
        #[test]
        fn back_works_everywhere_and_leads_to_the_beginning(progress in progress(), place in 0..Step::ALL.len()) {
            let mut step = Step::ALL[place];
            for _ in 0..place {
                prop_assert!(progress.back(step) < step);
                step = progress.back(step);
            }
            prop_assert_eq!(step, Step::Language);
            prop_assert_eq!(progress.back(step), step);
        }

        #[test]
        fn nothing_that_is_needed_is_passed_over(progress in progress(), place in 0..Step::ALL.len()) {
            let step = Step::ALL[place];
            let reached = {
                let mut at = Step::Language;
                while at < step && progress.next(at) != at {
                    at = progress.next(at);
                }
                at == step
            };
            prop_assert_eq!(progress.allows(step), reached);
        }
    }
}
