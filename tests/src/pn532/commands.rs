//! What each command of the host does (PN532 user manual UM0701, 7.2 and 7.3; the ones real hosts send: nfc.md section 4).

use std::time::{Duration, Instant};

use super::{
    chip::{CRC_ENABLED, Chip, RX_MODE, Reply, TX_MODE, Task, WAKE_EDGES, exchange_timeout},
    field::Field,
    frames::crc_a,
    search::Search,
    tile::Answer,
};

/// Status bytes (UM0701, 7.1).
const OK: u8 = 0x00;
const TIMEOUT: u8 = 0x01;
const CRC_ERROR: u8 = 0x02;
const AUTHENTICATION_ERROR: u8 = 0x14;
const WRONG_STATE: u8 = 0x25;
const WRONG_CONTEXT: u8 = 0x27;

/// Line speeds of `SetSerialBaudRate` in baud (UM0701, 7.2.8).
const BAUDS: [u32; 9] = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_288_000];

/// Bit of `PowerDown`'s parameter that lets the serial line wake the chip (UM0701, 7.2.11).
const WAKE_BY_SERIAL: u8 = 0x10;

/// Time of one byte on the air at 106 kbit/s: eight bits and parity (ISO 14443-3).
const AIR_BYTE: Duration = Duration::from_micros(85);

/// Shortest time between a frame to a tile and its answer, with the chip's own work.
const AIR_TURN: Duration = Duration::from_millis(1);

impl Chip {
    /// Starts a command; `None` is a syntax error.
    pub(super) fn begin(&mut self, ready: Instant, command: &[u8], field: &mut Field) -> Option<Task> {
        let data = |content: &[u8]| Task::Answer { at: ready, reply: reply(content, false) };
        let status = |code: u8, status: u8| Task::Answer { at: ready, reply: reply(&[code + 1, status], true) };
        Some(match *command {
            [0x00, test, ref rest @ ..] => return self.diagnose(ready, test, rest, field),
            // IC 32 = PN532, version 1.6, ISO 14443 A and B and ISO 18092.
            [0x02] => data(&[0x03, 0x32, 0x01, 0x06, 0x07]),
            [0x04] => data(&self.general_status(field)),
            [0x06, ref addresses @ ..] if !addresses.is_empty() && addresses.len().is_multiple_of(2) => {
                let values = addresses
                    .chunks(2)
                    .map(|address| self.read_register(u16::from_be_bytes([address[0], address[1]]), field));
                data(&std::iter::once(0x07).chain(values).collect::<Vec<u8>>())
            }
            [0x08, ref writes @ ..] if !writes.is_empty() && writes.len().is_multiple_of(3) => {
                for write in writes.chunks(3) {
                    self.write_register(u16::from_be_bytes([write[0], write[1]]), write[2], field);
                }
                data(&[0x09])
            }
            [0x0C] => data(&[0x0D, 0x3F, 0x06, 0x00]),
            [0x0E, _, _] => data(&[0x0F]),
            [0x10, code] => {
                self.next_baud = Some(*BAUDS.get(usize::from(code))?);
                data(&[0x11])
            }
            [0x12, flags] => {
                self.parameters = flags;
                data(&[0x13])
            }
            [0x14, 1..=4] | [0x14, 1..=4, _] | [0x14, 1..=4, _, _] => data(&[0x15]),
            [0x16, wakes] | [0x16, wakes, _] => {
                self.edges_to_wake = (wakes & WAKE_BY_SERIAL != 0).then_some(WAKE_EDGES);
                status(0x16, OK)
            }
            [0x32, item, ref values @ ..] => {
                self.configure(item, values, field)?;
                data(&[0x33])
            }
            [0x4A, ref parameters @ ..] => {
                let search = Search::list(ready, parameters, self.passive_attempts)?;
                field.switch(true);
                Task::Search(search)
            }
            [0x60, ref parameters @ ..] => {
                let search = Search::poll(ready, parameters)?;
                field.switch(true);
                Task::Search(search)
            }
            [0x40, target, ref data @ ..] => self.exchange(ready, target, data, field),
            [0x42, ref data @ ..] => self.communicate(ready, data, field),
            [code @ (0x44 | 0x52), number @ 0..=2] => {
                self.put_to_sleep(number, code == 0x52, field);
                status(code, OK)
            }
            [0x54, number @ 1..=2] => status(0x54, if self.target(number).is_some() { OK } else { WRONG_CONTEXT }),
            // Peers for NFC-DEP never come: the activation attempt runs out.
            [code @ (0x46 | 0x50 | 0x56), _, ..] => {
                Task::Answer { at: ready + self.timing.attempt, reply: reply(&[code + 1, TIMEOUT], true) }
            }
            [0x4E, _, _, _] => status(0x4E, WRONG_CONTEXT),
            // RFRegulationTest and TgInitAsTarget end when the next command comes.
            [0x58, _] | [0x8C, ..] => Task::Endless,
            [0x8A] => data(&[0x8B, 0x00, 0x00]),
            [code @ (0x86 | 0x88)] | [code @ (0x8E | 0x90 | 0x92 | 0x94), ..] => status(code, WRONG_STATE),
            _ => return None,
        })
    }

