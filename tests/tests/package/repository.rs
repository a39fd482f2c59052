//! The apt repository that packages are handed out by: where it is made, and how its key is changed, as apt judges it.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use tempfile::TempDir;

use crate::{must, packages};

/// A gpg home of its own.
pub(crate) struct Keys(TempDir);

impl Keys {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("tapdesk-keys.").tempdir()?;
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        Ok(Self(folder))
    }

    pub(crate) fn home(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        // The agent that gpg leaves running is this home's alone.
        drop(Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", self.home()).output());
    }
}

/// A repository, and the apt of a kiosk that knows it.
struct Repository {
    folder: TempDir,
    keys: Keys,
}

impl Repository {
    fn sign(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no repository")?;
        let mut command = Command::new(root.join("src-tauri/packaging/repository.sh"));
        command.arg(self.served()).args(arguments).env("GNUPGHOME", self.keys.home());
        must(&mut command)
    }

    fn served(&self) -> std::path::PathBuf {
        self.folder.path().join("served")
    }

    /// What a kiosk is handed out now.
    fn keyring(&self) -> anyhow::Result<Vec<u8>> {
        Ok(std::fs::read(self.served().join("tapdesk-archive-keyring.gpg"))?)
    }

    /// Whether a kiosk with this keyring, that reads the repository for the first time, finds the package there.
    fn is_taken(&self, keyring: &[u8]) -> anyhow::Result<bool> {
        let kiosk = TempDir::new()?;
        let at = |name: &str| kiosk.path().join(name);
        for folder in ["state/lists/partial", "cache/archives/partial"] {
            std::fs::create_dir_all(at(folder))?;
        }
        for file in ["status", "preferences"] {
            std::fs::write(at(file), "")?;
        }
        std::fs::write(at("keyring.gpg"), keyring)?;
        let (served, known) = (self.served(), at("keyring.gpg"));
        let source = format!("deb [signed-by={}] file:{} stable main\n", known.display(), served.display());
        std::fs::write(at("sources.list"), source)?;
        let apt = |program: &str, words: &[&str]| {
            let mut command = Command::new(program);
            for (option, file) in [
                ("Dir::State", "state"),
                ("Dir::State::status", "status"),
                ("Dir::Cache", "cache"),
                ("Dir::Etc::sourcelist", "sources.list"),
                ("Dir::Etc::preferences", "preferences"),
            ] {
                command.arg("-o").arg(format!("{option}={}", at(file).display()));
            }
            command.args(["-o", "Dir::Etc::sourceparts=-", "-o", "APT::Update::Error-Mode=any"]);
            // Its own user may not look into this folder.
            command.args(["-o", "APT::Sandbox::User="]).args(words).env("LC_ALL", "C.UTF-8").output()
        };
        let updated = apt("apt-get", &["update"])?;
        let policy = String::from_utf8_lossy(&apt("apt-cache", &["policy", "tapdesk"])?.stdout).into_owned();
        let is_found = policy.contains(env!("CARGO_PKG_VERSION"));
        assert_eq!(updated.status.success(), is_found, "{policy}\n{}", String::from_utf8_lossy(&updated.stderr));
        Ok(is_found)
    }
}

/// The fingerprint of a key that was just made.
fn made(said: &str) -> anyhow::Result<String> {
    let line = said.lines().find_map(|line| line.strip_prefix("new key: "));
    Ok(line.context("no key was made")?.to_owned())
}

#[test]
fn a_repository_is_made_where_the_caller_is() -> anyhow::Result<()> {
    let Some(packages) = packages()? else { return Ok(()) };
    assert!(packages.repository_at_caller, "a relative folder is one of the caller's");
    Ok(())
}

#[test]
fn the_key_is_changed_without_a_kiosk_that_refuses_the_repository() -> anyhow::Result<()> {
    let Some(packages) = packages()? else { return Ok(()) };
    let repository = Repository { folder: TempDir::new()?, keys: Keys::new()? };
    let old = made(&repository.sign(&["--new-key", &packages.deb.to_string_lossy()])?)?;
    let first = repository.keyring()?;
    assert!(repository.is_taken(&first)?);
    let refused = repository.sign(&["--new-key"]).expect_err("a second key, in the place of the first").to_string();
    assert!(refused.contains("--key OLD --new-key"), "{refused}");

    // Signed with both: good for who knows one of them.
    let new = made(&repository.sign(&["--key", &old, "--new-key"])?)?;
    assert_ne!(old, new);
    let both = repository.keyring()?;
    assert!(repository.is_taken(&first)? && repository.is_taken(&both)?);
    repository.sign(&["--key", &old, "--key", &new])?;
    assert!(repository.is_taken(&first)? && repository.is_taken(&both)?);
    let refused = repository.sign(&["--key", "Tapdesk packages"]).expect_err("a name of two keys").to_string();
    assert!(refused.contains(&old) && refused.contains(&new), "{refused}");

    // The old one dropped: good for who got the keyring meanwhile, and for nobody else.
    repository.sign(&["--key", &new])?;
    assert!(repository.is_taken(&both)? && repository.is_taken(&repository.keyring()?)?);
    assert!(!repository.is_taken(&first)?, "the old key has signed nothing of this");
    Ok(())
}
