//! A machine with all that a kiosk session is made of, a reader that is simulated, and a screen in memory.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tapdesk_tests::kiosk::display::Display;
use tapdesk_tests::kiosk::pixels::Picture;
use tapdesk_tests::kiosk::station::program;
use tapdesk_tests::machine::Machine;

/// The session's unit.
pub(crate) const KIOSK: &str = "tapdesk-kiosk.service";
/// What the package asks for, and what finds processes.
const PACKAGES: [&str; 9] = [
    "cage",
    "xwayland",
    "seatd",
    "libwebkit2gtk-4.1-0",
    "libnfc6",
    "libpcsclite1",
    "libasound2",
    "fonts-dejavu-core",
    "procps",
];
/// The session's files as the package puts them.
const FILES: [(&str, &str); 9] = [
    ("tapdesk-kiosk.service", "/usr/lib/systemd/system/tapdesk-kiosk.service"),
    ("kiosk-session", "/usr/lib/tapdesk/kiosk-session"),
    ("sysusers.conf", "/usr/lib/sysusers.d/tapdesk.conf"),
    ("70-tapdesk.rules", "/usr/lib/udev/rules.d/70-tapdesk.rules"),
    ("kiosk/logind.conf", "/usr/share/tapdesk/kiosk/logind.conf"),
    ("kiosk/power-key.conf", "/usr/share/tapdesk/kiosk/power-key.conf"),
    ("kiosk/system.conf", "/usr/share/tapdesk/kiosk/system.conf"),
    ("kiosk/sysctl.conf", "/usr/share/tapdesk/kiosk/sysctl.conf"),
    ("kiosk/modprobe.conf", "/usr/share/tapdesk/kiosk/modprobe.conf"),
];
/// The compositor draws into an X server of the host: its own screen in memory (`headless`, of wlroots 0.15) stays at the
/// first frame. The seat, which has no console and no input here, comes from seatd all the same.
const SCREEN: &str = "WLR_BACKENDS=libinput,x11 WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1";
const SEAT: &str = "[Service]\nEnvironment=SEATD_VTBOUND=0\n";
const READER: &str = "[Service]\nExecStart=/proving/pn532-simulator --link /var/proving/reader --control /var/proving/control\nExecStartPost=/bin/sh -c 'until test -e /var/proving/control; do sleep 0.1; done; chmod 666 $(readlink -f /var/proving/reader)'\nExecStartPre=/bin/rm -f /var/proving/control /var/proving/reader\n[Install]\nWantedBy=multi-user.target\n";
/// Keys by which a compositor, an X server or a page might be left. Those of the consoles (Ctrl+Alt+F2) and of the machine
/// (Ctrl+Alt+Del and the like) are not among them: a container has neither, and so pressing them would prove nothing.
pub(crate) const WAYS_OUT: [&str; 8] =
    ["ctrl+alt+BackSpace", "alt+F4", "alt+Tab", "alt+Escape", "ctrl+q", "ctrl+w", "F11", "Menu"];
/// Where an operator may put pictures.
const LOGO: &str = "/srv/logo.svg";
/// What libdbus runs where it finds no session bus, as it would be on a tablet where that hangs: nothing may wait for it.
const NO_BUS: &str = "#!/bin/sh\nexec sleep 3600\n";
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub(crate) struct Tablet {
    pub(crate) machine: Machine,
    display: Display,
}

impl Tablet {
    pub(crate) async fn new(base_url: &str) -> anyhow::Result<Self> {
        let display = Display::start(1024, 768).await?;
        let program = program()?;
        let folder = program.parent().context("the program lies nowhere")?;
        let machine = Machine::with(&PACKAGES)?.showing(folder, "/proving");
        machine.copy_in(&program, "/usr/bin/tapdesk")?;
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/packaging/session");
        for (name, path) in FILES {
            machine.copy_in(&shipped.join(name), path)?;
        }
        machine.write(
            "/etc/systemd/system/tapdesk-kiosk.service.d/proof.conf",
            format!("[Service]\nEnvironment=DISPLAY={} {SCREEN}\n", display.name()),
        )?;
        machine.write("/etc/systemd/system/seatd.service.d/proof.conf", SEAT)?;
        machine.write("/etc/systemd/system/reader.service", READER)?;
        std::fs::create_dir_all(machine.inside("/var/proving"))?;
        machine.copy_in(&shipped.join("../../../icons/tapdesk.svg"), LOGO)?;
        let connection = "pn532_uart:/var/proving/reader:115200";
        let settings = format!(
            "[spaces]\nbase_url = {base_url:?}\nbusiness_id = 9\n\n[reader]\nconnection = {connection:?}\n\n[kiosk]\nsounds = false\nlogo = {LOGO:?}\n"
        );
        machine.write("/etc/tapdesk/tapdesk.toml", settings)?;
        machine.write("/usr/bin/dbus-launch", NO_BUS)?;
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(machine.inside("/usr/bin/dbus-launch"), executable)?;
        Ok(Self { machine, display })
    }

