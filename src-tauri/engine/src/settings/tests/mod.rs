//! The configuration as operators write it, and as they get it wrong.

mod editing;
mod fleet;
mod layers;
mod schema;

use figment::Jail;
use tapdesk_core::policy::NameDisplay;

use super::pin::PinMode;
use super::*;
use crate::keys::StoreChoice;

/// Reads `toml` as the configuration file, with these variables set.
fn read(toml: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
    let mut result = Err("not read".to_owned());
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.set_env(MANAGED_VARIABLE, "");
        jail.create_file("tapdesk.toml", toml)?;
        for (name, value) in variables {
            jail.set_env(name, value);
        }
        result = Settings::read(Some(Path::new("tapdesk.toml"))).map_err(|error| error.to_string());
        Ok(())
    });
    result
}

/// Each key of the design, with a value.
const WHOLE: &str = r#"
data_dir = "/var/lib/tapdesk"
[spaces]
base_url = "https://spaces.nexudus.com/api/"
business_id = 9
[reader]
kind = "libnfc"
connection = "pn532_uart:/dev/ttyUSB0:115200"
[tap]
repeat_window_s = 30
[offline]
accept = "all"
max_entries = 10
max_age_h = 1
[kiosk]
language = "en"
names = "full"
theme = "dark"
logo = "logo.svg"
sounds = true
speech = false
[staff]
idle_lock_s = 90
[secrets]
store = "credential"
[telemetry]
prometheus = "127.0.0.1:9464"
otlp = "http://127.0.0.1:4318"
"#;

#[test]
fn the_whole_configuration_of_the_design_is_read() {
    let settings = read(WHOLE, &[]).unwrap();
    assert_eq!(settings.spaces.base_url.as_str(), "https://spaces.nexudus.com/api");
    let policy = settings.policy();
    assert_eq!((policy.repeat_window, policy.offline), (Duration::from_secs(30), OfflineAccept::All));
    assert_eq!((policy.max_entries, policy.max_age, policy.names), (10, Duration::from_hours(1), NameDisplay::Full));
    assert_eq!((settings.staff.idle_lock_s, settings.secrets.store), (90, StoreChoice::Credential));
    let telemetry = settings.telemetry;
    assert_eq!(telemetry.prometheus, Some(([127, 0, 0, 1], 9464).into()));
    assert_eq!(telemetry.otlp.unwrap().as_str(), "http://127.0.0.1:4318/");
    assert_eq!((telemetry.token_file, telemetry.name, telemetry.export_every_s), (None, None, 60));
}

#[test]
fn the_environment_overrides_the_file() {
    let variables = [
        ("TAPDESK_SPACES__BUSINESS_ID", "12"),
        ("TAPDESK_OFFLINE__ACCEPT", "none"),
        ("TAPDESK_CONFIG", "x"),
        ("TAPDESK_SITE", "x"),
    ];
    let settings = read("[spaces]\nbusiness_id = 9", &variables).unwrap();
    assert_eq!((settings.spaces.business_id, settings.offline.accept), (BusinessId(12), OfflineAccept::None));
}

/// The file, variables of the environment, and what the fault must say.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn a_fault_names_file_key_and_what_is_allowed() {
    let cases: &[Case] = &[
        ("", &[], &["tapdesk.toml", "`spaces.business_id` is missing", "TAPDESK_SPACES__BUSINESS_ID"]),
        ("[spaces]", &[], &["`spaces.business_id` is missing"]),
        ("[spaces", &[], &["tapdesk.toml", "line 1"]),
        ("spaces = 3", &[], &["`spaces`", "a section"]),
        ("[spaces]\nbusiness_id = \"9\"", &[], &["`spaces.business_id`", "a whole number"]),
        ("[spaces]\nbusiness_id = 0", &[], &["`spaces.business_id`", "from 1"]),
        ("[spaces]\nbusiness_id = 9\nbase_ur = 1", &[], &["unknown key `spaces.base_ur`", "base_url, business_id"]),
        ("top = 1\n[spaces]\nbusiness_id = 9", &[], &["unknown key `top`", "data_dir"]),
        (
            "[spaces]\nbusiness_id = 9\nbase_url = \"http://example.org/api\"",
            &[],
            &["`spaces.base_url`", "this machine only"],
        ),
        ("[spaces]\nbusiness_id = 9\nbase_url = \"https://a:b@example.org\"", &[], &["`spaces.base_url`", "password"]),
        ("[spaces]\nbusiness_id = 9\nbase_url = \"example.org\"", &[], &["`spaces.base_url`", "https address"]),
        ("[spaces]\nbusiness_id = 9\n[reader]\nkind = \"rfid\"", &[], &["`reader.kind`", "\"keyboard\" is"]),
        (
            "[spaces]\nbusiness_id = 9\n[[more_readers]]\ndirection = \"out\"",
            &[],
            &["`more_readers`", "the first reader found is used by two readers", "its own `connection`"],
        ),
        (
            "[spaces]\nbusiness_id = 9\n[[more_readers]]\nconnection = \"a\"\n[[more_readers]]\nconnection = \"a\"",
            &[],
            &["`more_readers`", "a is used by two readers"],
        ),
        (
            "[spaces]\nbusiness_id = 9\n[offline]\naccept = \"some\"",
            &[],
            &["`offline.accept`", "\"none\", \"known\", \"all\""],
        ),
        ("[spaces]\nbusiness_id = 9\n[kiosk]\nlanguage = \"xx\"", &[], &["`kiosk.language`", "\"zh-Hans\""]),
        ("[spaces]\nbusiness_id = 9\n[kiosk]\nlanguages = [\"de\", \"de AT\"]", &[], &["`kiosk.languages`", "de AT"]),
        ("[spaces]\nbusiness_id = 9\n[kiosk]\ntheme = \"neon\"", &[], &["`kiosk.theme`", "\"high_contrast\""]),
        ("[spaces]\nbusiness_id = 9\n[kiosk]\ntext_percent = 300", &[], &["`kiosk.text_percent`", "from 100 to 200"]),
        ("[spaces]\nbusiness_id = 9\n[kiosk]\nrenewal_page = \"http://a.b\"", &[], &["`kiosk.renewal_page`", "https"]),
        ("[spaces]\nbusiness_id = 9\n[kiosk.idle.xx]\nheadline = \"a\"", &[], &["`kiosk.idle`", "\"xx\""]),
        (
            "[spaces]\nbusiness_id = 9\n[kiosk.quiet_hours]\nfrom = \"25:00\"\nto = \"07:00\"",
            &[],
            &["`kiosk.quiet_hours.from`", "\"07:30\""],
        ),
        (
            "[spaces]\nbusiness_id = 9\n[kiosk.colours]\nfield = \"#ffffff\"\nfield_ink = \"#eeeeee\"",
            &[],
            &["`kiosk.colours`", "cannot be read"],
        ),
        ("[spaces]\nbusiness_id = 9\n[pin]\naccept = \"all\"", &[], &["`pin.accept`", "\"name_and_pin\""]),
        ("[spaces]\nbusiness_id = 9\n[pin]\nleast_digits = 3", &[], &["`pin.least_digits`", "from 4 to 12"]),
        (
            "[spaces]\nbusiness_id = 9\n[pin]\naccept = \"name_and_pin\"\n[kiosk]\nnames = \"none\"",
            &[],
            &["tapdesk.toml", "`pin.accept`", "kiosk.names"],
        ),
        (
            "[spaces]\nbusiness_id = 9",
            &[("TAPDESK_TAP__REPEAT_WINDOW_S", "99999")],
            &["environment variable TAPDESK_TAP__REPEAT_WINDOW_S", "from 0 to 3600"],
        ),
        ("[spaces]\nbusiness_id = 9", &[("TAPDESK_TAP__REPEAT", "1")], &["TAPDESK_TAP__REPEAT", "repeat_window_s"]),
    ];
    are_named(cases);
}

