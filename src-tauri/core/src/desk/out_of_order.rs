//! A kiosk that staff have put out of order: taps are told so, and nothing is asked or sent.

use super::Desk;
use crate::effect::{Effect, Stage};

impl Desk {
    pub(super) fn put_out_of_order(&mut self, note: Option<String>) {
        if self.out_of_order == note {
            return;
        }
        self.out_of_order = note;
        if self.screen.is_at_rest() {
            let stage = self.screen.enter(self.now, self.nobody_there());
            self.effects.push(Effect::Stage(stage));
        }
    }

    /// What stands on the screen when nobody is there.
    pub(super) fn nobody_there(&self) -> Stage {
        self.out_of_order.clone().map_or(Stage::Idle, |note| Stage::OutOfOrder { note })
    }
}
