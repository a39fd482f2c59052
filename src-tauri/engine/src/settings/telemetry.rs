//! `[telemetry]`: what the operator's own systems are told of this kiosk, and where. All of it is off unless it is set.

use std::net::SocketAddr;
use std::path::PathBuf;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use super::values::{As, FilePath, Form, Maybe, Within};

/// The longest name of a kiosk, in characters: it stands in every label.
const LONGEST_NAME: usize = 100;

/// `[telemetry]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetrySettings {
    /// The IP address and port at which Prometheus reads this kiosk's figures, such as `127.0.0.1:9464`; none for nowhere.
    #[serde(with = "Maybe::<Endpoint>")]
    pub prometheus: Option<SocketAddr>,
    /// The base address of an OpenTelemetry collector that figures, traces and log lines are pushed to, such as
    /// `http://collector:4318`; none for nobody.
    #[serde(with = "Maybe::<Collector>")]
    pub otlp: Option<Url>,
    /// The file with the token that whoever reads the figures must bring. Needed where other machines can read them.
    #[serde(with = "Maybe::<FilePath>")]
    pub token_file: Option<PathBuf>,
    /// How this kiosk is called in all of it; this machine's name where none is set.
    #[serde(with = "Maybe::<KioskName>")]
    pub name: Option<String>,
    /// Seconds between two pushes of figures.
    #[serde(with = "As::<Within<5, 3600>>")]
    pub export_every_s: u64,
}

impl Default for TelemetrySettings {
    fn default() -> Self {
        Self { prometheus: None, otlp: None, token_file: None, name: None, export_every_s: 60 }
    }
}

impl TelemetrySettings {
    /// Whether the keys go together; if not, why, and what to do.
    pub(super) fn fits(&self) -> Result<(), String> {
        match (self.prometheus, &self.token_file) {
            (Some(address), None) if !address.ip().to_canonical().is_loopback() => Err(format!(
                "{address} can be read by other machines, which must bring a token: name its file as `telemetry.token_file`, or listen for this machine alone, at 127.0.0.1:{}",
                address.port()
            )),
            _ => Ok(()),
        }
    }
}

/// An IP address and a port.
struct Endpoint;

/// As somebody may write it: a lone port looks like a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Number(i64),
}

impl Form for Endpoint {
    type Value = SocketAddr;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
        let text = match Written::deserialize(deserializer)? {
            Written::Text(text) => text,
            Written::Number(number) => number.to_string(),
        };
        text.parse().ok().filter(|address: &SocketAddr| address.port() != 0).ok_or_else(|| {
            D::Error::custom(format_args!(
                "{text:?} is not allowed: an IP address and a port are, such as \"127.0.0.1:9464\" for this machine alone"
            ))
        })
    }

    fn write<S: Serializer>(value: &SocketAddr, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let pattern = r"^([0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9A-Fa-f:.]+\]):[1-9][0-9]{0,4}$";
        json_schema!({ "type": "string", "pattern": pattern })
    }
}

/// The base address of a collector. In the clear, too: it stands in the operator's own network, and nothing that is pushed
/// is personal. What proves who pushes comes from the environment, since no secret stands in a configuration.
struct Collector;

impl Form for Collector {
    type Value = Url;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
        let text = String::deserialize(deserializer)?;
        let allowed = "the base address of a collector, such as http://collector:4318";
        // Not repeated: it may hold a secret.
        let fault = |what: &str| D::Error::custom(format_args!("the address {what}; allowed is {allowed}"));
        let url =
            Url::parse(text.trim_end_matches('/')).map_err(|error| fault(&format!("cannot be read ({error})")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(fault(
                "holds a user or a password, and no secret may stand in the configuration: set the variable OTEL_EXPORTER_OTLP_HEADERS",
            ));
        }
        match url.scheme() {
            _ if url.query().is_some() || url.fragment().is_some() => Err(fault("has a query or a fragment")),
            "http" | "https" => Ok(url),
            _ => Err(fault("is not a web address")),
        }
    }

    fn write<S: Serializer>(value: &Url, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_str().trim_end_matches('/').serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "uri", "pattern": "^https?://[^/?#@]+(/[^?#]*)?$" })
    }
}

/// What a kiosk may be called.
struct KioskName;

impl Form for KioskName {
    type Value = String;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let text = String::deserialize(deserializer)?;
        let begins = text.chars().next().is_some_and(|first| !first.is_whitespace());
        if begins && text.chars().count() <= LONGEST_NAME && !text.contains(char::is_control) {
            return Ok(text);
        }
        Err(D::Error::custom(format_args!(
            "{text:?} is not allowed: a name of 1 to {LONGEST_NAME} characters on one line is, such as \"front desk\""
        )))
    }

    fn write<S: Serializer>(value: &String, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^\S.*$", "maxLength": LONGEST_NAME })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_can_be_read_by_others_needs_a_token() {
        let cases = [
            (None, None, true),
            (Some("127.0.0.1:9464"), None, true),
            (Some("127.8.9.10:1"), None, true),
            (Some("[::1]:9464"), None, true),
            (Some("[::ffff:127.0.0.1]:9464"), None, true),
            (Some("0.0.0.0:9464"), None, false),
            (Some("[::]:9464"), None, false),
            (Some("192.168.0.9:9464"), None, false),
            (Some("0.0.0.0:9464"), Some("/etc/tapdesk/metrics.token"), true),
        ];
        for (address, token, expected) in cases {
            let prometheus = address.map(|address| address.parse().unwrap());
            let settings =
                TelemetrySettings { prometheus, token_file: token.map(PathBuf::from), ..TelemetrySettings::default() };
            let fits = settings.fits();
            assert_eq!(fits.is_ok(), expected, "{address:?} {token:?}");
            assert!(fits.err().is_none_or(|why| why.contains("`telemetry.token_file`")));
        }
    }
}
