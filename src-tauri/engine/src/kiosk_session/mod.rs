//! The kiosk session of a tablet: a user, a key, a unit and a locked machine; made, taken back and looked at, as root.

mod names;
mod plan;
mod run;
mod status;

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;
use zeroize::Zeroizing;

use self::names::{
    BEFORE, CREDENTIAL, CREDENTIAL_NAME, CTRL_ALT_DEL, DISPLAY_MANAGER, GETTY, GROUPS, NEEDED, PLACED, SHIPPED, SYSRQ,
    USER,
};
use self::plan::{Action, Before, Facts, Step};
use crate::programs::{ProgramError, Programs};
use crate::unit::{KIOSK, Unit};

pub use self::plan::Wishes;

/// Bytes of a new credential.
const KEY_BYTES: usize = 32;

/// Why the session could not be changed, started in, or looked at.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The caller has not the rights.
    #[error("a kiosk session is root's to change: run this with sudo, or as root")]
    NotRoot,
    /// Something must be there first. Nothing was changed.
    #[error("nothing was changed: {}", .0.join("; "))]
    Lacking(Vec<String>),
    /// A step failed.
    #[error(
        "not done: {step} ({cause}); done before it: {}; put that right and run the same command again, or `tapdesk kiosk disable` to take back what was done", if .done.is_empty() { "nothing".to_owned() } else { .done.join(", ") }
    )]
    Step {
        /// What it was for.
        step: String,
        /// Why it failed.
        cause: String,
        /// What was done before it.
        done: Vec<String>,
    },
    /// How the machine was is not known any more.
    #[error("{BEFORE} cannot be read ({0}); correct or remove it")]
    Before(String),
    /// The command cannot be run.
    #[error("the command cannot be run as the kiosk's user: {0}")]
    Run(String),
}

/// The machine whose session it is.
#[derive(Debug, Clone)]
pub struct Machine {
    root: PathBuf,
    programs: Programs,
    is_root: bool,
}

impl Machine {
    /// This one.
    pub fn this() -> Self {
        let is_root = rustix::process::geteuid().is_root();
        Self { root: PathBuf::from("/"), programs: Programs::of_this_machine(), is_root }
    }

    /// Makes it a kiosk, telling each step to `say` when it is done; what is so already is left alone. Answers whether
    /// anything was to be done. Blocks.
    pub fn enable(&self, wishes: Wishes, say: impl FnMut(&str)) -> Result<bool, SessionError> {
        self.check_root()?;
        let lacking = self.lacking();
        if !lacking.is_empty() {
            return Err(SessionError::Lacking(lacking));
        }
        self.carry_out(&plan::enable(&self.facts()?, wishes), say)
    }

    /// Takes all of that back but the user, its data and the credential. Blocks.
    pub fn disable(&self, say: impl FnMut(&str)) -> Result<bool, SessionError> {
        self.check_root()?;
        self.carry_out(&plan::disable(&self.facts()?), say)
    }

    fn check_root(&self) -> Result<(), SessionError> {
        if self.is_root { Ok(()) } else { Err(SessionError::NotRoot) }
    }

    /// What must be there before anything is changed.
    fn lacking(&self) -> Vec<String> {
        let mut lacking = Vec::new();
        if !self.at("/run/systemd/system").is_dir() {
            lacking.push("systemd does not run this machine, and nothing else can start a kiosk session".to_owned());
        }
        let missing = NEEDED.into_iter().filter(|(program, _)| self.programs.find(program).is_none());
        lacking
            .extend(missing.map(|(program, package)| format!("{program} is missing: install the package {package}")));
        let files = SHIPPED.into_iter().chain(PLACED.iter().map(|file| file.from));
        lacking.extend(
            files
                .filter(|path| !self.at(path).is_file())
                .map(|path| format!("{path} is missing: install the package tapdesk anew")),
        );
        let manager = self.unit(DISPLAY_MANAGER);
        if manager.is_loaded && !manager.is_masked() {
            lacking.push(format!(
                "a desktop's login screen would take the screen: run `systemctl disable {DISPLAY_MANAGER}` first"
            ));
        }
        lacking
    }

    fn facts(&self) -> Result<Facts, SessionError> {
        let before = match fs::read(self.at(BEFORE)) {
            Ok(bytes) => Some(serde_json::from_slice(&bytes).map_err(|error| SessionError::Before(error.to_string()))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(SessionError::Before(error.to_string())),
        };
        let paths = |holds: &dyn Fn(&names::Placed) -> bool| {
            PLACED.iter().filter(|file| holds(file)).map(|file| file.path).collect()
        };
        Ok(Facts {
            user: self.missing_groups().is_some_and(|missing| missing.is_empty()),
            credential: self.at(CREDENTIAL).exists(),
            placed: paths(&|file| {
                let (shipped, placed) = (fs::read(self.at(file.from)), fs::read(self.at(file.path)));
                matches!((shipped, placed), (Ok(shipped), Ok(placed)) if shipped == placed)
            }),
            there: paths(&|file| self.at(file.path).symlink_metadata().is_ok()),
            unit: self.unit(KIOSK),
            now: Before {
                default_target: self.programs.answer("systemctl", &["get-default"]),
                getty: self.unit(GETTY).is_enabled(),
                ctrl_alt_del_masked: self.unit(CTRL_ALT_DEL).is_masked(),
                sysrq: fs::read_to_string(self.at(SYSRQ)).ok().map(|value| value.trim().to_owned()),
            },
            before,
        })
    }

    /// The groups that the user should be in and is not; none where there is no such user.
    fn missing_groups(&self) -> Option<Vec<&'static str>> {
        let groups = self.programs.answer("id", &["-Gn", USER]);
        let is_in = |group: &&str| groups.split_whitespace().any(|named| named == *group);
        (!groups.is_empty()).then(|| GROUPS.into_iter().filter(|group| !is_in(group)).collect())
    }

