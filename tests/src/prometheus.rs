//! A real Prometheus, Debian's package, on loopback, with a store of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::left_out;

/// Between two looks at what it knows.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How long it may take to start.
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A running Prometheus; it ends when dropped.
pub struct Prometheus {
    child: Child,
    address: SocketAddr,
    client: reqwest::Client,
    _folder: TempDir,
}

/// A value that a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// It.
    pub value: f64,
}

/// The program of Prometheus with this name: in the folder that `TAPDESK_PROMETHEUS` names, else wherever programs are.
pub fn program(name: &str) -> Command {
    let folder = std::env::var_os("TAPDESK_PROMETHEUS").map(PathBuf::from).unwrap_or_default();
    Command::new(if folder.join(name).is_file() { folder.join(name) } else { PathBuf::from(name) })
}

/// Whether the programs of Prometheus are here. Where they are not to be had, what needs them is left out, and is said to be.
pub fn is_here() -> bool {
    let is_here = ["prometheus", "promtool"].iter().all(|name| program(name).arg("--version").output().is_ok());
    if !is_here {
        left_out("Prometheus is not here: its rules, its dashboard and an outage are not tried at it");
    }
    is_here
}

/// An address on loopback that nobody listens at.
pub fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

impl Prometheus {
    /// One that scrapes these, under the job `tapdesk`, each second, with these rules.
    pub async fn start(targets: &[SocketAddr], rules: &Path) -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let mut configuration = String::from("global: { scrape_interval: 1s, evaluation_interval: 1s }\n");
        let targets: Vec<String> = targets.iter().map(|target| format!("'{target}'")).collect();
        writeln!(configuration, "rule_files: ['{}']", rules.display())?;
        writeln!(configuration, "scrape_configs:\n  - job_name: tapdesk")?;
        writeln!(configuration, "    static_configs: [{{ targets: [{}] }}]", targets.join(", "))?;
        let file = folder.path().join("prometheus.yml");
        std::fs::write(&file, configuration)?;
        let address = free_address()?;
        let child = program("prometheus")
            .arg(format!("--config.file={}", file.display()))
            .arg(format!("--storage.tsdb.path={}", folder.path().join("store").display()))
            .arg(format!("--web.listen-address={address}"))
            .arg("--log.level=warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("prometheus does not start; `./dev test` installs it")?;
        let mut prometheus = Self { child, address, client: reqwest::Client::new(), _folder: folder };
        let began = Instant::now();
        while prometheus.ask("-/ready", &[]).await.is_err() {
            ensure!(began.elapsed() < STARTS_WITHIN, "prometheus is not ready");
            ensure!(prometheus.child.try_wait()?.is_none(), "prometheus ended; see its words above");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(prometheus)
    }

    /// What this expression is now.
    pub async fn query(&self, expression: &str) -> anyhow::Result<Vec<Sample>> {
        let reply = self.ask("api/v1/query", &[("query", expression)]).await?;
        let reply: Value = serde_json::from_str(&reply)?;
        let Some(found) = reply["data"]["result"].as_array() else { bail!("{expression}: {reply}") };
        let sample = |found: &Value| {
            let labels = serde_json::from_value(found["metric"].clone())?;
            let value = found["value"][1].as_str().context("no value")?.parse()?;
            Ok(Sample { labels, value })
        };
        found.iter().map(sample).collect()
    }

    /// Waits until what this expression is fits.
    pub async fn wait_until(
        &self,
        expression: &str,
        deadline: Duration,
        fits: impl Fn(&[Sample]) -> bool,
    ) -> anyhow::Result<Vec<Sample>> {
        let began = Instant::now();
        loop {
            let found = self.query(expression).await?;
            if fits(&found) {
                return Ok(found);
            }
            ensure!(began.elapsed() < deadline, "{expression} is {found:?} after {deadline:?}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The names of its alerting rules with their expressions, as it has read them; fails where one is not well.
    pub async fn alerts(&self) -> anyhow::Result<Vec<(String, String)>> {
        let reply: Value = serde_json::from_str(&self.ask("api/v1/rules", &[("type", "alert")]).await?)?;
        let groups = reply["data"]["groups"].as_array().context("no groups")?;
        let rules = groups.iter().filter_map(|group| group["rules"].as_array()).flatten();
        let text = |rule: &Value, key: &str| rule[key].as_str().map(str::to_owned).context("no text");
        rules
            .map(|rule| {
                ensure!(rule["health"] != "err", "{rule}");
                Ok((text(rule, "name")?, text(rule, "query")?))
            })
            .collect()
    }

    async fn ask(&self, path: &str, parameters: &[(&str, &str)]) -> anyhow::Result<String> {
        let request = self.client.get(format!("http://{}/{path}", self.address)).query(parameters);
        let reply = request.send().await?;
        let (status, text) = (reply.status(), reply.text().await?);
        ensure!(status.is_success(), "{status}: {text}");
        Ok(text)
    }

    /// Ends it.
    pub fn stop(&mut self) {
        // Nothing of it is kept.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        self.stop();
    }
}
