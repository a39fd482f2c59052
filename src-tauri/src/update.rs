//! `tapdesk update`: keeps a Tapdesk that was installed from a package up to date. The engine does it.

use std::time::Duration;

use chrono::{DateTime, Local, Utc};
use clap::Subcommand;
use tapdesk_engine::updates::state::{Ending, Last, State};
use tapdesk_engine::updates::told::sentence;
use tapdesk_engine::updates::{Outcome, Places, UpdateError, Updater, WATCHED_FOR};

use crate::command_line::Failure;
use crate::log;
use crate::once::say;

/// What `tapdesk update` can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Update {
    /// Asks the repository whether there is a newer version; installs nothing.
    Check,
    /// Installs a newer version where `[updates]` of the managed configuration lets it be done at this hour. One that does
    /// not work is undone.
    Install {
        /// At any hour, and also a version that did not work here before.
        #[arg(long)]
        now: bool,
        /// For how many seconds the new version must run well before it counts as good.
        #[arg(long, value_name = "SECONDS", default_value_t = WATCHED_FOR.as_secs(), value_parser = clap::value_parser!(u64).range(1..=3600))]
        watch: u64,
    },
    /// Installs the version before, which was kept; the present one is not installed again by itself.
    RollBack,
    /// Finishes what a power cut has interrupted, and does nothing else.
    Finish,
    /// Prints what is known about updates.
    State {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Carries it out.
pub(crate) fn run(update: &Update) -> Result<(), Failure> {
    let watch = if let Update::Install { watch, .. } = update { Duration::from_secs(*watch) } else { WATCHED_FOR };
    let updater = Updater::new(Places::default(), watch);
    if let Update::State { json } = update {
        return updater.state().map(|state| print(state, *json)).map_err(failure);
    }
    log::to_stderr();
    let _signals = stay().map_err(|error| Failure::Other(error.to_string()))?;
    let outcome = match update {
        Update::Check => updater.check(),
        Update::Install { now, .. } => updater.install(*now),
        Update::RollBack => updater.roll_back(),
        Update::Finish | Update::State { .. } => updater.finish(),
    };
    told(update, outcome.map_err(failure)?)
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` wants it")]
fn failure(error: UpdateError) -> Failure {
    Failure::Other(error.to_string())
}

/// A terminal that goes away in the midst of it must not leave a kiosk stopped. It would be taken up again, but later.
fn stay() -> std::io::Result<tokio::runtime::Runtime> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        for kind in [SignalKind::hangup(), SignalKind::interrupt()] {
            // What was taken over once stays taken over.
            drop(signal(kind)?);
        }
        Ok::<(), std::io::Error>(())
    })?;
    Ok(runtime)
}

fn told(update: &Update, outcome: Outcome) -> Result<(), Failure> {
    let wanted = if matches!(update, Update::RollBack) { Ending::RolledBack } else { Ending::Updated };
    match outcome.last {
        Some(last) if last.ending == wanted => {
            say(&words(&last));
            Ok(())
        }
        Some(last) => Err(Failure::Other(words(&last))),
        None => {
            print(Some(outcome.state), false);
            Ok(())
        }
    }
}

fn words(last: &Last) -> String {
    sentence(last.ending, &last.version, last.why.as_deref().unwrap_or_default())
}

fn print(state: Option<State>, json: bool) {
    let state = state.unwrap_or_default();
    if json {
        say(&serde_json::to_string_pretty(&state).unwrap_or_default());
        return;
    }
    let time = |time: DateTime<Utc>| time.with_timezone(&Local).format("%Y-%m-%d %H:%M");
    say(&format!("installed: {}", state.installed.as_deref().unwrap_or("not known")));
    match (&state.ready, state.next) {
        (Some(version), Some(next)) => say(&format!("ready: {version}, will be installed at {}", time(next))),
        (Some(version), None) => say(&format!("ready: {version}; `tapdesk update install --now` installs it")),
        (None, _) => say("ready: nothing newer"),
    }
    if let Some(looked) = state.looked {
        say(&format!("asked: {}", time(looked)));
    }
    for trouble in [&state.trouble, &state.not_got].into_iter().flatten() {
        say(&format!("in the way since {}: {}", time(trouble.since), trouble.why));
    }
    if let Some(update) = &state.under_way {
        say(&format!("under way: {} to {}, since {}", update.from, update.to, time(update.began)));
    }
    if let Some(last) = &state.last {
        say(&format!("last: {} ({})", words(last), time(last.at)));
    }
    for bad in &state.bad {
        say(&format!("did not work here: {} ({}): {}", bad.version, time(bad.at), bad.why));
    }
}
