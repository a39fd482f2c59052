//! What a set-up has so far, as it may be shown: no secret and no whole UID is in it.

use tapdesk_core::checkin::{Direction, Trouble};
use tapdesk_core::effect::ReaderState;
use tapdesk_core::ids::BusinessId;
use tapdesk_core::policy::{NameDisplay, OfflineAccept};
use tapdesk_core::set_up::{Progress, Step};

use super::readers::Port;
use crate::keys::WeakPin;
use crate::rights::Rights;

/// What a set-up has so far.
#[derive(Debug, Clone)]
pub struct View {
    /// Grows with each look: of two views the one with the greater number is the newer.
    pub revision: u64,
    /// Whether this kiosk was never set up.
    pub first: bool,
    /// The page that is shown.
    pub step: Step,
    /// BCP 47 tag of the screen's language.
    pub language: String,
    /// The host of the service.
    pub service: String,
    /// Who is signed in.
    pub account: Option<SignedIn>,
    /// The locations that the account sees; none until they are known.
    pub locations: Option<Vec<(BusinessId, String)>>,
    /// The chosen location.
    pub location: Option<BusinessId>,
    /// What the account may do; none until it was looked at.
    pub rights: Option<Rights>,
    /// The chosen reader.
    pub reader: Reader,
    /// What is shown of a name.
    pub names: NameDisplay,
    /// Whose taps are kept in an outage.
    pub offline: OfflineAccept,
    /// Whether staff have a PIN.
    pub staff_pin: StaffPinState,
    /// What became of the last tile at the test tap.
    pub test: Option<Test>,
    /// How many taps wait for the location that was served so far.
    pub waiting: usize,
    /// What stood in the way of the last action.
    pub problem: Option<Problem>,
    /// Keys that the environment sets, so that what is chosen for them has no effect.
    pub overridden: Vec<String>,
}

impl View {
    /// What is complete.
    pub fn progress(&self) -> Progress {
        Progress {
            signed_in: self.account.is_some(),
            located: self.account.is_some() && self.location.is_some(),
            staff_pin: self.staff_pin != StaffPinState::Missing,
        }
    }
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// `Email` of the account.
    pub email: Option<String>,
    /// A full administrator.
    pub administrator: bool,
    /// From before this set-up.
    pub kept: bool,
}

/// The reader that is tried.
#[derive(Debug, Clone)]
pub struct Reader {
    /// libnfc's connection string; none for the first USB reader.
    pub connection: Option<String>,
    /// What else there is to choose from.
    pub ports: Vec<Port>,
    /// Whether it works.
    pub state: ReaderState,
    /// The last tile, masked; empty for something that cannot identify anyone.
    pub tile: Option<String>,
    /// How many tiles it has read.
    pub count: u64,
}

/// The staff PIN in a set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffPinState {
    /// There is none.
    Missing,
    /// The one from before stays.
    Kept,
    /// A new one was typed.
    New,
}

/// What a tile would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The service is being asked.
    Looking(Option<String>),
    /// A member, who would be checked in or out.
    Member {
        /// The tile, masked.
        tile: Option<String>,
        /// What may be shown of the name.
        name: Option<String>,
        /// Which way it would go.
        direction: Direction,
    },
    /// A member who may not check in: not active, or archived.
    Inactive(Option<String>),
    /// Nobody's.
    Unknown(Option<String>),
    /// More than one member's.
    Ambiguous(Option<String>),
    /// It cannot identify anyone.
    Unusable,
    /// The service could not be asked.
    Trouble(String),
}

/// Why an action did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// E-mail, password or code is not right; the service's own words.
    SignInRefused(String),
    /// The same, and the service speaks of a code.
    CodeNeeded(String),
    /// The account may not use the API.
    NoApiAccess,
    /// The account is not active.
    AccountInactive,
    /// The account must choose a new password first.
    MustResetPassword,
    /// There is no connection.
    Unreachable(String),
    /// Somebody else answers, or the service is in trouble.
    Gateway(String),
    /// Too many calls.
    Throttled,
    /// The account may not do this.
    NotPermitted(String),
    /// The location cannot change while taps wait for the one before.
    TapsWait,
    /// The two PINs are not the same.
    PinsDiffer,
    /// The PIN is not good enough.
    WeakPin(WeakPin),
    /// The secrets cannot be kept.
    KeyStore(String),
    /// The configuration cannot be written.
    Configuration(String),
}

impl Problem {
    /// One sentence, for whoever reads no page.
    pub fn sentence(&self) -> String {
        match self {
            Self::SignInRefused(said) => format!("the service did not accept the sign-in: {said}"),
            Self::CodeNeeded(said) => {
                format!(
                    "the service did not accept the sign-in: {said}; accounts with a second factor need --totp CODE"
                )
            }
            Self::NoApiAccess => "the account may not use the API; give its user API access".to_owned(),
            Self::AccountInactive => "the account is not active; make its user active".to_owned(),
            Self::MustResetPassword => {
                "the account must choose a new password first; sign in to the dashboard once".to_owned()
            }
            Self::Unreachable(detail) => format!("the service cannot be reached: {detail}"),
            Self::Gateway(detail) => format!("the answer did not come from the service: {detail}"),
            Self::Throttled => "the service asked to wait; try again in a minute".to_owned(),
            Self::NotPermitted(detail) => format!("the account may not do this: {detail}"),
            Self::TapsWait => {
                "taps wait for the location that was served so far; let them be recorded first (`tapdesk queue`)"
                    .to_owned()
            }
            Self::PinsDiffer => "the two PINs are not the same".to_owned(),
            Self::WeakPin(weak) => weak.to_string(),
            Self::KeyStore(detail) | Self::Configuration(detail) => detail.clone(),
        }
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Unreachable(detail) => Self::Unreachable(detail),
            Trouble::Gateway(detail) => Self::Gateway(detail),
            Trouble::Throttled => Self::Throttled,
            Trouble::NotReady(detail) => Self::KeyStore(detail),
            Trouble::SignedOut(detail) => Self::SignInRefused(detail),
            Trouble::NotPermitted(detail) => Self::NotPermitted(detail),
            other @ (Trouble::Invalid(_) | Trouble::NotFound) => Self::Gateway(other.sentence()),
        }
    }
}
