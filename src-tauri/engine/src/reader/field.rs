//! What the polls say about the reader's field: a tile that came, a tile that went.
//!
//! A single poll can misread (`nfc.md` section 3: a wrong length byte yields a plausible UID made of buffer remains)
//! and can miss a tile at the edge of the field. So a UID counts when two polls in a row agree, and a tile is gone
//! when several polls over some time found nothing.

use std::time::Duration;

use super::lines::Line;

/// Empty polls in a row before a tile counts as gone.
const EMPTY_POLLS: u8 = 3;
/// How long a tile must be missed before it counts as gone.
const GONE_AFTER: Duration = Duration::from_millis(250);
/// How long a tile may be hidden by another one before it counts as taken away.
const HIDDEN_FOR: Duration = Duration::from_secs(3);

/// The field as the polls so far describe it.
#[derive(Debug, Default)]
pub struct Field {
    /// The tiles there, once reported, and when each was last seen. The chip tells of one at a time, so of two tiles
    /// that lie there it may tell in turns.
    held: Vec<(Vec<u8>, Duration)>,
    /// A UID seen by the last poll, not yet confirmed, and when.
    candidate: Option<(Vec<u8>, Duration)>,
    /// How many polls in a row found nothing although a tile was there, and when the first of them was.
    missed: Option<(u8, Duration)>,
    /// Whether the first word about this field was said.
    spoken: bool,
}

impl Field {
    /// Takes a poll's result at `elapsed`; answers with what is worth a line.
    pub fn poll(&mut self, elapsed: Duration, uid: Option<&[u8]>) -> Option<Line> {
        match uid {
            Some(uid) if self.held.iter().any(|(held, _)| held == uid) => {
                self.candidate = None;
                self.missed = None;
                self.held.retain(|(held, seen)| held == uid || elapsed < *seen + HIDDEN_FOR);
                self.held.iter_mut().filter(|(held, _)| held == uid).for_each(|(_, seen)| *seen = elapsed);
                None
            }
            Some(uid) if self.candidate.as_ref().is_some_and(|(candidate, _)| candidate == uid) => {
                let first = self.candidate.take().map(|(_, seen)| elapsed.saturating_sub(seen));
                self.missed = None;
                self.spoken = true;
                self.held.push((uid.to_vec(), elapsed));
                let age_us = first.and_then(|age| u64::try_from(age.as_micros()).ok());
                Some(Line::Tile { uid: hex(uid), age_us, ndef: None })
            }
            Some(uid) => {
                self.candidate = Some((uid.to_vec(), elapsed));
                None
            }
            None => self.nothing(elapsed),
        }
    }

    fn nothing(&mut self, elapsed: Duration) -> Option<Line> {
        self.candidate = None;
        if self.held.is_empty() {
            // A field that starts out empty is said once: whoever listens may remember a tile from before a restart.
            return (!std::mem::replace(&mut self.spoken, true)).then_some(Line::Gone);
        }
        let (polls, since) = self.missed.map_or((1, elapsed), |(polls, since)| (polls.saturating_add(1), since));
        self.missed = Some((polls, since));
        if polls < EMPTY_POLLS || elapsed < since + GONE_AFTER {
            return None;
        }
        self.held.clear();
        self.missed = None;
        Some(Line::Gone)
    }

    /// Whether a tile is there, or may be.
    pub fn is_occupied(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether the next poll decides about a UID just seen, and should not be waited for.
    pub fn is_unsure(&self) -> bool {
        self.candidate.is_some()
    }
}

pub(super) fn hex(uid: &[u8]) -> String {
    use std::fmt::Write;
    uid.iter().fold(String::with_capacity(uid.len() * 2), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02X}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &[u8] = &[0x04, 1, 2, 3, 4, 5, 6];
    const B: &[u8] = &[0x11, 0x22, 0x33, 0x44];

    /// When, in milliseconds, and what was found.
    type Polls<'a> = &'a [(u64, Option<&'a [u8]>)];

    fn lines(polls: Polls) -> Vec<Line> {
        let mut field = Field::default();
        polls.iter().filter_map(|(at, uid)| field.poll(Duration::from_millis(*at), *uid)).collect()
    }

    /// Between the two looks that agree are 10 ms in each case.
    fn tile(uid: &[u8]) -> Line {
        Line::Tile { uid: hex(uid), age_us: Some(10_000), ndef: None }
    }

    #[test]
    fn polls_and_what_they_say() {
        let cases: &[(&str, Polls, &[Line])] = &[
            ("an empty field is said once", &[(0, None), (25, None), (50, None)], &[Line::Gone]),
            ("a tile counts at the second look", &[(0, Some(A)), (10, Some(A)), (35, Some(A))], &[tile(A)]),
            ("a misread between is no tile", &[(0, Some(A)), (10, Some(B)), (20, Some(A)), (30, Some(A))], &[tile(A)]),
            (
                "a misread while a tile lies there changes nothing",
                &[(0, Some(A)), (10, Some(A)), (35, Some(B)), (45, Some(A))],
                &[tile(A)],
            ),
            (
                "a short miss is no removal",
                &[(0, Some(A)), (10, Some(A)), (35, None), (60, None), (85, None), (110, Some(A)), (400, None)],
                &[tile(A)],
            ),
            (
                "a long miss is",
                &[(0, Some(A)), (10, Some(A)), (100, None), (200, None), (350, None), (450, Some(A)), (460, Some(A))],
                &[tile(A), Line::Gone, tile(A)],
            ),
            (
                "two polls are not enough, however far apart",
                &[(0, Some(A)), (10, Some(A)), (100, None), (900, None)],
                &[tile(A)],
            ),
            (
                "another tile is said at once",
                &[(0, Some(A)), (10, Some(A)), (35, Some(B)), (45, Some(B))],
                &[tile(A), tile(B)],
            ),
            (
                "two tiles told of in turns are two taps, not many",
                &[
                    (0, Some(A)),
                    (10, Some(A)),
                    (35, Some(B)),
                    (45, Some(B)),
                    (1000, Some(A)),
                    (1010, Some(A)),
                    (2000, Some(B)),
                    (2010, Some(B)),
                    (3000, Some(A)),
                ],
                &[tile(A), tile(B)],
            ),
        ];
        for (name, polls, expected) in cases {
            assert_eq!(&lines(polls), expected, "{name}");
        }
    }
}
