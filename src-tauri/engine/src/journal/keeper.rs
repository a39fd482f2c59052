//! Who owns the database: opens it whatever was left behind, and opens it again when it turns out to be damaged.

use std::fs::File;

use chrono::{DateTime, Utc};
use tapdesk_core::ids::BusinessId;

use super::database::{Database, look};
use super::error::JournalError;
use super::home::{Home, Kind, kind};
use super::{birth, damage};
use crate::keys::JournalKey;

/// The one owner of a journal, for as long as it lives.
pub(super) struct Keeper {
    home: Home,
    key: JournalKey,
    /// None after a repair that did not succeed: the next work tries again.
    database: Option<Database>,
    _lock: File,
}

impl Keeper {
    /// Takes possession of the journal and opens it, or makes it.
    pub(super) fn open(home: Home, key: JournalKey) -> Result<Self, JournalError> {
        let lock = home.lock()?;
        let database = open(&home, &key)?;
        Ok(Self { home, key, database: Some(database), _lock: lock })
    }

    /// Whose taps these are; see [`Database::claim`].
    pub(super) fn claim(&mut self, location: BusinessId) -> Result<(), JournalError> {
        self.work(|database| database.claim(location))
    }

    /// Does `work`; if the database turns out to be damaged, it is repaired and the work is done once more.
    pub(super) fn work<T>(
        &mut self,
        mut work: impl FnMut(&mut Database) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let damaged = match &mut self.database {
            Some(database) => work(database),
            None => work(self.database.insert(open(&self.home, &self.key)?)),
        };
        let Err(JournalError::Damaged { what, .. }) = damaged else { return damaged };
        tracing::error!(what, "the journal is damaged");
        // Closed before it is set aside.
        self.leave();
        let damaged = work(self.database.insert(open(&self.home, &self.key)?));
        let Err(JournalError::Damaged { .. }) = damaged else { return damaged };
        // It was found sound, or repaired, in between: that word is not to be trusted.
        self.leave();
        damage::repair(&self.home, &self.key)?;
        work(self.database.insert(open(&self.home, &self.key)?))
    }

    fn leave(&mut self) {
        if let Some(database) = self.database.take() {
            database.leave();
        }
    }

    /// Forgets some of what was settled before `moment`; whether there may be more.
    pub(super) fn forget_some(&mut self, moment: DateTime<Utc>) -> Result<bool, JournalError> {
        self.work(|database| database.forget_some(moment))
    }
}

fn open(home: &Home, key: &JournalKey) -> Result<Database, JournalError> {
    damage::carry_on(home)?;
    match open_undamaged(home, key) {
        Err(JournalError::Damaged { .. }) => {
            damage::repair(home, key)?;
            open_undamaged(home, key)
        }
        opened => opened,
    }
}

fn open_undamaged(home: &Home, key: &JournalKey) -> Result<Database, JournalError> {
    let path = home.file();
    if kind(&path)? != Kind::Nothing {
        // A newer version's database must not be opened for writing: that alone would change it.
        look(&path, Some(key))?;
    }
    birth::bring_forth(home, key)?;
    Database::open(&path, key)
}
