//! A screen that is also heard: what is told goes to the screen first, and a new verdict to the loudspeaker after it.

use tapdesk_core::effect::{Notice, Stage};
use tapdesk_core::ids::EntryId;
use tapdesk_core::verdict::Verdict;

use super::Loudspeaker;
use super::rhythm::Rhythm;
use crate::screen::{Location, News, Screen};

/// What hears of verdicts and of the location's clock.
pub trait Ear: Send {
    /// A new verdict is on the screen.
    fn verdict(&mut self, rhythm: Rhythm);
    /// The location's IANA time zone, where the service tells it.
    fn locate(&mut self, time_zone: Option<&str>);
}

impl Ear for Loudspeaker {
    fn verdict(&mut self, rhythm: Rhythm) {
        Loudspeaker::verdict(self, rhythm);
    }

    fn locate(&mut self, time_zone: Option<&str>) {
        Loudspeaker::locate(self, time_zone);
    }
}

/// A screen whose verdicts are heard.
#[derive(Debug)]
pub struct Audible<S, E = Loudspeaker> {
    screen: S,
    ear: E,
    /// The verdict on stage: shown again unchanged, it is not heard again.
    on_stage: Option<(EntryId, Verdict)>,
}

impl<S: Screen, E: Ear> Audible<S, E> {
    /// Lets the verdicts of `screen` be heard.
    pub fn new(screen: S, ear: E) -> Self {
        Self { screen, ear, on_stage: None }
    }
}

impl<S: Screen, E: Ear> Screen for Audible<S, E> {
    fn notice(&mut self, notice: &Notice) {
        self.screen.notice(notice);
    }

    fn stage(&mut self, stage: &Stage) {
        self.screen.stage(stage);
        let on_stage = match stage {
            Stage::Verdict(shown) => Some((shown.entry, shown.verdict.clone())),
            Stage::Idle | Stage::OutOfOrder { .. } | Stage::Acknowledged { .. } => None,
        };
        if let Some((_, verdict)) = &on_stage
            && on_stage != self.on_stage
        {
            self.ear.verdict(Rhythm::of(verdict));
        }
        self.on_stage = on_stage;
    }

    fn location(&mut self, location: &Location) {
        self.screen.location(location);
        self.ear.locate(location.time_zone.as_deref());
    }

    fn news(&mut self, news: &News) {
        self.screen.news(news);
    }

    fn is_seen(&self) -> bool {
        self.screen.is_seen()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use chrono::DateTime;
    use tapdesk_core::effect::QueueState;
    use tapdesk_core::verdict::{Offer, Refusal, Shown};

    use super::*;

    /// Writes down what it is told, in order, whoever is told it.
    #[derive(Clone, Default)]
    struct Told(Arc<Mutex<Vec<String>>>);

    impl Told {
        fn write(&self, line: impl Into<String>) {
            self.0.lock().unwrap().push(line.into());
        }

        fn take(&self) -> Vec<String> {
            std::mem::take(&mut self.0.lock().unwrap())
        }
    }

    impl Screen for Told {
        fn notice(&mut self, _notice: &Notice) {
            self.write("notice");
        }

        fn stage(&mut self, _stage: &Stage) {
            self.write("stage");
        }

        fn location(&mut self, _location: &Location) {
            self.write("location");
        }

        fn news(&mut self, _news: &News) {
            self.write("news");
        }

        fn is_seen(&self) -> bool {
            true
        }
    }

    impl Ear for Told {
        fn verdict(&mut self, rhythm: Rhythm) {
            self.write(format!("{rhythm:?}"));
        }

        fn locate(&mut self, time_zone: Option<&str>) {
            self.write(format!("{time_zone:?}"));
        }
    }

    fn verdict(entry: EntryId, verdict: Verdict, revised: bool) -> Stage {
        let at = DateTime::UNIX_EPOCH;
        let offer = None;
        Stage::Verdict(Shown {
            entry,
            verdict,
            name: None,
            coworker: None,
            checkin: None,
            tile: None,
            at,
            revised,
            offer,
        })
    }

    #[test]
    fn a_verdict_is_shown_and_then_heard_once() {
        let told = Told::default();
        let mut screen = Audible::new(told.clone(), told.clone());
        let entries: Vec<EntryId> = ["01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"]
            .map(|id| id.parse().unwrap())
            .into();
        let (first, second) = (entries[0], entries[1]);
        let at = DateTime::UNIX_EPOCH;
        let checked_in = Verdict::CheckedIn { since: at };
        let refused = |why: Option<&str>| Verdict::Refused(Refusal::ByService(why.map(str::to_owned)));
        let acknowledged = |entry| Stage::Acknowledged { entry, tile: None, at };
        let told_of = |stage: Stage, screen: &mut Audible<Told, Told>| {
            screen.stage(&stage);
            told.take()
        };

        assert_eq!(told_of(Stage::Idle, &mut screen), ["stage"]);
        assert_eq!(told_of(acknowledged(first), &mut screen), ["stage"], "an acknowledgement makes no sound");
        assert_eq!(told_of(verdict(first, Verdict::Saved, false), &mut screen), ["stage", "Attention"]);
        assert_eq!(told_of(verdict(first, Verdict::Saved, false), &mut screen), ["stage"], "the same one again");
        assert_eq!(told_of(verdict(first, checked_in.clone(), true), &mut screen), ["stage", "Yes"], "revised");
        assert_eq!(told_of(verdict(second, checked_in, false), &mut screen), ["stage", "Yes"], "another tap's");
        assert_eq!(told_of(verdict(second, refused(None), true), &mut screen), ["stage", "No"]);
        assert_eq!(told_of(verdict(second, refused(Some("why")), true), &mut screen), ["stage", "No"]);
        assert_eq!(told_of(acknowledged(second), &mut screen), ["stage"]);
        let repeated = match verdict(second, refused(Some("why")), false) {
            Stage::Verdict(shown) => Stage::Verdict(Shown { offer: Some(Offer::TryAgain), ..shown }),
            other => other,
        };
        assert_eq!(told_of(repeated, &mut screen), ["stage", "No"], "a repeated verdict sounds like its kind");
        assert_eq!(told_of(Stage::Idle, &mut screen), ["stage"]);
    }

    #[test]
    fn all_else_is_passed_on() {
        let told = Told::default();
        let mut screen = Audible::new(told.clone(), told.clone());
        screen.notice(&Notice::Queue(QueueState::default()));
        assert_eq!(told.take(), ["notice"]);
        screen.news(&News::Present(1));
        assert_eq!(told.take(), ["news"]);
        assert!(screen.is_seen());
        let time_zone = Some("Europe/Lisbon".to_owned());
        screen.location(&Location { name: "Harbour".to_owned(), time_zone, opening_hours: None });
        assert_eq!(told.take(), ["location", "Some(\"Europe/Lisbon\")"]);
    }
}
