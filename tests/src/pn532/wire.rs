//! The thread between line and chip: bytes take their time on the wire (10 bits each), frames become commands, replies
//! become frames, and faults strike. PN532 user manual UM0701, section 6; timing as in nfc.md section 5.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::{
    chip::{Chip, Reply},
    fault::{Fault, Faults},
    field::Presence,
    frames::{ACK, Decoder, FROM_CHIP, HostFrame, SYNTAX_ERROR, Said, encode, rising_edges},
    handle::{Shared, World},
    line::Line,
    record::Side,
};

/// How much later `slow` makes a reply: later than libnfc waits (nfc.md section 3).
const SLOWNESS: Duration = Duration::from_millis(400);

/// Time between the bytes of a reply under `split`.
const DRIBBLE: Duration = Duration::from_millis(5);

/// A frame that stops half-way is forgotten after this silence, so that the next one is heard.
const PATIENCE: Duration = Duration::from_millis(250);

/// What `garbage` puts before a reply: no start code in it.
const GARBAGE: [u8; 7] = [0xA5, 0x5A, 0x13, 0x37, 0xFF, 0x42, 0x81];

/// Bytes on their way to the host.
#[derive(Debug)]
struct Outgoing {
    at: Instant,
    bytes: Vec<u8>,
    /// The tiles whose UIDs go with them, soundly.
    targets: Vec<(Presence, Vec<u8>)>,
    /// What to log once they are written; a dribbled frame is logged with its last byte.
    log: Vec<u8>,
}

/// The state of the wire.
#[derive(Debug, Default)]
struct Wire {
    decoder: Decoder,
    inbox: VecDeque<(Instant, HostFrame)>,
    outbox: VecDeque<Outgoing>,
    /// When the last byte from the host will have arrived.
    heard: Option<Instant>,
    /// The last reply, for a host that says NACK.
    last: Vec<u8>,
    /// Whether the running command's reply is to be swallowed.
    mute: bool,
}

/// Runs line and chip until told to stop.
pub(super) fn run(shared: &Arc<Shared>) {
    let mut line: Option<Line> = None;
    let mut wire = Wire::default();
    let mut buffer = [0; 4096];
    loop {
        {
            let mut world = shared.lock();
            if world.stop || !world.plugged {
                line = None;
            }
            if let Some(new) = world.incoming.take() {
                line = Some(new);
                wire = Wire::default();
                world.chip = Chip::new(world.chip.timing);
            }
            if line.is_none() {
                // No line, no power.
                world.field.switch(false);
                world.chip.abort();
                wire = Wire::default();
            }
            world.pty = line.as_ref().map(|line| line.pty().to_path_buf());
            shared.changed.notify_all();
            if world.stop {
                return;
            }
        }
        let deadline = wire.deadline(shared.lock().chip.deadline());
        wait(shared, line.as_ref(), deadline);
        let mut world = shared.lock();
        if let Some(line) = &line {
            match line.read(&mut buffer) {
                Ok(0) => {}
                Ok(count) => wire.hear(Instant::now(), &buffer[..count], line.host_baud(), &mut world.chip),
                // The pty itself failed; nothing sensible can follow until the next replug.
                Err(_) => world.plugged = false,
            }
            wire.turn(line, &mut world);
            shared.changed.notify_all();
        }
    }
}

/// Waits for bytes, a call from another thread, or the deadline.
fn wait(shared: &Shared, line: Option<&Line>, deadline: Option<Instant>) {
    let timeout = deadline
        .map(|deadline| deadline.saturating_duration_since(Instant::now()))
        .and_then(|left| Timespec::try_from(left).ok());
    let mut sources = vec![PollFd::new(&shared.wake, PollFlags::IN)];
    let readable = line.map(Line::readable);
    if let Some(readable) = &readable {
        sources.push(PollFd::new(readable, PollFlags::IN));
    }
    // An interrupted wait only means an early look.
    let _ = poll(&mut sources, timeout.as_ref());
    if !sources[0].revents().is_empty() {
        let _ = rustix::io::read(&shared.wake, &mut [0; 8]);
    }
}

impl Wire {
    fn deadline(&self, chip: Option<Instant>) -> Option<Instant> {
        let half_frame = self.heard.filter(|_| self.decoder.is_mid_frame()).map(|heard| heard + PATIENCE);
        let (next_in, next_out) = (self.inbox.front().map(|(at, _)| *at), self.outbox.front().map(|next| next.at));
        [chip, half_frame, next_in, next_out].into_iter().flatten().min()
    }

    /// Bytes came from the host, which talks at `host_baud`.
    fn hear(&mut self, now: Instant, bytes: &[u8], host_baud: Option<u32>, chip: &mut Chip) {
        if host_baud.is_some_and(|baud| baud != chip.baud && Some(baud) != chip.next_baud) {
            // At the wrong speed every byte is noise.
            self.decoder.clear();
            return;
        }
        if host_baud != Some(chip.baud) && host_baud.is_some() {
            // The host speaks at the new speed, so its ACK was sent; a pty can lose it in a flush, a wire cannot.
            chip.confirm_baud();
        }
        let count = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let arrived = self.heard.map_or(now, |heard| heard.max(now)) + byte_time(chip) * count;
        self.heard = Some(arrived);
        let mut awake = bytes;
        while chip.is_asleep() {
            let [byte, rest @ ..] = awake else { return };
            chip.edges_to_wake = chip.edges_to_wake.map(|edges| edges.saturating_sub(rising_edges(*byte)));
            awake = rest;
        }
        self.inbox.extend(self.decoder.push(awake).into_iter().map(|frame| (arrived, frame)));
    }

