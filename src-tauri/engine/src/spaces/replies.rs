//! What the service's replies hold when they say yes: a record, a page of a list, a written record's id, a picture.

use std::fmt;

use serde_json::Value;

use super::outcome::Decode;
use super::reading::{boolean, integer, text};
use super::records::Record;
use super::records::account::Account;
use super::records::enumeration::EnumerationMember;
use super::whole::WholeRecord;

/// One record.
#[derive(Debug, Clone, PartialEq)]
pub struct One<E>(pub E);

impl<E: Record> Decode for One<E> {
    const WHAT: &'static str = "a record";

    fn decode(json: Value, _: &[u8]) -> Option<Self> {
        E::read(&json).map(Self)
    }
}

impl Decode for WholeRecord {
    const WHAT: &'static str = "a record";

    fn decode(_: Value, body: &[u8]) -> Option<Self> {
        Self::read(body)
    }
}

impl Decode for Account {
    const WHAT: &'static str = "an account";

    fn decode(json: Value, _: &[u8]) -> Option<Self> {
        Self::read(&json)
    }
}

/// A page of a list, with its whole envelope (`nexudus-api.md` section 3.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Page<E> {
    /// `Records` that could be read.
    pub records: Vec<E>,
    /// How many of `Records` could not be read.
    pub unreadable: usize,
    /// `CurrentPageSize`.
    pub current_page_size: Option<i64>,
    /// `CurrentPage`.
    pub current_page: Option<i64>,
    /// `CurrentOrderField`.
    pub current_order_field: Option<String>,
    /// `CurrentSortDirection`, in the service's own reading of the number.
    pub current_sort_direction: Option<i64>,
    /// `FirstItem`.
    pub first_item: Option<i64>,
    /// `LastItem`.
    pub last_item: Option<i64>,
    /// `HasNextPage`, or what `TotalPages` says where it is missing.
    pub has_next: bool,
    /// `HasPreviousPage`.
    pub has_previous: Option<bool>,
    /// `PageNumber`.
    pub page_number: Option<i64>,
    /// `PageSize`.
    pub page_size: Option<i64>,
    /// `TotalItems`.
    pub total_items: Option<i64>,
    /// `TotalPages`.
    pub total_pages: Option<i64>,
}

impl<E: Record> Decode for Page<E> {
    const WHAT: &'static str = "a list";

    /// A list, or the plain array that a batch by ids is.
    fn decode(mut json: Value, _: &[u8]) -> Option<Self> {
        let received = if json.is_array() { json.take() } else { json.get_mut("Records")?.take() };
        let Value::Array(received) = received else { return None };
        let records: Vec<E> = received.iter().filter_map(E::read).collect();
        let number = |name: &str| integer(&json, name);
        let (current_page, total_pages) = (number("CurrentPage"), number("TotalPages"));
        let by_count = matches!((current_page, total_pages), (Some(current), Some(total)) if current < total);
        Some(Self {
            unreadable: received.len() - records.len(),
            records,
            current_page_size: number("CurrentPageSize"),
            current_page,
            current_order_field: text(&json, "CurrentOrderField"),
            current_sort_direction: number("CurrentSortDirection"),
            first_item: number("FirstItem"),
            last_item: number("LastItem"),
            has_next: boolean(&json, "HasNextPage").unwrap_or(by_count),
            has_previous: boolean(&json, "HasPreviousPage"),
            page_number: number("PageNumber"),
            page_size: number("PageSize"),
            total_items: number("TotalItems"),
            total_pages,
        })
    }
}

/// A write that the service said yes to.
#[derive(Clone, PartialEq)]
pub struct Written {
    /// `Value.Id`; a deletion has none.
    pub id: Option<i64>,
    /// `Value`: the id alone, or the whole new record.
    pub value: Option<Value>,
    /// `Message`: not to be compared, its words differ between generations of the service.
    pub message: Option<String>,
}

impl fmt::Debug for Written {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A whole record holds what no log may.
        formatter.debug_struct("Written").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Decode for Written {
    const WHAT: &'static str = "a result that says yes or no";

    fn decode(mut json: Value, _: &[u8]) -> Option<Self> {
        if boolean(&json, "WasSuccessful") != Some(true) {
            return None;
        }
        let message = text(&json, "Message");
        let value = json.get_mut("Value").map(Value::take).filter(|value| !value.is_null());
        Some(Self { id: value.as_ref().and_then(|value| integer(value, "Id")), value, message })
    }
}

/// The members of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration(pub Vec<EnumerationMember>);

impl Decode for Enumeration {
    const WHAT: &'static str = "an enumeration";

    fn decode(json: Value, _: &[u8]) -> Option<Self> {
        Some(Self(json.as_array()?.iter().filter_map(EnumerationMember::read).collect()))
    }
}

/// A member's picture, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(pub Option<Image>);

/// An image as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// `Content-Type`, such as `image/png`.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Decode for Picture {
    const WHAT: &'static str = "a picture";

    fn decode(json: Value, _: &[u8]) -> Option<Self> {
        json.is_null().then_some(Self(None))
    }

    /// No picture is an empty body or `null`, under whatever type.
    fn decode_other(media_type: &str, body: &[u8]) -> Option<Self> {
        let none = body.trim_ascii().is_empty() || body.trim_ascii() == b"null";
        if none {
            return Some(Self(None));
        }
        let image = || Image { media_type: media_type.to_owned(), bytes: body.to_vec() };
        media_type.starts_with("image/").then(|| Self(Some(image())))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::records::checkin::Checkin;
    use super::*;

    #[test]
    fn envelopes() {
        let record = json!({"Id": 5, "FromTime": "2025-01-15T10:30:00Z"});
        let cases = [
            (json!({"Records": [], "HasNextPage": false, "TotalPages": 0}), Some((0, 0, false))),
            (json!({"Records": [record], "HasNextPage": true}), Some((1, 0, true))),
            (json!({"Records": [record, null, {}], "CurrentPage": 1, "TotalPages": 3}), Some((1, 2, true))),
            (json!({"Records": [record], "CurrentPage": "3", "TotalPages": "3"}), Some((1, 0, false))),
            (json!([record]), Some((1, 0, false))),
            (json!({"Records": null}), None),
            (json!({"WasSuccessful": true}), None),
            (json!("Not found"), None),
        ];
        for (json, expected) in cases {
            let page = Page::<Checkin>::decode(json.clone(), &[]);
            assert_eq!(page.map(|page| (page.records.len(), page.unreadable, page.has_next)), expected, "{json}");
        }
    }

    #[test]
    fn no_picture_in_every_shape() {
        let picture = |media_type, body: &[u8]| Picture::decode_other(media_type, body);
        assert_eq!(picture("image/png", b""), Some(Picture(None)));
        assert_eq!(picture("application/json", b"null"), Some(Picture(None)));
        assert_eq!(picture("text/html", b"<html>"), None);
        let image = Image { media_type: "image/png".to_owned(), bytes: b"PNG".to_vec() };
        assert_eq!(picture("image/png", b"PNG"), Some(Picture(Some(image))));
    }
}
