//! Opening check-ins: validation now, later or not at all (nexudus-api.md section 5.4).
//!
//! Nothing forbids a second open check-in, and nothing is idempotent (section 5.6).

use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::failed_checkins;
use super::passes::{self, Attempt, Ruling};
use super::records::{Cell, Record};
use super::replies::Reply;
use super::schema::Entity;
use super::state::{Author, Inner, Later};
use super::switches::Validation;

/// Stores a new check-in, or refuses it: the id, or the reply that says no.
pub(crate) fn open(inner: &mut Inner, mut checkin: Record, author: &Author) -> Result<i64, Reply> {
    note_standing(inner, &mut checkin);
    let attempt = attempt(inner, &checkin);
    let Some(attempt) = attempt.filter(|_| inner.switches.validation != Validation::Lenient) else {
        return Ok(inner.add(checkin, "POST", author));
    };
    if inner.switches.validation == Validation::Async {
        checkin.set("ValidateCheckinJobId", Some(Cell::text(Uuid::new_v4().to_string())));
        let id = inner.add(checkin, "POST", author);
        let wait = Duration::from_millis(inner.switches.async_validation_milliseconds);
        inner.later.push((wait, Later::Validate { checkin: id }));
        return Ok(id);
    }
    match passes::judge(inner, &attempt) {
        Ruling::Refused(description) => {
            let status = if inner.switches.validation == Validation::Sync400 { 400 } else { 200 };
            Err(refuse(inner, &checkin, description.as_deref(), status, author))
        }
        ruling => {
            let guid = passes::settle(inner, &ruling, &attempt, author);
            keep_guid(&mut checkin, guid);
            Ok(inner.add(checkin, "POST", author))
        }
    }
}

/// Writes the `FailedCheckin` of a refused check-in; the reply that says so.
pub(crate) fn refuse(
    inner: &mut Inner,
    checkin: &Record,
    description: Option<&str>,
    status: u16,
    author: &Author,
) -> Reply {
    failed_checkins::note_refusal(inner, checkin, description, author.request);
    let message = inner.switches.refusal_message.as_deref().or(description).filter(|text| !text.is_empty());
    Reply::refused(status, message.unwrap_or("The check-in was not recorded."))
}

/// The verdict on a check-in that was stored before it was validated.
pub(crate) fn validate(inner: &mut Inner, id: i64) {
    let Some(mut checkin) = inner.store.get(Entity::Checkin, id).cloned() else { return };
    let Some(attempt) = attempt(inner, &checkin) else { return };
    let system = Author::system();
    match passes::judge(inner, &Attempt { checkin: Some(id), ..attempt }) {
        Ruling::Refused(description) => {
            inner.delete(Entity::Checkin, id, "VALIDATION", &system);
            failed_checkins::note_refusal(inner, &checkin, description.as_deref(), None);
        }
        ruling => {
            if let Some(guid) = passes::settle(inner, &ruling, &attempt, &system) {
                keep_guid(&mut checkin, Some(guid));
                inner.replace(checkin, "VALIDATION", &system);
            }
        }
    }
}

/// Plan, teams and whether it counts are filled in when the client left them out.
pub(crate) fn note_standing(inner: &Inner, record: &mut Record) {
    let Some(coworker) = record.integer("CoworkerId").and_then(|id| inner.store.get(Entity::Coworker, id)) else {
        return;
    };
    let plan = coworker.integer("TariffId").and_then(|id| inner.store.get(Entity::Tariff, id)?.text("Name"));
    let names = [("TariffAtTheTimeOfCheckin", plan), ("TeamsAtTheTimeOfCheckin", coworker.text("TeamNames"))];
    for (field, name) in names {
        if let (None, Some(name)) = (record.text(field), name) {
            record.set(field, Some(Cell::text(name)));
        }
    }
}

fn attempt(inner: &Inner, checkin: &Record) -> Option<Attempt> {
    let now: DateTime<Utc> = inner.now();
    Some(Attempt {
        coworker: checkin.integer("CoworkerId")?,
        business: checkin.integer("BusinessId")?,
        at: checkin.moment("FromTime").unwrap_or(now),
        checkin: None,
    })
}

fn keep_guid(checkin: &mut Record, guid: Option<String>) {
    if let Some(guid) = guid {
        checkin.set("CoworkerTimePassGuid", Some(Cell::text(guid)));
    }
}
