//! From the tile entering the field to the acknowledgement and to the verdict, on the headless lines.
//!
//! The floor stands in the same run: the moment when the reader's first reply with the UID had been written to the line.
//! No program can know of the tile earlier. Figures are whole-process figures on this machine; quote the ratios.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::json;
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::{Kind, Tile};
use tapdesk_tests::spaces;

/// How many taps are measured.
const TAPS: usize = 120;
/// How long any one step may take.
const DEADLINE: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = spaces::Options { members: TAPS, ..spaces::Options::default() };
    let station = Station::start_with(options, "[tap]\nrepeat_window_s = 0").await?;
    // Nobody taps twice a second all day: the budget of a minute is not what is measured, the distance of calls is.
    station.configure_spaces("calls_per_minute = 100000\nwrites_per_minute = 100000")?;
    station.sign_in().await?;
    let headless = Headless::start(&station)?;
    headless.wait_for(DEADLINE, |line| line["event"] == "reader" && line["state"] == "up").await;
    headless.wait_for(DEADLINE, |line| line["event"] == "link" && line["state"] == "online").await;

    let tiles: Vec<Vec<u8>> = members_tiles(&station)?;
    let (mut uid, mut acknowledgement, mut verdict) = (Vec::new(), Vec::new(), Vec::new());
    for tile in tiles.iter().cycle().take(TAPS) {
        let mark = headless.mark();
        let presence = station.reader.present(Tile::new(tile, Kind::Ntag213)?)?;
        let entered = station.reader.sighting(presence).context("the tile is in the field")?.entered;
        let ack = headless.wait_for_line(mark, DEADLINE, |line| line["event"] == "ack").await;
        let told = headless.wait_for_line(mark, DEADLINE, |line| line["event"] == "verdict").await;
        let first_reply =
            station.reader.sighting(presence).and_then(|seen| seen.first_reply).context("the UID was sent")?;
        let since = |at: Instant| at.saturating_duration_since(entered);
        uid.push(since(first_reply));
        acknowledgement.push(since(ack.at));
        verdict.push(since(told.at));
        let frames = station.reader.frames_so_far();
        station.reader.remove_presence(presence);
        // The reader process calls a tile gone after several empty looks over 250 ms.
        let removed = Instant::now();
        let mut looks = 0;
        let gone = station.reader.wait_for_frame(frames, DEADLINE, |frame| {
            looks += usize::from(frame.code() == Some(0x4A));
            looks > 6 && frame.at > removed + Duration::from_millis(450)
        });
        gone.context("the reader goes on looking")?;
    }
    let (code, _) = headless.terminate().await?;
    anyhow::ensure!(code == Some(0), "the program ended with {code:?}");

    let rows = [("UID on the line (floor)", uid), ("acknowledgement", acknowledgement), ("verdict", verdict)];
    let figures: Vec<(&str, [f64; 4])> = rows.into_iter().map(|(name, times)| (name, summary(times))).collect();
    let floor = figures[0].1;
    println!("from the tile entering the field, {TAPS} taps, milliseconds");
    println!("{:<26}{:>8}{:>8}{:>8}{:>8}{:>12}", "", "p50", "p90", "p99", "max", "p50/floor");
    for (name, [p50, p90, p99, max]) in &figures {
        println!("{name:<26}{p50:>8.1}{p90:>8.1}{p99:>8.1}{max:>8.1}{:>12.2}", p50 / floor[0]);
    }
    let report: serde_json::Map<_, _> = figures
        .iter()
        .map(|(name, [p50, p90, p99, max])| {
            (
                (*name).to_owned(),
                json!({ "p50": p50, "p90": p90, "p99": p99, "max": max, "p50_to_floor": p50 / floor[0] }),
            )
        })
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("tap.json"), serde_json::to_string_pretty(&report)?)?;
    Ok(())
}

/// The tiles of the members that the simulator was asked to make: each with a plan that covers everything.
fn members_tiles(station: &Station) -> anyhow::Result<Vec<Vec<u8>>> {
    let coworkers = station.spaces.state().records(spaces::Entity::Coworker);
    let cards = coworkers.iter().rev().take(TAPS).filter_map(|coworker| coworker["AccessCardId"].as_str());
    let tiles: Vec<Vec<u8>> = cards.filter_map(|card| Tile::parse(card).ok()).map(|tile| tile.uid().to_vec()).collect();
    anyhow::ensure!(tiles.len() == TAPS, "{} of {TAPS} members have a tile", tiles.len());
    Ok(tiles)
}

/// p50, p90, p99 and the maximum, in milliseconds.
fn summary(mut times: Vec<Duration>) -> [f64; 4] {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    [at(50), at(90), at(99), at(100)]
}
