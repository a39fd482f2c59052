//! A card in a virtual reader: vpcd's wire (two bytes of length, then a message; one byte is about the card's power), and what
//! a reader of contactless cards answers for it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// The answer to reset that PC/SC readers give for a MIFARE Classic 1K (PC/SC part 3, 3.1.3.2.3).
const ATR: [u8; 20] = [
    0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06, 0x03, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00,
    0x6A,
];
/// The question for a card's UID (PC/SC part 3, 3.2.2.1.3).
pub const GET_UID: [u8; 5] = [0xFF, 0xCA, 0x00, 0x00, 0x00];
/// What is answered to any other question: not known.
const UNKNOWN: [u8; 2] = [0x6D, 0x00];
/// What is answered where a card's memory is not let be read (PC/SC part 3, 3.2.2.1.8.4: operation failed).
const NOT_READ: [u8; 2] = [0x63, 0x00];
/// An answer to reset that starts as none does (ISO 7816-3, 8.1).
const NO_ATR: [u8; 2] = [0x00, 0x00];
/// By this vpcd also asks whether the card is still there.
const ASK_ATR: u8 = 4;

/// How a card behaves that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Asked for its UID, this status and nothing else, always.
    Status(u16),
    /// The same so many times, then its UID.
    StatusFirst(u16, u32),
    /// It lies there, but its answer to reset is none: no program is let speak with it.
    Mute,
    /// Its UID comes so late.
    Slow(Duration),
    /// It goes when it is asked.
    Leaves,
}

/// A card.
#[derive(Debug, Clone)]
pub struct Card {
    uid: Vec<u8>,
    /// What can be read of it, from page 0 on; empty of a card that lets nothing be read.
    memory: Vec<u8>,
    behaviour: Option<Behaviour>,
}

impl Card {
    /// A card with this UID, written as hex without separators.
    pub fn with_uid(hex: &str) -> anyhow::Result<Self> {
        ensure!(hex.len().is_multiple_of(2) && hex.is_ascii(), "{hex:?} is no UID");
        let bytes = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16));
        Ok(Self {
            uid: bytes.collect::<Result<_, _>>().with_context(|| format!("{hex:?} is no UID"))?,
            memory: Vec::new(),
            behaviour: None,
        })
    }

    /// The same with memory that anyone may read, such as an NTAG's: pages of four bytes, from page 0 on.
    #[must_use]
    pub fn holding(mut self, memory: Vec<u8>) -> Self {
        self.memory = memory;
        self
    }

    /// The same with this behaviour.
    #[must_use]
    pub fn that(mut self, behaviour: Behaviour) -> Self {
        self.behaviour = Some(behaviour);
        self
    }

    /// None of a card that leaves.
    fn answer(&self, question: &[u8], before: u32) -> Option<Vec<u8>> {
        let uid = || Some([self.uid.as_slice(), &[0x90, 0x00]].concat());
        if let [0xFF, 0xB0, 0x00, page, length] = *question {
            let from = usize::from(page) * 4;
            let read = self.memory.get(from..from + usize::from(length));
            return Some(read.map_or_else(|| NOT_READ.to_vec(), |bytes| [bytes, &[0x90, 0x00]].concat()));
        }
        if question != GET_UID {
            return Some(UNKNOWN.to_vec());
        }
        match self.behaviour {
            Some(Behaviour::Leaves) => None,
            Some(Behaviour::Status(status)) => Some(status.to_be_bytes().to_vec()),
            Some(Behaviour::StatusFirst(status, times)) if before < times => Some(status.to_be_bytes().to_vec()),
            Some(Behaviour::Slow(time)) => {
                std::thread::sleep(time);
                uid()
            }
            Some(Behaviour::StatusFirst(..) | Behaviour::Mute) | None => uid(),
        }
    }
}

#[derive(Default)]
struct Record {
    questions: Mutex<Vec<Vec<u8>>>,
    news: Condvar,
}

impl Record {
    fn questions(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.questions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A card that lies on a reader; removed when dropped.
pub struct Stay {
    wire: TcpStream,
    record: Arc<Record>,
}

impl Stay {
    pub(super) fn begin(card: Card, wire: TcpStream) -> anyhow::Result<Self> {
        let (own, record) = (wire.try_clone()?, Arc::<Record>::default());
        let kept = Arc::clone(&record);
        std::thread::spawn(move || {
            // Its end is the end of the connection, from whichever side.
            let _ = serve(&card, &own, &kept);
            let _ = own.shutdown(Shutdown::Both);
        });
        Ok(Self { wire, record })
    }

    /// The questions that reached the card so far.
    pub fn asked(&self) -> Vec<Vec<u8>> {
        self.record.questions().clone()
    }

    /// Waits until the card was asked so many questions; whether it was in time.
    pub fn wait_until_asked(&self, times: usize, within: Duration) -> bool {
        let deadline = Instant::now() + within;
        let mut questions = self.record.questions();
        while questions.len() < times {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return false };
            questions = self.record.news.wait_timeout(questions, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// Takes the card away.
    pub fn remove(self) {}
}

impl Drop for Stay {
    fn drop(&mut self) {
        // It may have left by itself.
        let _ = self.wire.shutdown(Shutdown::Both);
    }
}

fn serve(card: &Card, mut wire: &TcpStream, record: &Record) -> std::io::Result<()> {
    loop {
        let mut length = [0; 2];
        wire.read_exact(&mut length)?;
        let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
        wire.read_exact(&mut message)?;
        let answer = match message.as_slice() {
            [ASK_ATR] if card.behaviour == Some(Behaviour::Mute) => NO_ATR.to_vec(),
            [ASK_ATR] => ATR.to_vec(),
            // Its power is switched on or off.
            [_] => continue,
            question => {
                let before = {
                    let mut questions = record.questions();
                    questions.push(question.to_vec());
                    record.news.notify_all();
                    u32::try_from(questions.len() - 1).unwrap_or(u32::MAX)
                };
                let Some(answer) = card.answer(question, before) else { return Ok(()) };
                answer
            }
        };
        let length = u16::try_from(answer.len()).unwrap_or(u16::MAX).to_be_bytes();
        wire.write_all(&[&length[..], &answer].concat())?;
    }
}
