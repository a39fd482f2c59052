//! How a house writes its tiles, learnt from the records that it has.
//!
//! Most texts could be several things. Those that can be one alone tell: letters of hex, the 04 at one end of a UID of
//! seven bytes (NXP's, as most are), ten digits of a number that takes fewer, a facility's comma.

use std::collections::BTreeMap;

use crate::tile::TileId;
use crate::tile_format::{HEX_SEPARATORS, TileFormat, facility_with_separator, hex_digits};
use crate::tile_text::means;
use crate::uid::{Uid, number};

/// Fewer texts that tell are too few to learn from.
const LEAST: u32 = 20;
/// So many in a hundred agree.
const AGREE: u32 = 95;
/// NXP's byte at the start of its UIDs of seven bytes.
const NXP: u8 = 0x04;

/// Formats that differ in their byte order alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Hex,
    Decimal,
    Facility,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Hex, Self::Decimal, Self::Facility];

    pub(crate) fn of(format: TileFormat) -> Self {
        match format {
            TileFormat::Hex | TileFormat::HexReversed => Self::Hex,
            TileFormat::Decimal | TileFormat::DecimalReversed => Self::Decimal,
            TileFormat::Facility => Self::Facility,
        }
    }

    fn format(self, reversed: bool) -> TileFormat {
        match (self, reversed) {
            (Self::Hex, false) => TileFormat::Hex,
            (Self::Hex, true) => TileFormat::HexReversed,
            (Self::Decimal, false) => TileFormat::Decimal,
            (Self::Decimal, true) => TileFormat::DecimalReversed,
            (Self::Facility, _) => TileFormat::Facility,
        }
    }
}

/// What one text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Tell {
    kind: Kind,
    /// Whether the bytes stand the other way round, where that can be seen.
    reversed: Option<bool>,
    separator: Option<char>,
    /// Whether leading zeros are kept, where there were some.
    zeros: Option<bool>,
}

/// What all texts tell.
#[derive(Debug, Default)]
pub(crate) struct Evidence(BTreeMap<Tell, u32>);

/// How a house writes its tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct House {
    pub(crate) format: TileFormat,
    separator: Option<char>,
    zeros: bool,
}

impl Evidence {
    pub(crate) fn add(&mut self, text: &str) {
        if let Some(tell) = tell(text) {
            *self.0.entry(tell).or_default() += 1;
        }
    }

    /// Takes back what was added.
    pub(crate) fn remove(&mut self, text: &str) {
        let Some(tell) = tell(text) else { return };
        if let Some(count) = self.0.get_mut(&tell) {
            *count -= 1;
            if *count == 0 {
                self.0.remove(&tell);
            }
        }
    }

    fn count(&self, counts: impl Fn(&Tell) -> bool) -> u32 {
        self.0.iter().filter(|(tell, _)| counts(tell)).map(|(_, count)| count).sum()
    }

    /// Whether numbers are in hex, in decimal or a facility's, where enough texts agree.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let all = self.count(|_| true);
        Kind::ALL.into_iter().find(|&kind| agree(self.count(|tell| tell.kind == kind), all))
    }

    /// How the house writes, where enough texts agree, also on the order of the bytes.
    pub(crate) fn house(&self) -> Option<House> {
        let kind = self.kind()?;
        let of_kind = |counts: &dyn Fn(&Tell) -> bool| self.count(|tell| tell.kind == kind && counts(tell));
        let told = of_kind(&|tell| tell.reversed.is_some());
        let order = |reversed| agree(of_kind(&|tell| tell.reversed == Some(reversed)), told);
        let reversed = [false, true].into_iter().find(|&reversed| order(reversed))?;
        let all = of_kind(&|_| true);
        let separators = self.0.keys().filter_map(|tell| tell.separator);
        let separator = separators.into_iter().find(|&one| of_kind(&|tell| tell.separator == Some(one)) * 2 > all);
        let zeros = of_kind(&|tell| tell.zeros == Some(true)) >= of_kind(&|tell| tell.zeros == Some(false));
        Some(House { format: kind.format(reversed), separator, zeros })
    }
}

fn agree(those: u32, all: u32) -> bool {
    all >= LEAST && u64::from(those) * 100 >= u64::from(all) * u64::from(AGREE)
}

impl House {
    /// The tile as it is written here; none where this house's way cannot say it so that it is found again.
    pub(crate) fn write(self, tile: &TileId) -> Option<String> {
        let text = self.format.write(tile)?;
        let text = match (Kind::of(self.format), self.separator) {
            (Kind::Hex, Some(separator)) => {
                let pairs: Vec<&str> = (0..text.len()).step_by(2).map(|place| &text[place..place + 2]).collect();
                pairs.join(&separator.to_string())
            }
            (Kind::Facility, Some(separator)) => text.replace(',', &separator.to_string()),
            (Kind::Decimal, _) if !self.zeros => text.trim_start_matches('0').to_owned(),
            _ => text,
        };
        Some(text).filter(|text| means(text, tile, Some(Kind::of(self.format))))
    }
}

/// The tiles that a text means by what it tells; where it tells nothing, by any format in which its bytes stand as written.
pub(crate) fn as_written(text: &str) -> Vec<Uid> {
    let told = tell(text).map(|tell| vec![tell.kind.format(tell.reversed == Some(true))]);
    let formats = told.unwrap_or_else(|| Kind::ALL.into_iter().map(|kind| kind.format(false)).collect());
    formats.into_iter().filter_map(|format| format.uid(text)).collect()
}

fn tell(text: &str) -> Option<Tell> {
    let text = text.trim();
    let silent = Tell { kind: Kind::Facility, reversed: None, separator: None, zeros: None };
    if let Some((_, separator)) = facility_with_separator(text) {
        // In full: what is shorter may be anything with a comma in it. The order of these bytes is always the same.
        return (text.len() == "123,45678".len() && text.find(separator) == Some(3)).then_some(Tell {
            separator: Some(separator),
            reversed: Some(false),
            ..silent
        });
    }
    let digits = hex_digits(text);
    let separator = text.chars().find(|c| HEX_SEPARATORS.contains(c));
    let separator = separator.filter(|&separator| text.split(separator).all(|pair| pair.len() == 2));
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) || !(7..=20).contains(&digits.len()) {
        return None;
    }
    let letters = digits.bytes().any(|byte| byte.is_ascii_alphabetic());
    let reversed = |uid: Uid| match (uid.bytes().first() == Some(&NXP), uid.bytes().last() == Some(&NXP)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    };
    let seven = Uid::of_hex(&digits).filter(|uid| uid.bytes().len() == 7).and_then(reversed);
    // A UID of seven bytes as a number has fourteen digits only where two of its bytes are zero.
    let in_pairs = separator.is_some() && Uid::of_hex(&digits).is_some();
    if letters || in_pairs || seven.is_some() {
        return Some(Tell { kind: Kind::Hex, reversed: seven, separator, ..silent });
    }
    if digits.len() != text.len() {
        return None;
    }
    let value = number(&digits, 10)?;
    let decimal = Tell { kind: Kind::Decimal, ..silent };
    match digits.len() {
        9 => Some(Tell { zeros: Some(false), ..decimal }),
        // With its bytes the other way round, a number would hardly ever begin with a byte of zeros.
        10 if value < 1 << 24 => Some(Tell { reversed: Some(false), zeros: Some(true), ..decimal }),
        10 if value < 1 << 32 => Some(Tell { zeros: digits.starts_with('0').then_some(true), ..decimal }),
        15..=17 if value < 1 << 56 => Some(Tell { reversed: Uid::of_number(value).and_then(reversed), ..decimal }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
