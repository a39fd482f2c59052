//! What every kind of reader is to the process that runs it, and which kind opens what.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use super::keyboards::{card_reader, meant};
#[cfg(target_os = "linux")]
use super::libnfc::Libnfc;
use super::lines::Line;
use super::pcsc::{Question, Service, Trouble};
#[cfg(target_os = "linux")]
use super::polled::Polled;
use super::{choice, connection};
use crate::settings::reader::ReaderKind;

/// How long the smart-card service has to list its readers: half of what a call that hangs may take.
const LISTED_WITHIN: Duration = Duration::from_secs(1);

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
    /// What the smart-card service was asked, and has not answered yet.
    asked: Option<Question>,
    /// Started once it is needed: it takes time and, at each open, memory.
    #[cfg(target_os = "linux")]
    libnfc: Option<Libnfc>,
}

impl Drivers {
    pub(super) fn new(ndef: bool) -> Self {
        Self {
            ndef,
            asked: None,
            #[cfg(target_os = "linux")]
            libnfc: None,
        }
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
            (ReaderKind::Pcsc, _) => self.pcsc(connection, lock_dir),
            (ReaderKind::Keyboard, _) => keyboard(&meant(Path::new("/"), connection)?),
        }
    }

    /// The first reader that is plugged in and opens. Serial lines that nobody named are left alone: asking would write to
    /// whatever hangs on them. A slot that may be for other cards than tiles comes after all that surely is for tiles.
    fn find(&mut self, lock_dir: &Path) -> Result<Opened, String> {
        let mut why = Vec::new();
        let mut note = |error: String| why.push(error);
        if Path::new(NAMED).exists()
            && let Ok(opened) = self.libnfc(Some(&format!("pn532_uart:{NAMED}:115200")), lock_dir).map_err(&mut note)
        {
            return Ok(opened);
        }
        let (service, listed) = match self.listed() {
            Ok((service, listed)) => (Some(service), listed),
            Err(trouble) => {
                // Without any other reader the service is not missed.
                if trouble != Trouble::Absent {
                    note(trouble.to_string());
                }
                (None, Vec::new())
            }
        };
        let contactless = choice::contactless(&listed);
        if let (Some(service), Some(name)) = (&service, contactless)
            && let Ok(opened) = smart_card(service, name, self.ndef, lock_dir).map_err(&mut note)
        {
            return Ok(opened);
        }
        if let Ok(opened) = self.libnfc(None, lock_dir).map_err(&mut note) {
            return Ok(opened);
        }
        if let (Some(service), Some(name), None) = (&service, choice::likeliest(&listed), contactless)
            && let Ok(opened) = smart_card(service, name, self.ndef, lock_dir).map_err(&mut note)
        {
            return Ok(opened);
        }
        // Last: a reader that says more than what it types is the better one. No ordinary keyboard is ever taken.
        if let Some(reader) = card_reader(Path::new("/"))
            && let Ok(opened) = keyboard(&reader.path).map_err(&mut note)
        {
            return Ok(opened);
        }
        Err(why.join("; "))
    }

    #[cfg(not(target_os = "linux"))]
    fn libnfc(&mut self, _: Option<&str>, _: &Path) -> Result<Opened, String> {
        Err("libnfc is on Linux only; plug in a reader of smart cards, and set `reader.kind` to \"pcsc\"".to_owned())
    }

    #[cfg(target_os = "linux")]
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

    /// The smart-card service, and the readers that it lists. One that does not answer keeps no other reader waiting.
    fn listed(&mut self) -> Result<(Service, Vec<String>), Trouble> {
        let question = self.asked.take().unwrap_or_else(Question::ask);
        question.answer_within(LISTED_WITHIN).map_err(|(trouble, pending)| {
            self.asked = pending;
            trouble
        })
    }

    /// The smart-card reader of this name, or with this in its name; without one, the reader that tiles are most likely held
    /// to.
    fn pcsc(&mut self, connection: Option<&str>, lock_dir: &Path) -> Result<Opened, String> {
        let (service, listed) = self.listed().map_err(|trouble| trouble.to_string())?;
        let wanted = connection.map(|connection| connection.strip_prefix(PCSC).unwrap_or(connection));
        let name = match wanted.filter(|name| !name.trim().is_empty()) {
            Some(wanted) => choice::named(&listed, wanted)?,
            None => choice::likeliest(&listed).ok_or_else(|| match listed.first() {
                None => "the smart-card service lists no reader; plug one in".to_owned(),
                Some(module) => {
                    format!("no tile can be held to {module:?}, and no other reader is listed; plug one in")
                }
            })?,
        };
        smart_card(&service, name, self.ndef, lock_dir)
    }
}

