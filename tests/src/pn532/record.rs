//! What happened: the frames on the line and the stays of tiles, with exact times.

use std::{
    collections::VecDeque,
    fs::File,
    io::Write as _,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{field::Presence, frames::hex};

/// Frames kept; older ones are forgotten.
const KEPT: usize = 10_000;

/// Who sent a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The host: commands, ACK, NACK.
    Host,
    /// The chip: ACK, replies, error frames.
    Chip,
}

impl Side {
    /// `host` or `chip`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Chip => "chip",
        }
    }
}

/// One frame on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedFrame {
    /// When its last byte had been received (host) or written (chip).
    pub at: Instant,
    /// The same in microseconds since the simulator was started.
    pub micros: u64,
    /// Who sent it.
    pub from: Side,
    /// Its bytes as they went over the line.
    pub bytes: Vec<u8>,
}

impl LoggedFrame {
    /// Its bytes in upper-case hex without separators.
    pub fn hex(&self) -> String {
        hex(&self.bytes)
    }

    /// The command or reply code of a sound normal frame (UM0701, 6.2.1.1), such as 0x4A or 0x4B.
    pub fn code(&self) -> Option<u8> {
        match self.bytes[..] {
            [0x00, 0x00, 0xFF, length, _, 0xD4 | 0xD5, code, ..] | [0x00, 0xFF, length, _, 0xD4 | 0xD5, code, ..]
                if length > 1 =>
            {
                Some(code)
            }
            _ => None,
        }
    }

    /// One JSON object: `us`, `from`, `hex`.
    pub(super) fn to_json(&self) -> serde_json::Value {
        json!({"us": self.micros, "from": self.from.name(), "hex": self.hex()})
    }
}

/// One stay of a tile on the reader, for latency measurements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Which stay.
    pub presence: Presence,
    /// The UID; for a phone the one that was first reported, or the one it came with.
    pub uid: Vec<u8>,
    /// When the tile came into the field.
    pub entered: Instant,
    /// When the last byte of the first sound reply with its UID had been written to the host.
    pub first_reply: Option<Instant>,
    /// When the tile was taken away.
    pub left: Option<Instant>,
}

impl Sighting {
    /// Time from the tile's coming to the end of the first reply with its UID.
    pub fn latency(&self) -> Option<Duration> {
        self.first_reply?.checked_duration_since(self.entered)
    }
}

/// The log and the list of stays.
#[derive(Debug)]
pub(super) struct Record {
    started: Instant,
    frames: VecDeque<LoggedFrame>,
    /// All frames so far, forgotten ones included.
    pub(super) count: u64,
    sightings: Vec<Sighting>,
    file: Option<File>,
}

impl Record {
    /// An empty record; frames also go to `file`, one JSON object a line.
    pub(super) fn new(file: Option<File>) -> Self {
        Self { started: Instant::now(), frames: VecDeque::new(), count: 0, sightings: Vec::new(), file }
    }

    /// Keeps a frame.
    pub(super) fn frame(&mut self, at: Instant, from: Side, bytes: &[u8]) {
        let micros = u64::try_from(at.saturating_duration_since(self.started).as_micros()).unwrap_or(u64::MAX);
        let frame = LoggedFrame { at, micros, from, bytes: bytes.to_vec() };
        if let Some(file) = &mut self.file {
            // A full disk must not stop the reader; the log in memory stays whole.
            let _ = writeln!(file, "{}", frame.to_json());
        }
        if self.frames.len() == KEPT {
            self.frames.pop_front();
        }
        self.frames.push_back(frame);
        self.count += 1;
    }

    /// The last `most` frames, oldest first.
    pub(super) fn last(&self, most: usize) -> Vec<LoggedFrame> {
        self.frames.iter().skip(self.frames.len().saturating_sub(most)).cloned().collect()
    }

    /// The frames after the first `count` ever seen.
    pub(super) fn since(&self, count: u64) -> impl Iterator<Item = &LoggedFrame> {
        let new = usize::try_from(self.count.saturating_sub(count)).unwrap_or(usize::MAX);
        self.frames.iter().skip(self.frames.len().saturating_sub(new))
    }

    /// A tile came.
    pub(super) fn entered(&mut self, presence: Presence, uid: &[u8], entered: Instant) {
        self.sightings.push(Sighting { presence, uid: uid.to_vec(), entered, first_reply: None, left: None });
    }

    /// A reply with this UID went out.
    pub(super) fn replied(&mut self, presence: Presence, uid: &[u8], at: Instant) {
        if let Some(sighting) = self.sighting_mut(presence)
            && sighting.first_reply.is_none()
        {
            sighting.first_reply = Some(at);
            sighting.uid = uid.to_vec();
        }
    }

    /// A tile went.
    pub(super) fn left(&mut self, presence: Presence, at: Instant) {
        if let Some(sighting) = self.sighting_mut(presence) {
            sighting.left = Some(at);
        }
    }

    /// One stay.
    pub(super) fn sighting(&self, presence: Presence) -> Option<&Sighting> {
        self.sightings.get(usize::try_from(presence.0).ok()?)
    }

    /// All stays, in the order in which the tiles came.
    pub(super) fn sightings(&self) -> &[Sighting] {
        &self.sightings
    }

    fn sighting_mut(&mut self, presence: Presence) -> Option<&mut Sighting> {
        self.sightings.get_mut(usize::try_from(presence.0).ok()?)
    }
}
