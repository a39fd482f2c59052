//! The fleet's file: what it may say, and whether it is for this kiosk now. Pure; FLEET.md describes it for operators.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveTime, SecondsFormat, Utc};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::settings::hours::DailyHours;

/// What a fleet's file may never set: where it comes from, and what a kiosk would lose itself by.
const FORBIDDEN: [&str; 3] = ["fleet", "data_dir", "secrets"];
/// The largest whole number of TOML.
const LARGEST: u64 = i64::MAX as u64;
/// So many characters of a text for members are shown.
const LONGEST_TEXT: usize = 300;

/// What a file says, beside the keys of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) version: u64,
    pub(crate) rollout: Rollout,
    pub(crate) command: Command,
}

/// Which kiosks take it, and when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Rollout {
    /// Of the kiosks.
    pub(crate) percent: u64,
    /// Another one puts the kiosks in another order.
    pub(crate) salt: String,
    /// Not before.
    pub(crate) from: Option<DateTime<Utc>>,
    /// Only then, by the machine's clock.
    pub(crate) window: Option<DailyHours>,
}

impl Default for Rollout {
    fn default() -> Self {
        Self { percent: 100, salt: String::new(), from: None, window: None }
    }
}

/// What a kiosk is told to do while the file is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Command {
    /// It is out of order, and says this.
    pub(crate) out_of_order: Option<String>,
    /// Where it grows the desk is opened anew, once.
    pub(crate) reload: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u64,
    #[serde(default)]
    rollout: Rollout,
    #[serde(default)]
    configuration: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    command: Command,
}

/// How this machine's clock stands to the service's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    Agrees,
    Differs,
    /// The service has not been reached yet.
    Unknown,
}

/// What it depends on whether a file applies now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) utc: DateTime<Utc>,
    /// The time of day where the machine stands.
    pub(crate) local: NaiveTime,
    pub(crate) clock: Clock,
}

/// Why a file does not apply yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Waits {
    NotChosen { percent: u64 },
    From(DateTime<Utc>),
    Window(DailyHours),
    Clock(Clock),
}

impl fmt::Display for Waits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotChosen { percent } => {
                write!(formatter, "is for {percent} % of the kiosks, and this one is not among them yet")
            }
            Self::From(from) => {
                write!(formatter, "waits until {}", from.to_rfc3339_opts(SecondsFormat::Secs, true))
            }
            Self::Window(DailyHours { from, to }) => {
                write!(formatter, "waits for {} to {}", from.format("%H:%M"), to.format("%H:%M"))
            }
            Self::Clock(Clock::Unknown) => {
                formatter.write_str("waits until the service was reached, since its time is judged by a clock that agrees with the service's")
            }
            Self::Clock(_) => formatter.write_str(
                "waits for its time, and this machine's clock differs from the service's; set this machine's clock",
            ),
        }
    }
}

impl File {
    /// Reads a file's text; else what is wrong with it, as the end of a sentence on the file.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let Written { version, rollout, configuration, command } = toml_edit::de::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            // What the parser says may take several lines.
            format!("cannot be used: line {line}: {}", error.message().trim().replace('\n', ", "))
        })?;
        let not_allowed = |key: &str, value: &dyn fmt::Display, allowed: &str| {
            Err(format!("cannot be used: `{key}`: {value} is not allowed: {allowed} is"))
        };
        if !(1..=LARGEST).contains(&version) {
            return not_allowed("version", &version, &format!("a whole number from 1 to {LARGEST}"));
        }
        if rollout.percent > 100 {
            return not_allowed("rollout.percent", &rollout.percent, "a whole number from 0 to 100");
        }
        if let Some(length) = command.out_of_order.as_ref().map(|text| text.chars().count())
            && length > LONGEST_TEXT
        {
            let allowed = format!("one of at most {LONGEST_TEXT} characters");
            return not_allowed("command.out_of_order", &format_args!("a text of {length}"), &allowed);
        }
        if let Some(key) = FORBIDDEN.into_iter().find(|key| configuration.contains_key(*key)) {
            return Err(format!(
                "cannot be used: `configuration.{key}` cannot be set from afar; take it out, and set it on the machine"
            ));
        }
        Ok(Self { version, rollout, command })
    }

    /// Whether it applies to this device now; else why not.
    pub(crate) fn applies(&self, device: &str, moment: Moment) -> Result<(), Waits> {
        let Rollout { percent, salt, from, window } = &self.rollout;
        if place(device, salt) >= *percent {
            return Err(Waits::NotChosen { percent: *percent });
        }
        if (from.is_some() || window.is_some()) && moment.clock != Clock::Agrees {
            return Err(Waits::Clock(moment.clock));
        }
        match (from, window) {
            (Some(from), _) if moment.utc < *from => Err(Waits::From(*from)),
            (_, Some(window)) if !window.hold_at(moment.local) => Err(Waits::Window(*window)),
            _ => Ok(()),
        }
    }
}

/// The device's place among a hundred: the same for ever with the same salt, so that who is among the first ones stays there
/// when more are let in.
fn place(device: &str, salt: &str) -> u64 {
    let digest: [u8; 32] = Sha256::new().chain_update(salt).chain_update([0_u8]).chain_update(device).finalize().into();
    // Of the number that the digest is, what a division by a hundred leaves.
    digest.iter().fold(0, |rest, byte| (rest * 256 + u64::from(*byte)) % 100)
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
