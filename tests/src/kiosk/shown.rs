//! A program that fills a display, started as its users start it: Tapdesk's window, or Chromium on a page. Nothing drives
//! it, so that nothing but the program itself is measured.

use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::Context;
use rustix::process::{Pid, Signal, getpid, kill_process, set_child_subreaper};
use tempfile::TempDir;

use super::display::{Display, end};
use super::family::{children, descendants, own};
use super::place::Place;

/// A running program; it ends with all that it started when dropped.
#[derive(Debug)]
pub struct Shown {
    child: Child,
    started: Instant,
    /// What ran before, which is nothing of its.
    others: Vec<i32>,
    _profile: Option<TempDir>,
}

impl Shown {
    /// The kiosk window at this place.
    pub fn tapdesk(place: &Place, display: &Display) -> anyhow::Result<Self> {
        let mut command = place.command(&[])?.into_std();
        // No sounds on a developer's loudspeaker.
        command.env("TAPDESK_KIOSK__SOUNDS", "false");
        Self::start(command, display, None)
    }

    /// Debian's Chromium on the page at this address.
    pub fn chromium(display: &Display, address: &str) -> anyhow::Result<Self> {
        let profile = TempDir::new()?;
        let (width, height) = display.size();
        let mut command = Command::new("chromium");
        command
            // The whole screen and nothing but the page; there is no window manager that would make it fill the screen.
            .args(["--kiosk", "--window-position=0,0", &format!("--window-size={width},{height}")])
            // Its sandbox does not start as root, which many machines that measure are. It is cheaper without.
            .arg("--no-sandbox")
            // No welcome instead of the page.
            .arg("--no-first-run")
            // Nothing of its own on the network: the page is measured, and not its maker's services.
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            // Nothing that an earlier run left, and nobody's own profile.
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(address);
        Self::start(command, display, Some(profile))
    }

    fn start(mut command: Command, display: &Display, profile: Option<TempDir>) -> anyhow::Result<Self> {
        // What it leaves to itself is still found: it becomes a child of this process instead of init's.
        set_child_subreaper(Some(getpid()))?;
        let others = descendants(own());
        command
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", display.name())
            .env("GDK_BACKEND", "x11")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("{} does not start", command.get_program().display()))?;
        Ok(Self { child, started, others, _profile: profile })
    }

    /// Right before it was started.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// Its processes, with those that it left to themselves.
    pub fn family(&self) -> Vec<i32> {
        descendants(own()).into_iter().filter(|pid| !self.others.contains(pid)).collect()
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let family = self.family();
        end(&mut self.child);
        // Whoever runs still and was its own: a number that was given anew meanwhile is not among these.
        for left in children(own()).into_iter().filter(|pid| family.contains(pid)).filter_map(Pid::from_raw) {
            // It may end in this very moment.
            let _ = kill_process(left, Signal::KILL);
        }
    }
}
