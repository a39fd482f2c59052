//! A location's opening hours: whether it is open at a moment of its own clock, and when it opens next.

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta};

/// The last minute of a day, and one more: midnight at its end.
const DAY: u32 = 24 * 60;

/// One day's hours, in minutes after local midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayHours {
    /// Closed all day.
    Closed,
    /// Open from one minute to another; an end that is not after the beginning lies in the next day.
    Open {
        /// The first minute.
        from: u32,
        /// The minute at which it closes.
        to: u32,
    },
}

/// The week's hours, from Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpeningHours([DayHours; 7]);

/// Whether the location is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It is.
    Open,
    /// It is not.
    Closed {
        /// When it opens next, by its own clock; none where it does not within a week.
        opens: Option<NaiveDateTime>,
    },
}

impl OpeningHours {
    /// Hours from Monday to Sunday; none where a time is no time of day, since a wrong "closed" sends people away.
    pub fn new(days: [DayHours; 7]) -> Option<Self> {
        let sound = |day: &DayHours| match day {
            DayHours::Closed => true,
            DayHours::Open { from, to } => *from < DAY && *to <= DAY,
        };
        days.iter().all(sound).then_some(Self(days))
    }

    /// Whether it is open at this moment of the location's own clock.
    pub fn at(&self, local: NaiveDateTime) -> Opening {
        let mut opens = None;
        // From yesterday, whose hours may last past midnight, to this day next week.
        for offset in 0..=8 {
            let Some(date) =
                local.date().checked_sub_days(Days::new(1)).and_then(|d| d.checked_add_days(Days::new(offset)))
            else {
                continue;
            };
            let weekday = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
            let DayHours::Open { from, to } = self.0[weekday] else { continue };
            let minutes = |minutes: u32| date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minutes));
            let (start, end) = (minutes(from), minutes(if to > from { to } else { to + DAY }));
            if start <= local && local < end {
                return Opening::Open;
            }
            if start > local && opens.is_none() {
                opens = Some(start);
            }
        }
        Opening::Closed { opens }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    /// March 2026: the 2nd is a Monday.
    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    fn open(from: u32, to: u32) -> DayHours {
        DayHours::Open { from: from * 60, to: to * 60 }
    }

    #[test]
    fn the_week_by_the_minute() {
        let mut days = [open(8, 18); 7];
        days[4] = open(8, 2);
        days[5] = open(10, 24);
        days[6] = DayHours::Closed;
        let hours = OpeningHours::new(days).unwrap();
        let closed = |opens| Opening::Closed { opens: Some(opens) };
        let cases = [
            ("before opening", at(2, 7, 59), closed(at(2, 8, 0))),
            ("at opening", at(2, 8, 0), Opening::Open),
            ("the last minute", at(2, 17, 59), Opening::Open),
            ("at closing", at(2, 18, 0), closed(at(3, 8, 0))),
            ("past midnight", at(7, 1, 59), Opening::Open),
            ("after the long night", at(7, 2, 0), closed(at(7, 10, 0))),
            ("until midnight", at(7, 23, 59), Opening::Open),
            ("a day of rest", at(8, 12, 0), closed(at(9, 8, 0))),
        ];
        for (case, moment, expected) in cases {
            assert_eq!(hours.at(moment), expected, "{case}");
        }
    }

    #[test]
    fn a_week_of_rest_opens_at_no_time_and_one_day_a_week_is_found() {
        let mut days = [DayHours::Closed; 7];
        assert_eq!(OpeningHours::new(days).unwrap().at(at(2, 12, 0)), Opening::Closed { opens: None });
        days[0] = open(8, 9);
        let hours = OpeningHours::new(days).unwrap();
        assert_eq!(hours.at(at(2, 9, 0)), Opening::Closed { opens: Some(at(9, 8, 0)) });
    }

    #[test]
    fn open_around_the_clock_is_never_closed_and_nonsense_is_no_hours() {
        let hours = OpeningHours::new([open(0, 24); 7]).unwrap();
        assert_eq!(hours.at(at(4, 0, 0)), Opening::Open);
        for nonsense in [DayHours::Open { from: 1440, to: 10 }, DayHours::Open { from: 10, to: 1441 }] {
            assert_eq!(OpeningHours::new([nonsense; 7]), None);
        }
    }
}
