//! A record exactly as it was received: what is not changed goes back byte for byte.
//!
//! A PUT clears every property that it leaves out, and the service has more properties than its pages tell of
//! (`nexudus-api.md` section 4.2). So a record is never rebuilt from what this program knows of it.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::query::Change;
use super::records::Record;

/// A record's properties in the order received, each with the text of its value untouched.
#[derive(Clone)]
pub struct WholeRecord(Vec<(String, Box<RawValue>)>);

impl fmt::Debug for WholeRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A member's record holds a PIN and an address.
        formatter.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl WholeRecord {
    /// The record in a reply's body; none when that is no JSON object.
    pub fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// What this program knows of it.
    pub fn known<E: Record>(&self) -> Option<E> {
        E::read(&serde_json::to_value(self).ok()?)
    }

    /// Its properties in the order received, each as text: a string without its quotes, anything else as it is written,
    /// `null` as none.
    pub fn properties(&self) -> impl Iterator<Item = (&str, Option<String>)> {
        self.0.iter().map(|(name, value)| {
            let text = match serde_json::from_str(value.get()) {
                Ok(serde_json::Value::Null) => None,
                Ok(serde_json::Value::String(text)) => Some(text),
                _ => Some(value.get().to_owned()),
            };
            (name.as_str(), text)
        })
    }

    /// Sets one property, also where it stands twice; one that the record does not have is added.
    pub fn change<E: Record>(&mut self, change: &Change<E>) {
        let mut found = false;
        for (_, value) in self.0.iter_mut().filter(|(name, _)| name == change.property()) {
            change.value().clone_into(value);
            found = true;
        }
        if !found {
            self.0.push((change.property().to_owned(), change.value().to_owned()));
        }
    }
}

impl<'de> Deserialize<'de> for WholeRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Properties;
        impl<'de> Visitor<'de> for Properties {
            type Value = WholeRecord;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WholeRecord, A::Error> {
                let mut properties = Vec::new();
                while let Some(property) = map.next_entry()? {
                    properties.push(property);
                }
                Ok(WholeRecord(properties))
            }
        }
        deserializer.deserialize_map(Properties)
    }
}

impl Serialize for WholeRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::super::records::checkin::{Checkin, SET_TO_TIME};
    use super::super::records::failed_checkin::{FailedCheckin, SET_DESCRIPTION};
    use super::*;

    /// What no reader of JSON values gives back as it was: order, a key twice, digits beyond 64 bits, exponents,
    /// escapes, inner blanks.
    const ODD: &str = r#"{"Zeta":1.0,"Id":7,"FromTime":"2025-01-15T10:30:00.1234567Z","ToTime":null,"Price":12345678901234567890.10,"Tiny":1e-7,"Name":"Jos\u00e9 \/ \uD83D\uDE00","CustomFields":{ "a" : [ 1, 2.50 ] },"Twice":1,"Twice":2,"Alpha":[]}"#;

    #[test]
    fn what_is_not_changed_goes_back_byte_for_byte() {
        let mut record = WholeRecord::read(ODD.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&record).unwrap(), ODD);
        record.change(&SET_TO_TIME.set(DateTime::from_timestamp(1_736_937_000, 0).unwrap()));
        let changed = ODD.replace(r#""ToTime":null"#, r#""ToTime":"2025-01-15T10:30:00Z""#);
        assert_eq!(serde_json::to_string(&record).unwrap(), changed);
        assert!(record.known::<Checkin>().unwrap().to.is_some());
    }

    #[test]
    fn properties_are_listed_as_text() {
        let record = WholeRecord::read(br#"{"B":null,"A":"a \"word\"","Price":1.50,"On":true}"#).unwrap();
        let listed: Vec<(&str, Option<String>)> = record.properties().collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(listed, [("B", None), ("A", text("a \"word\"")), ("Price", text("1.50")), ("On", text("true"))]);
    }

    #[test]
    fn a_property_that_the_record_lacks_is_added() {
        let mut record = WholeRecord::read(br#"{"Id":7}"#).unwrap();
        record.change(&SET_DESCRIPTION.set("a \"word\""));
        assert_eq!(serde_json::to_string(&record).unwrap(), r#"{"Id":7,"Description":"a \"word\""}"#);
        record.change::<FailedCheckin>(&SET_DESCRIPTION.clear());
        assert_eq!(serde_json::to_string(&record).unwrap(), r#"{"Id":7,"Description":null}"#);
    }

    proptest! {
        /// Any record, with the changed property anywhere in it.
        #[test]
        fn no_field_is_lost(fields in prop::collection::vec(("[A-Z][a-zA-Z]{0,8}", any::<f64>(), ".{0,12}"), 0..12), at in 0usize..12) {
            let mut texts: Vec<String> = fields
                .iter()
                .flat_map(|(name, number, text)| {
                    let number = serde_json::to_string(&Some(number).filter(|number| number.is_finite())).unwrap();
                    [format!("\"{name}N\":{number}"), format!("\"{name}T\": {}", serde_json::to_string(text).unwrap())]
                })
                .collect();
            texts.insert(at.min(texts.len()), "\"Description\":\"before\"".to_owned());
            let sent = format!("{{{}}}", texts.join(","));
            let mut record = WholeRecord::read(sent.as_bytes()).unwrap();
            record.change(&SET_DESCRIPTION.set("after"));
            let expected = sent.replacen("\"before\"", "\"after\"", 1).replace("\": ", "\":");
            let ours = serde_json::to_string(&record).unwrap();
            // A text may hold the pattern itself: then both went the same way.
            prop_assert_eq!(ours.replace("\": ", "\":"), expected);
        }
    }
}
