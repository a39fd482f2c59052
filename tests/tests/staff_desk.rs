//! The staff desk against the Spaces simulator, over the wire: each way in which the service may differ from its pages.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/staff_desk.rs"]
mod beside;
#[path = "staff_desk/blocks.rs"]
mod blocks;
#[path = "staff_desk/charts.rs"]
mod charts;
#[path = "staff_desk/detail.rs"]
mod detail;
#[path = "staff_desk/export.rs"]
mod export;
#[path = "staff_desk/filters.rs"]
mod filters;
#[path = "staff_desk/follow.rs"]
mod follow;
#[path = "support/key_store.rs"]
mod key_store;
#[path = "staff_desk/switches.rs"]
mod switches;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tapdesk_core::effect::{Notice, Stage};
use tapdesk_core::entry::{Entry, EntryState, Settlement};
use tapdesk_core::ids::{BusinessId, CoworkerId};
use tapdesk_core::policy::Policy;
use tapdesk_engine::directory::Directory;
use tapdesk_engine::journal::Journal;
use tapdesk_engine::keys::JournalKey;
use tapdesk_engine::recorder::Recorder;
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::spaces::desk::Spaces;
use tapdesk_engine::staff_desk::StaffDesk;
use tapdesk_engine::staff_desk::view::failures::{FailureBlock, FailureKey, FailureQuery};
use tapdesk_tests::kiosk::station::OPEN_BUDGET;
use tapdesk_tests::spaces::{Account, Entity, Options, Simulator, State, seed};
use tokio::sync::mpsc::unbounded_channel;

use self::beside::{Shared, tile};
use self::key_store::Memory;

/// A screen that nobody looks at.
struct Dark;

impl Screen for Dark {
    fn notice(&mut self, _: &Notice) {}

    fn stage(&mut self, _: &Stage) {}

    fn location(&mut self, _: &Location) {}
}

/// A staff desk beside a desk at Quay House, by Berlin's clock.
struct Bench {
    simulator: Simulator,
    desk: Arc<StaffDesk>,
    journal: Journal,
    spaces: Arc<Spaces>,
    directory: Arc<Directory>,
    folder: tempfile::TempDir,
}

impl Bench {
    async fn open() -> Self {
        Self::open_as(Options::default(), seed::USERNAME).await
    }

    /// For an account that lacks these roles, which the service answers with this status.
    async fn lacking(roles: &[&str], status: u16) -> Self {
        let mut options = Options::default();
        options.switches.missing_role_status = status;
        let staff = Account::administrator("staff@example.org", seed::PASSWORD, "Staff");
        options.account = Some(roles.iter().fold(staff, |account, role| account.lacking(role)));
        Self::open_as(options, "staff@example.org").await
    }

    async fn open_as(options: Options, username: &str) -> Self {
        let simulator = Simulator::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tapdesk.toml");
        let data_dir = folder.path().join("data");
        std::fs::create_dir(&data_dir).unwrap();
        let (data, base, here) = (data_dir.display().to_string(), simulator.base_url(), seed::QUAY_HOUSE);
        let settings =
            format!("data_dir = {data:?}\n[spaces]\nbase_url = {base:?}\nbusiness_id = {here}\n{OPEN_BUDGET}");
        std::fs::write(&file, settings).unwrap();
        let settings = Settings::read(Some(&file)).unwrap();
        let spaces = Arc::new(service::spaces(&settings, Arc::new(Memory::default())).unwrap());
        spaces.http().session().sign_in(username, &seed::PASSWORD.into(), None).await.unwrap();
        let (key, location) = (JournalKey::random().unwrap(), BusinessId(here));
        let journal =
            tokio::task::spawn_blocking(move || Journal::open(&data_dir, &key, location).unwrap()).await.unwrap();
        let directory = Arc::new(Directory::default());
        let shared = Shared { spaces, directory, journal, recorder: Recorder::new() };
        let handle = beside::controller(&shared, Policy::default(), Dark).handle();
        let desk = shared.desk(handle, settings, Some("Europe/Berlin"));
        let Shared { spaces, directory, journal, .. } = shared;
        // The first look finds everything new.
        desk.failures_revision().wait_for(|revision| *revision > 0).await.unwrap();
        Self { simulator, desk, journal, spaces, directory, folder }
    }

    /// Reads the members, as the running desk does, and goes on with that.
    async fn read_members(&self) {
        let (events, mut observed) = unbounded_channel();
        let (directory, spaces) = (Arc::clone(&self.directory), Arc::clone(&self.spaces));
        tokio::spawn(async move { directory.keep_up_to_date(&spaces, events).await });
        observed.recv().await.unwrap();
        assert!(!self.directory.is_empty());
    }

    fn state(&self) -> State {
        self.simulator.state()
    }

    /// Puts a failure of Quay House there; its id.
    fn fail(&self, record: &Value) -> i64 {
        let mut whole = json!({ "BusinessId": seed::QUAY_HOUSE, "Source": 4 });
        whole.as_object_mut().unwrap().extend(record.as_object().unwrap().clone());
        self.state().put_record(Entity::FailedCheckin, &whole).unwrap()
    }

    /// Puts so many there, two minutes apart, the first the oldest: none with the time of another.
    fn fail_often(&self, count: usize) {
        for number in 0..count {
            let at = minute(2 * i64::try_from(number).unwrap());
            let description = format!("Reason {}", number % 7);
            self.fail(&json!({ "CoworkerId": 1_001, "CheckinAttemptTime": at, "CreatedOn": at, "UpdatedOn": at, "Description": description }));
        }
    }

    /// Keeps a tap of this minute that staff must look at; its key in the list.
    async fn keep(&self, at: DateTime<Utc>, change: impl FnOnce(&mut Entry)) -> FailureKey {
        let number = u64::try_from(at.timestamp_millis()).unwrap();
        let mut entry = Entry {
            state: EntryState::NeedsStaff("too old".to_owned()),
            ..beside::tap_for_staff(number, "04D1B2C3D4E5F6", None, at)
        };
        change(&mut entry);
        let key = FailureKey::Tap { entry: entry.id.to_string() };
        self.journal.put(entry).await.unwrap();
        key
    }

    async fn block(&self, query: &FailureQuery, block: u32) -> FailureBlock {
        self.desk.failures(query.clone(), block).await
    }

    /// The calls for lists of failures since they were taken last; the follower's are not among them.
    fn list_calls(&self) -> usize {
        let requests = self.state().requests();
        let asked =
            requests.iter().filter(|request| request.method == "GET" && request.path.ends_with("/failedcheckins"));
        asked.filter(|request| !request.query.contains("size=20")).count()
    }
}

/// So many minutes after nine by Greenwich on a winter's day.
fn minute(minutes: i64) -> DateTime<Utc> {
    "2026-01-15T09:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

fn unusable(entry: &mut Entry) {
    entry.tile = None;
    let verdict = "unusable_tile".to_owned();
    entry.state = EntryState::Settled(Settlement::NothingToSend { verdict, checkin: None });
}

fn of_ana(entry: &mut Entry) {
    entry.coworker = Some(CoworkerId(1_001));
}

fn keys(block: &FailureBlock) -> Vec<FailureKey> {
    block.rows.iter().map(|row| row.key.clone()).collect()
}
