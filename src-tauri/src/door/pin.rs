//! What the page is shown of checking in without a tile, and what it is answered.

use serde::Serialize;
use tapdesk_core::pin::PinAnswer;
use tapdesk_engine::pins::Found;
use tapdesk_engine::settings::pin::PinMode;
use ts_rs::TS;

/// Checking in without a tile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct PinView {
    #[ts(type = r#""off" | "pin" | "name_and_pin""#)]
    pub(crate) mode: &'static str,
    /// Until when no PIN is taken, a UTC instant; null where PINs are taken.
    pub(crate) locked_until: Option<String>,
}

/// What became of a PIN; until when the pad is locked, the scene says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum PinResult {
    Accepted,
    Wrong,
    Locked,
}

/// A member who may be meant by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct FoundMember {
    /// Good until the next look-up; says nothing of the member.
    pub(crate) id: String,
    pub(crate) name: String,
}

impl From<PinMode> for PinView {
    fn from(mode: PinMode) -> Self {
        let mode = match mode {
            PinMode::Off => "off",
            PinMode::Pin => "pin",
            PinMode::NameAndPin => "name_and_pin",
        };
        Self { mode, locked_until: None }
    }
}

impl From<PinAnswer> for PinResult {
    fn from(answer: PinAnswer) -> Self {
        match answer {
            PinAnswer::Accepted => Self::Accepted,
            PinAnswer::Wrong => Self::Wrong,
            PinAnswer::Locked { .. } => Self::Locked,
        }
    }
}

impl From<Found> for FoundMember {
    fn from(found: Found) -> Self {
        Self { id: found.token, name: found.name }
    }
}
