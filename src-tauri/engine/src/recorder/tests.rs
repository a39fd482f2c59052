//! What the recorder keeps, from a real desk's notices; and what it never does.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use tapdesk_core::checkin::{Trouble, WriteAnswer};
use tapdesk_core::desk::Desk;
use tapdesk_core::effect::Effect;
use tapdesk_core::ids::{CheckinId, CoworkerId};
use tapdesk_core::member::{Identification, Member};
use tapdesk_core::now::Now;
use tapdesk_core::policy::Policy;
use tapdesk_core::reader::ReaderPlace;
use tapdesk_core::tile::TileReading;

use super::*;
use crate::staff_desk::view::LinkKind;

const READER: ReaderPlace = ReaderPlace(0);
const UID: &str = "04A1B2C3D4E5F6";
const PIN: &str = "482913";

/// A real desk, whose notices go to a recorder; the world around it agrees to everything.
struct Bench {
    desk: Desk,
    recorder: Arc<Recorder>,
    now: Now,
}

impl Bench {
    fn new() -> Self {
        let now = Now { utc: Utc::now(), elapsed: Duration::ZERO };
        let policy = Policy { repeat_window: Duration::ZERO, ..Policy::default() };
        let (desk, recorder) = (Desk::new(policy, now), Recorder::new());
        recorder.begin(false);
        Self { desk, recorder, now }
    }

    fn feed(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            self.now.elapsed += Duration::from_millis(1);
            self.recorder.event(&event);
            for effect in self.desk.handle(self.now, event) {
                match effect {
                    Effect::Tell(notice) => self.recorder.notice(&notice),
                    Effect::Stage(stage) => self.recorder.stage(&stage),
                    other => events.extend(answer(other)),
                }
            }
        }
    }

    fn tap(&mut self, entry: u128, uid: &str) {
        self.feed(Event::Tile {
            entry: EntryId(entry),
            reader: READER,
            wanted: None,
            reading: TileReading::of_hex(uid),
            is_place: false,
        });
    }
}

fn answer(effect: Effect) -> Option<Event> {
    Some(match effect {
        Effect::Record { entry, sequence } => Event::Recorded { entry: entry.id, sequence, result: Ok(()) },
        Effect::Identify { entry, .. } | Effect::ReadMember { entry, .. } => {
            Event::Identified { entry, who: Identification::One(ana()) }
        }
        Effect::StorePinTries { entry, .. } => Event::PinTriesStored { entry, result: Ok(()) },
        Effect::ReadRecords { entry, .. } => Event::Records { entry, answer: Ok(Vec::new()) },
        Effect::Write { entry, .. } => {
            Event::Written { entry, answer: WriteAnswer::Done { checkin: Some(CheckinId(7)) } }
        }
        _ => return None,
    })
}

fn ana() -> Member {
    let (full_name, called) = ("Ana Prieto".to_owned(), Some("Anita".to_owned()));
    Member { id: CoworkerId(1001), full_name, called, active: true, archived: false }
}

fn kinds(recorder: &Recorder) -> Vec<String> {
    let json = serde_json::to_value(recorder.events(None)).unwrap();
    json.as_array().unwrap().iter().rev().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}

/// Guard: `happening::of_notice`, and what the core masks.
#[test]
fn what_happened_holds_no_name_no_pin_and_no_whole_uid() {
    let mut bench = Bench::new();
    bench.feed(Event::ReaderUp { reader: READER, name: "PN532".to_owned() });
    bench.feed(Event::Observed(Ok(())));
    bench.tap(1, UID);
    bench.feed(Event::TileGone { reader: READER });
    bench.feed(Event::PinEntered { entry: EntryId(2), who: Identification::One(ana()) });
    bench.feed(Event::PinEntered { entry: EntryId(3), who: Identification::Nobody });
    bench.tap(4, "08123456");
    bench.feed(Event::ClockDiffers(Some(TimeDelta::seconds(-90))));
    bench.feed(Event::ReaderDown { reader: READER, why: format!("a poll broke off at {UID}") });
    let why = format!("kiosk@example.org was not let in with password={PIN}");
    bench.feed(Event::Observed(Err(Trouble::SignedOut(why))));
    let events = bench.recorder.events(None);
    let text = serde_json::to_string(&events).unwrap();
    for secret in [UID, "A1B2C3D4", "Ana", "Prieto", "Anita", PIN, "kiosk@example.org", "08123456"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let kinds = kinds(&bench.recorder);
    for kind in ["began", "reader", "link", "acknowledged", "verdict", "clock"] {
        assert!(kinds.iter().any(|other| other == kind), "{kind}: {kinds:?}");
    }
    assert!(text.contains("checked_in") && text.contains("1001") && text.contains("…E5F6"), "{text}");
    let numbers: Vec<u64> = events.iter().map(|event| event.number).collect();
    assert!(numbers.is_sorted_by(|newer, older| *newer == older + 1) && numbers.last() == Some(&1), "{numbers:?}");

    let current = bench.recorder.current();
    assert!(matches!(current.link, LinkState::SignedOut { .. }) && current.link_since.is_some());
    assert_eq!(current.clock_ahead, Some(TimeDelta::seconds(-90)));
    assert!(matches!(current.reader, ReaderState::Down { .. }));
    assert_eq!(current.told.map(|told| told.kind).as_deref(), Some("unusable_tile"));
}

#[test]
fn events_come_in_blocks_and_the_oldest_go() {
    let recorder = Recorder::new();
    let notice = |waiting| Notice::Queue(QueueState { waiting, needs_staff: 0, oldest: None });
    (0..KEPT + 300).for_each(|waiting| recorder.notice(&notice(waiting)));
    let mut walked = Vec::new();
    let mut before = None;
    loop {
        let block = recorder.events(before);
        let Some(last) = block.last() else { break };
        assert!(block.len() <= ANSWERED);
        before = Some(last.number);
        walked.extend(block.iter().map(|event| event.number));
    }
    assert_eq!(walked, (301..=5_300).rev().collect::<Vec<u64>>());
}

#[test]
fn another_desk_starts_afresh_and_what_happened_stays() {
    let recorder = Recorder::new();
    let mut changes = recorder.changes();
    changes.mark_unchanged();
    recorder.begin(false);
    recorder.notice(&Notice::Link(LinkState::Online));
    recorder.notice(&Notice::Queue(QueueState { waiting: 3, needs_staff: 1, oldest: None }));
    let location =
        Location { name: "Quay House".to_owned(), time_zone: Some("Europe/London".to_owned()), opening_hours: None };
    recorder.location(&location);
    let state = ConfigurationState::NotTaken { why: "a bad key".to_owned(), version: Some(3) };
    recorder.news(&News::Configuration(state.clone()));
    assert!(changes.has_changed().unwrap());
    assert_eq!(recorder.current().configuration, Some(state));
    let since = recorder.current().link_since;
    recorder.notice(&Notice::Link(LinkState::Online));
    assert_eq!(recorder.current().link_since, since, "still the same");

    recorder.begin(false);
    let current = recorder.current();
    assert_eq!((current.link, current.queue.waiting, current.configuration), (LinkState::Connecting, 0, None));
    assert_eq!(current.location, Some(location), "until the service says otherwise");
    assert_eq!(kinds(&recorder), ["began", "link", "queue", "configuration", "link", "began"]);
    let last = recorder.events(None).into_iter().find(|event| matches!(event.what, Happening::Link { .. })).unwrap();
    assert_eq!(last.what, Happening::Link { state: LinkKind::Online, detail: None });
}
