//! Each member's unfinished taps in the order of their numbers; only the first is worked on.
//!
//! A tap whose member is not known yet stands in its tile's line. As soon as one tap of a tile is known to be a member's,
//! those that stand in the tile's line are moved to the member's: whoever tapped first goes first.

use std::collections::{BTreeMap, HashMap};

use crate::ids::{CoworkerId, EntryId};
use crate::tile::TileId;

/// Whose line it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Member(CoworkerId),
    Tile(TileId),
}

impl Owner {
    /// The member, where known, else the tile; nobody where a tap has neither.
    pub(super) fn of(coworker: Option<CoworkerId>, tile: Option<&TileId>) -> Option<Self> {
        coworker.map(Self::Member).or_else(|| tile.cloned().map(Self::Tile))
    }
}

/// The lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    lines: HashMap<Owner, Line>,
    places: HashMap<EntryId, (Owner, u64)>,
}

#[derive(Debug, Default)]
struct Line {
    waiting: BTreeMap<u64, EntryId>,
    /// Who is being worked on: nobody is put before them.
    under_way: Option<u64>,
}

impl Line {
    fn first(&self) -> Option<EntryId> {
        let number = self.under_way.or_else(|| self.waiting.keys().next().copied())?;
        self.waiting.get(&number).copied()
    }
}

impl Lines {
    /// Puts a tap into its owner's line by its number, out of any other line that it stands in.
    pub(super) fn join(&mut self, owner: Owner, number: u64, id: EntryId) {
        if self.places.get(&id).is_some_and(|(current, _)| *current == owner) {
            return;
        }
        self.leave(id);
        self.lines.entry(owner.clone()).or_default().waiting.insert(number, id);
        self.places.insert(id, (owner, number));
    }

    /// Moves the taps of a tile into the line of the member who turned out to have it.
    pub(super) fn adopt(&mut self, tile: &TileId, coworker: CoworkerId) {
        let Some(line) = self.lines.get(&Owner::Tile(tile.clone())) else { return };
        let moved: Vec<_> = line.waiting.iter().map(|(number, id)| (*number, *id)).collect();
        for (number, id) in moved {
            self.join(Owner::Member(coworker), number, id);
        }
    }

    /// Takes a tap out of its line; who is first there now.
    pub(super) fn leave(&mut self, id: EntryId) -> Option<EntryId> {
        let (owner, number) = self.places.remove(&id)?;
        let line = self.lines.get_mut(&owner)?;
        line.waiting.remove(&number);
        if line.under_way == Some(number) {
            line.under_way = None;
        }
        let first = line.first();
        if first.is_none() {
            self.lines.remove(&owner);
        }
        first
    }

    /// The tap is being worked on from now on, where it may.
    pub(super) fn set_out(&mut self, id: EntryId) {
        if let Some((owner, number)) = self.places.get(&id)
            && let Some(line) = self.lines.get_mut(owner)
        {
            line.under_way = Some(*number);
        }
    }

    /// Nothing of the tap is under way: an earlier one may be put before it.
    pub(super) fn pause(&mut self, id: EntryId) {
        if let Some((owner, number)) = self.places.get(&id)
            && let Some(line) = self.lines.get_mut(owner)
            && line.under_way == Some(*number)
        {
            line.under_way = None;
        }
    }

    /// Whether it is this tap's turn; who stands in no line waits for nobody.
    pub(super) fn is_first(&self, id: EntryId) -> bool {
        self.first_before(id).is_none()
    }

    /// The tap that goes before this one.
    pub(super) fn first_before(&self, id: EntryId) -> Option<EntryId> {
        let (owner, _) = self.places.get(&id)?;
        self.lines.get(owner)?.first().filter(|first| *first != id)
    }

    /// The member's unfinished taps, in order.
    pub(super) fn of(&self, coworker: CoworkerId) -> impl Iterator<Item = EntryId> {
        self.lines.get(&Owner::Member(coworker)).into_iter().flat_map(|line| line.waiting.values().copied())
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.places.is_empty()
    }
}
