//! Blocks of the service's list, in the order that was wanted: whichever way the service reads `dir`, and however few
//! records it sends at a time. What was learnt of that is kept for as long as the desk is open.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tapdesk_core::checkin::Trouble;

use super::order::{Place, Wanted};
use crate::spaces::client::Client;
use crate::spaces::query::Query;
use crate::spaces::records::failed_checkin::FailedCheckin;
use crate::spaces::replies::Page;

/// So often a block is begun anew where something was learnt on the way.
const MOST_TRIES: usize = 4;
/// No list has so many blocks: whoever asks for a later one asks for nothing.
const FAR: u32 = 1_000_000;

/// How the service sends lists.
#[derive(Debug, Default)]
pub(super) struct Habits(Mutex<Learnt>);

#[derive(Debug, Default)]
struct Learnt {
    /// The most records of a page.
    cap: Option<u32>,
    /// Orders that come the other way round.
    turned: HashMap<Wanted, bool>,
}

impl Habits {
    fn with<T>(&self, work: impl FnOnce(&mut Learnt) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The largest page that the service sends and that divides a block of `size`.
    fn step(&self, size: u32) -> u32 {
        let cap = self.with(|learnt| learnt.cap).unwrap_or(size);
        (1..=size.min(cap)).rev().find(|step| size.is_multiple_of(*step)).unwrap_or(1)
    }

    fn is_turned(&self, wanted: Wanted) -> bool {
        self.with(|learnt| learnt.turned.get(&wanted).copied().unwrap_or_default())
    }

    /// Takes from a page what it says of the service; true where that is news, and the page not what was meant.
    fn learn(&self, page: &Page<FailedCheckin>, asked: u32, wanted: Wanted) -> bool {
        let came = u32::try_from(page.records.len() + page.unreadable).unwrap_or(u32::MAX);
        let said = page.page_size.and_then(|size| u32::try_from(size).ok()).filter(|size| *size > 0);
        let seen = (page.has_next && came > 0).then_some(came);
        let cap = said.into_iter().chain(seen).min().filter(|cap| *cap < asked);
        let turned = wanted.is_turned(&page.records);
        self.with(|learnt| {
            let shorter = cap.is_some();
            learnt.cap = cap.or(learnt.cap);
            // A list that fits into one page is right either way round.
            let before = learnt.turned.get(&wanted).copied().unwrap_or_default();
            let other = turned.filter(|turned| *turned != before && page.has_next);
            if let Some(turned) = other {
                learnt.turned.insert(wanted, turned);
            }
            shorter || other.is_some()
        })
    }
}

/// A block of the list.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// In the order that was wanted.
    pub(super) records: Vec<FailedCheckin>,
    /// How many more could not be read.
    pub(super) unreadable: usize,
    /// How many records the list has, where the service says so.
    pub(super) total: Option<u64>,
    /// Whether there are more blocks.
    pub(super) more: bool,
}

/// A list, by its blocks.
pub(super) struct List<'a> {
    pub(super) client: Client<'a>,
    pub(super) habits: &'a Habits,
    /// Without page and size.
    pub(super) query: Query<FailedCheckin>,
    pub(super) wanted: Wanted,
    /// Records of a block.
    pub(super) size: u32,
    /// How many records the list had when it was asked last.
    pub(super) total: Option<u64>,
}

