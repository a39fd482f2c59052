//! Whether this desk may make room for another one: nobody would notice, and nothing would be lost.

use super::Desk;

impl Desk {
    /// Whether nobody is at the kiosk: no tap waits for its verdict, no verdict stands there, no tile lies on the reader.
    /// A tile that still lies there would be a new tap to a desk that begins anew.
    pub fn is_quiet(&self) -> bool {
        self.screen.is_at_rest() && self.live.is_empty() && self.readers.are_empty()
    }

    /// Whether taps wait to be recorded, are being recorded, are watched afterwards, or are being resolved by staff.
    pub fn has_unfinished_taps(&self) -> bool {
        !self.journeys.is_empty() || !self.resolving.is_empty()
    }
}
