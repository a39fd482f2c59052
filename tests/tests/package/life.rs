//! A package's life on a machine: installed, at work, renewed, not put back, removed, and purged once taps are given up.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::program;
use tapdesk_tests::machine::Machine;
use tapdesk_tests::spaces::{self, seed};
use tempfile::TempDir;

use crate::{Packages, must, packages_and_machines};

/// Longest wait for anything that is going to happen at once.
const SOON: Duration = Duration::from_secs(20);
/// Whose plan covers every visit.
const JOSE: (i64, &str) = (1_002, "04A2B2C3D4E5F6");
const WANG: (i64, &str) = (1_003, "04A3B2C3D4E5F6");
/// What Tapdesk needs and a bare machine lacks, so that no test waits for it to be fetched; apt judges whether it is enough.
const LIBRARIES: [&str; 4] = ["libasound2", "libnfc6", "libpcsclite1", "libwebkit2gtk-4.1-0"];
/// Where machines write by themselves: nothing counts there but what bears Tapdesk's name.
const FOREIGN: [&str; 12] = [
    "/dev",
    "/etc/.pwd.lock",
    "/proc",
    "/run",
    "/sys",
    "/tmp",
    "/var/cache",
    "/var/lib/apt",
    "/var/lib/dbus/machine-id",
    "/var/lib/dpkg",
    "/var/lib/systemd",
    "/var/log",
];
/// Where the updater keeps what it needs.
const UPDATES: &str = "/var/lib/tapdesk-update";
/// The kiosk's home, from which Tapdesk knows its data.
const HOME: &str = "HOME=/var/lib/tapdesk";

/// A machine that can install the package, and all that was on it before.
struct Tablet {
    machine: Machine,
    before: BTreeSet<String>,
}

impl Tablet {
    fn new(packages: &Packages) -> anyhow::Result<Self> {
        let debug = program()?.parent().context("no folder")?.to_path_buf();
        let machine = Machine::with(&LIBRARIES)?.showing(&debug, "/proving");
        machine.copy_in(&packages.deb, "/srv/tapdesk.deb")?;
        Ok(Self { machine, before: BTreeSet::new() })
    }

    fn apt(&self, words: &str) -> anyhow::Result<String> {
        self.machine.shell(&format!("apt-get --yes --no-install-recommends {words} 2>&1"))
    }

    /// Every path, but for what any machine writes by itself and what apt leaves of any package; and whom the machine
    /// knows.
    fn all(&self) -> anyhow::Result<BTreeSet<String>> {
        let found = self.machine.shell("find / -xdev -print; cat /etc/passwd /etc/group")?;
        let is_foreign =
            |path: &str| FOREIGN.iter().any(|folder| path.starts_with(folder)) && !path.contains("tapdesk");
        // A name with a hyphen at its end is the copy that is kept of a file of users or groups.
        let counts = |path: &&str| !is_foreign(path) && !path.ends_with('-') && !path.starts_with("/srv");
        Ok(found.lines().filter(counts).map(str::to_owned).collect())
    }

    /// Runs Tapdesk as the kiosk's user.
    fn tapdesk(&self, arguments: &[&str]) -> Command {
        let as_kiosk = ["--reuid=tapdesk", "--regid=tapdesk", "--init-groups", "env", HOME, "tapdesk"];
        self.machine.command("setpriv", &[&as_kiosk, arguments].concat())
    }

    /// Starts something as the kiosk's user and as a unit, which `systemctl stop` ends.
    fn unit(&self, name: &str, command: &[&str]) -> Command {
        let (unit, home) = (format!("--unit={name}"), format!("--setenv={HOME}"));
        let words = ["--pipe", "--quiet", "--collect", "--uid=tapdesk", &unit, &home];
        self.machine.command("systemd-run", &[&words, command].concat())
    }

    fn queue(&self) -> anyhow::Result<Value> {
        Ok(serde_json::from_str(&must(&mut self.tapdesk(&["queue", "--json"]))?)?)
    }

    fn exists(&self, path: &str) -> bool {
        self.machine.inside(path).exists()
    }

