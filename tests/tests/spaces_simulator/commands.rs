//! Commands on records.

use reqwest::Method;
use serde_json::{Value, json};
use tapdesk_tests::spaces::{Account, Entity, seed};

use crate::Desk;

/// What section 4.4 of nexudus-api.md names.
const COMMAND: [&str; 12] = [
    "Key",
    "Name",
    "Icon",
    "Order",
    "AppliesOnlyToOneEntity",
    "AppliesOnlyToTwoEntities",
    "AppliesOnlyToMultipleEntities",
    "NeedsEntitiesToRun",
    "DisplayInDropdown",
    "DisplayInDropdownV2",
    "DisplayInGrid",
    "RequiresParameters",
];

fn reminder(ids: &[i64]) -> Value {
    json!({ "Ids": ids, "Key": "COWORKER_PIN_REMINDER", "Parameters": [] })
}

#[tokio::test]
async fn every_entity_lists_its_commands() {
    let desk = Desk::open().await;
    for path in ["/sys/businesses", "/spaces/checkins", "/spaces/failedcheckins", "/billing/coworkertimepasses"] {
        assert_eq!(desk.get(&format!("{path}/commands?id=1")).await, (200, json!([])), "{path}");
        let (status, refused) = desk.post(&format!("{path}/runcommand"), reminder(&[1])).await;
        assert_eq!((status, &refused["WasSuccessful"]), (200, &json!(false)), "{path}");
    }
    let (_, commands) = desk.get("/spaces/coworkers/commands").await;
    let names: Vec<&String> = commands[0].as_object().expect("a command").keys().collect();
    assert_eq!(names, COMMAND);
    assert_eq!(commands[0]["Key"], "COWORKER_PIN_REMINDER");
}

#[tokio::test]
async fn a_command_succeeds_or_fails_in_the_body() {
    let desk = Desk::open().await;
    let before = desk.state.records(Entity::Coworker);
    for (body, succeeds) in [
        (reminder(&[1_001, 1_002]), true),
        (json!({ "ids": [1_001], "key": "coworker_pin_reminder" }), true),
        (reminder(&[1_001, 77]), false),
        (reminder(&[]), false),
        (json!({ "Ids": [1_001], "Key": "CHECKIN_CLOSE" }), false),
        (json!({}), false),
    ] {
        let (status, answer) = desk.post("/spaces/coworkers/runcommand", body.clone()).await;
        assert_eq!((status, &answer["WasSuccessful"]), (200, &json!(succeeds)), "{body}: {answer}");
        assert!(!answer["Message"].as_str().expect("a text").is_empty());
        assert_eq!(answer["Status"] == 200, succeeds);
    }
    assert_eq!(desk.state.records(Entity::Coworker), before);
    assert!(desk.state.writes().is_empty());
}

#[tokio::test]
async fn running_one_asks_for_the_right_to_edit() {
    let mut desk = Desk::open().await;
    let reader = Account::administrator("reader@example.org", seed::PASSWORD, "Reader").lacking("Coworker-Edit");
    desk.state.add_account(reader);
    desk.token = desk.sign_in("reader@example.org", "reader").await["access_token"].as_str().expect("one").to_owned();
    assert_eq!(desk.get("/spaces/coworkers/commands").await.0, 200);
    assert_eq!(desk.post("/spaces/coworkers/runcommand", reminder(&[1_001])).await.0, 401);
    assert_eq!(desk.send(Method::GET, "/spaces/coworkers/runcommand", &json!({})).await.0, 405);
}
