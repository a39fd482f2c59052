//! Readers of smart cards: the reader process, and the built program, at the system's own smart-card service with virtual
//! readers (see `tapdesk_tests::smart_cards`). `TAPDESK_CARD_TAPS` makes it longer than the usual minute.

#[path = "smart_cards/bad_cards.rs"]
mod bad_cards;
#[path = "smart_cards/desk.rs"]
mod desk;
#[path = "smart_cards/hosts.rs"]
mod hosts;
#[path = "smart_cards/trouble.rs"]
mod trouble;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tapdesk_core::tile::TileReading;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::settings::reader::{ReaderKind, ReaderSettings};
use tapdesk_tests::kiosk::reader_process::ReaderProcess;
use tapdesk_tests::kiosk::station::program;
use tapdesk_tests::left_out;
use tapdesk_tests::smart_cards::{Card, GET_UID, READERS, Service, Stay, unavailable};

/// Longest wait for anything that is going to happen.
const SOON: Duration = Duration::from_secs(20);
/// Two tiles.
const ANA: &str = "04A1B2C3D4E5F6";
const JOSE: &str = "04A2B2C3D4E5F6";

/// A service of the test's own; none where there can be none, which is said.
fn service() -> anyhow::Result<Option<Service>> {
    if let Some(why) = unavailable() {
        left_out(&why);
        return Ok(None);
    }
    Service::start().map(Some)
}

/// The reader process with this connection, once it is up.
async fn start(service: &Service, connection: &str) -> anyhow::Result<ReaderProcess> {
    let mut reader = begin(&service.socket(), &of_service(Some(connection.to_owned())))?;
    reader.up().await?;
    Ok(reader)
}

fn of_service(connection: Option<String>) -> ReaderSettings {
    ReaderSettings { kind: ReaderKind::Pcsc, connection, ..ReaderSettings::default() }
}

/// The reader process with these settings, where the smart-card service has this socket.
fn begin(socket: &Path, settings: &ReaderSettings) -> anyhow::Result<ReaderProcess> {
    let socket = format!("PCSCLITE_CSOCK_NAME={}", socket.display());
    let arguments = vec![socket.into(), program()?.into(), "reader".into()];
    ReaderProcess::run(&ReaderCommand { program: "env".into(), arguments }, settings)
}

/// Takes a card away, and waits until that is told of.
async fn take_away(reader: &mut ReaderProcess, stay: Stay) -> anyhow::Result<()> {
    stay.remove();
    reader.gone().await
}

/// A UID of its own for each tap on each reader.
fn uid(reader: u16, tap: usize) -> String {
    format!("04{:02X}{:02X}5A{reader:02X}C3{:02X}", tap >> 8 & 0xFF, tap & 0xFF, tap.wrapping_mul(37) & 0xFF)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tap_on_two_readers_is_told_once_and_right() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let taps = std::env::var("TAPDESK_CARD_TAPS").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    let service = std::sync::Arc::new(service);
    let mut hands = Vec::new();
    for number in 0..READERS {
        let service = std::sync::Arc::clone(&service);
        hands.push(tokio::spawn(async move {
            let mut reader = start(&service, &format!("pcsc:{}", Service::reader(number))).await?;
            let mut took = Vec::new();
            for tap in 0..taps / usize::from(READERS) {
                let (uid, laid) = (uid(number, tap), Instant::now());
                let stay = service.insert(number, Card::with_uid(&uid)?)?;
                let seen = reader.tile_at_once().await.with_context(|| format!("tap {tap} on reader {number}"))?;
                took.push(laid.elapsed());
                ensure!(seen == TileReading::of_hex(&uid), "tap {tap} on reader {number} was read as another tile");
                ensure!(stay.asked() == [GET_UID], "asked once, for its UID alone: {:02X?}", stay.asked());
                take_away(&mut reader, stay).await?;
            }
            ensure!(reader.is_silent(), "a tap is told of twice");
            anyhow::Ok(took)
        }));
    }
    let mut took = Vec::new();
    for hand in hands {
        took.extend(hand.await??);
    }
    took.sort();
    let (count, median, longest) = (took.len(), took[took.len() / 2], took.last());
    eprintln!(
        "measured: {count} of {taps} taps right; told {median:?} (median), {longest:?} (longest) after the card was there"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_swapped_is_a_tap_and_one_that_stays_is_not() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let first = service.insert(0, Card::with_uid(ANA)?)?;
    // A card that lies there before the reader is up.
    let mut reader = start(&service, "Virtual PCD 00 00").await?;
    ensure!(reader.tile_at_once().await? == TileReading::of_hex(ANA));
    first.remove();
    let second = service.insert(0, Card::with_uid(JOSE)?)?;
    ensure!(reader.tile_at_once().await? == TileReading::of_hex(JOSE));
    take_away(&mut reader, second).await?;
    let again = service.insert(0, Card::with_uid(JOSE)?)?;
    ensure!(reader.tile_at_once().await? == TileReading::of_hex(JOSE), "who comes back is a tap");
    take_away(&mut reader, again).await?;
    ensure!(reader.is_silent());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_found_by_what_is_said_of_its_name() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    for (connection, found) in
        [(None, Service::reader(0)), (Some("00 01"), Service::reader(1)), (Some("pcsc:pcd 00 01"), Service::reader(1))]
    {
        let mut reader = begin(&service.socket(), &of_service(connection.map(str::to_owned)))?;
        ensure!(reader.up().await? == found, "{connection:?}");
    }
    for (connection, words) in
        [("pcsc:Virtual", ["any of", "00 00", "00 01"]), ("OMNIKEY", ["OMNIKEY", "00 00", "00 01"])]
    {
        let why = begin(&service.socket(), &of_service(Some(connection.to_owned())))?.down().await?;
        ensure!(words.iter().all(|word| why.contains(word)), "{connection}: {why}");
    }
    Ok(())
}
