//! `[secrets]`: where the sign-in and the journal's key are kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{As, Word};
use crate::keys::StoreChoice;

/// `[secrets]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SecretsSettings {
    /// The place: `auto` takes the system's key store, and the service manager's credentials where there is none; `file`
    /// keeps secrets unencrypted in `data_dir`.
    #[serde(with = "As::<Word<StoreChoice>>")]
    pub store: StoreChoice,
}
