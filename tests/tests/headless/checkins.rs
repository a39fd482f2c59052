//! In and out: the ordinary visit of a member.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::{Entity, Fault, FaultKind};

use crate::{ANA, CHECKINS, Desk, JOSE, SOON, second_of, time_passes};

fn keys(line: &Value) -> Vec<&str> {
    line.as_object().map(|object| object.keys().map(String::as_str).collect()).unwrap_or_default()
}

#[tokio::test]
async fn a_member_with_a_pass_is_checked_in() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let stay = desk.station.reader.present(Tile::parse(ANA.1)?)?;
    let acknowledged = desk.headless.wait_for_line(0, SOON, |line| line["event"] == "ack").await;
    let entry = acknowledged.says["entry"].clone();
    let told = desk.headless.wait_for_line(0, SOON, |line| line["event"] == "verdict" && line["entry"] == entry).await;
    let entered = desk.station.reader.sighting(stay).map(|sighting| sighting.entered);
    let since = |at: Instant| entered.map(|entered| at.saturating_duration_since(entered));
    eprintln!("measured: tile to ack {:?}, tile to verdict {:?}", since(acknowledged.at), since(told.at));

    let [ack, verdict] = [acknowledged.says, told.says];
    assert_eq!(keys(&ack), ["event", "entry", "tile", "at"]);
    let all = ["event", "entry", "kind", "member", "coworker_id", "checkin_id", "reason", "tile", "at", "revised"];
    assert_eq!(keys(&verdict), all);
    let checkins = desk.state.checkins(ANA.0);
    assert_eq!(checkins.len(), 1);
    let expected = json!({ "event": "verdict", "entry": entry, "kind": "checked_in", "member": "Ana",
        "coworker_id": ANA.0, "checkin_id": checkins[0]["Id"], "reason": null, "tile": "…E5F6", "at": verdict["at"],
        "revised": false });
    assert_eq!(verdict, expected);
    assert_eq!(ack["tile"], "…E5F6");

    let posted = desk.sent("POST", CHECKINS);
    assert_eq!(posted.len(), 1);
    let from = second_of(&ack)?;
    assert_eq!(posted[0].body, json!({ "BusinessId": 9, "CoworkerId": ANA.0, "FromTime": from, "Source": 4 }));
    assert_eq!(checkins[0]["FromTime"], from.as_str());
    desk.close().await
}

/// Standard output is stopped up, so the acknowledgement cannot be printed: nothing may be asked of the service then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tap_is_acknowledged_before_any_call() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.sign_in().await?;
    let state = station.spaces.state();
    let (reader, mut writer) = std::io::pipe()?;
    let mut command = station.command(&["headless"])?;
    let mut child = command.stdout(writer.try_clone()?).spawn()?;
    let mut lines = BufReader::new(reader).lines();
    let mut next = |events: &[&str]| -> anyhow::Result<Value> {
        for line in lines.by_ref() {
            let line: Value = serde_json::from_str(&line?).unwrap_or_default();
            if events.iter().any(|event| line["event"] == **event) {
                return Ok(line);
            }
        }
        anyhow::bail!("the program ended without {events:?}")
    };
    // Whichever is there first.
    let mut both = || next(&["link", "reader"]).and_then(|_| next(&["link", "reader"]));
    tokio::task::block_in_place(&mut both)?;
    let quiet = |state: &tapdesk_tests::spaces::State| {
        state.requests().iter().any(|request| request.path.starts_with("/api/sys/simpletimezones/") && request.finished)
    };
    assert!(state.wait_until(SOON, quiet).await, "the start is over");

    rustix::io::ioctl_fionbio(&writer, true)?;
    for piece in [[b'\n'; 4096].as_slice(), b"\n"] {
        let full = loop {
            if let Err(error) = writer.write_all(piece) {
                break error;
            }
        };
        assert_eq!(full.kind(), ErrorKind::WouldBlock);
    }
    rustix::io::ioctl_fionbio(&writer, false)?;
    drop(writer);

    // What a kiosk does of itself, such as reading who is a member, tells of no member.
    let ana = ANA.0.to_string();
    let of_the_tap = |state: &tapdesk_tests::spaces::State| -> Vec<String> {
        let told = state
            .requests()
            .into_iter()
            .map(|request| format!("{} {}?{} {}", request.method, request.path, request.query, request.body));
        told.filter(|told| told.contains(&ana)).collect()
    };
    assert_eq!(of_the_tap(&state), [""; 0]);
    let stay = station.reader.present(Tile::parse(ANA.1)?)?;
    let seen = tokio::task::block_in_place(|| station.reader.wait_for_reply(stay, SOON));
    assert!(seen.is_some(), "the tile is read");
    let called = state.wait_until(Duration::from_secs(1), |state| !of_the_tap(state).is_empty()).await;
    assert!(!called, "before the acknowledgement: {:?}", of_the_tap(&state));
    let ack = tokio::task::block_in_place(|| next(&["ack"]))?;
    let verdict = tokio::task::block_in_place(|| next(&["verdict"]))?;
    assert_eq!((&verdict["entry"], &verdict["kind"]), (&ack["entry"], &json!("checked_in")));
    assert!(!of_the_tap(&state).is_empty());
    child.kill().await?;
    Ok(())
}

