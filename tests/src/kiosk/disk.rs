//! A disk that refuses what a program writes.

use std::process::Stdio;
use std::time::Duration;

use anyhow::Context;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::headless::Headless;
use super::place::Place;

/// How long strace has to take hold of a program, and to let go of it.
const HOLDS_WITHIN: Duration = Duration::from_secs(20);

/// A program whose every write to its journal fails.
pub struct Refused(Child);

impl Refused {
    /// From now on they fail, with this error (`ENOSPC`).
    pub async fn begin(program: &Headless, place: &Place, error: &str) -> anyhow::Result<Self> {
        let mut command = Command::new("strace");
        command.args(["-f", "-p", &program.pid().to_string(), "-e", "trace=pwrite64,fsync,fdatasync"]);
        command.args(["-e", &format!("inject=pwrite64,fsync,fdatasync:error={error}")]);
        for file in ["journal.sqlite", "journal.sqlite-wal"] {
            command.arg("-P").arg(place.data_dir().join(file));
        }
        command.stderr(Stdio::piped()).stdin(Stdio::null()).kill_on_drop(true);
        let mut strace = command.spawn().context("strace is not installed: run the tests by `./dev test`")?;
        let mut said = BufReader::new(strace.stderr.take().context("no standard error")?).lines();
        let attached = async {
            while let Some(line) = said.next_line().await? {
                if line.contains("attached") {
                    return Ok(());
                }
            }
            anyhow::bail!("strace may not look at this program")
        };
        tokio::time::timeout(HOLDS_WITHIN, attached).await??;
        tokio::spawn(async move { while let Ok(Some(_)) = said.next_line().await {} });
        Ok(Self(strace))
    }

    /// The disk takes all again.
    pub async fn end(mut self) -> anyhow::Result<()> {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.0.id().context("ended")?)?).context("no id")?;
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        tokio::time::timeout(HOLDS_WITHIN, self.0.wait()).await??;
        Ok(())
    }
}
