//! The memory of NTAG213/215/216 and the commands that reach it (NXP data sheet `NTAG213_215_216`, sections 8 and 10).

use anyhow::ensure;

use super::tile::{Answer, Kind};

const PAGE: usize = 4;
const USER: usize = 4 * PAGE;
const ACKNOWLEDGED: Answer = Answer::Nibble(0x0A);
const REFUSED: Answer = Answer::Nibble(0x00);

/// Prefixes of the NDEF URI record type (NFC Forum RTD-URI 1.0, table 3), with their codes.
const PREFIXES: [(u8, &str); 4] = [(1, "http://www."), (2, "https://www."), (3, "http://"), (4, "https://")];

/// The pages of one tile.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    bytes: Vec<u8>,
    /// The storage size code of `GET_VERSION`.
    size_code: u8,
}

impl Memory {
    /// A tile as it leaves the factory: UID, capability container, an empty NDEF message, no password.
    pub(super) fn new(kind: Kind, uid: &[u8]) -> Self {
        let (pages, capacity, size_code) = match kind {
            Kind::Ntag215 => (135, 0x3E, 0x11),
            Kind::Ntag216 => (231, 0x6D, 0x13),
            _ => (45, 0x12, 0x0F),
        };
        let mut bytes = vec![0; pages * PAGE];
        if let [a, b, c, d, e, f, g] = *uid {
            bytes[..9].copy_from_slice(&[a, b, c, 0x88 ^ a ^ b ^ c, d, e, f, g, d ^ e ^ f ^ g]);
        }
        bytes[9] = 0x48;
        bytes[12..20].copy_from_slice(&[0xE1, 0x10, capacity, 0x00, 0x03, 0x00, 0xFE, 0x00]);
        // CFG0: strong modulation, no mirror, AUTH0 FF = no password protection.
        let configuration = (pages - 4) * PAGE;
        bytes[configuration..configuration + PAGE].copy_from_slice(&[0x04, 0x00, 0x00, 0xFF]);
        Self { bytes, size_code }
    }

    /// Stores an NDEF message of one URI record.
    pub(super) fn write_uri(&mut self, uri: &str) -> anyhow::Result<()> {
        let (code, rest) = PREFIXES
            .into_iter()
            .find_map(|(code, prefix)| uri.strip_prefix(prefix).map(|rest| (code, rest)))
            .unwrap_or((0, uri));
        let length = rest.len() + 1;
        let mut record = match u8::try_from(length) {
            // Flags: message begin and end, well-known type; with and without the short-record bit.
            Ok(short) => vec![0xD1, 0x01, short, b'U', code],
            Err(_) => [&[0xC1, 0x01][..], &u32::try_from(length)?.to_be_bytes(), &[b'U', code]].concat(),
        };
        record.extend_from_slice(rest.as_bytes());
        let mut message = match u8::try_from(record.len()) {
            Ok(short) if short < 0xFF => vec![0x03, short],
            _ => [&[0x03, 0xFF][..], &u16::try_from(record.len())?.to_be_bytes()].concat(),
        };
        message.extend(record);
        message.push(0xFE);
        let room = usize::from(self.bytes[14]) * 8;
        ensure!(message.len() <= room, "the URI needs {} bytes of NDEF memory, there are {room}", message.len());
        self.bytes[USER..USER + message.len()].copy_from_slice(&message);
        Ok(())
    }

    /// Answers one command. A NAK leaves the tile unselected, which its owner sees to.
    pub(super) fn answer(&mut self, command: &[u8]) -> Answer {
        match *command {
            [0x60] => Answer::Data(vec![0x00, 0x04, 0x04, 0x02, 0x01, 0x00, self.size_code, 0x03]),
            [0x30, page] => self.read(usize::from(page)),
            [0x3A, first, last] => self.fast_read(usize::from(first), usize::from(last)),
            [0x39, 0x02] => Answer::Data(vec![0; 3]),
            [0x3C, 0x00] => Answer::Data(vec![0; 32]),
            [0xA2, page, a, b, c, d] => self.write(usize::from(page), [a, b, c, d]),
            _ => REFUSED,
        }
    }

