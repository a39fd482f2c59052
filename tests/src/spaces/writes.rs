//! Create, update and delete, the same for every entity (nexudus-api.md sections 4.1, 4.2).
//!
//! An update replaces the whole record: what is left out is cleared. Last writer wins.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::checkins;
use super::coworkers;
use super::records::{Cell, Record};
use super::replies::{PropertyError, Reply};
use super::schema::{Access, Entity, Kind};
use super::state::{Author, Inner};
use super::switches::PostValue;

/// What a check-in made through REST has as `Source` when the value sent is not stored (section 5.3).
const MANUAL: i64 = 1;

/// Answers `POST /api/{module}/{entity}`.
pub(crate) fn create(inner: &mut Inner, entity: Entity, body: &Map<String, Value>, author: &Author) -> Reply {
    let mut record = Record::new(entity);
    let sent_source = match apply(inner, &mut record, body) {
        Ok(sent) => sent.contains("source"),
        Err(errors) => return Reply::invalid(&errors),
    };
    if !(sent_source && inner.switches.source_writable) {
        record.set("Source", Some(Cell::Integer(MANUAL)));
    }
    let sent_counts = body.keys().any(|name| name.eq_ignore_ascii_case("CountsTowardsPlanLimits"));
    if entity == Entity::Checkin && !sent_counts {
        record.set("CountsTowardsPlanLimits", Some(Cell::Flag(true)));
    }
    let stored = match entity {
        Entity::Checkin => checkins::open(inner, record, author),
        Entity::Coworker => {
            coworkers::complete(inner, &mut record, body);
            Ok(inner.add(record, "POST", author))
        }
        _ => {
            checkins::note_standing(inner, &mut record);
            Ok(inner.add(record, "POST", author))
        }
    };
    let id = match stored {
        Ok(id) => id,
        Err(refused) => return refused,
    };
    let value = match (inner.switches.post_value, inner.store.get(entity, id)) {
        (PostValue::Full, Some(record)) => inner.store.show(record, false, &inner.switches),
        _ => json!({ "Id": id }),
    };
    saved(inner, entity, "created", &value, author)
}

/// Answers `PUT /api/{module}/{entity}`.
pub(crate) fn update(inner: &mut Inner, entity: Entity, body: &Map<String, Value>, author: &Author) -> Reply {
    let given = body.iter().find(|(name, _)| name.eq_ignore_ascii_case("Id")).map(|(_, value)| value);
    let id = match Cell::read(Kind::Integer, given.unwrap_or(&Value::Null), inner.switches.accept_numbers_as_strings) {
        Ok(Some(Cell::Integer(id))) => id,
        Ok(_) => return Reply::invalid(&[error("Id", "is a required field", Value::Null)]),
        Err(wrong) => return Reply::invalid(&[error("Id", wrong, given.cloned().unwrap_or_default())]),
    };
    let Some(mut record) = inner.store.get(entity, id).cloned() else {
        return Reply::not_found(inner.switches.not_found_body);
    };
    if let Err(errors) = apply(inner, &mut record, body) {
        return Reply::invalid(&errors);
    }
    inner.replace(record, "PUT", author);
    saved(inner, entity, "updated", &json!({ "Id": id }), author)
}

/// Answers `DELETE /api/{module}/{entity}/{id}`.
pub(crate) fn delete(inner: &mut Inner, entity: Entity, id: i64, author: &Author) -> Reply {
    if inner.delete(entity, id, "DELETE", author) {
        saved(inner, entity, "deleted", &Value::Null, author)
    } else {
        Reply::not_found(inner.switches.not_found_body)
    }
}

fn saved(inner: &Inner, entity: Entity, done: &str, value: &Value, author: &Author) -> Reply {
    Reply::saved(entity, done, value, inner.now(), &author.name, inner.switches.fractional_digits)
}

fn error(property: &'static str, message: impl Into<String>, attempted: Value) -> PropertyError {
    PropertyError { property, message: message.into(), attempted }
}

/// The lower-case names a client sent and may write.
type Sent = std::collections::HashSet<String>;

/// Lays the body over the writable fields; every field that may be written and is not in the body is cleared.
fn apply(inner: &Inner, record: &mut Record, body: &Map<String, Value>) -> Result<Sent, Vec<PropertyError>> {
    let schema = record.entity.schema();
    let given: HashMap<String, &Value> = body.iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let mut sent = Sent::new();
    let mut errors = Vec::new();
    for (place, field) in schema.fields.iter().enumerate() {
        let writable = match field.access {
            Access::Client => true,
            Access::Service => false,
            Access::SourceSwitch => inner.switches.source_writable,
            Access::SystemIdSwitch => inner.switches.system_id_stored,
        };
        if !writable {
            continue;
        }
        let name = field.name.to_ascii_lowercase();
        let value = given.get(&name).copied().unwrap_or(&Value::Null);
        match Cell::read(field.kind, value, inner.switches.accept_numbers_as_strings) {
            Ok(cell) => {
                let required = schema.required.contains(&field.name);
                match (field.kind, &cell) {
                    (Kind::Reference(_), Some(Cell::Integer(0))) if !required => record.put(place, None),
                    (Kind::Reference(other), Some(Cell::Integer(id))) if inner.store.get(other, *id).is_none() => {
                        errors.push(error(field.name, "does not exist", value.clone()));
                    }
                    (_, None) if required => errors.push(error(field.name, "is a required field", value.clone())),
                    _ => record.put(place, cell),
                }
            }
            Err(wrong) => errors.push(error(field.name, wrong, value.clone())),
        }
        if given.contains_key(&name) {
            sent.insert(name);
        }
    }
    let reversed = record.moment("FromTime").zip(record.moment("ToTime")).is_some_and(|(from, to)| to < from);
    if inner.switches.reject_reversed_times && record.entity == Entity::Checkin && reversed {
        let value = given.get("totime").map_or(Value::Null, |value| (*value).clone());
        errors.push(error("ToTime", "must not be before FromTime", value));
    }
    if errors.is_empty() { Ok(sent) } else { Err(errors) }
}
