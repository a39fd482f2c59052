//! What a screen can be told. The shell's windows and the headless lines implement it; tests record it.

use chrono::{DateTime, Utc};
use tapdesk_core::effect::{Notice, Stage};
use tapdesk_core::hours::OpeningHours;
use tapdesk_core::ids::EntryId;

use crate::visit::Visit;

/// The location that this kiosk serves, as the service names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Its name.
    pub name: String,
    /// Its IANA time zone, where the service tells it.
    pub time_zone: Option<String>,
    /// When it is open, where the service tells it.
    pub opening_hours: Option<OpeningHours>,
}

/// What is nice to know beside the desk's own notices. Nothing waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The location is closed, or open (none).
    Closed(Option<Closed>),
    /// Quiet hours have begun, or ended.
    Quiet(bool),
    /// The hours in which the screen is off have begun, or ended.
    ScreenOff(bool),
    /// How many members are in.
    Present(usize),
    /// What a visit without a pass may be charged as; none where nothing is.
    Charge(Option<Charge>),
    /// What the service knows of the member whose verdict this is.
    Visit {
        /// The tap.
        entry: EntryId,
        /// It.
        visit: Visit,
    },
    /// Which configuration the kiosk runs with.
    Configuration(ConfigurationState),
    /// When the sign-in will end unless staff sign in again, UTC; none while nothing speaks for it.
    SignInEnds(Option<DateTime<Utc>>),
}

/// Which configuration the kiosk runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigurationState {
    /// The one that stands in its files.
    Current {
        /// The operator's own number of it.
        version: Option<u64>,
        /// Eight hex digits: equal for kiosks that are set up alike.
        fingerprint: String,
    },
    /// An older one.
    NotTaken {
        /// Why the new one is not taken, and what to do.
        why: String,
        /// The operator's own number of the one that runs.
        version: Option<u64>,
    },
}

/// The location is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When it opens next, UTC, where it does within a week.
    pub opens: Option<DateTime<Utc>>,
}

/// What a visit without a pass may be charged as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The pass's name, where there is only one such.
    pub name: Option<String>,
    /// Its price, a decimal number.
    pub price: Option<String>,
    /// The price's currency, ISO 4217.
    pub currency: Option<String>,
}

/// A screen. It shows, and never decides.
pub trait Screen: Send {
    /// A fact: an acknowledgement, a verdict, the reader, the connection, the queue.
    fn notice(&mut self, notice: &Notice);
    /// What the kiosk is about now.
    fn stage(&mut self, stage: &Stage);
    /// The location is known.
    fn location(&mut self, location: &Location);

    /// Something nice to know.
    fn news(&mut self, _news: &News) {}

    /// Whether people look at it. For others no call is made that only serves their eyes.
    fn is_seen(&self) -> bool {
        false
    }
}
