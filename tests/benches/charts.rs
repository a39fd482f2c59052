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

const CHARTS: [Chart; 2] = [
    Chart { name: "tap", title: "From the tile entering the field to the verdict", unit: "ms", bars: tap },
    Chart { name: "readers", title: "From the tile at the reader to its acknowledgement", unit: "ms", bars: readers },
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

fn tap(figures: &Value) -> Vec<Bar> {
    let of = |delay: u64, name: &str| {
        let verdict = &figures[format!("service_{delay}_ms")][name]["verdict"];
        Some(Bar {
            label: format!("service {delay} ms: {name}"),
            value: verdict["p50"].as_f64()?,
            slowest: verdict["p99"].as_f64(),
            is_ours: name == "tapdesk",
        })
    };
    let names = ["floor", "tapdesk", "maker"];
    [0, 50, 150].into_iter().flat_map(|delay| names.iter().filter_map(move |name| of(delay, name))).collect()
}

fn readers(figures: &Value) -> Vec<Bar> {
    let Some(kinds) = figures.as_object() else { return Vec::new() };
    let of = |(kind, figures): (&String, &Value)| {
        Some(Bar {
            label: kind.clone(),
            value: figures["p50"].as_f64()?,
            slowest: figures["p99"].as_f64(),
            is_ours: true,
        })
    };
    kinds.iter().filter_map(of).collect()
}
