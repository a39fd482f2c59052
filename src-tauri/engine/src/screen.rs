//! What a screen can be told. The shell's windows and the headless lines implement it; tests record it.

use tapdesk_core::effect::{Notice, Stage};

/// The location that this kiosk serves, as the service names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Its name.
    pub name: String,
    /// Its IANA time zone, where the service tells it.
    pub time_zone: Option<String>,
}

/// A screen. It shows, and never decides.
pub trait Screen: Send {
    /// A fact: an acknowledgement, a verdict, the reader, the connection, the queue.
    fn notice(&mut self, notice: &Notice);
    /// What the kiosk is about now.
    fn stage(&mut self, stage: &Stage);
    /// The location is known.
    fn location(&mut self, location: &Location);
}
