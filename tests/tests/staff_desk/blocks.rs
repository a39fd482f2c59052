//! Blocks of the list, whatever the service's ways, and the taps of this kiosk among them.

use std::collections::HashSet;

use tapdesk_engine::staff_desk::view::DeskProblem;
use tapdesk_engine::staff_desk::view::failures::{FailureKey, FailureKind, FailureOrder, FailureQuery};
use tapdesk_tests::spaces::{DirReading, Envelope, Fault, FaultKind, Switches};

use super::{Bench, keys, minute, of_ana, unusable};

/// Of records two minutes apart.
const RECORDS: usize = 130;

fn oldest_first() -> FailureQuery {
    FailureQuery { ascending: true, ..FailureQuery::default() }
}

/// A bench with its records and seven taps, odd minutes, over and under all of them and between: the keys as they must
/// stand, oldest first.
async fn mixed() -> (Bench, Vec<FailureKey>) {
    let bench = Bench::open().await;
    bench.fail_often(RECORDS);
    let mut all = Vec::new();
    let records = bench.state().records(tapdesk_tests::spaces::Entity::FailedCheckin);
    for record in &records {
        let at: chrono::DateTime<chrono::Utc> = record["CheckinAttemptTime"].as_str().unwrap().parse().unwrap();
        all.push((at, FailureKey::Record { id: record["Id"].as_i64().unwrap() }));
    }
    for odd in [-1, 1, 59, 99, 101, 159, 259] {
        let change = if odd % 3 == 0 { unusable } else { of_ana };
        all.push((minute(odd), bench.keep(minute(odd), change).await));
    }
    all.sort_by_key(|(at, _)| *at);
    (bench, all.into_iter().map(|(_, key)| key).collect())
}

/// All keys of a list, block by block, and that no block took more calls than allowed, but for what was learnt once.
async fn walked(bench: &Bench, query: &FailureQuery, most_calls: usize) -> Vec<FailureKey> {
    let mut found = Vec::new();
    let (revision, before) = (bench.desk.failures_revision(), bench.list_calls());
    let first = bench.block(query, 0).await;
    assert_eq!(first.problem, None);
    assert!(bench.list_calls() - before <= most_calls + 2, "{} calls", bench.list_calls() - before);
    found.extend(keys(&first));
    for number in 1.. {
        let before = bench.list_calls();
        let block = bench.block(query, number).await;
        assert_eq!((block.problem.as_ref(), block.local, block.hidden, block.unreadable), (None, 7, 0, 0));
        // On a slow machine the follower may have made all of it news meanwhile.
        let steady = !revision.has_changed().unwrap();
        assert!(!steady || bench.list_calls() - before <= most_calls, "{} calls", bench.list_calls() - before);
        found.extend(keys(&block));
        if u64::from(number + 1) * 50 >= block.records {
            assert_eq!(block.records, RECORDS as u64, "the last block knows how many there are");
            break;
        }
    }
    found
}

type Turn = fn(&mut Switches);
type Fits = fn(&DeskProblem) -> bool;

#[tokio::test]
async fn each_row_comes_once_and_in_its_place_whatever_the_service_does() {
    let cases: [(&str, Turn, usize); 10] = [
        ("as published", |_| {}, 1),
        ("numbers in dir have signs", |switches| switches.dir_reading = DirReading::Sign, 1),
        ("names in dir say nothing", |switches| switches.dir_names = false, 2),
        ("25 at a time", |switches| switches.size_cap = Some(25), 2),
        ("33 at a time", |switches| switches.size_cap = Some(33), 2),
        (
            "25 at a time, the other way round",
            |switches| {
                switches.dir_names = false;
                switches.size_cap = Some(25);
            },
            3,
        ),
        ("without totals", |switches| switches.envelope = Envelope::WithoutTotals, 1),
        ("records alone", |switches| switches.envelope = Envelope::Bare, 1),
        ("numbers as texts", |switches| switches.send_numbers_as_strings = true, 1),
        (
            "odd times",
            |switches| {
                switches.fractional_digits = 7;
                switches.local_times = false;
            },
            1,
        ),
    ];
    for (case, turn, most_calls) in cases {
        let (bench, mut expected) = mixed().await;
        bench.state().change_switches(turn);
        assert_eq!(walked(&bench, &oldest_first(), most_calls).await, expected, "{case}, oldest first");
        expected.reverse();
        assert_eq!(walked(&bench, &FailureQuery::default(), most_calls).await, expected, "{case}, newest first");
    }
}

/// Whoever drags the scroll bar asks for a block without those before it.
#[tokio::test]
async fn a_block_out_of_turn_costs_two_calls_and_none_is_kept() {
    let (bench, mut expected) = mixed().await;
    expected.reverse();
    bench.block(&FailureQuery::default(), 0).await;
    let before = bench.list_calls();
    let last = bench.block(&FailureQuery::default(), 2).await;
    assert_eq!(bench.list_calls() - before, 2);
    assert_eq!(keys(&last), expected[expected.len() - last.rows.len()..]);
    let middle = bench.block(&FailureQuery::default(), 1).await;
    assert_eq!(bench.list_calls() - before, 3);
    let first = bench.block(&FailureQuery::default(), 0).await;
    let together: Vec<FailureKey> = [first, middle, last].iter().flat_map(keys).collect();
    assert_eq!(together, expected);
}

