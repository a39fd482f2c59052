//! What a member's record says of tiles, and whether that is a certain tile.
//!
//! `AccessCardId` and `KeyFobNumber` are free text and the service prescribes no format (`nexudus-api.md` section 7.1):
//! any of [`crate::tile_format`]'s, leading zeros kept or lost, several ids in one field.

use crate::tile::{TileId, is_cut_off, typed_form};
use crate::tile_format::{LONGEST_TEXT, TileFormat, facility_with_separator};
use crate::tile_house::Kind;
use crate::uid::Uid;

/// What stands between the ids in a field.
const BETWEEN: [char; 7] = [',', ';', '|', '\n', '\r', '\t', '/'];

/// A text as one of the tiles it can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reading {
    pub(crate) uid: Uid,
    pub(crate) format: TileFormat,
}

/// What a text is found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A UID that it can mean.
    Uid(Uid),
    /// Itself, as a reader would type it: for what is no number.
    Typed(Box<str>),
}

impl Key {
    /// The key of a text that is no number; leading zeros of a long run of digits do not count.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        typed_form(text).map(|text| Self::Typed(without_zeros(&text).into()))
    }
}

/// Whether a record's text means this tile. `kind` is how this house writes its tiles, where that is known.
pub(crate) fn means(text: &str, tile: &TileId, kind: Option<Kind>) -> bool {
    match tile.uid() {
        Some(uid) => means_uid(text, uid, kind),
        None => tile.typed().is_some_and(|typed| is_same_text(text, typed) || means_typed(text, typed, kind)),
    }
}

/// Whether a record's text means this UID.
pub(crate) fn means_uid(text: &str, uid: Uid, kind: Option<Kind>) -> bool {
    means_as(text, uid, kind, kind)
}

/// Whether a record's text means a tile that what was typed can mean, by any reading of both.
pub(crate) fn means_typed(text: &str, typed: &str, kind: Option<Kind>) -> bool {
    readings_of_typed(typed, kind).iter().any(|typed| means_as(text, typed.uid, kind, Some(Kind::of(typed.format))))
}

/// A small number that is another one in another format is read as `preferred`: somebody else may well have the other one.
fn means_as(text: &str, uid: Uid, kind: Option<Kind>, preferred: Option<Kind>) -> bool {
    parts(text).any(|part| {
        let readings = readings(part, kind);
        let is = |reading: &Reading, kind| Kind::of(reading.format) == kind;
        let preferred = preferred.filter(|&kind| readings.iter().any(|reading| is(reading, kind)));
        let counts = |reading: &Reading| !uid.is_small() || preferred.is_none_or(|kind| is(reading, kind));
        readings.iter().any(|reading| reading.uid == uid && counts(reading))
    })
}

/// Whether a record's text, or one of the ids in it, is what was typed; leading zeros do not count.
pub(crate) fn is_same_text(text: &str, typed: &str) -> bool {
    let same = |text: &str| typed_form(text).is_some_and(|text| without_zeros(&text) == without_zeros(typed));
    same(text) || parts(text).any(same)
}

/// All that a typed text can mean where its reader's format is unknown. It is one id, never split into several.
///
/// A short number in digits alone is not read as hex: these are the numbers that a house counts up, and its hex would be
/// somebody else's decimal.
pub(crate) fn readings_of_typed(typed: &str, kind: Option<Kind>) -> Vec<Reading> {
    let digits_alone = typed.bytes().all(|byte| byte.is_ascii_digit());
    let short_hex = TileFormat::Hex.uid(typed).is_some_and(|uid| digits_alone && uid.is_small_as_written());
    let misread = |reading: &Reading| short_hex && Kind::of(reading.format) == Kind::Hex;
    readings(typed, kind).into_iter().filter(|reading| !misread(reading) && !may_be_cut_off(reading)).collect()
}

/// In either order: what nothing tells the order of may be the other way round.
fn may_be_cut_off(reading: &Reading) -> bool {
    is_cut_off(reading.uid) || is_cut_off(reading.uid.reversed())
}

/// All that a record's text is found by.
pub(crate) fn keys(text: &str) -> Vec<Key> {
    let mut keys: Vec<Key> =
        parts(text).flat_map(|part| readings(part, None)).map(|found| Key::Uid(found.uid)).collect();
    let ids = std::iter::once(text).chain(text.split(BETWEEN));
    keys.extend(ids.filter(|id| readings(id, None).is_empty()).filter_map(Key::typed));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A text as one UID with separators inside, and also as several ids separated by commas, semicolons, bars, slashes or
/// white space. The comma in a facility's number separates no ids.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim();
    let whole = facility_with_separator(text).map(|_| text);
    let split = whole.is_none().then(|| text.split(BETWEEN)).into_iter().flatten();
    whole.into_iter().chain(split.flat_map(|part| {
        let several = part.split_whitespace().nth(1).is_some();
        let words = several.then(|| part.split_whitespace().filter(|word| word.len() > 2));
        std::iter::once(part.trim()).chain(words.into_iter().flatten())
    }))
}

/// What one id can mean: in either byte order, since nothing in a number tells which.
fn readings(text: &str, kind: Option<Kind>) -> Vec<Reading> {
    let text = text.trim();
    if text.len() > LONGEST_TEXT {
        return Vec::new();
    }
    if let Some((uid, _)) = facility_with_separator(text) {
        return vec![Reading { uid, format: TileFormat::Facility }];
    }
    let hex = [TileFormat::Hex, TileFormat::HexReversed].into_iter().filter(|_| !is_short_number(text));
    let others = [TileFormat::Decimal, TileFormat::DecimalReversed].into_iter();
    // Eight digits are so many things that they are a facility's only where it is known that numbers are.
    let eight = (kind == Some(Kind::Facility)).then_some(TileFormat::Facility);
    let formats = hex.chain(others).chain(eight);
    formats.filter_map(|format| Some(Reading { uid: format.uid(text)?, format })).collect()
}

/// Whether it is a number in digits alone, and not a UID in hex that starts with zeros as it is written in full.
fn is_short_number(text: &str) -> bool {
    let in_full = Uid::of_hex(text).is_some();
    let digits_alone = text.bytes().all(|byte| byte.is_ascii_digit());
    digits_alone && !in_full && TileFormat::Hex.uid(text).is_some_and(|uid| uid.is_small_as_written())
}

fn without_zeros(text: &str) -> &str {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.trim_start_matches('0') } else { text }
}

#[cfg(test)]
mod tests;
