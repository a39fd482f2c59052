//! A tile that is linked to a member, and a failure that is corrected.

use serde_json::json;
use tapdesk_core::member::Identification;
use tapdesk_core::tile::TileReading;
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_engine::staff_desk::view::acts::{TileField, Warning};
use tapdesk_tests::spaces::{Fault, FaultKind};

use super::*;

const TAP: u64 = 5;

fn link(coworker: i64, field: TileField) -> Act {
    Act::LinkTile { entry: EntryId(u128::from(TAP)).to_string(), coworker, field }
}

async fn with_a_new_tile() -> (Place, Bench) {
    let place = Place::new().await;
    let bench = place.run().await;
    bench.journal.put(tap_for_staff(TAP, NEW_TILE, None, second(60))).await.unwrap();
    (place, bench)
}

#[tokio::test]
async fn a_new_tile_is_linked_known_at_once_and_taken_away_again() {
    for (field, property) in [(TileField::AccessCard, "AccessCardId"), (TileField::KeyFob, "KeyFobNumber")] {
        let (place, bench) = with_a_new_tile().await;
        let state = place.state();
        let before = record(&state, Entity::Coworker, FREYA);
        let prepared = bench.prepare(link(FREYA, field)).await;
        assert_eq!((prepared.warnings.as_slice(), prepared.possible), ([].as_slice(), true));
        let change = &prepared.changes[0];
        assert_eq!((change.property.as_str(), change.before.as_deref()), (property, None));
        assert_eq!(change.after.as_deref(), Some("…E5F6"), "masked");
        let done = bench.desk.carry_out(prepared.plan).await.unwrap();
        let after = record(&state, Entity::Coworker, FREYA);
        assert_eq!((changed(&before, &after), after[property].as_str()), (vec![property.to_owned()], Some(NEW_TILE)));

        let calls = state.requests().len();
        let who = bench.directory.identify(&bench.spaces, &tile(NEW_TILE), Priority::Urgent).await;
        assert!(matches!(&who, Identification::One(member) if member.id.0 == FREYA), "{who:?}");
        assert_eq!(state.requests().len(), calls, "without asking anybody");
        assert_eq!(bench.prepare(link(FREYA, field)).await.warnings, [Warning::TileTheirs]);

        bench.desk.undo(done.number).await.unwrap();
        assert_eq!(changed(&before, &record(&state, Entity::Coworker, FREYA)), [""; 0], "as it was");
        let line = bench.last().await;
        assert_eq!((line.state, line.coworker), (AuditState::Undone, Some(FREYA)));
        assert_eq!(line.entry, Some(EntryId(u128::from(TAP)).to_string()));
    }
}

/// As other systems that read the record know the house's tiles.
#[tokio::test]
async fn a_tile_is_linked_as_the_house_writes_it_or_as_it_was_typed() {
    let place = Place::new().await;
    let state = place.state();
    for fob in 8_106_000..8_106_500 {
        state.add_member(&Member::named("Somebody").with_card(&format!("{fob:010}")));
    }
    let bench = place.run().await;
    let TileReading::Usable(typed) = TileReading::of_typed(" fob-0012 ") else { panic!("usable") };
    for (number, tile, text, shown) in
        [(TAP, tile("0089543F"), "0008999999", "…9999"), (TAP + 1, typed, "FOB-0012", "…0012")]
    {
        let tap = Entry { tile: Some(tile.clone()), ..tap_for_staff(number, NEW_TILE, None, second(60)) };
        bench.journal.put(tap).await.unwrap();
        let entry = EntryId(u128::from(number)).to_string();
        let link = Act::LinkTile { entry, coworker: FREYA, field: TileField::KeyFob };
        let before = record(&state, Entity::Coworker, FREYA);
        let prepared = bench.prepare(link.clone()).await;
        assert_eq!((prepared.warnings.as_slice(), prepared.possible), ([].as_slice(), true));
        assert_eq!(prepared.changes[0].after.as_deref(), Some(shown));
        let done = bench.desk.carry_out(prepared.plan).await.unwrap();
        assert_eq!(record(&state, Entity::Coworker, FREYA)["KeyFobNumber"], text);
        let who = bench.directory.identify(&bench.spaces, &tile, Priority::Urgent).await;
        assert!(matches!(&who, Identification::One(member) if member.id.0 == FREYA), "{who:?}");
        assert_eq!(bench.prepare(link).await.warnings, [Warning::TileTheirs]);
        bench.desk.undo(done.number).await.unwrap();
        assert_eq!(changed(&before, &record(&state, Entity::Coworker, FREYA)), [""; 0], "as it was");
    }
}