    /// Diagnose: line, ROM, RAM, polling, presence of a target and antenna (UM0701, 7.2.1).
    fn diagnose(&mut self, ready: Instant, test: u8, rest: &[u8], field: &mut Field) -> Option<Task> {
        let answer = |at: Instant, content: &[u8]| Some(Task::Answer { at, reply: reply(content, false) });
        match test {
            0x00 => answer(ready, &[&[0x01, 0x00], rest].concat()),
            0x01 | 0x02 | 0x04 | 0x07 => answer(ready, &[0x01, OK]),
            0x06 => {
                let there = self.target(1).and_then(|presence| field.get(presence)).is_some();
                let waited = if there { AIR_TURN } else { self.exchange_timeout.unwrap_or(AIR_TURN) };
                answer(ready + waited, &[0x01, if there { OK } else { TIMEOUT }])
            }
            _ => None,
        }
    }

    /// `GetGeneralStatus`: last error, field, targets with their speeds and type, SAM (UM0701, 7.2.3).
    fn general_status(&self, field: &Field) -> Vec<u8> {
        let numbers: Vec<u8> = (1..=2).filter(|number| self.target(*number).is_some()).collect();
        let mut content = vec![0x05, OK, u8::from(field.is_on()), u8::try_from(numbers.len()).unwrap_or(0)];
        content.extend(numbers.iter().flat_map(|number| [*number, 0x00, 0x00, 0x10]));
        content.push(0x00);
        content
    }

    /// `RFConfiguration` (UM0701, 7.3.1). Analogue settings are taken and have no effect.
    fn configure(&mut self, item: u8, values: &[u8], field: &mut Field) -> Option<()> {
        match (item, values) {
            (0x01, [flags]) => field.switch(flags & 0x01 != 0),
            (0x02, [_, _, retry]) => self.exchange_timeout = exchange_timeout(*retry),
            (0x05, [_, _, retries]) => {
                self.passive_attempts = (*retries != 0xFF).then_some(u32::from(*retries) + 1);
            }
            (0x04, [_]) => {}
            (0x0A, values) if values.len() == 11 => {}
            (0x0B, values) if values.len() == 8 => {}
            (0x0C, values) if values.len() == 3 => {}
            (0x0D, values) if values.len() == 9 => {}
            _ => return None,
        }
        Some(())
    }

    /// `InDeselect` and `InRelease` of target `number`, 0 for all: the tiles halt (UM0701, 7.3.10 and 7.3.11).
    fn put_to_sleep(&mut self, number: u8, release: bool, field: &mut Field) {
        for (index, target) in (1..).zip(&mut self.targets) {
            if number != 0 && number != index {
                continue;
            }
            if let Some(placed) = target.and_then(|presence| field.get(presence)) {
                placed.halt();
            }
            if release {
                *target = None;
            }
        }
    }

