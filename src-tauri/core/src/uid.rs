//! The bytes of a UID, as all ways to write them have in common.

use std::fmt;

/// The lengths a UID can have, in bytes (ISO 14443-3).
const LENGTHS: [usize; 3] = [4, 7, 10];
const LONGEST: usize = LENGTHS[2];

/// 4, 7 or 10 bytes, byte 0 first. Small and without a heap, since an index holds some for each of a million members.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Uid {
    length: u8,
    bytes: [u8; LONGEST],
}

impl Uid {
    /// None for a length that no UID has.
    pub(crate) fn of_bytes(uid: &[u8]) -> Option<Self> {
        let length = u8::try_from(uid.len()).ok().filter(|_| LENGTHS.contains(&uid.len()))?;
        let mut bytes = [0; LONGEST];
        bytes[..uid.len()].copy_from_slice(uid);
        Some(Self { length, bytes })
    }

    /// From hex without separators, of exactly a UID's length.
    pub(crate) fn of_hex(digits: &str) -> Option<Self> {
        let length = digits.len() / 2;
        (digits.len().is_multiple_of(2) && LENGTHS.contains(&length))
            .then(|| number(digits, 16))
            .flatten()
            .and_then(|value| Self::of_bytes(&value.to_be_bytes()[16 - length..]))
    }

    /// The shortest UID that holds this number, byte 0 the most significant. None for zero, which is no tile's.
    pub(crate) fn of_number(value: u128) -> Option<Self> {
        let length = LENGTHS.into_iter().find(|length| value < 1 << (8 * length))?;
        if value == 0 { None } else { Self::of_bytes(&value.to_be_bytes()[16 - length..]) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    pub(crate) fn number(&self) -> u128 {
        self.bytes().iter().fold(0, |value, &byte| value << 8 | u128::from(byte))
    }

    pub(crate) fn hex(&self) -> String {
        let width = 2 * usize::from(self.length);
        format!("{:0width$X}", self.number())
    }

    #[must_use]
    pub(crate) fn reversed(&self) -> Self {
        let mut reversed = *self;
        reversed.bytes[..usize::from(self.length)].reverse();
        reversed
    }

    /// Whether it is a number of at most 24 bits, in either byte order. Houses count such numbers up, so that a wrong
    /// reading of one can be somebody else's; the numbers of larger tiles lie too far apart for that.
    pub(crate) fn is_small(&self) -> bool {
        self.length == 4 && (self.bytes[0] == 0 || self.bytes[3] == 0)
    }

    /// The same in the byte order in which it stands.
    pub(crate) fn is_small_as_written(&self) -> bool {
        self.length == 4 && self.bytes[0] == 0
    }
}

/// The value of `digits`; `None` for anything else.
pub(crate) fn number(digits: &str, radix: u32) -> Option<u128> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    u128::from_str_radix(digits, radix).ok()
}

impl fmt::Debug for Uid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = self.hex();
        write!(formatter, "Uid(…{})", &hex[hex.len() - 4..])
    }
}
