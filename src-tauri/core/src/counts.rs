//! Counting for the staff's charts: by hour, by day, by anything. Hours and days are those of the location's clock.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

/// How many fall into each of the 24 hours of a day.
pub fn by_hour(moments: impl IntoIterator<Item = NaiveDateTime>) -> [u32; 24] {
    let mut counts = [0u32; 24];
    for moment in moments {
        // An hour is below 24.
        if let Some(count) = usize::try_from(moment.hour()).ok().and_then(|hour| counts.get_mut(hour)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// How many fall on each day from the first to the last; what lies outside counts nowhere.
pub fn by_day(first: NaiveDate, last: NaiveDate, days: impl IntoIterator<Item = NaiveDate>) -> Vec<(NaiveDate, u32)> {
    let found = by(days);
    let all = first.iter_days().take_while(|day| *day <= last);
    all.map(|day| (day, found.get(&day).copied().unwrap_or_default())).collect()
}

/// How many there are of each.
pub fn by<K: Ord>(keys: impl IntoIterator<Item = K>) -> BTreeMap<K, u32> {
    let mut counts = BTreeMap::new();
    for key in keys {
        let count: &mut u32 = counts.entry(key).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// The most frequent first; the equally frequent in their own order.
pub fn most_frequent_first<K: Ord>(counts: BTreeMap<K, u32>) -> Vec<(K, u32)> {
    let mut counts: Vec<(K, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn first_of_march() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
    }

    #[test]
    fn the_most_frequent_stands_first_and_ties_keep_their_order() {
        let counts = most_frequent_first(by(["b", "a", "c", "c", "b"]));
        assert_eq!(counts, [("b", 2), ("c", 2), ("a", 1)]);
    }

    #[test]
    fn days_without_anything_are_there() {
        let first = first_of_march();
        let day = |number: u64| first + Days::new(number);
        let counts = by_day(first, day(2), [day(2), day(0), day(2), day(3), first - Days::new(1)]);
        assert_eq!(counts, [(day(0), 1), (day(1), 0), (day(2), 2)]);
        assert_eq!(by_day(day(1), day(0), [day(0)]), []);
    }

    proptest! {
        /// Against a count by another way: sort, and measure the runs.
        #[test]
        fn each_hour_and_each_key_counts_once(minutes in prop::collection::vec(0u32..1440, 0..200)) {
            let moments = minutes.iter().map(|minute| first_of_march().and_hms_opt(minute / 60, minute % 60, 59).unwrap());
            let hours = by_hour(moments);
            let mut sorted: Vec<u32> = minutes.iter().map(|minute| minute / 60).collect();
            sorted.sort_unstable();
            for run in sorted.chunk_by(|one, other| one == other) {
                prop_assert_eq!(hours[run[0] as usize] as usize, run.len());
            }
            prop_assert_eq!(hours.iter().sum::<u32>() as usize, minutes.len());
            let keyed = most_frequent_first(by(minutes.iter().map(|minute| minute % 7)));
            prop_assert!(keyed.is_sorted_by(|one, other| one.1 > other.1 || (one.1 == other.1 && one.0 < other.0)));
        }
    }
}
