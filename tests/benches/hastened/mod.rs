//! The real desk, with its journal, at the real simulator, on a clock that is moved by hand: hours pass as fast as their work
//! is done. Its reader process prints the lines that it is handed; its screen tells the benchmark what was told.
//!
//! Only the clock for waiting is moved: the wall's, which stamps taps, goes on as it does.

#[path = "../../tests/support/key_store.rs"]
mod key_store;
#[path = "../service/mod.rs"]
mod service_process;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use tapdesk_core::effect::{LinkState, Notice, ReaderState, Stage};
use tapdesk_core::verdict::Shown;
use tapdesk_engine::controller::Handle;
use tapdesk_engine::reader::lines::Line;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service::{self, Desk, Ended, StartError};
use tapdesk_engine::settings::Settings;
use tapdesk_tests::spaces::seed;
use tokio::process::Command;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use self::key_store::Memory;
pub(crate) use self::service_process::Service;

/// Between two ticks of the clock on the wall.
const TICK: Duration = Duration::from_millis(5);
/// What takes longer on the wall waits for the clock that is moved.
const BUSY: Duration = Duration::from_millis(250);
/// How long any one step may take on the wall.
const DEADLINE: Duration = Duration::from_mins(1);

/// Runs this on a clock that moves only by [`Hastened::pass`].
pub(crate) fn run<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?;
    let (done, is_done) = std::sync::mpsc::channel::<()>();
    runtime.block_on(async {
        // A stopped clock jumps when nothing is left to do, and waiting for another process looks like that; but not while
        // something blocks.
        let blocks = tokio::task::spawn_blocking(move || {
            // It ends when the other end is dropped.
            let _ = is_done.recv();
        });
        let result = work.await;
        drop(done);
        blocks.await?;
        result
    })
}

/// A verdict, and when it was told: for times, and as the service writes moments.
struct Told {
    shown: Shown,
    at: Instant,
    moment: DateTime<Utc>,
}

enum News {
    Verdict(Box<Told>),
    Reader,
    Online,
}

struct Listening {
    news: UnboundedSender<News>,
    is_seen: bool,
}

impl Screen for Listening {
    fn notice(&mut self, notice: &Notice) {
        let news = match notice {
            Notice::Verdict(shown) => {
                News::Verdict(Box::new(Told { shown: shown.clone(), at: Instant::now(), moment: Utc::now() }))
            }
            Notice::Reader(ReaderState::Up { .. }) => News::Reader,
            Notice::Link(LinkState::Online) => News::Online,
            _ => return,
        };
        // A benchmark that has ended needs nothing any more.
        drop(self.news.send(news));
    }

    fn stage(&mut self, _stage: &Stage) {}

    fn location(&mut self, _location: &Location) {}

    fn is_seen(&self) -> bool {
        self.is_seen
    }
}

/// A running desk.
pub(crate) struct Hastened {
    reader: std::fs::File,
    news: UnboundedReceiver<News>,
    ticks: watch::Receiver<()>,
    handle: Handle,
    running: JoinHandle<Result<Ended, StartError>>,
}

