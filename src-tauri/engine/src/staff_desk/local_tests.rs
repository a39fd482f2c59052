//! Where the rows of this kiosk stand among the records.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::super::view::failures::FailureOrder;
use super::*;

fn row(name: String, second: i64) -> FailureRow {
    FailureRow {
        key: FailureKey::Tap { entry: name },
        kind: FailureKind::NeedsStaff,
        attempted_at: Some(DateTime::UNIX_EPOCH + TimeDelta::seconds(second)),
        attempted_local: None,
        coworker: None,
        member: None,
        location: None,
        source: None,
        mac_addresses: None,
        teams: None,
        tariff: None,
        description: None,
        tile: None,
        created_at: None,
        updated_at: None,
    }
}

fn place(second: i64) -> Place {
    Place::Time(Some(DateTime::UNIX_EPOCH + TimeDelta::seconds(second)))
}

proptest! {
    /// Whatever the times, ties among them, and however long the blocks: each row stands in one block, and all are in
    /// order.
    #[test]
    fn every_tap_stands_once_and_in_its_place(
        mut records in prop::collection::vec(0i64..40, 0..30), mut taps in prop::collection::vec(-3i64..43, 0..12),
        length in 1usize..7, ascending: bool,
    ) {
        let wanted = Wanted { by: FailureOrder::Attempted, ascending };
        for list in [&mut records, &mut taps] {
            list.sort_unstable_by(|one, other| wanted.compare(one, other));
        }
        let rows: Vec<FailureRow> = taps.iter().enumerate().map(|(number, second)| row(format!("t{number}"), *second)).collect();
        let blocks: Vec<&[i64]> = if records.is_empty() { vec![&[]] } else { records.chunks(length).collect() };
        let mut shown = Vec::new();
        for (number, block) in blocks.iter().enumerate() {
            let after = number.checked_sub(1).and_then(|before| blocks[before].last()).map(|second| place(*second));
            let until = block.last().filter(|_| number + 1 < blocks.len()).map(|second| place(*second));
            let placed = block.iter().map(|second| (place(*second), row("record".to_owned(), *second))).collect();
            shown.extend(merge(wanted, &Stretch { after, until }, placed, rows.clone()));
        }
        prop_assert_eq!(shown.len(), records.len() + taps.len());
        prop_assert!(shown.is_sorted_by(|one, other| wanted.compare(&one.attempted_at, &other.attempted_at) != std::cmp::Ordering::Greater));
        let names: Vec<FailureKey> = shown.iter().filter(|row| row.key != FailureKey::Tap { entry: "record".to_owned() }).map(|row| row.key.clone()).collect();
        prop_assert_eq!(names, rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>());
    }
}
