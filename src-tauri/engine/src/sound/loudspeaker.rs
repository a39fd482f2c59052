//! The handle to what is heard: asking never waits and never fails.

use std::fmt;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use chrono::Utc;

use super::player::{Player, Request};
use super::rhythm::Rhythm;
use super::volume::Volume;
use crate::settings::kiosk::KioskSettings;
use crate::speech::{Speech, Words};

/// More than a player that works ever has before it. One that hangs, as its device does, is asked no further.
const REQUESTS: usize = 32;

/// What is heard at the kiosk. Its copies ask the same player, which ends with the last of them.
#[derive(Debug, Clone)]
pub struct Loudspeaker(Arc<Inner>);

struct Inner {
    sounds: bool,
    speech: bool,
    volume: Mutex<Volume>,
    /// None where nothing is to be heard.
    player: Option<SyncSender<Request>>,
}

impl Loudspeaker {
    /// As `kiosk` says. Where nothing is to be heard nothing is started, and no device is opened before the first sound.
    pub fn new(kiosk: &KioskSettings) -> Self {
        let player = (kiosk.sounds || kiosk.speech).then(|| start(kiosk.speech)).flatten();
        let volume = Mutex::new(Volume::new(kiosk));
        Self(Arc::new(Inner { sounds: kiosk.sounds, speech: kiosk.speech, volume, player }))
    }

    /// A new verdict is on the screen: what is heard ends, and this is heard, where sounds are on.
    pub fn verdict(&self, rhythm: Rhythm) {
        let rhythm = self.0.sounds.then_some(rhythm);
        self.0.ask(Request::Verdict { rhythm, percent: self.0.percent(), at: Instant::now() });
    }

    /// Speaks `text` after the verdict's rhythm, where speech is on; another text is cut. `language` is a BCP 47 tag: one
    /// that cannot be spoken is left to the speech engine's default.
    pub fn speak(&self, text: &str, language: &str) {
        if self.0.speech
            && let Some(words) = Words::new(text, language, self.0.percent())
        {
            self.0.ask(Request::Words { words, at: Instant::now() });
        }
    }

    /// The IANA time zone that quiet hours are in; none for the machine's own.
    pub fn locate(&self, time_zone: Option<&str>) {
        self.0.volume.lock().unwrap_or_else(PoisonError::into_inner).locate(time_zone);
    }
}

impl Inner {
    fn ask(&self, request: Request) {
        if let Some(player) = &self.player
            && player.try_send(request).is_err()
        {
            tracing::debug!("the sound device hangs");
        }
    }

    fn percent(&self) -> u64 {
        self.volume.lock().unwrap_or_else(PoisonError::into_inner).percent_at(Utc::now())
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.ask(Request::End);
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut inner = formatter.debug_struct("Inner");
        inner.field("sounds", &self.sounds).field("speech", &self.speech).field("volume", &self.volume);
        inner.finish_non_exhaustive()
    }
}

/// Starts the player; none, and said, where the system gives no thread.
fn start(speaks: bool) -> Option<SyncSender<Request>> {
    let (requests, asked) = sync_channel(REQUESTS);
    let answers = requests.clone();
    let play = move || {
        let prepared = move |number, prepared| {
            // A player that does not listen speaks nothing.
            drop(answers.try_send(Request::Prepared { number, prepared }));
        };
        let speech = speaks.then(|| Speech::start(prepared)).flatten();
        Player::new(speech).run(&asked);
    };
    match thread::Builder::new().name("sound".to_owned()).spawn(play) {
        Ok(_) => Some(requests),
        Err(error) => {
            tracing::error!(%error, "verdicts are not heard: the system gives no thread");
            None
        }
    }
}
