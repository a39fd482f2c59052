//! What the recorder passes on to whoever listens: parts of taps, whole taps, calls, restarts. Where nobody does, nothing
//! of it is put together.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};

use tapdesk_core::ids::EntryId;
use tapdesk_core::reader::ReaderPlace;

use super::Recorder;
use super::story::{CallStory, Observer, Part, Story};
use crate::spaces::governor::Priority;
use crate::spaces::witness::{Sent, Witness};

tokio::task_local! {
    /// The tap that the running task works for.
    static TAP: EntryId;
}

/// The same work, whose calls are this tap's.
pub(crate) fn of_tap<F: Future>(entry: EntryId, work: F) -> impl Future<Output = F::Output> {
    TAP.scope(entry, work)
}

impl Recorder {
    /// From now on this one hears what happens; who heard before hears no more, and is given back.
    pub(crate) fn observed_by(&self, observer: Option<Arc<dyn Observer>>) -> Option<Arc<dyn Observer>> {
        std::mem::replace(&mut *self.observer.write().unwrap_or_else(PoisonError::into_inner), observer)
    }

    /// Who hears.
    pub(crate) fn observer(&self) -> Option<Arc<dyn Observer>> {
        self.observer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A tap is to be stored.
    pub(crate) fn append_began(&self, entry: EntryId) {
        let now = self.now();
        self.kept().latencies.append_began(entry, now);
    }

    /// That came to its end.
    pub(crate) fn append_ended(&self, entry: EntryId) {
        let now = self.now();
        self.kept().latencies.append_ended(entry, now);
    }

    /// A reader's process ended, and is started again.
    pub(crate) fn reader_restarted(&self, place: ReaderPlace) {
        if let Some(observer) = self.observer() {
            observer.reader_restarted(place);
        }
    }

    /// Passes on what came of a tap. Not under the lock.
    pub(super) fn pass_on(&self, parts: &[(Part, Duration)], stories: &[Story]) {
        if parts.is_empty() && stories.is_empty() {
            return;
        }
        let Some(observer) = self.observer() else { return };
        for (part, took) in parts {
            observer.part(*part, *took);
        }
        let now = SystemTime::now();
        // By the clock as it is now: it may have been set since the program began.
        let origin = now.checked_sub(self.now()).unwrap_or(now);
        for story in stories {
            observer.tap(story, origin);
        }
    }
}

impl Witness for Recorder {
    fn goes_out(&self, sent: &Sent<'_>) -> Option<usize> {
        self.observer()?;
        let entry = TAP.try_with(|entry| *entry).ok()?;
        let now = self.now();
        let call = CallStory {
            method: sent.method,
            template: template(sent.path),
            attempt: sent.attempt,
            outcome: "",
            took: (now, now),
        };
        self.kept().latencies.sent_out(entry, call)
    }

    fn came_back(&self, priority: Priority, number: Option<usize>, outcome: &'static str, took: Duration) {
        let Some(observer) = self.observer() else { return };
        observer.call(priority, outcome, Some(took));
        if let (Some(number), Ok(entry)) = (number, TAP.try_with(|entry| *entry)) {
            let now = self.now();
            self.kept().latencies.came_back(entry, number, outcome, now);
        }
    }

    fn not_sent(&self, priority: Priority) {
        if let Some(observer) = self.observer() {
            observer.call(priority, "not_sent", None);
        }
    }
}

/// A path as it is published: numbers are ids.
fn template(path: &str) -> String {
    let is_id = |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
    let segments = path.trim_start_matches('/').split('/');
    segments.map(|segment| if is_id(segment) { "/{id}".to_owned() } else { format!("/{segment}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_named_without_their_ids() {
        let cases = [
            ("spaces/checkins", "/spaces/checkins"),
            ("spaces/checkins/1234567", "/spaces/checkins/{id}"),
            ("spaces/coworkers/getavatar/9", "/spaces/coworkers/getavatar/{id}"),
            ("auth/me", "/auth/me"),
        ];
        for (path, expected) in cases {
            assert_eq!(template(path), expected);
        }
    }
}
