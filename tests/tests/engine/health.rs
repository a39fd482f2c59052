//! How the kiosk is, with the real loop: what happened, how long it took, and what the staff desk says of it.

use tapdesk_core::effect::Stage;
use tapdesk_engine::recorder::Recorder;
use tapdesk_engine::staff_desk::StaffDesk;
use tapdesk_engine::staff_desk::view::LinkKind;
use tapdesk_engine::staff_desk::view::health::{
    Happening, Health, HealthCheck, HealthKind, HealthState, Latency, LatencyPart,
};
use tapdesk_tests::spaces::{Fault, FaultKind};

use super::screens::{ANAS_TILE, Running, present};
use super::{Bench, DEADLINE};

/// How long the service keeps a tap waiting.
const SLOW_MS: u64 = 700;

fn part(recorder: &Recorder, part: LatencyPart) -> Latency {
    let found = recorder.latencies().into_iter().find(|latency| latency.part == part);
    found.unwrap_or_else(|| panic!("{part:?} was not measured"))
}

fn check(health: &Health, what: HealthKind) -> &HealthCheck {
    health.checks.iter().find(|check| check.what == what).expect("each is looked at")
}

/// Guard: `Controller::call`, and the reader's `age_us`.
#[tokio::test]
async fn a_taps_time_is_told_apart() {
    let (bench, _) = Bench::signed_in().await;
    let mut desk = Running::start(&bench, false).await;
    let ana = present(&bench, ANAS_TILE);
    desk.verdict().await;
    let recorder = desk.rooms.recorder.clone();
    let [reader, engine, service, whole] =
        [LatencyPart::Reader, LatencyPart::Engine, LatencyPart::Service, LatencyPart::Whole]
            .map(|of| part(&recorder, of));
    for measured in [reader, engine, service, whole] {
        assert_eq!(measured.count, 1, "{measured:?}");
        assert!(measured.p50_us > 0 && measured.p50_us == measured.max_us, "{measured:?}");
    }
    let parts = reader.max_us + engine.max_us + service.max_us;
    assert!(whole.max_us.abs_diff(parts) <= 3, "{whole:?} is not the sum of its parts, {parts}");
    bench.station.reader.remove_presence(ana);
    desk.stage(|stage| *stage == Stage::Idle).await;

    let slow = FaultKind::Delay { milliseconds: SLOW_MS };
    bench.station.spaces.state().inject(Fault::new(slow).on("PUT", "*checkins"));
    present(&bench, ANAS_TILE);
    assert_eq!(desk.verdict().await.verdict.kind(), "checked_out");
    let (slower, engine) = (part(&recorder, LatencyPart::Service), part(&recorder, LatencyPart::Engine));
    assert!(slower.max_us >= SLOW_MS * 1_000, "{slower:?}");
    assert!(engine.max_us < SLOW_MS * 1_000, "{engine:?} has the service's time in it");
    assert!(part(&recorder, LatencyPart::Whole).max_us >= slower.max_us);
    assert!(recorder.latencies().iter().all(|latency| latency.part != LatencyPart::Paint), "nothing was painted");
    desk.stop().await;
}

#[tokio::test]
async fn what_the_page_painted_ends_the_tap() {
    let (bench, _) = Bench::signed_in().await;
    let mut desk = Running::start(&bench, true).await;
    present(&bench, ANAS_TILE);
    let shown = desk.verdict().await;
    desk.stage(|stage| matches!(stage, Stage::Verdict(other) if other.entry == shown.entry)).await;
    let recorder = desk.rooms.recorder.clone();
    let measured = |of| recorder.latencies().into_iter().any(|latency| latency.part == of);
    recorder.painted(shown.entry, "refused");
    assert!(!measured(LatencyPart::Whole) && !measured(LatencyPart::Paint));
    for _ in 0..2 {
        recorder.painted(shown.entry, shown.verdict.kind());
    }
    let (paint, whole) = (part(&recorder, LatencyPart::Paint), part(&recorder, LatencyPart::Whole));
    assert_eq!((paint.count, whole.count), (1, 1), "once for each tap");
    assert!(whole.max_us >= paint.max_us + part(&recorder, LatencyPart::Service).max_us);
    desk.stop().await;
}

/// Guard: the loop feeds the recorder with all that it tells a screen.
#[tokio::test]
async fn a_kiosk_that_is_well_says_so_and_what_happened_names_nobody() {
    let (bench, _) = Bench::signed_in().await;
    let mut desk = Running::start(&bench, false).await;
    let mut changes = desk.rooms.recorder.changes();
    let location = changes.wait_for(|_| desk.rooms.recorder.current().location.is_some());
    tokio::time::timeout(DEADLINE, location).await.expect("the location in time").unwrap();
    present(&bench, ANAS_TILE);
    let shown = desk.verdict().await;
    let staff = StaffDesk::open(desk.rooms.clone());

    let health = staff.health().await;
    for what in [HealthKind::Reader, HealthKind::Link, HealthKind::SignIn, HealthKind::Clock, HealthKind::Queue] {
        assert_eq!(check(&health, what).state, HealthState::Good, "{what:?}: {:?}", health.checks);
    }
    let sign_in = check(&health, HealthKind::SignIn);
    assert!(sign_in.figure >= Some(8) && sign_in.moment > Some(health.at), "{sign_in:?}");
    assert!(check(&health, HealthKind::Link).moment.is_some());
    let versions: Vec<&str> = health.versions.iter().map(|version| version.name.as_str()).collect();
    assert_eq!(versions, ["Tapdesk", "libnfc", "SQLite", "SQLCipher"]);
    assert!(health.versions.iter().all(|version| version.version.starts_with(|digit: char| digit.is_ascii_digit())));
    let (used, of) = desk.rooms.spaces.http().budget_used();
    let calls = bench.station.spaces.state().requests().len();
    assert!(used > 0 && usize::try_from(used).unwrap() <= calls && of > used, "{used} of {of}, {calls} arrived");

    let frame = staff.frame();
    assert_eq!((frame.location.as_deref(), frame.time_zone.as_deref()), (Some("Quay House"), Some("Europe/London")));
    assert_eq!((frame.link, frame.told.map(|told| told.entry)), (LinkKind::Online, Some(shown.entry.to_string())));
    let events = staff.events(None);
    let is_told =
        |what: &Happening| matches!(what, Happening::Verdict { entry, .. } if *entry == shown.entry.to_string());
    assert!(events.iter().any(|event| is_told(&event.what)), "{events:?}");
    let text = serde_json::to_string(&events).unwrap();
    for secret in [ANAS_TILE, "A1B2C3", "Ana", "Prieto"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }

    // What is found of failures is told as a change of the frame.
    let mut changes = staff.changes();
    let (revision, failures) = (staff.frame().revision, staff.frame().failures);
    staff.note_failures_changed();
    let told = changes.wait_for(|told| *told > revision && staff.frame().failures > failures);
    tokio::time::timeout(DEADLINE, told).await.expect("told in time").unwrap();
    drop(staff);
    desk.stop().await;
}
