//! Readers that type, as keyboards of the kernel's own making (uinput), through the real program: from keys to a verdict.
//! Where the machine makes no keyboards they are left out; recorded events go through the same parser in the engine's own
//! tests.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use evdev::raw_stream::RawDevice;
use evdev::{EventType, InputEvent};
use rustix::fs::OFlags;
use serde_json::Value;
use tapdesk_core::tile::TileReading;
use tapdesk_engine::settings::reader::{ReaderKind, ReaderSettings};
use tapdesk_tests::kiosk::headless::{Headless, is};
use tapdesk_tests::kiosk::reader_process::{ReaderProcess, processor_time};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::left_out;
use tapdesk_tests::typing_reader::{TypingReader, unavailable};

/// Longest wait for anything that is going to happen.
const SOON: Duration = Duration::from_secs(20);
/// Between two looks at what the kernel does in its own time.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Ana's tile in hex, and as a reader types it that writes numbers with the last byte first.
const ANA: &str = "04A1B2C3D4E5F6";
const ANA_TYPED: &str = "69495546249912580";
const JOSE_TYPED: &str = "69495546249912836";

/// A reader that types; none where this machine makes none, which is said.
fn plug(name: &str, id: (u16, u16)) -> anyhow::Result<Option<TypingReader>> {
    if let Some(why) = unavailable() {
        left_out(&why);
        return Ok(None);
    }
    TypingReader::plug(name, id).map(Some)
}

/// What somebody else who listens to a keyboard hears of it.
struct Listener(RawDevice);

impl Listener {
    fn at(node: &Path) -> Self {
        let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap();
        let file = File::options().read(true).custom_flags(flags).open(node).unwrap();
        Self(RawDevice::from_fd(file.into()).unwrap())
    }

    /// The keys that went down since it was last asked.
    fn keys(&mut self) -> usize {
        let events: Vec<InputEvent> = self.0.fetch_events().map(Iterator::collect).unwrap_or_default();
        events.iter().filter(|event| event.event_type() == EventType::KEY && event.value() == 1).count()
    }
}

