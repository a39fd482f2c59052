//! The budget of calls, against a service that counts.

use std::sync::Arc;

use chrono::Utc;
use tapdesk_core::checkin::{Attempt, Trouble, WriteAnswer};
use tapdesk_core::entry::Source;
use tapdesk_core::ids::CheckinId;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_engine::spaces::records::checkin::Checkin;
use tapdesk_tests::kiosk::station::OPEN_BUDGET;
use tapdesk_tests::spaces::{Fault, FaultKind, Options, Switches, ThrottleLimits};

use crate::{ANA, Desk};

/// The kiosk's defaults are the published figures of the service.
#[test]
fn a_kiosk_asks_for_no_more_than_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tapdesk.toml");
    std::fs::write(&file, "[spaces]\nbusiness_id = 9").unwrap();
    let (kiosk, service) = (Settings::read(Some(&file)).unwrap().budget(), ThrottleLimits::default());
    assert_eq!(u64::try_from(kiosk.spacing.as_millis()).ok(), service.spacing_milliseconds);
    assert_eq!(usize::try_from(kiosk.per_minute.get()).ok(), service.per_minute);
    assert_eq!(usize::try_from(kiosk.writes_per_minute.get()).ok(), service.writes_per_minute);
}

/// The service counts by its published figures. The kiosk keeps a wider distance than it must: on a loaded machine calls
/// arrive closer together than they left, and that is not what this is about.
#[tokio::test]
async fn a_rush_is_paced_so_that_the_service_throttles_nobody() {
    let switches = Switches { throttle: true, ..Switches::default() };
    let desk = Desk::open_with(Options { switches, ..Options::default() }, "call_spacing_ms = 400").await;
    let together: Vec<_> = (0..25)
        .map(|_| {
            let spaces = Arc::clone(&desk.spaces);
            tokio::spawn(async move { spaces.client(Priority::Background).get::<Checkin>(CheckinId(1)).await })
        })
        .collect();
    for call in together {
        assert_eq!(call.await.unwrap(), Err(Trouble::NotFound));
    }
    let throttled = desk.state().requests().iter().filter(|request| request.status == Some(409)).count();
    assert_eq!(throttled, 0);
}

/// By the call itself, and by another that begins when the first is known to be throttled.
#[tokio::test]
async fn retry_after_is_obeyed_by_everybody() {
    for (seconds, own) in [(1, Err(Trouble::NotFound)), (5, Err(Trouble::Throttled))] {
        let desk = Desk::open_with(Options::default(), OPEN_BUDGET).await;
        let fault = FaultKind::Throttle { status: Some(429), retry_after_seconds: Some(seconds) };
        desk.state().inject(Fault::new(fault).on("GET", "*checkins/1"));
        assert_eq!(desk.client().get::<Checkin>(CheckinId(1)).await, own);
        let other = desk.spaces.client(Priority::Background).get::<Checkin>(CheckinId(2)).await;
        assert_eq!(other, Err(Trouble::NotFound));
        let requests = desk.state().requests();
        let refused_at = requests.iter().find(|request| request.status == Some(429)).unwrap().at;
        for later in requests.iter().filter(|request| request.at > refused_at) {
            let after = (later.at - refused_at).num_milliseconds();
            assert!(after >= i64::try_from(seconds).unwrap() * 1000 - 50, "{} after {after} ms", later.path);
        }
    }
}

/// A wait that nobody at a kiosk can be asked for is said at once, and nothing is sent meanwhile.
#[tokio::test]
async fn a_long_wait_is_said_to_whoever_waits() {
    let desk = Desk::open_with(Options::default(), OPEN_BUDGET).await;
    let fault = FaultKind::Throttle { status: None, retry_after_seconds: Some(60) };
    desk.state().inject(Fault::new(fault).on("GET", "*checkins/1"));
    assert_eq!(desk.client().get::<Checkin>(CheckinId(1)).await, Err(Trouble::Throttled));
    let before = desk.state().requests().len();
    let attempt = Attempt::Open { coworker: ANA, from: Utc::now() };
    let answer = desk.spaces.write(&attempt, Source::Tile, false, Priority::Urgent).await;
    assert_eq!(answer, WriteAnswer::NotDone(Trouble::Throttled));
    assert_eq!(desk.state().requests().len(), before);
    assert!(desk.state().checkins(ANA.0).is_empty(), "nothing was sent");
}
