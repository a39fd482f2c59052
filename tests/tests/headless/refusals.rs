//! "Not checked in": the service's own words, whenever and however they come.

use std::time::Duration;

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, Options, Switches, Validation, seed};

use crate::{CHECKINS, Desk, FAILED_CHECKINS, SOON};

/// What a service says when the `FailedCheckin` has nothing to say.
const NEUTRAL: &str = "The check-in was not recorded.";
/// Leila Haddad, who has no pass: a plain sentence of the passes.
const PLAIN: (i64, &str) = (1_005, "04A5B2C3D4E5F6");
/// Hana Sato: HTML.
const HTML: (i64, &str) = (1_014, "04AEB2C3D4E5F6");
/// Ivo Petrov: empty.
const EMPTY: (i64, &str) = (1_015, "04AFB2C3D4E5F6");
/// Léa Fontaine: null.
const NULL: (i64, &str) = (1_016, "04B0B2C3D4E5F6");
/// Maximilian von Hohenstein-Ravensburg: more than 600 characters.
const LONG: (i64, &str) = (1_017, "04B1B2C3D4E5F6");

fn service(change: impl FnOnce(&mut Switches)) -> Options {
    let mut switches = Switches::default();
    change(&mut switches);
    Options { switches, ..Options::default() }
}

fn needs_staff(line: &Value) -> bool {
    line["event"] == "queue" && line["needs_staff"] == 1
}

#[tokio::test]
async fn a_refusal_is_shown_word_for_word() -> anyhow::Result<()> {
    // A reply whose words are not those of the row is where showing the reply would be found out.
    let another = Some("Please see the desk.");
    for (validation, said) in [(Validation::Sync, None), (Validation::Sync400, None), (Validation::Sync, another)] {
        let options = service(|switches| {
            switches.validation = validation;
            switches.refusal_message = said.map(str::to_owned);
        });
        let desk = Desk::open_with(options, "").await?;
        for (coworker, tile) in [PLAIN, HTML, EMPTY, NULL, LONG] {
            let verdict = desk.tap_and_see(tile).await?;
            let failed = desk.state.failed_checkins(coworker);
            assert_eq!(failed.len(), 1, "one refusal, one row: {coworker}");
            let described = failed[0]["Description"].as_str().filter(|text| !text.is_empty());
            let expected = described.or(said).unwrap_or(NEUTRAL);
            let seen = (&verdict["kind"], &verdict["reason"], &verdict["checkin_id"], &verdict["coworker_id"]);
            assert_eq!(seen, (&json!("refused"), &json!(expected), &Value::Null, &json!(coworker)));
            assert!(desk.state.checkins(coworker).is_empty());
        }
        let long = desk.state.failed_checkins(LONG.0)[0]["Description"].as_str().map_or(0, |text| text.chars().count());
        assert!(long > 600, "{long} characters");
        assert_eq!(desk.queue().await?["needs_staff"], 0, "who was told at the desk is nobody's task");
        desk.close().await?;
    }
    Ok(())
}

/// The simulator says the same words twice, in its reply and some time later in the row.
#[tokio::test]
async fn a_late_row_with_the_same_words_changes_nothing() -> anyhow::Result<()> {
    let options = service(|switches| switches.failed_checkin_delay_milliseconds = 1_500);
    let desk = Desk::open_with(options, "").await?;
    let first = desk.tap_and_see(PLAIN.1).await?;
    assert_eq!((&first["kind"], &first["revised"]), (&json!("refused"), &json!(false)));
    // Looked for until it stands there, and no longer.
    let found = |state: &tapdesk_tests::spaces::State| {
        let asked = |request: &&tapdesk_tests::spaces::LoggedRequest| {
            request.path == FAILED_CHECKINS && request.reply["TotalItems"].as_i64().is_some_and(|rows| rows > 0)
        };
        state.requests().iter().any(|request| asked(&request))
    };
    assert!(desk.state.wait_until(SOON, found).await, "{:?}", desk.sent("GET", FAILED_CHECKINS));
    let again = desk.tap_and_see(PLAIN.1).await?;
    assert_eq!((&again["kind"], &again["reason"]), (&json!("refused"), &first["reason"]), "shown again");
    assert_eq!(desk.verdicts(&first).len(), 1, "{}", desk.headless.story());
    assert_eq!(desk.sent("POST", CHECKINS).len(), 1);
    desk.close().await
}

