//! In which order records came, and in which they are wanted.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::view::failures::{FailureOrder, FailureQuery};
use crate::names::folded;
use crate::spaces::records::failed_checkin::FailedCheckin;
use crate::spaces::records::source::CheckinSource;

/// By so many to one the neighbours of a page must say the same before its order is believed: the service sorts texts in
/// its own way.
const CLEARLY: usize = 3;

/// The order that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    /// By what.
    pub(super) by: FailureOrder,
    /// Smallest first.
    pub(super) ascending: bool,
}

/// A record's place in an order; what has none comes before all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Of an order of times.
    Time(Option<DateTime<Utc>>),
    /// Of an order of numbers.
    Number(Option<i64>),
    /// Of an order of texts, without case and accents.
    Text(Option<String>),
}

impl From<&FailureQuery> for Wanted {
    fn from(query: &FailureQuery) -> Self {
        Self { by: query.order, ascending: query.ascending }
    }
}

impl Wanted {
    /// Whether it is an order of times, in which a tap of this kiosk has its place too.
    pub(super) fn is_of_times(self) -> bool {
        matches!(self.by, FailureOrder::Attempted | FailureOrder::Created | FailureOrder::Updated)
    }

    /// Where the record stands.
    pub(super) fn place(self, record: &FailedCheckin) -> Place {
        let text = |text: &Option<String>| Place::Text(text.as_deref().map(folded));
        match self.by {
            FailureOrder::Attempted => Place::Time(record.attempted_at),
            FailureOrder::Created => Place::Time(record.common.created_on),
            FailureOrder::Updated => Place::Time(record.common.updated_on),
            FailureOrder::Member => text(&record.coworker_full_name),
            FailureOrder::Location => text(&record.business_name),
            FailureOrder::Source => Place::Number(record.source.as_ref().and_then(CheckinSource::number)),
            FailureOrder::Tariff => text(&record.tariff),
            FailureOrder::Teams => text(&record.teams),
            FailureOrder::Description => text(&record.description),
        }
    }

    /// Which of two places comes first.
    pub(super) fn compare<P: Ord>(self, one: &P, other: &P) -> Ordering {
        if self.ascending { one.cmp(other) } else { other.cmp(one) }
    }

    /// Puts what was received into order.
    pub(super) fn sort(self, records: &mut [FailedCheckin]) {
        records.sort_by_cached_key(|record| (self.place(record), record.id));
        if !self.ascending {
            records.reverse();
        }
    }

    /// Whether what was received came the other way round; none where it does not say.
    pub(super) fn is_turned(self, records: &[FailedCheckin]) -> Option<bool> {
        let places: Vec<Place> = records.iter().map(|record| self.place(record)).collect();
        let said = |ordering| places.windows(2).filter(|pair| self.compare(&pair[0], &pair[1]) == ordering).count();
        let (right, turned) = (said(Ordering::Less), said(Ordering::Greater));
        if turned > CLEARLY * right {
            Some(true)
        } else if right > CLEARLY * turned {
            Some(false)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spaces::records::Record;

    fn records(minutes: &[Option<u32>]) -> Vec<FailedCheckin> {
        let record = |(id, minute): (usize, &Option<u32>)| {
            let at = minute.map(|minute| format!("2026-03-01T10:{minute:02}:00Z"));
            FailedCheckin::read(&json!({ "Id": id, "CheckinAttemptTime": at, "Description": "Ä" })).unwrap()
        };
        minutes.iter().enumerate().map(record).collect()
    }

    #[test]
    fn what_came_says_which_way_it_came() {
        let newest_first = Wanted { by: FailureOrder::Attempted, ascending: false };
        let oldest_first = Wanted { ascending: true, ..newest_first };
        let cases: [(&[Option<u32>], Option<bool>); 6] = [
            (&[Some(5), Some(4), Some(4), Some(1), None], Some(false)),
            (&[None, Some(1), Some(4), Some(5)], Some(true)),
            (&[Some(5), Some(5)], None),
            (&[Some(5)], None),
            (&[], None),
            (&[Some(5), Some(1), Some(4), Some(2)], None),
        ];
        for (minutes, expected) in cases {
            let received = records(minutes);
            assert_eq!(newest_first.is_turned(&received), expected, "{minutes:?}");
            assert_eq!(oldest_first.is_turned(&received), expected.map(|turned| !turned), "{minutes:?}");
        }
    }

    #[test]
    fn what_came_is_sorted_and_ties_go_by_id() {
        let mut received = records(&[Some(4), None, Some(4), Some(5)]);
        let ids = |records: &[FailedCheckin]| records.iter().map(|record| record.id.0).collect::<Vec<_>>();
        Wanted { by: FailureOrder::Attempted, ascending: false }.sort(&mut received);
        assert_eq!(ids(&received), [3, 2, 0, 1]);
        Wanted { by: FailureOrder::Description, ascending: true }.sort(&mut received);
        assert_eq!(ids(&received), [0, 1, 2, 3]);
    }
}
