//! All that the core can ask for. Effects are carried out in order; those that answer do so with an event.

use chrono::{DateTime, TimeDelta, Utc};

use crate::checkin::Attempt;
use crate::entry::{Entry, Source};
use crate::ids::{CheckinId, CoworkerId, EntryId};
use crate::pin::{PinAnswer, PinTries};
use crate::resolution::NotResolved;
use crate::tile::TileId;
use crate::verdict::Shown;

/// Something to do outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Tell all who listen a fact.
    Tell(Notice),
    /// Show this on the kiosk, instead of what is shown.
    Stage(Stage),
    /// Make this entry durable, replacing what the journal has under its id; answered with `Recorded`.
    Record {
        /// The entry, whole.
        entry: Entry,
        /// A number that the answer repeats.
        sequence: u64,
    },
    /// Find the member; answered with `Identified`.
    Identify {
        /// The tap.
        entry: EntryId,
        /// Its tile.
        tile: TileId,
        /// Whether somebody waits for the answer at the kiosk: such calls go first.
        urgent: bool,
    },
    /// Read the record of a member who is known by a PIN; answered with `Identified`.
    ReadMember {
        /// The tap.
        entry: EntryId,
        /// The member.
        coworker: CoworkerId,
        /// Whether somebody waits for the answer at the kiosk: such calls go first.
        urgent: bool,
    },
    /// Make the wrong tries durable; answered with `PinTriesStored`.
    StorePinTries {
        /// The try.
        entry: EntryId,
        /// All of them.
        tries: PinTries,
    },
    /// Tell whoever typed this PIN what became of it.
    AnswerPin {
        /// The try.
        entry: EntryId,
        /// What became of it.
        answer: PinAnswer,
    },
    /// Tell the staff who wanted to resolve this tap what became of it; a yes is durable.
    AnswerStaff {
        /// The tap.
        entry: EntryId,
        /// What became of it.
        answer: Result<(), NotResolved>,
    },
    /// Answer this look-up of a name, or say that there were too many.
    LookUp {
        /// Which look-up it is.
        look_up: EntryId,
        /// Whether it may be answered.
        allowed: bool,
    },
    /// Read the member's check-ins at this location; answered with `Records`.
    ReadRecords {
        /// The tap.
        entry: EntryId,
        /// The member.
        coworker: CoworkerId,
        /// Whether somebody waits for the answer at the kiosk: such calls go first.
        urgent: bool,
    },
    /// Send this write; answered with `Written`. Only ever asked for after it was made durable.
    Write {
        /// The tap.
        entry: EntryId,
        /// What to send.
        attempt: Attempt,
        /// How the member made themselves known.
        source: Source,
        /// Whether it may have been sent before: a report is then looked up before it is sent again.
        again: bool,
        /// Whether somebody waits for the answer at the kiosk: such calls go first.
        urgent: bool,
    },
    /// Take back a check-in that was made twice; answered with `Undone`. What is closed already is left as it is.
    Undo {
        /// The tap that it was made for.
        entry: EntryId,
        /// Whose check-in it is.
        coworker: CoworkerId,
        /// The check-in.
        checkin: CheckinId,
    },
    /// Look for the `FailedCheckin` that tells why; answered with `Reason`.
    FindReason {
        /// The tap.
        entry: EntryId,
        /// The member.
        coworker: CoworkerId,
        /// When the tile was read, by this kiosk's clock, UTC: the time of the attempt as the service may record it.
        tapped_at: DateTime<Utc>,
        /// When the write was sent, by this kiosk's clock, UTC: no record of its refusal is older.
        sent_at: DateTime<Utc>,
        /// Whether somebody waits for the answer at the kiosk: such calls go first.
        urgent: bool,
    },
    /// Find out whether the journal can be written again; answered with `StorageTested`.
    TestStorage,
    /// Find out whether the service can be reached and the device is signed in; answered with `Probed`.
    Probe,
}

/// A fact for all who listen: the kiosk's status line, the headless lines, logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A tap is known; nothing was sent yet.
    Acknowledged {
        /// The tap.
        entry: EntryId,
        /// The tile, masked; none for one that identifies nobody, and for a PIN.
        tile: Option<String>,
        /// When the tile was read, UTC.
        at: DateTime<Utc>,
    },
    /// What a tap became.
    Verdict(Shown),
    /// The reader's state.
    Reader(ReaderState),
    /// The connection's state.
    Link(LinkState),
    /// What waits.
    Queue(QueueState),
    /// Whether taps can be stored.
    Storage(StorageState),
    /// Until when no PIN is taken, UTC; none where PINs are taken.
    PinLocked(Option<DateTime<Utc>>),
    /// The service keeps another `Source` than the one that was sent.
    OtherSource {
        /// The tap.
        entry: EntryId,
        /// What was sent.
        sent: Source,
        /// The number that is stored, where it is one.
        stored: Option<i64>,
    },
    /// How far the service's clock is ahead of this machine's, where that is too far; none where they agree.
    Clock(Option<TimeDelta>),
}

/// What the kiosk's screen is about, beside the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nobody is there.
    Idle,
    /// Nobody is there, and staff have put the kiosk out of order.
    OutOfOrder {
        /// What staff have to say about it; may be empty.
        note: String,
    },
    /// A tile was read, or a PIN was typed, and its verdict is being found.
    Acknowledged {
        /// The tap.
        entry: EntryId,
        /// The tile, masked; none for a PIN.
        tile: Option<String>,
        /// When the tile was read, UTC.
        at: DateTime<Utc>,
    },
    /// A tap's verdict.
    Verdict(Shown),
}

/// Whether the reader works; of several, whether each of them does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ReaderState {
    /// Not known yet.
    #[default]
    Starting,
    /// It works.
    Up {
        /// Its name; of several, their names.
        name: String,
    },
    /// It does not.
    Down {
        /// Why, and what to do.
        why: String,
    },
}

/// Whether the service can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LinkState {
    /// Not known yet.
    #[default]
    Connecting,
    /// It answers.
    Online,
    /// It does not.
    Offline {
        /// Why.
        why: String,
    },
    /// It answers, and does not accept this device's sign-in.
    SignedOut {
        /// Why, and what to do.
        why: String,
    },
}

/// Whether the journal can be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StorageState {
    /// It can.
    #[default]
    Works,
    /// It cannot: taps are told that nothing is recorded.
    Fails {
        /// Why, and what to do.
        why: String,
    },
}

/// What the journal holds back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueState {
    /// Taps that wait to be recorded.
    pub waiting: usize,
    /// Taps that staff must look at.
    pub needs_staff: usize,
    /// When the oldest waiting tap was made, UTC.
    pub oldest: Option<DateTime<Utc>>,
}
