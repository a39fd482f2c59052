//! All that the core can be told.

use chrono::TimeDelta;

use crate::checkin::{CheckinRecord, Direction, FailedCheckinRecord, Trouble, Undone, WriteAnswer};
use crate::entry::Entry;
use crate::ids::EntryId;
use crate::member::Identification;
use crate::pin::PinTries;
use crate::reader::ReaderPlace;
use crate::resolution::Resolution;
use crate::tile::TileReading;

/// Something happened outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A reader works.
    ReaderUp {
        /// Which.
        reader: ReaderPlace,
        /// Its name as the driver gives it.
        name: String,
    },
    /// A reader does not work.
    ReaderDown {
        /// Which.
        reader: ReaderPlace,
        /// Why, and what to do, in a sentence.
        why: String,
    },
    /// A tile came into a reader's field; `entry` is the id that this tap is born with.
    Tile {
        /// The tap's id.
        entry: EntryId,
        /// Which reader saw it.
        reader: ReaderPlace,
        /// What that reader is for; none where each tap means in or out by what is recorded.
        wanted: Option<Direction>,
        /// What it saw.
        reading: TileReading,
        /// Whether the tile says of itself that it stands for a place ([`crate::place::is_automation_tile`]).
        is_place: bool,
    },
    /// Nothing lies on a reader.
    TileGone {
        /// Which.
        reader: ReaderPlace,
    },
    /// The member pressed the button of a repeated verdict.
    OfferAccepted {
        /// The tap whose verdict made the offer.
        shown: EntryId,
        /// The id that this new tap is born with.
        entry: EntryId,
    },
    /// Somebody typed a PIN.
    PinEntered {
        /// The id that this tap is born with, where it becomes one.
        entry: EntryId,
        /// Whose PIN it is.
        who: Identification,
    },
    /// An [`crate::effect::Effect::StorePinTries`] is durable, or could not be made so (`Err` with the cause).
    PinTriesStored {
        /// The try.
        entry: EntryId,
        /// Whether it is durable.
        result: Result<(), String>,
    },
    /// Somebody typed a name to find themselves by; answered with [`crate::effect::Effect::LookUp`].
    NameTyped {
        /// Which look-up it is.
        look_up: EntryId,
    },
    /// At start: what an earlier run left in the journal.
    Restored(Kept),
    /// An [`crate::effect::Effect::Record`] is durable, or could not be made so (`Err` with the cause).
    Recorded {
        /// The entry.
        entry: EntryId,
        /// The number of the effect.
        sequence: u64,
        /// Whether it is durable.
        result: Result<(), String>,
    },
    /// Answer to [`crate::effect::Effect::Identify`] and [`crate::effect::Effect::ReadMember`].
    Identified {
        /// The entry.
        entry: EntryId,
        /// Whose tile it is, or who the member is.
        who: Identification,
    },
    /// Answer to [`crate::effect::Effect::ReadRecords`]: the member's check-ins at this location, newest and open ones.
    Records {
        /// The entry.
        entry: EntryId,
        /// The records.
        answer: Result<Vec<CheckinRecord>, Trouble>,
    },
    /// Answer to [`crate::effect::Effect::Write`].
    Written {
        /// The entry.
        entry: EntryId,
        /// What the write brought.
        answer: WriteAnswer,
    },
    /// Answer to [`crate::effect::Effect::Undo`].
    Undone {
        /// The entry.
        entry: EntryId,
        /// How it was taken back.
        answer: Result<Undone, Trouble>,
    },
    /// Answer to [`crate::effect::Effect::FindReason`].
    Reason {
        /// The entry.
        entry: EntryId,
        /// The newest matching record, where one stands there yet.
        answer: Result<Option<FailedCheckinRecord>, Trouble>,
    },
    /// Answer to [`crate::effect::Effect::Probe`].
    Probed(Result<(), Trouble>),
    /// A call that the desk did not ask for reached the service, or failed to: a background pass, a reachability check.
    Observed(Result<(), Trouble>),
    /// Answer to [`crate::effect::Effect::TestStorage`]: whether the journal can be written, or the cause why not.
    StorageTested(Result<(), String>),
    /// How far the service's clock is ahead of this machine's, where that is more than taps can bear; none where they
    /// agree.
    ClockDiffers(Option<TimeDelta>),
    /// Staff resolve a tap that needs them; answered with [`crate::effect::Effect::AnswerStaff`].
    Resolve {
        /// The tap, as the journal has it now.
        entry: Box<Entry>,
        /// What they want of it.
        resolution: Resolution,
    },
    /// Staff put the kiosk out of order, with what they have to say about it, or in order again (none).
    OutOfOrder(Option<String>),
    /// The time that `next_deadline` named has come.
    Woken,
}

/// What the journal keeps of earlier runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Entries that wait or were being sent, in any order.
    pub unfinished: Vec<Entry>,
    /// Terminal entries that were still watched.
    pub watched: Vec<Entry>,
    /// Other terminal entries of the last moments: a tile may still lie on the reader.
    pub recent: Vec<Entry>,
    /// How many entries need staff.
    pub needs_staff: usize,
    /// The highest number that any tap of this kiosk had; 0 where there was none.
    pub last_number: u64,
    /// The wrong PINs that were tried here; none where there were none.
    pub pin_tries: Option<PinTries>,
}
