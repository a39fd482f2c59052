//! The contestants, each at a chip of its own and at the same service, tapped in the same way.

use std::collections::HashMap;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tapdesk_tests::figures::{from_environment, spread};
use tapdesk_tests::kiosk::headless::{Headless, is};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::{DeviceName, Handle, Simulator, Tile};
use tapdesk_tests::spaces::{self, Fault, FaultKind};

use crate::floor::Task;
use crate::pixels::Screen;

/// Between two calls, in milliseconds: what the service documents, and what Tapdesk keeps by default.
pub(crate) const SPACING: u64 = 100;
/// How long any one step may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);
/// From one tap to the next, at people's pace, who stand in a queue: Tapdesk also looks at what became of each, and the
/// service's budget allows no more taps a minute.
pub(crate) const IN_A_QUEUE: Duration = Duration::from_millis(2600);
/// The same where nothing is done between two taps.
const AT_ONCE: Duration = Duration::from_millis(700);
/// By how much that varies.
const VARIES_BY: Duration = Duration::from_millis(800);
/// How long an acknowledgement or a verdict may take to the screen.
const SHOWN_WITHIN: Duration = Duration::from_secs(5);
/// Each contestant checks each of its members in once: so many parts are there of them, and one member over.
const PARTS: usize = 5;
/// The paths of a check-in's two calls.
const CHECKINS: &str = "/api/spaces/checkins";

/// One service with its members, and Tapdesk's desk at it.
pub(crate) struct Contest {
    pub(crate) station: Station,
    taps: usize,
    pub(crate) members: Vec<(Tile, i64)>,
}

/// What was measured of one contestant, in the order of the taps.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) uid: Vec<Duration>,
    pub(crate) acknowledgement: Vec<Duration>,
    /// How many acknowledgements never stood on the screen; such taps have no figures.
    pub(crate) unseen: usize,
    verdict: Vec<Duration>,
}

impl Contest {
    /// A service that answers so many milliseconds after it has done what was asked.
    pub(crate) async fn new(delay: u64) -> anyhow::Result<Self> {
        let taps = from_environment("TAPDESK_BENCH_TAPS", 100, 1)?;
        let options = spaces::Options { members: PARTS * taps + 1, ..spaces::Options::default() };
        let station = Station::start_with(options, "[tap]\nrepeat_window_s = 0").await?;
        // Nobody taps twice a second all day: the budget of a minute is not what is measured, the distance of calls is.
        station.configure_spaces("calls_per_minute = 100000\nwrites_per_minute = 100000")?;
        let state = station.spaces.state();
        let coworkers = state.records(spaces::Entity::Coworker);
        let members: Vec<(Tile, i64)> = coworkers
            .iter()
            .rev()
            .take(PARTS * taps + 1)
            .filter_map(|coworker| {
                let tile = Tile::parse(coworker["AccessCardId"].as_str()?).ok()?;
                Some((tile, coworker["Id"].as_i64()?))
            })
            .collect();
        anyhow::ensure!(members.len() == PARTS * taps + 1, "only {} members have a tile", members.len());
        station.sign_in().await?;
        if delay > 0 {
            let kind = FaultKind::Delay { milliseconds: delay };
            state.inject(Fault {
                id: 0,
                kind,
                method: None,
                path: Some("/api/spaces/*".to_owned()),
                skip: 0,
                count: None,
            });
        }
        Ok(Self { station, taps, members })
    }

    pub(crate) async fn tapdesk(&self) -> anyhow::Result<Figures> {
        let headless = Headless::start(&self.station)?;
        headless.wait_for(DEADLINE, is("link", "online")).await;
        let figures = self.tap(&self.station.reader, &headless, 0, IN_A_QUEUE).await?;
        let (code, _) = headless.terminate().await?;
        anyhow::ensure!(code == Some(0), "the program ended with {code:?}");
        Ok(figures)
    }

