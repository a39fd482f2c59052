//! The lines that the reader process prints on stdout, one JSON object each.

use serde::{Deserialize, Serialize};

use super::ndef::Record;

/// One line. UIDs are canonical: upper-case hex, no separators, byte 0 first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reader", rename_all = "snake_case")]
pub enum Line {
    /// The reader works.
    Up {
        /// Its name as the driver gives it.
        name: String,
    },
    /// A tile came into the field.
    Tile {
        /// Its UID.
        uid: String,
        /// How many microseconds ago the chip answered with it first; none from a reader that does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        age_us: Option<u64>,
        /// The first NDEF record, where the reader was asked for it and the tile has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ndef: Option<Record>,
    },
    /// A tile was held there, and its number typed; the field is empty again.
    Typed {
        /// What was typed, without what ends it.
        text: String,
        /// How many microseconds ago its first key went down; none from a reader that does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        age_us: Option<u64>,
    },
    /// The field is empty.
    Gone,
    /// The reader does not work, or not any more.
    Down {
        /// Why, and what to do, in a sentence.
        why: String,
    },
    /// Nothing new; printed at least every 2 s, so that silence means trouble.
    Heartbeat,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_printed() {
        let cases = [
            (Line::Up { name: "PN532".to_owned() }, r#"{"reader":"up","name":"PN532"}"#),
            (Line::Tile { uid: "04A1".to_owned(), age_us: None, ndef: None }, r#"{"reader":"tile","uid":"04A1"}"#),
            (
                Line::Tile { uid: "04A1".to_owned(), age_us: Some(12_000), ndef: None },
                r#"{"reader":"tile","uid":"04A1","age_us":12000}"#,
            ),
            (
                Line::Tile {
                    uid: "04A1".to_owned(),
                    age_us: None,
                    ndef: Some(Record::Uri { uri: "https://example.org".to_owned() }),
                },
                r#"{"reader":"tile","uid":"04A1","ndef":{"type":"uri","uri":"https://example.org"}}"#,
            ),
            (
                Line::Typed { text: "123,45678".to_owned(), age_us: Some(90_000) },
                r#"{"reader":"typed","text":"123,45678","age_us":90000}"#,
            ),
            (Line::Gone, r#"{"reader":"gone"}"#),
            (Line::Down { why: "unplugged".to_owned() }, r#"{"reader":"down","why":"unplugged"}"#),
            (Line::Heartbeat, r#"{"reader":"heartbeat"}"#),
        ];
        for (line, text) in cases {
            assert_eq!(serde_json::to_string(&line).unwrap(), text);
            assert_eq!(serde_json::from_str::<Line>(text).unwrap(), line);
        }
    }
}
