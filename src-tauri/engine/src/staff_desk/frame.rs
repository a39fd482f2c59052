//! The frame of the desk: where it stands, how the kiosk is, and what it told last.

use std::sync::Arc;

use tokio::sync::watch;

use super::view::DeskView;
use super::{Rooms, StaffDesk};
use crate::recorder::{Recorder, link_kind};

impl StaffDesk {
    /// The frame, whole.
    pub fn frame(&self) -> DeskView {
        let (settings, recorder) = (&self.rooms.settings, &self.rooms.recorder);
        // Before what it counts: a change meanwhile is then told once more, and none is missed.
        let revision = *recorder.changes().borrow();
        let current = recorder.current();
        DeskView {
            revision,
            location: current.location.map(|location| location.name),
            time_zone: self.rooms.time_zone.map(|zone| zone.name().to_owned()),
            language: settings.kiosk.language.clone(),
            idle_lock_s: settings.staff.idle_lock_s,
            failures: *self.revision.borrow(),
            link: link_kind(&current.link).0,
            waiting: current.queue.waiting as u64,
            needs_staff: current.queue.needs_staff as u64,
            told: current.told,
            lacking: self.lacking.all(),
            ends_kiosk: self.rooms.ends_kiosk,
        }
    }

    /// Changes when the frame does.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.rooms.recorder.changes()
    }
}

impl Rooms {
    /// The same with the location's zone, where the running desk has learnt it meanwhile.
    pub(super) fn with_zone(mut self) -> Self {
        let learnt = || self.recorder.current().location?.time_zone?.parse().ok();
        self.time_zone = self.time_zone.or_else(learnt);
        self
    }
}

/// Tells of new failures as changes of the frame, for as long as somebody may find some; within a runtime.
pub(super) fn follow_failures(mut failures: watch::Receiver<u64>, recorder: Arc<Recorder>) {
    tokio::spawn(async move {
        while failures.changed().await.is_ok() {
            recorder.touch();
        }
    });
}
