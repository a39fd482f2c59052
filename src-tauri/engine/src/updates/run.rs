//! One update from its beginning, or from where it was cut off, to its end: what is to be done is noted before it is done.

use std::time::{Duration, Instant};

use super::Complaint;
use super::Places;
use super::UpdateError;
use super::apt::Apt;
use super::journal_copy::JournalCopy;
use super::plan::{self, Next, Report};
use super::state::{Ending, Last, StartMark, State, Step, UnderWay};
use super::store::Store;
use super::unit::{self, Judgement, Unit, Watch};
use crate::programs::Programs;

/// How long a version has until it says that it is ready.
const READY_WITHIN: Duration = Duration::from_secs(90);
/// Between two looks at the kiosk.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// A kiosk that has written nothing for so long has nobody before it.
const QUIET_FOR: Duration = Duration::from_secs(30);
/// So long a quiet moment is waited for. Then it goes on: taps that were made are safe in the journal.
const QUIET_WITHIN: Duration = Duration::from_mins(10);

/// What an update needs of the machine.
pub(super) trait Hands {
    /// Notes durably what is known.
    fn keep(&mut self, state: &State) -> Result<(), UpdateError>;
    /// Keeps the kiosk from being started by anything else, or no longer; durable.
    fn hold(&mut self, holds: bool) -> Result<(), UpdateError>;
    /// By what the next start can be told from those before it.
    fn mark(&mut self) -> Result<StartMark, Complaint>;
    /// Carries out one step.
    fn carry_out(&mut self, under_way: &UnderWay) -> Report;
    /// Throws away what is of no use after this ending.
    fn clear(&mut self, ending: Ending) -> Result<(), UpdateError>;
    /// The time.
    fn now(&self) -> chrono::DateTime<chrono::Utc>;
}

/// Goes on until it is over; none where nothing is under way.
pub(super) fn go(state: &mut State, hands: &mut impl Hands) -> Result<Option<Last>, UpdateError> {
    loop {
        let noted = prepare(state, hands);
        let Some(under_way) = &mut state.under_way else { return Ok(None) };
        let report = match noted {
            // What cannot be noted is not begun; but what is undone is undone all the same.
            Err(why) if is_forwards(under_way.step) => Report::Failed(why),
            noted => {
                if let Err(why) = noted {
                    tracing::warn!(why, "a step of the way back could not be noted");
                }
                tracing::info!(step = ?under_way.step, from = under_way.from, to = under_way.to, "updating");
                hands.carry_out(under_way)
            }
        };
        if report != Report::Done {
            tracing::info!(?report, "updating");
        }
        if let Next::End(ending) = plan::next(under_way, report) {
            let last = plan::close(state, ending, hands.now());
            // Where it cannot be noted, the kiosk goes on all the same; that it was let go tells the next run.
            let kept = hands.keep(state);
            hands.hold(false)?;
            kept?;
            hands.clear(ending)?;
            return Ok(last);
        }
    }
}

fn is_forwards(step: Step) -> bool {
    matches!(step, Step::Fetch | Step::Stop | Step::CopyJournal | Step::Install | Step::Start)
}

/// All that must be durable before the step is begun.
fn prepare(state: &mut State, hands: &mut impl Hands) -> Result<(), String> {
    let Some(under_way) = &mut state.under_way else { return Ok(()) };
    if under_way.step == Step::Start && under_way.start.is_none() {
        under_way.start = Some(hands.mark()?);
    }
    let (holds, step) = (under_way.kiosk && under_way.step.holds_kiosk(), under_way.step);
    let kept = hands.keep(state).map_err(|error| error.to_string());
    if kept.is_err() && is_forwards(step) {
        return kept;
    }
    // On the way back the kiosk is let go though that cannot be noted: it would not start again.
    hands.hold(holds).map_err(|error| error.to_string()).and(kept)
}

/// This machine.
pub(super) struct Machine<'a> {
    pub(super) places: &'a Places,
    pub(super) programs: &'a Programs,
    pub(super) store: &'a Store,
    /// The journal's folder.
    pub(super) data_dir: &'a std::path::Path,
}

