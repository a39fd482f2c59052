//! The tile in the member's hand: what its UID tells, and what it does not.
//!
//! A UID identifies and proves nothing: it can be cloned. It is still personal data, so it is masked wherever it is
//! printed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A tile's UID in its canonical form: upper-case hex without separators, byte 0 first; 4, 7 or 10 bytes.
///
/// `Debug` and `Display` show only the last two bytes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TileId(String);

impl TileId {
    /// The whole canonical UID, for look-ups and for the encrypted or local record; never for a log or a screen.
    pub fn as_hex(&self) -> &str {
        &self.0
    }

    /// The last two bytes behind an ellipsis, as printed and shown: `…B2C3`.
    pub fn masked(&self) -> String {
        format!("…{}", &self.0[self.0.len() - 4..])
    }

    pub(crate) fn from_bytes(uid: &[u8]) -> Self {
        let mut hex = String::with_capacity(uid.len() * 2);
        for byte in uid {
            for digit in [byte >> 4, byte & 0xF] {
                hex.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
        Self(hex)
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
        let length_is_right = matches!(uid.len(), 4 | 7 | 10);
        let cascade_tag_first = uid.first() == Some(&0x88);
        if !length_is_right || cascade_tag_first || uid.iter().all(|&b| b == 0) || uid.iter().all(|&b| b == 0xFF) {
            return Self::Unusable(Unusable::Invalid);
        }
        if uid.len() == 4 && uid[0] == 0x08 {
            return Self::Unusable(Unusable::Random);
        }
        Self::Usable(TileId::from_bytes(uid))
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

    /// The masked UID, where there is one.
    pub fn masked(&self) -> Option<String> {
        match self {
            Self::Usable(tile) => Some(tile.masked()),
            Self::Unusable(_) => None,
        }
    }
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
}
