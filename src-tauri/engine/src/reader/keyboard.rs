//! Card readers that call themselves keyboards and type, through the kernel's event devices: the only file that names evdev.
//!
//! A reader is taken for this process alone: what it types goes into no page, whatever has the focus. The kernel gives it
//! back when the process ends, however it ends.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use evdev::raw_stream::RawDevice;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::Errno;

use super::driver::Session;
use super::lines::Line;
use super::typed::{EVENT, PAUSE, Text, Typing};

/// The longest wait for a key at each look.
const LOOK: Duration = Duration::from_secs(1);
/// How long keys have to be let go before the reader is taken.
const LET_GO: Duration = Duration::from_millis(300);
/// How long the reader has to end what it is typing when it is taken.
const SETTLE: Duration = Duration::from_millis(600);
/// Events that are read at once, and how often at one look.
const EVENTS: usize = 64;
const MOST_READS: usize = 16;

/// A reader that was taken.
pub(super) struct Keyboard {
    device: RawDevice,
    typing: Typing,
    /// Where the parser's clock began.
    started: Instant,
    lines: VecDeque<Line>,
}

impl Keyboard {
    /// Takes the keyboard with this event device.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
        let file = File::options().read(true).custom_flags(flags).open(path).map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => format!(
                "{shown}: this user may not read it; Tapdesk's package opens card readers that it knows to group plugdev; \
                 for another, add the user to the group that owns it (input on most systems), then log in again"
            ),
            ErrorKind::NotFound => format!("{shown} is not there; plug the reader in, or correct `reader.connection`"),
            _ => format!("{shown}: {error}"),
        })?;
        let mut device = RawDevice::from_fd(file.into())
            .map_err(|error| format!("{shown} is no keyboard ({error}); correct `reader.connection`"))?;
        let started = Instant::now();
        // Whoever else listens would not see the key go up, and would have it down for ever.
        while keys_down(&device)?.next().is_some() {
            if started.elapsed() >= LET_GO {
                return Err(format!("{shown}: a key of it is down; take what presses it away"));
            }
            std::thread::sleep(LET_GO / 20);
        }
        device.grab().map_err(|error| match error.kind() {
            ErrorKind::ResourceBusy => format!(
                "{shown}: another program has it to itself: another Tapdesk, or one that changes keys, such as keyd or \
                 input-remapper; stop that, or let it leave this device alone"
            ),
            _ => format!("{shown}: it cannot be taken ({error})"),
        })?;
        let mut keyboard = Self {
            device,
            typing: Typing::starting(Duration::ZERO, std::iter::empty(), true),
            started,
            lines: [].into(),
        };
        let amid = keyboard.settle()?;
        keyboard.typing = Typing::starting(keyboard.now(), keys_down(&keyboard.device)?, amid);
        // No tile lies there. Whoever listens may remember one from before a restart.
        keyboard.lines.push_back(Line::Gone);
        Ok(keyboard)
    }

    /// Throws away what is being typed, up to its end: its beginning went elsewhere. Says whether it went on for too long.
    fn settle(&mut self) -> Result<bool, String> {
        let until = Instant::now() + SETTLE;
        while self.wait(PAUSE)? {
            self.read()?;
            if Instant::now() >= until {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// Waits for a key, but not for longer than this; says whether there is one.
    fn wait(&self, at_most: Duration) -> Result<bool, String> {
        let time_out = Timespec::try_from(at_most).map_err(|error| error.to_string())?;
        match poll(&mut [PollFd::new(&self.device, PollFlags::IN)], Some(&time_out)) {
            Ok(ready) => Ok(ready > 0),
            Err(Errno::INTR) => Ok(false),
            Err(error) => Err(broken(error)),
        }
    }

    /// What the device holds, and whether that is all.
    fn read(&mut self) -> Result<(Vec<u8>, bool), String> {
        let mut bytes = Vec::new();
        for _ in 0..MOST_READS {
            let mut events = [0; EVENTS * EVENT];
            match rustix::io::read(&self.device, &mut events) {
                Ok(0) => return Err(broken(Errno::NODEV)),
                Ok(length) => bytes.extend_from_slice(&events[..length]),
                Err(Errno::AGAIN) => return Ok((bytes, true)),
                Err(Errno::INTR) => {}
                Err(error) => return Err(broken(error)),
            }
        }
        Ok((bytes, false))
    }

    fn tell(&mut self, text: Text) {
        let age = self.now().saturating_sub(text.began);
        self.lines.push_back(Line::Typed { text: text.text, age_us: u64::try_from(age.as_micros()).ok() });
        self.lines.push_back(Line::Gone);
    }
}

impl Session for Keyboard {
    fn name(&self) -> String {
        let name = self.device.name().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() { "keyboard".to_owned() } else { name }
    }

    fn look(&mut self) -> Result<Option<Line>, String> {
        if let Some(line) = self.lines.pop_front() {
            return Ok(Some(line));
        }
        let due = self.typing.due().map_or(LOOK, |due| due.saturating_sub(self.now()));
        self.wait(due.min(LOOK))?;
        // A key that goes down from here on may be read or not: it is no part of the rest that is judged.
        let rested = self.now();
        let (bytes, is_all) = self.read()?;
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = self.now();
        let taken = self.typing.take(&bytes, now, wall);
        taken.texts.into_iter().for_each(|text| self.tell(text));
        if taken.missed {
            let down = keys_down(&self.device)?;
            self.typing.resume(now, down);
        } else if is_all && let Some(text) = self.typing.rest(rested) {
            self.tell(text);
        }
        Ok(self.lines.pop_front())
    }

    fn rest(&self) -> Duration {
        Duration::ZERO
    }
}

/// The codes of the keys that are down.
fn keys_down(device: &RawDevice) -> Result<impl Iterator<Item = u16> + use<>, String> {
    let keys = device.get_key_state().map_err(|error| broken(Errno::from_io_error(&error).unwrap_or(Errno::IO)))?;
    Ok(keys.iter().map(evdev::KeyCode::code).collect::<Vec<_>>().into_iter())
}

fn broken(error: Errno) -> String {
    match error {
        Errno::NODEV => "the reader was unplugged; plug it in again".to_owned(),
        error => format!("the reader cannot be read any more ({})", io::Error::from(error)),
    }
}