impl List<'_> {
    /// This block of it, counted from 0. One call, or two where the service sends fewer at a time or the other way round;
    /// one or two more when that is met for the first time.
    pub(super) async fn block(&self, block: u32) -> Result<Block, Trouble> {
        let (block, mut total) = (block.min(FAR), self.total);
        for attempt in 1..=MOST_TRIES {
            let last = attempt == MOST_TRIES;
            let found = if self.habits.is_turned(self.wanted) {
                self.counted_backwards(block, &mut total, last).await?
            } else {
                self.counted_forwards(block, &mut total, last).await?
            };
            if let Some(mut found) = found {
                self.wanted.sort(&mut found.records);
                return Ok(found);
            }
        }
        Err(Trouble::Gateway("a list that comes in another way each time".to_owned()))
    }

    /// None where it must be begun anew, which it need not for the last time.
    async fn counted_forwards(
        &self,
        block: u32,
        total: &mut Option<u64>,
        last: bool,
    ) -> Result<Option<Block>, Trouble> {
        let step = self.habits.step(self.size);
        let pages = self.size / step;
        let mut found = Block::default();
        for number in (block * pages + 1..).take(pages as usize) {
            let page = self.page(number, step, total).await?;
            if self.habits.learn(&page, step, self.wanted) && !last {
                return Ok(None);
            }
            found.more = has_more(&page, step);
            found.unreadable += page.unreadable;
            found.records.extend(page.records);
            if !found.more {
                break;
            }
        }
        found.total = *total;
        Ok(Some(found))
    }

    /// The service sends the other end first: the block is counted from there.
    async fn counted_backwards(
        &self,
        block: u32,
        total: &mut Option<u64>,
        last: bool,
    ) -> Result<Option<Block>, Trouble> {
        let step = self.habits.step(self.size);
        if total.is_none() {
            let first = self.page(1, step, total).await?;
            if total.is_none() && !first.has_next && block == 0 {
                let Page { records, unreadable, .. } = first;
                return Ok(Some(Block { records, unreadable, ..Block::default() }));
            }
        }
        let Some(counted) = *total else {
            return Err(Trouble::Gateway("the wrong end of a list, and no other end of it".to_owned()));
        };
        let end = counted.saturating_sub(u64::from(block) * u64::from(self.size));
        let begin = end.saturating_sub(u64::from(self.size));
        let mut found = Block { total: Some(counted), more: begin > 0, ..Block::default() };
        if end == 0 {
            return Ok(Some(found));
        }
        let step_long = u64::from(step);
        for number in begin / step_long..=(end - 1) / step_long {
            let place = u32::try_from(number + 1).unwrap_or(u32::MAX);
            let page = self.page(place, step, total).await?;
            // Somebody was refused meanwhile: the other end has moved.
            let moved = *total != Some(counted);
            if (self.habits.learn(&page, step, self.wanted) || moved) && !last {
                return Ok(None);
            }
            found.unreadable += page.unreadable;
            let within = |place: u64| (begin..end).contains(&place);
            let numbered = (number * step_long..).zip(page.records);
            found.records.extend(numbered.filter(|(place, _)| within(*place)).map(|(_, record)| record));
        }
        Ok(Some(found))
    }

    /// The place of the last record before this block, none where there is none: one call for one record.
    pub(super) async fn end_before(&self, block: u32) -> Result<Option<Place>, Trouble> {
        let before = u64::from(block) * u64::from(self.size);
        if before == 0 {
            return Ok(None);
        }
        let number = if self.habits.is_turned(self.wanted) {
            // Counted from the other end it is the record after that many others.
            match self.total.and_then(|total| total.checked_sub(before)) {
                Some(others) => others + 1,
                None => return Ok(None),
            }
        } else {
            before
        };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let page = self.client.list(&self.query.clone().page(number).size(1)).await?;
        Ok(page.records.first().map(|record| self.wanted.place(record)))
    }

    async fn page(&self, number: u32, step: u32, total: &mut Option<u64>) -> Result<Page<FailedCheckin>, Trouble> {
        let page = self.client.list(&self.query.clone().page(number).size(step)).await?;
        *total = page.total_items.and_then(|items| u64::try_from(items).ok());
        Ok(page)
    }
}

/// Where the envelope says nothing of what follows, a full page has something behind it.
fn has_more(page: &Page<FailedCheckin>, step: u32) -> bool {
    let came = page.records.len() + page.unreadable;
    let silent = page.total_items.is_none() && page.total_pages.is_none() && page.has_previous.is_none();
    page.has_next || (silent && came >= step as usize)
}
