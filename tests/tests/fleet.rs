//! A kiosk that follows its fleet's file: what it takes from a web server, what it refuses, and how it goes back. The engine's
//! real loop, files signed by minisign, and a web server that can go wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "fleet/bench.rs"]
mod bench;
#[path = "support/key_store.rs"]
mod key_store;

use std::time::Duration;

use serde_json::Value;
use tapdesk_core::effect::Stage;
use tapdesk_engine::fleet::{FleetState, Newest};
use tapdesk_engine::recorder::Current;
use tapdesk_engine::service;
use tapdesk_engine::settings::Settings;
use tapdesk_tests::fleet::{Manner, Signer};
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::pn532::Tile;

use self::bench::{ANAS_TILE, Bench, DEADLINE};

const JOSES_TILE: &str = "04A2B2C3D4E5F6";
/// A reader that went away with a configuration is waited for for two minutes.
const UNTIL_ROLLED_BACK: Duration = Duration::from_mins(4);

fn volume(volume: u64) -> impl Fn(&Settings) -> bool {
    move |settings| settings.kiosk.volume == volume
}

#[tokio::test]
async fn a_signed_file_is_taken_over_and_nothing_else_is() {
    let bench = Bench::new().await;
    bench.publish("version = 2\n[command]\nreload = 0\n");
    let kiosk = bench.run();
    kiosk.in_force(2).await;
    assert_eq!(kiosk.desks(), 1, "nothing changed with it");

    let sign = |text: &str| bench.signer.sign(text).unwrap();
    let other = Signer::new().unwrap();
    let text = "version = 3\n[configuration]\nkiosk.volume = 5\n";
    let old_way = bench.signer.sign_with(text, &["-l"]).unwrap();
    let large = format!("version = 3\n#{}\n", "x".repeat(256 << 10));
    let cases: Vec<(&str, &str, Option<String>, Manner, &str)> = vec![
        ("unsigned", text, None, Manner::Whole, "is not signed: no `.minisig` lies beside it"),
        ("half of it", text, Some(sign(text)), Manner::Half, "it broke off"),
        ("a log-in's page", "<html></html>", Some("<html></html>".into()), Manner::Whole, "is not signed"),
        ("an error", text, Some(sign(text)), Manner::Status(503), "the server answers 503"),
        ("by another key", text, Some(other.sign(text).unwrap()), Manner::Whole, "is signed by another key"),
        ("too large", &large, Some(sign(&large)), Manner::Whole, "larger than 256 kB"),
        ("in the old way", text, Some(old_way), Manner::Whole, "in the old way of minisign's"),
        ("redirected", text, Some(sign(text)), Manner::Redirects("http://192.0.2.1/a".into()), "redirected"),
        ("changed", text, Some(sign("version = 3\n")), Manner::Whole, "does not fit its signature"),
        ("cut by a wrong length", text, Some(sign(text)), Manner::TooShort(9), "does not fit its signature"),
        ("older", "version = 1\n", Some(sign("version = 1\n")), Manner::Whole, "has version 1, and 2 was here before"),
        ("the same again", "version = 2\n", Some(sign("version = 2\n")), Manner::Whole, "with other content"),
        (
            "a key that is not its own",
            "version = 3\n[configuration]\nsecrets.store = \"file\"\n",
            Some(sign("version = 3\n[configuration]\nsecrets.store = \"file\"\n")),
            Manner::Whole,
            "`configuration.secrets` cannot be set from afar",
        ),
    ];
    for (case, text, signature, manner, words) in cases {
        bench.web.publish(text, signature.as_deref());
        bench.web.give(manner);
        let state = kiosk.refuses(words).await;
        assert_eq!(state.version, Some(2), "{case}");
    }
    // Signed, newer, and no kiosk could work with it.
    bench.publish("version = 3\n[configuration]\nkiosk.volume = 500\n");
    let state = kiosk.refuses("`kiosk.volume`").await;
    assert_eq!(state.version, Some(2));
    assert_eq!(kiosk.desks(), 1, "it ran on");
    kiosk.takes_a_tap(&bench).await;

    bench.publish("version = 4\n[configuration]\nkiosk.volume = 5\n");
    kiosk.runs("the new volume", volume(5)).await;
    kiosk.in_force(4).await;
    // Once it is known it is asked for by its tag, and its signature is not fetched again.
    let before = bench.web.asked().len();
    let polled = kiosk.recorder.current().fleet.and_then(|fleet| fleet.polled);
    kiosk.fleet("two more looks", |fleet| fleet.polled > polled.map(|at| at + Duration::from_secs(2))).await;
    let asked = bench.web.asked().split_off(before);
    assert!(asked.iter().any(|asked| asked.if_none_match.is_some()), "{asked:?}");
    assert!(asked.iter().all(|asked| !asked.path.ends_with(".minisig")), "{asked:?}");
    kiosk.takes_a_tap(&bench).await;
    kiosk.stop().await;
}

