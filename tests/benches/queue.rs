//! What a long queue costs: start-up, taps and memory of the built program with nothing, a thousand and a hundred
//! thousand taps waiting while the service is away. Quote the ratios to the empty queue of the same run.
//!
//! A tap is clocked from the moment when the chip's first reply with its UID was on the line. `TAPDESK_BENCH_TAPS` sets how many
//! are measured, `TAPDESK_BENCH_WAITING` how many wait at most.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{TimeDelta, Utc};
use serde_json::json;
use tapdesk_core::entry::{Entry, EntryState, Source};
use tapdesk_core::ids::{CoworkerId, EntryId};
use tapdesk_core::tile::TileReading;
use tapdesk_engine::journal::Journal;
use tapdesk_engine::keys::SystemKeyStore;
use tapdesk_engine::service;
use tapdesk_engine::settings::Settings;
use tapdesk_tests::figures::{self, from_environment, met, spread};
use tapdesk_tests::kiosk::family::status;
use tapdesk_tests::kiosk::headless::{Headless, is};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces;

/// How many taps wait.
const WAITING: [u64; 3] = [0, 1_000, 100_000];
/// How many taps are measured: enough for one in a hundred to mean something.
const TAPS: usize = 200;
/// How much longer a tap may take in one of a hundred cases with the longest queue than with none.
const REACH: f64 = 1.5;
const NAMES: [&str; 8] = [
    "start_up_ms",
    "ack_p50_ms",
    "ack_p99_ms",
    "ack_max_ms",
    "told_p50_ms",
    "told_p99_ms",
    "told_max_ms",
    "memory_mib",
];
/// How long any one step may take.
const DEADLINE: Duration = Duration::from_mins(2);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let taps = from_environment("TAPDESK_BENCH_TAPS", TAPS, 1)?;
    let most = from_environment("TAPDESK_BENCH_WAITING", WAITING[2], 0)?;
    let mut figures = Vec::new();
    for waiting in WAITING.into_iter().filter(|waiting| *waiting <= most) {
        figures.push((waiting, measure(waiting, taps).await?));
    }
    let (floor, longest) = (figures[0].1, figures[figures.len() - 1]);
    println!("with so many taps waiting, {taps} taps: milliseconds, MiB, and the ratio to none");
    println!("{:>8}{}", "waiting", NAMES.map(|name| format!("{name:>18}")).join(""));
    for (waiting, row) in &figures {
        let cells: Vec<String> =
            row.iter().zip(floor).map(|(figure, floor)| format!("{figure:>11.1} ({:>4.2})", figure / floor)).collect();
        println!("{waiting:>8}{}", cells.join(""));
    }
    let ratio = |name: &str| {
        let place = NAMES.iter().position(|known| *known == name).unwrap_or_default();
        longest.1[place] / floor[place]
    };
    let ratios = [ratio("ack_p99_ms"), ratio("told_p99_ms")];
    for (what, ratio) in ["the acknowledgement", "what is said"].into_iter().zip(ratios) {
        let is_met = met(ratio <= REACH);
        println!("p99 to {what}, with {} waiting to none: {ratio:.2}; at most {REACH}: {is_met}", longest.0);
    }
    let rows: Vec<_> = figures
        .iter()
        .map(|(waiting, row)| {
            let row: serde_json::Map<_, _> =
                NAMES.iter().zip(row).map(|(name, figure)| ((*name).to_owned(), json!(figure))).collect();
            json!({ "waiting": waiting, "figures": row })
        })
        .collect();
    let report = json!({ "taps": taps, "runs": rows, "ack_p99_ratio": ratios[0], "told_p99_ratio": ratios[1] });
    figures::keep("queue", &report)
}

/// Start-up to the first line of the queue, taps from the reader to the acknowledgement and to "saved", memory.
async fn measure(waiting: u64, taps: usize) -> anyhow::Result<[f64; 8]> {
    let options = spaces::Options { members: taps, ..spaces::Options::default() };
    let station = Station::start_with(options, "[offline]\nmax_entries = 1000000").await?;
    station.sign_in().await?;
    fill(&station, waiting).await?;
    let began = Instant::now();
    let headless = Headless::start(&station)?;
    let up = headless.wait_for_line(0, DEADLINE, |line| line["event"] == if waiting == 0 { "link" } else { "queue" });
    let start_up = up.await.at.saturating_duration_since(began);
    headless.wait_until_it_works(DEADLINE).await;
    let state = station.spaces.state();
    let tiles = state.records(spaces::Entity::Coworker);
    let tiles = tiles.iter().rev().take(taps).filter_map(|coworker| coworker["AccessCardId"].as_str());
    let mark = headless.mark();
    state.refuse_connections();
    headless.wait_after(mark, DEADLINE, is("link", "offline")).await;
    let (mut acknowledged, mut said) = (Vec::new(), Vec::new());
    for tile in tiles {
        let mark = headless.mark();
        let presence = station.reader.present(Tile::parse(tile)?)?;
        let ack = headless.wait_for_line(mark, DEADLINE, |line| line["event"] == "ack").await;
        let told = headless.wait_for_line(mark, DEADLINE, |line| line["kind"] == "saved").await;
        let seen = station.reader.sighting(presence).and_then(|seen| seen.first_reply).context("the UID was sent")?;
        acknowledged.push(ack.at.saturating_duration_since(seen));
        said.push(told.at.saturating_duration_since(seen));
        station.reader.remove_presence(presence);
    }
    anyhow::ensure!(said.len() == taps, "{} of {taps} members have a tile", said.len());
    let memory = f64::from(status(headless.pid(), "VmRSS")?) / 1024.0;
    headless.terminate().await?;
    let ([ack_50, ack_99, ack_most], [said_50, said_99, said_most]) = (spread(&mut acknowledged), spread(&mut said));
    Ok([start_up.as_secs_f64() * 1000.0, ack_50, ack_99, ack_most, said_50, said_99, said_most, memory])
}

/// Lays so many taps of as many members into the station's journal.
async fn fill(station: &Station, waiting: u64) -> anyhow::Result<()> {
    let settings = Settings::read(Some(&station.configuration()))?;
    let keys = Arc::new(SystemKeyStore);
    let key = service::journal_key(&settings, keys.as_ref())?;
    let journal = Journal::open(&settings.data_dir, &key, settings.spaces.business_id)?;
    let mut stored = Vec::new();
    for number in 1..=waiting {
        let TileReading::Usable(tile) = TileReading::of_hex(&format!("04{number:012X}")) else { continue };
        stored.push(journal.put(Entry {
            id: EntryId(u128::from(number)),
            number,
            tile: Some(tile),
            source: Source::Tile,
            tapped_at: Utc::now() - TimeDelta::hours(1),
            coworker: Some(CoworkerId(1_000_000 + i64::try_from(number)?)),
            wanted: None,
            state: EntryState::Waiting,
            watch: None,
            retried_at: None,
        }));
    }
    for stored in stored {
        stored.await?;
    }
    Ok(())
}
