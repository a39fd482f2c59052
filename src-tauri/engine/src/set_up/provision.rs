//! Sets a kiosk up without a screen, from a file. What is so already is left as it is, so it may be run again and again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use serde_json::{Map, Value};
use tapdesk_core::ids::BusinessId;

use super::account::{Access, Under};
use super::keep::{Kept, keep};
use super::view::Problem;
use crate::device::DeviceId;
use crate::keys::{ExposeSecret, KeyStore, KeyStoreError, StaffPin, check};
use crate::rights;
use crate::service::{self, StartError};
use crate::settings::edit::{self, Change};
use crate::settings::{BadConfiguration, Configuration, Source};

/// What a provisioning file asks for: the keys of a configuration, and beside them `[account] username`.
#[derive(Debug)]
pub struct Provisioning {
    /// The e-mail to sign in with; none where the sign-in is left alone.
    pub username: Option<String>,
    changes: Vec<Change>,
    path: PathBuf,
}

/// The secrets, each asked for only when it is needed.
pub trait Secrets {
    /// The password of this user; none where there is none.
    fn password(&mut self, username: &str) -> Result<Option<SecretString>, String>;
    /// The six digits of the second factor.
    fn code(&mut self) -> Option<SecretString>;
    /// The PIN that staff are to have; none where theirs is left alone.
    fn staff_pin(&mut self) -> Result<Option<SecretString>, String>;
}

/// What was done, a line each.
#[derive(Debug, Default)]
pub struct Done {
    /// Lines for whoever runs it.
    pub lines: Vec<String>,
    /// Whether anything was changed.
    pub changed: bool,
}

/// Why a kiosk was not set up. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// The file, or the configuration that it would make.
    #[error(transparent)]
    Configuration(#[from] BadConfiguration),
    /// The file cannot be used.
    #[error("{path}: {what}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and what to do.
        what: String,
    },
    /// This machine.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl From<Problem> for ProvisionError {
    fn from(problem: Problem) -> Self {
        Self::Other(problem.sentence())
    }
}

impl Provisioning {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, ProvisionError> {
        let failed = |what: String| ProvisionError::File { path: path.to_path_buf(), what };
        let text =
            std::fs::read_to_string(path).map_err(|error| failed(format!("{error}; name a file that can be read")))?;
        let document: Map<String, Value> = toml_edit::de::from_str(&text).map_err(|error| {
            // Not the line itself: somebody may have written a password there.
            let line =
                error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            failed(format!("no TOML: line {line}: {}", error.message()))
        })?;
        let mut username = None;
        let mut changes = Vec::new();
        for (name, value) in document {
            if name == "account" {
                username = Some(user_of(&value).map_err(failed)?);
            } else {
                flatten(name, value, &mut changes);
            }
        }
        Ok(Self { username, changes, path: path.to_path_buf() })
    }
}

fn user_of(value: &Value) -> Result<String, String> {
    let table = value.as_object().ok_or("`account` is a section: [account]")?;
    if let Some(other) = table.keys().find(|key| *key != "username") {
        let hint = "a password never stands in a file of settings: pass it on standard input, or as the credential tapdesk.password";
        return Err(format!("unknown key `account.{other}`; known here: username; {hint}"));
    }
    let name = table.get("username").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
    name.map(str::to_owned).ok_or_else(|| "`account.username` is the e-mail of the kiosk's user, in quotes".to_owned())
}

fn flatten(name: String, value: Value, changes: &mut Vec<Change>) {
    match value {
        Value::Object(section) => {
            for (key, value) in section {
                flatten(format!("{name}.{key}"), value, changes);
            }
        }
        value => changes.push(Change::set(name, value)),
    }
}

/// Sets the kiosk up: everything that is asked for, or nothing.
pub async fn provision(
    asked: Provisioning,
    source: &Source,
    secrets: &mut (dyn Secrets + Send),
) -> Result<Done, ProvisionError> {
    // With what is to be written, and checked as a whole before anything is done.
    let planned = edit::plan(&asked.changes, source)
        .map_err(|error| ProvisionError::File { path: asked.path.clone(), what: error.to_string() })?;
    let settings = &planned.configuration.settings;
    let keys = service::key_store(settings)?;
    let device = service::device(settings)?;
    let mut done = Done::default();

    check_journal(&planned.configuration, source, &keys).await?;
    let access = sign_in(&asked, settings, &keys, &device, secrets, &mut done).await?;
    if let Some(access) = &access {
        check_location(access, settings.spaces.business_id)?;
        let spaces = access.spaces.at(settings.spaces.business_id);
        let rights = rights::look(&spaces, access.signed_in.administrator, false).await;
        if !rights.lacking().is_empty() {
            done.lines.push(format!("rights: without {}; see `tapdesk doctor`", rights.lacking().join(", ")));
        }
    }
    let staff_pin = staff_pin(&keys, &device, secrets, &mut done).await?;
    let tokens = match &access {
        Some(access) => access.new_tokens().await?,
        None => None,
    };
    for overridden in &planned.overridden {
        done.lines.push(format!("configuration: {} keeps another value, from {}", overridden.key, overridden.by));
    }
    if planned.is_change {
        done.changed = true;
        done.lines.push(format!("configuration: written to {}", planned.path.display()));
    } else {
        done.lines.push("configuration: as it was".to_owned());
    }
    keep(Kept { tokens, staff_pin, changes: asked.changes }, source, keys, &device).await?;
    Ok(done)
}

