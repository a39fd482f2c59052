//! From the tile at the reader to its acknowledgement on the headless lines, for each kind of reader that this machine has
//! a simulated one of; and what the reader process costs while nobody comes.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tapdesk_tests::figures;
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::reader_process::processor_time;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::tap::take_away;
use tapdesk_tests::pn532::{Kind, Tile};
use tapdesk_tests::smart_cards::{self, Card, Service};
use tapdesk_tests::typing_reader::{self, TypingReader};

/// How many taps are measured of each kind.
const TAPS: u8 = 100;
/// How long the reader process is watched while nobody comes.
const IDLE: Duration = Duration::from_secs(30);
/// How long any one step may take.
const DEADLINE: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut report = serde_json::Map::new();
    println!(
        "from the tile at the reader to `ack`, {TAPS} taps, milliseconds; processor time of the idle reader process"
    );
    println!("{:<10}{:>8}{:>8}{:>8}{:>12}", "", "p50", "p99", "max", "idle");
    report.insert("libnfc".to_owned(), chip().await?);
    match smart_cards::unavailable() {
        None => drop(report.insert("pcsc".to_owned(), smart_card().await?)),
        Some(why) => println!("pcsc      not measured: {why}"),
    }
    match typing_reader::unavailable() {
        None => drop(report.insert("keyboard".to_owned(), keyboard().await?)),
        Some(why) => println!("keyboard  not measured: {why}"),
    }
    figures::keep("readers", &report)
}

/// A PN532 on a serial line, through libnfc.
async fn chip() -> anyhow::Result<Value> {
    let station = Station::start("").await?;
    let headless = start(&station).await?;
    let idle = idle(&headless).await?;
    let mut times = Vec::new();
    for number in 0..TAPS {
        let mark = headless.mark();
        let presence = station.reader.present(Tile::new(&[0x04, 0xEE, number, 1, 2, 3, 4], Kind::Ntag213)?)?;
        let entered = station.reader.sighting(presence).context("the tile is in the field")?.entered;
        let ack = headless.wait_for_line(mark, DEADLINE, |line| line["event"] == "ack").await;
        times.push(ack.at.saturating_duration_since(entered));
        take_away(&station.reader, presence).await?;
    }
    headless.terminate().await?;
    Ok(row("libnfc", times, idle))
}

/// A virtual card in a virtual reader, which the smart-card service looks at every 400 ms; one with an interrupt line it
/// would not have to.
async fn smart_card() -> anyhow::Result<Value> {
    let service = Service::start()?;
    let station = Station::start("").await?;
    station.sign_in().await?;
    let mut command = station.command(&["headless"])?;
    command.env("PCSCLITE_CSOCK_NAME", service.socket());
    command.env("TAPDESK_READER__KIND", "pcsc").env("TAPDESK_READER__CONNECTION", "Virtual PCD 00 00");
    let headless = started(Headless::spawn(command.into_std())?).await;
    let idle = idle(&headless).await?;
    let mut times = Vec::new();
    for number in 0..TAPS {
        let mark = headless.mark();
        let inserted = Instant::now();
        let stay = service.insert(0, Card::with_uid(&format!("04EE{number:02X}01020304"))?)?;
        let ack = headless.wait_for_line(mark, DEADLINE, |line| line["event"] == "ack").await;
        times.push(ack.at.saturating_duration_since(inserted));
        stay.remove();
        // At any point of the service's round; it has to have seen that the card is gone.
        tokio::time::sleep(Duration::from_millis(900 + u64::from(number) * 137 % 400)).await;
    }
    headless.terminate().await?;
    Ok(row("pcsc", times, idle))
}

/// A reader that types ten digits and Enter, 8 ms a key: from its first key.
async fn keyboard() -> anyhow::Result<Value> {
    let mut reader = TypingReader::plug("Sycreader RFID Technology USB Reader", (0xffff, 0x0035))?;
    let station = Station::start("").await?;
    station.sign_in().await?;
    let mut command = station.command(&["headless"])?;
    command.env("TAPDESK_READER__KIND", "keyboard").env("TAPDESK_READER__CONNECTION", reader.node());
    let headless = started(Headless::spawn(command.into_std())?).await;
    let idle = idle(&headless).await?;
    let mut times = Vec::new();
    for number in 0..TAPS {
        let mark = headless.mark();
        let begun = Instant::now();
        reader.types(&format!("00081066{number:02}\n"))?;
        let ack = headless.wait_for_line(mark, DEADLINE, |line| line["event"] == "ack").await;
        times.push(ack.at.saturating_duration_since(begun));
    }
    headless.terminate().await?;
    Ok(row("keyboard", times, idle))
}

async fn start(station: &Station) -> anyhow::Result<Headless> {
    station.sign_in().await?;
    Ok(started(Headless::start(station)?).await)
}

async fn started(headless: Headless) -> Headless {
    headless.wait_until_it_works(DEADLINE).await;
    headless
}

/// The share of a core that the reader process takes while nobody comes.
async fn idle(headless: &Headless) -> anyhow::Result<f64> {
    let readers = headless.readers()?;
    let [reader] = readers.as_slice() else { anyhow::bail!("{} reader processes", readers.len()) };
    let before = processor_time(*reader)?;
    tokio::time::sleep(IDLE).await;
    Ok(processor_time(*reader)?.saturating_sub(before).as_secs_f64() / IDLE.as_secs_f64())
}

/// Prints a kind's figures; the same for the report.
fn row(kind: &str, mut times: Vec<Duration>, idle: f64) -> Value {
    let [p50, p99, max] = figures::spread(&mut times);
    println!("{kind:<10}{p50:>8.1}{p99:>8.1}{max:>8.1}{:>11.2}%", idle * 100.0);
    json!({ "p50": p50, "p99": p99, "max": max, "idle_share_of_a_core": idle })
}
