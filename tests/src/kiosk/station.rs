//! A desk's surroundings: a reader, a service, a data folder and a configuration, all of its own.

use std::ops::Deref;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::time::Duration;

use anyhow::Context;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::place::Place;
use crate::spaces;

/// Keys of the section `[spaces]` for a budget that holds up nobody: for whatever is about something else.
pub const OPEN_BUDGET: &str = "call_spacing_ms = 0\ncalls_per_minute = 100000\nwrites_per_minute = 100000";
/// How long a command that does one thing may take.
const ONCE: Duration = Duration::from_secs(30);

/// A desk's place and a simulated service that is its alone.
pub struct Station {
    /// The service.
    pub spaces: spaces::Simulator,
    place: Place,
}

impl Station {
    /// A station with the simulators' usual members; `more` is TOML that is added to the configuration: keys of the
    /// sections `[tap]`, `[offline]`, `[kiosk]` and so on.
    pub async fn start(more: &str) -> anyhow::Result<Self> {
        Self::start_with(spaces::Options::default(), more).await
    }

    /// The same with a service of one's own.
    pub async fn start_with(options: spaces::Options, more: &str) -> anyhow::Result<Self> {
        let spaces = spaces::Simulator::start(options).await?;
        let place = Place::set_up(&spaces.base_url(), more)?;
        Ok(Self { spaces, place })
    }
}

impl Deref for Station {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
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
