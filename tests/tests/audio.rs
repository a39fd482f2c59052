//! Rhythms and speech as they reach a sound device: played by the product's code, recorded from a sink that nobody hears.
//! Needs what `./dev test` brings: `PulseAudio`, ALSA's plugin for it, espeak-ng and Speech Dispatcher.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tapdesk_engine::sound::rhythm::Rhythm;
use tapdesk_tests::kiosk::display::Display;
use tapdesk_tests::kiosk::sound_card::{Heard, SoundCard};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::Window;
use tapdesk_tests::pn532::Tile;

/// How long a sound may take to be heard whole.
const SOON: Duration = Duration::from_secs(10);
/// A silence that is in no rhythm and in no sentence: the sound is over.
const OVER: Duration = Duration::from_millis(700);
/// How far a beat may be off: the windows of the recording and the edges of a tone.
const OFF_MS: u32 = 25;
/// A recording that a busy machine tore is made again, so often in all.
const ATTEMPTS: usize = 3;

const ALL: [(&str, Rhythm); 3] = [("yes", Rhythm::Yes), ("no", Rhythm::No), ("attention", Rhythm::Attention)];

/// A sound card; none where `./dev` must not install `PulseAudio`, and has said that these tests are left out.
fn sound_card() -> anyhow::Result<Option<SoundCard>> {
    if std::env::var_os("WITHOUT_PULSEAUDIO").is_some() {
        tapdesk_tests::left_out("the package pulseaudio cannot be beside pipewire-audio");
        return Ok(None);
    }
    SoundCard::start().map(Some)
}

/// The program that plays what it is told.
struct Loudspeaker {
    child: Child,
    orders: Option<ChildStdin>,
}

impl Loudspeaker {
    fn start(card: &SoundCard, arguments: &[&str]) -> anyhow::Result<Self> {
        Self::start_with(card, arguments, &[])
    }

    fn start_with(card: &SoundCard, arguments: &[&str], more: &[(&str, &Path)]) -> anyhow::Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_loudspeaker"))
            .args(arguments)
            .envs(card.environment())
            .envs(more.iter().copied())
            .stdin(Stdio::piped())
            .spawn()?;
        let orders = child.stdin.take();
        Ok(Self { child, orders })
    }

    fn ask(&mut self, order: &str) -> anyhow::Result<()> {
        let orders = self.orders.as_mut().context("no standard input")?;
        Ok(writeln!(orders, "{order}")?)
    }

    /// Asks, and waits until the sound is over.
    fn hear(&mut self, card: &SoundCard, order: &str) -> anyhow::Result<Heard> {
        let start = card.recorded();
        self.ask(order)?;
        card.wait_for_sound(start, OVER, SOON)
    }
}

impl Drop for Loudspeaker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn follows(beats: &[u32], rhythm: Rhythm) -> bool {
    are_near(beats, &rhythm.beats_and_pauses())
}

fn are_near(beats: &[u32], expected: &[Duration]) -> bool {
    let is_near =
        |(beat, expected): (&u32, &Duration)| u128::from(*beat).abs_diff(expected.as_millis()) <= u128::from(OFF_MS);
    beats.len() == expected.len() && beats.iter().zip(expected).all(is_near)
}

#[test]
fn each_rhythm_is_heard_and_told_from_the_others() -> anyhow::Result<()> {
    let Some(card) = sound_card()? else { return Ok(()) };
    let mut loudspeaker = Loudspeaker::start(&card, &[])?;
    for (order, rhythm) in ALL {
        let mut torn = Vec::new();
        let heard = loop {
            let heard = loudspeaker.hear(&card, order)?;
            if follows(&heard.beats(), rhythm) {
                break heard;
            }
            torn.push(heard.beats());
            ensure!(torn.len() < ATTEMPTS, "{order}: {torn:?} ms, not {:?}", rhythm.beats_and_pauses());
        };
        for (_, other) in ALL.into_iter().filter(|(_, other)| *other != rhythm) {
            ensure!(!follows(&heard.beats(), other), "{order} sounds like {other:?}");
        }
        println!("{order}: {:?} ms, {:?} after it was asked for", heard.beats(), heard.lead());
    }
    Ok(())
}

