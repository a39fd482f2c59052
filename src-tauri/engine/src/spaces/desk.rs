//! The calls that one location's desk makes. Every text filter of the service may match more than asked, so each answer
//! is checked here by id.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::checkin::{Attempt, CheckinRecord, FailedCheckinRecord, Trouble, Undone, WriteAnswer};
use tapdesk_core::entry::Source;
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId};

use super::client::{Client, NotWritten, joined};
use super::governor::Priority;
use super::http::Http;
use super::query::{Direction, Filter, Query};
use super::records::account::Account;
use super::records::business::Business;
use super::records::checkin::{self, Checkin, NewCheckin};
use super::records::coworker::{self, Coworker};
use super::records::coworker_time_pass::{self, CoworkerTimePass};
use super::records::failed_checkin::{self, FailedCheckin, NewFailedCheckin};
use super::records::time_pass::TimePass;
use super::records::time_zone::{SimpleTimeZone, iana};
use super::replies::{Page, Written};
use super::walk::Walk;
use super::whole::WholeRecord;

/// How many of a member's newest check-ins are read for a decision.
const CHECKINS: u32 = 200;
/// How many of a location's check-ins of one day are asked for in one page.
const CHECKINS_OF_A_DAY: u32 = 500;
/// How many locations are asked for in one page.
const LOCATIONS: u32 = 100;
/// How many of a member's passes are read.
const PASSES: u32 = 100;
/// How many kinds of pass are read.
const PASS_KINDS: u32 = 100;
/// How many more pages of check-ins are read where one does not hold what was asked for.
const MOST_PAGES: usize = 8;
/// How many members are asked for in one page: the most that the older pages allow. A service may send fewer.
const MEMBERS: u32 = 1000;
/// How far a record's time may lie before the moment it followed: `Date` is cut to the second, clocks drift.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(3);

/// The service, as one location's desk uses it.
#[derive(Debug)]
pub struct Spaces {
    http: Arc<Http>,
    business: BusinessId,
}

impl Spaces {
    /// The service for the desk of `business`.
    pub fn new(http: Http, business: BusinessId) -> Self {
        Self { http: Arc::new(http), business }
    }

    /// The service for the desk of another location, over the same connection and sign-in.
    #[must_use]
    pub fn at(&self, business: BusinessId) -> Self {
        Self { http: Arc::clone(&self.http), business }
    }

