//! The service is away: what is promised as saved is recorded, once, with the time of the tap.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tapdesk_tests::kiosk::headless::Headless;

use crate::{ANA, CHECKINS, Desk, FAILED_CHECKINS, JOSE, SEAMUS, SOON, WANG, is, second_of};

/// Within which an idle desk notices that its service is away.
const NOTICED_WITHIN: Duration = Duration::from_secs(15);
/// Longest wait for the connection and all that waited for it.
const RECOVERED: Duration = Duration::from_secs(40);

fn waiting(count: usize) -> impl FnMut(&Value) -> bool {
    move |line| line["event"] == "queue" && line["waiting"] == count
}

#[tokio::test]
async fn a_tap_during_an_outage_is_saved_and_recorded_with_its_own_time() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let down = Instant::now();
    desk.state.refuse_connections();
    let line = desk.headless.wait_for_line(0, SOON, is("link", "offline")).await;
    let noticed = line.at.saturating_duration_since(down);
    eprintln!("measured: offline noticed after {noticed:?} without a tap");
    assert!(noticed <= NOTICED_WITHIN, "{noticed:?}");
    assert!(line.says["why"].is_string());

    let ack = desk.tap(ANA.1).await?;
    let saved = desk.verdict(&ack, SOON).await;
    let seen = (&saved["kind"], &saved["member"], &saved["coworker_id"], &saved["checkin_id"]);
    assert_eq!(seen, (&json!("saved"), &json!("Ana"), &json!(ANA.0), &Value::Null));
    let queue = desk.headless.wait_for(SOON, waiting(1)).await;
    assert_eq!(queue["oldest"], ack["at"]);
    let queued = desk.queue().await?;
    assert_eq!((&queued["waiting"], &queued["entries"][0]["entry"]), (&json!(1), &ack["entry"]));

    let (mark, up) = (desk.headless.mark(), Instant::now());
    desk.state.bring_up();
    let online = desk.headless.wait_for_line(mark, RECOVERED, is("link", "online")).await;
    let revised = desk.revised(&ack, "checked_in", RECOVERED).await;
    eprintln!("measured: online {:?} after the service was up, recorded {:?}", online.at - up, up.elapsed());
    desk.headless.wait_after(mark, SOON, waiting(0)).await;
    let checkins = desk.state.checkins(ANA.0);
    assert_eq!(checkins.len(), 1);
    let kept = (&checkins[0]["Id"], &checkins[0]["FromTime"], &checkins[0]["ToTime"]);
    assert_eq!(kept, (&revised["checkin_id"], &json!(second_of(&ack)?), &Value::Null));
    desk.close().await
}

/// It listens, and resets every connection: only a call can tell.
#[tokio::test]
async fn a_service_that_resets_connections_is_noticed_at_the_tap() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.take_down();
    let ack = desk.tap(JOSE.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
    desk.headless.wait_for(SOON, is("link", "offline")).await;
    desk.state.bring_up();
    desk.revised(&ack, "checked_in", RECOVERED).await;
    assert_eq!(desk.state.checkins(JOSE.0).len(), 1);
    desk.close().await
}

#[tokio::test]
async fn what_was_saved_survives_a_kill() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.take_down();
    let mut taps = Vec::new();
    for (coworker, tile) in [ANA, JOSE, WANG, SEAMUS] {
        let ack = desk.tap(tile).await?;
        assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
        taps.push((coworker, ack));
    }
    desk.headless.kill().await?;
    assert_eq!(desk.queue().await?["waiting"], 4);

    desk.state.bring_up();
    let killed = desk.headless;
    let desk = Desk { headless: Headless::start(&desk.station)?, ..desk };
    for (coworker, ack) in &taps {
        let verdict = desk.revised(ack, "checked_in", RECOVERED).await;
        assert_eq!(verdict["coworker_id"], *coworker);
    }
    let mark = desk.headless.mark();
    desk.headless.wait_for(SOON, is("reader", "up")).await;
    for (coworker, ack) in &taps {
        let checkins = desk.state.checkins(*coworker);
        assert_eq!(checkins.len(), 1, "exactly once");
        assert_eq!(checkins[0]["FromTime"], second_of(ack)?.as_str());
    }
    assert_eq!(desk.sent("POST", CHECKINS).iter().filter(|request| request.committed).count(), 4);
    assert_eq!(desk.queue().await?["entries"], json!([]), "lines before {mark}, first run:\n{}", killed.story());
    desk.close().await
}

