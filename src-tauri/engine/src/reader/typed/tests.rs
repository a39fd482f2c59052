//! Streams of events as a device gives them, through the parser that the product reads devices with.

use proptest::prelude::*;

use super::*;

/// What the machine's clock says when the parser's says nothing: 2026.
const EPOCH: Duration = Duration::from_secs(1_790_000_000);
const ENTER: u16 = 28;
const SHIFT: u16 = 42;
const CONTROL: u16 = 29;

/// The bytes of an event at this many milliseconds.
fn event(at: u64, kind: u16, code: u16, value: i32) -> Vec<u8> {
    let at = EPOCH + Duration::from_millis(at);
    let word = |number: u64| usize::try_from(number).unwrap().to_ne_bytes();
    [&word(at.as_secs())[..], &word(u64::from(at.subsec_micros())), &kind.to_ne_bytes(), &code.to_ne_bytes()]
        .concat()
        .into_iter()
        .chain(value.to_ne_bytes())
        .collect()
}

fn report(at: u64) -> Vec<u8> {
    event(at, SYN, 0, 0)
}

/// A key's way down or up, as a USB keyboard reports it: with its scan code before.
fn moved(at: u64, code: u16, value: i32) -> Vec<u8> {
    [event(at, 4, 4, 0x7_0000), event(at, KEY, code, value), report(at)].concat()
}

fn stroke(at: u64, code: u16) -> Vec<u8> {
    [moved(at, code, 1), moved(at + 1, code, 0)].concat()
}

/// The key of a character, and whether with shift.
fn key_of(wanted: char) -> (u16, bool) {
    let found = (0..128).find_map(|code| match character(code, false) {
        Some(plain) if plain == wanted => Some((code, false)),
        _ => (character(code, true) == Some(wanted)).then_some((code, true)),
    });
    found.unwrap()
}

/// A text from this moment on, a key every so many milliseconds.
fn typed(mut at: u64, every: u64, text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for character in text.chars() {
        let (code, shift) = if character == '\n' { (ENTER, false) } else { key_of(character) };
        if shift {
            bytes.extend(moved(at, SHIFT, 1));
        }
        bytes.extend(stroke(at, code));
        if shift {
            bytes.extend(moved(at + 1, SHIFT, 0));
        }
        at += every;
    }
    bytes
}

/// When an event was.
fn moment(event: &[u8]) -> Duration {
    Event::of(event).at.saturating_sub(EPOCH)
}

/// When the last event of a stream was.
fn end(bytes: &[u8]) -> Duration {
    bytes.chunks_exact(EVENT).next_back().map_or(Duration::ZERO, moment)
}

/// What is understood of a stream that is read as the device is: each time that something is there, and after a rest.
fn understood(bytes: &[u8]) -> Vec<String> {
    let mut typing = Typing::starting(Duration::ZERO, std::iter::empty(), false);
    let mut texts = Vec::new();
    for event in bytes.chunks_exact(EVENT) {
        let now = moment(event);
        if let Some(due) = typing.due().filter(|due| *due <= now) {
            texts.extend(typing.rest(due));
        }
        let taken = typing.take(event, now, EPOCH + now);
        texts.extend(taken.texts);
        if taken.missed {
            typing.resume(now, std::iter::empty());
        }
    }
    texts.extend(typing.rest(end(bytes) + PAUSE));
    texts.into_iter().map(|text| text.text).collect()
}

/// The same stream, read at once.
fn understood_at_once(bytes: &[u8]) -> Vec<String> {
    let mut typing = Typing::starting(Duration::ZERO, std::iter::empty(), false);
    let now = end(bytes);
    let mut texts = typing.take(bytes, now, EPOCH + now).texts;
    texts.extend(typing.rest(now + PAUSE));
    texts.into_iter().map(|text| text.text).collect()
}

