//! The operator's side: `/_simulator`, the catch-all, the program.

use std::process::Stdio;

use reqwest::Method;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tapdesk_tests::spaces::{Options, seed};
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
    for word in ["--seed-file", "fob_filter", "drop_after_commit", "/_simulator/log", "curl -X POST $HOST/api/token"] {
        assert!(help.contains(word), "{word}");
    }
    let wrong = program().args(["--switch", "validation=later"]).output().await.expect("an end");
    assert_eq!(wrong.status.code(), Some(2));
}
