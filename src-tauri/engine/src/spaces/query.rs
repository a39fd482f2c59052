//! What a list is asked for, and what is changed in a record: typed by entity and value, spelled as published.
//!
//! The constants stand beside each record (`records::failed_checkin::DESCRIPTION`). Unknown names are ignored by the
//! service and then return everything, so every name is checked against the published lists by a test, and every
//! caller still compares what came.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike, Utc};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use tapdesk_core::ids::{BusinessId, CoworkerId};

use super::reading;
use super::records::source::CheckinSource;

/// A filter for one value, such as `FailedCheckin_Coworker_FullName`. Texts are matched as "contains", or not.
pub struct Filter<E, V> {
    name: &'static str,
    of: PhantomData<fn(E) -> V>,
}

/// A property with `from_` and `to_` filters, both ends inclusive, beside the plain one.
pub struct Range<E, V> {
    name: &'static str,
    of: PhantomData<fn(E) -> V>,
}

/// A property that may be written.
pub struct Writable<E, V> {
    property: &'static str,
    of: PhantomData<fn(E) -> V>,
}

/// A property's new value.
pub struct Change<E> {
    property: &'static str,
    value: Box<RawValue>,
    of: PhantomData<fn(E)>,
}

macro_rules! a_name {
    ($kind:ident, $field:ident) => {
        impl<E, V> $kind<E, V> {
            /// Under its published name.
            pub const fn named($field: &'static str) -> Self {
                Self { $field, of: PhantomData }
            }
        }

        impl<E, V> Clone for $kind<E, V> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<E, V> Copy for $kind<E, V> {}

        impl<E, V> fmt::Debug for $kind<E, V> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.$field)
            }
        }
    };
}
a_name!(Filter, name);
a_name!(Range, name);
a_name!(Writable, property);

impl<E, V> From<Range<E, V>> for Filter<E, V> {
    fn from(range: Range<E, V>) -> Self {
        Self::named(range.name)
    }
}

impl<E, V: Serialize> Writable<E, V> {
    /// This value.
    pub fn set(self, value: impl Into<V>) -> Change<E> {
        // Ids, texts, truth values and instants: none can fail to be JSON.
        let value = to_raw_value(&value.into()).unwrap_or_else(|_| RawValue::NULL.to_owned());
        Change { property: self.property, value, of: PhantomData }
    }

    /// No value: `null`.
    pub fn clear(self) -> Change<E> {
        Change { property: self.property, value: RawValue::NULL.to_owned(), of: PhantomData }
    }
}

impl<E> Change<E> {
    /// The property's name.
    pub fn property(&self) -> &'static str {
        self.property
    }

    /// Its new value, as JSON.
    pub fn value(&self) -> &RawValue {
        &self.value
    }
}

/// An instant as a record's property: written to the second, with a `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Moment(#[serde(serialize_with = "reading::write_instant")] pub DateTime<Utc>);

impl From<DateTime<Utc>> for Moment {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant)
    }
}

/// A value as a filter writes it. A `from_` bound is written downwards and a `to_` bound upwards, so that what was
/// asked for is never cut off by the filter's coarseness.
pub trait FilterValue {
    /// For the plain filter and the `from_` bound.
    fn lower(&self) -> String;
    /// For the `to_` bound.
    fn upper(&self) -> String {
        self.lower()
    }
}

macro_rules! written_as_it_is {
    ($($kind:ty),*) => {
        $(impl FilterValue for $kind {
            fn lower(&self) -> String {
                self.to_string()
            }
        })*
    };
}
written_as_it_is!(String, i64, bool, BusinessId, CoworkerId);

impl FilterValue for CheckinSource {
    fn lower(&self) -> String {
        self.number().map_or_else(|| self.to_string(), |number| number.to_string())
    }
}

/// Range filters know minutes: `YYYY-MM-DDTHH:mm`, UTC.
impl FilterValue for DateTime<Utc> {
    fn lower(&self) -> String {
        self.naive_utc().lower()
    }

