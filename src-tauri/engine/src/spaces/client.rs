//! The calls that a desk needs. Every text filter of the service may match more than asked, so each answer is checked
//! here by id.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use tapdesk_core::checkin::{Attempt, CheckinRecord, FailedCheckinRecord, Trouble, WriteAnswer};
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId};

use super::http::{Failure, Http};
use super::outcome::Outcome;
use super::records::{self, Business, Coworker, FailedCheckin};

/// `eCheckinSource.Tile`.
const SOURCE_TILE: i64 = 4;
/// How many of a member's newest check-ins are read for a decision.
const CHECKINS: i64 = 200;
/// How many members are asked for in one page.
const MEMBERS: i64 = 500;
/// How far a record's time may lie before the moment it followed: `Date` is cut to the second, clocks drift.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(3);

/// The service, as one location's desk uses it.
#[derive(Debug)]
pub struct Spaces {
    http: Http,
    business: BusinessId,
}

/// Who the account is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// `Email`.
    pub email: Option<String>,
    /// `IsAdmin`.
    pub is_admin: bool,
    /// `DefaultBusinessId`.
    pub default_business: Option<BusinessId>,
    /// `DefaultSimpleTimeZoneNameIana`: the zone of the default location.
    pub time_zone: Option<String>,
}

/// One page of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersPage {
    /// The members.
    pub members: Vec<Coworker>,
    /// Whether there is another page.
    pub has_next: bool,
}

impl Spaces {
    /// The service for the desk of `business`.
    pub fn new(http: Http, business: BusinessId) -> Self {
        Self { http, business }
    }

    /// The connection: sign-in, server clock, address.
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// `GET auth/me`
    pub async fn account(&self) -> Result<Account, Trouble> {
        let me = self.read("auth/me", &[]).await?;
        Ok(Account {
            email: records::text(&me, "Email"),
            is_admin: records::boolean(&me, "IsAdmin").unwrap_or(false),
            default_business: records::integer(&me, "DefaultBusinessId").map(BusinessId),
            time_zone: records::text(&me, "DefaultSimpleTimeZoneNameIana"),
        })
    }

    /// `GET sys/businesses/{id}`: this desk's location.
    pub async fn location(&self) -> Result<Business, Trouble> {
        let business = self.read(&format!("sys/businesses/{}", self.business), &[]).await?;
        let found = records::business(&business).filter(|found| found.id == self.business);
        found.ok_or_else(|| Trouble::Gateway("a location without its Id".to_owned()))
    }

    /// `GET sys/businesses`: all locations that the account sees (the first 100).
    pub async fn locations(&self) -> Result<Vec<Business>, Trouble> {
        let query = [("page", "1".to_owned()), ("size", "100".to_owned())];
        Ok(self.list("sys/businesses", &query).await?.records.iter().filter_map(records::business).collect())
    }

    /// `GET spaces/coworkers`: one page of members, oldest first, or of those changed since `since` (server time).
    pub async fn members(&self, page: i64, since: Option<DateTime<Utc>>) -> Result<MembersPage, Trouble> {
        let mut query = vec![
            ("page", page.to_string()),
            ("size", MEMBERS.to_string()),
            ("orderBy", "CreatedOn".to_owned()),
            ("dir", "Ascending".to_owned()),
        ];
        query.extend(since.map(|since| ("from_Coworker_UpdatedOn", records::to_the_minute(since))));
        let page = self.list("spaces/coworkers", &query).await?;
        let has_next = page.has_next && !page.records.is_empty();
        Ok(MembersPage { members: page.records.iter().filter_map(records::coworker).collect(), has_next })
    }

    /// `GET spaces/coworkers` by a text filter: candidates only, to be compared by the caller.
    pub async fn members_by(&self, filter: &'static str, text: &str) -> Result<Vec<Coworker>, Trouble> {
        let query = [("page", "1".to_owned()), ("size", "25".to_owned()), (filter, text.to_owned())];
        Ok(self.list("spaces/coworkers", &query).await?.records.iter().filter_map(records::coworker).collect())
    }

    /// `GET spaces/coworkers/{id}`
    pub async fn member(&self, id: CoworkerId) -> Result<Coworker, Trouble> {
        let record = self.read(&format!("spaces/coworkers/{id}"), &[]).await?;
        let found = records::coworker(&record).filter(|found| found.member.id == id);
        found.ok_or_else(|| Trouble::Gateway("a member without its Id".to_owned()))
    }

