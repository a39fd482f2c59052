//! How the kiosk is: facts, judged by what staff can do about them.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::effect::{LinkState, QueueState, ReaderState, StorageState};

use super::StaffDesk;
use super::view::health::{ConfigurationLine, Happened, Health, HealthCheck, HealthKind, HealthState, Version};
use crate::fleet::{FleetState, Newest};
use crate::journal;
#[cfg(target_os = "linux")]
use crate::reader::libnfc;
use crate::recorder::{Current, link_kind};
use crate::rights::ROLES;
use crate::screen::ConfigurationState;
use crate::updates::told::{self, Told};

/// A sign-in that is renewed has always longer than this: somebody has to sign in again, and has a week for it.
const SIGN_IN_ENDS_SOON: TimeDelta = TimeDelta::days(7);
/// While the service answers no tap waits for so long.
const WAITS_LONG: TimeDelta = TimeDelta::minutes(5);
/// Percent of the places for waiting taps: the rest is needed while somebody sees to it.
const QUEUE_NEARLY_FULL: u64 = 80;
/// Percent of a minute's calls.
const BUDGET_NEARLY_USED: u64 = 75;

/// A web server that cannot be reached is nobody's concern before, where it ever was.
const FLEET_NOT_REACHED_FOR: TimeDelta = TimeDelta::days(1);

/// All that [`checks`] judges.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) now: DateTime<Utc>,
    pub(super) current: Current,
    /// When the sign-in ends unless it is renewed; none where there is none.
    pub(super) sign_in_ends: Option<DateTime<Utc>>,
    /// How far the service's clock is ahead.
    pub(super) clock_ahead: TimeDelta,
    /// How many taps may wait.
    pub(super) max_entries: u64,
    /// For how long one may.
    pub(super) max_age: TimeDelta,
    /// Calls of the last minute, and how many there may be.
    pub(super) calls: (u32, u32),
    /// The operator's number of the configuration that runs.
    pub(super) version: Option<u64>,
    /// The roles that the account lacks, as far as that is known.
    pub(super) lacking: Vec<String>,
    /// What the updater says; none where nobody keeps the program up to date.
    pub(super) update: Option<Told>,
}

impl StaffDesk {
    /// How the kiosk is now. No call is made for it.
    pub async fn health(&self) -> Health {
        self.health_with(Path::new(told::STATE_FILE)).await
    }

    /// The same, where the updater writes what it knows to this file.
    pub async fn health_with(&self, update_state: &Path) -> Health {
        let (rooms, now) = (&self.rooms, Utc::now());
        let (http, current) = (rooms.spaces.http(), rooms.recorder.current());
        // A key store that cannot be read holds no sign-in that could be used.
        let stored = http.session().stored().await.ok().flatten();
        let facts = Facts {
            now,
            sign_in_ends: current.sign_in_ends.or_else(|| stored.map(|tokens| tokens.ends())),
            current,
            clock_ahead: http.clock_ahead(),
            max_entries: rooms.settings.offline.max_entries,
            max_age: TimeDelta::hours(i64::try_from(rooms.settings.offline.max_age_h).unwrap_or(i64::from(u16::MAX))),
            calls: http.budget_used(),
            version: rooms.settings.version,
            lacking: self.lacking.all(),
            update: told::read(update_state, now),
        };
        Health {
            at: now,
            checks: checks(&facts),
            latencies: rooms.recorder.latencies(),
            versions: versions(&rooms.program),
            configuration: self.configuration(),
            began: rooms.recorder.began(),
        }
    }

    /// At most 200 happenings, newest first: the last ones, or those before this number.
    pub fn events(&self, before: Option<u64>) -> Vec<Happened> {
        self.rooms.recorder.events(before)
    }

    fn configuration(&self) -> Vec<ConfigurationLine> {
        let set = self.rooms.configuration.iter().filter_map(|item| {
            let origin = if item.origin == "default" { String::new() } else { item.origin.clone() };
            Some(ConfigurationLine { key: item.key.clone(), value: item.value.clone()?, origin })
        });
        set.collect()
    }
}

fn versions(program: &str) -> Vec<Version> {
    let version = |name: &str, version: &str| Version { name: name.to_owned(), version: version.to_owned() };
    let (sqlite, cipher) = journal::versions();
    let mut versions = vec![version("Tapdesk", program)];
    #[cfg(target_os = "linux")]
    versions.push(version("libnfc", &libnfc::version()));
    versions.push(version("SQLite", &sqlite));
    versions.extend(cipher.map(|cipher| version("SQLCipher", &cipher)));
    versions
}

/// Each thing that is looked at, in the order in which they are shown.
pub(super) fn checks(facts: &Facts) -> Vec<HealthCheck> {
    let mut checks = vec![
        reader(facts),
        link(facts),
        sign_in(facts),
        clock(facts),
        queue(facts),
        needs_staff(facts),
        storage(facts),
        budget(facts),
        configuration(facts),
        rights(facts),
    ];
    checks.extend(facts.update.as_ref().map(update));
    checks.extend(facts.current.fleet.as_ref().map(|state| fleet(state, facts.now)));
    checks
}

fn check(what: HealthKind, state: HealthState) -> HealthCheck {
    HealthCheck { what, state, figure: None, moment: None, detail: None }
}

/// Attention where this holds.
fn attention(holds: bool) -> HealthState {
    if holds { HealthState::Attention } else { HealthState::Good }
}

