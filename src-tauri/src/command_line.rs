//! The command line of design section 7, and what its exit codes mean.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use tapdesk_engine::keys::{KeyStore, SystemKeyStore};
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::service::StartError;
use tapdesk_engine::settings::Settings;

use crate::{headless, leave, log, once, window};

/// The configuration is bad (`EX_CONFIG`).
const BAD_CONFIGURATION: u8 = 78;

/// An open front-desk check-in kiosk: a member holds a tile to the reader, Tapdesk checks them in or out.
#[derive(Debug, Parser)]
#[command(name = "tapdesk", version, about, after_help = EXIT_CODES)]
struct CommandLine {
    /// The configuration file (else `TAPDESK_CONFIG`, else tapdesk.toml in the system's configuration folder).
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const EXIT_CODES: &str = "Without a command, the kiosk window opens.\n\nAny key of the configuration can be set by the environment, such as TAPDESK_SPACES__BASE_URL for spaces.base_url.\n\nExit codes: 0 success, 1 failure, 2 usage, 78 bad configuration.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs without a window; prints one JSON object a line for each event.
    Headless,
    /// Signs this device in; the password comes from a prompt or from standard input, and only tokens are kept.
    SignIn {
        /// The e-mail address of a user with API access.
        #[arg(long, value_name = "EMAIL")]
        username: String,
        /// The six digits of the second factor, where the account has one.
        #[arg(long, value_name = "CODE")]
        totp: Option<String>,
    },
    /// Looks at reader, key store, sign-in, rights, location, clock and queue, and says what to do.
    Doctor {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Shows the taps that wait to be recorded or need staff.
    Queue {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Forgets this device's sign-in; refuses while taps wait to be recorded with it.
    SignOut {
        /// Gives those taps up: they are listed, and left to staff.
        #[arg(long)]
        discard: bool,
    },
    /// Forgets all that this device knows but its configuration and logs; refuses while taps wait or need staff.
    Reset {
        /// Loses those taps: they are listed.
        #[arg(long)]
        discard: bool,
    },
    /// Puts this kiosk out of order, also across restarts: taps are told so, and none is recorded.
    OutOfOrder {
        /// What who stands before it is told.
        #[arg(long, value_name = "TEXT", conflicts_with = "end")]
        message: Option<String>,
        /// Puts it in order again.
        #[arg(long)]
        end: bool,
    },
    /// Runs the reader by itself and prints what it sees, one JSON object a line.
    Reader,
}

/// Why a command ended badly.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The configuration is to blame.
    Configuration(String),
    /// Something else is.
    Other(String),
    /// It was said already.
    Said,
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        if error.is_configuration() { Self::Configuration(error.to_string()) } else { Self::Other(error.to_string()) }
    }
}

/// Carries out the command line.
pub(crate) fn run() -> ExitCode {
    match execute(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Said) => ExitCode::FAILURE,
        Err(Failure::Other(sentence)) => {
            eprintln!("tapdesk: {sentence}");
            ExitCode::FAILURE
        }
        Err(Failure::Configuration(sentence)) => {
            eprintln!("tapdesk: {sentence}");
            ExitCode::from(BAD_CONFIGURATION)
        }
    }
}

fn execute(line: CommandLine) -> Result<(), Failure> {
    let settings = Settings::read(line.config.as_deref()).map_err(|error| Failure::Configuration(error.to_string()))?;
    let keys: Arc<dyn KeyStore> = Arc::new(SystemKeyStore);
    let reader = reader_command(line.config)?;
    match line.command {
        None => {
            let _log = log::to_stderr_and_file(&settings.data_dir);
            window::run(settings, keys, reader)
        }
        Some(Command::Headless) => {
            let _log = log::to_stderr_and_file(&settings.data_dir);
            headless::run(settings, keys, reader)
        }
        Some(Command::SignIn { username, totp }) => {
            log::to_stderr();
            once::sign_in(&settings, keys, &username, totp.as_deref())
        }
        Some(Command::Doctor { json }) => once::doctor(&settings, keys, reader, json),
        Some(Command::Queue { json }) => once::queue(&settings, keys.as_ref(), json),
        Some(Command::SignOut { discard }) => leave::sign_out(&settings, keys.as_ref(), discard),
        Some(Command::Reset { discard }) => leave::reset(&settings, keys.as_ref(), discard),
        Some(Command::OutOfOrder { message, end }) => once::out_of_order(&settings, message.as_deref(), end),
        Some(Command::Reader) => once::reader(&settings),
    }
}

/// This program again, as the reader process, with the same configuration.
fn reader_command(config: Option<PathBuf>) -> Result<ReaderCommand, Failure> {
    let program =
        std::env::current_exe().map_err(|error| Failure::Other(format!("this program cannot find itself: {error}")))?;
    let mut arguments: Vec<OsString> = Vec::new();
    if let Some(config) = config {
        arguments.extend(["--config".into(), config.into_os_string()]);
    }
    arguments.push("reader".into());
    Ok(ReaderCommand { program, arguments })
}
