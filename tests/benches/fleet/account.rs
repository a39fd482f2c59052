//! One account at the service in simulated time: its documented limits, and the check-ins of its members.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tapdesk_core::checkin::CheckinRecord;
use tapdesk_core::ids::{CheckinId, CoworkerId};
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_tests::spaces::{Throttle, ThrottleLimits};
use tokio::time::Instant;

/// What the limits count together: the kiosks share it.
const NAME: &str = "the account";

/// The account.
pub(crate) struct Account {
    throttle: RefCell<Throttle>,
    limits: ThrottleLimits,
    delay: Duration,
    records: RefCell<HashMap<CoworkerId, Vec<CheckinRecord>>>,
    last_id: Cell<i64>,
    calls: RefCell<Calls>,
}

/// The calls that came.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Calls {
    /// Let through, for somebody who waits.
    pub(crate) urgent: u32,
    /// Let through, for nobody who waits.
    pub(crate) background: u32,
    /// Turned away.
    pub(crate) throttled: u32,
}

impl Account {
    /// An account under the documented limits at a service that answers after `delay`.
    pub(crate) fn new(delay: Duration) -> Self {
        Self {
            throttle: RefCell::default(),
            limits: ThrottleLimits::default(),
            delay,
            records: RefCell::default(),
            last_id: Cell::default(),
            calls: RefCell::default(),
        }
    }

    /// A call arrives: none where it is let through, else how long to wait.
    pub(crate) async fn ask(&self, priority: Priority, writes: bool) -> Option<Duration> {
        let now = Instant::now().into_std();
        let admitted = self.throttle.borrow_mut().admits(NAME, writes, now, &self.limits);
        self.calls.borrow_mut().note(admitted, priority);
        tokio::time::sleep(self.delay).await;
        (!admitted).then(|| Duration::from_secs(self.limits.retry_after_seconds.unwrap_or(1)))
    }

    /// The calls so far.
    pub(crate) fn calls(&self) -> Calls {
        *self.calls.borrow()
    }

    pub(crate) fn checkins(&self, coworker: CoworkerId) -> Vec<CheckinRecord> {
        self.records.borrow().get(&coworker).cloned().unwrap_or_default()
    }

    pub(crate) fn open(&self, coworker: CoworkerId, from: DateTime<Utc>) -> CheckinId {
        self.last_id.set(self.last_id.get() + 1);
        let id = CheckinId(self.last_id.get());
        let record = CheckinRecord { id, from, to: None, source: Some(4) };
        self.records.borrow_mut().entry(coworker).or_default().push(record);
        id
    }

    pub(crate) fn close(&self, coworker: CoworkerId, id: CheckinId, to: DateTime<Utc>) {
        let mut records = self.records.borrow_mut();
        let found = records.get_mut(&coworker).and_then(|known| known.iter_mut().find(|record| record.id == id));
        if let Some(record) = found {
            record.to = Some(to);
        }
    }

    pub(crate) fn take_back(&self, coworker: CoworkerId, id: CheckinId) {
        if let Some(known) = self.records.borrow_mut().get_mut(&coworker) {
            known.retain(|record| record.id != id);
        }
    }
}

impl Calls {
    fn note(&mut self, admitted: bool, priority: Priority) {
        let kind = match (admitted, priority) {
            (false, _) => &mut self.throttled,
            (true, Priority::Urgent) => &mut self.urgent,
            (true, Priority::Background) => &mut self.background,
        };
        *kind += 1;
    }

    /// Those after `before`.
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            urgent: self.urgent - before.urgent,
            background: self.background - before.background,
            throttled: self.throttled - before.throttled,
        }
    }
}
