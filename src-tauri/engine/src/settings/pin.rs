//! `[pin]`: whom the kiosk lets in without a tile.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tapdesk_core::policy::NameDisplay;

use super::values::{As, Within, Word};

/// `[pin]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PinSettings {
    /// What is asked for.
    #[serde(with = "As::<Word<PinMode>>")]
    pub accept: PinMode,
    /// How many digits a PIN has at least; shorter ones in the records are not accepted.
    #[serde(with = "As::<Within<4, 12>>")]
    pub least_digits: u64,
}

/// What a member without a tile is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PinMode {
    /// Nothing: they go to the desk.
    #[default]
    Off,
    /// The PIN alone.
    Pin,
    /// Who they are, and their PIN.
    NameAndPin,
}

impl Default for PinSettings {
    fn default() -> Self {
        Self { accept: PinMode::Off, least_digits: 5 }
    }
}

impl PinSettings {
    /// Whether it goes together with what may be shown of a name; if not, why, and what to do.
    pub(super) fn fits(&self, names: NameDisplay) -> Result<(), &'static str> {
        if self.accept == PinMode::NameAndPin && names == NameDisplay::None {
            return Err(
                "\"name_and_pin\" shows members' names to choose from, and kiosk.names = \"none\" shows none; set kiosk.names to \"first\" or \"full\", or pin.accept to \"pin\" or \"off\"",
            );
        }
        Ok(())
    }
}
