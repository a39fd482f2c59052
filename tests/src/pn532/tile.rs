//! Tiles: ISO 14443 type A cards, fobs, stickers and phones, and what each answers on the air (ISO 14443-3 and -4, NXP
//! data sheets of NTAG213/215/216).

use std::{fmt, str::FromStr};

use anyhow::{Context as _, bail, ensure};

use super::{frames::hex, memory::Memory};

/// What a tile is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// NTAG213: 144 bytes of user memory, 7-byte UID.
    Ntag213,
    /// NTAG215: 504 bytes of user memory, 7-byte UID.
    Ntag215,
    /// NTAG216: 888 bytes of user memory, 7-byte UID.
    Ntag216,
    /// Mifare Classic 1k by its ATQA and SAK alone; every authentication fails.
    Classic,
    /// DESFire-like ISO-DEP card with an ATS.
    Desfire,
    /// A phone: ISO-DEP, and a new random UID (4 bytes starting 08) each time the field is cycled.
    Phone,
    /// Nothing but a UID of 4, 7 or 10 bytes.
    Plain,
}

impl Kind {
    /// All kinds, in the order in which help lists them.
    pub const ALL: [Self; 7] =
        [Self::Ntag213, Self::Ntag215, Self::Ntag216, Self::Classic, Self::Desfire, Self::Phone, Self::Plain];

    /// Its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ntag213 => "ntag213",
            Self::Ntag215 => "ntag215",
            Self::Ntag216 => "ntag216",
            Self::Classic => "classic",
            Self::Desfire => "desfire",
            Self::Phone => "phone",
            Self::Plain => "plain",
        }
    }

    /// The kind a UID of `length` bytes is given when none is named: classic for 4, ntag213 for 7, plain for 10.
    pub fn usual(length: usize) -> Self {
        match length {
            4 => Self::Classic,
            7 => Self::Ntag213,
            _ => Self::Plain,
        }
    }

    fn has_memory(self) -> bool {
        matches!(self, Self::Ntag213 | Self::Ntag215 | Self::Ntag216)
    }

    fn is_iso_dep(self) -> bool {
        matches!(self, Self::Desfire | Self::Phone)
    }

    fn uid_lengths(self) -> &'static [usize] {
        match self {
            Self::Ntag213 | Self::Ntag215 | Self::Ntag216 => &[7],
            Self::Classic | Self::Desfire => &[4, 7],
            Self::Phone => &[4],
            Self::Plain => &[4, 7, 10],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> anyhow::Result<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .with_context(|| format!("unknown type \"{name}\"; known: {}", Self::ALL.map(Self::name).join(", ")))
    }
}

/// One tile.
#[derive(Clone, Debug)]
pub struct Tile {
    kind: Kind,
    uid: Vec<u8>,
    memory: Option<Memory>,
    /// Block number of the ISO-DEP session, once RATS was answered.
    session: Option<u8>,
}

/// What comes back from a tile after one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Bytes, followed by a CRC on the air.
    Data(Vec<u8>),
    /// Four bits without CRC: 0x0A is ACK, all else NAK.
    Nibble(u8),
    /// No answer.
    Silence,
    /// The answer to S(DESELECT); the tile halts after it.
    Farewell(Vec<u8>),
}

impl Tile {
    /// A tile of the given kind and UID; the UID's length in bytes must suit the kind.
    pub fn new(uid: &[u8], kind: Kind) -> anyhow::Result<Self> {
        let lengths = kind.uid_lengths();
        ensure!(lengths.contains(&uid.len()), "a {kind} has a UID of {lengths:?} bytes, not {}", uid.len());
        // 88 is the cascade tag: no reader can select a single-size UID that starts with it (ISO 14443-3, 6.5.4).
        ensure!(uid.len() != 4 || uid[0] != 0x88, "a UID of 4 bytes cannot start with 88");
        let memory = kind.has_memory().then(|| Memory::new(kind, uid));
        Ok(Self { kind, uid: uid.to_vec(), memory, session: None })
    }

    /// A phone with a random UID.
    pub fn phone() -> Self {
        Self { kind: Kind::Phone, uid: random_uid(), memory: None, session: None }
    }

