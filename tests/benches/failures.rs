//! What a million failures cost the staff desk, in the built program's real window: from the PIN to the first rows, another
//! filter, a jump to the middle, calls and memory. Quote the ratios to a thousand failures of the same run.

use std::time::{Duration, Instant};

use serde_json::json;
use tapdesk_tests::figures;
use tapdesk_tests::kiosk::display::Display;
use tapdesk_tests::kiosk::family::memory;
use tapdesk_tests::kiosk::station::{OPEN_BUDGET, Station};
use tapdesk_tests::kiosk::window::Window;
use tapdesk_tests::spaces::ManyFailedCheckins;

/// How many failures there are.
const FAILURES: [usize; 2] = [1_000, 1_000_000];
/// How much longer the first rows may take with a million failures than with a thousand.
const REACH: f64 = 1.5;
/// How long any one step may take.
const DEADLINE: Duration = Duration::from_mins(2);
const STAFF_PIN: &str = "482913";
/// The list shows rows, and waits for none.
const SHOWN: &str = "document.querySelectorAll('[data-testid=row]').length > 0 && document.querySelector('[data-testid=row-waits]') === null && document.querySelector('[data-testid=list]')?.ariaBusy !== 'true'";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut figures = Vec::new();
    for failures in FAILURES {
        figures.push((failures, measure(failures).await?));
    }
    let floor = figures[0].1;
    println!(
        "staff desk with so many failures: milliseconds, calls, MiB (PSS of the tree), and the ratio to a thousand"
    );
    println!("{:>9}{}", "failures", NAMES.map(|name| format!("{name:>22}")).join(""));
    for (failures, row) in &figures {
        let cells: Vec<String> =
            row.iter().zip(floor).map(|(figure, floor)| format!("{figure:>14.1} ({:>5.2})", figure / floor)).collect();
        println!("{failures:>9}{}", cells.join(""));
    }
    let ratio = figures[figures.len() - 1].1[0] / floor[0];
    let is_met = figures::met(ratio <= REACH);
    println!("first rows with the most failures to those with the fewest: {ratio:.2}; at most {REACH}: {is_met}");
    let report: Vec<_> = figures
        .iter()
        .map(|(failures, row)| {
            let row: serde_json::Map<_, _> =
                NAMES.iter().zip(row).map(|(name, figure)| ((*name).to_owned(), json!(figure))).collect();
            json!({ "failures": failures, "figures": row })
        })
        .collect();
    figures::keep("failures", &json!({ "runs": report, "first_rows_largest_to_smallest": ratio }))
}

const NAMES: [&str; 6] = ["first_rows_ms", "filter_ms", "jump_ms", "calls", "memory_mib", "grown_mib"];

/// First rows, another filter, a jump to the middle, calls for the list, memory, and by how much it grew by scrolling.
async fn measure(failures: usize) -> anyhow::Result<[f64; 6]> {
    let station = Station::start("[staff]\nidle_lock_s = 3600").await?;
    // The budget of calls would be measured otherwise.
    station.configure_spaces(OPEN_BUDGET)?;
    station.provision(STAFF_PIN).await?;
    let state = station.spaces.state();
    state.add_failed_checkins(&ManyFailedCheckins { count: failures, ..ManyFailedCheckins::default() });
    let display = Display::start(1280, 800).await?;
    let window = Window::open(&station, &display, &[]).await?;
    window.wait_for_state("link", "online", DEADLINE).await?;
    state.clear_log();
    window.come_to_the_desk(STAFF_PIN, DEADLINE).await?;
    let began = Instant::now();
    window.wait_and_click("preset-all", DEADLINE).await?;
    window.wait_for_condition("the first rows", SHOWN, DEADLINE).await?;
    let first_rows = began.elapsed();
    let before = memory(&window.family())?;

    let began = Instant::now();
    window.wait_and_click("preset-week", DEADLINE).await?;
    window.wait_for_condition("the week's rows", SHOWN, DEADLINE).await?;
    let filter = began.elapsed();

    window.wait_and_click("preset-all", DEADLINE).await?;
    window.wait_for_condition("all rows", SHOWN, DEADLINE).await?;
    let began = Instant::now();
    for part in 1..=10 {
        let scroll = format!(
            "window.tapdeskFirst = document.querySelector('[data-testid=row]').dataset.index;
             const box = document.querySelector('[data-testid=rows]'); box.scrollTop = box.scrollHeight * {part} / 20"
        );
        window.run(&scroll, Vec::new()).await?;
        // Not those that stood there before.
        let there =
            format!("{SHOWN} && document.querySelector('[data-testid=row]').dataset.index !== window.tapdeskFirst");
        window.wait_for_condition("the rows there", &there, DEADLINE).await?;
    }
    let jump = began.elapsed() / 10;
    let lists = state.requests().iter().filter(|request| request.path == "/api/spaces/failedcheckins").count();
    let after = memory(&window.family())?;
    window.terminate().await?;
    let milliseconds = |took: Duration| took.as_secs_f64() * 1e3;
    let lists = u32::try_from(lists)?;
    Ok([milliseconds(first_rows), milliseconds(filter), milliseconds(jump), f64::from(lists), after, after - before])
}
