//! Staff resolve a tap that needs them. What needs staff is not kept here: it comes as the journal has it, and is theirs
//! to change only while nothing of it is under way.

use std::collections::HashMap;

use super::Desk;
use super::journey::Journey;
use crate::effect::Effect;
use crate::entry::{Entry, EntryState};
use crate::ids::{CoworkerId, EntryId};
use crate::resolution::{NotResolved, Resolution};
use crate::tile::TileId;

/// A resolution that is being made durable.
#[derive(Debug)]
pub(super) struct Resolving {
    sequence: u64,
    before: Entry,
    after: Entry,
}

impl Desk {
    /// `entry` is as the journal has it now. It changes when that is durable, and not before.
    pub(super) fn resolve(&mut self, entry: Entry, resolution: &Resolution) {
        let id = entry.id;
        // Also what is only watched: a late word of the service may change it at any moment.
        if self.journeys.contains_key(&id) || self.resolving.contains_key(&id) {
            self.answer_staff(id, Err(NotResolved::UnderWay));
            return;
        }
        // What the disk did not take yet is newer than what the journal has.
        let before = self.storage.unwritten(id).unwrap_or(entry);
        let Some(state) = resolution.applied(&before.state) else {
            self.answer_staff(id, Err(NotResolved::Changed));
            return;
        };
        let retried_at = if state == EntryState::Waiting { Some(self.now.utc) } else { before.retried_at };
        let after = Entry { state, retried_at, ..before.clone() };
        let sequence = self.record(after.clone());
        self.resolving.insert(id, Resolving { sequence, before, after });
    }

    /// Takes note of what the journal said of a resolution.
    pub(super) fn resolution_recorded(&mut self, id: EntryId, sequence: u64, result: &Result<(), String>) {
        if self.resolving.get(&id).is_none_or(|resolving| resolving.sequence != sequence) {
            return;
        }
        let Some(Resolving { before, after, .. }) = self.resolving.remove(&id) else { return };
        if let Err(why) = result {
            // Nobody knows what a disk keeps of what it refused: as it was, it is stored again until it is.
            self.record(before);
            self.answer_staff(id, Err(NotResolved::NotStored(why.clone())));
            return;
        }
        let is_for_staff = |entry: &Entry| usize::from(matches!(entry.state, EntryState::NeedsStaff(_)));
        self.needs_staff = (self.needs_staff + is_for_staff(&after)).saturating_sub(is_for_staff(&before));
        if after.state == EntryState::Waiting {
            let owners = self.owners();
            self.take_up(after, &owners);
        }
        self.answer_staff(id, Ok(()));
    }

    /// Whose tiles these are, by the taps under way.
    fn owners(&self) -> HashMap<TileId, CoworkerId> {
        let owner = |journey: &Journey| Some((journey.entry.tile.clone()?, journey.coworker()?));
        self.journeys.values().filter_map(owner).collect()
    }

    fn answer_staff(&mut self, entry: EntryId, answer: Result<(), NotResolved>) {
        self.effects.push(Effect::AnswerStaff { entry, answer });
    }
}
