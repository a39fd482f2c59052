//! The command line as operators use it: what each command prints, and how it ends.

use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::{Station, run};
use tapdesk_tests::pn532;
use tapdesk_tests::spaces::seed;
use tokio::io::AsyncBufReadExt;

use crate::{ANA, Desk, SOON, is};

/// An address at which no session bus listens, and so no key store.
const NO_BUS: (&str, &str) = ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[tokio::test]
async fn help_version_and_usage() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let (code, help, _) = told(&station.run(&["--help"], "").await?);
    assert_eq!(code, Some(0));
    let named = [
        "headless",
        "sign-in",
        "sign-out",
        "set-up",
        "provision",
        "config",
        "reset",
        "doctor",
        "queue",
        "reader",
        "--config",
        "--version",
        "TAPDESK_",
        "78",
    ];
    for word in named {
        assert!(help.contains(word), "no {word} in {help}");
    }
    let (code, version, _) = told(&station.run(&["--version"], "").await?);
    assert_eq!((code, version.as_str()), (Some(0), concat!("tapdesk ", env!("CARGO_PKG_VERSION"), "\n")));
    for wrong in [&["--nonsense"][..], &["headless", "--json"], &["sign-in"], &["fly"]] {
        let (code, stdout, stderr) = told(&station.run(wrong, "").await?);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{wrong:?}");
        assert!(stderr.contains("Usage"), "{stderr}");
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_password_is_said_and_keeps_nothing() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let sign_in = ["sign-in", "--username", seed::USERNAME];
    let (code, stdout, stderr) = told(&station.run(&sign_in, "wrong-donkey").await?);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains("The user name or password is incorrect."), "{stderr}");
    assert!(!stderr.contains("wrong-donkey"));
    let (code, _, stderr) = told(&station.run(&sign_in, "").await?);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("no password"), "{stderr}");
    let (code, stdout, stderr) = told(&station.run(&sign_in, seed::PASSWORD).await?);
    assert_eq!((code, stdout.contains("Quay House")), (Some(0), true), "{stdout}{stderr}");
    Ok(())
}

#[tokio::test]
async fn without_a_key_store_nothing_starts_and_the_reason_is_said() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    for (arguments, input) in [(&["sign-in", "--username", seed::USERNAME][..], seed::PASSWORD), (&["headless"], "")] {
        let mut command = station.command(arguments)?;
        command.env(NO_BUS.0, NO_BUS.1);
        let (code, stdout, stderr) = told(&run(command, input).await?);
        assert_eq!((code, stdout.as_str()), (Some(1), ""), "{arguments:?}: {stderr}");
        assert!(stderr.contains("key store") && stderr.contains("unlock"), "{stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
    Ok(())
}

#[tokio::test]
async fn without_a_reader_the_desk_runs_and_says_so() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.sign_in().await?;
    let mut command = station.command(&["headless"])?;
    command.env("TAPDESK_READER__CONNECTION", "pn532_uart:/dev/tapdesk-nothing:115200");
    let headless = Headless::spawn(command.into_std())?;
    let down = headless.wait_for(SOON, is("reader", "down")).await;
    let why = down["why"].as_str().unwrap_or_default();
    assert!(why.contains("/dev/tapdesk-nothing is not there") && why.contains("plug the reader in"), "{down}");
    headless.wait_for(SOON, is("link", "online")).await;
    assert_eq!(headless.terminate().await?.0, Some(0));
    Ok(())
}

#[tokio::test]
async fn without_a_sign_in_the_desk_says_what_to_do() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let headless = Headless::start(&station)?;
    let line = headless.wait_for(SOON, is("link", "signed_out")).await;
    assert!(line["why"].as_str().is_some_and(|why| why.contains("tapdesk sign-in --username")), "{line}");
    station.sign_in().await?;
    headless.wait_for(Duration::from_secs(40), is("link", "online")).await;
    assert_eq!(headless.terminate().await?.0, Some(0));
    Ok(())
}

