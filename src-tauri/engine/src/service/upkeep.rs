//! What is done to a kiosk from outside: looking at what waits, giving it up, signing out, starting anew.

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{StartError, device, journal_key};
use crate::device::DeviceId;
use crate::journal::{self, JournalError, QueueReport};
use crate::keys::{self, JournalKey, JournalKeyStore, KeyStore, StaffPin, StoreKind, TokenStore};
use crate::lock::Alone;
use crate::out_of_order;
use crate::settings::Settings;
use crate::staff_desk::audit::AuditReport;

/// How long a kiosk may take to end: what a second one waits for. One that is told to end does so within 5 s.
const ENDS_WITHIN: Duration = Duration::from_secs(6);

/// What waits in the journal, read beside a running kiosk; nothing is made. Blocks.
pub fn queue(settings: &Settings, keys: &dyn KeyStore) -> Result<QueueReport, StartError> {
    Ok(journal::report(&settings.data_dir, key_to_read(settings, keys)?.as_ref())?)
}

/// What staff did at this kiosk, read beside a running one; nothing is made. Blocks.
pub fn audit(settings: &Settings, keys: &dyn KeyStore) -> Result<AuditReport, StartError> {
    Ok(journal::audit::report(&settings.data_dir, key_to_read(settings, keys)?.as_ref())?.into())
}

/// How many taps keep this kiosk at the location that it served so far. Fails where a journal is there and its key is not.
/// Blocks.
pub fn claimed(settings: &Settings, keys: &dyn KeyStore) -> Result<usize, StartError> {
    Ok(journal::claimed(&settings.data_dir, key_to_read(settings, keys)?.as_ref())?)
}

/// The key of the journal that is there; none is made.
fn key_to_read(settings: &Settings, keys: &dyn KeyStore) -> Result<Option<JournalKey>, StartError> {
    if !journal::needs_key(&settings.data_dir)? {
        return Ok(None);
    }
    Ok(JournalKeyStore::new(keys, &device(settings)?).load()?)
}

/// What came of a claim to a data folder. It is the claimer's alone until this is dropped.
#[derive(Debug)]
pub struct Claim {
    data_dir: PathBuf,
    alone: io::Result<Alone>,
}

impl Claim {
    /// Whether the data folder of these settings is the claimer's.
    pub fn holds(&self, settings: &Settings) -> bool {
        self.alone.is_ok() && self.data_dir == settings.data_dir
    }

    /// The process of the kiosk that ran here before, where it did not end by itself: killed, crashed, or without power.
    pub fn fallen(&self) -> Option<u32> {
        self.alone.as_ref().ok()?.fallen
    }

    /// The kiosk ends by itself. For a program that may end without dropping this.
    pub fn ends(&mut self) {
        if let Ok(alone) = &mut self.alone {
            alone.ends();
        }
    }

    /// Why the folder is not the claimer's. For the log, which begins after the claim: it lies in the folder.
    pub fn trouble(&self) -> Option<&io::Error> {
        self.alone.as_ref().err()
    }
}

/// Takes the data folder for the one kiosk that may run with it, until the answer is dropped. Waits some seconds for one
/// that is just ending, then fails. Where the folder cannot be used the answer says so, and whoever opens a desk there
/// fails. Blocks.
pub fn claim(settings: &Settings) -> Result<Claim, StartError> {
    let data_dir = &settings.data_dir;
    let claim = |alone| Claim { data_dir: data_dir.clone(), alone };
    let began = Instant::now();
    let alone = match Alone::claim(data_dir, ENDS_WITHIN) {
        Ok(Ok(alone)) => alone,
        Ok(Err(taken)) => return Err(StartError::AlreadyRuns { path: data_dir.clone(), process: taken.process }),
        Err(error) => return Ok(claim(Err(error))),
    };
    // Versions before this one held the journal alone; so do the commands that give up what is in it.
    loop {
        match journal::check_alone(data_dir) {
            Err(JournalError::InUse { .. }) if began.elapsed() < ENDS_WITHIN => {}
            Err(error @ JournalError::InUse { .. }) => return Err(error.into()),
            _ => return Ok(claim(Ok(alone))),
        }
    }
}

/// Hands every tap that waits to staff, with this reason, and answers what they were. Fails beside a running kiosk.
/// Blocks.
pub fn give_up(settings: &Settings, keys: &dyn KeyStore, reason: &str) -> Result<QueueReport, StartError> {
    let key = journal_key(settings, keys)?;
    Ok(journal::give_up(&settings.data_dir, &key, reason)?)
}

/// Forgets this device's tokens. Blocks.
pub fn forget_sign_in(settings: &Settings, keys: &dyn KeyStore) -> Result<(), StartError> {
    Ok(TokenStore::forget(keys, &device(settings)?)?)
}

/// Forgets journal, sign-in, staff PIN and device id, and the files in which this kiosk may have kept secrets, also
/// those of a store that it does not use any more and those that do not open. Fails beside a running kiosk. Blocks.
pub fn reset(settings: &Settings, keys: &dyn KeyStore) -> Result<(), StartError> {
    let device = device(settings)?;
    // The journal first: without its key it could neither be read nor given up.
    journal::remove(&settings.data_dir)?;
    let failed = |cause| StartError::DataFolder { path: settings.data_dir.clone(), cause };
    // A file that does not open cannot be changed either: it goes whole.
    keys::forget_tries(&settings.data_dir).and_then(|()| keys::forget_files(&settings.data_dir)).map_err(failed)?;
    if keys.kind() == StoreKind::System {
        JournalKeyStore::new(keys, &device).delete()?;
        TokenStore::forget(keys, &device)?;
        StaffPin::forget(keys, &device)?;
    }
    // The id last: the entries in the key store are found by it.
    DeviceId::forget(&settings.data_dir).map_err(failed)
}

/// Puts the kiosk of this data folder out of order, with a note for who stands before it, or in order again (none); a
/// running one follows within seconds. Blocks.
pub fn set_out_of_order(settings: &Settings, note: Option<&str>) -> Result<(), StartError> {
    out_of_order::set(&settings.data_dir, note)
        .map_err(|cause| StartError::DataFolder { path: settings.data_dir.clone(), cause })
}

/// What staff have to say of this kiosk, where they have put it out of order. Blocks.
pub fn out_of_order(settings: &Settings) -> Option<String> {
    out_of_order::note(&settings.data_dir)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn settings(data_dir: &Path) -> Settings {
        serde_json::from_value(serde_json::json!({ "data_dir": data_dir, "spaces": { "business_id": 9 } })).unwrap()
    }

    #[test]
    fn a_folder_that_cannot_be_claimed_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let good = settings(&folder.path().join("data"));
        let claimed = claim(&good).unwrap();
        assert!(claimed.holds(&good) && claimed.trouble().is_none());

        std::fs::write(folder.path().join("file"), "").unwrap();
        let bad = settings(&folder.path().join("file"));
        assert!(!claimed.holds(&bad), "another folder");
        let claimed = claim(&bad).unwrap();
        assert!(!claimed.holds(&bad) && claimed.trouble().is_some());
    }
}