    /// Reads `UID [TYPE [URI]]` or `phone`, the form of the control commands; the UID is hex, `:`, `-` and `.` allowed.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut words = text.split_whitespace();
        let first = words.next().context("a UID in hex, or \"phone\", is missing")?;
        if first == "phone" {
            ensure!(words.next().is_none(), "nothing may follow \"phone\"");
            return Ok(Self::phone());
        }
        let uid = parse_uid(first)?;
        let kind = words.next().map_or_else(|| Ok(Kind::usual(uid.len())), str::parse)?;
        let tile = Self::new(&uid, kind)?;
        let tile = words.next().map_or_else(|| Ok(tile.clone()), |uri| tile.clone().with_uri(uri))?;
        ensure!(words.next().is_none(), "too many words: UID, TYPE and URI are all");
        Ok(tile)
    }

    /// The same tile with an NDEF message of one URI record (NFC Forum Type 2 Tag). Fails where there is no room.
    pub fn with_uri(mut self, uri: &str) -> anyhow::Result<Self> {
        match &mut self.memory {
            Some(memory) => memory.write_uri(uri)?,
            None => bail!("a {} has no NDEF memory", self.kind),
        }
        Ok(self)
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its UID, byte 0 first, without cascade tags.
    pub fn uid(&self) -> &[u8] {
        &self.uid
    }

    /// Its UID in upper-case hex without separators.
    pub fn uid_hex(&self) -> String {
        hex(&self.uid)
    }

    /// ATQA, high byte first, as the PN532 reports it. Bits 6 and 7 tell the UID's size (ISO 14443-3, 6.5.2).
    pub(super) fn atqa(&self) -> [u8; 2] {
        let size = match self.uid.len() {
            4 => 0x00,
            7 => 0x40,
            _ => 0x80,
        };
        [if self.kind == Kind::Desfire { 0x03 } else { 0x00 }, 0x04 | size]
    }

    /// SAK of the last cascade level (NXP AN10833).
    pub(super) fn sak(&self) -> u8 {
        match self.kind {
            Kind::Classic => 0x08,
            Kind::Desfire | Kind::Phone => 0x20,
            _ => 0x00,
        }
    }

    /// Whether it speaks ISO 14443-4.
    pub(super) fn is_iso_dep(&self) -> bool {
        self.kind.is_iso_dep()
    }

    /// Its UID with cascade tags as readers send it to select one tile: 4, 8 or 12 bytes (ISO 14443-3, 6.5.4).
    pub(super) fn cascaded_uid(&self) -> Vec<u8> {
        let (levels, last) = self.uid.split_at(self.uid.len() - 4);
        levels.chunks(3).flat_map(|level| [&[0x88], level].concat()).chain(last.iter().copied()).collect()
    }

    /// Opens an ISO-DEP session and gives the ATS, its length byte first.
    pub(super) fn open_session(&mut self) -> Option<Vec<u8>> {
        let ats: &[u8] = match self.kind {
            Kind::Desfire => &[0x06, 0x75, 0x77, 0x81, 0x02, 0x80],
            Kind::Phone => &[0x05, 0x78, 0x80, 0x70, 0x02],
            _ => return None,
        };
        self.session = Some(1);
        Some(ats.to_vec())
    }

    /// What a lost field, a HALT or a new selection does to it: the session ends.
    pub(super) fn close_session(&mut self) {
        self.session = None;
    }

    /// What a lost field does to it, beyond the end of the session: a phone takes a new UID.
    pub(super) fn lose_power(&mut self) {
        self.close_session();
        if self.kind == Kind::Phone {
            self.uid = random_uid();
        }
    }

    /// Whether an ISO-DEP session is open.
    pub(super) fn in_session(&self) -> bool {
        self.session.is_some()
    }

    /// Answers one frame on the air, without CRC, after the selection.
    pub(super) fn answer(&mut self, command: &[u8]) -> Answer {
        if let Some(block) = self.session {
            return self.answer_block(block, command);
        }
        if let Some(memory) = &mut self.memory {
            return memory.answer(command);
        }
        match command {
            [0xE0, _] => self.open_session().map_or(Answer::Silence, Answer::Data),
            [0x60 | 0x61, ..] if self.kind == Kind::Classic => Answer::Nibble(0x04),
            _ => Answer::Silence,
        }
    }

    /// Answers one ISO 7816-4 command, without block framing.
    pub(super) fn answer_application(&self, command: &[u8]) -> Vec<u8> {
        match command {
            [_, 0xA4, ..] => vec![0x6A, 0x82],
            [0x60] if self.kind == Kind::Desfire => vec![0xAF, 0x04, 0x01, 0x01, 0x01, 0x00, 0x18, 0x05],
            [_] if self.kind == Kind::Desfire => vec![0x1C],
            _ => vec![0x6D, 0x00],
        }
    }

    /// ISO 14443-4, 7.5: I-blocks, R-blocks for presence checks, S(DESELECT).
    fn answer_block(&mut self, block: u8, command: &[u8]) -> Answer {
        match command {
            [control @ (0x02 | 0x03), application @ ..] => {
                self.session = Some(control & 1);
                Answer::Data([&[*control], &self.answer_application(application)[..]].concat())
            }
            [0xB2 | 0xB3] => Answer::Data(vec![0xA2 | block]),
            [0xC2] => Answer::Farewell(vec![0xC2]),
            _ => Answer::Silence,
        }
    }
}

