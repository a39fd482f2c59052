//! What the facts say of a refused attempt: a reading of them, never the service's word.
//!
//! The facts are those of now. Where one of them changed after the attempt it is not held against the attempt.

use chrono::{DateTime, Utc};

use crate::ids::CoworkerId;

#[cfg(test)]
mod tests;

/// All that is known about an attempt; what is none could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// This moment, by the service's clock.
    pub now: DateTime<Utc>,
    /// When the attempt was made.
    pub attempted_at: Option<DateTime<Utc>>,
    /// What is recorded of the tile.
    pub told: Told,
    /// Whose the tile is now.
    pub tile: TileNow,
    /// The member.
    pub member: Option<MemberFacts>,
    /// The plan that was recorded with the attempt.
    pub plan_then: Option<String>,
    /// The member's passes.
    pub passes: Option<Vec<PassFacts>>,
    /// Whether these are all of them.
    pub passes_are_all: bool,
    /// The member's check-ins at this location around the attempt and since.
    pub visits: Option<Vec<VisitFacts>>,
    /// Whether the location was closed at that time.
    pub closed: Option<bool>,
    /// How often the member was refused within a day around the attempt, it included.
    pub times: Option<u32>,
}

/// What is recorded of the tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nobody had it.
    UnknownTile,
    /// Several members had it.
    AmbiguousTile,
    /// It cannot identify anyone.
    UnusableTile,
    /// Nothing: the attempt was refused for another reason.
    Nothing,
}

/// Whose a tile is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TileNow {
    /// Nobody can say: the tile is not known here, or could not be asked for.
    NotKnown,
    /// Nobody's.
    Nobody,
    /// Several members'.
    Several,
    /// This member's.
    Of {
        /// Who.
        coworker: CoworkerId,
        /// Their whole name.
        name: String,
    },
}

/// A member as of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFacts {
    /// `Active`.
    pub active: bool,
    /// `Archived`.
    pub archived: bool,
    /// The plan.
    pub plan: Option<String>,
    /// When the record was changed last.
    pub changed_at: Option<DateTime<Utc>>,
}

/// A pass as of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassFacts {
    /// Its name.
    pub name: Option<String>,
    /// Whether it is for this location.
    pub here: bool,
    /// Used up; none where nobody says.
    pub used: Option<bool>,
    /// When it was used up.
    pub used_at: Option<DateTime<Utc>>,
    /// Uses left; none stands for one.
    pub remaining: Option<i64>,
    /// When it expires.
    pub expires: Option<DateTime<Utc>>,
    /// When it was cancelled.
    pub cancelled: Option<DateTime<Utc>>,
}

/// A check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitFacts {
    /// Its beginning.
    pub from: DateTime<Utc>,
    /// Its end; none while it is open.
    pub to: Option<DateTime<Utc>>,
}

/// What the facts say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Nobody has this tile.
    UnknownTile,
    /// Several members have it.
    AmbiguousTile,
    /// It cannot identify anyone.
    UnusableTile,
    /// It was linked to this member since.
    TileLinkedSince {
        /// Who.
        coworker: CoworkerId,
        /// Their whole name.
        name: String,
    },
    /// The member is not active.
    NotActive,
    /// The member is archived.
    Archived,
    /// The member's record was changed after the attempt.
    ChangedSince {
        /// When.
        at: DateTime<Utc>,
    },
    /// Never a pass, and no plan.
    NoPassNoPlan,
    /// A plan, but no pass.
    NoPass {
        /// The plan.
        plan: String,
    },
    /// All passes are used up.
    PassesUsedUp {
        /// The last one then.
        at: Option<DateTime<Utc>>,
    },
    /// The last pass expired before the attempt.
    PassesExpired {
        /// When.
        at: DateTime<Utc>,
    },
    /// The passes were cancelled.
    PassesCancelled,
    /// The passes are for another location.
    PassesElsewhere,
    /// A pass is valid now.
    PassValidNow {
        /// Its name.
        name: Option<String>,
    },
    /// The plan is another one now.
    PlanChanged {
        /// At the attempt.
        then: String,
        /// Now.
        now: Option<String>,
    },
    /// There was an open check-in already.
    AlreadyIn {
        /// Since.
        since: DateTime<Utc>,
    },
    /// The member came in after the refusal.
    CameInSince {
        /// When.
        at: DateTime<Utc>,
    },
    /// The location was closed at that time.
    Closed,
    /// The member was refused again and again.
    Repeated {
        /// So often.
        times: u32,
    },
    /// The facts do not say why.
    NotKnown,
}

impl Reading {
    /// Whether it can be why the attempt was refused.
    fn is_cause(&self) -> bool {
        !matches!(
            self,
            Self::TileLinkedSince { .. }
                | Self::ChangedSince { .. }
                | Self::PassValidNow { .. }
                | Self::CameInSince { .. }
                | Self::Repeated { .. }
                | Self::NotKnown
        )
    }
}

impl PassFacts {
    /// Whether it would open the door at this moment.
    pub fn is_valid(&self, at: DateTime<Utc>) -> bool {
        self.here && self.lasts(at)
    }

    /// The same, wherever it is for.
    fn lasts(&self, at: DateTime<Utc>) -> bool {
        self.used == Some(false)
            && self.remaining.is_none_or(|uses| uses > 0)
            && self.cancelled.is_none()
            && self.expires.is_none_or(|expires| expires > at)
    }

