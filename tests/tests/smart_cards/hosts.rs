//! The virtual cards, read by a program that nobody here wrote: what it takes for a card is one.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use tapdesk_tests::left_out;
use tapdesk_tests::smart_cards::{Behaviour, Card, GET_UID, Service};

use crate::{ANA, SOON, service};

/// Sends a question to the card in the first reader by `scriptor`, of pcsc-tools; what it says.
fn ask(service: &Service, question: &str) -> anyhow::Result<String> {
    let mut command = Command::new("scriptor");
    command.args(["-r", &Service::reader(0), "-p", "T=1"]).env("PCSCLITE_CSOCK_NAME", service.socket());
    let mut program = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    program.stdin.take().context("no standard input")?.write_all(format!("{question}\n").as_bytes())?;
    let output = program.wait_with_output()?;
    Ok(format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn another_program_reads_the_cards_as_cards() -> anyhow::Result<()> {
    let Some(service) = service()? else { return Ok(()) };
    if Command::new("scriptor").arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        left_out("virtual smart cards are proven by scriptor, of the package pcsc-tools; `./dev test` installs it");
        return Ok(());
    }
    let powered = || service.log().matches("Card ATR: 3B 8F 80 01").count();
    let there = |times| {
        let deadline = std::time::Instant::now() + SOON;
        while powered() < times {
            ensure!(std::time::Instant::now() < deadline, "no card is seen: {}", service.log());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        anyhow::Ok(())
    };
    let stay = service.insert(0, Card::with_uid(ANA)?)?;
    there(1)?;
    let said = ask(&service, "FF CA 00 00 00")?;
    ensure!(said.contains("04 A1 B2 C3 D4 E5 F6 90 00"), "{said}");
    let said = ask(&service, "00 A4 04 00 00")?;
    ensure!(said.contains("6D 00"), "a question that is not known: {said}");
    ensure!(stay.asked() == [&GET_UID[..], &[0x00, 0xA4, 0x04, 0x00, 0x00]], "{:02X?}", stay.asked());
    stay.remove();
    let _without = service.insert(0, Card::with_uid(ANA)?.that(Behaviour::Status(0x6A81)))?;
    there(2)?;
    let said = ask(&service, "FF CA 00 00 00")?;
    ensure!(said.contains("6A 81"), "{said}");
    Ok(())
}
