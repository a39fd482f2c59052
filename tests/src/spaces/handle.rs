//! The handle on a running simulator for tests in Rust: the same powers as over HTTP, typed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::coworkers::{self, Member};
use super::failed_checkins_in_bulk::{self, ManyFailedCheckins};
use super::faults::Fault;
use super::log::{Charge, LoggedRequest, LoggedWrite};
use super::records::{Cell, Record};
use super::schema::Entity;
use super::state::{Author, Inner};
use super::switches::Switches;
use super::token::Account;

/// A handle on one simulated service; clones share it.
#[derive(Debug, Clone)]
pub struct State {
    inner: Arc<Mutex<Inner>>,
    changes: watch::Sender<u64>,
    listening: watch::Sender<bool>,
}

impl State {
    pub(crate) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(Mutex::new(inner)), changes: watch::Sender::new(0), listening: watch::Sender::new(true) }
    }

    /// Reads under the lock.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Inner) -> T) -> T {
        look(&self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes under the lock, then wakes whoever waits for a change.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        let outcome = act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner));
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
        outcome
    }

    pub(crate) fn listening(&self) -> watch::Receiver<bool> {
        self.listening.subscribe()
    }

    /// Waits until the condition holds, looking again after every change; false when the deadline came first.
    pub async fn wait_until(&self, deadline: Duration, mut condition: impl FnMut(&Self) -> bool) -> bool {
        let deadline = Instant::now() + deadline;
        let mut changes = self.changes.subscribe();
        loop {
            changes.borrow_and_update();
            if condition(self) {
                return true;
            }
            if !matches!(timeout_at(deadline, changes.changed()).await, Ok(Ok(()))) {
                return condition(self);
            }
        }
    }

    /// Adds a member and the passes held; the coworker's id (nexudus-api.md section 7).
    pub fn add_member(&self, member: &Member) -> i64 {
        self.change(|inner| {
            let now = inner.now();
            coworkers::add(inner, member, now)
        })
    }

    /// Adds so many members that every visit is covered for; the tile of each is `04` and its id in twelve hex digits.
    pub fn add_members(&self, count: usize) {
        self.change(|inner| coworkers::add_in_bulk(inner, count));
    }

    /// Adds many refused visits (section 6); the service goes on answering meanwhile.
    pub fn add_failed_checkins(&self, many: &ManyFailedCheckins) {
        failed_checkins_in_bulk::add(self, many);
    }

    /// From now on every check-in of the coworker is refused with this `Description`.
    pub fn refuse(&self, coworker_id: i64, description: Option<&str>) {
        self.change(|inner| inner.refusals.insert(coworker_id, description.map(str::to_owned)));
    }

    /// The passes decide again about this coworker.
    pub fn stop_refusing(&self, coworker_id: i64) {
        self.change(|inner| inner.refusals.remove(&coworker_id));
    }

    /// Adds an account that can sign in (section 1.5).
    pub fn add_account(&self, account: Account) {
        self.change(|inner| {
            inner.accounts.retain(|other| other.username != account.username);
            inner.accounts.push(account);
        });
    }

    /// How many records of an entity there are.
    pub fn count(&self, entity: Entity) -> usize {
        self.read(|inner| inner.store.count(entity))
    }

    /// All records of an entity in the order of their ids, as a GET of one would show each; not for a million.
    pub fn records(&self, entity: Entity) -> Vec<Value> {
        self.read(|inner| {
            inner.store.all(entity).map(|record| inner.store.show(record, false, &inner.switches)).collect()
        })
    }

    /// One record, as a GET would show it.
    pub fn record(&self, entity: Entity, id: i64) -> Option<Value> {
        self.read(|inner| inner.store.get(entity, id).map(|record| inner.store.show(record, false, &inner.switches)))
    }

    /// Adds a record, or replaces the one with its `Id`, whichever fields are given, without any rule; names a bad field.
    pub fn put_record(&self, entity: Entity, record: &Value) -> Result<i64, String> {
        let object = record.as_object().ok_or("a record is a JSON object")?;
        let record = Record::from_json(entity, object)?;
        Ok(self.change(|inner| inner.add(record, "CONTROL", &Author::system())))
    }

    /// Takes a record away behind everybody's back; whether there was one.
    pub fn remove_record(&self, entity: Entity, id: i64) -> bool {
        self.change(|inner| inner.delete(entity, id, "CONTROL", &Author::system()))
    }

    /// All check-ins of a coworker, in the order of their ids (section 5).
    pub fn checkins(&self, coworker_id: i64) -> Vec<Value> {
        self.of_coworker(Entity::Checkin, coworker_id)
    }

    /// The check-ins of a coworker whose `ToTime` is null.
    pub fn open_checkins(&self, coworker_id: i64) -> Vec<Value> {
        let mut checkins = self.checkins(coworker_id);
        checkins.retain(|checkin| checkin["ToTime"].is_null());
        checkins
    }

    /// The failed check-ins of a coworker, in the order of their ids (section 6).
    pub fn failed_checkins(&self, coworker_id: i64) -> Vec<Value> {
        self.of_coworker(Entity::FailedCheckin, coworker_id)
    }

    /// The records of a coworker, in the order of their ids, as a GET of one would show each.
    pub(crate) fn of_coworker(&self, entity: Entity, coworker: i64) -> Vec<Value> {
        self.read(|inner| {
            let records = inner.store.of_coworker(entity, coworker);
            records.map(|record| inner.store.show(record, false, &inner.switches)).collect()
        })
    }

    /// Opens a check-in behind everybody's back, as a door system would (`Source` 2); its id.
    pub fn open_checkin(&self, coworker_id: i64, business_id: i64, from: DateTime<Utc>) -> i64 {
        let mut record = Record::new(Entity::Checkin);
        record.set("CoworkerId", Some(Cell::Integer(coworker_id)));
        record.set("BusinessId", Some(Cell::Integer(business_id)));
        record.set("FromTime", Some(Cell::Moment(from)));
        record.set("Source", Some(Cell::Integer(2)));
        record.set("CountsTowardsPlanLimits", Some(Cell::Flag(true)));
        self.change(|inner| inner.add(record, "CONTROL", &Author::system()))
    }

    /// Closes the open check-ins of a coworker, or of everybody, now, as the automatic check-out does; how many.
    pub fn close_checkins(&self, coworker_id: Option<i64>) -> usize {
        self.change(|inner| {
            let now = inner.now();
            let open: Vec<Record> = inner
                .store
                .all(Entity::Checkin)
                .filter(|checkin| checkin.moment("ToTime").is_none())
                .filter(|checkin| coworker_id.is_none() || checkin.integer("CoworkerId") == coworker_id)
                .cloned()
                .collect();
            let count = open.len();
            for mut checkin in open {
                checkin.set("ToTime", Some(Cell::Moment(now)));
                checkin.set("AutoCheckout", Some(Cell::Flag(true)));
                inner.replace(checkin, "CONTROL", &Author::system());
            }
            count
        })
    }

    /// Every request kept, oldest first; the control paths are not among them.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.read(|inner| inner.log.requests().cloned().collect())
    }

    /// Takes the requests about which everything has happened out of the log, up to the first one that is under way:
    /// a run of hours stays small, and [`State::requests`] no longer shows them.
    pub fn take_finished_requests(&self) -> Vec<LoggedRequest> {
        self.change(|inner| inner.log.take_finished())
    }

    /// Whether a request to this path is under way.
    pub fn is_under_way(&self, path: &str) -> bool {
        self.read(|inner| inner.log.requests().any(|request| !request.finished && request.path == path))
    }

    /// The requests that no route knows.
    pub fn unexpected_requests(&self) -> Vec<LoggedRequest> {
        self.read(|inner| inner.log.requests().filter(|request| !request.expected).cloned().collect())
    }

    /// Every change of a record, oldest first.
    pub fn writes(&self) -> Vec<LoggedWrite> {
        self.read(|inner| inner.log.writes.clone())
    }

    /// The changes of records after so many.
    pub fn writes_after(&self, count: usize) -> Vec<LoggedWrite> {
        self.read(|inner| inner.log.writes.get(count..).unwrap_or_default().to_vec())
    }

    /// Every pay-as-you-go pass sold, oldest first.
    pub fn charges(&self) -> Vec<Charge> {
        self.read(|inner| inner.log.charges.clone())
    }

    /// Forgets requests, writes and charges.
    pub fn clear_log(&self) {
        self.change(|inner| inner.log.clear());
    }

    /// The switches as they stand.
    pub fn switches(&self) -> Switches {
        self.read(|inner| inner.switches.clone())
    }

    /// Turns switches.
    pub fn change_switches(&self, turn: impl FnOnce(&mut Switches)) {
        self.change(|inner| turn(&mut inner.switches));
    }

    /// Injects a fault; its id.
    pub fn inject(&self, fault: Fault) -> u64 {
        self.change(|inner| inner.faults.inject(fault))
    }

    /// The faults that wait.
    pub fn faults(&self) -> Vec<Fault> {
        self.read(|inner| inner.faults.waiting().cloned().collect())
    }

    /// Forgets one fault, or all.
    pub fn clear_faults(&self, id: Option<u64>) {
        self.change(|inner| inner.faults.clear(id));
    }

    /// Resets every connection that carries a request, until [`State::bring_up`].
    pub fn take_down(&self) {
        self.change(|inner| inner.down = true);
    }

    /// Stops listening as well, so that connections are refused (the control paths too), until [`State::bring_up`].
    pub fn refuse_connections(&self) {
        self.take_down();
        self.listening.send_replace(false);
    }

    /// Ends [`State::take_down`] and [`State::refuse_connections`].
    pub fn bring_up(&self) {
        self.change(|inner| inner.down = false);
        self.listening.send_replace(true);
    }

    /// Lets go every request that a [`super::FaultKind::Hold`] holds now; later ones are held again.
    pub fn release(&self) {
        self.change(|inner| inner.releases += 1);
    }

    /// Waits for the next release after so many.
    pub(crate) async fn released(&self, before: u64) {
        let mut changes = self.changes.subscribe();
        while self.read(|inner| inner.releases) == before {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// Kills all access tokens (section 1.2).
    pub fn revoke_access_tokens(&self) {
        self.change(|inner| inner.tokens.revoke_access());
    }

    /// Kills all refresh tokens (section 1.2).
    pub fn revoke_refresh_tokens(&self) {
        self.change(|inner| inner.tokens.revoke_refresh());
    }

    /// Gives an account another password and kills its and all other tokens; whether there is such an account.
    pub fn change_password(&self, username: &str, password: &str) -> bool {
        self.change(|inner| {
            inner.tokens.revoke_access();
            inner.tokens.revoke_refresh();
            let account = inner.accounts.iter_mut().find(|account| account.username == username);
            account.map(|account| password.clone_into(&mut account.password)).is_some()
        })
    }

    /// Up or down, and how much is kept.
    pub(crate) fn summary(&self) -> Value {
        self.read(|inner| {
            let counts = Entity::ALL.map(|entity| (entity.plural().to_owned(), json!(inner.store.count(entity))));
            json!({
                "down": inner.down,
                "requests": inner.log.requests().count(),
                "faults": inner.faults.waiting().count(),
                "records": counts.into_iter().collect::<serde_json::Map<_, _>>(),
            })
        })
    }
}
