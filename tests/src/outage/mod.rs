//! Kiosks that a real Prometheus scrapes, and an outage by the book: each alert fires while there is reason to, and clears.
//!
//! What an alert waits for (`for`, and minutes of a rate) is taken out of its expression: the outage lasts seconds. Those
//! times are held by `promtool test rules`.

mod troubles;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use crate::kiosk::headless::Headless;
use crate::kiosk::place::Place;
use crate::kiosk::station::OPEN_BUDGET;
use crate::kiosk::tap::take_away;
use crate::pn532::Tile;
use crate::spaces::{Entity, Options, Simulator};
use anyhow::{Context, ensure};
use serde_json::Value;

use crate::prometheus::{Prometheus, Sample, free_address};

/// How long any one thing may take.
const DEADLINE: Duration = Duration::from_mins(2);
/// A number of so many digits, such as a tile's, stands nowhere by chance.
const LONG_NUMBER: usize = 8;
/// What stands in the rules for times that an outage of seconds does not reach, and what stands for them here.
const SHORTER: [(&str, &str); 6] = [
    ("[15m]", "[20s]"),
    ("[10m]", "[20s]"),
    ("[1h]", "[20s]"),
    ("_seconds > 900", "_seconds > 2"),
    // A reader's process is started again later and later, and a call that is throttled sent again so.
    ("restarts_total[20s]) > 10", "restarts_total[20s]) > 2"),
    ("throttled\"}[20s])) > 5", "throttled\"}[20s])) > 1"),
];

/// Kiosks, what they work with, and who watches them.
pub struct Outage {
    spaces: Simulator,
    kiosks: Vec<Kiosk>,
    prometheus: Prometheus,
    /// The alerts' expressions, with shorter times.
    alerts: BTreeMap<String, String>,
}

struct Kiosk {
    place: Place,
    program: Headless,
    address: SocketAddr,
    tile: String,
}

/// What it costs to be watched.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Series of one kiosk, the most of any.
    pub series: f64,
    /// Seconds that a scrape takes, the most of the last minute.
    pub scrape_seconds: f64,
    /// Bytes of a scrape.
    pub bytes: usize,
}

impl Outage {
    /// So many kiosks that work, at one service, and their watcher.
    pub async fn begin(kiosks: usize, rules: &Path) -> anyhow::Result<Self> {
        let spaces = Simulator::start(Options { members: kiosks, ..Options::default() }).await?;
        let members = spaces.state().records(Entity::Coworker);
        let tiles = members.iter().rev().filter_map(|member| member["AccessCardId"].as_str()).map(str::to_owned);
        let mut running = Vec::new();
        for tile in tiles.take(kiosks) {
            let address = free_address()?;
            let more = format!("[tap]\nrepeat_window_s = 0\n\n[telemetry]\nprometheus = \"{address}\"");
            let place = Place::set_up(&spaces.base_url(), &more)?;
            place.configure_spaces(OPEN_BUDGET)?;
            place.sign_in().await?;
            let program = Headless::start(&place)?;
            running.push(Kiosk { place, program, address, tile });
        }
        ensure!(running.len() == kiosks, "too few members have a tile");
        for kiosk in &running {
            kiosk.program.wait_until_it_works(DEADLINE).await;
        }
        let targets: Vec<SocketAddr> = running.iter().map(|kiosk| kiosk.address).collect();
        let prometheus = Prometheus::start(&targets, rules).await?;
        let shorter = |text: String| SHORTER.iter().fold(text, |text, (long, short)| text.replace(long, short));
        let alerts = prometheus.alerts().await?.into_iter().map(|(name, text)| (name, shorter(text))).collect();
        Ok(Self { spaces, kiosks: running, prometheus, alerts })
    }

    /// All is well: every kiosk answers, and there is no reason for any alert; every kiosk takes a tap.
    pub async fn all_is_well(&self) -> anyhow::Result<()> {
        let all = self.kiosks.len();
        self.prometheus.wait_until("count(up{job=\"tapdesk\"} == 1)", DEADLINE, is(all)).await?;
        for (name, expression) in &self.alerts {
            self.prometheus.wait_until(expression, DEADLINE, <[Sample]>::is_empty).await.context(name.clone())?;
        }
        for kiosk in &self.kiosks {
            kiosk.tap(&kiosk.tile, "checked_in").await?;
        }
        self.prometheus.wait_until("sum(tapdesk_verdicts_total{kind=\"checked_in\"})", DEADLINE, is(all)).await?;
        let durations = "count(tapdesk_tap_duration_seconds_count{part=\"whole\"} == 1)";
        self.prometheus.wait_until(durations, DEADLINE, is(all)).await.map(drop)
    }

    /// What it costs.
    pub async fn cost(&self) -> anyhow::Result<Cost> {
        let greatest = async |expression: &str| {
            let found = self.prometheus.query(&format!("max({expression})")).await?;
            found.first().map(|sample| sample.value).with_context(|| format!("{expression} is nothing"))
        };
        let mut bytes = 0;
        for text in self.scrapes().await? {
            bytes = bytes.max(text.len());
        }
        Ok(Cost {
            series: greatest("scrape_samples_scraped").await?,
            scrape_seconds: greatest("max_over_time(scrape_duration_seconds[1m])").await?,
            bytes,
        })
    }

