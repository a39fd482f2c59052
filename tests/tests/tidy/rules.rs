//! The rules: each looks at one file and says what is wrong there.

use super::source::Source;

/// One breach of one rule.
pub(crate) struct Finding {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) rule: String,
}

type Rule = fn(&Source) -> Vec<Finding>;

/// All of them, by name.
pub(crate) const RULES: [(&str, Rule); 10] = [
    ("the core is pure", the_core_is_pure),
    ("a crate has one owner", a_crate_has_one_owner),
    ("dependencies point inwards", dependencies_point_inwards),
    ("the product knows no simulator", the_product_knows_no_simulator),
    ("one door to the shell", one_door_to_the_shell),
    ("text is never markup", text_is_never_markup),
    ("files stay short", files_stay_short),
    ("nothing is left for later", nothing_is_left_for_later),
    ("no machine of a developer", no_machine_of_a_developer),
    ("every room says what it is", every_room_says_what_it_is),
];

/// What a core that is told the time and touches nothing cannot name.
const IMPURE: [&str; 11] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::os",
    "std::path",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "chrono::Local",
];
/// Clocks whose types the core may hold, by the end of their path.
const CLOCKS: [&str; 2] = ["Utc::now", "Local::now"];

const CORE_DEPENDENCIES: [&str; 2] = ["chrono", "serde"];

/// Who may name a crate of the outside, among the product's files.
const OWNERS: [(&str, &[&str]); 15] = [
    ("nfc1", &["src-tauri/engine/src/reader/libnfc.rs"]),
    ("pcsc", &["src-tauri/engine/src/reader/pcsc.rs"]),
    ("evdev", &["src-tauri/engine/src/reader/keyboard.rs"]),
    // One room for the service's calls; what is pushed to a collector, and the fleet's file from a web server of the operator's,
    // know neither sign-in nor budget.
    (
        "reqwest",
        &[
            "src-tauri/engine/src/spaces/",
            "src-tauri/engine/src/telemetry/collector.rs",
            "src-tauri/engine/src/fleet/fetch.rs",
        ],
    ),
    ("opentelemetry", &["src-tauri/engine/src/telemetry/"]),
    ("prometheus", &["src-tauri/engine/src/telemetry/"]),
    ("axum", &["src-tauri/engine/src/telemetry/"]),
    ("rusqlite", &["src-tauri/engine/src/journal/"]),
    ("keyring", &["src-tauri/engine/src/keys/system.rs"]),
    ("zbus", &["src-tauri/engine/src/keys/system.rs"]),
    ("cpal", &["src-tauri/engine/src/sound/output.rs"]),
    ("alsa", &["src-tauri/engine/src/sound/output.rs"]),
    ("ssip", &["src-tauri/engine/src/speech/dispatcher.rs"]),
    ("tauri", &["src-tauri/src/", "src-tauri/build.rs"]),
    ("tokio", &["src-tauri/src/", "src-tauri/engine/"]),
];

const LONGEST_FILE: usize = 400;
/// How far down the reason for a long file may stand.
const FIRST_LINES: usize = 15;

// Put together, so that this file does not break its own rules.
pub(crate) const LATER: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!"), concat!("unimplemented", "!")];
pub(crate) const MACHINES: [&str; 5] =
    [concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("C:", "\\")];

fn finding(source: &Source, line: usize, rule: impl Into<String>) -> Finding {
    Finding { path: source.path.clone(), line, rule: rule.into() }
}

fn lines_that(source: &Source, breaks: impl Fn(&str) -> bool, rule: &str) -> Vec<Finding> {
    let lines = source.text.lines().enumerate().filter(|(_, line)| breaks(line));
    lines.map(|(index, _)| finding(source, index + 1, rule)).collect()
}

/// Whether naming `path` gives what is `forbidden`: the thing itself, a part of it, or a module that has it.
fn reaches(path: &str, forbidden: &str) -> bool {
    let path = path.trim_end_matches("::*").trim_end_matches("::self");
    let starts = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    starts(path, forbidden) || starts(forbidden, path)
}

fn the_core_is_pure(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || !source.below("src-tauri/core/src/") {
        return Vec::new();
    }
    let impure = |path: &str| {
        let clock = CLOCKS.into_iter().find(|clock| path.ends_with(clock));
        clock.or_else(|| IMPURE.into_iter().find(|forbidden| reaches(path, forbidden)))
    };
    source
        .rust_paths()
        .into_iter()
        .filter_map(|(line, path)| {
            let forbidden = impure(&path)?;
            Some(finding(source, line, format!("the core is pure: `{path}` reaches {forbidden}")))
        })
        .collect()
}

