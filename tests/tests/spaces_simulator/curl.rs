//! curl as a client that knows none of us: the published pages' own examples with host, token and nothing else replaced,
//! and what it makes of each broken connection.

use std::process::Output;

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, Fault, FaultKind};
use tokio::process::Command;

use crate::contract::{EXAMPLE, plant_example_records};
use crate::{Desk, assert_same_shape, page, page_text, pages};

/// Runs one example; body and status.
async fn run(desk: &Desk, example: &str) -> (u16, Value) {
    let command = example
        .replace("https://spaces.nexudus.com/api", &desk.simulator.base_url())
        .replace("YOUR_TOKEN", &desk.token)
        .replacen("curl", "curl --silent --show-error --noproxy '*' --write-out '\\n%{http_code}'", 1);
    let output = Command::new("sh").arg("-c").arg(&command).output().await.expect("a shell");
    let text = String::from_utf8(output.stdout).expect("text");
    let (body, status) = text.rsplit_once('\n').unwrap_or_else(|| panic!("{command}: {:?}", output.stderr));
    (status.parse().expect("a status"), serde_json::from_str(body).expect("JSON"))
}

/// The commands of one file.
fn examples(file: &str) -> Vec<String> {
    page_text(file).split("curl ").skip(1).map(|rest| format!("curl {rest}")).collect()
}

#[tokio::test]
async fn every_published_example_runs() {
    let mut count = 0;
    for file in pages("curl") {
        let name = file.strip_suffix(".curl").expect("a curl example");
        let shown = pages("json").into_iter().find(|shown| {
            shown.strip_suffix(".json").is_some_and(|shown| shown == name || shown == format!("{name}_saved"))
        });
        let example_reply = page(&shown.unwrap_or_else(|| panic!("{file} has no reply beside it")));
        for example in examples(&file) {
            let desk = Desk::open().await;
            plant_example_records(&desk.state);
            let (status, reply) = run(&desk, &example).await;
            assert_eq!(status, 200, "{example}: {reply}");
            assert_same_shape(&example_reply, &reply, &file);
            let request = desk.state.requests().pop().expect("the request");
            assert!(request.expected && request.headers["user-agent"].starts_with("curl/"), "{request:?}");
            assert_eq!(request.committed, request.method != "GET");
            count += 1;
        }
    }
    assert_eq!(count, 7);
}

#[tokio::test]
async fn the_list_examples_of_the_page_run() {
    let desk = Desk::open().await;
    plant_example_records(&desk.state);
    for example in examples("failedcheckins_list.curl") {
        let (status, list) = run(&desk, &example).await;
        assert_eq!(status, 200, "{example}");
        assert_same_shape(&page("failedcheckins_list.json"), &list, "list");
        assert_eq!(list["TotalItems"], 1, "{example}");
        assert_eq!(list["Records"][0]["Id"], EXAMPLE);
    }
}

#[tokio::test]
async fn the_create_and_update_examples_of_the_pages_run() {
    let desk = Desk::open().await;
    plant_example_records(&desk.state);
    let (status, saved) = run(&desk, &page_text("checkin_create.curl")).await;
    assert_eq!((status, &saved["WasSuccessful"]), (200, &json!(true)), "{saved}");
    assert_same_shape(&page("checkin_create_saved.json"), &saved, "saved");

    let (status, saved) = run(&desk, &page_text("failedcheckin_update.curl")).await;
    assert_eq!(status, 200);
    let mut example = page("failedcheckin_update_saved.json");
    for name in ["UpdatedOn", "UpdatedBy"] {
        example[name] = saved[name].clone();
    }
    assert_eq!(saved, example);
    let row = desk.state.record(Entity::FailedCheckin, EXAMPLE).expect("the record");
    assert_eq!((&row["Description"], &row["CheckinAttemptTime"]), (&json!(null), &json!("2025-01-15T10:30:00Z")));
}

#[tokio::test]
async fn curl_signs_in_with_a_form() {
    let desk = Desk::open().await;
    let example = "curl -X POST https://spaces.nexudus.com/api/token -H 'client_id: abc' \
                   -d grant_type=password --data-urlencode username=kiosk@example.org -d password=correct-horse";
    let (status, granted) = run(&desk, example).await;
    assert_eq!((status, &granted["token_type"]), (200, &json!("bearer")));
}

#[tokio::test]
async fn curl_names_each_broken_connection() {
    let desk = Desk::open().await;
    for (kind, wanted) in [
        (FaultKind::DropBeforeCommit, 52),
        (FaultKind::DropAfterCommit, 52),
        (FaultKind::ConnectionReset, 56),
        (FaultKind::TruncatedBody { keep_bytes: 10 }, 18),
    ] {
        desk.state.inject(Fault::new(kind.clone()).on("GET", "/api/auth/me"));
        let bearer = format!("Authorization: Bearer {}", desk.token);
        let output: Output = Command::new("curl")
            .args(["--silent", "--noproxy", "*", "-H", &bearer, &desk.url("/auth/me")])
            .output()
            .await
            .expect("curl");
        assert_eq!(output.status.code(), Some(wanted), "{kind:?}");
    }
}

#[tokio::test]
async fn a_throttled_reply_has_the_documented_words() {
    let desk = Desk::open().await;
    desk.state.inject(Fault::new(FaultKind::Throttle { status: None, retry_after_seconds: Some(1) }));
    let output = Command::new("curl")
        .args(["--silent", "--include", "--noproxy", "*", &desk.url("/auth/me")])
        .output()
        .await
        .expect("curl");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("HTTP/1.1 409 You must wait before accessing this url again.\r\n"), "{text}");
}
