//! The system's own programs: looked for, run to their end or a time limit, and heard out, so that what they complain of
//! reaches whoever can act on it.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use thiserror::Error;

/// Where an administrator's programs lie, whatever the caller's `PATH` says.
const SYSTEM_FOLDERS: [&str; 4] = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
/// How long a program has that only asks or changes a little.
const SOON: Duration = Duration::from_mins(2);
/// Between two looks at a program that runs.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// So many characters of a complaint are kept.
const LONGEST_COMPLAINT: usize = 300;

/// Why a program did not do what it was to do.
#[derive(Debug, Error)]
pub(crate) enum ProgramError {
    /// It is not there.
    #[error("{0} is not installed")]
    Missing(String),
    /// It cannot be run.
    #[error("{program} cannot be run: {cause}")]
    Start {
        /// Its name.
        program: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It ended badly.
    #[error("`{line}` failed: {complaint}")]
    Failed {
        /// The program, and its arguments where they are few.
        line: String,
        /// What it said, or how it ended.
        complaint: String,
    },
    /// It had to be ended.
    #[error("`{line}` did not end within {} s", .limit.as_secs())]
    Late {
        /// The program, and its arguments where they are few.
        line: String,
        /// How long it had.
        limit: Duration,
    },
}

impl From<ProgramError> for String {
    fn from(error: ProgramError) -> Self {
        error.to_string()
    }
}

/// Where programs are looked for.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    folders: Vec<PathBuf>,
}

impl Programs {
    /// In `PATH`, and where a system keeps its own.
    pub(crate) fn of_this_machine() -> Self {
        Self::along(&std::env::var_os("PATH").unwrap_or_default())
    }

    /// Along this `PATH`, and where a system keeps its own.
    pub(crate) fn along(path: &OsStr) -> Self {
        Self { folders: std::env::split_paths(path).chain(SYSTEM_FOLDERS.map(PathBuf::from)).collect() }
    }

    /// In this folder alone.
    #[cfg(test)]
    pub(crate) fn below(folder: &Path) -> Self {
        Self { folders: vec![folder.to_path_buf()] }
    }

    /// Where a program lies; none where it is not installed.
    pub(crate) fn find(&self, name: &str) -> Option<PathBuf> {
        self.folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    /// A command with a surrounding in which every system says the same, and nobody is asked anything.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.find(name).unwrap_or_else(|| PathBuf::from(name)));
        // Its words are read here, and shown to people as they are; what it runs lies where it lay itself.
        command.env("LC_ALL", "C.UTF-8").env("PATH", self.path());
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command.env("APT_LISTCHANGES_FRONTEND", "none").env("NEEDRESTART_SUSPEND", "1");
        command.stdin(Stdio::null());
        // A terminal that goes away, or Ctrl-C, must not end a package manager half-way.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    fn path(&self) -> OsString {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(std::env::split_paths(&path));
        // A folder with a colon in its name came from nowhere that this could have been read from.
        std::env::join_paths(folders.chain(SYSTEM_FOLDERS.map(PathBuf::from))).unwrap_or(path)
    }

    /// Runs a program to its end, with `input` on its standard input; gives what it printed. Blocks.
    pub(crate) fn run(&self, name: &str, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, ProgramError> {
        let Heard { status, output, complaints } = self.hear(name, arguments, input)?;
        if status.success() {
            return Ok(output);
        }
        let complaint = [complaints, output].iter().map(|said| sentence(said)).find(|said| !said.is_empty());
        let complaint = complaint.unwrap_or_else(|| status.to_string());
        Err(ProgramError::Failed { line: line(name, arguments), complaint })
    }

    /// What a program prints, however it ends: for those whose exit code is part of the answer. Empty where it cannot be
    /// run. Blocks.
    pub(crate) fn answer(&self, name: &str, arguments: &[&str]) -> String {
        let heard = self.hear(name, arguments, &[]);
        heard.map(|heard| String::from_utf8_lossy(&heard.output).trim().to_owned()).unwrap_or_default()
    }

    fn hear(&self, name: &str, arguments: &[&str], input: &[u8]) -> Result<Heard, ProgramError> {
        let mut command = self.command(name);
        let line = line(name, arguments);
        let mut output = unnamed().map_err(|cause| start(name, cause))?;
        let (status, complaints) = end(command.args(arguments), &line, &output, input, SOON)?;
        Ok(Heard { status, output: bytes(&mut output), complaints })
    }
}

/// Runs it; answers with what it printed, or in a sentence why it failed. Blocks.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<String, String> {
    let mut words = unnamed().map_err(|cause| start(&name(command), cause))?;
    run_into(command, &words, limit)?;
    Ok(String::from_utf8_lossy(&bytes(&mut words)).into_owned())
}

/// Runs it; what it prints goes to this file. In a sentence why it failed. Blocks.
pub(crate) fn run_into(command: &mut Command, into: &File, limit: Duration) -> Result<(), String> {
    let name = name(command);
    let (status, complaints) = end(command, &name, into, &[], limit)?;
    if status.success() {
        return Ok(());
    }
    Err(ProgramError::Failed { line: name, complaint: what_counts(&complaints, status) }.to_string())
}

