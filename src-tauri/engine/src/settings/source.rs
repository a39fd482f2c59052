//! Where the configuration comes from: defaults, the managed file, the fleet's file, the user's file, the environment; the
//! later wins.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::{Dict, Map};
use figment::{Figment, Metadata, Profile, Provider};

use super::fault::BadConfiguration;
use super::fleet_layer::{self, FleetLayer};
use super::listing::{self, Item};
use super::{Settings, project_folders};

/// The prefix of environment variables that override a key: `TAPDESK_SPACES__BASE_URL`.
pub(super) const PREFIX: &str = "TAPDESK_";
/// The environment variable that names the user's file.
pub const FILE_VARIABLE: &str = "TAPDESK_CONFIG";
/// The environment variable that names the managed file; empty for none.
pub const MANAGED_VARIABLE: &str = "TAPDESK_MANAGED_CONFIG";
/// The managed file, where no other is named.
pub const MANAGED_FILE: &str = "/etc/tapdesk/tapdesk.toml";

/// The key without which no kiosk runs.
const LOCATION: &str = "spaces.business_id";
/// What stands for it while nobody has set it.
pub(super) const UNLOCATED: i64 = 1;

/// Where the configuration comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The user's file, which must be there; none for the usual one, which may be missing.
    pub file: Option<PathBuf>,
    /// The file under it, which whoever manages the machine writes; it may be missing.
    pub managed: Option<PathBuf>,
}

/// The configuration as it was read.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// All settings, checked.
    pub settings: Settings,
    /// The operator's own number of it.
    pub version: Option<u64>,
    /// The first eight hex digits of the SHA-256 over all effective values but the version: equal for kiosks that are set
    /// up alike.
    pub fingerprint: String,
    /// The files that were looked at, lowest layer first.
    pub files: Vec<ConfigurationFile>,
    pub(super) items: Vec<listing::Effective>,
    /// The fleet's file among its layers.
    pub(super) fleet: Option<FleetLayer>,
    /// Why it runs although its files have another one.
    pub(super) kept_since: Option<String>,
}

/// A file of the configuration, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationFile {
    /// Where it is looked for.
    pub path: PathBuf,
    pub(super) content: Content,
    /// Whether somebody named it: then it must be there.
    pub(super) named: bool,
    /// What it is as the fleet's file; none for any other.
    pub(super) fleet: Option<FleetLayer>,
}

/// What was found in a file's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Absent,
    Text(String),
    Unreadable(String),
}

impl ConfigurationFile {
    fn look(path: PathBuf, named: bool) -> Self {
        let content = match std::fs::read(&path) {
            Ok(bytes) => String::from_utf8(bytes).map_or_else(
                |error| Content::Unreadable(format!("is no text in UTF-8 ({error})")),
                // Some editors begin a file with a byte order mark.
                |text| Content::Text(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            ),
            Err(error) if error.kind() == ErrorKind::NotFound && !named => Content::Absent,
            Err(error) => Content::Unreadable(error.to_string()),
        };
        Self { path, content, named, fleet: None }
    }

    /// The same, where a file that is not there need not be.
    fn or_absent(self) -> Self {
        let missing = !std::fs::exists(&self.path).unwrap_or(true);
        if missing { Self { content: Content::Absent, ..self } } else { self }
    }

    /// Whether it was there.
    pub fn is_there(&self) -> bool {
        self.content != Content::Absent
    }

    /// The layer that it makes.
    fn layer(&self) -> Result<Layer<'_>, BadConfiguration> {
        let values = match &self.content {
            Content::Absent => Dict::new(),
            Content::Text(text) => {
                Toml::from_str(text).map_err(|error| BadConfiguration::of_file(&self.path, error))?
            }
            Content::Unreadable(why) => {
                let advice = if self.named { "name a file that can be read" } else { "let this user read it" };
                return Err(BadConfiguration::of_file(&self.path, format_args!("{why}; {advice}")));
            }
        };
        let values = if self.fleet.is_some() { fleet_layer::configuration_in(values) } else { values };
        Ok(Layer { file: self, values })
    }

    /// Whether somebody may have set a key of this section here.
    pub(super) fn mentions(&self, section: &str) -> bool {
        matches!(&self.content, Content::Text(text) if text.contains(section))
    }
}

/// A file's values, for figment.
struct Layer<'a> {
    file: &'a ConfigurationFile,
    values: Dict,
}

impl Provider for Layer<'_> {
    fn metadata(&self) -> Metadata {
        match self.file.fleet {
            Some(layer) => Metadata::named(layer.name()),
            None => Metadata::from("file", self.file.path.as_path()),
        }
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Default,
    File(PathBuf),
    /// The fleet's file, with its version.
    Fleet(String),
    Variable(String),
}

