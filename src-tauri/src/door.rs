//! The door between shell and page: what the page is shown, as plain data. Its TypeScript twin in `ui/src/bindings` is
//! generated from here by the test `export_bindings_…` and checked for drift.

use serde::Serialize;
use tapdesk_core::effect::{LinkState, QueueState, ReaderState, StorageState};
use tapdesk_core::pin::PinAnswer;
use tapdesk_core::verdict::{self, Refusal, Shown};
use tapdesk_engine::pins::Found;
use tapdesk_engine::settings::pin::PinMode;
use ts_rs::TS;

/// All that the kiosk screen shows, whole: sent at every change, and on request after a reload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct Scene {
    /// The location this kiosk serves.
    pub(crate) location: Location,
    /// BCP 47 tag of the kiosk's language.
    pub(crate) language: String,
    pub(crate) reader: ReaderView,
    pub(crate) link: LinkView,
    pub(crate) queue: QueueView,
    pub(crate) trouble: TroubleView,
    pub(crate) pin: PinView,
    pub(crate) stage: Stage,
}

/// The location this kiosk serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct Location {
    pub(crate) name: Option<String>,
    /// IANA zone, or null to use the machine's own.
    pub(crate) time_zone: Option<String>,
}

/// Whether the reader works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct ReaderView {
    #[ts(type = r#""starting" | "up" | "down""#)]
    pub(crate) state: &'static str,
    pub(crate) name: Option<String>,
    /// Why it does not work, and what to do.
    pub(crate) why: Option<String>,
}

/// Whether the service can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct LinkView {
    #[ts(type = r#""connecting" | "online" | "offline" | "signed_out""#)]
    pub(crate) state: &'static str,
    pub(crate) why: Option<String>,
    /// Whether taps are kept on this kiosk while the service cannot be reached.
    pub(crate) saves_taps: bool,
}

/// Taps kept on this kiosk: waiting to be recorded, and needing staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct QueueView {
    #[ts(type = "number")]
    pub(crate) waiting: usize,
    #[ts(type = "number")]
    pub(crate) needs_staff: usize,
    /// When the oldest waiting tap was made, a UTC instant.
    pub(crate) oldest: Option<String>,
}

/// What is wrong with this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct TroubleView {
    /// Why taps cannot be stored, and what to do; null where they can.
    pub(crate) storage: Option<String>,
    /// By how many seconds the service's clock is ahead of this machine's; null where they agree.
    #[ts(type = "number | null")]
    pub(crate) clock_seconds: Option<i64>,
}

/// Checking in without a tile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct PinView {
    #[ts(type = r#""off" | "pin" | "name_and_pin""#)]
    pub(crate) mode: &'static str,
    /// Until when no PIN is taken, a UTC instant; null where PINs are taken.
    pub(crate) locked_until: Option<String>,
}

/// What became of a PIN; until when the pad is locked, the scene says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum PinResult {
    Accepted,
    Wrong,
    Locked,
}

/// A member who may be meant by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct FoundMember {
    /// Good until the next look-up; says nothing of the member.
    pub(crate) id: String,
    pub(crate) name: String,
}

/// What the screen is about. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "stage", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Stage {
    Idle,
    Acknowledged { entry: String, tile: Option<String>, at: String },
    Verdict { entry: String, at: String, revised: bool, name: Option<String>, verdict: Verdict, offer: Option<Offer> },
    OutOfOrder { detail: String },
}

/// What a tap became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Verdict {
    CheckedIn { since: String },
    CheckedOut { since: String, minutes: u32 },
    Refused { reason: Reason },
    UnknownTile { tile: Option<String> },
    AmbiguousTile { tile: Option<String> },
    UnusableTile,
    Saved,
    Unavailable { why: Unavailable },
}

/// Who refused, and why. A description is plain text as received, whatever it holds.
#[expect(clippy::enum_variant_names, reason = "a service that gives no reason is called that")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Reason {
    Service { description: String },
    ServiceWithoutReason,
    Inactive,
    Archived,
    AlreadyIn,
    AlreadyOut,
}

/// Why a tap could be neither recorded nor saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Unavailable {
    Offline,
    SignedOut,
    QueueFull,
    NoMemberData,
    NotPermitted,
    Journal,
    Service,
}

/// What the member may ask for instead, within the repeat window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Offer {
    CheckIn,
    CheckOut,
    TryAgain,
}

impl Scene {
    /// Nothing is known yet.
    pub(crate) fn new(language: String, saves_taps: bool, pin: PinMode) -> Self {
        Self {
            location: Location::default(),
            language,
            reader: reader(&ReaderState::Starting),
            link: link(&LinkState::Connecting, saves_taps),
            queue: QueueView::default(),
            trouble: TroubleView::default(),
            pin: PinView { mode: pin_mode(pin), locked_until: None },
            stage: Stage::Idle,
        }
    }
}

