//! `[fleet]`: a signed file of the operator's that kiosks fetch from a web server (`engine/src/fleet/FLEET.md`).

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use super::values::{As, Form, Maybe, Within, safe_address};
use crate::fleet::signature;

/// `[fleet]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FleetSettings {
    /// Where the file is published; its signature lies beside it, with `.minisig` after its name. None is followed without.
    #[serde(with = "Maybe::<FileAddress>")]
    pub url: Option<Url>,
    /// Whose signature counts: the second line of the public key that minisign made.
    #[serde(with = "Maybe::<MinisignKey>")]
    pub public_key: Option<String>,
    /// Seconds between two looks.
    #[serde(with = "As::<Within<30, 86_400>>")]
    pub poll_every_s: u64,
}

impl Default for FleetSettings {
    fn default() -> Self {
        Self { url: None, public_key: None, poll_every_s: 300 }
    }
}

impl FleetSettings {
    /// Where the file is, and whose signature counts; none where no fleet is followed.
    pub fn followed(&self) -> Option<(&Url, &str)> {
        self.url.as_ref().zip(self.public_key.as_deref())
    }

    /// What is missing of the two that go together, in a sentence.
    pub(super) fn fits(&self) -> Result<(), (&'static str, &'static str)> {
        match (&self.url, &self.public_key) {
            (Some(_), None) => Err((
                "fleet.url",
                "it has no `fleet.public_key` beside it: a file that anybody may have written is not followed; set the second line of minisign.pub",
            )),
            (None, Some(_)) => Err((
                "fleet.public_key",
                "it has no `fleet.url` beside it; set where the file is published, or take it out",
            )),
            _ => Ok(()),
        }
    }
}

/// The address of a file.
struct FileAddress;

impl Form for FileAddress {
    type Value = Url;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
        let text = String::deserialize(deserializer)?;
        let allowed = "an https address of a file, without user, query or fragment, such as https://fleet.example.org/kiosks.toml";
        let fault = |what: &str| D::Error::custom(format_args!("{text:?} {what}; allowed is {allowed}"));
        let url = safe_address(&text, "would be fetched in the clear").map_err(|what| fault(&what))?;
        if url.path().ends_with('/') {
            return Err(fault("names no file"));
        }
        Ok(url)
    }

    fn write<S: Serializer>(value: &Url, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_str().serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let pattern =
            r"^(https://[^/?#@]+|http://(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]+)?)/[^?#]*[^/?#]$".to_owned();
        json_schema!({ "type": "string", "format": "uri", "pattern": pattern })
    }
}

/// The second line of minisign's public key file.
struct MinisignKey;

impl Form for MinisignKey {
    type Value = String;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let text = String::deserialize(deserializer)?;
        if signature::is_key(&text) {
            return Ok(text);
        }
        Err(D::Error::custom(format_args!(
            "{text:?} is not allowed: the second line of minisign.pub is, 56 letters and digits that begin with RW"
        )))
    }

    fn write<S: Serializer>(value: &String, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^RW[QRST][0-9A-Za-z+/]{53}$" })
    }
}
