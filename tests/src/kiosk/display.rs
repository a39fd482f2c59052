//! A display of its own: an Xvfb that nobody else draws on, and what is on its screen.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::pixels::Picture;

/// How long the server has to come up.
const STARTS_WITHIN: Duration = Duration::from_secs(10);
/// How long one screenshot may take.
const SHOT_WITHIN: Duration = Duration::from_secs(10);
/// How long a program has to end by itself before it is killed.
const ENDS_WITHIN: Duration = Duration::from_secs(2);
/// Between two looks whether a process has ended.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A running X server with one screen in memory; it ends when dropped.
#[derive(Debug)]
pub struct Display {
    server: Child,
    name: String,
    width: usize,
    height: usize,
}

impl Display {
    /// Starts a server with a screen of this size, at a display number that it chooses itself.
    pub async fn start(width: usize, height: usize) -> anyhow::Result<Self> {
        let server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb does not start; it is in the package xvfb")?;
        let mut display = Self { server, name: String::new(), width, height };
        let stdout = display.server.stdout.take().context("no standard output")?;
        let number = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).map(|_| line.trim().to_owned())
        });
        let number = tokio::time::timeout(STARTS_WITHIN, number).await.context("Xvfb does not come up")???;
        if number.is_empty() {
            bail!("Xvfb ended without a display");
        }
        display.name = format!(":{number}");
        Ok(display)
    }

    /// What `DISPLAY` is to be.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Width and height.
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// What is on the screen now.
    pub async fn picture(&self) -> anyhow::Result<Picture> {
        let shot = tokio::process::Command::new("/usr/bin/import")
            .args(["-display", &self.name, "-window", "root", "-depth", "8", "rgb:-"])
            .kill_on_drop(true)
            .output();
        let shot = tokio::time::timeout(SHOT_WITHIN, shot).await.context("no screenshot in time")?;
        let shot = shot.context("`import` does not start; it is in the package imagemagick")?;
        let picture = Picture::from_bytes(self.width, self.height, &shot.stdout);
        picture.with_context(|| {
            format!("no screenshot of {}: {}", self.name, String::from_utf8_lossy(&shot.stderr).trim())
        })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Asked rather than killed, so that it takes its lock file along.
        end(&mut self.server);
    }
}

/// Where pictures of this name are kept: a folder below `target` of the repository.
pub fn pictures(name: &str) -> anyhow::Result<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no repository")?;
    let folder = repository.join("target").join(name);
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Asks a process to end, kills it when it does not, and waits for it.
pub(super) fn end(child: &mut Child) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw)
        && matches!(child.try_wait(), Ok(None))
    {
        // It may end in this very moment.
        let _ = kill_process(pid, Signal::TERM);
        let begun = Instant::now();
        while matches!(child.try_wait(), Ok(None)) && begun.elapsed() < ENDS_WITHIN {
            std::thread::sleep(LOOK_EVERY);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}