#[tokio::test]
async fn the_doctor_finds_a_healthy_desk_well() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.sign_in().await?;
    let (code, stdout, stderr) = told(&station.run(&["doctor", "--json"], "").await?);
    assert_eq!(code, Some(0), "{stdout}{stderr}");
    let report: Value = serde_json::from_str(&stdout)?;
    assert_eq!(report["ok"], true);
    let checks = report["checks"].as_array().cloned().unwrap_or_default();
    let names: Vec<&str> = checks.iter().filter_map(|check| check["check"].as_str()).collect();
    let all = [
        "configuration",
        "reader",
        "sound",
        "data folder",
        "key store",
        "staff PIN",
        "sign-in",
        "rights",
        "location",
        "clock",
        "queue",
    ];
    assert_eq!(names, all);
    let (code, stdout, _) = told(&station.run(&["doctor"], "").await?);
    assert_eq!(code, Some(0), "{stdout}");
    for name in all {
        assert!(stdout.lines().any(|line| line.starts_with("ok") && line.contains(name)), "no {name} in {stdout}");
    }
    Ok(())
}

#[tokio::test]
async fn the_doctor_names_each_problem_and_what_to_do() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let problems = |report: &Value| -> Vec<String> {
        let checks = report["checks"].as_array().cloned().unwrap_or_default();
        let bad = checks.iter().filter(|check| check["ok"] == false);
        assert!(bad.clone().all(|check| check["do"].is_string() && check["found"].is_string()), "{report}");
        bad.filter_map(|check| check["check"].as_str().map(str::to_owned)).collect()
    };
    let examine = async |variables: &[(&str, &str)]| -> anyhow::Result<Value> {
        let mut command = station.command(&["doctor", "--json"])?;
        command.envs(variables.iter().copied());
        let (code, stdout, stderr) = told(&run(command, "").await?);
        assert_eq!(code, Some(1), "{stdout}{stderr}");
        Ok(serde_json::from_str(&stdout)?)
    };
    let connection = ("TAPDESK_READER__CONNECTION", "pn532_uart:/dev/tapdesk-nothing:115200");
    assert_eq!(problems(&examine(&[connection]).await?), ["reader", "key store", "sign-in"]);
    station.sign_in().await?;
    assert_eq!(problems(&examine(&[("TAPDESK_SPACES__BUSINESS_ID", "77")]).await?), ["location"]);
    let without_store = problems(&examine(&[NO_BUS]).await?);
    assert_eq!(without_store, ["key store", "sign-in"]);
    station.spaces.state().change_switches(|switches| switches.clock_skew_seconds = 120);
    assert_eq!(problems(&examine(&[]).await?), ["clock"]);
    station.spaces.state().change_switches(|switches| switches.clock_skew_seconds = 0);
    station.spaces.state().refuse_connections();
    assert_eq!(problems(&examine(&[]).await?), ["sign-in"]);
    let (code, stdout, _) = told(&station.run(&["doctor"], "").await?);
    assert_eq!(code, Some(1));
    assert!(stdout.contains("PROBLEM") && stdout.contains("->"), "{stdout}");
    Ok(())
}

/// The chip is silent, and somebody else has its line open.
#[tokio::test]
async fn the_doctor_names_who_has_the_reader() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.reader.fault(pn532::Fault::Hang, None);
    let hold = "exec 3<>\"$0\"; echo open; exec sleep 60";
    let mut command = tokio::process::Command::new("sh");
    command.args(["-c", hold]).arg(station.folder().join("reader")).stdout(Stdio::piped()).kill_on_drop(true);
    let mut holder = command.spawn()?;
    let mut line = String::new();
    let stdout = holder.stdout.take().ok_or_else(|| anyhow::anyhow!("no output"))?;
    tokio::io::BufReader::new(stdout).read_line(&mut line).await?;
    let (_, stdout, stderr) = told(&station.run(&["doctor", "--json"], "").await?);
    let report: Value = serde_json::from_str(&stdout)?;
    let checks = report["checks"].as_array().cloned().unwrap_or_default();
    let reader = checks.iter().find(|check| check["check"] == "reader").ok_or_else(|| anyhow::anyhow!("{stderr}"))?;
    let (found, advice) = (reader["found"].as_str().unwrap_or_default(), reader["do"].as_str().unwrap_or_default());
    let process = holder.id().unwrap_or_default();
    assert!(found.contains("no reader answers") && found.contains(&format!("sleep (process {process})")), "{reader}");
    assert!(advice.contains(&format!("`sudo kill {process}`")), "{reader}");
    Ok(())
}