/// The reader process for a reader of this kind.
fn start(kind: ReaderKind, connection: Option<&str>) -> anyhow::Result<ReaderProcess> {
    let connection = connection.map(str::to_owned);
    ReaderProcess::start(&ReaderSettings { kind, connection, ..ReaderSettings::default() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fob_that_is_typed_is_a_tap_and_nobody_else_reads_it() -> anyhow::Result<()> {
    let Some(mut keyboard) = plug("Tapdesk Test Reader", (0x1234, 0x5678))? else { return Ok(()) };
    let mut page = Listener::at(keyboard.node());
    let station = Station::start("[tap]\nrepeat_window_s = 1\n[secrets]\nstore = \"file\"").await?;
    station.sign_in().await?;
    let mut command = station.command(&["headless"])?;
    command.env("TAPDESK_READER__KIND", "keyboard").env("TAPDESK_READER__CONNECTION", keyboard.node());
    command.env("TAPDESK_READER__FORMAT", "decimal_reversed");
    let headless = Headless::spawn(command.into_std())?;
    let up = headless.wait_for(SOON, is("reader", "up")).await;
    assert_eq!(up["reader"], "Tapdesk Test Reader");
    headless.wait_for(SOON, is("link", "online")).await;

    keyboard.types(&format!("{ANA_TYPED}\n"))?;
    let welcome = headless.wait_for(SOON, |line| line["event"] == "verdict").await;
    assert_eq!((&welcome["kind"], &welcome["coworker_id"]), (&Value::from("checked_in"), &Value::from(1001)));
    // It repeats its number while the fob lies there, and types without Enter; then comes another one.
    keyboard.types(ANA_TYPED)?;
    keyboard.types(&format!("\n{JOSE_TYPED}\n"))?;
    let next = headless.wait_for(SOON, |line| line["event"] == "verdict" && line["coworker_id"] == 1002).await;
    assert_eq!(next["kind"], "checked_in");
    let taps = headless.events().into_iter().filter(|line| line["event"] == "ack").count();
    assert_eq!(taps, 2, "a repeated number is no tap\n{}", headless.story());
    assert_eq!(page.keys(), 0, "what is typed is for this program alone");
    for line in headless.lines() {
        assert!(!line.text.contains(ANA_TYPED) && !line.text.contains(ANA), "{}", line.text);
    }
    assert!(!headless.errors().contains(ANA_TYPED), "{}", headless.errors());

    let reader = headless.readers()?[0];
    let (before, since) = (processor_time(reader)?, Instant::now());
    tokio::time::sleep(Duration::from_secs(3)).await;
    let used = processor_time(reader)?.saturating_sub(before);
    let share = used.as_secs_f64() / since.elapsed().as_secs_f64();
    eprintln!("measured: idle, the reader process uses {:.3} % of a core", share * 100.0);
    ensure!(share < 0.005, "{used:?}");

    // However the program ends, the keyboard is everybody's again.
    headless.kill().await?;
    keyboard.types("123\n")?;
    let until = Instant::now() + SOON;
    let mut heard = page.keys();
    while heard < 4 {
        ensure!(Instant::now() < until, "{heard} keys of four");
        std::thread::sleep(LOOK_EVERY);
        heard += page.keys();
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_unplugged_is_back_by_its_name() -> anyhow::Result<()> {
    let name = "Tapdesk Fob Keyboard";
    let Some(mut keyboard) = plug(name, (0x1234, 0x5679))? else { return Ok(()) };
    let mut reader = start(ReaderKind::Keyboard, Some("tapdesk fob"))?;
    assert_eq!(reader.up().await?, name);
    keyboard.types("12345678")?;
    assert_eq!(reader.tile().await?, TileReading::of_typed("12345678"), "without Enter");
    drop(keyboard);
    let why = reader.down().await?;
    ensure!(why.contains("unplugged"), "{why}");
    let why = reader.down().await?;
    ensure!(why.contains("keyboard") && why.contains("\"tapdesk fob\""), "{why}");
    let mut keyboard = plug(name, (0x1234, 0x5679))?.context("no keyboard")?;
    let since = Instant::now();
    assert_eq!(reader.up().await?, name);
    eprintln!("measured: up {:?} after the reader was plugged in", since.elapsed());
    keyboard.types("12345678\n")?;
    assert_eq!(reader.tile().await?, TileReading::of_typed("12345678"), "the same as before, and a tap");

    // A second program is told who may have it.
    let mut second = start(ReaderKind::Keyboard, keyboard.node().to_str())?;
    let why = second.down().await?;
    ensure!(why.contains("another Tapdesk"), "{why}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_card_reader_is_taken_unasked() -> anyhow::Result<()> {
    let Some(mut ordinary) = plug("Tapdesk Ordinary Keyboard", (0x1234, 0x567A))? else { return Ok(()) };
    let mut page = Listener::at(ordinary.node());
    let mut reader = start(ReaderKind::Auto, None)?;
    let why = reader.down().await?;
    ensure!(!why.contains("Ordinary"), "{why}");
    ordinary.types("123\n")?;
    let until = Instant::now() + SOON;
    while page.keys() == 0 {
        ensure!(Instant::now() < until, "an ordinary keyboard was taken");
        std::thread::sleep(LOOK_EVERY);
    }
    let known = plug("RFIDeas USB Keyboard (test)", (0x0C27, 0x3BFA))?.context("no keyboard")?;
    assert_eq!(reader.up().await?, "RFIDeas USB Keyboard (test)");
    drop(known);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_format_is_learnt_from_one_known_tile() -> anyhow::Result<()> {
    let Some(mut keyboard) = plug("Tapdesk Learning Reader", (0x1234, 0x567B))? else { return Ok(()) };
    let station = Station::start("").await?;
    let arguments = [
        "reader",
        "--connection",
        keyboard.node().to_str().context("a path in UTF-8")?,
        "--learn",
        "04:a1:b2:c3:d4:e5:f6",
    ];
    let headless = Headless::spawn(station.command(&arguments)?.into_std())?;
    let mut news = headless.news();
    let ready = async {
        while headless.lines().is_empty() {
            news.changed().await.unwrap();
        }
    };
    tokio::time::timeout(SOON, ready).await?;
    keyboard.types(&format!("{ANA_TYPED}\n"))?;
    let (status, _) = headless.ended(SOON).await?;
    let said: Vec<String> = headless.lines().into_iter().map(|line| line.text).collect();
    ensure!(status.success(), "{}", headless.story());
    ensure!(said.iter().any(|line| line == "format = \"decimal_reversed\""), "{said:?}");
    ensure!(!headless.story().contains(ANA) && !headless.story().contains(ANA_TYPED), "{}", headless.story());
    Ok(())
}
