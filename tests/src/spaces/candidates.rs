//! Which records a list looks at: as few as its conditions let be known beforehand, and in the order asked for where they are
//! kept in it. The page and the count are the same whichever are looked at.

use std::collections::HashMap;

use super::filters::{Bound, Condition, Target};
use super::lists::Order;
use super::records::Record;
use super::schema::{Entity, Schema};
use super::sorted::Entry;
use super::store::Store;

/// To look at so many records in an order that is at hand costs as much as to look at one and to sort it.
const WORTH_SORTING: usize = 3;

/// Records among which are all that meet the conditions of a list.
pub(super) enum Candidates<'a> {
    /// In no order that is of use.
    Loose(Box<dyn Iterator<Item = &'a Record> + 'a>),
    /// In ascending order.
    Sorted(Narrowed<'a>),
    /// All there are, wanted in the order of their ids.
    ById(Entity),
}

/// A run of sorted records, and the conditions that still have to be looked at.
pub(super) struct Narrowed<'a> {
    entries: &'a [Entry],
    rest: Vec<&'a Condition>,
}

/// As few as can be: by id, by coworker, by the ends of a range of times and by location; else all.
pub(super) fn fewest<'a>(
    store: &'a Store,
    schema: &Schema,
    conditions: &'a [Condition],
    order: Target,
) -> Candidates<'a> {
    let wanted = |name| {
        let place = schema.position(name)?;
        conditions.iter().find_map(|condition| condition.wants(place))
    };
    if let Some(id) = wanted("Id") {
        return Candidates::Loose(Box::new(store.get(schema.entity, id).into_iter()));
    }
    if let Some(coworker) = wanted("CoworkerId") {
        return Candidates::Loose(Box::new(store.of_coworker(schema.entity, coworker)));
    }
    if conditions.is_empty() && schema.position("Id").is_some_and(|place| order.is_own(place)) {
        return Candidates::ById(schema.entity);
    }
    let narrowed = schema.sorted_by.iter().filter_map(|name| {
        let place = schema.position(name)?;
        Some((order.is_own(place), narrow(store, schema, conditions, place)?))
    });
    let (in_order, others): (Vec<_>, Vec<_>) = narrowed.partition(|(in_order, _)| *in_order);
    let in_order = in_order.into_iter().map(|(_, run)| run).next();
    let fewest = others.into_iter().map(|(_, run)| run).min_by_key(|run| run.entries.len());
    match (in_order, fewest) {
        (Some(run), Some(fewest))
            if !run.rest.is_empty() && fewest.entries.len() < run.entries.len() / WORTH_SORTING =>
        {
            fewest.loose()
        }
        (Some(run), _) => Candidates::Sorted(run),
        (None, Some(fewest)) => fewest.loose(),
        (None, None) => Candidates::Loose(Box::new(store.all(schema.entity))),
    }
}

impl<'a> Candidates<'a> {
    /// How many meet the conditions, and those from `begin` on, `size` of them, in this order.
    pub(super) fn find(
        self,
        store: &'a Store,
        conditions: &[Condition],
        order: &Order,
        begin: usize,
        size: usize,
    ) -> (usize, Vec<&'a Record>) {
        match self {
            Self::Loose(records) => {
                let mut known = Known::new(store, conditions.iter());
                let found: Vec<&Record> = records.filter(|record| known.all_hold(record)).collect();
                let total = found.len();
                let (begin, end) = (begin.min(total), begin.saturating_add(size).min(total));
                (total, order.slice(store, found, begin, end))
            }
            Self::ById(entity) => {
                let records = store.by_id(entity);
                if order.descending() {
                    page(store, &[], records.rev(), begin, size)
                } else {
                    page(store, &[], records, begin, size)
                }
            }
            Self::Sorted(run) => {
                let records = run.entries.iter().map(|entry| entry.record.as_ref());
                if order.descending() {
                    page(store, &run.rest, records.rev(), begin, size)
                } else {
                    page(store, &run.rest, records, begin, size)
                }
            }
        }
    }
}

impl<'a> Narrowed<'a> {
    fn loose(self) -> Candidates<'a> {
        Candidates::Loose(Box::new(self.entries.iter().map(|entry| entry.record.as_ref())))
    }
}

fn page<'a>(
    store: &Store,
    rest: &[&Condition],
    records: impl ExactSizeIterator<Item = &'a Record>,
    begin: usize,
    size: usize,
) -> (usize, Vec<&'a Record>) {
    if rest.is_empty() {
        return (records.len(), records.skip(begin).take(size).collect());
    }
    let (mut total, mut found) = (0, Vec::new());
    let mut known = Known::new(store, rest.iter().copied());
    for record in records.filter(|record| known.all_hold(record)) {
        if total >= begin && found.len() < size {
            found.push(record);
        }
        total += 1;
    }
    (total, found)
}

/// Conditions, and what was found of them for the records that others refer to: a million visits have few members.
struct Known<'a> {
    store: &'a Store,
    conditions: Vec<(&'a Condition, HashMap<i64, bool>)>,
}

impl<'a> Known<'a> {
    fn new(store: &'a Store, conditions: impl Iterator<Item = &'a Condition>) -> Self {
        Self { store, conditions: conditions.map(|condition| (condition, HashMap::new())).collect() }
    }

    fn all_hold(&mut self, record: &Record) -> bool {
        let store = self.store;
        self.conditions.iter_mut().all(|(condition, known)| match condition.target.other(record) {
            Some(id) => *known.entry(id).or_insert_with(|| condition.holds(store, record)),
            None => condition.holds(store, record),
        })
    }
}

/// The records sorted by the field at this place, without those that the conditions on it and on the location leave out.
fn narrow<'a>(store: &'a Store, schema: &Schema, conditions: &'a [Condition], place: usize) -> Option<Narrowed<'a>> {
    let of_business = |condition: &Condition| condition.wants(schema.position("BusinessId")?);
    let business = conditions.iter().find_map(of_business);
    let mut entries = store.sorted(schema.entity, place, business)?;
    let mut rest = Vec::new();
    for condition in conditions {
        if business.is_some() && of_business(condition) == business {
            continue;
        }
        let exact = match condition.bounds(place) {
            None => false,
            Some(Bound::Least { moment, exact }) => {
                entries = &entries[entries.partition_point(|entry| entry.time < Some(moment))..];
                exact
            }
            Some(Bound::Most { moment, exact }) => {
                // No time at all is in no range.
                let first = entries.partition_point(|entry| entry.time.is_none());
                entries = &entries[first..];
                entries = &entries[..entries.partition_point(|entry| entry.time <= Some(moment))];
                exact
            }
        };
        if !exact {
            rest.push(condition);
        }
    }
    Some(Narrowed { entries, rest })
}
