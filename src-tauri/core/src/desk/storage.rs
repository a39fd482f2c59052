//! What is on its way into the journal, and whether the journal can be written at all.

use std::collections::HashMap;
use std::time::Duration;

use super::Desk;
use super::timers::Timer;
use crate::effect::{Effect, Notice, StorageState};
use crate::entry::Entry;
use crate::ids::EntryId;

/// The pause before what could not be stored is stored again, and between two tests of a journal that fails.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

/// The journal as seen from here.
#[derive(Debug, Default)]
pub(super) struct Storage {
    /// Terminal states on their way into the journal. One that could not be stored is stored again, or a restart would
    /// take up a tap that was answered.
    unwritten: HashMap<EntryId, (u64, Entry)>,
    state: StorageState,
}

impl Storage {
    /// The terminal state of this entry that the journal does not have yet.
    pub(super) fn unwritten(&self, id: EntryId) -> Option<Entry> {
        self.unwritten.get(&id).map(|(_, entry)| entry.clone())
    }
}

impl Desk {
    /// Asks for the entry to be stored; the number under which the answer comes.
    pub(super) fn record(&mut self, entry: Entry) -> u64 {
        self.sequence += 1;
        if entry.state.is_terminal() {
            self.storage.unwritten.insert(entry.id, (self.sequence, entry.clone()));
        } else {
            // Staff asked for it again: what was concluded before must not come after this.
            self.storage.unwritten.remove(&entry.id);
        }
        self.effects.push(Effect::Record { entry, sequence: self.sequence });
        self.sequence
    }

    /// Takes note of the answer.
    pub(super) fn stored(&mut self, id: EntryId, sequence: u64, result: Result<(), String>) {
        if self.storage.unwritten.get(&id).is_some_and(|(awaited, _)| *awaited == sequence) {
            if result.is_ok() {
                self.storage.unwritten.remove(&id);
            } else {
                self.timers.set(self.now.elapsed + AGAIN_AFTER, Timer::Rewrite);
            }
        }
        self.storage_is(result);
    }

    pub(super) fn rewrite(&mut self) {
        let entries: Vec<Entry> = self.storage.unwritten.values().map(|(_, entry)| entry.clone()).collect();
        for entry in entries {
            self.record(entry);
        }
    }

    pub(super) fn storage_tested(&mut self, result: Result<(), String>) {
        if result.is_err() {
            self.timers.set(self.now.elapsed + AGAIN_AFTER, Timer::TestStorage);
        }
        self.storage_is(result);
    }

    pub(super) fn test_storage(&mut self) {
        if self.storage.state != StorageState::Works {
            self.effects.push(Effect::TestStorage);
        }
    }

    fn storage_is(&mut self, result: Result<(), String>) {
        let state = result.map_or_else(|why| StorageState::Fails { why }, |()| StorageState::Works);
        if std::mem::discriminant(&state) == std::mem::discriminant(&self.storage.state) {
            return;
        }
        if state != StorageState::Works {
            self.timers.set(self.now.elapsed + AGAIN_AFTER, Timer::TestStorage);
        }
        self.storage.state = state.clone();
        self.tell(Notice::Storage(state));
    }
}
