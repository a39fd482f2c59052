//! `eCheckinSource`: how a check-in was made.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;
use tapdesk_core::entry::Source;

/// `eCheckinSource`. Values that came after this program was written are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckinSource {
    /// 0
    None,
    /// 1: by hand, in the administration or by a program.
    Manual,
    /// 2: by a door system.
    DoorAccess,
    /// 3: by a device seen on the network.
    NetworkActivity,
    /// 4: by a tile.
    Tile,
    /// 5: by a sensor.
    Sensor,
    /// A number that the published list does not have.
    UnknownNumber(i64),
    /// A name that the published list does not have.
    UnknownName(String),
}

/// The published list, in the order of its numbers.
const PUBLISHED: [(CheckinSource, &str); 6] = [
    (CheckinSource::None, "None"),
    (CheckinSource::Manual, "Manual"),
    (CheckinSource::DoorAccess, "DoorAccess"),
    (CheckinSource::NetworkActivity, "NetworkActivity"),
    (CheckinSource::Tile, "Tile"),
    (CheckinSource::Sensor, "Sensor"),
];

impl CheckinSource {
    /// Reads a number, a number as a string or a name.
    pub fn read(json: &Value) -> Option<Self> {
        match json {
            Value::Number(number) => number.as_i64().map(Self::numbered),
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(text.trim().parse().map_or_else(|_| Self::called(text.trim()), Self::numbered)),
            _ => None,
        }
    }

    /// Its number; none for a name of unknown number.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::UnknownNumber(number) => Some(*number),
            Self::UnknownName(_) => None,
            known => (0..).zip(&PUBLISHED).find(|(_, (source, _))| source == known).map(|(number, _)| number),
        }
    }

    fn numbered(number: i64) -> Self {
        let known = usize::try_from(number).ok().and_then(|place| PUBLISHED.get(place));
        known.map_or(Self::UnknownNumber(number), |(source, _)| source.clone())
    }

    fn called(name: &str) -> Self {
        let known = PUBLISHED.iter().find(|(_, published)| published.eq_ignore_ascii_case(name));
        known.map_or_else(|| Self::UnknownName(name.to_owned()), |(source, _)| source.clone())
    }
}

impl From<Source> for CheckinSource {
    fn from(source: Source) -> Self {
        Self::numbered(source.number())
    }
}

impl fmt::Display for CheckinSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownNumber(number) => number.fmt(formatter),
            Self::UnknownName(name) => name.fmt(formatter),
            known => PUBLISHED.iter().find(|(source, _)| source == known).map_or("", |(_, name)| name).fmt(formatter),
        }
    }
}

impl Serialize for CheckinSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.number() {
            Some(number) => serializer.serialize_i64(number),
            None => serializer.collect_str(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_desk_calls_a_source_is_on_the_published_list() {
        assert_eq!(CheckinSource::from(Source::Tile), CheckinSource::Tile);
        assert_eq!(CheckinSource::from(Source::Manual), CheckinSource::Manual);
    }

    #[test]
    fn numbers_names_and_what_nobody_knows() {
        use CheckinSource::{DoorAccess, Manual, None as NoSource, Tile, UnknownName, UnknownNumber};
        let cases = [
            (json!(4), Some(Tile), json!(4)),
            (json!("4"), Some(Tile), json!(4)),
            (json!("tile"), Some(Tile), json!(4)),
            (json!(0), Some(NoSource), json!(0)),
            (json!("DoorAccess"), Some(DoorAccess), json!(2)),
            (json!(1), Some(Manual), json!(1)),
            (json!(17), Some(UnknownNumber(17)), json!(17)),
            (json!(-1), Some(UnknownNumber(-1)), json!(-1)),
            (json!("Palm"), Some(UnknownName("Palm".to_owned())), json!("Palm")),
            (json!(null), None, json!(null)),
            (json!(""), None, json!(null)),
            (json!(1.5), None, json!(null)),
        ];
        for (received, source, sent) in cases {
            assert_eq!(CheckinSource::read(&received), source, "{received}");
            assert_eq!(serde_json::to_value(&source).unwrap(), sent, "{received}");
        }
    }
}