    fn unit(&self, name: &str) -> Unit {
        Unit::ask(&self.programs, name)
    }

    fn carry_out(&self, steps: &[Step], mut say: impl FnMut(&str)) -> Result<bool, SessionError> {
        let mut done: Vec<String> = Vec::new();
        for step in steps {
            match self.act(&step.action) {
                Ok(()) => say(&step.says),
                Err(cause) if step.can_wait => {
                    say(&format!("{}: with the next start of this machine ({cause})", step.says));
                }
                Err(cause) => return Err(SessionError::Step { step: step.says.clone(), cause, done }),
            }
            done.push(step.says.clone());
        }
        Ok(!steps.is_empty())
    }

    fn act(&self, action: &Action) -> Result<(), String> {
        match action {
            Action::Remember(before) => serde_json::to_vec_pretty(before)
                .map_err(io::Error::from)
                .and_then(|bytes| self.keep(BEFORE, &bytes, 0o600))
                .map_err(|error| format!("{BEFORE}: {error}")),
            Action::Forget => {
                let path = self.at(BEFORE);
                fs::remove_file(&path).map_err(|error| format!("{BEFORE}: {error}"))?;
                // It holds nothing else.
                drop(path.parent().map(fs::remove_dir));
                Ok(())
            }
            Action::Run(program, arguments) => {
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                self.programs.run(program, &arguments, &[]).map(drop).map_err(|error| error.to_string())
            }
            Action::MakeCredential => self.make_credential(),
            Action::Place(file) => fs::read(self.at(file.from))
                .and_then(|bytes| self.keep(file.path, &bytes, 0o644))
                .map_err(|error| format!("{}: {error}", file.path)),
            Action::Remove(file) => {
                fs::remove_file(self.at(file.path)).map_err(|error| format!("{}: {error}", file.path))
            }
            Action::Set(path, value) => fs::write(self.at(path), value).map_err(|error| format!("{path}: {error}")),
        }
    }

    /// A new key, which is nowhere but in the credential: neither in a file nor in a list of arguments. With a TPM it opens
    /// on this machine alone; not bound to the TPM's record of firmware, whose every update would lose what waits here.
    fn make_credential(&self) -> Result<(), String> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        getrandom::fill(key.as_mut()).map_err(|error| format!("no random numbers: {error}"))?;
        let name = format!("--name={CREDENTIAL_NAME}");
        let arguments = ["encrypt", "--with-key=auto", "--tpm2-pcrs=", &name, "-", "-"];
        let encrypted = self.programs.run("systemd-creds", &arguments, key.as_slice());
        let encrypted = encrypted.map_err(|error| error.to_string())?;
        let kept = self.write(CREDENTIAL, &encrypted, 0o600, NamedTempFile::persist_noclobber);
        kept.map_err(|error| format!("{CREDENTIAL}: {error}"))
    }

    /// Whether the credential opens. Its content goes nowhere.
    fn open_credential(&self) -> Result<(), ProgramError> {
        let (name, path) = (format!("--name={CREDENTIAL_NAME}"), self.at(CREDENTIAL));
        let opened = self.programs.run("systemd-creds", &["decrypt", &name, &path.to_string_lossy(), "-"], &[]);
        opened.map(|key| drop(Zeroizing::new(key)))
    }

    /// A file that is there whole or not at all.
    fn keep(&self, path: &str, bytes: &[u8], mode: u32) -> io::Result<()> {
        self.write(path, bytes, mode, NamedTempFile::persist)
    }

    fn write(
        &self,
        path: &str,
        bytes: &[u8],
        mode: u32,
        persist: impl FnOnce(NamedTempFile, PathBuf) -> Result<fs::File, tempfile::PersistError>,
    ) -> io::Result<()> {
        let path = self.at(path);
        let folder = path.parent().unwrap_or(Path::new("/"));
        // What only root may read lies where only root may look.
        let folder_mode = if mode == 0o600 { 0o700 } else { 0o755 };
        fs::DirBuilder::new().recursive(true).mode(folder_mode).create(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
        file.as_file().sync_all()?;
        persist(file, path.clone()).map_err(|error| error.error)?;
        fs::File::open(folder)?.sync_all()
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }
}

#[cfg(test)]
mod tests;
