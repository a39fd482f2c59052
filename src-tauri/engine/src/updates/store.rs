//! The updater's folder: what it knows, what it keeps for the way back, and who may work there.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::state::State;
use super::{Places, UpdateError};
use crate::{durable, lock};

/// How long the lock is waited for: a program that is just being started shares it until it begins.
const LOCK_WITHIN: Duration = Duration::from_secs(2);
const STATE: &str = "state.json";
/// Much more than it ever is: whatever else lies there is not read into memory.
const LONGEST_STATE: u64 = 1 << 20;

/// The folder, held by this run alone.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    _lock: File,
}

impl Store {
    /// Opens the folder, made where it is missing.
    pub(super) fn open(places: &Places) -> Result<Self, UpdateError> {
        let folder = places.folder.clone();
        let lock = || {
            fs::create_dir_all(folder.join("packages"))?;
            set_mode(&folder, 0o755)?;
            lock::take(&folder.join("lock"), LOCK_WITHIN)
        };
        match lock().map_err(|error| UpdateError::file(&folder, &error))? {
            Some(lock) => Ok(Self { folder, _lock: lock }),
            None => Err(UpdateError::Busy),
        }
    }

    /// What is known; nothing where that cannot be read any more.
    pub(super) fn state(&self) -> State {
        match read(&self.folder.join(STATE)) {
            Ok(found) => found.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, "what was known about updates cannot be read; it is found out anew");
                State::default()
            }
        }
    }

    /// Writes down what is known; durable when it answers.
    pub(super) fn keep(&self, state: &State) -> Result<(), UpdateError> {
        let path = self.folder.join(STATE);
        let write = || {
            let mut file = NamedTempFile::new_in(&self.folder)?;
            file.write_all(&serde_json::to_vec_pretty(state)?)?;
            set_mode(file.path(), 0o644)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            self.sync()
        };
        write().map_err(|error| UpdateError::file(&path, &error))
    }

    /// Makes names in the folder durable.
    pub(super) fn sync(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }

    /// While this file is there, systemd does not start the kiosk (`tapdesk-kiosk.service.d`).
    pub(super) fn hold(&self) -> PathBuf {
        self.folder.join("hold")
    }

    /// Keeps the kiosk from being started, or no longer; durable when it answers.
    pub(super) fn set_hold(&self, holds: bool) -> Result<(), UpdateError> {
        let hold = self.hold();
        let set = || {
            if holds {
                File::create(&hold)?;
            } else {
                durable::remove(&hold)?;
            }
            self.sync()
        };
        set().map_err(|error| UpdateError::file(&hold, &error))
    }

    /// Where packages are kept.
    pub(super) fn packages(&self) -> PathBuf {
        self.folder.join("packages")
    }

    /// Where the copy of the journal is kept.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("journal.tar")
    }

    /// This program as it was before the update: whatever the new one is like, this one can undo it.
    pub(super) fn updater(&self) -> PathBuf {
        self.folder.join("updater")
    }

    /// Copies the running program there.
    pub(super) fn keep_updater(&self) -> Result<(), UpdateError> {
        let updater = self.updater();
        let copy = || {
            let own = std::env::current_exe()?;
            if own == updater {
                return Ok(());
            }
            let unfinished = self.folder.join("updater.new");
            fs::copy(own, &unfinished)?;
            set_mode(&unfinished, 0o755)?;
            File::open(&unfinished)?.sync_all()?;
            fs::rename(&unfinished, &updater)?;
            self.sync()
        };
        copy().map_err(|error| UpdateError::file(&updater, &error))
    }

    /// Throws away what only an update that is under way needs.
    pub(super) fn clear(&self, journal: bool) -> Result<(), UpdateError> {
        for path in [Some(self.updater()), journal.then(|| self.journal())].into_iter().flatten() {
            durable::remove(&path).map_err(|error| UpdateError::file(&path, &error))?;
        }
        Ok(())
    }
}

/// What stands in a state file; none where there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<State>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut text = String::new();
    io::Read::read_to_string(&mut io::Read::take(file, LONGEST_STATE), &mut text)?;
    Ok(Some(serde_json::from_str(&text)?))
}

fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}
