//! The readers that can be chosen, and the chosen one at work.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tapdesk_core::event::Event;
use tapdesk_core::tile_format::TileFormat;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::JoinHandle;

use crate::folder::names;
use crate::reader::driver;
use crate::reader::keyboards::{Keyboard, keyboards};
use crate::reader::pcsc::listed_within;
use crate::reader::supervisor::{Post, ReaderCommand, supervise_told};

/// Where Linux names serial devices by what they are rather than by the order in which they were found.
const BY_ID: &str = "/dev/serial/by-id";
/// What serial readers are named in /dev: USB adapters, boards of their own, the line of a single-board computer.
const SERIAL: [&str; 4] = ["ttyUSB", "ttyACM", "ttyAMA", "serial"];

/// How long the smart-card service has to list its readers; it may be starting, and is asked again when the step is left
/// and entered.
const LISTED_WITHIN: Duration = Duration::from_secs(1);

/// A serial line that a reader may hang on, a reader of smart cards, or a keyboard that is a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// As `reader.connection` has it.
    pub connection: String,
    /// What a person knows it by.
    pub label: String,
}

/// The smart-card readers of this machine, the keyboards that are readers and the serial lines, by the most lasting name that
/// each has. Nothing is opened: a probe could disturb a device that is no reader. Blocks.
pub(super) fn ports() -> Vec<Port> {
    let listed = listed_within(LISTED_WITHIN).unwrap_or_default();
    let mut ports: Vec<Port> = driver::to_offer(&listed)
        .into_iter()
        .map(|(connection, label)| Port { connection, label: label.to_owned() })
        .collect();
    ports.extend(typing(Path::new("/")));
    ports.extend(found(Path::new(BY_ID), Path::new("/dev")));
    ports
}

fn typing(root: &Path) -> Vec<Port> {
    let readers = keyboards(root).into_iter().filter(Keyboard::is_card_reader);
    readers.map(|reader| Port { connection: reader.path.display().to_string(), label: reader.name }).collect()
}

fn found(by_id: &Path, dev: &Path) -> Vec<Port> {
    let mut by_device: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let is_serial = |name: &String| {
        SERIAL
            .iter()
            .any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
    };
    let in_dev = names(dev).into_iter().filter(is_serial).map(|name| dev.join(name));
    for path in names(by_id).into_iter().map(|name| by_id.join(name)).chain(in_dev) {
        // libnfc takes a colon for the end of the path.
        if let (false, Ok(device)) = (path.to_string_lossy().contains(':'), path.canonicalize()) {
            by_device.entry(device).or_insert(path);
        }
    }
    let label = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    by_device
        .into_values()
        .map(|path| Port { connection: format!("pn532_uart:{}:115200", path.display()), label: label(&path) })
        .collect()
}

/// The reader process, whose events go to `hear`; it ends when the handle is aborted.
pub(super) fn try_out(
    command: ReaderCommand,
    format: Option<TileFormat>,
    hear: impl Fn(Event) + Send + Sync + 'static,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let (events, mut heard) = unbounded_channel();
        let listen = async {
            while let Some(event) = heard.recv().await {
                hear(event);
            }
        };
        let post = Post { format, ..Post::default() };
        tokio::join!(supervise_told(command, post, events, |_| {}), listen);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::keyboards::tests::plug_keyboard;

    #[test]
    fn readers_that_type_are_offered_and_other_keyboards_are_not() {
        let folder = tempfile::tempdir().unwrap();
        plug_keyboard(folder.path(), 0, "Logitech USB Keyboard", ("046d", "c31c"));
        let reader = plug_keyboard(folder.path(), 1, "RFIDeas USB Keyboard", ("0c27", "3bfa"));
        let connection = reader.display().to_string();
        assert_eq!(typing(folder.path()), [Port { connection, label: "RFIDeas USB Keyboard".to_owned() }]);
    }

    #[test]
    fn each_line_is_offered_once_by_its_most_lasting_name() {
        let folder = tempfile::tempdir().unwrap();
        let (dev, by_id) = (folder.path().join("dev"), folder.path().join("by-id"));
        std::fs::create_dir_all(&dev).unwrap();
        std::fs::create_dir_all(&by_id).unwrap();
        for name in ["ttyUSB0", "ttyACM0", "ttyS0", "tty1", "ttyUSBx"] {
            std::fs::write(dev.join(name), "").unwrap();
        }
        std::os::unix::fs::symlink(dev.join("ttyUSB0"), by_id.join("usb-FTDI_A1-port0")).unwrap();
        std::os::unix::fs::symlink(dev.join("ttyACM0"), by_id.join("with:colon")).unwrap();
        std::os::unix::fs::symlink(dev.join("gone"), by_id.join("dangling")).unwrap();
        let ports = found(&by_id, &dev);
        let labels: Vec<&str> = ports.iter().map(|port| port.label.as_str()).collect();
        assert_eq!(labels, ["ttyACM0", "usb-FTDI_A1-port0"]);
        assert_eq!(ports[1].connection, format!("pn532_uart:{}:115200", by_id.join("usb-FTDI_A1-port0").display()));
        assert!(found(&folder.path().join("none"), &folder.path().join("none")).is_empty());
    }
}
