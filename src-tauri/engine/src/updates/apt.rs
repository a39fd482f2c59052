//! The package system: what is installed, what the repository has, and changing the one into the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Complaint;
use super::Places;
use super::plan::Found;
use crate::programs::{self, Programs};

const PACKAGE: &str = "tapdesk";
/// What is only looked up.
const LOOKS: Duration = Duration::from_mins(1);
/// apt has limits of its own for each connection, and for waiting for others that install.
const GETS: Duration = Duration::from_mins(30);
/// Cutting this short would leave a package half installed: only what hangs for good ends.
const INSTALLS: Duration = Duration::from_hours(1);

const WAIT_FOR_OTHERS: &str = "DPkg::Lock::Timeout=300";

/// apt and dpkg.
#[derive(Debug)]
pub(super) struct Apt<'a> {
    pub(super) programs: &'a Programs,
    pub(super) places: &'a Places,
}

impl Apt<'_> {
    /// Reads anew what the repository has: only Tapdesk's own where it has an entry of its own.
    pub(super) fn update(&self) -> Result<(), Complaint> {
        let mut command = self.programs.command("apt-get");
        command.args(["-q", "-o", WAIT_FOR_OTHERS]);
        // A repository that does not answer, or whose signature is wrong, is only a warning otherwise.
        command.args(["-o", "APT::Update::Error-Mode=any"]);
        if self.places.sources.is_file() {
            command.arg("-o").arg(format!("Dir::Etc::sourcelist={}", self.places.sources.display()));
            command.args(["-o", "Dir::Etc::sourceparts=-", "-o", "APT::Get::List-Cleanup=0"]);
            // An old list that somebody replays is refused, also where this machine does not ask for it elsewhere.
            command.args(["-o", "Acquire::Check-Valid-Until=true", "-o", "Acquire::Check-Date=true"]);
        }
        programs::run(command.arg("update"), GETS).map(drop)
    }

    /// The version that is installed, and whether it is so without faults; none where the package is not known.
    pub(super) fn installed(&self) -> Option<Installed> {
        let mut command = self.programs.command("dpkg-query");
        command.args(["--show", "--showformat=${db:Status-Abbrev}|${Version}\n", PACKAGE]);
        let words = programs::run(&mut command, LOOKS).ok()?;
        words.lines().find_map(|line| {
            let (status, version) = line.split_once('|')?;
            let mut letters = status.chars();
            let (wanted, is, fault) = (letters.next()?, letters.next()?, letters.next());
            // Removed, with only its configuration left, is not installed.
            if matches!(is, 'c' | 'n') {
                return None;
            }
            let sound = is == 'i' && fault.is_none_or(|fault| fault == ' ');
            (!version.is_empty()).then(|| Installed { version: version.to_owned(), sound, held: wanted == 'h' })
        })
    }

    /// What there is to decide about.
    pub(super) fn found(&self) -> Result<Found, Complaint> {
        let Some(installed) = self.installed() else {
            return Err("Tapdesk was not installed from a package: install its .deb, then updates come by themselves"
                .to_owned());
        };
        let policy = programs::run(self.programs.command("apt-cache").args(["policy", PACKAGE]), LOOKS)?;
        let candidate = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "));
        let newer = match candidate.filter(|candidate| *candidate != "(none)") {
            Some(candidate) if self.is_newer(candidate, &installed.version) => Some(candidate.to_owned()),
            _ => None,
        };
        Ok(Found { installed: installed.version, newer, held: installed.held })
    }

    fn is_newer(&self, one: &str, other: &str) -> bool {
        let mut command = self.programs.command("dpkg");
        // It answers by its exit code alone: what failed otherwise is not newer either.
        one != other && programs::run(command.args(["--compare-versions", one, "gt", other]), LOOKS).is_ok()
    }

    /// Sees to it that the packages of both versions lie in the folder, and all that the new one needs in apt's cache.
    pub(super) fn fetch(&self, folder: &Path, from: &str, to: &str) -> Result<(), Complaint> {
        self.get(folder, from).map_err(|why| {
            format!(
                "the package of {from} cannot be got, so there would be no way back: {why}; put it into {}",
                folder.display()
            )
        })?;
        self.get(folder, to)?;
        let package = self.kept(folder, to)?;
        let mut command = self.programs.command("apt-get");
        command.args(["-q", "-y", "-o", WAIT_FOR_OTHERS, "--download-only", "--no-remove", "install"]).arg(package);
        programs::run(&mut command, GETS)?;
        sync(folder)
    }

    fn get(&self, folder: &Path, version: &str) -> Result<(), Complaint> {
        if self.kept(folder, version).is_ok() {
            return Ok(());
        }
        // apt's own cache has it where it was installed from the repository.
        if let Ok(cached) = self.kept(&self.places.cache, version) {
            let name = cached.file_name().unwrap_or_default();
            let unfinished = folder.join("being-copied");
            let copied = fs::copy(&cached, &unfinished).and_then(|_| fs::rename(&unfinished, folder.join(name)));
            return copied.map_err(|error| format!("{}: {error}", cached.display()));
        }
        // Only what is whole gets a place beside the others.
        let fresh = tempfile::tempdir_in(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut command = self.programs.command("apt-get");
        command.args(["-q", "-o", WAIT_FOR_OTHERS, "download"]).arg(format!("{PACKAGE}={version}"));
        programs::run(command.current_dir(fresh.path()), GETS)?;
        let package = self.kept(fresh.path(), version)?;
        fs::rename(&package, folder.join(package.file_name().unwrap_or_default()))
            .map_err(|error| format!("{}: {error}", folder.display()))
    }

    /// The package file of this version in a folder.
    pub(super) fn kept(&self, folder: &Path, version: &str) -> Result<PathBuf, Complaint> {
        let found = packages_in(folder).find(|path| self.version_of(path).as_deref() == Some(version));
        found.ok_or_else(|| format!("there is no package of {version} in {}", folder.display()))
    }

    fn version_of(&self, package: &Path) -> Option<String> {
        let mut command = self.programs.command("dpkg-deb");
        command.arg("--field").arg(package).args(["Package", "Version"]);
        let words = programs::run(&mut command, LOOKS).ok()?;
        let of = |key: &str| words.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        (of("Package:") == Some(PACKAGE)).then(|| of("Version:").map(str::to_owned)).flatten()
    }

    /// Installs the kept package of this version, newer or older, without a connection and without removing others.
    pub(super) fn install(&self, folder: &Path, version: &str) -> Result<(), Complaint> {
        // What a power cut has left half done would stand in the way; what cannot be finished is replaced.
        let mut repair = self.programs.command("dpkg");
        if let Err(why) =
            programs::run(repair.args(["--force-confdef", "--force-confold", "--configure", "-a"]), INSTALLS)
        {
            tracing::warn!(why, "a package is not configured");
        }
        if self.installed().is_some_and(|installed| installed.sound && installed.version == version) {
            return Ok(());
        }
        let mut command = self.programs.command("apt-get");
        command.args(["-q", "-y", "-o", WAIT_FOR_OTHERS, "-o", "Dpkg::Options::=--force-confdef"]);
        command.args(["-o", "Dpkg::Options::=--force-confold", "--no-download", "--no-remove"]);
        command.args(["--allow-downgrades", "--allow-change-held-packages", "install"]);
        let package = self.kept(folder, version)?;
        let by_apt = programs::run(command.arg(&package), INSTALLS);
        let found = self.installed();
        let is_sound = found.as_ref().is_none_or(|installed| installed.sound);
        match by_apt {
            Err(why) if is_sound => return Err(why),
            Ok(_) if is_sound && found.is_some_and(|installed| installed.version == version) => return Ok(()),
            by_apt => {
                // Where a power cut came while files were unpacked, apt wants to be told by hand; dpkg just begins anew. And
                // where two versions came and went within a second, apt's copy of dpkg's list may be the older one.
                let mut command = self.programs.command("dpkg");
                command.args(["--force-downgrade", "--force-confdef", "--force-confold", "--install"]).arg(&package);
                let why = by_apt.err().map(|why| format!("{why}; ")).unwrap_or_default();
                programs::run(&mut command, INSTALLS).map_err(|then| format!("{why}{then}"))?;
            }
        }
        match self.installed() {
            Some(installed) if installed.sound && installed.version == version => Ok(()),
            found => Err(format!("apt-get ended well, and yet {version} is not what is installed ({found:?})")),
        }
    }

    /// The newest kept version that is older than this one.
    pub(super) fn version_before(&self, folder: &Path, version: &str) -> Option<String> {
        let versions = packages_in(folder).filter_map(|path| self.version_of(&path));
        let older = versions.filter(|kept| self.is_newer(version, kept));
        older.reduce(|one, other| if self.is_newer(&other, &one) { other } else { one })
    }

    /// Throws away all packages but this version's and the one before it.
    pub(super) fn prune(&self, folder: &Path, version: &str) {
        let before = self.version_before(folder, version);
        for path in packages_in(folder) {
            let kept = self.version_of(&path);
            if kept.as_deref() != Some(version) && (kept.is_none() || kept != before) {
                // What stays only takes room.
                drop(fs::remove_file(path));
            }
        }
    }
}

/// What dpkg says of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Installed {
    pub(super) version: String,
    /// Whether it is installed whole.
    pub(super) sound: bool,
    /// Whether the operator keeps apt from changing it.
    pub(super) held: bool,
}

fn packages_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    paths.filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&format!("{PACKAGE}_")) && name.ends_with(".deb")
    })
}

/// Packages are of no use after a power cut unless they are durable.
fn sync(folder: &Path) -> Result<(), Complaint> {
    let synced = fs::File::open(folder).and_then(|folder| Ok(rustix::fs::syncfs(folder)?));
    synced.map_err(|error| format!("{}: {error}", folder.display()))
}
