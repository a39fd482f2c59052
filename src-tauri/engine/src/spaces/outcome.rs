//! What a reply means. The body counts, not the status alone: a refusal can arrive as 200, a throttled request as 409,
//! and a gateway's page as anything (`nexudus-api.md` sections 2 and 4).

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde_json::Value;

use super::reading::boolean;

/// The wait when a throttled reply names none.
const USUAL_WAIT: Duration = Duration::from_secs(1);
/// The longest wait that is believed.
pub const LONGEST_WAIT: Duration = Duration::from_hours(1);
/// A gateway's page or a validation text is shown to this many characters.
const EXCERPT: usize = 120;

/// What a reply means.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<T> {
    /// Carried out, with what the reply holds.
    Done(T),
    /// Refused by a rule, with the service's words where it gave any.
    Refused(Option<String>),
    /// The request was faulty, with what was.
    Invalid(Vec<PropertyError>),
    /// Not processed; to be sent again after this wait.
    Throttled(Duration),
    /// The token is not, or no longer, accepted; or the account may not do this, which looks the same.
    SignInAgain,
    /// The account may not do this, with the service's words where it gave any.
    NotPermitted(Option<String>),
    /// No such record.
    NotFound,
    /// Not the service's answer: a gateway's page, an empty or cut-off body, a captive portal. Whether the request was
    /// carried out is not known.
    Gateway(String),
    /// The service's answer, and not of the kind that was asked for. Whether the request was carried out is not known.
    Undecodable(String),
}

impl<T> Outcome<T> {
    /// One word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::Refused(_) => "refused",
            Self::Invalid(_) => "invalid",
            Self::Throttled(_) => "throttled",
            Self::SignInAgain => "sign_in_again",
            Self::NotPermitted(_) => "not_permitted",
            Self::NotFound => "not_found",
            Self::Gateway(_) => "gateway",
            Self::Undecodable(_) => "undecodable",
        }
    }
}

/// What is wrong with one property, by a validation reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyError {
    /// `PropertyName`.
    pub property: String,
    /// `Message`.
    pub message: String,
}

impl fmt::Display for PropertyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.property, self.message)
    }
}

/// What a reply that says yes can hold.
pub trait Decode: Sized {
    /// What it is, for whoever reads that it is not what came.
    const WHAT: &'static str;

    /// Reads it from the body and the JSON in it.
    fn decode(json: Value, body: &[u8]) -> Option<Self>;

    /// Reads what is not JSON, by its `Content-Type`.
    fn decode_other(_media_type: &str, _body: &[u8]) -> Option<Self> {
        None
    }
}

/// Judges a reply.
pub fn judge<T: Decode>(status: u16, headers: &HeaderMap, body: &[u8]) -> Outcome<T> {
    let wait = throttled_for(headers);
    let succeeded = (200..=299).contains(&status);
    if succeeded && let Some(other) = T::decode_other(text(headers, &CONTENT_TYPE).unwrap_or_default(), body) {
        return Outcome::Done(other);
    }
    let json = serde_json::from_slice::<Value>(body).ok();
    // Pages of a gateway or a captive portal, under whatever status, are nobody's word on sign-ins and records.
    let by_the_service = json.is_some() || body.trim_ascii().is_empty();
    match (status, json) {
        (429, _) => Outcome::Throttled(wait),
        (409, _) if retry_after(headers).is_some() || body.trim_ascii().is_empty() => Outcome::Throttled(wait),
        (401, _) if by_the_service => Outcome::SignInAgain,
        (403, json) if by_the_service => Outcome::NotPermitted(json.as_ref().and_then(message)),
        (404, _) if by_the_service => Outcome::NotFound,
        (200..=299, Some(json)) if boolean(&json, "WasSuccessful") == Some(false) => refusal(&json),
        (200..=299, Some(json)) => T::decode(json, body).map_or_else(
            || Outcome::Undecodable(format!("{status} with something else than {}", T::WHAT)),
            Outcome::Done,
        ),
        (400, Some(json)) if json.get("Errors").is_some() || message(&json).is_some() => refusal(&json),
        (400..=499, Some(json)) if boolean(&json, "WasSuccessful") == Some(false) => refusal(&json),
        (status, json) => {
            let said = match &json {
                Some(json) => message(json).unwrap_or_else(|| "JSON of another kind".to_owned()),
                None => excerpt(body),
            };
            Outcome::Gateway(if said.is_empty() { format!("{status}, empty") } else { format!("{status}, {said}") })
        }
    }
}

/// How long a throttled reply asks to wait.
pub fn throttled_for(headers: &HeaderMap) -> Duration {
    retry_after(headers).unwrap_or(USUAL_WAIT)
}

/// `Retry-After`: seconds, or a date to be held against the reply's own.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let stated = text(headers, &RETRY_AFTER)?.trim();
    if let Ok(seconds) = stated.parse() {
        return Some(Duration::from_secs(seconds).min(LONGEST_WAIT));
    }
    let until = DateTime::parse_from_rfc2822(stated).ok()?.with_timezone(&Utc);
    Some((until - date(headers)?).to_std().unwrap_or(Duration::ZERO).min(LONGEST_WAIT))
}

/// The server's clock, by `Date`, cut to the second.
pub fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text(headers, &DATE)?).ok().map(|date| date.with_timezone(&Utc))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn refusal<T>(json: &Value) -> Outcome<T> {
    let faults = property_errors(json);
    if faults.is_empty() { Outcome::Refused(message(json)) } else { Outcome::Invalid(faults) }
}

fn message(json: &Value) -> Option<String> {
    let text = json.get("Message").and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

/// `Errors` of a validation reply; one without a property is a rule's, not a fault of the request.
fn property_errors(json: &Value) -> Vec<PropertyError> {
    let errors = json.get("Errors").and_then(Value::as_array).into_iter().flatten();
    let text =
        |error: &Value, name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    errors
        .map(|error| PropertyError { property: text(error, "PropertyName"), message: text(error, "Message") })
        .filter(|error| !error.property.is_empty())
        .collect()
}

/// The start of a body that is not JSON, without its markup. JSON that breaks off may hold members' data.
fn excerpt(body: &[u8]) -> String {
    if body.trim_ascii().starts_with(b"{") || body.trim_ascii().starts_with(b"[") {
        return "JSON that breaks off or cannot be read".to_owned();
    }
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    let mut inside_markup = false;
    let visible = text.chars().map(|c| {
        match c {
            '<' => inside_markup = true,
            '>' => {
                inside_markup = false;
                return ' ';
            }
            _ => {}
        }
        if inside_markup || c.is_control() { ' ' } else { c }
    });
    let words: String = visible.collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect()
}

#[cfg(test)]
mod tests;
