//! Create, update, delete.

use reqwest::Method;
use serde_json::json;
use tapdesk_tests::spaces::{Entity, seed};

use crate::{Desk, assert_same_shape, page, told, visit};

#[tokio::test]
async fn a_create_is_answered_as_on_the_page() {
    let desk = Desk::open().await;
    let (status, saved) = desk.check_in(1_002).await;
    assert_eq!(status, 200);
    let example = page("checkin_create_saved.json");
    assert_same_shape(&example, &saved, "saved");
    for name in ["Status", "Message", "Errors", "WasSuccessful", "OpenInDialog", "RedirectURL"] {
        assert_eq!(saved[name], example[name], "{name}");
    }
    let id = saved["Value"]["Id"].as_i64().expect("an id");
    let (_, stored) = desk.get(&format!("/spaces/checkins/{id}")).await;
    assert_eq!(
        (&stored["CoworkerId"], &stored["BusinessId"], &stored["ToTime"]),
        (&json!(1_002), &json!(9), &json!(null))
    );
    assert_eq!(
        (&stored["BusinessName"], &stored["TariffAtTheTimeOfCheckin"]),
        (&json!("Quay House"), &json!("Resident"))
    );
}

#[tokio::test]
async fn what_is_required_is_asked_for_as_on_the_pages() {
    let desk = Desk::open().await;
    let answer = desk.post("/spaces/checkins", json!({ "BusinessId": 9 })).await;
    assert_eq!(answer, (400, page("checkin_create_invalid.json")));
    let answer = desk.post("/spaces/failedcheckins", json!({ "BusinessId": 9 })).await;
    assert_eq!(answer, (400, page("failedcheckin_update_invalid.json")));
    let (status, invalid) =
        desk.post("/spaces/checkins", json!({ "FromTime": "2025-03-01T09:00:00Z", "CoworkerId": 77 })).await;
    assert_eq!((status, invalid["Errors"].as_array().map(Vec::len)), (400, Some(2)), "{invalid}");
    let (status, invalid) = desk.post("/spaces/checkins", json!({ "BusinessId": 9, "FromTime": "yesterday" })).await;
    assert_eq!((status, &invalid["Errors"][0]["AttemptedValue"]), (400, &json!("yesterday")));
    assert!(desk.state.writes().is_empty());
}

#[tokio::test]
async fn names_ignore_case_and_numbers_may_be_texts() {
    let desk = Desk::open().await;
    let body = json!({ "businessid": "9", "CoWorkerId": "1002", "fromTime": "2025-03-01T09:00:00Z" });
    let (status, saved) = desk.post("/spaces/checkins", body.clone()).await;
    assert_eq!((status, &saved["WasSuccessful"]), (200, &json!(true)), "{saved}");
    desk.state.change_switches(|switches| switches.accept_numbers_as_strings = false);
    let (status, invalid) = desk.post("/spaces/checkins", body).await;
    assert_eq!((status, &invalid["WasSuccessful"]), (400, &json!(false)));
}

#[tokio::test]
async fn json_and_forms_are_understood_and_nothing_else() {
    let desk = Desk::open().await;
    let form = [("BusinessId", "9"), ("coworkerid", "1002"), ("FromTime", "2025-03-01T09:00:00Z"), ("Source", "4")];
    let send = || desk.request(Method::POST, "/spaces/checkins").form(&form).send();
    // The texts of a form are not the texts that this switch is about.
    desk.state.change_switches(|switches| switches.accept_numbers_as_strings = false);
    assert_eq!(told(send().await.expect("a reply")).await.1["WasSuccessful"], true);
    assert_eq!(desk.state.checkins(1_002)[0]["FromTime"], "2025-03-01T09:00:00Z");
    desk.state.change_switches(|switches| switches.accept_form_bodies = false);
    assert_eq!(send().await.expect("a reply").status(), 415);
    let text = desk.request(Method::POST, "/spaces/checkins").header("content-type", "text/plain").body("{}");
    assert_eq!(text.send().await.expect("a reply").status(), 415);
    assert_eq!(desk.state.checkins(1_002).len(), 1);
    let broken = desk.request(Method::POST, "/spaces/checkins").header("content-type", "application/json").body("{");
    assert_eq!(
        told(broken.send().await.expect("a reply")).await,
        (400, json!({ "Message": "The request is invalid." }))
    );
}

