//! What the account's budget of calls is spent on: calls of a tap before and after its verdict, and of an hour in which nobody
//! comes, counted in the simulator's log of what the real desk sent.
//!
//! The clock by which the desk waits is moved, so that the hour takes seconds. A desk without a screen that people look at is
//! the headless program's; one with it is the window's, which asks more. `TAPDESK_BENCH_IDLE_MINUTES` makes the hour shorter.

mod hastened;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::ensure;
use reqwest::Method;
use serde_json::{Value, json};
use tapdesk_tests::figures::{self, from_environment, met};
use tapdesk_tests::spaces::LoggedRequest;
use tempfile::TempDir;

use self::hastened::{Hastened, Service};

/// What a tap may cost before its verdict, what one that closes may, and what an idle hour may (design section 5).
const MOST: [usize; 3] = [2, 3, 15];
/// After the verdict: longer than a success is read back.
const AFTER: Duration = Duration::from_mins(1);
/// How long the sign-in lasts where it is to be renewed, in seconds; that is due at its half.
const SHORT_SIGN_IN: u64 = 8;
/// And else.
const USUAL_SIGN_IN: u64 = 604_800;

/// Members of the seed, and what their taps become.
const TAPS: [(&str, &str, &str); 4] = [
    ("check-in", "04A2B2C3D4E5F6", "checked_in"),
    ("check-out", "04A2B2C3D4E5F6", "checked_out"),
    ("unknown tile", "04FEB2C3D4E5F6", "unknown_tile"),
    ("failed check-in", "04AEB2C3D4E5F6", "refused"),
];
/// Who comes first in the morning.
const FIRST: &str = "040000000003FD";

fn main() -> anyhow::Result<()> {
    let minutes = from_environment("TAPDESK_BENCH_IDLE_MINUTES", 60, 1)?;
    hastened::run(spend(minutes))
}

async fn spend(minutes: u64) -> anyhow::Result<()> {
    let mut report = serde_json::Map::new();
    println!("{:<10}{:<34}{:>8}{:>8}   calls", "screen", "", "before", "after");
    for (screen, is_seen) in [("none", false), ("window", true)] {
        let mut rows = Vec::new();
        let service = Service::start(100, &[]).await?;
        // The window's with all that it can show.
        let more = if is_seen { "[kiosk]\npresent = true\nphotos = true" } else { "" };
        for (what, uid, becomes) in TAPS {
            rows.push(tap(&service, more, is_seen, (what, uid, becomes)).await?);
        }
        rows.push(first_of_the_day(&service, more, is_seen).await?);
        for (what, before, after, calls) in &rows {
            println!("{screen:<10}{what:<34}{before:>8}{after:>8}   {calls}");
        }
        let idle = idle(&service, more, is_seen, minutes).await?;
        let an_hour = idle.len() * 60 / usize::try_from(minutes)?.max(1);
        println!("{screen:<10}{:<34}{an_hour:>16}   {}", "an hour in which nobody comes", kinds(&idle));
        let most = |what: &str| if what == "check-out" { MOST[1] } else { MOST[0] };
        let over: Vec<&str> =
            rows.iter().filter(|(what, before, ..)| *before > most(what)).map(|(what, ..)| what.as_str()).collect();
        let within = if over.is_empty() { met(true).to_owned() } else { format!("more: {}", over.join(", ")) };
        println!("{screen:<10}at most 2 before a verdict, 3 where it closes: {within}");
        println!("{screen:<10}at most 15 in an idle hour: {}", met(an_hour <= MOST[2]));
        let taps: Vec<Value> = rows
            .iter()
            .map(
                |(what, before, after, calls)| json!({ "tap": what, "before": before, "after": after, "calls": calls }),
            )
            .collect();
        report.insert(screen.to_owned(), json!({ "taps": taps, "idle_hour": an_hour, "idle_calls": kinds(&idle) }));
    }
    figures::keep("budget", &report)
}

