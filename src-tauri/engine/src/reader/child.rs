//! What `tapdesk reader` runs: one reader, one thread, bounded calls, JSON lines on stdout.
//!
//! It ends when nobody listens any more, and it ends itself when a call into a driver hangs: the supervisor starts it
//! again, and the next open works at once.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::connection::is_there;
use super::driver::{Drivers, Session};
use super::lines::Line;
use crate::settings::reader::ReaderSettings;

/// A line at least this often, so that silence means trouble.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// Between two looks whether somebody still listens, or the reader is there again.
const LOOK_AROUND: Duration = Duration::from_millis(100);
/// A call into a driver that takes longer will not come back.
const CALL_HANGS_AFTER: Duration = Duration::from_secs(2);
/// Pauses between attempts to open: the first, doubling to the second.
const OPEN_AGAIN: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(2));
/// A reader that has worked for so long is opened again at once: one frame was bad, and a tile may lie there.
const SOUND_AFTER: Duration = Duration::from_millis(500);
/// Opens after which the process ends, to be started afresh: libnfc loses 1 KiB at each.
const MOST_OPENS: u32 = 500;
/// Exit code when a call hangs (`EX_SOFTWARE`).
const HUNG: i32 = 70;

/// Runs until nobody listens, or until a fresh process is due. Without a connection it is the kind's own choice.
/// `lock_dir` holds a lock file for each serial reader, since libnfc does not keep two programs off one line.
pub fn run(reader: &ReaderSettings, lock_dir: &Path) -> io::Result<()> {
    let ReaderSettings { kind, ndef, .. } = *reader;
    let connection = reader.connection.as_deref();
    let watchdog = Watchdog::start()?;
    let mut speaker = Speaker::new();
    let mut drivers = Drivers::new(ndef);
    let mut pause = OPEN_AGAIN.0;
    for _ in 0..MOST_OPENS {
        let was_there = is_there(connection);
        match watchdog.watch(|| drivers.open(kind, connection, lock_dir)) {
            Ok(mut opened) => {
                pause = OPEN_AGAIN.0;
                speaker.say(&Line::Up { name: opened.session.name() })?;
                let up_since = Instant::now();
                let why = serve(&mut *opened.session, &watchdog, &mut speaker)?;
                speaker.say(&Line::Down { why })?;
                watchdog.watch(|| drop(opened));
                if up_since.elapsed() >= SOUND_AFTER {
                    continue;
                }
            }
            Err(why) => speaker.say(&Line::Down { why })?,
        }
        let plugged_in = rest(pause, &mut speaker, || !was_there && is_there(connection))?;
        pause = if plugged_in { OPEN_AGAIN.0 } else { (pause * 2).min(OPEN_AGAIN.1) };
    }
    Ok(())
}

/// Tells what the reader sees until it fails; gives back why.
fn serve(session: &mut dyn Session, watchdog: &Watchdog, speaker: &mut Speaker) -> io::Result<String> {
    loop {
        match watchdog.watch(|| session.look()) {
            Ok(None) => {}
            Ok(Some(line)) => speaker.say(&line)?,
            Err(why) => return Ok(why),
        }
        speaker.beat()?;
        std::thread::sleep(session.rest());
    }
}

/// Rests, but not past the moment when the reader is plugged in; says whether it was.
fn rest(pause: Duration, speaker: &mut Speaker, is_plugged_in: impl Fn() -> bool) -> io::Result<bool> {
    let until = Instant::now() + pause;
    while Instant::now() < until {
        std::thread::sleep(LOOK_AROUND);
        speaker.beat()?;
        if is_plugged_in() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Stdout, and the parent that reads it.
struct Speaker {
    last: Instant,
    parent: Option<rustix::process::Pid>,
}

impl Speaker {
    fn new() -> Self {
        Self { last: Instant::now(), parent: rustix::process::getppid() }
    }

    fn say(&mut self, line: &Line) -> io::Result<()> {
        self.last = Instant::now();
        let mut stdout = io::stdout().lock();
        serde_json::to_writer(&mut stdout, line)?;
        stdout.write_all(b"\n")?;
        stdout.flush()
    }

    /// Says that nothing is new, when it is time; fails when the parent is gone, which ends the process.
    fn beat(&mut self) -> io::Result<()> {
        if rustix::process::getppid() != self.parent {
            return Err(io::Error::new(io::ErrorKind::BrokenPipe, "the kiosk has ended"));
        }
        if self.last.elapsed() >= HEARTBEAT { self.say(&Line::Heartbeat) } else { Ok(()) }
    }
}

/// Ends the process when a call into a driver does not come back: nothing else can be done about it from inside.
struct Watchdog {
    started: Instant,
    /// Milliseconds after `started` at which the call under way began, plus one; 0 when none is.
    began: std::sync::Arc<AtomicU64>,
}

impl Watchdog {
    fn start() -> io::Result<Self> {
        let started = Instant::now();
        let began = std::sync::Arc::new(AtomicU64::new(0));
        let seen = std::sync::Arc::clone(&began);
        std::thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
            loop {
                std::thread::sleep(CALL_HANGS_AFTER / 4);
                let since = seen.load(Ordering::Acquire);
                let running = Duration::from_millis(since.saturating_sub(1));
                if since != 0 && started.elapsed() > running + CALL_HANGS_AFTER {
                    std::process::exit(HUNG);
                }
            }
        })?;
        Ok(Self { started, began })
    }

    fn watch<T>(&self, call: impl FnOnce() -> T) -> T {
        let now = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
        self.began.store(now + 1, Ordering::Release);
        let result = call();
        self.began.store(0, Ordering::Release);
        result
    }
}
