//! What is going to happen, drawn from the seed before anything starts: who taps where, what goes wrong, who is killed.

use std::collections::BTreeSet;

use super::random::Random;
use super::trouble::{self, Trouble};

/// How much is to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Size {
    /// Taps, unsure second ones not counted.
    pub(super) taps: usize,
    /// Members who tap.
    pub(super) members: usize,
    /// How often a kiosk is killed.
    pub(super) kills: usize,
    /// Kiosks that share the account.
    pub(super) kiosks: usize,
    /// The latest moment, in milliseconds after its arrival, at which a request is carried out that nobody waits for.
    pub(super) latest_commit: u64,
    /// No faults come after so many taps; then a short run need not wait long for what they leave in doubt.
    pub(super) calm_after: Option<usize>,
}

/// A tap to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedTap {
    /// Counts from 1.
    pub(super) number: usize,
    /// At which kiosk, from 0.
    pub(super) kiosk: usize,
    /// The member's place among the members; none is a tile that nobody has.
    pub(super) member: Option<usize>,
    /// The tile is taken away after so many milliseconds, whatever the reader has seen; else when it was acknowledged.
    pub(super) removed_after: Option<u64>,
    /// Whether the member taps once more at once, unsure whether it worked.
    pub(super) unsure: bool,
    /// What goes wrong from here on.
    pub(super) troubles: Vec<Trouble>,
    /// The kiosk's end after this tap.
    pub(super) end: Option<End>,
    /// The reader's cable is out for so many milliseconds after this tap.
    pub(super) unplugged: Option<u64>,
}

/// How a kiosk ends, and comes back at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End {
    /// SIGKILL; else SIGTERM.
    pub(super) kill: bool,
    /// So many milliseconds after the moment it waits for.
    pub(super) after: u64,
    /// Counted from the service's return from its outage, when the kiosk sends on what waits; else from the tap.
    pub(super) in_the_drain: bool,
    /// Whether the tile lies on the reader all the while.
    pub(super) tile_stays: bool,
    /// The kiosk that comes up is killed too, so many milliseconds after its start.
    pub(super) once_more: Option<u64>,
}

/// All that is going to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// The taps, in order.
    pub(super) taps: Vec<PlannedTap>,
    /// Places of the members whose check-ins the service refuses.
    pub(super) refused: BTreeSet<usize>,
}

impl Plan {
    /// The plan of this seed.
    pub(super) fn draw(seed: u64, size: &Size) -> Self {
        let mut random = Random::new(seed);
        let refused = (0..size.members).filter(|_| random.per_mille(30)).collect();
        let mut taps: Vec<PlannedTap> = (1..=size.taps).map(|number| tap(number, size, &mut random)).collect();
        let mut kills = 0;
        // The first taps find the kiosk as an operator left it; a size that has no room for all its kills has fewer.
        let mut free: Vec<usize> = (size.taps.min(2)..size.taps).collect();
        while kills < size.kills && !free.is_empty() {
            let chosen = free.swap_remove(random.place(free.len()));
            let room = size.kills - kills;
            let end = end(&mut random, room > 1);
            kills += 1 + usize::from(end.once_more.is_some());
            if end.in_the_drain && !taps[chosen].troubles.iter().any(Trouble::is_outage) {
                taps[chosen].troubles.push(trouble::outage(&mut random));
            }
            taps[chosen].end = Some(end);
        }
        let asked_to_end = size.kills.div_ceil(10);
        for _ in 0..asked_to_end.min(free.len()) {
            let chosen = free.swap_remove(random.place(free.len()));
            let end = End { kill: false, once_more: None, ..end(&mut random, false) };
            taps[chosen].end = Some(End { in_the_drain: false, ..end });
        }
        if let Some(calm) = size.calm_after {
            let after = taps.iter_mut().skip(calm);
            after.for_each(|tap| tap.troubles.retain(|trouble| !matches!(trouble, Trouble::Fault(_))));
            if let Some(tap) = taps.get_mut(calm) {
                tap.troubles.insert(0, Trouble::Calm);
            }
        }
        Self { taps, refused }
    }
}

fn tap(number: usize, size: &Size, random: &mut Random) -> PlannedTap {
    let member = (!random.per_mille(15)).then(|| random.place(size.members));
    // Most people come in by the same door.
    let home = member.unwrap_or_default() % size.kiosks;
    let kiosk = if random.per_mille(150) { random.place(size.kiosks) } else { home };
    let mut troubles = Vec::new();
    if random.per_mille(220) {
        troubles.push(trouble::fault(random, size.latest_commit));
    }
    if random.per_mille(12) {
        troubles.push(trouble::outage(random));
    }
    if random.per_mille(12) {
        troubles.push(trouble::late_validation(random));
    }
    PlannedTap {
        number,
        kiosk,
        member,
        removed_after: random.per_mille(60).then(|| random.between(10, 160)),
        unsure: random.per_mille(40),
        troubles,
        end: None,
        unplugged: random.per_mille(5).then(|| random.between(50, 1_500)),
    }
}

fn end(random: &mut Random, twice: bool) -> End {
    End {
        kill: true,
        after: random.between(0, 600),
        in_the_drain: random.per_mille(150),
        tile_stays: random.per_mille(250),
        once_more: (twice && random.per_mille(250)).then(|| random.between(0, 1_200)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size =
        Size { taps: 2_000, members: 300, kills: 60, kiosks: 3, latest_commit: 25_000, calm_after: None };

    #[test]
    fn a_seed_is_a_plan() {
        assert_eq!(Plan::draw(7, &SIZE), Plan::draw(7, &SIZE));
        assert_ne!(Plan::draw(7, &SIZE), Plan::draw(8, &SIZE));
    }

    fn kills(plan: &Plan) -> usize {
        let ends = plan.taps.iter().filter_map(|tap| tap.end.as_ref()).filter(|end| end.kill);
        ends.map(|end| 1 + usize::from(end.once_more.is_some())).sum()
    }

    #[test]
    fn no_fault_comes_after_the_calm() {
        let plan = Plan::draw(7, &Size { calm_after: Some(1_000), ..SIZE });
        let faults = |tap: &PlannedTap| tap.troubles.iter().any(|trouble| matches!(trouble, Trouble::Fault(_)));
        assert!(plan.taps[..1_000].iter().any(faults) && !plan.taps[1_000..].iter().any(faults));
        assert_eq!(plan.taps[1_000].troubles[0], Trouble::Calm);
    }

    #[test]
    fn a_plan_has_all_that_was_asked_for() {
        let plan = Plan::draw(7, &SIZE);
        assert_eq!((plan.taps.len(), kills(&plan)), (2_000, 60));
        let has = |fits: fn(&PlannedTap) -> bool| assert!(plan.taps.iter().any(fits));
        has(|tap| tap.kiosk == 2 && tap.unsure);
        has(|tap| tap.member.is_none() && tap.removed_after.is_some());
        has(|tap| tap.unplugged.is_some());
        has(|tap| tap.end.as_ref().is_some_and(|end| !end.kill));
        has(|tap| tap.end.as_ref().is_some_and(|end| end.in_the_drain && end.tile_stays || end.once_more.is_some()));
        assert!(!plan.refused.is_empty() && plan.refused.len() < 60);
    }
}
