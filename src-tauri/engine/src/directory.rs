//! The member directory: kept up to date by passes over the service's list, asked at every tap.
//!
//! A full pass at start and once a day, since records that lost their tile or were deleted show up in no delta; a delta
//! of one call every five minutes, which also tells whether the service is there.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::checkin::Trouble;
use tapdesk_core::event::Event;
use tapdesk_core::member::{Identification, MemberIndex};
use tapdesk_core::tile::TileId;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::spaces::client::Spaces;
use crate::spaces::records::Coworker;

/// Between two deltas: twelve calls an hour of the fifteen that an idle kiosk may make.
const DELTA_EVERY: Duration = Duration::from_mins(5);
/// Between two full passes.
const FULL_EVERY: Duration = Duration::from_hours(24);
/// Pauses after a pass that failed: the first, doubling to the second.
const AGAIN: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(1));
/// How long before its own start a delta looks back: the filter is cut to the minute, clocks drift.
const OVERLAP: TimeDelta = TimeDelta::minutes(2);
/// How long a tap waits for the first full pass before nobody can say whose tile it is.
const FIRST_PASS: Duration = Duration::from_secs(4);
/// A list that never ends is left after so many pages.
const MOST_PAGES: i64 = 100_000;

/// The directory.
#[derive(Debug)]
pub struct Directory {
    index: Mutex<MemberIndex>,
    /// Server time from which the next delta asks; none before the first full pass.
    complete_as_of: watch::Sender<Option<DateTime<Utc>>>,
}

impl Default for Directory {
    fn default() -> Self {
        Self { index: Mutex::default(), complete_as_of: watch::Sender::new(None) }
    }
}

impl Directory {
    /// How many members are known.
    pub fn len(&self) -> usize {
        self.with_index(|index| index.len())
    }

    /// Whether no member is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whose tile it is. On a miss the service is asked before anybody is called unknown; a member who may not check in
    /// is read again first, since that may have changed a minute ago.
    pub async fn identify(&self, spaces: &Spaces, tile: &TileId) -> Identification {
        let known = self.with_index(|index| index.identify(tile));
        match known {
            Some(Identification::One(member)) if !member.active || member.archived => {
                if let Ok(fresh) = spaces.member(member.id).await {
                    self.put([fresh]);
                    return self.with_index(|index| index.identify(tile)).unwrap_or(Identification::Nobody);
                }
                Identification::One(member)
            }
            Some(known) => known,
            None => self.ask(spaces, tile).await.unwrap_or_else(Identification::NotKnowable),
        }
    }

    async fn ask(&self, spaces: &Spaces, tile: &TileId) -> Result<Identification, Trouble> {
        let mut complete = self.complete_as_of.subscribe();
        if complete.borrow().is_some() {
            self.delta(spaces).await?;
            if let Some(found) = self.with_index(|index| index.identify(tile)) {
                return Ok(found);
            }
        }
        // A tile changed without a new `UpdatedOn` is found by its text, if the service's filters work.
        for filter in ["Coworker_AccessCardId", "Coworker_KeyFobNumber"] {
            self.put(spaces.members_by(filter, tile.as_hex()).await?);
        }
        if let Some(found) = self.with_index(|index| index.identify(tile)) {
            return Ok(found);
        }
        let first_pass = tokio::time::timeout(FIRST_PASS, complete.wait_for(Option::is_some)).await;
        if !matches!(first_pass, Ok(Ok(_))) {
            return Err(Trouble::NotReady("the member list is not complete yet".to_owned()));
        }
        drop(first_pass);
        Ok(self.with_index(|index| index.identify(tile)).unwrap_or(Identification::Nobody))
    }

    /// Keeps the directory up to date for ever, and tells the desk whether the service was there.
    pub async fn keep_up_to_date(&self, spaces: &Spaces, events: UnboundedSender<Event>) {
        let mut last_full: Option<Instant> = None;
        let mut pause = AGAIN.0;
        while !events.is_closed() {
            let full_is_due = last_full.is_none_or(|at| at.elapsed() >= FULL_EVERY);
            let began = Instant::now();
            let result = if full_is_due { self.full(spaces).await } else { self.delta(spaces).await };
            let rest = match &result {
                Ok(()) => {
                    if full_is_due {
                        tracing::info!(
                            members = self.len(),
                            milliseconds = began.elapsed().as_millis(),
                            "member list read"
                        );
                        last_full = Some(began);
                    }
                    pause = AGAIN.0;
                    DELTA_EVERY
                }
                Err(trouble) => {
                    tracing::warn!(trouble = %trouble.sentence(), "the member list could not be read");
                    let rest = pause;
                    pause = (pause * 2).min(AGAIN.1);
                    rest
                }
            };
            if events.send(Event::Observed(result)).is_err() {
                return;
            }
            tokio::time::sleep(rest).await;
        }
    }

    async fn full(&self, spaces: &Spaces) -> Result<(), Trouble> {
        let began = spaces.http().server_time(Utc::now());
        let mut seen = HashSet::new();
        for page in 1..MOST_PAGES {
            let page = spaces.members(page, None).await?;
            let before = seen.len();
            seen.extend(page.members.iter().map(|coworker| coworker.member.id));
            self.put(page.members);
            // A service that ignores `page` would send the same members for ever.
            if !page.has_next || seen.len() == before {
                break;
            }
        }
        self.with_index(|index| index.retain(|id| seen.contains(&id)));
        self.complete_as_of.send_replace(Some(began));
        Ok(())
    }

    async fn delta(&self, spaces: &Spaces) -> Result<(), Trouble> {
        let since = *self.complete_as_of.borrow();
        let Some(since) = since else { return self.full(spaces).await };
        let began = spaces.http().server_time(Utc::now());
        for page in 1..MOST_PAGES {
            let page = spaces.members(page, Some(since - OVERLAP)).await?;
            let has_next = page.has_next;
            self.put(page.members);
            if !has_next {
                break;
            }
        }
        self.complete_as_of.send_replace(Some(began));
        Ok(())
    }

    fn put(&self, members: impl IntoIterator<Item = Coworker>) {
        self.with_index(|index| {
            for coworker in members {
                index.put(coworker.member, coworker.tile_texts.iter().map(String::as_str));
            }
        });
    }

    fn with_index<T>(&self, work: impl FnOnce(&mut MemberIndex) -> T) -> T {
        // No call under this lock can panic half-way through a change that matters.
        work(&mut self.index.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