/// The power goes while the reply is on its way: the check-in is there, and is found instead of being made again.
#[tokio::test]
async fn a_kill_between_the_write_and_its_reply_makes_no_second_checkin() -> anyhow::Result<()> {
    use tapdesk_tests::spaces::{Fault, FaultKind};
    let desk = Desk::open("").await?;
    desk.state.inject(Fault::new(FaultKind::Hold { commit_first: true }).on("POST", CHECKINS));
    let ack = desk.tap(ANA.1).await?;
    assert!(desk.state.wait_until(SOON, |state| state.checkins(ANA.0).len() == 1).await, "carried out");
    desk.headless.kill().await?;
    desk.state.release();
    let desk = Desk { headless: Headless::start(&desk.station)?, ..desk };
    let verdict = desk.revised(&ack, "checked_in", RECOVERED).await;
    assert_eq!(verdict["checkin_id"], desk.state.checkins(ANA.0)[0]["Id"]);
    assert_eq!((desk.state.checkins(ANA.0).len(), desk.sent("POST", CHECKINS).len()), (1, 1));
    desk.close().await
}

#[tokio::test]
async fn accepting_none_says_that_nothing_is_recorded_and_keeps_to_it() -> anyhow::Result<()> {
    let desk = Desk::open("[offline]\naccept = \"none\"").await?;
    desk.state.refuse_connections();
    let ack = desk.tap(ANA.1).await?;
    let verdict = desk.verdict(&ack, SOON).await;
    assert_eq!(verdict["kind"], "unavailable");
    assert!(verdict["reason"].as_str().is_some_and(|reason| reason.contains("offline.accept")), "{verdict}");
    desk.headless.wait_for(SOON, is("link", "offline")).await;
    let mark = desk.headless.mark();
    desk.state.bring_up();
    desk.headless.wait_after(mark, RECOVERED, is("link", "online")).await;
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in");
    assert!(desk.state.checkins(ANA.0).is_empty(), "what was refused stays refused");
    assert_eq!(desk.verdicts(&ack).len(), 1);
    desk.close().await
}

#[tokio::test]
async fn accepting_all_saves_a_tile_that_nobody_here_knows() -> anyhow::Result<()> {
    let desk = Desk::open("[offline]\naccept = \"all\"").await?;
    desk.state.refuse_connections();
    let stranger = desk.tap("04FFEEDDCCBBAA").await?;
    let verdict = desk.verdict(&stranger, SOON).await;
    assert_eq!((&verdict["kind"], &verdict["coworker_id"]), (&json!("saved"), &Value::Null));
    desk.state.bring_up();
    desk.revised(&stranger, "unknown_tile", RECOVERED).await;
    let reported = |state: &tapdesk_tests::spaces::State| {
        state.requests().iter().any(|request| {
            let report = request.method == "POST" && request.path == FAILED_CHECKINS;
            report && request.body["CheckinAttemptTime"].as_str() == second_of(&stranger).ok().as_deref()
        })
    };
    assert!(desk.state.wait_until(SOON, reported).await, "reported with the time of the tap");
    desk.close().await
}

#[tokio::test]
async fn accepting_the_known_turns_a_stranger_away() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.refuse_connections();
    assert_eq!(desk.tap_and_see("04FFEEDDCCBBAA").await?["kind"], "unavailable");
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "saved");
    desk.close().await
}
