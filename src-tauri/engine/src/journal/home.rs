//! Where the journal's files stand, by which names, and who may work on them.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;

use super::error::{At, JournalError};
use crate::{durable, lock};

pub(super) const FILE: &str = "journal.sqlite";
/// How long a lock is waited for: a program that is just being started shares the locks of the one that starts it, also
/// those that were given up meanwhile, until it begins.
const LOCK_WITHIN: Duration = Duration::from_millis(500);
/// What every plain database begins with; an encrypted one begins with a random salt.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";
/// What SQLite keeps beside a database.
const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What stands in the journal's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing, or an empty file: SQLite makes one before it writes anything.
    Nothing,
    /// A database of a version that did not encrypt.
    Plain,
    /// Anything else.
    Encrypted,
}

/// The folder of one kiosk's journal.
#[derive(Debug, Clone)]
pub(super) struct Home(PathBuf);

impl Home {
    pub(super) fn new(data_dir: &Path) -> Self {
        Self(data_dir.to_path_buf())
    }

    /// The journal itself.
    pub(super) fn file(&self) -> PathBuf {
        self.0.join(FILE)
    }

    /// A new journal that is being made; whatever has this name was never finished.
    pub(super) fn unfinished(&self) -> PathBuf {
        self.0.join(UNFINISHED)
    }

    /// What was saved from a damaged journal, complete, and on its way to the journal's place.
    pub(super) fn salvaged(&self, stamp: &str) -> PathBuf {
        self.0.join(format!("{SALVAGED}{stamp}"))
    }

    /// A damaged journal, set aside.
    pub(super) fn damaged(&self, stamp: &str) -> PathBuf {
        self.0.join(format!("{DAMAGED}{stamp}"))
    }

    /// The stamp of a salvage that is complete and not yet in the journal's place.
    pub(super) fn pending_salvage(&self) -> Result<Option<String>, JournalError> {
        let stamps = self.names()?.into_iter().filter_map(|name| name.strip_prefix(SALVAGED).map(str::to_owned));
        Ok(stamps.max())
    }

    /// A name for what is set aside now, which nothing has yet.
    pub(super) fn new_stamp(&self) -> Result<String, JournalError> {
        let stamp = Utc::now().format("%Y%m%dT%H%M%SZ").to_string();
        let names = self.names()?;
        let taken = |stamp: &str| names.iter().any(|name| name.starts_with(&format!("{DAMAGED}{stamp}")));
        let more = (2..).map(|count| format!("{stamp}-{count}"));
        Ok(std::iter::once(stamp.clone()).chain(more).find(|stamp| !taken(stamp)).unwrap_or(stamp))
    }

    /// The file that holds what the journal knows: nearly always the journal itself.
    pub(super) fn current(&self) -> Result<PathBuf, JournalError> {
        Ok(self.pending_salvage()?.map_or_else(|| self.file(), |stamp| self.salvaged(&stamp)))
    }

    /// The database `path` becomes the journal, also should the power fail now. The log of another database must not
    /// stand beside it then: it would be read into this one.
    pub(super) fn put_in_place(&self, path: &Path) -> Result<(), JournalError> {
        let log = side(&self.file(), "-wal");
        if holds_something(&log)? {
            let left = io::Error::other("is left from another journal; start Tapdesk again");
            return Err::<(), _>(left).at(&log);
        }
        fs::rename(path, self.file()).at(path)?;
        self.sync()
    }

    /// Makes names durable: a rename is not before its folder is.
    pub(super) fn sync(&self) -> Result<(), JournalError> {
        File::open(&self.0).and_then(|folder| folder.sync_all()).at(&self.0)
    }

    /// Takes sole possession, for as long as the answer lives.
    pub(super) fn lock(&self) -> Result<File, JournalError> {
        let path = self.0.join("journal.lock");
        fs::create_dir_all(&self.0).at(&self.0)?;
        lock::take(&path, LOCK_WITHIN).at(&path)?.ok_or(JournalError::InUse { path })
    }

    /// Deletes the journal and all that was ever set aside. The journal itself goes first: without what stands beside
    /// it, it would tell of earlier times as if they were now.
    pub(super) fn remove(&self) -> Result<(), JournalError> {
        let is_ours = |name: &String| name.as_str() == FILE || is_beside(name);
        let mut names: Vec<String> = self.names()?.into_iter().filter(is_ours).collect();
        // What was salvaged would take the journal's place.
        names.sort_by_key(|name| (!name.starts_with(SALVAGED), name.len()));
        for name in names {
            remove(&self.0.join(name))?;
            self.sync()?;
        }
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, JournalError> {
        let folder = match fs::read_dir(&self.0) {
            Ok(folder) => folder,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).at(&self.0),
        };
        folder.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()).at(&self.0)).collect()
    }
}

const UNFINISHED: &str = "journal.sqlite.new";
const SALVAGED: &str = "journal.sqlite.salvaged-";
const DAMAGED: &str = "journal.sqlite.damaged-";

/// Whether a file of this name decides what the journal holds: itself, what SQLite keeps beside it, and what is on its way
/// into its place. What was set aside is not.
pub(crate) fn is_part(name: &str) -> bool {
    name == FILE || (is_beside(name) && !name.starts_with(DAMAGED))
}

fn is_beside(name: &str) -> bool {
    let ours = [UNFINISHED, SALVAGED, DAMAGED].iter().any(|ours| name.starts_with(ours));
    ours || name.strip_prefix(FILE).is_some_and(|rest| SIDES.contains(&rest))
}

/// What `path` holds.
pub(super) fn kind(path: &Path) -> Result<Kind, JournalError> {
    let mut head = Vec::new();
    match File::open(path).and_then(|file| file.take(16).read_to_end(&mut head)) {
        Ok(0) => Ok(Kind::Nothing),
        Ok(_) if head == PLAIN => Ok(Kind::Plain),
        Ok(_) => Ok(Kind::Encrypted),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Kind::Nothing),
        Err(error) => Err(error).at(path),
    }
}

/// The file that SQLite keeps beside `path` under this ending.
pub(super) fn side(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Whether `path` is there and holds something.
pub(super) fn holds_something(path: &Path) -> Result<bool, JournalError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len() > 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).at(path),
    }
}

/// Gives a file another name that nothing has.
pub(super) fn set_aside(from: &Path, to: &Path) -> Result<(), JournalError> {
    if fs::exists(to).at(to)? {
        let taken = io::Error::new(io::ErrorKind::AlreadyExists, "is in the way; move it to another folder");
        return Err::<(), _>(taken).at(to);
    }
    fs::rename(from, to).at(from)
}

/// Deletes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), JournalError> {
    durable::remove(path).at(path)
}

/// Deletes a database with all that SQLite keeps beside it.
pub(super) fn remove_database(path: &Path) -> Result<(), JournalError> {
    SIDES.iter().try_for_each(|ending| remove(&side(path, ending)))?;
    remove(path)
}