#[tokio::test]
async fn a_server_that_hangs_keeps_nobody_waiting() {
    let bench = Bench::new().await;
    bench.publish("version = 1\n");
    bench.web.give(Manner::Hangs);
    let kiosk = bench.run();
    kiosk.takes_a_tap(&bench).await;
    kiosk.refuses("no answer in time").await;
    bench.web.give(Manner::Whole);
    kiosk.in_force(1).await;
    kiosk.stop().await;
}

#[tokio::test]
async fn what_was_accepted_survives_a_restart_and_what_is_edited_does_not() {
    let bench = Bench::new().await;
    bench.publish("version = 5\n[configuration]\nkiosk.volume = 5\n");
    let kiosk = bench.run();
    kiosk.runs("its volume", volume(5)).await;
    kiosk.stop().await;

    // An older one, while the kiosk was off.
    bench.publish("version = 4\n[configuration]\nkiosk.volume = 4\n");
    let kiosk = bench.run();
    kiosk.refuses("has version 4, and 5 was here before").await;
    kiosk.runs("its volume", volume(5)).await;
    kiosk.stop().await;

    let state = std::fs::read_to_string(bench.kept()).unwrap();
    let edited = state.replace("kiosk.volume = 5", "kiosk.volume = 99");
    assert_ne!(edited, state);
    std::fs::write(bench.kept(), edited).unwrap();
    assert_eq!(bench.source.read().unwrap().settings.kiosk.volume, 70, "what nobody signed is no layer");
    bench.publish("version = 5\n[configuration]\nkiosk.volume = 5\n");
    let kiosk = bench.run();
    kiosk.runs("what is published", volume(5)).await;
    kiosk.stop().await;
}

#[tokio::test]
async fn a_kiosk_is_told_from_afar_to_be_out_of_order_and_to_begin_anew() {
    let bench = Bench::new().await;
    let kiosk = bench.run();
    kiosk.refuses("the file is not there").await;
    bench.publish("version = 1\n[command]\nout_of_order = \"Back on Monday\"\nreload = 3\n");
    let note = |note: &str| Stage::OutOfOrder { note: note.to_owned() };
    kiosk.shows(&note("Back on Monday")).await;
    let mut desks = kiosk.seen.desk.subscribe();
    let again = desks.wait_for(|desk| desk.as_ref().is_some_and(|(_, count, _)| *count == 2));
    tokio::time::timeout(DEADLINE, again).await.expect("opened anew").unwrap();
    kiosk.shows(&note("Back on Monday")).await;

    let settings = bench.source.read().unwrap().settings;
    service::set_out_of_order(&settings, Some("Ask Ben")).unwrap();
    kiosk.shows(&note("Ask Ben")).await;
    service::set_out_of_order(&settings, None).unwrap();
    kiosk.shows(&note("Back on Monday")).await;
    service::set_out_of_order(&settings, Some("Ask Ben")).unwrap();
    kiosk.shows(&note("Ask Ben")).await;
    bench.publish("version = 2\n[command]\nreload = 3\n");
    kiosk.in_force(2).await;
    assert_eq!(*kiosk.seen.stage.borrow(), note("Ask Ben"), "staff end theirs themselves");
    service::set_out_of_order(&settings, None).unwrap();
    kiosk.shows(&Stage::Idle).await;
    assert_eq!(kiosk.desks(), 2, "opened anew once");
    kiosk.takes_a_tap(&bench).await;
    kiosk.stop().await;
}