/// What a program left behind.
struct Heard {
    status: ExitStatus,
    output: Vec<u8>,
    complaints: Vec<u8>,
}

/// Runs it to its end; how it ended, and what it complained of.
fn end(
    command: &mut Command,
    line: &str,
    into: &File,
    input: &[u8],
    limit: Duration,
) -> Result<(ExitStatus, Vec<u8>), ProgramError> {
    let failed = |cause: std::io::Error| start(&name(command), cause);
    // Files, not pipes: what a program leaves running behind must not be waited for.
    let mut complaints = unnamed().map_err(failed)?;
    let (out, errors) =
        into.try_clone().and_then(|out| complaints.try_clone().map(|errors| (out, errors))).map_err(failed)?;
    command.stdout(out).stderr(errors);
    if !input.is_empty() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().map_err(|cause| start(&name(command), cause))?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that ends without reading says why by its exit code.
        drop(stdin.write_all(input));
    }
    let began = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if began.elapsed() < limit => std::thread::sleep(LOOK_EVERY),
            Ok(None) => {
                drop(child.kill());
                drop(child.wait());
                return Err(ProgramError::Late { line: line.to_owned(), limit });
            }
            Err(cause) => return Err(start(&name(command), cause)),
        }
    };
    let complaints = bytes(&mut complaints);
    tracing::debug!(line, %status, complaints = %String::from_utf8_lossy(&complaints), "ran");
    Ok((status, complaints))
}

/// A file of memory alone: what a program prints may be a key.
#[cfg(target_os = "linux")]
fn unnamed() -> std::io::Result<File> {
    Ok(rustix::fs::memfd_create("output", rustix::fs::MemfdFlags::CLOEXEC)?.into())
}

#[cfg(not(target_os = "linux"))]
fn unnamed() -> std::io::Result<File> {
    tempfile::tempfile()
}

fn start(program: &str, cause: std::io::Error) -> ProgramError {
    if cause.kind() == std::io::ErrorKind::NotFound {
        return ProgramError::Missing(program.to_owned());
    }
    ProgramError::Start { program: program.to_owned(), cause }
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

fn line(name: &str, arguments: &[&str]) -> String {
    std::iter::once(&name).chain(arguments).copied().collect::<Vec<_>>().join(" ")
}

fn bytes(file: &mut File) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What cannot be read back is not known.
    drop(file.rewind().and_then(|()| file.read_to_end(&mut bytes)));
    bytes
}

fn sentence(said: &[u8]) -> String {
    String::from_utf8_lossy(said).trim().replace('\n', "; ")
}

/// What a person needs of all that was said: apt's errors, else the last line.
fn what_counts(complaints: &[u8], status: ExitStatus) -> String {
    let complaints = String::from_utf8_lossy(complaints);
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

#[cfg(test)]
pub(crate) mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A program that runs this text of the shell.
    pub(crate) fn program(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_program_is_given_its_input_and_gives_what_it_printed() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "turn", "printf '%s ' \"$@\"; /bin/cat");
        let programs = Programs::below(folder.path());
        assert_eq!(programs.run("turn", &["a b", "c"], b"in").unwrap(), b"a b c in");
        assert_eq!(programs.find("turn"), Some(folder.path().join("turn")));
    }

    #[test]
    fn a_complaint_names_the_command_and_what_was_said() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "refuse", "echo 'no such unit' >&2; echo more >&2; exit 4");
        program(folder.path(), "silent", "exit 3");
        program(folder.path(), "disabled", "echo disabled; exit 1");
        program(folder.path(), "apt", "echo 'E: one' >&2; echo 'E: two' >&2; echo note >&2; exit 100");
        let programs = Programs::below(folder.path());
        let said = |name: &str, arguments: &[&str]| programs.run(name, arguments, &[]).unwrap_err().to_string();
        assert_eq!(said("refuse", &["start", "x"]), "`refuse start x` failed: no such unit; more");
        assert_eq!(said("silent", &[]), "`silent` failed: exit status: 3");
        assert_eq!(said("absent", &["x"]), "absent is not installed");
        assert_eq!(programs.answer("disabled", &[]), "disabled", "an exit code may be part of an answer");
        assert_eq!(programs.answer("absent", &[]), "");
        let said = |name: &str| run(&mut programs.command(name), SOON).unwrap_err();
        assert_eq!(said("apt"), "`apt` failed: one; two");
        assert_eq!(said("refuse"), "`refuse` failed: more");
        assert_eq!(said("absent"), "absent is not installed");
    }

    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "hang", "exec /bin/sleep 60");
        let programs = Programs::below(folder.path());
        let said = run(&mut programs.command("hang"), Duration::from_millis(50)).unwrap_err();
        assert_eq!(said, "`hang` did not end within 0 s");
    }
}
