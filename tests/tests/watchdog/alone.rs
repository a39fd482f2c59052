//! One kiosk for each data folder: a second start waits for one that ends, and leaves one that runs alone.

use std::time::{Duration, Instant};

use anyhow::ensure;
use tapdesk_tests::kiosk::headless::{Headless, is};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::Tile;

use crate::{ANA, Kiosk, SOON};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_window_is_sent_away() -> anyhow::Result<()> {
    let kiosk = Kiosk::open(&[]).await?;
    let first = kiosk.window.family()[0];
    for arguments in [&[][..], &["headless"]] {
        let began = Instant::now();
        let mut command = kiosk.station.command(arguments)?;
        let second = command.env("DISPLAY", kiosk.display.name()).env("GDK_BACKEND", "x11").output();
        let second = tokio::time::timeout(SOON, second).await??;
        let said = String::from_utf8_lossy(&second.stderr);
        ensure!(second.status.code() == Some(1), "{arguments:?}: {:?} {said}", second.status);
        ensure!(said.contains("another Tapdesk is running") && said.contains(&format!("(process {first})")), "{said}");
        ensure!(said.contains("data_dir") && began.elapsed() > Duration::from_secs(5), "{said}");
    }
    kiosk.window.tap(&kiosk.station.reader, Tile::parse(ANA)?, "checked_in").await?;
    kiosk.window.terminate().await.map(drop)
}

#[tokio::test]
async fn a_second_start_waits_for_one_that_is_ending() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.sign_in().await?;
    let first = Headless::start(&station)?;
    first.wait_for(SOON, is("link", "online")).await;
    let second = Headless::start(&station)?;
    let (code, _) = first.terminate().await?;
    ensure!(code == Some(0), "{}", first.story());
    second.wait_for(SOON, is("reader", "up")).await;
    // The same after a crash: nothing is left that would have to be waited for.
    second.kill().await?;
    let third = Headless::start(&station)?;
    third.wait_for(SOON, is("reader", "up")).await;
    Ok(())
}
