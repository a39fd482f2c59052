//! Refused visits in bulk: a year of a busy place in seconds, the same records for the same call on the same day.
//!
//! They are made outside the lock and stored in lots of [`LOT`], so that the service answers meanwhile. Texts that are
//! alike share one place in memory.

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::handle::State;
use super::records::{Cell, Record};
use super::schema::Entity;
use super::state::Inner;

/// So many records are stored at a time.
const LOT: usize = 5_000;
/// Every so many-th record has no member: a tile that nobody has.
const UNKNOWN_EVERY: u64 = 8;
/// `Description` of those.
const UNKNOWN: &str = "Nobody has this tile.";
/// Why members are refused; the first ones more often. One is empty and one holds marks of HTML, as the service may have.
const REASONS: [&str; 8] = [
    "No pass covers this visit.",
    "You have used 3 of 3 check-ins this week.",
    "Your last pass ended on 3 March 2025.",
    "Your pass is not valid at Quay House.",
    "Your pass is valid from 08:00 to 12:00.",
    "This account is not active.",
    "<b>No pass</b> covers this visit &amp; none can be bought at the desk today.",
    "",
];
/// Visits are refused from this hour, UTC, for [`OPEN_HOURS`].
const OPENS: u32 = 7;
const OPEN_HOURS: i64 = 13;

/// How many refused visits, and where and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ManyFailedCheckins {
    /// How many.
    pub count: usize,
    /// Spread evenly over so many whole days, the last of which is yesterday, UTC.
    pub days: u32,
    /// At this location; none = nine in ten at the first one, the others at the rest.
    pub business_id: Option<i64>,
}

impl Default for ManyFailedCheckins {
    fn default() -> Self {
        Self { count: 0, days: 365, business_id: None }
    }
}

/// Whom and what the records speak of.
struct Cast {
    coworkers: Vec<(i64, Option<Arc<str>>)>,
    businesses: Vec<i64>,
    begin: DateTime<Utc>,
    first_id: i64,
    texts: Texts,
    places: Places,
}

struct Texts {
    system: Arc<str>,
    unknown: Arc<str>,
    reasons: Vec<Arc<str>>,
    devices: Vec<Arc<str>>,
    teams: Vec<Arc<str>>,
}

/// The places of the fields.
struct Places {
    coworker: usize,
    business: usize,
    attempt: usize,
    source: usize,
    mac: usize,
    teams: usize,
    tariff: usize,
    description: usize,
    id: usize,
    updated: usize,
    created: usize,
    unique: usize,
    updated_by: usize,
}

/// Stores so many refused visits of the members that are there, and of nobody known.
pub(crate) fn add(state: &State, many: &ManyFailedCheckins) {
    if many.count == 0 {
        return;
    }
    let cast = state.change(|inner| {
        let mut cast = Cast::new(inner, many);
        // Ids are given out at once, so that whatever is stored meanwhile gets others.
        cast.first_id = inner.store.next_ids(Entity::FailedCheckin, many.count);
        cast
    });
    for begin in (0..many.count).step_by(LOT) {
        let end = many.count.min(begin + LOT);
        let lot: Vec<Record> = (begin..end).map(|number| cast.record(number, many)).collect();
        state.change(|inner| inner.store.insert_new(Entity::FailedCheckin, lot));
    }
}

impl Cast {
    fn new(inner: &Inner, many: &ManyFailedCheckins) -> Self {
        let plan = |coworker: &Record| {
            let plan = inner.store.get(Entity::Tariff, coworker.integer("TariffId")?)?;
            plan.text("Name").map(Arc::from)
        };
        let businesses = match many.business_id {
            Some(business) => vec![business],
            None => inner.store.all(Entity::Business).map(Record::id).collect(),
        };
        let today = inner.now().date_naive().and_time(NaiveTime::MIN).and_utc();
        let shared = |texts: &[&str]| texts.iter().map(|text| Arc::from(*text)).collect();
        Self {
            coworkers: inner.store.all(Entity::Coworker).map(|coworker| (coworker.id(), plan(coworker))).collect(),
            businesses,
            begin: today - TimeDelta::days(i64::from(many.days.max(1))),
            first_id: 0,
            texts: Texts {
                system: "system".into(),
                unknown: UNKNOWN.into(),
                reasons: shared(&REASONS),
                devices: (0..50).map(|device| format!("AA:BB:CC:00:00:{device:02X}").into()).collect(),
                teams: shared(&["Design", "Finance", "Web"]),
            },
            places: Places::new(),
        }
    }

