//! Every filter and range of the list, heeded or not.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Value, json};
use tapdesk_engine::staff_desk::view::failures::{FailureKey, FailureQuery, Span};
use tapdesk_tests::spaces::{Entity, MalformedFilter, TextFilter, seed};

use super::{Bench, keys, minute, of_ana, unusable};

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
}

fn between(from: &str, to: &str) -> Span {
    Span::Between { from: Some(local(from)), to: Some(local(to)) }
}

/// One that fits each question below, and eleven that each differ in one thing.
fn plant(bench: &Bench) -> i64 {
    let all = |change: Value| {
        let mut record = json!({
            "CoworkerId": 1_002, "CheckinAttemptTime": minute(0), "CreatedOn": minute(5), "UpdatedOn": minute(10),
            "MacAddresses": "AA:BB:CC", "TeamsAtTheTimeOfCheckin": "Red, Blue", "TariffAtTheTimeOfCheckin": "Flex",
            "Description": "No valid pass", "Source": 4,
        });
        record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        bench.fail(&record)
    };
    let fitting = all(json!({}));
    all(json!({ "CheckinAttemptTime": minute(-60) }));
    all(json!({ "CreatedOn": minute(65) }));
    all(json!({ "UpdatedOn": minute(75) }));
    all(json!({ "CoworkerId": 1_001 }));
    all(json!({ "CoworkerId": null }));
    all(json!({ "MacAddresses": null }));
    all(json!({ "TeamsAtTheTimeOfCheckin": "Green" }));
    all(json!({ "TariffAtTheTimeOfCheckin": "Resident" }));
    all(json!({ "Description": null }));
    all(json!({ "Source": 2 }));
    all(json!({ "BusinessId": seed::MILL_YARD }));
    fitting
}

/// A question, and how many of the planted records of this location do not answer it.
fn questions() -> Vec<(&'static str, FailureQuery, usize)> {
    let none = FailureQuery::default;
    let day = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
    vec![
        ("the day", FailureQuery { attempted: Some(Span::Days { from: day, to: day }), ..none() }, 0),
        ("the minute", FailureQuery { attempted: Some(between("2026-01-15T10:00", "2026-01-15T10:00")), ..none() }, 1),
        ("created", FailureQuery { created: Some(between("2026-01-15T10:05", "2026-01-15T10:05")), ..none() }, 1),
        ("updated", FailureQuery { updated: Some(between("2026-01-15T10:10", "2026-01-15T10:10")), ..none() }, 1),
        ("the member", FailureQuery { coworker: Some(1_002), ..none() }, 2),
        ("the name", FailureQuery { member: "ángel".into(), ..none() }, 2),
        ("the address", FailureQuery { mac_addresses: "bb:c".into(), ..none() }, 1),
        ("the team", FailureQuery { teams: "blue".into(), ..none() }, 1),
        ("the plan", FailureQuery { tariff: "fle".into(), ..none() }, 1),
        ("the reason", FailureQuery { description: "VALID".into(), ..none() }, 1),
        ("the source", FailureQuery { source: Some(4), ..none() }, 1),
    ]
}

#[tokio::test]
async fn each_filter_brings_what_answers_it_and_the_service_sends_no_other() {
    let bench = Bench::open().await;
    let fitting = plant(&bench);
    let all = bench.block(&FailureQuery::default(), 0).await;
    assert_eq!((all.records, all.rows.len(), all.hidden), (11, 11, 0), "another location's is not there");
    for (case, query, others) in questions() {
        let block = bench.block(&query, 0).await;
        assert_eq!((block.rows.len(), block.problem.as_ref()), (11 - others, None), "{case}");
        assert!(keys(&block).contains(&FailureKey::Record { id: fitting }), "{case}");
        // The minute after the last one is asked for too, since ranges may be read to the second.
        assert_eq!(block.hidden, 0, "{case}");
    }
    let elsewhere = bench.block(&FailureQuery { location: "mill".into(), ..FailureQuery::default() }, 0).await;
    assert_eq!(elsewhere.rows.iter().map(|row| row.location.as_deref()).collect::<Vec<_>>(), [Some("Mill Yard")]);
}

#[tokio::test]
async fn what_the_service_does_not_heed_is_left_out_here_and_said() {
    let bench = Bench::open().await;
    plant(&bench);
    let heard_of = bench.state().records(Entity::FailedCheckin).len();
    bench.state().change_switches(|switches| {
        switches.unknown_filters =
            tapdesk_engine::spaces::records::failed_checkin::PUBLISHED.iter().map(|name| (*name).to_owned()).collect();
    });
    for (case, query, others) in questions() {
        let block = bench.block(&query, 0).await;
        assert_eq!(block.rows.len(), 11 - others, "{case}");
        assert_eq!(block.hidden as usize, heard_of - block.rows.len(), "{case}");
    }
}

