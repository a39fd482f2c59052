//! Faults a reader or its cable can have, as measured against libnfc in nfc.md, sections 2 and 3.

use std::{fmt, str::FromStr};

/// One way to misbehave. It applies to the next commands, for a count or until cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The chip is dead: no ACK, no reply, a running command ends without a word (nfc.md section 3, "dead chip").
    Hang,
    /// The ACK comes, the reply does not (nfc.md section 3: `Timeout`).
    NoReply,
    /// The command is lost on its way: neither ACK nor reply (nfc.md section 3: `Timeout`).
    NoAck,
    /// The ACK alone is lost, the reply comes.
    LostAck,
    /// The ACK comes with a wrong byte (nfc.md section 3: `Io`).
    BadAck,
    /// The reply's data checksum is wrong (nfc.md section 3: `Io`).
    BadDcs,
    /// The reply's length checksum is wrong (nfc.md section 3: `Io`).
    BadLcs,
    /// Bytes without meaning stand before the reply (nfc.md section 4: a reply must start exactly `00 00 FF`).
    Garbage,
    /// The reply dribbles, one byte every 5 ms (nfc.md section 3: recovered on the next call).
    Split,
    /// The reply is 400 ms late (nfc.md section 3: recovered on the next call).
    Slow,
    /// Bit 7 of the status byte is set in replies that have one (nfc.md section 3: kills libnfc 1.8.0).
    Nad,
    /// An ISO-DEP target's ATS has length 0 (nfc.md section 3: crashes libnfc 1.8.0).
    AtsZero,
    /// A target's UID length byte is 255 (nfc.md section 3: libnfc makes up a UID).
    LongUid,
    /// The reply is the error frame (nfc.md section 4: `Io`).
    ErrorFrame,
}

impl Fault {
    /// All faults, in the order in which help lists them.
    pub const ALL: [Self; 14] = [
        Self::Hang,
        Self::NoReply,
        Self::NoAck,
        Self::LostAck,
        Self::BadAck,
        Self::BadDcs,
        Self::BadLcs,
        Self::Garbage,
        Self::Split,
        Self::Slow,
        Self::Nad,
        Self::AtsZero,
        Self::LongUid,
        Self::ErrorFrame,
    ];

    /// Its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hang => "hang",
            Self::NoReply => "noreply",
            Self::NoAck => "noack",
            Self::LostAck => "lostack",
            Self::BadAck => "badack",
            Self::BadDcs => "baddcs",
            Self::BadLcs => "badlcs",
            Self::Garbage => "garbage",
            Self::Split => "split",
            Self::Slow => "slow",
            Self::Nad => "nad",
            Self::AtsZero => "atszero",
            Self::LongUid => "longuid",
            Self::ErrorFrame => "errorframe",
        }
    }

    /// What it does, for help.
    pub fn effect(self) -> &'static str {
        match self {
            Self::Hang => "the chip is dead: no ACK, no reply, running commands end without a word",
            Self::NoReply => "the ACK comes, the reply does not",
            Self::NoAck => "the command is lost: neither ACK nor reply",
            Self::LostAck => "only the ACK is lost, the reply comes",
            Self::BadAck => "the ACK has a wrong byte",
            Self::BadDcs => "the reply's data checksum is wrong",
            Self::BadLcs => "the reply's length checksum is wrong",
            Self::Garbage => "meaningless bytes before the reply",
            Self::Split => "the reply dribbles, one byte every 5 ms",
            Self::Slow => "the reply is 400 ms late",
            Self::Nad => "bit 7 of the status byte is set, in replies that have a status",
            Self::AtsZero => "the ATS of an ISO-DEP target has length 0",
            Self::LongUid => "a target's UID length byte is 255",
            Self::ErrorFrame => "the reply is the error frame",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|fault| fault.name() == name).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("unknown fault \"{name}\"; known: {names}, none")
        })
    }
}

/// The faults that are on.
#[derive(Debug, Default)]
pub(super) struct Faults {
    active: Vec<(Fault, Option<u32>)>,
}

impl Faults {
    /// Turns a fault on for `count` applications, or until cleared.
    pub(super) fn set(&mut self, fault: Fault, count: Option<u32>) {
        self.active.retain(|(active, _)| *active != fault);
        if count != Some(0) {
            self.active.push((fault, count));
        }
    }

    /// Turns all faults off.
    pub(super) fn clear(&mut self) {
        self.active.clear();
    }

    /// Whether the fault applies now; this uses up one of its count.
    pub(super) fn take(&mut self, fault: Fault) -> bool {
        let Some(position) = self.active.iter().position(|(active, _)| *active == fault) else { return false };
        if let Some(left) = &mut self.active[position].1 {
            *left -= 1;
            if *left == 0 {
                self.active.remove(position);
            }
        }
        true
    }

    /// Whether the fault is on; uses up nothing.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.active.iter().any(|(active, _)| *active == fault)
    }

    /// What is on, with the applications left (`None`: until cleared).
    pub(super) fn list(&self) -> &[(Fault, Option<u32>)] {
        &self.active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(fault));
        }
        assert!("nonsense".parse::<Fault>().unwrap_err().contains("longuid"));
    }

    #[test]
    fn a_count_is_used_up_and_no_count_lasts() {
        let mut faults = Faults::default();
        faults.set(Fault::Slow, Some(2));
        faults.set(Fault::Hang, None);
        let taken: Vec<bool> = (0..3).map(|_| faults.take(Fault::Slow)).collect();
        assert_eq!(taken, [true, true, false]);
        assert!((0..9).all(|_| faults.take(Fault::Hang)));
        faults.clear();
        assert!(!faults.has(Fault::Hang));
    }
}
