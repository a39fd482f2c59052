//! `SimpleTimeZone`: a zone as the service knows it, by its Windows name (`nexudus-api.md` section 3.4).

use icu_time::TimeZone;
use icu_time::zone::WindowsParser;
use icu_time::zone::iana::IanaParserExtended;
use serde_json::Value;
use tapdesk_core::ids::SimpleTimeZoneId;

use super::{Common, Record};
use crate::spaces::query::published;
use crate::spaces::reading::{boolean, integer, text};

/// A `SimpleTimeZone` record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimpleTimeZone {
    /// `Id`.
    pub id: SimpleTimeZoneId,
    /// What every record has.
    pub common: Common,
    /// `Name`, such as `GMT Standard Time`.
    pub name: String,
    /// `Description`.
    pub description: Option<String>,
    /// `UsesSummerTime`.
    pub uses_summer_time: Option<bool>,
}

impl Record for SimpleTimeZone {
    const ENTITY: &'static str = "SimpleTimeZone";
    const PATH: &'static str = "sys/simpletimezones";
    type Id = SimpleTimeZoneId;

    fn read(json: &Value) -> Option<Self> {
        Some(Self {
            id: SimpleTimeZoneId(integer(json, "Id")?),
            common: Common::read(json),
            name: text(json, "Name")?,
            description: text(json, "Description"),
            uses_summer_time: boolean(json, "UsesSummerTime"),
        })
    }

    fn id(&self) -> SimpleTimeZoneId {
        self.id
    }
}

impl SimpleTimeZone {
    /// Its IANA name, such as `Europe/London`.
    pub fn iana(&self) -> Option<String> {
        iana(&self.name)
    }
}

published! { SimpleTimeZone;
    filters {
        NAME: String = "SimpleTimeZone_Name",
    }
    ranges {}
}

/// The IANA name of a zone, by Unicode's table of Windows names; an IANA name is one already.
pub fn iana(name: &str) -> Option<String> {
    let table = IanaParserExtended::new();
    let found = table.parse(name);
    if found.time_zone != TimeZone::UNKNOWN {
        return Some(found.canonical.to_owned());
    }
    let zone = WindowsParser::new().parse(name, None)?;
    table.iter().find(|candidate| candidate.time_zone == zone).map(|found| found.canonical.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_names_and_iana_names() {
        let cases = [
            ("GMT Standard Time", Some("Europe/London")),
            ("Romance Standard Time", Some("Europe/Paris")),
            ("W. Europe Standard Time", Some("Europe/Berlin")),
            ("Eastern Standard Time", Some("America/New_York")),
            ("Tokyo Standard Time", Some("Asia/Tokyo")),
            ("AUS Eastern Standard Time", Some("Australia/Sydney")),
            ("Europe/Madrid", Some("Europe/Madrid")),
            ("Mars Standard Time", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(iana(name).as_deref(), expected, "{name}");
        }
        // India's is Asia/Calcutta in older tables and Asia/Kolkata in newer ones; both name the same zone.
        assert!(iana("India Standard Time").is_some_and(|name| name.starts_with("Asia/")));
    }
}
