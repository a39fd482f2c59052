//! The readers: how each is, and what lies on it.

use std::collections::BTreeMap;

use crate::effect::ReaderState;
use crate::reader::ReaderPlace;
use crate::tile::TileReading;

/// All readers that have said something.
#[derive(Debug, Default)]
pub(super) struct Readers {
    by_place: BTreeMap<ReaderPlace, Reader>,
}

#[derive(Debug, Default)]
struct Reader {
    state: ReaderState,
    /// What lies on it: one tap for as long as it lies there, also across a restart of the reader.
    held: Option<TileReading>,
}

impl Readers {
    /// Takes a reader's state; the state of all of them, where that changed.
    pub(super) fn is(&mut self, place: ReaderPlace, state: ReaderState) -> Option<ReaderState> {
        let before = self.state();
        self.by_place.entry(place).or_default().state = state;
        Some(self.state()).filter(|now| *now != before)
    }

    /// A tile lies on this reader; whether it did not before.
    pub(super) fn lies_on(&mut self, place: ReaderPlace, reading: &TileReading) -> bool {
        let held = &mut self.by_place.entry(place).or_default().held;
        let is_new = held.as_ref() != Some(reading);
        if is_new {
            *held = Some(reading.clone());
        }
        is_new
    }

    /// Nothing lies on this reader.
    pub(super) fn is_empty(&mut self, place: ReaderPlace) {
        self.by_place.entry(place).or_default().held = None;
    }

    /// Whether nothing lies on any of them.
    pub(super) fn are_empty(&self) -> bool {
        self.by_place.values().all(|reader| reader.held.is_none())
    }

    /// They work when each of them does: whoever stands before one that does not would wait for ever.
    fn state(&self) -> ReaderState {
        let states = || self.by_place.values().map(|reader| &reader.state);
        let down = states().filter_map(|state| match state {
            ReaderState::Down { why } => Some(why.as_str()),
            _ => None,
        });
        let why = down.collect::<Vec<_>>().join("; ");
        if !why.is_empty() {
            return ReaderState::Down { why };
        }
        if self.by_place.is_empty() || states().any(|state| *state == ReaderState::Starting) {
            return ReaderState::Starting;
        }
        let names = states().filter_map(|state| match state {
            ReaderState::Up { name } => Some(name.as_str()),
            _ => None,
        });
        ReaderState::Up { name: names.collect::<Vec<_>>().join(", ") }
    }
}
