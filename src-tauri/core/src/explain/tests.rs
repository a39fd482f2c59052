//! What the facts say, case by case, and what must never be said.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

fn day(day: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_258_000, 0).unwrap() + TimeDelta::days(day)
}

/// The attempt was made on day 10, now is day 20.
fn facts() -> Facts {
    Facts {
        now: day(20),
        attempted_at: Some(day(10)),
        told: Told::Nothing,
        tile: TileNow::NotKnown,
        member: Some(MemberFacts {
            active: true,
            archived: false,
            plan: Some("Flex".into()),
            changed_at: Some(day(1)),
        }),
        plan_then: Some("flex ".into()),
        passes: Some(Vec::new()),
        passes_are_all: true,
        visits: Some(Vec::new()),
        closed: Some(false),
        times: Some(1),
    }
}

fn pass() -> PassFacts {
    PassFacts {
        name: Some("Day pass".into()),
        here: true,
        used: Some(false),
        used_at: None,
        remaining: Some(1),
        expires: None,
        cancelled: None,
    }
}

fn used(at: Option<DateTime<Utc>>) -> PassFacts {
    PassFacts { used: Some(true), used_at: at, remaining: Some(0), ..pass() }
}

fn expired(at: DateTime<Utc>) -> PassFacts {
    PassFacts { expires: Some(at), ..pass() }
}

#[test]
fn passes() {
    let cancelled = PassFacts { cancelled: Some(day(5)), ..pass() };
    let elsewhere = PassFacts { here: false, ..pass() };
    let valid_now = || vec![Reading::PassValidNow { name: Some("Day pass".into()) }, Reading::NotKnown];
    let cases: Vec<(&str, Vec<PassFacts>, Vec<Reading>)> = vec![
        ("none", vec![], vec![Reading::NoPass { plan: "Flex".into() }]),
        ("a valid one", vec![pass()], valid_now()),
        ("a valid one beside others", vec![used(None), expired(day(2)), pass()], valid_now()),
        ("it does not say how often", vec![PassFacts { remaining: None, ..pass() }], valid_now()),
        ("used up", vec![used(Some(day(8))), used(Some(day(3)))], vec![Reading::PassesUsedUp { at: Some(day(8)) }]),
        ("used up, some day", vec![used(None)], vec![Reading::PassesUsedUp { at: None }]),
        (
            "used up by the number alone",
            vec![PassFacts { remaining: Some(0), ..pass() }],
            vec![Reading::PassesUsedUp { at: None }],
        ),
        ("used up after the attempt", vec![used(Some(day(12))), used(Some(day(2)))], vec![Reading::NotKnown]),
        ("expired", vec![expired(day(9)), expired(day(4))], vec![Reading::PassesExpired { at: day(9) }]),
        ("expired since", vec![expired(day(11))], vec![Reading::NotKnown]),
        (
            "expired long after it was used up",
            vec![PassFacts { expires: Some(day(9)), ..used(Some(day(2))) }],
            vec![Reading::PassesUsedUp { at: Some(day(2)) }],
        ),
        ("expired last", vec![used(Some(day(2))), expired(day(9))], vec![Reading::PassesExpired { at: day(9) }]),
        ("cancelled", vec![cancelled.clone(), used(Some(day(2)))], vec![Reading::PassesCancelled]),
        ("cancelled since", vec![PassFacts { cancelled: Some(day(15)), ..pass() }], vec![Reading::NotKnown]),
        ("elsewhere", vec![elsewhere.clone()], vec![Reading::PassesElsewhere]),
        ("elsewhere, and expired there", vec![PassFacts { here: false, ..expired(day(2)) }], vec![Reading::NotKnown]),
        ("elsewhere, and used up here", vec![elsewhere, used(None)], vec![Reading::PassesUsedUp { at: None }]),
        ("nobody says whether it is used", vec![PassFacts { used: None, ..pass() }], vec![Reading::NotKnown]),
    ];
    for (case, passes, expected) in cases {
        assert_eq!(explain(&Facts { passes: Some(passes), ..facts() }), expected, "{case}");
    }
}

