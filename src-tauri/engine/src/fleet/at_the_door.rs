//! What becomes of a configuration on trial where the desk cannot be opened with it, or does not stay open.

use chrono::Utc;

use super::state::State;
use super::store::Store;
use super::trial::MOST_STARTS;
use crate::service::StartError;
use crate::settings::Settings;

/// A desk was opened with these settings: one that was opened too often while its configuration is on trial ends again and
/// again, and what was before is put back.
pub(crate) async fn opened(settings: Settings) -> Result<(), StartError> {
    // Nobody waits for it who would want to know why it broke off.
    tokio::task::spawn_blocking(move || note_opened(&settings)).await.unwrap_or(Ok(()))
}

/// A desk could not be opened with these settings, or ended by this: where the configuration is to blame, and is on trial,
/// what was before is put back, for whoever reads it next. Answers with what it was given.
pub(crate) async fn failed(settings: Settings, error: StartError) -> StartError {
    if error.is_configuration() {
        let why = format!("the kiosk cannot work with it: {error}");
        drop(tokio::task::spawn_blocking(move || note_failed(&settings, &why)).await);
    }
    error
}

fn note_opened(settings: &Settings) -> Result<(), StartError> {
    let Some((store, mut state)) = on_trial(settings) else { return Ok(()) };
    let Some(trial) = &mut state.trial else { return Ok(()) };
    trial.starts += 1;
    if trial.starts <= MOST_STARTS {
        store.keep_or_say(&state);
        return Ok(());
    }
    let why = format!("the kiosk began {MOST_STARTS} times with it and did not stay");
    let Some(version) = roll_back(&store, &mut state, &why) else { return Ok(()) };
    Err(StartError::RolledBack { version })
}

fn note_failed(settings: &Settings, why: &str) {
    if let Some((store, mut state)) = on_trial(settings) {
        roll_back(&store, &mut state, why);
    }
}

fn on_trial(settings: &Settings) -> Option<(Store, State)> {
    let store = Store::of(&settings.fleet, &settings.data_dir)?;
    let state = store.read().ok().filter(|state| state.trial.is_some())?;
    Some((store, state))
}

fn roll_back(store: &Store, state: &mut State, why: &str) -> Option<u64> {
    let version = state.roll_back(why, Utc::now())?;
    store.keep_or_say(state);
    tracing::error!(version, why, "fleet: rolled back");
    Some(version)
}

#[cfg(test)]
#[path = "door_tests.rs"]
mod tests;