#[tokio::test]
async fn an_answer_that_hangs_holds_up_nobody_else() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.inject(Fault::new(FaultKind::Hold { commit_first: true }).on("POST", CHECKINS));
    let held = desk.tap(ANA.1).await?;
    let other = desk.tap_and_see(JOSE.1).await?;
    assert_eq!(other["kind"], "checked_in");
    assert_eq!(desk.verdicts(&held).len(), 0, "nothing is told before the service said yes");
    desk.state.release();
    assert_eq!(desk.verdict(&held, SOON).await["kind"], "checked_in");
    desk.close().await
}

#[tokio::test]
async fn a_second_tap_repeats_the_verdict_and_sends_nothing() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let first = desk.tap_and_see(ANA.1).await?;
    let writes = desk.writes().len();
    let second = desk.tap_and_see(ANA.1).await?;
    assert_ne!(first["entry"], second["entry"]);
    for key in ["kind", "member", "coworker_id", "checkin_id", "reason", "tile", "revised"] {
        assert_eq!(first[key], second[key], "{key}");
    }
    assert_eq!(desk.writes().len(), writes, "nothing is sent");
    assert_eq!(desk.state.open_checkins(ANA.0).len(), 1);
    desk.close().await
}

#[tokio::test]
async fn a_tap_after_the_window_checks_out() -> anyhow::Result<()> {
    let desk = Desk::open("[tap]\nrepeat_window_s = 1").await?;
    let inward = desk.tap_and_see(ANA.1).await?;
    time_passes(Duration::from_millis(1_100)).await;
    let ack = desk.tap(ANA.1).await?;
    let outward = desk.verdict(&ack, SOON).await;
    assert_eq!((&outward["kind"], &outward["checkin_id"]), (&json!("checked_out"), &inward["checkin_id"]));
    let checkins = desk.state.checkins(ANA.0);
    assert_eq!(checkins.len(), 1);
    assert_eq!(checkins[0]["ToTime"], second_of(&ack)?.as_str());
    assert_eq!(desk.sent("PUT", CHECKINS).len(), 1);
    desk.close().await
}

/// A visit that somebody else opened, with fields of which this desk knows nothing.
#[tokio::test]
async fn a_check_out_sends_the_whole_record_back() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    let visit = json!({ "CoworkerId": JOSE.0, "BusinessId": 9, "Source": 2, "FromTime": "2025-03-01T09:00:00Z",
        "MacAddresses": "00:00:5E:00:53:01", "TeamsAtTheTimeOfCheckin": "Ünïcode & <b>team</b>",
        "TariffAtTheTimeOfCheckin": "Gone since", "CountsTowardsPlanLimits": true, "AutoCheckout": true,
        "LastActivity": "2025-03-01T09:30:00Z", "CoworkerTimePassGuid": "11111111-2222-3333-4444-555555555555" });
    let id = desk.state.put_record(Entity::Checkin, &visit).map_err(anyhow::Error::msg)?;
    let ack = desk.tap(JOSE.1).await?;
    let verdict = desk.verdict(&ack, SOON).await;
    assert_eq!((&verdict["kind"], &verdict["checkin_id"]), (&json!("checked_out"), &json!(id)));

    let read = desk.sent("GET", &format!("{CHECKINS}/{id}"));
    let put = desk.sent("PUT", CHECKINS);
    assert_eq!((read.len(), put.len()), (1, 1));
    let mut expected = read[0].reply.clone();
    expected["ToTime"] = json!(second_of(&ack)?);
    for (name, value) in expected.as_object().into_iter().flatten() {
        assert_eq!(&put[0].body[name], value, "{name}");
    }
    assert_eq!(keys(&put[0].body), keys(&expected), "nothing left out, nothing added");
    assert!(desk.state.open_checkins(JOSE.0).is_empty());
    desk.close().await
}
