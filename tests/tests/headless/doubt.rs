//! Nobody knows what became of a request: it is looked up before anything is sent again, and no tap counts twice.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, Fault, FaultKind};

use crate::{ANA, CHECKINS, Desk, FAILED_CHECKINS, JOSE, SEAMUS, SOON, WANG};

/// A lost request is looked for at once and after 2, 8 and 30 s before it is sent again.
const SENT_AGAIN: Duration = Duration::from_mins(2);

/// Waits for the tap's `checked_in`, first or revised.
async fn checked_in(desk: &Desk, ack: &Value, deadline: Duration) {
    let entry = ack["entry"].clone();
    desk.headless.wait_for(deadline, move |line| line["entry"] == entry && line["kind"] == "checked_in").await;
}

/// A tap whose first request of this kind meets a fault.
async fn tap_into(desk: &Desk, fault: FaultKind, method: &str, tile: &str) -> anyhow::Result<Value> {
    desk.state.inject(Fault::new(fault).on(method, CHECKINS));
    let ack = desk.tap(tile).await?;
    desk.verdict(&ack, SOON).await;
    Ok(ack)
}

#[tokio::test]
async fn a_reply_lost_after_the_commit_is_one_checkin() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let cut = [
        (FaultKind::DropAfterCommit, ANA),
        (FaultKind::TruncatedBody { keep_bytes: 20 }, JOSE),
        (FaultKind::CommitAfterTimeout { milliseconds: 9_000 }, WANG),
    ];
    for (fault, (coworker, tile)) in cut {
        let begun = Instant::now();
        let ack = tap_into(&desk, fault.clone(), "POST", tile).await?;
        checked_in(&desk, &ack, SENT_AGAIN).await;
        eprintln!("measured: {} proven after {:?}", fault.name(), begun.elapsed());
        assert_eq!(desk.state.checkins(coworker).len(), 1, "{}", fault.name());
    }
    assert_eq!(desk.sent("POST", CHECKINS).len(), 3, "each was sent once");
    desk.close().await
}

#[tokio::test]
async fn a_request_that_never_arrived_is_sent_again_once_that_is_sure() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let lost = [
        (FaultKind::DropBeforeCommit, ANA),
        (FaultKind::ServerError { status: 500 }, JOSE),
        (FaultKind::CaptivePortal, WANG),
        (FaultKind::ConnectionReset, SEAMUS),
    ];
    let begun = Instant::now();
    let mut taps = Vec::new();
    for (fault, (coworker, tile)) in lost {
        let ack = tap_into(&desk, fault.clone(), "POST", tile).await?;
        assert_eq!(desk.verdicts(&ack)[0]["kind"], "saved", "{}", fault.name());
        taps.push((fault, coworker, ack));
    }
    for (fault, coworker, ack) in taps {
        checked_in(&desk, &ack, SENT_AGAIN).await;
        eprintln!("measured: {} recorded {:?} after the first tap", fault.name(), begun.elapsed());
        assert_eq!(desk.state.checkins(coworker).len(), 1, "{}", fault.name());
    }
    let committed = desk.sent("POST", CHECKINS).into_iter().filter(|request| request.committed).count();
    assert_eq!((desk.sent("POST", CHECKINS).len(), committed), (8, 4));
    desk.close().await
}

#[tokio::test]
async fn a_list_that_cannot_be_read_decides_nothing() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let broken = [
        (FaultKind::ServerError { status: 500 }, ANA),
        (FaultKind::CaptivePortal, JOSE),
        (FaultKind::TruncatedBody { keep_bytes: 25 }, WANG),
        (FaultKind::DropBeforeCommit, SEAMUS),
    ];
    for (fault, (coworker, tile)) in broken {
        let ack = tap_into(&desk, fault.clone(), "GET", tile).await?;
        checked_in(&desk, &ack, SOON).await;
        assert_eq!(desk.state.checkins(coworker).len(), 1, "{}", fault.name());
        desk.state.clear_faults(None);
    }
    assert_eq!(desk.sent("POST", CHECKINS).len(), 4);
    desk.close().await
}

#[tokio::test]
async fn throttling_is_waited_out() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let cases = [(None, Some(1), ANA), (None, None, JOSE), (Some(429), Some(2), WANG)];
    for (place, (status, retry_after_seconds, (coworker, tile))) in cases.into_iter().enumerate() {
        let ack = tap_into(&desk, FaultKind::Throttle { status, retry_after_seconds }, "POST", tile).await?;
        assert_eq!(desk.verdicts(&ack)[0]["kind"], "checked_in", "waited for, not put off");
        assert_eq!(desk.state.checkins(coworker).len(), 1);
        let posts = desk.sent("POST", CHECKINS);
        assert_eq!(posts.len(), 2 * (place + 1), "one more try");
        let pause = posts[posts.len() - 1].at - posts[posts.len() - 2].at;
        let asked = i64::try_from(retry_after_seconds.unwrap_or(1))?;
        assert!(pause.num_milliseconds() >= asked * 1_000, "tried again after {pause}");
    }
    desk.close().await
}

#[tokio::test]
async fn a_lost_reply_to_a_check_out_closes_once() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let id = desk.state.open_checkin(JOSE.0, 9, chrono::Utc::now() - chrono::TimeDelta::hours(2));
    let ack = tap_into(&desk, FaultKind::DropAfterCommit, "PUT", JOSE.1).await?;
    let entry = ack["entry"].clone();
    let fits = move |line: &Value| line["entry"] == entry && line["kind"] == "checked_out";
    let verdict = desk.headless.wait_for(SENT_AGAIN, fits).await;
    assert_eq!((&verdict["checkin_id"], desk.sent("PUT", CHECKINS).len()), (&json!(id), 1));
    assert_eq!((desk.state.checkins(JOSE.0).len(), desk.state.open_checkins(JOSE.0).len()), (1, 0));
    desk.close().await
}

#[tokio::test]
async fn a_lost_reply_to_a_report_makes_no_second_one() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.inject(Fault::new(FaultKind::DropAfterCommit).on("POST", FAILED_CHECKINS));
    assert_eq!(desk.tap_and_see("04FFEEDDCCBBAA").await?["kind"], "unknown_tile");
    let waits = |count: usize| move |line: &Value| line["event"] == "queue" && line["waiting"] == count;
    desk.headless.wait_for(SOON, waits(1)).await;
    desk.headless.wait_for(SENT_AGAIN, waits(0)).await;
    assert_eq!((desk.state.records(Entity::FailedCheckin).len(), desk.sent("POST", FAILED_CHECKINS).len()), (1, 1));
    assert_eq!(desk.queue().await?["entries"], json!([]));
    desk.close().await
}

/// The slowest request of all commits after everybody had given it up and sent another: staff must hear of the double.
#[tokio::test]
async fn a_double_made_by_a_very_late_commit_is_shown_to_staff_within_a_minute() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let ack = tap_into(&desk, FaultKind::CommitAfterTimeout { milliseconds: 65_000 }, "POST", ANA.1).await?;
    checked_in(&desk, &ack, SENT_AGAIN).await;
    assert_eq!(desk.state.open_checkins(ANA.0).len(), 1);
    let doubled = |state: &tapdesk_tests::spaces::State| state.checkins(ANA.0).len() == 2;
    assert!(desk.state.wait_until(SENT_AGAIN, doubled).await, "the late one commits");
    let staff = |line: &Value| line["event"] == "queue" && line["needs_staff"] == 1;
    desk.headless.wait_for(Duration::from_mins(1), staff).await;
    desk.close().await
}
