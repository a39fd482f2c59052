//! How a tile's number is written: the one place that knows the formats.
//!
//! A reader that types, an access system and the people who fill in records each write the same bytes in their own way.
//! Every format here keeps the whole number, so that two texts mean the same tile or do not. That leaves out one kind of
//! reader: those that give the UID of a MIFARE tile, of 4 or 7 bytes, as a 26-bit number. Three bytes of it are left, and
//! which three differs from maker to maker: the first three with the last in front (monkeyboard's Wiegand library for
//! Arduino, issues 54 and 59: 9B3FAA of AA3F9B1A), the last three (`YetAnotherArduinoWiegandLibrary`, issue 8: 077,30211 of
//! 0A004D7603), the bits turned round and inverted (Stack Overflow, question 32498011). Even where that is known, tiles
//! of one delivery share their maker's first byte and often more. Who is charged cannot rest on that: a UID that a
//! reader of UIDs read is never matched with a 26-bit number by a part of it, and [`TileFormat::Facility`] is the whole
//! number of a 24-bit chip.

use crate::tile::{TileId, TileReading, Unusable};
use crate::tile_house::as_written;
use crate::uid::{Uid, number};

/// More characters than any writing of one UID needs: 10 bytes as "0x" and hex with a separator and a space between.
pub(crate) const LONGEST_TEXT: usize = 64;
/// What stands between the bytes of hex.
pub(crate) const HEX_SEPARATORS: [char; 5] = [':', '-', '.', '_', ' '];
/// What stands between a facility and its card.
const FACILITY_SEPARATORS: [char; 5] = [',', '-', ':', '/', ' '];

/// A way to write a tile's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileFormat {
    /// The UID's bytes in hex, byte 0 first.
    Hex,
    /// The UID's bytes in hex, the last first.
    HexReversed,
    /// The UID as a number, byte 0 the most significant.
    Decimal,
    /// The UID as a number, byte 0 the least significant.
    DecimalReversed,
    /// The 24 bits of a 26-bit number: a facility of 0 to 255 and a card of 0 to 65535.
    Facility,
}

/// What there is to know of a format.
#[derive(Debug)]
pub struct Row {
    /// The format.
    pub format: TileFormat,
    /// As it stands in a configuration.
    pub word: &'static str,
    /// For people.
    pub sentence: &'static str,
    read: fn(&str) -> Option<Uid>,
    write: fn(Uid) -> Option<String>,
}

/// All formats, in the order of [`TileFormat`].
pub const TABLE: [Row; 5] = [
    Row {
        format: TileFormat::Hex,
        word: "hex",
        sentence: "The UID in hex, first byte first: 04A1B2C3D4E5F6 or 04:A1:B2:C3:D4:E5:F6.",
        read: hex,
        write: |uid| Some(uid.hex()),
    },
    Row {
        format: TileFormat::HexReversed,
        word: "hex_reversed",
        sentence: "The UID in hex, last byte first: F6E5D4C3B2A104.",
        read: |text| hex(text).map(|uid| uid.reversed()),
        write: |uid| Some(uid.reversed().hex()),
    },
    Row {
        format: TileFormat::Decimal,
        word: "decimal",
        sentence: "The UID as one number, first byte first: 0169552957 for 0A1B2C3D.",
        read: decimal,
        write: |uid| Some(decimal_text(uid)),
    },
    Row {
        format: TileFormat::DecimalReversed,
        word: "decimal_reversed",
        sentence: "The UID as one number, last byte first: 1026300682 for 0A1B2C3D.",
        read: |text| decimal(text).map(|uid| uid.reversed()),
        write: |uid| Some(decimal_text(uid.reversed())),
    },
    Row {
        format: TileFormat::Facility,
        word: "facility",
        sentence: "Facility and card of a 26-bit number: 123,45678 or 12345678.",
        read: facility,
        write: facility_text,
    },
];

