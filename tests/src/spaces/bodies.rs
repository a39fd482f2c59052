//! Bodies of requests as JSON objects: JSON itself, and forms, which one client sends (nexudus-api.md section 1.1).

use axum::http::HeaderMap;
use serde_json::{Map, Number, Value};

use super::query;
use super::replies::Reply;
use super::schema::{Kind, Schema};
use super::switches::Switches;
use super::token;

/// The record a client sent; the framework's bodies otherwise.
pub(crate) fn record(
    headers: &HeaderMap,
    body: &[u8],
    schema: &'static Schema,
    switches: &Switches,
) -> Result<Map<String, Value>, Reply> {
    if token::is_form(headers) && switches.accept_form_bodies {
        return Ok(form(body, schema));
    }
    object(headers, body)
}

/// A JSON object; the framework's bodies otherwise.
pub(crate) fn object(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, Reply> {
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("none");
    if !kind.to_ascii_lowercase().contains("json") {
        let told = format!("The request entity's media type '{kind}' is not supported for this resource.");
        return Err(Reply::message(415, &told));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Reply::message(400, "The request is invalid.")),
    }
}

/// All values of a form are texts, so those of numeric fields become numbers here; a repeated name is a list.
fn form(body: &[u8], schema: &'static Schema) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, text) in query::pairs(&String::from_utf8_lossy(body)) {
        let kind = schema.position(&name).map_or(Kind::Nothing, |place| schema.fields[place].kind);
        let value = match kind {
            Kind::Integer | Kind::OptionalInteger | Kind::Reference(_) | Kind::Choice(_) | Kind::Collection => {
                text.trim().parse::<i64>().map_or(Value::String(text), Value::from)
            }
            Kind::Decimal => {
                let number = text.trim().parse().ok().and_then(Number::from_f64);
                number.map_or(Value::String(text), Value::Number)
            }
            _ => Value::String(text),
        };
        match (kind, object.get_mut(&name)) {
            (Kind::Collection, Some(Value::Array(values))) => values.push(value),
            (Kind::Collection, _) => drop(object.insert(name, Value::Array(vec![value]))),
            _ => drop(object.insert(name, value)),
        }
    }
    object
}
