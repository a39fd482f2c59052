//! Real programs, each with a reader of its own, at one simulated service.

use std::time::{Duration, Instant};

use anyhow::Context;
use futures_util::future::join_all;
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::place::Place;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::{Entity, Fault, FaultKind, LoggedRequest, Options, Simulator};

use super::rush::{Figures, Rush};

/// How long any one step may take.
const DEADLINE: Duration = Duration::from_mins(2);
/// How long after the last tap what waits has time to be recorded and read back.
const AFTER: Duration = Duration::from_mins(1);

struct Kiosk {
    place: Place,
    program: Headless,
}

/// The rush at real programs; each starts in its turn, under the limits.
pub(crate) async fn run(rush: &Rush) -> anyhow::Result<Figures> {
    let plan = rush.plan();
    let spaces = Simulator::start(Options { members: plan.len(), ..Options::default() }).await?;
    let state = spaces.state();
    let members = state.records(Entity::Coworker);
    let tiles: Vec<&str> =
        members.iter().rev().take(plan.len()).filter_map(|member| member["AccessCardId"].as_str()).collect();
    anyhow::ensure!(tiles.len() == plan.len(), "{} of {} members have a tile", tiles.len(), plan.len());
    let mut kiosks = Vec::new();
    for _ in 0..rush.kiosks {
        let place = Place::set_up(&spaces.base_url(), "")?;
        place.sign_in().await?;
        kiosks.push(place);
    }
    let milliseconds = u64::try_from(rush.delay.as_millis())?;
    let delay = Fault { count: None, ..Fault::new(FaultKind::Delay { milliseconds }) };
    state.inject(Fault { path: Some("/api/spaces/*".to_owned()), ..delay });
    state.change_switches(|switches| switches.throttle = true);
    let mut running = Vec::new();
    for place in kiosks {
        let program = Headless::start(&place)?;
        program.wait_until_it_works(DEADLINE).await;
        running.push(Kiosk { place, program });
    }
    state.clear_log();
    let began = Instant::now();
    let mut taps: Vec<Vec<(Duration, &str)>> = vec![Vec::new(); running.len()];
    for ((at, kiosk), tile) in plan.iter().zip(tiles) {
        taps[*kiosk].push((*at, tile));
    }
    let rushes: Vec<_> = running.iter().zip(&taps).map(|(kiosk, taps)| kiosk.tap(began, taps)).collect();
    let mut all = Vec::new();
    for waits in join_all(rushes).await {
        all.extend(waits?);
    }
    tokio::time::sleep_until((began + rush.lasts).into()).await;
    let requests = state.requests();
    tokio::time::sleep(AFTER).await;
    let mut recorded = Vec::new();
    for kiosk in &running {
        recorded.extend(kiosk.recorded());
        kiosk.program.terminate().await?;
    }
    let turned_away = |request: &&LoggedRequest| request.status == Some(409);
    let throttled = u32::try_from(requests.iter().filter(turned_away).count())?;
    let calls = u32::try_from(requests.len())? - throttled;
    Ok(Figures::new(*rush, &all, recorded, calls, throttled, None))
}

impl Kiosk {
    /// Holds each tile there at its moment, or when the one before was taken away; how long each waited for its verdict
    /// after its acknowledgement, and whether that was the service's own.
    async fn tap(&self, began: Instant, taps: &[(Duration, &str)]) -> anyhow::Result<Vec<(Duration, bool)>> {
        let mut waits = Vec::new();
        for (at, tile) in taps {
            tokio::time::sleep_until((began + *at).into()).await;
            let mark = self.program.mark();
            let presence = self.place.reader.present(Tile::parse(tile)?)?;
            let acknowledged = self.program.wait_for_line(mark, DEADLINE, |line| line["event"] == "ack").await;
            let entry = acknowledged.says["entry"].clone();
            let is_its = |line: &serde_json::Value| line["event"] == "verdict" && line["entry"] == entry;
            let told = self.program.wait_for_line(mark, DEADLINE, is_its).await;
            let kind = told.says["kind"].as_str().context("a kind")?;
            waits.push((told.at.saturating_duration_since(acknowledged.at), kind.starts_with("checked_")));
            tapdesk_tests::kiosk::tap::take_away(&self.place.reader, presence).await?;
        }
        Ok(waits)
    }

    /// How long each tap that the service has took from its acknowledgement until the kiosk said so.
    fn recorded(&self) -> Vec<Duration> {
        let lines = self.program.lines();
        let acknowledged = lines.iter().filter(|line| line.says["event"] == "ack");
        let recorded = acknowledged.filter_map(|ack| {
            let said = lines.iter().find(|line| {
                let kind = line.says["kind"].as_str().unwrap_or_default();
                line.says["event"] == "verdict"
                    && line.says["entry"] == ack.says["entry"]
                    && kind.starts_with("checked_")
            })?;
            Some(said.at.saturating_duration_since(ack.at))
        });
        recorded.collect()
    }
}