impl Origin {
    /// The origin of the value under this dotted key.
    pub(super) fn of(figment: &Figment, key: &str) -> Self {
        let Some(metadata) = figment.find_metadata(key) else { return Self::Default };
        if metadata.name.starts_with(fleet_layer::NAME) {
            return Self::Fleet(metadata.name.clone().into_owned());
        }
        match metadata.source.as_ref().and_then(figment::Source::file_path) {
            Some(path) => Self::File(path.to_path_buf()),
            None => Self::Variable(variable_of(key)),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File(path) => write!(formatter, "{}", path.display()),
            Self::Fleet(name) => formatter.write_str(name),
            Self::Variable(name) => write!(formatter, "environment variable {name}"),
        }
    }
}

/// The variable that sets this key, or a part of its path that holds it.
fn variable_of(key: &str) -> String {
    let mut part = key;
    loop {
        let wanted = format!("{PREFIX}{}", part.replace('.', "__"));
        if let Some(name) = variables().find(|name| name.eq_ignore_ascii_case(&wanted)) {
            return name;
        }
        match part.rsplit_once('.') {
            Some((shorter, _)) => part = shorter,
            None => return format!("{PREFIX}{}", key.replace('.', "__").to_uppercase()),
        }
    }
}

pub(super) fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

/// Whether a variable, without its prefix, is meant as a key. Others begin with the prefix for reasons of their own
/// (`TAPDESK_CONFIG`, a deployment's own variables) and are left alone.
fn names_a_key(name: &str) -> bool {
    name.contains("__") || ["data_dir", "version"].iter().any(|key| name.eq_ignore_ascii_case(key))
}

/// Variables that begin with the prefix and name no key: a missing underscore looks like that.
pub fn passed_over_variables() -> Vec<String> {
    let passed_over = |name: &String| {
        name.strip_prefix(PREFIX).is_some_and(|rest| !names_a_key(rest))
            && ![FILE_VARIABLE, MANAGED_VARIABLE].contains(&name.as_str())
    };
    variables().filter(passed_over).collect()
}

/// Where the user's file is looked for when none is named.
pub fn usual_file() -> Option<PathBuf> {
    project_folders().map(|folders| folders.config_dir().join("tapdesk.toml"))
}

impl Source {
    /// The usual places: `file`, else the one that `TAPDESK_CONFIG` names, is the user's file; the managed one is
    /// [`MANAGED_FILE`] unless `TAPDESK_MANAGED_CONFIG` says otherwise.
    pub fn of(file: Option<&Path>) -> Self {
        let file = file.map(Path::to_path_buf).or_else(|| std::env::var_os(FILE_VARIABLE).map(PathBuf::from));
        let managed = std::env::var_os(MANAGED_VARIABLE).map_or_else(|| PathBuf::from(MANAGED_FILE), PathBuf::from);
        Self { file, managed: Some(managed).filter(|path| !path.as_os_str().is_empty()) }
    }

    /// The user's file, whether it is there or not: where changes are written to.
    pub fn user_file(&self) -> Option<PathBuf> {
        self.file.clone().or_else(usual_file)
    }

    /// Reads it. A file that is half written is bad like any other, and nothing else happens.
    pub fn read(&self) -> Result<Configuration, BadConfiguration> {
        Self::read_at_start(&Figment::new(), self.look())
    }

    /// Reads what there is of a configuration that may be unfinished: the location may be missing; whether it is there is
    /// said beside it. With `makes_file` also the file that somebody named, which is made later.
    pub fn read_for_set_up(&self, makes_file: bool) -> Result<(Configuration, bool), BadConfiguration> {
        let mut files = self.look();
        if makes_file {
            files = files.into_iter().map(ConfigurationFile::or_absent).collect();
        }
        let located = figment_of(&files)?.find_value(LOCATION).is_ok();
        let mut configuration = Self::read_at_start(&Figment::from(Serialized::default(LOCATION, UNLOCATED)), files)?;
        if !located {
            configuration.items.retain(|item| item.origin_of(LOCATION).is_none());
        }
        Ok((configuration, located))
    }

    /// The files as they are now, lowest layer first. Blocks.
    pub(super) fn look(&self) -> Vec<ConfigurationFile> {
        let managed = self.managed.iter().map(|path| ConfigurationFile::look(path.clone(), false));
        let users = self.user_file().map(|path| ConfigurationFile::look(path, self.file.is_some()));
        let mut files: Vec<ConfigurationFile> = managed.chain(users).collect();
        if let Some(of_fleet) = fleet_layer::in_force(&files) {
            files.insert(self.above_managed(), of_fleet);
        }
        files
    }

    /// The place of the fleet's file among the layers: above what each machine is set up with, below what is said at it.
    fn above_managed(&self) -> usize {
        usize::from(self.managed.is_some())
    }

