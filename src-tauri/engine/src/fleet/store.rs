//! Where a kiosk keeps its fleet's file: one small file in the data folder, there whole or not at all. What stands in it is
//! believed only as far as it is signed: each file is verified again whenever it is read.

use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::file::File;
use super::signature;
use super::state::{Signed, State};
use crate::durable;
use crate::settings::fleet::FleetSettings;

/// Far above three files of the largest size.
const LARGEST: u64 = 8 << 20;

/// What was verified last, by which key: the same bytes need not be verified every two seconds.
static PROVEN: Mutex<Option<(String, Signed)>> = Mutex::new(None);

/// The kept state of one kiosk.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    path: PathBuf,
    key: String,
}

impl Store {
    /// None where no fleet is followed.
    pub(crate) fn of(settings: &FleetSettings, data_dir: &Path) -> Option<Self> {
        let (_, key) = settings.followed()?;
        Some(Self { path: data_dir.join("fleet").join("state.json"), key: key.to_owned() })
    }

    /// Where it is kept.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What is kept. Blocks.
    pub(crate) fn read(&self) -> io::Result<State> {
        let file = match std::fs::File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(State::default()),
            Err(error) => return Err(error),
        };
        let mut text = String::new();
        file.take(LARGEST).read_to_string(&mut text)?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Keeps it; durable when it answers. One writer at a time. Blocks.
    pub(crate) fn keep(&self, state: &State) -> io::Result<()> {
        durable::replace(&self.path, &serde_json::to_vec(state)?)
    }

    /// The same; where it cannot be kept the log says so, and the kiosk goes on. Blocks.
    pub(crate) fn keep_or_say(&self, state: &State) {
        if let Err(error) = self.keep(state) {
            tracing::error!(%error, path = %self.path.display(), "fleet: cannot be kept");
        }
    }

    /// Whose it is, and what it says; else what is wrong with it.
    pub(crate) fn open(&self, signed: &Signed) -> Result<File, String> {
        let mut proven = PROVEN.lock().unwrap_or_else(PoisonError::into_inner);
        let is_proven = proven.as_ref().is_some_and(|(key, before)| *key == self.key && before == signed);
        if !is_proven {
            signature::verify(&self.key, signed.text.as_bytes(), &signed.signature)?;
            *proven = Some((self.key.clone(), signed.clone()));
        }
        drop(proven);
        File::parse(&signed.text)
    }

    /// The file that is in force, and its text; none where there is none, and where it is not what was signed. Blocks.
    pub(crate) fn in_force(&self) -> Option<(File, String)> {
        let signed = self.read().ok()?.in_force?;
        Some((self.open(&signed).ok()?, signed.text))
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
