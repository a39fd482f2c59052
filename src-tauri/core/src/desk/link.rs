//! Whether the service can be reached, learnt from every call.
//!
//! One lost reply is no outage: the link is in doubt then, and a probe decides at once. A link that comes and goes has to
//! answer several times in a row before it is believed again.

use std::time::Duration;

use crate::checkin::Trouble;
use crate::effect::LinkState;
use crate::now::Now;

/// The first pause between two probes; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two probes while the service is away.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// Calls that were under way together are lost together: what is lost within this time is one loss.
const ONE_LOSS: Duration = Duration::from_millis(500);
/// A link that is lost again within this time comes and goes.
const STABLE: Duration = Duration::from_mins(1);
/// How many answers in a row a link that comes and goes has to give at most.
const MOST_ANSWERS: u8 = 3;

/// The connection as last seen, and when to ask next.
#[derive(Debug)]
pub(super) struct Link {
    state: LinkState,
    /// Since when a call was lost and none was answered.
    in_doubt: Option<Duration>,
    /// When it was last found to be back.
    back_since: Option<Duration>,
    /// How many answers in a row it takes to be believed.
    answers_needed: u8,
    answers: u8,
    pause: Duration,
    planned: Option<Duration>,
    probing: bool,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            state: LinkState::Connecting,
            in_doubt: None,
            back_since: None,
            answers_needed: 1,
            answers: 0,
            pause: FIRST_PAUSE,
            planned: None,
            probing: false,
        }
    }
}

impl Link {
    /// The state to show.
    pub(super) fn state(&self) -> &LinkState {
        &self.state
    }

    /// Whether a call is worth trying for somebody who stands there: the service was not found to be away.
    pub(super) fn may_call(&self) -> bool {
        matches!(self.state, LinkState::Connecting | LinkState::Online)
    }

    /// Whether what waits is worth sending: nothing speaks against the link.
    pub(super) fn is_sound(&self) -> bool {
        self.may_call() && self.in_doubt.is_none()
    }

    /// Takes note of a call's outcome; true when the state changed.
    ///
    /// A service that refuses, throttles or finds fault is there. Only silence, a stranger's answer and a lost sign-in
    /// change the state for the worse.
    pub(super) fn note(&mut self, now: Now, outcome: Result<(), &Trouble>) -> bool {
        match outcome {
            Err(trouble @ (Trouble::Unreachable(_) | Trouble::Gateway(_))) => {
                self.answers = 0;
                if self.state == LinkState::Online {
                    let since = *self.in_doubt.get_or_insert(now.elapsed);
                    if now.elapsed < since + ONE_LOSS {
                        return false;
                    }
                }
                self.lost(now, trouble)
            }
            Err(trouble @ Trouble::SignedOut(_)) => self.become_state(LinkState::SignedOut { why: trouble.sentence() }),
            Err(Trouble::NotReady(_)) => false,
            // Whoever asks to wait is there; but the word may be an old one.
            Err(Trouble::Throttled) if self.state != LinkState::Connecting => false,
            Ok(()) | Err(_) => self.answered(now),
        }
    }

    /// Takes note of the answer to a probe, which is the last word on a link in doubt.
    pub(super) fn probed(&mut self, now: Now, outcome: Result<(), &Trouble>) -> bool {
        self.probing = false;
        match outcome {
            Err(trouble @ (Trouble::Unreachable(_) | Trouble::Gateway(_))) => {
                self.answers = 0;
                self.lost(now, trouble)
            }
            outcome => {
                self.in_doubt = None;
                self.note(now, outcome)
            }
        }
    }

    fn lost(&mut self, now: Now, trouble: &Trouble) -> bool {
        if self.state == LinkState::Online {
            let comes_and_goes = self.back_since.is_some_and(|since| now.elapsed < since + STABLE);
            self.answers_needed = if comes_and_goes { (self.answers_needed + 1).min(MOST_ANSWERS) } else { 1 };
        }
        self.become_state(LinkState::Offline { why: trouble.sentence() })
    }

    fn answered(&mut self, now: Now) -> bool {
        self.pause = FIRST_PAUSE;
        self.in_doubt = None;
        if matches!(self.state, LinkState::Offline { .. }) {
            self.answers += 1;
            if self.answers < self.answers_needed {
                return false;
            }
            self.back_since = Some(now.elapsed);
        }
        self.become_state(LinkState::Online)
    }

