//! Whose tile it is, however the member's record spells it; and tiles that are nobody's.

use std::time::Duration;

use serde_json::{Value, json};
use tapdesk_tests::pn532::{self, Tile};
use tapdesk_tests::spaces::{LoggedRequest, Member, State};

use crate::{ANA, CHECKINS, Desk, FAILED_CHECKINS, JOSE, SEAMUS, SOON, WANG};

/// Waits until the service has this many reports; all of them.
async fn reports(desk: &Desk, count: usize) -> Vec<LoggedRequest> {
    let finished = |state: &State| {
        let posts = state.requests().into_iter().filter(|request| request.method == "POST" && request.finished);
        posts.filter(|request| request.path == FAILED_CHECKINS).count() >= count
    };
    assert!(desk.state.wait_until(SOON, finished).await, "no report\n{}", desk.headless.story());
    desk.sent("POST", FAILED_CHECKINS)
}

#[tokio::test]
async fn tiles_are_known_in_every_spelling() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let cases = [
        ("lower case", Member::named("Ada").with_card("04c1b2c3d4e5f6"), "04C1B2C3D4E5F6"),
        ("reversed, with colons", Member::named("Bo").with_fob("f6:e5:d4:c3:b2:c2:04"), "04C2B2C3D4E5F6"),
        ("spaces", Member::named("Cy").with_card(" 04 C3 B2 C3 D4 E5 F6 "), "04C3B2C3D4E5F6"),
        ("marked as hex", Member::named("Di").with_card("0x04C4B2C3D4E5F6"), "04C4B2C3D4E5F6"),
        ("4 bytes", Member::named("Ed").with_card("0A1B2C3D"), "0A1B2C3D"),
        ("4 bytes, decimal, reversed", Member::named("Fa").with_fob("1043086348"), "0C3C2C3E"),
        ("10 bytes", Member::named("Gil").with_card("0102030405060708090A"), "0102030405060708090A"),
        ("two ids in one field", Member::named("Hu").with_card("11223344; 04C5B2C3D4E5F6"), "04C5B2C3D4E5F6"),
    ];
    let seeded = [("with colons", JOSE), ("reversed", WANG), ("decimal", SEAMUS)];
    let mut wanted: Vec<(&str, i64, &str)> = seeded.map(|(name, (id, tile))| (name, id, tile)).to_vec();
    wanted.extend(cases.iter().map(|(name, member, tile)| (*name, desk.state.add_member(member), *tile)));
    for (name, coworker, tile) in wanted {
        let verdict = desk.tap_and_see(tile).await?;
        let seen = (&verdict["kind"], &verdict["coworker_id"]);
        assert_eq!(seen, (&json!("checked_in"), &json!(coworker)), "{name}\n{}", desk.headless.story());
        assert_eq!(desk.state.open_checkins(coworker).len(), 1, "{name}");
    }
    desk.close().await
}

#[tokio::test]
async fn an_unknown_tile_is_reported_without_its_uid() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let verdict = desk.tap_and_see("04FFEEDDCCBBAA").await?;
    let seen = (&verdict["kind"], &verdict["tile"], &verdict["member"], &verdict["coworker_id"]);
    assert_eq!(seen, (&json!("unknown_tile"), &json!("…BBAA"), &Value::Null, &Value::Null));
    let report = &reports(&desk, 1).await[0];
    let body = report.body.to_string();
    assert!(body.contains("…BBAA") && !body.contains("DDCCBBAA"), "{body}");
    assert_eq!((&report.body["BusinessId"], &report.body["Source"]), (&json!(9), &json!(4)));
    assert!(desk.sent("POST", CHECKINS).is_empty());
    assert_eq!(desk.queue().await?["entries"], json!([]));
    desk.close().await
}

#[tokio::test]
async fn a_tile_of_two_members_is_nobodys() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let verdict = desk.tap_and_see("04ABB2C3D4E5F6").await?;
    assert_eq!((&verdict["kind"], &verdict["member"]), (&json!("ambiguous_tile"), &Value::Null));
    let report = &reports(&desk, 1).await[0];
    assert_eq!(report.body["CoworkerId"], Value::Null, "nobody is blamed");
    assert!(desk.sent("POST", CHECKINS).is_empty());
    desk.close().await
}

