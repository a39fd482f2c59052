//! Spans of time by the location's clock: the instants between which they lie, whatever the clocks do in between.

use chrono::{
    DateTime, Datelike, Local, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;

use super::view::DeskProblem;
use super::view::failures::Span;

/// The days of a week and of a month, today included.
const WEEK: i64 = 7;
const MONTH: i64 = 30;
/// No clock skips more than a day (Samoa once did).
const LONGEST_GAP_MINUTES: i64 = 24 * 60;

/// The zone by which the location's clock goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// The location's own.
    Named(Tz),
    /// The machine's: the location's is not known.
    Machine,
}

impl From<Option<Tz>> for Zone {
    fn from(zone: Option<Tz>) -> Self {
        zone.map_or(Self::Machine, Self::Named)
    }
}

impl Zone {
    /// The wall clock at this instant.
    pub(super) fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Self::Named(zone) => at.with_timezone(&zone).naive_local(),
            Self::Machine => at.with_timezone(&Local).naive_local(),
        }
    }

    /// The wall clock with its distance from UTC, as `2026-11-22 09:15:00+01:00`.
    pub(super) fn written(self, at: DateTime<Utc>) -> String {
        const FORM: &str = "%Y-%m-%d %H:%M:%S%:z";
        match self {
            Self::Named(zone) => at.with_timezone(&zone).format(FORM).to_string(),
            Self::Machine => at.with_timezone(&Local).format(FORM).to_string(),
        }
    }

    fn instants(self, local: NaiveDateTime) -> MappedLocalTime<DateTime<Utc>> {
        match self {
            Self::Named(zone) => zone.from_local_datetime(&local).map(|at| at.with_timezone(&Utc)),
            Self::Machine => Local.from_local_datetime(&local).map(|at| at.with_timezone(&Utc)),
        }
    }

    /// The first instant that this minute shows, and the one after its last. A minute that the clock skips has none: then
    /// both are the instant of the skip.
    fn minute(self, local: NaiveDateTime) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let minute = TimeDelta::minutes(1);
        match self.instants(local) {
            MappedLocalTime::Single(at) => Some((at, at + minute)),
            MappedLocalTime::Ambiguous(one, other) => Some((one.min(other), one.max(other) + minute)),
            MappedLocalTime::None => {
                let mut later = (1..=LONGEST_GAP_MINUTES)
                    .filter_map(|minutes| local.checked_add_signed(TimeDelta::minutes(minutes)));
                let after = later.find_map(|local| self.instants(local).earliest())?;
                Some((after, after))
            }
        }
    }
}

/// A span by the wall clock: its first and its last minute; none for an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Minutes {
    /// The first.
    pub(super) from: Option<NaiveDateTime>,
    /// The last, which counts.
    pub(super) to: Option<NaiveDateTime>,
}

/// The instants of a span; the second bound does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bounds {
    /// The first instant.
    pub(super) from: Option<DateTime<Utc>>,
    /// The one after the last.
    pub(super) until: Option<DateTime<Utc>>,
}

impl Minutes {
    /// The minutes of a span when it is `now` by the same clock.
    pub(super) fn of(span: Span, now: NaiveDateTime) -> Result<Self, DeskProblem> {
        let minutes = match span {
            Span::Today => Self::days(now.date(), now.date()),
            Span::Week => Self::days(now.date() - TimeDelta::days(WEEK - 1), now.date()),
            Span::Month => Self::days(now.date() - TimeDelta::days(MONTH - 1), now.date()),
            Span::Days { from, to } => Self::days(from, to),
            Span::Between { from, to } => Self { from: from.and_then(whole), to: to.and_then(whole) },
        };
        let invalid = |detail: &str| Err(DeskProblem::Invalid { detail: detail.to_owned() });
        // What four digits cannot write, no filter can ask for.
        if [minutes.from, minutes.to].into_iter().flatten().any(|at| !(1..=9999).contains(&at.year())) {
            return invalid("a year lies between 1 and 9999");
        }
        match (minutes.from, minutes.to) {
            (Some(from), Some(to)) if to < from => invalid("the end of a span lies before its beginning"),
            _ => Ok(minutes),
        }
    }

    fn days(from: NaiveDate, to: NaiveDate) -> Self {
        let last_minute = NaiveTime::MIN - TimeDelta::minutes(1);
        Self { from: Some(from.and_time(NaiveTime::MIN)), to: Some(to.and_time(last_minute)) }
    }

    /// Whether this moment of the same clock lies in it.
    pub(super) fn hold(self, local: NaiveDateTime) -> bool {
        let minute = whole(local).unwrap_or(local);
        self.from.is_none_or(|from| from <= minute) && self.to.is_none_or(|to| minute <= to)
    }

    /// The instants between which it lies.
    pub(super) fn bounds(self, zone: Zone) -> Bounds {
        Bounds {
            from: self.from.and_then(|from| zone.minute(from)).map(|(first, _)| first),
            until: self.to.and_then(|to| zone.minute(to)).map(|(_, after)| after),
        }
    }
}