    fn become_state(&mut self, state: LinkState) -> bool {
        let changed = std::mem::discriminant(&state) != std::mem::discriminant(&self.state);
        self.state = state;
        self.in_doubt = None;
        changed
    }

    /// When to probe, if the service is away and no probe is planned or under way.
    pub(super) fn plan_probe(&mut self, now: Now) -> Option<Duration> {
        if self.may_call() || self.probing || self.planned.is_some() {
            return None;
        }
        let at = now.elapsed + self.pause;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        self.planned = Some(at);
        self.planned
    }

    /// Whether the planned probe is to be sent now.
    pub(super) fn probe_is_due(&mut self, now: Now) -> bool {
        self.planned.is_some_and(|at| at <= now.elapsed) && self.start_probe()
    }

    /// Whether to probe at once, where the link is away or in doubt; a probe under way is enough.
    pub(super) fn start_probe(&mut self) -> bool {
        self.planned = None;
        !self.is_sound() && !std::mem::replace(&mut self.probing, true)
    }

    /// Whether a probe is to be sent at once because the link has just come into doubt.
    pub(super) fn is_to_be_asked(&mut self) -> bool {
        self.in_doubt.is_some() && self.start_probe()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn now(seconds: u64) -> Now {
        let utc = DateTime::from_timestamp(1_760_000_000, 0).expect("in range");
        Now { utc, elapsed: Duration::from_secs(seconds) }
    }

    fn lost() -> Trouble {
        Trouble::Unreachable("no answer in time".to_owned())
    }

    fn online() -> Link {
        let mut link = Link::default();
        assert!(link.note(now(0), Ok(())));
        link
    }

    /// Guard: `Link::note` takes what is lost at one moment for a doubt.
    #[test]
    fn what_is_lost_at_one_moment_is_no_outage_and_a_probe_decides() {
        let mut link = online();
        assert!(!link.note(now(1), Err(&lost())));
        assert!(!link.note(now(1), Err(&lost())), "it was under way at the same time");
        assert!(link.may_call() && !link.is_sound() && link.is_to_be_asked());
        assert!(!link.is_to_be_asked(), "one probe is enough");
        assert!(!link.probed(now(1), Ok(())));
        assert!(link.is_sound());

        assert!(!link.note(now(2), Err(&lost())));
        assert!(link.is_to_be_asked());
        assert!(link.probed(now(2), Err(&lost())));
        assert!(!link.may_call());
    }

    #[test]
    fn a_second_loss_a_moment_later_is_an_outage() {
        let mut link = online();
        assert!(!link.note(now(1), Err(&lost())));
        assert!(link.note(now(2), Err(&lost())));
    }

    #[test]
    fn a_probe_that_learns_nothing_is_not_sent_again_and_again() {
        let mut link = online();
        link.note(now(1), Err(&lost()));
        assert!(link.is_to_be_asked());
        assert!(!link.probed(now(1), Err(&Trouble::Throttled)));
        assert!(!link.is_to_be_asked());
    }

    #[test]
    fn a_first_call_that_is_lost_says_it_at_once() {
        let mut link = Link::default();
        assert!(link.note(now(0), Err(&lost())));
        assert!(!link.may_call());
    }

    /// Guard: `Link::answered` counts answers where the link was lost soon after it was back.
    #[test]
    fn a_link_that_comes_and_goes_must_answer_several_times() {
        let mut link = online();
        let mut lose = |at, needed: u8| {
            link.probed(now(at), Err(&lost()));
            assert!(!link.may_call());
            for answer in 1..=needed {
                assert_eq!(link.note(now(at), Ok(())), answer == needed, "{at} s, answer {answer} of {needed}");
            }
        };
        lose(100, 1);
        lose(110, 2);
        lose(120, 3);
        lose(130, 3);
        lose(500, 1);
    }

    #[test]
    fn who_asks_to_wait_is_there() {
        let mut link = Link::default();
        assert!(link.note(now(0), Err(&Trouble::Throttled)));
        assert!(link.is_sound());
        link.probed(now(0), Err(&lost()));
        assert!(!link.note(now(1), Err(&Trouble::Throttled)), "an old word says nothing of this moment");
    }
}
