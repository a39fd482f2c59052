//! Tiles as a house writes them, and as a keyboard reader types them.

use tapdesk_core::event::Event;
use tapdesk_core::tile_format::TileFormat;
use tapdesk_tests::spaces::Member;

use super::*;

/// The numbers of a house's fobs; so many that the named members, who write as they like, do not count.
const FOBS: std::ops::Range<i64> = 8_106_000..8_106_500;

/// A directory that has read everything.
async fn complete(bench: &Bench) -> Arc<Directory> {
    let directory = Arc::new(Directory::default());
    let (events, mut observed) = unbounded_channel();
    let (background, session) = (Arc::clone(&directory), bench.spaces());
    let passes = tokio::spawn(async move { background.keep_up_to_date(&session, events).await });
    assert!(matches!(observed.recv().await, Some(Event::Observed(Ok(())))));
    passes.abort();
    directory
}

impl Bench {
    /// What the filters by a tile's text were asked for since `from`, and all calls.
    fn asked(&self, from: usize) -> (Vec<String>, usize) {
        let calls = self.station.spaces.state().requests().split_off(from);
        let texts = calls.iter().flat_map(|call| {
            let pairs = call.query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.filter(|(name, _)| ["Coworker_AccessCardId", "Coworker_KeyFobNumber"].contains(name))
        });
        (texts.map(|(_, text)| text.to_owned()).collect(), calls.len())
    }

    /// Changes a record so that no delta tells of it.
    fn change_unseen(&self, field: &str, text: &str) {
        let state = self.station.spaces.state();
        let mut freya = state.record(Entity::Coworker, 1020).unwrap();
        freya[field] = text.into();
        freya["UpdatedOn"] = "2020-01-01T00:00:00Z".into();
        state.put_record(Entity::Coworker, &freya).unwrap();
    }
}

fn typed(text: &str) -> TileId {
    match TileReading::of_typed(text) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    }
}

#[tokio::test]
async fn the_service_is_asked_for_a_tile_as_the_house_writes_it() {
    let (bench, spaces) = Bench::signed_in().await;
    let state = bench.station.spaces.state();
    for fob in FOBS {
        state.add_member(&Member::named("Somebody").with_card(&format!("{fob:010}")));
    }
    state.change_switches(|switches| switches.fob_filter = FobFilter::Exact);
    let directory = complete(&bench).await;
    let is_freya = |who: &Identification| matches!(who, Identification::One(member) if member.id == CoworkerId(1020));

    let TileReading::Usable(fob) = TileFormat::Decimal.tile_of("8999999") else { panic!("usable") };
    let from = state.requests().len();
    assert_eq!(directory.identify(&spaces, &fob, Priority::Urgent).await, Identification::Nobody);
    let both = ["0008999999", "0008999999", "0089543F"].map(str::to_owned).to_vec();
    assert_eq!(bench.asked(from), (both, 4), "the changes, and three times by its text");

    bench.change_unseen("KeyFobNumber", "0008999999");
    let who = directory.identify(&spaces, &fob, Priority::Urgent).await;
    assert!(is_freya(&who), "{who:?}");
    // Linked before the house's way was known.
    bench.change_unseen("AccessCardId", "04FEB2C3D4E5F6");
    let who = directory.identify(&spaces, &tile("04FEB2C3D4E5F6"), Priority::Urgent).await;
    assert!(is_freya(&who), "{who:?}");
}

#[tokio::test]
async fn a_typed_tile_is_asked_for_as_it_was_typed() {
    let (bench, spaces) = Bench::signed_in().await;
    let state = bench.station.spaces.state();
    let directory = complete(&bench).await;
    let who = directory.identify(&spaces, &typed("1303689068602870"), Priority::Urgent).await;
    assert!(matches!(&who, Identification::One(member) if member.id == ANA), "04A1B2C3D4E5F6 in decimal: {who:?}");
    let from = state.requests().len();
    assert_eq!(directory.identify(&spaces, &typed("fob-12"), Priority::Urgent).await, Identification::Nobody);
    assert_eq!(bench.asked(from), (vec!["FOB-12".to_owned(); 2], 3));
    bench.change_unseen("KeyFobNumber", "Fob-12");
    let who = directory.identify(&spaces, &typed("fob-12"), Priority::Urgent).await;
    assert!(matches!(&who, Identification::One(member) if member.id == CoworkerId(1020)), "{who:?}");
    // The text of a filter is contained in other records too, whose tile it is not.
    bench.change_unseen("KeyFobNumber", "Fob-123");
    let who = directory.identify(&spaces, &typed("ob-12"), Priority::Urgent).await;
    assert_eq!(who, Identification::Nobody);
}
