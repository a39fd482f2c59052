//! A desk from its door to its books: the built program between a simulated reader and a simulated service, told apart
//! by its lines, its exit codes and what reached the service.
//!
//! Every test has surroundings of its own and waits for what can be seen, never for a time to pass by itself.

#[path = "headless/checkins.rs"]
mod checkins;
#[path = "headless/commands.rs"]
mod commands;
#[path = "headless/configuration.rs"]
mod configuration;
#[path = "headless/doubt.rs"]
mod doubt;
#[path = "headless/durability.rs"]
mod durability;
#[path = "headless/outages.rs"]
mod outages;
#[path = "headless/reader.rs"]
mod reader;
#[path = "headless/refusals.rs"]
mod refusals;
#[path = "headless/secrets.rs"]
mod secrets;
#[path = "headless/sign_in.rs"]
mod sign_in;
#[path = "headless/support.rs"]
mod support;
#[path = "headless/telemetry.rs"]
mod telemetry;
#[path = "headless/tiles.rs"]
mod tiles;

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::Value;
use tapdesk_tests::kiosk::headless::{Headless, is};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::{Side, Tile};
use tapdesk_tests::spaces::{LoggedRequest, Options, State};

/// Longest wait for anything that is going to happen at once.
const SOON: Duration = Duration::from_secs(20);
/// Path of the check-ins, as it stands in the simulator's log.
const CHECKINS: &str = "/api/spaces/checkins";
/// Path of the failed check-ins.
const FAILED_CHECKINS: &str = "/api/spaces/failedcheckins";
/// Empty looks after which the reader process has told that the field is empty: it says so after three over 250 ms, and
/// looks every 100 ms.
const EMPTY_LOOKS: usize = 4;

/// Ana Prieto, who holds a day pass.
const ANA: (i64, &str) = (1_001, "04A1B2C3D4E5F6");
/// José Ángel Núñez, whose plan covers every visit.
const JOSE: (i64, &str) = (1_002, "04A2B2C3D4E5F6");
/// 王秀英, the same.
const WANG: (i64, &str) = (1_003, "04A3B2C3D4E5F6");
/// Séamus O'Connor, the same.
const SEAMUS: (i64, &str) = (1_004, "04A4B2C3D4E5F6");

/// A desk that is signed in and works.
struct Desk {
    station: Station,
    headless: Headless,
    state: State,
}

impl Desk {
    /// A desk with these lines in its configuration.
    async fn open(more: &str) -> anyhow::Result<Self> {
        Self::open_with(Options::default(), more).await
    }

    /// The same with a service of its own kind.
    async fn open_with(options: Options, more: &str) -> anyhow::Result<Self> {
        let station = Station::start_with(options, more).await?;
        station.sign_in().await?;
        Self::at(station).await
    }

    /// Starts the program at this station and waits until it works.
    async fn at(station: Station) -> anyhow::Result<Self> {
        let headless = Headless::start(&station)?;
        Self::with(station, headless).await
    }

    /// The same with a program that was started already.
    async fn with(station: Station, headless: Headless) -> anyhow::Result<Self> {
        headless.wait_until_it_works(SOON).await;
        let state = station.spaces.state();
        Ok(Self { station, headless, state })
    }

    /// Lays a tile on the reader and leaves it there; the acknowledgement.
    async fn lay(&self, tile: &str) -> anyhow::Result<Value> {
        let mark = self.headless.mark();
        self.station.reader.present(Tile::parse(tile)?)?;
        Ok(self.headless.wait_after(mark, SOON, |line| line["event"] == "ack").await)
    }

    /// Takes all tiles away and waits until the reader process has told of it.
    async fn take_away(&self) -> anyhow::Result<()> {
        let reader = self.station.reader.handle();
        let since = reader.frames_so_far();
        reader.remove_all();
        let mut empty = 0;
        let told = tokio::task::spawn_blocking(move || {
            reader.wait_for_frame(since, SOON, |frame| {
                // InListPassiveTarget's reply with no target in it; the next look comes after what was told of the last.
                empty += usize::from(frame.code() == Some(0x4B) && frame.bytes.get(7) == Some(&0));
                empty >= EMPTY_LOOKS && frame.from == Side::Host
            })
        });
        anyhow::ensure!(told.await?.is_some(), "the reader is not looked at any more\n{}", self.headless.story());
        Ok(())
    }

    /// Holds a tile to the reader for a moment; the acknowledgement.
    async fn tap(&self, tile: &str) -> anyhow::Result<Value> {
        let acknowledgement = self.lay(tile).await?;
        self.take_away().await?;
        Ok(acknowledgement)
    }

    /// A tap and its first verdict.
    async fn tap_and_see(&self, tile: &str) -> anyhow::Result<Value> {
        let acknowledgement = self.tap(tile).await?;
        Ok(self.verdict(&acknowledgement, SOON).await)
    }

    /// The first verdict of the tap behind a line.
    #[track_caller]
    fn verdict(&self, line: &Value, deadline: Duration) -> impl Future<Output = Value> {
        let entry = line["entry"].clone();
        self.headless.wait_for(deadline, move |line| line["event"] == "verdict" && line["entry"] == entry)
    }

    /// The verdict of this kind of the tap behind a line, which replaces an earlier one.
    #[track_caller]
    fn revised(&self, line: &Value, kind: &'static str, deadline: Duration) -> impl Future<Output = Value> {
        let entry = line["entry"].clone();
        let fits = move |line: &Value| line["revised"] == true && line["kind"] == kind;
        self.headless.wait_for(deadline, move |line| line["entry"] == entry && fits(line))
    }

    /// All verdicts of the tap behind a line so far.
    fn verdicts(&self, line: &Value) -> Vec<Value> {
        let events = self.headless.events();
        events.into_iter().filter(|event| event["event"] == "verdict" && event["entry"] == line["entry"]).collect()
    }

    /// The requests so far with this verb and path.
    fn sent(&self, method: &str, path: &str) -> Vec<LoggedRequest> {
        let requests = self.state.requests();
        requests.into_iter().filter(|request| request.method == method && request.path == path).collect()
    }

    /// What the desk wrote at the service so far, sign-ins left out.
    fn writes(&self) -> Vec<LoggedRequest> {
        let requests = self.state.requests();
        requests.into_iter().filter(|request| request.method != "GET" && request.path != "/api/token").collect()
    }

    /// `tapdesk queue --json`
    async fn queue(&self) -> anyhow::Result<Value> {
        let output = self.station.run(&["queue", "--json"], "").await?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Ends the program as an operator would and checks how it behaved all along.
    async fn close(self) -> anyhow::Result<()> {
        let (code, _) = self.headless.terminate().await?;
        assert_eq!(code, Some(0), "{}", self.headless.story());
        self.has_behaved();
        Ok(())
    }

    /// Only events stand on standard output, nothing panicked, and every request was one that the service knows.
    fn has_behaved(&self) {
        for line in self.headless.lines() {
            assert!(line.says["event"].is_string(), "no event: {:?}", line.text);
        }
        let errors = self.headless.errors();
        assert!(!errors.contains("panicked"), "{errors}");
        assert_eq!(self.state.unexpected_requests(), [], "requests of no route");
    }
}

/// The `at` of a line as the service keeps times: to the second.
fn second_of(line: &Value) -> anyhow::Result<String> {
    let at: DateTime<Utc> = serde_json::from_value(line["at"].clone())?;
    Ok(at.trunc_subsecs(0).format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Lets time pass that the story itself is about.
async fn time_passes(duration: Duration) {
    tokio::time::sleep(duration).await;
}
