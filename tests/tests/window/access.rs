//! The real window judged by axe-core, and how soon it paints an acknowledgement.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::tap;
use tapdesk_tests::kiosk::window::Window;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::{Fault, FaultKind};

use crate::desk::{Desk, SOON};
use crate::{ANA, JOSE, LANDSCAPE, LAYLA_WITHOUT_A_PASS, NOBODY, XIUYING};

/// Frames from the arrival of an acknowledgement to the one that paints it.
const FRAMES: u64 = 2;

/// Puts axe-core into the page, as the development tools would.
async fn bring_axe(window: &Window) -> anyhow::Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no repository")?;
    let path = repository.join("ui/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(&path);
    let axe = axe.with_context(|| format!("{}: run `npm --prefix ui ci`", path.display()))?;
    let version = window.run(&format!("{axe}\nreturn axe.version"), Vec::new()).await?;
    ensure!(version.is_string(), "axe-core is not in the page: {version}");
    Ok(())
}

/// What axe-core finds on the page as it stands; fails when another stage stands before or after.
async fn violations(window: &Window, stage: &str) -> anyhow::Result<Vec<String>> {
    let script = "
        const done = arguments[0];
        const stage = () => document.querySelector('main')?.dataset.stage;
        const before = stage();
        axe.run(document, { resultTypes: ['violations'] }).then(
          ({ violations, passes }) => done({
            stages: [before, stage()],
            passes: passes.length,
            violations: violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).join(' | ')}`),
          }),
          (error) => done({ stages: [], passes: 0, violations: [String(error)] }),
        );
    ";
    let found = window.run_async(script, Vec::new()).await?;
    ensure!(found["stages"] == json!([stage, stage]), "judged something else than {stage}: {found}");
    ensure!(found["passes"].as_u64().unwrap_or_default() > 5, "axe-core judged nothing: {found}");
    serde_json::from_value(found["violations"].clone()).context("a list of violations")
}

async fn has_none(window: &Window, stage: &str) -> anyhow::Result<()> {
    let found = violations(window, stage).await?;
    ensure!(found.is_empty(), "{stage}: {found:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_the_real_window() -> anyhow::Result<()> {
    let mut desk = Desk::open(LANDSCAPE, "").await?;
    desk.wait_until_ready().await?;
    bring_axe(&desk.window).await?;
    has_none(&desk.window, "idle").await?;

    // The acknowledgement stands as long as the service does not answer.
    let state = desk.station.spaces.state();
    state.inject(Fault::new(FaultKind::Hold { commit_first: true }).on("POST", "*/checkins"));
    let before = desk.window.seen().await?.len();
    let stay = desk.station.reader.present(Tile::parse(ANA)?)?;
    desk.window.wait_for_stage("acknowledged", SOON).await?;
    has_none(&desk.window, "acknowledged").await?;
    // Released before it has come, the answer would be held all the same.
    ensure!(state.wait_until(SOON, |state| !state.checkins(1_001).is_empty()).await, "no check-in");
    state.release();
    desk.window.wait_for_verdict(before, "checked_in").await?;
    has_none(&desk.window, "verdict").await?;
    tap::take_away(&desk.station.reader, stay).await?;

    for (uid, kind) in [(LAYLA_WITHOUT_A_PASS, "refused"), (NOBODY, "unknown_tile")] {
        desk.window.tap(&desk.station.reader, Tile::parse(uid)?, kind).await?;
        has_none(&desk.window, "verdict").await?;
    }

    // It would find something.
    desk.window.run("document.documentElement.removeAttribute('lang')", Vec::new()).await?;
    let standing = desk.window.stage().await?;
    let found = violations(&desk.window, &standing).await?;
    ensure!(found.iter().any(|one| one.starts_with("html-has-lang")), "a page without a language passes: {found:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_when_out_of_order() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let nowhere = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")];
    let desk = Desk::at(station, LANDSCAPE, &nowhere).await?;
    desk.window.wait_for_stage("out_of_order", SOON).await?;
    bring_axe(&desk.window).await?;
    has_none(&desk.window, "out_of_order").await
}

/// Listens for scenes beside the page, and at an acknowledgement counts the frames until one has it.
const FRAME_COUNTER: &str = "
    const done = arguments[0];
    const frames = (window.tapdeskFrames = []);
    const arrived = ({ payload: { stage } }) => {
      if (stage.stage !== 'acknowledged') return;
      const begun = performance.now();
      let count = 0;
      const frame = () => {
        count += 1;
        const { stage: shown, entry } = document.querySelector('main').dataset;
        if (shown === 'acknowledged' && entry === stage.entry) {
          // The next frame begins after this one was painted.
          requestAnimationFrame(() => frames.push({ count, milliseconds: performance.now() - begun }));
        } else if (count < 60) requestAnimationFrame(frame);
        else frames.push({ count, milliseconds: performance.now() - begun });
      };
      requestAnimationFrame(frame);
    };
    const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
    invoke('plugin:event|listen', { event: 'scene', target: { kind: 'Any' }, handler: transformCallback(arrived) })
      .then(() => done('listening'), (error) => done(String(error)));
";

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_is_painted_within_two_frames() -> anyhow::Result<()> {
    let mut desk = Desk::open(LANDSCAPE, "").await?;
    desk.wait_until_ready().await?;
    let listening = desk.window.run_async(FRAME_COUNTER, Vec::new()).await?;
    ensure!(listening == json!("listening"), "{listening}");
    // A verdict that comes before the next frame would replace what is to be seen.
    let state = desk.station.spaces.state();
    state.inject(Fault::new(FaultKind::Delay { milliseconds: 500 }).on("POST", "*/checkins").always());
    for uid in [ANA, JOSE, XIUYING] {
        desk.window.tap(&desk.station.reader, Tile::parse(uid)?, "checked_in").await?;
    }
    let frames = wait_for_frames(&desk.window, 3).await?;
    println!("acknowledgements, frames and milliseconds from arrival to painted: {frames:?}");
    for frame in &frames {
        let count = frame["count"].as_u64().context("a count")?;
        ensure!(count <= FRAMES, "painted in frame {count} after it arrived, not within {FRAMES}: {frames:?}");
    }
    Ok(())
}

async fn wait_for_frames(window: &Window, wanted: usize) -> anyhow::Result<Vec<Value>> {
    let script = "
        const [wanted, done] = arguments;
        const patience = performance.now() + 5000;
        const look = () => {
          if (window.tapdeskFrames.length >= wanted || performance.now() > patience) done(window.tapdeskFrames);
          else requestAnimationFrame(look);
        };
        look();
    ";
    let call = window.run_async(script, vec![json!(wanted)]);
    let frames = tokio::time::timeout(Duration::from_secs(15), call).await.context("no frames in time")??;
    let frames: Vec<Value> = serde_json::from_value(frames)?;
    ensure!(frames.len() == wanted, "{wanted} acknowledgements expected: {frames:?}");
    Ok(frames)
}
