//! The simulated service as a process of its own, so that memory and time here are the client's.

use std::process::Stdio;

use anyhow::Context;
use reqwest::Method;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The running process; it ends when dropped.
pub(crate) struct Service {
    base_url: String,
    control_url: String,
    http: reqwest::Client,
    _process: Child,
}

impl Service {
    /// With so many members in bulk beside the named ones, and these arguments.
    pub(crate) async fn start(members: usize, more: &[&str]) -> anyhow::Result<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_spaces-simulator"))
            .args(["--members", &members.to_string()])
            .args(more)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(process.stdout.take().context("its standard output")?).lines();
        let ready: Value = serde_json::from_str(&lines.next_line().await?.context("the simulator ended")?)?;
        let text = |name: &str| ready[name].as_str().map(str::to_owned).context("its ready line");
        let (base_url, control_url) = (text("base_url")?, text("control_url")?);
        Ok(Self { base_url, control_url, http: reqwest::Client::new(), _process: process })
    }

    /// Where a client finds it.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// A control request; null where the answer is no JSON.
    pub(crate) async fn control(&self, method: Method, what: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let mut request = self.http.request(method, format!("{}/{what}", self.control_url));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let reply = request.send().await?.error_for_status()?.bytes().await?;
        Ok(serde_json::from_slice(&reply).unwrap_or_default())
    }
}