    fn pages(&self) -> usize {
        self.bytes.len() / PAGE
    }

    /// Four pages; past the last one it goes on with the first.
    fn read(&self, page: usize) -> Answer {
        if page >= self.pages() {
            return REFUSED;
        }
        Answer::Data(self.bytes.iter().cycle().skip(page * PAGE).take(4 * PAGE).copied().collect())
    }

    fn fast_read(&self, first: usize, last: usize) -> Answer {
        if first > last || last >= self.pages() {
            return REFUSED;
        }
        Answer::Data(self.bytes[first * PAGE..(last + 1) * PAGE].to_vec())
    }

    fn write(&mut self, page: usize, data: [u8; PAGE]) -> Answer {
        if page < 2 || page >= self.pages() {
            return REFUSED;
        }
        let stored = &mut self.bytes[page * PAGE..(page + 1) * PAGE];
        match page {
            // Lock bits can only be set, and the first half of the page belongs to the UID.
            2 => stored[2..].iter_mut().zip(&data[2..]).for_each(|(stored, new)| *stored |= new),
            // One-time-programmable.
            3 => stored.iter_mut().zip(data).for_each(|(stored, new)| *stored |= new),
            _ => stored.copy_from_slice(&data),
        }
        ACKNOWLEDGED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(kind: Kind) -> Memory {
        Memory::new(kind, &[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6])
    }

    #[test]
    fn the_first_pages_are_the_data_sheets() {
        for (kind, capacity, code, last) in
            [(Kind::Ntag213, 0x12, 0x0F, 44), (Kind::Ntag215, 0x3E, 0x11, 134), (Kind::Ntag216, 0x6D, 0x13, 230)]
        {
            let mut memory = memory(kind);
            let Answer::Data(pages) = memory.answer(&[0x30, 0x00]) else { panic!("no answer to READ") };
            assert_eq!(pages[..9], [0x04, 0xA1, 0xB2, 0x9F, 0xC3, 0xD4, 0xE5, 0xF6, 0x04]);
            assert_eq!(pages[12..], [0xE1, 0x10, capacity, 0x00]);
            assert_eq!(memory.answer(&[0x60]), Answer::Data(vec![0x00, 0x04, 0x04, 0x02, 0x01, 0x00, code, 0x03]));
            assert!(matches!(memory.answer(&[0x30, last]), Answer::Data(_)));
            assert_eq!(memory.answer(&[0x30, last + 1]), REFUSED);
            assert_eq!(memory.answer(&[0x3A, 0x04, 0x05]), Answer::Data(vec![0x03, 0x00, 0xFE, 0, 0, 0, 0, 0]));
        }
    }

    #[test]
    fn a_uri_is_stored_and_too_long_a_one_refused() {
        let mut memory = memory(Kind::Ntag213);
        memory.write_uri("https://example.org").unwrap();
        let Answer::Data(pages) = memory.answer(&[0x3A, 0x04, 0x09]) else { panic!("no answer to FAST_READ") };
        assert_eq!(pages[..7], [0x03, 16, 0xD1, 0x01, 12, b'U', 0x04]);
        assert_eq!(&pages[7..18], b"example.org");
        assert!(memory.write_uri(&"x".repeat(200)).unwrap_err().to_string().contains("144"));
    }

    #[test]
    fn writes_stay_and_lock_bits_are_only_set() {
        let mut memory = memory(Kind::Ntag213);
        assert_eq!(memory.answer(&[0xA2, 0x05, 1, 2, 3, 4]), ACKNOWLEDGED);
        assert_eq!(memory.answer(&[0x3A, 0x05, 0x05]), Answer::Data(vec![1, 2, 3, 4]));
        assert_eq!(memory.answer(&[0xA2, 0x03, 0, 0, 0, 0x0F]), ACKNOWLEDGED);
        assert_eq!(memory.answer(&[0x3A, 0x03, 0x03]), Answer::Data(vec![0xE1, 0x10, 0x12, 0x0F]));
        assert_eq!(memory.answer(&[0xA2, 0x01, 0, 0, 0, 0]), REFUSED);
    }
}