/// Reads a UID in hex; `:`, `-` and `.` between bytes are allowed.
pub(super) fn parse_uid(text: &str) -> anyhow::Result<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|letter| !matches!(letter, ':' | '-' | '.'))
        .map(|letter| letter.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()
        .with_context(|| format!("\"{text}\" is not a UID in hex"))?;
    ensure!(digits.len().is_multiple_of(2), "\"{text}\" has half a byte too many");
    let uid: Vec<u8> = digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    ensure!(matches!(uid.len(), 4 | 7 | 10), "a UID has 4, 7 or 10 bytes, \"{text}\" has {}", uid.len());
    Ok(uid)
}

/// A random identifier of ISO 14443-3, 6.5.4: 08 and three random bytes.
fn random_uid() -> Vec<u8> {
    let random = uuid::Uuid::new_v4().into_bytes();
    vec![0x08, random[0], random[1], random[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uid_size_is_told_and_cascaded() {
        let plain = |text| Tile::parse(text).unwrap();
        let [four, seven, ten] = [plain("01020304"), plain("04:A1:B2:C3:D4:E5:F6"), plain("0102030405060708090A")];
        assert_eq!([four.atqa(), seven.atqa(), ten.atqa()], [[0, 0x04], [0, 0x44], [0, 0x84]]);
        assert_eq!(hex(&four.cascaded_uid()), "01020304");
        assert_eq!(hex(&seven.cascaded_uid()), "8804A1B2C3D4E5F6");
        assert_eq!(hex(&ten.cascaded_uid()), "88010203880405060708090A");
        assert_eq!([four.kind(), seven.kind(), ten.kind()], [Kind::Classic, Kind::Ntag213, Kind::Plain]);
    }

    #[test]
    fn a_phone_changes_its_uid_with_the_field() {
        let mut phone = Tile::phone();
        let before = phone.uid().to_vec();
        phone.lose_power();
        assert_eq!((before[0], phone.uid()[0]), (0x08, 0x08));
        assert_ne!(before, phone.uid());
    }

    #[test]
    fn impossible_tiles_are_refused_with_a_reason() {
        for (text, reason) in [
            ("", "missing"),
            ("04A1B2", "4, 7 or 10"),
            ("04A1B2C", "half a byte"),
            ("xyz", "not a UID"),
            ("01020304 ntag213", "UID of [7]"),
            ("01020304 teapot", "unknown type"),
            ("88020304", "88"),
            ("01020304 classic http://x", "no NDEF"),
            ("phone again", "nothing may follow"),
        ] {
            let error = Tile::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text:?}: {error}");
        }
    }

    #[test]
    fn an_iso_dep_tile_speaks_blocks_once_it_was_asked_to() {
        let mut tile = Tile::parse("04010203040506 desfire").unwrap();
        assert_eq!(tile.answer(&[0xB2]), Answer::Silence);
        assert_eq!(tile.answer(&[0xE0, 0x80]), Answer::Data(vec![0x06, 0x75, 0x77, 0x81, 0x02, 0x80]));
        assert_eq!(tile.answer(&[0xB2]), Answer::Data(vec![0xA3]));
        assert_eq!(tile.answer(&[0x02, 0x00, 0xA4, 0x04, 0x00]), Answer::Data(vec![0x02, 0x6A, 0x82]));
        assert_eq!(tile.answer(&[0xC2]), Answer::Farewell(vec![0xC2]));
    }
}
