//! What stands on the kiosk's screen, and for how long.

use std::time::Duration;

use crate::effect::Stage;
use crate::ids::EntryId;
use crate::now::Now;
use crate::verdict::Shown;

/// How long a verdict stands when nobody else taps.
const DWELL: Duration = Duration::from_secs(4);
/// How long a verdict with a button stands, so that there is time to press it.
const DWELL_WITH_OFFER: Duration = Duration::from_secs(8);
/// How long a verdict stands before another tap's verdict may take its place.
const LEAST_DWELL: Duration = Duration::from_millis(1500);

/// The stage and what waits to come on.
#[derive(Debug)]
pub(super) struct Screen {
    stage: Stage,
    /// When the stage was entered.
    since: Duration,
    /// Verdicts that wait for the one on stage to have stood long enough, oldest first.
    next: Vec<Shown>,
}

impl Default for Screen {
    fn default() -> Self {
        Self { stage: Stage::Idle, since: Duration::ZERO, next: Vec::new() }
    }
}

impl Screen {
    /// Puts a stage on at once: an acknowledgement cuts short whatever stands there.
    pub(super) fn enter(&mut self, now: Now, stage: Stage) -> Stage {
        self.since = now.elapsed;
        self.stage = stage;
        self.stage.clone()
    }

    /// A verdict wants to be shown; none when it has to wait, or when it revises one that is no longer shown.
    pub(super) fn offer(&mut self, now: Now, shown: Shown) -> Option<Stage> {
        if let Stage::Verdict(current) = &self.stage {
            let another = current.entry != shown.entry;
            if another && now.elapsed < self.since + LEAST_DWELL && !shown.revised {
                self.next.push(shown);
                return None;
            }
        }
        if shown.revised && self.entry() != Some(shown.entry) {
            if let Some(waiting) = self.next.iter_mut().find(|waiting| waiting.entry == shown.entry) {
                *waiting = shown;
            }
            return None;
        }
        Some(self.enter(now, Stage::Verdict(shown)))
    }

    /// The verdict that has waited long enough for its turn.
    pub(super) fn next(&mut self, now: Now) -> Option<Stage> {
        let may_change = !matches!(self.stage, Stage::Verdict(_)) || now.elapsed >= self.since + LEAST_DWELL;
        if self.next.is_empty() || !may_change {
            return None;
        }
        let shown = self.next.remove(0);
        Some(self.enter(now, Stage::Verdict(shown)))
    }

    /// When to look again: the end of the dwell, or of the least dwell when another verdict waits.
    pub(super) fn until(&self) -> Option<Duration> {
        let Stage::Verdict(shown) = &self.stage else { return None };
        let dwell = match (self.next.is_empty(), &shown.offer) {
            (false, _) => LEAST_DWELL,
            (true, Some(_)) => DWELL_WITH_OFFER,
            (true, None) => DWELL,
        };
        Some(self.since + dwell)
    }

    /// Whether nobody is at the kiosk.
    pub(super) fn is_at_rest(&self) -> bool {
        matches!(self.stage, Stage::Idle | Stage::OutOfOrder { .. })
    }

    /// The verdict on stage.
    pub(super) fn verdict(&self) -> Option<&Shown> {
        match &self.stage {
            Stage::Verdict(shown) => Some(shown),
            _ => None,
        }
    }

    fn entry(&self) -> Option<EntryId> {
        match &self.stage {
            Stage::Idle | Stage::OutOfOrder { .. } => None,
            Stage::Acknowledged { entry, .. } => Some(*entry),
            Stage::Verdict(shown) => Some(shown.entry),
        }
    }
}
