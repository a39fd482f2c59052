//! The Spaces API, typed: every entity of [`super::records`] by the five verbs, and what is no entity.
//!
//! Text filters may match more than asked, unknown ones match everything: callers compare what came.

use std::fmt;

use reqwest::Method;
use serde::Serialize;
use serde_json::Value;
use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::CoworkerId;

use super::governor::Priority;
use super::http::{Call, Failure, Http};
use super::outcome::{Decode, Outcome, PropertyError};
use super::query::{Change, Query};
use super::records::Record;
use super::records::account::Account;
use super::records::checkin::{Checkin, NewCheckin};
use super::records::coworker::Coworker;
use super::records::enumeration::EnumerationMember;
use super::records::failed_checkin::{FailedCheckin, NewFailedCheckin};
use super::replies::{Enumeration, Image, One, Page, Picture, Written};
use super::whole::WholeRecord;

/// The API, for one who waits or for nobody who does.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a> {
    http: &'a Http,
    priority: Priority,
}

/// Why a write brought no yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// Refused by a rule, with the service's words where it gave any.
    Refused(Option<String>),
    /// The service found the request faulty.
    Invalid(Vec<PropertyError>),
    /// It was not carried out, and that is certain.
    NotDone(Trouble),
    /// Nobody can say whether it was carried out.
    Unknown(Trouble),
}

impl fmt::Display for NotWritten {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(Some(message)) => write!(formatter, "the service refused: {message}"),
            Self::Refused(None) => formatter.write_str("the service refused, and gave no reason"),
            Self::Invalid(faults) => write!(formatter, "the service found the request faulty: {}", joined(faults)),
            Self::NotDone(trouble) => formatter.write_str(&trouble.sentence()),
            Self::Unknown(trouble) => {
                write!(formatter, "whether it was carried out is not known: {}", trouble.sentence())
            }
        }
    }
}

/// A record to create.
pub trait New: Serialize {
    /// What it becomes.
    type Of: Record;
}

impl New for NewCheckin {
    type Of = Checkin;
}

impl New for NewFailedCheckin {
    type Of = FailedCheckin;
}

/// Entities whose records Tapdesk may change: by the properties that their `writable!` lists name.
pub trait Update: Record {}
impl Update for Checkin {}
impl Update for FailedCheckin {}
impl Update for Coworker {}

/// Entities whose records Tapdesk may delete.
pub trait Delete: Record {}
impl Delete for Checkin {}
impl Delete for FailedCheckin {}

impl<'a> Client<'a> {
    /// The API over this connection.
    pub fn new(http: &'a Http, priority: Priority) -> Self {
        Self { http, priority }
    }

    /// `GET {entity}`: one page of a list.
    pub async fn list<E: Record>(self, query: &Query<E>) -> Result<Page<E>, Trouble> {
        let page: Page<E> =
            self.ask(E::PATH, &query.parameters(), Some(query.page_size())).await.map_err(always_there)?;
        if page.unreadable > 0 {
            tracing::warn!(entity = E::ENTITY, count = page.unreadable, "records of a list could not be read");
        }
        Ok(page)
    }

    /// `GET {entity}/{id}`: one record.
    pub async fn get<E: Record>(self, id: E::Id) -> Result<E, Trouble> {
        let One(record) = self.read::<One<E>>(&format!("{}/{id}", E::PATH), &[]).await?;
        if record.id() == id { Ok(record) } else { Err(another(E::ENTITY)) }
    }

    /// `GET {entity}/{id}`: one record, exactly as the service has it.
    pub async fn get_whole<E: Record>(self, id: E::Id) -> Result<WholeRecord, Trouble> {
        let record: WholeRecord = self.read(&format!("{}/{id}", E::PATH), &[]).await?;
        match record.known::<E>() {
            Some(known) if known.id() == id => Ok(record),
            _ => Err(another(E::ENTITY)),
        }
    }

    /// `POST {entity}`: a new record.
    pub async fn create<N: New>(self, new: &N) -> Result<Written, NotWritten> {
        self.write(Method::POST, <N::Of as Record>::PATH, Some(new)).await.map_err(|error| match error {
            NotWritten::NotDone(Trouble::NotFound) => NotWritten::Unknown(always_there(Trouble::NotFound)),
            error => error,
        })
    }

    /// `PUT {entity}`: a record that was read whole and changed; what the PUT left out would be cleared.
    pub async fn put<E: Update>(self, record: &WholeRecord) -> Result<Written, NotWritten> {
        self.write(Method::PUT, E::PATH, Some(record)).await
    }

    /// Reads a record whole, makes these changes, puts it back.
    pub async fn update<E: Update>(self, id: E::Id, changes: &[Change<E>]) -> Result<Written, NotWritten> {
        let mut record = self.get_whole::<E>(id).await.map_err(NotWritten::NotDone)?;
        for change in changes {
            record.change(change);
        }
        self.put::<E>(&record).await
    }

    /// `DELETE {entity}/{id}`.
    pub async fn delete<E: Delete>(self, id: E::Id) -> Result<Written, NotWritten> {
        self.write(Method::DELETE, &format!("{}/{id}", E::PATH), None::<&Value>).await
    }

