//! What one tap went through and when, for whoever looks at it afterwards; and who hears of that, beside those who ask.

use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tapdesk_core::ids::EntryId;
use tapdesk_core::reader::ReaderPlace;

use crate::spaces::governor::Priority;
use crate::staff_desk::view::health::LatencyPart;

/// A stretch of a tap's time, as moments of one clock.
pub(crate) type Stretch = (Duration, Duration);

/// A part of a tap's time that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// A part that staff are shown too.
    Shown(LatencyPart),
    /// From the wish to store the tap until it was durable; within the engine's part.
    Journal,
}

/// A tap that is over: its first verdict is there, and painted where somebody paints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Story {
    /// The tap.
    pub(crate) entry: EntryId,
    /// When the chip answered, where the reader said so.
    pub(crate) answered: Option<Duration>,
    /// When the engine knew of it.
    pub(crate) known: Duration,
    /// Each time that it was stored.
    pub(crate) appends: Vec<Stretch>,
    /// Each call that was made for it before the verdict.
    pub(crate) calls: Vec<CallStory>,
    /// The verdict's kind, and when it was there.
    pub(crate) verdict: (&'static str, Duration),
    /// From sending it to the page until it was painted; none where nobody paints, or nobody told.
    pub(crate) paint: Option<Stretch>,
}

/// A call that was made for a tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallStory {
    /// Its verb.
    pub(crate) method: &'static str,
    /// Its path without ids and query.
    pub(crate) template: String,
    /// How often it had been sent, this time included.
    pub(crate) attempt: u32,
    /// What came of it, of a closed list of words.
    pub(crate) outcome: &'static str,
    /// When it was under way.
    pub(crate) took: Stretch,
}

/// Who hears of what is recorded, as it happens. Nothing waits for it: it must be quick.
pub(crate) trait Observer: Any + Send + Sync + fmt::Debug {
    /// A part of a tap's time was measured.
    fn part(&self, part: Part, took: Duration);
    /// A verdict, or a later word on an earlier one.
    fn verdict(&self, kind: &'static str, revised: bool);
    /// A tap is over; its moments count from `origin`.
    fn tap(&self, story: &Story, origin: SystemTime);
    /// A call came back after so long, or was not sent.
    fn call(&self, priority: Priority, outcome: &'static str, took: Option<Duration>);
    /// A reader's process is started again.
    fn reader_restarted(&self, place: ReaderPlace);
    /// Ends it, and gives away what is left, for a second at most.
    fn end(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}
