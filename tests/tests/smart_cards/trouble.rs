//! The service is killed, readers are unplugged, nothing happens for a while: each is told in a sentence, and over by itself.

use std::os::unix::net::UnixListener;
use std::time::{Duration, Instant};

use anyhow::ensure;
use tapdesk_core::tile::TileReading;
use tapdesk_engine::settings::reader::{ReaderKind, ReaderSettings};
use tapdesk_tests::kiosk::reader_process::processor_time;
use tapdesk_tests::smart_cards::{Card, Service};

use crate::{ANA, JOSE, begin, service, start, take_away};

/// How long a desk may be without its reader once the reader is there again.
const BACK_WITHIN: Duration = Duration::from_secs(3);
/// How long the process is watched while nothing happens.
const IDLE: Duration = Duration::from_secs(10);
/// The most of a core that it may take meanwhile.
const MOST_OF_A_CORE: f64 = 0.005;

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_killed_is_told_and_its_return_too() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let mut reader = start(&service, &Service::reader(0)).await?;
    for round in 0..3 {
        let stay = service.insert(0, Card::with_uid(ANA)?)?;
        ensure!(reader.tile_at_once().await? == TileReading::of_hex(ANA), "round {round}");
        let killed = Instant::now();
        service.kill()?;
        let why = reader.down().await?;
        eprintln!("measured: round {round}: down {:?} after the service was killed: {why}", killed.elapsed());
        ensure!(why.contains("smart-card service"), "{why}");
        let why = reader.down().await?;
        ensure!(why.contains("does not run"), "what is tried next says why: {why}");
        drop(stay);
        service.revive()?;
        let revived = Instant::now();
        ensure!(reader.up().await? == Service::reader(0));
        eprintln!("measured: round {round}: up {:?} after the service was back", revived.elapsed());
        ensure!(revived.elapsed() <= BACK_WITHIN, "up after {:?}", revived.elapsed());
        let stay = service.insert(0, Card::with_uid(JOSE)?)?;
        ensure!(reader.tile_at_once().await? == TileReading::of_hex(JOSE), "round {round}");
        take_away(&mut reader, stay).await?;
    }
    Ok(())
}

/// The virtual readers cannot be unplugged while the service runs: it is restarted, as by systemd, and has them no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_not_there_any_more_is_told_and_its_return_too() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let mut reader = start(&service, &Service::reader(0)).await?;
    service.unplug()?;
    service.kill()?;
    service.revive()?;
    while !reader.down().await?.contains("plug it in") {}
    service.plug_in()?;
    service.kill()?;
    service.revive()?;
    let back = Instant::now();
    reader.up().await?;
    eprintln!("measured: up {:?} after the reader was there again", back.elapsed());
    ensure!(back.elapsed() <= BACK_WITHIN, "up after {:?}", back.elapsed());
    let _stay = service.insert(0, Card::with_uid(ANA)?)?;
    ensure!(reader.tile_at_once().await? == TileReading::of_hex(ANA));
    Ok(())
}

/// Needs no service, and so no virtual cards.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_takes_the_call_and_never_answers_holds_nothing_up() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let socket = folder.path().join("pcscd.comm");
    let _service = UnixListener::bind(&socket)?;
    for (kind, said) in [(ReaderKind::Pcsc, "it does not answer"), (ReaderKind::Auto, "no USB reader is plugged in")] {
        let mut reader = begin(&socket, &ReaderSettings { kind, ..ReaderSettings::default() })?;
        let why = reader.down().await?;
        ensure!(why.contains("it does not answer") && why.contains(said), "{kind:?}: {why}");
        let process = reader.process()?;
        let threads = || anyhow::Ok(std::fs::read_dir(format!("/proc/{process}/task"))?.count());
        let before = threads()?;
        for _ in 0..2 {
            ensure!(reader.down().await? == why, "{kind:?}");
        }
        ensure!(reader.process()? == process, "{kind:?}: the process had to be started again");
        ensure!(threads()? == before, "{kind:?}: each try waits in a thread of its own");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_do_costs_next_to_nothing() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let mut reader = start(&service, &Service::reader(0)).await?;
    let process = reader.process()?;
    for (name, card) in [("an empty reader", None), ("a card that lies there", Some(Card::with_uid(ANA)?))] {
        let _stay = match card {
            Some(card) => {
                let stay = service.insert(0, card)?;
                reader.tile_at_once().await?;
                Some(stay)
            }
            None => None,
        };
        let before = processor_time(process)?;
        // Nothing can be waited for: that nothing happens is the matter.
        tokio::time::sleep(IDLE).await;
        let spent = processor_time(process)?.saturating_sub(before);
        let share = spent.as_secs_f64() / IDLE.as_secs_f64();
        eprintln!("measured: {name}: {spent:?} of a processor in {IDLE:?}, {:.2} % of a core", share * 100.0);
        ensure!(share <= MOST_OF_A_CORE, "{name}: {spent:?} in {IDLE:?}");
    }
    Ok(())
}
