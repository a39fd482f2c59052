//! Proof that each rule can fail: small bad texts, each with the line where it must be found; and good ones beside them.

use super::{
    rules::{LATER, MACHINES, RULES},
    source::Source,
};

/// The lines where this rule finds something in this text at this path.
fn lines(rule: &str, path: &str, text: &str) -> Vec<usize> {
    let (_, check) = RULES.iter().find(|(name, _)| *name == rule).expect("a sample names a rule");
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    let findings = check(&source);
    assert!(findings.iter().all(|finding| finding.path == path && !finding.rule.is_empty()));
    findings.into_iter().map(|finding| finding.line).collect()
}

const CORE: &str = "src-tauri/core/src/lib.rs";
const ENGINE: &str = "src-tauri/engine/src/controller.rs";
const SHELL: &str = "src-tauri/src/main.rs";

#[test]
fn every_rule_finds_its_bad_samples() {
    let samples: [(&str, &str, &str); 48] = [
        ("the core is pure", CORE, "use std::time::{Duration,\n Instant};#"),
        ("the core is pure", CORE, "\nlet now = std::time::SystemTime::now();#"),
        ("the core is pure", CORE, "use std::fs;#"),
        ("the core is pure", CORE, "use std::{fmt, net::TcpStream};#"),
        ("the core is pure", CORE, "use std::time;#"),
        ("the core is pure", CORE, "use std::time::*;#"),
        ("the core is pure", CORE, "use std::{self};#"),
        ("the core is pure", CORE, "let now = chrono::Utc::now();#"),
        ("the core is pure", CORE, "use chrono::*;#"),
        ("the core is pure", CORE, "let now = Utc::now();#"),
        ("the core is pure", CORE, "std::thread::sleep(pause);#"),
        ("a crate has one owner", CORE, "use tokio::sync::mpsc;#"),
        ("a crate has one owner", CORE, "use reqwest::Client;#"),
        ("a crate has one owner", CORE, "use rusqlite as sql;#"),
        ("a crate has one owner", ENGINE, "use tauri::AppHandle;#"),
        ("a crate has one owner", ENGINE, "fn emit(window: &tauri::Window) {}#"),
        ("a crate has one owner", ENGINE, "tauri_plugin_log::init();#"),
        ("a crate has one owner", ENGINE, "use nfc1::Device;#"),
        ("a crate has one owner", "src-tauri/engine/src/reader/driver.rs", "use pcsc::Context;#"),
        ("a crate has one owner", ENGINE, "use {reqwest::Client, std::fmt};#"),
        ("a crate has one owner", "src-tauri/engine/src/telemetry/endpoint.rs", "use reqwest::Client;#"),
        ("a crate has one owner", ENGINE, "use opentelemetry_sdk::Resource;#"),
        ("a crate has one owner", ENGINE, "fn store(row: &rusqlite::Row) {}#"),
        ("a crate has one owner", ENGINE, "use keyring_core::Entry;#"),
        ("a crate has one owner", "src-tauri/engine/src/reader/child.rs", "extern crate nfc1;#"),
        ("a crate has one owner", SHELL, "use reqwest::Client;#"),
        ("a crate has one owner", SHELL, "rusqlite::Connection::open(path)#"),
        ("a crate has one owner", SHELL, "nfc1::version()#"),
        ("a crate has one owner", "src-tauri/engine/src/reader/typed.rs", "use evdev::InputEvent;#"),
        ("a crate has one owner", SHELL, "use keyring::v1::Entry;#"),
        ("dependencies point inwards", "src-tauri/core/Cargo.toml", "[dependencies]\nserde = \"1\"\nrand = \"1\"#"),
        ("dependencies point inwards", "src-tauri/engine/Cargo.toml", "[dependencies]\ntauri.workspace = true#"),
        ("dependencies point inwards", "src-tauri/Cargo.toml", "[dependencies.reqwest]#\nworkspace = true"),
        (
            "dependencies point inwards",
            "src-tauri/Cargo.toml",
            "[dev-dependencies]\ntapdesk-tests = { path = \"../tests\" }#",
        ),
        ("dependencies point inwards", "tests/Cargo.toml", "[dependencies]\ntapdesk.workspace = true#"),
        ("the product knows no simulator", ENGINE, "\n// The Simulator sends this.#"),
        ("the product knows no simulator", "src-tauri/tauri.conf.json", "{ \"title\": \"simulator\" }#"),
        ("the product knows no simulator", SHELL, "use tapdesk_tests::pn532;#"),
        ("one door to the shell", "ui/src/App.svelte", "<script>\nimport { invoke } from \"@tauri-apps/api/core\";#"),
        ("text is never markup", "ui/src/screens/Idle.svelte", "<p>\n{@html reason}#</p>"),
        ("text is never markup", "ui/src/main.ts", "element.innerHTML = reason;#"),
        ("nothing is left for later", "ui/src/main.ts", "// LATER: more#"),
        ("nothing is left for later", CORE, "fn more() { NEVER() }#"),
        ("no machine of a developer", "dev", "\ncd MACHINE#ada/tapdesk"),
        ("no machine of a developer", "tests/src/lib.rs", "const PAGES: &str = \"MACHINE#ada\";"),
        ("every room says what it is", CORE, "use std::fmt;#"),
        ("every room says what it is", ENGINE, "/// What follows.#"),
        ("every room says what it is", "tests/tests/tidy.rs", "#"),
    ];
    for (rule, path, marked) in samples {
        let line = marked.split('#').next().unwrap_or_default().split('\n').count();
        for (later, machine) in LATER.iter().cycle().zip(MACHINES) {
            let replaced = marked.replace("LATER", later).replace("NEVER", LATER[2]).replace("MACHINE", machine);
            let text = replaced.replacen('#', "", 1);
            assert_eq!(lines(rule, path, &text), [line], "{rule} in {path}: {text}");
        }
    }
    for (rule, _) in RULES.iter().filter(|(rule, _)| *rule != "files stay short") {
        assert!(samples.iter().any(|sample| sample.0 == *rule), "no bad sample for: {rule}");
    }
}