    /// The record of this number, from 0; later numbers have later times.
    fn record(&self, number: usize, many: &ManyFailedCheckins) -> Record {
        let (texts, places) = (&self.texts, &self.places);
        let order = number as u64;
        let at = self.moment(order, many);
        let chance = mixed(order);
        let member = (!self.coworkers.is_empty() && !order.is_multiple_of(UNKNOWN_EVERY))
            .then(|| &self.coworkers[place(mixed(chance), self.coworkers.len())]);
        let business = match self.businesses.as_slice() {
            [] => None,
            [only] => Some(*only),
            [first, others @ ..] => {
                Some(if chance.is_multiple_of(10) { others[place(chance / 10, others.len())] } else { *first })
            }
        };
        // Of two places the lower one: the first reasons are met more often.
        let reason = place(chance >> 8, REASONS.len()).min(place(chance >> 16, REASONS.len()));
        let source = [4, 4, 4, 4, 4, 4, 2, 3, 1][place(chance >> 24, 9)];
        let id = self.first_id.saturating_add_unsigned(order);
        let description = if member.is_some() { &texts.reasons[reason] } else { &texts.unknown };
        let device = (source == 3).then(|| &texts.devices[place(chance >> 32, texts.devices.len())]);
        let team = chance.is_multiple_of(5).then(|| &texts.teams[place(chance >> 40, texts.teams.len())]);
        let text = |text: Option<&Arc<str>>| text.map(|text| Cell::Text(Arc::clone(text)));
        let written = at + TimeDelta::seconds(i64::from(chance.is_multiple_of(3)));
        let cells = [
            (places.coworker, member.map(|(id, _)| Cell::Integer(*id))),
            (places.business, business.map(Cell::Integer)),
            (places.attempt, Some(Cell::Moment(at))),
            (places.source, Some(Cell::Integer(source))),
            (places.mac, text(device)),
            (places.teams, text(team.filter(|_| member.is_some()))),
            (places.tariff, text(member.and_then(|(_, plan)| plan.as_ref()))),
            (places.description, text(Some(description))),
            (places.id, Some(Cell::Integer(id))),
            (places.updated, Some(Cell::Moment(written))),
            (places.created, Some(Cell::Moment(written))),
            (places.unique, Some(Cell::text(Uuid::from_u64_pair(chance, id.unsigned_abs()).to_string()))),
            (places.updated_by, text(Some(&texts.system))),
        ];
        let mut stored = Vec::with_capacity(cells.len());
        stored.extend(cells.into_iter().filter_map(|(place, cell)| Some((place, cell?))));
        // Stands in the order of the fields already, and has to.
        stored.sort_unstable_by_key(|(place, _)| *place);
        Record::of_cells(Entity::FailedCheckin, stored)
    }

    /// Within the open hours of its day, most of them in the morning.
    fn moment(&self, order: u64, many: &ManyFailedCheckins) -> DateTime<Utc> {
        let (count, days) = (many.count.max(1) as u64, u64::from(many.days.max(1)));
        let day = order * days / count;
        let first = (day * count).div_ceil(days);
        let next = ((day + 1) * count).div_ceil(days);
        let (of, all) = (order - first, (next - first).max(1));
        let open = u64::try_from(TimeDelta::hours(OPEN_HOURS).num_seconds()).unwrap_or_default();
        // The square: half of a day's refusals fall into its first quarter.
        let second = open * of / all * of / all;
        let seconds = day * 86_400 + u64::from(OPENS) * 3_600 + second;
        self.begin + TimeDelta::seconds(i64::try_from(seconds).unwrap_or_default())
    }
}

