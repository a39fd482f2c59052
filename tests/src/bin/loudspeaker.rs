//! Lets the kiosk's sounds be heard without a kiosk, one for each line of standard input, until it ends.

use std::io::{self, BufRead as _};

use anyhow::{Context as _, bail};
use clap::Parser;
use tapdesk_engine::settings::kiosk::KioskSettings;
use tapdesk_engine::sound::Loudspeaker;
use tapdesk_engine::sound::rhythm::Rhythm;

/// Plays `yes`, `no` and `attention`, and speaks `speak LANGUAGE TEXT`.
#[derive(Debug, Parser)]
#[command(name = "loudspeaker", version)]
struct Arguments {
    /// How loud, in percent
    #[arg(long, default_value_t = 100)]
    volume: u64,
    /// Play no rhythms
    #[arg(long)]
    no_sounds: bool,
    /// Speak
    #[arg(long)]
    speech: bool,
}

fn main() -> anyhow::Result<()> {
    let Arguments { volume, no_sounds, speech } = Arguments::parse();
    let loudspeaker =
        Loudspeaker::new(&KioskSettings { volume, sounds: !no_sounds, speech, ..KioskSettings::default() });
    for line in io::stdin().lock().lines() {
        let line = line?;
        match line.split_once(' ').unwrap_or((&line, "")) {
            ("yes", _) => loudspeaker.verdict(Rhythm::Yes),
            ("no", _) => loudspeaker.verdict(Rhythm::No),
            ("attention", _) => loudspeaker.verdict(Rhythm::Attention),
            ("speak", words) => {
                let (language, text) = words.split_once(' ').context("speak LANGUAGE TEXT")?;
                loudspeaker.speak(text, language);
            }
            _ => bail!("{line:?} is none of yes, no, attention, speak LANGUAGE TEXT"),
        }
    }
    Ok(())
}
