//! Words that are spoken. espeak-ng comes first: it hands its sound over, so that one player has volume, order and cut in
//! its hands, it answers within 20 ms, and nothing of it stays behind. Speech Dispatcher, a daemon that plays by itself
//! and takes a second to start, speaks where only it is installed.

mod dispatcher;
mod espeak;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use dispatcher::Dispatcher;

use crate::sound::Samples;

/// The longest text, in characters: a minute of speech.
const LONGEST: usize = 500;
/// How long a program has to make speech of a text, or to start.
const WITHIN: Duration = Duration::from_secs(5);
/// What to do where nothing can speak.
const INSTALL: &str = "install the package espeak-ng, or speech-dispatcher with a voice of yours";

/// A text to be spoken.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Words {
    text: String,
    /// A BCP 47 tag; none for the engine's default.
    language: Option<String>,
    /// How loud.
    pub(crate) percent: u64,
}

/// Words that can begin.
pub(crate) enum Prepared {
    /// As sound, for whoever plays.
    Samples(Samples),
    /// Speech Dispatcher plays them when it is told to.
    ByDispatcher,
}

enum Order {
    Prepare { number: u64, words: Words },
    Begin { number: u64 },
    Stop,
}

/// The thread that makes speech of words.
pub(crate) struct Speech(Sender<Order>);

impl Words {
    /// Cleans `text`; none where nothing is left to be said.
    pub(crate) fn new(text: &str, language: &str, percent: u64) -> Option<Self> {
        let text = clean(text);
        (!text.is_empty()).then(|| Self { text, language: tag(language), percent })
    }
}

impl Speech {
    /// Starts the thread; `prepared` is told the number of the words that can begin. None, and said, where the system
    /// gives no thread.
    pub(crate) fn start(prepared: impl Fn(u64, Prepared) + Send + 'static) -> Option<Self> {
        let (orders, ordered) = channel();
        let started = thread::Builder::new().name("speech".to_owned()).spawn(move || run(&ordered, prepared));
        let started = started.inspect_err(|error| tracing::error!(%error, "verdicts are not spoken: no thread"));
        started.ok().map(|_| Self(orders))
    }

    /// Makes speech of these words.
    pub(crate) fn prepare(&self, number: u64, words: Words) {
        drop(self.0.send(Order::Prepare { number, words }));
    }

    /// Lets words that were prepared for Speech Dispatcher begin.
    pub(crate) fn begin(&self, number: u64) {
        drop(self.0.send(Order::Begin { number }));
    }

    /// Ends what Speech Dispatcher speaks.
    pub(crate) fn stop(&self) {
        drop(self.0.send(Order::Stop));
    }
}

fn run(orders: &Receiver<Order>, prepared: impl Fn(u64, Prepared)) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "verdicts are not spoken");
            return;
        }
    };
    let mut dispatcher = Dispatcher::default();
    let mut waiting: Option<(u64, Words)> = None;
    let mut silent = false;
    while let Ok(order) = orders.recv() {
        match order {
            Order::Prepare { number, words } => {
                waiting = None;
                let spoken = match runtime.block_on(espeak::speak(&words.text, words.language.as_deref())) {
                    Ok(samples) => Ok(Prepared::Samples(samples)),
                    Err(one) => match runtime.block_on(dispatcher.connect()) {
                        Ok(()) => Ok(Prepared::ByDispatcher),
                        Err(other) => Err(format!("{one}; {other}")),
                    },
                };
                match spoken {
                    Ok(ready) => {
                        if matches!(ready, Prepared::ByDispatcher) {
                            waiting = Some((number, words));
                        }
                        silent = false;
                        prepared(number, ready);
                    }
                    Err(why) => {
                        if !std::mem::replace(&mut silent, true) {
                            tracing::warn!(why, "verdicts are not spoken: {INSTALL}");
                        }
                    }
                }
            }
            Order::Begin { number } => {
                if let Some((_, words)) = waiting.take_if(|(waiting, _)| *waiting == number) {
                    dispatcher.speak(&words.text, words.language.as_deref(), words.percent);
                }
            }
            Order::Stop => {
                waiting = None;
                dispatcher.stop();
            }
        }
    }
}

/// What would speak here, by name; fails with what is missing and what to do.
pub async fn find() -> Result<&'static str, String> {
    let Err(one) = espeak::speak("a", None).await else { return Ok("espeak-ng") };
    match Dispatcher::default().connect().await {
        Ok(()) => Ok("Speech Dispatcher"),
        Err(other) => Err(format!("{one}; {other}")),
    }
}

/// What to do where [`find`] finds nothing.
pub fn advice() -> String {
    format!("{INSTALL}, or set `kiosk.speech` to false")
}

/// One line of at most [`LONGEST`] characters without what an engine could take for an order: control characters, tags,
/// espeak's phonemes in brackets, and the invisible marks of a text's direction.
fn clean(text: &str) -> String {
    let is_invisible = |letter: char| matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    let is_order = |letter: char| letter.is_control() || matches!(letter, '<' | '>' | '[' | ']');
    let spoken: String = text
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| if is_order(letter) { ' ' } else { letter })
        .collect();
    let words = spoken.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// A tag that can be given to an engine; it is part of a command line.
fn tag(language: &str) -> Option<String> {
    let is_part = |part: &str| !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_tag = language.len() <= 35 && language.split('-').all(is_part);
    (is_tag && language.as_bytes()[0].is_ascii_alphabetic()).then(|| language.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_holds_no_orders() {
        let cases = [
            ("Welcome, Anna.", "Welcome, Anna."),
            ("  two\r\n.\r\nlines\t", "two . lines"),
            ("QUIT\r\n\u{1}5p\u{0}loud\u{7f}\u{9b}", "QUIT 5p loud"),
            ("<speak><break time=\"60s\"/>hi</speak>", "speak break time=\"60s\"/ hi /speak"),
            ("[[h@l'oU]] there", "h@l'oU there"),
            ("Café & Bar", "Café & Bar"),
            ("\u{2068}Ana\u{2069} \u{202E}x", "Ana x"),
            ("مرحبا بك", "مرحبا بك"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text), expected, "{text:?}");
        }
        for nothing in ["", " \n", "[<>]", "\u{2068}\u{2069}"] {
            assert!(Words::new(nothing, "en", 50).is_none(), "{nothing:?}");
        }
    }

    #[test]
    fn a_text_is_cut_by_characters() {
        assert_eq!(clean(&"é".repeat(LONGEST + 1)), "é".repeat(LONGEST));
        assert_eq!(clean(&"a ".repeat(LONGEST)).chars().count(), LONGEST - 1);
    }

    #[test]
    fn a_language_is_a_tag_or_left_out() {
        for good in ["en", "de-AT", "zh-Hans", "es-419"] {
            assert_eq!(tag(good).as_deref(), Some(good));
        }
        for bad in ["", "-", "en-", "--path=x", "en\n", "../en", "en+f3", "9", "a23456789"] {
            assert_eq!(tag(bad), None, "{bad:?}");
        }
    }
}
