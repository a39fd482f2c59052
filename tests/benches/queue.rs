//! What a long queue costs: start-up, taps and memory of the built program with nothing, a thousand and a hundred
//! thousand taps waiting while the service is away. Quote the ratios to the empty queue of the same run.

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
use tapdesk_tests::figures;
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces;

/// How many taps wait.
const WAITING: [u64; 3] = [0, 1_000, 100_000];
/// How many taps are measured.
const TAPS: usize = 30;
/// How long any one step may take.
const DEADLINE: Duration = Duration::from_mins(2);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut figures = Vec::new();
    for waiting in WAITING {
        figures.push((waiting, measure(waiting).await?));
    }
    let floor = figures[0].1;
    println!("with so many taps waiting: milliseconds, MiB, and the ratio to none");
    println!("{:>8}{:>18}{:>18}{:>18}{:>18}", "waiting", "start-up", "tap p50", "tap max", "memory");
    for (waiting, row) in &figures {
        let cells: Vec<String> =
            row.iter().zip(floor).map(|(figure, floor)| format!("{figure:>10.1} ({:>4.2})", figure / floor)).collect();
        println!("{waiting:>8}{}", cells.join(""));
    }
    let names = ["start_up_ms", "tap_p50_ms", "tap_max_ms", "memory_mib"];
    let report: Vec<_> = figures
        .iter()
        .map(|(waiting, row)| {
            let row: serde_json::Map<_, _> =
                names.iter().zip(row).map(|(name, figure)| ((*name).to_owned(), json!(figure))).collect();
            json!({ "waiting": waiting, "figures": row })
        })
        .collect();
    figures::keep("queue", &report)
}

/// Start-up to the first line of the queue, a tap from its acknowledgement to "saved", memory.
async fn measure(waiting: u64) -> anyhow::Result<[f64; 4]> {
    let options = spaces::Options { members: TAPS, ..spaces::Options::default() };
    let station = Station::start_with(options, "[offline]\nmax_entries = 1000000").await?;
    station.sign_in().await?;
    fill(&station, waiting).await?;
    let began = Instant::now();
    let headless = Headless::start(&station)?;
    let up = headless.wait_for_line(0, DEADLINE, |line| line["event"] == if waiting == 0 { "link" } else { "queue" });
    let start_up = up.await.at.saturating_duration_since(began);
    headless.wait_for(DEADLINE, |line| line["event"] == "reader" && line["state"] == "up").await;
    headless.wait_for(DEADLINE, |line| line["event"] == "link" && line["state"] == "online").await;
    let state = station.spaces.state();
    let tiles = state.records(spaces::Entity::Coworker);
    let tiles = tiles.iter().rev().take(TAPS).filter_map(|coworker| coworker["AccessCardId"].as_str());
    let mark = headless.mark();
    state.refuse_connections();
    headless.wait_after(mark, DEADLINE, |line| line["event"] == "link" && line["state"] == "offline").await;
    let mut delays = Vec::new();
    for tile in tiles {
        let mark = headless.mark();
        let presence = station.reader.present(Tile::parse(tile)?)?;
        let ack = headless.wait_for_line(mark, DEADLINE, |line| line["event"] == "ack").await;
        let told = headless.wait_for_line(mark, DEADLINE, |line| line["kind"] == "saved").await;
        delays.push(told.at.saturating_duration_since(ack.at).as_secs_f64() * 1000.0);
        station.reader.remove_presence(presence);
    }
    let memory = memory(headless.pid())?;
    headless.terminate().await?;
    delays.sort_by(f64::total_cmp);
    Ok([start_up.as_secs_f64() * 1000.0, delays[delays.len() / 2], delays[delays.len() - 1], memory])
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

/// Resident memory of a process, in MiB.
fn memory(pid: i32) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}
