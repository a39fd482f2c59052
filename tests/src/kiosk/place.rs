//! One desk's place: a reader, a data folder and a configuration, all of its own; the service is somebody else's.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use anyhow::bail;
use tempfile::TempDir;
use tokio::process::Command;

use super::station::{program, run};
use crate::{pn532, spaces};

/// A simulated reader and what the program needs to find it and a service.
pub struct Place {
    /// The reader.
    pub reader: pn532::Simulator,
    folder: TempDir,
}

impl Place {
    /// A place that uses the service at this address; `more` is TOML that is added to the configuration: keys of the
    /// sections `[tap]`, `[offline]`, `[kiosk]` and so on.
    pub fn set_up(base_url: &str, more: &str) -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let link = folder.path().join("reader");
        let reader = pn532::Simulator::start(pn532::Options { link: Some(link), ..pn532::Options::default() })?;
        let place = Self { reader, folder };
        let configuration = format!(
            "data_dir = \"{data}\"\n\n[spaces]\nbase_url = {base_url:?}\nbusiness_id = 9\n\n[reader]\nkind = \"libnfc\"\nconnection = {connection:?}\n\n{more}\n",
            data = place.data_dir().display(),
            connection = place.reader.connection_string(),
        );
        std::fs::write(place.configuration(), configuration)?;
        Ok(place)
    }

    /// Adds keys to the section `[spaces]` of the configuration.
    pub fn configure_spaces(&self, keys: &str) -> anyhow::Result<()> {
        let configuration = std::fs::read_to_string(self.configuration())?;
        let configuration = configuration.replacen("[spaces]\n", &format!("[spaces]\n{keys}\n"), 1);
        Ok(std::fs::write(self.configuration(), configuration)?)
    }

    /// Takes the location out of the configuration, as it is before a set-up.
    pub fn forget_location(&self) -> anyhow::Result<()> {
        let configuration = std::fs::read_to_string(self.configuration())?;
        Ok(std::fs::write(self.configuration(), configuration.replacen("business_id = 9\n", "", 1))?)
    }

    /// The configuration file.
    pub fn configuration(&self) -> PathBuf {
        self.folder.path().join("tapdesk.toml")
    }

    /// Where the program keeps its journal and logs.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A folder of the place's own, removed with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program with this place's configuration and these arguments; killed when dropped.
    pub fn command(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(program()?);
        command.arg("--config").arg(self.configuration()).args(arguments);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TAPDESK_")) {
            command.env_remove(name);
        }
        // Not what whoever manages this machine wants of a kiosk of theirs.
        command.env("TAPDESK_MANAGED_CONFIG", "").env_remove("CREDENTIALS_DIRECTORY");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        Ok(command)
    }

    /// Runs a command that does one thing, with `input` on its standard input.
    pub async fn run(&self, arguments: &[&str], input: &str) -> anyhow::Result<Output> {
        run(self.command(arguments)?, input).await
    }

    /// Signs this place's device in with the service's usual account.
    pub async fn sign_in(&self) -> anyhow::Result<()> {
        let output = self.run(&["sign-in", "--username", spaces::seed::USERNAME], spaces::seed::PASSWORD).await?;
        if !output.status.success() {
            bail!(
                "signing in failed: {}; a key store is needed: run the tests by `./dev test`",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(())
    }

    /// Signs it in by `tapdesk provision`, and gives staff this PIN.
    pub async fn provision(&self, staff_pin: &str) -> anyhow::Result<()> {
        let file = self.folder().join("provision.toml");
        std::fs::write(&file, format!("[account]\nusername = \"{}\"\n", spaces::seed::USERNAME))?;
        let secrets = format!("{}\n{staff_pin}", spaces::seed::PASSWORD);
        let output = self.run(&["provision", "--file", &file.to_string_lossy()], &secrets).await?;
        if !output.status.success() {
            bail!("setting up failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(())
    }
}
