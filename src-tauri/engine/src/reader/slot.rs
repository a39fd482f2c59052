//! What the smart-card service says about a reader's slot: a card that came, one that went, one that will not say its UID.
//!
//! The service tells of each card that comes and goes, and numbers these events; the card is asked for its UID once at each.
//! One that has none is told as a tile without a UID, which nobody can use: better than silence.

use std::time::Duration;

use super::field::hex;
use super::lines::Line;
use super::ndef::Record;

/// How long a card must be missed before it counts as gone: one at the edge of the field flickers.
const GONE_AFTER: Duration = Duration::from_millis(250);
/// How long a card is asked again that answers nothing, or that another program has to itself.
const ASKED_FOR: Duration = Duration::from_secs(1);
/// Between two such questions.
const ASK_EVERY: Duration = Duration::from_millis(100);
/// How long the answer to one question may take.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// What a card said when it was asked for its UID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Its UID, byte 0 first, and what is written on it, where that was asked for.
    Uid(Vec<u8>, Option<Record>),
    /// That it has none.
    None,
    /// Nothing, this time.
    NotNow,
}

impl Answer {
    /// Reads the reply to `FF CA 00 00 00` (PC/SC part 3, 3.2.2.1.3): data and a status word.
    pub(super) fn of_reply(reply: &[u8]) -> Self {
        match reply {
            [uid @ .., 0x90, 0x00] if !uid.is_empty() => Self::Uid(uid.to_vec(), None),
            // The card has none, or the reader does not know the question.
            [.., 0x90, 0x00] | [.., 0x6A | 0x6D | 0x6E, _] => Self::None,
            _ => Self::NotNow,
        }
    }
}

/// The slot as the service has described it so far.
#[derive(Debug, Default)]
pub(super) struct Slot {
    card: Option<Card>,
    /// The UID that was told last, until it is told that it is gone; empty of a card without one.
    told: Option<String>,
    /// Since when there is no card.
    empty_since: Option<Duration>,
    /// Whether the first word about this slot was said.
    spoken: bool,
}

/// A card that lies there.
#[derive(Debug)]
struct Card {
    /// The service's number for its coming.
    coming: u32,
    first_seen: Duration,
    /// When it is to be asked; none once it has told what it can.
    ask: Option<Duration>,
}

impl Slot {
    /// Takes what the service says at `elapsed`: the number of its coming where a card lies there. Answers with what is worth
    /// a line.
    pub(super) fn see(&mut self, elapsed: Duration, coming: Option<u32>) -> Option<Line> {
        let Some(coming) = coming else {
            self.card = None;
            let since = *self.empty_since.get_or_insert(elapsed);
            return self.gone(elapsed, since);
        };
        let line = self.empty_since.take().and_then(|since| self.gone(elapsed, since));
        if self.card.as_ref().is_none_or(|card| card.coming != coming) {
            self.card = Some(Card { coming, first_seen: elapsed, ask: Some(elapsed) });
        }
        line
    }

    fn gone(&mut self, elapsed: Duration, since: Duration) -> Option<Line> {
        if self.told.is_none() {
            // A slot that starts out empty is said once: whoever listens may remember a tile from before a restart.
            return (self.card.is_none() && !std::mem::replace(&mut self.spoken, true)).then_some(Line::Gone);
        }
        if elapsed < since + GONE_AFTER {
            return None;
        }
        self.told = None;
        Some(Line::Gone)
    }

    /// The number of the coming of the card that is to be asked now.
    pub(super) fn to_ask(&self, elapsed: Duration) -> Option<u32> {
        self.card.as_ref().filter(|card| card.ask.is_some_and(|at| at <= elapsed)).map(|card| card.coming)
    }

    /// Takes the answer of the card of this coming; answers with what is worth a line.
    pub(super) fn hear(&mut self, elapsed: Duration, coming: u32, answer: &Answer) -> Option<Line> {
        let card = self.card.as_mut().filter(|card| card.coming == coming && card.ask.is_some())?;
        let (uid, ndef): (&[u8], _) = match answer {
            Answer::NotNow if elapsed < card.first_seen + ASKED_FOR => {
                card.ask = Some(elapsed + ASK_EVERY);
                return None;
            }
            Answer::Uid(uid, ndef) => (uid, ndef.clone()),
            Answer::None | Answer::NotNow => (&[], None),
        };
        card.ask = None;
        self.spoken = true;
        let uid = hex(uid);
        if self.told.as_ref() == Some(&uid) {
            // It has flickered.
            return None;
        }
        let age = elapsed.saturating_sub(card.first_seen);
        self.told = Some(uid.clone());
        Some(Line::Tile { uid, age_us: u64::try_from(age.as_micros()).ok(), ndef })
    }

    /// Whether the card there has kept silent for so long that nothing is to be waited for.
    pub(super) fn is_mute(&self, elapsed: Duration) -> bool {
        self.card.as_ref().is_some_and(|card| card.ask.is_some() && elapsed >= card.first_seen + ANSWERS_WITHIN)
    }

