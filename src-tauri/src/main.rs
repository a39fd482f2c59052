//! Tapdesk's shell: the command line, the window and the headless lines. It decides nothing; the engine does the work.

mod command_line;
mod door;
mod generate;
mod headless;
mod kiosk;
mod leave;
mod log;
mod once;
mod panics;
mod provision;
mod service_manager;
mod update;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    tapdesk_engine::keys::leave_no_core_dump();
    panics::say_no_secrets();
    command_line::run()
}
