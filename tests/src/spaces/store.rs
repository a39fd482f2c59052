//! The tables that hold the records: look-ups by id, by coworker and by time; and a record as JSON (nexudus-api.md
//! sections 3.4, 4.1).
//!
//! Knows no HTTP and no rule of the service.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Number, Value, json};

use super::dates::{self, Zone};
use super::records::{Cell, Record};
use super::schema::{Entity, Field, Kind};
use super::sorted::{Entry, Sorted};
use super::switches::Switches;

/// The records of one entity.
#[derive(Debug)]
struct Table {
    records: BTreeMap<i64, Arc<Record>>,
    of_coworker: HashMap<i64, BTreeSet<i64>>,
    sorted: Sorted,
    next_id: i64,
}

impl Table {
    fn new(entity: Entity) -> Self {
        Self {
            records: BTreeMap::new(),
            of_coworker: HashMap::new(),
            sorted: Sorted::new(entity.schema()),
            next_id: first_id(entity),
        }
    }
}

/// All records of one service.
#[derive(Debug)]
pub(crate) struct Store {
    tables: BTreeMap<Entity, Table>,
}

impl Store {
    pub(crate) fn new() -> Self {
        Self { tables: Entity::ALL.into_iter().map(|entity| (entity, Table::new(entity))).collect() }
    }

    fn table(&self, entity: Entity) -> &Table {
        &self.tables[&entity]
    }

    fn table_of(&mut self, entity: Entity) -> &mut Table {
        self.tables.entry(entity).or_insert_with(|| Table::new(entity))
    }

    pub(crate) fn get(&self, entity: Entity, id: i64) -> Option<&Record> {
        self.table(entity).records.get(&id).map(Arc::as_ref)
    }

    pub(crate) fn all(&self, entity: Entity) -> impl Iterator<Item = &Record> {
        self.table(entity).records.values().map(Arc::as_ref)
    }

    /// The same from either end, and how many they are.
    pub(crate) fn by_id(&self, entity: Entity) -> impl ExactSizeIterator<Item = &Record> + DoubleEndedIterator {
        self.table(entity).records.values().map(Arc::as_ref)
    }

    pub(crate) fn count(&self, entity: Entity) -> usize {
        self.table(entity).records.len()
    }

    /// The records in the order of their times in the field at this place, where they are kept so: all, or those of one
    /// location.
    pub(crate) fn sorted(&self, entity: Entity, place: usize, business: Option<i64>) -> Option<&[Entry]> {
        self.table(entity).sorted.entries(place, business)
    }

    /// The records of one coworker, in the order of their ids.
    pub(crate) fn of_coworker(&self, entity: Entity, coworker: i64) -> impl Iterator<Item = &Record> {
        let table = self.table(entity);
        table.of_coworker.get(&coworker).into_iter().flatten().filter_map(|id| table.records.get(id)).map(Arc::as_ref)
    }

    /// The next id that no record of the entity ever had.
    pub(crate) fn next_id(&mut self, entity: Entity) -> i64 {
        let table = self.table_of(entity);
        table.next_id += 1;
        table.next_id
    }

    /// The first of so many ids in a row that no record of the entity ever had.
    pub(crate) fn next_ids(&mut self, entity: Entity, count: usize) -> i64 {
        let first = self.next_id(entity);
        let table = self.table_of(entity);
        table.next_id = first.saturating_add_unsigned(count as u64) - 1;
        first
    }

    /// Adds a record, or replaces the one with the same id.
    pub(crate) fn insert(&mut self, record: Record) {
        self.remove(record.entity, record.id());
        self.insert_new(record.entity, vec![record]);
    }

    /// Adds records of one entity whose ids none has yet; cheapest in the order of their times.
    pub(crate) fn insert_new(&mut self, entity: Entity, records: Vec<Record>) {
        let table = self.table_of(entity);
        let records: Vec<Arc<Record>> = records.into_iter().map(Arc::new).collect();
        for record in &records {
            let id = record.id();
            if let Some(coworker) = record.integer("CoworkerId") {
                table.of_coworker.entry(coworker).or_default().insert(id);
            }
            table.next_id = table.next_id.max(id);
            table.records.insert(id, Arc::clone(record));
        }
        table.sorted.add(&records);
    }

    pub(crate) fn remove(&mut self, entity: Entity, id: i64) -> Option<Arc<Record>> {
        let table = self.table_of(entity);
        let record = table.records.remove(&id)?;
        table.sorted.remove(&record);
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
        (_, Some(Cell::Text(text))) => json!(&**text),
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
