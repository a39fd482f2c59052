//! Sign-in, tokens, roles.

use reqwest::Method;
use serde_json::json;
use tapdesk_tests::spaces::{Account, seed};

use crate::{Desk, told, visit};

const DENIED: &str = "Authorization has been denied for this request.";

fn refresh(token: &str) -> [(&'static str, &str); 2] {
    [("grant_type", "refresh_token"), ("refresh_token", token)]
}

#[tokio::test]
async fn a_password_grant_has_the_documented_shape() {
    let desk = Desk::open().await;
    let granted = desk.sign_in(seed::USERNAME, "another").await;
    let names: Vec<&String> = granted.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["access_token", "token_type", "expires_in", "refresh_token"]);
    assert_eq!(granted["token_type"], "bearer");
    assert_eq!(granted["expires_in"], 604_799);
}

#[tokio::test]
async fn only_a_form_is_understood() {
    let desk = Desk::open().await;
    let body = json!({ "grant_type": "password", "username": seed::USERNAME, "password": seed::PASSWORD });
    let answer = told(desk.client.post(desk.url("/token")).json(&body).send().await.expect("a reply")).await;
    assert_eq!(answer, (400, json!({ "error": "unsupported_grant_type" })));
}

#[tokio::test]
async fn a_wrong_password_is_told_as_documented() {
    let desk = Desk::open().await;
    let form = [("grant_type", "password"), ("username", seed::USERNAME), ("password", "wrong")];
    let told = json!({ "error": "invalid_grant", "error_description": "The user name or password is incorrect." });
    assert_eq!(desk.token(&form, None).await, (400, told));
}

#[tokio::test]
async fn a_refresh_rotates_and_earlier_access_tokens_live_on() {
    let desk = Desk::open().await;
    let first = desk.sign_in(seed::USERNAME, "device").await;
    let old = first["refresh_token"].as_str().expect("a token");
    let (status, second) = desk.token(&refresh(old), Some("device")).await;
    assert_eq!(status, 200, "{second}");
    assert_ne!(second["access_token"], first["access_token"]);
    let dead = (400, json!({ "error": "invalid_grant" }));
    assert_eq!(desk.token(&refresh(old), Some("device")).await, dead, "the old one is dead at once");
    for granted in [&first, &second] {
        let token = granted["access_token"].as_str().expect("a token");
        let me = desk.client.get(desk.url("/auth/me")).bearer_auth(token).send().await.expect("a reply");
        assert_eq!(me.status(), 200);
    }
}

#[tokio::test]
async fn a_refresh_token_is_bound_to_its_client_id() {
    let desk = Desk::open().await;
    let dead = (400, json!({ "error": "invalid_grant" }));
    let granted = desk.sign_in(seed::USERNAME, "device").await;
    let token = granted["refresh_token"].as_str().expect("a token");
    assert_eq!(desk.token(&refresh(token), None).await, dead, "missing");
    assert_eq!(desk.token(&refresh(token), Some("other")).await, dead, "wrong");
    assert_eq!(desk.token(&refresh(token), Some("device")).await.0, 200, "failed tries did not use it up");

    let form = [("grant_type", "password"), ("username", seed::USERNAME), ("password", seed::PASSWORD)];
    let (_, granted) = desk.token(&form, None).await;
    let token = granted["refresh_token"].as_str().expect("a token");
    assert_eq!(desk.token(&refresh(token), Some(seed::USERNAME)).await.0, 200, "the e-mail when none was sent");
}

#[tokio::test]
async fn there_is_one_refresh_token_for_each_client_id() {
    let desk = Desk::open().await;
    let one = desk.sign_in(seed::USERNAME, "one").await;
    let two = desk.sign_in(seed::USERNAME, "two").await;
    let again = desk.sign_in(seed::USERNAME, "one").await;
    let status = async |granted: &serde_json::Value, client_id: &str| {
        desk.token(&refresh(granted["refresh_token"].as_str().expect("a token")), Some(client_id)).await.0
    };
    assert_eq!(status(&one, "one").await, 400, "evicted by the later sign-in");
    assert_eq!(status(&two, "two").await, 200);
    assert_eq!(status(&again, "one").await, 200);
}