#[tokio::test]
async fn an_update_replaces_the_whole_record() {
    let desk = Desk::open().await;
    let mut body = visit(1_002);
    body["MacAddresses"] = json!("AA:BB");
    body["AutoCheckout"] = json!(true);
    let (_, saved) = desk.post("/spaces/checkins", body).await;
    let id = saved["Value"]["Id"].as_i64().expect("an id");
    let path = format!("/spaces/checkins/{id}");
    let (_, whole) = desk.get(&path).await;

    let mut closed = whole.clone();
    closed["ToTime"] = json!("2999-01-01T00:00:00Z");
    let (status, saved) = desk.put("/spaces/checkins", &closed).await;
    assert_eq!((status, &saved["Message"]), (200, &json!("Checkin was successfully updated.")));
    assert_eq!(saved["Value"], json!({ "Id": id }));
    let (_, kept) = desk.get(&path).await;
    assert_eq!(kept["ToTime"], "2999-01-01T00:00:00Z");
    for name in
        ["CoworkerId", "FromTime", "MacAddresses", "AutoCheckout", "TariffAtTheTimeOfCheckin", "UniqueId", "CreatedOn"]
    {
        assert_eq!(kept[name], whole[name], "{name} was sent back");
    }

    let bare = json!({ "Id": id, "BusinessId": 9, "FromTime": whole["FromTime"] });
    assert_eq!(desk.put("/spaces/checkins", &bare).await.0, 200);
    let (_, cleared) = desk.get(&path).await;
    for name in ["CoworkerId", "ToTime", "MacAddresses", "TariffAtTheTimeOfCheckin"] {
        assert_eq!(cleared[name], json!(null), "{name} was left out");
    }
    assert_eq!(cleared["AutoCheckout"], false);
    assert_eq!(cleared["CreatedOn"], whole["CreatedOn"]);
    assert!(desk.ids("/spaces/checkins?Checkin_Coworker=1002").await.is_empty(), "no longer hers");
}

#[tokio::test]
async fn an_update_needs_the_id_of_a_record() {
    let desk = Desk::open().await;
    let body = json!({ "BusinessId": 9, "FromTime": "2025-03-01T09:00:00Z" });
    let (status, invalid) = desk.put("/spaces/checkins", &body).await;
    assert_eq!((status, &invalid["Message"]), (400, &json!("Id: is a required field")));
    let body = json!({ "Id": 5, "BusinessId": 9, "FromTime": "2025-03-01T09:00:00Z" });
    assert_eq!(desk.put("/spaces/checkins", &body).await, (404, json!("Not found")));
}

#[tokio::test]
async fn a_delete_takes_the_record_away() {
    let desk = Desk::open().await;
    let id = desk.state.open_checkin(1_001, 9, chrono::Utc::now());
    let path = format!("/spaces/checkins/{id}");
    let (status, saved) = desk.delete(&path).await;
    assert_eq!(
        (status, &saved["Message"], &saved["Value"]),
        (200, &json!("Checkin was successfully deleted."), &json!(null))
    );
    assert_eq!(desk.delete(&path).await, (404, json!("Not found")));
    assert_eq!(desk.get(&path).await, (404, json!("Not found")));
}

#[tokio::test]
async fn a_coworker_is_created_with_what_is_required() {
    let desk = Desk::open().await;
    let (status, invalid) = desk.post("/spaces/coworkers", json!({ "KeyFobNumber": "77" })).await;
    let missing: Vec<_> = invalid["Errors"].as_array().expect("errors").iter().map(|e| &e["PropertyName"]).collect();
    assert_eq!((status, missing.len()), (400, 4), "{invalid}");
    for name in ["FullName", "Email", "CountryId", "SimpleTimeZoneId"] {
        assert!(missing.contains(&&json!(name)), "{name}");
    }
    let body = json!({ "FullName": "Anneke van der Berg", "Email": "anneke@example.org", "CountryId": 1_221, "SimpleTimeZoneId": 33,
        "AccessCardId": "04C1B2C3D4E5F6", "TariffId": seed::PLAN_RESIDENT, "GuessedFirstName": "ignored" });
    let (status, saved) = desk.post("/spaces/coworkers", body).await;
    assert_eq!((status, &saved["Message"]), (200, &json!("Coworker was successfully created.")));
    let id = saved["Value"]["Id"].as_i64().expect("an id");
    let (_, stored) = desk.get(&format!("/spaces/coworkers/{id}")).await;
    for (name, wanted) in [
        ("Active", json!(true)),
        ("Archived", json!(false)),
        ("CoworkerType", json!(1)),
        ("InvoicingBusinessId", json!(9)),
        ("Businesses", json!([9])),
        ("GuessedFirstName", json!("Anneke")),
        ("GuessedLastName", json!("van der Berg")),
        ("TariffName", json!("Resident")),
    ] {
        assert_eq!(stored[name], wanted, "{name}");
    }
    assert_eq!(desk.check_in(id).await.1["WasSuccessful"], true);
    assert_eq!(desk.ids("/spaces/coworkers?Coworker_AccessCardId=04C1B2C3D4E5F6").await, [id]);
}

