//! A copy of the journal for the way back, taken and put back while the kiosk is stopped.
//!
//! The kiosk's user may write whatever it likes into its folders, links too. So root never opens a file there: tar and
//! the others do it as that user, and root only holds the copy.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Complaint;
use crate::journal;
use crate::programs::{self, Programs};

/// A journal is some megabytes; a slow disk with a full one needs seconds.
const LIMIT: Duration = Duration::from_mins(10);
/// Where it is unpacked before it takes the journal's place.
const UNPACKED: &str = "journal.before-update";

/// One kiosk's journal.
#[derive(Debug)]
pub(super) struct JournalCopy<'a> {
    pub(super) programs: &'a Programs,
    /// The kiosk user's home, which that user owns.
    pub(super) home: &'a Path,
    /// The folder of the journal.
    pub(super) data_dir: &'a Path,
    /// Where the copy is kept.
    pub(super) copy: PathBuf,
}

impl JournalCopy<'_> {
    /// Takes the copy; durable when it answers. A kiosk that never ran has no journal: then the copy is empty.
    pub(super) fn take(&self) -> Result<(), Complaint> {
        let unfinished = self.copy.with_extension("new");
        let failed = |error: std::io::Error| format!("{}: {error}", unfinished.display());
        crate::durable::remove(&unfinished).map_err(failed)?;
        let mut options = File::options();
        options.write(true).create_new(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&unfinished).map_err(failed)?;
        let names = self.names()?;
        if !names.is_empty() {
            let mut tar = self.as_owner("tar")?;
            tar.args(["--create", "--file=-", "--"]).args(names);
            programs::run_into(&mut tar, &file, LIMIT)?;
        }
        file.sync_all().and_then(|()| fs::rename(&unfinished, &self.copy)).map_err(failed)?;
        let folder = self.copy.parent().unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    }

    /// Puts the copy in the journal's place; durable when it answers. Nothing is touched before it is unpacked whole.
    pub(super) fn put_back(&self) -> Result<(), Complaint> {
        let copy = File::open(&self.copy).map_err(|error| format!("{}: {error}", self.copy.display()))?;
        let is_empty = copy.metadata().map_err(|error| error.to_string())?.len() == 0;
        if is_empty && self.names()?.is_empty() {
            return Ok(());
        }
        let run = |program: &str, arguments: &[&str]| {
            let mut command = self.as_owner(program)?;
            programs::run(command.args(arguments), LIMIT)
        };
        run("rm", &["--recursive", "--force", "--", UNPACKED])?;
        run("mkdir", &["--", UNPACKED])?;
        if !is_empty {
            let mut tar = self.as_owner("tar")?;
            tar.args(["--extract", "--file=-", "--directory", UNPACKED]).stdin(copy);
            programs::run(&mut tar, LIMIT)?;
            run("sync", &["--file-system", UNPACKED])?;
        }
        // Cut off here, it is done again from the copy: nothing else opens the journal meanwhile.
        let mut names = self.names()?;
        if !names.is_empty() {
            let mut command = self.as_owner("rm")?;
            programs::run(command.args(["--force", "--"]).args(&names), LIMIT)?;
        }
        names = Self::names_in(&self.data_dir.join(UNPACKED))?;
        for name in &names {
            let mut command = self.as_owner("mv")?;
            command.args(["--force", "--no-target-directory", "--"]).arg(Path::new(UNPACKED).join(name)).arg(name);
            programs::run(&mut command, LIMIT)?;
        }
        run("rmdir", &["--", UNPACKED])?;
        run("sync", &["--file-system", "."]).map(drop)
    }

    /// When the journal was written last; none where there is none.
    pub(super) fn written(&self) -> Option<std::time::SystemTime> {
        let times = self.names().ok()?.into_iter().filter_map(|name| {
            // The link itself is looked at, never where it leads.
            fs::symlink_metadata(self.data_dir.join(name)).ok()?.modified().ok()
        });
        times.max()
    }

    fn names(&self) -> Result<Vec<String>, Complaint> {
        Self::names_in(self.data_dir)
    }

    fn names_in(folder: &Path) -> Result<Vec<String>, Complaint> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(format!("{}: {error}", folder.display())),
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| journal::is_part(name)).collect();
        names.sort();
        Ok(names)
    }

    /// A program that works in the journal's folder with no more rights than the kiosk has.
    fn as_owner(&self, program: &str) -> Result<Command, Complaint> {
        let owner = fs::metadata(self.home).map_err(|error| format!("{}: {error}", self.home.display()))?;
        let mut command = self.programs.command(program);
        command.current_dir(self.data_dir);
        if owner.uid() != rustix::process::geteuid().as_raw() {
            command.uid(owner.uid()).gid(owner.gid());
        }
        Ok(command)
    }
}

#[cfg(test)]
#[path = "journal_copy_tests.rs"]
mod tests;
