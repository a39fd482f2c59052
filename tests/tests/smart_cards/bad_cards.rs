//! Cards that do not say their UID, or not at once: each is one clear outcome, and none takes the reader down.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tapdesk_core::tile::{TileReading, Unusable};
use tapdesk_tests::left_out;
use tapdesk_tests::smart_cards::{Behaviour, Card, Service};

use crate::{ANA, JOSE, SOON, service, start, take_away};

const UNUSABLE: TileReading = TileReading::Unusable(Unusable::Invalid);

#[tokio::test(flavor = "multi_thread")]
async fn a_card_without_a_uid_is_an_unusable_tile_once() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let mut reader = start(&service, &Service::reader(0)).await?;
    for (behaviour, most_questions) in [
        (Behaviour::Status(0x6A81), 1),
        (Behaviour::Status(0x6D00), 1),
        (Behaviour::Status(0x9000), 1),
        (Behaviour::Status(0x6300), 15),
        (Behaviour::Mute, 0),
        (Behaviour::Slow(Duration::from_secs(5)), 1),
    ] {
        let laid = Instant::now();
        let stay = service.insert(0, Card::with_uid(ANA)?.that(behaviour))?;
        let seen = reader.tile_at_once().await.with_context(|| format!("{behaviour:?}\n{}", service.log()))?;
        eprintln!("measured: {behaviour:?}: said {:?} after the card was there", laid.elapsed());
        ensure!(seen == UNUSABLE, "{behaviour:?}: {seen:?}");
        let asked = stay.asked().len();
        ensure!(asked <= most_questions, "{behaviour:?}: asked {asked} times");
        // The next is the card's going: it is told of once.
        stay.remove();
        let next = reader.until(|event| Some(format!("{event:?}"))).await?;
        ensure!(next.starts_with("TileGone"), "{behaviour:?}: {next}");
    }
    let _stay = service.insert(0, Card::with_uid(JOSE)?)?;
    ensure!(reader.tile_at_once().await? == TileReading::of_hex(JOSE), "the next card is read");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_takes_its_time_is_read() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    let mut reader = start(&service, &Service::reader(0)).await?;
    for behaviour in [Behaviour::StatusFirst(0x6300, 2), Behaviour::Slow(Duration::from_millis(2_300))] {
        let stay = service.insert(0, Card::with_uid(ANA)?.that(behaviour))?;
        let seen = reader.tile_at_once().await.with_context(|| format!("{behaviour:?}"))?;
        ensure!(seen == TileReading::of_hex(ANA), "{behaviour:?}: {seen:?}");
        take_away(&mut reader, stay).await?;
    }
    // Torn away while it was asked: that was no tap, and the next one is.
    let gone = service.insert(0, Card::with_uid(ANA)?.that(Behaviour::Leaves))?;
    ensure!(gone.wait_until_asked(1, SOON), "it is asked");
    drop(gone);
    let _stay = service.insert(0, Card::with_uid(JOSE)?)?;
    ensure!(reader.tile_at_once().await? == TileReading::of_hex(JOSE));
    Ok(())
}

/// What scriptor is made of: a program that has a card to itself until its standard input ends.
const HOLD: &str = r#"
use Chipcard::PCSC; use Chipcard::PCSC::Card; $| = 1;
my $context = Chipcard::PCSC->new() or die "no service: $Chipcard::PCSC::errno\n";
my $card = Chipcard::PCSC::Card->new($context, $ARGV[0], $Chipcard::PCSC::SCARD_SHARE_EXCLUSIVE)
  or die "no card: $Chipcard::PCSC::errno\n";
print "held\n"; <STDIN>; $card->Disconnect($Chipcard::PCSC::SCARD_LEAVE_CARD);
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_another_program_has_to_itself_is_unusable_until_it_is_laid_there_again() -> anyhow::Result<()> {
    use std::io::BufRead;

    let Some(service) = service()? else { return Ok(()) };
    if !Command::new("perl")
        .args(["-MChipcard::PCSC", "-e1"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|end| end.success())
    {
        left_out("a card that another program holds needs libpcsc-perl; `./dev test` installs it");
        return Ok(());
    }
    let stay = service.insert(0, Card::with_uid(ANA)?)?;
    let mut command = Command::new("perl");
    command.args(["-e", HOLD, &Service::reader(0)]).env("PCSCLITE_CSOCK_NAME", service.socket());
    let deadline = Instant::now() + SOON;
    // The service has yet to see the card.
    let mut other = loop {
        let mut other = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        std::io::BufReader::new(other.stdout.take().context("no standard output")?).read_line(&mut line)?;
        if line == "held\n" {
            break other;
        }
        other.wait()?;
        ensure!(Instant::now() < deadline, "the other program gets no card: {}", service.log());
    };
    let mut reader = start(&service, &Service::reader(0)).await?;
    let seen = reader.tile_at_once().await?;
    ensure!(seen == UNUSABLE, "{seen:?}");
    ensure!(stay.asked().is_empty(), "nothing reached it");
    drop(other.stdin.take());
    other.wait()?;
    take_away(&mut reader, stay).await?;
    let _stay = service.insert(0, Card::with_uid(ANA)?)?;
    ensure!(reader.tile_at_once().await? == TileReading::of_hex(ANA));
    Ok(())
}