    /// The kiosks' processes, without their readers.
    pub fn programs(&self) -> Vec<i32> {
        self.kiosks.iter().map(|kiosk| kiosk.program.pid()).collect()
    }

    /// Nobody scrapes any more.
    pub fn stop_watching(&mut self) {
        self.prometheus.stop();
    }

    /// What the watcher answers to this.
    pub async fn query(&self, expression: &str) -> anyhow::Result<Vec<Sample>> {
        self.prometheus.query(expression).await
    }

    /// What each kiosk tells whoever scrapes it.
    pub async fn scrapes(&self) -> anyhow::Result<Vec<String>> {
        let mut texts = Vec::new();
        for kiosk in &self.kiosks {
            texts.push(reqwest::get(format!("http://{}/metrics", kiosk.address)).await?.text().await?);
        }
        Ok(texts)
    }

    /// What this scrape gives away of who was there, and with what.
    pub fn given_away(&self, scrape: &str) -> Vec<String> {
        let members = self.spaces.state().records(Entity::Coworker);
        let words = members
            .iter()
            .flat_map(|member| ["FullName", "Email", "AccessCardId", "KeyFobNumber"].map(|key| member[key].as_str()));
        let words = words.flatten().flat_map(|text| text.split_whitespace()).filter(|word| word.len() > 3);
        given_away(words.map(str::to_lowercase).collect(), scrape)
    }

    /// The alerts that the rules have, by name.
    pub fn alerts(&self) -> impl Iterator<Item = &str> {
        self.alerts.keys().map(String::as_str)
    }

    async fn fires(&self, alert: &'static str, kiosks: usize) -> anyhow::Result<()> {
        let expression = self.alerts.get(alert).context(alert)?;
        self.prometheus.wait_until(expression, DEADLINE, |found| found.len() == kiosks).await.context(alert).map(drop)
    }

    /// And every kiosk is there; the alert.
    async fn clears(&self, alert: &'static str) -> anyhow::Result<&'static str> {
        let expression = self.alerts.get(alert).context(alert)?;
        self.prometheus.wait_until(expression, DEADLINE, <[Sample]>::is_empty).await.context(alert)?;
        let there = "count(up{job=\"tapdesk\"} == 1)";
        self.prometheus.wait_until(there, DEADLINE, is(self.kiosks.len())).await.map(|_| alert)
    }
}

impl Kiosk {
    /// A tap of this tile that becomes this.
    async fn tap(&self, tile: &str, kind: &'static str) -> anyhow::Result<()> {
        let told = self.verdict(tile).await?;
        ensure!(told["kind"] == kind, "{told}");
        Ok(())
    }

    /// What a tap of this tile becomes.
    async fn verdict(&self, tile: &str) -> anyhow::Result<Value> {
        let mark = self.program.mark();
        let acknowledged = self.present(tile).await?;
        let entry = acknowledged["entry"].clone();
        let is_its = |line: &Value| line["event"] == "verdict" && line["entry"] == entry;
        Ok(self.program.wait_after(mark, DEADLINE, is_its).await)
    }

    /// Holds a tile there until it is acknowledged.
    async fn present(&self, tile: &str) -> anyhow::Result<Value> {
        let mark = self.program.mark();
        let presence = self.place.reader.present(Tile::parse(tile)?)?;
        let acknowledged = self.program.wait_after(mark, DEADLINE, |line| line["event"] == "ack").await;
        take_away(&self.place.reader, presence).await?;
        Ok(acknowledged)
    }
}

/// Whether there is one value, which is so much.
fn is(count: usize) -> impl Fn(&[Sample]) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "kiosks are few")]
    let count = count as f64;
    move |found| found.first().is_some_and(|sample| (sample.value - count).abs() < f64::EPSILON)
}

/// The words that stand in this scrape, in whatever case. A number of a few digits stands in many a figure by chance: it is
/// looked for as a word of its own, among names and labels.
fn given_away(words: Vec<String>, scrape: &str) -> Vec<String> {
    let scrape = scrape.to_lowercase();
    let labels: BTreeSet<&str> = scrape
        .lines()
        .filter_map(|line| line.rsplit_once(' '))
        .flat_map(|(labels, _figure)| labels.split(|letter: char| !letter.is_alphanumeric() && !"-.".contains(letter)))
        .collect();
    let is_number = |word: &str| word.len() < LONG_NUMBER && word.bytes().all(|letter| letter.is_ascii_digit());
    let stands = |word: &str| if is_number(word) { labels.contains(word) } else { scrape.contains(word) };
    words.into_iter().filter(|word| stands(word)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_is_given_away_by_a_label_and_not_by_a_figure() {
        let given_away = |scrape| super::given_away(["baptiste", "1022", "04a1b2c3"].map(str::to_owned).into(), scrape);
        assert!(given_away("some_seconds{le=\"0.1022\",name=\"1022.5\"} 0.31022\nsome_total 1022\n").is_empty());
        assert_eq!(given_away("taps{by=\"Bea Baptiste 1022\"} 1\n"), ["baptiste", "1022"]);
        assert_eq!(given_away("taps{tile=\"x04A1B2C3D4\"} 1\n"), ["04a1b2c3"]);
    }
}
