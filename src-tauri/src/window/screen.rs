//! The screen that the desk tells: each change becomes a whole scene for the page.

use std::sync::Arc;

use tapdesk_core::effect::Notice;
use tapdesk_engine::screen::{self, ConfigurationState, News, Screen};
use tauri::AppHandle;

use super::{Shared, lock, show};
use crate::door::{self, Scene, Stage, Visit};

/// The screen of one desk.
pub(super) struct Window {
    pub(super) app: AppHandle,
    pub(super) shared: Arc<Shared>,
}

impl Window {
    fn show(&self, change: impl FnOnce(&mut Scene)) {
        show(&self.app, &self.shared, change);
    }
}

impl Screen for Window {
    fn notice(&mut self, notice: &Notice) {
        match notice {
            // The stage shows the first two; the log says the third for staff.
            Notice::Acknowledged { .. } | Notice::Verdict(_) | Notice::OtherSource { .. } => {}
            Notice::PinLocked(until) => {
                self.show(|scene| scene.pin.locked_until = until.map(|until| until.to_rfc3339()));
            }
            Notice::Reader(state) => self.show(|scene| scene.reader = door::reader(state)),
            Notice::Link(state) => self.show(|scene| scene.link.tell(state)),
            Notice::Queue(state) => self.show(|scene| scene.queue = door::queue(state)),
            Notice::Storage(state) => self.show(|scene| scene.trouble.storage = door::storage(state)),
            Notice::Clock(ahead) => {
                self.show(|scene| scene.trouble.clock_seconds = ahead.map(|ahead| ahead.num_seconds()));
            }
        }
    }

    fn stage(&mut self, stage: &tapdesk_core::effect::Stage) {
        let reasons = lock(&self.shared.look).reasons;
        let stage = Stage::from(stage).within(reasons);
        self.show(|scene| scene.stage = stage);
    }

    fn location(&mut self, location: &screen::Location) {
        let location = door::Location { name: Some(location.name.clone()), time_zone: location.time_zone.clone() };
        self.show(|scene| scene.location = location);
    }

    fn news(&mut self, news: &News) {
        self.show(|scene| match news {
            News::Closed(closed) => scene.closed = closed.as_ref().map(door::closed),
            News::Quiet(quiet) => scene.quiet = *quiet,
            News::ScreenOff(off) => scene.screen_off = *off,
            News::Present(count) => scene.present = Some(*count),
            News::Charge(charge) => scene.charge = charge.as_ref().map(door::charge),
            News::Visit { entry, visit } => scene.stage.add_visit(&entry.to_string(), Visit::from(visit)),
            News::SignInEnds(at) => scene.link.sign_in_ends = at.map(|at| at.to_rfc3339()),
            News::Configuration(ConfigurationState::Current { version, fingerprint }) => {
                scene.about.configuration = *version;
                scene.about.fingerprint.clone_from(fingerprint);
                scene.about.not_taken = None;
            }
            News::Configuration(ConfigurationState::NotTaken { why, .. }) => scene.about.not_taken = Some(why.clone()),
        });
    }

    fn is_seen(&self) -> bool {
        true
    }
}
