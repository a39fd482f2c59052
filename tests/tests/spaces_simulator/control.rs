//! The operator's side: `/_simulator`, the catch-all, the program.

use std::process::Stdio;

use reqwest::Method;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tapdesk_tests::spaces::{CONTROL_HELP, Entity, FAULT_HELP, Fault, FaultKind, Options, SWITCH_HELP, Switches, seed};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

use crate::{DEADLINE, Desk, told};

#[tokio::test]
async fn an_unexpected_request_is_explained_and_kept() {
    let desk = Desk::open().await;
    let (status, told) = desk.get("/spaces/chekins/7").await;
    assert_eq!(status, 404);
    assert_eq!((&told["Method"], &told["Path"]), (&json!("GET"), &json!("/api/spaces/chekins/7")));
    assert!(told["Nearest"].as_array().expect("routes").contains(&json!("GET /api/spaces/checkins/{id}")), "{told}");
    let (status, told) = desk.send(Method::PATCH, "/spaces/checkins", &json!({})).await;
    assert_eq!(
        (status, &told["Message"]),
        (405, &json!("The requested resource does not support http method 'PATCH'."))
    );
    assert_eq!(desk.delete("/spaces/coworkers/1001").await.0, 405);
    let unexpected = desk.state.unexpected_requests();
    assert_eq!(unexpected.len(), 3);
    let (_, log) = desk.control(Method::GET, "/log?unexpected=true", &json!({})).await;
    assert_eq!(log, json!(unexpected));
}

#[tokio::test]
async fn the_overview_names_everything() {
    let desk = Desk::open().await;
    let (status, overview) = desk.control(Method::GET, "", &json!({})).await;
    assert_eq!(status, 200);
    assert!(overview["control"].as_array().is_some_and(|lines| lines.len() > 15));
    assert!(overview["faults"].as_array().is_some_and(|lines| lines.len() > 10));
    assert_eq!(overview["switches"]["validation"], "sync");
    assert!(overview["routes"].as_array().expect("routes").contains(&json!("PUT /api/spaces/checkins")));
    assert_eq!(overview["kept"]["records"]["businesses"], 2);
    assert_eq!(desk.control(Method::GET, "/nonsense", &json!({})).await.0, 404);
}

#[tokio::test]
async fn records_are_planted_and_read_back_over_http() {
    let desk = Desk::open().await;
    let member = json!({ "full_name": "Ola Nordmann", "access_card_id": "04DEADBEEF0001", "passes": [{ "time_pass_id": seed::PASS_DAY }] });
    let (_, added) = desk.control(Method::POST, "/members", &member).await;
    let id = added["id"].as_i64().expect("an id");
    assert_eq!(desk.ids("/spaces/coworkers?Coworker_AccessCardId=04DEADBEEF0001").await, [id]);
    let (status, wrong) = desk.control(Method::POST, "/members", &json!({ "fullname": "x" })).await;
    assert_eq!(status, 400, "{wrong}");

    let (_, opened) =
        desk.control(Method::POST, "/checkins/open", &json!({ "coworker_id": id, "business_id": 9 })).await;
    let (_, open) = desk.control(Method::GET, &format!("/records/checkins?coworker={id}&open=true"), &json!({})).await;
    assert_eq!(
        (open.as_array().map(Vec::len), &open[0]["Id"], &open[0]["Source"]),
        (Some(1), &opened["id"], &json!(2))
    );
    assert_eq!(
        desk.control(Method::POST, "/close-checkins", &json!({ "coworker_id": id })).await.1,
        json!({ "closed": 1 })
    );

    let (_, put) = desk
        .control(Method::POST, "/records/coworkers", &json!([{ "Id": 5, "FullName": "Five" }, { "FullName": "Next" }]))
        .await;
    assert_eq!(put["ids"][0], 5);
    assert_eq!(desk.get("/spaces/coworkers/5").await.1["FullName"], "Five");
    assert_eq!(desk.control(Method::DELETE, "/records/coworkers/5", &json!({})).await.1, json!({ "removed": true }));
    assert_eq!(desk.get("/spaces/coworkers/5").await.0, 404);
    assert_eq!(desk.control(Method::GET, "/records/unicorns", &json!({})).await.0, 400);
}

