//! A whole Debian machine in a container, with a systemd of its own: for what only an installed package can show.
//!
//! It has the host's network, so that simulators on loopback are reached, and no hardware. It is made by mmdebstrap and
//! run by systemd-nspawn, as root; where these are missing there is none ([`unavailable`]).

mod base;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use self::base::Root;
pub use self::base::unavailable;
use crate::kiosk::family::children;

/// How long a machine has to come up.
const BOOTS_WITHIN: Duration = Duration::from_mins(1);
/// How long it has to go down.
const ENDS_WITHIN: Duration = Duration::from_secs(30);
/// Between two looks at it.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A machine; gone, with all that ran on it, when dropped.
pub struct Machine {
    // Before the folder that it lies in, and so gone before it.
    root: Root,
    folder: TempDir,
    shown: Vec<(PathBuf, String)>,
    running: Option<Running>,
}

struct Running {
    container: Child,
    /// Machines that run at the same time would share one tree of control groups, and so kill each other's processes.
    _alone: File,
    /// The machine's first process.
    init: Pid,
}

impl Machine {
    /// A machine with Debian's base system and systemd, and nothing else.
    pub fn fresh() -> anyhow::Result<Self> {
        Self::with(&[])
    }

    /// The same with these of Debian's packages and all that they need. What was installed once is kept for the next.
    pub fn with(packages: &[&str]) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("tapdesk-machine.").tempdir()?;
        let root = Root::new(packages, folder.path())?;
        Ok(Self { root, folder, shown: Vec::new(), running: None })
    }

    /// Shows a folder of the host under this path, read-only, from the next start on.
    #[must_use]
    pub fn showing(mut self, folder: &Path, path: &str) -> Self {
        self.shown.push((folder.to_path_buf(), path.to_owned()));
        self
    }

    /// The machine's own `/`, as the host sees it.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Puts a file onto it, with its folders.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> anyhow::Result<()> {
        let path = self.inside(path);
        std::fs::create_dir_all(path.parent().context("no folder")?)?;
        Ok(std::fs::write(path, content)?)
    }

    /// Copies a file of the host onto it.
    pub fn copy_in(&self, file: &Path, path: &str) -> anyhow::Result<()> {
        let path = self.inside(path);
        std::fs::create_dir_all(path.parent().context("no folder")?)?;
        std::fs::copy(file, &path).with_context(|| format!("copying {}", file.display()))?;
        Ok(())
    }

    /// Where the host finds this path of the machine.
    pub fn inside(&self, path: &str) -> PathBuf {
        self.root().join(path.trim_start_matches('/'))
    }

    /// A command on this machine, as root: beside what runs there, or, where it was not started, alone.
    pub fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = if let Some(running) = &self.running {
            let mut command = Command::new("nsenter");
            let init = running.init.as_raw_nonzero().to_string();
            // A clean environment: what is set for the tests is nothing that a machine would have.
            command.args(["--target", &init, "--all", "--", "/usr/bin/env", "-i", ENVIRONMENT, "HOME=/root"]);
            command.args(["LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]);
            command
        } else {
            let mut command = self.container();
            command.args(["--pipe", "--setenv=DEBIAN_FRONTEND=noninteractive", "--setenv=LANG=C.UTF-8", "--"]);
            command
        };
        command.arg(program).args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<Output> {
        self.command(program, arguments).output().with_context(|| format!("running {program}"))
    }

    /// The same, and fails, with all that it said, where the command does; answers with its standard output.
    pub fn must(&self, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.run(program, arguments)?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if !output.status.success() {
            let (words, complaint) = (said(&output.stdout), said(&output.stderr));
            bail!("{program} {}: {}\n{words}\n{complaint}", arguments.join(" "), output.status);
        }
        Ok(said(&output.stdout))
    }

    /// Runs a text by the shell, which must succeed.
    pub fn shell(&self, text: &str) -> anyhow::Result<String> {
        self.must("/bin/sh", &["-ec", text])
    }

    /// Starts it, once no other one runs, and waits until systemd has done what a start is. Who starts a second one beside
    /// the first waits for ever.
    pub fn boot(&mut self) -> anyhow::Result<()> {
        if self.running.is_some() {
            bail!("it runs already");
        }
        let alone = base::one_runs()?;
        let log = File::create(self.folder.path().join("console"))?;
        let mut container = self.container();
        container.arg("--boot").stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let container = container.spawn().context("no systemd-nspawn")?;
        let deadline = Instant::now() + BOOTS_WITHIN;
        let id = i32::try_from(container.id())?;
        let mut starting = Starting(Some(container));
        let init = look_for(deadline, || first_child(id)).with_context(|| self.console())?;
        let container = starting.0.take().context("no container")?;
        self.running = Some(Running { container, _alone: alone, init });
        let up = || {
            let state = self.run("systemctl", &["is-system-running"]).ok()?;
            // Degraded: some unit has no use for a machine without hardware.
            matches!(String::from_utf8_lossy(&state.stdout).trim(), "running" | "degraded").then_some(())
        };
        look_for(deadline, up).with_context(|| self.console())
    }

    /// Shuts it down, as by its power button.
    pub fn shut_down(&mut self) -> anyhow::Result<()> {
        self.run("systemctl", &["poweroff"])?;
        let Some(mut running) = self.running.take() else { bail!("it does not run") };
        let ended = look_for(Instant::now() + ENDS_WITHIN, || running.container.try_wait().ok().flatten());
        if ended.is_none() {
            running.end();
            bail!("it did not shut down: {}", self.console());
        }
        Ok(())
    }

    /// Cuts its power: nothing on it gets to do anything any more.
    pub fn cut_power(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.end();
        }
    }

    /// What stood on its console.
    pub fn console(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("console")).unwrap_or_default()
    }

    fn container(&self) -> Command {
        let mut command = Command::new("systemd-nspawn");
        command.args(["--quiet", "--register=no", "--keep-unit", "--link-journal=no", "--directory"]).arg(self.root());
        for (folder, path) in &self.shown {
            command.arg(format!("--bind-ro={}:{path}", folder.display()));
        }
        command
    }
}

/// What a program on the machine finds others by.
const ENVIRONMENT: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// A container that is given up where it does not come up.
struct Starting(Option<Child>);

impl Drop for Starting {
    fn drop(&mut self) {
        if let Some(mut container) = self.0.take() {
            drop(container.kill());
            drop(container.wait());
        }
    }
}

impl Running {
    fn end(&mut self) {
        // The kernel ends with it all that runs there.
        // It may have ended by itself.
        let _ = kill_process(self.init, Signal::KILL);
        drop(self.container.wait());
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.cut_power();
    }
}

/// The machine's first process: the container's child that is number one in a numbering of its own.
fn first_child(container: i32) -> Option<Pid> {
    let is_first = |child: &i32| {
        let status = std::fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default();
        let numbers = status.lines().find_map(|line| line.strip_prefix("NSpid:"));
        numbers.is_some_and(|numbers| numbers.split_whitespace().skip(1).last() == Some("1"))
    };
    children(container).into_iter().find(is_first).and_then(Pid::from_raw)
}

/// Looks again and again until something is found.
fn look_for<T>(deadline: Instant, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if Instant::now() >= deadline {
            return None;
        }
        std::thread::sleep(LOOK_EVERY);
    }
}
