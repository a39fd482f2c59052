//! The pass engine: each named member's outcome, what is consumed, what is charged.

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, Member, seed};

use crate::Desk;

#[tokio::test]
async fn every_named_member_has_an_outcome() {
    let desk = Desk::open().await;
    let covered = [1_001, 1_002, 1_003, 1_004, 1_010, 1_011, 1_012, 1_020];
    for coworker in covered {
        let (status, answer) = desk.check_in(coworker).await;
        assert_eq!((status, &answer["WasSuccessful"]), (200, &json!(true)), "{coworker}: {answer}");
        assert_eq!(desk.state.open_checkins(coworker).len(), 1);
        assert!(desk.state.failed_checkins(coworker).is_empty());
    }
    let refused = [
        (1_005, "No pass covers this visit."),
        (1_006, "Your last pass ended on "),
        (1_007, "This account is not active."),
        (1_008, "Your pass is not valid at Quay House."),
        (1_009, "You have used 3 of 3 check-ins this week."),
        (1_013, "This account is not active."),
        (1_014, "<b>No pass</b> covers this visit &amp; "),
        (1_018, "Your pass is valid from "),
        (1_019, "Your plan has ended."),
    ];
    for (coworker, reason) in refused {
        let before = desk.state.open_checkins(coworker).len();
        let (status, answer) = desk.check_in(coworker).await;
        assert_eq!((status, &answer["WasSuccessful"]), (200, &json!(false)), "{coworker}: {answer}");
        assert_eq!(desk.state.open_checkins(coworker).len(), before);
        let rows = desk.state.failed_checkins(coworker);
        assert_eq!(rows.len(), 1, "{coworker}");
        assert!(rows[0]["Description"].as_str().expect("a text").starts_with(reason), "{coworker}: {}", rows[0]);
        assert_eq!(rows[0]["Description"], answer["Message"]);
        assert_eq!(rows[0]["BusinessId"], seed::QUAY_HOUSE);
    }
    let all: Vec<i64> =
        desk.state.records(Entity::Coworker).iter().map(|member| member["Id"].as_i64().expect("an id")).collect();
    assert_eq!(all.len(), covered.len() + refused.len() + 3, "and three with texts of their own: {all:?}");
}

#[tokio::test]
async fn descriptions_are_empty_null_or_very_long() {
    let desk = Desk::open().await;
    let description = async |coworker| {
        let (_, answer) = desk.check_in(coworker).await;
        assert!(!answer["Message"].as_str().expect("a text").is_empty(), "the reply always says something");
        desk.state.failed_checkins(coworker)[0]["Description"].clone()
    };
    assert_eq!(description(1_015).await, "");
    assert_eq!(description(1_016).await, Value::Null);
    assert!(description(1_017).await.as_str().expect("a text").len() > 500);
}

#[tokio::test]
async fn a_day_pass_is_used_up_once_a_day() {
    let desk = Desk::open().await;
    let member = desk.state.add_member(&Member::named("Two Days").on_plan(Some(seed::PLAN_FLEX)).holding(
        seed::PASS_DAY,
        2,
        None,
    ));
    let pass = || {
        desk.state
            .records(Entity::CoworkerTimePass)
            .into_iter()
            .find(|pass| pass["CoworkerId"] == member)
            .expect("a pass")
    };
    let visit = async |time: &str| {
        let body = json!({ "BusinessId": 9, "CoworkerId": member, "FromTime": time });
        desk.post("/spaces/checkins", body).await.1["WasSuccessful"].as_bool()
    };
    assert_eq!(visit("2025-03-01T09:00:00Z").await, Some(true));
    assert_eq!(
        (&pass()["RemainingUses"], &pass()["Used"], &pass()["CheckedIn"]),
        (&json!(1), &json!(false), &json!(true))
    );
    assert_eq!(desk.state.checkins(member)[0]["CoworkerTimePassGuid"], pass()["UniqueId"]);
    assert_eq!(visit("2025-03-01T15:00:00Z").await, Some(true));
    assert_eq!(pass()["RemainingUses"], 1, "the same day is free");
    assert_eq!(visit("2025-03-02T09:00:00Z").await, Some(true));
    assert_eq!((&pass()["RemainingUses"], &pass()["Used"]), (&json!(0), &json!(true)));
    assert_eq!(visit("2025-03-03T09:00:00Z").await, Some(false));
}

#[tokio::test]
async fn pay_as_you_go_is_charged() {
    let desk = Desk::open().await;
    desk.check_in(1_010).await;
    let charges = desk.state.charges();
    assert_eq!(charges.len(), 1);
    assert_eq!((charges[0].coworker_id, charges[0].time_pass_id), (1_010, seed::PASS_PAY_AS_YOU_GO));
    assert!((charges[0].price - 25.0).abs() < f64::EPSILON);
    let pass = desk.state.record(Entity::CoworkerTimePass, charges[0].coworker_time_pass_id).expect("the pass sold");
    assert_eq!((&pass["IsPayAsYouGo"], &pass["Used"], &pass["Price"]), (&json!(true), &json!(true), &json!(25.0)));
    let elsewhere = json!({ "BusinessId": seed::MILL_YARD, "CoworkerId": 1_010, "FromTime": "2025-03-01T09:00:00Z" });
    assert_eq!(
        desk.post("/spaces/checkins", elsewhere).await.1["WasSuccessful"],
        false,
        "nothing is on sale at Mill Yard"
    );
}

#[tokio::test]
async fn a_pass_is_good_where_it_is_valid() {
    let desk = Desk::open().await;
    let there = json!({ "BusinessId": seed::MILL_YARD, "CoworkerId": 1_008, "FromTime": "2025-03-01T09:00:00Z" });
    assert_eq!(desk.post("/spaces/checkins", there).await.1["WasSuccessful"], true);
}

#[tokio::test]
async fn weeks_begin_on_the_local_monday() {
    let desk = Desk::open().await;
    let member = desk.state.add_member(&Member::named("Three").on_plan(Some(seed::PLAN_THREE_A_WEEK)));
    // Sunday, 22:30 and 23:30 UTC in summer: the second is Monday in London.
    for (time, accepted) in [
        ("2025-07-07T10:00:00Z", true),
        ("2025-07-08T10:00:00Z", true),
        ("2025-07-09T10:00:00Z", true),
        ("2025-07-13T22:30:00Z", false),
        ("2025-07-13T23:30:00Z", true),
    ] {
        let body = json!({ "BusinessId": 9, "CoworkerId": member, "FromTime": time });
        assert_eq!(desk.post("/spaces/checkins", body).await.1["WasSuccessful"], accepted, "{time}");
    }
}

#[tokio::test]
async fn refusals_can_be_set_and_lifted() {
    let desk = Desk::open().await;
    desk.state.refuse(1_002, Some("Le badge n'est pas valable ici."));
    assert_eq!(desk.check_in(1_002).await.1["Message"], "Le badge n'est pas valable ici.");
    desk.state.stop_refusing(1_002);
    assert_eq!(desk.check_in(1_002).await.1["WasSuccessful"], true);
}
