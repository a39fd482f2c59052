//! What every kind of reader is to the process that runs it, and which kind opens what.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use super::connection;
use super::libnfc::Libnfc;
use super::lines::Line;
use super::polled::Polled;
use crate::settings::reader::ReaderKind;

/// An open reader.
pub(super) trait Session {
    /// What it is called, by whoever drives it.
    fn name(&self) -> String;

    /// Looks at it once, in a call that ends within a second; a line where that is worth one, or why it is no use any more.
    fn look(&mut self) -> Result<Option<Line>, String>;

    /// How long to rest before the next look.
    fn rest(&self) -> Duration;
}

/// What drives the readers of this machine; one a process.
pub(super) struct Drivers {
    /// Whether what is written on a tile is read too.
    ndef: bool,
    /// Started once it is needed: it takes time and, at each open, memory.
    libnfc: Option<Libnfc>,
}

impl Drivers {
    pub(super) fn new(ndef: bool) -> Self {
        Self { ndef, libnfc: None }
    }

    /// Opens the reader that is meant; none of a kind's own choice.
    pub(super) fn open(
        &mut self,
        kind: ReaderKind,
        connection: Option<&str>,
        lock_dir: &Path,
    ) -> Result<Opened, String> {
        match (kind, connection) {
            (ReaderKind::Auto, None) => self.find(lock_dir),
            (ReaderKind::Auto, Some(named)) => self.open(kind_of(named), connection, lock_dir),
            (ReaderKind::Libnfc, _) => self.libnfc(connection, lock_dir),
        }
    }

    /// The first reader that is plugged in and opens. Serial lines that nobody named are left alone: asking would write to
    /// whatever hangs on them.
    fn find(&mut self, lock_dir: &Path) -> Result<Opened, String> {
        let mut why = Vec::new();
        if Path::new(NAMED).exists() {
            match self.libnfc(Some(&format!("pn532_uart:{NAMED}:115200")), lock_dir) {
                Err(error) => why.push(error),
                opened => return opened,
            }
        }
        match self.libnfc(None, lock_dir) {
            Err(error) => why.push(error),
            opened => return opened,
        }
        Err(why.join("; "))
    }

    fn libnfc(&mut self, connection: Option<&str>, lock_dir: &Path) -> Result<Opened, String> {
        let driver = match &mut self.libnfc {
            Some(driver) => driver,
            none => none.insert(Libnfc::start()?),
        };
        let Some(connection) = connection else {
            let found = driver.usb_readers();
            let first = found.first().ok_or("no USB reader is plugged in; for a serial one set `reader.connection`, such as \"pn532_uart:/dev/ttyUSB0:115200\"")?;
            let reader = driver.open(first).map_err(|why| format!("{first}: {why}"))?;
            return Ok(Opened { session: Box::new(Polled::new(reader, self.ndef)), _lock: None });
        };
        let resolved = connection::resolve(connection)?;
        let lock = resolved.device.as_deref().map(|device| connection::lock(device, lock_dir)).transpose()?;
        let reader = driver.open(&resolved.connection).map_err(|why| format!("{connection}: {why}"))?;
        Ok(Opened { session: Box::new(Polled::new(reader, self.ndef)), _lock: lock })
    }
}

/// A reader at work, and what keeps other programs from it.
pub(super) struct Opened {
    pub(super) session: Box<dyn Session>,
    _lock: Option<File>,
}

/// What the package's udev rules call a PN532 on a USB adapter.
const NAMED: &str = "/dev/tapdesk-reader";

/// Which kind a connection is of.
fn kind_of(_connection: &str) -> ReaderKind {
    ReaderKind::Libnfc
}