#[tokio::test]
async fn first_and_last_names_are_guessed() {
    let desk = Desk::open().await;
    for (id, first, last) in [
        (1_001, "Ana", json!("Prieto")),
        (1_002, "José Ángel", json!("Núñez")),
        (1_003, "王秀英", json!(null)),
        (1_005, "ليلى", json!("حداد")),
        (1_017, "Maximilian", json!("von Hohenstein-Ravensburg")),
    ] {
        let (_, member) = desk.get(&format!("/spaces/coworkers/{id}")).await;
        assert_eq!((&member["GuessedFirstName"], &member["GuessedLastName"]), (&json!(first), &last));
    }
}

#[tokio::test]
async fn failed_checkins_can_be_written_by_a_client() {
    let desk = Desk::open().await;
    let body = json!({ "BusinessId": 9, "CheckinAttemptTime": "2025-01-15T10:30:00Z", "Description": "Unknown tile" });
    let (status, saved) = desk.post("/spaces/failedcheckins", body).await;
    assert_eq!((status, &saved["Message"]), (200, &json!("FailedCheckin was successfully created.")));
    let id = saved["Value"]["Id"].as_i64().expect("an id");
    let body = json!({ "Id": id, "BusinessId": 12, "CheckinAttemptTime": "2025-01-15T10:31:00Z" });
    let (_, saved) = desk.put("/spaces/failedcheckins", &body).await;
    assert_same_shape(&page("failedcheckin_update_saved.json"), &saved, "saved");
    let (_, row) = desk.get(&format!("/spaces/failedcheckins/{id}")).await;
    assert_eq!(
        (&row["BusinessName"], &row["Description"], &row["CoworkerId"]),
        (&json!("Mill Yard"), &json!(null), &json!(null))
    );
    assert_eq!(desk.delete(&format!("/spaces/failedcheckins/{id}")).await.0, 200);
}

#[tokio::test]
async fn two_creates_make_two_open_checkins() {
    let desk = Desk::open().await;
    let body = visit(1_002);
    desk.post("/spaces/checkins", body.clone()).await;
    desk.post("/spaces/checkins", body).await;
    assert_eq!(desk.state.open_checkins(1_002).len(), 2);
    assert_eq!(desk.state.close_checkins(Some(1_002)), 2);
    assert!(desk.state.checkins(1_002).iter().all(|checkin| checkin["AutoCheckout"] == true));
}

#[tokio::test]
async fn a_picture_is_a_png_or_null() {
    let desk = Desk::open().await;
    let picture = desk.request(Method::GET, "/spaces/coworkers/getavatar/1001").send().await.expect("a reply");
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert!(picture.bytes().await.expect("a body").starts_with(b"\x89PNG"));
    assert_eq!(desk.get("/spaces/coworkers/getavatar/1002").await, (200, json!(null)));
    assert_eq!(desk.get("/spaces/coworkers/getavatar/5").await.0, 404);
}

#[tokio::test]
async fn every_write_is_read_back() {
    let desk = Desk::open().await;
    let (_, saved) = desk.check_in(1_002).await;
    let writes = desk.state.writes();
    assert_eq!(writes.len(), 1);
    assert_eq!((writes[0].method.as_str(), writes[0].entity.as_str()), ("POST", "Checkin"));
    assert_eq!(json!(writes[0].id), saved["Value"]["Id"]);
    let requests = desk.state.requests();
    let request = requests.iter().find(|request| Some(request.number) == writes[0].request).expect("the request");
    assert!(request.committed && request.finished && !request.cut);
    assert_eq!((request.status, &request.body["CoworkerId"]), (Some(200), &json!(1_002)));
    assert_eq!(request.account.as_deref(), Some(tapdesk_tests::spaces::seed::USERNAME));
    assert_eq!(desk.state.records(Entity::Checkin).len(), 4, "three of the seed and this one");
}