    /// The connection: sign-in, server clock, address.
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// The whole API.
    pub fn client(&self, priority: Priority) -> Client<'_> {
        Client::new(&self.http, priority)
    }

    /// Who is signed in.
    pub async fn account(&self) -> Result<Account, Trouble> {
        self.client(Priority::Urgent).account().await
    }

    /// This desk's location.
    pub async fn location(&self) -> Result<Business, Trouble> {
        self.client(Priority::Urgent).get(self.business).await
    }

    /// The IANA name of the location's zone: by its record, else by the account's default where that is this location.
    pub async fn time_zone(&self, location: &Business) -> Option<String> {
        if let Some(zone) = location.time_zone
            && let Ok(zone) = self.client(Priority::Background).get::<SimpleTimeZone>(zone).await
            && let Some(name) = zone.iana()
        {
            return Some(name);
        }
        let account = self.account().await.ok()?;
        let same = account.default_business == Some(location.id);
        account.default_time_zone_iana.filter(|_| same).and_then(|name| iana(&name))
    }

    /// The locations that the account sees, by name; a thousand at most.
    pub async fn locations(&self) -> Result<Vec<Business>, Trouble> {
        let mut walk: Walk<Business> = Walk::new(Query::new().size(LOCATIONS));
        let mut seen = Vec::new();
        for _ in 0..=MOST_PAGES {
            let Some(page) = walk.next_page(self.client(Priority::Urgent)).await? else { break };
            seen.extend(page);
        }
        seen.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(seen)
    }

    /// The kinds of pass that this location sells at a check-in which no pass covers.
    pub async fn pay_as_you_go(&self) -> Result<Vec<TimePass>, Trouble> {
        let page = self.client(Priority::Background).list(&Query::<TimePass>::new().size(PASS_KINDS)).await?;
        let sold = |pass: &TimePass| {
            let here = pass.business.is_none_or(|business| business == self.business);
            here && !pass.archived && (pass.pay_as_you_go_for_members || pass.pay_as_you_go_for_contacts)
        };
        Ok(page.records.into_iter().filter(sold).collect())
    }

    /// The passes that this member holds, newest first, of all locations.
    pub async fn passes(&self, coworker: CoworkerId, priority: Priority) -> Result<Page<CoworkerTimePass>, Trouble> {
        let query = Query::new()
            .is(coworker_time_pass::COWORKER, coworker)
            .order_by(coworker_time_pass::CREATED_ON, Direction::Descending)
            .size(PASSES);
        let mut page = self.client(priority).list(&query).await?;
        page.records.retain(|pass| pass.coworker == Some(coworker));
        page.records.sort_by_key(|pass| std::cmp::Reverse((pass.common.created_on, pass.id)));
        Ok(page)
    }

    /// Who has an open check-in here that began after `since`.
    pub async fn present(&self, since: DateTime<Utc>) -> Result<HashSet<CoworkerId>, Trouble> {
        let client = self.client(Priority::Background);
        let query = Query::new()
            .is(checkin::BUSINESS, self.business)
            .at_least(checkin::FROM_TIME, since)
            .size(CHECKINS_OF_A_DAY);
        let mut walk: Walk<Checkin> = Walk::new(query);
        let mut present = HashSet::new();
        for _ in 0..=MOST_PAGES {
            let Some(page) = walk.next_page(client).await? else { return Ok(present) };
            let open =
                |found: &Checkin| found.business == Some(self.business) && found.to.is_none() && found.from >= since;
            present.extend(page.iter().filter(|found| open(found)).filter_map(|found| found.coworker));
        }
        Err(Trouble::Gateway("more check-ins of a day than a location has".to_owned()))
    }

    /// A walk over all members, or those changed since `since` (server time), oldest first.
    pub fn members(&self, since: Option<DateTime<Utc>>) -> Walk<Coworker> {
        let all = Query::new().size(MEMBERS);
        let asked = match since {
            Some(since) => all.at_least(coworker::UPDATED_ON, since),
            None => all,
        };
        Walk::new(asked)
    }

    /// Members by a text filter: candidates only, to be compared by the caller.
    pub async fn members_by(
        &self,
        filter: Filter<Coworker, String>,
        text: &str,
        priority: Priority,
    ) -> Result<Vec<Coworker>, Trouble> {
        Ok(self.client(priority).list(&Query::new().is(filter, text)).await?.records)
    }

    /// The member's newest check-ins at this location, open and closed.
    ///
    /// `dir` is read differently by different generations of the service, so the order is judged by what came: a list
    /// that came oldest first is read from its other end. Where the service sends fewer at a time than it is asked for,
    /// or others' too, it is asked on until an open one is found or enough were read.
    pub async fn checkins(&self, coworker: CoworkerId, priority: Priority) -> Result<Vec<CheckinRecord>, Trouble> {
        let client = self.client(priority);
        let query = Query::new()
            .is(checkin::COWORKER, coworker)
            .is(checkin::BUSINESS, self.business)
            .order_by(checkin::FROM_TIME, Direction::Descending)
            .size(CHECKINS);
        let first = client.list(&query).await?;
        let oldest_first = matches!(
            (first.records.first(), first.records.last()),
            (Some(one), Some(last)) if first.has_next && one.from < last.from
        );
        let others: Vec<u32> = match first.total_pages.and_then(|pages| u32::try_from(pages).ok()) {
            Some(pages) if oldest_first => (2..=pages).rev().take(MOST_PAGES).collect(),
            None if oldest_first => {
                return Err(Trouble::Gateway("the oldest check-ins, and no end of them".to_owned()));
            }
            _ => (2..).take(MOST_PAGES).collect(),
        };
        let mut checkins = self.theirs(&first, coworker)?;
        let oldest = if oldest_first { std::mem::take(&mut checkins) } else { Vec::new() };
        let mut others_came = checkins.len() + oldest.len() < first.records.len();
        let mut more = first.has_next;
        let is_open = |record: &CheckinRecord| record.to.is_none();
        for number in others {
            if !more || checkins.len() >= CHECKINS as usize || checkins.iter().any(is_open) {
                break;
            }
            let page = client.list(&query.clone().page(number)).await?;
            let theirs = self.theirs(&page, coworker)?;
            others_came |= theirs.len() < page.records.len();
            checkins.extend(theirs);
            more = if oldest_first { number > 2 } else { page.has_next };
        }
        checkins.extend(oldest);
        if more && others_came && checkins.len() < CHECKINS as usize && !checkins.iter().any(is_open) {
            return Err(Trouble::Gateway("everybody's check-ins instead of one member's, without an end".to_owned()));
        }
        Ok(checkins)
    }

    /// This member's here, since a filter that the service ignores returns everybody's. Of a list that holds something
    /// unreadable nobody knows whether a check-in is open.
    fn theirs(&self, page: &Page<Checkin>, coworker: CoworkerId) -> Result<Vec<CheckinRecord>, Trouble> {
        if page.unreadable > 0 {
            return Err(Trouble::Gateway(format!("{} check-ins that cannot be read", page.unreadable)));
        }
        Ok(page.records.iter().filter(|found| self.is_theirs(found, coworker)).map(Checkin::for_the_desk).collect())
    }

    /// Whether a check-in is this member's, and here.
    pub(crate) fn is_theirs(&self, found: &Checkin, coworker: CoworkerId) -> bool {
        found.coworker == Some(coworker) && found.business == Some(self.business)
    }

    /// Sends a write. `again` says that it may have been sent before: a report is then looked up first.
    pub async fn write(&self, attempt: &Attempt, source: Source, again: bool, priority: Priority) -> WriteAnswer {
        let client = self.client(priority);
        match attempt {
            Attempt::Open { coworker, from } => {
                let new = NewCheckin::new(self.business, *coworker, *from, source.into());
                answer(client.create(&new).await)
            }
            Attempt::Close { coworker, checkin, to, .. } => self.close(client, *coworker, *checkin, *to).await,
            Attempt::Report { coworker, at, description, .. } => {
                let new = NewFailedCheckin::new(self.business, *coworker, *at, source.into(), description);
                self.report(client, &new, again).await
            }
        }
    }

    /// This member's check-in here, to be changed: whole, and what is known of it.
    async fn whole_checkin(
        &self,
        client: Client<'_>,
        coworker: CoworkerId,
        id: CheckinId,
    ) -> Result<(WholeRecord, Checkin), Trouble> {
        let record = client.get_whole::<Checkin>(id).await?;
        match record.known::<Checkin>().filter(|current| self.is_theirs(current, coworker)) {
            Some(current) => Ok((record, current)),
            None => Err(Trouble::Invalid(format!("check-in {id} is not this member's at this location any more"))),
        }
    }

    /// A `ToTime` that is there already is never overwritten.
    async fn close(&self, client: Client<'_>, coworker: CoworkerId, id: CheckinId, to: DateTime<Utc>) -> WriteAnswer {
        let (mut record, current) = match self.whole_checkin(client, coworker, id).await {
            Ok(found) => found,
            Err(trouble) => return WriteAnswer::NotDone(trouble),
        };
        if let Some(at) = current.to {
            return WriteAnswer::AlreadyClosed { at };
        }
        record.change(&checkin::SET_TO_TIME.set(to.max(current.from)));
        answer(client.put::<Checkin>(&record).await)
    }

    /// Takes back an open check-in that is one too many: deletes it, or closes it at its own beginning where the account
    /// may not delete. One that is closed or gone is left as it is.
    pub async fn undo(&self, coworker: CoworkerId, id: CheckinId, priority: Priority) -> Result<Undone, Trouble> {
        let client = self.client(priority);
        let (mut record, current) = match self.whole_checkin(client, coworker, id).await {
            Ok(found) => found,
            Err(Trouble::NotFound) => return Ok(Undone::Gone),
            Err(trouble) => return Err(trouble),
        };
        if current.to.is_some() {
            return Ok(Undone::Gone);
        }
        match client.delete::<Checkin>(id).await {
            Ok(_) => return Ok(Undone::Deleted),
            Err(NotWritten::NotDone(Trouble::NotFound)) => return Ok(Undone::Gone),
            Err(NotWritten::NotDone(trouble) | NotWritten::Unknown(trouble)) if trouble.passes() => {
                return Err(trouble);
            }
            // Without the right to delete, or where the service does not let anyone.
            Err(_) => {}
        }
        record.change(&checkin::SET_TO_TIME.set(current.from));
        match client.put::<Checkin>(&record).await {
            Ok(_) => Ok(Undone::Closed),
            Err(NotWritten::NotDone(trouble) | NotWritten::Unknown(trouble)) => Err(trouble),
            Err(NotWritten::Refused(said)) => Err(Trouble::Invalid(said.unwrap_or_else(|| "refused".to_owned()))),
            Err(NotWritten::Invalid(faults)) => Err(Trouble::Invalid(joined(&faults))),
        }
    }

    /// What the service cannot know of is recorded there, once.
    async fn report(&self, client: Client<'_>, new: &NewFailedCheckin, again: bool) -> WriteAnswer {
        if again {
            let at = new.checkin_attempt_time;
            match self.failed_checkins(client, new.coworker_id, at, Some(at)).await {
                Ok(found) if found.iter().any(|found| is_report(found, new)) => {
                    return WriteAnswer::Done { checkin: None };
                }
                Ok(_) => {}
                Err(trouble) => return WriteAnswer::NotDone(trouble),
            }
        }
        answer(client.create(new).await)
    }

    /// The newest refusal of this member here that is not older than the write.
    pub async fn reason(
        &self,
        coworker: CoworkerId,
        tapped_at: DateTime<Utc>,
        sent_at: DateTime<Utc>,
        priority: Priority,
    ) -> Result<Option<FailedCheckinRecord>, Trouble> {
        let sent = self.http.server_time(sent_at) - CLOCK_TOLERANCE;
        let found = self.failed_checkins(self.client(priority), Some(coworker), tapped_at.min(sent), None).await?;
        let written_at = |failed: &FailedCheckin| failed.common.created_on.max(failed.attempted_at);
        let newest = found
            .into_iter()
            .filter(|failed| failed.coworker == Some(coworker) && written_at(failed).is_some_and(|at| at >= sent))
            .max_by_key(|failed| (written_at(failed), failed.id));
        Ok(newest.map(|failed| FailedCheckinRecord { id: failed.id, description: failed.description }))
    }

    async fn failed_checkins(
        &self,
        client: Client<'_>,
        coworker: Option<CoworkerId>,
        since: DateTime<Utc>,
        until: Option<DateTime<Utc>>,
    ) -> Result<Vec<FailedCheckin>, Trouble> {
        let here = Query::new()
            .is(failed_checkin::BUSINESS, self.business)
            .at_least(failed_checkin::ATTEMPTED_AT, since - TimeDelta::minutes(1))
            .order_by(failed_checkin::CREATED_ON, Direction::Descending)
            .size(100);
        let theirs = match coworker {
            Some(coworker) => here.is(failed_checkin::COWORKER, coworker),
            None => here,
        };
        let asked = match until {
            Some(until) => theirs.at_most(failed_checkin::ATTEMPTED_AT, until),
            None => theirs,
        };
        let page = client.list(&asked).await?;
        Ok(page.records.into_iter().filter(|failed| failed.business == Some(self.business)).collect())
    }
}

fn is_report(found: &FailedCheckin, new: &NewFailedCheckin) -> bool {
    found.attempted_at == Some(new.checkin_attempt_time) && found.description == new.description
}

fn answer(result: Result<Written, NotWritten>) -> WriteAnswer {
    match result {
        Ok(written) => WriteAnswer::Done { checkin: written.id.map(CheckinId) },
        Err(NotWritten::Refused(message)) => WriteAnswer::Refused { message },
        // Some services answer a rule's refusal as a validation error: its reason is looked for all the same.
        Err(NotWritten::Invalid(faults)) => WriteAnswer::Refused { message: Some(joined(&faults)) },
        Err(NotWritten::NotDone(trouble)) => WriteAnswer::NotDone(trouble),
        Err(NotWritten::Unknown(trouble)) => WriteAnswer::Unknown(trouble),
    }
}
