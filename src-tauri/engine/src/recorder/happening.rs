//! What a notice is to who asks later what happened: kinds, ids and masked tiles, and never a member's name.

use std::sync::LazyLock;

use tapdesk_core::effect::{LinkState, Notice, ReaderState, StorageState};

use crate::screen::ConfigurationState;
use crate::staff_desk::view::LinkKind;
use crate::staff_desk::view::health::Happening;
use crate::support::masked::Masked;

/// Sentences of the machine are not ours: a second lock.
static MASKED: LazyLock<Masked> = LazyLock::new(|| Masked::new(&[], None));

/// None for what nobody asks for later.
pub(super) fn of_notice(notice: &Notice) -> Option<Happening> {
    let happening = match notice {
        Notice::Acknowledged { entry, tile, .. } => {
            Happening::Acknowledged { tile: tile.clone(), entry: entry.to_string() }
        }
        Notice::Verdict(shown) => Happening::Verdict {
            entry: shown.entry.to_string(),
            verdict: shown.verdict.kind().to_owned(),
            coworker: shown.coworker.map(|coworker| coworker.0),
            revised: shown.revised,
        },
        Notice::Reader(ReaderState::Starting) | Notice::PinLocked(_) | Notice::OtherSource { .. } => return None,
        Notice::Reader(ReaderState::Up { name }) => Happening::Reader { works: true, detail: Some(said(name)) },
        Notice::Reader(ReaderState::Down { why }) => Happening::Reader { works: false, detail: Some(said(why)) },
        Notice::Link(link) => {
            let (state, why) = link_kind(link);
            Happening::Link { state, detail: why.map(said) }
        }
        Notice::Queue(queue) => {
            Happening::Queue { waiting: queue.waiting as u64, needs_staff: queue.needs_staff as u64 }
        }
        Notice::Storage(StorageState::Works) => Happening::Storage { works: true, detail: None },
        Notice::Storage(StorageState::Fails { why }) => Happening::Storage { works: false, detail: Some(said(why)) },
        Notice::Clock(ahead) => Happening::Clock { ahead_s: ahead.map(|ahead| ahead.num_seconds()) },
    };
    Some(happening)
}

pub(super) fn of_configuration(state: &ConfigurationState) -> Happening {
    match state {
        ConfigurationState::Current { .. } => Happening::Configuration { taken: true, detail: None },
        ConfigurationState::NotTaken { why, .. } => Happening::Configuration { taken: false, detail: Some(said(why)) },
    }
}

/// How the connection is, and why.
pub(crate) fn link_kind(link: &LinkState) -> (LinkKind, Option<&str>) {
    match link {
        LinkState::Connecting => (LinkKind::Connecting, None),
        LinkState::Online => (LinkKind::Online, None),
        LinkState::Offline { why } => (LinkKind::Offline, Some(why)),
        LinkState::SignedOut { why } => (LinkKind::SignedOut, Some(why)),
    }
}

fn said(text: &str) -> String {
    MASKED.text(text)
}
