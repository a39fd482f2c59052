//! The tile in the member's hand: what its UID tells, and what it does not.
//!
//! A UID identifies and proves nothing: it can be cloned. It is still personal data, so it is masked wherever it is
//! printed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::tile_format::{Row, TABLE};
use crate::uid::Uid;

/// Stands before what was typed where a tile is stored, and nowhere else: no UID in hex begins with it.
const TYPED: char = '#';
/// The most characters that a reader may type for one tile.
pub(crate) const LONGEST_TYPED: usize = 64;
/// So many characters of a tile are shown, where that is not more than half of them.
const SHOWN: usize = 4;

/// A tile: its UID in canonical form (upper-case hex without separators, byte 0 first; 4, 7 or 10 bytes), or the text that
/// a keyboard reader of an unknown format typed for it.
///
/// `Debug` and `Display` show only its end.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TileId(String);

impl TileId {
    /// What is stored of it, for [`TileReading::of_stored`]; never for the service, a log or a screen.
    pub fn stored(&self) -> &str {
        &self.0
    }

    /// The whole canonical UID, or the text as it was typed: what the service is asked for; never for a log or a screen.
    pub fn as_text(&self) -> &str {
        self.typed().unwrap_or(&self.0)
    }

    /// What a reader of an unknown format typed; none for a tile whose UID is known.
    pub fn typed(&self) -> Option<&str> {
        self.0.strip_prefix(TYPED)
    }

    /// Its end behind an ellipsis, as printed and shown: `…B2C3`. Never more than half of it.
    pub fn masked(&self) -> String {
        let text = self.as_text();
        let hidden = text.chars().count() - SHOWN.min(text.chars().count() / 2);
        std::iter::once('…').chain(text.chars().skip(hidden)).collect()
    }

    /// Its UID; none for what was typed.
    pub(crate) fn uid(&self) -> Option<Uid> {
        Uid::of_hex(&self.0)
    }

    pub(crate) fn of_uid(uid: Uid) -> Self {
        Self(uid.hex())
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.masked())
    }
}

impl fmt::Debug for TileId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TileId({})", self.masked())
    }
}

/// What a reader saw, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TileReading {
    /// A tile with a UID of its own.
    Usable(TileId),
    /// Something that cannot identify anyone; its UID is not kept.
    Unusable(Unusable),
}

/// Why a tile cannot identify anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// A random id, new at every approach: phones, passports, cards in random-id mode (ISO 14443-3: 4 bytes, first 08).
    Random,
    /// Not a UID that a tile can have: wrong length, all 00, all FF, or starting with the cascade tag 88.
    Invalid,
    /// It stands for a place, and no member has it.
    Place,
}

impl TileReading {
    /// Judges the UID bytes that a reader reported, byte 0 first.
    pub fn of(uid: &[u8]) -> Self {
        let cascade_tag_first = uid.first() == Some(&CASCADE_TAG);
        match Uid::of_bytes(uid) {
            Some(known) if !cascade_tag_first && !is_blank(uid) => match uid {
                [0x08, _, _, _] => Self::Unusable(Unusable::Random),
                _ => Self::Usable(TileId::of_uid(known)),
            },
            _ => Self::Unusable(Unusable::Invalid),
        }
    }

    /// Judges a UID written as hex, in any case and without separators, as the reader process prints it.
    pub fn of_hex(text: &str) -> Self {
        let bytes: Option<Vec<u8>> = text
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).ok().filter(|p| p.len() == 2 && !p.starts_with('+')))
            .map(|pair| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect();
        bytes.map_or(Self::Unusable(Unusable::Invalid), |bytes| Self::of(&bytes))
    }

    /// Judges what a keyboard reader of an unknown format typed: one tile, whatever characters stand in it. The start of a
    /// longer UID is none in any format, but for the small numbers that a house counts through.
    pub fn of_typed(text: &str) -> Self {
        let cut_off = |row: &Row| row.format.uid(text).is_some_and(|uid| is_cut_off(uid) && !uid.is_small());
        let whole = typed_form(text).filter(|_| !TABLE.iter().any(cut_off));
        whole.map_or(Self::Unusable(Unusable::Invalid), |text| Self::Usable(TileId(format!("{TYPED}{text}"))))
    }

    /// The tile of what was stored. What was stored was judged before: a number may begin as a random UID does.
    pub fn of_stored(stored: &str) -> Self {
        match stored.strip_prefix(TYPED) {
            Some(typed) => Self::of_typed(typed),
            None => match Uid::of_hex(stored) {
                Some(uid) if !is_blank(uid.bytes()) => Self::Usable(TileId::of_uid(uid)),
                _ => Self::Unusable(Unusable::Invalid),
            },
        }
    }

    /// Judges a UID that was given as a number, in the canonical order of its bytes. Chips of 125 kHz count through all
    /// numbers, so that a first byte tells nothing of them, but for the start of a longer UID that a reader cut off: all
    /// tiles of its maker share that.
    pub(crate) fn of_number(uid: Uid) -> Self {
        if is_blank(uid.bytes()) || is_cut_off(uid) {
            return Self::Unusable(Unusable::Invalid);
        }
        Self::Usable(TileId::of_uid(uid))
    }

    /// The masked tile, where there is one.
    pub fn masked(&self) -> Option<String> {
        match self {
            Self::Usable(tile) => Some(tile.masked()),
            Self::Unusable(_) => None,
        }
    }
}

