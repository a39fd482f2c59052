//! The kiosk's unit: whether there is one, how it is, and whether a start of it is good.

use std::time::Duration;

use super::Complaint;
use super::state::{Reached, StartMark};
use crate::programs::{self, Programs};
use crate::unit::{self, KIOSK, PROPERTIES};

const ASKS: Duration = Duration::from_secs(30);
/// A program that does not end is killed by systemd after 90 seconds.
const STOPS: Duration = Duration::from_secs(150);
/// So many restarts, and a new version does not work.
pub(super) const MOST_RESTARTS: u32 = 3;
/// So long a version that is ready may be out of order: what it waits for may just be starting too.
const MENDS_WITHIN: Duration = Duration::from_secs(15);
/// What does not run for so long is not just being restarted.
const GONE_FOR: Duration = Duration::from_secs(5);

/// What is to be thought of a start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Judgement {
    /// Nothing yet.
    Wait,
    /// It is good.
    Good,
    /// It is not.
    Bad(String),
}

/// Looks at one start again and again, and judges.
#[derive(Debug)]
pub(super) struct Watch {
    /// When the unit was ready last before this start.
    before: u64,
    /// How long it has, to be ready and to stay so.
    limits: (Duration, Duration),
    /// systemd's count of restarts as it was seen last: it begins anew a moment after a start by hand.
    counted: Option<u32>,
    /// How many of them belong to this start.
    restarts: u32,
    ready_since: Option<Duration>,
    gone_since: Option<Duration>,
    troubled_since: Option<Duration>,
    /// Whether it may be out of order, since it was so before the update.
    may_be_out_of_order: bool,
}

impl Watch {
    /// Whether it becomes ready: `before` is when it was so last, `counted` the count of restarts until now.
    pub(super) fn start(before: u64, counted: u32, within: Duration) -> Self {
        let limits = (within, Duration::ZERO);
        Self {
            before,
            limits,
            counted: Some(counted),
            restarts: 0,
            ready_since: None,
            gone_since: None,
            troubled_since: None,
            may_be_out_of_order: false,
        }
    }

    /// Whether it stays.
    pub(super) fn stay(lasts: Duration) -> Self {
        let (limits, ready_since) = ((lasts, lasts), Some(Duration::ZERO));
        Self {
            before: 0,
            limits,
            counted: None,
            restarts: 0,
            ready_since,
            gone_since: None,
            troubled_since: None,
            may_be_out_of_order: false,
        }
    }

    /// The same, for a kiosk that was out of order before: then that is nothing new.
    pub(super) fn of_one_that_was(self, out_of_order: bool) -> Self {
        Self { may_be_out_of_order: out_of_order, ..self }
    }

    /// What this sample says, so long after the beginning.
    pub(super) fn judge(&mut self, sample: &unit::Unit, passed: Duration) -> Judgement {
        let counted = self.counted.replace(sample.restarts).unwrap_or(sample.restarts);
        self.restarts += sample.restarts.checked_sub(counted).unwrap_or(sample.restarts);
        if self.restarts >= MOST_RESTARTS {
            return Judgement::Bad(format!("it ended by itself {} times", self.restarts));
        }
        // Out of order it says that it is ready too: no other start would bring it further.
        let works = !sample.is_out_of_order() || self.may_be_out_of_order;
        if self.ready_since.is_none() && sample.entered > self.before && works {
            self.ready_since = Some(passed);
        }
        if works || sample.entered <= self.before {
            self.troubled_since = None;
        } else if passed.saturating_sub(*self.troubled_since.get_or_insert(passed)) >= MENDS_WITHIN {
            return Judgement::Bad("it is out of order".to_owned());
        }
        if sample.rests() {
            let since = *self.gone_since.get_or_insert(passed);
            if self.ready_since.is_some() && sample.is_ended_by_staff() {
                return Judgement::Good;
            }
            if passed.saturating_sub(since) >= GONE_FOR {
                return Judgement::Bad("it does not run, and nothing starts it again".to_owned());
            }
        } else {
            self.gone_since = None;
        }
        let (within, stays) = self.limits;
        match self.ready_since {
            Some(since) if passed >= since + stays => {
                if stays.is_zero() || (sample.is_active() && works) {
                    Judgement::Good
                } else if works && passed >= since + stays + GONE_FOR {
                    Judgement::Bad(format!("it is not running at the end ({})", sample.active))
                } else {
                    Judgement::Wait
                }
            }
            None if passed >= within => {
                Judgement::Bad(format!("it did not say within {} s that it is ready", within.as_secs()))
            }
            _ => Judgement::Wait,
        }
    }
}

/// Whether the new version said that it is ready, judged when it is stopped again. `mark`: how it was before its start.
pub(super) fn reached(mark: Option<&StartMark>, boot: &str, entered: u64) -> Reached {
    match mark {
        None => Reached::No,
        Some(mark) if mark.boot == boot && entered == mark.entered => Reached::No,
        Some(mark) if mark.boot == boot && entered > mark.entered => Reached::Yes,
        // systemd has forgotten the unit, or this is another boot.
        Some(_) if entered > 0 => Reached::Yes,
        Some(_) => Reached::Unknown,
    }
}

/// systemd, as far as it has to do with the kiosk.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub(super) programs: &'a Programs,
}

impl Unit<'_> {
    /// How it is now; as nothing where there is no such unit, or no systemd.
    pub(super) fn look(&self) -> Result<unit::Unit, Complaint> {
        let words = programs::run(self.programs.command("systemctl").args(["show", PROPERTIES, KIOSK]), ASKS)?;
        Ok(unit::Unit::read(&words))
    }

    /// Stops it, and answers when nothing of it runs any more.
    pub(super) fn stop(&self) -> Result<(), Complaint> {
        programs::run(self.programs.command("systemctl").args(["stop", KIOSK]), STOPS)?;
        let sample = self.look()?;
        if sample.rests() { Ok(()) } else { Err(format!("{KIOSK} does not stop ({})", sample.active)) }
    }

    /// Begins to start it.
    pub(super) fn begin_start(&self) -> Result<(), Complaint> {
        // The package may have brought another unit file, and need not have told systemd.
        programs::run(self.programs.command("systemctl").arg("daemon-reload"), ASKS)?;
        let mut command = self.programs.command("systemctl");
        programs::run(command.args(["start", "--no-block", KIOSK]), ASKS).map(drop)
    }
}

#[cfg(test)]
#[path = "unit_tests.rs"]
mod tests;
