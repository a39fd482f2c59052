//! The schema says what the program does: each value of a table is taken by both, or refused by both.

use jsonschema::Validator;
use serde_json::Value;

use super::*;

const COPY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tapdesk.schema.json");
/// Writes the copy anew when it is set.
const WRITE_ANEW: &str = "TAPDESK_WRITE_SCHEMA";

fn validator() -> Validator {
    jsonschema::draft202012::new(&crate::settings::schema()).unwrap()
}

fn as_json(toml: &str) -> Value {
    toml_edit::de::from_str(toml).unwrap_or_else(|error| panic!("{toml}: {error}"))
}

#[test]
fn the_copy_that_is_shipped_is_the_schema() {
    let schema = format!("{:#}\n", crate::settings::schema());
    if std::env::var_os(WRITE_ANEW).is_some() {
        std::fs::write(COPY, &schema).unwrap();
    }
    let copy = std::fs::read_to_string(COPY).unwrap_or_default();
    let advice = "src-tauri/tapdesk.schema.json is out of date: write it anew with \
                  `TAPDESK_WRITE_SCHEMA=1 cargo test -p tapdesk-engine --lib the_copy_that_is_shipped_is_the_schema`";
    assert!(copy == schema, "{advice}");
}

#[test]
fn each_key_is_described_and_no_other_is_allowed() {
    fn walk(place: &str, schema: &Value, seen: &mut usize) {
        let Some(keys) = schema["properties"].as_object() else { return };
        assert_eq!(schema["additionalProperties"], false, "{place}");
        for (name, key) in keys {
            let place = format!("{place}.{name}");
            assert!(key["description"].is_string(), "{place} has no description");
            assert!(key["type"].is_string(), "{place}: {key}");
            *seen += 1;
            walk(&place, key, seen);
            walk(&place, &key["additionalProperties"], seen);
        }
    }
    let (schema, mut seen) = (crate::settings::schema(), 0);
    walk("", &schema, &mut seen);
    assert!(seen > 50, "{seen} keys");
    assert_eq!(schema["properties"]["kiosk"]["properties"]["volume"]["default"], 70);
    assert!(!schema.to_string().contains("null"), "TOML has none");
    assert!(!schema.to_string().contains("$ref"));
}

#[test]
fn the_examples_of_the_documentation_are_valid() {
    let (validator, read_me) = (validator(), include_str!("../../../../../README.md"));
    let examples: Vec<String> = read_me
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.lines().map(str::trim).take_while(|line| *line != "```").collect::<Vec<_>>().join("\n"))
        .collect();
    assert!(examples.len() >= 2, "the examples are not found");
    // Who is to sign in stands in a provisioning file alone; the rest of it is a configuration.
    let settings = |example: &String| {
        let account = example.strip_prefix("[account]\n").and_then(|rest| rest.split_once("\n\n"));
        account.map_or(example.clone(), |(_, settings)| settings.to_owned())
    };
    let examples: Vec<String> = examples.iter().map(settings).chain([WHOLE.to_owned()]).collect();
    for example in examples.iter().map(String::as_str) {
        let json = as_json(example);
        let faults: Vec<String> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{example}: {faults:?}");
        let location = [("TAPDESK_SPACES__BUSINESS_ID", "9")];
        assert!(read(example, &location).is_ok(), "{example}");
    }
}

