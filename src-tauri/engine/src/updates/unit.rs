//! The kiosk's unit: whether there is one, how it is, and whether a start of it is good.

use std::time::Duration;

use super::programs::{self, Complaint, Programs};
use super::state::{Reached, StartMark};

const UNIT: &str = "tapdesk-kiosk.service";
const ASKS: Duration = Duration::from_secs(30);
/// A program that does not end is killed by systemd after 90 seconds.
const STOPS: Duration = Duration::from_secs(150);
/// So many restarts, and a new version does not work.
pub(super) const MOST_RESTARTS: u64 = 3;
/// What does not run for so long is not just being restarted.
const GONE_FOR: Duration = Duration::from_secs(5);
/// The program ends with this code where staff ended it behind their PIN.
const ENDED_BY_STAFF: i32 = 10;

/// How the unit is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sample {
    /// systemd's word: `active`, `activating`, `inactive`, `failed` …
    pub(super) active: String,
    /// When it was ready last: microseconds since the boot; 0 for never.
    pub(super) entered: u64,
    /// How often systemd has restarted it since it was started by hand.
    pub(super) restarts: u64,
    /// The last exit code of its program.
    pub(super) exit_code: i32,
    /// Whether it is started at boot.
    pub(super) enabled: bool,
}

impl Sample {
    /// What `systemctl show` prints.
    pub(super) fn of(words: &str) -> Self {
        let value = |key: &str| {
            words
                .lines()
                .find_map(|line| line.split_once('=').filter(|(name, _)| *name == key))
                .map_or("", |pair| pair.1)
        };
        Self {
            active: value("ActiveState").to_owned(),
            entered: value("ActiveEnterTimestampMonotonic").parse().unwrap_or(0),
            restarts: value("NRestarts").parse().unwrap_or(0),
            exit_code: value("ExecMainStatus").parse().unwrap_or(0),
            enabled: value("UnitFileState").starts_with("enabled"),
        }
    }

    fn rests(&self) -> bool {
        matches!(self.active.as_str(), "inactive" | "failed" | "")
    }

    /// Whether a kiosk is run by this unit.
    pub(super) fn is_kiosk(&self) -> bool {
        self.enabled || !self.rests()
    }
}

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
    counted: Option<u64>,
    /// How many of them belong to this start.
    restarts: u64,
    ready_since: Option<Duration>,
    gone_since: Option<Duration>,
}

impl Watch {
    /// Whether it becomes ready: `before` is when it was so last, `counted` the count of restarts until now.
    pub(super) fn start(before: u64, counted: u64, within: Duration) -> Self {
        let limits = (within, Duration::ZERO);
        Self { before, limits, counted: Some(counted), restarts: 0, ready_since: None, gone_since: None }
    }

    /// Whether it stays.
    pub(super) fn stay(lasts: Duration) -> Self {
        let (limits, ready_since) = ((lasts, lasts), Some(Duration::ZERO));
        Self { before: 0, limits, counted: None, restarts: 0, ready_since, gone_since: None }
    }

    /// What this sample says, so long after the beginning.
    pub(super) fn judge(&mut self, sample: &Sample, passed: Duration) -> Judgement {
        let counted = self.counted.replace(sample.restarts).unwrap_or(sample.restarts);
        self.restarts += sample.restarts.checked_sub(counted).unwrap_or(sample.restarts);
        if self.restarts >= MOST_RESTARTS {
            return Judgement::Bad(format!("it ended by itself {} times", self.restarts));
        }
        if self.ready_since.is_none() && sample.entered > self.before {
            self.ready_since = Some(passed);
        }
        if sample.rests() {
            let since = *self.gone_since.get_or_insert(passed);
            if self.ready_since.is_some() && sample.exit_code == ENDED_BY_STAFF {
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
                if stays.is_zero() || sample.active == "active" {
                    Judgement::Good
                } else if passed >= since + stays + GONE_FOR {
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
    pub(super) fn look(&self) -> Result<Sample, Complaint> {
        let properties = "ActiveState,ActiveEnterTimestampMonotonic,NRestarts,ExecMainStatus,UnitFileState";
        let mut command = self.programs.command("systemctl");
        let words = programs::run(command.args(["show", "--property", properties, UNIT]), ASKS)?;
        Ok(Sample::of(&words))
    }

    /// Stops it, and answers when nothing of it runs any more.
    pub(super) fn stop(&self) -> Result<(), Complaint> {
        programs::run(self.programs.command("systemctl").args(["stop", UNIT]), STOPS)?;
        let sample = self.look()?;
        if sample.rests() { Ok(()) } else { Err(format!("{UNIT} does not stop ({})", sample.active)) }
    }

    /// Begins to start it.
    pub(super) fn begin_start(&self) -> Result<(), Complaint> {
        // The package may have brought another unit file, and need not have told systemd.
        programs::run(self.programs.command("systemctl").arg("daemon-reload"), ASKS)?;
        let mut command = self.programs.command("systemctl");
        programs::run(command.args(["start", "--no-block", UNIT]), ASKS).map(drop)
    }
}

#[cfg(test)]
#[path = "unit_tests.rs"]
mod tests;