    /// Holds a tile to the reader for a moment; the acknowledgement.
    async fn tap(&self, headless: &Headless, tile: &str) -> anyhow::Result<Value> {
        let mark = headless.mark();
        self.reader(&format!("present {tile}"))?;
        let acknowledgement = headless.wait_after(mark, SOON, |line| line["event"] == "ack").await;
        self.reader("remove")?;
        Ok(acknowledgement)
    }

    /// Tells the simulated reader something, and waits for its answer.
    fn reader(&self, command: &str) -> anyhow::Result<String> {
        let mut stream = UnixStream::connect(self.machine.inside("/srv/reader/control"))?;
        writeln!(stream, "{command}")?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer)?;
        Ok(answer)
    }
}

/// The same package under another version.
fn as_version(deb: &Path, version: &str, to: &Path) -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    must(Command::new("dpkg-deb").arg("--raw-extract").arg(deb).arg(folder.path()))?;
    let control = folder.path().join("DEBIAN/control");
    let text = std::fs::read_to_string(&control)?;
    let line = text.lines().find(|line| line.starts_with("Version: ")).context("no version")?;
    std::fs::write(&control, text.replace(line, &format!("Version: {version}")))?;
    must(Command::new("dpkg-deb").args(["--root-owner-group", "-Zgzip", "-z1", "--build"]).arg(folder.path()).arg(to))?;
    Ok(())
}

fn is(event: &'static str, state: &'static str) -> impl FnMut(&Value) -> bool {
    move |line| line["event"] == event && line["state"] == state
}

