//! What is new is found while the desk is open.

use std::time::{Duration, Instant};

use chrono::Utc;
use serde_json::json;
use tapdesk_tests::spaces::{Entity, seed};
use tokio::sync::watch;

use super::{Bench, minute, unusable};

/// What is new is shown within ten seconds; a busy machine gets a little more.
const SOON: Duration = Duration::from_secs(12);

async fn grows(revision: &mut watch::Receiver<u64>) {
    revision.mark_unchanged();
    tokio::time::timeout(SOON, revision.changed()).await.expect("in time").unwrap();
}

#[tokio::test]
async fn a_new_failure_a_changed_one_and_a_tap_of_this_kiosk_are_news() {
    let bench = Bench::open().await;
    let mut revision = bench.desk.failures_revision();
    let record = |description: &str| json!({ "CoworkerId": 1_001, "CheckinAttemptTime": Utc::now(), "CreatedOn": Utc::now(), "Description": description });
    let begun = Instant::now();
    let id = bench.fail(&record("No pass"));
    grows(&mut revision).await;
    assert!(begun.elapsed() < SOON);
    let mut changed = record("No pass, says Ben");
    changed["Id"] = id.into();
    changed["BusinessId"] = seed::QUAY_HOUSE.into();
    bench.state().put_record(Entity::FailedCheckin, &changed).unwrap();
    grows(&mut revision).await;
    bench.keep(minute(0), unusable).await;
    grows(&mut revision).await;
}

#[tokio::test]
async fn an_outage_is_news_its_end_too_and_the_follower_ends_with_the_desk() {
    let bench = Bench::open().await;
    let mut revision = bench.desk.failures_revision();
    bench.state().take_down();
    grows(&mut revision).await;
    let asked = bench.state().requests().len();
    bench.state().bring_up();
    revision.mark_unchanged();
    // After trouble it waits twice as long.
    tokio::time::timeout(2 * SOON, revision.changed()).await.expect("in time").unwrap();
    assert!(bench.state().requests().len() > asked);
    let Bench { desk, journal, simulator: _simulator, spaces: _spaces, directory: _directory, folder: _folder } = bench;
    drop(desk);
    let ended = tokio::time::timeout(SOON, async { while revision.changed().await.is_ok() {} });
    ended.await.expect("nobody is left who could tell news");
    drop(journal);
}
