//! espeak-ng: a text in on standard input, its sound out on standard output.

use std::process::Stdio;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use super::WITHIN;
use crate::sound::Samples;

/// Three minutes of sound, far more than the longest text has.
const MOST_BYTES: u64 = 3 * 60 * 22_050 * 2;

/// Speaks `text`; a language without a voice is left to the default one. Fails with why there is no sound.
pub(super) async fn speak(text: &str, language: Option<&str>) -> Result<Samples, String> {
    let mut why = String::new();
    for voice in voices(language) {
        match tokio::time::timeout(WITHIN, run(text, voice)).await {
            Ok(Ok(wave)) => match samples(&wave) {
                Some(samples) => return Ok(samples),
                None => "espeak-ng gave no sound".clone_into(&mut why),
            },
            Ok(Err(error)) => {
                why = format!("espeak-ng: {error}");
                if error.kind() == std::io::ErrorKind::NotFound {
                    break;
                }
            }
            Err(_) => "espeak-ng did not end in time".clone_into(&mut why),
        }
    }
    Err(why)
}

/// The voices to try: the language as it is, without region or script, and the default.
fn voices(language: Option<&str>) -> Vec<Option<&str>> {
    let mut voices: Vec<Option<&str>> = match language {
        Some(tag) => vec![Some(tag), tag.split('-').next(), None],
        None => vec![None],
    };
    voices.dedup();
    voices
}

/// The text goes by standard input: a command line can be read by others, and it holds a name.
async fn run(text: &str, voice: Option<&str>) -> std::io::Result<Vec<u8>> {
    let mut command = Command::new("espeak-ng");
    // Input is UTF-8.
    command.args(["--stdin", "--stdout", "-b", "1"]);
    if let Some(voice) = voice {
        command.args(["-v", voice]);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    let mut wave = Vec::new();
    let write = async {
        // One that ends before it has read all says why by its exit code.
        drop(input.write_all(text.as_bytes()).await);
        drop(input);
    };
    let mut output = output.take(MOST_BYTES);
    let ((), read) = tokio::join!(write, output.read_to_end(&mut wave));
    read?;
    drop(output);
    let status = child.wait().await?;
    if status.success() { Ok(wave) } else { Err(std::io::Error::other(format!("it ended with {status}"))) }
}

/// The sound of a wave of 16 bits and one channel, as espeak-ng writes it: the length in its header is not the true one.
fn samples(wave: &[u8]) -> Option<Samples> {
    let word = |at: usize| wave.get(at..at + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    let is_wave = wave.get(..4)? == b"RIFF" && wave.get(8..16)? == b"WAVEfmt " && wave.get(36..40)? == b"data";
    let rate = u32::from(word(24)?) | u32::from(word(26)?) << 16;
    let (one_channel, sixteen_bits) = (word(22)? == 1, word(34)? == 16);
    if !is_wave || !one_channel || !sixteen_bits || rate == 0 {
        return None;
    }
    let (pairs, _) = wave.get(44..)?.as_chunks::<2>();
    let samples: Vec<f32> = pairs.iter().map(|pair| f32::from(i16::from_le_bytes(*pair)) / 32768.0).collect();
    samples.iter().any(|sample| *sample != 0.0).then_some(Samples { samples, rate })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(channels: u8, data: &[u8]) -> Vec<u8> {
        let mut wave = b"RIFF\x24\xf0\xff\x7fWAVEfmt \x10\0\0\0\x01\0".to_vec();
        wave.extend([channels, 0, 0x22, 0x56, 0, 0, 0x44, 0xac, 0, 0, 2, 0, 16, 0]);
        wave.extend(b"data\0\xf0\xff\x7f");
        wave.extend(data);
        wave
    }

    #[test]
    fn the_sound_of_a_wave_is_read() {
        let expected = Samples { samples: vec![0.0, 0.5, -1.0], rate: 22_050 };
        assert_eq!(samples(&wave(1, &[0, 0, 0, 0x40, 0, 0x80])), Some(expected.clone()));
        assert_eq!(samples(&wave(1, &[0, 0, 0, 0x40, 0, 0x80, 7])), Some(expected), "half a sample at the end");
        for silent in [wave(1, &[]), wave(1, &[0, 0]), wave(2, &[0, 0x40]), b"RIFF".to_vec(), Vec::new(), vec![9; 60]] {
            assert_eq!(samples(&silent), None);
        }
    }

    #[test]
    fn a_language_falls_back_to_the_default() {
        assert_eq!(voices(Some("de-AT")), [Some("de-AT"), Some("de"), None]);
        assert_eq!(voices(Some("ar")), [Some("ar"), None]);
        assert_eq!(voices(None), [None]);
    }
}
