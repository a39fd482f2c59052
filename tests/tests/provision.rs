//! Kiosks set up without a screen: a hundred by a script, the same one again, and every way in which it is refused.
//! Needs what `./dev test` brings.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::ensure;
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::{Station, program, run};
use tapdesk_tests::spaces::{LoggedRequest, Simulator, seed};
use tempfile::TempDir;
use tokio::process::Command;

const KIOSKS: usize = 100;
/// So many run at a time.
const AT_ONCE: usize = 4;
const STAFF_PIN: &str = "482913";

/// A tablet on which nothing was set up.
struct Tablet {
    folder: TempDir,
}

impl Tablet {
    fn new(base_url: &str) -> anyhow::Result<Self> {
        Self::configured(base_url, "")
    }

    /// With more TOML at the end of its configuration.
    fn configured(base_url: &str, more: &str) -> anyhow::Result<Self> {
        let tablet = Self { folder: TempDir::new()? };
        let configuration = format!(
            "# written by the image\ndata_dir = \"{}\"\n\n[spaces]\nbase_url = {base_url:?}\ncall_spacing_ms = 0\n{more}",
            tablet.path("data").display()
        );
        std::fs::write(tablet.path("tapdesk.toml"), configuration)?;
        tablet.ask_for("")?;
        Ok(tablet)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes the provisioning file, with more TOML at its end.
    fn ask_for(&self, more: &str) -> anyhow::Result<()> {
        let file = format!("[account]\nusername = \"{}\"\n\n[spaces]\nbusiness_id = 9\n{more}", seed::USERNAME);
        Ok(std::fs::write(self.path("provision.toml"), file)?)
    }

    fn command(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(program()?);
        command.arg("--config").arg(self.path("tapdesk.toml")).args(arguments);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TAPDESK_")) {
            command.env_remove(name);
        }
        command.env("TAPDESK_MANAGED_CONFIG", "").env_remove("CREDENTIALS_DIRECTORY");
        Ok(command)
    }

    fn provisioning(&self, more: &[&str]) -> anyhow::Result<Command> {
        let file = self.path("provision.toml");
        let mut command = self.command(&["provision", "--file"])?;
        command.arg(file).args(more);
        Ok(command)
    }

    async fn provision(&self, input: &str) -> anyhow::Result<(Option<i32>, String)> {
        Ok(told(&run(self.provisioning(&[])?, input).await?))
    }

    fn configuration(&self) -> String {
        std::fs::read_to_string(self.path("tapdesk.toml")).unwrap_or_default()
    }
}

/// Exit code, and all that was printed.
fn told(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    (output.status.code(), text)
}

fn grants(spaces: &Simulator, kind: &str) -> Vec<LoggedRequest> {
    let mut requests = spaces.state().requests();
    let wanted = format!("grant_type={kind}");
    requests.retain(|request| request.path == "/api/token" && request.body.to_string().contains(&wanted));
    requests
}

fn id_of(request: &LoggedRequest) -> String {
    request.headers.get("client_id").cloned().unwrap_or_default()
}

