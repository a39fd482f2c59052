//! Tapdesk's shell: the command line, the window and the headless lines. It decides nothing; the engine does the work.

mod command_line;
mod door;
mod headless;
mod leave;
mod log;
mod once;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    command_line::run()
}