/// Values that are allowed.
const ALLOWED: &[&str] = &[
    "version = 0",
    "version = 9223372036854775807",
    "spaces.base_url = \"https://spaces.nexudus.com/api/\"",
    "spaces.base_url = \"https://a.example:8443/x/@y\"",
    "spaces.base_url = \"http://127.0.0.1:8080/api\"",
    "spaces.base_url = \"http://localhost\"",
    "spaces.base_url = \"http://[::1]:80/api\"",
    "spaces.call_spacing_ms = 10000",
    "spaces.calls_per_minute = 4",
    "spaces.writes_per_minute = 100000",
    "reader.connection = \"pn532_uart:/dev/ttyUSB0:115200\"",
    "reader.kind = \"keyboard\"",
    "reader.format = \"decimal_reversed\"",
    "reader.direction = \"in\"",
    "more_readers = [{ connection = \"pn532_uart:/dev/ttyUSB1\", direction = \"out\" }]",
    "tap.repeat_window_s = 0",
    "offline.accept = \"none\"",
    "offline.max_entries = 1000000",
    "offline.max_age_h = 8760",
    "kiosk.language = \"de-AT\"",
    "kiosk.language = \"zh-Hant\"",
    "kiosk.languages = []",
    "kiosk.names = \"none\"",
    "kiosk.reasons = \"short\"",
    "kiosk.theme = \"high_contrast\"",
    "kiosk.text_percent = 200",
    "kiosk.volume = 0",
    "kiosk.logo = \"/srv/logo.svg\"",
    "kiosk.colours = { field = \"#12363D\" }",
    "kiosk.idle.en-GB = { headline = \"a\" }",
    "kiosk.renewal_page = \"https://example.org/renew?x=1\"",
    "kiosk.quiet_hours = { from = \"7:30\", to = \"23:59\", volume = 100 }",
    "pin = { accept = \"name_and_pin\", least_digits = 12 }",
    "staff.idle_lock_s = 10",
    "staff.idle_lock_s = 3600",
    "fleet.url = \"https://a.example:8443/x/@y.toml\"\nfleet.public_key = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"",
    "fleet.url = \"http://127.0.0.1:8080/a\"\nfleet.public_key = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"",
    "fleet.poll_every_s = 30",
    "secrets.store = \"auto\"",
    "secrets.store = \"system\"",
    "secrets.store = \"file\"",
    "telemetry.prometheus = \"127.0.0.1:9464\"",
    "telemetry.prometheus = \"[::1]:1\"",
    "telemetry = { prometheus = \"0.0.0.0:65535\", token_file = \"/etc/tapdesk/metrics.token\" }",
    "telemetry.otlp = \"http://collector:4318\"",
    "telemetry.otlp = \"https://otel.example/a/b/\"",
    "telemetry.name = \"front desk\"",
    "telemetry.export_every_s = 5",
    "telemetry.export_every_s = 3600",
];

