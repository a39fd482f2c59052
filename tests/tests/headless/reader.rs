//! The reader's process dies, its cable is pulled: nobody notices for longer than three seconds. And two readers, one for
//! each way through the door.

use std::time::{Duration, Instant};

use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::{self, Fault, Tile};

use crate::{ANA, Desk, JOSE, SOON, WANG, is, time_passes};

/// How long a desk may be without its reader once the reader is there again.
const BACK_WITHIN: Duration = Duration::from_secs(3);

/// Waits for the reader after `mark` and checks that it was back in time.
async fn back(desk: &Desk, mark: usize, since: Instant, after: &str) {
    let up = desk.headless.wait_for_line(mark, SOON, is("reader", "up")).await;
    let took = up.at.saturating_duration_since(since);
    eprintln!("measured: reader up {took:?} after {after}");
    assert!(took <= BACK_WITHIN, "up {took:?} after {after}\n{}", desk.headless.story());
}

#[tokio::test]
async fn a_killed_reader_process_is_back_and_a_held_tile_is_no_second_tap() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let held = desk.lay(ANA.1).await?;
    assert_eq!(desk.verdict(&held, SOON).await["kind"], "checked_in");

    let children = desk.headless.readers()?;
    assert_eq!(children.len(), 1, "one reader process");
    assert_eq!(std::fs::read_link(format!("/proc/{}/fd/0", children[0]))?.to_str(), Some("/dev/null"));
    let (mark, killed) = (desk.headless.mark(), Instant::now());
    desk.headless.kill_readers()?;
    let down = desk.headless.wait_after(mark, SOON, is("reader", "down")).await;
    assert!(down["why"].is_string() && down["reader"].is_null(), "{down}");
    back(&desk, mark, killed, "its process was killed").await;

    // Two replies with the held tile: the new process has told of it before it tells of anything else.
    let reader = desk.station.reader.handle();
    let (since, mut replies) = (reader.frames_so_far(), 0);
    let seen = tokio::task::spawn_blocking(move || {
        reader.wait_for_frame(since, SOON, |frame| {
            replies += usize::from(frame.code() == Some(0x4B) && frame.bytes.get(7) == Some(&1));
            replies >= 3
        })
    });
    assert!(seen.await?.is_some(), "the held tile is seen again");
    desk.take_away().await?;
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in");
    let taps = desk.headless.events().into_iter().filter(|line| line["event"] == "ack").count();
    assert_eq!(taps, 2, "a held tile is one tap\n{}", desk.headless.story());
    desk.close().await
}

#[tokio::test]
async fn a_cable_pulled_and_put_back_is_one_second_of_trouble() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let mark = desk.headless.mark();
    desk.station.reader.unplug();
    desk.headless.wait_after(mark, SOON, is("reader", "down")).await;
    let stay = desk.station.reader.present(Tile::parse(ANA.1)?)?;
    let (mark, replugged) = (desk.headless.mark(), Instant::now());
    desk.station.reader.replug()?;
    back(&desk, mark, replugged, "the cable was put back").await;
    let ack = desk.headless.wait_after(mark, SOON, |line| line["event"] == "ack").await;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "checked_in", "a tile laid there meanwhile is read");
    assert!(desk.station.reader.remove_presence(stay));
    desk.close().await
}

#[tokio::test]
async fn a_reader_that_was_away_for_long_is_back_as_fast() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let mark = desk.headless.mark();
    desk.station.reader.unplug();
    desk.headless.wait_after(mark, SOON, is("reader", "down")).await;
    // 0.5, 1, 2 and 4 s after one another it is tried to be opened: after 9 s the longest pause has begun.
    time_passes(Duration::from_secs(9)).await;
    let (mark, replugged) = (desk.headless.mark(), Instant::now());
    desk.station.reader.replug()?;
    back(&desk, mark, replugged, "the cable was put back after 9 s").await;
    assert_eq!(desk.tap_and_see(WANG.1).await?["kind"], "checked_in");
    desk.close().await
}

#[tokio::test]
async fn two_tiles_after_one_another_are_two_taps() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let first = desk.lay(ANA.1).await?;
    desk.station.reader.remove_all();
    let second = desk.lay(JOSE.1).await?;
    for ack in [&first, &second] {
        assert_eq!(desk.verdict(ack, SOON).await["kind"], "checked_in");
    }
    desk.close().await
}

