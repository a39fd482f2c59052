//! What `tapdesk reader` runs: one reader, one thread, bounded calls, JSON lines on stdout.
//!
//! It ends when nobody listens any more, and it ends itself when a call into libnfc hangs: the supervisor starts it
//! again, and the next open works at once.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::field::Field;
use super::libnfc::{Driver, Poll, Reader};
use super::lines::Line;

/// Between two looks into the field (`nfc.md` section 5: median 20 ms from tile to UID, 0.25 % of a core).
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// The same while a tile lies there: nothing is waited for but its removal.
const LOOK_EVERY_WHILE_HELD: Duration = Duration::from_millis(100);
/// A line at least this often, so that silence means trouble.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// Silent polls in a row before the reader is opened again.
const SILENT_POLLS: u32 = 3;
/// A call into libnfc that takes longer will not come back.
const CALL_HANGS_AFTER: Duration = Duration::from_secs(2);
/// Pauses between attempts to open: the first, doubling to the second.
const OPEN_AGAIN: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(2));
/// A reader that has worked for so long is opened again at once: one frame was bad, and a tile may lie there.
const SOUND_AFTER: Duration = Duration::from_millis(500);
/// Opens after which the process ends, to be started afresh: libnfc loses 1 KiB at each.
const MOST_OPENS: u32 = 500;
/// Exit code when a call hangs (`EX_SOFTWARE`).
const HUNG: i32 = 70;

/// Runs until nobody listens, or until a fresh process is due. `connection` is libnfc's connection string; none takes the first USB reader found.
/// `lock_dir` holds a lock file for each reader, since libnfc does not keep two programs off one line.
pub fn run(connection: Option<&str>, lock_dir: &Path) -> io::Result<()> {
    let watchdog = Watchdog::start()?;
    let mut speaker = Speaker::new();
    let mut driver = match Driver::start() {
        Ok(driver) => driver,
        Err(why) => {
            speaker.say(&Line::Down { why })?;
            return Ok(());
        }
    };
    let mut pause = OPEN_AGAIN.0;
    for _ in 0..MOST_OPENS {
        let was_there = is_there(connection);
        let opened = watchdog.watch(|| open(&mut driver, connection, lock_dir));
        match opened {
            Ok((mut reader, _lock)) => {
                pause = OPEN_AGAIN.0;
                speaker.say(&Line::Up { name: reader.name() })?;
                let up_since = Instant::now();
                let why = poll(&mut reader, &watchdog, &mut speaker)?;
                speaker.say(&Line::Down { why })?;
                watchdog.watch(|| drop(reader));
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

fn open(driver: &mut Driver, connection: Option<&str>, lock_dir: &Path) -> Result<(Reader, Option<File>), String> {
    let Some(connection) = connection else {
        let found = driver.usb_readers();
        let first = found.first().ok_or("no USB reader is plugged in; for a serial one set `reader.connection`, such as \"pn532_uart:/dev/ttyUSB0:115200\"")?;
        return driver.open(first).map(|reader| (reader, None)).map_err(|why| format!("{first}: {why}"));
    };
    let resolved = resolve(connection)?;
    let lock = resolved.device.as_deref().map(|device| lock(device, lock_dir)).transpose()?;
    let reader = driver.open(&resolved.connection).map_err(|why| format!("{connection}: {why}"))?;
    Ok((reader, lock))
}

/// Whether the device file of a serial reader exists; true where there is none to look for.
fn is_there(connection: Option<&str>) -> bool {
    connection.and_then(device_file).is_none_or(|file| file.exists())
}

/// The device file in a connection string; none where there is none.
pub(crate) fn device_file(connection: &str) -> Option<PathBuf> {
    parts(connection).map(|(_, path, _)| PathBuf::from(path))
}

/// Driver, device file and speed; none where there is no device file. A name below /dev/serial may have colons of its own.
fn parts(connection: &str) -> Option<(&str, &str, Option<&str>)> {
    let (driver, rest) = connection.split_once(':').filter(|(_, rest)| rest.starts_with('/'))?;
    let is_speed = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let with_speed = rest.rsplit_once(':').filter(|(_, speed)| is_speed(speed) && !Path::new(rest).exists());
    let (path, speed) = with_speed.map_or((rest, None), |(path, speed)| (path, Some(speed)));
    Some((driver, path, speed))
}

/// A connection string that libnfc can use, and the device file in it.
#[derive(Debug, PartialEq, Eq)]
struct Resolved {
    connection: String,
    device: Option<PathBuf>,
}

/// libnfc splits its connection string at every colon, so a device path with colons in it (`/dev/serial/by-path/…`) is
/// replaced by the device it points to. A path that does not exist is said here, since libnfc leaks at each failed open
/// and has one error for everything.
fn resolve(connection: &str) -> Result<Resolved, String> {
    let Some((driver, path, speed)) = parts(connection) else {
        return Ok(Resolved { connection: connection.to_owned(), device: None });
    };
    let device = Path::new(path).canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("{path} is not there; plug the reader in, or correct `reader.connection`"),
        _ => format!("{path}: {error}"),
    })?;
    File::options().read(true).write(true).custom_open(&device).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            format!("{path}: this user may not use it; add the user to the group that owns it (dialout on Debian)")
        }
        _ => format!("{path}: {error}"),
    })?;
    let shown = device.display().to_string();
    if shown.contains(':') {
        return Err(format!("{path}: libnfc cannot use a path with a colon in it; name the device by another link"));
    }
    let connection = speed.map_or_else(|| format!("{driver}:{shown}"), |speed| format!("{driver}:{shown}:{speed}"));
    Ok(Resolved { connection, device: Some(device) })
}

