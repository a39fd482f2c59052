//! What is new is found while the desk is open.

use std::time::Duration;

use chrono::Utc;
use serde_json::{Value, json};
use tapdesk_tests::spaces::Entity;
use tokio::sync::watch;

use super::{Bench, minute, unusable};

/// What is new is shown within ten seconds; a busy machine gets a little more.
const SOON: Duration = Duration::from_secs(12);

async fn grows(revision: &mut watch::Receiver<u64>) {
    revision.mark_unchanged();
    tokio::time::timeout(SOON, revision.changed()).await.expect("in time").unwrap();
}

fn record(description: &str) -> Value {
    json!({ "CoworkerId": 1_001, "CheckinAttemptTime": Utc::now(), "CreatedOn": Utc::now(), "Description": description })
}

async fn a_new_failure() {
    let bench = Bench::open().await;
    let mut revision = bench.desk.failures_revision();
    bench.fail(&record("No pass"));
    grows(&mut revision).await;
}

async fn a_changed_failure() {
    let bench = Bench::open().await;
    let mut revision = bench.desk.failures_revision();
    let id = bench.fail(&record("No pass"));
    grows(&mut revision).await;
    let mut changed = bench.state().record(Entity::FailedCheckin, id).unwrap();
    changed["Description"] = "No pass, says Ben".into();
    bench.state().put_record(Entity::FailedCheckin, &changed).unwrap();
    grows(&mut revision).await;
}

async fn a_tap_of_this_kiosk() {
    let bench = Bench::open().await;
    let mut revision = bench.desk.failures_revision();
    bench.keep(minute(0), unusable).await;
    grows(&mut revision).await;
}

#[tokio::test]
async fn what_is_new_or_changed_is_news() {
    tokio::join!(a_new_failure(), a_changed_failure(), a_tap_of_this_kiosk());
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
