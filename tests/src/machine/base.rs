//! What machines are copied from: Debian's base system, made once and kept beside the build.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// What every machine has beside Debian's essential packages.
const BASE: [&str; 7] = ["systemd", "systemd-sysv", "dbus", "udev", "libpam-systemd", "kmod", "ca-certificates"];
/// Where a Debian says from whom it gets its packages.
const SOURCES: [&str; 3] =
    ["/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list.d/debian.list"];

/// Why no machine can be made here; none where one can.
pub fn unavailable() -> Option<String> {
    if !rustix::process::geteuid().is_root() {
        return Some("a machine in a container needs root".to_owned());
    }
    if codename().is_none() {
        return Some("machines are made from a Debian's own packages, and this is none".to_owned());
    }
    let missing = ["mmdebstrap", "systemd-nspawn", "nsenter"].into_iter().find(|program| !is_installed(program));
    missing.map(|program| format!("a machine in a container needs {program}; `./dev test` installs it"))
}

/// A machine's own `/`.
pub(super) struct Root {
    path: PathBuf,
    /// Whether it lies over the base, and so must be taken away from there.
    is_laid_over: bool,
}

impl Root {
    /// A root in `folder` with these packages. It holds what is changed and shows the base beneath, made first where there
    /// is none; where the kernel lays no folder over another there, it is a copy.
    pub(super) fn new(packages: &[&str], folder: &Path) -> anyhow::Result<Self> {
        let base = made(packages)?;
        let at = |name: &str| folder.join(name);
        for name in ["root", "changed", "work"] {
            std::fs::create_dir(at(name))?;
        }
        // A comma or a colon would divide the options: base and folder may lie anywhere.
        let options = "lowerdir=/proc/self/fd/0,upperdir=changed,workdir=work";
        let mut mount = Command::new("mount");
        mount.args(["-t", "overlay", "overlay", "-o", options, "root"]).current_dir(folder).stdin(File::open(&base)?);
        let is_laid_over = must(&mut mount).is_ok();
        if !is_laid_over {
            let mut copy = Command::new("cp");
            copy.args(["--archive", "--one-file-system", "--reflink=auto", "--no-target-directory"]);
            must(copy.arg(&base).arg(at("root")))?;
        }
        Ok(Self { path: at("root"), is_laid_over })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        if self.is_laid_over {
            // Lazily: whoever still looks into it keeps nobody from going on.
            drop(must(Command::new("umount").arg("--lazy").arg(&self.path)));
        }
    }
}

/// Held while a machine runs, whichever checkout's tests it belongs to.
const RUNNING: &str = "/run/lock/tapdesk-machine";

/// Waits until no machine runs; none does until what this gives is dropped. Those that ran at once got at each other's
/// units: they share this machine's control groups.
pub(super) fn one_runs() -> anyhow::Result<File> {
    let lock = File::create(RUNNING).with_context(|| RUNNING)?;
    lock.lock()?;
    Ok(lock)
}

fn made(packages: &[&str]) -> anyhow::Result<PathBuf> {
    let codename = codename().context("not a Debian")?;
    let mut wanted: Vec<String> = BASE.iter().chain(packages).map(|name| of_this_debian(name)).collect();
    wanted.sort_unstable();
    let bases = bases()?;
    std::fs::create_dir_all(&bases)?;
    let name = format!("{codename}-{}", named(packages));
    let base = bases.join(&name);
    // Two tests that need the same must not make it twice, nor copy half of it.
    let one_at_a_time = File::create(bases.join(format!("{name}.lock")))?;
    one_at_a_time.lock()?;
    if base.is_dir() {
        return Ok(base);
    }
    let begun = bases.join(format!("{name}.begun"));
    if begun.exists() {
        must(Command::new("rm").args(["--recursive", "--force", "--one-file-system"]).arg(&begun))?;
    }
    let mut command = Command::new("mmdebstrap");
    command.args(["--quiet", "--variant=minbase"]).arg(format!("--include={}", wanted.join(",")));
    command.arg(&codename).arg(&begun);
    let sources: Vec<&str> = SOURCES.into_iter().filter(|path| Path::new(path).is_file()).collect();
    if sources.is_empty() {
        bail!("this machine does not say where its packages come from");
    }
    must(command.args(sources))?;
    // It goes on where its own unmounting fails, as on a busy machine: each copy would then hold all that runs here.
    if is_mounted(&begun.join("proc"))? {
        must(Command::new("umount").arg("--lazy").arg(begun.join("proc")))?;
    }
    std::fs::rename(&begun, &base)?;
    Ok(base)
}

/// What this Debian calls the package: since Debian 13 some libraries have `t64` at their end, and what they were called
/// before cannot be told to install.
fn of_this_debian(name: &str) -> String {
    let renamed = format!("{name}t64");
    let known = Command::new("apt-cache").args(["show", "--no-all-versions", &renamed]).output();
    if name.starts_with("lib") && known.is_ok_and(|known| known.status.success()) { renamed } else { name.to_owned() }
}

/// A name for a base with these packages.
fn named(packages: &[&str]) -> String {
    if packages.is_empty() { "base".to_owned() } else { packages.join("+") }
}

/// Beside the programs under test, so that it goes away with them.
fn bases() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let target = own.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    Ok(target.context("the tests do not lie in cargo's target folder")?.join("machines"))
}

fn is_mounted(folder: &Path) -> anyhow::Result<bool> {
    let device = |path: &Path| anyhow::Ok(std::os::unix::fs::MetadataExt::dev(&std::fs::metadata(path)?));
    Ok(device(folder)? != device(folder.parent().context("no parent")?)?)
}

fn codename() -> Option<String> {
    let release = std::fs::read_to_string("/etc/os-release").ok()?;
    let of = |key: &str| release.lines().find_map(|line| line.strip_prefix(key)).map(|word| word.trim_matches('"'));
    of("VERSION_CODENAME=").filter(|_| of("ID=") == Some("debian")).map(str::to_owned)
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn must(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().display().to_string();
    let output = command.output().with_context(|| program.clone())?;
    if !output.status.success() {
        bail!("{program}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
