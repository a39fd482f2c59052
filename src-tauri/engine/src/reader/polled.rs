//! A reader that is asked again and again what lies in its field.

use std::time::{Duration, Instant};

use super::driver::Session;
use super::field::Field;
use super::libnfc::{Poll, Reader};
use super::lines::Line;
use super::ndef;

/// Between two looks into the field. A look takes 19 system calls of libnfc's: every 25 ms the idle process took 0.63 % of a
/// core (`./dev bench`), and half a per cent is what it may. A tile waits 7 ms more in the median.
const LOOK_EVERY: Duration = Duration::from_millis(40);
/// The same while a tile lies there: nothing is waited for but its removal.
const LOOK_EVERY_WHILE_HELD: Duration = Duration::from_millis(100);
/// Silent polls in a row before the reader is opened again.
const SILENT_POLLS: u32 = 3;

/// libnfc's reader and what its field was like so far.
pub(super) struct Polled {
    reader: Reader,
    /// Whether what is written on a tile is read too.
    ndef: bool,
    field: Field,
    since: Instant,
    silent: u32,
}

impl Polled {
    pub(super) fn new(reader: Reader, ndef: bool) -> Self {
        Self { reader, ndef, field: Field::default(), since: Instant::now(), silent: 0 }
    }
}

impl Session for Polled {
    fn name(&self) -> String {
        self.reader.name()
    }

    fn look(&mut self) -> Result<Option<Line>, String> {
        let (uid, has_memory) = match self.reader.poll() {
            Poll::Empty => (None, false),
            Poll::Tile { uid, has_memory } => (Some(uid), has_memory),
            Poll::Silent => {
                self.silent += 1;
                if self.silent >= SILENT_POLLS {
                    return Err("the reader does not answer any more; it is being opened again".to_owned());
                }
                return Ok(None);
            }
            Poll::Broken(error) => return Err(format!("the connection to the reader broke off ({error})")),
        };
        self.silent = 0;
        let mut line = self.field.poll(self.since.elapsed(), uid.as_deref());
        if let Some(Line::Tile { ndef, .. }) = &mut line
            && self.ndef
            && has_memory
        {
            *ndef = ndef::first_record(|page| self.reader.read(page));
        }
        Ok(line)
    }

    fn rest(&self) -> Duration {
        if self.silent > 0 || self.field.is_unsure() {
            Duration::ZERO
        } else if self.field.is_occupied() {
            LOOK_EVERY_WHILE_HELD
        } else {
            LOOK_EVERY
        }
    }
}
