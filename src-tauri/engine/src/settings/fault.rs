//! What is wrong with the configuration, in an operator's words: where, which key, what is allowed.

use std::path::Path;

use figment::Figment;
use figment::error::Kind;

use super::source::{Origin, PREFIX, usual_file};

/// What is wrong with the configuration: where, which key, what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadConfiguration(pub(super) String);

impl BadConfiguration {
    /// A file that cannot be read, or whose text is no TOML.
    pub(super) fn of_file(path: &Path, what: impl std::fmt::Display) -> Self {
        Self(format!("{}: {what}", path.display()))
    }

    /// Values that are not allowed. `file` is where a person would set a key.
    pub(super) fn of_values(errors: figment::Error, figment: &Figment, file: Option<&Path>) -> Self {
        let lines: Vec<String> = errors.into_iter().map(|error| sentence(&error, figment, file)).collect();
        Self(lines.join("\n"))
    }
}

/// One sentence for one fault.
fn sentence(error: &figment::Error, figment: &Figment, file: Option<&Path>) -> String {
    let key = error.path.join(".");
    let origin = |key: &str| origin(error, figment, key, file);
    match &error.kind {
        Kind::UnknownField(name, known) => {
            let key = within_section(&key, name);
            format!("{}: unknown key `{key}`; known here: {}", origin(&key), known.join(", "))
        }
        Kind::MissingField(name) => {
            let key = if name == "spaces" { "spaces.business_id".to_owned() } else { within_section(&key, name) };
            let variable = key.replace('.', "__").to_uppercase();
            let place = place(file);
            format!(
                "{place}: the key `{key}` is missing; set it in the file or as {PREFIX}{variable}, or run `tapdesk set-up`"
            )
        }
        Kind::InvalidType(found, expected) => {
            let what = format!("found {found}; allowed is {}", plainly(expected));
            if key.is_empty() {
                format!("{}: {what}", place(file))
            } else {
                format!("{}: `{key}`: {what}", origin(&key))
            }
        }
        kind if key.is_empty() => format!("{}: {kind}", place(file)),
        kind => format!("{}: `{key}`: {kind}", origin(&key)),
    }
}

/// Where the faulty value stands: the key itself, or the nearest part of its path that anybody set.
fn origin(error: &figment::Error, figment: &Figment, key: &str, file: Option<&Path>) -> String {
    let mut part = key;
    loop {
        match (Origin::of(figment, part), part.rsplit_once('.')) {
            (Origin::Default, Some((shorter, _))) => part = shorter,
            (Origin::Default, None) => break,
            (known, _) => return known.to_string(),
        }
    }
    let named = error.metadata.as_ref().and_then(|metadata| metadata.source.as_ref()?.file_path());
    named.map_or_else(|| place(file), |path| path.display().to_string())
}

/// Where a key that is missing would be set.
fn place(file: Option<&Path>) -> String {
    match (file, usual_file()) {
        (Some(file), _) => file.display().to_string(),
        (None, Some(usual)) => format!("no configuration file ({})", usual.display()),
        (None, None) => "no configuration file".to_owned(),
    }
}

/// What serde expected, in an operator's words.
fn plainly(expected: &str) -> &str {
    match expected {
        "i64" | "u64" => "a whole number",
        "bool" => "true or false",
        "a string" | "path string" | "string" => "a text in quotes",
        _ if expected.starts_with("struct ") => "a section with keys of its own",
        other => other,
    }
}

fn within_section(key: &str, name: &str) -> String {
    match key {
        "" => name.to_owned(),
        _ if key == name || key.ends_with(&format!(".{name}")) => key.to_owned(),
        _ => format!("{key}.{name}"),
    }
}