#[tokio::test]
async fn the_queue_has_its_shape() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let (code, stdout, _) = told(&station.run(&["queue", "--json"], "").await?);
    assert_eq!((code, stdout.as_str()), (Some(0), "{\"waiting\":0,\"needs_staff\":0,\"entries\":[]}\n"));
    station.sign_in().await?;
    let desk = Desk::at(station).await?;
    desk.state.take_down();
    let ack = desk.tap(ANA.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
    let queue = desk.queue().await?;
    let entry = json!({ "entry": ack["entry"], "state": "waiting", "tile": "…E5F6", "coworker_id": ANA.0,
        "at": ack["at"], "reason": null });
    assert_eq!(queue, json!({ "waiting": 1, "needs_staff": 0, "entries": [entry] }));
    let (code, stdout, _) = told(&desk.station.run(&["queue"], "").await?);
    assert_eq!(code, Some(0));
    assert!(stdout.starts_with("1 waiting, 0 for staff\n") && stdout.contains("member 1001"), "{stdout}");
    desk.close().await
}

#[tokio::test]
async fn sigterm_ends_it_at_once_also_in_the_middle_of_things() -> anyhow::Result<()> {
    use tapdesk_tests::spaces::{Fault, FaultKind};
    let desk = Desk::open("").await?;
    desk.state.inject(Fault::new(FaultKind::Hold { commit_first: false }).on("GET", crate::CHECKINS));
    desk.lay(ANA.1).await?;
    let readers = desk.headless.readers()?;
    let (code, took) = desk.headless.terminate().await?;
    eprintln!("measured: ended {took:?} after SIGTERM");
    assert_eq!(code, Some(0), "{}", desk.headless.story());
    for reader in readers {
        let stat = std::fs::read_to_string(format!("/proc/{reader}/stat")).unwrap_or_default();
        assert!(stat.is_empty() || stat.contains(") Z"), "the reader process stays behind: {stat}");
    }
    desk.has_behaved();
    Ok(())
}

#[tokio::test]
async fn a_second_one_with_the_same_data_folder_is_sent_away() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let (code, stdout, stderr) = told(&desk.station.run(&["headless"], "").await?);
    assert_eq!((code, stdout.as_str()), (Some(1), ""), "{stderr}");
    assert!(stderr.contains("another Tapdesk is running") && stderr.contains("data_dir"), "{stderr}");
    let (code, _, stderr) = told(&desk.station.run(&["set-up"], "").await?);
    assert_eq!(code, Some(1), "{stderr}");
    assert!(stderr.contains("another Tapdesk is running"), "a set-up beside it too: {stderr}");
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in", "the first one goes on");
    desk.close().await
}

/// Two data folders and one reader: the second desk runs, and says who has the reader.
#[tokio::test]
async fn a_second_one_with_the_same_reader_is_told() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let mut command = desk.station.command(&["headless"])?;
    command.env("TAPDESK_DATA_DIR", desk.station.folder().join("second"));
    let second = Headless::spawn(command.into_std())?;
    let down = second.wait_for(SOON, is("reader", "down")).await;
    assert!(down["why"].as_str().is_some_and(|why| why.contains("another Tapdesk uses this reader")), "{down}");
    assert_eq!(second.terminate().await?.0, Some(0));
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    desk.close().await
}