#[test]
fn volume_is_heard_and_none_is_silence() -> anyhow::Result<()> {
    let Some(card) = sound_card()? else { return Ok(()) };
    let mut peaks = Vec::new();
    for volume in ["100", "50"] {
        let mut loudspeaker = Loudspeaker::start(&card, &["--volume", volume])?;
        peaks.push(f64::from(loudspeaker.hear(&card, "no")?.peak()));
    }
    let ratio = peaks[1] / peaks[0];
    ensure!(peaks[0] > 15_000.0 && (0.115..0.135).contains(&ratio), "peaks {peaks:?}: half as loud is an eighth");

    for quiet in [&["--volume", "0", "--speech"][..], &["--no-sounds"]] {
        let mut loudspeaker = Loudspeaker::start(&card, quiet)?;
        let start = card.recorded();
        loudspeaker.ask("no")?;
        loudspeaker.ask("speak en This is not to be heard.")?;
        let heard = card.listen(start, Duration::from_millis(1500))?;
        ensure!(heard.peak() == 0, "{quiet:?}: heard {:?} ms", heard.beats());
    }
    Ok(())
}

#[test]
fn a_new_verdict_cuts_what_is_heard() -> anyhow::Result<()> {
    let Some(card) = sound_card()? else { return Ok(()) };
    let mut loudspeaker = Loudspeaker::start(&card, &["--speech"])?;
    let start = card.recorded();
    loudspeaker.ask("no")?;
    card.wait_for("long tone", start, SOON, |heard| heard.beats().first().is_some_and(|tone| *tone >= 150))?;
    loudspeaker.ask("attention")?;
    let beats = card.wait_for_sound(start, OVER, SOON)?.beats();
    let attention = Rhythm::Attention.beats_and_pauses();
    // The new rhythm may follow without a silence; its first beat is then one with what was left of the tone.
    let is_cut = beats.first().is_some_and(|tone| (100..450).contains(tone));
    let follows_at_once = beats.len() >= 5 && are_near(&beats[beats.len() - 4..], &attention[1..]);
    ensure!(is_cut && follows_at_once, "{beats:?} ms: the long tone is not cut, or the short ones do not follow");

    let start = card.recorded();
    loudspeaker.ask("no")?;
    let counting: Vec<String> = (100..130).map(|number| number.to_string()).collect();
    loudspeaker.ask(&format!("speak en {}", counting.join(", ")))?;
    card.wait_for("words", start, SOON, |heard| heard.beats().len() > 4)?;
    let start = card.recorded();
    loudspeaker.ask("yes")?;
    let beats = card.wait_for_sound(start, OVER, SOON)?.beats();
    ensure!(beats.len() >= 3 && follows(&beats[beats.len() - 3..], Rhythm::Yes), "{beats:?} ms: the words go on");
    Ok(())
}

/// The length of a text that espeak-ng speaks itself, from its first to its last sound.
fn spoken_length(text: &str, voice: &str) -> anyhow::Result<f64> {
    let wave = Command::new("espeak-ng").args(["--stdout", "-v", voice, text]).output()?.stdout;
    let samples: Vec<i16> =
        wave.get(44..).context("no sound")?.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect();
    let is_loud = |sample: &i16| sample.unsigned_abs() > 60;
    let first = samples.iter().position(is_loud).context("silence")?;
    let last = samples.iter().rposition(is_loud).context("silence")?;
    Ok(f64::from(u32::try_from(last - first)?) / 22_050.0 * 1000.0)
}

/// A number is as long as the language's words for it, so the length tells the language.
#[test]
fn words_are_heard_after_the_rhythm_in_their_language() -> anyhow::Result<()> {
    const NUMBER: &str = "21";
    let Some(card) = sound_card()? else { return Ok(()) };
    let mut loudspeaker = Loudspeaker::start(&card, &["--speech"])?;
    for (language, voice) in [("en", "en"), ("de-AT", "de"), ("ar", "ar"), ("xx", "en")] {
        let start = card.recorded();
        loudspeaker.ask("no")?;
        loudspeaker.ask(&format!("speak {language} {NUMBER}"))?;
        let after_words = |heard: &Heard| heard.beats().len() >= 3;
        card.wait_for("words after the rhythm", start, SOON, after_words)?;
        let beats = card.wait_for_sound(start, OVER, SOON)?.beats();
        ensure!(beats[0].abs_diff(600) <= 40 && beats[1] >= 100, "{language}: {beats:?} ms: not after the rhythm");
        let spoken = f64::from(beats[2..].iter().sum::<u32>());
        let expected = spoken_length(NUMBER, voice)?;
        ensure!((spoken - expected).abs() < 120.0, "{language}: {spoken} ms of words, {expected} in {voice}");
        println!("{language}: {:?} ms, then {spoken} ms of words; {expected:.0} in {voice}", &beats[..2]);
    }
    Ok(())
}