impl TileFormat {
    /// What there is to know of it.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The format of this word of a configuration.
    pub fn of_word(word: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.word == word).map(|row| row.format)
    }

    /// The tile that `text` means in this format. A number that lost leading zeros is filled up to 4, 7 or 10 bytes.
    pub fn read(self, text: &str) -> Option<TileId> {
        self.uid(text).map(TileId::of_uid)
    }

    /// The tile in this format; none where the format cannot say it, or would not be read as the same tile again.
    pub fn write(self, tile: &TileId) -> Option<String> {
        let uid = tile.uid()?;
        (self.row().write)(uid).filter(|text| self.uid(text) == Some(uid))
    }

    /// Judges what a reader of this format typed: the same tile as at a reader of UIDs.
    pub fn tile_of(self, text: &str) -> TileReading {
        let Some(uid) = self.uid(text) else { return TileReading::Unusable(Unusable::Invalid) };
        match self {
            Self::Hex | Self::HexReversed => TileReading::of(uid.bytes()),
            Self::Decimal | Self::DecimalReversed | Self::Facility => TileReading::of_number(uid),
        }
    }

    pub(crate) fn uid(self, text: &str) -> Option<Uid> {
        let text = text.trim();
        if text.len() > LONGEST_TEXT { None } else { (self.row().read)(text) }
    }
}

/// Which formats make `typed` mean the tile that `known` means: a UID, or the text of a member's record. Only where it is
/// exactly one, that is the reader's: with none the two are not the same tile, with several another tile may tell.
///
/// A byte order that `known` does not tell is taken as it is written.
pub fn formats_that_fit(typed: &str, known: &str) -> Vec<TileFormat> {
    let known = as_written(known);
    let fits = |format: &TileFormat| format.uid(typed).is_some_and(|uid| known.contains(&uid));
    TABLE.iter().map(|row| row.format).filter(fits).collect()
}

/// The digits of what may be hex, without what stands between them.
pub(crate) fn hex_digits(text: &str) -> String {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    digits.chars().filter(|c| !HEX_SEPARATORS.contains(c)).collect()
}

fn hex(text: &str) -> Option<Uid> {
    let digits = hex_digits(text);
    let value = number(&digits, 16).filter(|&value| value > 0)?;
    Uid::of_hex(&digits).or_else(|| Uid::of_number(value))
}

/// Separators may stand in a number too, but not between pairs, which are hex.
fn decimal(text: &str) -> Option<Uid> {
    let digits = hex_digits(text);
    let separated = text.contains(HEX_SEPARATORS);
    let is_hex = text.starts_with("0x") || text.starts_with("0X") || (separated && digits.len().is_multiple_of(2));
    if is_hex { None } else { Uid::of_number(number(&digits, 10)?) }
}

/// Most readers write 4 bytes with ten digits.
fn decimal_text(uid: Uid) -> String {
    let width = if uid.bytes().len() == 4 { 10 } else { 0 };
    format!("{:0width$}", uid.number())
}

fn facility(text: &str) -> Option<Uid> {
    facility_with_separator(text).map(|(uid, _)| uid).or_else(|| {
        let eight = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        if eight { facility_and_card(&text[..3], &text[3..]) } else { None }
    })
}

/// A facility's number with what stands between it and the card's.
pub(crate) fn facility_with_separator(text: &str) -> Option<(Uid, char)> {
    let place = text.find(FACILITY_SEPARATORS)?;
    let separator = text[place..].chars().next()?;
    Some((facility_and_card(&text[..place], &text[place + 1..])?, separator))
}

fn facility_and_card(facility: &str, card: &str) -> Option<Uid> {
    if facility.len() > 3 || card.len() > 5 {
        return None;
    }
    let (facility, card) = (number(facility, 10)?, number(card, 10)?);
    let (facility, card) = (u8::try_from(facility).ok()?, u16::try_from(card).ok()?);
    Uid::of_number(u128::from(facility) << 16 | u128::from(card))
}

fn facility_text(uid: Uid) -> Option<String> {
    match uid.bytes() {
        &[0, facility, high, low] => Some(format!("{facility:03},{:05}", u16::from_be_bytes([high, low]))),
        _ => None,
    }
}

/// What the eight digits of a 24-bit tile's facility and card are as one decimal number.
pub(crate) fn eight_digits(uid: Uid) -> Option<Uid> {
    let text = facility_text(uid)?.replace(',', "");
    Uid::of_number(number(&text, 10)?)
}

#[cfg(test)]
mod tests;
