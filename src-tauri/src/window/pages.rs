//! Whether the pages answer: what the shell knows of each, and when one is to be loaded again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Between two questions to a page.
pub(super) const ASK_EVERY: Duration = Duration::from_millis(1250);
/// A question that is unanswered for so long will not be answered. A page is given up 4 to 5 s after it got stuck, which
/// leaves as long to load it within 10 s.
const PATIENCE: Duration = Duration::from_millis(3700);
/// A look that comes so much too late tells of a program that was held itself: suspended, or in a debugger.
const HELD: Duration = Duration::from_secs(1);
/// How long a page may take to load, to its first answer: at the start of the program, and when it is loaded again.
const FIRST_LOAD_WITHIN: Duration = Duration::from_secs(30);
const LOAD_WITHIN: Duration = Duration::from_secs(10);
/// A page that answered for so long is well: the next trouble is the first again.
const WELL_AFTER: Duration = Duration::from_mins(1);
/// The longest pause before a page is loaded again; the first has none. A page that is away takes no taps to the screen.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What is to be done with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// It is asked whether it answers.
    Ask,
    /// It is stuck: its process is ended, and after this pause it is loaded again.
    End(Duration),
    /// It waits to be loaded again.
    Wait,
}

/// One page.
#[derive(Debug, Clone)]
struct Page {
    /// When it was loaded last, and how long that may take.
    loaded: Instant,
    within: Duration,
    /// Whether it answered since.
    answered: bool,
    /// The first question that it did not answer yet.
    unanswered: Option<Instant>,
    /// Since when it is to be loaded again.
    away: Option<Instant>,
    /// What is wrong with it, until it answers again.
    trouble: Option<Trouble>,
    /// How often it was loaded again in a row, and when last.
    again: u32,
    last_again: Option<Instant>,
}

/// A page that was given up, or is gone.
#[derive(Debug, Clone, Copy)]
struct Trouble {
    since: Instant,
    /// It has to answer by then, however often it is loaded again: after the first pause, which is the watch's own, it has
    /// the time of one load.
    until: Instant,
}

impl Page {
    fn new(now: Instant, within: Duration) -> Self {
        Self {
            loaded: now,
            within,
            answered: false,
            unanswered: None,
            away: None,
            trouble: None,
            again: 0,
            last_again: None,
        }
    }

    fn is_stuck(&self, now: Instant) -> bool {
        match self.unanswered {
            Some(since) if self.answered => now - since >= PATIENCE,
            _ => !self.answered && now - self.loaded >= self.within,
        }
    }

    /// It has to be loaded again; after which pause.
    fn leave(&mut self, now: Instant) -> Duration {
        if self.last_again.is_none_or(|last| now - last >= WELL_AFTER) {
            self.again = 0;
        }
        // None, 1, 2, 4 … seconds.
        let pause = self
            .again
            .checked_sub(1)
            .map_or(Duration::ZERO, |doublings| Duration::from_secs(1 << doublings.min(10)).min(LONGEST_PAUSE));
        self.again = self.again.saturating_add(1);
        self.last_again = Some(now);
        self.away = Some(now);
        self.trouble.get_or_insert(Trouble { since: now, until: now + pause + LOAD_WITHIN });
        pause
    }
}

/// All pages, by the labels of their windows.
#[derive(Debug, Default)]
pub(super) struct Pages {
    by_label: BTreeMap<String, Page>,
    looked: Option<Instant>,
    /// When it was looked for pages first.
    since: Option<Instant>,
}

impl Pages {
    /// A window was opened: its page has its whole time, whatever became of one with that label before.
    pub(super) fn opened(&mut self, label: &str, now: Instant) {
        self.by_label.insert(label.to_owned(), Page::new(now, FIRST_LOAD_WITHIN));
    }

