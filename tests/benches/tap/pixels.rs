//! The same taps up to the screen: when the acknowledgement's and the verdict's pixels stand there. Tapdesk in its own
//! window beside the maker's kiosk, whose program sends scenes to the same page in Chromium's kiosk mode.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tapdesk_tests::figures::{self, spread};
use tapdesk_tests::kiosk::display::Display;
use tapdesk_tests::kiosk::eye::Eye;
use tapdesk_tests::kiosk::headless::is;
use tapdesk_tests::kiosk::pixels::Colour;
use tapdesk_tests::kiosk::served::{Answers, Served};
use tapdesk_tests::kiosk::shown::Shown;
use tapdesk_tests::kiosk::window::Window;
use tapdesk_tests::pn532::{DeviceName, Simulator};

use crate::contest::{Contest, DEADLINE, Figures, IN_A_QUEUE, Witness};

/// A page on which nothing was drawn for so long has settled.
const REST: Duration = Duration::from_secs(3);
/// The acknowledgement covers the screen but for its status line and its drawing; the idle screen has half of its colour.
const ACKNOWLEDGED: f64 = 0.65;
/// A verdict's field is a part of the screen.
const VERDICT: f64 = 0.15;
/// Keeps the scenes that the shell sends to its page, and tells them.
const LISTEN: &str = "
    const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
    window.tapdeskScenes = [];
    const handler = transformCallback(({ payload }) => window.tapdeskScenes.push(payload));
    invoke('plugin:event|listen', { event: 'scene', target: { kind: 'Any' }, handler }).then(arguments[0]);";

/// After the UID, in milliseconds: by then the acknowledgement is to stand on the screen, at p50.
const REACH: f64 = 50.0;

/// Both on screens of their own, printed beside the lines of a Tapdesk without one; the same for the report.
pub(crate) async fn measure(contest: &Contest, lines: &Figures) -> anyhow::Result<Value> {
    let recorded = contest.record().await?;
    let tapdesk = contest.tapdesk_on_screen(&recorded).await?;
    let maker = contest.maker_on_screen(&recorded).await?;
    println!(
        "\n{:<34}{:>8}{:>8}{:>8}{:>10}{:>10}",
        "service 0 ms, pixels", "p50", "p99", "max", "p50/lines", "p99/lines"
    );
    let mut all = serde_json::Map::new();
    for (name, figures) in [("tapdesk's lines", lines), ("tapdesk", &tapdesk), ("maker", &maker)] {
        all.insert(name.to_owned(), figures.print(name, lines));
        let [uid, acknowledgement] =
            [&figures.uid, &figures.acknowledgement].map(|times| spread(&mut times.clone())[0]);
        all[name]["unseen_acknowledgements"] = json!(figures.unseen);
        if figures.unseen > 0 {
            println!("{name}: {} acknowledgements never stood on the screen", figures.unseen);
        }
        all[name]["acknowledgement_after_uid_p50"] = json!(acknowledgement - uid);
        println!("{:<34}{:>8.1}", format!("{name}: p50 - p50 of the UID"), acknowledgement - uid);
    }
    let met = all["tapdesk"]["acknowledgement_after_uid_p50"].as_f64().is_some_and(|after| after <= REACH);
    println!("reach: tapdesk's acknowledgement <= UID + {REACH} ms at p50: {}", figures::met(met));
    all.insert("met".to_owned(), json!(met));
    Ok(all.into())
}

/// What is looked for on a screen.
pub(crate) struct Screen {
    display: Display,
    eye: Eye,
    acknowledgement: Colour,
    verdict: Colour,
}

/// What the real window's page was told and showed.
pub(crate) struct Recorded {
    answers: Answers,
    /// The scenes of a tap, by `ack` and `verdict`.
    scenes: Value,
    acknowledgement: Colour,
    verdict: Colour,
}

impl Screen {
    async fn new(recorded: &Recorded) -> anyhow::Result<Self> {
        let display = Display::start(1280, 800).await?;
        let eye = Eye::open(&display)?;
        Ok(Self { display, eye, acknowledgement: recorded.acknowledgement, verdict: recorded.verdict })
    }

    /// Waits until `ack` or `verdict` stands there; when it was seen.
    pub(crate) fn shows(&self, what: &str, within: Duration) -> anyhow::Result<Instant> {
        let (colour, share) =
            if what == "ack" { (self.acknowledgement, ACKNOWLEDGED) } else { (self.verdict, VERDICT) };
        let seen = self.eye.wait_until(within, |look| look.share_of(colour) >= share);
        Ok(seen.with_context(|| format!("the screen shows no {what}"))?.0)
    }
}

impl Contest {
    /// Has one more member tap at the real window, under a driver, and notes what its page is told and how it looks.
    pub(crate) async fn record(&self) -> anyhow::Result<Recorded> {
        let display = Display::start(1280, 800).await?;
        let window = Window::open(&self.station, &display, &[]).await?;
        let answers = Answers::of(&window).await?;
        window.run_async(LISTEN, Vec::new()).await?;
        let acknowledgement = window.colour("--deep").await?;
        let (tile, _) = self.members.last().context("nobody taps")?;
        window.tap(&self.station.reader, tile.clone(), "checked_in").await?;
        let told = window.run("return window.tapdeskScenes", Vec::new()).await?;
        let told = told.as_array().context("the page was told nothing")?;
        let scene = |stage: &str| told.iter().find(|scene| scene["stage"]["stage"] == stage);
        let scenes = json!({
            "ack": scene("acknowledged").context("no acknowledgement")?,
            "verdict": scene("verdict").context("no verdict")?,
        });
        let verdict = window.colour("--field").await?;
        window.terminate().await?;
        Ok(Recorded { answers, scenes, acknowledgement, verdict })
    }

    /// Tapdesk in its window.
    pub(crate) async fn tapdesk_on_screen(&self, recorded: &Recorded) -> anyhow::Result<Figures> {
        let screen = Screen::new(recorded).await?;
        let _shown = Shown::tapdesk(&self.station, &screen.display)?;
        screen.eye.wait_for_rest(REST, DEADLINE)?;
        self.tap_seen_by(&self.station.reader, 3, IN_A_QUEUE, &Witness::Screen(&screen)).await
    }

    /// The maker's kiosk with the page in Chromium.
    pub(crate) async fn maker_on_screen(&self, recorded: &Recorded) -> anyhow::Result<Figures> {
        let reader = Simulator::start(tapdesk_tests::pn532::Options::default())?;
        let device = DeviceName::new(reader.link())?;
        let mut task = self.task(device.nfcpy_path())?;
        task.scenes = Some(recorded.scenes.clone());
        let maker = Self::start_maker(&task)?;
        let serves = maker.wait_for(DEADLINE, |line| line["event"] == "serves").await;
        let scenes = serves["address"].as_str().context("no address")?;
        let page = Served::start(recorded.answers.clone()).await?;
        let screen = Screen::new(recorded).await?;
        let _shown = Shown::chromium(&screen.display, &page.address_with(scenes))?;
        maker.wait_for(DEADLINE, |line| line["event"] == "watched").await;
        screen.eye.wait_for_rest(REST, DEADLINE)?;
        maker.wait_for(DEADLINE, is("reader", "up")).await;
        self.tap_seen_by(&reader, 4, IN_A_QUEUE, &Witness::Screen(&screen)).await
    }
}
