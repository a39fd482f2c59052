//! What staff read: the list, the charts, how the kiosk is, what happened; and the files that they take along.

use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tapdesk_tests::kiosk::station::{OPEN_BUDGET, Station};
use tapdesk_tests::spaces::{Entity, ManyFailedCheckins};

use crate::{ANA, Desk, LAYLA_WITHOUT_A_PASS, NOBODY, SOON};

/// Only what is in view is asked for, however long the list is.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_read_where_it_is_looked_at() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    // The budget of calls is not what this is about.
    station.configure_spaces(OPEN_BUDGET)?;
    let desk = Desk::at(station).await?;
    let state = desk.station.spaces.state();
    state.add_failed_checkins(&ManyFailedCheckins {
        count: 20_000,
        business_id: Some(9),
        ..ManyFailedCheckins::default()
    });
    desk.come().await?;
    desk.press("preset-all").await?;
    desk.reads("[data-testid=count]", "20,000").await?;
    let shown = "document.querySelectorAll('[data-testid=row]').length > 5 && document.querySelector('[data-testid=row-waits]') === null";
    desk.window.wait_for_condition("rows", shown, SOON).await?;
    desk.show("50-list").await?;
    let asked = || {
        let requests = state.requests();
        let lists =
            requests.iter().filter(|request| request.path == "/api/spaces/failedcheckins" && request.method == "GET");
        lists.filter(|request| request.query.contains("size=50")).count()
    };
    let before = asked();
    for part in ["0.5", "0.9", "0.1"] {
        let scroll = format!(
            "const box = document.querySelector('[data-testid=rows]'); box.scrollTop = box.scrollHeight * {part}"
        );
        desk.window.run(&scroll, Vec::new()).await?;
        desk.window.wait_for_condition("the rows there", shown, SOON).await?;
    }
    let more = asked() - before;
    ensure!(more <= 3 * 6, "{more} pages for three places");
    let kept =
        desk.window.run("return Number(document.querySelector('[data-testid=rows]').dataset.kept)", Vec::new()).await?;
    ensure!(kept.as_u64().is_some_and(|kept| kept <= 12), "{kept} blocks kept");
    desk.show("51-list-far-down").await
}

/// The charts' tables say what the service's own records say, and so does the file that is taken along.
#[tokio::test(flavor = "multi_thread")]
async fn charts_health_and_files() -> anyhow::Result<()> {
    let desk = Desk::open("[kiosk]\nnames = \"full\"").await?;
    desk.tap(ANA, "checked_in").await?;
    desk.tap(LAYLA_WITHOUT_A_PASS, "refused").await?;
    desk.tap(NOBODY, "unknown_tile").await?;
    desk.come().await?;

    desk.press("tab-overview").await?;
    desk.reads("[data-testid=present-row]", "Ana Prieto").await?;
    desk.show("60-overview").await?;
    let state = desk.station.spaces.state();
    let failures = state.records(Entity::FailedCheckin);
    desk.press("toggle-failures-by-reason").await?;
    for failure in &failures {
        let reason = failure["Description"].as_str().context("a reason")?;
        desk.reads("[data-testid=table-failures-by-reason]", reason).await?;
    }
    desk.show("61-overview-table").await?;

    desk.press("tab-health").await?;
    for (check, state) in [("reader", "good"), ("link", "good"), ("queue", "good"), ("storage", "good")] {
        desk.window.wait_for_data(&format!("health-{check}"), "state", state, SOON).await?;
    }
    // What a tap took, in its parts, and what happened, masked.
    desk.window
        .wait_for_condition(
            "a painted tap",
            "Number(document.querySelector('[data-testid=latency-paint] td')?.textContent ?? 0) > 0",
            SOON,
        )
        .await?;
    desk.show("62-health").await?;
    let page = desk.window.everything().await?;
    ensure!(!page.contains(NOBODY) && !page.contains(ANA), "no whole UID on the page");

    desk.press("tab-failures").await?;
    desk.reads("[data-testid=row]", "No member has tile").await?;
    desk.press("export").await?;
    let there = "document.querySelector('[data-testid=exported]') !== null";
    desk.window.wait_for_condition("the file", there, SOON).await?;
    let path =
        desk.window.run("return document.querySelector('[data-testid=exported]').dataset.path", Vec::new()).await?;
    let path = path.as_str().context("a path")?.to_owned();
    let file = std::fs::read_to_string(&path)?;
    std::fs::remove_file(&path)?;
    ensure!(file.starts_with('\u{feff}') && file.contains("ليلى حداد"), "{file}");
    ensure!(file.lines().count() == failures.len() + 1, "{file}");
    let cells = |line: &str| {
        line.trim_start_matches('\u{feff}').split(',').map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>()
    };
    let names = cells(file.lines().next().context("names")?);
    let layla = cells(file.lines().find(|line| line.contains("ليلى حداد")).context("her row")?);
    let under = |name: &str| names.iter().position(|cell| cell == name).and_then(|place| layla.get(place).cloned());
    ensure!(
        under("Member").as_deref() == Some("ليلى حداد") && under("Member number").as_deref() == Some("1005"),
        "{names:?} {layla:?}"
    );
    ensure!(under("Reason").is_some_and(|reason| reason.contains("pass")), "{names:?} {layla:?}");
    Ok(())
}

/// Without a connection staff see what the kiosk itself knows, and that the rest is missing.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_connection_the_desk_shows_what_the_kiosk_knows() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.window.tap(&desk.station.reader, tapdesk_tests::pn532::Tile::phone(), "unusable_tile").await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.station.spaces.state().refuse_connections();
    desk.window.wait_for_state("link", "offline", Duration::from_secs(40)).await?;
    desk.come().await?;
    let own = "document.querySelectorAll(\"[data-testid=row][data-key^='tap']\").length === 1";
    desk.window.wait_for_condition("the phone's tap", own, SOON).await?;
    desk.window.wait_for_data("link", "state", "offline", SOON).await?;
    desk.show("70-offline").await?;
    let kind =
        desk.window.run("return document.querySelector('[data-testid=problem]')?.dataset.problem", Vec::new()).await?;
    ensure!([json!("unreachable"), Value::Null].contains(&kind), "{kind}");
    Ok(())
}