    /// Does all that is due.
    fn turn(&mut self, line: &Line, world: &mut World) {
        let now = Instant::now();
        if self.decoder.is_mid_frame() && self.heard.is_some_and(|heard| heard + PATIENCE <= now) {
            self.decoder.clear();
        }
        while let Some((at, frame)) = take_due(&mut self.inbox, |(at, _)| *at, now) {
            world.record.frame(at, Side::Host, &frame.bytes);
            self.obey(at, frame.said, world);
        }
        let World { chip, field, faults, record, .. } = world;
        if let Some(reply) = chip.advance(now, field) {
            self.reply(now, reply, byte_time(chip), faults);
        }
        let now = Instant::now();
        while let Some(next) = take_due(&mut self.outbox, |next| next.at, now) {
            line.write(&next.bytes);
            let written = Instant::now();
            if !next.log.is_empty() {
                record.frame(written, Side::Chip, &next.log);
            }
            for (presence, uid) in &next.targets {
                record.replied(*presence, uid, written);
            }
        }
    }

    /// A whole frame has arrived.
    fn obey(&mut self, at: Instant, said: Said, world: &mut World) {
        let World { chip, field, faults, .. } = world;
        let byte = byte_time(chip);
        match said {
            Said::Foreign => {}
            Said::Ack => {
                self.outbox.clear();
                chip.abort();
                chip.confirm_baud();
            }
            Said::Nack => {
                let last = std::mem::take(&mut self.last);
                self.send(at, &last, byte, Vec::new());
                self.last = last;
            }
            Said::Command(command) => {
                self.outbox.clear();
                chip.abort();
                // A change of speed that the host did not confirm is off.
                chip.next_baud = None;
                if faults.take(Fault::Hang) || faults.take(Fault::NoAck) {
                    return;
                }
                let mut acknowledgement = ACK;
                if faults.take(Fault::BadAck) {
                    acknowledgement[4] ^= 0x40;
                }
                if !faults.take(Fault::LostAck) {
                    self.send(at, &acknowledgement, byte, Vec::new());
                }
                self.mute = faults.take(Fault::NoReply);
                chip.command(at + byte * 6 + chip.timing.command, &command, field);
            }
        }
    }

    /// The chip has something to say.
    fn reply(&mut self, now: Instant, mut reply: Reply, byte: Duration, faults: &mut Faults) {
        if self.mute || faults.has(Fault::Hang) {
            return;
        }
        let mut sound = true;
        for (fault, places, value) in
            [(Fault::LongUid, &reply.uid_lengths, 0xFF), (Fault::AtsZero, &reply.ats_lengths, 0x00)]
        {
            if !places.is_empty() && faults.take(fault) {
                sound = false;
                for place in places {
                    reply.content[*place] = value;
                }
            }
        }
        if reply.has_status && faults.take(Fault::Nad) {
            reply.content[1] |= 0x80;
        }
        let mut frame = match &reply.content[..] {
            [] => SYNTAX_ERROR.to_vec(),
            content => encode(FROM_CHIP, content),
        };
        if faults.take(Fault::ErrorFrame) {
            sound = false;
            frame = SYNTAX_ERROR.to_vec();
        }
        self.last.clone_from(&frame);
        if faults.take(Fault::BadDcs) {
            sound = false;
            let checksum = frame.len() - 2;
            frame[checksum] ^= 0x01;
        }
        if faults.take(Fault::BadLcs) {
            sound = false;
            frame[4] ^= 0x01;
        }
        if faults.take(Fault::Garbage) {
            sound = false;
            frame.splice(..0, GARBAGE);
        }
        let start = if faults.take(Fault::Slow) { now + SLOWNESS } else { now };
        let targets = if sound { reply.targets } else { Vec::new() };
        if faults.take(Fault::Split) {
            self.dribble(start, &frame, targets);
        } else {
            self.send(start, &frame, byte, targets);
        }
    }

    /// Puts a frame on the wire; it reaches the host with its last byte.
    fn send(&mut self, start: Instant, frame: &[u8], byte: Duration, targets: Vec<(Presence, Vec<u8>)>) {
        let at = start + byte * u32::try_from(frame.len()).unwrap_or(u32::MAX);
        self.outbox.push_back(Outgoing { at, bytes: frame.to_vec(), targets, log: frame.to_vec() });
    }

    /// Puts a frame on the wire byte by byte, slowly.
    fn dribble(&mut self, start: Instant, frame: &[u8], targets: Vec<(Presence, Vec<u8>)>) {
        let mut at = start;
        for byte in frame {
            at += DRIBBLE;
            self.outbox.push_back(Outgoing { at, bytes: vec![*byte], targets: Vec::new(), log: Vec::new() });
        }
        if let Some(last) = self.outbox.back_mut() {
            last.targets = targets;
            last.log = frame.to_vec();
        }
    }
}

/// Time of one byte on the line: start bit, eight bits, stop bit.
fn byte_time(chip: &Chip) -> Duration {
    Duration::from_secs(10) / chip.baud
}

/// The first in the queue, if its time has come.
fn take_due<T>(queue: &mut VecDeque<T>, due: impl Fn(&T) -> Instant, now: Instant) -> Option<T> {
    (due(queue.front()?) <= now).then(|| queue.pop_front())?
}
