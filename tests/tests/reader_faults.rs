//! The reader process under fire: each fault of the chip just before a tile is laid there, and a cable that is pulled again
//! and again. `TAPDESK_FAULTY_TAPS` and `TAPDESK_REOPENINGS` make it longer than the usual minute.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tapdesk_core::tile::TileReading;
use tapdesk_engine::settings::reader::ReaderSettings;
use tapdesk_tests::kiosk::family::status;
use tapdesk_tests::kiosk::reader_process::ReaderProcess;
use tapdesk_tests::pn532::{Fault, Options, Simulator, Tile};

/// How long somebody holds a tile there.
const HELD_FOR: Duration = Duration::from_millis(500);
/// Every so many taps the chip has a fault first.
const FAULT_EVERY: usize = 5;

/// A simulated reader, and the reader process as a kiosk runs it.
struct Reader {
    chip: Simulator,
    process: ReaderProcess,
}

impl Reader {
    async fn start() -> anyhow::Result<Self> {
        let chip = Simulator::start(Options::default())?;
        let settings = ReaderSettings { connection: Some(chip.connection_string()), ..ReaderSettings::default() };
        let mut process = ReaderProcess::start(&settings)?;
        process.up().await?;
        Ok(Self { chip, process })
    }
}

fn number(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A UID of its own for each tap.
fn uid(tap: usize) -> String {
    format!("04{:02X}{:02X}5A{:02X}C3{:02X}", tap >> 8 & 0xFF, tap & 0xFF, tap.wrapping_mul(37) & 0xFF, tap % 251)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_fault_of_the_chip_makes_a_wrong_tile_or_loses_one() -> anyhow::Result<()> {
    let mut reader = Reader::start().await?;
    let taps = number("TAPDESK_FAULTY_TAPS", FAULT_EVERY * Fault::ALL.len());
    let mut after_a_fault = Vec::new();
    for tap in 0..taps {
        // The chip in its usual order, then in another: each fault meets each neighbour.
        let place = (tap / FAULT_EVERY) * (1 + 2 * (tap / FAULT_EVERY / Fault::ALL.len()));
        let fault = (tap % FAULT_EVERY == 0).then(|| Fault::ALL[place % Fault::ALL.len()]);
        if let Some(fault) = fault {
            reader.chip.fault(fault, Some(1));
        }
        let began = Instant::now();
        let stay = reader.chip.present(Tile::parse(&uid(tap))?)?;
        let seen = reader.process.tile().await.with_context(|| format!("tap {tap} after {fault:?}"))?;
        ensure!(seen == TileReading::of_hex(&uid(tap)), "tap {tap} after {fault:?} was read as another tile");
        if let Some(fault) = fault {
            after_a_fault.push((began.elapsed(), fault));
        }
        reader.chip.remove_presence(stay);
        reader.chip.clear_faults();
    }
    after_a_fault.sort_by_key(|(took, _)| *took);
    let late =
        after_a_fault.iter().filter(|(took, _)| *took > HELD_FOR).map(|(took, fault)| format!("{fault} {took:?}"));
    let late: Vec<String> = late.collect();
    let (median, longest) = (after_a_fault[after_a_fault.len() / 2].0, after_a_fault.last().map(|last| last.0));
    eprintln!("measured: {taps} taps; after a fault the tile was read {median:?} (median), {longest:?} (longest)");
    eprintln!("measured: later than {HELD_FOR:?}: {late:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cable_that_is_pulled_again_and_again_costs_nothing() -> anyhow::Result<()> {
    let mut reader = Reader::start().await?;
    let reopenings = number("TAPDESK_REOPENINGS", 12);
    // KiB of memory, and open files.
    let cost = |reader: &Reader| -> anyhow::Result<(u64, usize)> {
        let process = reader.process.process()?;
        Ok((status(process, "VmRSS")?.into(), std::fs::read_dir(format!("/proc/{process}/fd"))?.count()))
    };
    let mut costs = Vec::new();
    for reopening in 0..reopenings {
        reader.chip.unplug();
        reader.process.down().await?;
        reader.chip.replug()?;
        reader.process.up().await?;
        if reopening > 0 {
            costs.push(cost(&reader)?);
        }
    }
    let files = |(_, files): &(u64, usize)| *files;
    let (first, most) = (costs[0], costs.iter().map(files).max().unwrap_or_default());
    ensure!(most == first.1, "open files grow: {costs:?}");
    // 1 KiB of libnfc's at each open, and pages that the allocator takes as it likes.
    let growth = costs.last().map_or(0, |last| last.0.saturating_sub(first.0));
    ensure!(growth <= 1024 + reopenings as u64, "{growth} KiB more after {reopenings} reopenings: {costs:?}");
    eprintln!("measured: {reopenings} reopenings: {growth} KiB more, {most} open files");
    Ok(())
}
