//! `POST /api/public/checkin`: doors and network devices.

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, Validation, seed};

use crate::{Desk, told};

/// Ana's, 1001; she holds passes.
const CARD: &str = "04A1B2C3D4E5F6";

/// As a device sends it: no token; to the portal of a location, if any.
async fn device(desk: &Desk, portal: Option<&str>, body: Value) -> (u16, Value) {
    let mut request = desk.client.post(desk.url("/public/checkin")).json(&body);
    if let Some(portal) = portal {
        request = request.header("host", format!("{portal}.spaces.nexudus.com"));
    }
    told(request.send().await.expect("a reply")).await
}

#[tokio::test]
async fn a_card_opens_a_session_until_the_end_of_the_day() {
    let desk = Desk::open().await;
    let (status, answer) = device(&desk, None, json!({ "AccessCardId": CARD.to_lowercase() })).await;
    assert_eq!((status, &answer["Status"], &answer["WasSuccessful"]), (200, &json!(200), &json!(true)), "{answer}");
    let names: Vec<&String> = answer.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["Status", "Message", "Value", "Errors", "WasSuccessful"]);
    assert_eq!(answer["Value"]["FullName"], "Ana Prieto");
    let expire = answer["Value"]["SessionExpire"].as_str().expect("a moment");
    assert_eq!(answer["Message"], expire.replace('Z', " UTC"));
    let expire = chrono::DateTime::parse_from_rfc3339(expire).expect("a moment").to_utc();
    let left = answer["Value"]["SessionTimeOut"].as_f64().expect("seconds");
    assert!((0.0..86_400.0).contains(&left) && expire.timestamp() % 60 == 59, "{answer}");
    assert!(((expire - chrono::Utc::now()).as_seconds_f64() - left).abs() < 10.0);

    let open = desk.state.open_checkins(1_001);
    assert_eq!((open.len(), &open[0]["Source"], &open[0]["BusinessId"]), (1, &json!(2), &json!(seed::QUAY_HOUSE)));
    assert!(open[0]["CoworkerTimePassGuid"].is_string(), "a pass was used");
    assert_eq!(device(&desk, None, json!({ "AccessCardId": CARD })).await.1["WasSuccessful"], true);
    assert_eq!(desk.state.open_checkins(1_001).len(), 1, "the session goes on");
}

#[tokio::test]
async fn a_login_opens_one_for_a_network_device() {
    let desk = Desk::open().await;
    let mac = "AA:BB:CC:DD:EE:FF";
    let body = json!({ "Email": seed::MEMBER_EMAIL, "Password": seed::PASSWORD, "Mac": mac });
    assert_eq!(device(&desk, None, body).await.1["Value"]["FullName"], "Ana Prieto");
    let open = desk.state.open_checkins(1_001);
    assert_eq!((&open[0]["Source"], &open[0]["MacAddresses"]), (&json!(3), &json!(mac)));
    let wrong = json!({ "Email": seed::MEMBER_EMAIL, "Password": "wrong" });
    assert_eq!(device(&desk, None, wrong).await.1["WasSuccessful"], false);
    let log = serde_json::to_string(&desk.state.requests()).expect("JSON");
    assert!(!log.contains(seed::PASSWORD) && !log.contains("wrong"), "{log}");
}

#[tokio::test]
async fn toggle_flips_and_disconnect_checks_out() {
    let desk = Desk::open().await;
    let toggle = json!({ "AccessCardId": CARD, "Toggle": true });
    let disconnect = json!({ "AccessCardId": CARD, "Disconnect": true });
    for open in [1, 0, 1] {
        assert_eq!(device(&desk, None, toggle.clone()).await.1["WasSuccessful"], true);
        assert_eq!(desk.state.open_checkins(1_001).len(), open);
    }
    let (_, out) = device(&desk, None, disconnect.clone()).await;
    assert_eq!((&out["WasSuccessful"], &out["Value"]["SessionTimeOut"]), (&json!(true), &json!(0.0)));
    assert!(desk.state.open_checkins(1_001).is_empty());
    let (status, nothing) = device(&desk, None, disconnect).await;
    assert_eq!((status, &nothing["WasSuccessful"]), (200, &json!(false)), "{nothing}");
    assert_eq!(desk.state.checkins(1_001).len(), 2);
}

#[tokio::test]
async fn the_host_names_the_location() {
    let desk = Desk::open().await;
    device(&desk, Some("MillYard"), json!({ "AccessCardId": CARD })).await;
    assert_eq!(desk.state.open_checkins(1_001)[0]["BusinessId"], seed::MILL_YARD);
    let toggled = json!({ "AccessCardId": CARD, "Toggle": true });
    device(&desk, Some("quayhouse"), toggled).await;
    assert_eq!(desk.state.open_checkins(1_001).len(), 2, "each location has its own session");
}

#[tokio::test]
async fn refusals_are_in_the_body() {
    let desk = Desk::open().await;
    for validation in [Validation::Sync, Validation::Sync400] {
        desk.state.change_switches(|switches| switches.validation = validation);
        let (status, refused) = device(&desk, None, json!({ "AccessCardId": "04A5B2C3D4E5F6" })).await;
        assert_eq!((status, &refused["Message"]), (200, &json!("No pass covers this visit.")));
        assert_eq!((&refused["WasSuccessful"], &refused["Value"]), (&json!(false), &json!(null)));
    }
    let rows = desk.state.failed_checkins(1_005);
    assert_eq!((rows.len(), &rows[0]["Source"]), (2, &json!(2)));

    let (status, unknown) = device(&desk, Some("millyard"), json!({ "AccessCardId": "0000" })).await;
    assert_eq!((status, &unknown["WasSuccessful"]), (200, &json!(false)));
    let nobody = desk.state.records(Entity::FailedCheckin).pop().expect("a row");
    assert_eq!(
        (&nobody["CoworkerId"], &nobody["BusinessId"], &nobody["Description"]),
        (&json!(null), &json!(seed::MILL_YARD), &unknown["Message"])
    );
    for body in [json!({}), json!({ "Email": seed::MEMBER_EMAIL }), json!({ "Token": "abc", "AccessCardId": CARD })] {
        let (status, refused) = device(&desk, None, body.clone()).await;
        assert_eq!((status, &refused["WasSuccessful"]), (200, &json!(false)), "{body}");
        assert!(!refused["Message"].as_str().expect("a text").is_empty());
    }
    assert_eq!(desk.state.records(Entity::Checkin).len(), 3, "those of the seed");
}