/// What it was, the calls before and after the verdict, and which.
type Row = (String, usize, usize, String);

/// One tap at a desk of its own, when it is quiet.
async fn tap(service: &Service, more: &str, is_seen: bool, tap: (&str, &str, &str)) -> anyhow::Result<Row> {
    let folder = TempDir::new()?;
    let mut desk = Hastened::start(service, folder.path(), more, is_seen).await?;
    desk.pass(Duration::from_mins(1)).await?;
    let row = one(service, &mut desk, tap).await?;
    desk.end().await?;
    Ok(row)
}

async fn one(service: &Service, desk: &mut Hastened, (what, uid, becomes): (&str, &str, &str)) -> anyhow::Result<Row> {
    calls(service).await?;
    let (_, told, shown) = desk.tap(uid).await?;
    let kind = shown.verdict.kind();
    ensure!(kind == becomes, "{what} became {kind}");
    desk.pass(AFTER).await?;
    let made = calls(service).await?;
    let (before, after): (Vec<_>, Vec<_>) = made.into_iter().partition(|call| call.at <= told);
    // What changed in the list is asked for every five minutes, whoever comes.
    let after: Vec<_> = after.into_iter().filter(|call| !call.query.contains("from_Coworker_UpdatedOn")).collect();
    let which = format!("{}; then {}", kinds(&before), kinds(&after));
    Ok((what.to_owned(), before.len(), after.len(), which))
}

/// The first tap after a night: the connection is cold, and the sign-in is due to be renewed.
async fn first_of_the_day(service: &Service, more: &str, is_seen: bool) -> anyhow::Result<Row> {
    sign_ins_last(service, SHORT_SIGN_IN).await?;
    let folder = TempDir::new()?;
    let mut desk = Hastened::start(service, folder.path(), more, is_seen).await?;
    sign_ins_last(service, USUAL_SIGN_IN).await?;
    // What a desk asks when it starts.
    desk.pass(Duration::from_secs(30)).await?;
    // By the clock on the wall.
    tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_secs(SHORT_SIGN_IN / 2))).await?;
    let row = one(service, &mut desk, ("first of the day, sign-in due", FIRST, "checked_in")).await?;
    desk.end().await?;
    Ok(row)
}

/// The calls of so many minutes in which nobody comes, after the first five.
async fn idle(service: &Service, more: &str, is_seen: bool, minutes: u64) -> anyhow::Result<Vec<LoggedRequest>> {
    let folder = TempDir::new()?;
    let mut desk = Hastened::start(service, folder.path(), more, is_seen).await?;
    desk.pass(Duration::from_secs(330)).await?;
    calls(service).await?;
    desk.pass(Duration::from_mins(minutes)).await?;
    let made = calls(service).await?;
    desk.end().await?;
    Ok(made)
}

/// The calls since the last look.
async fn calls(service: &Service) -> anyhow::Result<Vec<LoggedRequest>> {
    let calls = service.control(Method::GET, "log", None).await?;
    service.control(Method::DELETE, "log", None).await?;
    Ok(serde_json::from_value(calls)?)
}

async fn sign_ins_last(service: &Service, seconds: u64) -> anyhow::Result<()> {
    let switches = json!({ "access_token_seconds": seconds });
    service.control(Method::PUT, "switches", Some(switches)).await.map(drop)
}

/// Which calls, and how many of each.
fn kinds(calls: &[LoggedRequest]) -> String {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for call in calls {
        let path = call.path.rsplit_once("/api/").map_or(call.path.as_str(), |(_, path)| path);
        let path: Vec<&str> = path.split('/').filter(|part| part.parse::<u64>().is_err()).collect();
        let one = if call.path.rsplit('/').next().is_some_and(|last| last.parse::<u64>().is_ok()) { "/Id" } else { "" };
        *kinds.entry(format!("{} {}{one}", call.method, path.join("/"))).or_default() += 1;
    }
    let text: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    text.join(", ")
}
