//! The member directory at 1,000 to 1,000,000 members: the full pass, its calls, its memory, whose tile it is, and what changed
//! since.
//!
//! The service is a process of its own, so that memory and time here are the client's. With the budget opened wide the
//! full pass shows what client and simulator cost; with the published one, what a kiosk lives through at its start.
//! `TAPDESK_BENCH_MEMBERS` sets how many members there are at most.

#[path = "../tests/support/key_store.rs"]
mod key_store;
#[path = "service/mod.rs"]
mod service_process;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use reqwest::Method;
use serde_json::{Map, Value, json};
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::member::Identification;
use tapdesk_core::tile::{TileId, TileReading};
use tapdesk_engine::directory::Directory;
use tapdesk_engine::service;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::spaces::desk::Spaces;
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_engine::spaces::query::{Direction, Query};
use tapdesk_engine::spaces::records::coworker::{self, Coworker};
use tapdesk_tests::figures::{self, from_environment, met, percentiles};
use tapdesk_tests::kiosk::family::{own, status};
use tapdesk_tests::kiosk::station::OPEN_BUDGET;
use tapdesk_tests::spaces::seed;
use tempfile::TempDir;
use tokio::sync::mpsc::unbounded_channel;

use self::key_store::Memory;

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// How many the full pass under the published budget is for.
const PUBLISHED: usize = SIZES[2];
/// How much longer it may take in one of a hundred cases to say whose tile it is, with the most members than with the fewest.
const REACH: f64 = 1.5;
/// How many members are new at a delta.
const NEW: usize = 100;
/// What the directory asks for in one page.
const PAGE: usize = 1_000;
/// Tiles that are asked for, from all over the list, and how often each.
const TILES: usize = 1_000;
const ROUNDS: usize = 50;
/// More than any full pass takes.
const DEADLINE: Duration = Duration::from_mins(15);
/// What a member may cost at the peak of a full pass over the longest list.
const MOST_BYTES_A_MEMBER: usize = 2_048;
/// Nobody's.
const UNKNOWN: &str = "04FEB2C3D4E5F6";

/// The simulated service in a process of its own, with a signed-in client.
struct Service {
    process: service_process::Service,
    spaces: Arc<Spaces>,
    members: usize,
    _folder: TempDir,
}

impl Service {
    /// With so many members in bulk beside the named ones; `budget` is TOML for the client's section `[spaces]`.
    async fn start(members: usize, throttle: bool, budget: &str) -> anyhow::Result<Self> {
        let process = service_process::Service::start(members, &["--switch", &format!("throttle={throttle}")]).await?;
        let base = process.base_url();
        let folder = TempDir::new()?;
        let configuration = folder.path().join("tapdesk.toml");
        let data = folder.path().join("data").display().to_string();
        let text = format!("data_dir = {data:?}\n[spaces]\nbase_url = {base:?}\nbusiness_id = 9\n{budget}\n");
        std::fs::write(&configuration, text)?;
        let spaces = Arc::new(service::spaces(&Settings::read(Some(&configuration))?, Arc::<Memory>::default())?);
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await?;
        let total = spaces.client(Priority::Urgent).list(&Query::<Coworker>::new()).await.map_err(said)?.total_items;
        let members = usize::try_from(total.context("the list's length")?)?;
        Ok(Self { process, spaces, members, _folder: folder })
    }

    /// The queries of the calls since the last look, and how long the service took for them.
    async fn calls(&self) -> anyhow::Result<(Vec<String>, Duration)> {
        let calls: Vec<Value> = serde_json::from_value(self.process.control(Method::GET, "log", None).await?)?;
        self.process.control(Method::DELETE, "log", None).await?;
        for call in &calls {
            ensure!(call["status"] == 200, "{} {} was answered {}", call["method"], call["path"], call["status"]);
        }
        let took = calls.iter().filter_map(|call| call["milliseconds"].as_u64()).map(Duration::from_millis).sum();
        let queries = calls.iter().map(|call| call["query"].as_str().unwrap_or_default().to_owned()).collect();
        Ok((queries, took))
    }

    /// Tiles from all over the list, with their members.
    async fn tiles(&self) -> anyhow::Result<Vec<(TileId, CoworkerId)>> {
        let size = TILES / 10;
        let mut tiles = Vec::new();
        for part in 0..10 {
            let page = u32::try_from(1 + self.members / size * part / 10)?;
            let size = u32::try_from(size)?;
            let query = Query::new().order_by(coworker::CREATED_ON, Direction::Descending).size(size).page(page);
            let found = self.spaces.client(Priority::Urgent).list::<Coworker>(&query).await.map_err(said)?;
            tiles.extend(found.records.iter().filter_map(|member| {
                let TileReading::Usable(tile) = TileReading::of_hex(member.access_card_id.as_deref()?) else {
                    return None;
                };
                Some((tile, member.member.id))
            }));
        }
        ensure!(tiles.len() > TILES * 9 / 10, "{} members have a tile", tiles.len());
        Ok(tiles)
    }
}

