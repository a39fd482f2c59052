//! `tapdesk headless` as a process of its own: its lines as they come, its end, and all it said when a test fails.

use std::io::{BufRead, BufReader, Read};
use std::panic::Location;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::sync::watch;

use super::place::Place;

/// How long the program has to end after SIGTERM (design section 7).
const ENDS_WITHIN: Duration = Duration::from_secs(5);
/// How long the kernel has to clear away what was killed.
const KILLED_WITHIN: Duration = Duration::from_secs(10);
/// Between two looks whether a process has ended or has children.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A line of standard output and when it came.
#[derive(Debug, Clone)]
pub struct Line {
    /// When it was read, which is right after it was printed.
    pub at: Instant,
    /// The line as printed.
    pub text: String,
    /// What it says; null when it is not JSON.
    pub says: Value,
}

#[derive(Debug, Default)]
struct Said {
    lines: Vec<Line>,
    errors: String,
}

/// A running `tapdesk headless`; killed when dropped.
#[derive(Debug)]
pub struct Headless {
    child: Mutex<Child>,
    pid: Pid,
    said: Arc<Mutex<Said>>,
    news: watch::Receiver<u64>,
}

impl Headless {
    /// Starts it at this place.
    pub fn start(place: &Place) -> anyhow::Result<Self> {
        Self::spawn(place.command(&["headless"])?.into_std())
    }

    /// Starts this command, which prints headless lines.
    pub fn spawn(mut command: Command) -> anyhow::Result<Self> {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("no program")?;
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("no process id")?;
        let stdout = child.stdout.take().context("no standard output")?;
        let stderr = child.stderr.take().context("no standard error")?;
        let said = Arc::<Mutex<Said>>::default();
        let (tell, news) = watch::channel(0);
        // Threads, so that a line's time is taken when it comes, whatever the test is at.
        let (lines, errors) = (Arc::clone(&said), Arc::clone(&said));
        let told = tell.clone();
        std::thread::spawn(move || {
            for text in BufReader::new(stdout).lines().map_while(Result::ok) {
                let at = Instant::now();
                let says = serde_json::from_str(&text).unwrap_or_default();
                locked(&lines).lines.push(Line { at, text, says });
                told.send_modify(|count| *count += 1);
            }
        });
        std::thread::spawn(move || {
            let mut stderr = stderr;
            let mut piece = [0; 4096];
            while let Ok(length @ 1..) = stderr.read(&mut piece) {
                locked(&errors).errors.push_str(&String::from_utf8_lossy(&piece[..length]));
                tell.send_modify(|count| *count += 1);
            }
        });
        Ok(Self { child: Mutex::new(child), pid, said, news })
    }

    /// Its process id.
    pub fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// All lines so far.
    pub fn lines(&self) -> Vec<Line> {
        locked(&self.said).lines.clone()
    }

    /// What all lines so far say.
    pub fn events(&self) -> Vec<Value> {
        self.lines().into_iter().map(|line| line.says).collect()
    }

    /// How many lines there are so far: a place to wait from.
    pub fn mark(&self) -> usize {
        locked(&self.said).lines.len()
    }

    /// The lines after so many (see [`Self::mark`]).
    pub fn lines_after(&self, mark: usize) -> Vec<Line> {
        locked(&self.said).lines.get(mark..).unwrap_or_default().to_vec()
    }

