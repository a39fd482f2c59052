//! Records as the service sends them, read with tolerance: nulls anywhere, numbers as strings, dates with 0 to 7
//! decimals and with or without a zone (`nexudus-api.md` section 3.4).

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::Value;
use tapdesk_core::checkin::CheckinRecord;
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId, FailedCheckinId};
use tapdesk_core::member::Member;

/// A Coworker record, as far as the desk needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coworker {
    /// The member.
    pub member: Member,
    /// `AccessCardId` and `KeyFobNumber`, free text.
    pub tile_texts: Vec<String>,
}

/// A `FailedCheckin` record, as far as the desk needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCheckin {
    /// `Id`.
    pub id: FailedCheckinId,
    /// `CoworkerId`.
    pub coworker: Option<CoworkerId>,
    /// `BusinessId`.
    pub business: Option<BusinessId>,
    /// `CheckinAttemptTime`, UTC.
    pub attempted_at: Option<DateTime<Utc>>,
    /// `CreatedOn`, UTC.
    pub created_on: Option<DateTime<Utc>>,
    /// `Description` as received.
    pub description: Option<String>,
}

/// A Business record, as far as the desk needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Business {
    /// `Id`.
    pub id: BusinessId,
    /// `Name`.
    pub name: String,
}

/// A page of a list: its records, and whether there are more.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// `Records`.
    pub records: Vec<Value>,
    /// `HasNextPage`, or what `TotalPages` says where it is missing.
    pub has_next: bool,
    /// `TotalPages`.
    pub total_pages: Option<i64>,
}

/// Reads a list's envelope; none when this is no list.
pub fn page(json: Value) -> Option<Page> {
    let number = |name: &str| integer(&json, name);
    let total_pages = number("TotalPages");
    let by_count = matches!((number("CurrentPage"), total_pages), (Some(current), Some(total)) if current < total);
    let has_next = boolean(&json, "HasNextPage").unwrap_or(by_count);
    let mut json = json;
    match json.get_mut("Records").map(Value::take) {
        Some(Value::Array(records)) => Some(Page { records, has_next, total_pages }),
        _ => None,
    }
}

/// Reads a Coworker; none without an `Id`.
pub fn coworker(json: &Value) -> Option<Coworker> {
    let called = text(json, "Salutation").or_else(|| text(json, "GuessedFirstName"));
    let member = Member {
        id: CoworkerId(integer(json, "Id")?),
        full_name: text(json, "FullName").unwrap_or_default(),
        called,
        active: boolean(json, "Active").unwrap_or(false),
        archived: boolean(json, "Archived").unwrap_or(false),
    };
    let tile_texts = ["AccessCardId", "KeyFobNumber"].into_iter().filter_map(|name| text(json, name)).collect();
    Some(Coworker { member, tile_texts })
}

/// Reads a Checkin of this member at this location; none for anybody else's, since unknown filters return everything.
pub fn checkin(json: &Value, coworker: CoworkerId, business: BusinessId) -> Option<CheckinRecord> {
    let theirs = integer(json, "CoworkerId") == Some(coworker.0) && integer(json, "BusinessId") == Some(business.0);
    if !theirs {
        return None;
    }
    Some(CheckinRecord {
        id: CheckinId(integer(json, "Id")?),
        from: instant(json, "FromTime")?,
        to: instant(json, "ToTime"),
        source: integer(json, "Source"),
    })
}

/// Reads a `FailedCheckin`; none without an `Id`.
pub fn failed_checkin(json: &Value) -> Option<FailedCheckin> {
    Some(FailedCheckin {
        id: FailedCheckinId(integer(json, "Id")?),
        coworker: integer(json, "CoworkerId").map(CoworkerId),
        business: integer(json, "BusinessId").map(BusinessId),
        attempted_at: instant(json, "CheckinAttemptTime"),
        created_on: instant(json, "CreatedOn"),
        description: json.get("Description").and_then(Value::as_str).map(str::to_owned),
    })
}

/// Reads a Business; none without an `Id`.
pub fn business(json: &Value) -> Option<Business> {
    Some(Business { id: BusinessId(integer(json, "Id")?), name: text(json, "Name").unwrap_or_default() })
}

