//! A desktop's session with a real gnome-keyring, in a folder of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);
const PASSWORD: &str = "of the desktop";

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=FOLDER/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A program that ends with the story.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A session of a desktop, in a folder of its own; nothing runs in it yet.
pub(crate) struct Session {
    // Dropped in this order: the daemon before its bus.
    daemon: Option<Running>,
    pub(crate) bus: Option<Running>,
    folder: tempfile::TempDir,
}

impl Session {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["data", "config", "run"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(folder.path().join("run"), private).unwrap();
        Self { daemon: None, bus: None, folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.path("bus").display()))
            .env_remove("GNOME_KEYRING_CONTROL")
            // Nobody could answer a prompt.
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stderr(Stdio::null());
        command
    }

    /// A bus that starts no service by itself.
    pub(crate) fn start_bus(&mut self) {
        let configuration = self.path("bus.conf");
        std::fs::write(&configuration, BUS.replace("FOLDER", &self.folder.path().display().to_string())).unwrap();
        let mut command = self.command("dbus-daemon");
        command.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]).arg(configuration);
        let mut bus = Running(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap());
        let mut address = String::new();
        BufReader::new(bus.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
        assert!(address.contains("/bus"), "the bus has begun: {address}");
        self.bus = Some(bus);
    }

    /// The key store: with a keyring that it makes or unlocks, or as a desktop has it to which nobody logged in.
    pub(crate) fn start_daemon(&mut self, unlocked: bool) {
        // One after the other: the second would wait for the first one's name.
        self.daemon = None;
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]).stdout(Stdio::null()).stdin(Stdio::piped());
        if unlocked {
            command.arg("--unlock");
        }
        let mut daemon = Running(command.spawn().unwrap());
        daemon.0.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        self.daemon = Some(daemon);
    }

    /// The key store ends, and keeps what it has.
    pub(crate) fn stop_daemon(&mut self) {
        self.daemon = None;
    }

    /// As a login does it (`pam_gnome_keyring`): by the daemon's own socket.
    pub(crate) fn unlock(&self) {
        let began = Instant::now();
        let mut socket = loop {
            match UnixStream::connect(self.path("run/keyring/control")) {
                Ok(socket) => break socket,
                Err(error) => assert!(began.elapsed() < DEADLINE, "the daemon does not listen: {error}"),
            }
            std::thread::yield_now();
        };
        let length = |bytes: usize| u32::try_from(bytes).unwrap().to_be_bytes();
        let unlock = 1_u32.to_be_bytes();
        let packet = [&length(12 + PASSWORD.len()), &unlock, &length(PASSWORD.len()), PASSWORD.as_bytes()].concat();
        // The first byte carries who asks.
        socket.write_all(&[0]).unwrap();
        socket.write_all(&packet).unwrap();
        let mut reply = [0; 8];
        socket.read_exact(&mut reply).unwrap();
        assert_eq!(reply, [0, 0, 0, 8, 0, 0, 0, 0], "the daemon took the password");
    }
}
