//! What Tapdesk's kiosk window takes of a machine, beside Debian's Chromium in kiosk mode on the same page: the start until
//! the page stands on the screen, memory, processor time at rest, and the package's size.
//!
//! Both show the idle screen on the same display in turn, with the same answers from the shell. Starts are those of new
//! processes with their files in memory: one start of each is not measured. Figures are of the whole tree of processes:
//! Tapdesk's with its reader, its journal and its link to the service; quote the ratios. `TAPDESK_BENCH_ROUNDS` sets how
//! often each is started (5), `TAPDESK_BENCH_IDLE_S` for how long it is watched at rest (30),
//! `TAPDESK_BENCH_SETTLE_S` how long after the first picture memory is taken (10).

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tapdesk_tests::figures::{self, from_environment, met};
use tapdesk_tests::kiosk::display::{Display, pictures};
use tapdesk_tests::kiosk::eye::{Eye, Look};
use tapdesk_tests::kiosk::family::{memory, processor_time};
use tapdesk_tests::kiosk::served::{Answers, Served};
use tapdesk_tests::kiosk::shown::Shown;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::Window;

/// How long any one step may take.
const DEADLINE: Duration = Duration::from_mins(1);
/// A page on which nothing was drawn for so long has settled.
const REST: Duration = Duration::from_secs(3);
/// How much of the settled page stands on its first picture: the idle screen before it was told anything of this desk.
/// An empty window is alike to less than half.
const PAINTED: f64 = 0.85;
/// And on the picture of what it was told: Tapdesk's page by its service, Chromium's by a file. The rest is for the clock.
const TOLD: f64 = 0.96;
/// The rows, by their names in the report and in the table.
const ROWS: [(&str, &str); 4] = [
    ("start_ms", "start to the painted page, ms"),
    ("told_ms", "start to all that it is told, ms"),
    ("memory_mib", "memory, MiB"),
    ("idle_percent", "idle, % of a core"),
];
/// The package's reach in bytes.
const PACKAGE: f64 = 8e6;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let rounds = from_environment("TAPDESK_BENCH_ROUNDS", 5, 1)?;
    let settles = Duration::from_secs(from_environment("TAPDESK_BENCH_SETTLE_S", 10, 0)?);
    let rests = Duration::from_secs(from_environment("TAPDESK_BENCH_IDLE_S", 30, 1)?);
    let station = Station::start("").await?;
    station.sign_in().await?;
    let display = Display::start(1280, 800).await?;
    let window = Window::open(&station, &display, &[]).await?;
    let answers = Answers::of(&window).await?;
    window.terminate().await?;
    drop(window);
    let page = Served::start(answers).await?;
    let contest = Contest { eye: Eye::open(&display)?, station, display, page, settles, rests };
    let settled =
        [contest.settled("tapdesk", Contest::tapdesk).await?, contest.settled("chromium", Contest::chromium).await?];
    println!("the two settled pages are alike to {:.1} %", settled[0].likeness(&settled[1]) * 100.0);
    let mut figures = [const { Vec::new() }; 2];
    for _ in 0..rounds {
        figures[0].push(contest.measure(Contest::tapdesk, &settled[0])?);
        figures[1].push(contest.measure(Contest::chromium, &settled[1])?);
    }
    let [tapdesk, chromium] =
        figures.map(|rounds| [0, 1, 2, 3].map(|row| median(rounds.iter().map(|round| round[row]))));
    println!("{:<34}{:>10}{:>10}{:>8}  reach", "", "tapdesk", "chromium", "ratio");
    let mut report = serde_json::Map::new();
    for (row, (key, name)) in ROWS.into_iter().enumerate() {
        let (ours, theirs) = (tapdesk[row], chromium[row]);
        let ratio = ours / theirs;
        let reach = match key {
            "start_ms" => Some(("<= 1.0 x", ratio <= 1.0)),
            "memory_mib" => Some(("<= 0.6 x", ratio <= 0.6)),
            "idle_percent" => Some(("<= 1 %", ours <= 1.0)),
            // What Tapdesk is told comes from the service, what Chromium is told from a file.
            _ => None,
        };
        let judged = reach.map(|(reach, is_met)| format!("{reach} {}", met(is_met))).unwrap_or_default();
        let (reach, is_met) = reach.unzip();
        println!("{name:<32}{ours:>10.2}{theirs:>10.2}{ratio:>8.2}  {judged}");
        let figures = json!({ "tapdesk": ours, "chromium": theirs, "ratio": ratio, "reach": reach, "met": is_met, "rounds": rounds });
        report.insert(key.to_owned(), figures);
    }
    report.insert("package".to_owned(), package()?);
    figures::keep("window", &report)
}

/// Both at the same display.
struct Contest {
    station: Station,
    display: Display,
    eye: Eye,
    page: Served,
    /// How long after the first picture memory is taken.
    settles: Duration,
    /// For how long it is watched at rest.
    rests: Duration,
}

impl Contest {
    fn tapdesk(&self) -> anyhow::Result<Shown> {
        Shown::tapdesk(&self.station, &self.display)
    }

    fn chromium(&self) -> anyhow::Result<Shown> {
        Shown::chromium(&self.display, &self.page.address())
    }

    /// The screen once all is drawn, kept as a picture too; also the start that fills the caches.
    async fn settled(&self, name: &str, start: fn(&Self) -> anyhow::Result<Shown>) -> anyhow::Result<Look> {
        let _shown = start(self)?;
        let look = self.eye.wait_for_rest(REST, DEADLINE)?;
        self.display.picture().await?.save(&pictures("bench")?.join(format!("window-{name}.png"))).await?;
        Ok(look)
    }

    /// Start to the first picture and to all that is told, in milliseconds, memory in MiB, processor time at rest in per cent of a core.
    fn measure(&self, start: fn(&Self) -> anyhow::Result<Shown>, settled: &Look) -> anyhow::Result<[f64; 4]> {
        // Nothing of the last one stands there any more.
        self.eye.wait_until(DEADLINE, Look::is_blank)?;
        let shown = start(self)?;
        let stands = |share: f64| self.eye.wait_until(DEADLINE, move |look| look.likeness(settled) >= share);
        let [painted, told] = [stands(PAINTED)?, stands(TOLD)?].map(|(at, _)| at.duration_since(shown.started()));
        std::thread::sleep(self.settles);
        let memory = memory(&shown.family())?;
        let (began, before) = (Instant::now(), processor_time(&shown.family())?);
        std::thread::sleep(self.rests);
        let took = processor_time(&shown.family())?.saturating_sub(before);
        let idle = took.as_secs_f64() / began.elapsed().as_secs_f64() * 100.0;
        Ok([painted.as_secs_f64() * 1000.0, told.as_secs_f64() * 1000.0, memory, idle])
    }
}

/// The size of the package, where `./dev package` made one beside this build.
fn package() -> anyhow::Result<Value> {
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(3).context("no target folder")?;
    let folder = target.join("packages/release");
    let files = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let debs: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "deb")).collect();
    let [deb] = debs.as_slice() else {
        println!("{:<34}not made: run `./dev package` first", "package, MB");
        return Ok(json!({ "made": false }));
    };
    #[expect(clippy::cast_precision_loss, reason = "no package is that large")]
    let bytes = std::fs::metadata(deb)?.len() as f64;
    let is_met = bytes <= PACKAGE;
    let megabytes = bytes / 1e6;
    println!("{:<34}{megabytes:>10.2}{:>18}  <= 8 MB {}", "package, MB", "", met(is_met));
    Ok(json!({ "megabytes": megabytes, "reach": "<= 8 MB", "met": is_met }))
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