    /// Whether the account may create records of this entity: sends an empty one, which the service refuses for the fields
    /// that it lacks (`nexudus-api.md` section 4.2). `Err(NotPermitted)` where it may not.
    pub async fn try_creating<E: Update>(self) -> Result<(), Trouble> {
        self.try_writing::<E>(Method::POST).await
    }

    /// The same of changing records.
    pub async fn try_editing<E: Update>(self) -> Result<(), Trouble> {
        self.try_writing::<E>(Method::PUT).await
    }

    async fn try_writing<E: Update>(self, method: Method) -> Result<(), Trouble> {
        match self.write(method, E::PATH, Some(&serde_json::json!({}))).await {
            Err(NotWritten::Invalid(_) | NotWritten::Refused(_)) => Ok(()),
            Err(NotWritten::NotDone(trouble) | NotWritten::Unknown(trouble)) => Err(trouble),
            Ok(written) => {
                tracing::error!(
                    entity = E::ENTITY,
                    id = written.id,
                    "the service took an empty record; delete it there"
                );
                Ok(())
            }
        }
    }

    /// `GET auth/me`: who is signed in.
    pub async fn account(self) -> Result<Account, Trouble> {
        self.read("auth/me", &[]).await.map_err(always_there)
    }

    /// `GET utils/enums`: the members of one enumeration, such as `eCheckinSource`.
    pub async fn enumeration(self, name: &str) -> Result<Vec<EnumerationMember>, Trouble> {
        let parameters = [("name", name.to_owned())];
        let Enumeration(members) = self.read("utils/enums", &parameters).await.map_err(always_there)?;
        Ok(members)
    }

    /// `GET spaces/coworkers/getavatar/{id}`: a member's picture; none without one.
    pub async fn avatar(self, coworker: CoworkerId) -> Result<Option<Image>, Trouble> {
        let Picture(image) = self.read(&format!("{}/getavatar/{coworker}", Coworker::PATH), &[]).await?;
        Ok(image)
    }

    async fn read<T: Decode>(self, path: &str, parameters: &[(&str, String)]) -> Result<T, Trouble> {
        self.ask(path, parameters, None).await
    }

    async fn ask<T: Decode>(
        self,
        path: &str,
        parameters: &[(&str, String)],
        page_size: Option<u32>,
    ) -> Result<T, Trouble> {
        let call = Call { method: Method::GET, path, parameters, body: None, page_size, priority: self.priority };
        match self.http.call(&call).await {
            Ok(Outcome::Done(found)) => Ok(found),
            Ok(other) => Err(trouble(other)),
            Err(failure) => Err(failure.trouble()),
        }
    }

    async fn write<B: Serialize>(self, method: Method, path: &str, body: Option<&B>) -> Result<Written, NotWritten> {
        let body = body.map(serde_json::to_string).transpose();
        let body = body.map_err(|error| NotWritten::NotDone(Trouble::Invalid(error.to_string())))?;
        let body = body.as_deref();
        let call = Call { method, path, parameters: &[], body, page_size: None, priority: self.priority };
        match self.http.call::<Written>(&call).await {
            Ok(Outcome::Done(written)) => Ok(written),
            Ok(Outcome::Refused(message)) => Err(NotWritten::Refused(message)),
            Ok(Outcome::Invalid(faults)) => Err(NotWritten::Invalid(faults)),
            Ok(open @ (Outcome::Gateway(_) | Outcome::Undecodable(_))) => Err(NotWritten::Unknown(trouble(open))),
            Ok(other) => Err(NotWritten::NotDone(trouble(other))),
            Err(Failure::NotSent(trouble)) => Err(NotWritten::NotDone(trouble)),
            Err(Failure::NoReply(trouble)) => Err(NotWritten::Unknown(trouble)),
        }
    }
}

/// What is wrong, in one sentence.
pub fn joined(faults: &[PropertyError]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Lists and the account are always there: who says otherwise is not the service.
fn always_there(trouble: Trouble) -> Trouble {
    match trouble {
        Trouble::NotFound => Trouble::Gateway("404 where the service has no record to miss".to_owned()),
        trouble => trouble,
    }
}

fn another(entity: &str) -> Trouble {
    Trouble::Gateway(format!("another record than the {entity} that was asked for"))
}

fn trouble<T>(outcome: Outcome<T>) -> Trouble {
    match outcome {
        Outcome::Throttled(_) => Trouble::Throttled,
        Outcome::NotPermitted(said) => Trouble::NotPermitted(said.unwrap_or_default()),
        Outcome::SignInAgain => Trouble::NotPermitted("the sign-in was not accepted".to_owned()),
        Outcome::NotFound => Trouble::NotFound,
        Outcome::Invalid(faults) => Trouble::Invalid(joined(&faults)),
        Outcome::Refused(message) => Trouble::Invalid(message.unwrap_or_else(|| "refused without a reason".to_owned())),
        Outcome::Gateway(said) | Outcome::Undecodable(said) => Trouble::Gateway(said),
        Outcome::Done(_) => Trouble::Gateway("an answer of another kind".to_owned()),
    }
}