    /// `GET spaces/checkins`: the member's newest check-ins at this location, open and closed.
    ///
    /// `dir` is read differently by different generations of the service, so the order is judged by what came: a list
    /// that came oldest first is read at its other end too.
    pub async fn checkins(&self, coworker: CoworkerId) -> Result<Vec<CheckinRecord>, Trouble> {
        let query = |page: i64| {
            [
                ("Checkin_Coworker", coworker.to_string()),
                ("Checkin_Business", self.business.to_string()),
                ("orderBy", "FromTime".to_owned()),
                ("dir", "Descending".to_owned()),
                ("page", page.to_string()),
                ("size", CHECKINS.to_string()),
            ]
        };
        let read = |records: &[Value]| -> Vec<CheckinRecord> {
            records.iter().filter_map(|record| records::checkin(record, coworker, self.business)).collect()
        };
        let first = self.list("spaces/checkins", &query(1)).await?;
        let mut checkins = read(&first.records);
        let came_oldest_first =
            matches!((checkins.first(), checkins.last()), (Some(first), Some(last)) if first.from < last.from);
        if let Some(last_page) = first.total_pages.filter(|pages| *pages > 1 && came_oldest_first) {
            for page in [last_page - 1, last_page].into_iter().filter(|page| *page > 1) {
                checkins.extend(read(&self.list("spaces/checkins", &query(page)).await?.records));
            }
        }
        Ok(checkins)
    }

    /// Sends a write. `again` says that it may have been sent before: a report is then looked up first.
    pub async fn write(&self, attempt: &Attempt, again: bool) -> WriteAnswer {
        match attempt {
            Attempt::Open { coworker, from } => self.open(*coworker, *from).await,
            Attempt::Close { coworker, checkin, to, .. } => self.close(*coworker, *checkin, *to).await,
            Attempt::Report { coworker, at, description } => self.report(*coworker, *at, description, again).await,
        }
    }

    /// `POST spaces/checkins`
    async fn open(&self, coworker: CoworkerId, from: DateTime<Utc>) -> WriteAnswer {
        let body = json!({
            "BusinessId": self.business,
            "CoworkerId": coworker,
            "FromTime": records::written(from),
            "Source": SOURCE_TILE,
        });
        self.send(Method::POST, "spaces/checkins", &body).await
    }

    /// `GET spaces/checkins/{id}`, then `PUT spaces/checkins` with the whole record and its `ToTime` set: a PUT clears
    /// what it leaves out. A `ToTime` that is there already is never overwritten.
    async fn close(&self, coworker: CoworkerId, id: CheckinId, to: DateTime<Utc>) -> WriteAnswer {
        let mut record = match self.read(&format!("spaces/checkins/{id}"), &[]).await {
            Ok(record) => record,
            Err(trouble) => return WriteAnswer::NotDone(trouble),
        };
        let Some(current) = records::checkin(&record, coworker, self.business).filter(|current| current.id == id)
        else {
            let fault = format!("check-in {id} is not this member's at this location any more");
            return WriteAnswer::NotDone(Trouble::Invalid(fault));
        };
        if let Some(at) = current.to {
            return WriteAnswer::AlreadyClosed { at };
        }
        record["ToTime"] = Value::from(records::written(to.max(current.from)));
        self.send(Method::PUT, "spaces/checkins", &record).await
    }

    /// `POST spaces/failedcheckins`
    async fn report(
        &self,
        coworker: Option<CoworkerId>,
        at: DateTime<Utc>,
        description: &str,
        again: bool,
    ) -> WriteAnswer {
        if again {
            match self.failed_checkins(coworker, at).await {
                Ok(found) if found.iter().any(|found| is_report(found, at, description)) => {
                    return WriteAnswer::Done { checkin: None };
                }
                Ok(_) => {}
                Err(trouble) => return WriteAnswer::NotDone(trouble),
            }
        }
        let mut body = json!({
            "BusinessId": self.business,
            "CheckinAttemptTime": records::written(at),
            "Description": description,
            "Source": SOURCE_TILE,
        });
        if let Some(coworker) = coworker {
            body["CoworkerId"] = json!(coworker);
        }
        self.send(Method::POST, "spaces/failedcheckins", &body).await
    }