/// A machine with Speech Dispatcher and without the program espeak-ng.
#[test]
fn speech_dispatcher_speaks_where_it_is_alone() -> anyhow::Result<()> {
    let Some(card) = sound_card()? else { return Ok(()) };
    let programs = card.folder().join("programs");
    std::fs::create_dir(&programs)?;
    std::os::unix::fs::symlink("/usr/bin/speech-dispatcher", programs.join("speech-dispatcher"))?;
    let run = card.folder().join("run");
    let surroundings = [("PATH", programs.as_path()), ("XDG_RUNTIME_DIR", &run), ("HOME", card.folder())];
    let mut loudspeaker = Loudspeaker::start_with(&card, &["--speech"], &surroundings)?;
    let daemon = Daemon(run.join("speech-dispatcher/pid/speech-dispatcher.pid"));

    let start = card.recorded();
    loudspeaker.ask("yes")?;
    loudspeaker.ask("speak de . Willkommen zurück, Anna")?;
    card.wait_for("words after the rhythm", start, SOON, |heard| heard.beats().len() >= 5)?;
    let beats = card.wait_for_sound(start, OVER, SOON)?.beats();
    ensure!(follows(&beats[..3], Rhythm::Yes) && beats[3] >= 100, "{beats:?} ms: not after the rhythm");
    ensure!(beats[4..].iter().sum::<u32>() > 800, "{beats:?} ms: too short for these words");

    let start = card.recorded();
    loudspeaker.ask(&format!("speak en {}", "a long text ".repeat(30)))?;
    card.wait_for("words", start, SOON, |heard| heard.beats().iter().sum::<u32>() > 300)?;
    let start = card.recorded();
    loudspeaker.ask("attention")?;
    card.wait_for_sound(start, OVER, Duration::from_secs(4)).context("the long text is not cut")?;
    drop(daemon);
    Ok(())
}

/// Speech Dispatcher goes into the background by itself; it is ended by the number that it wrote down.
struct Daemon(std::path::PathBuf);

impl Drop for Daemon {
    fn drop(&mut self) {
        let pid = std::fs::read_to_string(&self.0).ok().and_then(|pid| pid.trim().parse().ok()).and_then(Pid::from_raw);
        if let Some(pid) = pid {
            let _ = kill_process(pid, Signal::TERM);
        }
    }
}

#[test]
fn a_device_may_go_and_come_back() -> anyhow::Result<()> {
    let Some(mut card) = sound_card()? else { return Ok(()) };
    let mut loudspeaker = Loudspeaker::start(&card, &[])?;
    ensure!(loudspeaker.hear(&card, "yes")?.has_sound());
    let start = card.recorded();
    loudspeaker.ask("no")?;
    card.wait_for("first sound", start, SOON, Heard::has_sound)?;
    card.pull_out();
    // Nothing hears these; the one after them is asked for when there is a device again.
    loudspeaker.ask("yes")?;
    loudspeaker.ask("attention")?;
    card.plug_in()?;
    let heard = loudspeaker.hear(&card, "yes")?;
    ensure!(follows(&heard.beats(), Rhythm::Yes), "heard {:?} ms", heard.beats());
    Ok(())
}

/// The built program: tile, verdict, sound.
#[tokio::test(flavor = "multi_thread")]
async fn the_verdicts_of_the_window_are_heard() -> anyhow::Result<()> {
    let Some(card) = tokio::task::spawn_blocking(sound_card).await?? else { return Ok(()) };
    let station = Station::start("").await?;
    station.sign_in().await?;
    let display = Display::start(800, 600).await?;
    let surroundings = card.environment();
    let mut surroundings: Vec<(&str, &str)> = surroundings.iter().map(|(name, value)| (*name, &**value)).collect();
    surroundings.push(("TAPDESK_KIOSK__SOUNDS", "true"));
    let window = Window::open(&station, &display, &surroundings).await?;
    window.wait_for_state("reader", "up", SOON).await?;
    window.wait_for_state("link", "online", SOON).await?;
    let taps = [
        ("04A1B2C3D4E5F6", "checked_in", Rhythm::Yes),
        ("04A7B2C3D4E5F6", "refused", Rhythm::No),
        ("04FFB2C3D4E5F6", "unknown_tile", Rhythm::Attention),
    ];
    for (uid, kind, rhythm) in taps {
        let start = card.recorded();
        window.tap(&station.reader, Tile::parse(uid)?, kind).await?;
        let heard = tokio::task::block_in_place(|| card.wait_for_sound(start, OVER, SOON))?;
        ensure!(heard.beats().len() == rhythm.beats_and_pauses().len(), "{kind}: {:?} ms", heard.beats());
    }
    Ok(())
}