#[tokio::test]
async fn a_rollout_leaves_out_whom_it_is_not_for() {
    let bench = Bench::new().await;
    bench.publish("version = 1\n[rollout]\npercent = 0\n[configuration]\nkiosk.volume = 5\n");
    let kiosk = bench.run();
    let state = kiosk.fleet("not for this one", |fleet| matches!(fleet.newest, Newest::Waits(_))).await;
    assert_eq!(state.version, None, "{state:?}");
    bench.publish("version = 2\n[rollout]\npercent = 100\n[configuration]\nkiosk.volume = 5\n");
    kiosk.runs("the new volume", volume(5)).await;
    kiosk.stop().await;
}

/// Guard: `Watch::look`, and `State::roll_back`. It takes two minutes, as it does at a kiosk.
#[tokio::test]
async fn what_breaks_the_reader_is_rolled_back_and_not_taken_again() {
    let bench = Bench::new().await;
    let works = bench.source.read().unwrap().settings.reader.connection;
    let broken = "pn532_uart:/dev/nothing-is-here";
    bench.publish(&format!("version = 1\n[configuration.reader]\nkind = \"libnfc\"\nconnection = {broken:?}\n"));
    // The managed file is below the fleet's. It is published before the kiosk starts: what worked is known all the same.
    let kiosk = bench.run();
    kiosk.runs("the broken reader", |settings| settings.reader.connection.as_deref() == Some(broken)).await;
    let on_trial = |fleet: &FleetState| matches!(&fleet.newest, Newest::Waits(why) if why.contains("on trial"));
    kiosk.fleet("the trial", on_trial).await;
    let rolled_back = |current: &Current| {
        current.fleet.as_ref().is_some_and(
            |fleet| matches!(&fleet.newest, Newest::RolledBack(why) if why.contains("version 1") && why.contains("the reader")),
        )
    };
    kiosk.until(UNTIL_ROLLED_BACK, "rolled back", rolled_back).await;
    kiosk.runs("the reader before", |settings| settings.reader.connection == works).await;
    kiosk.takes_a_tap(&bench).await;
    let state = kiosk.fleet("it is still published", |fleet| matches!(fleet.newest, Newest::RolledBack(_))).await;
    assert_eq!(state.version, None, "{state:?}");
    kiosk.stop().await;
}

/// Guard: `fleet::failed`.
#[tokio::test]
async fn what_no_desk_can_run_with_is_rolled_back_by_the_program_which_goes_on() {
    let bench = Bench::new().await;
    bench.station.sign_in().await.unwrap();
    bench.publish("version = 1\n[configuration]\nspaces.business_id = 77\n");
    let headless = bench.headless();
    let mut news = headless.news();
    let said = news.wait_for(|_| headless.errors().contains("fleet: rolled back"));
    let said = tokio::time::timeout(DEADLINE, said).await.is_ok_and(|said| said.is_ok());
    assert!(said && headless.errors().contains("spaces.business_id = 77"), "{}", headless.story());
    let tap = async |headless: &Headless, tile: &str| {
        let mark = headless.mark();
        let there = bench.station.reader.present(Tile::parse(tile).unwrap()).unwrap();
        headless.wait_after(mark, DEADLINE, |line| line["event"] == "verdict" && line["kind"] == "checked_in").await;
        bench.station.reader.remove_presence(there);
    };
    tap(&headless, ANAS_TILE).await;
    assert_eq!(headless.terminate().await.unwrap().0, Some(0));

    // It is still published.
    let headless = bench.headless();
    headless.wait_until_it_works(DEADLINE).await;
    tap(&headless, JOSES_TILE).await;
    assert!(!headless.errors().contains("fleet: a file is in force"), "{}", headless.story());
    assert_eq!(headless.terminate().await.unwrap().0, Some(0));
}

#[tokio::test]
async fn the_doctor_says_how_it_stands() {
    let bench = Bench::new().await;
    for (text, signed, expected) in [
        ("version = 1\n", true, Ok("none is in force; version 1 is published")),
        ("version = 1\n", false, Err("is not signed")),
    ] {
        let signature = signed.then(|| bench.signer.sign(text).unwrap());
        bench.web.publish(text, signature.as_deref());
        let output = bench.station.run(&["doctor", "--json"], "").await.unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let checks = report["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["check"] == "fleet").unwrap_or_else(|| panic!("{report}"));
        let words = expected.unwrap_or_else(|words| words);
        assert_eq!(check["ok"], expected.is_ok(), "{check}");
        assert!(check["found"].as_str().unwrap().contains(words), "{check}");
        assert_eq!(check["do"].is_string(), expected.is_err(), "{check}");
    }
}
