//! Lists: which page of which records in which order, in the documented envelope (nexudus-api.md section 3.2).

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::filters::{self, Condition, Target};
use super::query;
use super::records::{Cell, Record, Store};
use super::replies::Reply;
use super::schema::{Kind, Schema};
use super::switches::{DirReading, Envelope, Switches};

type Pairs = [(String, String)];

/// The ids of `?id=[1,2]`.
pub(crate) fn ids(pairs: &Pairs) -> Option<Vec<i64>> {
    query::value(pairs, "id").and_then(filters::bracketed)
}

/// Answers `GET /api/{module}/{entity}?id=[1,2]`: a plain array of what a GET of each would show.
pub(crate) fn several(store: &Store, schema: &'static Schema, ids: &[i64], switches: &Switches) -> Reply {
    let records = ids.iter().filter_map(|id| store.get(schema.entity, *id));
    Reply::json(200, &records.map(|record| store.show(record, false, switches)).collect())
}

/// Answers `GET /api/{module}/{entity}`.
pub(crate) fn list(store: &Store, schema: &'static Schema, pairs: &Pairs, switches: &Switches) -> Reply {
    let conditions = match filters::conditions(schema, pairs, switches) {
        Ok(conditions) => conditions,
        Err(name) => return Reply::message(400, &format!("The request is invalid: {name} cannot be read.")),
    };
    let found: Vec<&Record> = candidates(store, schema, &conditions)
        .filter(|record| conditions.iter().all(|test| test.holds(store, record)))
        .collect();
    let order = Order::read(schema, pairs, switches);
    let number = |name| {
        query::value(pairs, name).and_then(|text| text.trim().parse::<usize>().ok()).filter(|number| *number > 0)
    };
    let page = number("page").unwrap_or(1);
    let size = number("size").unwrap_or(25);
    let size = switches.size_cap.map_or(size, |cap| size.min(cap.max(1)));
    let total = found.len();
    let begin = (page - 1).saturating_mul(size).min(total);
    let end = begin.saturating_add(size).min(total);
    let records: Vec<Value> =
        order.slice(store, found, begin, end).into_iter().map(|record| store.show(record, true, switches)).collect();
    let pages = total.div_ceil(size);
    let shown = !records.is_empty();
    let mut envelope = json!({
        "Records": records,
        "CurrentPageSize": size,
        "CurrentPage": page,
        "CurrentOrderField": order.name,
        "CurrentSortDirection": order.direction(switches),
        "FirstItem": if shown { begin + 1 } else { 0 },
        "HasNextPage": page < pages,
        "HasPreviousPage": page > 1 && total > 0,
        "LastItem": if shown { end } else { 0 },
        "PageNumber": page,
        "PageSize": size,
        "TotalItems": total,
        "TotalPages": pages,
    });
    if let Some(envelope) = envelope.as_object_mut() {
        envelope.retain(|name, _| match switches.envelope {
            Envelope::Whole => true,
            Envelope::WithoutTotals => !name.starts_with("Total"),
            Envelope::Bare => name == "Records",
        });
    }
    Reply::json(200, &envelope)
}

/// As few records as the conditions let be known without looking at each: by id, by coworker, else all.
fn candidates<'a>(
    store: &'a Store,
    schema: &Schema,
    conditions: &[Condition],
) -> Box<dyn Iterator<Item = &'a Record> + 'a> {
    let wanted = |name| {
        let place = schema.position(name)?;
        conditions.iter().find_map(|condition| condition.wants(place))
    };
    if let Some(id) = wanted("Id") {
        return Box::new(store.get(schema.entity, id).into_iter());
    }
    match wanted("CoworkerId") {
        Some(coworker) => Box::new(store.of_coworker(schema.entity, coworker)),
        None => Box::new(store.all(schema.entity)),
    }
}

struct Order {
    name: String,
    target: Target,
    descending: bool,
}

impl Order {
    fn read(schema: &'static Schema, pairs: &Pairs, switches: &Switches) -> Self {
        let asked = query::value(pairs, "orderBy")
            .and_then(|name| Some((name.to_owned(), filters::target(schema, &name.replace('.', "_"))?)));
        let by_default = asked.is_none();
        let (name, target) = asked.unwrap_or_else(|| {
            let place = schema.position(schema.default_order).unwrap_or_default();
            (schema.default_order.to_owned(), Target::own(place))
        });
        let descending = query::value(pairs, "dir").and_then(|text| read_dir(text, switches));
        Self { name, target, descending: descending.unwrap_or(by_default && schema.default_descending) }
    }

    fn direction(&self, switches: &Switches) -> i64 {
        match (switches.dir_reading, self.descending) {
            (DirReading::Enum, descending) => i64::from(descending),
            (DirReading::Sign, false) => 1,
            (DirReading::Sign, true) => -1,
        }
    }

    /// The records from `begin` to `end` of the whole order, without ordering the rest.
    fn slice<'a>(&self, store: &'a Store, records: Vec<&'a Record>, begin: usize, end: usize) -> Vec<&'a Record> {
        if begin == end {
            return Vec::new();
        }
        let mut keyed: Vec<(Option<Cell>, &Record)> =
            records.into_iter().map(|record| (self.key(store, record), record)).collect();
        let order = |one: &(Option<Cell>, &Record), two: &(Option<Cell>, &Record)| {
            let ascending = match (&one.0, &two.0) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Less,
                (Some(_), None) => Ordering::Greater,
                (Some(one), Some(two)) => one.order(two),
            };
            let ascending = ascending.then_with(|| one.1.id().cmp(&two.1.id()));
            if self.descending { ascending.reverse() } else { ascending }
        };
        if end < keyed.len() {
            keyed.select_nth_unstable_by(end - 1, order);
            keyed.truncate(end);
        }
        if begin > 0 {
            keyed.select_nth_unstable_by(begin, order);
        }
        let page = &mut keyed[begin..];
        page.sort_unstable_by(order);
        page.iter().map(|(_, record)| *record).collect()
    }

    fn key(&self, store: &Store, record: &Record) -> Option<Cell> {
        let cell = self.target.cell(store, record)?;
        Some(match cell.as_ref() {
            Cell::Text(text) => Cell::text(text.to_lowercase()),
            other => other.clone(),
        })
    }
}

/// `Some(true)` is descending; an undefined value says nothing.
fn read_dir(text: &str, switches: &Switches) -> Option<bool> {
    match (text.trim().to_ascii_lowercase().as_str(), switches.dir_reading) {
        ("ascending" | "asc" | "descending" | "desc", _) if !switches.dir_names => None,
        ("ascending" | "asc", _) | ("0", DirReading::Enum) | ("1", DirReading::Sign) => Some(false),
        ("descending" | "desc", _) | ("1", DirReading::Enum) | ("-1", DirReading::Sign) => Some(true),
        _ => None,
    }
}

/// Whether a filter on this field is subject to the switch for tiles (section 7.1).
pub(crate) fn is_tile_field(kind: Kind, name: &str) -> bool {
    kind == Kind::Text && ["AccessCardId", "KeyFobNumber", "AccessPincode"].contains(&name)
}
