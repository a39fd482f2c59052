//! What staff are told about updates.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use super::state::{Ending, State};
use super::store;

/// Where the updater writes what it knows.
pub const STATE_FILE: &str = "/var/lib/tapdesk-update/state.json";
/// A repository that cannot be reached is nobody's concern before.
const TROUBLE_FOR: TimeDelta = TimeDelta::days(3);

/// What there is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The newest version is installed.
    UpToDate,
    /// This version is ready, and will be installed then; none where somebody has to do it.
    Ready(String, Option<DateTime<Utc>>),
    /// An update did not work, or could not be got for days: why, in English.
    Problem(String),
}

/// Reads it; none where nobody keeps this machine up to date, and where the file is not what it should be.
pub fn read(path: &Path, now: DateTime<Utc>) -> Option<Told> {
    store::read(path).ok().flatten().map(|state| told(&state, now))
}

fn told(state: &State, now: DateTime<Utc>) -> Told {
    let mut known = [&state.trouble, &state.not_got].into_iter().flatten();
    let troubled = known.find(|trouble| now - trouble.since >= TROUBLE_FOR);
    let failed = state.last.as_ref().filter(|last| last.ending != Ending::Updated);
    // A newer version than the one that failed is a new attempt.
    let another = |version: &String| failed.is_none_or(|last| last.version != *version);
    if let Some(trouble) = troubled {
        return Told::Problem(format!("no update can be got: {}", trouble.why));
    }
    if let Some(version) = state.ready.as_ref().filter(|version| another(version)) {
        return Told::Ready(version.clone(), state.next);
    }
    match failed {
        Some(last) => {
            Told::Problem(sentence(last.ending, &last.version, last.why.as_deref().unwrap_or("no reason given")))
        }
        None => Told::UpToDate,
    }
}

/// What an update came to, in English.
pub fn sentence(ending: Ending, version: &str, why: &str) -> String {
    match ending {
        Ending::Updated => format!("{version} was installed"),
        Ending::Abandoned => format!("{version} was not installed: {why}"),
        Ending::RolledBack => format!("{version} was rolled back: {why}"),
        Ending::Stayed => {
            format!("{version} does not work well, and the version before cannot read what it has stored: {why}")
        }
        Ending::Stuck => format!("{version} could not be installed, and not be undone: {why}"),
    }
}

#[cfg(test)]
#[path = "told_tests.rs"]
mod tests;