    /// `InDataExchange`: the chip sees to CRC and ISO-DEP blocks (UM0701, 7.3.8).
    fn exchange(&self, ready: Instant, target: u8, data: &[u8], field: &mut Field) -> Task {
        let Some(presence) = self.target(target & 0x0F) else {
            return Task::Answer { at: ready, reply: reply(&[0x41, WRONG_CONTEXT], true) };
        };
        let answer = match field.get(presence) {
            Some(placed) if placed.tile.in_session() => Answer::Data(placed.tile.answer_application(data)),
            Some(placed) => placed.exchange(data),
            None => Answer::Silence,
        };
        let content = match answer {
            Answer::Data(bytes) | Answer::Farewell(bytes) => [&[0x41, OK][..], &bytes].concat(),
            Answer::Nibble(0x0A) => vec![0x41, OK],
            Answer::Nibble(_) if matches!(data, [0x60 | 0x61, ..]) => vec![0x41, AUTHENTICATION_ERROR],
            Answer::Nibble(_) => vec![0x41, CRC_ERROR],
            Answer::Silence => return self.unanswered(ready, 0x41),
        };
        Task::Answer { at: ready + air_time(data.len() + content.len()), reply: reply(&content, true) }
    }

    /// `InCommunicateThru`: raw frames; the registers say who sees to the CRC (UM0701, 7.3.9).
    fn communicate(&self, ready: Instant, data: &[u8], field: &mut Field) -> Task {
        let sent = if self.register(TX_MODE) & CRC_ENABLED == 0 {
            match data.split_last_chunk::<2>() {
                Some((sent, crc)) if *crc == crc_a(sent) => sent,
                // A tile does not answer a frame with a wrong CRC.
                _ => return self.unanswered(ready, 0x43),
            }
        } else {
            data
        };
        let checks_crc = self.register(RX_MODE) & CRC_ENABLED != 0;
        let content = match field.listener().map_or(Answer::Silence, |placed| placed.exchange(sent)) {
            Answer::Data(bytes) | Answer::Farewell(bytes) if checks_crc => [&[0x43, OK][..], &bytes].concat(),
            Answer::Data(bytes) | Answer::Farewell(bytes) => [&[0x43, OK][..], &bytes, &crc_a(&bytes)].concat(),
            Answer::Nibble(_) if checks_crc => vec![0x43, CRC_ERROR],
            Answer::Nibble(nibble) => vec![0x43, OK, nibble],
            Answer::Silence => return self.unanswered(ready, 0x43),
        };
        Task::Answer { at: ready + air_time(data.len() + content.len()), reply: reply(&content, true) }
    }

    fn unanswered(&self, ready: Instant, code: u8) -> Task {
        match self.exchange_timeout {
            Some(timeout) => Task::Answer { at: ready + timeout, reply: reply(&[code, TIMEOUT], true) },
            None => Task::Endless,
        }
    }
}

fn reply(content: &[u8], has_status: bool) -> Reply {
    Reply { content: content.to_vec(), has_status, ..Reply::default() }
}

