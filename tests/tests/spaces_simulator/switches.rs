//! Every switch, both sides.

use std::time::Instant;

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, MalformedFilter, NotFoundBody, PostValue, Switches, Validation};

use crate::{DEADLINE, Desk, visit};

#[tokio::test]
async fn validation_at_once_with_200_or_400() {
    let desk = Desk::open().await;
    let refusal = json!({ "Status": 500, "Message": "No pass covers this visit.", "Value": null, "Errors": null, "WasSuccessful": false });
    assert_eq!(desk.check_in(1_005).await, (200, refusal.clone()));
    desk.state.change_switches(|switches| switches.validation = Validation::Sync400);
    assert_eq!(desk.check_in(1_005).await, (400, refusal));
    assert_eq!(desk.state.failed_checkins(1_005).len(), 2);
    assert!(desk.state.checkins(1_005).is_empty());
}

#[tokio::test]
async fn validation_later_takes_the_record_back() {
    let desk = Desk::open().await;
    desk.state.change_switches(|switches| {
        switches.validation = Validation::Async;
        switches.async_validation_milliseconds = 150;
    });
    let (status, saved) = desk.check_in(1_005).await;
    assert_eq!((status, &saved["WasSuccessful"]), (200, &json!(true)));
    let id = saved["Value"]["Id"].as_i64().expect("an id");
    assert!(desk.state.writes().iter().any(|write| write.method == "POST" && write.id == id));
    assert!(desk.state.wait_until(DEADLINE, |state| state.record(Entity::Checkin, id).is_none()).await);
    assert_eq!(desk.state.failed_checkins(1_005).len(), 1);
    assert_eq!(desk.get(&format!("/spaces/checkins/{id}")).await.0, 404);

    let (_, saved) = desk.check_in(1_001).await;
    let id = saved["Value"]["Id"].as_i64().expect("an id");
    let stored = || desk.state.record(Entity::Checkin, id).expect("the check-in");
    assert!(stored()["ValidateCheckinJobId"].is_string());
    assert!(
        desk.state.wait_until(DEADLINE, |_| stored()["CoworkerTimePassGuid"].is_string()).await,
        "validated and kept"
    );
}

#[tokio::test]
async fn lenient_accepts_everybody_and_uses_nothing() {
    let desk = Desk::open().await;
    desk.state.change_switches(|switches| switches.validation = Validation::Lenient);
    for coworker in [1_001, 1_005, 1_007] {
        assert_eq!(desk.check_in(coworker).await.1["WasSuccessful"], true);
    }
    let (_, passes) = desk.get("/billing/coworkertimepasses?CoworkerTimePass_Coworker=1001").await;
    assert_eq!(passes["Records"][0]["RemainingUses"], 5);
}

#[tokio::test]
async fn a_refusal_says_the_same_as_its_row_or_something_else() {
    let desk = Desk::open().await;
    let message = async || desk.check_in(1_005).await.1["Message"].clone();
    assert_eq!(message().await, "No pass covers this visit.");
    desk.state.change_switches(|switches| switches.refusal_message = Some("Check-in failed.".to_owned()));
    assert_eq!(message().await, "Check-in failed.");
    desk.state.change_switches(|switches| switches.refusal_message = Some(String::new()));
    assert_eq!(message().await, "The check-in was not recorded.");
    let rows = desk.state.failed_checkins(1_005);
    assert!(rows.len() == 3 && rows.iter().all(|row| row["Description"] == "No pass covers this visit."), "{rows:?}");
}

#[tokio::test]
async fn values_that_cannot_be_read_are_ignored_or_rejected() {
    let desk = Desk::open().await;
    let queries = [
        "from_Checkin_FromTime=yesterday",
        "to_Checkin_CreatedOn=2025-13-01",
        "Checkin_Coworker=abc",
        "Checkin_AutoCheckout=maybe",
        "Checkin_Source=Pigeon",
    ];
    for (reading, status) in [(MalformedFilter::Ignored, 200), (MalformedFilter::Rejected, 400)] {
        desk.state.change_switches(|switches| switches.malformed_filter = reading);
        for query in queries {
            assert_eq!(desk.get(&format!("/spaces/checkins?{query}")).await.0, status, "{query}");
        }
        for query in ["Checkin_Nonsense=abc", "Checkin_Coworker=1001", "from_Checkin_FromTime=2025-01-01T00:00"] {
            assert_eq!(desk.get(&format!("/spaces/checkins?{query}")).await.0, 200, "{query}");
        }
    }
}

