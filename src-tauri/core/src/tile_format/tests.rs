//! The formats, forth and back.

use proptest::prelude::*;

use super::TileFormat::{Decimal, DecimalReversed, Facility, Hex, HexReversed};
use super::*;

fn read(format: TileFormat, text: &str) -> Option<String> {
    format.read(text).map(|tile| tile.as_text().to_owned())
}

#[test]
fn each_format_reads_and_writes() {
    let seven = "04A1B2C3D4E5F6";
    for (format, uid, texts) in [
        (Hex, seven, ["04A1B2C3D4E5F6", "04:a1:b2:c3:d4:e5:f6", "0x4A1B2C3D4E5F6"].as_slice()),
        (HexReversed, seven, &["F6E5D4C3B2A104", "f6 e5 d4 c3 b2 a1 04"]),
        (Decimal, seven, &["1303689068602870", "01303689068602870"]),
        (DecimalReversed, seven, &["69495546249912580"]),
        (Hex, "0A1B2C3D", &["0A1B2C3D", "A1B2C3D"]),
        (Decimal, "0A1B2C3D", &["0169552957", "169552957", " 00169552957 "]),
        (DecimalReversed, "0A1B2C3D", &["1026300682"]),
        (Hex, "01020304050607080910", &["01020304050607080910"]),
        (Decimal, "007BB26E", &["0008106606", "8106606"]),
        (Facility, "007BB26E", &["123,45678", "123-45678", "123:45678", "123/45678", "123 45678", "12345678"]),
        (Facility, "00010007", &["001,00007", "1,7", "00100007"]),
    ] {
        for text in texts {
            assert_eq!(read(format, text).as_deref(), Some(uid), "{format:?} {text}");
        }
        let TileReading::Usable(tile) = TileReading::of_stored(uid) else { panic!("{uid}") };
        assert_eq!(format.write(&tile).as_deref(), Some(texts[0]));
    }
}

#[test]
fn what_a_format_does_not_read_or_write() {
    for (format, text) in [
        (Hex, ""),
        (Hex, "0"),
        (Hex, "04A1B2ZZ"),
        (Hex, "0102030405060708091011"),
        (Decimal, "0A1B2C3D"),
        (Decimal, "0x169552957"),
        (Decimal, "12:34"),
        (Decimal, "123,45678"),
        (Facility, "256,00001"),
        (Facility, "001,65536"),
        (Facility, "25600001"),
        (Facility, "000,00000"),
        (Facility, "1234567"),
        (Facility, "1234,5678"),
        (Facility, "12,345678"),
        (Facility, "123,"),
        (Facility, "é23,45678"),
    ] {
        assert_eq!(read(format, text), None, "{format:?} {text}");
    }
    let TileReading::Usable(tile) = TileReading::of_hex("04A1B2C3D4E5F6") else { panic!("usable") };
    assert_eq!(Facility.write(&tile), None);
    let TileReading::Usable(typed) = TileReading::of_typed("0008106606") else { panic!("usable") };
    assert!(TABLE.iter().all(|row| row.format.write(&typed).is_none()));
}

#[test]
fn a_typed_text_of_a_known_format_is_judged() {
    use crate::tile::Unusable::{Invalid, Random};
    for (format, text, expected) in [
        (Hex, "04a1b2c3d4e5f6\n", Ok("04A1B2C3D4E5F6")),
        (Hex, "08A1B2C3", Err(Random)),
        (HexReversed, "C3B2A108", Err(Random)),
        (Hex, "88A1B2C3", Err(Invalid)),
        // A chip of 125 kHz, whose number may begin with anything.
        (Decimal, "0144814787", Ok("08A1B2C3")),
        (Decimal, "2292298435", Ok("88A1B2C3")),
        // The first step of a longer UID.
        (DecimalReversed, "1002701960", Err(Invalid)),
        (Decimal, "4294967295", Err(Invalid)),
        (Decimal, "0000000000", Err(Invalid)),
        (Facility, "123,45678", Ok("007BB26E")),
        (Facility, "0A1B2C3D", Err(Invalid)),
    ] {
        let judged = match format.tile_of(text) {
            TileReading::Usable(tile) => Ok(tile.as_text().to_owned()),
            TileReading::Unusable(why) => Err(why),
        };
        assert_eq!(judged.as_deref(), expected.as_deref(), "{format:?} {text}");
    }
}

