//! Every fault, seen from outside.

use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use serde_json::json;
use tapdesk_tests::spaces::{Fault, FaultKind, State, seed};

use crate::{DEADLINE, Desk, visit};

const CHECKINS: &str = "/api/spaces/checkins";

fn faulty(desk: &Desk, kind: FaultKind) {
    desk.state.inject(Fault::new(kind).on("POST", CHECKINS));
}

/// Checks in, and goes away without the reply once the condition holds.
async fn abandoned(desk: &Desk, condition: impl Fn(&State) -> bool) {
    tokio::select! {
        reply = check_in_with(&desk.client, desk) => panic!("no reply was to come: {reply:?}"),
        came = desk.state.wait_until(DEADLINE, condition) => assert!(came, "in time"),
    }
}

fn under_way(state: &State) -> bool {
    state.requests().last().is_some_and(|request| request.path.ends_with("/checkins") && !request.finished)
}

async fn check_in_with(client: &Client, desk: &Desk) -> Result<reqwest::Response, reqwest::Error> {
    client.post(desk.url("/spaces/checkins")).bearer_auth(&desk.token).json(&visit(1_002)).send().await
}

fn all_finished(state: &State) -> bool {
    state.requests().iter().all(|request| request.finished)
}

#[tokio::test]
async fn dropped_before_the_commit_nothing_is_done() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::DropBeforeCommit);
    assert!(check_in_with(&desk.client, &desk).await.is_err());
    assert!(desk.state.wait_until(DEADLINE, all_finished).await);
    assert!(desk.state.checkins(1_002).is_empty());
    let seen = desk.state.requests().pop().expect("the request");
    assert_eq!((seen.status, seen.cut, seen.committed), (None, true, false));
    assert_eq!(seen.faults, ["drop_before_commit"]);
    assert_eq!(desk.check_in(1_002).await.0, 200, "once only");
}

#[tokio::test]
async fn dropped_after_the_commit_all_is_done() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::DropAfterCommit);
    assert!(check_in_with(&desk.client, &desk).await.is_err());
    assert!(desk.state.wait_until(DEADLINE, all_finished).await);
    assert_eq!(desk.state.open_checkins(1_002).len(), 1);
    let seen = desk.state.requests().pop().expect("the request");
    assert_eq!((seen.status, seen.cut, seen.committed), (None, true, true));
}

#[tokio::test]
async fn a_refresh_whose_reply_is_lost_leaves_a_dead_token() {
    let desk = Desk::open().await;
    let granted = desk.sign_in(seed::USERNAME, "device").await;
    let token = granted["refresh_token"].as_str().expect("a token");
    desk.state.inject(Fault::new(FaultKind::DropAfterCommit).on("POST", "*/token"));
    let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
    let lost = desk.client.post(desk.url("/token")).header("client_id", "device").form(&form).send().await;
    assert!(lost.is_err());
    assert_eq!(desk.token(&form, Some("device")).await.0, 400);
}

#[tokio::test]
async fn a_commit_may_come_after_the_client_has_gone() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::CommitAfterTimeout { milliseconds: 1_500 });
    abandoned(&desk, under_way).await;
    assert!(desk.state.checkins(1_002).is_empty(), "not yet");
    assert!(desk.state.wait_until(DEADLINE, |state| state.open_checkins(1_002).len() == 1).await);
}

#[tokio::test]
async fn a_delay_holds_the_reply_only() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::Delay { milliseconds: 1_500 });
    abandoned(&desk, |state| under_way(state) && state.open_checkins(1_002).len() == 1).await;

    desk.state.clear_faults(None);
    faulty(&desk, FaultKind::Delay { milliseconds: 300 });
    let begun = Instant::now();
    assert_eq!(desk.check_in(1_002).await.0, 200);
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_request_may_be_held_until_released() {
    let desk = Desk::open().await;
    for commit_first in [false, true] {
        let before = desk.state.checkins(1_002).len();
        faulty(&desk, FaultKind::Hold { commit_first });
        let committed = before + usize::from(commit_first);
        abandoned(&desk, |state| under_way(state) && state.checkins(1_002).len() == committed).await;
        assert_eq!(desk.control(Method::POST, "/release", &json!({})).await.0, 200);
        assert!(desk.state.wait_until(DEADLINE, all_finished).await);
        assert_eq!(desk.state.checkins(1_002).len(), before + 1);
    }
}