/// The wall clock is the record's own. The simulator keeps London's for this location, the desk goes by Berlin's.
#[tokio::test]
async fn the_attempts_own_wall_clock() {
    let bench = Bench::open().await;
    let fitting = plant(&bench);
    let at = |text| FailureQuery { attempted_local: Some(between(text, text)), ..FailureQuery::default() };
    let block = bench.block(&at("2026-01-15T09:00"), 0).await;
    assert!(keys(&block).contains(&FailureKey::Record { id: fitting }), "{block:?}");
    assert_eq!(block.rows.len(), 10);
    assert_eq!(bench.block(&at("2026-01-15T11:00"), 0).await.rows, []);
}

#[tokio::test]
async fn texts_that_the_service_takes_whole_are_found_whole() {
    let bench = Bench::open().await;
    plant(&bench);
    bench.state().change_switches(|switches| switches.text_filter = TextFilter::Exact);
    let by = |description: &str| FailureQuery { description: description.into(), ..FailureQuery::default() };
    let part = bench.block(&by("valid"), 0).await;
    assert_eq!((part.rows.len(), part.hidden, part.problem), (0, 0, None));
    assert_eq!(bench.block(&by("no valid pass"), 0).await.rows.len(), 10);
}

#[tokio::test]
async fn unknown_tiles_whatever_null_means() {
    for (null_filter, malformed) in
        [(true, MalformedFilter::Ignored), (false, MalformedFilter::Ignored), (false, MalformedFilter::Rejected)]
    {
        let bench = Bench::open().await;
        bench.fail_often(60);
        let tile = |tile: &str| format!("No member has tile …{tile}.");
        let mut expected = Vec::new();
        for (number, name) in ["E5F6", "A1B2", "0000"].iter().enumerate() {
            let at = minute(31 + 2 * i64::try_from(number).unwrap());
            let id = bench.fail(&json!({ "CheckinAttemptTime": at, "CreatedOn": at, "Description": tile(name) }));
            expected.push(FailureKey::Record { id });
        }
        expected.insert(0, bench.keep(minute(30), unusable).await);
        // Somebody said since whose tile it was.
        bench.fail(&json!({ "CoworkerId": 1_001, "CheckinAttemptTime": minute(33), "Description": tile("9999") }));
        bench.keep(minute(34), of_ana).await;
        bench.state().change_switches(|switches| {
            switches.null_filter = null_filter;
            switches.malformed_filter = malformed;
        });
        let query = FailureQuery { unknown_tiles: true, ascending: true, ..FailureQuery::default() };
        for round in 0..2 {
            let before = bench.list_calls();
            let block = bench.block(&query, 0).await;
            assert_eq!(keys(&block), expected, "{null_filter} {malformed:?}");
            assert_eq!(block.hidden, u32::from(!null_filter), "what is not heeded is said");
            assert!(bench.list_calls() - before <= if round == 0 && !null_filter { 2 } else { 1 });
            assert_eq!(block.rows[1].tile.as_deref(), Some("…E5F6"));
        }
    }
}

#[tokio::test]
async fn the_kiosks_own_answer_the_same_questions() {
    let bench = Bench::open().await;
    let (anas, nobodys) = (bench.keep(minute(0), of_ana).await, bench.keep(minute(60), unusable).await);
    let cases = [
        (FailureQuery::default(), vec![nobodys.clone(), anas.clone()]),
        (FailureQuery { coworker: Some(1_001), ..FailureQuery::default() }, vec![anas.clone()]),
        (FailureQuery { unknown_tiles: true, ..FailureQuery::default() }, vec![nobodys.clone()]),
        (FailureQuery { description: "OLD".into(), ..FailureQuery::default() }, vec![anas.clone()]),
        (
            FailureQuery {
                attempted: Some(between("2026-01-15T11:00", "2026-01-15T11:00")),
                ..FailureQuery::default()
            },
            vec![nobodys],
        ),
        (FailureQuery { location: "Quay".into(), ..FailureQuery::default() }, vec![]),
        (FailureQuery { tariff: "Flex".into(), ..FailureQuery::default() }, vec![]),
        (FailureQuery { source: Some(2), ..FailureQuery::default() }, vec![]),
    ];
    for (query, expected) in cases {
        let block = bench.block(&query, 0).await;
        assert_eq!((keys(&block), block.local), (expected.clone(), expected.len() as u64), "{query:?}");
    }
    let backwards =
        FailureQuery { attempted: Some(between("2026-01-15T11:00", "2026-01-15T10:00")), ..FailureQuery::default() };
    let block = bench.block(&backwards, 0).await;
    assert!(matches!(block.problem, Some(tapdesk_engine::staff_desk::view::DeskProblem::Invalid { .. })));
}