    pub(crate) async fn floor(&self) -> anyhow::Result<Figures> {
        let reader = Simulator::start(tapdesk_tests::pn532::Options::default())?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["floor", &serde_json::to_string(&self.task(reader.connection_string())?)?]);
        self.tap(&reader, &Headless::spawn(command)?, 1, AT_ONCE).await
    }

    pub(crate) async fn maker(&self) -> anyhow::Result<Figures> {
        let reader = Simulator::start(tapdesk_tests::pn532::Options::default())?;
        let device = DeviceName::new(reader.link())?;
        let maker = Self::start_maker(&self.task(device.nfcpy_path())?)?;
        self.tap(&reader, &maker, 2, AT_ONCE).await
    }

    /// The maker's program; the name of its reader must outlive it.
    pub(crate) fn start_maker(task: &Task) -> anyhow::Result<Headless> {
        let python =
            std::env::var_os("TAPDESK_MAKER_PYTHON").context("TAPDESK_MAKER_PYTHON is not set: run `./dev bench`")?;
        let mut command = Command::new(python);
        command.args([concat!(env!("CARGO_MANIFEST_DIR"), "/benches/tap/maker.py")]);
        command.arg(serde_json::to_string(task)?);
        Headless::spawn(command)
    }

    /// Debian's nfc-poll, which ends at the first tile and says when it does.
    pub(crate) async fn nfc_poll(&self) -> anyhow::Result<Figures> {
        let reader = Simulator::start(tapdesk_tests::pn532::Options::default())?;
        let mut figures = Figures::default();
        for (tile, _) in &self.members[..self.taps.min(30)] {
            // Its lines as they come, and not at its end.
            let mut command = Command::new("stdbuf");
            command.args(["--output=L", "nfc-poll"]).env("LIBNFC_DEVICE", reader.connection_string());
            let since = reader.frames_so_far();
            let polling = Headless::spawn(command)?;
            let polls = reader.wait_for_frame(since, DEADLINE, |frame| frame.code() == Some(0x60));
            polls.with_context(|| format!("nfc-poll does not poll\n{}", polling.story()))?;
            let stay = reader.present(tile.clone())?;
            let entered = reader.sighting(stay).context("the tile is in the field")?.entered;
            let mut news = polling.news();
            let found = async {
                while !polling.lines().iter().any(|line| line.text.contains("UID (NFCID1)"))
                    && news.changed().await.is_ok()
                {}
            };
            tokio::time::timeout(DEADLINE, found).await.context("nfc-poll does not find the tile")?;
            let lines = polling.lines();
            let line = lines.iter().find(|line| line.text.contains("UID (NFCID1)")).context("no UID")?;
            let first = reader.sighting(stay).and_then(|seen| seen.first_reply).context("the UID was sent")?;
            figures.uid.push(first.saturating_duration_since(entered));
            figures.acknowledgement.push(line.at.saturating_duration_since(entered));
            reader.remove_presence(stay);
            let ended = async { while news.changed().await.is_ok() {} };
            tokio::time::timeout(DEADLINE, ended).await.context("nfc-poll does not end")?;
        }
        Ok(figures)
    }

    /// What the floor and the maker's kiosk are told: the calls as Tapdesk has just made them.
    pub(crate) fn task(&self, connection: String) -> anyhow::Result<Task> {
        let requests = self.station.spaces.state().requests();
        let made =
            |method: &str| requests.iter().rev().find(|request| request.method == method && request.path == CHECKINS);
        let (list, create) = (made("GET").context("no list")?, made("POST").context("no check-in")?);
        let coworker = create.body["CoworkerId"].to_string();
        let members = self.members.iter().map(|(tile, id)| (tile.uid_hex(), *id));
        Ok(Task {
            connection,
            base_url: self.station.spaces.base_url(),
            username: spaces::seed::USERNAME.to_owned(),
            password: spaces::seed::PASSWORD.to_owned(),
            spacing: SPACING,
            list: format!("/spaces/checkins?{}", list.query.replace(&coworker, "COWORKER")),
            create: "/spaces/checkins".to_owned(),
            body: create.body.clone(),
            members: members.collect::<HashMap<_, _>>(),
            scenes: None,
        })
    }

    async fn tap(
        &self,
        reader: &Handle,
        contestant: &Headless,
        part: usize,
        pace: Duration,
    ) -> anyhow::Result<Figures> {
        contestant.wait_for(DEADLINE, is("reader", "up")).await;
        self.tap_seen_by(reader, part, pace, &Witness::Lines(contestant)).await
    }

    /// Taps each member of one part once, and notes when the contestant said what.
    pub(crate) async fn tap_seen_by(
        &self,
        reader: &Handle,
        part: usize,
        pace: Duration,
        witness: &Witness<'_>,
    ) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        let members = &self.members[part * self.taps..(part + 1) * self.taps];
        for (number, (tile, _)) in members.iter().enumerate() {
            let mark = witness.mark();
            let stay = reader.present(tile.clone())?;
            let entered = reader.sighting(stay).context("the tile is in the field")?.entered;
            let acknowledged = match (witness.sees(mark, "ack").await, witness) {
                // On a machine that is short of time the verdict may overtake it: then no member saw it.
                (Err(_), Witness::Screen(_)) if figures.unseen * 10 < self.taps => {
                    figures.unseen += 1;
                    reader.remove_presence(stay);
                    tokio::time::sleep_until((Instant::now() + pace).into()).await;
                    continue;
                }
                (acknowledged, _) => acknowledged?,
            };
            let told = witness.sees(mark, "verdict").await?;
            let first = reader.sighting(stay).and_then(|seen| seen.first_reply).context("the UID was sent")?;
            figures.uid.push(first.saturating_duration_since(entered));
            figures.acknowledgement.push(acknowledged.saturating_duration_since(entered));
            figures.verdict.push(told.saturating_duration_since(entered));
            reader.remove_presence(stay);
            // At any point of a loop that looks and pauses: the golden ratio spreads the taps evenly.
            let next = entered + pace + VARIES_BY.mul_f64((f64::from(u32::try_from(number)?) * 0.618_034).fract());
            tokio::time::sleep_until(next.into()).await;
        }
        Ok(figures)
    }
}