    /// `GET spaces/failedcheckins`: the newest refusal of this member here that is not older than the write.
    pub async fn reason(
        &self,
        coworker: CoworkerId,
        tapped_at: DateTime<Utc>,
        sent_at: DateTime<Utc>,
    ) -> Result<Option<FailedCheckinRecord>, Trouble> {
        let sent = self.http.server_time(sent_at) - CLOCK_TOLERANCE;
        let found = self.failed_checkins(Some(coworker), tapped_at.min(sent)).await?;
        let written_at = |failed: &FailedCheckin| failed.created_on.max(failed.attempted_at);
        let newest = found
            .into_iter()
            .filter(|failed| failed.coworker == Some(coworker) && written_at(failed).is_some_and(|at| at >= sent))
            .max_by_key(|failed| (written_at(failed), failed.id));
        Ok(newest.map(|failed| FailedCheckinRecord { id: failed.id, description: failed.description }))
    }

    async fn failed_checkins(
        &self,
        coworker: Option<CoworkerId>,
        since: DateTime<Utc>,
    ) -> Result<Vec<FailedCheckin>, Trouble> {
        let since = since - TimeDelta::minutes(1);
        let mut query = vec![
            ("FailedCheckin_Business", self.business.to_string()),
            ("from_FailedCheckin_CheckinAttemptTime", records::to_the_minute(since)),
            ("orderBy", "CreatedOn".to_owned()),
            ("dir", "Descending".to_owned()),
            ("page", "1".to_owned()),
            ("size", "100".to_owned()),
        ];
        query.extend(coworker.map(|coworker| ("FailedCheckin_Coworker", coworker.to_string())));
        let page = self.list("spaces/failedcheckins", &query).await?;
        let here = |failed: &FailedCheckin| failed.business == Some(self.business);
        Ok(page.records.iter().filter_map(records::failed_checkin).filter(here).collect())
    }

    async fn list(&self, path: &str, query: &[(&str, String)]) -> Result<records::Page, Trouble> {
        let json = self.read(path, query).await?;
        records::page(json).ok_or_else(|| Trouble::Gateway("a list without Records".to_owned()))
    }

    async fn read(&self, path: &str, query: &[(&str, String)]) -> Result<Value, Trouble> {
        match self.http.call(Method::GET, path, query, None).await {
            Ok(Outcome::Done(json)) => Ok(json),
            Ok(outcome) => Err(trouble(outcome)),
            Err(failure) => Err(failure.trouble()),
        }
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> WriteAnswer {
        match self.http.call(method, path, &[], Some(body)).await {
            Err(Failure::NotSent(trouble)) => WriteAnswer::NotDone(trouble),
            Err(Failure::NoReply(trouble)) => WriteAnswer::Unknown(trouble),
            Ok(Outcome::Done(json)) if records::boolean(&json, "WasSuccessful") == Some(true) => {
                let value = json.get("Value").unwrap_or(&Value::Null);
                WriteAnswer::Done { checkin: records::integer(value, "Id").map(CheckinId) }
            }
            Ok(Outcome::Done(_)) => {
                WriteAnswer::Unknown(Trouble::Gateway("a reply that says neither yes nor no".to_owned()))
            }
            Ok(Outcome::Refused(message)) => WriteAnswer::Refused { message },
            // Some services answer a rule's refusal as a validation error: its reason is looked for all the same.
            Ok(Outcome::Invalid(fault)) => WriteAnswer::Refused { message: Some(fault) },
            Ok(Outcome::Gateway(said)) => WriteAnswer::Unknown(Trouble::Gateway(said)),
            Ok(outcome) => WriteAnswer::NotDone(trouble(outcome)),
        }
    }
}

fn is_report(found: &FailedCheckin, at: DateTime<Utc>, description: &str) -> bool {
    found.attempted_at == Some(at) && found.description.as_deref() == Some(description)
}

fn trouble(outcome: Outcome) -> Trouble {
    match outcome {
        Outcome::Throttled(_) => Trouble::Throttled,
        Outcome::NotPermitted(what) => Trouble::NotPermitted(what),
        Outcome::SignInAgain => Trouble::NotPermitted("the sign-in was not accepted".to_owned()),
        Outcome::NotFound => Trouble::NotFound,
        Outcome::Invalid(what) => Trouble::Invalid(what),
        Outcome::Refused(message) => Trouble::Invalid(message.unwrap_or_else(|| "refused without a reason".to_owned())),
        Outcome::Gateway(said) => Trouble::Gateway(said),
        Outcome::Done(_) => Trouble::Gateway("an answer of another kind".to_owned()),
    }
}
