//! A page whose process is killed, stopped or caught in an endless loop: the scene stands there again within ten seconds,
//! and what was tapped meanwhile is recorded once.
//!
//! A driver gives up its session with the page, so from then on the pixels speak.

use std::time::{Duration, Instant};

use anyhow::ensure;
use rustix::process::{Pid, Signal, kill_process};
use tapdesk_tests::kiosk::pixels::Colour;
use tapdesk_tests::pn532::Tile;

use crate::{ANA, Kiosk, SOON};

/// From the trouble to the painted scene.
const BACK_WITHIN: Duration = Duration::from_secs(10);
/// How much of the screen a verdict's colour, or an alert's, covers at least.
const COVERS: f64 = 0.25;

impl Kiosk {
    /// Sends this signal to the processes of all pages.
    fn signal_pages(&self, signal: Signal) -> anyhow::Result<()> {
        let pages = self.web_processes();
        ensure!(!pages.is_empty(), "no process of a page");
        for pid in pages.into_iter().filter_map(Pid::from_raw) {
            kill_process(pid, signal)?;
        }
        Ok(())
    }

    /// Waits until this colour covers what it should.
    async fn wait_for_colour(&self, colour: Colour, began: Instant) -> anyhow::Result<()> {
        loop {
            let picture = self.display.picture().await?;
            let took = began.elapsed();
            if picture.share_of(colour, picture.whole()) >= COVERS {
                eprintln!("measured: painted again after {took:?}");
                ensure!(took < BACK_WITHIN, "{took:?}\n{}", self.window.said());
                return Ok(());
            }
            ensure!(took < 2 * BACK_WITHIN, "the page does not come back: {}", self.window.said());
        }
    }

    /// Whether the member has this one check-in, and no other.
    async fn is_recorded_once(&self, coworker: i64) -> anyhow::Result<()> {
        let state = self.station.spaces.state();
        ensure!(state.wait_until(SOON, |state| !state.checkins(coworker).is_empty()).await, "{}", self.window.said());
        ensure!(state.checkins(coworker).len() == 1, "{:?}", state.checkins(coworker));
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_process_is_killed_is_back_at_once() -> anyhow::Result<()> {
    in_trouble(async |kiosk| kiosk.signal_pages(Signal::KILL)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_an_endless_loop_is_loaded_again() -> anyhow::Result<()> {
    in_trouble(async |kiosk| kiosk.window.run("setTimeout(() => { for (;;) {} }, 20)", Vec::new()).await.map(drop))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_does_not_run_is_loaded_again() -> anyhow::Result<()> {
    in_trouble(async |kiosk| kiosk.signal_pages(Signal::STOP)).await
}

/// A tap, and then another scene, while the page is stuck or gone. The scene is one that stays: a welcome could be over
/// before a busy machine paints again.
async fn in_trouble(trouble: impl AsyncFn(&Kiosk) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let kiosk = Kiosk::open(&[]).await?;
    let alert = kiosk.window.colour("--alert").await?;
    let began = Instant::now();
    trouble(&kiosk).await?;
    let stay = kiosk.station.reader.present(Tile::parse(ANA)?)?;
    kiosk.is_recorded_once(1_001).await?;
    kiosk.station.reader.remove_presence(stay);
    let closed = kiosk.station.run(&["out-of-order"], "").await?;
    ensure!(closed.status.success(), "{closed:?}");
    kiosk.wait_for_colour(alert, began).await?;
    let said = kiosk.window.said();
    ensure!(said.matches("the page is loaded again").count() == 1, "it is logged once: {said}");
    kiosk.window.terminate().await.map(drop)
}

/// What a keyboard that somebody plugs in could do to a web view.
#[tokio::test(flavor = "multi_thread")]
async fn keys_of_a_browser_do_nothing() -> anyhow::Result<()> {
    let kiosk = Kiosk::open(&[]).await?;
    let state = "return [window.tapdeskOld ?? null, devicePixelRatio, visualViewport.scale, innerWidth, location.href]";
    kiosk.window.run("window.tapdeskOld = true", Vec::new()).await?;
    let before = kiosk.window.run(state, Vec::new()).await?;
    for keys in [
        "\u{e035}",
        "\u{e009}r",
        "\u{e009}\u{e008}r",
        "\u{e009}+",
        "\u{e009}-",
        "\u{e009}=",
        "\u{e009}p",
        "\u{e009}\u{e008}i",
        "\u{e03c}",
        "\u{e00a}\u{e012}",
        "\u{e009}w",
        "\u{e009}q",
        "\u{e009}n",
        "\u{e003}",
    ] {
        kiosk.window.press_keys(keys).await?;
        let after = kiosk.window.run(state, Vec::new()).await?;
        ensure!(after == before, "{keys:?}: {before} became {after}");
    }
    kiosk
        .window
        .run("location.href = 'file:///etc/hostname'; window.print(); window.open('about:blank')", Vec::new())
        .await?;
    let after = kiosk.window.run(state, Vec::new()).await?;
    ensure!(after == before, "another page: {after}");
    kiosk.window.terminate().await.map(drop)
}
