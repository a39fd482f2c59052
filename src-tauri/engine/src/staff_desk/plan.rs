//! What was prepared and shown, and may be carried out once, within five minutes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::audit::Deed;
use super::view::acts::{Act, PlannedChange, Preparation, Warning};
use super::view::detail::MemberView;

/// How long what was prepared may be carried out.
const GOOD_FOR: Duration = Duration::from_mins(5);
/// So many are kept: staff look at one at a time.
const MOST: usize = 20;

/// An act, by the facts of a moment.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// What was asked for, with every time fixed: what is shown is what is written.
    pub(super) act: Act,
    /// What is done then.
    pub(super) deed: Deed,
    /// The member whom it concerns.
    pub(super) member: Option<MemberView>,
    /// What is written, as it is shown.
    pub(super) changes: Vec<PlannedChange>,
    /// What staff should know first.
    pub(super) warnings: Vec<Warning>,
    /// What else it rests on, and is compared.
    pub(super) rests_on: Option<String>,
    /// Whether there is something to carry out at all.
    pub(super) makes_sense: bool,
}

impl Plan {
    /// Whether the facts are still the same.
    pub(super) fn holds(&self, now: &Self) -> bool {
        self.deed == now.deed
            && self.changes == now.changes
            && self.warnings == now.warnings
            && self.rests_on == now.rests_on
            && now.makes_sense
    }

    /// Whether it may be carried out.
    pub(super) fn is_possible(&self) -> bool {
        self.makes_sense && !self.warnings.iter().any(stands_against)
    }

    /// What was written down of it by staff.
    pub(super) fn note(&self) -> &str {
        match &self.act {
            Act::CheckIn { note, .. } | Act::Dismiss { note, .. } => note.trim(),
            Act::CloseCheckin { .. } | Act::LinkTile { .. } | Act::Correct { .. } | Act::Retry { .. } => "",
        }
    }

    fn shown(&self, plan: u64) -> Preparation {
        Preparation {
            plan,
            act: self.deed.kind(),
            member: self.member.clone(),
            changes: self.changes.clone(),
            warnings: self.warnings.clone(),
            possible: self.is_possible(),
            undoable: self.deed.is_undoable(),
        }
    }
}

/// Whether a warning stands against an act.
fn stands_against(warning: &Warning) -> bool {
    match warning {
        Warning::AlreadyIn { .. }
        | Warning::TileTaken { .. }
        | Warning::TileTheirs
        | Warning::TileNotChecked
        | Warning::AlreadyClosed { .. } => true,
        Warning::NotActive | Warning::MayBeCharged | Warning::ReplacesTile | Warning::TapWaits => false,
    }
}

/// What was prepared and not carried out.
#[derive(Debug, Default)]
pub(super) struct Plans(Mutex<Kept>);

/// The last number, and the plans that are kept, each since its moment.
#[derive(Debug, Default)]
struct Kept {
    last: u64,
    plans: BTreeMap<u64, (Instant, Plan)>,
}

impl Plans {
    /// Keeps a plan; what there is to show of it.
    pub(super) fn keep(&self, plan: Plan) -> Preparation {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let (number, shown) = (kept.last, plan.shown(kept.last));
        kept.plans.retain(|_, (since, _)| since.elapsed() < GOOD_FOR);
        while kept.plans.len() >= MOST {
            kept.plans.pop_first();
        }
        kept.plans.insert(number, (Instant::now(), plan));
        shown
    }

    /// Takes the plan out: nobody can carry it out a second time.
    pub(super) fn take(&self, plan: u64) -> Option<Plan> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, plan) = kept.plans.remove(&plan)?;
        (since.elapsed() < GOOD_FOR).then_some(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        let entry = "a tap".to_owned();
        Plan {
            act: Act::Retry { entry: entry.clone() },
            deed: Deed::Retry { entry },
            member: None,
            changes: Vec::new(),
            warnings: Vec::new(),
            rests_on: None,
            makes_sense: true,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_plan_is_good_once_and_for_five_minutes() {
        let plans = Plans::default();
        let first = plans.keep(plan()).plan;
        assert!(plans.take(first).is_some());
        assert!(plans.take(first).is_none(), "once");
        let (old, second) = (plans.keep(plan()).plan, plans.keep(plan()).plan);
        tokio::time::advance(GOOD_FOR.saturating_sub(Duration::from_secs(1))).await;
        assert!(plans.take(second).is_some());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(plans.take(old).is_none(), "too late");
        let many: Vec<u64> = (0..=MOST).map(|_| plans.keep(plan()).plan).collect();
        assert!(plans.take(many[0]).is_none() && plans.take(many[MOST]).is_some());
    }

    #[test]
    fn a_plan_holds_while_its_facts_do() {
        let moved = [
            Plan { warnings: vec![Warning::TapWaits], ..plan() },
            Plan { rests_on: Some("another reason".to_owned()), ..plan() },
            Plan { makes_sense: false, ..plan() },
            Plan { deed: Deed::Retry { entry: "another".to_owned() }, ..plan() },
        ];
        assert!(plan().holds(&plan()) && plan().is_possible());
        assert!(moved.iter().all(|now| !plan().holds(now)));
        assert!(moved[0].is_possible() && !moved[2].is_possible());
        assert!(!Plan { warnings: vec![Warning::TileTheirs], ..plan() }.is_possible());
    }
}
