//! The first NDEF record of a tile with memory that anyone may read: NTAG and other NFC Forum Type 2 tags.
//!
//! Whatever a stranger wrote there is read: bytes that make no sense are no record, and text is cut to what fits a line.

use serde::{Deserialize, Serialize};

/// Bytes that one read brings: four pages of four bytes (NXP, NTAG213, 10.2).
pub const READ: usize = 16;
/// The page with the capability container (NFC Forum Type 2 Tag, 4.5); the data area begins with the next one.
const CONTAINER: u8 = 3;
/// What the container begins with where there is NDEF.
const MAGIC: u8 = 0xE1;
/// So many reads at most, of about 7 ms each: more than an automation tile's address takes.
const MOST_READS: usize = 16;

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Record {
    /// An address.
    Uri {
        /// The whole address.
        uri: String,
    },
    /// A text.
    Text {
        /// It.
        text: String,
    },
    /// Anything else.
    Other,
}

impl Record {
    /// The address, where it is one.
    pub fn uri(&self) -> Option<&str> {
        match self {
            Self::Uri { uri } => Some(uri),
            Self::Text { .. } | Self::Other => None,
        }
    }
}

/// Reads the first record by reads of 16 bytes from a page on; none where there is none, or the tile does not let it be read.
pub fn first_record(mut read: impl FnMut(u8) -> Option<[u8; READ]>) -> Option<Record> {
    let first = read(CONTAINER)?;
    let (container, begin) = first.split_at(4);
    if container[0] != MAGIC {
        return None;
    }
    let room = usize::from(container[2]) * 8;
    let mut data = begin.to_vec();
    for reads in 1.. {
        match parse(&data) {
            Parsed::Record(record) => return Some(record),
            Parsed::Nothing => return None,
            Parsed::Unfinished if data.len() >= room || reads == MOST_READS => return None,
            Parsed::Unfinished => {}
        }
        let page = u8::try_from(usize::from(CONTAINER) + 1 + data.len() / 4).ok()?;
        data.extend(read(page)?);
    }
    None
}

/// What the data area says so far.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Parsed {
    Record(Record),
    /// No record, whatever follows.
    Nothing,
    /// More is needed.
    Unfinished,
}

/// Goes through the blocks (NFC Forum Type 2 Tag, 4.4: type, length, value) to the first message.
fn parse(data: &[u8]) -> Parsed {
    const NULL: u8 = 0x00;
    const MESSAGE: u8 = 0x03;
    const END: u8 = 0xFE;
    let mut at = 0;
    loop {
        let Some(&kind) = data.get(at) else { return Parsed::Unfinished };
        match kind {
            NULL => at += 1,
            END => return Parsed::Nothing,
            _ => {
                let Some((length, header)) = length(&data[at + 1..]) else { return Parsed::Unfinished };
                let begin = at + 1 + header;
                if kind == MESSAGE {
                    let end = (begin + length).min(data.len());
                    return record(data.get(begin..end).unwrap_or_default(), length);
                }
                at = begin + length;
            }
        }
    }
}

/// A block's length, and how many bytes say it: one, or FF and two.
fn length(data: &[u8]) -> Option<(usize, usize)> {
    match *data.first()? {
        0xFF => Some((usize::from(u16::from_be_bytes([*data.get(1)?, *data.get(2)?])), 3)),
        short => Some((usize::from(short), 1)),
    }
}

/// The first record of a message of `length` bytes, of which these have come (NFC Forum NDEF, 3.2).
fn record(message: &[u8], length: usize) -> Parsed {
    const SHORT: u8 = 0x10;
    const HAS_ID: u8 = 0x08;
    const WELL_KNOWN: u8 = 0x01;
    const CHUNKED: u8 = 0x20;
    let missing = || if message.len() < length { Parsed::Unfinished } else { Parsed::Nothing };
    let Some(&flags) = message.first() else { return missing() };
    if flags & CHUNKED != 0 {
        return Parsed::Record(Record::Other);
    }
    let payload_digits = if flags & SHORT != 0 { 1 } else { 4 };
    let header = 2 + payload_digits + usize::from(flags & HAS_ID != 0);
    let Some(fields) = message.get(..header) else { return missing() };
    let type_length = usize::from(fields[1]);
    let digits = &fields[2..2 + payload_digits];
    let payload_length = digits.iter().fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit));
    let id_length = if flags & HAS_ID != 0 { usize::from(fields[header - 1]) } else { 0 };
    let payload_begin = header + type_length + id_length;
    // Longer than the message that it is in.
    let Some(end) = payload_begin.checked_add(payload_length).filter(|end| *end <= length) else {
        return Parsed::Nothing;
    };
    let kind = message.get(header..header + type_length);
    let is = |known: &[u8]| flags & 0x07 == WELL_KNOWN && kind == Some(known);
    if kind.is_some() && !is(b"U") && !is(b"T") {
        return Parsed::Record(Record::Other);
    }
    let Some(payload) = message.get(payload_begin..end) else { return missing() };
    let readable =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().filter(|letter| !letter.is_control()).collect::<String>();
    if is(b"U") {
        let Some((&code, rest)) = payload.split_first() else { return Parsed::Record(Record::Other) };
        let begin = ABBREVIATED.get(usize::from(code)).copied().unwrap_or_default();
        return Parsed::Record(Record::Uri { uri: format!("{begin}{}", readable(rest)) });
    }
    let Some((&status, rest)) = payload.split_first() else { return Parsed::Record(Record::Other) };
    // The code of its language stands before it; UTF-16 is not taken apart.
    let is_utf8 = status & 0x80 == 0;
    match rest.get(usize::from(status & 0x3F)..).filter(|_| is_utf8) {
        Some(text) => Parsed::Record(Record::Text { text: readable(text) }),
        None => Parsed::Record(Record::Other),
    }
}