/// The row with the words comes after the reply: the member sees what is known at once, and then the words.
#[tokio::test]
async fn a_description_that_comes_late_revises_the_refusal() -> anyhow::Result<()> {
    let options = service(|switches| switches.failed_checkin_delay_milliseconds = 3_600_000);
    let desk = Desk::open_with(options, "").await?;
    let first = desk.tap_and_see(EMPTY.1).await?;
    assert_eq!((&first["kind"], &first["reason"]), (&json!("refused"), &json!(NEUTRAL)));
    let words = "Your pass is <i>not</i> valid on Sundays & holidays.";
    let row = json!({ "CoworkerId": EMPTY.0, "BusinessId": seed::QUAY_HOUSE, "Source": 4, "Description": words,
        "CheckinAttemptTime": desk.sent("POST", CHECKINS)[0].body["FromTime"] });
    desk.state.put_record(Entity::FailedCheckin, &row).map_err(anyhow::Error::msg)?;
    let second = desk.revised(&first, "refused", SOON).await;
    assert_eq!(second["reason"], words);
    assert_eq!(desk.queue().await?["needs_staff"], 0);
    desk.close().await
}

#[tokio::test]
async fn a_refusal_after_the_yes_is_shown_and_given_to_staff() -> anyhow::Result<()> {
    let desk = Desk::open_with(service(|switches| switches.validation = Validation::Async), "").await?;
    let first = desk.tap_and_see(HTML.1).await?;
    assert_eq!((&first["kind"], &first["revised"]), (&json!("checked_in"), &json!(false)));
    let second = desk.revised(&first, "refused", SOON).await;
    assert_eq!(second["reason"], desk.state.failed_checkins(HTML.0)[0]["Description"]);
    desk.headless.wait_for(SOON, needs_staff).await;
    let queue = desk.queue().await?;
    assert_eq!((&queue["needs_staff"], &queue["entries"][0]["coworker_id"]), (&json!(1), &json!(HTML.0)));
    desk.close().await
}

#[tokio::test]
async fn a_lenient_service_is_believed() -> anyhow::Result<()> {
    let desk = Desk::open_with(service(|switches| switches.validation = Validation::Lenient), "").await?;
    assert_eq!(desk.tap_and_see(NULL.1).await?["kind"], "checked_in");
    desk.close().await
}

/// The row of an earlier visit, or of another location, is no reason for today's refusal.
#[tokio::test]
async fn an_older_reason_is_not_taken_for_this_one() -> anyhow::Result<()> {
    let options = service(|switches| switches.failed_checkin_delay_milliseconds = 3_600_000);
    let desk = Desk::open_with(options, "").await?;
    for (business, at) in [(seed::QUAY_HOUSE, "2025-03-01T09:00:00Z"), (seed::MILL_YARD, "2099-03-01T09:00:00Z")] {
        let row = json!({ "CoworkerId": NULL.0, "BusinessId": business, "CheckinAttemptTime": at,
            "CreatedOn": at, "Description": "Not this one." });
        desk.state.put_record(Entity::FailedCheckin, &row).map_err(anyhow::Error::msg)?;
    }
    let verdict = desk.tap_and_see(NULL.1).await?;
    assert_eq!((&verdict["kind"], &verdict["reason"]), (&json!("refused"), &json!(NEUTRAL)));
    // All looks are over when the tap is settled, and the queue is told of nothing.
    let looks = |state: &tapdesk_tests::spaces::State| {
        let done = state.requests().into_iter().filter(|request| request.path == FAILED_CHECKINS && request.finished);
        done.count() >= 5
    };
    assert!(desk.state.wait_until(SOON + Duration::from_secs(10), looks).await);
    desk.tap_and_see(crate::ANA.1).await?;
    assert_eq!(desk.verdicts(&verdict).len(), 1, "{}", desk.headless.story());
    desk.close().await
}
