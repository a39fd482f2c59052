//! Taps as staff look at them: those that need them, those that identified nobody, and a tap by its time or its id.

use chrono::{DateTime, Utc};
use tapdesk_core::entry::{Entry, Source};
use tapdesk_core::ids::{CoworkerId, EntryId};
use tapdesk_core::tile::TileId;

use super::JournalError;
use super::database::{Database, FOR_STAFF, UNFINISHED, WATCHED, reason};
use super::row::{Row, written};

/// Taps that identified nobody.
pub(super) const UNUSABLE: &str =
    "WHERE state = 'settled' AND instr(detail, '\"unusable_tile\"') > 0 ORDER BY number, tapped_at, id";
/// Taps of a span of time; the second bound does not count.
pub(super) const BETWEEN: &str = "WHERE tapped_at >= ?1 AND tapped_at < ?2 ORDER BY number, tapped_at, id";

/// A tap as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTap {
    /// Its id.
    pub entry: EntryId,
    /// What staff may have to do with it.
    pub concern: Concern,
    /// The tile; none for a PIN and for what identifies nobody.
    pub tile: Option<TileId>,
    /// How the member made themselves known.
    pub source: Source,
    /// When.
    pub tapped_at: DateTime<Utc>,
    /// The member, where known.
    pub coworker: Option<CoworkerId>,
}

/// What staff may have to do with a tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// They must look at it, for this reason.
    NeedsStaff(String),
    /// It identified nobody.
    Unusable,
    /// Nothing: it waits, or is settled.
    None,
}

impl KeptTap {
    /// None for a row whose id or time cannot be understood.
    fn of(row: &Row) -> Option<Self> {
        let concern = match (row.state.as_str(), reason(row)) {
            ("needs_staff", Some(why)) => Concern::NeedsStaff(why),
            ("settled", _) if row.detail.contains("\"unusable_tile\"") => Concern::Unusable,
            _ => Concern::None,
        };
        Some(Self {
            entry: row.id.parse().ok()?,
            concern,
            tile: row.tile(),
            source: row.source(),
            tapped_at: row.tapped_at()?,
            coworker: row.coworker.map(CoworkerId),
        })
    }
}

impl Database {
    /// Those that need staff or identified nobody, in the order of the taps.
    pub(super) fn taps_for_staff(&self) -> Result<Vec<KeptTap>, JournalError> {
        let (needs_staff, unusable) = (self.rows(FOR_STAFF, [])?, self.rows(UNUSABLE, [])?);
        let mut taps: Vec<KeptTap> = needs_staff.iter().chain(&unusable).filter_map(KeptTap::of).collect();
        taps.sort_by_key(|tap| (tap.tapped_at, tap.entry));
        Ok(taps)
    }

    /// Those that were made from `from` on and before `until`.
    pub(super) fn taps_between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<KeptTap>, JournalError> {
        Ok(self.rows(BETWEEN, [written(from), written(until)])?.iter().filter_map(KeptTap::of).collect())
    }

    /// Those that wait or are being sent, and those of which an earlier write may still be carried out.
    pub(super) fn taps_that_wait(&self) -> Result<Vec<KeptTap>, JournalError> {
        let in_doubt = |row: &Row| row.entry().is_ok_and(|entry| entry.watch.is_some_and(|watch| watch.in_doubt));
        let (unfinished, watched) = (self.rows(UNFINISHED, [])?, self.rows(WATCHED, [])?);
        let rows = unfinished.iter().chain(watched.iter().filter(|row| in_doubt(row)));
        Ok(rows.filter_map(KeptTap::of).collect())
    }

    /// The entry of this id as far as it can be understood, and whether that is all of it.
    pub(super) fn entry(&self, entry: EntryId) -> Result<Option<(Entry, bool)>, JournalError> {
        Ok(self.rows("WHERE id = ?1", [entry.to_string()])?.first().and_then(Row::entry_in_part))
    }

    /// The one of this id.
    pub(super) fn tap(&self, entry: EntryId) -> Result<Option<KeptTap>, JournalError> {
        Ok(self.rows("WHERE id = ?1", [entry.to_string()])?.first().and_then(KeptTap::of))
    }
}