/// By what one knows that a contestant acknowledged a tap and has its verdict.
pub(crate) enum Witness<'a> {
    /// The lines that it prints.
    Lines(&'a Headless),
    /// The screen that it fills.
    Screen(&'a Screen),
}

impl Witness<'_> {
    fn mark(&self) -> usize {
        match self {
            Self::Lines(contestant) => contestant.mark(),
            Self::Screen(_) => 0,
        }
    }

    /// Waits for `ack` or `verdict`; when it came.
    async fn sees(&self, mark: usize, what: &str) -> anyhow::Result<Instant> {
        match self {
            Self::Lines(contestant) => {
                Ok(contestant.wait_for_line(mark, DEADLINE, |line| line["event"] == what).await.at)
            }
            Self::Screen(screen) => screen.shows(what, SHOWN_WITHIN),
        }
    }
}

impl Figures {
    /// Prints them beside the floor's; the same for the report.
    pub(crate) fn print(&self, name: &str, floor: &Self) -> Value {
        let mut report = serde_json::Map::new();
        let rows = [
            ("UID on the line", &self.uid, &floor.uid),
            ("acknowledgement", &self.acknowledgement, &floor.acknowledgement),
            ("verdict", &self.verdict, &floor.verdict),
        ];
        for (what, times, floor) in rows.into_iter().filter(|(_, times, _)| !times.is_empty()) {
            let ([p50, p99, max], [floor_50, floor_99, _]) = (spread(&mut times.clone()), spread(&mut floor.clone()));
            let (ratio_50, ratio_99) = (p50 / floor_50, p99 / floor_99);
            println!("{:<34}{p50:>8.1}{p99:>8.1}{max:>8.1}{ratio_50:>10.2}{ratio_99:>10.2}", format!("{name}: {what}"));
            let figures = json!({
                "p50": p50, "p99": p99, "max": max, "p50_to_floor": ratio_50, "p99_to_floor": ratio_99, "taps": times.len(),
            });
            report.insert(what.to_owned(), figures);
        }
        report.into()
    }
}
