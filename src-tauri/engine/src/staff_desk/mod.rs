//! The staff desk: recent failures, what they mean, and what can be done about them; how the kiosk is.
//!
//! It works beside the kiosk's loop, over the same connection and budget, and never in its way: its calls go as
//! background, but for what staff wait for with a finger on the button. It knows no window: what there is to show goes
//! out as [`view`]s, and what staff ask for comes in as one.

mod acts;
mod allowed;
pub mod audit;
mod blocks;
mod charts;
mod check_in;
mod corrections;
mod detail;
pub mod export;
mod facts;
mod follow;
mod frame;
mod gather;
mod health;
mod lacking;
mod list;
mod local;
mod member;
mod members;
mod order;
mod plan;
mod problem;
mod question;
mod readings;
mod sheet;
mod span;
mod taps;
pub mod view;

use std::sync::Arc;

use chrono::Utc;
use chrono_tz::Tz;
use tapdesk_core::hours::OpeningHours;
use tokio::sync::{OnceCell, watch};

use crate::controller::Handle;
use crate::directory::Directory;
use crate::journal::Journal;
use crate::recorder::Recorder;
use crate::settings::Settings;
use crate::settings::listing::Item;
use crate::spaces::desk::Spaces;

/// The rooms of the running desk that this one shares.
#[derive(Clone)]
pub struct Rooms {
    /// The service.
    pub spaces: Arc<Spaces>,
    /// The members.
    pub directory: Arc<Directory>,
    /// The journal.
    pub journal: Journal,
    /// The running desk.
    pub handle: Handle,
    /// What the kiosk runs with.
    pub settings: Settings,
    /// The location's zone; none to take the one that the running desk has learnt, else the machine's own.
    pub time_zone: Option<Tz>,
    /// What records how the running desk is.
    pub recorder: Arc<Recorder>,
    /// Every key of the configuration and where it comes from; empty where nobody knows.
    pub configuration: Vec<Item>,
    /// The program's version.
    pub program: String,
    /// Whether staff can end the kiosk and come to the machine behind it.
    pub ends_kiosk: bool,
}

/// The staff desk, open for as long as staff are there.
pub struct StaffDesk {
    rooms: Rooms,
    zone: span::Zone,
    lacking: lacking::Lacking,
    acts: acts::Acts,
    list: Arc<list::ListMemory>,
    revision: watch::Sender<u64>,
    /// The location's, once they were read.
    hours: OnceCell<Option<OpeningHours>>,
    _follower: follow::Follower,
}

impl StaffDesk {
    /// Opens it beside a running desk, within a runtime: it follows what is new until it is dropped.
    pub fn open(rooms: Rooms) -> Arc<Self> {
        let rooms = rooms.with_zone();
        let (list, revision) = (Arc::<list::ListMemory>::default(), watch::Sender::new(0));
        frame::follow_failures(revision.subscribe(), Arc::clone(&rooms.recorder));
        let eye = follow::Eye {
            spaces: Arc::clone(&rooms.spaces),
            journal: rooms.journal.clone(),
            here: rooms.settings.spaces.business_id,
            opened_at: Utc::now(),
            list: Arc::clone(&list),
            revision: revision.clone(),
        };
        Arc::new_cyclic(|desk| Self {
            acts: acts::Acts::new(desk.clone()),
            zone: rooms.time_zone.into(),
            rooms,
            lacking: lacking::Lacking::default(),
            list,
            revision,
            hours: OnceCell::new(),
            _follower: follow::Follower::start(eye),
        })
    }
}
