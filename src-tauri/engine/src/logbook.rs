//! The log of what happened at the desk: kinds and ids, never a name or a whole UID.

use tapdesk_core::effect::Notice;

/// Writes a fact to the log.
pub(crate) fn write(notice: &Notice) {
    match notice {
        Notice::Acknowledged { entry, tile, .. } => tracing::info!(%entry, tile = tile.as_deref(), "tap"),
        Notice::Verdict(shown) => {
            let coworker = shown.coworker.map(|coworker| coworker.0);
            tracing::info!(entry = %shown.entry, kind = shown.verdict.kind(), revised = shown.revised, coworker, "verdict");
        }
        Notice::Reader(state) => tracing::info!(?state, "reader"),
        Notice::Link(state) => tracing::info!(?state, "link"),
        Notice::Queue(queue) => tracing::info!(waiting = queue.waiting, needs_staff = queue.needs_staff, "queue"),
        Notice::Storage(state) => tracing::warn!(?state, "storage"),
        Notice::PinLocked(until) => tracing::warn!(?until, "too many wrong PINs"),
        Notice::OtherSource { entry, sent, stored } => {
            tracing::info!(%entry, ?sent, stored, "the service keeps another source");
        }
        Notice::Clock(ahead) => tracing::warn!(seconds = ahead.map(|ahead| ahead.num_seconds()), "clock"),
    }
}
