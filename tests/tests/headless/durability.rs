//! The machine fails: the power goes, the disk refuses, the clock jumps, the key is lost. Nothing is lost, nothing counts
//! twice, and the program says what is wrong.

use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tapdesk_tests::kiosk::disk::Refused;
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::spaces::{Fault, FaultKind};
use tokio::process::Command;

use crate::{ANA, CHECKINS, Desk, JOSE, SEAMUS, SOON, WANG, is, second_of};

/// Longest wait for the connection and all that waited for it.
const RECOVERED: Duration = Duration::from_secs(40);
/// Longest wait for a request that may be lost: it is looked for at once and after 2, 8 and 30 s.
const SENT_AGAIN: Duration = Duration::from_mins(2);
/// A lost request is repeated after 40 s, carried out after 75 s, and looked for every 30 s.
const UNDONE_WITHIN: Duration = Duration::from_secs(150);
/// Between two looks at what the program has logged.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Where Debian keeps the library that shifts clocks.
const FAKETIME: &str = "faketime/libfaketimeMT.so.1";

impl Desk {
    /// The power goes, and comes back.
    async fn power_cut(self) -> anyhow::Result<Self> {
        self.headless.kill().await?;
        let headless = Headless::start(&self.station)?;
        headless.wait_for(SOON, is("reader", "up")).await;
        Ok(Self { headless, ..self })
    }
}

#[tokio::test]
async fn a_tap_is_not_lost_the_moment_it_was_acknowledged() -> anyhow::Result<()> {
    let mut desk = Desk::open("").await?;
    let mut taps = Vec::new();
    for (coworker, tile) in [ANA, JOSE, WANG] {
        let ack = desk.lay(tile).await?;
        desk.station.reader.handle().remove_all();
        desk = desk.power_cut().await?;
        taps.push((coworker, ack));
    }
    for (coworker, ack) in taps {
        // One that was on its way when the power went is looked for before it is sent again.
        desk.revised(&ack, "checked_in", SENT_AGAIN).await;
        let checkins = desk.state.checkins(coworker);
        assert_eq!((checkins.len(), &checkins[0]["FromTime"]), (1, &json!(second_of(&ack)?)));
    }
    desk.close().await
}

/// Power and network are gone together, and power is back first.
#[tokio::test]
async fn a_kiosk_that_starts_without_a_connection_knows_its_members() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let read = async {
        while !desk.headless.errors().contains("member list read") {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    tokio::time::timeout(SOON, read).await?;
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in");
    desk.state.refuse_connections();
    let desk = desk.power_cut().await?;
    let ack = desk.tap(ANA.1).await?;
    let verdict = desk.verdict(&ack, SOON).await;
    assert_eq!((&verdict["kind"], &verdict["member"]), (&json!("saved"), &json!("Ana")), "{}", desk.headless.story());
    let stranger = desk.tap_and_see("04FFEEDDCCBBAA").await?;
    assert_eq!(stranger["kind"], "unavailable");
    desk.state.bring_up();
    desk.revised(&ack, "checked_in", RECOVERED).await;
    desk.close().await
}

#[tokio::test]
async fn a_tile_that_still_lies_there_after_a_power_cut_is_no_second_tap() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let ack = desk.lay(ANA.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "checked_in");
    let desk = desk.power_cut().await?;
    let again = desk.headless.wait_for(SOON, |line| line["event"] == "ack").await;
    let verdict = desk.verdict(&again, SOON).await;
    assert_eq!((&verdict["kind"], &verdict["member"]), (&json!("checked_in"), &json!("Ana")));
    let checkins = desk.state.checkins(ANA.0);
    assert_eq!((checkins.len(), &checkins[0]["ToTime"]), (1, &Value::Null));
    desk.close().await
}

/// A request is carried out beside its repetition, after the program that sent both was killed.
#[tokio::test]
async fn a_checkin_carried_out_twice_is_taken_back_and_shown_to_staff() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.inject(Fault::new(FaultKind::CommitAfterTimeout { milliseconds: 75_000 }).on("POST", CHECKINS));
    let ack = desk.tap(ANA.1).await?;
    desk.revised(&ack, "checked_in", UNDONE_WITHIN).await;
    let desk = desk.power_cut().await?;
    assert!(desk.state.wait_until(UNDONE_WITHIN, |state| state.checkins(ANA.0).len() == 2).await, "a double");
    let stood = std::time::Instant::now();
    let for_staff = |line: &Value| line["event"] == "queue" && line["needs_staff"] == 1;
    desk.headless.wait_for(UNDONE_WITHIN, for_staff).await;
    eprintln!("measured: a double stood for {:?}", stood.elapsed());
    assert!(stood.elapsed() < Duration::from_mins(1));
    assert_eq!(desk.state.open_checkins(ANA.0).len(), 1);
    let queue = desk.queue().await?;
    let reason = queue["entries"][0]["reason"].as_str().unwrap_or_default();
    assert!(reason.contains("checked in twice") && reason.contains("was deleted"), "{queue}");
    desk.close().await
}