    pub(crate) fn boot(&mut self) -> anyhow::Result<()> {
        self.machine.boot()?;
        self.machine.must("systemctl", &["enable", "--now", "reader.service"]).map(drop)
    }

    pub(crate) fn cut_power_and_boot(&mut self) -> anyhow::Result<()> {
        self.machine.cut_power();
        self.machine.boot()
    }

    /// Runs tapdesk with this on its standard input.
    pub(crate) fn tell(&self, arguments: &[&str], input: &str) -> anyhow::Result<String> {
        let mut command = self.machine.command("tapdesk", arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        writeln!(child.stdin.take().context("no standard input")?, "{input}")?;
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "{output:?}");
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Holds a named member's tile to the reader, and takes it away when it was read.
    pub(crate) fn tap(&self, number: u8) -> anyhow::Result<()> {
        let mut control = UnixStream::connect(self.machine.inside("/var/proving/control"))?;
        let mut answers = BufReader::new(control.try_clone()?);
        let mut order = |line: String| -> anyhow::Result<()> {
            writeln!(control, "{line}")?;
            let mut answer = String::new();
            answers.read_line(&mut answer)?;
            ensure!(answer.contains("\"ok\":true"), "{line}: {answer}");
            Ok(())
        };
        let read = self.count("tap entry")?;
        order(format!("present 04{:02X}B2C3D4E5F6", 0xA0 + number))?;
        self.until(Duration::from_secs(20), "the tile is read", |tablet| Ok(tablet.count("tap entry")? > read))?;
        order("remove".to_owned())
    }

    /// How often the kiosk's log has this.
    fn count(&self, words: &str) -> anyhow::Result<usize> {
        Ok(self.log()?.matches(words).count())
    }

    pub(crate) fn log(&self) -> anyhow::Result<String> {
        self.machine.must("journalctl", &["--unit", KIOSK, "--output=cat", "--no-pager"])
    }

    /// The process of the session whose command line has this.
    pub(crate) fn process(&self, part: &str) -> anyhow::Result<Option<String>> {
        let found = self.machine.run("pgrep", &["-u", "tapdesk", "-f", &format!("^[^ ]*{part}")])?;
        Ok(String::from_utf8(found.stdout)?.lines().next().map(str::to_owned))
    }

    pub(crate) fn is_ready(&self) -> anyhow::Result<bool> {
        let state = self.machine.run("systemctl", &["is-active", KIOSK])?;
        Ok(state.stdout.starts_with(b"active"))
    }

    /// PSS of all processes of the session, in KiB.
    pub(crate) fn memory(&self) -> anyhow::Result<u64> {
        let text = self.machine.shell("for p in $(pgrep -u tapdesk); do cat /proc/$p/smaps_rollup; done")?;
        let sizes =
            text.lines().filter_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<u64>().ok());
        Ok(sizes.sum())
    }

    /// Presses keys as on a keyboard that somebody plugged in.
    pub(crate) fn press(&self, keys: &str) -> anyhow::Result<()> {
        let pressed = Command::new("xdotool").env("DISPLAY", self.display.name()).args(["key", keys]).output();
        let pressed = pressed.context("`xdotool` does not start; it is in the package xdotool")?;
        ensure!(pressed.status.success(), "{keys}: {pressed:?}");
        Ok(())
    }

    /// What is on the screen.
    pub(crate) async fn screen(&self) -> anyhow::Result<Picture> {
        self.display.picture().await
    }

    /// Waits until what is on the screen fits. What a page believes to have painted is no evidence.
    pub(crate) async fn shows(
        &self,
        within: Duration,
        what: &str,
        mut fits: impl FnMut(&Picture) -> bool,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + within;
        while !fits(&self.screen().await?) {
            if Instant::now() > deadline {
                bail!("not on the screen within {within:?}: {what}\n{}", self.log()?);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Waits until the page is on the screen.
    pub(crate) async fn painted(&self, within: Duration) -> anyhow::Result<()> {
        self.shows(within, "the page", |picture| !picture.is_blank()).await
    }

    pub(crate) fn until(
        &self,
        within: Duration,
        what: &str,
        mut holds: impl FnMut(&Self) -> anyhow::Result<bool>,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + within;
        while !holds(self)? {
            if Instant::now() > deadline {
                bail!("not within {within:?}: {what}\n{}", self.log()?);
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }
}
