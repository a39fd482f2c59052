//! Draws what the benchmarks kept in target/bench: each NAME.json that is there becomes NAME.svg. It measures nothing itself,
//! and `./dev bench` runs it last.

use std::path::Path;

use anyhow::Context;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use serde_json::Value;

/// Pixels.
const WIDTH: u32 = 960;
const ROW: u32 = 26;
const HEAD: u32 = 64;
const FOOT: u32 = 24;
/// What stands to the left of the bars, and what may stand to the right of the longest.
const LABELS: i32 = 320;
const FIGURES: i32 = 150;
const OURS: RGBColor = RGBColor(0x0B, 0x6E, 0x4F);
const OTHERS: RGBColor = RGBColor(0x8A, 0x8F, 0x98);
const INK: RGBColor = RGBColor(0x1F, 0x24, 0x2B);

/// One bar: to the median, and by a thin line on to the slowest of a hundred where that is known.
struct Bar {
    label: String,
    value: f64,
    slowest: Option<f64>,
    /// Tapdesk's, and not of what it is compared with.
    is_ours: bool,
}

struct Chart {
    /// Of the figures' file.
    name: &'static str,
    title: &'static str,
    unit: &'static str,
    bars: fn(&Value) -> Vec<Bar>,
}

const CHARTS: [Chart; 9] = [
    Chart { name: "directory", title: "Whose tile it is, among so many members", unit: "µs", bars: directory },
    Chart {
        name: "failures",
        title: "From the staff PIN to the first of so many failures",
        unit: "ms",
        bars: failures,
    },
    Chart { name: "fleet", title: "A tap's wait at many kiosks on one account", unit: "ms", bars: fleet },
    Chart { name: "hours", title: "Memory in eight hours of a tap a second", unit: "MiB", bars: hours },
    Chart {
        name: "observed",
        title: "What a kiosk takes of a core at rest, scraped each second and not",
        unit: "% of a core",
        bars: observed,
    },
    Chart { name: "queue", title: "From a tap to \"saved\" behind so many that wait", unit: "ms", bars: queue },
    Chart { name: "readers", title: "From the tile at the reader to its acknowledgement", unit: "ms", bars: readers },
    Chart { name: "tap", title: "From the tile entering the field to the verdict", unit: "ms", bars: tap },
    Chart { name: "window", title: "The same page in Tapdesk and in Chromium", unit: "times Chromium's", bars: window },
];

fn main() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    for chart in CHARTS {
        let figures = folder.join(chart.name).with_extension("json");
        // Who ran one benchmark alone has one chart.
        let Ok(text) = std::fs::read(&figures) else { continue };
        let figures: Value = serde_json::from_slice(&text).with_context(|| format!("{}", figures.display()))?;
        let bars = (chart.bars)(&figures);
        anyhow::ensure!(!bars.is_empty(), "{}.json holds none of the figures that are drawn", chart.name);
        let file = folder.join(chart.name).with_extension("svg");
        draw(&chart, &bars, &file).with_context(|| format!("{}", file.display()))?;
        println!("target/bench/{}.svg", chart.name);
    }
    Ok(())
}

fn draw(chart: &Chart, bars: &[Bar], file: &Path) -> anyhow::Result<()> {
    let rows = u32::try_from(bars.len())?;
    let height = HEAD + rows * ROW + FOOT;
    let root = SVGBackend::new(file, (WIDTH, height)).into_drawing_area();
    root.fill(&WHITE)?;
    let text = |size: i32| ("sans-serif", size).into_font().color(&INK);
    let left = text(14).pos(Pos::new(HPos::Left, VPos::Center));
    let right = text(14).pos(Pos::new(HPos::Right, VPos::Center));
    root.draw_text(chart.title, &text(20), (16, 14))?;
    root.draw_text(
        &format!("{}; bar: median, line: slowest of a hundred where it was measured", chart.unit),
        &text(13),
        (16, 40),
    )?;
    let longest = bars.iter().map(|bar| bar.slowest.unwrap_or(bar.value).max(bar.value)).fold(0.0, f64::max);
    let space = f64::from(i32::try_from(WIDTH)? - LABELS - FIGURES);
    #[expect(clippy::cast_possible_truncation, reason = "within the picture's width")]
    let along = |value: f64| LABELS + (value / longest * space).round() as i32;
    for (row, bar) in bars.iter().enumerate() {
        let middle = i32::try_from(HEAD)? + i32::try_from(row)? * i32::try_from(ROW)? + i32::try_from(ROW)? / 2;
        let colour = if bar.is_ours { OURS } else { OTHERS };
        root.draw_text(&bar.label, &right, (LABELS - 10, middle))?;
        root.draw(&Rectangle::new([(LABELS, middle - 8), (along(bar.value), middle + 8)], colour.filled()))?;
        let mut end = along(bar.value);
        let mut figures = vec![number(bar.value)];
        if let Some(slowest) = bar.slowest {
            root.draw(&PathElement::new([(end, middle), (along(slowest), middle)], colour.stroke_width(2)))?;
            end = end.max(along(slowest));
            figures.push(number(slowest));
        }
        root.draw_text(&figures.join(" … "), &left, (end + 8, middle))?;
    }
    Ok(root.present()?)
}

