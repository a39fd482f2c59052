//! Tapdesk's shell: the command line, the window and the headless lines. It decides nothing; the engine does the work.

mod command_line;
mod door;
mod headless;
mod leave;
mod log;
mod once;
mod provision;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    tapdesk_engine::keys::leave_no_core_dump();
    command_line::run()
}