#[test]
fn members() {
    let member = facts().member.unwrap();
    let no_plan = MemberFacts { plan: None, ..member.clone() };
    let with = |member: &MemberFacts| Facts { member: Some(member.clone()), passes: None, ..facts() };
    let changed = |then: &str, now: Option<&str>| Reading::PlanChanged { then: then.into(), now: now.map(Into::into) };
    let cases = [
        ("not active", with(&MemberFacts { active: false, ..member.clone() }), vec![Reading::NotActive]),
        (
            "archived since",
            with(&MemberFacts { archived: true, changed_at: Some(day(11)), ..member.clone() }),
            vec![Reading::Archived, Reading::ChangedSince { at: day(11) }],
        ),
        (
            "neither pass nor plan",
            Facts { plan_then: None, passes: Some(vec![]), ..with(&no_plan) },
            vec![Reading::NoPassNoPlan],
        ),
        ("the plan was taken away", with(&no_plan), vec![changed("flex ", None)]),
        (
            "another plan",
            Facts { plan_then: Some("Resident".into()), ..with(&member) },
            vec![changed("Resident", Some("Flex"))],
        ),
        ("no plan was recorded", Facts { plan_then: None, ..with(&member) }, vec![Reading::NotKnown]),
        ("nobody is known", Facts { member: None, passes: None, visits: None, ..facts() }, vec![Reading::NotKnown]),
        ("the plan cannot be read", Facts { member: None, ..facts() }, vec![Reading::NotKnown]),
        (
            "not all passes came",
            Facts { passes: Some(vec![used(None)]), passes_are_all: false, ..facts() },
            vec![Reading::NotKnown],
        ),
        ("closed", Facts { closed: Some(true), ..with(&member) }, vec![Reading::Closed]),
        (
            "again and again",
            Facts { times: Some(3), ..with(&member) },
            vec![Reading::NotKnown, Reading::Repeated { times: 3 }],
        ),
    ];
    for (case, facts, expected) in cases {
        assert_eq!(explain(&facts), expected, "{case}");
    }
}

#[test]
fn visits() {
    let visit = |from, to| VisitFacts { from: day(from), to: Option::map(to, day) };
    let cases = [
        ("open still", vec![visit(9, None)], vec![Reading::AlreadyIn { since: day(9) }]),
        ("closed after it", vec![visit(9, Some(11))], vec![Reading::AlreadyIn { since: day(9) }]),
        ("closed before it", vec![visit(8, Some(9))], vec![Reading::NotKnown]),
        ("at that very second", vec![visit(10, None)], vec![Reading::NotKnown]),
        (
            "came in since",
            vec![visit(12, None), visit(11, Some(12))],
            vec![Reading::NotKnown, Reading::CameInSince { at: day(11) }],
        ),
    ];
    for (case, visits, expected) in cases {
        let facts = Facts { visits: Some(visits), passes: None, ..facts() };
        assert_eq!(explain(&facts), expected, "{case}");
    }
}

#[test]
fn tiles() {
    let ben = || TileNow::Of { coworker: CoworkerId(7), name: "Ben".into() };
    let linked = || Reading::TileLinkedSince { coworker: CoworkerId(7), name: "Ben".into() };
    let cases = [
        (Told::UnknownTile, TileNow::NotKnown, Reading::UnknownTile),
        (Told::UnknownTile, TileNow::Nobody, Reading::UnknownTile),
        (Told::UnknownTile, TileNow::Several, Reading::AmbiguousTile),
        (Told::UnknownTile, ben(), linked()),
        (Told::AmbiguousTile, TileNow::NotKnown, Reading::AmbiguousTile),
        (Told::AmbiguousTile, TileNow::Several, Reading::AmbiguousTile),
        (Told::AmbiguousTile, ben(), linked()),
        (Told::AmbiguousTile, TileNow::Nobody, Reading::UnknownTile),
        (Told::UnusableTile, TileNow::NotKnown, Reading::UnusableTile),
    ];
    for (told, tile, expected) in cases {
        // Somebody whom staff named since has nothing to do with it.
        let facts = Facts { told, tile, ..facts() };
        assert_eq!(explain(&facts), [expected], "{facts:?}");
    }
}

fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (-5i64..30).prop_map(day)
}

