//! What a record's text means.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::tile::TileReading;

fn tiles_meant_by(text: &str) -> BTreeSet<String> {
    let uids = keys(text).into_iter().filter_map(|key| match key {
        Key::Uid(uid) => Some(uid.hex()),
        Key::Typed(_) => None,
    });
    uids.collect()
}

fn means(text: &str, uid: &str) -> bool {
    let found = tiles_meant_by(text).contains(uid);
    let TileReading::Usable(tile) = TileReading::of_stored(uid) else { panic!("{uid}") };
    assert_eq!(super::means(text, &tile, None), found, "{text:?} and {uid}");
    found
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
        ("123,45678", "007BB26E"),
        ("123:45678", "007BB26E"),
        ("123-45678", "007BB26E"),
        ("123/45678", "007BB26E"),
        ("123 45678", "007BB26E"),
        ("7BB26E", "007BB26E"),
        ("0008106606", "007BB26E"),
        // In hex and in full, with no letter in it.
        ("00123456", "00123456"),
        ("00:12:34:56", "00123456"),
        ("0x123456", "00123456"),
    ];
    for (text, uid) in cases {
        assert!(means(text, uid), "{text:?} should mean {uid}, means {:?}", tiles_meant_by(text));
    }
}

#[test]
fn what_a_text_does_not_mean() {
    for (text, uid) in [
        // Two halves of one number are no numbers, and a short number is no hex.
        ("123,45678", "0000007B"),
        ("123,45678", "0000B26E"),
        ("123456", "00123456"),
        ("12345678", "007BB26E"),
        ("256,00001", "01000001"),
        ("001,65536", "00020000"),
    ] {
        assert!(!means(text, uid), "{text:?} should not mean {uid}");
    }
}

#[test]
fn texts_that_mean_no_tile() {
    for text in ["", "   ", "none", "0", "000000", "card lost!", "ééé", "99999999999999999999999999", &"1".repeat(5000)]
    {
        assert!(tiles_meant_by(text).is_empty(), "{text:?} means {:?}", tiles_meant_by(text));
    }
}

#[test]
fn what_is_no_number_is_found_as_it_is() {
    let typed = |text: &str| Key::Typed(text.into());
    for (text, expected) in [
        ("fob-12", vec![typed("FOB-12")]),
        (" Fob 12 ; key 13", vec![typed("FOB 12"), typed("FOB 12 ; KEY 13"), typed("KEY 13")]),
        ("000999999999999999999999999999998", vec![typed("999999999999999999999999999998")]),
        ("0000", vec![]),
        ("ünlü", vec![]),
    ] {
        assert_eq!(keys(text), expected, "{text:?}");
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
        let canonical = Uid::of_bytes(&uid).map(|uid| uid.hex()).unwrap_or_default();
        let mut bytes = uid;
        if reversed {
            bytes.reverse();
        }
        let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(separator);
        prop_assert!(means(&hex, &canonical));
        let decimal = bytes.iter().fold(0u128, |value, &byte| value << 8 | u128::from(byte)).to_string();
        prop_assert!(means(&decimal, &canonical));
        let with_zeros = format!("000{decimal}");
        prop_assert!(means(&with_zeros, &canonical));
    }

    #[test]
    fn any_text_is_read_without_harm(text in ".*", typed in ".*") {
        prop_assert!(keys(&text).len() <= 4 * text.len().max(1));
        for kind in [None, Some(Kind::Hex), Some(Kind::Decimal), Some(Kind::Facility)] {
            prop_assert!(readings_of_typed(&typed, kind).len() <= 5);
            means_typed(&text, &typed, kind);
        }
    }

    /// What is found by its keys is what a look at the text says.
    #[test]
    fn keys_and_texts_agree(text in "[0-9A-F,:; ]{1,24}", typed in "[0-9A-F,: ]{1,12}") {
        let Some(typed) = typed_form(&typed) else { return Ok(()) };
        let found: BTreeSet<Key> = keys(&text).into_iter().collect();
        let wanted = readings_of_typed(&typed, None).into_iter().map(|reading| Key::Uid(reading.uid));
        let has_key = wanted.chain(Key::typed(&typed)).any(|key| found.contains(&key));
        if is_same_text(&text, &typed) || means_typed(&text, &typed, None) {
            prop_assert!(has_key, "{typed:?} is in {text:?}");
        }
    }
}
