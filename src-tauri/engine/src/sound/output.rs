//! The default sound device: the only file that names cpal and ALSA. It is open only while something plays.

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, Device, Error, ErrorKind, FromSample, SampleFormat, SizedSample, Stream, StreamConfig};

use super::Samples;

/// Stereo: devices of one channel are rare, and nobody converts for the others everywhere.
const CHANNELS: u16 = 2;
/// The part of a second that is handed over at a time. Two of them wait at the device, so that a machine busy with a
/// picture tears no sound; they are filled at once, so that none is late.
const PERIOD: u32 = 5;
/// Silence before a sound, in parts of a second: a device that wakes up swallows the first moment.
const LEAD: u32 = 50;

/// A sound that plays. Dropping it cuts it and lets the device go.
pub(super) struct Playing(#[expect(dead_code, reason = "it is held, and plays")] Stream);

impl Playing {
    /// Plays `sound` on the default device; fails with what the system said.
    pub(super) fn start(sound: &Samples) -> Result<Self, String> {
        // ALSA's complaints are kept from standard error, where they would repeat at every tap.
        let complaints = alsa::Output::local_error_handler().ok();
        start(sound).map_err(|error| {
            let complaint = complaints.map(|complaints| complaints.borrow().to_string()).unwrap_or_default();
            match complaint.lines().map(str::trim).find(|line| !line.is_empty()) {
                Some(complaint) => format!("{error} ({complaint})"),
                None => error.to_string(),
            }
        })
    }
}

/// Looks whether the default device can play; fails with what the system said. Blocks.
pub fn probe() -> Result<(), String> {
    Playing::start(&Samples { samples: Vec::new(), rate: 48_000 }).map(drop)
}

fn start(sound: &Samples) -> Result<Playing, Error> {
    let device =
        cpal::default_host().default_output_device().ok_or_else(|| Error::new(ErrorKind::DeviceNotAvailable))?;
    let stream = open(&device, sound)?;
    stream.play()?;
    Ok(Playing(stream))
}

/// The sound's own rate is tried first: the system converts better than this file does, and mostly can.
fn open(device: &Device, sound: &Samples) -> Result<Stream, Error> {
    let own = |buffer_size| StreamConfig { channels: CHANNELS, sample_rate: sound.rate, buffer_size };
    let buffers = [BufferSize::Fixed(sound.rate / PERIOD), BufferSize::Default];
    for config in buffers.map(own) {
        for format in [SampleFormat::F32, SampleFormat::I16] {
            if let Ok(stream) = build(device, config, format, sound.clone()) {
                return Ok(stream);
            }
        }
    }
    let supported = device.default_output_config()?;
    let (config, format) = (supported.config(), supported.sample_format());
    let sound = resampled(sound, config.sample_rate);
    build(device, config, format, sound)
}

fn build(device: &Device, config: StreamConfig, format: SampleFormat, sound: Samples) -> Result<Stream, Error> {
    match format {
        SampleFormat::F32 => build_of::<f32>(device, config, sound),
        SampleFormat::I16 => build_of::<i16>(device, config, sound),
        SampleFormat::I24 => build_of::<cpal::I24>(device, config, sound),
        SampleFormat::I32 => build_of::<i32>(device, config, sound),
        SampleFormat::U8 => build_of::<u8>(device, config, sound),
        other => Err(Error::with_message(ErrorKind::UnsupportedConfig, format!("it wants {other} samples"))),
    }
}

fn build_of<T: SizedSample + FromSample<f32>>(
    device: &Device,
    config: StreamConfig,
    sound: Samples,
) -> Result<Stream, Error> {
    let channels = usize::from(config.channels.max(1));
    let lead = usize::try_from(sound.rate / LEAD).unwrap_or_default();
    let mut samples = std::iter::repeat_n(0.0, lead).chain(sound.samples);
    let fill = move |frames: &mut [T], _: &cpal::OutputCallbackInfo| {
        for frame in frames.chunks_mut(channels) {
            frame.fill(T::from_sample(samples.next().unwrap_or_default()));
        }
    };
    // A device that goes away ends this sound; the next one looks for a device anew.
    let fault = |error: Error| tracing::debug!(%error, "sound device");
    device.build_output_stream(config, fill, fault, None)
}

/// The same sound at another rate, by lines between its samples.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions in a sound of minutes are far below 2^52, and not negative"
)]
fn resampled(sound: &Samples, rate: u32) -> Samples {
    let step = f64::from(sound.rate) / f64::from(rate.max(1));
    let count = (sound.samples.len() as f64 / step) as usize;
    let at = |index: usize| sound.samples.get(index).copied().unwrap_or_default();
    let samples = (0..count).map(|index| {
        let position = index as f64 * step;
        let (before, part) = (position as usize, position.fract() as f32);
        at(before) * (1.0 - part) + at(before + 1) * part
    });
    Samples { samples: samples.collect(), rate }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_rate_leaves_length_and_shape() {
        let ramp = Samples { samples: (0..100_u8).map(|step| f32::from(step) / 100.0).collect(), rate: 22_050 };
        for rate in [8_000, 22_050, 44_100, 48_000] {
            let other = resampled(&ramp, rate);
            let off = other.duration().as_secs_f64() - ramp.duration().as_secs_f64();
            assert!(off.abs() <= 1.0 / f64::from(rate), "{rate}: {off} s");
            let middle = other.samples[other.samples.len() / 2];
            assert!((middle - 0.5).abs() < 0.02, "{rate}: {middle}");
        }
        assert!(resampled(&Samples { samples: Vec::new(), rate: 48_000 }, 44_100).samples.is_empty());
    }
}
