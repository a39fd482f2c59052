//! What is sent to whoever helps, and the roles that the kiosk's account needs.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::Value;
use tapdesk_engine::rights;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::spaces::{Account, LoggedRequest, seed};

use crate::{ANA, Desk, JOSE, SOON, WANG};

const LAYLA_WITHOUT_A_PASS: &str = "04A5B2C3D4E5F6";
const NOBODY: &str = "04FFEEDDCCBBAA";

#[tokio::test]
async fn the_bundle_helps_and_gives_nobody_away() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    for tile in [ANA.1, LAYLA_WITHOUT_A_PASS, NOBODY] {
        desk.tap_and_see(tile).await?;
    }
    desk.state.take_down();
    let ack = desk.tap(WANG.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
    desk.take_away().await?;
    // What should never be in a log, is.
    let log = std::fs::read_dir(desk.station.data_dir().join("logs"))?.flatten().next().expect("a log");
    let slip = format!("\nslip: Ana Prieto <{}> {} Bearer abc.def\n", seed::USERNAME, ANA.1);
    std::fs::write(log.path(), std::fs::read_to_string(log.path())? + &slip)?;

    let bundle = desk.station.folder().join("support.zip");
    let path = bundle.to_string_lossy().into_owned();
    let output = desk.station.run(&["doctor", "--json", "--bundle", &path], "").await?;
    assert_eq!(output.status.code(), Some(1), "the service is away");
    let report: Value = serde_json::from_slice(&output.stdout)?;
    let unpacked = desk.station.folder().join("unpacked");
    let unzip =
        std::process::Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&bundle).arg(&unpacked).status()?;
    assert!(unzip.success());

    let read = |name: &str| std::fs::read_to_string(unpacked.join(name));
    let doctor: Value = serde_json::from_str(&read("doctor.json")?)?;
    assert_eq!(doctor.as_array().map(Vec::len), report["checks"].as_array().map(Vec::len));
    let queue: Value = serde_json::from_str(&read("queue.json")?)?;
    assert_eq!((&queue["waiting"], queue["entries"][0]["entry"] == ack["entry"]), (&Value::from(1), true));
    let settings: Value = serde_json::from_str(&read("configuration.json")?)?;
    assert!(settings.as_array().is_some_and(|items| items.len() > 20), "{settings}");
    let name = log.file_name().to_string_lossy().into_owned();
    let log = read(&format!("logs/{name}"))?;
    assert!(log.contains("verdict") && log.contains("slip: <name> <name> <<email>> <tile> <token>"), "{log}");

    for file in
        ["README.txt", "doctor.json", "configuration.json", "queue.json", "system.json", &format!("logs/{name}")]
    {
        let text = read(file)?.to_lowercase();
        let people = ["prieto", "josé", "layla", "xiuying", seed::USERNAME, seed::PASSWORD];
        for secret in people.into_iter().chain([ANA.1, JOSE.1, WANG.1, LAYLA_WITHOUT_A_PASS, NOBODY]) {
            assert!(!text.contains(&secret.to_lowercase()), "{secret} in {file}: {text}");
        }
    }
    desk.close().await
}