/// Bytes that make libnfc 1.8.0 crash, fail, or make up a UID (`nfc.md` section 3), once each.
#[tokio::test]
async fn a_reader_that_answers_nonsense_is_no_tap_of_a_stranger() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    for fault in [Fault::Nad, Fault::BadDcs, Fault::Garbage, Fault::LongUid, Fault::ErrorFrame, Fault::LostAck] {
        let mark = desk.headless.mark();
        desk.station.reader.fault(fault, Some(1));
        let ack = desk.lay(ANA.1).await?;
        assert_eq!(ack["tile"], "…E5F6", "{fault}\n{}", desk.headless.story());
        desk.take_away().await?;
        let taps = desk.headless.events().into_iter().skip(mark).filter(|line| line["event"] == "ack");
        assert_eq!(taps.count(), 1, "{fault}\n{}", desk.headless.story());
        desk.station.reader.clear_faults();
    }
    desk.close().await
}

/// Any number of replies with the same wrong length, one after another: libnfc makes the same UID of each.
#[tokio::test]
async fn a_misread_that_repeats_itself_is_no_tap_of_a_stranger() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let mark = desk.headless.mark();
    desk.station.reader.fault(Fault::LongUid, Some(6));
    let ack = desk.lay(ANA.1).await?;
    assert_eq!(ack["tile"], "…E5F6", "{}", desk.headless.story());
    desk.take_away().await?;
    let taps = desk.headless.events().into_iter().skip(mark).filter(|line| line["event"] == "ack");
    assert_eq!(taps.count(), 1, "{}", desk.headless.story());
    desk.close().await
}

#[tokio::test]
async fn a_dead_chip_is_noticed_and_its_return_too() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let (mark, died) = (desk.headless.mark(), Instant::now());
    desk.station.reader.fault(Fault::Hang, None);
    let down = desk.headless.wait_for_line(mark, SOON, is("reader", "down")).await;
    eprintln!("measured: a dead chip is noticed after {:?}", down.at.saturating_duration_since(died));
    let (mark, revived) = (desk.headless.mark(), Instant::now());
    desk.station.reader.clear_faults();
    back(&desk, mark, revived, "the chip answered again").await;
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    desk.close().await
}

/// Within the repeat window, too: who goes from one reader to the other has said what they want.
#[tokio::test]
async fn a_reader_for_the_way_in_and_one_for_the_way_out() -> anyhow::Result<()> {
    let outer = pn532::Simulator::start(pn532::Options::default())?;
    let way_out = format!("[[more_readers]]\nconnection = {:?}\ndirection = \"out\"\n", outer.connection_string());
    let station = Station::start(&way_out).await?;
    let configuration = std::fs::read_to_string(station.configuration())?;
    std::fs::write(station.configuration(), configuration.replace("kind = \"libnfc\"", "direction = \"in\""))?;
    station.sign_in().await?;
    let desk = Desk::at(station).await?;
    desk.headless
        .wait_for(SOON, |line| line["state"] == "up" && line["reader"].as_str().is_some_and(|name| name.contains(", ")))
        .await;
    let tap_out = async || {
        let mark = desk.headless.mark();
        let stay = outer.present(Tile::parse(ANA.1)?)?;
        let ack = desk.headless.wait_after(mark, SOON, |line| line["event"] == "ack").await;
        outer.remove_presence(stay);
        anyhow::Ok(desk.verdict(&ack, SOON).await)
    };
    let already = tap_out().await?;
    assert_eq!(already["kind"], "refused", "nobody leaves who is not in: {already}");
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    assert_eq!(tap_out().await?["kind"], "checked_out");
    let checkins = desk.state.checkins(ANA.0);
    assert!(checkins.len() == 1 && checkins[0]["ToTime"].is_string(), "{checkins:?}");

    let mark = desk.headless.mark();
    outer.unplug();
    let down = desk.headless.wait_after(mark, SOON, is("reader", "down")).await;
    let why = down["why"].as_str().unwrap_or_default();
    assert!(!why.is_empty(), "{down}");
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in", "the other one goes on");
    desk.close().await
}
