//! The Python package `nexudus` 0.1, which nobody here wrote, as a client of the unmodified simulator: HTTP Basic on every
//! request and forms as bodies (nexudus-api.md sections 1.1 and 1.3).

use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, seed};
use tokio::process::Command;

use crate::Desk;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spaces_simulator/nexudus_client.py");
/// Python and its packages take their time to load on a busy machine.
const DEADLINE: Duration = Duration::from_mins(1);

/// Runs the script: what each of its steps was answered, by the name of the step.
async fn run(desk: &Desk) -> Value {
    let python = std::env::var_os("TAPDESK_NEXUDUS_PYTHON")
        .expect("TAPDESK_NEXUDUS_PYTHON is not set: make a venv, install nexudus and requests in it, name its python");
    let program = Command::new(python)
        .args(["-I", "-B", SCRIPT, &desk.simulator.base_url(), seed::USERNAME, seed::PASSWORD])
        .env("NO_PROXY", "*")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(DEADLINE, program).await.expect("in time");
    let output = output.expect("TAPDESK_NEXUDUS_PYTHON must name the python of a venv with nexudus and requests");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test]
async fn the_python_package_works_with_the_simulator() {
    let desk = Desk::open().await;
    let answers = run(&desk).await;
    for (step, status) in [
        ("access tokens at first", 200),
        ("access token created", 200),
        ("access token", 200),
        ("access tokens by code", 200),
        ("access token updated", 200),
        ("access token after", 200),
        ("access token deleted", 200),
        ("access token gone", 404),
        ("booking created", 200),
        ("booking", 200),
        ("bookings by resource", 200),
        ("bookings of nobody", 200),
        ("booking updated", 200),
        ("booking of no resource", 400),
        ("booking deleted", 200),
        ("booking products", 404),
        ("wrong password", 401),
        ("check-in created", 200),
        ("check-in", 200),
        ("check-ins of the coworker", 200),
        ("check-in closed", 200),
        ("check-in refused", 200),
        ("coworker created", 200),
        ("coworkers by card", 200),
        ("coworker updated", 200),
    ] {
        assert_eq!(answers[step]["status"], status, "{step}: {}", answers[step]);
    }
    let body = |step: &str| &answers[step]["body"];
    access_tokens(&desk, body);
    bookings(&desk, body);
    checkins_and_coworkers(&desk, body);
    what_was_sent(&desk);
}

fn access_tokens<'a>(desk: &Desk, body: impl Fn(&str) -> &'a Value) {
    assert_eq!(body("access tokens at first")["TotalItems"], 0);
    let created = body("access token created");
    assert_eq!(
        (&created["WasSuccessful"], &created["Message"]),
        (&json!(true), &json!("AccessToken was successfully created."))
    );
    let token = body("access token");
    assert_eq!(token["Id"], created["Value"]["Id"]);
    assert_eq!(
        (&token["BusinessId"], &token["AccessCode"], &token["MinutesIncluded"], &token["MinutesLeft"]),
        (&json!(9), &json!("GUEST-1"), &json!(60), &json!(45)),
        "numbers, though a form has only texts"
    );
    assert_eq!(body("access tokens by code")["Records"], json!([token]));
    assert_eq!(body("access token updated")["Message"], "AccessToken was successfully updated.");
    assert_eq!(body("access token after")["MinutesIncluded"], 90);
    assert_eq!(body("access token deleted")["WasSuccessful"], true);
    assert_eq!(body("access token gone"), "Not found");
    assert!(desk.state.records(Entity::AccessToken).is_empty());
}

fn bookings<'a>(desk: &Desk, body: impl Fn(&str) -> &'a Value) {
    let booking = body("booking");
    assert_eq!(
        (&booking["ResourceName"], &booking["FromTime"]),
        (&json!("Meeting room"), &json!("2025-03-01T09:00:00Z"))
    );
    assert_eq!(body("bookings by resource")["Records"], json!([booking]));
    assert_eq!(body("bookings of nobody")["TotalItems"], 0);
    assert_eq!(body("booking of no resource")["Errors"][0]["PropertyName"], "ResourceId");
    assert!(desk.state.records(Entity::Booking).is_empty());
    assert!(
        body("booking products")["Message"].as_str().is_some_and(|told| told.contains("/api/spaces/bookingproducts"))
    );
}

fn checkins_and_coworkers<'a>(desk: &Desk, body: impl Fn(&str) -> &'a Value) {
    let visits = desk.state.checkins(1_002);
    assert_eq!(visits.len(), 1);
    assert_eq!(visits[0]["Id"], body("check-in created")["Value"]["Id"]);
    assert_eq!(
        (&visits[0]["FromTime"], &visits[0]["ToTime"], &visits[0]["BusinessId"]),
        (&json!("2025-03-01T09:00:00Z"), &json!("2025-03-01T17:00:00Z"), &json!(9))
    );
    assert_eq!(body("check-ins of the coworker")["Records"], json!([body("check-in")]));
    let refused = body("check-in refused");
    assert_eq!(
        (&refused["WasSuccessful"], &refused["Message"]),
        (&json!(false), &desk.state.failed_checkins(1_005)[0]["Description"])
    );
    let found = &body("coworkers by card")["Records"];
    assert_eq!((found.as_array().map(Vec::len), &found[0]["FullName"]), (Some(1), &json!("Zoë & Söhne")));
    let id = found[0]["Id"].as_i64().expect("an id");
    let stored = desk.state.record(Entity::Coworker, id).expect("the coworker");
    assert_eq!((&stored["FullName"], &stored["Active"]), (&json!("Zoë + Söhne"), &json!(false)), "false was left out");
}

fn what_was_sent(desk: &Desk) {
    let requests: Vec<_> = desk.state.requests().into_iter().filter(|request| request.path != "/api/token").collect();
    assert_eq!(requests.len(), 25);
    for request in &requests {
        let header = |name: &str| request.headers.get(name).map(String::as_str).unwrap_or_default();
        assert!(header("user-agent").starts_with("python-requests/"));
        assert_eq!(header("authorization"), "Basic ***");
        if ["POST", "PUT"].contains(&request.method.as_str()) {
            assert_eq!(header("content-type"), "application/x-www-form-urlencoded");
        }
        let known = (request.status != Some(401)).then_some(seed::USERNAME);
        assert_eq!(request.account.as_deref().filter(|_| request.expected), known.filter(|_| request.expected));
    }
    let unexpected = desk.state.unexpected_requests();
    assert_eq!(unexpected.len(), 1);
    assert_eq!(unexpected[0].path, "/api/spaces/bookingproducts");
    let written: Vec<String> =
        desk.state.writes().iter().map(|write| format!("{} {}", write.method, write.entity)).collect();
    assert_eq!(
        written,
        [
            "POST AccessToken",
            "PUT AccessToken",
            "DELETE AccessToken",
            "POST Booking",
            "PUT Booking",
            "DELETE Booking",
            "POST Checkin",
            "PUT Checkin",
            "VALIDATION FailedCheckin",
            "POST Coworker",
            "PUT Coworker"
        ]
    );
}
