//! Walks over all pages of a list that may change meanwhile.

use std::collections::HashSet;

use tapdesk_core::checkin::Trouble;

use super::client::Client;
use super::query::Query;
use super::records::Record;

/// A walk over a list. Each record comes once, whatever moved between the pages. After trouble it goes on where it
/// was; one who has to go on in another process starts a new walk at [`Walk::position`].
#[derive(Debug)]
pub struct Walk<E: Record> {
    query: Query<E>,
    next: Option<u32>,
    seen: HashSet<E::Id>,
    total: Option<i64>,
    unreadable: usize,
    /// While a page is read once more: where the walk goes on after it.
    detour: Option<Detour>,
}

/// A page that is read once more on the way.
#[derive(Debug)]
struct Detour {
    onward: Option<u32>,
}

impl<E: Record> Walk<E> {
    /// A walk over what `query` asks for, from its page on, by `Id`: what is added comes last, and no two are equal.
    pub fn new(query: Query<E>) -> Self {
        let query = query.in_order_of_ids();
        let next = Some(query.page_number());
        Self { query, next, seen: HashSet::new(), total: None, unreadable: 0, detour: None }
    }

    /// The records of the next page that were not seen yet; none when there are no more pages.
    pub async fn next_page(&mut self, client: Client<'_>) -> Result<Option<Vec<E>>, Trouble> {
        let Some(number) = self.next else { return Ok(None) };
        let page = client.list(&self.query.clone().page(number)).await?;
        // Records that were taken away let others move up over the boundary: the page before is read once more.
        let shrank = matches!((self.total, page.total_items), (Some(before), Some(now)) if now < before);
        self.total = page.total_items;
        self.unreadable += page.unreadable;
        let came_empty = page.records.is_empty() && page.unreadable == 0;
        let records: Vec<E> = page.records.into_iter().filter(|record| self.seen.insert(record.id())).collect();
        // A service that ignores `page` would send the same records for ever, unless it says how many pages there are.
        let more_are_known = page.total_pages.is_some_and(|pages| i64::from(number) < pages);
        let repeats = records.is_empty() && page.unreadable == 0 && !more_are_known;
        let onward = match self.detour.take() {
            Some(detour) => detour.onward,
            None if page.has_next && !came_empty && !repeats => number.checked_add(1),
            None => None,
        };
        if shrank && number > 1 {
            self.detour = Some(Detour { onward });
            self.next = Some(number - 1);
        } else {
            self.next = onward;
        }
        Ok(Some(records))
    }

    /// The page that comes next; none when all were read.
    pub fn position(&self) -> Option<u32> {
        self.next
    }

    /// Whether this record came.
    pub fn has_seen(&self, id: E::Id) -> bool {
        self.seen.contains(&id)
    }

    /// Whether the walk is over and saw as many as the service said there are.
    pub fn is_complete(&self) -> bool {
        let seen = i64::try_from(self.seen.len() + self.unreadable).unwrap_or(i64::MAX);
        self.next.is_none() && self.total.is_none_or(|total| seen >= total)
    }

    /// How many records could not be read so far.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }
}
