//! The command line of design section 7, and what its exit codes mean.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tapdesk_engine::keys::SecretString;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::service::{self, StartError};
use tapdesk_engine::settings::reader::ReaderKind;
use tapdesk_engine::settings::{Configuration, Settings, Source};

use crate::update::Update;
use crate::window::Program;
use crate::{generate, headless, kiosk, leave, log, once, provision, update, window};

/// The configuration is bad (`EX_CONFIG`).
const BAD_CONFIGURATION: u8 = 78;
/// Staff ended the kiosk session: it is not to be started again.
pub(crate) const STAFF_ENDED: u8 = tapdesk_engine::unit::ENDED_BY_STAFF;

/// An open front-desk check-in kiosk: a member holds a tile to the reader, Tapdesk checks them in or out.
#[derive(Debug, Parser)]
#[command(name = "tapdesk", version, about, after_help = EXIT_CODES)]
pub(crate) struct CommandLine {
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
    /// Opens the window with the set-up, also where this kiosk is set up already.
    SetUp,
    /// Sets this kiosk up from a file, without a screen; what is so already is left as it is.
    ///
    /// The file is TOML: the keys of a configuration, and `[account] username`. The password is the first line of standard
    /// input, a staff PIN the second; or the systemd credentials tapdesk.password and `tapdesk.staff_pin`.
    Provision {
        /// The file.
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// The six digits of the second factor, where the account has one.
        #[arg(long, value_name = "CODE")]
        totp: Option<String>,
    },
    /// Prints every setting with where it comes from.
    Config {
        /// Prints JSON.
        #[arg(long, conflicts_with = "schema")]
        json: bool,
        /// Prints the JSON schema of a configuration file instead.
        #[arg(long)]
        schema: bool,
    },
    /// Looks at reader, key store, sign-in, rights, location, clock and queue, and says what to do.
    Doctor {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        /// Also writes a ZIP archive for whoever helps: findings, settings and logs, without secrets, names or tiles.
        #[arg(long, value_name = "FILE")]
        bundle: Option<PathBuf>,
    },
    /// Shows the taps that wait to be recorded or need staff.
    Queue {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Shows what staff did at this kiosk, oldest first; ends with 1 where somebody changed the record of it.
    Audit {
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
    /// Makes this machine a kiosk that starts with it and cannot be left, or takes that back. As root.
    Kiosk {
        #[command(subcommand)]
        command: kiosk::Command,
    },
    /// Keeps a Tapdesk that was installed from a package up to date, and undoes an update that does not work; as root.
    #[command(subcommand)]
    Update(Update),
    /// Runs the reader by itself and prints what it sees, one JSON object a line.
    Reader {
        /// How the reader is driven, in the place of what is configured.
        #[arg(long, value_name = "KIND", value_parser = once::reader_kind)]
        kind: Option<ReaderKind>,
        /// The reader's connection, in the place of the configured one; empty for the first reader that is found.
        #[arg(long, value_name = "STRING")]
        connection: Option<String>,
        /// Reads what is written on a tile too.
        #[arg(long)]
        ndef: bool,
        /// The folder of the locks that keep two programs from one reader.
        #[arg(long, value_name = "FOLDER")]
        locks: Option<PathBuf>,
        /// Learns how a reader that types writes numbers: hold the tile to it that has this number in its member's record.
        #[arg(long, value_name = "NUMBER")]
        learn: Option<String>,
    },
    /// Prints what the packages ship of this command line.
    #[command(hide = true)]
    Generate {
        /// Which of them.
        what: generate::Text,
    },
}

/// Why a command ended badly.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The configuration is to blame.
    Configuration(String),
    /// Something else is.
    Other(String),
    /// Staff wanted it so: they ended the kiosk session behind their PIN.
    StaffEnded,
    /// It was said already.
    Said,
    /// Another program was run and said it, and ended with this.
    Code(u8),
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
        Err(Failure::Code(code)) => ExitCode::from(code),
        Err(Failure::StaffEnded) => ExitCode::from(STAFF_ENDED),
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
    let source = Source::of(line.config.as_deref());
    let reader = reader_command(line.config)?;
    match line.command {
        None => window(Program { source, reader, set_up: false, in_session: false }),
        Some(Command::SetUp) => window(Program { source, reader, set_up: true, in_session: false }),
        Some(Command::Headless) => {
            let configuration = read(&source)?;
            let claim = service::claim(&configuration.settings)?;
            let _log = log::to_stderr_and_file(&configuration.settings);
            log::say_claim(&configuration.settings, &claim);
            headless::run(&configuration, source, reader)
        }
        Some(Command::SignIn { username, totp }) => {
            log::to_stderr();
            once::sign_in(&read(&source)?.settings, &username, totp.map(SecretString::from).as_ref())
        }
        Some(Command::Provision { file, totp }) => {
            log::to_stderr();
            provision::run(&source, &file, totp.map(SecretString::from))
        }
        Some(Command::Config { schema: true, .. }) => {
            once::say(&format!("{:#}", tapdesk_engine::settings::schema()));
            Ok(())
        }
        Some(Command::Config { json, .. }) => {
            once::config(&read(&source)?, json);
            Ok(())
        }
        Some(Command::Doctor { json, bundle }) => once::doctor(&read(&source)?, reader, json, bundle.as_deref()),
        Some(Command::Queue { json }) => once::queue(&read(&source)?.settings, json),
        Some(Command::Audit { json }) => once::audit(&read(&source)?.settings, json),
        Some(Command::SignOut { discard }) => leave::sign_out(&read(&source)?.settings, discard),
        Some(Command::Reset { discard }) => leave::reset(&source, discard),
        Some(Command::OutOfOrder { message, end }) => {
            once::out_of_order(&read(&source)?.settings, message.as_deref(), end)
        }
        Some(Command::Kiosk { command }) => kiosk::run(command, source, reader),
        Some(Command::Generate { what }) => generate::run(what),
        Some(Command::Update(what)) => update::run(&what),
        Some(Command::Reader { kind, connection, ndef, locks, learn }) => {
            let told = once::ReaderArguments { kind, connection, ndef };
            match learn {
                Some(known) => once::learn(&source, told, locks, &reader, &known),
                None => once::reader(&source, told, locks),
            }
        }
    }
}

fn read(source: &Source) -> Result<Configuration, Failure> {
    source.read().map_err(|error| Failure::Configuration(error.to_string()))
}

/// Opens the window.
pub(crate) fn window(program: Program) -> Result<(), Failure> {
    // What is missing is asked for in the window; what is wrong is said here.
    let settings = match program.source.read_for_set_up(program.set_up) {
        Ok((configuration, _)) => configuration.settings,
        // Nobody would read it, before a black screen: the window opens, says it, and goes on once it is corrected.
        Err(_) if program.in_session => Settings::defaults(),
        Err(error) => return Err(Failure::Configuration(error.to_string())),
    };
    let claim = service::claim(&settings)?;
    let _log = log::to_stderr_and_file(&settings);
    log::say_claim(&settings, &claim);
    window::run(&settings, program, claim)
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
