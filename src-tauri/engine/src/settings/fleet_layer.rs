//! The fleet's file as a layer of the configuration.

use std::path::PathBuf;

use figment::value::{Dict, Value};

use super::default_data_dir;
use super::fleet::FleetSettings;
use super::source::{ConfigurationFile, Content, PREFIX, figment_of, variables};
use crate::fleet::store::Store;

/// What it is called.
pub(super) const NAME: &str = "the fleet's file";
/// The section that says where it comes from.
const SECTION: &str = "fleet";

/// A file of the fleet's that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FleetLayer {
    pub(super) version: u64,
    /// Where it grows the desk is opened anew.
    pub(super) reload: u64,
}

impl FleetLayer {
    /// What it is called, so that no other is meant.
    pub(super) fn name(self) -> String {
        format!("{NAME}, version {}", self.version)
    }

    /// The file of this text.
    pub(super) fn file(self, path: PathBuf, text: String) -> ConfigurationFile {
        ConfigurationFile { path, content: Content::Text(text), named: false, fleet: Some(self) }
    }
}

/// The one that is in force, where the other layers say that one is followed. Blocks.
pub(super) fn in_force(others: &[ConfigurationFile]) -> Option<ConfigurationFile> {
    let store = store(others)?;
    let (file, text) = store.in_force()?;
    let layer = FleetLayer { version: file.version, reload: file.command.reload };
    Some(layer.file(store.path().to_path_buf(), text))
}

/// What is wrong with the others is said by whoever reads them all.
fn store(others: &[ConfigurationFile]) -> Option<Store> {
    let of_section = |name: String| name.to_lowercase().starts_with(&format!("{PREFIX}{SECTION}").to_lowercase());
    // Most kiosks follow none, and the files are looked at again and again.
    if !others.iter().any(|file| file.mentions(SECTION)) && !variables().any(of_section) {
        return None;
    }
    let figment = figment_of(others).ok()?;
    let settings: FleetSettings = figment.extract_inner(SECTION).ok()?;
    let data_dir: PathBuf = figment.extract_inner("data_dir").unwrap_or_else(|_| default_data_dir());
    Store::of(&settings, &data_dir)
}

/// The keys of the configuration in the fleet's file, where they stand in a section of their own.
pub(super) fn configuration_in(mut values: Dict) -> Dict {
    match values.remove("configuration") {
        Some(Value::Dict(_, configuration)) => configuration,
        _ => Dict::new(),
    }
}