#[tokio::test]
async fn nothing_found_has_a_text_or_nothing() {
    let desk = Desk::open().await;
    let paths = ["/spaces/checkins/5", "/spaces/coworkers/getavatar/5", "/spaces/checkins/abc"];
    for (body, wanted) in [(NotFoundBody::Text, "\"Not found\""), (NotFoundBody::Empty, "")] {
        desk.state.change_switches(|switches| switches.not_found_body = body);
        for path in paths {
            let reply = desk.request(reqwest::Method::GET, path).send().await.expect("a reply");
            assert_eq!(reply.status(), 404);
            assert_eq!(reply.text().await.expect("a body"), wanted, "{path}");
        }
        assert_eq!(desk.delete("/spaces/checkins/5").await.0, 404);
    }
}

#[tokio::test]
async fn the_row_of_a_refusal_may_come_later() {
    let desk = Desk::open().await;
    desk.state.change_switches(|switches| switches.failed_checkin_delay_milliseconds = 300);
    let begun = Instant::now();
    desk.check_in(1_005).await;
    assert!(desk.state.wait_until(DEADLINE, |state| state.failed_checkins(1_005).len() == 1).await);
    assert!(begun.elapsed().as_millis() >= 300);
}

#[tokio::test]
async fn source_is_stored_or_not() {
    let desk = Desk::open().await;
    let source = async || {
        let (_, saved) = desk.check_in(1_002).await;
        desk.get(&format!("/spaces/checkins/{}", saved["Value"]["Id"])).await.1["Source"].clone()
    };
    assert_eq!(source().await, 1);
    desk.state.change_switches(|switches| switches.source_writable = true);
    assert_eq!(source().await, 4);
    let mut body = visit(1_002);
    body["Source"] = json!("DoorAccess");
    let (_, saved) = desk.post("/spaces/checkins", body).await;
    assert_eq!(desk.get(&format!("/spaces/checkins/{}", saved["Value"]["Id"])).await.1["Source"], 2);
}

#[tokio::test]
async fn system_id_is_stored_or_not() {
    let desk = Desk::open().await;
    let mut body = visit(1_002);
    body["SystemId"] = json!("attempt-7");
    desk.post("/spaces/checkins", body.clone()).await;
    assert!(desk.ids("/spaces/checkins?Checkin_SystemId=attempt-7").await.is_empty());
    desk.state.change_switches(|switches| switches.system_id_stored = true);
    desk.post("/spaces/checkins", body).await;
    assert_eq!(desk.ids("/spaces/checkins?Checkin_SystemId=attempt-7").await.len(), 1);
}

#[tokio::test]
async fn a_create_tells_the_id_or_the_whole_record() {
    let desk = Desk::open().await;
    let value = desk.check_in(1_002).await.1["Value"].clone();
    assert_eq!(value.as_object().map(serde_json::Map::len), Some(1));
    desk.state.change_switches(|switches| switches.post_value = PostValue::Full);
    let value = desk.check_in(1_002).await.1["Value"].clone();
    assert_eq!(desk.get(&format!("/spaces/checkins/{}", value["Id"])).await.1, value);
}

#[tokio::test]
async fn dates_have_the_digits_asked_for() {
    let desk = Desk::open().await;
    for digits in 0..=7_u8 {
        desk.state.change_switches(|switches| switches.fractional_digits = digits);
        let (_, one) = desk.get("/spaces/coworkers/1001").await;
        let text = one["UpdatedOn"].as_str().expect("a moment");
        let wanted = if digits == 0 { 20 } else { 21 + usize::from(digits) };
        assert_eq!(text.len(), wanted, "{text}");
        assert!(chrono::DateTime::parse_from_rfc3339(text).is_ok());
    }
}

#[tokio::test]
async fn numbers_may_be_sent_as_texts() {
    let desk = Desk::open().await;
    assert_eq!(desk.get("/spaces/coworkers/1001").await.1["Id"], 1_001);
    desk.state.change_switches(|switches| switches.send_numbers_as_strings = true);
    let (_, one) = desk.get("/spaces/coworkers/1001").await;
    assert_eq!((&one["Id"], &one["TariffId"], &one["Active"]), (&json!("1001"), &json!("202"), &json!(true)));
}