#[test]
fn streams_and_what_they_type() {
    let keypad: Vec<u8> = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73, 96]
        .iter()
        .zip(0..)
        .flat_map(|(key, at)| stroke(at * 16, *key))
        .collect();
    let held = [moved(0, 2, 1), moved(100, 2, 2), moved(130, 2, 2), moved(160, 2, 0), typed(200, 16, "23\n")].concat();
    let caps = [stroke(0, 58), typed(10, 16, "04ab\n".to_uppercase().as_str()), stroke(200, 58)].concat();
    let cases: &[(&str, Vec<u8>, &[&str])] = &[
        ("a line", typed(0, 16, "0013110988\n"), &["0013110988"]),
        ("a very quick one", typed(0, 4, "0013110988\n"), &["0013110988"]),
        ("with letters", typed(0, 16, "04A1B2C3D4E5F6\n"), &["04A1B2C3D4E5F6"]),
        ("with Caps Lock", caps, &["04AB"]),
        ("with separators", typed(0, 16, "123,45678\n"), &["123,45678"]),
        ("with what needs shift", typed(0, 16, "04:A1:B2_C3\n"), &["04:A1:B2_C3"]),
        ("on the keypad", keypad, &["0123456789"]),
        ("ended by Tab", [typed(0, 16, "12345678"), stroke(200, 15)].concat(), &["12345678"]),
        ("ended by a pause", typed(0, 16, "12345678"), &["12345678"]),
        (
            "ended by a pause, then another",
            [typed(0, 16, "12345678"), typed(900, 16, "87654321")].concat(),
            &["12345678", "87654321"],
        ),
        ("ended by a pause, Enter late", [typed(0, 16, "12345678"), typed(600, 16, "\n")].concat(), &["12345678"]),
        ("a few keys and a pause are no text", typed(0, 16, "12345"), &[]),
        ("slow keys and a pause are no text", typed(0, 150, "12345678"), &[]),
        ("slow keys and Enter are", typed(0, 150, "12345678\n"), &["12345678"]),
        ("the end of a slow line is no line", [typed(0, 150, "1234"), typed(1000, 150, "5678\n")].concat(), &[]),
        ("Enter alone", typed(0, 16, "\n\n \n"), &[]),
        ("Enter twice", typed(0, 16, "12345678\n\n"), &["12345678"]),
        ("a key held until it repeats", held, &["123"]),
        (
            "a tile that is typed again while it lies there",
            [typed(0, 16, "12345678\n"), typed(1000, 16, "12345678\n"), typed(2000, 16, "12345678\n")].concat(),
            &["12345678"],
        ),
        (
            "a tile that comes again",
            [typed(0, 16, "12345678\n"), typed(2000, 16, "12345678\n")].concat(),
            &["12345678", "12345678"],
        ),
        (
            "another tile at once",
            [typed(0, 16, "12345678\n"), typed(200, 16, "87654321\n")].concat(),
            &["12345678", "87654321"],
        ),
        (
            "a key before the text that types nothing",
            [stroke(0, 59), typed(20, 16, "12345678\n")].concat(),
            &["12345678"],
        ),
        (
            "a key in its midst that types nothing",
            [typed(0, 16, "1234"), stroke(70, 14), typed(90, 16, "5678\n")].concat(),
            &[],
        ),
        (
            "a combination in its midst",
            [
                typed(0, 16, "1234"),
                moved(70, CONTROL, 1),
                stroke(80, 46),
                moved(90, CONTROL, 0),
                typed(100, 16, "5678\n"),
            ]
            .concat(),
            &[],
        ),
        (
            "what follows garbage",
            [typed(0, 16, "1234"), stroke(70, 1), typed(90, 16, "5678\n"), typed(400, 16, "87654321\n")].concat(),
            &["87654321"],
        ),
        (
            "what follows garbage without an end, soon",
            [typed(0, 16, "12"), stroke(70, 1), typed(500, 16, "87654321")].concat(),
            &[],
        ),
        (
            "what follows garbage without an end, later",
            [typed(0, 16, "12"), stroke(70, 1), typed(1200, 16, "87654321")].concat(),
            &["87654321"],
        ),
        ("too long", typed(0, 8, &format!("{}\n", "1".repeat(LONGEST + 1))), &[]),
        ("as long as may be", typed(0, 8, &format!("{}\n", "1".repeat(LONGEST))), &[&"1".repeat(LONGEST)]),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(&understood(bytes), expected, "{name}");
        assert_eq!(&understood_at_once(bytes), expected, "{name}, read at once");
    }
}

#[test]
fn what_was_missed_spoils_its_line_and_no_other() {
    let missed = |before: &str, after: &str| {
        [typed(0, 16, before), event(90, SYN, SYN_DROPPED, 0), report(90), typed(100, 16, after)].concat()
    };
    assert_eq!(understood(&missed("1234", "5678\n")), [] as [String; 0]);
    assert_eq!(understood(&missed("1234", "5678\n87654321\n")), ["87654321"]);
    assert_eq!(understood(&missed("", "12345678")), [] as [String; 0], "its beginning may be missing");
    // The end of a line was missed too: after a rest all is well again.
    let later = [missed("1234", "5678"), typed(1300, 16, "87654321\n")].concat();
    assert_eq!(understood(&later), ["87654321"]);
    // A modifier that went up unseen is up; what the device says counts.
    let mut typing = Typing::starting(Duration::ZERO, std::iter::empty(), false);
    let now = Duration::from_millis(10);
    let down = [moved(0, CONTROL, 1), event(5, SYN, SYN_DROPPED, 0)].concat();
    assert!(typing.take(&down, now, EPOCH + now).missed);
    typing.resume(now, std::iter::empty());
    let line = typed(2000, 16, "12345678\n");
    let now = end(&line);
    assert_eq!(typing.take(&line, now, EPOCH + now).texts.len(), 1);
}

