//! A tile that a keyboard reader typed.

use tapdesk_core::tile::TileId;
use tapdesk_core::tile_format::TileFormat;

use super::super::report;
use super::*;

fn typed(text: &str) -> TileId {
    match TileReading::of_typed(text) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    }
}

#[tokio::test]
async fn a_typed_tile_comes_back_and_is_shown_by_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path());
    let tap = |number, text| Entry { tile: Some(typed(text)), ..entry(number, for_staff("why")) };
    // A number that a reader of a known format typed may begin as a random UID does.
    let TileReading::Usable(number) = TileFormat::Decimal.tile_of("0144814787") else { unreachable!() };
    let taps = vec![
        tap(1, "0008106606"),
        tap(2, "123,45678"),
        tap(3, "#fob 12"),
        Entry { tile: Some(number), ..entry(4, for_staff("why")) },
    ];
    for tap in &taps {
        journal.put(tap.clone()).await.unwrap();
    }
    drop(journal);
    let journal = opened(folder.path());
    assert_eq!(kept(&journal).await.recent, taps);
    let tiles = journal.taps_for_staff().await.unwrap().into_iter().map(|tap| tap.tile);
    assert!(tiles.eq(taps.into_iter().map(|tap| tap.tile)));
    let printed = report(folder.path(), Some(&key())).unwrap();
    let shown: Vec<_> = printed.entries.iter().filter_map(|entry| entry.tile.as_deref()).collect();
    assert_eq!(shown, ["…6606", "…5678", "… 12", "…B2C3"]);
    let printed = serde_json::to_string(&printed).unwrap();
    assert!(!printed.contains('#') && !printed.contains("810"), "{printed}");
}