fn verdict_of(acknowledgement: &Value) -> impl FnMut(&Value) -> bool {
    let entry = acknowledgement["entry"].clone();
    move |line| line["event"] == "verdict" && line["entry"] == entry
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_works_is_renewed_with_its_taps_and_leaves_nothing_once_they_are_given_up() -> anyhow::Result<()> {
    let Some(packages) = packages_and_machines()? else { return Ok(()) };
    let service = spaces::Simulator::start(spaces::Options::default()).await?;
    let mut tablet = Tablet::new(packages)?;
    tablet.machine.boot()?;
    tablet.before = tablet.all()?;

    // Installed, with all it needs.
    tablet.apt("install /srv/tapdesk.deb")?;
    let version = tablet.machine.must("tapdesk", &["--version"])?;
    assert_eq!(version, format!("tapdesk {}", env!("CARGO_PKG_VERSION")));
    tablet.machine.shell("install -d -m 700 -o tapdesk -g tapdesk /var/lib/tapdesk")?;
    tablet.machine.write("/etc/tapdesk/tapdesk.toml", configuration(&service.base_url()))?;
    let mut reader = start_reader(&tablet)?;
    sign_in(&tablet)?;
    let examined = tablet.tapdesk(&["doctor", "--json"]).output()?;
    let examined: Value = serde_json::from_slice(&examined.stdout)?;
    let of = |name: &str| examined["checks"].as_array()?.iter().find(|check| check["check"] == name)?["ok"].as_bool();
    assert_eq!((of("reader"), of("sign-in"), of("queue")), (Some(true), Some(true), Some(true)), "{examined}");

    // At work: one tap is recorded, one waits.
    let headless = Headless::spawn(tablet.unit("desk", &["tapdesk", "headless"]))?;
    headless.wait_for(SOON, is("reader", "up")).await;
    headless.wait_for(SOON, is("link", "online")).await;
    let acknowledgement = tablet.tap(&headless, JOSE.1).await?;
    let verdict = headless.wait_for(SOON, verdict_of(&acknowledgement)).await;
    assert_eq!(verdict["kind"], "checked_in", "{verdict}");
    assert_eq!(service.state().open_checkins(JOSE.0).len(), 1);
    service.state().refuse_connections();
    headless.wait_for(SOON, is("link", "offline")).await;
    let acknowledgement = tablet.tap(&headless, WANG.1).await?;
    assert_eq!(headless.wait_for(SOON, verdict_of(&acknowledgement)).await["kind"], "saved");
    tablet.machine.must("systemctl", &["stop", "desk"])?;
    assert_eq!(tablet.queue()?["waiting"], 1);

    // Renewed: what the operator wrote and the taps are still there. An older one is refused.
    as_version(&packages.deb, "99.0", &tablet.machine.inside("/srv/newer.deb"))?;
    tablet.apt("install /srv/newer.deb")?;
    let installed = tablet.machine.must("dpkg-query", &["-W", "-f", "${Version} ${Status}", "tapdesk"])?;
    assert_eq!(installed, "99.0 install ok installed");
    let kept = std::fs::read_to_string(tablet.machine.inside("/etc/tapdesk/tapdesk.toml"))?;
    assert_eq!(kept, configuration(&service.base_url()));
    assert_eq!(tablet.queue()?["waiting"], 1);
    let refused = tablet.apt("install /srv/tapdesk.deb").expect_err("an older one over a newer one").to_string();
    assert!(refused.contains("downgraded"), "{refused}");

    // Removed, in the middle of an update: data stay, and are not purged while a tap waits.
    begin_update(&tablet)?;
    tablet.apt("remove tapdesk")?;
    let updater = tablet.machine.run("systemctl", &["is-active", "tapdesk-update-finish"])?;
    assert!(matches!(updater.stdout.trim_ascii(), b"inactive" | b"failed"), "{updater:?}");
    for name in ["state.json", "hold", "updater"] {
        assert!(!tablet.exists(&format!("{UPDATES}/{name}")), "a later installation would go on by {name}");
    }
    assert!(tablet.exists(&format!("{UPDATES}/journal.tar")), "a copy of taps that wait");
    assert!(!tablet.exists("/usr/bin/tapdesk") && tablet.exists("/etc/tapdesk/tapdesk.toml"));
    assert!(tablet.exists("/var/lib/tapdesk/.local/share/tapdesk"));
    let refused = tablet.apt("purge tapdesk").expect_err("a tap waits").to_string();
    assert!(refused.contains("Taps wait to be recorded") && refused.contains("discard-waiting-taps"), "{refused}");
    assert!(tablet.exists("/var/lib/tapdesk/.local/share/tapdesk"));

    tablet.machine.write("/etc/tapdesk/discard-waiting-taps", "")?;
    tablet.apt("purge tapdesk")?;
    tablet.machine.must("systemctl", &["stop", "reader"])?;
    reader.wait()?;
    leaves_nothing(&tablet)
}

#[test]
fn where_no_systemd_runs_it_is_installed_and_purged_without_a_word() -> anyhow::Result<()> {
    let Some(packages) = packages_and_machines()? else { return Ok(()) };
    let mut tablet = Tablet::new(packages)?;
    tablet.before = tablet.all()?;
    let said = tablet.apt("install /srv/tapdesk.deb")?;
    assert!(!said.contains("ailed") && !said.contains("rror"), "{said}");
    // Twice, as after an interrupted configuration.
    tablet.machine.shell("/var/lib/dpkg/info/tapdesk.postinst configure")?;
    tablet.machine.shell("getent passwd tapdesk")?;
    tablet.apt("purge tapdesk")?;
    leaves_nothing(&tablet)
}

#[test]
fn a_journal_that_nobody_can_read_counts_as_taps_that_wait() -> anyhow::Result<()> {
    let Some(packages) = packages_and_machines()? else { return Ok(()) };
    let tablet = Tablet::new(packages)?;
    tablet.apt("install /srv/tapdesk.deb")?;
    tablet.machine.shell("install -d -m 700 -o tapdesk -g tapdesk /var/lib/tapdesk")?;
    tablet.machine.write(&format!("{UPDATES}/journal.tar"), "an update's copy of it")?;
    tablet.machine.write(&format!("{UPDATES}/state.json"), r#"{"under_way": {"step": "put_journal_back"}}"#)?;
    let refused = tablet.apt("purge tapdesk").expect_err("nobody knows what waits in the copy").to_string();
    assert!(refused.contains("It is not known whether taps wait"), "{refused}");
    assert!(tablet.exists(&format!("{UPDATES}/journal.tar")) && tablet.exists(&format!("{UPDATES}/state.json")));

    tablet.apt("install /srv/tapdesk.deb")?;
    tablet.machine.shell(&format!("rm -r {UPDATES}"))?;
    tablet.machine.write("/var/lib/tapdesk/.local/share/tapdesk/journal.sqlite", "not a journal")?;
    let refused = tablet.apt("purge tapdesk").expect_err("nobody knows what waits").to_string();
    assert!(refused.contains("It is not known whether taps wait"), "{refused}");
    assert!(tablet.exists("/var/lib/tapdesk/.local/share/tapdesk/journal.sqlite"));

    // Given up, where something is mounted: that is left and named, all else goes.
    let purge =
        "mkdir /var/lib/tapdesk/disk; mount -t tmpfs disk /var/lib/tapdesk/disk; touch /var/lib/tapdesk/disk/kept
        TAPDESK_PURGE=discard apt-get --yes purge tapdesk 2>&1; test -e /var/lib/tapdesk/disk/kept";
    let said = tablet.machine.shell(purge)?;
    assert!(said.contains("tapdesk: /var/lib/tapdesk is not empty, or mounted"), "{said}");
    assert!(!tablet.exists("/var/lib/tapdesk/.local"));
    let users = std::fs::read_to_string(tablet.machine.inside("/etc/passwd"))?;
    assert!(!users.contains("tapdesk"), "{users}");
    Ok(())
}

fn leaves_nothing(tablet: &Tablet) -> anyhow::Result<()> {
    let after = tablet.all()?;
    let left: Vec<&String> = after.difference(&tablet.before).collect();
    let lost: Vec<&String> = tablet.before.difference(&after).collect();
    assert!(left.is_empty() && lost.is_empty(), "left: {left:#?}\nlost: {lost:#?}");
    Ok(())
}

fn configuration(base_url: &str) -> String {
    format!(
        "[spaces]\nbase_url = {base_url:?}\nbusiness_id = 9\ncall_spacing_ms = 0\n\n[reader]\n\
         connection = \"pn532_uart:/srv/reader/line:115200\"\n\n[offline]\naccept = \"all\"\n\n[secrets]\nstore = \"file\"\n"
    )
}

/// An update that was cut off and is just being finished, by a program that does not end.
fn begin_update(tablet: &Tablet) -> anyhow::Result<()> {
    tablet.machine.write(&format!("{UPDATES}/state.json"), r#"{"under_way": {"step": "install"}}"#)?;
    for (name, content) in [("hold", ""), ("journal.tar", "taps"), ("updater", "#!/bin/sh\nexec sleep infinity\n")] {
        tablet.machine.write(&format!("{UPDATES}/{name}"), content)?;
    }
    let runs = "until systemctl show --property=MainPID tapdesk-update-finish | grep -v =0; do sleep 0.1; done";
    tablet.machine.shell(&format!(
        "chmod 755 {UPDATES}/updater; systemctl start --no-block tapdesk-update-finish; timeout 20 sh -c {runs:?}"
    ))?;
    Ok(())
}

/// A simulated reader on the tablet, for its kiosk's user.
fn start_reader(tablet: &Tablet) -> anyhow::Result<std::process::Child> {
    tablet.machine.shell("install -d -o tapdesk -g tapdesk /srv/reader")?;
    let words = ["/proving/pn532-simulator", "--link", "/srv/reader/line", "--control", "/srv/reader/control"];
    let mut reader = tablet.unit("reader", &words).stdout(Stdio::piped()).spawn()?;
    let mut ready = String::new();
    BufReader::new(reader.stdout.take().context("no standard output")?).read_line(&mut ready)?;
    if !ready.contains("\"ready\":true") {
        bail!("the reader did not start: {ready}");
    }
    Ok(reader)
}

fn sign_in(tablet: &Tablet) -> anyhow::Result<()> {
    let mut command = tablet.tapdesk(&["sign-in", "--username", seed::USERNAME]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    writeln!(child.stdin.take().context("no standard input")?, "{}", seed::PASSWORD)?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("signing in failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