/// A whole number, also when written as a string.
pub fn integer(json: &Value, name: &str) -> Option<i64> {
    match json.get(name)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
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

/// A UTC instant, whatever its decimals; one without a zone is UTC.
pub fn instant(json: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = json.get(name)?.as_str()?.trim();
    let zoned = DateTime::parse_from_rfc3339(text).map(|instant| instant.with_timezone(&Utc));
    let bare = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"].into_iter();
    zoned.ok().or_else(|| {
        bare.filter_map(|form| NaiveDateTime::parse_from_str(text, form).ok()).map(|bare| bare.and_utc()).next()
    })
}

/// An instant as the service takes it in a body: to the second, with a `Z`.
pub fn written(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An instant as the service takes it in a range filter: to the minute, downwards.
pub fn to_the_minute(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_in_every_writing() {
        let second = DateTime::from_timestamp(1_736_937_000, 0).unwrap();
        let cases = [
            "2025-01-15T10:30:00Z",
            "2025-01-15T10:30:00.0Z",
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
        }
        assert_eq!(
            (written(second), to_the_minute(second)),
            ("2025-01-15T10:30:00Z".to_owned(), "2025-01-15T10:30".to_owned())
        );
    }

    #[test]
    fn a_coworker_in_every_shape() {
        let plain = json!({"Id": 7, "FullName": "Ana Prieto", "Salutation": null, "GuessedFirstName": "Ana", "Active": true,
            "Archived": false, "AccessCardId": " 04A1B2C3D4E5F6 ", "KeyFobNumber": null});
        let odd = json!({"Id": "7", "FullName": "Ana Prieto", "Salutation": "Ana", "Active": "True", "Archived": "false",
            "AccessCardId": "", "KeyFobNumber": 1_234_567});
        let member = coworker(&plain).unwrap().member;
        assert_eq!(coworker(&odd).unwrap().member, member);
        assert_eq!(coworker(&plain).unwrap().tile_texts, ["04A1B2C3D4E5F6"]);
        assert_eq!(coworker(&odd).unwrap().tile_texts, ["1234567"]);
        assert!(!coworker(&json!({"Id": 7})).unwrap().member.active, "silence is no permission");
        assert_eq!(coworker(&json!({"Id": null})), None);
    }

    #[test]
    fn anybody_elses_checkin_is_passed_over() {
        let record = json!({"Id": 5, "CoworkerId": 7, "BusinessId": 9, "FromTime": "2025-01-15T10:30:00Z", "ToTime": null, "Source": "1"});
        let read = |coworker, business| checkin(&record, CoworkerId(coworker), BusinessId(business));
        let found = read(7, 9).unwrap();
        assert_eq!((found.id, found.to, found.source), (CheckinId(5), None, Some(1)));
        assert_eq!((read(8, 9), read(7, 12)), (None, None));
    }

    #[test]
    fn envelopes() {
        let cases = [
            (json!({"Records": [], "HasNextPage": false, "TotalPages": 0}), Some((0, false))),
            (json!({"Records": [{}], "HasNextPage": true}), Some((1, true))),
            (json!({"Records": [{}], "CurrentPage": 1, "TotalPages": 3}), Some((1, true))),
            (json!({"Records": [{}], "CurrentPage": "3", "TotalPages": "3"}), Some((1, false))),
            (json!({"Records": null}), None),
            (json!({"WasSuccessful": true}), None),
            (json!("Not found"), None),
        ];
        for (json, expected) in cases {
            assert_eq!(page(json.clone()).map(|page| (page.records.len(), page.has_next)), expected, "{json}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from)
        ];
        let names =
            prop::sample::select(vec!["Id", "Records", "FromTime", "CoworkerId", "Active", "FullName", "TotalPages"]);
        leaf.prop_recursive(3, 24, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((names.clone(), inner), 0..6).prop_map(|fields| Value::Object(
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
                )),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_read_without_harm(json in any_json()) {
            coworker(&json);
            checkin(&json, CoworkerId(7), BusinessId(9));
            failed_checkin(&json);
            business(&json);
            page(json);
        }
    }
}