#[test]
fn a_line_that_began_before_is_not_read_from_its_middle() {
    let mut typing = Typing::starting(Duration::ZERO, std::iter::empty(), true);
    let bytes = [typed(10, 16, "5678\n"), typed(200, 16, "12345678\n")].concat();
    let now = end(&bytes);
    let texts = typing.take(&bytes, now, EPOCH + now).texts;
    assert_eq!(texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), ["12345678"]);
}

#[test]
fn keys_held_from_before_count() {
    for (held, expected) in [(SHIFT, Some("$%^&")), (CONTROL, None), (30, Some("4567"))] {
        let mut typing = Typing::starting(Duration::ZERO, std::iter::once(held), false);
        let bytes = [typed(10, 16, "4567\n"), moved(200, held, 0), typed(300, 16, "12345678\n")].concat();
        let now = end(&bytes);
        let texts = typing.take(&bytes, now, EPOCH + now).texts;
        let texts: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
        assert_eq!(texts, expected.into_iter().chain(["12345678"]).collect::<Vec<_>>(), "{held}");
    }
}

#[test]
fn a_clock_that_is_set_tears_no_text_apart() {
    let line = typed(0, 16, "12345678\n");
    for step in [-7200_i64, 7200] {
        let mut typing = Typing::starting(Duration::ZERO, std::iter::empty(), false);
        let mut texts = Vec::new();
        for (index, event) in line.chunks_exact(EVENT).enumerate() {
            let now = moment(event);
            // Set between this event and the look at it, for one of them.
            let wall = EPOCH + now;
            let wall = if index == 20 { Duration::from_secs(wall.as_secs().strict_add_signed(step)) } else { wall };
            texts.extend(typing.take(event, now, wall).texts);
        }
        assert_eq!(texts.len(), 1, "{step}");
        assert_eq!(texts[0].text, "12345678");
    }
}

#[test]
fn when_a_text_began_is_told() {
    let mut typing = Typing::starting(Duration::ZERO, std::iter::empty(), false);
    let line = typed(500, 16, "12345678\n");
    let now = end(&line);
    let texts = typing.take(&line, now, EPOCH + now).texts;
    assert_eq!(texts[0].began, Duration::from_millis(500));
    assert_eq!(typing.due(), None);
}

proptest! {
    /// Whatever a reader types as one line is read as it stands.
    #[test]
    fn lines_are_read_as_typed(text in "[0-9A-Z,:;/._-]{1,64}", every in 2_u64..120) {
        prop_assert_eq!(understood(&typed(0, every, &format!("{text}\n"))), [text]);
    }

    /// Nothing that a device gives makes it fail, or type what cannot be a tile's number.
    #[test]
    fn any_bytes_do(bytes in proptest::collection::vec(any::<u8>(), 0..1000), now in 0_u64..100_000) {
        let mut typing = Typing::starting(Duration::ZERO, std::iter::empty(), false);
        let now = Duration::from_millis(now);
        let mut texts = typing.take(&bytes, now, EPOCH + now).texts;
        texts.extend(typing.rest(now + PAUSE));
        for text in texts {
            prop_assert!((1..=LONGEST).contains(&text.text.len()));
            prop_assert!(text.text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '));
        }
    }

    /// A number whose keys were partly missed is never read as a part of it.
    #[test]
    fn no_part_of_a_number_is_a_number(text in "[0-9]{8,20}", missing in 0_usize..19, every in 2_u64..50) {
        let missing = missing % text.len();
        let keys = typed(0, every, &format!("{text}\n"));
        let stroke = keys.len() / (text.len() + 1);
        let (before, after) = (&keys[..missing * stroke], &keys[(missing + 1) * stroke..]);
        let at = u64::try_from(missing).unwrap() * every;
        let gap = [event(at, SYN, SYN_DROPPED, 0), report(at)].concat();
        prop_assert_eq!(understood(&[before, &gap, after].concat()), [] as [String; 0]);
    }

    /// Any keys, in any order and at any speed.
    #[test]
    fn any_keys_do(keys in proptest::collection::vec((0_u64..400, 0_u16..256, 0_i32..3), 0..200)) {
        let mut at = 0;
        let mut bytes = Vec::new();
        for (pause, code, value) in keys {
            at += pause;
            bytes.extend(moved(at, code, value));
        }
        for text in understood(&bytes) {
            prop_assert!((1..=LONGEST).contains(&text.len()));
        }
    }
}
