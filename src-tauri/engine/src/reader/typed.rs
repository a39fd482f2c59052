//! What a card reader types that calls itself a keyboard: from the bytes of its event device to whole texts (pure).
//!
//! A line that is not wholly known is thrown away: a piece of a number would be another number, and perhaps another
//! member's. Codes name places on a keyboard, not letters, so the layout of the machine does not matter; what a code stands
//! for is read as on a US keyboard, which is what readers are made for. A reader that was switched to another country's
//! layout has to be switched back.

use std::time::Duration;

/// The longest pause inside one text. Readers take 4 to 20 ms a key; a slow one, or a busy USB hub, some 50 ms.
pub(super) const PAUSE: Duration = Duration::from_millis(300);
/// How quick, a key on average, somebody types who ends a text by a pause alone: no person does so for a whole number.
const QUICK: Duration = Duration::from_millis(50);
/// The shortest text that a pause ends.
const SHORTEST_WITHOUT_ENTER: usize = 6;
/// The longest text; what is longer is no tile.
const LONGEST: usize = 64;
/// How long nothing must be typed, or Enter, before what was thrown away counts as over.
const OVER_AFTER: Duration = Duration::from_secs(1);
/// The same text again within this time is the same tile, still there (`nfc.md` section 7.7).
const SAME_TILE_FOR: Duration = Duration::from_millis(1500);

/// `struct input_event` of the kernel's `input.h`: seconds and microseconds as long as the machine's word, then type, code
/// and value.
const WORD: usize = size_of::<usize>();
pub(super) const EVENT: usize = 2 * WORD + 8;

/// Types of events, and codes of type 0.
const SYN: u16 = 0;
const KEY: u16 = 1;
const SYN_DROPPED: u16 = 3;

/// A whole text that was typed. Its number is for nobody's log, so it cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    /// When its first key went down.
    pub(super) began: Duration,
}

/// The keys so far. All times are on one clock that never steps.
#[derive(Default)]
pub(super) struct Typing {
    text: String,
    /// When the first and the last key of the text went down; the last also of what is thrown away.
    began: Duration,
    last: Duration,
    /// What is typed is thrown away, since something of it was missed or makes no sense.
    spoiled: bool,
    /// Which of [`MODIFIERS`] are down.
    down: u8,
    /// What was last told, and when it was last typed.
    told: Option<(String, Duration)>,
    /// When the device was last read empty.
    read: Duration,
}

/// What was read from the device.
pub(super) struct Taken {
    pub(super) texts: Vec<Text>,
    /// Events are missing: [`Typing::resume`] is due.
    pub(super) missed: bool,
}

impl Typing {
    /// Begins at `now`, with these keys down already; `amid` while something is being typed.
    pub(super) fn starting(now: Duration, down: impl Iterator<Item = u16>, amid: bool) -> Self {
        let mut typing = Self { last: now, read: now, spoiled: amid, ..Self::default() };
        typing.set_down(down);
        typing
    }

    /// Takes all that the device held at `now`, when the machine's clock, by which events are dated, said `wall`.
    pub(super) fn take(&mut self, bytes: &[u8], now: Duration, wall: Duration) -> Taken {
        let mut texts = Vec::new();
        for event in bytes.chunks_exact(EVENT).map(Event::of) {
            // The machine's clock may be set between a key and this look; a key cannot have been before the last look.
            let at = now.saturating_sub(wall.saturating_sub(event.at)).max(self.read).min(now);
            match (event.kind, event.code) {
                (SYN, SYN_DROPPED) => {
                    self.spoil(at);
                    return Taken { texts, missed: true };
                }
                (KEY, code) => texts.extend(self.key(at, code, event.value)),
                _ => {}
            }
        }
        self.read = now;
        Taken { texts, missed: false }
    }

    /// Goes on after events were missed, with these keys down now.
    pub(super) fn resume(&mut self, now: Duration, down: impl Iterator<Item = u16>) {
        self.read = now;
        self.set_down(down);
    }

    /// When [`Self::rest`] may have something to say; none while nothing is typed.
    pub(super) fn due(&self) -> Option<Duration> {
        (!self.text.is_empty()).then_some(self.last + PAUSE)
    }

    /// Nothing was typed up to `now`.
    pub(super) fn rest(&mut self, now: Duration) -> Option<Text> {
        let quiet = now.saturating_sub(self.last);
        if quiet >= OVER_AFTER {
            self.spoiled = false;
        }
        if self.text.is_empty() || quiet < PAUSE {
            return None;
        }
        let keys = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let took = self.last.saturating_sub(self.began);
        if self.text.len() >= SHORTEST_WITHOUT_ENTER && took <= QUICK * (keys - 1) {
            return self.end(self.last);
        }
        // It may go on, and its end alone would be another text.
        self.text.clear();
        self.spoiled = quiet < OVER_AFTER;
        None
    }

