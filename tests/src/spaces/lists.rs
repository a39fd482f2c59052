//! Lists: which page of which records in which order, in the documented envelope (nexudus-api.md section 3.2).

use std::cmp::Ordering;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::candidates::{self, Candidates};
use super::filters::{self, Condition, Target};
use super::query;
use super::records::{Cell, Record};
use super::replies::Reply;
use super::schema::{Kind, Schema};
use super::store::Store;
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
    answer(store, schema, pairs, switches, candidates::fewest)
}

/// The records to look at for these conditions in this order.
type Choose = for<'a> fn(&'a Store, &Schema, &'a [Condition], Target) -> Candidates<'a>;

fn answer(store: &Store, schema: &'static Schema, pairs: &Pairs, switches: &Switches, choose: Choose) -> Reply {
    let conditions = match filters::conditions(schema, pairs, switches) {
        Ok(conditions) => conditions,
        Err(name) => return Reply::message(400, &format!("The request is invalid: {name} cannot be read.")),
    };
    let order = Order::read(schema, pairs, switches);
    let number = |name| {
        query::value(pairs, name).and_then(|text| text.trim().parse::<usize>().ok()).filter(|number| *number > 0)
    };
    let page = number("page").unwrap_or(1);
    let size = number("size").unwrap_or(25);
    let size = switches.size_cap.map_or(size, |cap| size.min(cap.max(1)));
    let begin = (page - 1).saturating_mul(size);
    let (total, records) =
        choose(store, schema, &conditions, order.target).find(store, &conditions, &order, begin, size);
    let (begin, end) = (begin.min(total), begin.saturating_add(size).min(total));
    let records: Vec<Value> = records.into_iter().map(|record| store.show(record, true, switches)).collect();
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

/// In which order the records of a list stand.
pub(super) struct Order {
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

    pub(super) fn descending(&self) -> bool {
        self.descending
    }

    fn direction(&self, switches: &Switches) -> i64 {
        match (switches.dir_reading, self.descending) {
            (DirReading::Enum, descending) => i64::from(descending),
            (DirReading::Sign, false) => 1,
            (DirReading::Sign, true) => -1,
        }
    }

    /// The records from `begin` to `end` of the whole order, without ordering the rest.
    pub(super) fn slice<'a>(
        &self,
        store: &'a Store,
        records: Vec<&'a Record>,
        begin: usize,
        end: usize,
    ) -> Vec<&'a Record> {
        if begin == end {
            return Vec::new();
        }
        let mut known: HashMap<i64, Option<Cell>> = HashMap::new();
        let mut keyed: Vec<(Option<Cell>, i64, &Record)> = records
            .into_iter()
            .map(|record| {
                let key = match self.target.other(record) {
                    Some(id) => known.entry(id).or_insert_with(|| self.key(store, record)).clone(),
                    None => self.key(store, record),
                };
                (key, record.id(), record)
            })
            .collect();
        let order = |one: &(Option<Cell>, i64, &Record), two: &(Option<Cell>, i64, &Record)| {
            let ascending = match (&one.0, &two.0) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Less,
                (Some(_), None) => Ordering::Greater,
                (Some(one), Some(two)) => one.order(two),
            };
            let ascending = ascending.then(one.1.cmp(&two.1));
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
        page.iter().map(|(_, _, record)| *record).collect()
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    use super::super::schema::Entity;
    use super::*;

    /// A clock ahead of UTC with summer time, one behind it, and one that nobody knows.
    const PLACES: [(i64, Option<i64>); 3] = [(1, Some(60)), (2, Some(-480)), (3, None)];

    /// All of them, in no order.
    fn all<'a>(store: &'a Store, schema: &Schema, _: &'a [Condition], _: Target) -> Candidates<'a> {
        Candidates::Loose(Box::new(store.all(schema.entity)))
    }

    /// A few moments around the summer's beginning in Europe, so that records share some and wall clocks jump.
    fn moment(step: i64) -> DateTime<chrono::Utc> {
        DateTime::from_timestamp(1_743_290_000, 0).unwrap_or_default() + TimeDelta::minutes(37 * step)
    }

    #[derive(Debug, Clone)]
    struct Row {
        id: i64,
        business: Option<i64>,
        coworker: Option<i64>,
        times: [Option<i64>; 3],
    }

    fn row() -> impl Strategy<Value = Row> {
        let time = || prop::option::weighted(0.9, 0..90_i64);
        (1..40_i64, prop::option::of(1..4_i64), prop::option::of(1..5_i64), [time(), time(), time()])
            .prop_map(|(id, business, coworker, times)| Row { id, business, coworker, times })
    }

    fn coworker(id: i64) -> Record {
        let mut coworker = Record::new(Entity::Coworker);
        coworker.set("Id", Some(Cell::Integer(id)));
        coworker.set("FullName", (id != 2).then(|| Cell::text(["Zoë", "Ana"][usize::from(id == 1)])));
        coworker
    }

    fn record(row: &Row) -> Record {
        let mut record = Record::new(Entity::FailedCheckin);
        record.set("Id", Some(Cell::Integer(row.id)));
        record.set("BusinessId", row.business.map(Cell::Integer));
        record.set("CoworkerId", row.coworker.map(Cell::Integer));
        record.set("Description", Some(Cell::text(format!("reason {}", row.id % 3))));
        for (name, time) in ["CheckinAttemptTime", "CreatedOn", "UpdatedOn"].into_iter().zip(row.times) {
            record.set(name, time.map(|step| Cell::Moment(moment(step))));
        }
        record
    }

    fn pair() -> impl Strategy<Value = (String, String)> {
        let field =
            prop::sample::select(vec!["CheckinAttemptTime", "CreatedOn", "UpdatedOn", "CheckinAttemptTimeLocal"]);
        let end = prop::sample::select(vec!["from_", "to_"]);
        let name = move |end: &str, field: &str| format!("{end}FailedCheckin_{field}");
        prop_oneof![
            4 => (end, field.clone(), 0..90_i64)
                .prop_map(move |(end, field, step)| (name(end, field), moment(step).to_rfc3339())),
            1 => (field.clone(), 0..90_i64)
                .prop_map(move |(field, step)| (name("", field), moment(step).to_rfc3339())),
            1 => field.clone().prop_map(move |field| (name("", field), "null".to_owned())),
            2 => (1..5_i64).prop_map(|id| ("FailedCheckin_Business".to_owned(), id.to_string())),
            1 => Just(("FailedCheckin_Business".to_owned(), "null".to_owned())),
            1 => Just(("FailedCheckin_Business".to_owned(), "[1,2]".to_owned())),
            1 => Just(("FailedCheckin_Coworker".to_owned(), "null".to_owned())),
            1 => (1..3_i64).prop_map(|id| ("FailedCheckin_Coworker".to_owned(), id.to_string())),
            1 => prop::sample::select(vec!["an", "ZO", "null"])
                .prop_map(|part| ("FailedCheckin_Coworker_FullName".to_owned(), part.to_owned())),
            1 => prop::sample::select(vec!["Id", "CoworkerFullName", "Coworker.FullName", "Description", "CheckinAttemptTimeLocal"])
                .prop_map(|field| ("orderBy".to_owned(), field.to_owned())),
            1 => (0..3_i64).prop_map(|digit| ("FailedCheckin_Description".to_owned(), digit.to_string())),
            3 => field.prop_map(|field| ("orderBy".to_owned(), field.to_owned())),
            2 => prop::sample::select(vec!["Ascending", "Descending"]).prop_map(|dir| ("dir".to_owned(), dir.to_owned())),
            2 => (1..5_usize).prop_map(|page| ("page".to_owned(), page.to_string())),
            2 => (1..9_usize).prop_map(|size| ("size".to_owned(), size.to_string())),
        ]
    }

    proptest! {
        /// Guard: `Candidates::fewest` and `Sorted`, through records that come, change and go.
        #[test]
        fn lists_are_the_same_however_the_records_are_found(
            lots in prop::collection::vec(prop::collection::vec(row(), 0..12), 0..6),
            gone in prop::collection::vec(1..40_i64, 0..6),
            queries in prop::collection::vec(prop::collection::vec(pair(), 0..7), 1..8),
        ) {
            let mut store = Store::new();
            for (id, offset) in PLACES {
                let mut business = Record::new(Entity::Business);
                business.set("Id", Some(Cell::Integer(id)));
                business.set("SimpleTimeZoneId", offset.map(|_| Cell::Integer(id)));
                store.insert(business);
                let mut zone = Record::new(Entity::SimpleTimeZone);
                zone.set("Id", Some(Cell::Integer(id)));
                zone.set("TimeOffset", offset.map(Cell::Integer));
                zone.set("UsesSummerTime", Some(Cell::Flag(true)));
                store.insert(zone);
            }
            for id in 1..4 {
                store.insert(coworker(id));
            }
            for lot in &lots {
                let mut known = std::collections::HashSet::new();
                let (new, old): (Vec<&Row>, Vec<&Row>) = lot.iter()
                    .partition(|row| known.insert(row.id) && store.get(Entity::FailedCheckin, row.id).is_none());
                store.insert_new(Entity::FailedCheckin, new.into_iter().map(record).collect());
                for row in old {
                    store.insert(record(row));
                }
            }
            for id in &gone {
                store.remove(Entity::FailedCheckin, *id);
            }
            let (schema, switches) = (Entity::FailedCheckin.schema(), Switches::default());
            for query in &queries {
                let plain = answer(&store, schema, query, &switches, all);
                let quick = list(&store, schema, query, &switches);
                prop_assert_eq!(String::from_utf8_lossy(&plain.body), String::from_utf8_lossy(&quick.body), "{:?}", query);
            }
        }
    }
}