#[tokio::test]
async fn switches_faults_and_logs_are_reached_over_http() {
    let desk = Desk::open().await;
    let (status, switches) = desk.control(Method::PUT, "/switches", &json!({ "source_writable": true })).await;
    assert_eq!((status, &switches["source_writable"], &switches["validation"]), (200, &json!(true), &json!("sync")));
    assert_eq!(desk.control(Method::PUT, "/switches", &json!({ "nonsense": true })).await.0, 400);
    assert!(desk.state.switches().source_writable);

    let fault = json!({ "kind": "server_error", "status": 503, "method": "GET", "path": "/api/auth/*", "count": 1 });
    let (status, injected) = desk.control(Method::POST, "/faults", &fault).await;
    assert_eq!((status, &injected["ids"]), (200, &json!([1])));
    let (_, waiting) = desk.control(Method::GET, "/faults", &json!({})).await;
    assert_eq!((&waiting[0]["kind"], &waiting[0]["id"]), (&json!("server_error"), &json!(1)));
    assert_eq!(desk.get("/auth/me").await.0, 503);
    assert_eq!(desk.control(Method::GET, "/faults", &json!({})).await.1, json!([]));
    assert_eq!(desk.control(Method::POST, "/faults", &json!({ "kind": "flood" })).await.0, 400);

    desk.check_in(1_010).await;
    assert_eq!(desk.control(Method::GET, "/charges", &json!({})).await.1[0]["CoworkerId"], 1_010);
    assert_eq!(desk.control(Method::GET, "/writes", &json!({})).await.1.as_array().map(Vec::len), Some(2));
    let (_, log) = desk.control(Method::GET, "/log?path=checkins&method=POST", &json!({})).await;
    assert_eq!(
        (log.as_array().map(Vec::len), &log[0]["body"]["CoworkerId"], &log[0]["committed"]),
        (Some(1), &json!(1_010), &json!(true))
    );
    desk.control(Method::DELETE, "/log", &json!({})).await;
    assert!(desk.state.requests().is_empty() && desk.state.charges().is_empty());

    desk.control(Method::POST, "/tokens/revoke", &json!({ "refresh": false })).await;
    assert_eq!(desk.get("/auth/me").await.0, 401);
    let account = json!({ "username": "new@example.org", "password": seed::PASSWORD, "full_name": "New" });
    desk.control(Method::POST, "/accounts", &account).await;
    assert!(desk.sign_in("new@example.org", "new").await["access_token"].is_string());
    let password = json!({ "username": "new@example.org", "password": "other" });
    assert_eq!(desk.control(Method::POST, "/password", &password).await.1, json!({ "changed": true }));
    assert_eq!(desk.sign_in("new@example.org", "new").await["error"], "invalid_grant");
}