fn air_time(bytes: usize) -> Duration {
    AIR_TURN + AIR_BYTE * u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{super::Timing, *};
    use crate::pn532::Tile;

    fn say(chip: &mut Chip, field: &mut Field, command: &[u8]) -> Reply {
        chip.command(Instant::now(), command, field);
        let due = chip.deadline().expect("the command ends");
        let mut reply = chip.advance(due, field);
        while reply.is_none() {
            let due = chip.deadline().expect("the command ends");
            reply = chip.advance(due, field);
        }
        reply.unwrap()
    }

    fn reader(tiles: &[&str]) -> (Chip, Field) {
        let (mut chip, mut field) = (Chip::new(Timing::default()), Field::default());
        for tile in tiles {
            field.present(Tile::parse(tile).unwrap(), Instant::now());
        }
        say(&mut chip, &mut field, &[0x32, 0x05, 0x00, 0x01, 0x02]);
        (chip, field)
    }

    #[test]
    fn a_select_gives_the_tile_as_the_manual_lays_it_out() {
        let (mut chip, mut field) = reader(&["04A1B2C3D4E5F6"]);
        let reply = say(&mut chip, &mut field, &[0x4A, 1, 0]);
        assert_eq!(reply.content, [0x4B, 1, 1, 0x00, 0x44, 0x00, 7, 0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6]);
        assert_eq!(reply.uid_lengths, [6]);
        assert_eq!(reply.targets.len(), 1);
    }

    #[test]
    fn an_empty_field_takes_the_attempts_that_were_asked_for() {
        let (mut chip, mut field) = reader(&[]);
        let begun = Instant::now();
        chip.command(begun, &[0x4A, 1, 0], &mut field);
        let three_attempts = begun + Timing::default().attempt * 3;
        assert_eq!(chip.advance(three_attempts.checked_sub(Duration::from_nanos(1)).unwrap(), &mut field), None);
        assert_eq!(chip.advance(three_attempts, &mut field).unwrap().content, [0x4B, 0]);
        say(&mut chip, &mut field, &[0x32, 0x05, 0xFF, 0xFF, 0xFF]);
        chip.command(begun, &[0x4A, 1, 0], &mut field);
        assert_eq!(chip.advance(begun + Duration::from_secs(90), &mut field), None);
        chip.abort();
        assert_eq!(chip.deadline(), None);
    }

    #[test]
    fn an_automatic_rats_brings_the_ats_and_parameters_switch_it_off() {
        let (mut chip, mut field) = reader(&["04010203040506 desfire"]);
        let with = say(&mut chip, &mut field, &[0x4A, 1, 0]);
        assert_eq!((with.content.len(), with.ats_lengths), (20, vec![14]));
        assert_eq!(say(&mut chip, &mut field, &[0x40, 1, 0x00, 0xA4, 4, 0]).content, [0x41, 0x00, 0x6A, 0x82]);
        say(&mut chip, &mut field, &[0x12, 0x00]);
        assert_eq!(say(&mut chip, &mut field, &[0x4A, 1, 0]).content.len(), 14);
    }

    #[test]
    fn auto_poll_waits_for_the_slot_of_the_right_type() {
        let (mut chip, mut field) = reader(&["04A1B2C3D4E5F6", "0A0B0C0D"]);
        let begun = Instant::now();
        chip.command(begun, &[0x60, 1, 1, 0x20, 0x10], &mut field);
        assert_eq!(chip.advance(begun + Duration::from_millis(154), &mut field), None);
        let reply = chip.advance(begun + Duration::from_millis(160), &mut field).unwrap();
        assert_eq!(reply.content[..5], [0x61, 2, 0x10, 12, 1]);
        assert_eq!(reply.content[16..19], [0x10, 9, 2]);
        let empty = say(&mut chip, &mut field, &[0x60, 1, 1, 0x11, 0x03]);
        assert_eq!(empty.content, [0x61, 0]);
    }

    #[test]
    fn the_crc_registers_decide_who_sees_to_the_crc() {
        let (mut chip, mut field) = reader(&["04A1B2C3D4E5F6"]);
        say(&mut chip, &mut field, &[0x4A, 1, 0]);
        assert_eq!(say(&mut chip, &mut field, &[0x42, 0x60]).content.len(), 10);
        say(&mut chip, &mut field, &[0x08, 0x63, 0x03, 0x00]);
        assert_eq!(say(&mut chip, &mut field, &[0x42, 0x60]).content.len(), 12);
        say(&mut chip, &mut field, &[0x08, 0x63, 0x02, 0x00]);
        assert_eq!(say(&mut chip, &mut field, &[0x42, 0x60]).content, [0x43, TIMEOUT]);
        assert_eq!(say(&mut chip, &mut field, &[&[0x42, 0x60][..], &crc_a(&[0x60])].concat()).content.len(), 12);
        let refused = say(&mut chip, &mut field, &[&[0x42, 0x30, 0xF0][..], &crc_a(&[0x30, 0xF0])].concat());
        assert_eq!(refused.content, [0x43, OK, 0x00]);
        assert_eq!(say(&mut chip, &mut field, &[0x40, 1, 0x30, 0x00]).content, [0x41, TIMEOUT]);
    }

    #[test]
    fn what_it_does_not_know_is_a_syntax_error() {
        let (mut chip, mut field) = reader(&[]);
        for command in [&[0x99][..], &[], &[0x4A, 3, 0], &[0x60, 1, 0, 0x10], &[0x10, 9], &[0x32, 0x05, 1], &[0x06, 1]]
        {
            assert_eq!(say(&mut chip, &mut field, command), Reply::default(), "{command:02X?}");
        }
    }
}
