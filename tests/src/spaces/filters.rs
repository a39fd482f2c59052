//! Filters of a list: names to fields, values to tests (nexudus-api.md section 3.3).
//!
//! Unknown names are passed over, so a typing mistake returns everything; so are values that cannot be read, unless a
//! switch has them rejected.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use super::dates;
use super::lists::is_tile_field;
use super::records::{Cell, Record, choice};
use super::schema::{Field, Kind, Schema};
use super::store::Store;
use super::switches::{FobFilter, MalformedFilter, Switches, TextFilter};

/// A field of the record, or of the record that a reference points to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    place: usize,
    through: Option<usize>,
    /// The reference of the record on which alone the cell depends, where there is such a one.
    reference: Option<usize>,
}

impl Target {
    pub(crate) fn own(place: usize) -> Self {
        Self { place, through: None, reference: None }
    }

    /// The id of the other record on which alone the cell depends.
    pub(crate) fn other(self, record: &Record) -> Option<i64> {
        match record.at(self.reference?) {
            Some(Cell::Integer(id)) => Some(*id),
            _ => None,
        }
    }

    /// Whether it is the record's own field at this place.
    pub(crate) fn is_own(self, place: usize) -> bool {
        self.place == place && self.through.is_none()
    }

    pub(crate) fn cell<'a>(self, store: &'a Store, record: &'a Record) -> Option<Cow<'a, Cell>> {
        let Some(place) = self.through else { return store.value(record, self.place) };
        let (Kind::Reference(entity), Some(Cell::Integer(id))) =
            (record.entity.schema().fields[self.place].kind, record.at(self.place))
        else {
            return None;
        };
        store.value(store.get(entity, *id)?, place)
    }
}

/// The field a filter or order name stands for: `FromTime`, `Coworker` (its id), `Coworker_FullName`.
pub(crate) fn target(schema: &'static Schema, name: &str) -> Option<Target> {
    resolve(schema, name).map(|(target, _, _)| target)
}

fn resolve(schema: &'static Schema, name: &str) -> Option<(Target, Kind, &'static str)> {
    let reference = |name: &str| {
        let place = schema.position(&format!("{name}Id"))?;
        matches!(schema.fields[place].kind, Kind::Reference(_)).then_some(place)
    };
    let own = |place: usize| {
        let Field { kind, name, .. } = schema.fields[place];
        let reference = if let Kind::Through(reference, _) = kind { schema.position(reference) } else { None };
        (Target { reference, ..Target::own(place) }, kind, name)
    };
    if let Some(place) = schema.position(name).or_else(|| reference(name)) {
        return Some(own(place));
    }
    let (head, tail) = name.split_once('_')?;
    let place = reference(head)?;
    let Kind::Reference(entity) = schema.fields[place].kind else { return None };
    let inner = entity.schema();
    let through = inner.position(tail)?;
    let field = inner.fields[through];
    Some((Target { place, through: Some(through), reference: Some(place) }, field.kind, field.name))
}

#[derive(Debug, Clone)]
enum Test {
    Null,
    Contains(String),
    Equals(String),
    Nobody,
    OneOf(Vec<i64>),
    Amount(f64),
    Flag(bool),
    Second(DateTime<Utc>),
    From(Cell),
    To(Cell),
}

/// One end of a range of moments.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bound {
    /// None before this; `exact` where that is all that the condition asks.
    Least { moment: DateTime<Utc>, exact: bool },
    /// None after this.
    Most { moment: DateTime<Utc>, exact: bool },
}

/// One filter of a query.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) target: Target,
    test: Test,
    /// The moment of which the field is the wall clock.
    shown: Option<usize>,
}

impl Condition {
    pub(crate) fn holds(&self, store: &Store, record: &Record) -> bool {
        self.decided_by_utc(record).unwrap_or_else(|| self.holds_for_cell(store, record))
    }

    fn holds_for_cell(&self, store: &Store, record: &Record) -> bool {
        let cell = self.target.cell(store, record);
        let Some(cell) = cell.as_deref() else { return matches!(self.test, Test::Null) };
        match (&self.test, cell) {
            (Test::Contains(part), Cell::Text(text)) => text.to_lowercase().contains(part.as_str()),
            (Test::Equals(whole), Cell::Text(text)) => text.to_lowercase() == *whole,
            (Test::OneOf(wanted), Cell::Integer(number)) => wanted.contains(number),
            (Test::Amount(wanted), Cell::Decimal(number)) => wanted.total_cmp(number) == Ordering::Equal,
            (Test::Flag(wanted), Cell::Flag(flag)) => wanted == flag,
            (Test::Second(wanted), Cell::Moment(moment)) => moment.with_nanosecond(0) == Some(*wanted),
            (Test::From(least), cell) => cell.order(least) != Ordering::Less,
            (Test::To(most), cell) => cell.order(most) != Ordering::Greater,
            _ => false,
        }
    }

    /// What the moment in UTC tells already of its wall clock, from which it is less than a day away.
    fn decided_by_utc(&self, record: &Record) -> Option<bool> {
        let Some(Cell::Moment(moment)) = record.at(self.shown?) else { return None };
        match &self.test {
            Test::From(Cell::Moment(least)) => {
                let distance = *moment - *least;
                (distance.abs() > TimeDelta::days(1)).then(|| distance > TimeDelta::zero())
            }
            Test::To(Cell::Moment(most)) => {
                let distance = *moment - *most;
                (distance.abs() > TimeDelta::days(1)).then(|| distance < TimeDelta::zero())
            }
            _ => None,
        }
    }

