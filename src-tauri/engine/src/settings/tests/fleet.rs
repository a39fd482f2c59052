//! The fleet's file as a layer: above the managed file, below the user's; believed only as it was signed.

use serde_json::json;

use super::*;

const KEY: &str = include_str!("../../fleet/fixtures/operator.pub");
const SEVEN: &str = include_str!("../../fleet/fixtures/seven.toml");
const SEVEN_SIGNATURE: &str = include_str!("../../fleet/fixtures/seven.toml.minisig");
const NINE: &str = include_str!("../../fleet/fixtures/nine.toml");
const NINE_SIGNATURE: &str = include_str!("../../fleet/fixtures/nine.toml.minisig");

fn managed() -> String {
    let key = KEY.lines().nth(1).unwrap();
    format!(
        "data_dir = \"data\"\n[spaces]\nbusiness_id = 9\n[tap]\nrepeat_window_s = 10\n[fleet]\nurl = \"https://fleet.example.org/kiosks.toml\"\npublic_key = {key:?}\n"
    )
}

/// Reads a managed and a user's file above and below this file of the fleet's.
fn with_fleet(managed: &str, users: &str, text: &str, signature: &str) -> Result<Configuration, String> {
    let mut result = Err("not read".to_owned());
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.create_dir("data/fleet")?;
        let state = json!({ "in_force": { "text": text, "signature": signature } });
        jail.create_file("data/fleet/state.json", &state.to_string())?;
        jail.create_file("managed.toml", managed)?;
        jail.create_file("tapdesk.toml", users)?;
        jail.set_env(MANAGED_VARIABLE, "managed.toml");
        result = Source::of(Some(Path::new("tapdesk.toml"))).read().map_err(|error| error.to_string());
        Ok(())
    });
    result
}

/// The value of this key, and where it comes from.
fn found(configuration: &Configuration, key: &str) -> (String, String) {
    let items = configuration.listing();
    let item = items.into_iter().find(|item| item.key == key).unwrap_or_else(|| panic!("{key} is not listed"));
    (item.value.unwrap_or_default(), item.origin)
}

#[test]
fn it_lies_between_the_managed_file_and_the_users_and_says_so() {
    let read = with_fleet(&managed(), "[kiosk]\nvolume = 20", SEVEN, SEVEN_SIGNATURE).unwrap();
    let of_fleet = "the fleet's file, version 7".to_owned();
    assert_eq!(found(&read, "tap.repeat_window_s"), ("30".to_owned(), of_fleet.clone()));
    assert_eq!(found(&read, "kiosk.volume"), ("20".to_owned(), "tapdesk.toml".to_owned()), "the user's wins");
    assert_eq!(found(&read, "kiosk.sounds"), ("false".to_owned(), of_fleet));
    assert_eq!(found(&read, "spaces.business_id").1, "managed.toml");
    assert_eq!((read.fleet_version(), read.kept_since()), (Some(7), None));
}

#[test]
fn what_is_edited_on_the_disk_or_not_followed_is_no_layer() {
    let edited = SEVEN.replace("30", "31");
    let plain = managed();
    let not_followed = plain.split("[fleet]").next().unwrap();
    for (case, managed, text) in [("edited", plain.as_str(), edited.as_str()), ("not followed", not_followed, SEVEN)] {
        let read = with_fleet(managed, "", text, SEVEN_SIGNATURE).unwrap();
        assert_eq!(found(&read, "tap.repeat_window_s").0, "10", "{case}");
        assert_eq!(read.fleet_version(), None, "{case}");
    }
}

#[test]
fn a_kiosk_starts_without_it_where_it_does_not_fit() {
    let read = with_fleet(&managed(), "", NINE, NINE_SIGNATURE).unwrap();
    assert_eq!(found(&read, "kiosk.volume").1, "default");
    let why = read.kept_since().unwrap();
    assert!(why.contains("the fleet's file, version 9") && why.contains("`kiosk.volume`"), "{why}");
    assert_eq!(read.fleet_version(), None);
    let fault = with_fleet(&managed(), "[kiosk]\ntheme = \"neon\"", SEVEN, SEVEN_SIGNATURE).unwrap_err();
    assert!(fault.starts_with("tapdesk.toml: `kiosk.theme`"), "{fault}");
}

#[test]
fn address_and_key_go_together() {
    let key = KEY.lines().nth(1).unwrap();
    let url = "url = \"https://fleet.example.org/kiosks.toml\"";
    for (keys, expected) in [
        (url.to_owned(), "`fleet.url`: it has no `fleet.public_key` beside it"),
        (format!("public_key = {key:?}"), "`fleet.public_key`: it has no `fleet.url` beside it"),
        (format!("{url}\npublic_key = \"RWQ\""), "the second line of minisign.pub is"),
        (format!("url = \"http://fleet.example.org/a\"\npublic_key = {key:?}"), "http is for this machine only"),
        (format!("url = \"https://fleet.example.org/\"\npublic_key = {key:?}"), "names no file"),
        (format!("{url}\npublic_key = {key:?}\npoll_every_s = 29"), "from 30 to 86400"),
    ] {
        let fault = read(&format!("[spaces]\nbusiness_id = 9\n[fleet]\n{keys}"), &[]).expect_err(&keys);
        assert!(fault.contains(expected), "{keys}: {fault}");
    }
}
