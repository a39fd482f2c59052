//! The configuration: a TOML file, overridden key by key by the environment (design section 7).

pub mod kiosk;
pub mod pin;
mod values;

#[cfg(test)]
#[expect(clippy::result_large_err, reason = "figment's own test harness returns its error by value")]
mod tests;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::Deserialize;
use tapdesk_core::ids::BusinessId;
use tapdesk_core::policy::{OfflineAccept, Policy};
use url::Url;

use crate::spaces::governor::Budget;

use self::kiosk::KioskSettings;
use self::pin::PinSettings;
use self::values::{base_url, business_id, offline_accept, reader_kind, within};

/// The prefix of environment variables that override a key: `TAPDESK_SPACES__BASE_URL`.
const PREFIX: &str = "TAPDESK_";
/// The environment variable that names the configuration file.
pub const FILE_VARIABLE: &str = "TAPDESK_CONFIG";

/// All settings, checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the journal, the device id and the logs are kept.
    #[serde(default = "default_data_dir")]
    pub data_dir: PathBuf,
    /// The service.
    pub spaces: SpacesSettings,
    /// The reader.
    #[serde(default)]
    pub reader: ReaderSettings,
    /// Taps.
    #[serde(default)]
    pub tap: TapSettings,
    /// What happens while the service cannot be reached.
    #[serde(default)]
    pub offline: OfflineSettings,
    /// The screen.
    #[serde(default)]
    pub kiosk: KioskSettings,
    /// Checking in without a tile.
    #[serde(default)]
    pub pin: PinSettings,
    /// The staff desk.
    #[serde(default)]
    pub staff: StaffSettings,
    /// Figures for the operator's own systems.
    #[serde(default)]
    pub telemetry: TelemetrySettings,
}

/// `[spaces]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpacesSettings {
    /// The API's base, such as `https://spaces.nexudus.com/api`; without a slash at the end.
    #[serde(default = "default_base_url", deserialize_with = "base_url")]
    pub base_url: Url,
    /// `Id` of the location that this kiosk serves.
    #[serde(deserialize_with = "business_id")]
    pub business_id: BusinessId,
    /// Milliseconds between two calls.
    #[serde(default = "default_call_spacing", deserialize_with = "within::<0, 10_000, _>")]
    pub call_spacing_ms: u64,
    /// Calls in any minute; kiosks that share an account share the service's own figure.
    #[serde(default = "default_calls_per_minute", deserialize_with = "within::<4, 100_000, _>")]
    pub calls_per_minute: u64,
    /// Of these, writes.
    #[serde(default = "default_writes_per_minute", deserialize_with = "within::<2, 100_000, _>")]
    pub writes_per_minute: u64,
}

/// `[reader]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReaderSettings {
    /// How the reader is driven.
    #[serde(deserialize_with = "reader_kind")]
    pub kind: ReaderKind,
    /// libnfc's connection string, such as `pn532_uart:/dev/ttyUSB0:115200`; none for the first USB reader found.
    pub connection: Option<String>,
}

/// How the reader is driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderKind {
    /// By the system's libnfc.
    #[default]
    Libnfc,
}

/// `[tap]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TapSettings {
    /// Seconds after a verdict in which the same member's tap repeats it.
    #[serde(deserialize_with = "within::<0, 3600, _>")]
    pub repeat_window_s: u64,
}

/// `[offline]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfflineSettings {
    /// Which taps are kept.
    #[serde(deserialize_with = "offline_accept")]
    pub accept: OfflineAccept,
    /// How many may wait.
    #[serde(deserialize_with = "within::<1, 1_000_000, _>")]
    pub max_entries: u64,
    /// Hours after which a waiting tap is for staff.
    #[serde(deserialize_with = "within::<1, 8760, _>")]
    pub max_age_h: u64,
}

/// `[staff]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StaffSettings {
    /// Not used by this version.
    pub idle_lock_s: Option<u64>,
}

/// `[telemetry]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetrySettings {
    /// Not used by this version.
    pub prometheus: Option<String>,
    /// Not used by this version.
    pub otlp: Option<String>,
}

/// Whether a variable, without its prefix, is meant as a key. Others begin with the prefix for reasons of their own
/// (`TAPDESK_CONFIG`, a deployment's own variables) and are left alone.
fn names_a_key(name: &str) -> bool {
    name.contains("__") || name.eq_ignore_ascii_case("data_dir")
}

/// Variables that begin with the prefix and name no key: a missing underscore looks like that.
pub fn passed_over_variables() -> Vec<String> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let passed_over =
        |name: &String| name.strip_prefix(PREFIX).is_some_and(|rest| !names_a_key(rest)) && name != FILE_VARIABLE;
    names.filter(passed_over).collect()
}

/// What is wrong with the configuration: where, which key, what is allowed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadConfiguration(String);

