//! Fifty real kiosks at one simulated service, scraped each second by a real Prometheus, through the outage of the tests: what
//! being watched costs. `TAPDESK_BENCH_OBSERVED` sets how many kiosks there are.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use tapdesk_tests::figures::{self, from_environment};
use tapdesk_tests::kiosk::family::processor_time;
use tapdesk_tests::outage::{Cost, Outage};

/// How many kiosks.
const KIOSKS: usize = 50;
/// For how long the kiosks are watched at rest, scraped and not.
const WATCHED: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let kiosks = from_environment("TAPDESK_BENCH_OBSERVED", KIOSKS, 1)?;
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/packaging/telemetry/tapdesk-rules.yml");
    let mut outage = Outage::begin(kiosks, &rules).await?;
    outage.all_is_well().await?;
    let scraped = idle(&outage).await?;
    let began = Instant::now();
    let seen = outage.run().await?;
    let outage_s = began.elapsed().as_secs_f64();
    let Cost { series, scrape_seconds, bytes } = outage.cost().await?;
    outage.stop_watching();
    let alone = idle(&outage).await?;
    println!("{kiosks} kiosks; {} alerts fired and cleared in {outage_s:.0} s", seen.len());
    println!("series of a kiosk {series}, a scrape {bytes} bytes, {:.1} ms at most", scrape_seconds * 1000.0);
    println!("a kiosk at rest: {scraped:.3} % of a core scraped each second, {alone:.3} % alone");
    figures::keep(
        "observed",
        &json!({
            "kiosks": kiosks, "alerts": seen, "outage_s": outage_s, "series": series, "bytes": bytes,
            "scrape_ms": scrape_seconds * 1000.0, "idle_scraped_percent": scraped, "idle_alone_percent": alone,
        }),
    )
}

/// What a kiosk takes of a core at rest, in per cent, the mean of all.
async fn idle(outage: &Outage) -> anyhow::Result<f64> {
    let programs = outage.programs();
    let (began, before) = (Instant::now(), processor_time(&programs)?);
    tokio::time::sleep(WATCHED).await;
    let took = processor_time(&programs)?.saturating_sub(before);
    let kiosks = f64::from(u32::try_from(programs.len())?);
    Ok(took.as_secs_f64() / began.elapsed().as_secs_f64() * 100.0 / kiosks)
}
