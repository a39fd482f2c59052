//! Looks at everything a desk needs, and says of each whether it is well and what to do if not.

#[cfg(target_os = "linux")]
mod in_the_way;
mod machine;
mod service;

use std::sync::Arc;

use serde::Serialize;

use crate::fleet;
use crate::keys::KeyStore;
use crate::reader::supervisor::ReaderCommand;
use crate::service as desk;
use crate::settings::Configuration;

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub check: &'static str,
    /// Whether it is well.
    pub ok: bool,
    /// What was found.
    pub found: String,
    /// What to do, where something is to be done.
    #[serde(rename = "do")]
    pub advice: Option<String>,
}

impl Check {
    pub(crate) fn well(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, ok: true, found: found.into(), advice: None }
    }

    /// Well, but something may be done.
    pub(crate) fn better(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..Self::well(check, found) }
    }

    pub(crate) fn problem(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, ok: false, found: found.into(), advice: Some(advice.into()) }
    }
}

/// Looks at configuration, fleet, each reader, sound, data folder, key store, staff PIN, sign-in, rights, location, clock and
/// queue, in this order; changes nothing.
pub async fn examine(configuration: &Configuration, keys: Arc<dyn KeyStore>, reader: ReaderCommand) -> Vec<Check> {
    let settings = &configuration.settings;
    let mut checks = vec![self::configuration(configuration)];
    checks.extend(fleet::examine(settings).await.map(|found| match found {
        Ok(found) => Check::well("fleet", found),
        Err((found, advice)) => Check::problem("fleet", found, advice),
    }));
    for one in settings.readers() {
        let command = reader.at(one, &desk::reader_locks(&settings.data_dir));
        checks.push(machine::reader(command, one).await);
    }
    checks.extend(machine::sound(&settings.kiosk).await);
    let device = match desk::device(settings) {
        Ok(device) => device,
        Err(error) => {
            checks.push(Check::problem("data folder", error.to_string(), "correct `data_dir`"));
            return checks;
        }
    };
    checks.push(machine::data_folder(settings));
    checks.push(service::key_store(Arc::clone(&keys), &device).await);
    checks.extend(service::staff_pin(settings, Arc::clone(&keys), &device).await);
    match desk::spaces(settings, Arc::clone(&keys)) {
        Ok(spaces) => checks.extend(service::service(settings, &spaces).await),
        Err(error) => checks.push(Check::problem("service", error.to_string(), "correct the configuration")),
    }
    checks.push(service::queue(settings, keys).await);
    if desk::out_of_order(settings).is_some() {
        let advice = "run `tapdesk out-of-order --end` when it may be used again";
        checks.push(Check::problem("out of order", "staff have put this kiosk out of order".to_owned(), advice));
    }
    checks
}

fn configuration(configuration: &Configuration) -> Check {
    let settings = &configuration.settings;
    let version = configuration.version.map(|version| format!("version {version}, ")).unwrap_or_default();
    let found = format!(
        "{version}{}; {}, location {}",
        configuration.fingerprint, settings.spaces.base_url, settings.spaces.business_id
    );
    Check::well("configuration", found)
}
