//! Nothing secret is left lying about: no password, no token, no whole UID.

use std::path::{Path, PathBuf};

use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::{self, Station};
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::seed;

use crate::{ANA, Desk, JOSE, SOON, WANG};

/// How the simulator's tokens begin; 32 hex digits follow.
const TOKENS: [&str; 2] = ["access-", "refresh-"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// The first secret in a text: a token, or one of `others`.
fn secret<'a>(text: &'a str, others: &[&'a str]) -> Option<&'a str> {
    let is_token = |start: &str| {
        let digits = start.chars().take(32).filter(char::is_ascii_hexdigit);
        digits.count() == 32
    };
    let token = TOKENS
        .into_iter()
        .find(|begin| text.match_indices(begin).any(|(place, _)| is_token(&text[place + begin.len()..])));
    let lower = text.to_lowercase();
    token.or_else(|| others.iter().copied().find(|other| lower.contains(&other.to_lowercase())))
}

#[test]
fn secrets_are_found() {
    let token = format!("x access-{}", "0a".repeat(16));
    assert_eq!(secret(&token, &[]), Some("access-"));
    assert_eq!(secret("access-denied 04a1B2", &["04A1B2"]), Some("04A1B2"));
    assert_eq!(secret("access-denied …E5F6", &["04A1B2"]), None);
}

/// All that a desk says, does and leaves behind while everything that it can meet happens once.
async fn traces(level: &str) -> anyhow::Result<(Desk, Vec<(String, String)>)> {
    let station = Station::start("").await?;
    let mut texts = Vec::new();
    let mut run = async |arguments: &[&str], input: &str| -> anyhow::Result<()> {
        let mut command = station.command(arguments)?;
        command.env("RUST_LOG", level);
        let output = station::run(command, input).await?;
        for bytes in [output.stdout, output.stderr] {
            texts.push((format!("{arguments:?}"), String::from_utf8_lossy(&bytes).into_owned()));
        }
        Ok(())
    };
    run(&["sign-in", "--username", seed::USERNAME], seed::PASSWORD).await?;
    run(&["doctor"], "").await?;
    let mut command = station.command(&["headless"])?;
    command.env("RUST_LOG", level);
    let headless = Headless::spawn(command.into_std())?;
    let desk = Desk::with(station, headless).await?;
    for tile in [ANA.1, "04FFEEDDCCBBAA", "04ABB2C3D4E5F6", "04A7B2C3D4E5F6"] {
        desk.tap_and_see(tile).await?;
    }
    desk.station.reader.present(Tile::phone())?;
    desk.headless.wait_for(SOON, |line| line["kind"] == "unusable_tile").await;
    desk.take_away().await?;
    desk.state.revoke_access_tokens();
    desk.tap_and_see(JOSE.1).await?;
    desk.state.take_down();
    desk.tap_and_see(WANG.1).await?;
    for arguments in [&["queue"][..], &["queue", "--json"]] {
        let output = desk.station.run(arguments, "").await?;
        texts.push((format!("{arguments:?}"), String::from_utf8_lossy(&output.stdout).into_owned()));
    }
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", desk.headless.pid()))?;
    let cores = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap_or_default();
    assert_eq!(
        cores.split_whitespace().filter(|word| *word == "0").count(),
        2,
        "a crash leaves no memory behind: {cores}"
    );
    for process in desk.headless.readers()?.into_iter().chain([desk.headless.pid()]) {
        for file in ["cmdline", "environ"] {
            let bytes = std::fs::read(format!("/proc/{process}/{file}"))?;
            texts.push((format!("{file} of {process}"), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    let lines: Vec<String> = desk.headless.lines().into_iter().map(|line| line.text).collect();
    texts.push(("standard output".to_owned(), lines.join("\n")));
    texts.push(("log on standard error".to_owned(), desk.headless.errors()));
    let mut kept = Vec::new();
    files(&desk.station.data_dir(), &mut kept)?;
    for path in kept {
        let kind = if path.starts_with(desk.station.data_dir().join("logs")) { "log" } else { "file" };
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        texts.push((format!("{kind} {}", path.display()), text));
    }
    Ok((desk, texts))
}

async fn nothing_secret(level: &str) -> anyhow::Result<()> {
    let (desk, texts) = traces(level).await?;
    assert!(texts.iter().any(|(place, text)| place.starts_with("log /") && !text.is_empty()), "there is a log file");
    let uids = [ANA.1, JOSE.1, WANG.1, "04FFEEDDCCBBAA", "04ABB2C3D4E5F6", "04A7B2C3D4E5F6"];
    for (place, text) in &texts {
        for line in text.lines() {
            assert_eq!(secret(line, &[&uids[..], &[seed::PASSWORD]].concat()), None, "in {place}: {line}");
            // Names are for the screen and the lines, not for a log.
            assert!(!place.starts_with("log") || !line.contains("Prieto"), "in {place}: {line}");
        }
    }
    desk.close().await
}

#[tokio::test]
async fn nothing_secret_is_printed_logged_or_kept() -> anyhow::Result<()> {
    nothing_secret("warn,tapdesk=info,tapdesk_engine=info,tapdesk_core=info").await
}

/// Who looks for a fault turns everything up and sends the log to somebody.
#[tokio::test]
async fn nothing_secret_is_logged_at_the_finest_level() -> anyhow::Result<()> {
    nothing_secret("trace").await
}