impl Places {
    fn new() -> Self {
        let schema = Entity::FailedCheckin.schema();
        let place = |name| schema.position(name).unwrap_or_default();
        Self {
            coworker: place("CoworkerId"),
            business: place("BusinessId"),
            attempt: place("CheckinAttemptTime"),
            source: place("Source"),
            mac: place("MacAddresses"),
            teams: place("TeamsAtTheTimeOfCheckin"),
            tariff: place("TariffAtTheTimeOfCheckin"),
            description: place("Description"),
            id: place("Id"),
            updated: place("UpdatedOn"),
            created: place("CreatedOn"),
            unique: place("UniqueId"),
            updated_by: place("UpdatedBy"),
        }
    }
}

/// A number that looks random and is the same for the same one (the last steps of `SplitMix64`).
fn mixed(number: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn place(chance: u64, length: usize) -> usize {
    usize::try_from(chance % length.max(1) as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::super::seed;
    use super::super::state::Inner;
    use super::super::switches::Switches;
    use super::*;

    fn planted(many: &ManyFailedCheckins) -> (State, Vec<Value>) {
        let state = State::new(Inner::new(Switches::default(), Vec::new()));
        seed::plant(&state).expect("the default seed");
        add(&state, many);
        let records = state.records(Entity::FailedCheckin);
        (state, records)
    }

    fn different(records: &[Value], name: &str) -> BTreeSet<String> {
        records.iter().map(|record| record[name].to_string()).collect()
    }

    #[test]
    fn they_are_spread_over_members_days_places_and_reasons() {
        let many = ManyFailedCheckins { count: 12_000, days: 30, business_id: None };
        let (state, records) = planted(&many);
        assert_eq!(records.len(), 12_000);
        assert_eq!(different(&records, "Id").len(), 12_000);
        assert_eq!(different(&records, "UniqueId").len(), 12_000);
        let days: BTreeSet<&str> =
            records.iter().filter_map(|record| record["CreatedOn"].as_str()?.get(..10)).collect();
        assert_eq!(days.len(), 30);
        let today = state.read(Inner::now).date_naive().to_string();
        assert!(days.iter().all(|day| *day < today.as_str()), "{days:?}");
        assert_eq!(different(&records, "CoworkerId").len(), 21, "every member, and nobody");
        assert_eq!(records.iter().filter(|record| record["CoworkerId"].is_null()).count(), 1_500);
        assert_eq!(different(&records, "Description").len(), REASONS.len() + 1);
        assert_eq!(different(&records, "Source").len(), 4);
        for (place, least, most) in [(seed::QUAY_HOUSE, 10_500, 11_100), (seed::MILL_YARD, 900, 1_500)] {
            let there = records.iter().filter(|record| record["BusinessId"] == place).count();
            assert!((least..most).contains(&there), "{place}: {there}");
        }
        let attempts: Vec<&Value> = records.iter().map(|record| &record["CheckinAttemptTime"]).collect();
        assert!(attempts.is_sorted_by_key(|attempt| attempt.as_str()), "in the order of their ids");
        let next = ManyFailedCheckins { count: 1, days: 1, business_id: Some(seed::MILL_YARD) };
        add(&state, &next);
        let last = state.records(Entity::FailedCheckin).pop().expect("a record");
        assert_eq!((&last["Id"], &last["BusinessId"]), (&Value::from(70_012_001), &Value::from(seed::MILL_YARD)));
    }

    #[test]
    fn the_same_call_makes_the_same_records() {
        let many = ManyFailedCheckins { count: 500, ..ManyFailedCheckins::default() };
        assert_eq!(planted(&many).1, planted(&many).1);
    }
}
