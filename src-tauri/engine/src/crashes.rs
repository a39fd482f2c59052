//! What is kept of a program's end that nobody asked for: a file each in the data folder, masked. Nothing is sent anywhere;
//! the support bundle takes them along.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use serde::Serialize;
use tempfile::NamedTempFile;

use crate::durable;
use crate::staff_desk::view::health::Happened;
use crate::support::masked::Masked;

/// The folder in the data folder.
pub const FOLDER: &str = "crashes";
/// So many are kept; the oldest go first.
const KEPT: usize = 20;
/// So many does one run of the program keep: what fails again and again must not push out what came before.
const OF_ONE_RUN: usize = 5;

/// A crash, as far as it is known. No text of it may hold what the program worked on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crash {
    /// When, or when it was found.
    pub at: DateTime<Utc>,
    /// What happened, in a sentence.
    pub what: String,
    /// Where in the program, where that is known.
    pub place: Option<String>,
    /// In which thread.
    pub thread: Option<String>,
    /// The calls that led there, where the program was told to keep them.
    pub backtrace: Option<String>,
    /// What happened right before, newest first.
    pub before: Vec<Happened>,
}

/// Where crashes are kept.
#[derive(Debug)]
pub struct Crashes {
    folder: PathBuf,
    of_this_run: AtomicUsize,
}

/// A crash with what wrote it down.
#[derive(Serialize)]
struct Report<'a> {
    program: &'static str,
    process: u32,
    #[serde(flatten)]
    crash: &'a Crash,
}

impl Crashes {
    /// Those of this data folder.
    pub fn of(data_dir: &Path) -> Self {
        Self { folder: data_dir.join(FOLDER), of_this_run: AtomicUsize::new(0) }
    }

    /// Keeps this one, readable by this user alone, and answers its file; none where this run has kept enough. Blocks.
    pub fn keep(&self, crash: &Crash) -> io::Result<Option<PathBuf>> {
        // Threads may crash in one moment: each has a number, and so a file, of its own.
        let number = self.of_this_run.fetch_add(1, Ordering::Relaxed) + 1;
        if number > OF_ONE_RUN {
            return Ok(None);
        }
        fs::create_dir_all(&self.folder)?;
        let process = std::process::id();
        let report = Report { program: env!("CARGO_PKG_VERSION"), process, crash };
        let text = serde_json::to_string_pretty(&report)?;
        let text = Masked::without_names().text(&text);
        // Names sort by time.
        let path = self.folder.join(format!("{}-{process}-{number}.json", crash.at.format("%Y%m%dT%H%M%S%3fZ")));
        // Whole or not at all: on a full disk no half of it takes the place of an older one.
        let mut file = NamedTempFile::new_in(&self.folder)?;
        file.write_all(text.as_bytes())?;
        // The next thing may be the end of the machine.
        file.as_file().sync_all()?;
        file.persist_noclobber(&path)?;
        self.forget_the_oldest()?;
        Ok(Some(path))
    }

    /// The files, oldest first; none where nothing was ever kept.
    pub fn files(&self) -> io::Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "json") && path.is_file());
        files.sort();
        Ok(files)
    }

    fn forget_the_oldest(&self) -> io::Result<()> {
        let files = self.files()?;
        for old in &files[..files.len().saturating_sub(KEPT)] {
            // Another thread may have been here first.
            durable::remove(old)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::process::Command;
    use std::sync::Barrier;
    use std::thread;

    use serde_json::Value;

    use super::*;

    /// Where the child keeps its crash.
    const CHILDS: &str = "TAPDESK_CRASHES_TEST_FOLDER";

    fn crash(at: &str, what: &str) -> Crash {
        let at = at.parse().unwrap();
        Crash { at, what: what.to_owned(), place: None, thread: None, backtrace: None, before: Vec::new() }
    }

    #[test]
    fn it_is_masked_and_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let crashes = Crashes::of(folder.path());
        assert!(crashes.files().unwrap().is_empty(), "nothing was ever kept");
        let path = crashes.keep(&crash("2026-11-23T15:30:00Z", "tile 04A1B2C3D4E5F6 of ana@example.org")).unwrap();
        let path = path.expect("the first of this run");
        let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        let kept: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(kept["what"], "tile <tile> of <email>");
        assert_eq!(
            (kept["process"].as_u64(), kept["at"].as_str()),
            (Some(std::process::id().into()), Some("2026-11-23T15:30:00Z"))
        );
    }

    #[test]
    fn neither_one_run_nor_all_of_them_fill_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        for run in 0..8 {
            let crashes = Crashes::of(folder.path());
            for number in 0..7 {
                let at = format!("2026-11-23T15:{run:02}:{number:02}Z");
                let kept = crashes.keep(&crash(&at, "again")).unwrap();
                assert_eq!(kept.is_some(), number < OF_ONE_RUN, "{number}");
            }
        }
        let files = Crashes::of(folder.path()).files().unwrap();
        assert_eq!(files.len(), KEPT);
        let name = files[0].file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("20261123T150400"), "the oldest went: {name}");
    }

    #[test]
    fn what_is_no_report_does_not_stop_the_oldest_from_going() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(FOLDER).join("0.json")).unwrap();
        for run in 0..=KEPT {
            let crashes = Crashes::of(folder.path());
            assert!(crashes.keep(&crash(&format!("2026-11-23T15:{run:02}:00Z"), "again")).unwrap().is_some());
            assert_eq!(crashes.files().unwrap().len(), KEPT.min(run + 1));
        }
    }

    /// The child: a crash where no file may hold a byte.
    #[test]
    #[ignore = "a part of the test below, which runs it"]
    fn child() {
        let Some(folder) = std::env::var_os(CHILDS).map(PathBuf::from) else { return };
        let failed = Crashes::of(&folder).keep(&crash("2026-11-23T15:30:00Z", "full")).unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn a_full_disk_leaves_no_half_of_a_report() {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new("sh");
        child.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"]).arg(std::env::current_exe().unwrap());
        child.args(["--exact", "crashes::tests::child", "--include-ignored"]).env(CHILDS, folder.path());
        let output = child.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
        let left: Vec<_> = fs::read_dir(folder.path().join(FOLDER)).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn threads_that_crash_in_one_moment_are_all_kept() {
        // Often enough that they meet.
        for _ in 0..30 {
            let folder = tempfile::tempdir().unwrap();
            for run in 0..KEPT / OF_ONE_RUN {
                let before = Crashes::of(folder.path());
                for _ in 0..OF_ONE_RUN {
                    before.keep(&crash(&format!("2026-11-23T15:{run:02}:00Z"), "before")).unwrap();
                }
            }
            let crashes = Crashes::of(folder.path());
            let together = Barrier::new(OF_ONE_RUN);
            let one = || {
                together.wait();
                crashes.keep(&crash("2026-11-23T15:30:00Z", "together")).unwrap().expect("one of the first of this run")
            };
            let kept = thread::scope(|scope| {
                let threads = [(); OF_ONE_RUN].map(|()| scope.spawn(one));
                BTreeSet::from(threads.map(|thread| thread.join().unwrap()))
            });
            assert_eq!(kept.len(), OF_ONE_RUN);
            let files = BTreeSet::from_iter(crashes.files().unwrap());
            assert!(files.len() == KEPT && files.is_superset(&kept), "{files:?}");
        }
    }
}
