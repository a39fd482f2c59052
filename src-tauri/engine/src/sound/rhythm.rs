//! The three rhythms: short-long for yes, one long for no, three short for "look here". They differ in their beats and
//! not only in pitch, so that who hears few frequencies tells them apart, too.

use std::f32::consts::TAU;
use std::time::Duration;

use tapdesk_core::verdict::Verdict;

use super::Samples;

/// How long a tone takes to come and to go: a sudden edge would be heard as a click.
const ATTACK: Duration = Duration::from_millis(8);
const RELEASE: Duration = Duration::from_millis(30);
/// The parts of a tone and of its octave, which small loudspeakers and older ears need. Together they are 1.
const TONE: f32 = 0.7;
const OCTAVE: f32 = 0.3;

/// What a verdict sounds like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// Checked in or out.
    Yes,
    /// Refused.
    No,
    /// Something else to be read on the screen.
    Attention,
}

/// One tone and the silence after it.
#[derive(Debug, Clone, Copy)]
struct Beat {
    hertz: f32,
    length: Duration,
    pause: Duration,
}

const fn beat(hertz: f32, length_ms: u64, pause_ms: u64) -> Beat {
    Beat { hertz, length: Duration::from_millis(length_ms), pause: Duration::from_millis(pause_ms) }
}

const YES: [Beat; 2] = [beat(660.0, 90, 70), beat(880.0, 240, 0)];
const NO: [Beat; 1] = [beat(520.0, 600, 0)];
const ATTENTION: [Beat; 3] = [beat(990.0, 90, 90), beat(990.0, 90, 90), beat(990.0, 90, 0)];

impl Rhythm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Attention];

    /// The rhythm of a verdict.
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::CheckedIn { .. } | Verdict::CheckedOut { .. } => Self::Yes,
            Verdict::Refused(_) => Self::No,
            Verdict::UnknownTile
            | Verdict::AmbiguousTile
            | Verdict::UnusableTile(_)
            | Verdict::Saved
            | Verdict::Unavailable(_) => Self::Attention,
        }
    }

    /// Its sound, at `rate` samples a second.
    pub fn samples(self, rate: u32) -> Samples {
        let mut samples = Vec::new();
        for beat in self.beats() {
            samples.extend(beat.tone(rate));
            samples.resize(samples.len() + count(beat.pause, rate), 0.0);
        }
        Samples { samples, rate }
    }

    /// How long its tones are, and the pauses between them, in turn.
    pub fn beats_and_pauses(self) -> Vec<Duration> {
        let mut lengths: Vec<Duration> = self.beats().iter().flat_map(|beat| [beat.length, beat.pause]).collect();
        lengths.pop();
        lengths
    }

    fn beats(self) -> &'static [Beat] {
        match self {
            Self::Yes => &YES,
            Self::No => &NO,
            Self::Attention => &ATTENTION,
        }
    }
}

impl Beat {
    #[expect(clippy::cast_precision_loss, reason = "a tone has fewer samples than f32 counts exactly")]
    fn tone(self, rate: u32) -> impl Iterator<Item = f32> {
        let last = count(self.length, rate).saturating_sub(1);
        (0..=last).map(move |index| {
            let seconds = |index: usize| index as f32 / rate as f32;
            let phase = TAU * self.hertz * seconds(index);
            let envelope = swell(seconds(index), ATTACK).min(swell(seconds(last - index), RELEASE));
            envelope * (TONE * phase.sin() + OCTAVE * (2.0 * phase).sin())
        })
    }
}

/// From 0 to 1 within `time`, without an edge at either end.
fn swell(seconds: f32, time: Duration) -> f32 {
    let part = (seconds / time.as_secs_f32()).min(1.0);
    (1.0 - (part * TAU / 2.0).cos()) / 2.0
}

