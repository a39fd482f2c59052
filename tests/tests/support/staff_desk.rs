//! A staff desk beside a controller, and taps for it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tapdesk_core::entry::{Entry, EntryState, Source};
use tapdesk_core::ids::{CoworkerId, EntryId};
use tapdesk_core::policy::Policy;
use tapdesk_core::tile::{TileId, TileReading};
use tapdesk_engine::controller::{Controller, Handle, Rooms};
use tapdesk_engine::directory::Directory;
use tapdesk_engine::journal::Journal;
use tapdesk_engine::recorder::Recorder;
use tapdesk_engine::screen::Screen;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::spaces::desk::Spaces;
use tapdesk_engine::staff_desk::{self, StaffDesk};

/// A controller for these rooms without people to look at them, and what may be asked of it.
pub(crate) fn controller<S: Screen>(rooms: &Shared, policy: Policy, screen: S) -> Controller<S> {
    let Shared { spaces, directory, journal, recorder } = rooms.clone();
    Controller::new(policy, Rooms { journal, spaces, directory, presence: None, visits: None, recorder }, screen)
}

/// What controller and staff desk share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) spaces: Arc<Spaces>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) journal: Journal,
    pub(crate) recorder: Arc<Recorder>,
}

impl Shared {
    /// The staff desk beside the controller of `handle`; `time_zone` is an IANA name, else the one that is learnt.
    pub(crate) fn desk(&self, handle: Handle, settings: Settings, time_zone: Option<&str>) -> Arc<StaffDesk> {
        let Self { spaces, directory, journal, recorder } = self.clone();
        let time_zone = time_zone.map(|name| name.parse().expect("a zone"));
        let (configuration, program) = (Vec::new(), String::new());
        StaffDesk::open(staff_desk::Rooms {
            spaces,
            directory,
            journal,
            handle,
            settings,
            time_zone,
            recorder,
            configuration,
            program,
            ends_kiosk: false,
        })
    }
}

/// A tap of this tile that needs staff.
pub(crate) fn tap_for_staff(number: u64, hex: &str, coworker: Option<i64>, tapped_at: DateTime<Utc>) -> Entry {
    Entry {
        id: EntryId(u128::from(number)),
        number,
        tile: Some(tile(hex)),
        source: Source::Tile,
        tapped_at,
        coworker: coworker.map(CoworkerId),
        wanted: None,
        state: EntryState::NeedsStaff("the service did not answer".to_owned()),
        watch: None,
        retried_at: None,
    }
}

pub(crate) fn tile(hex: &str) -> TileId {
    match TileReading::of_hex(hex) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    }
}