impl Settings {
    /// Reads the configuration: `file`, else the file named by `TAPDESK_CONFIG`, else the one in the system's
    /// configuration folder if it is there; then the environment on top.
    pub fn read(file: Option<&Path>) -> Result<Self, BadConfiguration> {
        let named = file.map(Path::to_path_buf).or_else(|| std::env::var_os(FILE_VARIABLE).map(PathBuf::from));
        if let Some(named) = &named
            && let Err(error) = std::fs::File::open(named)
        {
            return Err(BadConfiguration(format!("{}: {error}; name a file that can be read", named.display())));
        }
        let path = named.or_else(default_file);
        let toml = path.as_ref().map(|path| Figment::from(Toml::file_exact(path))).unwrap_or_default();
        let environment = Env::prefixed(PREFIX).filter(|name| names_a_key(name.as_str())).split("__");
        let figment = toml.merge(environment);
        let settings: Self = figment.extract().map_err(|errors| {
            let lines: Vec<String> = errors.into_iter().map(|error| sentence(&error, path.as_deref())).collect();
            BadConfiguration(lines.join("\n"))
        })?;
        settings.pin.fits(settings.kiosk.names).map_err(|what| {
            let origin = path.map_or_else(|| "the environment".to_owned(), |path| path.display().to_string());
            BadConfiguration(format!("{origin}: `pin.accept`: {what}"))
        })?;
        Ok(settings)
    }

    /// What the core needs to know of it.
    pub fn policy(&self) -> Policy {
        Policy {
            repeat_window: Duration::from_secs(self.tap.repeat_window_s),
            offline: self.offline.accept,
            max_entries: usize::try_from(self.offline.max_entries).unwrap_or(usize::MAX),
            max_age: Duration::from_hours(self.offline.max_age_h),
            names: self.kiosk.names,
        }
    }

    /// How many calls may be made.
    pub fn budget(&self) -> Budget {
        let number = |number: u64| u32::try_from(number).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
        Budget {
            spacing: Duration::from_millis(self.spaces.call_spacing_ms),
            per_minute: number(self.spaces.calls_per_minute),
            writes_per_minute: number(self.spaces.writes_per_minute),
        }
    }

    /// Keys that are set although this version does nothing with them.
    pub fn without_effect(&self) -> Vec<&'static str> {
        let keys = [
            ("staff.idle_lock_s", self.staff.idle_lock_s.is_some()),
            ("telemetry.prometheus", self.telemetry.prometheus.is_some()),
            ("telemetry.otlp", self.telemetry.otlp.is_some()),
        ];
        keys.into_iter().filter(|(_, set)| *set).map(|(key, _)| key).collect()
    }
}

impl Default for ReaderSettings {
    fn default() -> Self {
        Self { kind: ReaderKind::Libnfc, connection: None }
    }
}

impl Default for TapSettings {
    fn default() -> Self {
        Self { repeat_window_s: 60 }
    }
}

impl Default for OfflineSettings {
    fn default() -> Self {
        Self { accept: OfflineAccept::Known, max_entries: 5000, max_age_h: 72 }
    }
}

fn project_folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "tapdesk")
}

fn default_file() -> Option<PathBuf> {
    project_folders().map(|folders| folders.config_dir().join("tapdesk.toml")).filter(|path| path.exists())
}

/// Where a configuration file is looked for when none is named.
pub fn usual_file() -> Option<PathBuf> {
    project_folders().map(|folders| folders.config_dir().join("tapdesk.toml"))
}

fn default_data_dir() -> PathBuf {
    project_folders().map_or_else(|| PathBuf::from("tapdesk-data"), |folders| folders.data_dir().to_path_buf())
}

// What the service allows one account (`nexudus-api.md` section 2).
fn default_call_spacing() -> u64 {
    100
}

fn default_calls_per_minute() -> u64 {
    120
}

fn default_writes_per_minute() -> u64 {
    60
}

fn default_base_url() -> Url {
    Url::parse("https://spaces.nexudus.com/api").expect("a valid address")
}

/// One sentence for one fault: file or variable, key, what is wrong.
fn sentence(error: &figment::Error, file: Option<&Path>) -> String {
    let key = error.path.join(".");
    let from_environment = error.metadata.as_ref().is_some_and(|metadata| metadata.name.contains("environment"));
    let origin = if from_environment {
        format!("environment variable {PREFIX}{}", error.path.join("__").to_uppercase())
    } else {
        match (file, usual_file()) {
            (Some(file), _) => file.display().to_string(),
            (None, Some(usual)) => format!("no configuration file ({})", usual.display()),
            (None, None) => "no configuration file".to_owned(),
        }
    };
    let what = match &error.kind {
        figment::error::Kind::UnknownField(name, known) => {
            let place = if key.is_empty() || key == *name { name.clone() } else { within_section(&key, name) };
            return format!("{origin}: unknown key `{place}`; known here: {}", known.join(", "));
        }
        figment::error::Kind::InvalidType(found, expected) => {
            format!("found {found}; allowed is {}", plainly(expected))
        }
        figment::error::Kind::MissingField(name) => {
            let place = if name == "spaces" { "spaces.business_id".to_owned() } else { within_section(&key, name) };
            return format!(
                "{origin}: the key `{place}` is missing; set it in the file or as {PREFIX}{}",
                variable(&place)
            );
        }
        kind => kind.to_string(),
    };
    if key.is_empty() { format!("{origin}: {what}") } else { format!("{origin}: `{key}`: {what}") }
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

fn variable(key: &str) -> String {
    key.replace('.', "__").to_uppercase()
}
