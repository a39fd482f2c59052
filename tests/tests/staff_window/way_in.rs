//! The way in and out: the PIN and its delay, the lock, the kiosk that works on.

use std::time::{Duration, Instant};

use anyhow::ensure;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::{Fault, FaultKind, State};

use crate::{ANA, ANA_ID, Desk, NOBODY, SOON, STAFF_PIN};

/// Who guesses is made to wait, and members are not; who is there and gone is locked out; the kiosk serves meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn staff_come_by_their_pin_and_the_kiosk_works_on() -> anyhow::Result<()> {
    let desk = Desk::open("[staff]\nidle_lock_s = 15").await?;
    desk.press("preferences-open").await?;
    desk.press("staff-open").await?;
    for _ in 0..2 {
        desk.window.type_staff_pin("111213", SOON).await?;
        desk.window.wait_for_plain_text("pin-message", "That PIN is not right", SOON).await?;
    }
    desk.window.type_staff_pin(STAFF_PIN, SOON).await?;
    desk.window.turn_to_desk(SOON).await?;
    desk.window.wait_for_plain_text("location", "Quay House", SOON).await?;
    desk.show("01-empty").await?;

    // Somebody at the door: recorded, and told at the desk.
    let state = desk.station.spaces.state();
    let stay = desk.station.reader.present(Tile::parse(ANA)?)?;
    ensure!(state.wait_until(SOON, |state| state.open_checkins(ANA_ID).len() == 1).await, "the kiosk records on");
    desk.reads("[data-testid=told]", "Ana").await?;
    desk.show("02-told").await?;
    tapdesk_tests::kiosk::tap::take_away(&desk.station.reader, stay).await?;

    // A refusal that comes while staff look at the list stands in it within ten seconds.
    desk.press("tab-failures").await?;
    let began = Instant::now();
    let stay = desk.station.reader.present(Tile::parse(NOBODY)?)?;
    desk.reads("[data-testid=row]", "No member has tile …E5F6").await?;
    ensure!(began.elapsed() < Duration::from_secs(12), "it took {:?}", began.elapsed());
    tapdesk_tests::kiosk::tap::take_away(&desk.station.reader, stay).await?;

    // Nobody touches it: the kiosk stands there again.
    desk.window.wait_until_staff_is_gone(SOON).await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.press("preferences-open").await?;
    desk.press("staff-open").await?;
    // The third wrong one of this device.
    desk.window.type_staff_pin("111213", SOON).await?;
    let locked = "document.querySelector('[data-testid=pin-message]')?.textContent.includes('minute')";
    desk.window.wait_for_condition("the pad to be locked", locked, SOON).await?;
    desk.show("03-locked-pad").await
}

/// What staff were looking at when they left goes no further: it would keep the journal from the desk that follows.
#[tokio::test(flavor = "multi_thread")]
async fn staff_leave_while_the_charts_are_still_being_read() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.come().await?;
    let slow = FaultKind::Delay { milliseconds: 15_000 };
    desk.station.spaces.state().inject(Fault::new(slow).on("GET", "*checkins").always());
    desk.press("tab-overview").await?;
    let state = desk.station.spaces.state();
    let reads = |state: &State| state.is_under_way("/api/spaces/checkins");
    ensure!(state.wait_until(SOON, reads).await, "the charts are being read");
    desk.press("set-up").await?;
    desk.window.wait_and_click_away("set-up-yes", SOON).await?;
    desk.window.turn_to_set_up(SOON).await?;
    desk.press("leave").await?;
    desk.window.wait_and_click_away("leave-yes", SOON).await?;
    desk.window.wait_until_staff_is_gone(SOON).await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    let stages: Vec<String> = desk.window.seen().await?.into_iter().map(|seen| seen.stage).collect();
    ensure!(!stages.iter().any(|stage| stage == "out_of_order"), "{stages:?}");
    ensure!(!desk.window.said().contains("out of order"), "{}", desk.window.said());
    Ok(())
}
