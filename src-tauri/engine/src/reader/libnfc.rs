//! libnfc's readers through nfc1: the only file that names it.
//!
//! The settings follow `nfc.md` sections 3 and 7. `InfiniteSelect` off bounds every call (at most 20 ms on an empty
//! field, 352 ms with a dead chip) and is the only mode in which a dead reader differs from an empty field.
//! `AutoIso144434` off keeps the ATS, whose length byte libnfc trusts, out of the replies.

use std::time::Duration;

use nfc1::target_info::TargetInfo;
use nfc1::{BaudRate, Context, Device, Error, Modulation, ModulationType, Property, Timeout};

use super::ndef;

const TILES: Modulation = Modulation { modulation_type: ModulationType::Iso14443a, baud_rate: BaudRate::Baud106 };

/// How long one read of a tile's memory may take: it takes 7 ms.
const READ_WITHIN: Timeout = Timeout::Duration(Duration::from_millis(100));

/// libnfc's version.
pub fn version() -> String {
    nfc1::version().to_owned()
}

/// What a poll found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Poll {
    /// Nothing there.
    Empty,
    /// A target.
    Tile {
        /// Its UID, byte 0 first.
        uid: Vec<u8>,
        /// Whether it may have memory that anyone may read: what NTAG and other Type 2 tags say of themselves (NXP AN10833).
        has_memory: bool,
    },
    /// No answer in time: the chip, not the field.
    Silent,
    /// The connection is no good any more; open it again.
    Broken(String),
}

/// libnfc itself; one a process.
pub struct Libnfc(Context);

/// An open reader; it must not outlive its [`Libnfc`].
pub struct Reader {
    device: Device,
}

impl Libnfc {
    /// Starts libnfc.
    pub fn start() -> Result<Self, String> {
        Context::new().map(Self).map_err(|error| format!("libnfc does not start: {error}"))
    }

    /// The USB readers that libnfc finds by itself; serial ones are never searched for, since that would write to
    /// every serial line of the machine.
    pub fn usb_readers(&mut self) -> Vec<String> {
        self.0.list_devices(8).unwrap_or_default()
    }

    /// Opens and initialises the reader behind libnfc's connection string.
    pub fn open(&mut self, connection: &str) -> Result<Reader, String> {
        let mut device = self.0.open_with_connstring(connection).map_err(|_| {
            // libnfc has one error for all that can be wrong with an open.
            "no reader answers there; check that it is plugged in, set to serial mode (HSU), and that no other program uses it".to_owned()
        })?;
        let failed = |step: &str, error: Error| format!("the reader answers, but not to {step}: {error}");
        device.initiator_init().map_err(|error| failed("its set-up", error))?;
        let off = [Property::InfiniteSelect, Property::AutoIso144434];
        for property in off {
            device.set_property_bool(property, false).map_err(|error| failed("a setting", error))?;
        }
        Ok(Reader { device })
    }
}

impl Reader {
    /// The driver's name of the reader.
    pub fn name(&self) -> String {
        self.device.name().to_owned()
    }

    /// Looks into the field once.
    pub fn poll(&mut self) -> Poll {
        match self.device.initiator_select_passive_target(&TILES) {
            Ok(target) => match target.target_info {
                // libnfc reports "nothing there" as a target without a UID.
                TargetInfo::Iso14443a(info) if info.uid_len == 0 => Poll::Empty,
                TargetInfo::Iso14443a(info) if is_made_up(info.uid_len, info.atqa) => {
                    Poll::Broken("a reply that no tile can have given".to_owned())
                }
                TargetInfo::Iso14443a(info) => {
                    let length = info.uid_len.min(info.uid.len());
                    Poll::Tile { uid: info.uid[..length].to_vec(), has_memory: info.sak == 0x00 }
                }
                _ => Poll::Empty,
            },
            Err(Error::Timeout) => Poll::Silent,
            Err(error) => Poll::Broken(error.to_string()),
        }
    }

    /// Reads 16 bytes from this page on of the tile that the last poll found; none where it does not let that be read.
    pub fn read(&mut self, page: u8) -> Option<[u8; ndef::READ]> {
        const READ_COMMAND: u8 = 0x30;
        let answer = self.device.initiator_transceive_bytes(&[READ_COMMAND, page], ndef::READ, READ_WITHIN);
        answer.ok()?.try_into().ok()
    }
}

/// Whether libnfc has made a UID up: of a length byte that is wrong it takes as much as it has room for, which is 10 bytes,
/// of whatever lies in its buffer (`nfc.md` section 3), and the next reply lies there as well. The answer before the UID
/// says how long that is, in the bits 7 and 8 of its low byte (ISO 14443-3, 6.5.2). Of shorter UIDs that is not asked:
/// there are tiles that are sold with the answer of another size.
fn is_made_up(length: usize, atqa: [u8; 2]) -> bool {
    const TRIPLE: u8 = 0b10;
    length >= 10 && atqa[1] >> 6 != TRIPLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_uid_needs_a_tile_that_has_said_so() {
        for (length, low, expected) in [
            (4, 0x04, false),
            (7, 0x44, false),
            (7, 0x04, false),
            (10, 0x84, false),
            (10, 0x44, true),
            (10, 0x04, true),
        ] {
            assert_eq!(is_made_up(length, [0, low]), expected, "{length} bytes, {low:02X}");
        }
    }
}
