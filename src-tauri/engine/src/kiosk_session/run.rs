//! Another command of Tapdesk's as the kiosk's user, with the kiosk's data and key: a unit of the service manager's for as
//! long as it takes.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::process::Command;

use super::names::{CREDENTIAL, CREDENTIAL_NAME, HOME, RUNTIME, USER};
use super::{Machine, SessionError};
use crate::unit::KIOSK;

impl Machine {
    /// Runs `program` with these arguments; standard input, output and error are the caller's own. Answers with its exit
    /// code. Blocks.
    pub fn run(&self, program: &Path, arguments: &[OsString]) -> Result<u8, SessionError> {
        self.check_root()?;
        if self.missing_groups().is_none() || !self.at(CREDENTIAL).exists() {
            let sentence = "this machine has no kiosk session: run `tapdesk kiosk enable` first";
            return Err(SessionError::Lacking(vec![sentence.to_owned()]));
        }
        let failed = |why: String| SessionError::Run(why);
        let runner = self.programs.find("systemd-run");
        let runner = runner.ok_or_else(|| failed("systemd-run is missing: install the package systemd".to_owned()))?;
        let mut command = Command::new(runner);
        command.args(options(std::env::current_dir().ok().as_deref()));
        command.args(surroundings(&self.programs.answer("systemctl", &["show", SURROUNDINGS, KIOSK])));
        command.arg("--").arg(literally(program.as_os_str()));
        command.args(arguments.iter().map(|argument| literally(argument)));
        let status = command.status().map_err(|error| failed(error.to_string()))?;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        code.ok_or_else(|| failed(format!("systemd-run ended with {status}")))
    }
}

/// What the service manager is told: the same user, home, key and locks as the kiosk's unit has.
fn options(folder: Option<&Path>) -> Vec<OsString> {
    let mut options: Vec<OsString> = [
        "--quiet",
        "--wait",
        "--collect",
        // Standard input as it is; a terminal, where it is one, so that a password can be typed unseen.
        "--pipe",
        "--pty",
        "--service-type=exec",
        "--description=Tapdesk, beside the kiosk",
        "--property=UMask=0077",
        "--property=LimitCORE=0",
        "--property=NoNewPrivileges=yes",
        "--property=CapabilityBoundingSet=",
        "--property=StateDirectory=tapdesk",
        "--property=StateDirectoryMode=0700",
        "--property=RuntimeDirectoryMode=0700",
        "--property=RuntimeDirectoryPreserve=yes",
    ]
    .map(OsString::from)
    .into();
    options.extend([
        format!("--property=User={USER}").into(),
        format!("--property=Group={USER}").into(),
        format!("--property=RuntimeDirectory={RUNTIME}").into(),
        format!("--setenv=XDG_RUNTIME_DIR=/run/{RUNTIME}").into(),
        format!("--setenv=HOME={HOME}").into(),
        format!("--property=LoadCredentialEncrypted={CREDENTIAL_NAME}:{CREDENTIAL}").into(),
    ]);
    // Files are named from where the caller stands. Where the user may not go there, those names lead nowhere, and the
    // command says so.
    let mut stands = OsString::from("--property=WorkingDirectory=-");
    stands.push(folder.unwrap_or(Path::new("/")));
    options.push(stands);
    options
}

/// What an operator may have set for the kiosk in a drop-in, such as another data folder.
const SURROUNDINGS: &str = "--property=Environment,EnvironmentFiles";

/// The same variables and files of variables as the kiosk's unit is shown to have.
fn surroundings(shown: &str) -> Vec<OsString> {
    let option = |line: &str| {
        let (key, value) = line.split_once('=').filter(|(_, value)| !value.is_empty())?;
        match key {
            "Environment" => Some(format!("--property=Environment={value}").into()),
            "EnvironmentFiles" => {
                let (path, rest) = value.rsplit_once(" (").unwrap_or((value, ""));
                let may_be_missing = if rest.contains("ignore_errors=yes") { "-" } else { "" };
                Some(format!("--property=EnvironmentFile={may_be_missing}{path}").into())
            }
            _ => None,
        }
    };
    shown.lines().filter_map(option).collect()
}

/// A word of a command line in which the service manager finds no variable of its own.
fn literally(word: &OsStr) -> OsString {
    let bytes = word.as_bytes().iter().flat_map(|&byte| if byte == b'$' { vec![byte, byte] } else { vec![byte] });
    OsString::from_vec(bytes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_unit_is_given_is_given_to_the_command_too() {
        let shown = "Environment=TAPDESK_DATA_DIR=/var/lib/tapdesk/x \"A=b c\"\nEnvironmentFiles=/etc/a b (ignore_errors=no)\nEnvironmentFiles=/etc/c (ignore_errors=yes)\n";
        let expected = [
            "--property=Environment=TAPDESK_DATA_DIR=/var/lib/tapdesk/x \"A=b c\"",
            "--property=EnvironmentFile=/etc/a b",
            "--property=EnvironmentFile=-/etc/c",
        ];
        assert_eq!(surroundings(shown), expected);
        assert!(surroundings("Environment=\n").is_empty() && surroundings("").is_empty());
    }

    #[test]
    fn a_price_in_a_message_is_no_variable() {
        assert_eq!(literally(OsStr::new("Costs $5, ${HOME}")), "Costs $$5, $${HOME}");
    }

    #[test]
    fn the_command_has_the_kiosks_user_key_and_locks_and_the_callers_folder() {
        let options: Vec<String> =
            options(Some(Path::new("/srv/tablets"))).into_iter().map(|word| word.into_string().unwrap()).collect();
        for wanted in [
            "--property=User=tapdesk",
            "--property=LoadCredentialEncrypted=tapdesk.key:/etc/credstore.encrypted/tapdesk.key",
            "--setenv=XDG_RUNTIME_DIR=/run/tapdesk-kiosk",
            "--property=WorkingDirectory=-/srv/tablets",
        ] {
            assert!(options.iter().any(|option| option == wanted), "{wanted}: {options:?}");
        }
        // The unit says the same, or commands would see another kiosk than the one that runs.
        let unit = include_str!("../../../packaging/session/tapdesk-kiosk.service");
        let of_the_unit = ["UMask", "LimitCORE", "StateDirectory", "StateDirectoryMode", "RuntimeDirectory", "User"];
        for key in of_the_unit {
            let told = options.iter().find_map(|word| word.strip_prefix(&format!("--property={key}=")));
            assert!(told.is_some_and(|value| unit.contains(&format!("\n{key}={value}\n"))), "{key}");
        }
    }
}
