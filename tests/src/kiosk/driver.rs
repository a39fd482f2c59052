//! The WebDriver under the window: its process, its session and, through it, the program.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::display::{Display, end};
use super::family::{children, descendants};
use super::station::{self, Station};

/// How long driver, session and page have to come up, each.
pub(super) const STARTS_WITHIN: Duration = Duration::from_secs(20);
/// How long one answer may take; longer than a script in the page may wait.
const ANSWERS_WITHIN: Duration = Duration::from_secs(40);
/// How long the program has to end after SIGTERM (design section 7).
const ENDS_WITHIN: Duration = Duration::from_secs(5);
/// Between two looks at something that nobody reports.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A driver with a session; driver and program end when it is dropped.
#[derive(Debug)]
pub(super) struct Driver {
    processes: Processes,
    page: Client,
}

impl Driver {
    /// Starts driver and program of this station on this display, the latter with this command, both with these variables
    /// on top of the environment.
    pub(super) async fn start(
        station: &Station,
        display: &Display,
        command: &[&str],
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        // Whoever takes the port in between makes the session fail, which says so.
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut processes = Processes::start(station, display, environment, port)?;
        let page = processes.open(station, command, port).await;
        let page = page.with_context(|| format!("the window said:\n{}", processes.said()))?;
        Ok(Self { processes, page })
    }

    /// Runs a script in the page; what it returns.
    pub(super) async fn run(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.answer(self.page.execute(script, arguments)).await
    }

    /// Runs a script in the page whose last argument takes the answer; the answer.
    pub(super) async fn run_async(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.answer(self.page.execute_async(script, arguments)).await
    }

    /// The session, for calls that go through [`Self::answer`].
    pub(super) fn page(&self) -> &Client {
        &self.page
    }

    /// What the driver answers, in time: by itself it waits for ever for a page that hangs.
    pub(super) async fn answer<T>(&self, call: impl Future<Output = Result<T, CmdError>>) -> anyhow::Result<T> {
        let answer = tokio::time::timeout(ANSWERS_WITHIN, call).await.context("the page does not answer");
        let answer = answer.and_then(|answer| answer.map_err(Into::into));
        answer.with_context(|| format!("the window said:\n{}", self.said()))
    }

    /// What driver and program wrote so far.
    pub(super) fn said(&self) -> String {
        self.processes.said()
    }

    /// The processes of the program: itself, its pages, its reader.
    pub(super) fn family(&self) -> Vec<i32> {
        let app = self.processes.app.map(Pid::as_raw_nonzero).map(i32::from);
        app.map(|app| std::iter::once(app).chain(descendants(app)).collect()).unwrap_or_default()
    }

    /// Asks the program to end by SIGTERM and tells how long it took; fails when it does not end in time.
    pub(super) async fn terminate(&self) -> anyhow::Result<Duration> {
        let app = self.processes.app.context("no program")?;
        let begun = Instant::now();
        kill_process(app, Signal::TERM)?;
        while !is_gone(app) {
            if begun.elapsed() > ENDS_WITHIN {
                bail!("still running {ENDS_WITHIN:?} after SIGTERM");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(begun.elapsed())
    }
}

/// What was started, whether or not it came to a session.
#[derive(Debug)]
struct Processes {
    driver: Child,
    app: Option<Pid>,
    /// What driver and program write to standard output and error.
    log: PathBuf,
}

impl Processes {
    fn start(station: &Station, display: &Display, environment: &[(&str, &str)], port: u16) -> anyhow::Result<Self> {
        let log = station.folder().join(format!("window-{port}.log"));
        let output = File::create(&log)?;
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TAPDESK_")) {
            command.env_remove(name);
        }
        command
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", display.name())
            .env("GDK_BACKEND", "x11")
            // The program reads it from the driver's environment; without it there is no session.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // Not on the developer's loudspeaker; the stories about sound bring a card of their own.
            .env("TAPDESK_KIOSK__SOUNDS", "false")
            // Not what whoever manages this machine wants of a kiosk of theirs.
            .env("TAPDESK_MANAGED_CONFIG", "")
            .env_remove("CREDENTIALS_DIRECTORY")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let driver = command.spawn().context("WebKitWebDriver does not start; it is in webkit2gtk-driver")?;
        Ok(Self { driver, app: None, log })
    }

    async fn open(&mut self, station: &Station, command: &[&str], port: u16) -> anyhow::Result<Client> {
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if begun.elapsed() > STARTS_WITHIN {
                bail!("WebKitWebDriver does not listen");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        let configuration = station.configuration();
        let configuration = configuration.to_str().context("a path in UTF-8")?;
        let arguments = [&["--config", configuration], command].concat();
        let options = json!({ "binary": station::program()?, "args": arguments });
        let capabilities = serde_json::Map::from_iter([("webkitgtk:browserOptions".to_owned(), options)]);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        // Without a limit, a driver that finds no window waits for ever.
        let session = tokio::time::timeout(STARTS_WITHIN, builder.connect(&address)).await;
        self.app = children(i32::try_from(self.driver.id())?).first().copied().and_then(Pid::from_raw);
        session.context("no session in time")?.context("no session")
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        let family = i32::try_from(self.driver.id()).map(descendants).unwrap_or_default();
        if let Some(app) = self.app.filter(|app| !is_gone(*app)) {
            // It may end in this very moment.
            let _ = kill_process(app, Signal::TERM);
            let begun = Instant::now();
            while !is_gone(app) && begun.elapsed() < ENDS_WITHIN {
                std::thread::sleep(LOOK_EVERY);
            }
        }
        end(&mut self.driver);
        for left in family.into_iter().filter_map(Pid::from_raw).filter(|pid| !is_gone(*pid)) {
            let _ = kill_process(left, Signal::KILL);
        }
    }
}

/// Whether a process has ended; one that nobody has buried yet has.
fn is_gone(pid: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    stat.rsplit_once(") ").is_none_or(|(_, state)| state.starts_with('Z'))
}