impl Hastened {
    /// A desk that is signed in, online, and has a reader, in this folder; `more` is TOML: keys of the section `[spaces]`,
    /// and others. `is_seen` says whether people look at its screen, as at the window's.
    pub(crate) async fn start(service: &Service, folder: &Path, more: &str, is_seen: bool) -> anyhow::Result<Self> {
        let (configuration, lines) = (folder.join("tapdesk.toml"), folder.join("lines"));
        let data = folder.display().to_string();
        let base = service.base_url();
        std::fs::write(
            &configuration,
            format!("data_dir = {data:?}\n[spaces]\nbase_url = {base:?}\nbusiness_id = 9\n{more}\n"),
        )?;
        let settings = Settings::read(Some(&configuration))?;
        let keys = Arc::<Memory>::default();
        let spaces = service::spaces(&settings, Arc::clone(&keys) as Arc<_>)?;
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await?;
        ensure!(Command::new("mkfifo").arg(&lines).status().await?.success(), "mkfifo");
        // For both, so that opening it waits for nobody.
        let mut reader = std::fs::File::options().read(true).write(true).open(&lines)?;
        say(&mut reader, &Line::Up { name: "a reader that is handed its lines".to_owned() })?;
        let command = ReaderCommand {
            program: "sh".into(),
            arguments: vec!["-c".into(), "exec cat \"$0\"".into(), lines.into_os_string()],
        };
        let (sender, news) = unbounded_channel();
        let desk = Desk::open(settings, keys, command, Listening { news: sender, is_seen }).await?;
        let handle = desk.handle();
        let (tick, ticks) = watch::channel(());
        std::thread::spawn(move || {
            while tick.send(()).is_ok() {
                std::thread::sleep(TICK);
            }
        });
        let running = tokio::spawn(desk.run());
        let mut hastened = Self { reader, news, ticks, handle, running };
        let (mut reads, mut is_online) = (false, false);
        while !(reads && is_online) {
            match hastened.next().await? {
                News::Reader => reads = true,
                News::Online => is_online = true,
                News::Verdict(_) => {}
            }
        }
        hastened.settle().await?;
        Ok(hastened)
    }

    /// Holds this tile at the reader until its first verdict is told: how long that took on the wall, when it was, and which.
    pub(crate) async fn tap(&mut self, uid: &str) -> anyhow::Result<(Duration, DateTime<Utc>, Shown)> {
        let held = Instant::now();
        say(&mut self.reader, &Line::Tile { uid: uid.to_owned(), age_us: None, ndef: None })?;
        loop {
            if let News::Verdict(told) = self.next().await?
                && !told.shown.revised
            {
                say(&mut self.reader, &Line::Gone)?;
                return Ok((told.at.saturating_duration_since(held), told.moment, told.shown));
            }
        }
    }

    /// Lets so much time pass, a second at a time.
    pub(crate) async fn pass(&mut self, time: Duration) -> anyhow::Result<()> {
        for _ in 0..time.as_secs() {
            self.pass_a_second().await?;
            self.settle().await?;
        }
        Ok(())
    }

    /// Lets a second pass without waiting for what it sets off.
    pub(crate) async fn pass_a_second(&mut self) -> anyhow::Result<()> {
        say(&mut self.reader, &Line::Heartbeat)?;
        tokio::time::advance(Duration::from_secs(1)).await;
        Ok(())
    }

    /// Ends it.
    pub(crate) async fn end(self) -> anyhow::Result<()> {
        self.handle.stop();
        self.running.await??;
        Ok(())
    }

    /// Gives what is under way two ticks on the wall, which is longer than a call takes.
    async fn settle(&mut self) -> anyhow::Result<()> {
        for _ in 0..2 {
            self.ticks.changed().await?;
        }
        Ok(())
    }

    /// What is told next; what waits for the clock gets it moved.
    async fn next(&mut self) -> anyhow::Result<News> {
        let began = Instant::now();
        let mut moved = began;
        loop {
            tokio::select! {
                biased;
                news = self.news.recv() => return news.context("the desk has ended"),
                ticked = self.ticks.changed() => ticked?,
            }
            if self.running.is_finished() {
                bail!("the desk has ended: {:?}", (&mut self.running).await?.err());
            }
            ensure!(began.elapsed() < DEADLINE, "the desk says nothing");
            if moved.elapsed() > BUSY {
                moved = Instant::now();
                say(&mut self.reader, &Line::Heartbeat)?;
                tokio::time::advance(BUSY).await;
            }
        }
    }
}

fn say(reader: &mut std::fs::File, line: &Line) -> anyhow::Result<()> {
    let line = serde_json::to_string(line)?;
    Ok(reader.write_all(format!("{line}\n").as_bytes())?)
}
