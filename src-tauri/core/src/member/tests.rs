//! Whose tile it is.

use super::*;
use crate::tile::TileReading;

fn tile(hex: &str) -> TileId {
    match TileReading::of_hex(hex) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    }
}

fn member(id: i64) -> Member {
    Member { id: CoworkerId(id), full_name: format!("Member {id}"), called: None, active: true, archived: false }
}

#[test]
fn one_holder_two_holders_nobody() {
    let mut index = MemberIndex::default();
    index.put(member(1), ["04A1B2C3D4E5F6"]);
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(1))));
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F7")), None);
    index.put(member(2), ["", "F6:E5:D4:C3:B2:A1:04"]);
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::Several));
    index.put(member(2), ["11223344"]);
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(1))));
}

#[test]
fn a_tile_in_both_fields_is_one_claim() {
    let mut index = MemberIndex::default();
    index.put(member(1), ["04A1B2C3D4E5F6", "04:A1:B2:C3:D4:E5:F6"]);
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(1))));
}

#[test]
fn an_archived_record_gives_way_and_an_inactive_one_does_not() {
    let mut index = MemberIndex::default();
    let archived = Member { archived: true, active: false, ..member(1) };
    index.put(archived.clone(), ["04A1B2C3D4E5F6"]);
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(archived)));
    index.put(member(2), ["04A1B2C3D4E5F6"]);
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(2))));
    index.put(Member { active: false, ..member(3) }, ["04A1B2C3D4E5F6"]);
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::Several));
}

#[test]
fn who_is_gone_leaves_nothing_behind() {
    let mut index = MemberIndex::default();
    index.put(member(1), ["04A1B2C3D4E5F6"]);
    index.put(member(2), ["11223344"]);
    index.remove(CoworkerId(1));
    assert_eq!(index.ids().collect::<Vec<_>>(), [CoworkerId(2)]);
    assert_eq!((index.len(), index.is_empty()), (1, false));
    assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), None);
    assert!(index.by_tile.keys().all(|key| keys("11223344").contains(key)));
}

fn typed(text: &str) -> TileId {
    match TileReading::of_typed(text) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    }
}

fn known(index: &MemberIndex, tile: &TileId) -> Option<i64> {
    match index.identify(tile)? {
        Identification::One(member) => Some(member.id.0),
        Identification::Several => Some(0),
        other => panic!("{other:?}"),
    }
}

/// As many texts as a house needs to tell how it writes, of members that nobody asks for.
fn house(index: &mut MemberIndex, text: impl Fn(i64) -> String) {
    for number in 0..40 {
        index.put(member(1000 + number), [text(number).as_str()]);
    }
}

#[test]
fn a_typed_tile_is_whose_record_says_or_means_it() {
    for (typing, record, found) in [
        ("0008106606", "0008106606", true),
        ("0008106606", " 8106606", true),
        ("8106606", "00008106606", true),
        ("0008106606", "123,45678", true),
        ("123,45678", "0008106606", true),
        ("123,45678", "7BB26E", true),
        ("fob-12", "FOB-12", true),
        ("FOB-12", "0008106606; fob-12", true),
        ("169552957", "0A1B2C3D", true),
        ("1026300682", "0A:1B:2C:3D", true),
        ("04a1b2c3d4e5f6", "F6E5D4C3B2A104", true),
        ("1303689068602870", "04A1B2C3D4E5F6", true),
        // A number that takes all there is stays itself.
        ("999999999999999999999999999998", "0999999999999999999999999999998", true),
        // A short number in another base is somebody else's.
        ("1234", "4660", false),
        ("4660", "1234", false),
        ("18016", "00004660", false),
        ("00004660", "18016", false),
        ("00004660", "4660", true),
        // Nothing that was typed is several ids.
        ("0A1B2C3D,04A1B2C3D4E5F6", "04A1B2C3D4E5F6", false),
        ("11112222 33334444", "33334444", false),
        ("33334444", "11112222 33334444", true),
        ("0A1B2C3D,11112222", "0A1B2C3D,11112222", true),
        // Eight digits are a facility's where that is known, and the end of a number is no number.
        ("12345678", "123,45678", false),
        ("45678", "123,45678", false),
        ("8106606", "0108106606", false),
        // It may be the start of a longer UID.
        ("0008062088", "007B0488", false),
        ("0008062088", "8062088", true),
    ] {
        let mut index = MemberIndex::default();
        index.put(member(1), [record]);
        assert_eq!(known(&index, &typed(typing)).is_some(), found, "{typing:?} and {record:?}");
        assert_eq!(index.means(record, &typed(typing)), found, "{typing:?} and {record:?}");
        index.remove(CoworkerId(1));
        assert!(index.by_tile.is_empty());
    }
}

