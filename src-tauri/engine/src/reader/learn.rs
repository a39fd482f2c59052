//! Finds out how a reader writes the numbers that it types, from one tile whose number is known.

use std::time::Duration;

use tapdesk_core::tile_format::{TileFormat, formats_that_fit};

use super::lines::Line;
use super::supervisor::{ReaderCommand, start};

/// How long somebody has to hold the tile there.
pub const WITHIN: Duration = Duration::from_mins(1);

/// What a tile taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lesson {
    /// The reader writes numbers in this way.
    Learnt(TileFormat),
    /// The reader types what stands in the record, and no format is needed.
    AsRecorded,
    /// The reader gives UIDs, and types nothing.
    NotTyped,
    /// Several formats make the one number of the other: another tile may tell them apart.
    Several(Vec<TileFormat>),
    /// No format does: another tile was held there, or the reader leaves a part of the number out.
    Unlike,
}

impl Lesson {
    /// What a reader teaches that typed this for the tile with this number.
    pub fn of(typed: &str, known: &str) -> Self {
        let formats = formats_that_fit(typed, known);
        match formats.as_slice() {
            [one] => Self::Learnt(*one),
            [] if typed.trim().eq_ignore_ascii_case(known.trim()) => Self::AsRecorded,
            [] => Self::Unlike,
            _ => Self::Several(formats),
        }
    }
}

/// Runs the reader until a tile is held there, and says what that teaches; `ready` hears the reader's name once it works.
pub async fn learn(command: &ReaderCommand, known: &str, ready: impl Fn(&str)) -> Result<Lesson, String> {
    // It ends with this, and the reader is free again.
    let (child, mut lines) = start(command).map_err(|error| format!("the reader process does not start: {error}"))?;
    let listening = async {
        loop {
            let line =
                lines.next_line().await.map_err(|error| format!("the reader process cannot be read: {error}"))?;
            // It ends itself where a call into a driver hangs.
            let line = line.ok_or("the reader process ended; see `tapdesk doctor`")?;
            match serde_json::from_str(&line) {
                Ok(Line::Up { name }) => ready(&name),
                Ok(Line::Down { why }) => {
                    return Err(format!("{why}; a kiosk that runs keeps its readers to itself: end it first"));
                }
                Ok(Line::Typed { text, .. }) => return Ok(Lesson::of(&text, known)),
                Ok(Line::Tile { .. }) => return Ok(Lesson::NotTyped),
                Ok(Line::Gone | Line::Heartbeat) | Err(_) => {}
            }
        }
    };
    let lesson = tokio::time::timeout(WITHIN, listening).await;
    drop(child);
    lesson.unwrap_or_else(|_| {
        Err("no tile's number was typed. Hold the tile to the reader until it beeps; if it did, set the reader up to type \
             plain digits or hex as on a US keyboard, with Enter after them"
            .to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tile_teaches_the_format_or_why_not() {
        let cases = [
            ("0A1B2C3D", "0a:1b:2c:3d", Lesson::Learnt(TileFormat::Hex)),
            ("3D2C1B0A", "0A1B2C3D", Lesson::Learnt(TileFormat::HexReversed)),
            ("0169552957", "0A1B2C3D", Lesson::Learnt(TileFormat::Decimal)),
            ("1026300682", "0A1B2C3D", Lesson::Learnt(TileFormat::DecimalReversed)),
            ("123,45678", "12345678", Lesson::Learnt(TileFormat::Facility)),
            ("SITE-7/0815", "site-7/0815", Lesson::AsRecorded),
            ("0169552958", "0A1B2C3D", Lesson::Unlike),
            ("0A0B0B0A", "0A0B0B0A", Lesson::Several(vec![TileFormat::Hex, TileFormat::HexReversed])),
        ];
        for (typed, known, lesson) in cases {
            assert_eq!(Lesson::of(typed, known), lesson, "{typed} for {known}");
        }
    }
}
