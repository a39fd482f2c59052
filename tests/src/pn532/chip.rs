//! The chip: its state, the command that runs and what comes of it (PN532 user manual UM0701, section 7). It knows no
//! line and no clock; it is told the time and says when it wants to be asked again.

use std::time::{Duration, Instant};

use super::{
    Timing,
    field::{Field, Presence},
    search::{Find, Search},
};

/// Line speed after power-up, in baud (UM0701, 6.3).
pub(super) const START_BAUD: u32 = 115_200;

/// First of the contactless unit's registers, and how many there are (UM0701, 8.6.22 and 8.6.23).
const REGISTER_BASE: u16 = 0x6300;
const REGISTER_COUNT: usize = 0x40;

/// Registers that hosts use, as offsets from 0x6300 (PN532 data sheet, 8.6.23).
pub(super) const TX_MODE: usize = 0x02;
pub(super) const RX_MODE: usize = 0x03;
const TX_CONTROL: usize = 0x04;
const FIFO_DATA: usize = 0x39;

/// Bit 7 of `TxMode` and `RxMode`: the chip adds, or checks and removes, the CRC of frames on the air.
pub(super) const CRC_ENABLED: u8 = 0x80;

/// `SENS_REQ` (REQA), which stays in the FIFO when no tile answers it.
const SENS_REQ: u8 = 0x26;

/// Bit 4 of `SetParameters`' flags: RATS is sent to ISO-DEP targets without asking (UM0701, 7.2.9).
const AUTOMATIC_RATS: u8 = 0x10;

/// A reply to the host, and what in it comes from tiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reply {
    /// Reply code and data; empty for the error frame.
    pub(super) content: Vec<u8>,
    /// The tiles whose UIDs it carries.
    pub(super) targets: Vec<(Presence, Vec<u8>)>,
    /// Where in `content` the UID length bytes are.
    pub(super) uid_lengths: Vec<usize>,
    /// Where in `content` the ATS length bytes are.
    pub(super) ats_lengths: Vec<usize>,
    /// Whether byte 1 of `content` is a status byte (UM0701, 7.1).
    pub(super) has_status: bool,
}

/// What the chip is busy with.
#[derive(Debug)]
pub(super) enum Task {
    /// The reply is known and due then.
    Answer { at: Instant, reply: Reply },
    /// It looks for tiles.
    Search(Search),
    /// It waits for something that never comes.
    Endless,
}

/// The PN532.
#[derive(Debug)]
pub(super) struct Chip {
    pub(super) timing: Timing,
    pub(super) task: Option<Task>,
    /// The numbered targets, Tg 1 and 2.
    pub(super) targets: [Option<Presence>; 2],
    /// Flags of `SetParameters`.
    pub(super) parameters: u8,
    /// RF attempts per `InListPassiveTarget`; `None` is for ever (`RFConfiguration` item 5).
    pub(super) passive_attempts: Option<u32>,
    /// Time-out of one exchange with a tile (`RFConfiguration` item 2); `None` is for ever.
    pub(super) exchange_timeout: Option<Duration>,
    /// Line speed in baud.
    pub(super) baud: u32,
    /// Line speed that the host's ACK will make the valid one.
    pub(super) next_baud: Option<u32>,
    /// Rising edges on the line that are missing until it wakes; 0 is awake, `None` is deaf until a power cycle.
    pub(super) edges_to_wake: Option<u32>,
    registers: [u8; REGISTER_COUNT],
}

/// Edges on the serial line that wake a sleeping chip (UM0701, 7.2.11).
pub(super) const WAKE_EDGES: u32 = 5;

impl Chip {
    /// A chip that has just got its power: asleep, with the manual's default settings.
    pub(super) fn new(timing: Timing) -> Self {
        Self {
            timing,
            task: None,
            targets: [None; 2],
            parameters: 0x14,
            passive_attempts: None,
            exchange_timeout: exchange_timeout(0x0A),
            baud: START_BAUD,
            next_baud: None,
            edges_to_wake: Some(WAKE_EDGES),
            registers: [0; REGISTER_COUNT],
        }
    }

    /// Whether it sleeps and takes no frames.
    pub(super) fn is_asleep(&self) -> bool {
        self.edges_to_wake != Some(0)
    }

    /// Gives up what it is doing, without a word.
    pub(super) fn abort(&mut self) {
        self.task = None;
    }

    /// The host has confirmed a new line speed, in baud.
    pub(super) fn confirm_baud(&mut self) {
        self.baud = self.next_baud.take().unwrap_or(self.baud);
    }

    /// Takes a command that will have been digested at `ready`, and gives up what it was doing.
    pub(super) fn command(&mut self, ready: Instant, command: &[u8], field: &mut Field) {
        let task = self.begin(ready, command, field);
        self.task = Some(task.unwrap_or_else(|| Task::Answer { at: ready, reply: Reply::default() }));
    }

