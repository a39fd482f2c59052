//! A desk with a smart-card reader, from the card to the books; and what the doctor says where there is no service.

use anyhow::ensure;
use serde_json::Value;
use tapdesk_tests::kiosk::headless::{Headless, is};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::smart_cards::{Behaviour, Card, Service};

use crate::{JOSE, SOON, service};

/// Has the station use this reader.
fn use_reader(station: &Station, keys: &str) -> anyhow::Result<()> {
    let configuration = std::fs::read_to_string(station.configuration())?;
    let (before, after) = configuration.split_once("kind = \"libnfc\"\n").unwrap_or_default();
    let after = after.split_once('\n').unwrap_or_default().1;
    Ok(std::fs::write(station.configuration(), format!("{before}{keys}\n{after}"))?)
}

#[tokio::test]
async fn a_smart_card_goes_in_by_one_reader_and_out_by_another_and_a_bad_one_nowhere() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let way_out = "[[more_readers]]\nconnection = \"pcsc:Virtual PCD 00 01\"\ndirection = \"out\"";
    let station = Station::start(way_out).await?;
    use_reader(&station, "connection = \"pcsc:Virtual PCD 00 00\"\ndirection = \"in\"\nndef = true")?;
    station.sign_in().await?;
    let mut command = station.command(&["headless"])?;
    command.env("PCSCLITE_CSOCK_NAME", service.socket());
    let headless = Headless::spawn(command.into_std())?;
    let both = format!("{}, {}", Service::reader(0), Service::reader(1));
    headless.wait_for(SOON, |line| line["state"] == "up" && line["reader"] == both.as_str()).await;
    headless.wait_for(SOON, is("link", "online")).await;

    let tap = async |reader: u16, card: Card| {
        let mark = headless.mark();
        let stay = service.insert(reader, card)?;
        let verdict = headless.wait_after(mark, SOON, |line| line["event"] == "verdict").await;
        stay.remove();
        anyhow::Ok(verdict)
    };
    let verdict = tap(0, Card::with_uid(JOSE)?).await?;
    assert_eq!((&verdict["kind"], &verdict["tile"]), (&"checked_in".into(), &"…E5F6".into()), "{}", headless.story());
    let verdict = tap(0, Card::with_uid(JOSE)?.that(Behaviour::Status(0x6A81))).await?;
    assert_eq!((&verdict["kind"], &verdict["tile"]), (&"unusable_tile".into(), &Value::Null), "{}", headless.story());
    let place = Card::with_uid("04000000000001")?.holding(sticker("spaces.nexudus.com/tiles/", &"0".repeat(32)));
    let verdict = tap(0, place).await?;
    assert_eq!(
        (&verdict["kind"], &verdict["tile"]),
        (&"unusable_tile".into(), &"…0001".into()),
        "{}",
        headless.story()
    );
    let verdict = tap(1, Card::with_uid(JOSE)?).await?;
    assert_eq!(verdict["kind"], "checked_out", "{}", headless.story());
    assert_eq!(station.spaces.state().checkins(1_002).len(), 1);
    let (code, _) = headless.terminate().await?;
    assert_eq!(code, Some(0), "{}", headless.story());
    Ok(())
}

/// The memory of an NTAG213 with an address (NFC Forum Type 2 Tag; the address begins with `https://`, which is code 4).
fn sticker(host: &str, rest: &str) -> Vec<u8> {
    let address = format!("\u{4}{host}{rest}");
    let length = u8::try_from(address.len()).unwrap_or(u8::MAX);
    let mut memory = vec![0; 12];
    memory.extend([0xE1, 0x10, 0x12, 0x00, 0x03, length + 4, 0xD1, 0x01, length, b'U']);
    memory.extend(address.as_bytes());
    memory.push(0xFE);
    memory.resize(45 * 4, 0);
    memory
}

/// Needs no service, and so no virtual cards.
#[tokio::test]
async fn the_doctor_says_what_is_missing_and_what_brings_it() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    use_reader(&station, "kind = \"pcsc\"")?;
    let mut command = station.command(&["doctor", "--json"])?;
    command.env("PCSCLITE_CSOCK_NAME", station.folder().join("none"));
    let output = tapdesk_tests::kiosk::station::run(command, "").await?;
    let checks: Value = serde_json::from_slice(&output.stdout)?;
    let checks = checks.as_array().or_else(|| checks["checks"].as_array()).cloned().unwrap_or_default();
    let reader = checks.iter().find(|check| check["check"] == "reader").cloned().unwrap_or_default();
    ensure!(reader["ok"] == false, "{checks:?}");
    let (found, advice) = (reader["found"].as_str().unwrap_or_default(), reader["do"].as_str().unwrap_or_default());
    ensure!(found.contains("smart-card service does not run") && found.contains("pcscd"), "{found}");
    ensure!(advice.contains("`sudo "), "{advice}");
    Ok(())
}