    /// What ended it first, and when; none where nobody says that it ended.
    fn end(&self, now: DateTime<Utc>) -> Option<(End, Option<DateTime<Utc>>)> {
        let expired = self.expires.filter(|at| *at <= now).map(|at| (End::Expired, Some(at)));
        let cancelled = self.cancelled.map(|at| (End::Cancelled, Some(at)));
        let is_used = self.used == Some(true) || self.remaining.is_some_and(|uses| uses <= 0);
        let used = is_used.then_some((End::Used, self.used_at));
        [used, expired, cancelled].into_iter().flatten().min_by_key(|(_, at)| *at)
    }
}

/// What ends a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Used,
    Expired,
    Cancelled,
}

/// What the facts say of the refusal, the likeliest first; never nothing.
pub fn explain(facts: &Facts) -> Vec<Reading> {
    let mut readings = Vec::new();
    match facts.told {
        Told::Nothing => of_member(facts, &mut readings),
        told => of_tile(told, &facts.tile, &mut readings),
    }
    if facts.closed == Some(true) {
        readings.push(Reading::Closed);
    }
    if !readings.iter().any(Reading::is_cause)
        && !readings.iter().any(|one| matches!(one, Reading::TileLinkedSince { .. }))
    {
        readings.push(Reading::NotKnown);
    }
    if let Some(came) = facts.came_in_since() {
        readings.push(Reading::CameInSince { at: came });
    }
    if let Some(times) = facts.times.filter(|times| *times > 1) {
        readings.push(Reading::Repeated { times });
    }
    readings
}

/// The member's own circumstances had no part in it: nobody knew who it was.
fn of_tile(told: Told, tile: &TileNow, readings: &mut Vec<Reading>) {
    readings.push(match (told, tile) {
        (Told::UnusableTile, _) => Reading::UnusableTile,
        (_, TileNow::Of { coworker, name }) => Reading::TileLinkedSince { coworker: *coworker, name: name.clone() },
        (_, TileNow::Several) | (Told::AmbiguousTile, TileNow::NotKnown) => Reading::AmbiguousTile,
        (_, TileNow::Nobody | TileNow::NotKnown) => Reading::UnknownTile,
    });
}

fn of_member(facts: &Facts, readings: &mut Vec<Reading>) {
    if let Some(since) = facts.was_in() {
        readings.push(Reading::AlreadyIn { since });
    }
    let Some(member) = &facts.member else {
        readings.extend(of_passes(facts, None));
        return;
    };
    if member.archived {
        readings.push(Reading::Archived);
    }
    if !member.active {
        readings.push(Reading::NotActive);
    }
    readings.extend(of_passes(facts, Some(member)));
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    if let Some(then) = &facts.plan_then
        && !member.plan.as_deref().is_some_and(|now| same(then, now))
    {
        readings.push(Reading::PlanChanged { then: then.clone(), now: member.plan.clone() });
    }
    if let (Some(changed), Some(attempted)) = (member.changed_at, facts.attempted_at)
        && changed > attempted
    {
        readings.push(Reading::ChangedSince { at: changed });
    }
}

/// Nothing is said of passes that ended after the attempt: with them it was not for want of a pass.
fn of_passes(facts: &Facts, member: Option<&MemberFacts>) -> Option<Reading> {
    let passes = facts.passes.as_deref()?;
    if let Some(valid) = passes.iter().find(|pass| pass.is_valid(facts.now)) {
        return Some(Reading::PassValidNow { name: valid.name.clone() });
    }
    if !facts.passes_are_all {
        return None;
    }
    if passes.is_empty() {
        // Without the member's record nobody knows of the plan.
        return Some(match &member?.plan {
            Some(plan) => Reading::NoPass { plan: plan.clone() },
            None => Reading::NoPassNoPlan,
        });
    }
    let here: Vec<&PassFacts> = passes.iter().filter(|pass| pass.here).collect();
    if here.is_empty() {
        return passes.iter().any(|pass| pass.lasts(facts.now)).then_some(Reading::PassesElsewhere);
    }
    let attempted = facts.attempted_at?;
    let ends: Vec<(End, Option<DateTime<Utc>>)> = here.iter().map(|pass| pass.end(facts.now)).collect::<Option<_>>()?;
    // An end that nobody dates may have come before the attempt; one after it had no part in it.
    if ends.iter().any(|(_, at)| at.is_some_and(|at| at > attempted)) {
        return None;
    }
    let (end, at) = ends.into_iter().max_by_key(|(_, at)| *at)?;
    Some(match (end, at) {
        (End::Expired, Some(at)) => Reading::PassesExpired { at },
        (End::Cancelled, _) => Reading::PassesCancelled,
        (End::Used | End::Expired, at) => Reading::PassesUsedUp { at },
    })
}

impl Facts {
    /// Since when a check-in was open at the attempt. One that began at that very second may be the attempt's own.
    fn was_in(&self) -> Option<DateTime<Utc>> {
        let (attempted, visits) = (self.attempted_at?, self.visits.as_deref()?);
        let was_open = |visit: &&VisitFacts| visit.from < attempted && visit.to.is_none_or(|to| to > attempted);
        visits.iter().filter(was_open).map(|visit| visit.from).max()
    }

    fn came_in_since(&self) -> Option<DateTime<Utc>> {
        let (attempted, visits) = (self.attempted_at?, self.visits.as_deref()?);
        visits.iter().map(|visit| visit.from).filter(|from| *from > attempted).min()
    }
}