    /// In how long something is due that the service will not say; none where nothing is.
    pub(super) fn due(&self, elapsed: Duration) -> Option<Duration> {
        let going = self.empty_since.filter(|_| self.told.is_some()).map(|since| since + GONE_AFTER);
        let asking = self.card.as_ref().and_then(|card| card.ask);
        going.or(asking).map(|at| at.saturating_sub(elapsed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &[u8] = &[0x04, 1, 2, 3, 4, 5, 6];
    const B: &[u8] = &[0x11, 0x22, 0x33, 0x44];

    /// When, in milliseconds; the number of the coming of a card that lies there; what it answers.
    type Looks<'a> = &'a [(u64, Option<u32>, Answer)];

    fn lines(looks: Looks) -> Vec<Line> {
        let mut slot = Slot::default();
        let mut lines = Vec::new();
        for (at, coming, answer) in looks {
            let at = Duration::from_millis(*at);
            lines.extend(slot.see(at, *coming));
            if let Some(coming) = slot.to_ask(at) {
                lines.extend(slot.hear(at + Duration::from_millis(10), coming, answer));
            }
        }
        lines
    }

    fn tile(uid: &[u8]) -> Line {
        Line::Tile { uid: hex(uid), age_us: Some(10_000), ndef: None }
    }

    fn of(uid: &[u8]) -> Answer {
        Answer::Uid(uid.to_vec(), None)
    }

    #[test]
    fn replies_and_what_they_say() {
        for (reply, answer) in [
            (&[0x04, 0xA1, 0xB2, 0xC3, 0x90, 0x00][..], of(&[0x04, 0xA1, 0xB2, 0xC3])),
            (&[0x90, 0x00], Answer::None),
            (&[0x6A, 0x81], Answer::None),
            (&[0x6D, 0x00], Answer::None),
            (&[0x63, 0x00], Answer::NotNow),
            (&[0x04, 0x63, 0x00], Answer::NotNow),
            (&[0x90], Answer::NotNow),
            (&[], Answer::NotNow),
        ] {
            assert_eq!(Answer::of_reply(reply), answer, "{reply:02X?}");
        }
    }

    #[test]
    fn looks_and_what_they_say() {
        let none = || Answer::NotNow;
        let cases: &[(&str, Looks, &[Line])] = &[
            ("an empty slot is said once", &[(0, None, none()), (500, None, none())], &[Line::Gone]),
            ("a card is asked once", &[(0, Some(1), of(A)), (500, Some(1), of(A))], &[tile(A)]),
            (
                "one that flickers is no second tap",
                &[(0, Some(1), of(A)), (500, None, none()), (700, Some(3), of(A)), (900, Some(3), of(A))],
                &[tile(A)],
            ),
            ("nor one that did between two looks", &[(0, Some(1), of(A)), (500, Some(3), of(A))], &[tile(A)]),
            ("another between two looks is a tap", &[(0, Some(1), of(A)), (500, Some(3), of(B))], &[tile(A), tile(B)]),
            (
                "and so is the first one after it",
                &[(0, Some(1), of(A)), (500, Some(3), of(B)), (900, Some(5), of(A))],
                &[tile(A), tile(B), tile(A)],
            ),
            (
                "gone is said in time",
                &[(0, Some(1), of(A)), (500, None, none()), (749, None, none()), (750, None, none())],
                &[tile(A), Line::Gone],
            ),
            (
                "and before a card that came late",
                &[(0, Some(1), of(A)), (500, None, none()), (900, Some(3), of(A))],
                &[tile(A), Line::Gone, tile(A)],
            ),
            (
                "a card without a UID is said once",
                &[(0, Some(1), Answer::None), (500, Some(1), Answer::None), (600, None, none()), (900, None, none())],
                &[tile(&[]), Line::Gone],
            ),
            (
                "one that answers late is read",
                &[(0, Some(1), none()), (50, Some(1), of(B)), (110, Some(1), of(A))],
                &[Line::Tile { uid: hex(A), age_us: Some(120_000), ndef: None }],
            ),
            (
                "one that never does is said once",
                &[(0, Some(1), none()), (500, Some(1), none()), (1000, Some(1), none()), (1500, Some(1), of(A))],
                &[Line::Tile { uid: String::new(), age_us: Some(1_010_000), ndef: None }],
            ),
            (
                "one that went before it answered was nothing",
                &[(0, Some(1), none()), (90, None, none()), (900, None, none())],
                &[Line::Gone],
            ),
        ];
        for (name, looks, expected) in cases {
            assert_eq!(&lines(looks), expected, "{name}");
        }
    }

    #[test]
    fn what_is_due_is_waited_for_and_nothing_else() {
        let at = Duration::from_millis;
        let mut slot = Slot::default();
        slot.see(at(0), None);
        assert_eq!(slot.due(at(0)), None, "an empty slot");
        slot.see(at(100), Some(1));
        assert_eq!(slot.due(at(100)), Some(at(0)), "a card to be asked");
        slot.hear(at(110), 1, &Answer::NotNow);
        assert_eq!((slot.due(at(110)), slot.to_ask(at(200))), (Some(at(100)), None), "one to be asked again");
        assert!(!slot.is_mute(at(3_099)) && slot.is_mute(at(3_100)));
        slot.hear(at(210), 1, &of(A));
        assert_eq!((slot.due(at(300)), slot.is_mute(at(9_000))), (None, false), "one that has told");
        assert_eq!(slot.hear(at(310), 7, &of(B)), None, "an answer of a card that is gone");
        slot.see(at(400), None);
        assert_eq!(slot.due(at(500)), Some(at(150)), "a card that went");
    }
}