/// The smart-card reader of this name.
fn smart_card(service: &Service, name: &str, ndef: bool, lock_dir: &Path) -> Result<Opened, String> {
    // The service would let two Tapdesks have one reader, and each tap would be two.
    let lock = connection::lock(Path::new(name), lock_dir)?;
    Ok(Opened { session: Box::new(service.open(name, ndef)?), _lock: Some(lock) })
}

/// What of the listed smart-card readers may be chosen: each one's connection, and what a person knows it by.
pub(crate) fn to_offer(listed: &[String]) -> Vec<(String, &str)> {
    let readers = listed.iter().filter(|name| choice::is_for_cards(name));
    readers.map(|name| (format!("{PCSC}{}", choice::lasting(name, listed)), name.as_str())).collect()
}

/// The reader that types at this event device.
#[cfg(target_os = "linux")]
fn keyboard(path: &Path) -> Result<Opened, String> {
    let reader = super::keyboard::Keyboard::open(path)?;
    Ok(Opened { session: Box::new(reader), _lock: None })
}

#[cfg(not(target_os = "linux"))]
fn keyboard(_path: &Path) -> Result<Opened, String> {
    Err("a reader that types can be used on Linux alone; on this system set `reader.kind` to another".to_owned())
}

/// A reader at work, and what keeps other programs from it.
pub(super) struct Opened {
    pub(super) session: Box<dyn Session>,
    _lock: Option<File>,
}

/// What the package's udev rules call a PN532 on a USB adapter.
const NAMED: &str = "/dev/tapdesk-reader";

/// What stands before a smart-card reader's name in a connection.
pub(crate) const PCSC: &str = "pcsc:";
/// Where the kernel has what keyboards type.
const EVENT_DEVICES: &str = "/dev/input/";

/// Which kind a connection is of.
pub(crate) fn kind_of(connection: &str) -> ReaderKind {
    match connection {
        connection if connection.starts_with(PCSC) => ReaderKind::Pcsc,
        connection if connection.starts_with(EVENT_DEVICES) => ReaderKind::Keyboard,
        _ => ReaderKind::Libnfc,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_connection_tells_its_kind() {
        for (connection, kind) in [
            ("pn532_uart:/dev/ttyUSB0:115200", ReaderKind::Libnfc),
            ("acr122_usb:001:004", ReaderKind::Libnfc),
            ("pcsc:ACS ACR122U", ReaderKind::Pcsc),
            ("pcsc:", ReaderKind::Pcsc),
            ("/dev/input/by-id/usb-RFIDeas_USB_Keyboard-event-kbd", ReaderKind::Keyboard),
            ("/dev/input/by-path/pci-0000:00:14.0-usb-0:1:1.0-event-kbd", ReaderKind::Keyboard),
        ] {
            assert_eq!(kind_of(connection), kind, "{connection}");
        }
    }

    #[test]
    fn each_smart_card_reader_is_offered_once_and_found_by_what_is_offered() {
        let listed =
            ["ACS ACR1252 CL Reader PICC 0", "ACS ACR1252 CL Reader SAM 0", "Virtual PCD 00 00", "Virtual PCD 00 01"];
        let listed = listed.map(str::to_owned);
        let offered = to_offer(&listed);
        let connections: Vec<&str> = offered.iter().map(|(connection, _)| connection.as_str()).collect();
        assert_eq!(
            connections,
            ["pcsc:ACS ACR1252 CL Reader PICC", "pcsc:Virtual PCD 00 00", "pcsc:Virtual PCD 00 01"],
            "not the slot for a module"
        );
        for (connection, label) in &offered {
            assert_eq!(choice::named(&listed, connection.strip_prefix(PCSC).unwrap()), Ok(*label));
        }
    }
}
