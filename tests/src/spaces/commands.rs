//! Commands on records: what there is, and running one (nexudus-api.md section 4.4).
//!
//! Only one key is kept, and it does nothing that shows: no key that changes a check-in is public.

use serde_json::{Map, Value, json};

use super::replies::Reply;
use super::schema::{Entity, Schema};
use super::state::Inner;

/// Sends a coworker the access PIN by e-mail.
const PIN_REMINDER: &str = "COWORKER_PIN_REMINDER";

/// Answers `GET /api/{module}/{entity}/commands`.
pub(crate) fn list(schema: &Schema) -> Reply {
    let commands = match schema.entity {
        Entity::Coworker => json!([{
            "Key": PIN_REMINDER,
            "Name": "Send PIN reminder",
            "Icon": null,
            "Order": 1,
            "AppliesOnlyToOneEntity": false,
            "AppliesOnlyToTwoEntities": false,
            "AppliesOnlyToMultipleEntities": false,
            "NeedsEntitiesToRun": true,
            "DisplayInDropdown": true,
            "DisplayInDropdownV2": true,
            "DisplayInGrid": false,
            "RequiresParameters": [],
        }]),
        _ => json!([]),
    };
    Reply::json(200, &commands)
}

/// Answers `POST /api/{module}/{entity}/runcommand`; HTTP 200 also when it fails.
pub(crate) fn run(inner: &Inner, schema: &Schema, body: &Map<String, Value>) -> Reply {
    let given = |name: &str| body.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let key = given("Key").and_then(Value::as_str).unwrap_or_default();
    if schema.entity != Entity::Coworker || !key.eq_ignore_ascii_case(PIN_REMINDER) {
        return Reply::refused(200, &format!("There is no command '{key}' for {}.", schema.name));
    }
    let ids = given("Ids").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if ids.is_empty() {
        return Reply::refused(200, "This command needs at least one record.");
    }
    let missing = ids.iter().find(|id| id.as_i64().is_none_or(|id| inner.store.get(schema.entity, id).is_none()));
    match missing {
        Some(id) => Reply::refused(200, &format!("There is no {} {id}.", schema.name)),
        None => Reply::done("The command was run.", &Value::Null),
    }
}