#[test]
fn who_says_the_same_goes_before_who_may_mean_it() {
    let mut index = MemberIndex::default();
    index.put(member(1), ["169552957"]);
    index.put(member(2), ["0A1B2C3D"]);
    assert_eq!(known(&index, &typed("0169552957")), Some(1));
    assert_eq!(index.holders(&typed("0169552957")), [CoworkerId(1), CoworkerId(2)]);
    assert_eq!(known(&index, &typed("0A1B2C3D")), Some(2));
    // At a reader of UIDs nothing tells the two apart.
    assert_eq!(known(&index, &tile("0A1B2C3D")), Some(0));
    index.put(member(3), ["169552957"]);
    assert_eq!(known(&index, &typed("0169552957")), Some(0));
    index.put(Member { archived: true, ..member(3) }, ["169552957"]);
    assert_eq!(known(&index, &typed("0169552957")), Some(1), "who left gives way");
    // A tile that was handed on in another spelling is for the desk: both may be meant.
    index.put(Member { archived: true, ..member(1) }, ["169552957"]);
    assert_eq!(known(&index, &typed("0169552957")), Some(0));
    index.remove(CoworkerId(1));
    index.remove(CoworkerId(3));
    assert_eq!(known(&index, &typed("0169552957")), Some(2));
}

/// No two of these belong together: whoever holds the one is never charged for the other.
#[test]
fn a_short_number_is_read_as_the_house_writes() {
    use crate::tile_format::TileFormat::{Decimal, Facility, Hex};
    let number = |number: &str| match Decimal.tile_of(number) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    };
    let mut index = MemberIndex::default();
    index.put(member(1), ["1234"]);
    assert_eq!(known(&index, &number("4660")), None, "1234 in digits alone is no hex");
    index.put(member(1), ["00004660"]);
    assert_eq!((known(&index, &number("4660")), known(&index, &number("18016"))), (Some(1), Some(1)), "nobody knows");
    house(&mut index, |number| format!("{:010}", 8_106_000 + number));
    assert_eq!(index.house_format(), Some(Decimal));
    assert_eq!((known(&index, &number("4660")), known(&index, &number("18016"))), (Some(1), None));
    house(&mut index, |number| format!("04A1B2C3D4E5{number:02X}"));
    assert_eq!(index.house_format(), Some(Hex));
    assert_eq!((known(&index, &number("4660")), known(&index, &number("18016"))), (None, Some(1)));

    index.put(member(1), ["12345678"]);
    let facility = tile("007BB26E");
    assert_eq!(known(&index, &facility), None);
    house(&mut index, |number| format!("123-{number:05}"));
    assert_eq!(index.house_format(), Some(Facility));
    assert_eq!((known(&index, &facility), known(&index, &typed("123,45678"))), (Some(1), Some(1)));
    assert_eq!(known(&index, &number("12345678")), None, "it is a facility's and its card's");
    assert_eq!(index.written(&facility), "123-45678");
    assert_eq!(index.written(&tile("04A1B2C3D4E5F6")), "04A1B2C3D4E5F6", "it has no such number");
    house(&mut index, |_| "none".to_owned());
    assert_eq!(index.house_format(), None, "what was learnt goes with what told it");
    assert!(index.evidence.kind().is_none());
}

/// Three bytes of a UID are shared by many tiles.
#[test]
fn a_uid_is_never_found_by_a_part_of_it() {
    let mut index = MemberIndex::default();
    house(&mut index, |number| format!("123,{number:05}"));
    for record in ["161,45763", "16145763", "195,45473", "19545473", "229,58868", "212,58870", "10597059"] {
        index.put(member(1), [record]);
        assert_eq!(known(&index, &tile("04A1B2C3D4E5F6")), None, "{record}");
        assert_eq!(known(&index, &tile("B1A1B2C3")), None, "{record}");
    }
}
