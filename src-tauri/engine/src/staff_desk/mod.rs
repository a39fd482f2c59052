//! The staff desk: recent failures, what they mean, and what can be done about them; how the kiosk is.
//!
//! It works beside the kiosk's loop, over the same connection and budget, and never in its way: its calls go as
//! background, but for what staff wait for with a finger on the button. It knows no window: what there is to show goes
//! out as [`view`]s, and what staff ask for comes in as one.

mod lacking;
mod problem;
pub mod view;

use std::sync::Arc;

use chrono_tz::Tz;

use crate::controller::Handle;
use crate::directory::Directory;
use crate::journal::Journal;
use crate::settings::Settings;
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
    /// The location's zone; none to use the machine's own.
    pub time_zone: Option<Tz>,
}

/// The staff desk, open for as long as staff are there.
pub struct StaffDesk {
    rooms: Rooms,
    lacking: lacking::Lacking,
}

impl StaffDesk {
    /// Opens it beside a running desk.
    pub fn open(rooms: Rooms) -> Arc<Self> {
        Arc::new(Self { rooms, lacking: lacking::Lacking::default() })
    }
}
