//! Packages of a small program that plays the kiosk, in every way a version can turn out, and a repository of them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use tempfile::TempDir;

/// How a version behaves when it is started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nature {
    /// The version of the journal's tables that it writes.
    pub(crate) tables: u32,
    /// `runs`, `ends` (at once), or `ends-later`: after it said that it is ready and took a tap.
    pub(crate) behaves: &'static str,
    /// What its maintainer script does at its end.
    pub(crate) configures: &'static str,
}

/// One that works.
pub(crate) const GOOD: Nature = Nature { tables: 1, behaves: "runs", configures: "true" };

/// It takes one tap at each start, writes it into its journal, and so acknowledges it. With a journal of newer
/// tables it is ready and out of order, as the real program is.
const PROGRAM: &str = r#"#!/bin/sh
set -e
[ "$1" != update ] || exec /proving/tapdesk "$@"
data=$HOME/.local/share/tapdesk
mkdir -p "$data"
[ -e "$data/journal.sqlite" ] || echo "tables TABLES" >"$data/journal.sqlite"
found=$(sed -n '1s/^tables //p' "$data/journal.sqlite")
if [ "$found" -gt TABLES ]; then
  systemd-notify --ready --status='out of order: the journal was written by a newer version'
  exec sleep infinity
fi
sed -i '1s/.*/tables TABLES/' "$data/journal.sqlite"
[ BEHAVES != ends ] || exit 4
systemd-notify --ready
echo "tap taken by VERSION" >>"$data/journal.sqlite"
[ BEHAVES != ends-later ] || exit 5
exec sleep infinity
"#;

/// As the kiosk's own unit, but for what this machine has no hardware for; restarts come sooner, so that tests do.
const UNIT: &str = "[Unit]
StartLimitIntervalSec=0
[Service]
Type=notify
NotifyAccess=all
User=tapdesk
ExecStart=/usr/bin/tapdesk kiosk session
Restart=always
RestartSec=0.2
RestartPreventExitStatus=10
[Install]
WantedBy=multi-user.target
";

/// A repository, its key and a server for it.
pub(crate) struct Repository {
    folder: TempDir,
    server: Child,
    address: String,
}

impl Repository {
    /// An empty one, with a new key of its own.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("tapdesk-repository.").tempdir()?;
        for name in ["gpg", "served"] {
            std::fs::create_dir(folder.path().join(name))?;
        }
        std::fs::set_permissions(folder.path().join("gpg"), std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        let mut server = Command::new("python3")
            .args(["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory"])
            .arg(folder.path().join("served"))
            .arg("0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("no python3")?;
        let mut line = String::new();
        BufReader::new(server.stdout.take().context("no output")?).read_line(&mut line)?;
        let address = line.split(['(', ')']).nth(1).context("no address")?.trim_end_matches('/').to_owned();
        Ok(Self { folder, server, address })
    }

    /// Where it is served from.
    pub(crate) fn served(&self) -> PathBuf {
        self.folder.path().join("served")
    }

    /// Adds these versions.
    pub(crate) fn publish(&self, versions: &[(&str, Nature)]) -> anyhow::Result<()> {
        let packages: anyhow::Result<Vec<PathBuf>> =
            versions.iter().map(|(version, nature)| self.package(version, *nature)).collect();
        if self.folder.path().join("gpg/pubring.kbx").exists() {
            return self.sign(&packages?, &[]);
        }
        // The key must be as old as the oldest Release that it is to sign.
        self.sign(&packages?, &["faketime", "100 days ago"])?;
        self.sign(&[], &[])
    }

    /// Signs it anew with these packages; `before` runs the program, such as at another time.
    pub(crate) fn sign(&self, packages: &[PathBuf], before: &[&str]) -> anyhow::Result<()> {
        let script = root().join("src-tauri/packaging/repository.sh");
        let gpg = self.folder.path().join("gpg");
        let key = if gpg.join("pubring.kbx").exists() { &["--key", "Tapdesk packages"][..] } else { &["--new-key"] };
        let mut words: Vec<&str> = before.to_vec();
        let script = script.to_str().context("no path")?;
        words.push(script);
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env("GNUPGHOME", &gpg).arg(self.served());
        must(command.args(key).args(["--url", &self.address]).args(packages))
    }

    fn package(&self, version: &str, nature: Nature) -> anyhow::Result<PathBuf> {
        let tree = self.folder.path().join("tree");
        if tree.exists() {
            std::fs::remove_dir_all(&tree)?;
        }
        let write = |path: &str, text: &str, mode| {
            let path = tree.join(path);
            std::fs::create_dir_all(path.parent().context("no folder")?)?;
            std::fs::write(&path, text)?;
            anyhow::Ok(std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode))?)
        };
        let program = PROGRAM.replace("TABLES", &nature.tables.to_string()).replace("BEHAVES", nature.behaves);
        write("usr/bin/tapdesk", &program.replace("VERSION", version), 0o755)?;
        write("usr/lib/systemd/system/tapdesk-kiosk.service", UNIT, 0o644)?;
        let units = root().join("src-tauri/packaging/updates");
        must(Command::new("cp").arg("--recursive").arg(units.join(".")).arg(tree.join("usr/lib/systemd/system/")))?;
        let control = format!(
            "Package: tapdesk\nVersion: {version}\nArchitecture: all\nMaintainer: Tapdesk <tapdesk@example.org>\nDescription: plays Tapdesk\n"
        );
        write("DEBIAN/control", &control, 0o644)?;
        write("DEBIAN/postinst", &format!("#!/bin/sh\nset -e\n{}\n", nature.configures), 0o755)?;
        let package = self.folder.path().join(format!("tapdesk_{version}.deb"));
        must(Command::new("dpkg-deb").args(["--root-owner-group", "-Znone", "--build"]).arg(&tree).arg(&package))?;
        Ok(package)
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
        // The key's agent lives in its home, and ends with it.
        drop(Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", self.folder.path().join("gpg")).status());
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests live in a folder of the repository")
}

fn must(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().with_context(|| command.get_program().display().to_string())?;
    if !output.status.success() {
        bail!(
            "{}: {}\n{}",
            command.get_program().display(),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}
