//! The packages as an operator meets them: what they hold, and how they come onto a machine, are renewed and go.
//!
//! They are made once by `./dev package --debug`. The program in them is the one that all other tests use.

#[path = "package/contents.rs"]
mod contents;
#[path = "package/life.rs"]
mod life;
#[path = "package/repository.rs"]
mod repository;
#[path = "package/rpm.rs"]
mod rpm;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, bail};
use repository::Keys;
use tapdesk_tests::kiosk::station::program;
use tapdesk_tests::{left_out, machine};
use tempfile::TempDir;

/// Where the two packages lie.
struct Packages {
    deb: PathBuf,
    rpm: PathBuf,
    /// Whether the repository that was asked for with a relative path lay where the caller stood.
    repository_at_caller: bool,
}

/// The packages, made by the first test that asks; none, and said so, where none can be made.
fn packages() -> anyhow::Result<Option<&'static Packages>> {
    static MADE: OnceLock<Result<Packages, String>> = OnceLock::new();
    if !Path::new("/usr/bin/dpkg-shlibdeps").is_file() {
        left_out("packages are made on Debian, and this is none");
        return Ok(None);
    }
    match MADE.get_or_init(|| make().map_err(|error| format!("{error:#}"))) {
        Ok(packages) => Ok(Some(packages)),
        Err(error) => bail!("{error}"),
    }
}

fn make() -> anyhow::Result<Packages> {
    let debug = program()?.parent().context("no folder")?.to_path_buf();
    let target = debug.parent().context("no target folder")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no repository")?;
    let (caller, keys) = (TempDir::new()?, Keys::new()?);
    let mut command = Command::new(root.join("dev"));
    command.args(["package", "--debug", "--repo", "asked-for", "--new-key"]).current_dir(caller.path());
    must(command.env("CARGO_TARGET_DIR", target).env("GNUPGHOME", keys.home()))?;
    let made = target.join("packages/debug");
    let repository_at_caller = caller.path().join("asked-for/dists/stable/InRelease").is_file();
    Ok(Packages { deb: only(&made, "deb")?, rpm: only(&made, "rpm")?, repository_at_caller })
}

/// The one file with this ending in a folder.
fn only(folder: &Path, ending: &str) -> anyhow::Result<PathBuf> {
    let files = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut found =
        files.iter().map(std::fs::DirEntry::path).filter(|path| path.extension().is_some_and(|it| it == ending));
    match (found.next(), found.next()) {
        (Some(file), None) => Ok(file),
        _ => bail!("{} holds not one .{ending}", folder.display()),
    }
}

/// Runs a command to its end; answers with its standard output, or fails with all that it said.
fn must(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("running {}", command.get_program().display()))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("{command:?}: {}\n{said}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(said)
}

/// Packages and a place to install them; none, and said so, where one is missing.
fn packages_and_machines() -> anyhow::Result<Option<&'static Packages>> {
    if let Some(why) = machine::unavailable() {
        left_out(&why);
        return Ok(None);
    }
    packages()
}
