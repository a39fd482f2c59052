//! When a running desk may end for another configuration: at a moment when nobody notices, and nothing is lost.

use std::time::Duration;

use tapdesk_core::desk::Desk;
use tapdesk_core::effect::{LinkState, Stage};
use tokio::time::Instant;

use crate::directory::Directory;
use crate::screen::ConfigurationState;
use crate::settings::Configuration;
use crate::settings::follow::Replacement;

/// Nobody was at the kiosk for so long.
const AT_REST: Duration = Duration::from_secs(3);
/// Nobody typed for so long: whoever chose a name is still looking for the digits.
const PAD_AT_REST: Duration = Duration::from_mins(1);
/// Between two looks whether the moment has come.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The configuration that waits for its moment, and what tells when that is.
pub(crate) struct Reload {
    wanted: Option<Box<Replacement>>,
    /// Whether it was said that taps wait.
    told: bool,
    at_rest_since: Option<Instant>,
    typed_at: Option<Instant>,
    staff_are_there: bool,
    online: bool,
}

/// What the loop does about a configuration that waits.
pub(crate) enum Moment {
    /// It goes on.
    NotYet,
    /// It goes on, and says why.
    NotTaken(ConfigurationState),
    /// It ends.
    Now(Box<Configuration>),
}

impl Reload {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            wanted: None,
            told: false,
            at_rest_since: Some(now),
            typed_at: None,
            staff_are_there: false,
            online: false,
        }
    }

    /// This is to be taken over, instead of whatever waited for it; none where nothing is.
    pub(crate) fn want(&mut self, wanted: Option<Box<Replacement>>) {
        (self.wanted, self.told) = (wanted, false);
    }

    pub(crate) fn note_stage(&mut self, stage: &Stage, now: Instant) {
        let at_rest = matches!(stage, Stage::Idle | Stage::OutOfOrder { .. });
        self.at_rest_since = at_rest.then(|| self.at_rest_since.unwrap_or(now));
    }

    pub(crate) fn note_link(&mut self, link: &LinkState) {
        self.online = matches!(link, LinkState::Online);
    }

    pub(crate) fn note_typing(&mut self, now: Instant) {
        self.typed_at = Some(now);
    }

    /// Staff came to their desk, or left it.
    pub(crate) fn note_staff(&mut self, there: bool) {
        self.staff_are_there = there;
    }

    /// When to look again.
    pub(crate) fn next_look(&self, now: Instant) -> Option<Instant> {
        self.wanted.as_ref().map(|_| now + LOOK_EVERY)
    }

    /// Whether the moment has come. Asked when nothing that happened is left to be told to the desk, and no call is under
    /// way.
    pub(crate) fn moment(&mut self, now: Instant, desk: &Desk, directory: &Directory) -> Moment {
        let Some(wanted) = &self.wanted else { return Moment::NotYet };
        if wanted.moves && desk.has_unfinished_taps() {
            if self.told {
                return Moment::NotYet;
            }
            self.told = true;
            let why = "taps of this location still wait to be recorded, or are being checked; `spaces.business_id` and `spaces.base_url` are taken over when none is left: see `tapdesk queue`";
            return Moment::NotTaken(ConfigurationState::NotTaken { why: why.to_owned(), version: wanted.instead_of });
        }
        let rests = |since: Option<Instant>, long: Duration| since.is_some_and(|since| now >= since + long);
        let nobody_is_there = desk.is_quiet() && rests(self.at_rest_since, AT_REST);
        let nobody_types = self.typed_at.is_none() || rests(self.typed_at, PAD_AT_REST);
        // PINs are kept in memory alone, and cannot be read again while the service is away.
        let forgets_nothing = self.online || !directory.holds_pins();
        if nobody_is_there && nobody_types && forgets_nothing && !self.staff_are_there {
            return self.wanted.take().map_or(Moment::NotYet, |wanted| Moment::Now(Box::new(wanted.configuration)));
        }
        Moment::NotYet
    }
}