#[tokio::test]
async fn in_no_order_of_times_the_kiosks_own_stand_first() {
    let (bench, expected) = mixed().await;
    for order in [
        FailureOrder::Member,
        FailureOrder::Location,
        FailureOrder::Source,
        FailureOrder::Tariff,
        FailureOrder::Teams,
        FailureOrder::Description,
    ] {
        let query = FailureQuery { order, ..oldest_first() };
        let mut found = Vec::new();
        for number in 0..3 {
            let block = bench.block(&query, number).await;
            let own = block.rows.iter().filter(|row| row.kind != FailureKind::FailedCheckin).count();
            assert_eq!(own, if number == 0 { 7 } else { 0 }, "{order:?}");
            assert!(block.rows.iter().skip(own).all(|row| row.kind == FailureKind::FailedCheckin), "{order:?}");
            if order == FailureOrder::Description {
                assert!(block.rows[own..].is_sorted_by_key(|row| row.description.clone()));
            }
            found.extend(keys(&block));
        }
        let same: HashSet<FailureKey> = expected.iter().cloned().collect();
        assert_eq!((found.len(), found.into_iter().collect::<HashSet<_>>()), (expected.len(), same), "{order:?}");
    }
    for order in [FailureOrder::Created, FailureOrder::Updated] {
        let query = FailureQuery { order, ..oldest_first() };
        assert_eq!(walked(&bench, &query, 1).await, expected, "{order:?}");
    }
}

#[tokio::test]
async fn an_empty_list_has_one_block_for_the_kiosks_own() {
    let bench = Bench::open().await;
    let empty = bench.block(&FailureQuery::default(), 0).await;
    assert_eq!((empty.rows.len(), empty.records, empty.local, empty.problem), (0, 0, 0, None));
    let (older, newer) = (bench.keep(minute(1), |_| {}).await, bench.keep(minute(2), unusable).await);
    assert_eq!(keys(&bench.block(&FailureQuery::default(), 0).await), [newer, older]);
    for beyond in [1, u32::MAX] {
        let block = bench.block(&FailureQuery::default(), beyond).await;
        assert_eq!((block.rows.len(), block.records, block.problem), (0, 0, None));
    }
}

#[tokio::test]
async fn without_the_service_there_is_what_this_kiosk_knows() {
    let path = Some("*failedcheckins*".to_owned());
    let fault = |kind| Fault { id: 0, kind, method: None, path: path.clone(), skip: 0, count: None };
    let cases: [(FaultKind, Fits); 3] = [
        (FaultKind::ConnectionReset, |problem| matches!(problem, DeskProblem::Unreachable { .. })),
        (FaultKind::ServerError { status: 502 }, |problem| matches!(problem, DeskProblem::Gateway { .. })),
        (FaultKind::CaptivePortal, |problem| matches!(problem, DeskProblem::Gateway { .. })),
    ];
    for (kind, fits) in cases {
        let (bench, _) = mixed().await;
        bench.state().inject(fault(kind));
        let block = bench.block(&FailureQuery::default(), 0).await;
        assert!(block.problem.as_ref().is_some_and(fits), "{:?}", block.problem);
        assert_eq!((block.rows.len(), block.local, block.records), (7, 7, 0));
        assert_eq!(bench.block(&FailureQuery::default(), 1).await.rows, []);
        bench.state().clear_faults(None);
        assert_eq!(bench.block(&FailureQuery::default(), 0).await.problem, None);
    }
    for status in [401, 403] {
        let bench = Bench::lacking(&["FailedCheckin-List"], status).await;
        bench.keep(minute(1), |_| {}).await;
        let block = bench.block(&FailureQuery::default(), 0).await;
        let role = "FailedCheckin-List".to_owned();
        assert_eq!((block.problem, block.rows.len()), (Some(DeskProblem::NotPermitted { role }), 1));
    }
}

/// The other end of a list cannot be read where nobody says where it is.
#[tokio::test]
async fn the_wrong_end_without_a_count_is_said() {
    let (bench, _) = mixed().await;
    bench.state().change_switches(|switches| {
        switches.dir_names = false;
        switches.envelope = Envelope::WithoutTotals;
    });
    let block = bench.block(&FailureQuery::default(), 0).await;
    assert!(matches!(block.problem, Some(DeskProblem::Gateway { .. })));
    assert_eq!(block.rows.len(), 7);
    assert_eq!(bench.block(&oldest_first(), 0).await.problem, None);
}

/// While staff look, members go on being refused: what was learnt of the list's ends is not believed any longer.
#[tokio::test]
async fn what_is_new_moves_the_blocks_and_loses_no_tap() {
    let (bench, mut expected) = mixed().await;
    expected.reverse();
    for number in 0..3 {
        bench.block(&FailureQuery::default(), number).await;
    }
    for later in 0..3 {
        let at = minute(1_000 + later);
        let id = bench.fail(&serde_json::json!({ "CheckinAttemptTime": at, "CreatedOn": at, "UpdatedOn": at }));
        expected.insert(0, FailureKey::Record { id });
    }
    let mut found = Vec::new();
    for number in [2, 1, 0] {
        let mut block = keys(&bench.block(&FailureQuery::default(), number).await);
        block.append(&mut found);
        found = block;
    }
    assert_eq!(found, expected);
}
