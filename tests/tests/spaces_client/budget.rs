//! The budget of calls, against a service that counts.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tapdesk_core::checkin::{Attempt, Trouble, WriteAnswer};
use tapdesk_core::ids::CheckinId;
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_engine::spaces::records::checkin::Checkin;
use tapdesk_tests::spaces::{Fault, FaultKind, Options, Switches};

use crate::{ANA, Desk, OPEN};

/// The service counts by its published figures, and the kiosk has its defaults.
#[tokio::test]
async fn a_rush_is_paced_so_that_the_service_throttles_nobody() {
    let switches = Switches { throttle: true, ..Switches::default() };
    assert_eq!(switches.throttle_limits.spacing_milliseconds, Some(100));
    let desk = Desk::open_with(Options { switches, ..Options::default() }, "").await;
    let together: Vec<_> = (0..25)
        .map(|_| {
            let spaces = Arc::clone(&desk.spaces);
            tokio::spawn(async move { spaces.client(Priority::Urgent).get::<Checkin>(CheckinId(1)).await })
        })
        .collect();
    for call in together {
        assert_eq!(call.await.unwrap(), Err(Trouble::NotFound));
    }
    let throttled = desk.state().requests().iter().filter(|request| request.status == Some(409)).count();
    assert_eq!(throttled, 0);
}

#[tokio::test]
async fn retry_after_is_obeyed_by_everybody() {
    let desk = Desk::open_with(Options::default(), OPEN).await;
    let fault = FaultKind::Throttle { status: Some(429), retry_after_seconds: Some(1) };
    desk.state().inject(Fault::new(fault).on("GET", "*checkins/1"));
    let first = desk.client().get::<Checkin>(CheckinId(1));
    let second = async {
        while desk.calls("GET", "/checkins/1") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        desk.spaces.client(Priority::Background).get::<Checkin>(CheckinId(2)).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!((first, second), (Err(Trouble::NotFound), Err(Trouble::NotFound)));
    let requests = desk.state().requests();
    let refused_at = requests.iter().find(|request| request.status == Some(429)).unwrap().at;
    for later in requests.iter().filter(|request| request.at > refused_at) {
        let after = (later.at - refused_at).num_milliseconds();
        assert!(after >= 950, "{} after {after} ms", later.path);
    }
}

/// A wait that nobody at a kiosk can be asked for is said at once, and nothing is sent meanwhile.
#[tokio::test]
async fn a_long_wait_is_said_to_whoever_waits() {
    let desk = Desk::open_with(Options::default(), OPEN).await;
    let fault = FaultKind::Throttle { status: None, retry_after_seconds: Some(60) };
    desk.state().inject(Fault::new(fault).on("GET", "*checkins/1"));
    assert_eq!(desk.client().get::<Checkin>(CheckinId(1)).await, Err(Trouble::Throttled));
    let before = desk.state().requests().len();
    let attempt = Attempt::Open { coworker: ANA, from: Utc::now() };
    let answer = desk.spaces.write(&attempt, false, Priority::Urgent).await;
    assert_eq!(answer, WriteAnswer::NotDone(Trouble::Throttled));
    assert_eq!(desk.state().requests().len(), before);
    assert!(desk.state().checkins(ANA.0).is_empty(), "nothing was sent");
}
