//! Gathers the newest of a list's records, whichever way the service sends it, to be counted.

use std::collections::HashMap;
use std::time::Duration;

use tapdesk_core::checkin::Trouble;

use crate::spaces::client::Client;
use crate::spaces::query::Query;
use crate::spaces::records::Record;
use crate::spaces::replies::Page;
use crate::spaces::walk::Walk;

/// How many records are asked for in one page: a service may send fewer.
const PAGE: u32 = 1000;
/// How long one page may take, waiting for its turn included.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was gathered.
#[derive(Debug)]
pub(super) struct Gathered<E> {
    /// Records that answer the question, in no order.
    pub(super) records: Vec<E>,
    /// How many there are, where not all were read: as far as the service says.
    pub(super) of: Option<u64>,
}

/// Gathers what `query` asks for: all of it, or the newest `most` where there are more, by their ids. What does not fit is
/// left out: the service passes over filters that it does not know.
pub(super) async fn gather<E: Record>(
    client: Client<'_>,
    query: Query<E>,
    most: u32,
    fits: impl Fn(&E) -> bool,
) -> Result<Gathered<E>, Trouble>
where
    E::Id: Ord,
{
    let query = query.in_order_of_ids().size(PAGE.min(most));
    let first = in_time(client.list(&query.clone().page(1))).await?;
    let total = first.total_items.and_then(|total| u64::try_from(total).ok());
    let newest_first =
        matches!((first.records.first(), first.records.last()), (Some(one), Some(last)) if one.id() > last.id());
    let (has_next, page) = (first.has_next, if newest_first { 2 } else { newest_page(&first, total, most) });
    let mut found: HashMap<E::Id, E> = HashMap::new();
    // Far from the first page, what came with it is none of the newest.
    if page == 2 {
        found.extend(first.records.into_iter().map(|record| (record.id(), record)));
    }
    let mut is_cut_off = total.is_some_and(|total| total > u64::from(most));
    let mut walk = Walk::new(query.page(page));
    let mut go_on = has_next;
    while go_on {
        if found.len() >= most as usize && newest_first {
            is_cut_off = true;
            break;
        }
        if found.len() > most as usize && total.is_none() {
            return Err(Trouble::Gateway("the oldest records of a long list, and not how many there are".to_owned()));
        }
        let records = in_time(walk.next_page(client)).await?;
        go_on = records.is_some();
        found.extend(records.into_iter().flatten().map(|record| (record.id(), record)));
    }
    let mut newest: Vec<E> = found.into_values().collect();
    newest.sort_by_key(|record| std::cmp::Reverse(record.id()));
    newest.truncate(most as usize);
    newest.retain(fits);
    let more = || total.unwrap_or_else(|| u64::from(most) + 1);
    Ok(Gathered { records: newest, of: is_cut_off.then(more) })
}

/// The first page after the first one that holds some of the newest, where the oldest come first.
fn newest_page<E>(first: &Page<E>, total: Option<u64>, most: u32) -> u32 {
    let came = u64::try_from(first.records.len() + first.unreadable).unwrap_or(u64::MAX);
    let before = total.and_then(|total| total.saturating_sub(u64::from(most)).checked_div(came)).unwrap_or_default();
    u32::try_from(before + 1).unwrap_or(u32::MAX).max(2)
}

async fn in_time<T>(call: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::time::timeout(PATIENCE, call).await.unwrap_or(Err(Trouble::Throttled))
}