/// In whatever spelling, in either field, and also where this kiosk did not hear of it yet.
#[tokio::test]
async fn a_tile_that_somebody_else_has_is_not_linked() {
    let (place, bench) = with_a_new_tile().await;
    let state = place.state();
    let spellings = [
        "04FEB2C3D4E5F6",
        "04feb2c3d4e5f6",
        "04:FE:B2:C3:D4:E5:F6",
        "04-fe-b2-c3-d4-e5-f6",
        "F6E5D4C3B2FE04",
        "F6:E5:D4:C3:B2:FE:04",
        "04 FE B2 C3 D4 E5 F6",
        "11111111; 04FEB2C3D4E5F6",
    ];
    let decimal = u128::from_str_radix(NEW_TILE, 16).unwrap().to_string();
    let all = spellings.into_iter().map(str::to_owned);
    for (place, spelling) in all.chain([decimal.clone(), format!("000{decimal}")]).enumerate() {
        let field = if place.is_multiple_of(2) { "AccessCardId" } else { "KeyFobNumber" };
        let mut other = record(&state, Entity::Coworker, 1019);
        let before = other.clone();
        other[field] = spelling.as_str().into();
        // Written as a kiosk writes it, it is found though no delta tells of it.
        let by_its_text = spelling.eq_ignore_ascii_case(NEW_TILE);
        let now = chrono::Utc::now().to_rfc3339();
        other["UpdatedOn"] = if by_its_text { "2020-01-01T00:00:00Z".into() } else { now.into() };
        state.put_record(Entity::Coworker, &other).unwrap();
        let prepared = bench.prepare(link(FREYA, TileField::AccessCard)).await;
        assert_eq!(
            (prepared.warnings, prepared.possible),
            (vec![Warning::TileTaken { coworker: 1019, name: "Yusuf Demir".to_owned() }], false),
            "{spelling}"
        );
        // It is theirs no more, which the directory hears of when it asks again.
        state.put_record(Entity::Coworker, &before).unwrap();
        assert!(bench.prepare(link(FREYA, TileField::AccessCard)).await.possible, "{spelling}");
    }
    assert_eq!(requests(&state, "PUT", "/coworkers"), 0);
}

#[tokio::test]
async fn a_link_rests_on_what_was_shown() {
    let (place, bench) = with_a_new_tile().await;
    let state = place.state();
    let prepared = bench.prepare(link(ANA, TileField::AccessCard)).await;
    assert_eq!((prepared.warnings.as_slice(), prepared.possible), ([Warning::ReplacesTile].as_slice(), true));
    assert_eq!(prepared.changes[0].before.as_deref(), Some("…E5F6"));
    let set = |text: &str| {
        let mut ana = record(&state, Entity::Coworker, ANA);
        ana["AccessCardId"] = text.into();
        state.put_record(Entity::Coworker, &ana).unwrap();
    };
    set("11223344");
    assert_eq!(bench.desk.carry_out(prepared.plan).await, Err(DeskProblem::Changed));
    // The reply is lost; what was written is seen.
    state.inject(Fault::new(FaultKind::DropAfterCommit).on("PUT", "*coworkers"));
    let done = bench.act(link(ANA, TileField::AccessCard)).await.unwrap();
    assert_eq!(record(&state, Entity::Coworker, ANA)["AccessCardId"], NEW_TILE);
    // Somebody wrote something else since.
    set("55667788");
    assert_eq!(bench.desk.undo(done.number).await, Err(DeskProblem::Changed));
    assert_eq!(record(&state, Entity::Coworker, ANA)["AccessCardId"], "55667788");
    set(NEW_TILE);
    bench.desk.undo(done.number).await.unwrap();
    assert_eq!(record(&state, Entity::Coworker, ANA)["AccessCardId"], "11223344", "what stood there before");

    // Where nobody can say who has it, it is not linked.
    place.lacking(&["Coworker-List"]);
    let prepared = bench.prepare(link(FREYA, TileField::KeyFob)).await;
    assert_eq!((prepared.warnings, prepared.possible), (vec![Warning::TileNotChecked], false));
}

