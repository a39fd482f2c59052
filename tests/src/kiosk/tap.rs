//! A member's hand at the reader.

use std::time::Duration;

use anyhow::Context;

use crate::pn532::{Handle, LoggedFrame, Presence, Side};

/// How long the reader has to look again.
const LOOKS_WITHIN: Duration = Duration::from_secs(5);
/// How long a host may hold a missed tile for one at the edge of the field; the empty looks cover it.
const EMPTY_FOR: Duration = Duration::from_millis(300);

/// Takes a tile away, and waits until the reader has looked long enough to know: the same tile is a new tap from then on.
pub async fn take_away(reader: &Handle, stay: Presence) -> anyhow::Result<()> {
    let reader = reader.clone();
    let noticed = tokio::task::spawn_blocking(move || {
        let removed = reader.frames_so_far();
        reader.remove_presence(stay);
        let first = reader.wait_for_frame(removed, LOOKS_WITHIN, found_nothing)?;
        let long_after = |frame: &LoggedFrame| found_nothing(frame) && frame.at > first.at + EMPTY_FOR;
        reader.wait_for_frame(removed, LOOKS_WITHIN, long_after)
    });
    noticed.await?.context("nobody polls the reader").map(drop)
}

/// Whether the chip tells the host that the field is empty: a reply to `InListPassiveTarget` with no target (UM0701,
/// 7.3.5).
fn found_nothing(frame: &LoggedFrame) -> bool {
    frame.from == Side::Chip && frame.code() == Some(0x4B) && frame.bytes.get(7) == Some(&0)
}