    fn upper(&self) -> String {
        self.naive_utc().upper()
    }
}

/// A `...Local` property: the location's wall clock.
impl FilterValue for NaiveDateTime {
    fn lower(&self) -> String {
        self.format("%Y-%m-%dT%H:%M").to_string()
    }

    fn upper(&self) -> String {
        let whole_minute = self.second() == 0 && self.nanosecond() == 0;
        let up = if whole_minute { *self } else { self.checked_add_signed(TimeDelta::minutes(1)).unwrap_or(*self) };
        up.lower()
    }
}

/// Which end of a list comes first. The service reads numbers in two ways, so the names are sent
/// (`nexudus-api.md` section 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A filter's property, without its entity; one behind a reference with a dot.
fn after_entity(name: &str) -> String {
    name.split_once('_').map_or(name, |(_, property)| property).replace('_', ".")
}

/// What a list is asked for.
pub struct Query<E> {
    filters: Vec<(String, String)>,
    order: Option<(String, Direction)>,
    page: u32,
    size: u32,
    of: PhantomData<fn(E)>,
}

impl<E> Default for Query<E> {
    /// Everything: the first page of 25 in the service's own order.
    fn default() -> Self {
        Self { filters: Vec::new(), order: None, page: 1, size: 25, of: PhantomData }
    }
}

impl<E> Clone for Query<E> {
    fn clone(&self) -> Self {
        Self { filters: self.filters.clone(), order: self.order.clone(), ..Self::default() }
            .page(self.page)
            .size(self.size)
    }
}

impl<E> fmt::Debug for Query<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Filters hold names and tiles.
        let filters: Vec<&str> = self.filters.iter().map(|(name, _)| name.as_str()).collect();
        formatter.debug_struct("Query").field("filters", &filters).field("page", &self.page).finish_non_exhaustive()
    }
}

impl<E> Query<E> {
    /// Everything: the first page of 25 in the service's own order.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only records with this value.
    #[must_use]
    pub fn is<V: FilterValue>(self, filter: impl Into<Filter<E, V>>, value: impl Into<V>) -> Self {
        self.with(filter.into().name.to_owned(), value.into().lower())
    }

    /// Only records without a value. The service's pages do not tell of it, so it may be ignored like any value that cannot
    /// be read.
    #[must_use]
    pub fn is_null<V>(self, filter: impl Into<Filter<E, V>>) -> Self {
        self.with(filter.into().name.to_owned(), "null".to_owned())
    }

    /// Only records with this value or a larger one.
    #[must_use]
    pub fn at_least<V: FilterValue>(self, range: Range<E, V>, value: impl Into<V>) -> Self {
        self.with(format!("from_{}", range.name), value.into().lower())
    }

    /// Only records with this value or a smaller one.
    #[must_use]
    pub fn at_most<V: FilterValue>(self, range: Range<E, V>, value: impl Into<V>) -> Self {
        self.with(format!("to_{}", range.name), value.into().upper())
    }

    /// In the order of this property.
    #[must_use]
    pub fn order_by<V>(mut self, property: impl Into<Filter<E, V>>, direction: Direction) -> Self {
        self.order = Some((after_entity(property.into().name), direction));
        self
    }

    /// In the order of `Id`, which every record has.
    #[must_use]
    pub fn in_order_of_ids(mut self) -> Self {
        self.order = Some(("Id".to_owned(), Direction::Ascending));
        self
    }

