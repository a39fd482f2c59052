//! What a house's records tell.

use super::*;
use crate::tile::TileReading;

fn house(texts: impl IntoIterator<Item = String>) -> Option<House> {
    let mut evidence = Evidence::default();
    texts.into_iter().for_each(|text| evidence.add(&text));
    evidence.house()
}

fn tile(uid: &str) -> TileId {
    match TileReading::of_stored(uid) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    }
}

/// Twenty UIDs as NXP gives them.
fn uids() -> impl Iterator<Item = TileId> {
    (0..20).map(|number| tile(&format!("04A1B2C3D4{number:02}F6")))
}

#[test]
fn a_house_writes_as_its_records_do() {
    use TileFormat::{Decimal, DecimalReversed, Facility, Hex, HexReversed};
    let seven = "04112233445566";
    let fobs = || (0..20).map(|number| 8_106_600 + number * 131);
    let pairs = |text: String| {
        text.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned()).collect::<Vec<_>>().join(":")
    };
    let written = |format: TileFormat| uids().filter_map(|tile| format.write(&tile)).collect::<Vec<_>>();
    for (texts, format, uid, text) in [
        (written(Hex), Hex, seven, "04112233445566"),
        (written(HexReversed), HexReversed, seven, "66554433221104"),
        (written(Hex).into_iter().map(pairs).collect(), Hex, seven, "04:11:22:33:44:55:66"),
        (written(Decimal), Decimal, seven, "1144738493519206"),
        (written(DecimalReversed), DecimalReversed, "0A1B2C3D", "1026300682"),
        (fobs().map(|fob| format!("{fob:010}")).collect(), Decimal, "0A1B2C3D", "0169552957"),
        (
            fobs().map(|fob| format!("{:03}:{:05}", fob >> 16, fob & 0xFFFF)).collect(),
            Facility,
            "007BB26E",
            "123:45678",
        ),
    ] {
        let house = house(texts.clone()).unwrap();
        assert_eq!((house.format, house.write(&tile(uid)).as_deref()), (format, Some(text)), "{texts:?}");
        assert!(means(text, &tile(uid), Some(Kind::of(format))));
    }
}

#[test]
fn zeros_are_lost_where_the_house_loses_them() {
    let fobs = (0..20).map(|number| format!("{:010}", 8_106_600 + number));
    let bare = (0..40).map(|number| format!("{}", 169_552_957 + number));
    let house = house(fobs.chain(bare)).unwrap();
    assert_eq!(house.write(&tile("0A1B2C3D")).as_deref(), Some("169552957"));
}

#[test]
fn too_little_or_mixed_evidence_tells_nothing() {
    let hex = || uids().filter_map(|tile| TileFormat::Hex.write(&tile));
    let fob = |count: usize| (0..count).map(|number| format!("{:010}", 8_106_600 + number));
    assert_eq!(house(hex().skip(1)), None);
    assert!(house(hex().chain(fob(1))).is_some());
    assert_eq!(house(hex().chain(fob(2))), None);
    // Four bytes in hex tell no order, and that they are many.
    let four = |count: usize| (0..count).map(|number| format!("AB{number:06X}"));
    assert_eq!(house(four(40)), None);
    assert_eq!(house(four(500).chain(fob(20))), None);
    // Large decimal numbers of four bytes tell none either.
    assert_eq!(house((0..40).map(|number| format!("{}", 3_169_552_957_u32 + number))), None);
    for silent in ["", "none", "1234", "12345678", "00123456", "1,2", "card 7", "04040404040404", "A1B2C3D4;11223344"] {
        assert_eq!(house(std::iter::repeat_n(silent.to_owned(), 50)), None, "{silent}");
    }
}

#[test]
fn evidence_goes_with_its_text() {
    let mut evidence = Evidence::default();
    let texts: Vec<String> = uids().filter_map(|tile| TileFormat::Hex.write(&tile)).collect();
    for text in &texts {
        evidence.add(text);
    }
    assert!(evidence.house().is_some());
    for text in &texts {
        evidence.remove(text);
    }
    assert!(evidence.0.is_empty());
}
