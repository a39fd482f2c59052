//! Whether the service can be reached, learnt from every call.

use std::time::Duration;

use crate::checkin::Trouble;
use crate::effect::LinkState;
use crate::now::Now;

/// The first pause between two probes; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two probes while the service is away.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// The connection as last seen, and when to ask next.
#[derive(Debug)]
pub(super) struct Link {
    state: LinkState,
    pause: Duration,
    planned: Option<Duration>,
    probing: bool,
}

impl Default for Link {
    fn default() -> Self {
        Self { state: LinkState::Connecting, pause: FIRST_PAUSE, planned: None, probing: false }
    }
}

impl Link {
    /// The state to show.
    pub(super) fn state(&self) -> &LinkState {
        &self.state
    }

    /// Whether a call is worth trying: the service was not found to be away.
    pub(super) fn may_call(&self) -> bool {
        matches!(self.state, LinkState::Connecting | LinkState::Online)
    }

    /// Takes note of a call's outcome; true when the state changed.
    ///
    /// A service that refuses, throttles or finds fault is there. Only silence, a stranger's answer and a lost
    /// sign-in change the state for the worse.
    pub(super) fn note(&mut self, outcome: Result<(), &Trouble>) -> bool {
        let state = match outcome {
            Err(trouble @ (Trouble::Unreachable(_) | Trouble::Gateway(_))) => {
                LinkState::Offline { why: trouble.sentence() }
            }
            Err(trouble @ Trouble::SignedOut(_)) => LinkState::SignedOut { why: trouble.sentence() },
            Err(Trouble::Throttled | Trouble::NotReady(_)) => return false,
            Ok(()) | Err(Trouble::NotPermitted(_) | Trouble::Invalid(_) | Trouble::NotFound) => LinkState::Online,
        };
        if state == LinkState::Online {
            self.pause = FIRST_PAUSE;
        }
        let changed = std::mem::discriminant(&state) != std::mem::discriminant(&self.state);
        self.state = state;
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

    /// Whether to probe at once; a probe under way is enough.
    pub(super) fn start_probe(&mut self) -> bool {
        self.planned = None;
        !self.may_call() && !std::mem::replace(&mut self.probing, true)
    }

    /// The probe under way came back.
    pub(super) fn probe_ended(&mut self) {
        self.probing = false;
    }
}
