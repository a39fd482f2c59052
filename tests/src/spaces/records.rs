//! Records and the tables that hold them: sparse cells by field place, look-ups by id and by coworker.
//!
//! Knows no HTTP and no rule of the service; reading cells from JSON and writing records as JSON are here too
//! (nexudus-api.md sections 3.4, 4.1).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::{Map, Number, Value, json};

use super::dates::{self, Zone};
use super::schema::{Entity, Field, Kind};
use super::switches::Switches;

/// One stored value; absent stands for null, 0, false or the empty list, as the kind of the field says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Integer(i64),
    Decimal(f64),
    Text(Box<str>),
    Flag(bool),
    Moment(DateTime<Utc>),
    List(Box<[i64]>),
}

impl Cell {
    pub(crate) fn text(text: impl Into<Box<str>>) -> Self {
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

    fn named(&self, name: &str) -> Option<&Cell> {
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

/// The records of one entity.
#[derive(Debug, Default)]
struct Table {
    records: BTreeMap<i64, Record>,
    of_coworker: HashMap<i64, BTreeSet<i64>>,
    next_id: i64,
}

/// All records of one service.
#[derive(Debug)]
pub(crate) struct Store {
    tables: BTreeMap<Entity, Table>,
}

impl Store {
    pub(crate) fn new() -> Self {
        let tables =
            Entity::ALL.into_iter().map(|entity| (entity, Table { next_id: first_id(entity), ..Table::default() }));
        Self { tables: tables.collect() }
    }

    fn table(&self, entity: Entity) -> &Table {
        &self.tables[&entity]
    }

    pub(crate) fn get(&self, entity: Entity, id: i64) -> Option<&Record> {
        self.table(entity).records.get(&id)
    }

    pub(crate) fn all(&self, entity: Entity) -> impl Iterator<Item = &Record> {
        self.table(entity).records.values()
    }

    /// The records of one coworker, in the order of their ids.
    pub(crate) fn of_coworker(&self, entity: Entity, coworker: i64) -> impl Iterator<Item = &Record> {
        let table = self.table(entity);
        table.of_coworker.get(&coworker).into_iter().flatten().filter_map(|id| table.records.get(id))
    }

    /// The next id that no record of the entity ever had.
    pub(crate) fn next_id(&mut self, entity: Entity) -> i64 {
        let table = self.tables.entry(entity).or_default();
        table.next_id += 1;
        table.next_id
    }

    /// Adds a record, or replaces the one with the same id.
    pub(crate) fn insert(&mut self, record: Record) {
        let id = record.id();
        self.remove(record.entity, id);
        let table = self.tables.entry(record.entity).or_default();
        if let Some(coworker) = record.integer("CoworkerId") {
            table.of_coworker.entry(coworker).or_default().insert(id);
        }
        table.next_id = table.next_id.max(id);
        table.records.insert(id, record);
    }

    pub(crate) fn remove(&mut self, entity: Entity, id: i64) -> Option<Record> {
        let table = self.tables.entry(entity).or_default();
        let record = table.records.remove(&id)?;
        if let Some(ids) = record.integer("CoworkerId").and_then(|coworker| table.of_coworker.get_mut(&coworker)) {
            ids.remove(&id);
        }
        Some(record)
    }

    /// The clock of a location; UTC when the location or its zone is not known.
    pub(crate) fn zone(&self, business: Option<i64>) -> Zone {
        business
            .and_then(|id| self.get(Entity::Business, id)?.integer("SimpleTimeZoneId"))
            .and_then(|id| self.get(Entity::SimpleTimeZone, id))
            .map(|zone| Zone {
                offset_minutes: zone.integer("TimeOffset").unwrap_or_default(),
                uses_summer_time: zone.flag("UsesSummerTime"),
            })
            .unwrap_or_default()
    }

    /// The cell at a place, derived where the kind of the field is derived.
    pub(crate) fn value<'a>(&'a self, record: &'a Record, place: usize) -> Option<Cow<'a, Cell>> {
        match record.entity.schema().fields[place].kind {
            Kind::Through(reference, name) => {
                let schema = record.entity.schema();
                let at = schema.position(reference)?;
                let (Kind::Reference(entity), Some(Cell::Integer(id))) = (schema.fields[at].kind, record.at(at)) else {
                    return None;
                };
                self.get(entity, *id)?.named(name).map(Cow::Borrowed)
            }
            Kind::WallClock(name) => {
                let moment = record.moment(name)?;
                let clock = self.zone(record.integer("BusinessId")).wall_clock(moment);
                Some(Cow::Owned(Cell::Moment(clock.and_utc())))
            }
            Kind::Label => Some(Cow::Owned(Cell::text(self.label(record)))),
            kind => record.at(place).map(Cow::Borrowed).or_else(|| match kind {
                Kind::Integer | Kind::Choice(_) => Some(Cow::Owned(Cell::Integer(0))),
                Kind::Decimal => Some(Cow::Owned(Cell::Decimal(0.0))),
                Kind::Flag => Some(Cow::Owned(Cell::Flag(false))),
                Kind::Collection => Some(Cow::Owned(Cell::List(Box::default()))),
                _ => None,
            }),
        }
    }

    fn label(&self, record: &Record) -> String {
        let name = |entity, id: Option<i64>, field| {
            id.and_then(|id| self.get(entity, id)?.text(field)).unwrap_or("unknown").to_owned()
        };
        match record.entity {
            Entity::Checkin | Entity::FailedCheckin => {
                let who = name(Entity::Coworker, record.integer("CoworkerId"), "FullName");
                let place = name(Entity::Business, record.integer("BusinessId"), "Name");
                format!("{who} @ {place}")
            }
            Entity::CoworkerTimePass => name(Entity::TimePass, record.integer("TimePassId"), "Name"),
            entity => {
                let text = record.text("FullName").or_else(|| record.text("Name"));
                text.map_or_else(|| format!("{} {}", entity.name(), record.id()), str::to_owned)
            }
        }
    }

    /// The record as JSON; a list leaves collections out (section 3.2).
    pub(crate) fn show(&self, record: &Record, in_list: bool, switches: &Switches) -> Value {
        let mut object = Map::new();
        for (place, field) in record.entity.schema().fields.iter().enumerate() {
            if !(in_list && field.kind == Kind::Collection) {
                object.insert(field.name.to_owned(), show(field, self.value(record, place).as_deref(), switches));
            }
        }
        Value::Object(object)
    }
}

fn show(field: &Field, cell: Option<&Cell>, switches: &Switches) -> Value {
    let number = |number: Value| if switches.send_numbers_as_strings { json!(number.to_string()) } else { number };
    match (field.kind, cell) {
        (Kind::WallClock(_), _) if !switches.local_times => Value::Null,
        (_, None) => Value::Null,
        (_, Some(Cell::Integer(value))) => number(json!(value)),
        (_, Some(Cell::Decimal(value))) => number(Number::from_f64(*value).map_or(Value::Null, Value::Number)),
        (_, Some(Cell::Text(text))) => json!(text),
        (_, Some(Cell::Flag(flag))) => json!(flag),
        (_, Some(Cell::Moment(moment))) => json!(dates::write(*moment, switches.fractional_digits)),
        (_, Some(Cell::List(ids))) => json!(ids),
    }
}

/// Ids of different entities lie apart, so that a mixed-up id is seen at once.
fn first_id(entity: Entity) -> i64 {
    match entity {
        Entity::SimpleTimeZone | Entity::Business => 100,
        Entity::Tariff => 200,
        Entity::TimePass => 300,
        Entity::TimePassTimeSlot => 400,
        Entity::Coworker => 1_000,
        Entity::Resource => 10_000,
        Entity::CoworkerTimePass => 20_000_000,
        Entity::AccessToken => 30_000_000,
        Entity::Booking => 40_000_000,
        Entity::Checkin => 50_000_000,
        Entity::FailedCheckin => 70_000_000,
    }
}