fn said(trouble: impl std::fmt::Debug) -> anyhow::Error {
    anyhow::anyhow!("{trouble:?}")
}

/// A figure of this process's status, in bytes.
fn memory(figure: &str) -> anyhow::Result<usize> {
    Ok(usize::try_from(status(own(), figure)?)? * 1024)
}

/// From here on `VmHWM` counts anew (proc(5), `clear_refs`).
fn forget_peak() -> anyhow::Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").map_err(Into::into)
}

/// What a full pass took.
struct FullPass {
    took: Duration,
    /// Of these, the service's own.
    by_service: Duration,
    calls: usize,
    peak: usize,
    kept: usize,
}

/// One full pass into a new directory.
async fn full_pass(service: &Service) -> anyhow::Result<(Arc<Directory>, FullPass)> {
    service.calls().await?;
    forget_peak()?;
    let before = memory("VmRSS")?;
    let directory = Arc::new(Directory::default());
    let (events, mut observed) = unbounded_channel();
    let began = Instant::now();
    let passes = tokio::spawn({
        let (directory, spaces) = (Arc::clone(&directory), Arc::clone(&service.spaces));
        async move { directory.keep_up_to_date(&spaces, events).await }
    });
    let event = tokio::time::timeout(DEADLINE, observed.recv()).await.context("the full pass takes too long")?;
    let took = began.elapsed();
    passes.abort();
    drop(passes.await);
    let (peak, kept) = (memory("VmHWM")?.saturating_sub(before), memory("VmRSS")?.saturating_sub(before));
    ensure!(directory.len() == service.members, "{} of {} members: {event:?}", directory.len(), service.members);
    let (calls, by_service) = service.calls().await?;
    let calls = calls.len();
    let least = service.members.div_ceil(PAGE);
    ensure!(calls == least, "the full pass took {calls} calls instead of {least}");
    Ok((directory, FullPass { took, by_service, calls, peak, kept }))
}

/// Whose tile it is, for known tiles: each time. No call may be made.
async fn identify(service: &Service, directory: &Directory) -> anyhow::Result<Vec<Duration>> {
    let tiles = service.tiles().await?;
    service.calls().await?;
    let mut took = Vec::with_capacity(tiles.len() * ROUNDS);
    for (tile, id) in tiles.iter().cycle().take(tiles.len() * ROUNDS) {
        let began = Instant::now();
        let who = directory.identify(&service.spaces, tile, Priority::Urgent).await;
        took.push(began.elapsed());
        ensure!(matches!(&who, Identification::One(member) if member.id == *id), "{id} has this tile: {who:?}");
    }
    ensure!(service.calls().await?.0.is_empty(), "a known tile needs no call");
    Ok(took)
}

/// New members come, and one of them taps: a delta, which brings all of them. Returns its calls, how long it took, and how much
/// of that was the service's.
async fn news(service: &Service, directory: &Directory) -> anyhow::Result<(usize, Duration, Duration)> {
    for number in 0..NEW {
        let member =
            json!({ "full_name": format!("New Member {number}"), "access_card_id": format!("04EE{number:010X}") });
        service.process.control(Method::POST, "members", Some(member)).await?;
    }
    service.calls().await?;
    let (before, last) = (directory.len(), format!("04EE{:010X}", NEW - 1));
    let TileReading::Usable(tile) = TileReading::of_hex(&last) else { anyhow::bail!("{last} is no tile") };
    let began = Instant::now();
    let who = directory.identify(&service.spaces, &tile, Priority::Urgent).await;
    let took = began.elapsed();
    ensure!(matches!(who, Identification::One(_)), "a new member's tile: {who:?}");
    ensure!(directory.len() == before + NEW, "{} new members came", directory.len() - before);
    let (calls, by_service) = service.calls().await?;
    Ok((calls.len(), took, by_service))
}

/// Asks for a tile that nobody has: a delta, then both tile fields.
async fn delta(service: &Service, directory: &Directory) -> anyhow::Result<()> {
    let TileReading::Usable(tile) = TileReading::of_hex(UNKNOWN) else { anyhow::bail!("{UNKNOWN} is no tile") };
    let who = directory.identify(&service.spaces, &tile, Priority::Urgent).await;
    ensure!(who == Identification::Nobody, "{who:?}");
    let (calls, _) = service.calls().await?;
    let delta = calls.iter().filter(|query| query.contains("from_Coworker_UpdatedOn")).count();
    ensure!(delta == 1, "a delta without a change took {delta} calls: {calls:?}");
    ensure!(calls.len() == 3, "an unknown tile took {calls:?}");
    Ok(())
}