/// Values that are not.
const REFUSED: &[&str] = &[
    "version = -1",
    "version = \"7\"",
    "data_dir = 3",
    "spaces.business = 9",
    "spaces.base_url = \"http://example.org/api\"",
    "spaces.base_url = \"https://a:b@example.org\"",
    "spaces.base_url = \"https://example.org/?a\"",
    "spaces.base_url = \"https://example.org/#a\"",
    "spaces.base_url = \"example.org\"",
    "spaces.base_url = \"ftp://example.org\"",
    "spaces.call_spacing_ms = 10001",
    "spaces.calls_per_minute = 3",
    "spaces.writes_per_minute = 1",
    "reader.kind = \"rfid\"",
    "reader.connection = 1",
    "reader.format = \"octal\"",
    "reader.direction = \"up\"",
    "more_readers = [{ connection = \"a\", way = \"out\" }]",
    "more_readers = [{ connection = \"a\" }, { connection = \"b\" }, { connection = \"c\" }, { connection = \"d\" }]",
    "tap.repeat_window_s = 3601",
    "tap.repeat_window_s = 1.5",
    "offline.accept = \"some\"",
    "offline.max_entries = 0",
    "offline.max_age_h = 0",
    "kiosk.language = \"xx\"",
    "kiosk.language = \"de AT\"",
    "kiosk.language = \"de-\"",
    "kiosk.language = \"de-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa\"",
    "kiosk.languages = [\"de\", \"xx\"]",
    "kiosk.languages = \"de\"",
    "kiosk.names = \"last\"",
    "kiosk.photos = \"yes\"",
    "kiosk.reasons = \"long\"",
    "kiosk.theme = \"neon\"",
    "kiosk.text_percent = 99",
    "kiosk.volume = 101",
    "kiosk.logo = true",
    "kiosk.colours = { field = \"teal\" }",
    "kiosk.colours = { field = \"#fff\" }",
    "kiosk.colours = { field_ink = \"#ffffff\" }",
    "kiosk.colours = { field = \"#12363d\", ink = \"#ffffff\" }",
    "kiosk.idle.xx = { headline = \"a\" }",
    "kiosk.idle.de = { hint = \"a\" }",
    "kiosk.renewal_page = \"http://a.b\"",
    "kiosk.quiet_hours = { from = \"25:00\", to = \"07:00\" }",
    "kiosk.quiet_hours = { from = \"07:00\" }",
    "kiosk.quiet_hours = { from = \"07:00\", to = \"08:00\", volume = 101 }",
    "pin.accept = \"all\"",
    "pin.least_digits = 3",
    "pin.accept = \"name_and_pin\"\nkiosk.names = \"none\"",
    "staff.idle_lock_s = 9",
    "staff.idle_lock_s = 3601",
    "fleet.url = \"https://a.example/\"\nfleet.public_key = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"",
    "fleet.url = \"http://a.example/a\"\nfleet.public_key = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"",
    "fleet.url = \"https://a.example/a?b\"\nfleet.public_key = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"",
    "fleet.url = \"https://a.example/a\"\nfleet.public_key = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO\"",
    "fleet.poll_every_s = 29",
    "fleet.poll_every_s = 86401",
    "fleet.groups = []",
    "secrets.store = \"plain\"",
    "secrets.place = \"file\"",
    "telemetry.prometheus = 9464",
    "telemetry.prometheus = \"9464\"",
    "telemetry.prometheus = \"127.0.0.1\"",
    "telemetry.prometheus = \"127.0.0.1:0\"",
    "telemetry.prometheus = \"localhost:9464\"",
    "telemetry.otlp = \"collector:4318\"",
    "telemetry.otlp = \"ftp://collector\"",
    "telemetry.otlp = \"http://a:b@collector\"",
    "telemetry.otlp = \"http://collector/?a\"",
    "telemetry.token_file = 1",
    "telemetry.name = \"\"",
    "telemetry.name = \" desk\"",
    "telemetry.export_every_s = 4",
    "telemetry.export_every_s = 3601",
    "telemetry.statsd = \"127.0.0.1:8125\"",
    "top = 1",
    "tap = 3",
];

/// Values, and whether they are allowed: asked of the program and of the schema.
#[test]
fn program_and_schema_refuse_the_same() {
    let validator = validator();
    let page = format!("kiosk.renewal_page = \"https://a.b/{}\"", "x".repeat(300));
    let cases = ALLOWED.iter().map(|line| (*line, true)).chain(REFUSED.iter().map(|line| (*line, false)));
    for (line, expected) in cases.chain([(page.as_str(), false)]) {
        let toml = format!("spaces.business_id = 9\n{line}");
        assert_eq!(read(&toml, &[]).is_ok(), expected, "the program: {line}: {:?}", read(&toml, &[]).err());
        assert_eq!(validator.is_valid(&as_json(&toml)), expected, "the schema: {line}");
    }
    for toml in ["", "[spaces]"] {
        assert!(read(toml, &[]).is_err() && validator.is_valid(&as_json(toml)), "the location may stand elsewhere");
    }
    // What only the program can tell.
    let open = "spaces.business_id = 9\ntelemetry.prometheus = \"0.0.0.0:9464\"";
    assert!(read(open, &[]).is_err() && validator.is_valid(&as_json(open)));
    let unreadable = "spaces.business_id = 9\nkiosk.colours = { field = \"#ffffff\", field_ink = \"#eeeeee\" }";
    assert!(read(unreadable, &[]).is_err() && validator.is_valid(&as_json(unreadable)));
}
