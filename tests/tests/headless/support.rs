//! What is sent to whoever helps, and the roles that the kiosk's account needs.

use std::collections::BTreeSet;

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
