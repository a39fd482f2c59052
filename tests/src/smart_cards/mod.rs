//! Smart-card readers for tests: the system's own smart-card service (pcscd) with the virtual reader of vsmartcard (vpcd),
//! and cards of our own in it. Cards are laid there and taken away, the service is killed and started again, and what reached
//! each card can be read back.
//!
//! vpcd listens on all addresses of its machine, so the service runs in a network of its own, which nobody else can reach and
//! which goes away with it; its socket is a file of the test's. Several tests can have one each, beside the machine's own.
//!
//! ```no_run
//! use tapdesk_tests::smart_cards::{Card, Service};
//! # fn main() -> anyhow::Result<()> {
//! let service = Service::start()?;
//! let stay = service.insert(0, Card::with_uid("04A1B2C3D4E5F6")?)?;
//! println!("PCSCLITE_CSOCK_NAME={} pcsc_scan", service.socket().display());
//! println!("{:02X?}", stay.asked());
//! # Ok(())
//! # }
//! ```

mod card;

use std::fs::File;
use std::net::TcpStream;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use tempfile::TempDir;

pub use card::{Behaviour, Card, GET_UID, Stay};

/// How long the service has to start.
const READY_WITHIN: Duration = Duration::from_secs(20);
/// Between two looks whether it has.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// How many readers it has, all vpcd's.
pub const READERS: u16 = 2;
/// Where vpcd waits for the card of its first reader; that of the next one follows.
const FIRST_PORT: u16 = 35_963;
/// Names vpcd's driver, the file `libifdvpcd.so`; `./dev test` sets it.
const DRIVER: &str = "TAPDESK_VPCD";
/// Starts pcscd as systemd does, with the socket that stands as standard input. /run is its own, since it writes there.
const SCRIPT: &str = "
mount -t tmpfs tmpfs /run
ip link set lo up
exec 3<&0 </dev/null
LISTEN_PID=$$ LISTEN_FDS=1 exec pcscd --foreground --debug --config \"$0\" $(pcscd --help | grep -o -e --disable-polkit)
";

/// Why there can be no such service here; none where there can.
pub fn unavailable() -> Option<String> {
    if !rustix::process::geteuid().is_root() {
        return Some("virtual smart cards need root: vpcd must have a network of its own".to_owned());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = |program: &&str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if let Some(missing) = ["pcscd", "unshare", "ip"].iter().find(|program| !is_there(program)) {
        return Some(format!("virtual smart cards need {missing}; `./dev test` installs it"));
    }
    let driver = std::env::var_os(DRIVER).map(PathBuf::from).filter(|driver| driver.is_file());
    driver
        .is_none()
        .then(|| format!("virtual smart cards need vpcd, whose driver {DRIVER} names; `./dev test` gets it"))
}

/// A running pcscd with two readers; ended when dropped.
pub struct Service {
    folder: TempDir,
    running: Mutex<Option<Child>>,
}

impl Service {
    /// Starts one and waits until it serves.
    pub fn start() -> anyhow::Result<Self> {
        let service = Self { folder: TempDir::new()?, running: Mutex::new(None) };
        std::fs::create_dir(service.readers())?;
        service.plug_in()?;
        service.revive()?;
        Ok(service)
    }

    /// Its socket, which programs are told by `PCSCLITE_CSOCK_NAME`.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("pcscd.comm")
    }

    /// What it calls the reader of this number, from 0 on.
    pub fn reader(number: u16) -> String {
        format!("Virtual PCD 00 {number:02}")
    }

    /// All that the service said since it was last started.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// Kills it: whoever has a reader open loses it, and cards in readers are lost with them.
    pub fn kill(&self) -> anyhow::Result<()> {
        let mut child = self.running()?.take().context("it does not run")?;
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// Starts it again and waits until it serves.
    pub fn revive(&self) -> anyhow::Result<()> {
        let mut running = self.running()?;
        ensure!(running.is_none(), "it runs already");
        drop(std::fs::remove_file(self.socket()));
        let socket = UnixListener::bind(self.socket())?;
        let log = File::create(self.log_file())?;
        let mut command = Command::new("unshare");
        command.args(["--net", "--mount", "--", "sh", "-ec", SCRIPT]).arg(self.readers());
        command.stdin(OwnedFd::from(socket)).stdout(log.try_clone()?).stderr(Stdio::from(log));
        let child = running.insert(command.spawn().context("no unshare")?);
        let deadline = Instant::now() + READY_WITHIN;
        while !self.log().contains("daemon ready") {
            if let Some(status) = child.try_wait()? {
                bail!("pcscd has ended ({status}): {}", self.log());
            }
            ensure!(Instant::now() < deadline, "pcscd does not get ready: {}", self.log());
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }

    /// Has both readers plugged in from the service's next start on.
    pub fn plug_in(&self) -> anyhow::Result<()> {
        let driver = std::env::var(DRIVER).context(DRIVER)?;
        let reader = format!(
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:{FIRST_PORT}\nLIBPATH {driver}\nCHANNELID {FIRST_PORT}\n"
        );
        Ok(std::fs::write(self.readers().join("vpcd"), reader)?)
    }

    /// Has both readers unplugged from the service's next start on.
    pub fn unplug(&self) -> anyhow::Result<()> {
        Ok(std::fs::remove_file(self.readers().join("vpcd"))?)
    }

    /// Lays a card on the reader of this number, from 0 on; it lies there until it is removed or dropped.
    pub fn insert(&self, reader: u16, card: Card) -> anyhow::Result<Stay> {
        ensure!(reader < READERS, "there is no reader {reader}");
        Stay::begin(card, self.connect(FIRST_PORT + reader)?)
    }

    /// A connection inside the service's network.
    fn connect(&self, port: u16) -> anyhow::Result<TcpStream> {
        let process = self.running()?.as_ref().context("the service does not run")?.id();
        let network = File::open(format!("/proc/{process}/ns/net"))?;
        let inside = std::thread::spawn(move || {
            move_into_link_name_space(network.as_fd(), Some(LinkNameSpaceType::Network))?;
            TcpStream::connect(("127.0.0.1", port))
        });
        inside.join().ok().context("the thread failed")?.with_context(|| format!("no reader waits at port {port}"))
    }

    fn running(&self) -> anyhow::Result<std::sync::MutexGuard<'_, Option<Child>>> {
        self.running.lock().ok().context("a test failed while it started or ended the service")
    }

    fn readers(&self) -> PathBuf {
        self.folder.path().join("readers")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// A folder that goes away with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have been killed.
        drop(self.kill());
    }
}