trait OpenWithoutControl {
    fn custom_open(&mut self, path: &Path) -> io::Result<()>;
}

impl OpenWithoutControl for std::fs::OpenOptions {
    /// Opens and closes a terminal device without becoming its owner and without waiting for a carrier.
    #[cfg(unix)]
    fn custom_open(&mut self, path: &Path) -> io::Result<()> {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = (OFlags::NOCTTY | OFlags::NONBLOCK).bits();
        self.custom_flags(i32::try_from(flags).unwrap_or_default()).open(path).map(drop)
    }

    #[cfg(not(unix))]
    fn custom_open(&mut self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

fn lock(device: &Path, lock_dir: &Path) -> Result<File, String> {
    let name = device.display().to_string().replace(['/', '\\'], "_");
    let path = lock_dir.join(format!("reader{name}.lock"));
    let failed = |error: io::Error| format!("{}: {error}", path.display());
    std::fs::create_dir_all(lock_dir).map_err(failed)?;
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    file.try_lock().map_err(|error| match error {
        std::fs::TryLockError::WouldBlock => {
            format!("{}: another Tapdesk uses this reader; stop it, or name another reader", device.display())
        }
        std::fs::TryLockError::Error(error) => failed(error),
    })?;
    Ok(file)
}

/// Polls until the reader fails; gives back why.
fn poll(reader: &mut Reader, watchdog: &Watchdog, speaker: &mut Speaker) -> io::Result<String> {
    let started = Instant::now();
    let mut field = Field::default();
    let mut silent = 0;
    loop {
        let uid = match watchdog.watch(|| reader.poll()) {
            Poll::Empty => None,
            Poll::Uid(uid) => Some(uid),
            Poll::Silent => {
                silent += 1;
                if silent >= SILENT_POLLS {
                    return Ok("the reader does not answer any more; it is being opened again".to_owned());
                }
                speaker.beat()?;
                continue;
            }
            Poll::Broken(error) => return Ok(format!("the connection to the reader broke off ({error})")),
        };
        silent = 0;
        if let Some(line) = field.poll(started.elapsed(), uid.as_deref()) {
            speaker.say(&line)?;
        }
        speaker.beat()?;
        if field.is_unsure() {
            continue;
        }
        std::thread::sleep(if field.is_occupied() { LOOK_EVERY_WHILE_HELD } else { LOOK_EVERY });
    }
}

/// Rests, but not past the moment when the reader is plugged in; says whether it was.
fn rest(pause: Duration, speaker: &mut Speaker, is_plugged_in: impl Fn() -> bool) -> io::Result<bool> {
    let until = Instant::now() + pause;
    while Instant::now() < until {
        std::thread::sleep(LOOK_EVERY_WHILE_HELD);
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

/// Ends the process when a call into libnfc does not come back: nothing else can be done about it from inside.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connection_strings() {
        let folder = tempfile::tempdir().unwrap();
        let device = folder.path().canonicalize().unwrap().join("ttyUSB0");
        std::fs::write(&device, "").unwrap();
        let by_path = folder.path().join("pci-0000:00:14.0-usb-0:1:1.0-port0");
        std::os::unix::fs::symlink(&device, &by_path).unwrap();
        let resolved = |connection: String| resolve(&connection).map(|resolved| resolved.connection);
        let plain = format!("pn532_uart:{}", device.display());
        assert_eq!(resolved(format!("{plain}:115200")), Ok(format!("{plain}:115200")));
        assert_eq!(resolved(plain.clone()), Ok(plain.clone()));
        assert_eq!(resolved(format!("pn532_uart:{}:115200", by_path.display())), Ok(format!("{plain}:115200")));
        assert_eq!(resolved(format!("pn532_uart:{}", by_path.display())), Ok(plain));
        assert_eq!(resolved("acr122_usb:001:004".to_owned()), Ok("acr122_usb:001:004".to_owned()));
        assert_eq!(resolved("pn53x_usb".to_owned()), Ok("pn53x_usb".to_owned()));
        assert_eq!(device_file("pn532_uart:/dev/none:115200"), Some("/dev/none".into()));
        assert_eq!(device_file(&format!("pn532_uart:{}", by_path.display())), Some(by_path));
        assert_eq!((device_file("acr122_usb:001:004"), device_file("pn53x_usb")), (None, None));
        let missing = resolved(format!("pn532_uart:{}/none:115200", folder.path().display())).unwrap_err();
        assert!(missing.contains("is not there; plug the reader in"), "{missing}");
    }

    #[test]
    fn two_kiosks_do_not_share_a_reader() {
        let folder = tempfile::tempdir().unwrap();
        let device = Path::new("/dev/ttyUSB0");
        let held = lock(device, folder.path()).unwrap();
        assert!(lock(device, folder.path()).unwrap_err().contains("another Tapdesk"));
        drop(held);
        assert!(lock(device, folder.path()).is_ok());
    }
}