impl Machine<'_> {
    pub(super) fn apt(&self) -> Apt<'_> {
        Apt { programs: self.programs, places: self.places }
    }

    pub(super) fn unit(&self) -> Unit<'_> {
        Unit { programs: self.programs }
    }

    fn journal(&self) -> JournalCopy<'_> {
        let (home, data_dir) = (&self.places.kiosk_home, self.data_dir);
        JournalCopy { programs: self.programs, home, data_dir, copy: self.store.journal() }
    }

    fn fetch(&self, under_way: &UnderWay) -> Result<(), Complaint> {
        self.apt().fetch(&self.store.packages(), &under_way.from, &under_way.to)?;
        self.store.keep_updater().map_err(|error| error.to_string())?;
        if under_way.kiosk && under_way.patient {
            self.wait_for_quiet();
        }
        Ok(())
    }

    fn wait_for_quiet(&self) {
        let began = Instant::now();
        while began.elapsed() < QUIET_WITHIN {
            // A time of the future is of a clock that was set: it says nothing.
            let rests = self.journal().written().and_then(|written| written.elapsed().ok());
            if rests.is_none_or(|rests| rests >= QUIET_FOR) {
                return;
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    fn install(&self, version: &str, under_way: &UnderWay) -> Report {
        let apt = self.apt();
        let Err(why) = apt.install(&self.store.packages(), version) else { return Report::Done };
        let installed = apt.installed();
        let untouched = installed.is_some_and(|installed| installed.sound && installed.version == under_way.from);
        if untouched { Report::Refused(why) } else { Report::Failed(why) }
    }

    fn watch(&self, mut watch: Watch) -> Result<(), Complaint> {
        let began = Instant::now();
        loop {
            match watch.judge(&self.unit().look()?, began.elapsed()) {
                Judgement::Good => return Ok(()),
                Judgement::Bad(why) => return Err(why),
                Judgement::Wait => std::thread::sleep(LOOK_EVERY),
            }
        }
    }

    /// Starts what is installed; `before`: when the kiosk was ready last before this start, where that is known.
    fn start(&self, before: Option<u64>, under_way: &UnderWay) -> Result<(), Complaint> {
        let sample = self.unit().look()?;
        // Started already by a run that was cut off, or at boot.
        let runs = sample.is_active();
        let before = before.unwrap_or(if runs { 0 } else { sample.entered });
        self.unit().begin_start()?;
        let start = Watch::start(before, sample.restarts, READY_WITHIN);
        self.watch(start.of_one_that_was(under_way.out_of_order))
    }

    fn start_new(&self, under_way: &UnderWay) -> Result<(), Complaint> {
        let boot = self.boot()?;
        let mark = under_way.start.as_ref();
        let before = mark.map_or(0, |mark| if mark.boot == boot { mark.entered } else { 0 });
        self.start(Some(before), under_way).map_err(|why| format!("{} was started, and {why}", under_way.to))
    }

    fn start_again(&self, version: &str, under_way: &UnderWay) -> Result<(), Complaint> {
        self.start(None, under_way).map_err(|why| format!("{version} was started again, and {why}"))
    }

    fn halt(&self, under_way: &UnderWay) -> Result<Report, Complaint> {
        self.unit().stop()?;
        let entered = self.unit().look()?.entered;
        Ok(Report::Halted(unit::reached(under_way.start.as_ref(), &self.boot()?, entered)))
    }

    fn boot(&self) -> Result<String, Complaint> {
        let path = &self.places.boot;
        let boot = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(boot.trim().to_owned())
    }
}

impl Hands for Machine<'_> {
    fn keep(&mut self, state: &State) -> Result<(), UpdateError> {
        self.store.keep(state)
    }

    fn hold(&mut self, holds: bool) -> Result<(), UpdateError> {
        self.store.set_hold(holds)
    }

    fn mark(&mut self) -> Result<StartMark, Complaint> {
        Ok(StartMark { boot: self.boot()?, entered: self.unit().look()?.entered })
    }

    fn carry_out(&mut self, under_way: &UnderWay) -> Report {
        let (from, to) = (under_way.from.as_str(), under_way.to.as_str());
        let done = match under_way.step {
            Step::Fetch => self.fetch(under_way),
            Step::Stop | Step::HaltOld => self.unit().stop(),
            Step::CopyJournal => self.journal().take(),
            Step::Install | Step::InstallAgain => return self.install(to, under_way),
            Step::InstallOld => return self.install(from, under_way),
            Step::Start => self.start_new(under_way),
            Step::Watch => {
                let stay = Watch::stay(Duration::from_secs(under_way.watch_s)).of_one_that_was(under_way.out_of_order);
                self.watch(stay).map_err(|why| format!("{to} was ready, and {why}"))
            }
            Step::Halt => return self.halt(under_way).unwrap_or_else(Report::Failed),
            Step::PutJournalBack => self.journal().put_back(),
            Step::StartOld => self.start_again(from, under_way),
            Step::StartAgain => self.start_again(to, under_way),
        };
        done.map_or_else(Report::Failed, |()| Report::Done)
    }

    fn clear(&mut self, ending: Ending) -> Result<(), UpdateError> {
        // Where nothing went well, whoever helps may need the journal as it was.
        self.store.clear(ending != Ending::Stuck)
    }

    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        chrono::Utc::now()
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