    /// Changes with all that it says; closed when it says no more.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.clone()
    }

    /// Whether it still runs.
    pub fn is_running(&self) -> bool {
        matches!(self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait(), Ok(None))
    }

    /// Its standard error so far.
    pub fn errors(&self) -> String {
        locked(&self.said).errors.clone()
    }

    /// The first line that fits, of those so far and those to come; panics with all that was said when none comes in
    /// time.
    #[track_caller]
    pub fn wait_for(&self, deadline: Duration, fits: impl FnMut(&Value) -> bool) -> impl Future<Output = Value> {
        self.wait_after(0, deadline, fits)
    }

    /// Waits until its reader works and the service is reached.
    pub async fn wait_until_it_works(&self, deadline: Duration) {
        self.wait_for(deadline, is("reader", "up")).await;
        self.wait_for(deadline, is("link", "online")).await;
    }

    /// The same as [`Self::wait_for`], passing over so many lines (see [`Self::mark`]).
    #[track_caller]
    pub fn wait_after(
        &self,
        mark: usize,
        deadline: Duration,
        fits: impl FnMut(&Value) -> bool,
    ) -> impl Future<Output = Value> {
        let line = self.wait_for_line(mark, deadline, fits);
        async { line.await.says }
    }

    /// The same with the time at which the line came.
    #[track_caller]
    pub fn wait_for_line(
        &self,
        mark: usize,
        deadline: Duration,
        mut fits: impl FnMut(&Value) -> bool,
    ) -> impl Future<Output = Line> {
        let caller = Location::caller();
        async move {
            let mut news = self.news.clone();
            let mut seen = mark;
            let looking = async {
                loop {
                    news.borrow_and_update();
                    let found = {
                        let said = locked(&self.said);
                        let found = said.lines[seen.min(said.lines.len())..].iter().find(|line| fits(&line.says));
                        let found = found.cloned();
                        seen = said.lines.len();
                        found
                    };
                    if let Some(found) = found {
                        return Some(found);
                    }
                    if news.changed().await.is_err() {
                        return None;
                    }
                }
            };
            let found = tokio::time::timeout(deadline, looking).await.ok().flatten();
            found.unwrap_or_else(|| panic!("{caller}: no such line within {deadline:?}\n{}", self.story()))
        }
    }

    /// All it said, for a failing test's message.
    pub fn story(&self) -> String {
        let lines: Vec<String> = self.lines().into_iter().map(|line| line.text).collect();
        format!("standard output:\n{}\nstandard error:\n{}", lines.join("\n"), self.errors())
    }

    /// The process ids of its reader processes.
    pub fn readers(&self) -> anyhow::Result<Vec<i32>> {
        let mut found = Vec::new();
        // The kernel lists a child under the thread that started it.
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.pid()))? {
            // A thread may end while one looks.
            let children = std::fs::read_to_string(thread?.path().join("children")).unwrap_or_default();
            found.extend(children.split_whitespace().filter_map(|child| child.parse::<i32>().ok()));
        }
        Ok(found)
    }

    /// Kills its reader processes, and leaves it to start them again.
    pub fn kill_readers(&self) -> anyhow::Result<()> {
        let readers = self.readers()?;
        ensure!(!readers.is_empty(), "no reader process\n{}", self.story());
        for reader in readers.into_iter().filter_map(Pid::from_raw) {
            kill_process(reader, Signal::KILL)?;
        }
        Ok(())
    }

    /// Kills it without a warning, as a power cut would, and waits until it is gone with its reader process.
    pub async fn kill(&self) -> anyhow::Result<()> {
        let readers = self.readers()?;
        kill_process(self.pid, Signal::KILL)?;
        self.ended(KILLED_WITHIN).await?;
        let begun = Instant::now();
        while readers.iter().any(|reader| runs(*reader)) {
            if begun.elapsed() > KILLED_WITHIN {
                bail!("a reader process outlives the program\n{}", self.story());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Asks it to end by SIGTERM; gives the exit code and how long it took. Fails when it does not end in time.
    pub async fn terminate(&self) -> anyhow::Result<(Option<i32>, Duration)> {
        kill_process(self.pid, Signal::TERM)?;
        let (status, took) = self.ended(ENDS_WITHIN).await?;
        Ok((status.code(), took))
    }

    /// Waits until it has ended by itself and all it said is here; tells how long its end took.
    pub async fn ended(&self, deadline: Duration) -> anyhow::Result<(ExitStatus, Duration)> {
        let begun = Instant::now();
        loop {
            let status = self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait()?;
            if let Some(status) = status {
                let took = begun.elapsed();
                let mut news = self.news.clone();
                // A reader process shares standard error, and takes a moment to notice that it is alone.
                drop(tokio::time::timeout(deadline, async { while news.changed().await.is_ok() {} }).await);
                return Ok((status, took));
            }
            if begun.elapsed() > deadline {
                bail!("still running after {deadline:?}\n{}", self.story());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        // It may have ended already.
        let _ = child.kill();
        let _ = child.wait();
        if std::thread::panicking() {
            eprintln!("{}", self.story());
        }
    }
}

/// Whether a line is this event in this state.
pub fn is(event: &'static str, state: &'static str) -> impl Fn(&Value) -> bool {
    move |line| line["event"] == event && line["state"] == state
}

/// Whether a process is there and has not ended: one that nobody has waited for yet stays listed.
fn runs(pid: i32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    // The name before it stands in brackets and may hold anything.
    !stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with(['Z', 'X']))
}

fn locked(said: &Mutex<Said>) -> MutexGuard<'_, Said> {
    said.lock().unwrap_or_else(PoisonError::into_inner)
}