    /// What this condition says of the record's own moment at a place, where it bounds it.
    pub(crate) fn bounds(&self, place: usize) -> Option<Bound> {
        let (day, cell): (TimeDelta, _) = match &self.test {
            Test::From(cell) => (TimeDelta::days(-1), cell),
            Test::To(cell) => (TimeDelta::days(1), cell),
            _ => return None,
        };
        let Cell::Moment(moment) = cell else { return None };
        let exact = self.target.is_own(place);
        if !exact && self.shown != Some(place) {
            return None;
        }
        let moment = if exact { *moment } else { moment.checked_add_signed(day)? };
        Some(match &self.test {
            Test::From(_) => Bound::Least { moment, exact },
            _ => Bound::Most { moment, exact },
        })
    }

    /// The one number this condition asks of a field of the record itself.
    pub(crate) fn wants(&self, place: usize) -> Option<i64> {
        match &self.test {
            Test::OneOf(wanted) if self.target.is_own(place) => match wanted.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The conditions of a query, those not understood left out; or the name of one whose value has to be rejected.
pub(crate) fn conditions(
    schema: &'static Schema,
    pairs: &[(String, String)],
    switches: &Switches,
) -> Result<Vec<Condition>, String> {
    let mut conditions = Vec::new();
    let is_known = |name: &str| !switches.unknown_filters.iter().any(|unknown| unknown.eq_ignore_ascii_case(name));
    for (name, value) in pairs.iter().filter(|(name, value)| !value.is_empty() && is_known(name)) {
        match condition(schema, name, value, switches) {
            None => {}
            Some(Ok(condition)) => conditions.push(condition),
            Some(Err(Unreadable)) if switches.malformed_filter == MalformedFilter::Ignored => {}
            Some(Err(Unreadable)) => return Err(name.clone()),
        }
    }
    Ok(conditions)
}

/// A value that does not fit the field of its filter.
struct Unreadable;

/// `None` when the name is not that of a filter.
fn condition(
    schema: &'static Schema,
    name: &str,
    value: &str,
    switches: &Switches,
) -> Option<Result<Condition, Unreadable>> {
    let own = |name: &str| resolve(schema, without_prefix(name, schema.name)?.strip_prefix('_')?);
    let (target, test) = if name.eq_ignore_ascii_case("Id") || name.eq_ignore_ascii_case("UniqueId") {
        let (target, kind, name) = resolve(schema, name)?;
        (target, test(kind, name, value, switches))
    } else if let Some(rest) = without_prefix(name, "from_") {
        let (target, kind, _) = own(rest)?;
        (target, bound(kind, value).map(Test::From))
    } else if let Some(rest) = without_prefix(name, "to_") {
        let (target, kind, _) = own(rest)?;
        (target, bound(kind, value).map(Test::To))
    } else {
        let (target, kind, name) = own(name)?;
        (target, test(kind, name, value, switches))
    };
    let shown = match schema.fields[target.place].kind {
        Kind::WallClock(name) if target.through.is_none() => schema.position(name),
        _ => None,
    };
    Some(test.map(|test| Condition { target, test, shown }).ok_or(Unreadable))
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

fn test(kind: Kind, name: &str, value: &str, switches: &Switches) -> Option<Test> {
    if value.eq_ignore_ascii_case("null") && switches.null_filter {
        return Some(Test::Null);
    }
    match kind {
        Kind::Integer | Kind::OptionalInteger | Kind::Reference(_) => match bracketed(value) {
            Some(several) => Some(Test::OneOf(several)),
            None => value.trim().parse().ok().map(|number| Test::OneOf(vec![number])),
        },
        Kind::Choice(names) => {
            choice(names, value).or_else(|| value.trim().parse().ok()).map(|number| Test::OneOf(vec![number]))
        }
        Kind::Decimal => value.trim().parse().ok().map(Test::Amount),
        Kind::Flag => value.trim().to_ascii_lowercase().parse().ok().map(Test::Flag),
        Kind::Moment | Kind::WallClock(_) => dates::read(value)?.with_nanosecond(0).map(Test::Second),
        Kind::Text if is_tile_field(kind, name) => Some(match switches.fob_filter {
            FobFilter::Contains => Test::Contains(value.to_lowercase()),
            FobFilter::Exact => Test::Equals(value.to_lowercase()),
            FobFilter::Broken => Test::Nobody,
        }),
        Kind::Text | Kind::Through(..) | Kind::Label => Some(match switches.text_filter {
            TextFilter::Contains => Test::Contains(value.to_lowercase()),
            TextFilter::Exact => Test::Equals(value.to_lowercase()),
        }),
        Kind::Collection | Kind::Nothing => None,
    }
}

fn bound(kind: Kind, value: &str) -> Option<Cell> {
    match kind {
        Kind::Moment | Kind::WallClock(_) => dates::read(value).map(Cell::Moment),
        Kind::Integer | Kind::OptionalInteger | Kind::Reference(_) => value.trim().parse().ok().map(Cell::Integer),
        Kind::Decimal => value.trim().parse().ok().map(Cell::Decimal),
        _ => None,
    }
}

/// The numbers of `[1,2,3]`.
pub(crate) fn bracketed(text: &str) -> Option<Vec<i64>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    inner.split(',').filter(|part| !part.trim().is_empty()).map(|part| part.trim().parse().ok()).collect()
}
