//! `tapdesk provision`: a kiosk set up without a screen. Secrets come from standard input or from systemd credentials.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use tapdesk_engine::keys::{ExposeSecret, SecretString};
use tapdesk_engine::set_up::provision::{ProvisionError, Provisioning, Secrets, provision};
use tapdesk_engine::settings::Source;
use zeroize::Zeroize;

use crate::command_line::Failure;
use crate::once::{runtime, say, secret_line};

/// Sets up what the file asks for, and says what was done.
pub(crate) fn run(source: &Source, file: &Path, code: Option<SecretString>) -> Result<(), Failure> {
    let asked = Provisioning::read(file).map_err(failure)?;
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let mut secrets = Given { credentials, code, read: None };
    let done = runtime()?.block_on(provision(asked, source, &mut secrets)).map_err(failure)?;
    for line in &done.lines {
        say(line);
    }
    say(if done.changed { "Set up." } else { "Nothing to do: it is set up like this already." });
    Ok(())
}

fn failure(error: ProvisionError) -> Failure {
    match error {
        ProvisionError::Configuration(_) | ProvisionError::File { .. } => Failure::Configuration(error.to_string()),
        ProvisionError::Start(error) => Failure::from(error),
        ProvisionError::Other(sentence) => Failure::Other(sentence),
    }
}

struct Given {
    credentials: Option<PathBuf>,
    code: Option<SecretString>,
    /// The two lines of standard input, once they were read.
    read: Option<[SecretString; 2]>,
}

impl Given {
    fn credential(&self, name: &str) -> Result<Option<SecretString>, String> {
        let Some(path) = self.credentials.as_ref().map(|folder| folder.join(name)) else { return Ok(None) };
        match std::fs::read_to_string(&path) {
            Ok(mut text) => {
                let secret = SecretString::from(text.trim_end_matches(['\r', '\n']).to_owned());
                text.zeroize();
                Ok(Some(secret))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("the credential {}: {error}", path.display())),
        }
    }

    fn line(&mut self, place: usize) -> Result<Option<SecretString>, String> {
        if io::stdin().is_terminal() {
            return Ok(None);
        }
        if self.read.is_none() {
            let read = || Ok::<_, io::Error>([secret_line()?, secret_line()?]);
            self.read = Some(read().map_err(|error| format!("standard input cannot be read: {error}"))?);
        }
        let line = self.read.as_ref().map(|lines| lines[place].clone());
        Ok(line.filter(|line| !line.expose_secret().is_empty()))
    }
}

impl Secrets for Given {
    fn password(&mut self, username: &str) -> Result<Option<SecretString>, String> {
        if let Some(password) = self.credential("tapdesk.password")? {
            return Ok(Some(password));
        }
        if io::stdin().is_terminal() {
            let typed = rpassword::prompt_password(format!("Password of {username}: "));
            return typed
                .map(|typed| Some(typed.into()))
                .map_err(|error| format!("the password cannot be read: {error}"));
        }
        self.line(0)
    }

    fn code(&mut self) -> Option<SecretString> {
        self.code.clone()
    }

    fn staff_pin(&mut self) -> Result<Option<SecretString>, String> {
        if let Some(pin) = self.credential("tapdesk.staff_pin")? {
            return Ok(Some(pin));
        }
        self.line(1)
    }
}
