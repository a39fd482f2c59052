//! Moments as the service writes and reads them, and the wall clock of a location (nexudus-api.md section 3.4).
//!
//! Knows nothing of records. Zones are only as rich as `SimpleTimeZone` is: an offset and "uses summer time" (the rule of
//! the European Union).

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

/// Reads `YYYY-MM-DD`, `YYYY-MM-DDTHH:mm`, `…:ss`, `…:ss.fffffff`, each with or without `Z` or an offset.
pub(crate) fn read(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.to_utc());
    }
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let naive = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|shape| NaiveDateTime::parse_from_str(text, shape).ok())
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|day| day.and_time(NaiveTime::MIN)))?;
    Some(naive.and_utc())
}

/// Writes `YYYY-MM-DDTHH:mm:ss[.f…]Z` with `digits` (0 to 7) fractional digits.
pub(crate) fn write(moment: DateTime<Utc>, digits: u8) -> String {
    let mut text = moment.format("%Y-%m-%dT%H:%M:%S").to_string();
    if digits > 0 {
        let fraction = format!("{:09}", moment.nanosecond() % 1_000_000_000);
        text.push('.');
        text.push_str(&fraction[..usize::from(digits.min(7))]);
    }
    text.push('Z');
    text
}

/// Writes the form of the HTTP `Date` header.
pub(crate) fn write_http(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A location's clock: minutes east of UTC in winter, and whether summer time is kept.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Zone {
    pub(crate) offset_minutes: i64,
    pub(crate) uses_summer_time: bool,
}

impl Zone {
    /// The wall clock of this zone at `moment`.
    pub(crate) fn wall_clock(self, moment: DateTime<Utc>) -> NaiveDateTime {
        let summer = if self.uses_summer_time && in_summer(moment) { 60 } else { 0 };
        moment.naive_utc() + TimeDelta::minutes(self.offset_minutes + summer)
    }

    /// The last second of the day of `moment` in this zone, by the offset that holds at `moment`.
    pub(crate) fn end_of_day(self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let clock = self.wall_clock(moment);
        let midnight = (clock.date() + Days::new(1)).and_time(NaiveTime::MIN);
        moment.with_nanosecond(0).unwrap_or(moment) + (midnight - clock.with_nanosecond(0).unwrap_or(clock))
            - TimeDelta::seconds(1)
    }

    /// The Monday that begins the week of `moment` in this zone.
    pub(crate) fn week(self, moment: DateTime<Utc>) -> NaiveDate {
        let day = self.wall_clock(moment).date();
        day - Days::new(u64::from(day.weekday().num_days_from_monday()))
    }

    /// Year and month of `moment` in this zone.
    pub(crate) fn month(self, moment: DateTime<Utc>) -> (i32, u32) {
        let day = self.wall_clock(moment).date();
        (day.year(), day.month())
    }
}

/// From the last Sunday of March to the last Sunday of October, 01:00 UTC both.
fn in_summer(moment: DateTime<Utc>) -> bool {
    let year = moment.year();
    match (last_sunday(year, 3), last_sunday(year, 10)) {
        (Some(begin), Some(end)) => moment >= begin && moment < end,
        _ => false,
    }
}

fn last_sunday(year: i32, month: u32) -> Option<DateTime<Utc>> {
    let last_day = NaiveDate::from_ymd_opt(year, month, 31)?;
    let sunday = last_day - Days::new(u64::from(last_day.weekday().num_days_from_sunday()));
    Some(sunday.and_hms_opt(1, 0, 0)?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_documented_precision() {
        for text in ["2025-03-01T09:00", "2025-03-01T09:00Z", "2025-03-01T09:00:00", "2025-03-01T09:00:00.0000000Z"] {
            assert_eq!(read(text).map(|moment| write(moment, 0)).as_deref(), Some("2025-03-01T09:00:00Z"), "{text}");
        }
        assert_eq!(read("example-value"), None);
    }

    #[test]
    fn summer_time_turns_at_one_in_the_morning() {
        let london = Zone { offset_minutes: 0, uses_summer_time: true };
        let before = read("2025-03-30T00:59:59Z").expect("a moment");
        let after = read("2025-03-30T01:00:00Z").expect("a moment");
        assert_eq!(london.wall_clock(before).to_string(), "2025-03-30 00:59:59");
        assert_eq!(london.wall_clock(after).to_string(), "2025-03-30 02:00:00");
    }

    #[test]
    fn fractions_have_the_digits_asked_for() {
        let moment = read("2025-03-01T09:00:00.1234567Z").expect("a moment");
        assert_eq!(write(moment, 0), "2025-03-01T09:00:00Z");
        assert_eq!(write(moment, 3), "2025-03-01T09:00:00.123Z");
        assert_eq!(write(moment, 7), "2025-03-01T09:00:00.1234567Z");
    }
}