    /// When it wants to be asked again.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.task.as_ref()? {
            Task::Answer { at, .. } => Some(*at),
            Task::Search(search) => Some(search.deadline(self.timing.attempt)),
            Task::Endless => None,
        }
    }

    /// Goes on until `now`, and gives the reply that became ready.
    pub(super) fn advance(&mut self, now: Instant, field: &mut Field) -> Option<Reply> {
        loop {
            if self.deadline()? > now {
                return None;
            }
            match self.task.take()? {
                Task::Answer { reply, .. } => {
                    if let [0x17, ..] = reply.content[..] {
                        field.switch(false);
                    }
                    return Some(reply);
                }
                Task::Endless => return None,
                Task::Search(mut search) => {
                    let end = search.deadline(self.timing.attempt);
                    let next = match search.next(end, field) {
                        Find::Tiles(found) => {
                            // Each further tile takes the chip another round of anticollision.
                            let rounds = u32::try_from(found.len().saturating_sub(1)).unwrap_or(0);
                            let reply = self.found(&search, &found, field);
                            Task::Answer { at: end + self.timing.attempt * rounds, reply }
                        }
                        Find::Nothing => Task::Answer { at: end, reply: self.found(&search, &[], field) },
                        Find::GoOn => Task::Search(search),
                    };
                    self.task = Some(next);
                }
            }
        }
    }

    /// Puts a finished search into registers, target numbers and a reply.
    fn found(&mut self, search: &Search, found: &[Presence], field: &mut Field) -> Reply {
        self.targets = [found.first().copied(), found.get(1).copied()];
        let crc = if found.is_empty() { 0 } else { CRC_ENABLED };
        self.registers[TX_MODE] = crc;
        self.registers[RX_MODE] = crc;
        // Hosts tell "no answer at all" from "broken answer" by what is left in the FIFO (nfcpy does).
        self.registers[FIFO_DATA] = if found.is_empty() { SENS_REQ } else { 0 };
        let mut reply = Reply { content: search.head(found.len()), ..Reply::default() };
        for (number, presence) in (1..).zip(found) {
            let Some(placed) = field.get(*presence) else { continue };
            let ats = if placed.tile.is_iso_dep() && search.wants_ats(self.parameters & AUTOMATIC_RATS != 0) {
                placed.tile.open_session().unwrap_or_default()
            } else {
                Vec::new()
            };
            let tile = &placed.tile;
            let length = 5 + tile.uid().len() + ats.len();
            reply.content.extend(search.target_head(tile.is_iso_dep(), length));
            reply.content.push(number);
            reply.content.extend(tile.atqa());
            reply.content.push(tile.sak());
            reply.uid_lengths.push(reply.content.len());
            reply.content.push(u8::try_from(tile.uid().len()).unwrap_or(u8::MAX));
            reply.content.extend_from_slice(tile.uid());
            if !ats.is_empty() {
                reply.ats_lengths.push(reply.content.len());
                reply.content.extend(ats);
            }
            reply.targets.push((*presence, tile.uid().to_vec()));
        }
        reply
    }

    /// The stay behind a target number, 1 or 2.
    pub(super) fn target(&self, number: u8) -> Option<Presence> {
        self.targets.get(usize::from(number).checked_sub(1)?).copied().flatten()
    }

    /// A register by its offset from 0x6300.
    pub(super) fn register(&self, offset: usize) -> u8 {
        self.registers[offset]
    }

    /// Reads a register by its address; those outside of the contactless unit are 0.
    pub(super) fn read_register(&self, address: u16, field: &Field) -> u8 {
        match offset(address) {
            Some(TX_CONTROL) => self.registers[TX_CONTROL] & !0x03 | if field.is_on() { 0x03 } else { 0x00 },
            Some(offset) => self.registers[offset],
            None => 0,
        }
    }

    /// Writes a register by its address; those outside of the contactless unit take nothing.
    pub(super) fn write_register(&mut self, address: u16, value: u8, field: &mut Field) {
        if let Some(offset) = offset(address) {
            self.registers[offset] = value;
            if offset == TX_CONTROL {
                field.switch(value & 0x03 != 0);
            }
        }
    }
}

fn offset(address: u16) -> Option<usize> {
    let offset = usize::from(address.checked_sub(REGISTER_BASE)?);
    (offset < REGISTER_COUNT).then_some(offset)
}

/// Time-out code n of `RFConfiguration` item 2: 100 µs * 2^(n-1), 0 for none (UM0701, 7.3.1).
pub(super) fn exchange_timeout(code: u8) -> Option<Duration> {
    let doublings = u32::from(code.min(16)).checked_sub(1)?;
    Some(Duration::from_micros(100) * 2_u32.pow(doublings))
}
