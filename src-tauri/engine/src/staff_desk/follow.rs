//! Follows what is new while the desk is open: a small look at the newest records and at the journal every few seconds.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::BusinessId;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::StaffDesk;
use super::list::{LIST, ListMemory};
use super::problem::problem;
use crate::journal::Journal;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::spaces::query::{Direction, Query};
use crate::spaces::records::failed_checkin::{self, FailedCheckin};

/// Between two looks: what is new is shown within ten seconds.
const EVERY: Duration = Duration::from_secs(8);
/// The longest pause while the service cannot be asked.
const LONGEST: Duration = Duration::from_mins(1);
/// The pause where only somebody's help can mend it.
const NOT_ALLOWED: Duration = Duration::from_mins(5);
/// How long one look may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// How many of the newest records are looked at.
const NEWEST: u32 = 20;
/// How long before the desk was opened the looks begin: clocks drift.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);

/// The task that follows. It ends with the desk.
#[derive(Debug)]
pub(super) struct Follower(JoinHandle<()>);

impl Drop for Follower {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Follower {
    /// Starts it; within a runtime.
    pub(super) fn start(eye: Eye) -> Self {
        Self(tokio::spawn(follow(eye)))
    }
}

/// What it looks with. It has no part of the desk that would keep it open.
pub(super) struct Eye {
    pub(super) spaces: Arc<Spaces>,
    pub(super) journal: Journal,
    pub(super) here: BusinessId,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) list: Arc<ListMemory>,
    pub(super) revision: watch::Sender<u64>,
}

impl StaffDesk {
    /// Grows when there may be new failures, or others: what is shown is then to be asked for again.
    pub fn failures_revision(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Something was done by which the list is another one.
    pub fn note_failures_changed(&self) {
        self.revision.send_modify(|revision| *revision += 1);
    }
}

impl Eye {
    /// What the newest records are like, in one number.
    async fn newest(&self) -> Result<u64, Trouble> {
        let since = self.spaces.http().server_time(self.opened_at) - OVERLAP;
        let query = Query::new()
            .at_least(failed_checkin::CREATED_ON, since)
            .order_by(failed_checkin::CREATED_ON, Direction::Descending)
            .size(NEWEST);
        let elsewhere = self.list.elsewhere.load(Ordering::Relaxed);
        let query = if elsewhere { query } else { query.is(failed_checkin::BUSINESS, self.here) };
        let client = self.spaces.client(Priority::Background);
        let mut page = tokio::time::timeout(PATIENCE, client.list(&query)).await.unwrap_or(Err(Trouble::Throttled))?;
        page.records.sort_by_key(|record| record.id);
        let mut hasher = DefaultHasher::new();
        (elsewhere, page.total_items).hash(&mut hasher);
        for record in &page.records {
            let FailedCheckin { id, common, coworker, description, attempted_at, .. } = record;
            (id, common.created_on, common.updated_on, coworker, description, attempted_at).hash(&mut hasher);
        }
        Ok(hasher.finish())
    }
}

async fn follow(eye: Eye) {
    let (mut taps, mut newest) = (None, None);
    let (mut pause, mut look_at) = (EVERY, Instant::now());
    loop {
        let mut changed = false;
        if let Ok(found) = eye.journal.taps_for_staff().await
            && taps.as_ref() != Some(&found)
        {
            taps = Some(found);
            changed = true;
        }
        if Instant::now() >= look_at {
            let found = eye.newest().await;
            pause = match &found {
                Ok(_) => EVERY,
                Err(trouble) if trouble.passes() => (pause * 2).min(LONGEST),
                Err(_) => NOT_ALLOWED,
            };
            look_at = Instant::now() + pause;
            // Trouble that came or went is news as well: the list is shown otherwise.
            let found = found.map_err(|trouble| problem(trouble, LIST));
            if newest.as_ref() != Some(&found) {
                newest = Some(found);
                changed = true;
            }
        }
        if changed {
            eye.revision.send_modify(|revision| *revision += 1);
        }
        tokio::time::sleep(EVERY).await;
    }
}