pub(crate) fn reader(state: &ReaderState) -> ReaderView {
    match state {
        ReaderState::Starting => ReaderView { state: "starting", name: None, why: None },
        ReaderState::Up { name } => ReaderView { state: "up", name: Some(name.clone()), why: None },
        ReaderState::Down { why } => ReaderView { state: "down", name: None, why: Some(why.clone()) },
    }
}

pub(crate) fn link(state: &LinkState, saves_taps: bool) -> LinkView {
    let (state, why) = match state {
        LinkState::Connecting => ("connecting", None),
        LinkState::Online => ("online", None),
        LinkState::Offline { why } => ("offline", Some(why.clone())),
        LinkState::SignedOut { why } => ("signed_out", Some(why.clone())),
    };
    LinkView { state, why, saves_taps }
}

fn pin_mode(mode: PinMode) -> &'static str {
    match mode {
        PinMode::Off => "off",
        PinMode::Pin => "pin",
        PinMode::NameAndPin => "name_and_pin",
    }
}

impl From<PinAnswer> for PinResult {
    fn from(answer: PinAnswer) -> Self {
        match answer {
            PinAnswer::Accepted => Self::Accepted,
            PinAnswer::Wrong => Self::Wrong,
            PinAnswer::Locked { .. } => Self::Locked,
        }
    }
}

impl From<Found> for FoundMember {
    fn from(found: Found) -> Self {
        Self { id: found.token, name: found.name }
    }
}

pub(crate) fn storage(state: &StorageState) -> Option<String> {
    match state {
        StorageState::Works => None,
        StorageState::Fails { why } => Some(why.clone()),
    }
}

pub(crate) fn queue(state: &QueueState) -> QueueView {
    QueueView {
        waiting: state.waiting,
        needs_staff: state.needs_staff,
        oldest: state.oldest.map(|oldest| oldest.to_rfc3339()),
    }
}

impl From<&tapdesk_core::effect::Stage> for Stage {
    fn from(stage: &tapdesk_core::effect::Stage) -> Self {
        use tapdesk_core::effect::Stage as Told;
        match stage {
            Told::Idle => Self::Idle,
            Told::Acknowledged { entry, tile, at } => {
                Self::Acknowledged { entry: entry.to_string(), tile: tile.clone(), at: at.to_rfc3339() }
            }
            Told::Verdict(shown) => Self::Verdict {
                entry: shown.entry.to_string(),
                at: shown.at.to_rfc3339(),
                revised: shown.revised,
                name: shown.name.clone(),
                verdict: Verdict::from(shown),
                offer: shown.offer.map(Offer::from),
            },
        }
    }
}

impl From<&Shown> for Verdict {
    fn from(shown: &Shown) -> Self {
        use tapdesk_core::verdict::Verdict as Told;
        match &shown.verdict {
            Told::CheckedIn { since } => Self::CheckedIn { since: since.to_rfc3339() },
            Told::CheckedOut { since, until } => Self::CheckedOut {
                since: since.to_rfc3339(),
                minutes: u32::try_from((*until - *since).num_minutes()).unwrap_or_default(),
            },
            Told::Refused(refusal) => Self::Refused { reason: Reason::from(refusal) },
            Told::UnknownTile => Self::UnknownTile { tile: shown.tile.clone() },
            Told::AmbiguousTile => Self::AmbiguousTile { tile: shown.tile.clone() },
            Told::UnusableTile => Self::UnusableTile,
            Told::Saved => Self::Saved,
            Told::Unavailable(why) => Self::Unavailable { why: Unavailable::from(*why) },
        }
    }
}

impl From<&Refusal> for Reason {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::ByService(Some(description)) => Self::Service { description: description.clone() },
            Refusal::ByService(None) => Self::ServiceWithoutReason,
            Refusal::Inactive => Self::Inactive,
            Refusal::Archived => Self::Archived,
            Refusal::AlreadyIn => Self::AlreadyIn,
            Refusal::AlreadyOut => Self::AlreadyOut,
        }
    }
}

impl From<verdict::Unavailable> for Unavailable {
    fn from(why: verdict::Unavailable) -> Self {
        match why {
            verdict::Unavailable::Offline => Self::Offline,
            verdict::Unavailable::SignedOut => Self::SignedOut,
            verdict::Unavailable::QueueFull => Self::QueueFull,
            verdict::Unavailable::NoMemberData => Self::NoMemberData,
            verdict::Unavailable::NotPermitted => Self::NotPermitted,
            verdict::Unavailable::Journal => Self::Journal,
            verdict::Unavailable::Service => Self::Service,
        }
    }
}

impl From<verdict::Offer> for Offer {
    fn from(offer: verdict::Offer) -> Self {
        match offer {
            verdict::Offer::CheckIn => Self::CheckIn,
            verdict::Offer::CheckOut => Self::CheckOut,
            verdict::Offer::TryAgain => Self::TryAgain,
        }
    }
}
