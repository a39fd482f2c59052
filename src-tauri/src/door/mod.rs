//! The door between shell and page: what the page is shown, as plain data. Its TypeScript twin in `ui/src/bindings` is
//! generated from here by the test `export_bindings_…` and checked for drift.

mod appearance;
mod pin;
mod set_up;
mod stage;

use serde::Serialize;
use tapdesk_core::effect::{LinkState, QueueState, ReaderState, StorageState};
use tapdesk_core::policy::OfflineAccept;
use tapdesk_engine::screen;
use tapdesk_engine::settings::Settings;
use ts_rs::TS;

pub(crate) use self::appearance::Appearance;
pub(crate) use self::pin::{FoundMember, PinResult, PinView};
pub(crate) use self::set_up::{SetUpAction, SetUpView};
pub(crate) use self::stage::{Stage, Visit};

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
    /// How many are in; null where that is not known or not shown.
    #[ts(type = "number | null")]
    pub(crate) present: Option<usize>,
    /// Set while the location is closed. Taps work all the same.
    pub(crate) closed: Option<ClosedView>,
    /// What a visit without a pass may be charged as.
    pub(crate) charge: Option<ChargeView>,
    /// Quiet hours: the screen is dark.
    pub(crate) quiet: bool,
    /// The screen is off until somebody comes.
    pub(crate) screen_off: bool,
    pub(crate) pin: PinView,
    pub(crate) staff: StaffView,
    pub(crate) about: AboutView,
    pub(crate) stage: Stage,
}

/// The way in for staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct StaffView {
    /// Whether staff have a PIN: without one there is no way in from here.
    pub(crate) has_pin: bool,
    /// Until when no staff PIN is taken, a UTC instant; null where it is.
    pub(crate) locked_until: Option<String>,
}

/// Which program and which configuration run here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct AboutView {
    /// Tapdesk's own version.
    pub(crate) program: String,
    /// The operator's number of the configuration.
    #[ts(type = "number | null")]
    pub(crate) configuration: Option<u64>,
    /// Eight digits that are the same on kiosks with the same configuration.
    pub(crate) fingerprint: String,
    /// Why a changed configuration was not taken over; null where none waits.
    pub(crate) not_taken: Option<String>,
}

/// The location is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct ClosedView {
    /// When it opens next, a UTC instant.
    pub(crate) opens: Option<String>,
}

/// What a visit without a pass may be charged as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct ChargeView {
    pub(crate) name: Option<String>,
    /// A decimal number.
    pub(crate) price: Option<String>,
    /// ISO 4217.
    pub(crate) currency: Option<String>,
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
    /// When the sign-in will end unless staff sign in again, a UTC instant; null while nothing speaks for it.
    pub(crate) sign_in_ends: Option<String>,
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

impl Scene {
    /// Nothing is known yet.
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            location: Location::default(),
            language: settings.kiosk.language.clone(),
            reader: reader(&ReaderState::Starting),
            link: LinkView::new(settings),
            queue: QueueView::default(),
            trouble: TroubleView::default(),
            present: None,
            closed: None,
            charge: None,
            quiet: false,
            screen_off: false,
            pin: PinView::from(settings.pin.accept),
            staff: StaffView::default(),
            about: AboutView { program: env!("CARGO_PKG_VERSION").to_owned(), ..AboutView::default() },
            stage: Stage::Idle,
        }
    }

    /// Takes over another configuration; what the desk tells is told anew.
    pub(crate) fn configure(&mut self, settings: &Settings) {
        let (staff, location) = (std::mem::take(&mut self.staff), std::mem::take(&mut self.location));
        let stage = std::mem::replace(&mut self.stage, Stage::Idle);
        *self = Self { location, staff, stage, ..Self::new(settings) };
    }
}

pub(crate) fn reader(state: &ReaderState) -> ReaderView {
    match state {
        ReaderState::Starting => ReaderView { state: "starting", name: None, why: None },
        ReaderState::Up { name } => ReaderView { state: "up", name: Some(name.clone()), why: None },
        ReaderState::Down { why } => ReaderView { state: "down", name: None, why: Some(why.clone()) },
    }
}

impl LinkView {
    fn new(settings: &Settings) -> Self {
        let saves_taps = settings.offline.accept != OfflineAccept::None;
        Self { state: "connecting", why: None, saves_taps, sign_in_ends: None }
    }

    /// Takes over what the desk says of its link.
    pub(crate) fn tell(&mut self, state: &LinkState) {
        let (state, why) = match state {
            LinkState::Connecting => ("connecting", None),
            LinkState::Online => ("online", None),
            LinkState::Offline { why } => ("offline", Some(why.clone())),
            LinkState::SignedOut { why } => ("signed_out", Some(why.clone())),
        };
        (self.state, self.why) = (state, why);
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

pub(crate) fn closed(closed: &screen::Closed) -> ClosedView {
    ClosedView { opens: closed.opens.map(|opens| opens.to_rfc3339()) }
}

pub(crate) fn charge(charge: &screen::Charge) -> ChargeView {
    ChargeView { name: charge.name.clone(), price: charge.price.clone(), currency: charge.currency.clone() }
}