/// A list of names at the beginning of the lines.
fn heads(text: &Value) -> Vec<String> {
    let lines = text.as_array().expect("lines").iter().map(|line| line.as_str().expect("text"));
    lines.map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn every_switch_is_turned_over_http_and_from_rust() {
    let turned = json!({
        "validation": "lenient", "async_validation_milliseconds": 1, "refusal_message": "No.",
        "failed_checkin_delay_milliseconds": 2, "source_writable": true, "system_id_stored": true, "dir_reading": "sign",
        "dir_names": false, "envelope": "bare", "post_value": "full", "fob_filter": "broken", "text_filter": "exact",
        "null_filter": false, "malformed_filter": "rejected", "unknown_filters": ["Checkin_Business"], "not_found_body": "empty",
        "size_cap": 3, "throttle": true,
        "throttle_limits": { "spacing_milliseconds": null, "per_minute": 1, "per_hour": 2, "per_day": 3,
            "writes_per_minute": 4, "writes_per_day": null, "retry_after_seconds": null },
        "throttle_status": 429, "missing_role_status": 403, "totp": "1", "access_token_seconds": 4,
        "refresh_token_seconds": 5, "fractional_digits": 7, "local_times": false, "accept_numbers_as_strings": false,
        "accept_form_bodies": false, "send_numbers_as_strings": true, "reject_reversed_times": true,
        "clock_skew_seconds": -6,
    });
    let from_rust: Switches = serde_json::from_value(turned.clone()).expect("switches");
    let over_http = Desk::open().await;
    let (_, overview) = over_http.control(Method::GET, "", &json!({})).await;
    let names: Vec<&String> = turned.as_object().expect("an object").keys().collect();
    assert_eq!(overview["switches"].as_object().expect("an object").keys().collect::<Vec<_>>(), names);
    assert_eq!(heads(&overview["switch_help"]), names.into_iter().cloned().collect::<Vec<_>>());
    for (name, value) in turned.as_object().expect("an object") {
        assert_ne!(&overview["switches"][name], value, "{name} stands so already");
        let (status, _) = over_http.control(Method::PUT, "/switches", &json!({ name: value })).await;
        assert_eq!(status, 200, "{name}");
    }
    assert_eq!(over_http.control(Method::GET, "/switches", &json!({})).await.1, turned);
    assert_eq!(over_http.state.switches(), from_rust);
    let state = Desk::open().await.state;
    state.change_switches(|switches| *switches = from_rust.clone());
    assert_eq!(json!(state.switches()), turned);
}

#[tokio::test]
async fn every_fault_is_injected_over_http_and_from_rust() {
    let kinds = [
        (FaultKind::DropBeforeCommit, json!({ "kind": "drop_before_commit" })),
        (FaultKind::DropAfterCommit, json!({ "kind": "drop_after_commit" })),
        (
            FaultKind::CommitAfterTimeout { milliseconds: 5 },
            json!({ "kind": "commit_after_timeout", "milliseconds": 5 }),
        ),
        (FaultKind::Delay { milliseconds: 5 }, json!({ "kind": "delay", "milliseconds": 5 })),
        (FaultKind::Hold { commit_first: true }, json!({ "kind": "hold", "commit_first": true })),
        (
            FaultKind::SlowBody { bytes: 5, every_milliseconds: 6 },
            json!({ "kind": "slow_body", "bytes": 5, "every_milliseconds": 6 }),
        ),
        (FaultKind::TruncatedBody { keep_bytes: 5 }, json!({ "kind": "truncated_body", "keep_bytes": 5 })),
        (FaultKind::ServerError { status: 502 }, json!({ "kind": "server_error", "status": 502 })),
        (FaultKind::CaptivePortal, json!({ "kind": "captive_portal" })),
        (FaultKind::Throttle { status: None, retry_after_seconds: None }, json!({ "kind": "throttle" })),
        (FaultKind::ClockSkew { seconds: -5 }, json!({ "kind": "clock_skew", "seconds": -5 })),
        (FaultKind::RevokeAccessTokens, json!({ "kind": "revoke_access_tokens" })),
        (FaultKind::RevokeRefreshTokens, json!({ "kind": "revoke_refresh_tokens" })),
        (FaultKind::ConnectionReset, json!({ "kind": "connection_reset" })),
    ];
    let [over_http, from_rust] = [Desk::open().await, Desk::open().await];
    let (_, overview) = over_http.control(Method::GET, "", &json!({})).await;
    let mut told = heads(&overview["faults"]);
    assert_eq!(told.pop().as_deref(), Some("Scope"));
    assert_eq!(told, kinds.each_ref().map(|(kind, _)| kind.name()));
    for (kind, told) in kinds {
        from_rust.state.inject(Fault::new(kind));
        assert_eq!(over_http.control(Method::POST, "/faults", &told).await.0, 200, "{told}");
    }
    assert_eq!(over_http.state.faults(), from_rust.state.faults());
    assert_eq!(over_http.state.faults().len(), told.len());
}

#[tokio::test]
async fn every_control_request_of_the_help_is_there() {
    let desk = Desk::open().await;
    let (_, overview) = desk.control(Method::GET, "", &json!({})).await;
    for line in overview["control"].as_array().expect("lines") {
        let mut words = line.as_str().expect("text").split_whitespace();
        let method: Method = words.next().expect("a verb").parse().expect("a verb");
        let path = words.next().and_then(|path| path.strip_prefix("/_simulator")).expect("a path");
        let path = path.replace("{entity}", "checkins").replace("[/ID]", "/7").replace("/ID", "/7");
        let (status, told) = desk.control(method, &path, &json!({})).await;
        assert_ne!(status, 404, "{line}: {told}");
    }
}

#[tokio::test]
async fn thousands_of_members_are_found_page_by_page() {
    let desk = Desk::open_with(Options { members: 5_000, ..Options::default() }).await;
    let (_, kept) = desk.control(Method::POST, "/seed", &json!({ "members": 2_000 })).await;
    assert_eq!(kept["records"]["coworkers"], 7_020);
    let (_, page) = desk.get("/spaces/coworkers?orderBy=Id&dir=Ascending&size=500&page=15").await;
    assert_eq!((&page["TotalPages"], page["Records"].as_array().map(Vec::len)), (&json!(15), Some(20)));
    let last = &page["Records"][19];
    assert_eq!(last["AccessCardId"], format!("04{:012X}", last["Id"].as_i64().expect("an id")));
    assert_eq!(desk.check_in(last["Id"].as_i64().expect("an id")).await.1["WasSuccessful"], true);
}

/// Guard: `failed_checkins_in_bulk::add` stores them in lots, beside the requests.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_refused_visits_are_planted_while_the_service_answers() {
    let desk = Desk::open_with(Options { failed_checkins: 2_000, ..Options::default() }).await;
    let many = json!({ "count": 100_000, "days": 100, "business_id": 9 });
    let planted = tokio::spawn({
        let request = desk.client.post(format!("{}/failed-checkins", desk.simulator.control_url())).json(&many);
        async move { told(request.send().await.expect("a reply")).await.1 }
    });
    let under_way = desk.state.wait_until(DEADLINE, |state| state.count(Entity::FailedCheckin) > 2_000).await;
    assert!(under_way && desk.state.count(Entity::FailedCheckin) < 102_000);
    desk.check_in(1_014).await;
    assert!(desk.state.count(Entity::FailedCheckin) < 102_001, "answered before all stood there");
    let kept = planted.await.expect("an answer");
    assert_eq!(kept["records"]["failedcheckins"], 102_001, "with the one that was refused meanwhile");
    let (_, list) = desk.get("/spaces/failedcheckins?FailedCheckin_Business=9&size=3").await;
    assert_eq!(list["Records"][0]["CoworkerId"], 1_014, "the newest first");
    let (_, far) = desk.get("/spaces/failedcheckins?orderBy=CheckinAttemptTime&dir=Ascending&size=100&page=1021").await;
    assert_eq!((&far["TotalItems"], far["Records"].as_array().map(Vec::len)), (&json!(102_001), Some(1)));
    let (_, all) = desk.control(Method::GET, "/records/failedcheckins?coworker=1014", &json!({})).await;
    let theirs = desk.get("/spaces/failedcheckins?FailedCheckin_Coworker=1014").await.1["TotalItems"].clone();
    assert_eq!(all.as_array().map(Vec::len).map(|count| json!(count)), Some(theirs));
}

