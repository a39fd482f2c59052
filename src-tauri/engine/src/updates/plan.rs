//! What comes next in an update, given what came of the step before: rules without input and output.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, TimeZone, Utc};

use super::state::{Bad, Ending, Last, Reached, State, Step, Trouble, UnderWay};
use crate::settings::hours::DailyHours;

/// A step that was cut off so often is given up: perhaps the new version brings the machine down.
pub const MOST_TRIES: u32 = 3;
/// Between two looks at the repository.
const LOOK_EVERY: TimeDelta = TimeDelta::minutes(55);
/// So many bad versions are remembered.
const MOST_BAD: usize = 20;

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// It is done.
    Done,
    /// The kiosk is stopped, and this is known of the new version's start.
    Halted(Reached),
    /// It failed, and nothing was changed by it.
    Refused(String),
    /// It failed.
    Failed(String),
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// This is to be done.
    Step(Step),
    /// It is over.
    End(Ending),
}

/// What follows on this step's report.
pub fn next(under_way: &mut UnderWay, report: Report) -> Next {
    let failed = match report {
        Report::Failed(why) | Report::Refused(why) if under_way.step == Step::Fetch => {
            add(&mut under_way.why, why);
            return Next::End(Ending::Abandoned);
        }
        Report::Refused(why) => {
            under_way.changed &= under_way.step != Step::Install;
            Some(why)
        }
        Report::Failed(why) => Some(why),
        Report::Halted(reached) => {
            under_way.ready = worse(under_way.ready, reached);
            None
        }
        Report::Done => None,
    };
    let ok = failed.is_none();
    if let Some(why) = failed {
        add(&mut under_way.why, why);
    }
    let follows = follow(under_way, ok);
    if let Next::Step(step) = follows {
        enter(under_way, step);
    }
    follows
}

fn follow(under_way: &mut UnderWay, ok: bool) -> Next {
    let kiosk = under_way.kiosk;
    let step = match (under_way.step, ok) {
        (Step::Fetch, _) => {
            if kiosk {
                Step::Stop
            } else {
                Step::Install
            }
        }
        (Step::Stop, true) => Step::CopyJournal,
        (Step::CopyJournal, true) => Step::Install,
        (Step::Install, true) if kiosk => Step::Start,
        (Step::Install | Step::Watch, true) => return Next::End(Ending::Updated),
        (Step::Start, true) => {
            under_way.ready = Reached::Yes;
            Step::Watch
        }
        (Step::Install, false) if !kiosk => Step::InstallOld,
        (Step::Stop | Step::CopyJournal | Step::Install | Step::Start | Step::Watch, false) => Step::Halt,
        (Step::Halt, ok) => {
            if !ok {
                // What still runs may store a tap at any time: its journal is left alone.
                under_way.ready = worse(under_way.ready, Reached::Unknown);
            }
            Step::InstallOld
        }
        (Step::InstallOld, ok) => {
            under_way.stuck |= !ok;
            match (kiosk, ok) {
                (false, _) => return Next::End(backwards(under_way)),
                (true, true) if under_way.start.is_some() && under_way.ready == Reached::No => Step::PutJournalBack,
                (true, _) => Step::StartOld,
            }
        }
        (Step::PutJournalBack, ok) => {
            // Perhaps half of it is there: the copy must stay for whoever helps.
            under_way.stuck |= !ok;
            Step::StartOld
        }
        // The journal is as the new version left it: perhaps only that one can read it.
        (Step::StartOld, false) if under_way.ready != Reached::No && !under_way.stuck => Step::HaltOld,
        (Step::StartOld, ok) => {
            under_way.stuck |= !ok;
            return Next::End(backwards(under_way));
        }
        (Step::HaltOld, _) => Step::InstallAgain,
        (Step::InstallAgain, ok) => {
            under_way.stuck |= !ok;
            Step::StartAgain
        }
        (Step::StartAgain, ok) => {
            let stuck = under_way.stuck || !ok;
            return Next::End(if stuck { Ending::Stuck } else { Ending::Stayed });
        }
    };
    Next::Step(step)
}

fn backwards(under_way: &UnderWay) -> Ending {
    if under_way.stuck {
        Ending::Stuck
    } else if under_way.changed {
        Ending::RolledBack
    } else {
        Ending::Abandoned
    }
}

fn enter(under_way: &mut UnderWay, step: Step) {
    under_way.step = step;
    under_way.tries = 0;
    under_way.changed |= step == Step::Install;
}

