//! Keeps what was set up: first the secrets, then the configuration in one move; where that fails, the secrets of before
//! are put back. So whoever looks finds the old kiosk or the new one; only a power cut in the moment between the two can
//! leave a new sign-in beside the old settings, which staff then see in the set-up.

use std::sync::Arc;

use secrecy::SecretString;

use super::view::Problem;
use crate::device::DeviceId;
use crate::keys::{Before, KeyStore, StaffPin, TokenStore, Tokens};
use crate::settings::Source;
use crate::settings::edit::{self, Change};

/// What is to be kept; what is none stays as it is.
pub(super) struct Kept {
    /// The new sign-in.
    pub(super) tokens: Option<Tokens>,
    /// The new staff PIN.
    pub(super) staff_pin: Option<SecretString>,
    /// Keys of the configuration.
    pub(super) changes: Vec<Change>,
}

/// Keeps all of it, or nothing.
pub(super) async fn keep(
    kept: Kept,
    source: &Source,
    keys: Arc<dyn KeyStore>,
    device: &DeviceId,
) -> Result<(), Problem> {
    let (source, device) = (source.clone(), device.clone());
    let work = move || work(&kept, &source, keys.as_ref(), &device);
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Problem::KeyStore(error.to_string())))
}

fn work(kept: &Kept, source: &Source, keys: &dyn KeyStore, device: &DeviceId) -> Result<(), Problem> {
    let before = Before::look(keys, device).map_err(|error| Problem::KeyStore(error.to_string()))?;
    let done = secrets(kept, keys, device).and_then(|()| configuration(&kept.changes, source));
    if done.is_err()
        && let Err(error) = before.restore(keys)
    {
        tracing::error!(%error, "the secrets of before could not be put back; set this kiosk up again");
    }
    done
}

fn secrets(kept: &Kept, keys: &dyn KeyStore, device: &DeviceId) -> Result<(), Problem> {
    let failed = |error: &dyn std::fmt::Display| Problem::KeyStore(error.to_string());
    // Made before anything is stored: it may be refused.
    let pin = kept.staff_pin.as_ref().map(StaffPin::new).transpose().map_err(|error| failed(&error))?;
    if let Some(tokens) = &kept.tokens {
        TokenStore::put(keys, device, tokens).map_err(|error| failed(&error))?;
    }
    pin.map_or(Ok(()), |pin| pin.save(keys, device)).map_err(|error| failed(&error))
}

fn configuration(changes: &[Change], source: &Source) -> Result<(), Problem> {
    let nowhere =
        || Problem::Configuration("this user has no folder for a configuration; name a file by --config".to_owned());
    let path = source.user_file().ok_or_else(nowhere)?;
    edit::write(&path, changes, source).map(drop).map_err(|error| Problem::Configuration(error.to_string()))
}
