//! Files of the list and of a table.

use std::path::Path;

use serde_json::json;
use tapdesk_engine::staff_desk::export::COLUMNS;
use tapdesk_engine::staff_desk::view::DeskProblem;
use tapdesk_engine::staff_desk::view::charts::Export;
use tapdesk_engine::staff_desk::view::failures::FailureQuery;
use tapdesk_tests::spaces::{Fault, FaultKind};

use super::{Bench, minute, of_ana};

fn columns() -> Vec<String> {
    (1..=COLUMNS).map(|number| format!("column {number}")).collect()
}

fn lines(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap().strip_suffix("\r\n").unwrap();
    text.split("\r\n").map(str::to_owned).collect()
}

#[tokio::test]
async fn a_list_is_written_whole_with_the_kiosks_own_in_their_place() {
    for size_cap in [None, Some(300)] {
        let bench = Bench::open().await;
        bench.fail_often(1_100);
        bench.state().change_switches(|switches| switches.size_cap = size_cap);
        let evil = bench.fail(
            &json!({ "CoworkerId": 1_002, "CheckinAttemptTime": minute(-1), "Description": "=HYPERLINK(\"x\")" }),
        );
        bench.keep(minute(1), of_ana).await;
        let query = FailureQuery { ascending: true, ..FailureQuery::default() };
        let export = Export::Failures { query, columns: columns() };
        let exported = bench.desk.export(export, bench.folder.path()).await.unwrap();
        assert_eq!((exported.rows, exported.of), (1_102, 1_102));
        assert!(Path::new(&exported.path).file_name().unwrap().to_str().unwrap().starts_with("tapdesk-failures-20"));
        let lines = lines(&exported.path);
        assert_eq!(lines.len(), 1_103);
        assert!(lines[0].starts_with("\"column 1\",\"column 2\""));
        let first = format!(
            "\"{evil}\",\"failed_checkin\",\"2026-01-15 09:59:00+01:00\",\"2026-01-15 08:59:00\",\"1002\",\"José Ángel Núñez\",\"\",\"4\",\"\",\"\",\"\",\"'=HYPERLINK(\"\"x\"\")\",\"\","
        );
        assert!(lines[1].starts_with(&first), "{}", lines[1]);
        assert!(lines[3].contains("\"needs_staff\",\"2026-01-15 10:01:00+01:00\""), "{}", lines[3]);
    }
}

#[tokio::test]
async fn a_table_and_what_cannot_be_written() {
    let bench = Bench::open().await;
    let table = || Export::Table {
        name: "arrivals-by-hour".to_owned(),
        columns: vec!["Hour".to_owned(), "Arrivals".to_owned()],
        rows: vec![vec!["09".to_owned(), "3".to_owned()], vec!["@10".to_owned(), "-1".to_owned()]],
    };
    let exported = bench.desk.export(table(), bench.folder.path()).await.unwrap();
    assert_eq!(lines(&exported.path), ["\"Hour\",\"Arrivals\"", "\"09\",\"3\"", "\"'@10\",\"-1\""]);
    let missing = bench.desk.export(table(), &bench.folder.path().join("stick")).await;
    assert!(matches!(missing, Err(DeskProblem::Storage { detail }) if detail.contains("is not there")));
    let files = || std::fs::read_dir(bench.folder.path()).unwrap().count();
    let before = files();
    let list = |columns| Export::Failures { query: FailureQuery::default(), columns };
    let too_few = bench.desk.export(list(vec!["one".to_owned()]), bench.folder.path()).await;
    assert!(matches!(too_few, Err(DeskProblem::Invalid { .. })));
    // What breaks off in the middle leaves nothing.
    bench.fail_often(1_100);
    let path = Some("*failedcheckins".to_owned());
    bench.state().inject(Fault {
        id: 0,
        kind: FaultKind::ServerError { status: 502 },
        method: None,
        path,
        skip: 1,
        count: None,
    });
    let broken = bench.desk.export(list(columns()), bench.folder.path()).await;
    assert!(matches!(broken, Err(DeskProblem::Gateway { .. })), "{broken:?}");
    assert_eq!(files(), before);
}
