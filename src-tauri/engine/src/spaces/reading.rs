//! Values as the service sends them, read with tolerance: nulls anywhere, numbers as strings, dates with 0 to 7 decimals
//! and with or without a zone (`nexudus-api.md` section 3.4).

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A whole number, also when written as a string.
pub fn integer(json: &Value, name: &str) -> Option<i64> {
    match json.get(name)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The id of another record; an unset one is `null`, or 0.
pub fn reference(json: &Value, name: &str) -> Option<i64> {
    integer(json, name).filter(|id| *id != 0)
}

/// A list of whole numbers; anything else in it is left out.
pub fn integers(json: &Value, name: &str) -> Vec<i64> {
    let values = json.get(name).and_then(Value::as_array).into_iter().flatten();
    values.filter_map(|value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())).collect()
}

/// A truth value, also when written as a string or a number.
pub fn boolean(json: &Value, name: &str) -> Option<bool> {
    match json.get(name)? {
        Value::Bool(value) => Some(*value),
        Value::String(text) if text.eq_ignore_ascii_case("true") || text == "1" => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") || text == "0" => Some(false),
        Value::Number(number) => number.as_i64().map(|number| number != 0),
        _ => None,
    }
}

/// A text that is not blank; a number counts as its digits.
pub fn text(json: &Value, name: &str) -> Option<String> {
    let text = match json.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A text word for word, blank or not.
pub fn verbatim(json: &Value, name: &str) -> Option<String> {
    json.get(name)?.as_str().map(str::to_owned)
}

/// A UTC instant, whatever its decimals; one without a zone is UTC.
pub fn instant(json: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = json.get(name)?.as_str()?.trim();
    let zoned = DateTime::parse_from_rfc3339(text).map(|instant| instant.with_timezone(&Utc));
    zoned.ok().or_else(|| bare(text).map(|bare| bare.and_utc()))
}

/// A location's wall clock (`...Local`); a zone that is written behind it means nothing.
pub fn wall_clock(json: &Value, name: &str) -> Option<NaiveDateTime> {
    let text = json.get(name)?.as_str()?.trim();
    bare(text).or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|instant| instant.naive_local()))
}

fn bare(text: &str) -> Option<NaiveDateTime> {
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    forms.into_iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// An instant as the service takes it in a body: to the second, with a `Z`.
pub fn written(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// [`written`], for a body's field.
pub fn write_instant<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&written(*instant))
}

/// [`written`], for a body's field that may be left out.
pub fn write_optional_instant<S: Serializer>(
    instant: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    instant.map(written).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_in_every_writing() {
        let second = DateTime::from_timestamp(1_736_937_000, 0).unwrap();
        let cases = [
            "2025-01-15T10:30:00Z",
            "2025-01-15T10:30:00.0Z",
            "2025-01-15T10:30:00.00Z",
            "2025-01-15T10:30:00.000Z",
            "2025-01-15T10:30:00.0000Z",
            "2025-01-15T10:30:00.00000Z",
            "2025-01-15T10:30:00.000000Z",
            "2025-01-15T10:30:00.0000000Z",
            "2025-01-15T10:30:00",
            "2025-01-15T10:30:00.000",
            "2025-01-15T10:30",
            "2025-01-15T11:30:00+01:00",
            " 2025-01-15T10:30:00Z ",
        ];
        for text in cases {
            assert_eq!(instant(&json!({ "At": text }), "At"), Some(second), "{text}");
        }
        for value in [json!(null), json!(""), json!("soon"), json!(5), json!("0001-13-45T00:00:00Z")] {
            assert_eq!(instant(&json!({ "At": value }), "At"), None, "{value}");
            assert_eq!(wall_clock(&json!({ "At": value }), "At"), None, "{value}");
        }
        assert_eq!(written(second), "2025-01-15T10:30:00Z");
    }

    #[test]
    fn a_wall_clock_has_no_zone_whatever_stands_behind_it() {
        let half_past_ten = NaiveDateTime::parse_from_str("2025-01-15T10:30:00", "%Y-%m-%dT%H:%M:%S").unwrap();
        for text in ["2025-01-15T10:30:00", "2025-01-15T10:30:00Z", "2025-01-15T10:30", "2025-01-15T10:30:00.0+01:00"] {
            assert_eq!(wall_clock(&json!({ "At": text }), "At"), Some(half_past_ten), "{text}");
        }
    }

    #[test]
    fn numbers_truths_and_texts_in_every_writing() {
        let integers_of = |value: Value| integer(&json!({ "It": value }), "It");
        assert_eq!(
            (integers_of(json!(9)), integers_of(json!(" 9 ")), integers_of(json!(9.5))),
            (Some(9), Some(9), None)
        );
        assert_eq!((integers_of(json!("nine")), integers_of(json!([9])), integers_of(json!(1e30))), (None, None, None));
        assert_eq!(reference(&json!({"It": 0}), "It"), None);
        assert_eq!(integers(&json!({"It": [1, "2", null, "x", 3]}), "It"), [1, 2, 3]);
        for (value, truth) in [(json!("True"), Some(true)), (json!(0), Some(false)), (json!("maybe"), None)] {
            assert_eq!(boolean(&json!({ "It": value }), "It"), truth);
        }
        assert_eq!(text(&json!({"It": "  "}), "It"), None);
        assert_eq!(text(&json!({"It": 1_234_567}), "It").as_deref(), Some("1234567"));
        assert_eq!(verbatim(&json!({"It": " <b>x</b> "}), "It").as_deref(), Some(" <b>x</b> "));
    }
}
