//! What can be seen of a span of time. Counted here, from the records themselves: the service counts nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tapdesk_core::checkin::Trouble;
use tapdesk_core::counts::{by, by_day, by_hour, most_frequent_first};

use super::StaffDesk;
use super::gather::{Gathered, gather};
use super::list::LIST;
use super::span::{Bounds, Minutes};
use super::view::DeskProblem;
use super::view::charts::{Charts, Counted, DayCount, Present, ReasonCount, SourceCount};
use super::view::failures::Span;
use crate::spaces::governor::Priority;
use crate::spaces::query::{Filter, Query};
use crate::spaces::records::checkin::{self, Checkin};
use crate::spaces::records::failed_checkin::{self, FailedCheckin};
use crate::spaces::records::source::CheckinSource;

/// The most records of one kind that are counted: the newest.
const COUNTED: u32 = 20_000;
/// The longest span that is counted by days.
const LONGEST: TimeDelta = TimeDelta::days(3660);
/// How far back an open check-in is looked for.
const PRESENT_SINCE: TimeDelta = TimeDelta::days(30);
/// Where open check-ins cannot be asked for by themselves, so many of the newest check-ins are looked at.
const PRESENT_AMONG: u32 = 2000;
/// What reading check-ins needs of the account.
const CHECKINS: &str = "Checkin-List";

impl StaffDesk {
    /// The counts of a span, and who is in now.
    pub async fn charts(&self, span: Span) -> Result<Charts, DeskProblem> {
        let now = self.rooms.spaces.http().server_time(Utc::now());
        let minutes = Minutes::of(span, self.zone.local(now))?;
        let bounds = minutes.bounds(self.zone);
        let failures = self.heard(self.failures_of(bounds).await, LIST)?;
        let checkins = self.heard(self.checkins_within(bounds).await, CHECKINS)?;
        let present = self.heard(self.present(now, &checkins).await, CHECKINS)?;
        let local = |at: DateTime<Utc>| self.zone.local(at);
        let attempts = || failures.records.iter().filter_map(|failure| Some((failure, local(failure.attempted_at?))));
        let arrivals = || checkins.records.iter().map(|checkin| local(checkin.from));
        // An open end is where the first and the last of what there is are.
        let moments = || attempts().map(|(_, at)| at).chain(arrivals()).map(|at| at.date());
        let last = minutes.to.map(|to| to.date()).or_else(|| moments().max()).unwrap_or_else(|| local(now).date());
        let first = minutes.from.map(|from| from.date()).or_else(|| moments().min()).unwrap_or(last);
        if last - first > LONGEST {
            return Err(DeskProblem::Invalid { detail: "a span to be counted has at most ten years".to_owned() });
        }
        let unknown = attempts().filter(|(failure, _)| failure.coworker.is_none()).map(|(_, at)| at.date());
        Ok(Charts {
            from: first,
            to: last,
            failures_by_reason: reasons(&failures.records),
            failures_by_hour: by_hour(attempts().map(|(_, at)| at)).to_vec(),
            arrivals_by_hour: by_hour(arrivals()).to_vec(),
            checkins_by_source: sources(&checkins.records),
            unknown_tiles_by_day: days(first, last, unknown),
            present,
            failures: counted(&failures),
            checkins: counted(&checkins),
        })
    }

    async fn failures_of(&self, bounds: Bounds) -> Result<Gathered<FailedCheckin>, Trouble> {
        let here = self.rooms.settings.spaces.business_id;
        let mut query = Query::new().is(failed_checkin::BUSINESS, here);
        query = bounds.from.into_iter().fold(query, |query, from| query.at_least(failed_checkin::ATTEMPTED_AT, from));
        query = bounds.until.into_iter().fold(query, |query, until| query.at_most(failed_checkin::ATTEMPTED_AT, until));
        let is_of_it = |failure: &FailedCheckin| {
            failure.business == Some(here) && failure.attempted_at.is_some_and(|at| bounds.hold(at))
        };
        gather(self.rooms.spaces.client(Priority::Background), query, COUNTED, is_of_it).await
    }

    async fn checkins_within(&self, bounds: Bounds) -> Result<Gathered<Checkin>, Trouble> {
        let here = self.rooms.settings.spaces.business_id;
        let mut query = Query::new().is(checkin::BUSINESS, here);
        query = bounds.from.into_iter().fold(query, |query, from| query.at_least(checkin::FROM_TIME, from));
        query = bounds.until.into_iter().fold(query, |query, until| query.at_most(checkin::FROM_TIME, until));
        let is_of_it = |found: &Checkin| found.business == Some(here) && bounds.hold(found.from);
        gather(self.rooms.spaces.client(Priority::Background), query, COUNTED, is_of_it).await
    }

    /// Who has an open check-in here, whatever the span. `null` in a filter is not in the service's pages: where nobody
    /// comes by it, or it is refused, the newest check-ins are looked through.
    async fn present(&self, now: DateTime<Utc>, known: &Gathered<Checkin>) -> Result<Vec<Present>, Trouble> {
        let here = self.rooms.settings.spaces.business_id;
        let since = now - PRESENT_SINCE;
        let client = self.rooms.spaces.client(Priority::Background);
        let is_open = |found: &Checkin| found.business == Some(here) && found.to.is_none() && found.from >= since;
        let all = || Query::new().is(checkin::BUSINESS, here).at_least(checkin::FROM_TIME, since);
        let open = Filter::<Checkin, DateTime<Utc>>::from(checkin::TO_TIME);
        let mut found = match gather(client, all().is_null(open), COUNTED, is_open).await {
            Ok(found) => found.records,
            Err(Trouble::Invalid(_)) => Vec::new(),
            Err(trouble) => return Err(trouble),
        };
        if found.is_empty() {
            found = gather(client, all(), PRESENT_AMONG, is_open).await?.records;
            found.extend(known.records.iter().filter(|checkin| is_open(checkin)).cloned());
        }
        let mut present: BTreeMap<(DateTime<Utc>, i64), Present> = BTreeMap::new();
        for checkin in found {
            let named =
                || checkin.coworker.and_then(|id| self.rooms.directory.known(id)).map(|member| member.full_name);
            let who = Present {
                coworker: checkin.coworker.map(|id| id.0),
                name: checkin.coworker_full_name.clone().or_else(named),
                checkin: checkin.id.0,
                since: checkin.from,
                source: checkin.source.as_ref().and_then(CheckinSource::number),
            };
            present.insert((checkin.from, checkin.id.0), who);
        }
        Ok(present.into_values().collect())
    }
}

fn reasons(failures: &[FailedCheckin]) -> Vec<ReasonCount> {
    let counts = by(failures.iter().map(|failure| failure.description.clone()));
    most_frequent_first(counts).into_iter().map(|(reason, count)| ReasonCount { reason, count }).collect()
}

fn sources(checkins: &[Checkin]) -> Vec<SourceCount> {
    let counts = by(checkins.iter().map(|checkin| checkin.source.as_ref().and_then(CheckinSource::number)));
    counts.into_iter().map(|(source, count)| SourceCount { source, count }).collect()
}

fn days(first: NaiveDate, last: NaiveDate, days: impl IntoIterator<Item = NaiveDate>) -> Vec<DayCount> {
    by_day(first, last, days).into_iter().map(|(day, count)| DayCount { day, count }).collect()
}

fn counted<E>(gathered: &Gathered<E>) -> Counted {
    let counted = gathered.records.len() as u64;
    Counted { counted, of: gathered.of.unwrap_or(counted) }
}
