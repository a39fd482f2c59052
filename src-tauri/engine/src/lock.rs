//! Sole possession of a data folder: a file whose lock only one process holds, and by which number the system knows it.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Between two looks at a lock that somebody else holds.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// The file whose lock a kiosk holds for as long as it runs, with its process id in it.
const FILE: &str = "kiosk.lock";

/// Takes the lock of the file `path`, which is made where it is missing; none where another holds it for so long.
pub(crate) fn take(path: &Path, within: Duration) -> io::Result<Option<File>> {
    let mut options = File::options();
    // Whoever does not get it must not empty it; and whoever could open it, if only to read, could keep it from its owner.
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    // One that an earlier version left; where it is somebody else's, they will see to it.
    drop(file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)));
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if began.elapsed() < within => std::thread::sleep(LOOK_EVERY),
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// The one kiosk of a data folder, for as long as this lives.
#[derive(Debug)]
pub(crate) struct Alone {
    _lock: File,
}

/// Another kiosk has the data folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Its process id, where it wrote one down.
    pub(crate) process: Option<u32>,
}

impl Alone {
    /// Claims the data folder; waits so long for a kiosk that is ending.
    pub(crate) fn claim(data_dir: &Path, within: Duration) -> io::Result<Result<Self, Taken>> {
        std::fs::create_dir_all(data_dir)?;
        let path = file(data_dir);
        let Some(mut lock) = take(&path, within)? else {
            return Ok(Err(Taken { process: process(&path) }));
        };
        lock.set_len(0)?;
        lock.rewind()?;
        writeln!(lock, "{}", std::process::id())?;
        Ok(Ok(Self { _lock: lock }))
    }
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join(FILE)
}

fn process(path: &Path) -> Option<u32> {
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(20).read_to_string(&mut text)).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_kiosk_waits_and_learns_who_runs() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("not there yet");
        let first = Alone::claim(&data_dir, Duration::ZERO).unwrap().unwrap();
        let began = Instant::now();
        let wait = Duration::from_millis(50);
        let second = Alone::claim(&data_dir, wait).unwrap().unwrap_err();
        assert_eq!(second.process, Some(std::process::id()), "the second did not empty the file");
        assert!(began.elapsed() >= wait);

        let ending = std::thread::spawn(move || {
            std::thread::sleep(wait);
            drop(first);
        });
        Alone::claim(&data_dir, Duration::from_secs(10)).unwrap().expect("it waits for one that is ending");
        ending.join().unwrap();
        let other = folder.path().join("another");
        // A process that another test is just starting holds what was open here until it runs.
        let _one = Alone::claim(&data_dir, Duration::from_secs(10)).unwrap().unwrap();
        Alone::claim(&other, Duration::ZERO).unwrap().expect("another folder is another kiosk");
        let mode =
            |path: &Path| std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777;
        assert_eq!(mode(&file(&other)), 0o600, "nobody else can hold it");
    }
}