/// As many digits as tell something.
fn number(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}")
    }
}

/// The elements of a list of figures.
fn rows<'a>(figures: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    figures[name].as_array().into_iter().flatten()
}

/// A bar of Tapdesk's; none where the median is not known.
fn ours(label: String, value: &Value, slowest: &Value) -> Option<Bar> {
    Some(Bar { label, value: value.as_f64()?, slowest: slowest.as_f64(), is_ours: true })
}

fn directory(figures: &Value) -> Vec<Bar> {
    let of =
        |row: &Value| ours(format!("{} members", row["members"]), &row["identify_p50_us"], &row["identify_p99_us"]);
    rows(figures, "passes").filter_map(of).collect()
}

fn failures(figures: &Value) -> Vec<Bar> {
    let of =
        |row: &Value| ours(format!("{} failures", row["failures"]), &row["figures"]["first_rows_ms"], &Value::Null);
    rows(figures, "runs").filter_map(of).collect()
}

fn fleet(figures: &Value) -> Vec<Bar> {
    let of = |row: &Value| {
        let (figures, told) = (&row["figures"], row["told"].as_str()?);
        let label = format!("{} kiosks {told}, {} a minute each", row["kiosks"], figures["taps_a_minute_each"]);
        ours(label, &figures["waited_ms"]["p50"], &figures["waited_ms"]["p99"])
    };
    rows(figures, "rushes").filter_map(of).collect()
}

fn hours(figures: &Value) -> Vec<Bar> {
    let of = |(eighth, row): (usize, &Value)| ours(format!("hour {}", eighth + 1), &row["pss_mib"], &Value::Null);
    rows(figures, "eighths").enumerate().filter_map(of).collect()
}

fn observed(figures: &Value) -> Vec<Bar> {
    let of = |(key, label): &(&str, &str)| ours((*label).to_owned(), &figures[key], &Value::Null);
    [("idle_scraped_percent", "scraped each second"), ("idle_alone_percent", "not scraped")]
        .iter()
        .filter_map(of)
        .collect()
}

fn queue(figures: &Value) -> Vec<Bar> {
    let of = |row: &Value| {
        let figures = &row["figures"];
        ours(format!("{} waiting", row["waiting"]), &figures["told_p50_ms"], &figures["told_p99_ms"])
    };
    rows(figures, "runs").filter_map(of).collect()
}

fn readers(figures: &Value) -> Vec<Bar> {
    let kinds = figures.as_object().into_iter().flatten();
    kinds.filter_map(|(kind, figures)| ours(kind.clone(), &figures["p50"], &figures["p99"])).collect()
}

fn tap(figures: &Value) -> Vec<Bar> {
    let of = |delay: u64, name: &str| {
        let verdict = &figures[format!("service_{delay}_ms")][name]["verdict"];
        let bar = ours(format!("service {delay} ms: {name}"), &verdict["p50"], &verdict["p99"])?;
        Some(Bar { is_ours: name == "tapdesk", ..bar })
    };
    let names = ["floor", "tapdesk", "maker"];
    [0, 50, 150].into_iter().flat_map(|delay| names.iter().filter_map(move |name| of(delay, name))).collect()
}

fn window(figures: &Value) -> Vec<Bar> {
    let rows =
        [("start_ms", "start to the painted page"), ("memory_mib", "memory"), ("idle_percent", "processor time, idle")];
    rows.iter().filter_map(|(key, label)| ours((*label).to_owned(), &figures[key]["ratio"], &Value::Null)).collect()
}