#[tokio::test]
async fn the_program_says_when_it_is_ready_and_ends_on_sigterm() {
    let seed_file = tempfile::NamedTempFile::new().expect("a file");
    let planted = json!({ "named_members": [{ "id": 77, "full_name": "From File", "key_fob_number": "77" }], "switches": { "size_cap": 3 } });
    std::fs::write(seed_file.path(), planted.to_string()).expect("written");
    let mut program = Command::new(env!("CARGO_BIN_EXE_spaces-simulator"))
        .args([
            "--members",
            "10",
            "--username",
            "me@example.org",
            "--password",
            "secret",
            "--switch",
            "post_value=full",
            "--seed-file",
        ])
        .arg(seed_file.path())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the program");
    let mut lines = BufReader::new(program.stdout.take().expect("stdout")).lines();
    let line =
        tokio::time::timeout(DEADLINE, lines.next_line()).await.expect("in time").expect("readable").expect("a line");
    let ready: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!((&ready["ready"], &ready["username"]), (&json!(true), &json!("me@example.org")));
    let base_url = ready["base_url"].as_str().expect("an address");
    assert!(base_url.starts_with("http://127.0.0.1:") && base_url.ends_with("/api"));

    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let list = client.get(format!("{base_url}/spaces/coworkers?size=50")).basic_auth("me@example.org", Some("secret"));
    let (status, list) = told(list.send().await.expect("a reply")).await;
    assert_eq!((status, &list["TotalItems"], &list["PageSize"]), (200, &json!(31), &json!(3)));

    let id = i32::try_from(program.id().expect("a process")).ok().and_then(Pid::from_raw).expect("an id");
    kill_process(id, Signal::TERM).expect("sent");
    let ended = tokio::time::timeout(DEADLINE, program.wait()).await.expect("in time").expect("an end");
    assert_eq!(ended.code(), Some(0));
}

#[tokio::test]
async fn the_program_explains_itself_and_rejects_nonsense() {
    let program = || Command::new(env!("CARGO_BIN_EXE_spaces-simulator"));
    let help = program().arg("--help").output().await.expect("help");
    let help = String::from_utf8(help.stdout).expect("text");
    let options =
        ["--port", "--members", "--failed-checkins", "--seed-file", "--empty", "--username", "--password", "--switch"];
    let texts = [CONTROL_HELP, FAULT_HELP, SWITCH_HELP, "curl -X POST $HOST/api/token", "\"validation\": \"sync\""];
    for text in options.into_iter().chain(texts) {
        assert!(help.contains(text), "{text}");
    }
    let wrong = program().args(["--switch", "validation=later"]).output().await.expect("an end");
    assert_eq!(wrong.status.code(), Some(2));
}
