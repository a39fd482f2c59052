//! What benchmarks have in common: how times are summed up, and where figures are kept.

use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use serde::Serialize;

/// p50, p99 and the maximum of some times, in milliseconds; the times are sorted.
pub fn spread(times: &mut [Duration]) -> [f64; 3] {
    percentiles(times, [50, 99, 100])
}

/// Percentiles of some times, in milliseconds; the times are sorted. 0 where there are none.
pub fn percentiles<const N: usize>(times: &mut [Duration], shares: [usize; N]) -> [f64; N] {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    shares.map(|share| times.get((times.len() * share / 100).min(last)).map_or(0.0, |time| time.as_secs_f64() * 1e3))
}

/// The whole number that an environment variable sets, or `usual` where it is not there.
///
/// # Errors
/// What it sets is no number of at least `least`: else one would read figures of something else than one asked for.
pub fn from_environment<T: Copy + FromStr + PartialOrd + Display>(name: &str, usual: T, least: T) -> anyhow::Result<T> {
    let Some(text) = std::env::var_os(name) else { return Ok(usual) };
    let number = text.to_str().and_then(|text| text.parse().ok()).filter(|number| *number >= least);
    number.with_context(|| {
        let text = text.display();
        format!("{name} is `{text}`; set it to a whole number, at least {least}, or leave it out")
    })
}

/// Whether a figure is within its reach, as it is printed.
pub fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "MISSED" }
}

/// Keeps a benchmark's figures as `target/bench/NAME.json`.
pub fn keep(name: &str, report: &impl Serialize) -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(name).with_extension("json"), serde_json::to_string_pretty(report)?)?)
}
