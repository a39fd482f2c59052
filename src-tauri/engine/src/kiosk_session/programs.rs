//! The system's own programs: looked for, run, and heard out, so that what they complain of reaches whoever can act on it.

use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use thiserror::Error;

/// Where an administrator's programs lie, whatever the caller's `PATH` says.
const SYSTEM_FOLDERS: [&str; 4] = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// Why a program did not do what it was to do.
#[derive(Debug, Error)]
pub(super) enum ProgramError {
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
        /// The program and its arguments.
        line: String,
        /// What it said, or how it ended.
        complaint: String,
    },
}

/// Where programs are looked for.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    folders: Vec<PathBuf>,
}

impl Programs {
    /// In `PATH`, and where a system keeps its own.
    pub(super) fn of_this_machine() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self { folders: std::env::split_paths(&path).chain(SYSTEM_FOLDERS.map(PathBuf::from)).collect() }
    }

    /// In this folder alone.
    #[cfg(test)]
    pub(super) fn below(folder: &std::path::Path) -> Self {
        Self { folders: vec![folder.to_path_buf()] }
    }

    /// Where a program lies; none where it is not installed.
    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        self.folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    /// Runs a program to its end, with `input` on its standard input; gives what it printed. Blocks.
    pub(super) fn run(&self, name: &str, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, ProgramError> {
        let output = self.output(name, arguments, input)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said =
            [&output.stderr, &output.stdout].map(|bytes| String::from_utf8_lossy(bytes).trim().replace('\n', "; "));
        let complaint = said.into_iter().find(|said| !said.is_empty()).unwrap_or_else(|| output.status.to_string());
        Err(ProgramError::Failed { line: line(name, arguments), complaint })
    }

    /// What a program prints, however it ends: for those whose exit code is part of the answer. Empty where it cannot be
    /// run. Blocks.
    pub(super) fn answer(&self, name: &str, arguments: &[&str]) -> String {
        let output = self.output(name, arguments, &[]);
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
    }

    fn output(&self, name: &str, arguments: &[&str], input: &[u8]) -> Result<Output, ProgramError> {
        let path = self.find(name).ok_or_else(|| ProgramError::Missing(name.to_owned()))?;
        let failed = |cause| ProgramError::Start { program: name.to_owned(), cause };
        let mut command = Command::new(path);
        // Its words are read here, and shown to people as they are.
        command.args(arguments.iter().map(OsStr::new)).env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that ends without reading says why by its exit code.
            drop(stdin.write_all(input));
        }
        child.wait_with_output().map_err(failed)
    }
}

fn line(name: &str, arguments: &[&str]) -> String {
    std::iter::once(&name).chain(arguments).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(super) mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    /// A program that runs this text of the shell.
    pub(in crate::kiosk_session) fn program(folder: &Path, name: &str, text: &str) {
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
        let programs = Programs::below(folder.path());
        let said = |name: &str, arguments: &[&str]| programs.run(name, arguments, &[]).unwrap_err().to_string();
        assert_eq!(said("refuse", &["start", "x"]), "`refuse start x` failed: no such unit; more");
        assert_eq!(said("silent", &[]), "`silent` failed: exit status: 3");
        assert_eq!(said("absent", &["x"]), "absent is not installed");
        assert_eq!(programs.answer("disabled", &[]), "disabled", "an exit code may be part of an answer");
        assert_eq!(programs.answer("absent", &[]), "");
    }
}