/// A run that was cut off is taken up: its step is done again, unless that was tried too often. `held`: whether the kiosk
/// was kept from starting until now.
pub fn resume(under_way: &mut UnderWay, held: bool) {
    // It was let go after it had been judged: what it has stored since then is not to be replaced.
    if !held && under_way.kiosk && matches!(under_way.step, Step::InstallOld | Step::PutJournalBack) {
        under_way.ready = worse(under_way.ready, Reached::Unknown);
        if under_way.step == Step::PutJournalBack {
            enter(under_way, Step::StartOld);
        }
    }
    under_way.tries = under_way.tries.saturating_add(1);
    let forwards = matches!(under_way.step, Step::Stop | Step::CopyJournal | Step::Install | Step::Start | Step::Watch);
    if forwards && under_way.tries > MOST_TRIES {
        let why = format!("it was cut off {} times while {} was installed", under_way.tries, under_way.to);
        add(&mut under_way.why, why);
        enter(under_way, if under_way.kiosk { Step::Halt } else { Step::InstallOld });
    }
}

/// Once a tap may have been acknowledged, nothing makes that undone.
fn worse(one: Reached, other: Reached) -> Reached {
    match (one, other) {
        (Reached::Yes, _) | (_, Reached::Yes) => Reached::Yes,
        (Reached::Unknown, _) | (_, Reached::Unknown) => Reached::Unknown,
        (Reached::No, Reached::No) => Reached::No,
    }
}

fn add(sentence: &mut Option<String>, why: String) {
    *sentence = Some(match sentence.take() {
        Some(before) => format!("{before}; then: {why}"),
        None => why,
    });
}

/// Writes down what an update came to, and answers with it; none where none is under way.
pub fn close(state: &mut State, ending: Ending, now: DateTime<Utc>) -> Option<Last> {
    let UnderWay { to, why, step, .. } = state.under_way.take()?;
    if step == Step::Fetch {
        // Nothing was touched: the repository is to blame, and may answer the next time.
        note_trouble(&mut state.not_got, why.clone().unwrap_or_default(), now);
        return Some(Last { ending, version: to, why, at: now });
    }
    state.not_got = None;
    if ending != Ending::Abandoned {
        // What was asked for again and works now is not bad any more.
        state.bad.retain(|bad| bad.version != to);
        (state.ready, state.next) = (None, None);
    }
    if matches!(ending, Ending::RolledBack | Ending::Stuck) {
        state.bad.push(Bad { version: to.clone(), why: why.clone().unwrap_or_default(), at: now });
        let many = state.bad.len().saturating_sub(MOST_BAD);
        state.bad.drain(..many);
    }
    let why = if ending == Ending::Updated { None } else { why };
    state.last = Some(Last { ending, version: to, why, at: now });
    state.last.clone()
}

/// Something could not be got.
pub fn note_trouble(trouble: &mut Option<Trouble>, why: String, now: DateTime<Utc>) {
    let since = trouble.as_ref().map_or(now, |trouble| trouble.since);
    *trouble = Some(Trouble { why, since });
}

/// Whether the repository is to be asked.
pub fn is_time_to_look(state: &State, now: DateTime<Utc>) -> bool {
    // A clock that was set back must not keep it from looking for long.
    state.looked.is_none_or(|looked| now - looked >= LOOK_EVERY || looked > now)
}

/// What is found at a look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The installed version.
    pub installed: String,
    /// A newer one, where the repository has one.
    pub newer: Option<String>,
    /// Whether the operator keeps apt from changing the package (`apt-mark hold`).
    pub held: bool,
}

/// What is to be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Nothing.
    Rest,
    /// This version is to be installed.
    Install(String),
}

/// Writes down what was found, and decides. `asked`: somebody wants it installed now.
pub fn decide<Zone: TimeZone>(
    state: &mut State,
    found: Found,
    automatic: bool,
    window: DailyHours,
    asked: bool,
    now: &DateTime<Zone>,
) -> Decision {
    // Somebody else has changed it: what came of the updater's own attempt is over.
    if state.installed.as_ref().is_some_and(|before| *before != found.installed) {
        state.last = None;
    }
    state.installed = Some(found.installed);
    let newer = found.newer.filter(|newer| asked || !state.is_bad(newer));
    let by_itself = automatic && !found.held;
    if newer.is_none() {
        state.not_got = None;
    }
    state.ready.clone_from(&newer);
    state.next = newer.as_ref().filter(|_| by_itself).map(|_| next_opening(now, window));
    match newer {
        Some(version) if asked || (by_itself && window.hold_at(now.time())) => Decision::Install(version),
        _ => Decision::Rest,
    }
}

/// When this part of the day begins; now where it has.
pub fn next_opening<Zone: TimeZone>(now: &DateTime<Zone>, window: DailyHours) -> DateTime<Utc> {
    if window.hold_at(now.time()) {
        return now.to_utc();
    }
    let today = now.date_naive();
    let day = if now.time() < window.from { Some(today) } else { today.checked_add_days(Days::new(1)) };
    let at = |time: NaiveTime| now.timezone().from_local_datetime(&day?.and_time(time)).earliest();
    // An hour that the change to summer time leaves out begins when it is over.
    let opens = at(window.from).or_else(|| at(window.from.overflowing_add_signed(TimeDelta::hours(1)).0));
    opens.map_or_else(|| now.to_utc() + TimeDelta::days(1), |opens| opens.to_utc())
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