#[tokio::test]
async fn a_body_may_trickle() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::SlowBody { bytes: 50, every_milliseconds: 40 });
    let begun = Instant::now();
    let reply = check_in_with(&desk.client, &desk).await.expect("a head");
    let body = reply.bytes().await.expect("a whole body");
    let pauses = u32::try_from(body.len() / 50).expect("a few");
    assert!(pauses >= 4, "{} bytes", body.len());
    assert!(begun.elapsed() >= Duration::from_millis(40) * pauses);
    assert_eq!(desk.check_in(1_002).await.0, 200, "the connection is still good");
}

#[tokio::test]
async fn a_body_may_end_too_early() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::TruncatedBody { keep_bytes: 20 });
    let mut reply = check_in_with(&desk.client, &desk).await.expect("a head");
    assert_eq!(reply.status(), 200);
    assert!(reply.content_length().expect("a length") > 20);
    let mut got = Vec::new();
    let end = loop {
        match reply.chunk().await {
            Ok(Some(chunk)) => got.extend_from_slice(&chunk),
            end => break end,
        }
    };
    assert!(end.is_err(), "the body was cut");
    assert!(got.len() <= 20 && b"{\"Status\":200,".starts_with(&got[..got.len().min(14)]));
    assert_eq!(desk.state.open_checkins(1_002).len(), 1);
}

#[tokio::test]
async fn gateways_and_portals_answer_in_html() {
    let desk = Desk::open().await;
    for (kind, status) in [(FaultKind::ServerError { status: 502 }, 502), (FaultKind::CaptivePortal, 200)] {
        faulty(&desk, kind);
        let reply = check_in_with(&desk.client, &desk).await.expect("a reply");
        assert_eq!(reply.status().as_u16(), status);
        assert_eq!(reply.headers()["content-type"], "text/html; charset=utf-8");
        assert!(reply.text().await.expect("a body").contains("<html>"));
    }
    assert!(desk.state.checkins(1_002).is_empty());
}

#[tokio::test]
async fn throttling_can_be_injected() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::Throttle { status: None, retry_after_seconds: Some(2) });
    faulty(&desk, FaultKind::Throttle { status: Some(429), retry_after_seconds: None });
    desk.state.clear_faults(Some(2));
    let reply = check_in_with(&desk.client, &desk).await.expect("a reply");
    assert_eq!((reply.status().as_u16(), &reply.headers()["retry-after"]), (409, &"2".parse().expect("a value")));
    assert_eq!(reply.content_length(), Some(0));
    faulty(&desk, FaultKind::Throttle { status: Some(429), retry_after_seconds: None });
    let reply = check_in_with(&desk.client, &desk).await.expect("a reply");
    assert_eq!((reply.status().as_u16(), reply.headers().get("retry-after")), (429, None));
    assert!(desk.state.checkins(1_002).is_empty());
}

#[tokio::test]
async fn the_date_header_may_be_off() {
    let desk = Desk::open().await;
    desk.state.inject(Fault::new(FaultKind::ClockSkew { seconds: 86_400 }).on("GET", "/api/auth/me"));
    let ahead = async || {
        let reply = desk.request(Method::GET, "/auth/me").send().await.expect("a reply");
        let date = reply.headers()["date"].to_str().expect("a date").to_owned();
        let date = chrono::DateTime::parse_from_rfc2822(&date).expect("the form of HTTP");
        (date.to_utc() - chrono::Utc::now()).num_seconds()
    };
    let skewed = ahead().await;
    assert!((86_340..=86_400).contains(&skewed), "{skewed}");
    let true_time = ahead().await;
    assert!((-60..=1).contains(&true_time), "{true_time}");
}