#[tokio::test]
async fn local_times_are_the_wall_clock_or_null() {
    let desk = Desk::open().await;
    let body = json!({ "BusinessId": 9, "CoworkerId": 1_002, "FromTime": "2025-07-01T09:00:00Z" });
    let (_, saved) = desk.post("/spaces/checkins", body).await;
    let path = format!("/spaces/checkins/{}", saved["Value"]["Id"]);
    let (_, one) = desk.get(&path).await;
    assert_eq!((&one["FromTimeLocal"], &one["ToTimeLocal"]), (&json!("2025-07-01T10:00:00Z"), &json!(null)));
    desk.state.change_switches(|switches| switches.local_times = false);
    assert_eq!(desk.get(&path).await.1["FromTimeLocal"], Value::Null);
}

#[tokio::test]
async fn reversed_times_are_kept_or_rejected() {
    let desk = Desk::open().await;
    let mut body = visit(1_002);
    body["ToTime"] = json!("2020-01-01T00:00:00Z");
    assert_eq!(desk.post("/spaces/checkins", body.clone()).await.0, 200);
    desk.state.change_switches(|switches| switches.reject_reversed_times = true);
    let (status, invalid) = desk.post("/spaces/checkins", body).await;
    assert_eq!((status, &invalid["Errors"][0]["PropertyName"]), (400, &json!("ToTime")));
}

#[tokio::test]
async fn the_whole_clock_may_be_off() {
    let desk = Desk::open().await;
    desk.state.change_switches(|switches| switches.clock_skew_seconds = -7_200);
    let reply = desk.request(reqwest::Method::GET, "/auth/me").send().await.expect("a reply");
    let date = reply.headers()["date"].to_str().expect("a date").to_owned();
    let date = chrono::DateTime::parse_from_rfc2822(&date).expect("the form of HTTP");
    let behind = (chrono::Utc::now() - date.to_utc()).num_seconds();
    assert!((7_195..=7_260).contains(&behind), "{behind}");
    desk.check_in(1_005).await;
    let row = desk.state.failed_checkins(1_005)[0].clone();
    let created =
        row["CreatedOn"].as_str().and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok()).expect("a moment");
    assert!((chrono::Utc::now() - created.to_utc()).num_seconds() >= 7_195);
}

#[tokio::test]
async fn the_budget_is_enforced_when_asked_for() {
    let desk = Desk::open().await;
    for _ in 0..5 {
        assert_eq!(desk.get("/auth/me").await.0, 200, "off by default");
    }
    desk.state.change_switches(|switches| {
        switches.throttle = true;
        switches.throttle_limits.spacing_milliseconds = None;
        switches.throttle_limits.per_minute = Some(3);
        switches.throttle_limits.writes_per_minute = Some(1);
    });
    assert_eq!(desk.check_in(1_002).await.0, 200);
    assert_eq!(desk.check_in(1_002).await.0, 409, "writes have a budget of their own");
    assert_eq!(desk.get("/auth/me").await.0, 200);
    assert_eq!(desk.get("/auth/me").await.0, 200);
    let reply = desk.request(reqwest::Method::GET, "/auth/me").send().await.expect("a reply");
    assert_eq!(reply.status(), 409);
    let header = |name: &str| reply.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(["retry-after", "cache-control", "expires", "content-length"].map(header), ["1", "no-cache", "-1", "0"]);
    desk.state.change_switches(|switches| {
        switches.throttle_status = 429;
        switches.throttle_limits.retry_after_seconds = None;
    });
    let reply = desk.request(reqwest::Method::GET, "/auth/me").send().await.expect("a reply");
    assert_eq!((reply.status().as_u16(), reply.headers().get("retry-after")), (429, None));
    assert_eq!(desk.state.checkins(1_002).len(), 1);
}

#[tokio::test]
async fn requests_may_have_to_be_spaced() {
    let desk = Desk::open().await;
    desk.state.change_switches(|switches| {
        switches.throttle = true;
        switches.throttle_limits.spacing_milliseconds = Some(60_000);
    });
    assert_eq!(desk.get("/auth/me").await.0, 200);
    assert_eq!(desk.get("/auth/me").await.0, 409);
}

#[test]
fn switches_are_laid_over_one_another() {
    let turned = Switches::default()
        .overlaid(&json!({ "validation": "async", "throttle_limits": { "per_minute": 5 } }))
        .expect("switches");
    assert_eq!(turned.validation, Validation::Async);
    assert_eq!((turned.throttle_limits.per_minute, turned.throttle_limits.per_hour), (Some(5), Some(5_000)));
    assert!(Switches::default().overlaid(&json!({ "validaton": "async" })).is_err());
    assert!(Switches::default().overlaid(&json!({ "validation": "later" })).is_err());
}
