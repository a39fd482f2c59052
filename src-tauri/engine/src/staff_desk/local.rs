//! What this kiosk alone knows, as rows of the list, and where they stand among the service's records.

use super::StaffDesk;
use super::order::{Place, Wanted};
use super::question::Question;
use super::view::DeskProblem;
use super::view::failures::{FailureKey, FailureKind, FailureRow};
use crate::journal::{Concern, KeptTap};

impl StaffDesk {
    /// The rows that this kiosk adds to the answer, in the order that is wanted.
    pub(super) async fn taps(&self, question: &Question) -> Result<Vec<FailureRow>, DeskProblem> {
        let mut taps = self.rooms.journal.taps_for_staff().await?;
        taps.retain(|tap| question.is_answered_by_tap(tap, &self.rooms.directory));
        let wanted = Wanted::from(&question.query);
        // Where the order is no order of times the newest stands first.
        let order = Wanted { ascending: wanted.ascending && wanted.is_of_times(), ..wanted };
        taps.sort_by(|one, other| order.compare(&(one.tapped_at, one.entry), &(other.tapped_at, other.entry)));
        Ok(taps.iter().filter_map(|tap| self.tap_row(tap)).collect())
    }

    /// The row of a tap; none for one that concerns nobody.
    pub(super) fn tap_row(&self, tap: &KeptTap) -> Option<FailureRow> {
        let (kind, description) = match &tap.concern {
            Concern::NeedsStaff(reason) => (FailureKind::NeedsStaff, Some(reason.clone())),
            Concern::Unusable => (FailureKind::UnusableTile, None),
            Concern::None => return None,
        };
        Some(FailureRow {
            key: FailureKey::Tap { entry: tap.entry.to_string() },
            kind,
            attempted_at: Some(tap.tapped_at),
            attempted_local: Some(self.zone.local(tap.tapped_at)),
            coworker: tap.coworker.map(|id| id.0),
            member: tap.coworker.and_then(|id| self.rooms.directory.known(id)).map(|member| member.full_name),
            location: None,
            source: Some(tap.source.number()),
            mac_addresses: None,
            teams: None,
            tariff: None,
            description,
            tile: tap.tile.as_ref().map(tapdesk_core::tile::TileId::masked),
            created_at: Some(tap.tapped_at),
            updated_at: Some(tap.tapped_at),
        })
    }
}

/// A block's records as rows, and the ends between which it takes rows of this kiosk.
#[derive(Debug)]
pub(super) struct Stretch {
    /// The place of the last record of the block before; none for the first block.
    pub(super) after: Option<Place>,
    /// The place of its own last record; none for the last block, which takes all that is left.
    pub(super) until: Option<Place>,
}

/// Puts the rows of this kiosk that belong into the stretch where they stand among its records.
pub(super) fn merge(
    wanted: Wanted,
    stretch: &Stretch,
    records: Vec<(Place, FailureRow)>,
    taps: Vec<FailureRow>,
) -> Vec<FailureRow> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let before = |one: &Place, other: &Place| wanted.compare(one, other);
    let placed = taps.into_iter().map(|tap| (Place::Time(tap.attempted_at), tap)).filter(|(place, _)| {
        stretch.after.as_ref().is_none_or(|after| before(place, after) == Greater)
            && stretch.until.as_ref().is_none_or(|until| matches!(before(place, until), Less | Equal))
    });
    let mut taps = placed.peekable();
    let mut rows = Vec::with_capacity(records.len());
    for (place, row) in records {
        while let Some((_, tap)) = taps.next_if(|(tap, _)| before(tap, &place) == Less) {
            rows.push(tap);
        }
        rows.push(row);
    }
    rows.extend(taps.map(|(_, tap)| tap));
    rows
}

#[cfg(test)]
#[path = "local_tests.rs"]
mod tests;