#[tokio::test]
async fn tokens_may_die_at_any_request() {
    let desk = Desk::open().await;
    let granted = desk.sign_in(seed::USERNAME, "device").await;
    faulty(&desk, FaultKind::RevokeAccessTokens);
    assert_eq!(desk.check_in(1_002).await.0, 401);
    assert_eq!(desk.get("/auth/me").await.0, 401);
    let form =
        [("grant_type", "refresh_token"), ("refresh_token", granted["refresh_token"].as_str().expect("a token"))];
    let (status, granted) = desk.token(&form, Some("device")).await;
    assert_eq!(status, 200, "refresh tokens live on");
    desk.state.inject(Fault::new(FaultKind::RevokeRefreshTokens).on("POST", "/api/token"));
    let form =
        [("grant_type", "refresh_token"), ("refresh_token", granted["refresh_token"].as_str().expect("a token"))];
    assert_eq!(desk.token(&form, Some("device")).await.0, 400);
    assert!(desk.state.change_password(seed::USERNAME, "new"));
    assert!(desk.sign_in(seed::USERNAME, "device").await["error"] == "invalid_grant");
}

#[tokio::test]
async fn a_connection_may_be_reset() {
    let desk = Desk::open().await;
    faulty(&desk, FaultKind::ConnectionReset);
    let error = check_in_with(&desk.client, &desk).await.expect_err("no reply");
    assert!(format!("{error:?}").contains("ConnectionReset"), "{error:?}");
    assert!(desk.state.checkins(1_002).is_empty());
}

#[tokio::test]
async fn faults_keep_to_their_scope_and_count() {
    let desk = Desk::open().await;
    desk.state.inject(Fault::new(FaultKind::ServerError { status: 500 }).on("GET", "/api/spaces/*").after(1).times(2));
    let mut seen = Vec::new();
    for path in ["/auth/me", "/spaces/coworkers", "/spaces/checkins", "/spaces/checkins/1", "/spaces/coworkers"] {
        seen.push(desk.get(path).await.0);
    }
    assert_eq!(seen, [200, 200, 500, 500, 200]);
    desk.state.inject(Fault::new(FaultKind::ServerError { status: 503 }).always());
    assert_eq!((desk.get("/auth/me").await.0, desk.get("/auth/me").await.0), (503, 503));
    desk.state.clear_faults(None);
    assert_eq!(desk.get("/auth/me").await.0, 200);
}

#[tokio::test]
async fn a_service_that_is_down_resets_everything_until_it_is_up() {
    let desk = Desk::open().await;
    let (status, _) = desk.control(Method::POST, "/down", &json!({})).await;
    assert_eq!(status, 200);
    for _ in 0..3 {
        assert!(check_in_with(&desk.client, &desk).await.is_err());
    }
    assert!(desk.state.checkins(1_002).is_empty());
    desk.control(Method::POST, "/up", &json!({})).await;
    assert_eq!(desk.check_in(1_002).await.0, 200);
}

#[tokio::test]
async fn a_service_may_refuse_connections_and_come_back_on_the_same_port() {
    let desk = Desk::open().await;
    desk.state.refuse_connections();
    let deadline = Instant::now() + DEADLINE;
    loop {
        let fresh = Client::builder().no_proxy().timeout(DEADLINE).build().expect("a client");
        let error = format!("{:?}", check_in_with(&fresh, &desk).await.expect_err("nobody answers"));
        if error.contains("ConnectionRefused") {
            break;
        }
        assert!(Instant::now() < deadline, "{error}");
    }
    desk.state.bring_up();
    let deadline = Instant::now() + DEADLINE;
    while check_in_with(&desk.client, &desk).await.is_err() {
        assert!(Instant::now() < deadline, "it listens again");
        tokio::task::yield_now().await;
    }
    assert_eq!(desk.state.open_checkins(1_002).len(), 1);
}