fn reader(facts: &Facts) -> HealthCheck {
    let (state, detail) = match &facts.current.reader {
        ReaderState::Starting => (HealthState::Attention, None),
        ReaderState::Up { name } => (HealthState::Good, Some(name.clone())),
        ReaderState::Down { why } => (HealthState::Problem, Some(why.clone())),
    };
    HealthCheck { detail, ..check(HealthKind::Reader, state) }
}

fn link(facts: &Facts) -> HealthCheck {
    let state = match &facts.current.link {
        LinkState::Online => HealthState::Good,
        LinkState::Connecting => HealthState::Attention,
        LinkState::Offline { .. } | LinkState::SignedOut { .. } => HealthState::Problem,
    };
    let detail = link_kind(&facts.current.link).1.map(str::to_owned);
    HealthCheck { moment: facts.current.link_since, detail, ..check(HealthKind::Link, state) }
}

fn sign_in(facts: &Facts) -> HealthCheck {
    let ends = facts.sign_in_ends.filter(|_| !matches!(facts.current.link, LinkState::SignedOut { .. }));
    let left = ends.map(|ends| ends - facts.now);
    let state = match left {
        Some(left) if left > TimeDelta::zero() => attention(left <= SIGN_IN_ENDS_SOON),
        _ => HealthState::Problem,
    };
    let days = left.map(|left| left.num_days().max(0));
    HealthCheck { figure: days, moment: ends, ..check(HealthKind::SignIn, state) }
}

fn clock(facts: &Facts) -> HealthCheck {
    let ahead = facts.current.clock_ahead.unwrap_or(facts.clock_ahead).num_seconds();
    let state = attention(facts.current.clock_ahead.is_some());
    HealthCheck { figure: Some(ahead), ..check(HealthKind::Clock, state) }
}

fn queue(facts: &Facts) -> HealthCheck {
    let QueueState { waiting, oldest, .. } = facts.current.queue;
    let waiting = waiting as u64;
    let age = oldest.map_or(TimeDelta::zero(), |oldest| facts.now - oldest);
    let full = waiting.saturating_mul(100) > facts.max_entries.saturating_mul(QUEUE_NEARLY_FULL);
    let state = if full || age > facts.max_age / 2 {
        HealthState::Problem
    } else {
        attention(age > WAITS_LONG && facts.current.link == LinkState::Online)
    };
    HealthCheck { figure: Some(count(waiting)), moment: oldest, ..check(HealthKind::Queue, state) }
}

fn needs_staff(facts: &Facts) -> HealthCheck {
    let taps = facts.current.queue.needs_staff as u64;
    HealthCheck { figure: Some(count(taps)), ..check(HealthKind::NeedsStaff, attention(taps > 0)) }
}

fn storage(facts: &Facts) -> HealthCheck {
    match &facts.current.storage {
        StorageState::Works => check(HealthKind::Storage, HealthState::Good),
        StorageState::Fails { why } => {
            HealthCheck { detail: Some(why.clone()), ..check(HealthKind::Storage, HealthState::Problem) }
        }
    }
}

fn budget(facts: &Facts) -> HealthCheck {
    let (used, of) = facts.calls;
    let percent = u64::from(used) * 100 / u64::from(of.max(1));
    HealthCheck { figure: Some(count(percent)), ..check(HealthKind::Budget, attention(percent > BUDGET_NEARLY_USED)) }
}

fn configuration(facts: &Facts) -> HealthCheck {
    let (state, version, detail) = match &facts.current.configuration {
        Some(ConfigurationState::NotTaken { why, version }) => (HealthState::Attention, *version, Some(why.clone())),
        Some(ConfigurationState::Current { version, .. }) => (HealthState::Good, *version, None),
        None => (HealthState::Good, facts.version, None),
    };
    HealthCheck { figure: version.map(count), detail, ..check(HealthKind::Configuration, state) }
}

fn rights(facts: &Facts) -> HealthCheck {
    let is_needed = |name: &String| ROLES.iter().any(|role| role.needed && role.name == name);
    let state =
        if facts.lacking.iter().any(is_needed) { HealthState::Problem } else { attention(!facts.lacking.is_empty()) };
    let detail = (!facts.lacking.is_empty()).then(|| facts.lacking.join(", "));
    HealthCheck { detail, ..check(HealthKind::Rights, state) }
}

fn update(told: &Told) -> HealthCheck {
    let (state, detail, moment) = match told {
        Told::UpToDate => (HealthState::Good, None, None),
        Told::Ready(version, next) => (HealthState::Attention, Some(version.clone()), *next),
        Told::Problem(why) => (HealthState::Problem, Some(why.clone()), None),
    };
    HealthCheck { moment, detail, ..check(HealthKind::Update, state) }
}

fn fleet(fleet: &FleetState, now: DateTime<Utc>) -> HealthCheck {
    let is_recent = |polled: DateTime<Utc>| now - polled < FLEET_NOT_REACHED_FOR;
    let state = match fleet.newest {
        Newest::Used | Newest::Waits(_) => HealthState::Good,
        Newest::NotReached(_) => attention(!fleet.polled.is_some_and(is_recent)),
        Newest::NotTaken(_) => HealthState::Attention,
        Newest::RolledBack(_) => HealthState::Problem,
    };
    let detail = fleet.newest.sentence().map(str::to_owned);
    HealthCheck { figure: fleet.version.map(count), moment: fleet.polled, detail, ..check(HealthKind::Fleet, state) }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "health_tests.rs"]
mod tests;