#[tokio::test]
async fn life_times_can_be_set() {
    let desk = Desk::open().await;
    desk.state.change_switches(|switches| {
        switches.access_token_seconds = 0;
        switches.refresh_token_seconds = 0;
    });
    let granted = desk.sign_in(seed::USERNAME, "short").await;
    assert_eq!(granted["expires_in"], 0);
    let token = granted["access_token"].as_str().expect("a token");
    let me = desk.client.get(desk.url("/auth/me")).bearer_auth(token).send().await.expect("a reply");
    assert_eq!(told(me).await, (401, json!({ "Message": DENIED })));
    let token = granted["refresh_token"].as_str().expect("a token");
    assert_eq!(desk.token(&refresh(token), Some("short")).await.0, 400);
}

#[tokio::test]
async fn a_second_factor_is_a_form_field() {
    let desk = Desk::open().await;
    desk.state.change_switches(|switches| switches.totp = Some("123456".to_owned()));
    let mut form = vec![("grant_type", "password"), ("username", seed::USERNAME), ("password", seed::PASSWORD)];
    let (status, refused) = desk.token(&form, None).await;
    assert_eq!((status, &refused["error"]), (400, &json!("invalid_grant")));
    form.push(("totp", "000000"));
    assert_eq!(desk.token(&form, None).await.0, 400);
    form[3] = ("totp", "123456");
    assert_eq!(desk.token(&form, None).await.0, 200);
}

#[tokio::test]
async fn all_else_asks_for_a_token_or_basic() {
    let desk = Desk::open().await;
    let url = desk.url("/spaces/checkins");
    let bare = desk.client.get(&url).send().await.expect("a reply");
    assert_eq!(told(bare).await, (401, json!({ "Message": DENIED })));
    let wrong = desk.client.get(&url).bearer_auth("wrong").send().await.expect("a reply");
    assert_eq!(wrong.status(), 401);
    let basic = async |password| {
        desk.client.get(&url).basic_auth(seed::USERNAME, Some(password)).send().await.expect("a reply").status()
    };
    assert_eq!(basic(seed::PASSWORD).await, 200);
    assert_eq!(basic("wrong").await, 401);
}

#[tokio::test]
async fn a_missing_role_is_401_or_403() {
    let mut desk = Desk::open().await;
    let granted = desk.sign_in(seed::USERNAME_WITHOUT_CREATE, "desk-less").await;
    desk.token = granted["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(desk.get("/spaces/checkins").await.0, 200, "the other roles are there");
    assert_eq!(desk.check_in(1_002).await, (401, json!({ "Message": DENIED })));
    desk.state.change_switches(|switches| switches.missing_role_status = 403);
    assert_eq!(desk.check_in(1_002).await.0, 403);
    assert!(desk.state.checkins(1_002).is_empty());

    desk.state
        .add_account(Account::administrator("reader@example.org", seed::PASSWORD, "Reader").lacking("Coworker-Read"));
    let granted = desk.sign_in("reader@example.org", "reader").await;
    desk.token = granted["access_token"].as_str().expect("a token").to_owned();
    for path in ["/spaces/coworkers/1001", "/spaces/coworkers?id=[1001]"] {
        assert_eq!(desk.get(path).await.0, 403, "{path}");
    }
    assert_eq!(desk.get("/spaces/coworkers").await.0, 200);
}

#[tokio::test]
async fn me_tells_account_location_and_zone() {
    let desk = Desk::open().await;
    let (status, me) = desk.get("/auth/me").await;
    assert_eq!(status, 200);
    assert_eq!(me["Email"], seed::USERNAME);
    assert_eq!(me["DefaultBusinessId"], seed::QUAY_HOUSE);
    assert_eq!(me["DefaultSimpleTimeZoneName"], "GMT Standard Time");
    assert_eq!(me["DefaultSimpleTimeZoneNameIana"], "Europe/London");
    assert_eq!(me["Businesses"], json!([seed::QUAY_HOUSE, seed::MILL_YARD]));
}

#[tokio::test]
async fn secrets_are_not_in_the_log() {
    let desk = Desk::open().await;
    let granted = desk.sign_in(seed::USERNAME, "device").await;
    desk.token(&refresh(granted["refresh_token"].as_str().expect("a token")), Some("device")).await;
    desk.send(Method::POST, "/spaces/checkins", &visit(1_002)).await;
    let log = serde_json::to_string(&desk.state.requests()).expect("JSON");
    for secret in [seed::PASSWORD, &desk.token, granted["refresh_token"].as_str().expect("a token")] {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
    assert!(log.contains("Bearer ***"));
}