    /// This page, counted from 1.
    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.page = page.max(1);
        self
    }

    /// At most so many records a page; the service may send fewer.
    #[must_use]
    pub fn size(mut self, size: u32) -> Self {
        self.size = size.max(1);
        self
    }

    /// How many records a page holds at most.
    pub fn page_size(&self) -> u32 {
        self.size
    }

    /// Which page.
    pub fn page_number(&self) -> u32 {
        self.page
    }

    /// The query parameters.
    pub fn parameters(&self) -> Vec<(&str, String)> {
        let mut parameters: Vec<(&str, String)> =
            self.filters.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        if let Some((property, direction)) = &self.order {
            parameters.push(("orderBy", property.clone()));
            parameters.push(("dir", format!("{direction:?}")));
        }
        parameters.push(("page", self.page.to_string()));
        parameters.push(("size", self.size.to_string()));
        parameters
    }

    fn with(mut self, name: String, value: String) -> Self {
        self.filters.push((name, value));
        self
    }
}

/// Declares the published filters and ranges of an entity, and `PUBLISHED`, their names as the service spells them.
macro_rules! published {
    ($entity:ty; filters { $($filter:ident: $value:ty = $name:literal,)* } ranges { $($range:ident: $bound:ty = $of:literal,)* }) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub const $filter: $crate::spaces::query::Filter<$entity, $value> = $crate::spaces::query::Filter::named($name);
        )*
        $(
            #[doc = concat!("`", $of, "`, `from_", $of, "`, `to_", $of, "`")]
            pub const $range: $crate::spaces::query::Range<$entity, $bound> = $crate::spaces::query::Range::named($of);
        )*
        /// All of the above by their published names, ranges by the names of their two ends.
        pub const PUBLISHED: &[&str] = &[$($name,)* $(concat!("from_", $of), concat!("to_", $of),)*];
    };
}
pub(crate) use published;

/// Declares the writable properties of an entity by their published names.
macro_rules! writable {
    ($entity:ty; $($name:ident: $value:ty = $property:literal,)*) => {
        $(
            #[doc = concat!("`", $property, "`")]
            pub const $name: $crate::spaces::query::Writable<$entity, $value> =
                $crate::spaces::query::Writable::named($property);
        )*
    };
}
pub(crate) use writable;

#[cfg(test)]
mod tests {
    use super::super::records::checkin::Checkin;
    use super::super::records::failed_checkin::{self, FailedCheckin};
    use super::*;

    #[test]
    fn a_query_is_spelled_as_published() {
        let at = DateTime::from_timestamp(1_736_937_001, 0).unwrap();
        let query: Query<FailedCheckin> = Query::new()
            .is(failed_checkin::COWORKER_FULL_NAME, "Ana & José")
            .is(failed_checkin::BUSINESS, BusinessId(9))
            .is(failed_checkin::SOURCE, CheckinSource::Tile)
            .is(failed_checkin::CREATED_ON, at)
            .at_least(failed_checkin::ATTEMPTED_AT, at)
            .at_most(failed_checkin::ATTEMPTED_AT, at)
            .at_most(failed_checkin::ATTEMPTED_AT_LOCAL, (at - TimeDelta::seconds(1)).naive_utc())
            .order_by(failed_checkin::COWORKER_FULL_NAME, Direction::Descending)
            .page(3)
            .size(50);
        let expected = [
            ("FailedCheckin_Coworker_FullName", "Ana & José"),
            ("FailedCheckin_Business", "9"),
            ("FailedCheckin_Source", "4"),
            ("FailedCheckin_CreatedOn", "2025-01-15T10:30"),
            ("from_FailedCheckin_CheckinAttemptTime", "2025-01-15T10:30"),
            ("to_FailedCheckin_CheckinAttemptTime", "2025-01-15T10:31"),
            ("to_FailedCheckin_CheckinAttemptTimeLocal", "2025-01-15T10:30"),
            ("orderBy", "Coworker.FullName"),
            ("dir", "Descending"),
            ("page", "3"),
            ("size", "50"),
        ];
        let parameters = query.parameters();
        let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(parameters, expected);
        assert!(!format!("{query:?}").contains("Ana"), "a member's name has no place in a log");
    }

    #[test]
    fn without_a_wish_the_service_orders() {
        assert_eq!(Query::<Checkin>::new().page(0).parameters(), [("page", "1".to_owned()), ("size", "25".to_owned())]);
    }
}