/// What an address begins with, by its first byte (NFC Forum URI Record Type Definition, table 3).
const ABBREVIATED: [&str; 36] = [
    "",
    "http://www.",
    "https://www.",
    "http://",
    "https://",
    "tel:",
    "mailto:",
    "ftp://anonymous:anonymous@",
    "ftp://ftp.",
    "ftps://",
    "sftp://",
    "smb://",
    "nfs://",
    "ftp://",
    "dav://",
    "news:",
    "telnet://",
    "imap:",
    "rtsp://",
    "urn:",
    "pop:",
    "sip:",
    "sips:",
    "tftp:",
    "btspp://",
    "btl2cap://",
    "btgoep://",
    "tcpobex://",
    "irdaobex://",
    "file://",
    "urn:epc:id:",
    "urn:epc:tag:",
    "urn:epc:pat:",
    "urn:epc:raw:",
    "urn:epc:",
    "urn:nfc:",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A tile's memory from page 0 on, which answers as an NTAG does; and how often it was read.
    fn read(data: &[u8], container: [u8; 4]) -> (Option<Record>, usize) {
        let mut memory = vec![0; 12];
        memory.extend(container);
        memory.extend(data);
        memory.resize(memory.len().max(12 + 4 + usize::from(container[2]) * 8) + READ, 0);
        let mut reads = 0;
        let record = first_record(|page| {
            reads += 1;
            memory.get(usize::from(page) * 4..)?.get(..READ)?.try_into().ok()
        });
        (record, reads)
    }

    const NTAG213: [u8; 4] = [0xE1, 0x10, 0x12, 0x00];

    /// A message of one short record.
    fn message(kind: &[u8], payload: &[u8]) -> Vec<u8> {
        let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
        let mut record = vec![0xD1, length(kind), length(payload)];
        record.extend([kind, payload].concat());
        [&[0x03, length(&record)], record.as_slice(), &[0xFE]].concat()
    }

    #[test]
    fn records_of_tiles() {
        let uri = |uri: &str| Some(Record::Uri { uri: uri.to_owned() });
        let text = |text: &str| Some(Record::Text { text: text.to_owned() });
        let long = format!("\u{4}spaces.nexudus.com/tiles/{}", "a".repeat(36));
        let in_full = [&[0x03, 0x0B, 0xC1, 1, 0, 0, 0, 4, b'U', 3][..], b"a.b", &[0xFE]].concat();
        let cases: &[(&str, Vec<u8>, Option<Record>)] = &[
            ("an address", message(b"U", b"\x04example.org/a"), uri("https://example.org/a")),
            ("in more than one read", message(b"U", long.as_bytes()), uri(&format!("https://{}", &long[1..]))),
            ("unknown abbreviation", message(b"U", b"\xF0example.org"), uri("example.org")),
            ("an address of nothing", message(b"U", b"\x04"), uri("https://")),
            ("a long record", in_full, uri("http://a.b")),
            ("a text", message(b"T", b"\x02enHello"), text("Hello")),
            ("control characters", message(b"T", b"\x02en\x1b[2J\n!"), text("[2J!")),
            ("bytes that are no text", message(b"T", b"\x02en\xff"), text("\u{fffd}")),
            ("UTF-16", message(b"T", b"\x82en\0H"), Some(Record::Other)),
            ("another type", message(b"Sp", b"\x01"), Some(Record::Other)),
            ("no payload", message(b"U", b""), Some(Record::Other)),
            ("chunked", vec![0x03, 3, 0xF1, 1, 1, b'U'], Some(Record::Other)),
            (
                "null and lock blocks first",
                [&[0, 0, 1, 3, 0xA0, 0x0C, 0x34][..], &message(b"U", b"\x03a")].concat(),
                uri("http://a"),
            ),
            ("a record longer than its message", vec![0x03, 4, 0xD1, 1, 200, b'U'], None),
            ("an empty message", vec![0x03, 0, 0xFE], None),
            ("the end at once", vec![0xFE], None),
            ("an empty tile", vec![], None),
            ("a block to the end of the world", vec![0x01, 0xFF, 0xFF, 0xFF], None),
        ];
        for (name, data, expected) in cases {
            assert_eq!(read(data, NTAG213).0, *expected, "{name}");
        }
    }

    #[test]
    fn no_more_is_read_than_is_needed() {
        assert_eq!(read(&message(b"U", b"\x03a"), [0; 4]), (None, 1), "no container");
        assert_eq!(read(&message(b"U", b"\x03a"), NTAG213).1, 1);
        assert!(read(&[], [0xE1, 0x10, 0xFF, 0]).1 <= MOST_READS);
        assert!(read(&[], [0xE1, 0x10, 0x02, 0]).1 <= 2, "an empty tile of 16 bytes");
        assert_eq!(first_record(|_| None), None);
    }

    proptest! {
        #[test]
        fn any_memory_is_read_without_harm(data in prop::collection::vec(any::<u8>(), 0..300), room: u8) {
            let (record, reads) = read(&data, [0xE1, 0x10, room, 0]);
            prop_assert!(reads <= MOST_READS);
            let shown = serde_json::to_string(&record).unwrap();
            prop_assert!(shown.len() < 4096);
        }
    }
}
