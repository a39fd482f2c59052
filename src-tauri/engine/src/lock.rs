//! Sole possession of a data folder: a file whose lock only one process holds, and by which number the system knows it.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Between two looks at a lock that somebody else holds.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// The file whose lock a kiosk holds for as long as it runs, with its process id in it, and a second line until it ends by
/// itself.
const FILE: &str = "kiosk.lock";
/// That second line.
const RUNS: &str = "runs";

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
    lock: File,
    /// The kiosk before, where it did not end by itself.
    pub(crate) fallen: Option<u32>,
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
            return Ok(Err(Taken { process: read(&path).0 }));
        };
        let (process, runs) = read(&path);
        lock.set_len(0)?;
        lock.rewind()?;
        writeln!(lock, "{}\n{RUNS}", std::process::id())?;
        Ok(Ok(Self { lock, fallen: process.filter(|_| runs) }))
    }

    /// The kiosk ends by itself: whoever comes next need not ask what became of it.
    pub(crate) fn ends(&mut self) {
        // What cannot be written is said by the next one, who finds it.
        drop(self.lock.set_len(0));
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        self.ends();
    }
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join(FILE)
}

/// Whose process it is or was, and whether it did not end.
fn read(path: &Path) -> (Option<u32>, bool) {
    let mut text = String::new();
    // One that cannot be read says nothing.
    drop(File::open(path).and_then(|file| file.take(20).read_to_string(&mut text)));
    let mut lines = text.lines();
    (lines.next().and_then(|line| line.trim().parse().ok()), lines.next() == Some(RUNS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_that_did_not_end_by_itself_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let claim = || Alone::claim(folder.path(), Duration::from_secs(10)).unwrap().unwrap();
        assert_eq!(claim().fallen, None, "the first");
        assert_eq!(claim().fallen, None, "the one before ended");
        std::fs::write(file(folder.path()), "4711\nruns\n").unwrap();
        let mut next = claim();
        assert_eq!(next.fallen, Some(4711));
        assert_eq!(read(&file(folder.path())), (Some(std::process::id()), true));
        next.ends();
        drop(next);
        for left in ["4711\n", "", "runs", "\u{0}\u{0}"] {
            std::fs::write(file(folder.path()), left).unwrap();
            assert_eq!(claim().fallen, None, "{left:?}: an earlier version's, or nobody's");
        }
    }

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