#[tokio::test]
async fn who_may_not_come_in_is_refused_here() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let cases = [
        (1_007, "04A7B2C3D4E5F6", "The account is not active."),
        (1_013, "04ADB2C3D4E5F6", "The account is archived."),
    ];
    for (place, (coworker, tile, reason)) in cases.into_iter().enumerate() {
        let verdict = desk.tap_and_see(tile).await?;
        let seen = (&verdict["kind"], &verdict["reason"], &verdict["coworker_id"]);
        assert_eq!(seen, (&json!("refused"), &json!(reason), &json!(coworker)));
        let report = &reports(&desk, place + 1).await[place];
        assert_eq!((&report.body["CoworkerId"], &report.body["Description"]), (&json!(coworker), &json!(reason)));
    }
    assert!(desk.sent("POST", CHECKINS).is_empty(), "nothing to refuse at the service");
    desk.close().await
}

/// Somebody made active a minute ago is read again before being sent away.
#[tokio::test]
async fn who_may_come_in_since_a_minute_does() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.add_member(&Member { id: Some(1_007), ..Member::named("Olú Adé").with_card("04A7B2C3D4E5F6") });
    assert_eq!(desk.tap_and_see("04A7B2C3D4E5F6").await?["kind"], "checked_in");
    desk.close().await
}

/// A sticker of the service's that stands for a place, with the address that its maker writes into it.
const PLACE: &str = "ntag213 https://spaces.nexudus.com/tiles/0b1f7a52-9c34-4d8e-a1b2-c3d4e5f60718";

/// Whether a tile was asked for more than its UID (`InDataExchange`) since that frame.
fn is_memory_read(reader: &pn532::Handle, since: u64) -> bool {
    reader.wait_for_frame(since, Duration::ZERO, |frame| frame.code() == Some(0x40)).is_some()
}

#[tokio::test]
async fn a_sticker_of_a_place_is_told_to_be_one_unless_a_member_has_it() -> anyhow::Result<()> {
    let desk = Desk::open("ndef = true").await?;
    let (reader, since) = (desk.station.reader.handle(), desk.station.reader.handle().frames_so_far());
    let writes = desk.writes().len();
    let verdict = desk.tap_and_see(&format!("04000000000001 {PLACE}")).await?;
    assert!(is_memory_read(&reader, since));
    let seen = (&verdict["kind"], &verdict["reason"], &verdict["tile"]);
    let reason = "the tile stands for a place, not for a member";
    assert_eq!(seen, (&json!("unusable_tile"), &json!(reason), &json!("…0001")));
    assert_eq!(desk.tap_and_see(&format!("{} {PLACE}", ANA.1)).await?["kind"], "checked_in");
    let verdict = desk.tap_and_see("04000000000002 ntag213 https://example.org/tiles").await?;
    assert_eq!(verdict["kind"], "unknown_tile", "not every address is a place's");
    reports(&desk, 1).await;
    let sent: Vec<_> = desk.writes().into_iter().skip(writes).map(|request| request.path).collect();
    assert_eq!(sent, [CHECKINS, FAILED_CHECKINS], "of a place nothing is reported");
    desk.close().await
}

#[tokio::test]
async fn what_is_written_on_a_tile_is_read_only_when_asked() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let reader = desk.station.reader.handle();
    let since = reader.frames_so_far();
    assert_eq!(desk.tap_and_see(&format!("04000000000001 {PLACE}")).await?["kind"], "unknown_tile");
    assert!(!is_memory_read(&reader, since));
    desk.close().await
}

#[tokio::test]
async fn a_phone_is_told_to_use_a_tile_and_nothing_is_sent() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let writes = desk.writes().len();
    let mark = desk.headless.mark();
    desk.station.reader.present(Tile::phone())?;
    let verdict = desk.headless.wait_after(mark, SOON, |line| line["event"] == "verdict").await;
    let seen = (&verdict["kind"], &verdict["tile"], &verdict["coworker_id"]);
    assert_eq!(seen, (&json!("unusable_tile"), &Value::Null, &Value::Null));
    desk.take_away().await?;
    // The next tap's calls are the only ones.
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in");
    let sent: Vec<_> = desk.writes().into_iter().skip(writes).map(|request| request.path).collect();
    assert_eq!(sent, [CHECKINS]);
    assert_eq!(desk.queue().await?["entries"], json!([]));
    desk.close().await
}