    /// A look at the pages that there are: what is to be done with each.
    pub(super) fn look<'a>(&mut self, now: Instant, labels: impl Iterator<Item = &'a str>) -> Vec<(String, Act)> {
        let was_held = self.looked.is_some_and(|looked| now - looked > ASK_EVERY + HELD);
        self.looked = Some(now);
        self.since.get_or_insert(now);
        let mut before = std::mem::take(&mut self.by_label);
        let mut acts = Vec::new();
        for label in labels {
            let mut page = before.remove(label).unwrap_or_else(|| Page::new(now, FIRST_LOAD_WITHIN));
            if was_held {
                // It was held as well, or may have been.
                page.unanswered = None;
                page.loaded = page.loaded.max(now.checked_sub(ASK_EVERY).unwrap_or(now));
            }
            let act = if page.away.is_some() {
                Act::Wait
            } else if page.is_stuck(now) {
                Act::End(page.leave(now))
            } else {
                page.unanswered.get_or_insert(now);
                Act::Ask
            };
            acts.push((label.to_owned(), act));
            self.by_label.insert(label.to_owned(), page);
        }
        acts
    }

    /// The page's process is gone; after which pause the page is to be loaded again. None where that is on its way.
    pub(super) fn gone(&mut self, label: &str, now: Instant) -> Option<Duration> {
        let page = self.by_label.entry(label.to_owned()).or_insert_with(|| Page::new(now, LOAD_WITHIN));
        page.away.is_none().then(|| page.leave(now))
    }

    /// The page is being loaded again.
    pub(super) fn loading(&mut self, label: &str, now: Instant) {
        if let Some(page) = self.by_label.get_mut(label) {
            let Page { trouble, again, last_again, .. } = *page;
            *page = Page { trouble, again, last_again, ..Page::new(now, LOAD_WITHIN) };
        }
    }

    /// The page itself answers; after trouble, how long that took. Nothing else counts: a page that is loaded and whose
    /// script is dead is of no use.
    pub(super) fn answered(&mut self, label: &str, now: Instant) -> Option<Duration> {
        // What a page that is given up says is of no use any more.
        let page = self.by_label.get_mut(label).filter(|page| page.away.is_none())?;
        (page.answered, page.unanswered) = (true, None);
        page.trouble.take().map(|trouble| now - trouble.since)
    }

    /// Whether each page answered lately, or is being loaded and still may be.
    pub(super) fn are_well(&self, now: Instant) -> bool {
        // Who does not look any more knows nothing.
        let looks = self.looked.is_none_or(|looked| now - looked < 2 * ASK_EVERY + HELD);
        // The kiosk's own is there from the beginning to the end: without any, its window was never made.
        let is_due = self.since.is_some_and(|since| now - since >= FIRST_LOAD_WITHIN);
        // One that is late is given up at the next look.
        looks
            && !(is_due && self.by_label.is_empty())
            && self.by_label.values().all(|page| page.trouble.is_none_or(|trouble| now < trouble.until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIOSK: &str = "kiosk";

    /// Pages, and a clock that is told the time.
    struct Story {
        pages: Pages,
        now: Instant,
    }

    impl Story {
        fn new() -> Self {
            Self { pages: Pages::default(), now: Instant::now() }
        }

        fn look_after(&mut self, milliseconds: u64) -> Act {
            self.now += Duration::from_millis(milliseconds);
            self.pages.look(self.now, std::iter::once(KIOSK))[0].1
        }

        fn answer(&mut self) -> Option<Duration> {
            self.pages.answered(KIOSK, self.now)
        }

        fn is_well(&self) -> bool {
            self.pages.are_well(self.now)
        }

        /// A page that answers, is stuck, is given up, and is being loaded again; the pause before that.
        fn stuck_once(&mut self) -> Duration {
            self.look_after(1250);
            self.answer();
            for _ in 0..10 {
                if let Act::End(pause) = self.look_after(1250) {
                    for _ in 0..4 * pause.as_secs() {
                        assert_eq!(self.look_after(250), Act::Wait);
                        assert!(self.is_well(), "it is the watch itself that waits");
                    }
                    self.pages.loading(KIOSK, self.now);
                    return pause;
                }
            }
            panic!("never given up");
        }
    }

    #[test]
    fn a_window_that_is_never_made_is_not_well() {
        let mut story = Story::new();
        let nothing = |story: &mut Story| {
            story.now += Duration::from_secs(1);
            assert!(story.pages.look(story.now, std::iter::empty()).is_empty());
            story.is_well()
        };
        assert!((0..FIRST_LOAD_WITHIN.as_secs()).all(|_| nothing(&mut story)), "it may still come");
        assert!(!nothing(&mut story));
        assert_eq!(story.look_after(1), Act::Ask);
        assert!(story.is_well(), "it came after all");
    }

    #[test]
    fn a_page_that_answers_is_left_alone() {
        let mut story = Story::new();
        for _ in 0..100 {
            assert_eq!(story.look_after(1250), Act::Ask);
            story.now += Duration::from_secs(1);
            assert_eq!(story.answer(), None);
            assert!(story.is_well());
            story.now -= Duration::from_secs(1);
        }
    }

    #[test]
    fn a_stuck_page_is_given_up_within_five_seconds_of_its_last_answer() {
        let mut story = Story::new();
        story.look_after(0);
        story.answer();
        let last = story.now;
        for _ in 0..3 {
            assert_eq!(story.look_after(1250), Act::Ask);
        }
        assert_eq!(story.look_after(1250), Act::End(Duration::ZERO));
        assert!(story.now - last <= Duration::from_secs(5) && story.is_well());
        assert_eq!(story.answer(), None, "too late");
        assert_eq!(story.look_after(1250), Act::Wait);
        story.pages.loading(KIOSK, story.now);
        assert_eq!(story.look_after(1250), Act::Ask);
        assert_eq!(story.answer(), Some(Duration::from_millis(2500)));
        assert_eq!(story.answer(), None, "told once");
    }

    #[test]
    fn a_page_that_does_not_come_back_is_not_well_for_long() {
        let mut story = Story::new();
        story.look_after(0);
        story.answer();
        assert_eq!(story.pages.gone(KIOSK, story.now), Some(Duration::ZERO));
        assert_eq!(story.pages.gone(KIOSK, story.now), None, "it is on its way");
        story.pages.loading(KIOSK, story.now);
        let mut given_up = 0;
        for _ in 0..7 {
            given_up += u32::from(matches!(story.look_after(1250), Act::End(_)));
            assert!(story.is_well() && given_up == 0);
        }
        assert!(matches!(story.look_after(1250), Act::End(_)));
        assert!(!story.is_well(), "10 s are over, however often it is loaded again");
    }

    #[test]
    fn a_first_load_may_take_long_but_not_for_ever() {
        let mut story = Story::new();
        for _ in 0..24 {
            assert_eq!(story.look_after(1250), Act::Ask);
            assert!(story.is_well());
        }
        assert!(matches!(story.look_after(1250), Act::End(_)));
        story.pages.loading(KIOSK, story.now);
        let given_up = story.now;
        while story.is_well() {
            assert!(story.now - given_up < LOAD_WITHIN, "a page that never said a word is no page");
            story.look_after(250);
        }
    }

    #[test]
    fn the_pause_before_a_load_is_not_held_against_the_page() {
        let mut story = Story::new();
        for pause in [0, 1, 2, 4, 5, 5] {
            assert_eq!(story.stuck_once().as_secs(), pause);
            for _ in 0..39 {
                assert_eq!(story.look_after(250), Act::Ask);
                assert!(story.is_well(), "after a pause of {pause} s");
            }
            assert_eq!(story.answer(), Some(Duration::from_millis(1000 * pause + 9750)));
        }
    }

    #[test]
    fn no_number_of_loads_keeps_a_dead_page_alive() {
        // The first time, and where the watch pauses longest; stuck, or gone a moment after each load.
        for (before, dies) in [(0, false), (0, true), (8, false), (8, true)] {
            let mut story = Story::new();
            for _ in 0..before {
                story.stuck_once();
            }
            story.stuck_once();
            let loaded = story.now;
            while story.is_well() {
                assert!(story.now - loaded < LOAD_WITHIN, "after {before} times, dying: {dies}");
                let gone = dies && story.pages.gone(KIOSK, story.now).is_some();
                if matches!(story.look_after(250), Act::End(_)) || gone {
                    story.pages.loading(KIOSK, story.now);
                }
            }
            assert_eq!(story.now - loaded, LOAD_WITHIN, "it had the time of one load");
        }
    }

    #[test]
    fn a_window_that_is_opened_anew_has_its_whole_time() {
        let mut story = Story::new();
        story.look_after(0);
        story.answer();
        story.look_after(1250);
        assert_eq!(story.pages.gone(KIOSK, story.now), Some(Duration::ZERO));
        story.pages.opened(KIOSK, story.now);
        for _ in 0..20 {
            assert_eq!(story.look_after(1250), Act::Ask);
            assert!(story.is_well());
        }
    }

    #[test]
    fn trouble_again_and_again_is_no_storm_and_is_forgotten() {
        let mut story = Story::new();
        let pauses: Vec<u64> = (0..8).map(|_| story.stuck_once().as_secs()).collect();
        assert_eq!(pauses, [0, 1, 2, 4, 5, 5, 5, 5]);
        for _ in 0..60 {
            story.look_after(1250);
            story.answer();
        }
        assert_eq!(story.stuck_once(), Duration::ZERO);
    }

    #[test]
    fn who_was_suspended_blames_no_page() {
        let mut story = Story::new();
        story.look_after(0);
        story.answer();
        assert_eq!([story.look_after(1250), story.look_after(1250)], [Act::Ask, Act::Ask]);
        assert_eq!(story.look_after(3_600_000), Act::Ask, "a page that did not run could not answer");
        assert_eq!(story.look_after(1250), Act::Ask);
        story.answer();
        assert!(story.is_well());
    }

    #[test]
    fn a_window_that_is_closed_is_forgotten() {
        let mut story = Story::new();
        story.look_after(0);
        story.answer();
        for _ in 0..10 {
            story.now += ASK_EVERY;
            assert!(story.pages.look(story.now, std::iter::empty()).is_empty());
            assert!(story.is_well());
        }
    }
}
