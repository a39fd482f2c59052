//! Staff who wait for the desk's answer about a tap that they resolve. One at a time for each tap: what the desk is told
//! of it was read from the journal after the answer before.

use std::collections::HashMap;

use tapdesk_core::entry::Entry;
use tapdesk_core::event::Event;
use tapdesk_core::ids::EntryId;
use tapdesk_core::resolution::{NotResolved, Resolution};
use tokio::sync::oneshot;

use crate::journal::{Journal, JournalError};

/// What staff want of a tap.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) entry: EntryId,
    pub(crate) resolution: Resolution,
    pub(crate) answer: oneshot::Sender<Result<(), NotResolved>>,
}

/// The tap as the journal has it.
#[derive(Debug)]
pub(crate) struct Read {
    entry: EntryId,
    resolution: Resolution,
    found: Result<Option<(Entry, bool)>, JournalError>,
}

/// Who waits.
#[derive(Debug, Default)]
pub(crate) struct Resolvers(HashMap<EntryId, oneshot::Sender<Result<(), NotResolved>>>);

impl Resolvers {
    /// Reads the tap; none where it is being resolved already.
    pub(crate) fn take(
        &mut self,
        wanted: Wanted,
        journal: &Journal,
    ) -> Option<impl Future<Output = Read> + Send + 'static> {
        let Wanted { entry, resolution, answer } = wanted;
        if self.0.contains_key(&entry) {
            // Whoever asked may be gone by the time of the answer; that is no fault, here and below.
            drop(answer.send(Err(NotResolved::UnderWay)));
            return None;
        }
        self.0.insert(entry, answer);
        let found = journal.entry(entry);
        Some(async move { Read { entry, resolution, found: found.await } })
    }

    /// What the desk is to be told; none where it is answered already.
    pub(crate) fn read(&mut self, read: Read) -> Option<Event> {
        let Read { entry, resolution, found } = read;
        let not = match found {
            Ok(Some((_, false))) if resolution == Resolution::Retry => NotResolved::NotUnderstood,
            Ok(Some((entry, _))) => return Some(Event::Resolve { entry: Box::new(entry), resolution }),
            Ok(None) => NotResolved::Changed,
            Err(error) => NotResolved::NotStored(error.to_string()),
        };
        self.answer(entry, Err(not));
        None
    }

    /// Tells who waits for it.
    pub(crate) fn answer(&mut self, entry: EntryId, answer: Result<(), NotResolved>) {
        drop(self.0.remove(&entry).map(|waits| waits.send(answer)));
    }
}
