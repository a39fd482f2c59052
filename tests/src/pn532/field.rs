//! The radio field over the reader: which tiles lie in it, which of them are selected or halted (ISO 14443-3, 6.2), and
//! what comes back from them.

use std::time::Instant;

use super::tile::{Answer, Tile};

/// One stay of one tile on the reader: from being put there until being taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Presence(pub(super) u64);

/// State of a tile after ISO 14443-3, figure 7, as far as a reader can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Idle,
    Active,
    Halted,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Active => "active",
            Self::Halted => "halted",
        }
    }
}

/// A tile on the reader.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) presence: Presence,
    pub(super) tile: Tile,
    pub(super) state: State,
    pub(super) entered: Instant,
}

/// Which tiles a search wants.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// At most this many.
    pub(super) most: usize,
    /// Only the one with this UID, cascade tags included; empty for any.
    pub(super) cascaded_uid: Vec<u8>,
    /// Only those that speak ISO-DEP.
    pub(super) iso_dep: bool,
}

/// The field and what lies in it, in the order in which it was put there.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) tiles: Vec<Placed>,
    on: bool,
    next: u64,
}

impl Field {
    /// Puts a tile into the field.
    pub(super) fn present(&mut self, tile: Tile, entered: Instant) -> Presence {
        let presence = Presence(self.next);
        self.next += 1;
        self.tiles.push(Placed { presence, tile, state: State::Idle, entered });
        presence
    }

    /// Takes away the tile with this UID, or all, and tells which stays ended.
    pub(super) fn remove(&mut self, uid: Option<&[u8]>) -> Vec<Presence> {
        self.tiles
            .extract_if(.., |placed| uid.is_none_or(|uid| placed.tile.uid() == uid))
            .map(|placed| placed.presence)
            .collect()
    }

    /// Whether the field is on.
    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    /// Switches the field. Off means that all tiles lose power and forget what they were told.
    pub(super) fn switch(&mut self, on: bool) {
        if self.on && !on {
            for placed in &mut self.tiles {
                placed.state = State::Idle;
                placed.tile.lose_power();
            }
        }
        self.on = on;
    }

    /// One round of anticollision that began at `begun`: selects the first tiles that fit and were there all the time.
    /// A tile that was selected before goes back to the start; a halted one does not answer (REQA, ISO 14443-3, 6.4.1).
    pub(super) fn select(&mut self, wanted: &Wanted, begun: Instant) -> Vec<Presence> {
        let mut found = Vec::new();
        for placed in self.tiles.iter_mut().filter(|placed| placed.state != State::Halted) {
            placed.state = State::Idle;
            placed.tile.close_session();
            let fits = (wanted.cascaded_uid.is_empty() || placed.tile.cascaded_uid() == wanted.cascaded_uid)
                && (!wanted.iso_dep || placed.tile.is_iso_dep());
            if self.on && fits && placed.entered <= begun && found.len() < wanted.most {
                placed.state = State::Active;
                found.push(placed.presence);
            }
        }
        found
    }

    /// The tile of this stay, if it still lies there.
    pub(super) fn get(&mut self, presence: Presence) -> Option<&mut Placed> {
        self.tiles.iter_mut().find(|placed| placed.presence == presence)
    }

    /// The tile that hears raw frames: the first selected one.
    pub(super) fn listener(&mut self) -> Option<&mut Placed> {
        self.tiles.iter_mut().find(|placed| placed.state == State::Active)
    }
}

impl Placed {
    /// Exchanges one frame, without CRC, with the tile.
    pub(super) fn exchange(&mut self, command: &[u8]) -> Answer {
        if self.state != State::Active {
            return Answer::Silence;
        }
        if let [0x50, 0x00] = command
            && !self.tile.in_session()
        {
            self.halt();
            return Answer::Silence;
        }
        match self.tile.answer(command) {
            Answer::Farewell(reply) => {
                self.halt();
                Answer::Data(reply)
            }
            // A tile that refuses goes back to the start and must be selected again (NTAG data sheet, 8.4).
            Answer::Nibble(nibble) if nibble != 0x0A => {
                self.state = State::Idle;
                Answer::Nibble(nibble)
            }
            answer => answer,
        }
    }

    /// Sends the tile to sleep until the field is cycled.
    pub(super) fn halt(&mut self) {
        self.state = State::Halted;
        self.tile.close_session();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_tiles() -> (Field, Presence, Presence, Instant) {
        let now = Instant::now();
        let mut field = Field::default();
        field.switch(true);
        let first = field.present(Tile::parse("04010203040506").unwrap(), now);
        let second = field.present(Tile::parse("0A0B0C0D").unwrap(), now);
        (field, first, second, now)
    }

    #[test]
    fn one_finds_the_first_two_find_both_and_a_uid_finds_its_own() {
        let (mut field, first, second, now) = two_tiles();
        let one = Wanted { most: 1, ..Wanted::default() };
        assert_eq!(field.select(&one, now), [first]);
        assert_eq!(field.select(&one, now), [first]);
        assert_eq!(field.select(&Wanted { most: 2, ..Wanted::default() }, now), [first, second]);
        let named = Wanted { most: 1, cascaded_uid: vec![0x0A, 0x0B, 0x0C, 0x0D], ..Wanted::default() };
        assert_eq!(field.select(&named, now), [second]);
    }

    #[test]
    fn a_halted_tile_sleeps_until_the_field_is_cycled() {
        let (mut field, first, second, now) = two_tiles();
        let one = Wanted { most: 1, ..Wanted::default() };
        field.get(first).unwrap().halt();
        assert_eq!(field.select(&one, now), [second]);
        assert_eq!(field.get(second).unwrap().exchange(&[0x50, 0x00]), Answer::Silence);
        assert_eq!(field.select(&one, now), []);
        field.switch(false);
        assert_eq!(field.select(&one, now), []);
        field.switch(true);
        assert_eq!(field.select(&one, now), [first]);
    }

    #[test]
    fn a_tile_that_comes_during_an_attempt_is_missed_by_it() {
        let mut field = Field::default();
        let begun = Instant::now();
        field.switch(true);
        field.present(Tile::phone(), begun + std::time::Duration::from_nanos(1));
        assert_eq!(field.select(&Wanted { most: 1, ..Wanted::default() }, begun), []);
    }
}
