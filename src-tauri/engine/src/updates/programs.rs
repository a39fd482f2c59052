//! Runs the system's own programs, found in PATH, to their end or to a time limit.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Seek};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Between two looks at a program that runs.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// So many characters of a complaint are kept.
const LONGEST_COMPLAINT: usize = 300;

/// Where programs are found.
#[derive(Debug, Clone, Default)]
pub(super) struct Programs {
    /// PATH; none for this process's own.
    pub(super) path: Option<OsString>,
}

/// A program that failed: what it said, in a sentence.
pub(super) type Complaint = String;

impl Programs {
    /// A command with a surrounding in which every system says the same, and nobody is asked anything.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        if let Some(path) = &self.path {
            command.env("PATH", path);
        }
        command.env("LC_ALL", "C.UTF-8").env("DEBIAN_FRONTEND", "noninteractive");
        command.env("APT_LISTCHANGES_FRONTEND", "none").env("NEEDRESTART_SUSPEND", "1");
        // A terminal that goes away, or Ctrl-C, must not end a package manager half-way.
        command.stdin(Stdio::null()).process_group(0);
        command
    }
}

/// Runs it; answers with what it printed.
pub(super) fn run(command: &mut Command, limit: Duration) -> Result<String, Complaint> {
    let mut words = tempfile::tempfile().map_err(|error| error.to_string())?;
    run_into(command, &words, limit)?;
    Ok(text(&mut words))
}

/// Runs it; what it prints goes to this file.
pub(super) fn run_into(command: &mut Command, into: &File, limit: Duration) -> Result<(), Complaint> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |what: &dyn std::fmt::Display| format!("{name}: {what}");
    // Files, not pipes: what a program leaves running behind must not be waited for.
    let mut complaints = tempfile::tempfile().map_err(|error| failed(&error))?;
    let shared = |file: &File| file.try_clone().map_err(|error| failed(&error));
    command.stdout(shared(into)?).stderr(shared(&complaints)?);
    let mut child = command.spawn().map_err(|error| failed(&error))?;
    let began = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if began.elapsed() < limit => sleep(LOOK_EVERY),
            Ok(None) => {
                drop(child.kill());
                drop(child.wait());
                return Err(failed(&format_args!("did not end within {} s", limit.as_secs())));
            }
            Err(error) => return Err(failed(&error)),
        }
    };
    let complaints = text(&mut complaints);
    tracing::debug!(program = name, %status, complaints, "ran");
    if status.success() { Ok(()) } else { Err(failed(&complaint(&complaints, &status))) }
}

fn text(file: &mut File) -> String {
    let mut bytes = Vec::new();
    // What cannot be read back is not known.
    drop(file.rewind().and_then(|()| file.read_to_end(&mut bytes)));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a person needs of all that was said: apt's errors, else the last line.
fn complaint(complaints: &str, status: &dyn std::fmt::Display) -> String {
    let errors: Vec<&str> = complaints.lines().filter_map(|line| line.strip_prefix("E: ")).collect();
    let said = if errors.is_empty() {
        let line = complaints.lines().rev().map(str::trim).find(|line| !line.is_empty());
        line.unwrap_or_default().to_owned()
    } else {
        errors.join("; ")
    };
    let said: String = said.chars().filter(|character| !character.is_control()).take(LONGEST_COMPLAINT).collect();
    if said.is_empty() { status.to_string() } else { said }
}
