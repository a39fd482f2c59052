//! Records sorted by their times, all of them and those of each location, kept so as records come and go: a page is found by
//! its place among a million, and a range by its two ends.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::records::{Cell, Record};
use super::schema::Schema;

/// A record in its place; the fields are in the order by which entries are sorted.
#[derive(Debug)]
pub(crate) struct Entry {
    /// None comes first, as in every order of a list.
    pub(crate) time: Option<DateTime<Utc>>,
    id: i64,
    pub(crate) record: Arc<Record>,
}

impl Entry {
    fn key(&self) -> (Option<DateTime<Utc>>, i64) {
        (self.time, self.id)
    }
}

/// The records of one entity by each time of theirs that lists are asked for by.
#[derive(Debug)]
pub(crate) struct Sorted {
    by_time: Vec<ByTime>,
    business: Option<usize>,
}

#[derive(Debug)]
struct ByTime {
    /// The field's.
    place: usize,
    all: Vec<Entry>,
    of_business: HashMap<i64, Vec<Entry>>,
}

impl Sorted {
    pub(crate) fn new(schema: &Schema) -> Self {
        let places = schema.sorted_by.iter().filter_map(|name| schema.position(name));
        let by_time = places.map(|place| ByTime { place, all: Vec::new(), of_business: HashMap::new() }).collect();
        Self { by_time, business: schema.position("BusinessId") }
    }

    /// The records by the field at this place, of one location where one is named; none where they are not sorted by it.
    pub(crate) fn entries(&self, place: usize, business: Option<i64>) -> Option<&[Entry]> {
        let by_time = self.by_time.iter().find(|by_time| by_time.place == place)?;
        Some(match business {
            None => &by_time.all,
            Some(business) => by_time.of_business.get(&business).map(Vec::as_slice).unwrap_or_default(),
        })
    }

    /// Adds records that are not there yet.
    pub(crate) fn add(&mut self, records: &[Arc<Record>]) {
        if self.by_time.is_empty() {
            return;
        }
        let records: Vec<(i64, &Arc<Record>)> = records.iter().map(|record| (record.id(), record)).collect();
        let mut of_business: HashMap<i64, Vec<(i64, &Arc<Record>)>> = HashMap::new();
        for (id, record) in &records {
            if let Some(business) = self.business.and_then(|place| integer(record, place)) {
                of_business.entry(business).or_default().push((*id, record));
            }
        }
        for by_time in &mut self.by_time {
            add(&mut by_time.all, by_time.place, &records);
            for (business, records) in &of_business {
                add(by_time.of_business.entry(*business).or_default(), by_time.place, records);
            }
        }
    }

    /// Takes a record away.
    pub(crate) fn remove(&mut self, record: &Record) {
        let business = self.business.and_then(|place| integer(record, place));
        for by_time in &mut self.by_time {
            let key = (moment(record, by_time.place), record.id());
            remove(&mut by_time.all, key);
            if let Some(entries) = business.and_then(|business| by_time.of_business.get_mut(&business)) {
                remove(entries, key);
            }
        }
    }
}

fn add(entries: &mut Vec<Entry>, place: usize, records: &[(i64, &Arc<Record>)]) {
    let entry =
        |(id, record): &(i64, &Arc<Record>)| Entry { time: moment(record, place), id: *id, record: Arc::clone(record) };
    let mut new: Vec<Entry> = records.iter().map(entry).collect();
    new.sort_unstable_by_key(Entry::key);
    let (Some(first), Some(last)) = (new.first().map(Entry::key), new.last().map(Entry::key)) else { return };
    let gap = place_of(entries, first);
    if entries.get(gap).is_none_or(|next| last < next.key()) {
        entries.splice(gap..gap, new);
    } else {
        for entry in new {
            entries.insert(place_of(entries, entry.key()), entry);
        }
    }
}

fn remove(entries: &mut Vec<Entry>, key: (Option<DateTime<Utc>>, i64)) {
    let place = place_of(entries, key);
    if entries.get(place).is_some_and(|entry| entry.key() == key) {
        entries.remove(place);
    }
}

fn place_of(entries: &[Entry], key: (Option<DateTime<Utc>>, i64)) -> usize {
    entries.partition_point(|entry| entry.key() < key)
}

fn moment(record: &Record, place: usize) -> Option<DateTime<Utc>> {
    match record.at(place) {
        Some(Cell::Moment(moment)) => Some(*moment),
        _ => None,
    }
}

fn integer(record: &Record, place: usize) -> Option<i64> {
    match record.at(place) {
        Some(Cell::Integer(number)) => Some(*number),
        _ => None,
    }
}