#[test]
fn a_fault_of_telemetry_is_named_and_no_secret_is_repeated() {
    let cases: &[Case] = &[
        (
            "[spaces]\nbusiness_id = 9\n[telemetry]\nprometheus = 9464",
            &[],
            &["tapdesk.toml", "`telemetry.prometheus`", "\"9464\" is not allowed", "\"127.0.0.1:9464\""],
        ),
        (
            "[spaces]\nbusiness_id = 9\n[telemetry]\nprometheus = \"localhost:9464\"",
            &[],
            &["`telemetry.prometheus`", "an IP address and a port"],
        ),
        (
            "[spaces]\nbusiness_id = 9\n[telemetry]\nprometheus = \"0.0.0.0:9464\"",
            &[],
            &[
                "tapdesk.toml",
                "`telemetry.prometheus`",
                "must bring a token",
                "`telemetry.token_file`",
                "127.0.0.1:9464",
            ],
        ),
        (
            "[spaces]\nbusiness_id = 9\n[telemetry]\notlp = \"http://kiosk:opensesame@collector:4318\"",
            &[],
            &["`telemetry.otlp`", "no secret may stand", "OTEL_EXPORTER_OTLP_HEADERS"],
        ),
        ("[spaces]\nbusiness_id = 9\n[telemetry]\notlp = \"collector\"", &[], &["`telemetry.otlp`", "cannot be read"]),
        ("[spaces]\nbusiness_id = 9\n[telemetry]\nname = \"\"", &[], &["`telemetry.name`", "\"front desk\""]),
        (
            "[spaces]\nbusiness_id = 9\n[telemetry]\nexport_every_s = 1",
            &[],
            &["`telemetry.export_every_s`", "from 5 to 3600"],
        ),
    ];
    are_named(cases);
}

fn are_named(cases: &[Case]) {
    for (toml, variables, expected) in cases {
        let fault = read(toml, variables).expect_err(toml);
        for part in *expected {
            assert!(fault.contains(part), "{toml:?} {variables:?}: {fault}");
        }
        assert!(!fault.contains("opensesame"), "no secret is repeated: {fault}");
    }
}

#[test]
fn nobody_is_let_in_without_a_tile_unless_that_is_set() {
    let settings = read("[spaces]\nbusiness_id = 9", &[]).unwrap();
    assert_eq!((settings.pin.accept, settings.pin.least_digits), (PinMode::Off, 5));
    let settings = read("[spaces]\nbusiness_id = 9\n[pin]\naccept = \"pin\"\n[kiosk]\nnames = \"none\"", &[]).unwrap();
    assert_eq!(settings.pin.accept, PinMode::Pin, "a PIN alone shows no name");
}

#[test]
fn only_this_machine_may_be_spoken_to_in_the_clear() {
    for base_url in ["http://127.0.0.1:8080/api", "http://localhost/api", "http://[::1]:80/api"] {
        assert!(read(&format!("[spaces]\nbusiness_id = 9\nbase_url = {base_url:?}"), &[]).is_ok(), "{base_url}");
    }
}

#[test]
fn the_defaults_are_those_of_a_file_that_sets_nothing() {
    let read: Settings = serde_json::from_value(serde_json::json!({ "spaces": { "business_id": 1 } })).unwrap();
    assert_eq!(serde_json::to_value(Settings::defaults()).unwrap(), serde_json::to_value(read).unwrap());
}