fn a_crate_has_one_owner(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || !source.below("src-tauri/") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (line, path) in source.rust_paths() {
        let named = path.split("::").next().unwrap_or_default();
        for (owned, owners) in OWNERS {
            // Also its companions: `tauri_build`, `keyring_core`.
            let is_owned = named.strip_prefix(owned).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
            if is_owned && !owners.iter().any(|owner| source.below(owner)) {
                let rule = format!("only {} may name {owned}: `{path}`", owners.join(" and "));
                findings.push(finding(source, line, rule));
            }
        }
    }
    findings
}

fn dependencies_point_inwards(source: &Source) -> Vec<Finding> {
    if !source.is_manifest() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (line, kind, name) in source.dependencies() {
        let rule = match source.path.as_str() {
            "src-tauri/core/Cargo.toml"
                if kind != "dev-dependencies" && !CORE_DEPENDENCIES.contains(&name.as_str()) =>
            {
                Some("the core depends on chrono and serde alone")
            }
            "src-tauri/engine/Cargo.toml" if name == "tapdesk" || name.starts_with("tauri") => {
                Some("the engine knows no shell and no Tauri")
            }
            "src-tauri/Cargo.toml"
                if OWNERS.iter().any(|(owned, _)| *owned == name && name != "tauri" && name != "tokio") =>
            {
                Some("the shell leaves input and output to the engine")
            }
            "tests/Cargo.toml" if name == "tapdesk" => Some("the tests know the shell only as a built program"),
            path if path.starts_with("src-tauri/") && name == "tapdesk-tests" => {
                Some("the product does not depend on its tests")
            }
            _ => None,
        };
        findings.extend(rule.map(|rule| finding(source, line, format!("{rule}: {name}"))));
    }
    findings
}

fn the_product_knows_no_simulator(source: &Source) -> Vec<Finding> {
    if !source.below("src-tauri/") {
        return Vec::new();
    }
    let names_one = |line: &str| line.to_lowercase().contains("simulator") || line.contains("tapdesk_tests");
    lines_that(source, names_one, "the product knows no simulator and no test switch, not even in a comment")
}

fn one_door_to_the_shell(source: &Source) -> Vec<Finding> {
    if !source.below("ui/src/") || source.path == "ui/src/door.ts" {
        return Vec::new();
    }
    lines_that(source, |line| line.contains("@tauri-apps"), "only ui/src/door.ts may import @tauri-apps")
}

fn text_is_never_markup(source: &Source) -> Vec<Finding> {
    if !source.below("ui/src/") {
        return Vec::new();
    }
    let marks_up =
        |line: &str| ["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML"].iter().any(|way| line.contains(way));
    lines_that(source, marks_up, "texts of the service are shown as text, never as markup")
}

fn files_stay_short(source: &Source) -> Vec<Finding> {
    let count = source.text.lines().count();
    // Neither JSON nor a drawing can say why, and what is generated is as long as what it is generated from needs.
    let is_generated = source.text.starts_with("// This file was generated by [ts-rs]");
    let cannot_say = source.is_of_kind("json") || source.is_of_kind("svg") || is_generated;
    let says_why = source.text.lines().take(FIRST_LINES).any(|line| line.contains("Long because "));
    if count <= LONGEST_FILE || cannot_say || says_why {
        return Vec::new();
    }
    let rule = format!(
        "{count} lines, more than {LONGEST_FILE}: split it, or say why not in a sentence that starts `Long because` near its top"
    );
    vec![finding(source, LONGEST_FILE + 1, rule)]
}

fn nothing_is_left_for_later(source: &Source) -> Vec<Finding> {
    let is_later = |line: &str| {
        LATER.iter().any(|word| {
            line.match_indices(word).any(|(at, _)| {
                let touches =
                    |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
                !touches(line[..at].chars().next_back()) && !touches(line[at + word.len()..].chars().next())
            })
        })
    };
    lines_that(source, is_later, "nothing is left for later in the code: finish it, or file an issue")
}

fn no_machine_of_a_developer(source: &Source) -> Vec<Finding> {
    // `/home/` alone, or before a placeholder, is nobody's folder.
    let names_one = |line: &str| {
        MACHINES.iter().any(|folder| {
            line.match_indices(folder).any(|(at, _)| {
                let whole = !line[..at].ends_with(|letter: char| letter.is_alphanumeric() || "._-~*}".contains(letter));
                whole && line[at + folder.len()..].starts_with(|letter: char| letter.is_alphanumeric())
            })
        })
    };
    lines_that(source, names_one, "no absolute path of a developer's machine")
}

fn every_room_says_what_it_is(source: &Source) -> Vec<Finding> {
    let is_room = source.is_rust() && (source.path.contains("/src/") || source.below("tests/tests/"));
    let says = source.text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| line.starts_with("//! "));
    if !is_room || says {
        return Vec::new();
    }
    vec![finding(source, 1, "a file starts with `//!` and what it is for")]
}