    fn key(&mut self, at: Duration, code: u16, value: i32) -> Option<Text> {
        let modifier = MODIFIERS.iter().position(|modifier| *modifier == code);
        if let Some(place) = modifier {
            let bit = 1 << place;
            self.down = if value == 0 { self.down & !bit } else { self.down | bit };
        }
        // Let go, or held until it repeats.
        if modifier.is_some() || value != 1 || LOCKS.contains(&code) {
            return None;
        }
        let ended = self.rest(at);
        let typed = if self.down & !SHIFTS == 0 { character(code, self.down & SHIFTS != 0) } else { None };
        if ENDS.contains(&code) && self.down & !SHIFTS == 0 {
            self.spoiled = false;
            return ended.or_else(|| self.end(at));
        }
        match typed {
            _ if self.spoiled => self.last = at,
            Some(character) if self.text.len() < LONGEST => {
                if self.text.is_empty() {
                    self.began = at;
                }
                self.last = at;
                self.text.push(character);
            }
            // Too long, a combination, or a key in the midst that types nothing. Before a text it may be the reader's way to
            // the right field of some other program.
            _ if self.text.is_empty() => {}
            _ => self.spoil(at),
        }
        ended
    }

    fn end(&mut self, at: Duration) -> Option<Text> {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let again = self.told.as_ref().is_some_and(|(told, when)| told == text && at < *when + SAME_TILE_FOR);
        self.told = Some((text.to_owned(), at));
        (!again).then(|| Text { text: text.to_owned(), began: self.began })
    }

    fn spoil(&mut self, at: Duration) {
        self.text.clear();
        self.spoiled = true;
        self.last = at;
    }

    fn set_down(&mut self, down: impl Iterator<Item = u16>) {
        let places = down.filter_map(|code| MODIFIERS.iter().position(|modifier| *modifier == code));
        self.down = places.fold(0, |down, place| down | 1 << place);
    }
}

/// One event of the device.
struct Event {
    /// Since 1970, by the machine's clock.
    at: Duration,
    kind: u16,
    code: u16,
    value: i32,
}

impl Event {
    /// Reads [`EVENT`] bytes.
    fn of(bytes: &[u8]) -> Self {
        let part = |from: usize, length: usize| &bytes[from..from + length];
        let word = |from| part(from, WORD).try_into().map_or(0, |word| usize::from_ne_bytes(word) as u64);
        let short = |from| part(from, 2).try_into().map_or(0, u16::from_ne_bytes);
        Self {
            at: Duration::from_secs(word(0)) + Duration::from_micros(word(WORD).min(999_999)),
            kind: short(2 * WORD),
            code: short(2 * WORD + 2),
            value: part(2 * WORD + 4, 4).try_into().map_or(0, i32::from_ne_bytes),
        }
    }
}

/// Shift, control, Alt and the logo's key, left and right, by the codes of the kernel's `input-event-codes.h`.
const MODIFIERS: [u16; 8] = [42, 54, 29, 97, 56, 100, 125, 126];
/// The first two of them.
const SHIFTS: u8 = 0b11;
/// Caps, Num and Scroll Lock. Case tells nothing in a tile's number, so letters are taken as upper-case; the digits of the
/// keypad are digits.
const LOCKS: [u16; 3] = [58, 69, 70];
/// Enter, Tab and the keypad's Enter.
const ENDS: [u16; 3] = [28, 15, 96];

/// What a key types on a US keyboard; none for one that types nothing.
fn character(code: u16, shift: bool) -> Option<char> {
    /// The rows of keys from this code on, without and with shift.
    const ROWS: [(u16, &str, &str); 6] = [
        (2, "1234567890-=", "!@#$%^&*()_+"),
        (16, "QWERTYUIOP[]", "QWERTYUIOP{}"),
        (30, "ASDFGHJKL;'`", "ASDFGHJKL:\"~"),
        (43, "\\ZXCVBNM,./", "|ZXCVBNM<>?"),
        (57, " ", " "),
        (71, "789-456+1230.", "789-456+1230."),
    ];
    const ALONE: [(u16, char); 4] = [(55, '*'), (98, '/'), (117, '='), (121, ',')];
    let in_row = ROWS.iter().find_map(|(first, plain, shifted)| {
        let row = if shift { shifted } else { plain };
        row.chars().nth(usize::from(code.checked_sub(*first)?))
    });
    in_row.or_else(|| ALONE.iter().find(|(alone, _)| *alone == code).map(|(_, character)| *character))
}

#[cfg(test)]
mod tests;