/// The samples in a time.
fn count(time: Duration, rate: u32) -> usize {
    usize::try_from(time.as_millis() * u128::from(rate) / 1000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;
    use tapdesk_core::tile::Unusable;
    use tapdesk_core::verdict::{Refusal, Unavailable};

    use super::*;

    const RATES: [u32; 3] = [22_050, 44_100, 48_000];

    /// The lengths of tones and of the pauses between them, in milliseconds, as they are in the sound.
    fn heard(samples: &Samples) -> Vec<u32> {
        let window = samples.rate as usize / 200;
        let loud: Vec<bool> =
            samples.samples.chunks(window).map(|part| part.iter().any(|sample| sample.abs() > 0.05)).collect();
        let end = loud.iter().rposition(|loud| *loud).unwrap() + 1;
        loud[..end].chunk_by(|one, next| one == next).map(|run| u32::try_from(run.len() * 5).unwrap()).collect()
    }

    /// The share of the energy at a frequency (Goertzel).
    #[expect(clippy::cast_precision_loss, reason = "a tone has fewer samples than f64 counts exactly")]
    fn share(samples: &[f32], rate: u32, hertz: f32) -> f64 {
        let (mut sine, mut cosine, mut energy) = (0.0_f64, 0.0_f64, 0.0_f64);
        for (index, sample) in samples.iter().enumerate() {
            let phase = f64::from(TAU) * f64::from(hertz) * index as f64 / f64::from(rate);
            sine += f64::from(*sample) * phase.sin();
            cosine += f64::from(*sample) * phase.cos();
            energy += f64::from(*sample) * f64::from(*sample);
        }
        2.0 * (sine * sine + cosine * cosine) / (samples.len() as f64 * energy)
    }

    #[test]
    fn every_verdict_has_its_rhythm() {
        let at = DateTime::UNIX_EPOCH;
        let cases = [
            (Verdict::CheckedIn { since: at }, Rhythm::Yes),
            (Verdict::CheckedOut { since: at, until: at }, Rhythm::Yes),
            (Verdict::Refused(Refusal::Inactive), Rhythm::No),
            (Verdict::UnknownTile, Rhythm::Attention),
            (Verdict::AmbiguousTile, Rhythm::Attention),
            (Verdict::UnusableTile(Unusable::Random), Rhythm::Attention),
            (Verdict::Saved, Rhythm::Attention),
            (Verdict::Unavailable(Unavailable::Offline), Rhythm::Attention),
        ];
        for (verdict, expected) in cases {
            assert_eq!(Rhythm::of(&verdict), expected, "{verdict:?}");
        }
    }

    #[test]
    fn the_three_differ_in_their_beats() {
        let counts: BTreeSet<usize> = Rhythm::ALL.iter().map(|rhythm| rhythm.beats().len()).collect();
        assert_eq!(counts.len(), Rhythm::ALL.len());
        for rhythm in Rhythm::ALL {
            for rate in RATES {
                let expected = rhythm.beats_and_pauses();
                let found = heard(&rhythm.samples(rate));
                assert_eq!(found.len(), expected.len(), "{rhythm:?} at {rate}: {found:?}");
                for (found, expected) in found.iter().zip(&expected) {
                    let off = (f64::from(*found) - expected.as_secs_f64() * 1000.0).abs();
                    assert!(off <= 20.0, "{rhythm:?} at {rate}: {found} for {expected:?}");
                }
            }
        }
    }

    #[test]
    fn they_are_short_loud_enough_and_without_clicks() {
        for rhythm in Rhythm::ALL {
            for rate in RATES {
                let sound = rhythm.samples(rate);
                let milliseconds = sound.duration().as_millis();
                assert!((300..=700).contains(&milliseconds), "{rhythm:?}: {milliseconds} ms");
                let peak = sound.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
                assert!((0.6..=1.0).contains(&peak), "{rhythm:?}: {peak}");
                assert!(sound.samples[0].abs() < 1e-6 && sound.samples.last().unwrap().abs() < 1e-6, "{rhythm:?}");
                // A sine of 2 kHz at full scale is not steeper; an edge would be.
                let steepest = f64::from(TAU) * 2000.0 / f64::from(rate);
                let steps = sound.samples.windows(2).map(|pair| f64::from((pair[1] - pair[0]).abs()));
                assert!(steps.fold(0.0_f64, f64::max) < steepest, "{rhythm:?} at {rate}");
            }
        }
    }

    #[test]
    fn every_tone_is_its_frequency_and_octave_and_within_hearing() {
        let rate = 48_000;
        for rhythm in Rhythm::ALL {
            let samples = rhythm.samples(rate).samples;
            let mut start = 0;
            for beat in rhythm.beats() {
                let tone = &samples[start..start + count(beat.length, rate)];
                let inside = share(tone, rate, beat.hertz) + share(tone, rate, 2.0 * beat.hertz);
                assert!(inside > 0.75, "{rhythm:?}: {inside} of the energy at {} Hz", beat.hertz);
                assert!(beat.hertz >= 500.0 && 2.0 * beat.hertz <= 2000.0);
                start += tone.len() + count(beat.pause, rate);
            }
        }
    }
}