prop_compose! {
    fn any_pass()(
        here: bool, used: Option<bool>, used_at in prop::option::of(moment()), remaining in prop::option::of(-1i64..3),
        expires in prop::option::of(moment()), cancelled in prop::option::of(moment()),
    ) -> PassFacts {
        PassFacts { name: None, here, used, used_at, remaining, expires, cancelled }
    }
}

prop_compose! {
    fn any_member()(active: bool, archived: bool, plan in prop::option::of("[a-c]"), changed_at in prop::option::of(moment())) -> MemberFacts {
        MemberFacts { active, archived, plan, changed_at }
    }
}

prop_compose! {
    fn any_facts()(
        now in moment(), attempted_at in prop::option::of(moment()), told in 0usize..4, tile in 0usize..4,
        member in prop::option::of(any_member()), plan_then in prop::option::of("[a-c]"),
        passes in prop::option::of(prop::collection::vec(any_pass(), 0..5)), passes_are_all: bool,
        visits in prop::option::of(prop::collection::vec((moment(), prop::option::of(moment())), 0..4)),
        closed: Option<bool>, times: Option<u32>,
    ) -> Facts {
        let tiles = [TileNow::NotKnown, TileNow::Nobody, TileNow::Several, TileNow::Of { coworker: CoworkerId(1), name: String::new() }];
        let told = [Told::Nothing, Told::UnknownTile, Told::AmbiguousTile, Told::UnusableTile][told];
        let visits = visits.map(|all| all.into_iter().map(|(from, to)| VisitFacts { from, to }).collect());
        Facts { now, attempted_at, told, tile: tiles[tile].clone(), member, plan_then, passes, passes_are_all, visits, closed, times }
    }
}

proptest! {
    #[test]
    fn nothing_is_claimed_that_the_facts_do_not_bear(facts in any_facts()) {
        let readings = explain(&facts);
        prop_assert!(!readings.is_empty());
        let passes = facts.passes.clone().unwrap_or_default();
        let a_pass_is_valid = passes.iter().any(|pass| pass.is_valid(facts.now));
        for reading in &readings {
            match reading {
                Reading::NoPassNoPlan | Reading::NoPass { .. } => {
                    prop_assert!(facts.passes_are_all && facts.passes.as_ref().is_some_and(Vec::is_empty));
                }
                Reading::PassesUsedUp { .. } | Reading::PassesCancelled | Reading::PassesElsewhere => {
                    prop_assert!(facts.passes_are_all && !a_pass_is_valid && !passes.is_empty());
                }
                Reading::PassesExpired { at } => {
                    prop_assert!(facts.passes_are_all && !a_pass_is_valid);
                    prop_assert!(Some(*at) <= facts.attempted_at && *at <= facts.now);
                }
                Reading::PassValidNow { .. } => prop_assert!(a_pass_is_valid),
                Reading::NotActive => prop_assert!(facts.member.as_ref().is_some_and(|member| !member.active)),
                Reading::Archived => prop_assert!(facts.member.as_ref().is_some_and(|member| member.archived)),
                Reading::ChangedSince { at } | Reading::CameInSince { at } => prop_assert!(Some(*at) > facts.attempted_at),
                Reading::AlreadyIn { since } => prop_assert!(Some(*since) < facts.attempted_at),
                Reading::UnknownTile | Reading::AmbiguousTile | Reading::UnusableTile | Reading::TileLinkedSince { .. } => {
                    prop_assert!(facts.told != Told::Nothing);
                }
                Reading::PlanChanged { .. } => prop_assert!(facts.plan_then.is_some() && facts.member.is_some()),
                Reading::Closed => prop_assert_eq!(facts.closed, Some(true)),
                Reading::Repeated { times } => prop_assert!(*times > 1 && facts.times == Some(*times)),
                Reading::NotKnown => prop_assert!(!readings.iter().any(Reading::is_cause)),
            }
        }
        let changed = facts.member.as_ref().and_then(|member| member.changed_at);
        let must_say = facts.told == Told::Nothing && facts.attempted_at.is_some() && changed > facts.attempted_at;
        prop_assert_eq!(readings.iter().any(|one| matches!(one, Reading::ChangedSince { .. })), must_say);
    }
}
