//! What benchmarks have in common: how times are summed up, and where figures are kept.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

/// p50, p99 and the maximum of some times, in milliseconds; the times are sorted.
pub fn spread(times: &mut [Duration]) -> [f64; 3] {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    [at(50), at(99), at(100)]
}

/// Keeps a benchmark's figures as `target/bench/NAME.json`.
pub fn keep(name: &str, report: &impl Serialize) -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(name).with_extension("json"), serde_json::to_string_pretty(report)?)?)
}
