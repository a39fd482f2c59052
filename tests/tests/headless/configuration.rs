//! A wrong configuration is refused with exit code 78, and with where, which key and what is allowed.

use std::process::Output;

use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::{Station, run};

use crate::{SOON, is};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Starts the station's program with this file and this variable; it must refuse them with all of these words.
async fn refused(
    station: &Station,
    file: Option<&str>,
    variable: Option<(&str, &str)>,
    words: &[&str],
) -> anyhow::Result<()> {
    if let Some(file) = file {
        std::fs::write(station.configuration(), file)?;
    }
    let mut command = station.command(&["headless"])?;
    command.envs(variable);
    let output = run(command, "").await?;
    let case = format!("{file:?} {variable:?}: {}", said(&output));
    assert_eq!(output.status.code(), Some(78), "{case}");
    assert!(output.stdout.is_empty(), "{case}");
    for word in words {
        assert!(said(&output).contains(word), "no {word:?} in {case}");
    }
    assert!(!said(&output).contains("panicked"), "{case}");
    Ok(())
}

#[tokio::test]
async fn a_bad_file_is_refused_by_file_and_key() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let path = station.configuration();
    let file = path.to_string_lossy();
    let spaces = "[spaces]\nbusiness_id = 9\n";
    let cases = [
        ("[spaces]\nbusiness_id = 9\nbusines = 1".to_owned(), vec!["`spaces.busines`", "business_id"]),
        (format!("nonsense = 1\n{spaces}"), vec!["`nonsense`", "spaces", "reader"]),
        (format!("{spaces}[tap]\nrepeat_window_s = -1"), vec!["`tap.repeat_window_s`", "0 to 3600"]),
        (format!("{spaces}[tap]\nrepeat_window_s = \"soon\""), vec!["`tap.repeat_window_s`", "soon"]),
        (format!("{spaces}[offline]\naccept = \"some\""), vec!["`offline.accept`", "\"none\", \"known\", \"all\""]),
        (format!("{spaces}[offline]\nmax_entries = 0"), vec!["`offline.max_entries`", "1 to"]),
        (format!("{spaces}[kiosk]\nnames = \"nick\""), vec!["`kiosk.names`", "\"first\", \"full\", \"none\""]),
        (format!("{spaces}[reader]\nkind = \"magic\""), vec!["`reader.kind`", "\"libnfc\""]),
        (format!("{spaces}[reader]\nkind = \"rfid\""), vec!["`reader.kind`", "\"pcsc\", \"keyboard\""]),
        (format!("{spaces}base_url = \"http://spaces.example.org/api\""), vec!["`spaces.base_url`", "https"]),
        (format!("{spaces}base_url = \"https://me:secret@example.org\""), vec!["`spaces.base_url`", "password"]),
        ("[spaces]\nbusiness_id = 0".to_owned(), vec!["`spaces.business_id`", "1 to"]),
        ("data_dir = \"x\"".to_owned(), vec!["the key `spaces", "missing"]),
        ("[spaces\nbusiness_id = 9".to_owned(), vec!["TOML"]),
    ];
    for (text, mut words) in cases {
        words.push(&file);
        refused(&station, Some(&text), None, &words).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let path = station.configuration();
    std::fs::remove_file(&path)?;
    refused(&station, None, None, &[&path.to_string_lossy(), "name a file"]).await
}

#[tokio::test]
async fn a_bad_variable_is_refused_by_its_name() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let cases = [
        ("TAPDESK_SPACES__BUSINESS_ID", "nine", "`spaces.business_id`"),
        ("TAPDESK_SPACES__BASE_URL", "http://192.0.2.1/api", "https"),
        ("TAPDESK_OFFLINE__ACCEPT", "some", "\"known\""),
        ("TAPDESK_SPACES__NONSENSE", "1", "business_id"),
        ("TAPDESK_READER__KIND", "magic", "\"libnfc\""),
    ];
    for (name, value, word) in cases {
        refused(&station, None, Some((name, value)), &[name, word]).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_variable_goes_before_the_file() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let file = std::fs::read_to_string(station.configuration())?;
    std::fs::write(station.configuration(), file.replace("business_id = 9", "business_id = 77"))?;
    station.sign_in().await?;
    station.spaces.state().clear_log();
    let mut command = station.command(&["headless"])?;
    command.env("TAPDESK_SPACES__BUSINESS_ID", "9");
    let headless = Headless::spawn(command.into_std())?;
    headless.wait_for(SOON, is("link", "online")).await;
    let state = station.spaces.state();
    assert!(state.wait_until(SOON, |state| asked(state, "/api/sys/businesses/9")).await, "{}", headless.story());
    assert!(!asked(&state, "/api/sys/businesses/77"));
    assert_eq!(headless.terminate().await?.0, Some(0));
    Ok(())
}

fn asked(state: &tapdesk_tests::spaces::State, path: &str) -> bool {
    state.requests().iter().any(|request| request.path == path)
}

#[tokio::test]
async fn a_location_that_the_account_does_not_see_is_named_with_those_it_sees() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let file = std::fs::read_to_string(station.configuration())?;
    std::fs::write(station.configuration(), file.replace("business_id = 9", "business_id = 77"))?;
    station.sign_in().await?;
    let headless = Headless::start(&station)?;
    let (status, _) = headless.ended(SOON).await?;
    assert_eq!(status.code(), Some(78), "{}", headless.story());
    for word in ["spaces.business_id", "77", "9 (Quay House)", "12 (Mill Yard)"] {
        assert!(headless.errors().contains(word), "no {word:?} in {}", headless.story());
    }
    Ok(())
}
