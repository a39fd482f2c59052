//! How many members are in: counted from the service's list now and then, and kept by this kiosk's own verdicts between.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::verdict::{Shown, Verdict};

use crate::controller::Handle;
use crate::screen::News;
use crate::spaces::desk::Spaces;

/// Between two counts: two of the fifteen calls that an idle kiosk may make in an hour.
const COUNT_EVERY: Duration = Duration::from_mins(30);
/// Between two attempts.
const AGAIN: Duration = Duration::from_mins(5);
/// How far back a check-in may have begun and still count: who forgot to check out is not here for ever.
const LOOK_BACK: TimeDelta = TimeDelta::hours(24);

/// Who is in, as far as the kiosk knows.
#[derive(Debug, Default)]
pub struct Presence(Mutex<Option<HashSet<CoworkerId>>>);

impl Presence {
    /// A verdict was told: how many are in now, where that is known and was changed by it.
    pub fn note(&self, shown: &Shown) -> Option<usize> {
        let mut present = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (present, coworker) = (present.as_mut()?, shown.coworker?);
        let changed = match shown.verdict {
            Verdict::CheckedIn { .. } => present.insert(coworker),
            Verdict::CheckedOut { .. } => present.remove(&coworker),
            _ => false,
        };
        changed.then_some(present.len())
    }

    /// Counts again and again.
    pub(crate) async fn follow(self: Arc<Self>, spaces: Arc<Spaces>, handle: Handle) {
        loop {
            let pause = match self.count(&spaces).await {
                Ok(count) => {
                    handle.news(News::Present(count));
                    COUNT_EVERY
                }
                Err(trouble) => {
                    tracing::info!(trouble = %trouble.sentence(), "who is in could not be counted");
                    AGAIN
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn count(&self, spaces: &Spaces) -> Result<usize, Trouble> {
        let found = spaces.present(Utc::now() - LOOK_BACK).await?;
        let count = found.len();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use tapdesk_core::ids::EntryId;

    use super::*;

    #[test]
    fn this_kiosks_own_verdicts_keep_the_count() {
        let shown = |coworker: i64, verdict: Verdict| Shown {
            entry: EntryId(1),
            verdict,
            name: None,
            coworker: Some(CoworkerId(coworker)),
            checkin: None,
            tile: None,
            at: Utc::now(),
            revised: false,
            offer: None,
        };
        let (since, until) = (Utc::now(), Utc::now());
        let presence = Presence::default();
        assert_eq!(presence.note(&shown(7, Verdict::CheckedIn { since })), None, "nothing is known yet");
        *presence.0.lock().unwrap() = Some(HashSet::from([CoworkerId(8)]));
        assert_eq!(presence.note(&shown(7, Verdict::CheckedIn { since })), Some(2));
        assert_eq!(presence.note(&shown(7, Verdict::CheckedIn { since })), None, "a repeated verdict");
        assert_eq!(presence.note(&shown(7, Verdict::Saved)), None);
        assert_eq!(presence.note(&shown(8, Verdict::CheckedOut { since, until })), Some(1));
    }
}
