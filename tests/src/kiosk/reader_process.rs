//! The reader process by itself, under its supervisor as a kiosk runs it.

use std::time::Duration;

use anyhow::{Context, anyhow};
use tapdesk_core::event::Event;
use tapdesk_core::tile::TileReading;
use tapdesk_engine::reader::supervisor::{ReaderCommand, supervise};
use tapdesk_engine::settings::reader::ReaderSettings;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

use super::station::program;

/// Longest wait for anything that is going to happen.
const SOON: Duration = Duration::from_secs(20);

/// A reader process; ended when dropped.
#[derive(Debug)]
pub struct ReaderProcess {
    events: UnboundedReceiver<Event>,
    supervisor: JoinHandle<()>,
    locks: TempDir,
}

impl ReaderProcess {
    /// Starts the built program's for the reader of these settings.
    pub fn start(settings: &ReaderSettings) -> anyhow::Result<Self> {
        Self::run(&ReaderCommand { program: program()?, arguments: vec!["reader".into()] }, settings)
    }

    /// Starts it by this command.
    pub fn run(command: &ReaderCommand, settings: &ReaderSettings) -> anyhow::Result<Self> {
        let locks = TempDir::new()?;
        let (sender, events) = unbounded_channel();
        let supervisor = tokio::spawn(supervise(command.at(settings, locks.path()), sender));
        Ok(Self { events, supervisor, locks })
    }

    /// The first event that this is found in.
    pub async fn until<T>(&mut self, found: impl Fn(&Event) -> Option<T>) -> anyhow::Result<T> {
        let waiting = async {
            loop {
                let event = self.events.recv().await.context("the supervisor has ended")?;
                if let Some(found) = found(&event) {
                    return anyhow::Ok(found);
                }
            }
        };
        tokio::time::timeout(SOON, waiting).await.context("waited in vain")?
    }

    /// Its name, once it is up.
    pub async fn up(&mut self) -> anyhow::Result<String> {
        let up = |event: &Event| if let Event::ReaderUp { name, .. } = event { Some(name.clone()) } else { None };
        self.until(up).await.context("the reader does not come up")
    }

    /// Why it is down, once it is.
    pub async fn down(&mut self) -> anyhow::Result<String> {
        let down = |event: &Event| if let Event::ReaderDown { why, .. } = event { Some(why.clone()) } else { None };
        self.until(down).await.context("the reader does not go down")
    }

    /// The next tile, whether the reader goes down before it or not.
    pub async fn tile(&mut self) -> anyhow::Result<TileReading> {
        let tile = |event: &Event| if let Event::Tile { reading, .. } = event { Some(reading.clone()) } else { None };
        self.until(tile).await.context("no tile is told of")
    }

    /// The next tile, which is told of before the reader is down.
    pub async fn tile_at_once(&mut self) -> anyhow::Result<TileReading> {
        let tile = |event: &Event| match event {
            Event::Tile { reading, .. } => Some(Ok(reading.clone())),
            Event::ReaderDown { why, .. } => Some(Err(anyhow!("the reader went down: {why}"))),
            _ => None,
        };
        self.until(tile).await.context("no tile is told of")?
    }

    /// Waits until it is told that nothing lies there.
    pub async fn gone(&mut self) -> anyhow::Result<()> {
        self.until(|event| matches!(event, Event::TileGone { .. }).then_some(())).await.context("nothing is gone")
    }

    /// Whether it has said nothing since it was last listened to.
    pub fn is_silent(&mut self) -> bool {
        self.events.try_recv().is_err()
    }

    /// The ids of its processes: one, but for the moment in which it is started afresh.
    pub fn processes(&self) -> anyhow::Result<Vec<i32>> {
        let folder = self.locks.path().to_string_lossy().into_owned();
        let is_it = |words: &[u8]| words.split(|byte| *byte == 0).any(|word| word == folder.as_bytes());
        let found = std::fs::read_dir("/proc")?.flatten().filter_map(|entry| {
            let words = std::fs::read(entry.path().join("cmdline")).ok()?;
            entry.file_name().to_str()?.parse().ok().filter(|_| is_it(&words))
        });
        Ok(found.collect())
    }

    /// The id of its process.
    pub fn process(&self) -> anyhow::Result<i32> {
        let processes = self.processes()?;
        let [process] = processes.as_slice() else { return Err(anyhow!("{} reader processes", processes.len())) };
        Ok(*process)
    }
}

impl Drop for ReaderProcess {
    fn drop(&mut self) {
        self.supervisor.abort();
    }
}

/// The time that a process has spent on a processor so far, with its threads.
pub fn processor_time(process: i32) -> anyhow::Result<Duration> {
    let mut sum = 0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        // The first of three numbers: nanoseconds on a processor. The ticks of `stat` are too coarse here.
        let schedule = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        sum += schedule.split_whitespace().next().context("an empty schedstat")?.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(sum))
}
