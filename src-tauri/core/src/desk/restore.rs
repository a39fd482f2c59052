//! What an earlier run left in the journal is taken up again.

use std::collections::HashMap;
use std::time::Duration;

use super::journey::{Journey, Next, Step};
use super::lines::Owner;
use super::{Desk, Recent};
use crate::checkin::Attempt;
use crate::entry::{Entry, EntryState};
use crate::event::Kept;
use crate::ids::CoworkerId;
use crate::tile::TileId;

impl Desk {
    pub(super) fn restored(&mut self, kept: Kept) {
        let Kept { mut unfinished, watched, mut recent, needs_staff, last_number, pin_tries } = kept;
        self.needs_staff = needs_staff;
        self.last_number = self.last_number.max(last_number);
        unfinished.sort_by_key(|entry| entry.number);
        recent.extend(watched.iter().cloned());
        recent.sort_by_key(|entry| entry.number);
        for entry in &recent {
            self.remember_restored(entry);
        }
        if let Some(tries) = pin_tries {
            self.restore_pin_tries(&tries);
        }
        let owners = owners(&unfinished);
        for entry in unfinished {
            self.take_up(entry, &owners);
        }
        for entry in watched {
            let (id, number) = (entry.id, entry.number);
            self.parked.insert(number, id);
            self.journeys.insert(id, Journey::new(entry, Step::Parked(Next::ReadBack { look: 1 })));
        }
    }

    pub(super) fn take_up(&mut self, entry: Entry, owners: &HashMap<TileId, CoworkerId>) {
        let (id, number) = (entry.id, entry.number);
        let next = match &entry.state {
            EntryState::Waiting => Next::Begin,
            EntryState::Sending(attempt @ Attempt::Report { .. }) => Next::Report(attempt.clone()),
            EntryState::Sending(attempt) => Next::LookUp { attempt: attempt.clone(), look: 0 },
            EntryState::Settled(_) | EntryState::NeedsStaff(_) => return,
        };
        let known = entry.coworker.or_else(|| entry.tile.as_ref().and_then(|tile| owners.get(tile).copied()));
        // A report is nobody's turn: its tap was answered.
        if let Some(owner) = Owner::of(known, entry.tile.as_ref()).filter(|_| !matches!(next, Next::Report(_))) {
            self.lines.join(owner, number, id);
        }
        self.waiting.insert(number, entry.tapped_at);
        let step = if self.lines.is_first(id) {
            self.parked.insert(number, id);
            Step::Parked(next)
        } else {
            Step::InLine(next)
        };
        self.journeys.insert(id, Journey { late: true, ..Journey::new(entry, step) });
    }

    /// The tile of somebody who was just served may still lie on the reader.
    fn remember_restored(&mut self, entry: &Entry) {
        let (Some(coworker), Some(verdict)) = (entry.coworker, entry.verdict()) else { return };
        let Some(left) = self.left_of_window(entry) else { return };
        let shown = self.shown(entry, None, verdict);
        let until = self.now.elapsed + left;
        let (tile, source, wanted) = (entry.tile.clone(), entry.source, entry.wanted);
        self.recent.insert(coworker, Recent { shown, tile, source, wanted, until });
    }

    /// How much of the repeat window is left for a tap of an earlier run, or one that staff asked for again, by the wall
    /// clock.
    pub(super) fn left_of_window(&self, entry: &Entry) -> Option<Duration> {
        let age = self.now.utc.signed_duration_since(entry.wanted_at()).to_std().ok()?;
        self.policy.repeat_window.checked_sub(age).filter(|left| !left.is_zero())
    }
}

/// Whose tiles these are, by the entries whose members are known.
fn owners(entries: &[Entry]) -> HashMap<TileId, CoworkerId> {
    entries.iter().filter_map(|entry| Some((entry.tile.clone()?, entry.coworker?))).collect()
}
