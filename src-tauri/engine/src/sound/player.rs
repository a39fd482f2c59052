//! The thread that plays: a verdict's rhythm at once, its words after it, and the newest of each only.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::Samples;
use super::output::Playing;
use super::rhythm::Rhythm;
use super::volume::gain;
use crate::speech::{Prepared, Speech, Words};

/// A sound that could not begin for so long, as a device hung, would be taken for that of the next tap.
const STALE_AFTER: Duration = Duration::from_secs(2);
/// Between the end of a rhythm and its words. What the device still holds then is played first, too.
const BREATH: Duration = Duration::from_millis(150);
/// How much later than it was given a sound may end: what comes before it, and the buffers of device and sound server.
const LATENCY: Duration = Duration::from_millis(600);
/// Samples a second of a rhythm: what most devices have.
const RATE: u32 = 48_000;

/// What the player is asked for.
pub(super) enum Request {
    /// A new verdict is on the screen: what is heard ends, and its rhythm begins.
    Verdict { rhythm: Option<Rhythm>, percent: u64, at: Instant },
    /// The words of the verdict: they cut other words, and follow the rhythm.
    Words { words: Words, at: Instant },
    /// The words with this number can begin.
    Prepared { number: u64, prepared: Prepared },
    /// Nobody listens any more.
    End,
}

/// What is heard now, and what waits for it.
pub(super) struct Player {
    /// None where verdicts are not spoken.
    speech: Option<Speech>,
    /// A device is open while this is.
    playing: Option<Playing>,
    /// When words may begin.
    rhythm_until: Option<Instant>,
    /// When nothing is heard any more, so that the device is let go.
    playing_until: Option<Instant>,
    /// Counts the words: what was prepared for others is not spoken.
    number: u64,
    /// How loud the words are that are being prepared.
    percent: u64,
    /// Words that wait for the rhythm.
    waiting: Option<Prepared>,
    /// Whether the last look for a device found none: said once.
    without_device: bool,
}

impl Player {
    pub(super) fn new(speech: Option<Speech>) -> Self {
        Self {
            speech,
            playing: None,
            rhythm_until: None,
            playing_until: None,
            number: 0,
            percent: 0,
            waiting: None,
            without_device: false,
        }
    }

    /// Plays until nobody listens any more.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        loop {
            let deadline = [self.rhythm_until, self.playing_until].into_iter().flatten().min();
            let heard = match deadline {
                Some(deadline) => requests.recv_timeout(deadline.saturating_duration_since(Instant::now())),
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match heard {
                Ok(Request::Verdict { rhythm, percent, at }) => self.verdict(rhythm, percent, at),
                Ok(Request::Words { words, at }) => self.prepare(words, at),
                Ok(Request::Prepared { number, prepared }) if number == self.number => self.waiting = Some(prepared),
                Ok(Request::Prepared { .. }) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Request::End) | Err(RecvTimeoutError::Disconnected) => {
                    self.hush();
                    return;
                }
            }
            self.go_on();
        }
    }

    fn verdict(&mut self, rhythm: Option<Rhythm>, percent: u64, at: Instant) {
        self.hush();
        self.let_go();
        let Some(rhythm) = rhythm.filter(|_| percent > 0 && at.elapsed() < STALE_AFTER) else { return };
        if let Some(end) = self.play(rhythm.samples(RATE), percent) {
            self.rhythm_until = Some(end + BREATH);
        }
    }

    fn prepare(&mut self, words: Words, at: Instant) {
        self.hush();
        // Words that play now have the device for themselves; a rhythm goes on.
        if self.rhythm_until.is_none() {
            self.let_go();
        }
        if words.percent == 0 || at.elapsed() >= STALE_AFTER {
            return;
        }
        self.percent = words.percent;
        if let Some(speech) = &self.speech {
            speech.prepare(self.number, words);
        }
    }

    /// Does what is due.
    fn go_on(&mut self) {
        let now = Instant::now();
        if self.rhythm_until.is_some_and(|until| until <= now) {
            self.rhythm_until = None;
        }
        if self.rhythm_until.is_none()
            && let Some(prepared) = self.waiting.take()
        {
            self.say(prepared);
        }
        if self.playing_until.is_some_and(|until| until <= now) {
            self.let_go();
        }
    }

    fn say(&mut self, prepared: Prepared) {
        match prepared {
            Prepared::Samples(sound) => {
                self.play(sound, self.percent);
            }
            Prepared::ByDispatcher => {
                if let Some(speech) = &self.speech {
                    speech.begin(self.number);
                }
            }
        }
    }

    /// Ends the words that are spoken or prepared.
    fn hush(&mut self) {
        self.number += 1;
        self.waiting = None;
        if let Some(speech) = &self.speech {
            speech.stop();
        }
    }

    fn let_go(&mut self) {
        self.playing = None;
        self.rhythm_until = None;
        self.playing_until = None;
    }

    /// Plays a sound instead of what plays; when it ends. Without a device one is looked for again the next time.
    fn play(&mut self, sound: Samples, percent: u64) -> Option<Instant> {
        self.let_go();
        let length = sound.duration();
        match Playing::start(&sound.amplified(gain(percent))) {
            Ok(playing) => {
                if std::mem::take(&mut self.without_device) {
                    tracing::info!("there is a sound device again");
                }
                let end = Instant::now() + length;
                self.playing = Some(playing);
                self.playing_until = Some(end + LATENCY);
                Some(end)
            }
            Err(why) => {
                if !std::mem::replace(&mut self.without_device, true) {
                    tracing::warn!(why, "no sound device; it is looked for again at the next verdict");
                }
                None
            }
        }
    }
}