#[test]
fn every_rule_lets_good_samples_pass() {
    let samples = [
        (
            "the core is pure",
            CORE,
            "use std::{collections::BTreeMap, fmt, time::Duration};\nuse chrono::{DateTime, Utc};",
        ),
        ("the core is pure", CORE, "// std::fs::read is what others do\nlet said = \"std::net::TcpStream\";"),
        ("the core is pure", ENGINE, "use std::time::Instant;"),
        ("a crate has one owner", "src-tauri/engine/src/reader/libnfc.rs", "use nfc1::Device;"),
        ("a crate has one owner", "src-tauri/engine/src/reader/driver.rs", "use super::pcsc::Service;"),
        ("a crate has one owner", "src-tauri/engine/src/reader/keyboard.rs", "use evdev::raw_stream::RawDevice;"),
        ("a crate has one owner", "src-tauri/engine/src/spaces/wire.rs", "use reqwest::Client;"),
        ("a crate has one owner", "src-tauri/engine/src/telemetry/collector.rs", "use reqwest::Client;"),
        (
            "a crate has one owner",
            "src-tauri/engine/src/telemetry/traces.rs",
            "use opentelemetry_sdk::trace::SdkTracer;",
        ),
        ("a crate has one owner", "src-tauri/engine/src/journal/schema.rs", "use rusqlite::Connection;"),
        ("a crate has one owner", "src-tauri/engine/src/keys/system.rs", "keyring::v1::Entry::new(service, name)"),
        ("a crate has one owner", SHELL, "#[tauri::command]\nfn ask() { let keyring = keys(); }"),
        ("a crate has one owner", ENGINE, "//! Sends by reqwest.\nlet filter = \"reqwest=warn\";"),
        ("a crate has one owner", "tests/tests/spaces.rs", "use reqwest::Client;"),
        (
            "dependencies point inwards",
            "src-tauri/core/Cargo.toml",
            "[dependencies]\nserde = \"1\"\n[dev-dependencies]\nproptest = \"1\"",
        ),
        ("dependencies point inwards", "src-tauri/Cargo.toml", "[dependencies]\ntauri = \"2\"\ntokio.workspace = true"),
        ("the product knows no simulator", "tests/src/lib.rs", "//! Simulators."),
        ("one door to the shell", "ui/src/door.ts", "import { invoke } from \"@tauri-apps/api/core\";"),
        ("text is never markup", "ui/src/screens/Idle.svelte", "<p>{reason}</p>"),
        ("nothing is left for later", CORE, concat!("const TO", "DOS: usize = 1; // mas", "todon")),
        ("no machine of a developer", "dev", "cd \"$HOME/work/page\" && ls ~/home /dev/ttyUSB0"),
        ("every room says what it is", CORE, "\n//! The rules."),
        ("every room says what it is", "src-tauri/build.rs", "fn main() {}"),
    ];
    for (rule, path, text) in samples {
        assert_eq!(lines(rule, path, text), [] as [usize; 0], "{rule} in {path}: {text}");
    }
}

#[test]
fn a_long_file_must_say_why() {
    let rule = "files stay short";
    let (short, long) = ("line\n".repeat(400), "line\n".repeat(401));
    let reasoned = format!("//! All of it.\n//! Long because one table is read at a glance.\n{long}");
    assert_eq!(lines(rule, "dev", &long), [401]);
    for (path, text) in [("dev", &short), (CORE, &reasoned), ("ui/tsconfig.json", &long)] {
        assert_eq!(lines(rule, path, text), [] as [usize; 0], "{path}");
    }
    let late = format!("{long}// Long because nobody looked.\n");
    assert_eq!(lines(rule, CORE, &late), [401], "the reason stands near the top");
}
