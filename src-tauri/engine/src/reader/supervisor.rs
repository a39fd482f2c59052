//! Keeps a reader process running and tells what it says.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tapdesk_core::checkin::Direction;
use tapdesk_core::event::Event;
use tapdesk_core::ids::EntryId;
use tapdesk_core::place::is_automation_tile;
use tapdesk_core::reader::ReaderPlace;
use tapdesk_core::tile::TileReading;
use tapdesk_core::tile_format::TileFormat;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

use super::lines::Line;
use super::ndef::Record;
use crate::settings::reader::ReaderSettings;
use crate::settings::words::Words as _;

/// A child that says nothing for so long is killed.
const SILENCE: Duration = Duration::from_secs(5);
/// Pauses before the child is started again: the first, doubling to the second.
const START_AGAIN: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// How the reader process is started.
#[derive(Debug, Clone)]
pub struct ReaderCommand {
    /// The program; this one, as a rule.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<std::ffi::OsString>,
}

impl ReaderCommand {
    /// The reader of these settings, with its lock in this folder. With that it reads no configuration, which may be bad by
    /// the time it is started again.
    #[must_use]
    pub fn at(&self, reader: &ReaderSettings, locks: &Path) -> Self {
        let mut command = self.clone();
        let connection = reader.connection.as_deref().unwrap_or_default();
        command.arguments.extend(["--kind".into(), reader.kind.word().into()]);
        command.arguments.extend(["--connection".into(), connection.into()]);
        if reader.ndef {
            command.arguments.push("--ndef".into());
        }
        command.arguments.extend(["--locks".into(), locks.into()]);
        command
    }
}

/// Whose events these are: which reader's, and what its taps want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Post {
    /// Which of the kiosk's readers.
    pub reader: ReaderPlace,
    /// What a tap there wants; none where the records say it.
    pub wanted: Option<Direction>,
    /// How the reader writes numbers that it types; none where that is not known.
    pub format: Option<TileFormat>,
}

/// What is told of a reader beside its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It read a tile: told before the event is sent.
    Read {
        /// The tap.
        entry: EntryId,
        /// How long ago the reader's chip had answered, where the reader says so.
        age: Option<Duration>,
    },
    /// Its process ended, and is started again.
    Restarts,
}

/// Runs the reader process for ever; events go to `events` until nobody takes them.
pub async fn supervise(command: ReaderCommand, events: UnboundedSender<Event>) {
    supervise_told(command, Post::default(), events, |_| {}).await;
}

/// The same at this post; `tell` hears of each tap and each restart.
pub async fn supervise_told(command: ReaderCommand, post: Post, events: UnboundedSender<Event>, tell: impl Fn(Told)) {
    let mut pause = START_AGAIN.0;
    while !events.is_closed() {
        let why = match start(&command) {
            Ok((child, lines)) => {
                let (why, worked) = listen(child, lines, post, &events, &tell).await;
                if worked {
                    pause = START_AGAIN.0;
                }
                why
            }
            Err(error) => format!("the reader process does not start: {error}"),
        };
        tracing::warn!(%why, "reader process ended");
        if events.send(Event::ReaderDown { reader: post.reader, why }).is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
        tell(Told::Restarts);
        pause = (pause * 2).min(START_AGAIN.1);
    }
}

pub(super) fn start(command: &ReaderCommand) -> std::io::Result<(Child, Lines<BufReader<ChildStdout>>)> {
    let mut child = Command::new(&command.program)
        .args(&command.arguments)
        // A closed stdin would make the reader's line file descriptor 0, which libnfc takes for its own pipe.
        .stdin(Stdio::null())
        // It speaks to this program alone, never to systemd.
        .env_remove("NOTIFY_SOCKET")
        .env_remove("WATCHDOG_USEC")
        .env_remove("WATCHDOG_PID")
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()?;
    let stdout = child.stdout.take().ok_or_else(|| std::io::Error::other("no pipe to the reader process"))?;
    Ok((child, BufReader::new(stdout).lines()))
}

/// Listens until the child ends or falls silent; says why, and whether it had worked.
async fn listen(
    mut child: Child,
    mut lines: Lines<BufReader<ChildStdout>>,
    post: Post,
    events: &UnboundedSender<Event>,
    tell: &impl Fn(Told),
) -> (String, bool) {
    let mut worked = false;
    let why = loop {
        match tokio::time::timeout(SILENCE, lines.next_line()).await {
            Err(_) => break "the reader process fell silent; it is being started again".to_owned(),
            Ok(Err(error)) => break format!("the reader process cannot be read: {error}"),
            Ok(Ok(None)) => {
                let status = child.wait().await;
                let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
                break format!("the reader process ended ({status}); it is being started again");
            }
            Ok(Ok(Some(line))) => match serde_json::from_str(&line) {
                Ok(line) => {
                    worked |= matches!(line, Line::Up { .. });
                    if let Some(event) = event(line, post, tell)
                        && events.send(event).is_err()
                    {
                        break "the kiosk is ending".to_owned();
                    }
                }
                Err(error) => tracing::warn!(%error, "a line of the reader process was not understood"),
            },
        }
    };
    // It may be gone already.
    drop(child.kill().await);
    (why, worked)
}

fn event(line: Line, post: Post, tell: &impl Fn(Told)) -> Option<Event> {
    let Post { reader, wanted, format } = post;
    let tile = |reading, age_us: Option<u64>, is_place| {
        let entry = new_entry();
        tell(Told::Read { entry, age: age_us.map(Duration::from_micros) });
        Some(Event::Tile { entry, reader, wanted, reading, is_place })
    };
    match line {
        Line::Up { name } => Some(Event::ReaderUp { reader, name }),
        Line::Tile { uid, age_us, ndef } => {
            let is_place = ndef.as_ref().and_then(Record::uri).is_some_and(is_automation_tile);
            tile(TileReading::of_hex(&uid), age_us, is_place)
        }
        Line::Typed { text, age_us } => {
            let reading = format.map_or_else(|| TileReading::of_typed(&text), |format| format.tile_of(&text));
            tile(reading, age_us, false)
        }
        Line::Gone => Some(Event::TileGone { reader }),
        Line::Down { why } => Some(Event::ReaderDown { reader, why }),
        Line::Heartbeat => None,
    }
}

/// A new tap's id: a UUID of version 7, so that ids sort by time.
pub fn new_entry() -> EntryId {
    EntryId(Uuid::now_v7().as_u128())
}