impl Bounds {
    /// Whether this instant lies in it.
    pub(super) fn hold(self, at: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }
}

fn whole(local: NaiveDateTime) -> Option<NaiveDateTime> {
    local.with_second(0)?.with_nanosecond(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    fn zone(name: &str) -> Zone {
        Zone::Named(name.parse().unwrap())
    }

    fn bounds(zone: Zone, span: Span, now: &str) -> (String, String) {
        let bounds = Minutes::of(span, local(now)).unwrap().bounds(zone);
        let text = |at: Option<DateTime<Utc>>| at.unwrap().format("%Y-%m-%dT%H:%M").to_string();
        (text(bounds.from), text(bounds.until))
    }

    fn between(from: &str, to: &str) -> Span {
        Span::Between { from: Some(local(from)), to: Some(local(to)) }
    }

    #[test]
    fn days_are_as_long_as_the_clock_makes_them() {
        let cases = [
            (
                "an ordinary day",
                "Europe/Berlin",
                Span::Today,
                "2026-11-22T09:15",
                "2026-11-21T23:00",
                "2026-11-22T23:00",
            ),
            ("23 hours", "Europe/Berlin", Span::Today, "2026-03-29T12:00", "2026-03-28T23:00", "2026-03-29T22:00"),
            ("25 hours", "Europe/Berlin", Span::Today, "2026-10-25T12:00", "2026-10-24T22:00", "2026-10-25T23:00"),
            (
                "a day that begins at one",
                "America/Havana",
                Span::Today,
                "2026-03-08T12:00",
                "2026-03-08T05:00",
                "2026-03-09T04:00",
            ),
            (
                "a day whose midnight comes twice",
                "America/Havana",
                Span::Today,
                "2026-11-01T12:00",
                "2026-11-01T04:00",
                "2026-11-02T05:00",
            ),
            (
                "a week over the change",
                "Europe/Berlin",
                Span::Week,
                "2026-03-30T12:00",
                "2026-03-23T23:00",
                "2026-03-30T22:00",
            ),
            ("thirty days", "Asia/Tokyo", Span::Month, "2026-01-30T12:00", "2025-12-31T15:00", "2026-01-30T15:00"),
            (
                "an hour that comes twice",
                "Europe/Berlin",
                between("2026-10-25T02:00", "2026-10-25T02:30"),
                "2026-01-01T00:00",
                "2026-10-25T00:00",
                "2026-10-25T01:31",
            ),
            (
                "an hour that is skipped",
                "Europe/Berlin",
                between("2026-03-29T02:10", "2026-03-29T02:20"),
                "2026-01-01T00:00",
                "2026-03-29T01:00",
                "2026-03-29T01:00",
            ),
            (
                "a day that is skipped",
                "Pacific/Apia",
                between("2011-12-30T00:00", "2011-12-30T23:59"),
                "2026-01-01T00:00",
                "2011-12-30T10:00",
                "2011-12-30T10:00",
            ),
        ];
        for (case, name, span, now, from, until) in cases {
            assert_eq!(bounds(zone(name), span, now), (from.to_owned(), until.to_owned()), "{case}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_said_and_an_open_end_is_none() {
        let now = local("2026-01-01T00:00");
        let day = |year, day| NaiveDate::from_ymd_opt(year, 1, day).unwrap();
        for span in [
            Span::Days { from: day(2026, 2), to: day(2026, 1) },
            between("2026-01-01T00:01", "2026-01-01T00:00"),
            Span::Days { from: day(2026, 2), to: NaiveDate::MAX },
            Span::Days { from: NaiveDate::MIN, to: day(2026, 1) },
        ] {
            assert!(matches!(Minutes::of(span, now), Err(DeskProblem::Invalid { .. })), "{span:?}");
        }
        assert_eq!(Minutes::of(Span::Between { from: None, to: None }, now), Ok(Minutes::default()));
    }

    proptest! {
        /// Whatever the clock does: an instant lies in the bounds of a span if and only if its wall clock lies in the span.
        #[test]
        fn bounds_and_wall_clock_agree(name in 0usize..5, start in 0i64..600_000, length in 0i64..3000, at in -3000i64..6000) {
            let zone = zone(["Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu"][name]);
            let start = local("2026-01-01T00:00") + TimeDelta::minutes(start);
            let span = Span::Between { from: Some(start), to: Some(start + TimeDelta::minutes(length)) };
            let minutes = Minutes::of(span, start).unwrap();
            let instant = start.and_utc() + TimeDelta::minutes(at);
            let (by_bounds, by_clock) = (minutes.bounds(zone).hold(instant), minutes.hold(zone.local(instant)));
            // An hour that comes twice lies between two instants that its ends show.
            prop_assert!(by_bounds || !by_clock);
            if by_bounds && !by_clock {
                let ends = [minutes.from.unwrap(), minutes.to.unwrap()];
                let hour = TimeDelta::hours(1);
                prop_assert!(ends.iter().any(|end| (*end - zone.local(instant)).abs() <= hour));
            }
        }
    }
}