/// Files of this folder of the kiosk's data, by their names.
fn files(desk: &Desk, folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(desk.station.data_dir().join(folder)).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_kiosk_that_was_killed_is_reported_and_one_that_ended_is_not() -> anyhow::Result<()> {
    let mut desk = Desk::open("").await?;
    let first = desk.headless.pid();
    desk.headless.kill().await?;
    desk = Desk::at(desk.station).await?;
    let reports = files(&desk, "crashes");
    assert_eq!(reports.len(), 1, "{reports:?}");
    let report: Value = serde_json::from_str(&std::fs::read_to_string(&reports[0])?)?;
    let said = report["what"].as_str().unwrap_or_default();
    assert!(said.contains(&format!("process {first}")) && said.contains("did not end by itself"), "{report}");
    desk.headless.terminate().await?;
    desk = Desk::at(desk.station).await?;
    assert_eq!(files(&desk, "crashes"), reports, "the second one ended by itself");

    let bundle = desk.station.folder().join("support.zip");
    desk.station.run(&["doctor", "--bundle", &bundle.to_string_lossy()], "").await?;
    let listed = std::process::Command::new("python3").args(["-m", "zipfile", "-l"]).arg(&bundle).output()?;
    let name = reports[0].file_name().context("a name")?.to_string_lossy().into_owned();
    assert!(String::from_utf8_lossy(&listed.stdout).contains(&format!("crashes/{name}")), "{listed:?}");
    desk.close().await
}

#[tokio::test]
async fn a_line_of_the_log_is_a_json_object_or_words_and_a_day_takes_no_more() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.tap_and_see(ANA.1).await?;
    desk.headless.terminate().await?;
    let text = std::fs::read_to_string(&files(&desk, "logs")[0])?;
    let lines = text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let verdict = lines.iter().find(|line| line["message"] == "verdict").context("no verdict")?;
    assert_eq!((&verdict["kind"], &verdict["level"]), (&Value::from("checked_in"), &Value::from("INFO")), "{verdict}");
    assert!(verdict["timestamp"].is_string() && verdict["target"].is_string(), "{verdict}");

    let desk = Desk::open("[log]\nformat = \"text\"\nmegabytes_a_day = 1").await?;
    desk.tap_and_see(ANA.1).await?;
    desk.headless.terminate().await?;
    let log = files(&desk, "logs").remove(0);
    let text = std::fs::read_to_string(&log)?;
    assert!(text.lines().any(|line| line.contains("INFO") && line.contains("verdict entry=")), "{text}");
    // A day that a fault has filled: the kiosk goes on, and its log does not grow.
    std::fs::write(&log, "x".repeat(1_000_000))?;
    let desk = Desk::at(desk.station).await?;
    desk.tap_and_see(WANG.1).await?;
    desk.headless.terminate().await?;
    let end = std::fs::read_to_string(&log)?.split_off(1_000_000);
    assert!(end.contains("the log of this day is full") && !end.contains("verdict"), "{end}");
    Ok(())
}

/// With the roles that Tapdesk asks for and no other it does all that it does, and it asks for none that it does not use.
#[tokio::test]
async fn the_roles_that_are_asked_for_are_enough_and_none_is_too_many() -> anyhow::Result<()> {
    let station = Station::start("[tap]\nrepeat_window_s = 0").await?;
    let names: Vec<&str> = rights::ROLES.iter().map(|role| role.name).collect();
    let account = Account::administrator("minimal@example.org", seed::PASSWORD, "Kiosk").only(&names);
    station.spaces.state().add_account(account);
    let output = station.run(&["sign-in", "--username", "minimal@example.org"], seed::PASSWORD).await?;
    assert!(output.status.success(), "{output:?}");
    let output = station.run(&["doctor", "--json"], "").await?;
    assert!(output.status.success(), "{output:?}");
    let desk = Desk::at(station).await?;
    for (tile, kind) in [
        (ANA.1, "checked_in"),
        (ANA.1, "checked_out"),
        (LAYLA_WITHOUT_A_PASS, "refused"),
        ("04A7B2C3D4E5F6", "refused"),
        (NOBODY, "unknown_tile"),
    ] {
        assert_eq!(desk.tap_and_see(tile).await?["kind"], kind, "{tile}");
    }
    let requests = desk.state.requests();
    let refused: Vec<_> = requests.iter().filter(|request| matches!(request.status, Some(401 | 403))).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let used: BTreeSet<String> = requests.iter().filter_map(role).collect();
    let needed = rights::ROLES.iter().filter(|role| role.needed).map(|role| role.name);
    let unused: Vec<&str> = needed.filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "asked for and not used: {unused:?} of {used:?}");
    desk.close().await
}

/// The role that a request needs, by its path and verb.
fn role(request: &LoggedRequest) -> Option<String> {
    let entities = [
        ("businesses", "Business"),
        ("coworkers", "Coworker"),
        ("checkins", "Checkin"),
        ("failedcheckins", "FailedCheckin"),
    ];
    let mut parts = request.path.split('/').skip(3);
    let (plural, id) = (parts.next()?, parts.next());
    let (_, entity) = entities.iter().find(|(other, _)| *other == plural)?;
    let right = match (request.method.as_str(), id) {
        ("GET", None) => "List",
        ("GET", Some(_)) => "Read",
        ("POST", _) => "Create",
        ("PUT", _) => "Edit",
        _ => "Delete",
    };
    Some(format!("{entity}-{right}"))
}
