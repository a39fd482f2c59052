//! What the service says of the location that the kiosk serves, and whether it is open now.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Local, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use tapdesk_core::checkin::Trouble;
use tapdesk_core::hours::{Opening, OpeningHours};
use tokio::time::Instant;

use crate::controller::Handle;
use crate::screen::{Closed, Location, News};
use crate::service::StartError;
use crate::settings::Settings;
use crate::spaces::desk::Spaces;

/// Between two attempts to learn of the location.
const ASK_AGAIN: Duration = Duration::from_secs(15);
/// Between two looks whether the service says something else: hours change.
const ASK_ANEW: Duration = Duration::from_hours(24);
/// Between two looks at the clock.
const LOOK_AT_CLOCK: Duration = Duration::from_secs(15);

/// What the service says of the configured location; `Ok(None)` while it cannot be asked.
pub async fn location(spaces: &Spaces, settings: &Settings) -> Result<Option<Location>, StartError> {
    match spaces.location().await {
        Ok(business) => {
            let time_zone = spaces.time_zone(&business).await;
            Ok(Some(Location { name: business.name, time_zone, opening_hours: business.opening_hours }))
        }
        Err(Trouble::NotFound) => {
            // A gateway's 404 would look the same: the list must say so too.
            let Ok(seen) = spaces.locations().await else { return Ok(None) };
            if seen.iter().any(|business| business.id == settings.spaces.business_id) {
                return Ok(None);
            }
            let seen = seen.iter().map(|business| format!("{} ({})", business.id, business.name)).collect::<Vec<_>>();
            let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(", ") };
            Err(StartError::WrongLocation { wanted: settings.spaces.business_id.0, seen })
        }
        Err(trouble) => {
            tracing::warn!(trouble = %trouble.sentence(), "the location could not be read");
            Ok(None)
        }
    }
}

/// Learns of the location and tells the screen; then says when it closes and when quiet hours begin, where that is shown.
pub(crate) async fn follow(spaces: Arc<Spaces>, settings: Settings, handle: Handle) {
    let (closed_screen, quiet_hours) = (settings.kiosk.closed_screen, settings.kiosk.quiet_hours.clone());
    let screen_off = settings.kiosk.screen_off;
    let (mut clock, mut hours) = (Clock::of(None), None);
    let mut ask_at = Instant::now();
    let (mut told_closed, mut told_quiet, mut told_off) = (None, false, false);
    loop {
        if Instant::now() >= ask_at {
            match location(&spaces, &settings).await {
                Ok(Some(location)) => {
                    clock = Clock::of(location.time_zone.as_deref());
                    hours = location.opening_hours.filter(|_| closed_screen);
                    handle.location(location);
                    ask_at = Instant::now() + ASK_ANEW;
                    if !closed_screen && quiet_hours.is_none() && screen_off.is_none() {
                        return;
                    }
                }
                Ok(None) => ask_at = Instant::now() + ASK_AGAIN,
                Err(error) => {
                    handle.fail(error);
                    return;
                }
            }
        }
        let local = clock.local(Utc::now());
        let closed = hours.and_then(|hours| closed(hours, local, clock));
        if closed != told_closed {
            handle.news(News::Closed(closed.clone()));
            told_closed = closed;
        }
        let quiet = quiet_hours.as_ref().is_some_and(|hours| hours.hold_at(local.time()));
        if quiet != told_quiet {
            handle.news(News::Quiet(quiet));
            told_quiet = quiet;
        }
        let off = screen_off.is_some_and(|hours| hours.hold_at(local.time()));
        if off != told_off {
            handle.news(News::ScreenOff(off));
            told_off = off;
        }
        // Again and again rather than at the next change: the clock may be set meanwhile.
        tokio::time::sleep(LOOK_AT_CLOCK).await;
    }
}

fn closed(hours: OpeningHours, local: NaiveDateTime, clock: Clock) -> Option<Closed> {
    match hours.at(local) {
        Opening::Open => None,
        Opening::Closed { opens } => Some(Closed { opens: opens.map(|opens| clock.utc(opens)) }),
    }
}

/// The location's own clock: by its zone, else by this machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock(Option<Tz>);

impl Clock {
    /// The clock of this IANA zone; this machine's for none, or for one that nobody here knows.
    pub fn of(zone: Option<&str>) -> Self {
        let known = zone.and_then(|zone| zone.parse().ok());
        if let Some(zone) = zone.filter(|_| known.is_none()) {
            tracing::warn!(zone, "is no time zone known here: this machine's own is used");
        }
        Self(known)
    }

    /// What it shows at this instant.
    pub fn local(self, instant: DateTime<Utc>) -> NaiveDateTime {
        match self.0 {
            Some(zone) => instant.with_timezone(&zone).naive_local(),
            None => instant.with_timezone(&Local).naive_local(),
        }
    }

    /// When it shows this: the first time where it does twice, an hour later where it never does.
    pub fn utc(self, local: NaiveDateTime) -> DateTime<Utc> {
        let at = |local: &NaiveDateTime| match self.0 {
            Some(zone) => zone.from_local_datetime(local).earliest().map(|at| at.to_utc()),
            None => Local.from_local_datetime(local).earliest().map(|at| at.to_utc()),
        };
        at(&local).or_else(|| at(&(local + TimeDelta::hours(1)))).unwrap_or_else(|| local.and_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locations_clock_through_the_change_of_the_clocks() {
        let london = Clock::of(Some("Europe/London"));
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let local = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let cases = [
            ("winter", "2026-01-15T08:00:00Z", "2026-01-15T08:00:00"),
            ("summer", "2026-07-15T07:00:00Z", "2026-07-15T08:00:00"),
            ("before the spring change", "2026-03-29T00:59:00Z", "2026-03-29T00:59:00"),
            ("after it", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00"),
            ("the first of two", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00"),
        ];
        for (case, utc, shown) in cases {
            assert_eq!(london.local(instant(utc)), local(shown), "{case}");
            assert_eq!(london.utc(local(shown)), instant(utc), "{case}");
        }
        assert_eq!(london.utc(local("2026-03-29T01:30:00")), instant("2026-03-29T01:30:00Z"), "a time that never was");
        assert_eq!(Clock::of(Some("Nowhere/Else")), Clock::of(None));
    }
}