#[tokio::test]
async fn a_tap_that_others_overtook_is_left_to_staff() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.refuse_connections();
    let ack = desk.tap(ANA.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
    let later: DateTime<Utc> = serde_json::from_value::<DateTime<Utc>>(ack["at"].clone())? + TimeDelta::seconds(2);
    desk.state.open_checkin(ANA.0, 9, later);
    desk.state.bring_up();
    desk.revised(&ack, "unavailable", RECOVERED).await;
    assert_eq!(desk.state.checkins(ANA.0).len(), 1, "nothing was added");
    let queue = desk.queue().await?;
    assert_eq!((&queue["waiting"], &queue["needs_staff"]), (&json!(0), &json!(1)));
    desk.close().await
}

#[tokio::test]
async fn a_disk_that_refuses_is_said_and_no_tap_is_promised_anything() -> anyhow::Result<()> {
    for error in ["ENOSPC", "EROFS", "EIO"] {
        let desk = Desk::open("").await?;
        let refused = Refused::begin(&desk.headless, &desk.station, error).await?;
        let lost = desk.tap(ANA.1).await?;
        let verdict = desk.verdict(&lost, SOON).await;
        assert_eq!(verdict["kind"], "unavailable", "{error}: {verdict}");
        assert!(verdict["reason"].as_str().is_some_and(|reason| reason.contains("could not be stored")), "{verdict}");
        assert!(desk.headless.errors().contains("storage state=Fails"), "{error}: {}", desk.headless.errors());

        refused.end().await?;
        let for_staff = |line: &Value| line["event"] == "queue" && line["needs_staff"] == 1;
        desk.headless.wait_for(SOON, for_staff).await;
        let seen = desk.tap_and_see(JOSE.1).await?;
        assert_eq!(seen["kind"], "checked_in", "{error}: {}", desk.headless.story());
        assert!(desk.state.checkins(ANA.0).is_empty(), "what was not recorded stays so");
        // The tap that could not be stored is there for staff once the disk can be written again.
        let there = async {
            while desk.queue().await?["needs_staff"] != 1 {}
            anyhow::Ok(())
        };
        tokio::time::timeout(SOON, there).await??;
        desk.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_clock_that_jumps_loses_no_tap_and_changes_no_order() -> anyhow::Result<()> {
    let station = Station::start("[tap]\nrepeat_window_s = 0").await?;
    station.sign_in().await?;
    let clock = station.folder().join("clock");
    // A file that is put in place whole: one half-written would be no time.
    let shift = |by: &str| {
        std::fs::write(clock.with_extension("new"), format!("{by}\n"))?;
        std::fs::rename(clock.with_extension("new"), &clock)
    };
    shift("+0")?;
    let mut command = station.command(&["headless"])?;
    command.env("LD_PRELOAD", faketime()?).env("FAKETIME_TIMESTAMP_FILE", &clock);
    command.env("FAKETIME_NO_CACHE", "1").env("DONT_FAKE_MONOTONIC", "1").env("TZ", "Pacific/Kiritimati");
    let desk = Desk::with(station, Headless::spawn(command.into_std())?).await?;
    desk.state.refuse_connections();
    let mut taps = Vec::new();
    for (by, (coworker, tile)) in [("-2d", ANA), ("+2d", JOSE), ("-1h", WANG), ("+0", SEAMUS)] {
        shift(by)?;
        let ack = desk.tap(tile).await?;
        assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved", "{by}: {}", desk.headless.story());
        taps.push((coworker, ack));
    }
    shift("+1d")?;
    let last = desk.tap(ANA.1).await?;
    assert_eq!(desk.verdict(&last, SOON).await["kind"], "saved", "{}", desk.headless.story());
    desk.state.bring_up();
    for (coworker, ack) in &taps {
        desk.revised(ack, "checked_in", RECOVERED).await;
        assert_eq!(desk.state.checkins(*coworker)[0]["FromTime"], second_of(ack)?.as_str());
    }
    // A member's own taps keep their order; different members' go side by side.
    desk.revised(&last, "checked_out", RECOVERED).await;
    assert_eq!(desk.state.checkins(ANA.0)[0]["ToTime"], second_of(&last)?.as_str());
    assert_eq!(desk.sent("POST", CHECKINS).len(), taps.len(), "each was sent once");
    shift("+3h")?;
    desk.tap_and_see("04A5B2C3D4E5F6").await?;
    desk.tap_and_see("04A6B2C3D4E5F6").await?;
    assert!(desk.headless.errors().contains("clock seconds=-10"), "{}", desk.headless.errors());
    desk.close().await
}

fn faketime() -> anyhow::Result<std::path::PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib")?.filter_map(|folder| Some(folder.ok()?.path()));
    let places = libraries.chain(["/usr/lib".into(), "/usr/lib64".into()]).map(|folder| folder.join(FAKETIME));
    places
        .into_iter()
        .find(|place| place.is_file())
        .context("libfaketime is not installed: run the tests by `./dev test`")
}

#[tokio::test]
async fn a_lost_key_is_said_and_nothing_new_is_made() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.refuse_connections();
    let ack = desk.tap(ANA.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
    desk.headless.kill().await?;
    let journal = desk.station.data_dir().join("journal.sqlite");
    let before = std::fs::read(&journal)?;
    let device = std::fs::read_to_string(desk.station.data_dir().join("device_id"))?;
    let name = format!("{}/journal", device.trim());
    let cleared = Command::new("secret-tool").args(["clear", "service", "tapdesk", "username", &name]).status().await?;
    assert!(cleared.success());
    for command in ["headless", "queue"] {
        let output = desk.station.run(&[command], "").await?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{command}: {said}");
        assert!(said.contains("key"), "{command}: {said}");
    }
    assert_eq!(std::fs::read(&journal)?, before, "untouched");
    let refused = desk.station.run(&["reset"], "").await?;
    assert_eq!(refused.status.code(), Some(1));
    assert!(desk.station.run(&["reset", "--discard"], "").await?.status.success());
    assert!(!journal.exists());
    Ok(())
}

#[tokio::test]
async fn signing_out_and_resetting_lose_no_tap_without_saying_so() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.refuse_connections();
    let ack = desk.tap(ANA.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
    for command in ["sign-out", "reset"] {
        let beside = desk.station.run(&[command, "--discard"], "").await?;
        let said = String::from_utf8_lossy(&beside.stderr).into_owned();
        assert!(!beside.status.success() && said.contains("another Tapdesk"), "{command} beside a kiosk: {said}");
    }
    desk.headless.terminate().await?;
    for command in ["sign-out", "reset"] {
        let refused = desk.station.run(&[command], "").await?;
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{command}");
        assert!(said.contains("1 tap, the oldest since") && said.contains("--discard"), "{command}: {said}");
    }
    let signed_out = desk.station.run(&["sign-out", "--discard"], "").await?;
    let said = String::from_utf8_lossy(&signed_out.stdout).into_owned();
    assert!(signed_out.status.success() && said.contains("…E5F6") && said.contains("Signed out"), "{said}");
    let queue = desk.queue().await?;
    assert_eq!((&queue["waiting"], &queue["needs_staff"]), (&json!(0), &json!(1)), "left to staff");
    let headless = Headless::start(&desk.station)?;
    headless.wait_for(SOON, is("link", "signed_out")).await;
    headless.terminate().await?;

    let refused = desk.station.run(&["reset"], "").await?;
    assert!(String::from_utf8_lossy(&refused.stderr).contains("for staff: 1 tap"), "{refused:?}");
    let reset = desk.station.run(&["reset", "--discard"], "").await?;
    let said = String::from_utf8_lossy(&reset.stdout).into_owned();
    assert!(reset.status.success() && said.contains("…E5F6"), "{said}");
    let left: Vec<_> =
        std::fs::read_dir(desk.station.data_dir())?.filter_map(|file| Some(file.ok()?.file_name())).collect();
    assert!(
        !left.iter().any(|name| name == "device_id" || name.to_string_lossy().contains("journal.sqlite")),
        "{left:?}"
    );
    Ok(())
}
