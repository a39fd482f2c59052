//! Every key with its effective value and where that comes from, for `tapdesk config`.

use std::fmt;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Settings;
use super::fault::BadConfiguration;
use super::source::Origin;

/// The key that is no setting: the operator's number of the others.
const VERSION: &str = "version";

/// A key, its effective value, and where that comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The key with its section: `kiosk.theme`.
    pub key: String,
    /// The value as TOML; none where there is none.
    pub value: Option<String>,
    /// Where it comes from, in a person's words: `default`, a file, `environment variable TAPDESK_…`.
    pub origin: String,
}

/// The same, before it is put in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Effective {
    key: String,
    /// None where it is not set.
    value: Option<Value>,
    origin: Origin,
}

impl Effective {
    /// Where the value of this key, or of any part of it, comes from.
    pub(super) fn origin_of(&self, key: &str) -> Option<&Origin> {
        let rest = self.key.strip_prefix(key)?;
        (rest.is_empty() || rest.starts_with('.')).then_some(&self.origin)
    }
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(formatter, "{} = {value}  # {}", self.key, self.origin),
            None => write!(formatter, "# {} is not set", self.key),
        }
    }
}

impl Item {
    pub(super) fn of(effective: &Effective) -> Self {
        let value = effective.value.as_ref().map(toml_text);
        Self { key: effective.key.clone(), value, origin: effective.origin.to_string() }
    }
}

/// All keys of `settings`, in their order.
pub(super) fn effective(
    settings: &Settings,
    origin: impl Fn(&str) -> Origin,
) -> Result<Vec<Effective>, BadConfiguration> {
    let values = serde_json::to_value(settings).map_err(|error| BadConfiguration(error.to_string()))?;
    let mut items = Vec::new();
    gather(String::new(), values, &mut |key, value| {
        let origin = origin(&key);
        items.push(Effective { key, value: Some(value).filter(|value| !value.is_null()), origin });
    });
    Ok(items)
}

fn gather(key: String, value: Value, found: &mut impl FnMut(String, Value)) {
    match value {
        Value::Object(values) if !values.is_empty() => {
            for (name, value) in values {
                gather(if key.is_empty() { name } else { format!("{key}.{name}") }, value, found);
            }
        }
        value => found(key, value),
    }
}

/// What takes effect: keys and values.
pub(super) fn values(items: &[Effective]) -> impl Iterator<Item = (&str, &Value)> {
    let set = items.iter().filter(|item| item.key != VERSION);
    set.filter_map(|item| item.value.as_ref().map(|value| (item.key.as_str(), value)))
}

/// The first eight hex digits of a digest over what takes effect.
pub(super) fn fingerprint(items: &[Effective]) -> String {
    // Sorted: the order in which the sections happen to stand in the program means nothing.
    let mut lines: Vec<String> = values(items).map(|(key, value)| format!("{key}={value}\n")).collect();
    lines.sort();
    let digest: [u8; 32] = Sha256::digest(lines.concat()).into();
    let [first, second, third, fourth, ..] = digest;
    format!("{first:02x}{second:02x}-{third:02x}{fourth:02x}")
}

/// The value as it stands in a TOML file.
fn toml_text(value: &Value) -> String {
    let written = value.serialize(toml_edit::ser::ValueSerializer::new());
    // Only a lone null is no TOML, and that is no value.
    written.map_or_else(|_| value.to_string(), |value| value.to_string())
}