    /// Reads it as it would be with this text as the fleet's file. Blocks.
    pub(crate) fn with_fleet_file(&self, version: u64, text: String) -> Result<Configuration, BadConfiguration> {
        let mut files = self.look();
        files.retain(|file| file.fleet.is_none());
        let layer = FleetLayer { version, reload: 0 };
        files.insert(self.above_managed(), layer.file(PathBuf::new(), text));
        Self::read_from(files)
    }

    /// Reads the configuration from files as they were found, and the environment.
    pub(super) fn read_from(files: Vec<ConfigurationFile>) -> Result<Configuration, BadConfiguration> {
        Self::read_over(Figment::new(), files)
    }

    /// The same for a kiosk that starts: where only the fleet's file is in the way it is left out, and that is said. A kiosk
    /// must come up whatever was sent to it from afar.
    fn read_at_start(under: &Figment, files: Vec<ConfigurationFile>) -> Result<Configuration, BadConfiguration> {
        let read = Self::read_over(under.clone(), files.clone());
        let Err(error) = &read else { return read };
        let without: Vec<ConfigurationFile> = files.iter().filter(|file| file.fleet.is_none()).cloned().collect();
        if without.len() == files.len() {
            return read;
        }
        match Self::read_over(under.clone(), without) {
            Ok(configuration) => Ok(Configuration { files, kept_since: Some(error.to_string()), ..configuration }),
            Err(_) => read,
        }
    }

    /// The same above what stands there already.
    fn read_over(under: Figment, files: Vec<ConfigurationFile>) -> Result<Configuration, BadConfiguration> {
        let figment = under.merge(figment_of(&files)?);
        let set_here = |file: &&ConfigurationFile| file.is_there() && file.fleet.is_none();
        let top = files.iter().rev().find(set_here).map(|file| file.path.as_path());
        let settings: Settings =
            figment.extract().map_err(|errors| BadConfiguration::of_values(errors, &figment, top))?;
        settings.pin.fits(settings.kiosk.names).map_err(|what| {
            let (accept, names) = (Origin::of(&figment, "pin.accept"), Origin::of(&figment, "kiosk.names"));
            let also = if accept == names { String::new() } else { format!(" (kiosk.names: {names})") };
            BadConfiguration(format!("{accept}: `pin.accept`: {what}{also}"))
        })?;
        super::reader::fit(settings.readers()).map_err(|what| {
            BadConfiguration(format!("{}: `more_readers`: {what}", Origin::of(&figment, "more_readers")))
        })?;
        settings
            .fleet
            .fits()
            .map_err(|(key, what)| BadConfiguration(format!("{}: `{key}`: {what}", Origin::of(&figment, key))))?;
        settings.telemetry.fits().map_err(|what| {
            let (address, token) =
                (Origin::of(&figment, "telemetry.prometheus"), Origin::of(&figment, "telemetry.token_file"));
            let also =
                if token == Origin::Default { String::new() } else { format!(" (telemetry.token_file: {token})") };
            BadConfiguration(format!("{address}: `telemetry.prometheus`: {what}{also}"))
        })?;
        let items = listing::effective(&settings, |key| Origin::of(&figment, key))?;
        let (version, fingerprint) = (settings.version, listing::fingerprint(&items));
        let fleet = files.iter().find_map(|file| file.fleet);
        Ok(Configuration { settings, version, fingerprint, files, items, fleet, kept_since: None })
    }
}

/// All layers that somebody writes.
pub(super) fn figment_of(files: &[ConfigurationFile]) -> Result<Figment, BadConfiguration> {
    let mut figment = Figment::new();
    for file in files {
        figment = figment.merge(file.layer()?);
    }
    Ok(figment.merge(Env::prefixed(PREFIX).filter(|name| names_a_key(name.as_str())).split("__")))
}

impl Configuration {
    /// The same, for a kiosk that goes on with it, since what the files of `source` have now does not work. Blocks.
    #[must_use]
    pub fn kept(self, source: &Source, why: String) -> Self {
        Self { files: source.look(), kept_since: Some(why), ..self }
    }

    /// Every key with its effective value and where that comes from, in the order of [`Settings`].
    pub fn listing(&self) -> Vec<Item> {
        self.items.iter().map(Item::of).collect()
    }

    /// The version of the fleet's file among its layers.
    pub(crate) fn fleet_version(&self) -> Option<u64> {
        self.fleet.map(|fleet| fleet.version)
    }

    /// Whether the fleet wants the desk opened anew, which was opened with the other one.
    pub(super) fn reloads(&self, other: &Self) -> bool {
        let number = |configuration: &Self| configuration.fleet.map_or(0, |fleet| fleet.reload);
        number(self) > number(other)
    }

    /// Why it runs although its files have another one.
    pub(crate) fn kept_since(&self) -> Option<&str> {
        self.kept_since.as_deref()
    }

    /// Whether both have the same effective values, whatever their versions.
    pub(crate) fn does_the_same_as(&self, other: &Self) -> bool {
        listing::values(&self.items).eq(listing::values(&other.items))
    }
}
