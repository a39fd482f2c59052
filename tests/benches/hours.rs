//! A working day of taps, one a second for eight hours, through the real desk with its journal at the real simulator, as fast
//! as it goes: memory, open files, the journal's size and the taps' latency after each eighth.
//!
//! The clock by which the desk waits is moved by a second with each tap, so that what is forgotten after a minute or an hour is
//! forgotten here too. `TAPDESK_BENCH_TAPS_A_DAY` makes it fewer taps.

mod hastened;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use reqwest::Method;
use serde_json::json;
use tapdesk_tests::figures::{self, from_environment, met, spread};
use tapdesk_tests::kiosk::family::{memory, own, status};
use tapdesk_tests::kiosk::station::OPEN_BUDGET;
use tempfile::TempDir;

use self::hastened::{Hastened, Service};

/// Eight hours of them.
const TAPS: usize = 8 * 3_600;
/// How many members come and go, one after another.
const MEMBERS: usize = 4_000;
/// The first of them has this id.
const FIRST: usize = 1_021;
/// How much more memory the last eighth may take than the second, which has filled what is kept of the last hours.
const FLAT: f64 = 1.05;

fn main() -> anyhow::Result<()> {
    let taps = from_environment("TAPDESK_BENCH_TAPS_A_DAY", TAPS, 8)?;
    hastened::run(day(taps))
}

/// After an eighth: MiB, files, MiB of the journal, and the taps' p50, p99 and maximum in milliseconds.
struct Eighth {
    pss: f64,
    rss: f64,
    files: usize,
    journal: f64,
    taps: [f64; 3],
}

async fn day(taps: usize) -> anyhow::Result<()> {
    let service = Service::start(MEMBERS, &[]).await?;
    let folder = TempDir::new()?;
    let mut desk = Hastened::start(&service, folder.path(), OPEN_BUDGET, false).await?;
    let began = Instant::now();
    let mut eighths = Vec::new();
    println!(
        "{taps} taps, one a second; after each eighth: MiB, files, and milliseconds from the reader's line to the verdict"
    );
    println!(
        "{:>6}{:>9}{:>9}{:>7}{:>10}{:>9}{:>9}{:>9}",
        "eighth", "PSS", "RSS", "files", "journal", "p50", "p99", "max"
    );
    let mut times = Vec::with_capacity(taps / 8 + 1);
    for eighth in 1..=8 {
        times.clear();
        for number in taps * (eighth - 1) / 8..taps * eighth / 8 {
            let (took, _, shown) = desk.tap(&format!("04{:012X}", FIRST + number % MEMBERS)).await?;
            let kind = shown.verdict.kind();
            ensure!(kind.starts_with("checked_"), "tap {number} became {kind}");
            times.push(took);
            desk.pass_a_second().await?;
        }
        // What is read back after the last taps.
        desk.pass(Duration::from_secs(15)).await?;
        // The service's own memory is nobody's measure, and need not grow either.
        service.control(Method::DELETE, "log", None).await?;
        let row = Eighth {
            pss: memory(&[own()])?,
            rss: f64::from(status(own(), "VmRSS")?) / 1024.0,
            files: std::fs::read_dir("/proc/self/fd")?.count(),
            journal: size(folder.path())?,
            taps: spread(&mut times),
        };
        let [p50, p99, most] = row.taps;
        println!(
            "{eighth:>6}{:>9.1}{:>9.1}{:>7}{:>10.1}{p50:>9.1}{p99:>9.1}{most:>9.1}",
            row.pss, row.rss, row.files, row.journal
        );
        eighths.push(row);
    }
    let took = began.elapsed();
    let (second, last) = (&eighths[1], &eighths[7]);
    let (pss, p99) = (last.pss / second.pss, last.taps[1] / second.taps[1]);
    println!("the day took {:.0} s", took.as_secs_f64());
    println!("memory (PSS), last eighth to second: {pss:.3}; at most {FLAT}: {}", met(pss <= FLAT));
    println!("open files, last eighth and second: {} and {}", last.files, second.files);
    println!("tap p99, last eighth to second: {p99:.2}");
    desk.end().await?;
    let rows: Vec<_> = eighths
        .iter()
        .map(|row| {
            let [p50, p99, most] = row.taps;
            json!({
                "pss_mib": row.pss, "rss_mib": row.rss, "files": row.files, "journal_mib": row.journal,
                "tap_ms": { "p50": p50, "p99": p99, "max": most },
            })
        })
        .collect();
    let report = json!({
        "taps": taps, "seconds": took.as_secs_f64(), "eighths": rows,
        "memory_last_to_second": pss, "tap_p99_last_to_second": p99, "memory_is_flat": pss <= FLAT,
    });
    figures::keep("hours", &report)
}

/// Of the journal's files, in MiB.
fn size(data_dir: &Path) -> anyhow::Result<f64> {
    let mut kibibytes = 0;
    for file in std::fs::read_dir(data_dir)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with("journal.") {
            kibibytes += u32::try_from(file.metadata()?.len() / 1024)?;
        }
    }
    Ok(f64::from(kibibytes) / 1024.0)
}
