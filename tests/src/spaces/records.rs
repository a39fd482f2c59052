//! Records: sparse cells by field place, read from JSON (nexudus-api.md sections 3.4, 4.1).
//!
//! Knows no HTTP and no rule of the service. Equal texts may share one place: a million refusals have few reasons.

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::dates;
use super::schema::{Entity, Kind};

/// One stored value; absent stands for null, 0, false or the empty list, as the kind of the field says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Integer(i64),
    Decimal(f64),
    Text(Arc<str>),
    Flag(bool),
    Moment(DateTime<Utc>),
    List(Box<[i64]>),
}

impl Cell {
    pub(crate) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// The order of a list; text ignores case.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Integer(one), Self::Integer(two)) => one.cmp(two),
            (Self::Decimal(one), Self::Decimal(two)) => one.total_cmp(two),
            (Self::Text(one), Self::Text(two)) => one.cmp(two),
            (Self::Flag(one), Self::Flag(two)) => one.cmp(two),
            (Self::Moment(one), Self::Moment(two)) => one.cmp(two),
            _ => Ordering::Equal,
        }
    }

    /// Reads a JSON value as the given kind; null is `None`; says what is wrong otherwise.
    pub(crate) fn read(kind: Kind, value: &Value, numbers_as_strings: bool) -> Result<Option<Self>, &'static str> {
        let number = |what| -> Result<Option<Self>, &'static str> {
            match value {
                Value::Null => Ok(None),
                Value::Number(number) => number.as_i64().map(|number| Some(Self::Integer(number))).ok_or(what),
                Value::String(text) if text.is_empty() => Ok(None),
                Value::String(text) if numbers_as_strings => {
                    text.trim().parse().map(|number| Some(Self::Integer(number))).map_err(|_| what)
                }
                _ => Err(what),
            }
        };
        match kind {
            Kind::Integer | Kind::OptionalInteger | Kind::Reference(_) => number("is not a whole number"),
            Kind::Choice(names) => match value.as_str().and_then(|text| choice(names, text)) {
                Some(place) => Ok(Some(Self::Integer(place))),
                None => number("is not one of the known values"),
            },
            Kind::Decimal => match value {
                Value::Null => Ok(None),
                Value::String(text) if numbers_as_strings => {
                    text.trim().parse().map(|number| Some(Self::Decimal(number))).map_err(|_| "is not a number")
                }
                _ => value.as_f64().map(|number| Some(Self::Decimal(number))).ok_or("is not a number"),
            },
            Kind::Flag => match value {
                Value::Null => Ok(None),
                Value::Bool(flag) => Ok(Some(Self::Flag(*flag))),
                Value::String(text) => text
                    .to_ascii_lowercase()
                    .parse()
                    .map(|flag| Some(Self::Flag(flag)))
                    .map_err(|_| "is not true or false"),
                _ => Err("is not true or false"),
            },
            Kind::Moment | Kind::WallClock(_) => match value {
                Value::Null => Ok(None),
                Value::String(text) if text.is_empty() => Ok(None),
                Value::String(text) => {
                    dates::read(text).map(|moment| Some(Self::Moment(moment))).ok_or("is not a date and time")
                }
                _ => Err("is not a date and time"),
            },
            Kind::Collection => match value {
                Value::Null => Ok(None),
                Value::Array(ids) => Ok(Some(Self::List(ids.iter().filter_map(Value::as_i64).collect()))),
                _ => Err("is not a list"),
            },
            Kind::Text | Kind::Through(..) | Kind::Label | Kind::Nothing => match value {
                Value::Null => Ok(None),
                Value::String(text) => Ok(Some(Self::text(text.as_str()))),
                Value::Number(number) => Ok(Some(Self::text(number.to_string()))),
                _ => Err("is not a text"),
            },
        }
    }
}

/// The number of a choice by its name, whatever the case.
pub(crate) fn choice(names: &[&str], text: &str) -> Option<i64> {
    names.iter().position(|name| name.eq_ignore_ascii_case(text)).and_then(|place| i64::try_from(place).ok())
}

/// One record of an entity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) entity: Entity,
    cells: Vec<(usize, Cell)>,
}

impl Record {
    pub(crate) fn new(entity: Entity) -> Self {
        Self { entity, cells: Vec::new() }
    }

    /// One of these cells, which are in the order of their places.
    pub(crate) fn of_cells(entity: Entity, cells: Vec<(usize, Cell)>) -> Self {
        Self { entity, cells }
    }

    /// A record from a JSON object, any field, unknown names ignored; names the bad field otherwise.
    pub(crate) fn from_json(entity: Entity, object: &Map<String, Value>) -> Result<Self, String> {
        let mut record = Self::new(entity);
        for (name, value) in object {
            if let Some(place) = entity.schema().position(name) {
                let kind = entity.schema().fields[place].kind;
                let cell = Cell::read(kind, value, true).map_err(|wrong| format!("{name}: {wrong}"))?;
                record.put(place, cell);
            }
        }
        Ok(record)
    }

    pub(crate) fn at(&self, place: usize) -> Option<&Cell> {
        self.cells.binary_search_by_key(&place, |(place, _)| *place).ok().map(|found| &self.cells[found].1)
    }

    pub(crate) fn put(&mut self, place: usize, cell: Option<Cell>) {
        match (self.cells.binary_search_by_key(&place, |(place, _)| *place), cell) {
            (Ok(found), Some(cell)) => self.cells[found].1 = cell,
            (Ok(found), None) => drop(self.cells.remove(found)),
            (Err(gap), Some(cell)) => self.cells.insert(gap, (place, cell)),
            (Err(_), None) => {}
        }
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Cell> {
        self.at(self.entity.schema().position(name)?)
    }

    pub(crate) fn set(&mut self, name: &str, cell: Option<Cell>) {
        if let Some(place) = self.entity.schema().position(name) {
            self.put(place, cell);
        }
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        match self.named(name) {
            Some(Cell::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.named(name) {
            Some(Cell::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.named(name), Some(Cell::Flag(true)))
    }

    pub(crate) fn moment(&self, name: &str) -> Option<DateTime<Utc>> {
        match self.named(name) {
            Some(Cell::Moment(moment)) => Some(*moment),
            _ => None,
        }
    }

    pub(crate) fn decimal(&self, name: &str) -> f64 {
        match self.named(name) {
            Some(Cell::Decimal(number)) => *number,
            _ => 0.0,
        }
    }

    pub(crate) fn list(&self, name: &str) -> &[i64] {
        match self.named(name) {
            Some(Cell::List(ids)) => ids,
            _ => &[],
        }
    }

    pub(crate) fn id(&self) -> i64 {
        self.integer("Id").unwrap_or_default()
    }
}
