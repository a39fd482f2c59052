//! A desk's surroundings: a reader, a service, a data folder and a configuration, all of its own.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::{pn532, spaces};

/// Keys of the section `[spaces]` for a budget that holds up nobody: for whatever is about something else.
pub const OPEN_BUDGET: &str = "call_spacing_ms = 0\ncalls_per_minute = 100000\nwrites_per_minute = 100000";
/// How long a command that does one thing may take.
const ONCE: Duration = Duration::from_secs(30);

/// A simulated reader, a simulated service and what the program needs to find them.
pub struct Station {
    /// The reader.
    pub reader: pn532::Simulator,
    /// The service.
    pub spaces: spaces::Simulator,
    folder: TempDir,
}

impl Station {
    /// A station with the simulators' usual members; `more` is TOML that is added to the configuration: keys of the
    /// sections `[tap]`, `[offline]`, `[kiosk]` and so on.
    pub async fn start(more: &str) -> anyhow::Result<Self> {
        Self::start_with(spaces::Options::default(), more).await
    }

    /// The same with a service of one's own.
    pub async fn start_with(options: spaces::Options, more: &str) -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let link = folder.path().join("reader");
        let reader = pn532::Simulator::start(pn532::Options { link: Some(link), ..pn532::Options::default() })?;
        let spaces = spaces::Simulator::start(options).await?;
        let station = Self { reader, spaces, folder };
        let configuration = format!(
            "data_dir = \"{data}\"\n\n[spaces]\nbase_url = {base:?}\nbusiness_id = 9\n\n[reader]\nkind = \"libnfc\"\nconnection = {connection:?}\n\n{more}\n",
            data = station.data_dir().display(),
            base = station.spaces.base_url(),
            connection = station.reader.connection_string(),
        );
        std::fs::write(station.configuration(), configuration)?;
        Ok(station)
    }

    /// Adds keys to the section `[spaces]` of the configuration.
    pub fn configure_spaces(&self, keys: &str) -> anyhow::Result<()> {
        let configuration = std::fs::read_to_string(self.configuration())?;
        let configuration = configuration.replacen("[spaces]\n", &format!("[spaces]\n{keys}\n"), 1);
        Ok(std::fs::write(self.configuration(), configuration)?)
    }

    /// The configuration file.
    pub fn configuration(&self) -> PathBuf {
        self.folder.path().join("tapdesk.toml")
    }

    /// Where the program keeps its journal and logs.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A folder of the station's own, removed with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program with this station's configuration and these arguments; killed when dropped.
    pub fn command(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(program()?);
        command.arg("--config").arg(self.configuration()).args(arguments);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TAPDESK_")) {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        Ok(command)
    }

    /// Runs a command that does one thing, with `input` on its standard input.
    pub async fn run(&self, arguments: &[&str], input: &str) -> anyhow::Result<Output> {
        run(self.command(arguments)?, input).await
    }

    /// Signs this station's device in with the service's usual account.
    pub async fn sign_in(&self) -> anyhow::Result<()> {
        let output = self.run(&["sign-in", "--username", spaces::seed::USERNAME], spaces::seed::PASSWORD).await?;
        if !output.status.success() {
            bail!(
                "signing in failed: {}; a key store is needed: run the tests by `./dev test`",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(())
    }
}

/// Runs a command to its end, with `input` on its standard input.
pub async fn run(mut command: Command, input: &str) -> anyhow::Result<Output> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    // A command that ends without reading its input is no fault of this side.
    drop(stdin.write_all(format!("{input}\n").as_bytes()).await);
    drop(stdin);
    tokio::time::timeout(ONCE, child.wait_with_output())
        .await
        .context("the command did not end in time")?
        .map_err(Into::into)
}

/// The program under test: `TAPDESK_BIN`, else `tapdesk` beside the test programs.
pub fn program() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os("TAPDESK_BIN") {
        return std::path::absolute(named).map_err(Into::into);
    }
    let own = std::env::current_exe()?;
    let beside = own.ancestors().skip(1).take(2).map(|folder| folder.join("tapdesk")).find(|path| path.is_file());
    beside.context("the program is not built: run `cargo build --workspace --bins`, or set TAPDESK_BIN")
}