/// Stands before the first three bytes of a longer UID while a reader asks for the rest (ISO 14443-3, CT).
const CASCADE_TAG: u8 = 0x88;
/// NXP, whose tiles most are.
const MOST_COMMON_MAKER: u8 = 0x04;

/// Whether it is the first step of a longer UID, as readers give it that never ask for the rest: two bytes of it are left.
pub(crate) fn is_cut_off(uid: Uid) -> bool {
    uid.bytes().starts_with(&[CASCADE_TAG, MOST_COMMON_MAKER])
}

fn is_blank(uid: &[u8]) -> bool {
    uid.iter().all(|&byte| byte == 0) || uid.iter().all(|&byte| byte == 0xFF)
}

/// A text as a tile that a reader typed: without white space around it, in upper case. None for what no reader types for
/// a tile.
pub(crate) fn typed_form(text: &str) -> Option<String> {
    let text = text.trim();
    let is_one = |wanted: char| text.chars().all(|c| c.eq_ignore_ascii_case(&wanted));
    let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let usable = printable && (1..=LONGEST_TYPED).contains(&text.len()) && !['0', '9', 'F'].into_iter().any(is_one);
    usable.then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings() {
        use Unusable::{Invalid, Random};
        let cases: &[(&str, Result<&str, Unusable>)] = &[
            ("04A1B2C3D4E5F6", Ok("04A1B2C3D4E5F6")),
            ("04a1b2c3d4e5f6", Ok("04A1B2C3D4E5F6")),
            ("A1B2C3D4", Ok("A1B2C3D4")),
            ("0102030405060708090A", Ok("0102030405060708090A")),
            ("08A1B2C3", Err(Random)),
            ("08A1B2C3D4E5F6", Ok("08A1B2C3D4E5F6")),
            ("88A1B2C3", Err(Invalid)),
            ("00000000", Err(Invalid)),
            ("FFFFFFFFFFFFFF", Err(Invalid)),
            ("", Err(Invalid)),
            ("04A1", Err(Invalid)),
            ("04A1B2C", Err(Invalid)),
            ("+4A1B2C3", Err(Invalid)),
            ("04A1B2ZZ", Err(Invalid)),
            ("04A1B2é", Err(Invalid)),
        ];
        for (uid, expected) in cases {
            let expected = match expected {
                Ok(canonical) => TileReading::Usable(TileId((*canonical).to_owned())),
                Err(why) => TileReading::Unusable(*why),
            };
            assert_eq!(TileReading::of_hex(uid), expected, "{uid}");
        }
    }

    #[test]
    fn a_printed_tile_is_masked() {
        let TileReading::Usable(tile) = TileReading::of_hex("04A1B2C3D4E5F6") else { panic!("usable") };
        assert_eq!(tile.to_string(), "…E5F6");
        assert_eq!(format!("{tile:?}"), "TileId(…E5F6)");
    }

    #[test]
    fn what_was_typed_is_one_tile() {
        let long = "7".repeat(LONGEST_TYPED);
        for (typed, text) in [
            ("0008106606", "0008106606"),
            ("  123,45678\r\n", "123,45678"),
            ("fob-12 ab", "FOB-12 AB"),
            ("#12", "#12"),
            // A fob's number, of 24 bits.
            ("0008062088", "0008062088"),
            (long.as_str(), long.as_str()),
        ] {
            let TileReading::Usable(tile) = TileReading::of_typed(typed) else { panic!("{typed:?}") };
            assert_eq!((tile.as_text(), tile.typed()), (text, Some(text)));
            assert_eq!(tile.stored(), format!("#{text}"));
            assert_eq!(TileReading::of_stored(tile.stored()), TileReading::Usable(tile));
        }
        let too_long = "7".repeat(LONGEST_TYPED + 1);
        for typed in [
            "",
            "  ",
            "0000000000",
            "FFFFFFFF",
            "ffff",
            "9999999999",
            "1234é",
            "12\t34",
            "8804C43B",
            "1002701960",
            too_long.as_str(),
        ] {
            assert_eq!(TileReading::of_typed(typed), TileReading::Unusable(Unusable::Invalid), "{typed:?}");
        }
    }

    #[test]
    fn what_was_stored_is_the_same_tile() {
        let TileReading::Usable(tile) = TileReading::of_hex("04A1B2C3D4E5F6") else { panic!("usable") };
        assert_eq!((tile.stored(), tile.as_text(), tile.typed()), ("04A1B2C3D4E5F6", "04A1B2C3D4E5F6", None));
        assert_eq!(TileReading::of_stored("04A1B2C3D4E5F6"), TileReading::Usable(tile));
        // A number of a reader whose format is known.
        assert!(matches!(TileReading::of_stored("08A1B2C3"), TileReading::Usable(_)));
        for stored in ["", "#", "#0000", "04A1B2", "00000000", "nonsense"] {
            assert_eq!(TileReading::of_stored(stored), TileReading::Unusable(Unusable::Invalid), "{stored:?}");
        }
    }

    #[test]
    fn half_of_a_tile_at_most_is_shown() {
        for (typed, masked) in
            [("0008106606", "…6606"), ("12345678", "…5678"), ("1234567", "…567"), ("12", "…2"), ("1", "…")]
        {
            let TileReading::Usable(tile) = TileReading::of_typed(typed) else { panic!("{typed}") };
            assert_eq!(tile.masked(), masked);
            assert_eq!(format!("{tile:?}"), format!("TileId({masked})"));
        }
    }
}
