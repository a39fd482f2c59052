//! How loud it is: by setting, by the location's clock, and by how loudness is felt.

use chrono::{DateTime, Utc};

use crate::location::Clock;
use crate::settings::kiosk::{KioskSettings, QuietHours};

/// How loud the kiosk is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Volume {
    percent: u64,
    quiet_hours: Option<QuietHours>,
    clock: Clock,
}

impl Volume {
    pub(super) fn new(kiosk: &KioskSettings) -> Self {
        Self { percent: kiosk.volume, quiet_hours: kiosk.quiet_hours.clone(), clock: Clock::of(None) }
    }

    /// The location's IANA time zone.
    pub(super) fn locate(&mut self, time_zone: Option<&str>) {
        self.clock = Clock::of(time_zone);
    }

    /// In percent, now.
    pub(super) fn percent_at(&self, now: DateTime<Utc>) -> u64 {
        let quiet = self.quiet_hours.as_ref().filter(|hours| hours.hold_at(self.clock.local(now).time()));
        quiet.map_or(self.percent, |hours| hours.volume)
    }
}

/// The factor of an amplitude that is felt as so many percent of the full loudness: the cube, as `PulseAudio` has it.
pub(super) fn gain(percent: u64) -> f32 {
    let part = f32::from(u8::try_from(percent.min(100)).unwrap_or(100)) / 100.0;
    part.powi(3)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn quiet_hours_are_those_of_the_locations_clock() {
        let quiet_hours = Some(QuietHours { from: at(20, 0), to: at(7, 0), volume: 15 });
        let mut volume = Volume::new(&KioskSettings { volume: 80, quiet_hours, ..KioskSettings::default() });
        // 10:30 in London, 19:30 in Tokyo; an hour later the quiet begins in Tokyo.
        let before: DateTime<Utc> = "2026-01-15T10:30:00Z".parse().unwrap();
        let after: DateTime<Utc> = "2026-01-15T11:30:00Z".parse().unwrap();
        volume.locate(Some("Asia/Tokyo"));
        assert_eq!((volume.percent_at(before), volume.percent_at(after)), (80, 15));
        volume.locate(Some("Europe/London"));
        assert_eq!((volume.percent_at(before), volume.percent_at(after)), (80, 80));
        // Summer time: 19:30 UTC is 20:30 in London in July, and 19:30 in January.
        let july: DateTime<Utc> = "2026-07-15T19:30:00Z".parse().unwrap();
        let january: DateTime<Utc> = "2026-01-15T19:30:00Z".parse().unwrap();
        assert_eq!((volume.percent_at(july), volume.percent_at(january)), (15, 80));
    }

    #[test]
    fn loudness_is_felt_in_even_steps_and_none_is_silence() {
        assert_eq!(gain(0).to_bits(), 0.0_f32.to_bits());
        assert!((gain(100) - 1.0).abs() < f32::EPSILON && (gain(1000) - 1.0).abs() < f32::EPSILON);
        let halved = 20.0 * gain(50).log10();
        assert!((-19.0..-17.0).contains(&halved), "half the loudness is {halved} dB");
        assert!((1..100).all(|percent| gain(percent) < gain(percent + 1)));
    }
}