/// Provisions all of them, a few at a time; fails with what the first one that failed said.
async fn provision_all(tablets: &[Tablet], input: &str, says: &str) -> anyhow::Result<()> {
    for some in tablets.chunks(AT_ONCE) {
        let mut running = tokio::task::JoinSet::new();
        for tablet in some {
            let command = tablet.provisioning(&[])?;
            let input = input.to_owned();
            running.spawn(async move { run(command, &input).await });
        }
        while let Some(output) = running.join_next().await {
            let (code, text) = told(&output??);
            ensure!(code == Some(0) && text.contains(says), "{code:?}: {text}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_kiosks_are_set_up_by_a_script_and_none_signs_another_out() -> anyhow::Result<()> {
    let spaces = Simulator::start(tapdesk_tests::spaces::Options::default()).await?;
    // Tablets do not share a key store, and gnome-keyring's daemon dies now and then under hundreds of openings at once.
    let tablet = |_| Tablet::configured(&spaces.base_url(), "\n[secrets]\nstore = \"file\"\n");
    let tablets: Vec<Tablet> = (0..KIOSKS).map(tablet).collect::<anyhow::Result<_>>()?;
    provision_all(&tablets, seed::PASSWORD, "signed in").await?;
    let ids: HashSet<String> = grants(&spaces, "password").iter().map(id_of).collect();
    ensure!(ids.len() == KIOSKS && !ids.contains(""), "each has an id of its own: {}", ids.len());

    // Every access token dies: whose refresh token was ended by another sign-in would need its password now.
    spaces.state().revoke_access_tokens();
    spaces.state().clear_log();
    provision_all(&tablets, "", "Nothing to do").await?;
    ensure!(grants(&spaces, "password").is_empty(), "nobody had to sign in again");
    let refreshed: HashSet<String> = grants(&spaces, "refresh_token").iter().map(id_of).collect();
    ensure!(refreshed == ids, "each refreshed under its own id: {} of {KIOSKS}", refreshed.len());
    for tablet in &tablets {
        ensure!(tablet.configuration().starts_with("# written by the image\n"), "what stood there stays");
        ensure!(tablet.configuration().contains("business_id = 9"));
    }
    Ok(())
}

#[tokio::test]
async fn what_is_so_already_is_left_as_it_is() -> anyhow::Result<()> {
    let spaces = Simulator::start(tapdesk_tests::spaces::Options::default()).await?;
    let tablet = Tablet::new(&spaces.base_url())?;
    tablet.ask_for("\n[kiosk]\nlanguage = \"de\"\nnames = \"none\"\n")?;
    let secrets = format!("{}\n{STAFF_PIN}", seed::PASSWORD);
    let (code, text) = tablet.provision(&secrets).await?;
    ensure!(code == Some(0) && text.contains("staff PIN: set") && text.contains("Set up."), "{code:?} {text}");
    let written = tablet.configuration();
    ensure!(written.contains("language = \"de\"") && written.contains("names = \"none\""), "{written}");
    for _ in 0..2 {
        let (code, text) = tablet.provision(&secrets).await?;
        ensure!(code == Some(0) && text.contains("Nothing to do"), "{code:?} {text}");
        ensure!(tablet.configuration() == written);
    }
    ensure!(grants(&spaces, "password").len() == 1, "signed in once");
    // What changes is changed, and no more.
    tablet.ask_for("\n[kiosk]\nlanguage = \"fr\"\n")?;
    let (code, text) = tablet.provision("").await?;
    ensure!(
        code == Some(0) && text.contains("configuration: written") && text.contains("staff PIN: as it was"),
        "{text}"
    );
    ensure!(tablet.configuration() == written.replace("\"de\"", "\"fr\""), "{}", tablet.configuration());

    let (code, text) = told(&run(tablet.command(&["reset"])?, "").await?);
    ensure!(code == Some(0), "{text}");
    let (code, text) = tablet.provision("").await?;
    ensure!(code == Some(1) && text.contains("no password of"), "{code:?} {text}");
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_set_up_is_said_and_changes_nothing() -> anyhow::Result<()> {
    let spaces = Simulator::start(tapdesk_tests::spaces::Options::default()).await?;
    let tablet = Tablet::new(&spaces.base_url())?;
    let before = tablet.configuration();
    let account = format!("[account]\nusername = \"{}\"\n", seed::USERNAME);
    let weak = format!("{}\n123456", seed::PASSWORD);
    let here = "[spaces]\nbusiness_id = 9\n";
    let cases = [
        ("wrong password", format!("{account}{here}"), "wrong-donkey", 1, "incorrect"),
        ("no password", format!("{account}{here}"), "", 1, "no password of"),
        ("another location", format!("{account}[spaces]\nbusiness_id = 77\n"), seed::PASSWORD, 78, "9 (Quay House)"),
        ("a key that does not exist", format!("{account}{here}[kiosk]\ncolour = 1\n"), seed::PASSWORD, 78, "colour"),
        ("a bad value", format!("{account}{here}[kiosk]\nnames = \"all\"\n"), seed::PASSWORD, 78, "\"first\""),
        ("a password in the file", format!("{account}password = \"x\"\n{here}"), "", 78, "standard input"),
        ("a weak PIN", format!("{account}{here}"), &weak, 1, "PIN"),
        ("no TOML", "account = [".to_owned(), "", 78, "provision.toml"),
        ("a password in no TOML", format!("{account}password = \"hunter22"), "", 78, "line 3"),
    ];
    for (case, file, input, wanted, word) in cases {
        std::fs::write(tablet.path("provision.toml"), file)?;
        let (code, text) = tablet.provision(input).await?;
        ensure!(code == Some(wanted) && text.contains(word), "{case}: {code:?} {text}");
        let secrets = ["wrong-donkey", "123456", "hunter22"];
        ensure!(!secrets.iter().any(|secret| text.contains(secret)), "{case}: {text}");
        ensure!(tablet.configuration() == before, "{case}: nothing is written");
    }
    // A sign-in that was not kept did not end up in the key store either.
    tablet.ask_for("")?;
    let (code, text) = tablet.provision("").await?;
    ensure!(code == Some(1) && text.contains("no password of"), "{code:?} {text}");
    Ok(())
}

#[tokio::test]
async fn the_second_factor_is_passed_on() -> anyhow::Result<()> {
    let spaces = Simulator::start(tapdesk_tests::spaces::Options::default()).await?;
    spaces.state().change_switches(|switches| switches.totp = Some("123456".to_owned()));
    let tablet = Tablet::new(&spaces.base_url())?;
    let (code, text) = tablet.provision(seed::PASSWORD).await?;
    ensure!(code == Some(1) && text.contains("--totp"), "{code:?} {text}");
    let (code, text) = told(&run(tablet.provisioning(&["--totp", "123456"])?, seed::PASSWORD).await?);
    ensure!(code == Some(0), "{text}");
    Ok(())
}

/// A kiosk session without a key store: the secrets lie in a file that the credential seals.
#[tokio::test]
async fn a_systemd_credential_takes_the_place_of_the_key_store() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let credentials = TempDir::new()?;
    std::fs::write(credentials.path().join("tapdesk.key"), [0x5a; 32])?;
    std::fs::write(credentials.path().join("tapdesk.password"), format!("{}\n", seed::PASSWORD))?;
    std::fs::write(credentials.path().join("tapdesk.staff_pin"), STAFF_PIN)?;
    let file = station.folder().join("provision.toml");
    std::fs::write(&file, format!("[account]\nusername = \"{}\"\n", seed::USERNAME))?;
    let without_a_bus = |command: &mut Command, folder: &Path| {
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").env("CREDENTIALS_DIRECTORY", folder);
    };
    let mut command = station.command(&["provision", "--file"])?;
    command.arg(&file);
    without_a_bus(&mut command, credentials.path());
    let (code, text) = told(&run(command, "").await?);
    ensure!(code == Some(0) && text.contains("staff PIN: set"), "{code:?} {text}");
    let sealed = std::fs::read(station.data_dir().join("secrets.sealed"))?;
    ensure!(!String::from_utf8_lossy(&sealed).contains("refresh"), "it is sealed");

    let mut command = station.command(&["headless"])?;
    without_a_bus(&mut command, credentials.path());
    let headless = Headless::spawn(command.into_std())?;
    headless.wait_for(std::time::Duration::from_secs(15), |line| line["state"] == "online").await;
    ensure!(headless.terminate().await?.0 == Some(0));

    std::fs::write(credentials.path().join("tapdesk.key"), [0x5b; 32])?;
    let mut command = station.command(&["headless"])?;
    without_a_bus(&mut command, credentials.path());
    let (code, text) = told(&run(command, "").await?);
    ensure!(code == Some(1) && text.contains("tapdesk.key"), "another credential: {code:?} {text}");
    Ok(())
}
