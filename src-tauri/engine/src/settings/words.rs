//! The words that a key may have, and what each means: one table for reading, writing and the schema.

use tapdesk_core::policy::{NameDisplay, OfflineAccept};
use tapdesk_core::tile_format::{TABLE, TileFormat};

use super::kiosk::{Reasons, Theme};
use super::log::LogFormat;
use super::pin::PinMode;
use super::reader::{ReaderDirection, ReaderKind};
use crate::keys::StoreChoice;

/// A closed list of words.
pub trait Words: Copy + PartialEq + 'static {
    /// All of them.
    const WORDS: &'static [(&'static str, Self)];

    /// The word for this.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| *word)
    }

    /// What this word is for.
    fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }
}

impl Words for ReaderKind {
    const WORDS: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("libnfc", Self::Libnfc), ("pcsc", Self::Pcsc), ("keyboard", Self::Keyboard)];
}

/// The core's table, and none of it.
impl Words for Option<TileFormat> {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("auto", None),
        (TABLE[0].word, Some(TABLE[0].format)),
        (TABLE[1].word, Some(TABLE[1].format)),
        (TABLE[2].word, Some(TABLE[2].format)),
        (TABLE[3].word, Some(TABLE[3].format)),
        (TABLE[4].word, Some(TABLE[4].format)),
    ];
}

impl Words for ReaderDirection {
    const WORDS: &'static [(&'static str, Self)] = &[("toggle", Self::Toggle), ("in", Self::In), ("out", Self::Out)];
}

impl Words for OfflineAccept {
    const WORDS: &'static [(&'static str, Self)] = &[("none", Self::None), ("known", Self::Known), ("all", Self::All)];
}

impl Words for NameDisplay {
    const WORDS: &'static [(&'static str, Self)] =
        &[("first", Self::First), ("full", Self::Full), ("none", Self::None)];
}

impl Words for Reasons {
    const WORDS: &'static [(&'static str, Self)] = &[("full", Self::Full), ("short", Self::Short)];
}

impl Words for Theme {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("light", Self::Light),
        ("dark", Self::Dark),
        ("high_contrast", Self::HighContrast),
        ("system", Self::System),
    ];
}

impl Words for PinMode {
    const WORDS: &'static [(&'static str, Self)] =
        &[("off", Self::Off), ("pin", Self::Pin), ("name_and_pin", Self::NameAndPin)];
}

impl Words for StoreChoice {
    const WORDS: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("system", Self::System), ("credential", Self::Credential), ("file", Self::File)];
}

impl Words for LogFormat {
    const WORDS: &'static [(&'static str, Self)] = &[("json", Self::Json), ("text", Self::Text)];
}
