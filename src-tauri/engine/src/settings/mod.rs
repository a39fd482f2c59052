//! The configuration: TOML files, one under the other, overridden key by key by the environment (design section 7).

pub mod edit;
mod fault;
pub mod fleet;
mod fleet_layer;
pub(crate) mod follow;
pub mod hours;
pub mod kiosk;
pub mod listing;
pub mod log;
pub mod pin;
pub mod reader;
mod schema;
pub mod secrets;
mod source;
pub mod telemetry;
pub mod updates;
mod values;
pub mod words;

#[cfg(test)]
#[expect(clippy::result_large_err, reason = "figment's own test harness returns its error by value")]
mod tests;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tapdesk_core::ids::BusinessId;
use tapdesk_core::policy::{OfflineAccept, Policy};
use url::Url;

use crate::spaces::governor::Budget;

use self::fleet::FleetSettings;
use self::kiosk::KioskSettings;
use self::log::LogSettings;
use self::pin::PinSettings;
use self::reader::{MoreReaders, ReaderSettings};
use self::secrets::SecretsSettings;
use self::telemetry::TelemetrySettings;
use self::updates::UpdatesSettings;
use self::values::{As, BaseUrl, FilePath, LARGEST, Location, Maybe, Within, Word};

pub use self::fault::BadConfiguration;
pub use self::schema::schema;
pub use self::source::{
    Configuration, ConfigurationFile, FILE_VARIABLE, MANAGED_FILE, MANAGED_VARIABLE, Source, passed_over_variables,
    usual_file,
};

/// All settings, checked.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The operator's own number of this configuration; Tapdesk shows it.
    #[serde(default, with = "Maybe::<Within<0, LARGEST>>")]
    pub version: Option<u64>,
    /// Where the journal, the device id and the logs are kept.
    #[serde(default = "default_data_dir", with = "As::<FilePath>")]
    pub data_dir: PathBuf,
    /// The service.
    pub spaces: SpacesSettings,
    /// The reader.
    #[serde(default)]
    pub reader: ReaderSettings,
    /// More readers, such as one for the way out.
    #[serde(default, with = "As::<MoreReaders>")]
    pub more_readers: Vec<ReaderSettings>,
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
    /// Where the sign-in and the journal's key are kept.
    #[serde(default)]
    pub secrets: SecretsSettings,
    /// Updates of the program.
    #[serde(default)]
    pub updates: UpdatesSettings,
    /// The log files.
    #[serde(default)]
    pub log: LogSettings,
    /// A signed file of the operator's that kiosks fetch.
    #[serde(default)]
    pub fleet: FleetSettings,
    /// What the operator's own systems are told.
    #[serde(default)]
    pub telemetry: TelemetrySettings,
}

/// `[spaces]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpacesSettings {
    /// The API's base, such as `https://spaces.nexudus.com/api`; without a slash at the end.
    #[serde(default = "default_base_url", with = "As::<BaseUrl>")]
    pub base_url: Url,
    /// `Id` of the location that this kiosk serves.
    #[serde(with = "As::<Location>")]
    pub business_id: BusinessId,
    /// Milliseconds between two calls.
    #[serde(default = "default_call_spacing", with = "As::<Within<0, 10_000>>")]
    pub call_spacing_ms: u64,
    /// Calls in any minute; kiosks that share an account share the service's own figure.
    #[serde(default = "default_calls_per_minute", with = "As::<Within<4, 100_000>>")]
    pub calls_per_minute: u64,
    /// Of these, writes.
    #[serde(default = "default_writes_per_minute", with = "As::<Within<2, 100_000>>")]
    pub writes_per_minute: u64,
}

/// `[tap]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TapSettings {
    /// Seconds after a verdict in which the same member's tap repeats it.
    #[serde(with = "As::<Within<0, 3600>>")]
    pub repeat_window_s: u64,
}

/// `[offline]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OfflineSettings {
    /// Which taps are kept.
    #[serde(with = "As::<Word<OfflineAccept>>")]
    pub accept: OfflineAccept,
    /// How many may wait.
    #[serde(with = "As::<Within<1, 1_000_000>>")]
    pub max_entries: u64,
    /// Hours after which a waiting tap is for staff.
    #[serde(with = "As::<Within<1, 8760>>")]
    pub max_age_h: u64,
}

/// `[staff]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StaffSettings {
    /// Seconds that the staff window may be idle before it is locked.
    #[serde(with = "As::<Within<10, 3600>>")]
    pub idle_lock_s: u64,
}

/// The languages that the page has words for, as BCP 47 tags.
pub fn languages() -> [&'static str; 12] {
    values::LANGUAGES
}

impl Settings {
    /// What holds where nobody sets anything, and the location is not known: for who has to go on although the
    /// configuration cannot be read.
    pub fn defaults() -> Self {
        let spaces = SpacesSettings {
            base_url: default_base_url(),
            business_id: BusinessId(source::UNLOCATED),
            call_spacing_ms: default_call_spacing(),
            calls_per_minute: default_calls_per_minute(),
            writes_per_minute: default_writes_per_minute(),
        };
        Self {
            version: None,
            data_dir: default_data_dir(),
            spaces,
            reader: ReaderSettings::default(),
            more_readers: Vec::new(),
            tap: TapSettings::default(),
            offline: OfflineSettings::default(),
            kiosk: KioskSettings::default(),
            pin: PinSettings::default(),
            staff: StaffSettings::default(),
            secrets: SecretsSettings::default(),
            updates: UpdatesSettings::default(),
            log: LogSettings::default(),
            fleet: FleetSettings::default(),
            telemetry: TelemetrySettings::default(),
        }
    }

    /// Reads the configuration: the usual places, with `file` as the user's; see [`Source`].
    pub fn read(file: Option<&Path>) -> Result<Self, BadConfiguration> {
        Source::of(file).read().map(|configuration| configuration.settings)
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

    /// All readers of this kiosk, the first one first.
    pub fn readers(&self) -> impl Iterator<Item = &ReaderSettings> {
        std::iter::once(&self.reader).chain(&self.more_readers)
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
}

impl Default for TapSettings {
    fn default() -> Self {
        Self { repeat_window_s: 60 }
    }
}

impl Default for StaffSettings {
    fn default() -> Self {
        Self { idle_lock_s: 120 }
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
