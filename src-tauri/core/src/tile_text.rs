//! How people write a tile's UID into a member's record, and which UIDs such a text can mean.
//!
//! `AccessCardId` and `KeyFobNumber` are free text and the service prescribes no format (`nexudus-api.md` section 7.1):
//! hex with or without separators, decimal, either byte order, leading zeros kept or lost, several ids in one field.

use std::collections::BTreeSet;

use crate::tile::TileId;

/// The lengths a UID can have, in bytes (ISO 14443-3).
const UID_LENGTHS: [usize; 3] = [4, 7, 10];
/// More characters than any writing of one UID needs: 10 bytes as "0x" and hex with a separator and a space between.
const LONGEST_TEXT: usize = 64;

/// All UIDs that `text` can mean; empty when it means none.
///
/// A text is read as one UID with separators inside, and also as several ids separated by commas, semicolons, bars or
/// white space.
pub fn tiles_meant_by(text: &str) -> BTreeSet<TileId> {
    let mut tiles = BTreeSet::new();
    for part in text.split([',', ';', '|', '\n', '\r', '\t', '/']) {
        read_one(part, &mut tiles);
        if part.split_whitespace().nth(1).is_some() {
            part.split_whitespace().filter(|word| word.len() > 2).for_each(|word| read_one(word, &mut tiles));
        }
    }
    tiles
}

fn read_one(text: &str, tiles: &mut BTreeSet<TileId>) {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_TEXT {
        return;
    }
    let hex_marked = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits: String =
        hex_marked.unwrap_or(text).chars().filter(|c| !matches!(c, ':' | '-' | '.' | '_' | ' ')).collect();
    let written_as_pairs = text.contains([':', '-', '.', '_', ' ']) && digits.len().is_multiple_of(2);
    if let Some(value) = number(&digits, 16) {
        let written_length = UID_LENGTHS.into_iter().find(|length| length * 2 == digits.len());
        add(value, written_length, tiles);
    }
    if hex_marked.is_none()
        && !written_as_pairs
        && let Some(value) = number(&digits, 10)
    {
        add(value, None, tiles);
    }
}

/// The value of `digits`, up to 10 bytes; `None` for anything else, zero included.
fn number(digits: &str, radix: u32) -> Option<u128> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    u128::from_str_radix(digits, radix).ok().filter(|&value| value > 0 && value < 1 << 80)
}

/// Adds the UID whose bytes are `value`, and the one with its bytes in the other order.
fn add(value: u128, written_length: Option<usize>, tiles: &mut BTreeSet<TileId>) {
    let fits = |length: &usize| value < 1 << (8 * length);
    let Some(length) = written_length.or_else(|| UID_LENGTHS.into_iter().find(fits)) else { return };
    let mut bytes = value.to_be_bytes()[16 - length..].to_vec();
    tiles.insert(TileId::from_bytes(&bytes));
    bytes.reverse();
    tiles.insert(TileId::from_bytes(&bytes));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn means(text: &str, uid: &str) -> bool {
        tiles_meant_by(text).iter().any(|tile| tile.as_hex() == uid)
    }

    #[test]
    fn ways_to_write_a_uid() {
        let seven = "04A1B2C3D4E5F6";
        let four = "0A1B2C3D";
        let cases = [
            ("04A1B2C3D4E5F6", seven),
            ("04a1b2c3d4e5f6", seven),
            ("04:A1:B2:C3:D4:E5:F6", seven),
            ("04-A1-B2-C3-D4-E5-F6", seven),
            ("04 A1 B2 C3 D4 E5 F6", seven),
            ("0x04A1B2C3D4E5F6", seven),
            ("4A1B2C3D4E5F6", seven),
            ("F6E5D4C3B2A104", seven),
            ("F6:E5:D4:C3:B2:A1:04", seven),
            ("1303689068602870", seven),
            ("  04A1B2C3D4E5F6  ", seven),
            ("11111111, 04A1B2C3D4E5F6", seven),
            ("11111111;04A1B2C3D4E5F6", seven),
            ("11111111 04A1B2C3D4E5F6", seven),
            ("04A1B2C3D4E5F6\n11111111", seven),
            ("0A1B2C3D", four),
            ("A1B2C3D", four),
            ("169552957", four),
            ("0169552957", four),
            ("0000169552957", four),
            ("1026300682", four),
            ("01020304050607080910", "01020304050607080910"),
        ];
        for (text, uid) in cases {
            assert!(means(text, uid), "{text:?} should mean {uid}, means {:?}", tiles_meant_by(text));
        }
    }

    #[test]
    fn texts_that_mean_no_tile() {
        for text in
            ["", "   ", "none", "0", "000000", "card lost!", "ééé", "99999999999999999999999999", &"1".repeat(5000)]
        {
            assert!(tiles_meant_by(text).is_empty(), "{text:?} means {:?}", tiles_meant_by(text));
        }
    }

    #[test]
    fn a_pair_of_hex_digits_is_not_a_tile_of_its_own() {
        assert_eq!(tiles_meant_by("04 A1 B2 C3").len(), 2, "one UID in its two byte orders");
    }

    proptest! {
        #[test]
        fn every_usual_writing_of_a_uid_means_it(
            uid in prop_oneof![prop::collection::vec(1u8.., 4), prop::collection::vec(1u8.., 7), prop::collection::vec(1u8.., 10)],
            separator in prop::sample::select(vec!["", ":", "-", " "]),
            reversed: bool,
        ) {
            let canonical = TileId::from_bytes(&uid);
            let mut bytes = uid;
            if reversed {
                bytes.reverse();
            }
            let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(separator);
            prop_assert!(means(&hex, canonical.as_hex()));
            let decimal = bytes.iter().fold(0u128, |value, &byte| value << 8 | u128::from(byte)).to_string();
            prop_assert!(means(&decimal, canonical.as_hex()));
            let with_zeros = format!("000{decimal}");
            prop_assert!(means(&with_zeros, canonical.as_hex()));
        }

        #[test]
        fn any_text_is_read_without_harm(text in ".*") {
            prop_assert!(tiles_meant_by(&text).len() <= 4 * text.len().max(1));
        }
    }
}