#[tokio::test]
async fn a_failure_is_corrected_and_put_back() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    let failure = json!({ "BusinessId": HERE, "CheckinAttemptTime": "2026-03-01T09:00:00Z", "Source": 4,
        "Description": "No member has tile …E5F6.", "MacAddresses": "aa:bb", "TeamsAtTheTimeOfCheckin": "Blue" });
    let id = state.put_record(Entity::FailedCheckin, &failure).unwrap();
    let before = record(&state, Entity::FailedCheckin, id);
    let correct = |coworker, description: Option<&str>| Act::Correct {
        failure: id,
        coworker,
        description: description.map(str::to_owned),
    };
    assert!(matches!(bench.desk.prepare(correct(None, None)).await, Err(DeskProblem::Invalid { .. })));
    let prepared = bench.prepare(correct(Some(ANA), Some("Ana's new tile"))).await;
    assert_eq!(prepared.member.as_ref().unwrap().name, "Ana Prieto");
    let shown: Vec<_> = prepared.changes.iter().map(|change| change.property.as_str()).collect();
    assert_eq!(shown, ["CoworkerId", "Description"]);
    let done = bench.desk.carry_out(prepared.plan).await.unwrap();
    let after = record(&state, Entity::FailedCheckin, id);
    let mut properties = changed(&before, &after);
    properties.sort();
    assert_eq!(properties, ["CoworkerId", "Description"]);
    assert_eq!((after["CoworkerId"].as_i64(), after["Description"].as_str()), (Some(ANA), Some("Ana's new tile")));
    assert_eq!((bench.last().await.record, bench.last().await.coworker), (Some(id), Some(ANA)));

    // Only what is asked for is changed, and only where it stands as it was shown.
    let shown_before = bench.prepare(correct(None, Some("another"))).await;
    let mut theirs = after.clone();
    theirs["Description"] = "theirs".into();
    state.put_record(Entity::FailedCheckin, &theirs).unwrap();
    assert_eq!(bench.desk.carry_out(shown_before.plan).await, Err(DeskProblem::Changed));
    assert_eq!(bench.desk.undo(done.number).await, Err(DeskProblem::Changed));
    assert_eq!(record(&state, Entity::FailedCheckin, id)["Description"], "theirs");
    state.put_record(Entity::FailedCheckin, &after).unwrap();
    state.inject(Fault::new(FaultKind::DropAfterCommit).on("PUT", "*failedcheckins"));
    bench.desk.undo(done.number).await.unwrap();
    assert_eq!(changed(&before, &record(&state, Entity::FailedCheckin, id)), [""; 0], "as it was");
}

#[tokio::test]
async fn members_are_found_by_name_and_by_number() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    let names = async |text: &str| {
        let found = bench.desk.members(text).await.unwrap();
        found.into_iter().map(|member| member.name).collect::<Vec<_>>()
    };
    assert_eq!(names("brandt").await, ["Noah Brandt", "Nora Brandt"]);
    assert_eq!(names("nunez jose").await, ["José Ángel Núñez"]);
    assert_eq!(names("1001").await, ["Ana Prieto"]);
    assert_eq!(names("nobody at all").await, [""; 0]);
    assert_eq!(names("  ").await, [""; 0]);
    let ana = bench.desk.members("ana prieto").await.unwrap().remove(0);
    assert_eq!((ana.plan.as_deref(), ana.access_card.as_deref(), ana.key_fob), (Some("Flex"), Some("…E5F6"), None));
    state.add_members(30);
    assert_eq!(bench.desk.members("abbott").await.unwrap().len(), 5);
    assert_eq!(bench.desk.members("a").await.unwrap().len(), 20, "at most");
    state.take_down();
    let offline = bench.desk.members("prieto").await.unwrap();
    assert_eq!((offline[0].coworker, offline[0].plan.as_deref()), (ANA, None), "as far as it is known here");
}