#[test]
fn a_readers_format_is_learnt_from_one_tile() {
    for (typed, known, expected) in [
        ("04A1B2C3D4E5F6", "04A1B2C3D4E5F6", [Hex].as_slice()),
        ("F6E5D4C3B2A104", "04A1B2C3D4E5F6", &[HexReversed]),
        // The record is the one that stands the wrong way round.
        ("04A1B2C3D4E5F6", "F6:E5:D4:C3:B2:A1:04", &[Hex]),
        ("1303689068602870", "04:a1:b2:c3:d4:e5:f6", &[Decimal]),
        ("69495546249912580", "1303689068602870", &[DecimalReversed]),
        ("0169552957", "0A1B2C3D", &[Decimal]),
        ("1026300682", "0A1B2C3D", &[DecimalReversed]),
        ("0A1B2C3D", "0169552957", &[Hex]),
        ("0169552957", "0169552957", &[Decimal]),
        ("0008106606", "123,45678", &[Decimal]),
        ("123,45678", "8106606", &[Facility]),
        ("12345678", "123-45678", &[Facility]),
        ("12345678", "12345678", &[Hex, Decimal, Facility]),
        // A palindrome tells no order.
        ("0A1B1B0A", "0A1B1B0A", &[Hex, HexReversed]),
        ("0169552957", "04A1B2C3D4E5F6", &[]),
        // A part of a UID is not the UID.
        ("161,45763", "04A1B2C3D4E5F6", &[]),
        ("", "", &[]),
        ("fob-12", "fob-12", &[]),
    ] {
        assert_eq!(formats_that_fit(typed, known), expected, "{typed} and {known}");
    }
}

#[test]
fn the_table_is_in_order_and_its_words_are_known() {
    for row in &TABLE {
        assert_eq!((row.format.row().format, TileFormat::of_word(row.word)), (row.format, Some(row.format)));
    }
    assert_eq!(TileFormat::of_word("HEX"), None);
}

fn uid() -> impl Strategy<Value = Uid> {
    let bytes = |length| prop::collection::vec(any::<u8>(), length);
    prop_oneof![bytes(4), bytes(7), bytes(10)]
        .prop_filter_map("a tile", |bytes| Uid::of_bytes(&bytes).filter(|uid| uid.number() > 0))
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same_tile(uid in uid()) {
        let tile = TileId::of_uid(uid);
        for row in &TABLE {
            if let Some(text) = row.format.write(&tile) {
                prop_assert_eq!(row.format.read(&text), Some(tile.clone()), "{:?}", row.format);
            }
        }
        prop_assert!(Hex.write(&tile).is_some() && HexReversed.write(&tile).is_some());
        let fits = |number: u128| Uid::of_number(number).is_some_and(|same| same.bytes().len() == uid.bytes().len());
        prop_assert_eq!(Decimal.write(&tile).is_some(), fits(uid.number()));
        prop_assert_eq!(DecimalReversed.write(&tile).is_some(), fits(uid.reversed().number()));
        prop_assert_eq!(Facility.write(&tile).is_some(), uid.bytes().len() == 4 && uid.bytes()[0] == 0);
    }

    #[test]
    fn reversed_pairs_mirror_each_other(uid in uid()) {
        let (tile, mirrored) = (TileId::of_uid(uid), TileId::of_uid(uid.reversed()));
        prop_assert_eq!(Hex.write(&tile), HexReversed.write(&mirrored));
        prop_assert_eq!(Decimal.write(&tile), DecimalReversed.write(&mirrored));
    }

    #[test]
    fn lost_and_added_zeros_change_nothing(uid in uid(), zeros in 0usize..8) {
        let tile = TileId::of_uid(uid);
        for format in [Decimal, DecimalReversed] {
            if let Some(text) = format.write(&tile) {
                let (bare, more) = (text.trim_start_matches('0'), format!("{}{text}", "0".repeat(zeros)));
                prop_assert_eq!(format.read(bare), Some(tile.clone()));
                prop_assert_eq!(format.read(&more), Some(tile.clone()));
            }
        }
    }

    #[test]
    fn a_facility_and_its_card_are_one_number(facility in 0u8.., card in 1u16..) {
        let (number, eight) = (u32::from(facility) << 16 | u32::from(card), format!("{facility:03}{card:05}"));
        for text in [format!("{facility:03},{card:05}"), format!("{facility}/{card}"), eight] {
            prop_assert_eq!(Facility.read(&text), Decimal.read(&number.to_string()), "{}", text);
        }
    }

    #[test]
    fn nothing_typed_does_harm(typed in ".*", known in ".*") {
        for row in &TABLE {
            row.format.tile_of(&typed);
        }
        formats_that_fit(&typed, &known);
        TileReading::of_typed(&typed);
        if let TileReading::Usable(tile) = TileReading::of_stored(&typed) {
            prop_assert_eq!(TileReading::of_stored(tile.stored()), TileReading::Usable(tile.clone()));
            prop_assert!(2 * (tile.masked().chars().count() - 1) <= tile.as_text().chars().count());
        }
    }
}
