//! `tapdesk kiosk`: the session of a tablet that is a kiosk, made, taken back, looked at, and worked beside.

use std::ffi::OsString;

use clap::{ArgAction, Subcommand};
use tapdesk_engine::kiosk_session::{Machine, SessionError, Wishes};
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::settings::Source;

use crate::command_line::{Failure, window};
use crate::once::{say, say_checks};
use crate::window::Program;

/// What is to be done with the session.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes this machine a kiosk: user, key, session, and locks on keys and consoles; says each step, and what is so already is left.
    Enable {
        /// Starts the kiosk at once, not with the next start of this machine.
        #[arg(long)]
        now: bool,
        /// Keeps the kernel's own drivers off USB readers, which hold them (nfc, pn533, `pn533_usb`).
        #[arg(long)]
        keep_usb_drivers_off: bool,
        /// Leaves the power button as it is; else it does nothing, but where it is held for seconds.
        #[arg(long)]
        keep_power_key: bool,
    },
    /// Takes back what enable changed; data and key stay.
    Disable,
    /// Looks at session, start, user, key, programs, seat, data folder, reader, console and locks, and says what to do.
    Status {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// The kiosk's window as a session's only program; the session starts it.
    Session,
    /// Runs another command of tapdesk's as the kiosk's user, with its data and key: tapdesk kiosk run -- doctor
    ///
    /// Standard input, output, error and the exit code are the command's own.
    Run {
        /// The command and what it is told.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, action = ArgAction::Append, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        Self::Other(error.to_string())
    }
}

/// Does it. The configuration is the session's, or that of the command that is run; the machine's own part has none.
pub(crate) fn run(command: Command, source: Source, reader: ReaderCommand) -> Result<(), Failure> {
    let machine = Machine::this();
    match command {
        Command::Enable { now, keep_usb_drivers_off, keep_power_key } => {
            let wishes = Wishes { now, keep_usb_drivers_off, keep_power_key };
            let changed = machine.enable(wishes, say)?;
            say(match (changed, now) {
                (false, _) => "Nothing to do: this machine is a kiosk already.",
                (true, true) => "This machine is a kiosk. `tapdesk kiosk status` looks at it.",
                (true, false) => {
                    "This machine is a kiosk from its next start on: `systemctl reboot`. `tapdesk kiosk status` looks at it."
                }
            });
            Ok(())
        }
        Command::Disable => {
            let changed = machine.disable(say)?;
            say(if changed { "This machine is no kiosk any more. Data and key are kept." } else { "It is no kiosk." });
            Ok(())
        }
        Command::Status { json } => say_checks(&machine.status()?, json),
        Command::Session => window(Program { source, reader, set_up: false, in_session: true }),
        Command::Run { command } => {
            let program = std::env::current_exe()
                .map_err(|error| Failure::Other(format!("this program cannot find itself: {error}")))?;
            let config = source.file.map(|path| [OsString::from("--config"), path.into_os_string()]);
            let arguments: Vec<OsString> = config.into_iter().flatten().chain(command).collect();
            match machine.run(&program, &arguments)? {
                0 => Ok(()),
                code => Err(Failure::Code(code)),
            }
        }
    }
}
