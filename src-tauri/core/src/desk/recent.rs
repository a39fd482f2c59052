//! The last verdict of a member who was here a moment ago.

use std::time::Duration;

use crate::checkin::Direction;
use crate::entry::Source;
use crate::tile::TileId;
use crate::verdict::Shown;

/// A verdict that the same member's next tap repeats.
#[derive(Debug)]
pub(super) struct Recent {
    pub(super) shown: Shown,
    pub(super) tile: Option<TileId>,
    /// How the member made themselves known last.
    pub(super) source: Source,
    /// What was asked for; none where that was left to the records.
    pub(super) wanted: Option<Direction>,
    /// When the repeat window ends.
    pub(super) until: Duration,
}

impl Recent {
    /// Whether a tap that wants this is the unsure second tap of somebody who was just served. Who goes from the reader for
    /// one direction to the reader for the other has said what they want.
    pub(super) fn answers(&self, wanted: Option<Direction>) -> bool {
        wanted.is_none() || wanted == self.shown.verdict.direction().or(self.wanted)
    }
}