/// The figures of one full pass.
fn figures(budget: &str, members: usize, pass: &FullPass) -> Map<String, Value> {
    let figures = json!({
        "budget": budget,
        "members": members,
        "seconds": pass.took.as_secs_f64(),
        "service_seconds": pass.by_service.as_secs_f64(),
        "calls": pass.calls,
    });
    figures.as_object().cloned().unwrap_or_default()
}

/// What is printed of a run, under which title and with how many decimals.
const COLUMNS: [(&str, &str, usize); 11] = [
    ("members", "members", 0),
    ("seconds", "full pass s", 1),
    ("service_seconds", "of it service s", 1),
    ("calls", "calls", 0),
    ("peak_bytes_a_member", "peak B/member", 0),
    ("kept_bytes_a_member", "kept B/member", 0),
    ("identify_p50_us", "identify p50 us", 2),
    ("identify_p99_us", "p99 us", 2),
    ("delta_calls", "delta calls", 0),
    ("delta_ms", "delta ms", 1),
    ("delta_service_ms", "of it service ms", 0),
];

fn print_titles() {
    line("budget", &COLUMNS.map(|(_, title, _)| title.to_owned()));
}

/// One line for a run; what it did not measure stays empty.
fn print(row: &Map<String, Value>) {
    let cells = COLUMNS.map(|(name, _, decimals)| {
        row.get(name).and_then(Value::as_f64).map(|number| format!("{number:.decimals$}")).unwrap_or_default()
    });
    line(row["budget"].as_str().unwrap_or_default(), &cells);
}

fn line(budget: &str, cells: &[String; COLUMNS.len()]) {
    let cells: Vec<String> = cells
        .iter()
        .zip(&COLUMNS)
        .map(|(cell, (_, title, _))| format!("{cell:>width$}", width = title.len().max(7)))
        .collect();
    println!("{budget:<10} {}", cells.join("  "));
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let most = from_environment("TAPDESK_BENCH_MEMBERS", SIZES[3], SIZES[1])?;
    print_titles();
    let mut rows = Vec::new();
    let mut identified = Vec::new();
    for members in SIZES.into_iter().filter(|members| *members <= most) {
        let service = Service::start(members, false, OPEN_BUDGET).await?;
        let (directory, pass) = full_pass(&service).await?;
        let mut times = identify(&service, &directory).await?;
        let [p50, p99] = percentiles(&mut times, [50, 99]).map(|milliseconds| milliseconds * 1e3);
        let mut row = figures("wide", service.members, &pass);
        row.insert("peak_bytes".to_owned(), pass.peak.into());
        row.insert("peak_bytes_a_member".to_owned(), (pass.peak / service.members).into());
        row.insert("kept_bytes_a_member".to_owned(), (pass.kept / service.members).into());
        row.insert("identify_p50_us".to_owned(), p50.into());
        row.insert("identify_p99_us".to_owned(), p99.into());
        delta(&service, &directory).await?;
        let (calls, took, by_service) = news(&service, &directory).await?;
        row.insert("delta_calls".to_owned(), calls.into());
        row.insert("delta_ms".to_owned(), (took.as_secs_f64() * 1e3).into());
        row.insert("delta_service_ms".to_owned(), (by_service.as_secs_f64() * 1e3).into());
        print(&row);
        rows.push(row);
        identified.push((members, p50, p99));
        let peak = pass.peak / service.members;
        // A page and the connection weigh the same however few the members are.
        ensure!(members < PUBLISHED || peak < MOST_BYTES_A_MEMBER, "{peak} bytes a member at the peak");
    }
    if most >= PUBLISHED {
        let service = Service::start(PUBLISHED, true, "").await?;
        let (_, pass) = full_pass(&service).await?;
        // Its memory would say little: it may use again what the passes before it gave back.
        let row = figures("published", service.members, &pass);
        print(&row);
        rows.push(row);
    }
    let [(fewest, floor_50, floor_99), .., (members, p50, p99)] = identified[..] else {
        anyhow::bail!("there is nothing to compare with {} members", SIZES[0]);
    };
    let ratios = [p50 / floor_50, p99 / floor_99];
    println!("identify with {members} members to that with {fewest}: p50 {:.2}, p99 {:.2}", ratios[0], ratios[1]);
    println!("p99 at most {REACH}: {}", met(ratios[1] <= REACH));
    let report = json!({
        "passes": rows, "identify_p50_largest_to_smallest": ratios[0], "identify_p99_largest_to_smallest": ratios[1],
    });
    figures::keep("directory", &report)
}