/// The sign-in that is there where it is this user's and good; else a new one. None where none is asked for.
async fn sign_in(
    asked: &Provisioning,
    settings: &crate::settings::Settings,
    keys: &Arc<dyn KeyStore>,
    device: &DeviceId,
    secrets: &mut (dyn Secrets + Send),
    done: &mut Done,
) -> Result<Option<Access>, ProvisionError> {
    let signed_in = service::is_signed_in(settings, Arc::clone(keys)).await?;
    let Some(username) = &asked.username else {
        // The location is checked where that can be done now.
        return Ok(if signed_in { Access::kept(settings, Arc::clone(keys)).await.ok() } else { None });
    };
    if signed_in {
        match Access::kept(settings, Arc::clone(keys)).await {
            Ok(access) if access.is_of(username).await => {
                done.lines.push(format!("sign-in: {username}, as it was"));
                return Ok(Some(access));
            }
            // Without a connection nobody can say; a new sign-in would fail as well.
            Err(problem @ (Problem::Unreachable(_) | Problem::Gateway(_) | Problem::Throttled)) => {
                return Err(problem.into());
            }
            _ => {}
        }
    }
    let password = secrets.password(username).map_err(ProvisionError::Other)?;
    let password = password.ok_or_else(|| {
        ProvisionError::Other(format!(
            "no password of {username}: pass it as the first line of standard input, or as the credential tapdesk.password"
        ))
    })?;
    // Another id only where a sign-in that lives would end.
    let under = if signed_in { Under::Fresh } else { Under::Device };
    let access = Access::new(settings, device, under, username, &password, secrets.code().as_ref()).await?;
    done.changed = true;
    done.lines.push(format!("sign-in: {username}, signed in"));
    Ok(Some(access))
}

/// Taps that wait must not be left behind: under another location, in another folder, or without their key.
async fn check_journal(
    planned: &Configuration,
    source: &Source,
    keys: &Arc<dyn KeyStore>,
) -> Result<(), ProvisionError> {
    let (settings, new_keys) = (planned.settings.clone(), Arc::clone(keys));
    let (now, located) = source.read_for_set_up(true)?;
    let check = move || {
        // The journal that is there must open with what is kept where the new configuration looks.
        service::claimed(&settings, new_keys.as_ref())?;
        let before = &now.settings;
        let moves = before.spaces.business_id != settings.spaces.business_id
            || before.spaces.base_url != settings.spaces.base_url
            || before.data_dir != settings.data_dir;
        if located && moves {
            let waiting = service::claimed(before, service::key_store(before)?.as_ref())?;
            return Ok(waiting);
        }
        Ok::<_, StartError>(0)
    };
    let waiting =
        tokio::task::spawn_blocking(check).await.map_err(|error| ProvisionError::Other(error.to_string()))??;
    if waiting > 0 { Err(Problem::TapsWait.into()) } else { Ok(()) }
}

fn check_location(access: &Access, wanted: BusinessId) -> Result<(), ProvisionError> {
    if access.locations.iter().any(|(id, _)| *id == wanted) {
        return Ok(());
    }
    let seen: Vec<String> = access.locations.iter().map(|(id, name)| format!("{id} ({name})")).collect();
    let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(", ") };
    Err(StartError::WrongLocation { wanted: wanted.0, seen }.into())
}

/// The PIN that is to be set; none where staff have it already, or none is given.
async fn staff_pin(
    keys: &Arc<dyn KeyStore>,
    device: &DeviceId,
    secrets: &mut (dyn Secrets + Send),
    done: &mut Done,
) -> Result<Option<SecretString>, ProvisionError> {
    let given = secrets.staff_pin().map_err(ProvisionError::Other)?;
    if let Some(pin) = &given {
        check(pin.expose_secret()).map_err(|weak| ProvisionError::from(Problem::WeakPin(weak)))?;
    }
    let (keys, device, asked) = (Arc::clone(keys), device.clone(), given.clone());
    let look = move || {
        let set = match StaffPin::load(keys.as_ref(), &device) {
            // A new one takes its place.
            Err(KeyStoreError::NoPin) => return Ok((true, false)),
            loaded => loaded?,
        };
        let is_same = set.as_ref().zip(asked).is_some_and(|(set, asked)| set.verify(&asked));
        Ok::<_, KeyStoreError>((set.is_some(), is_same))
    };
    let looked = tokio::task::spawn_blocking(look).await.map_err(|error| ProvisionError::Other(error.to_string()))?;
    let (is_set, is_same) = looked.map_err(StartError::from)?;
    if given.is_none() || is_same {
        done.lines.push(if is_set { "staff PIN: as it was" } else { "staff PIN: none" }.to_owned());
        return Ok(None);
    }
    done.changed = true;
    done.lines.push("staff PIN: set".to_owned());
    Ok(given)
}
