//! What reached the service: every request with what became of it, every write, every charge.
//!
//! Secrets are masked before anything is kept.

use std::collections::{BTreeMap, VecDeque};

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Requests kept; the oldest go first.
const CAPACITY: usize = 100_000;

/// Headers worth reading back; `authorization` shows its scheme only.
const HEADERS: [&str; 8] = [
    "authorization",
    "client_id",
    "content-type",
    "accept",
    "accept-encoding",
    "user-agent",
    "traceparent",
    "connection",
];

/// Form and query keys whose value is never kept.
const SECRETS: [&str; 5] = ["password", "totp", "refresh_token", "access_token", "token"];

/// One request and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact that a test asks for by name")]
pub struct LoggedRequest {
    /// Counts from 1.
    pub number: u64,
    /// When it was whole on the service's side, true time.
    pub at: DateTime<Utc>,
    /// HTTP verb.
    pub method: String,
    /// Path as sent.
    pub path: String,
    /// Query as sent, secrets masked.
    pub query: String,
    /// Headers of interest, lower-case names.
    pub headers: BTreeMap<String, String>,
    /// JSON body, or the fields of a form, or text; secrets masked.
    pub body: Value,
    /// E-mail of the account, once known.
    pub account: Option<String>,
    /// Status of the reply; `None` while under way, and when the connection was cut instead.
    pub status: Option<u16>,
    /// Body of the reply, when it was JSON of at most 16 KiB; token replies masked.
    pub reply: Value,
    /// Whether the request changed a record.
    pub committed: bool,
    /// Whether the connection was cut instead of a whole reply.
    pub cut: bool,
    /// Whether everything about it has happened.
    pub finished: bool,
    /// Kinds of the injected faults that met it.
    pub faults: Vec<String>,
    /// False for a request that no route knows.
    pub expected: bool,
    /// Milliseconds from the request to the reply.
    pub milliseconds: u64,
}

/// One change of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoggedWrite {
    /// When, by the service's clock.
    pub at: DateTime<Utc>,
    /// `POST`, `PUT`, `DELETE`; `VALIDATION` for what the service did by itself.
    pub method: String,
    /// `Checkin`, `FailedCheckin`, …
    pub entity: String,
    /// Id of the record.
    pub id: i64,
    /// E-mail of the account, or `system`.
    pub by: String,
    /// The request that caused it.
    pub request: Option<u64>,
}

/// A pay-as-you-go pass sold at a check-in (nexudus-api.md section 5.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Charge {
    /// When, by the service's clock.
    pub at: DateTime<Utc>,
    /// Who pays.
    pub coworker_id: i64,
    /// Where.
    pub business_id: i64,
    /// What was sold.
    pub time_pass_id: i64,
    /// The pass record made.
    pub coworker_time_pass_id: i64,
    /// Price in the currency of the pass.
    pub price: f64,
}

/// Everything read back.
#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: VecDeque<LoggedRequest>,
    last_number: u64,
    pub(crate) writes: Vec<LoggedWrite>,
    pub(crate) charges: Vec<Charge>,
}

impl Log {
    /// Keeps a request that has just come in; the number it got.
    pub(crate) fn arrive(&mut self, mut request: LoggedRequest) -> u64 {
        self.last_number += 1;
        request.number = self.last_number;
        if self.requests.len() == CAPACITY {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
        self.last_number
    }

    /// The kept request with this number.
    pub(crate) fn request(&mut self, number: u64) -> Option<&mut LoggedRequest> {
        let first = self.requests.front()?.number;
        self.requests.get_mut(usize::try_from(number.checked_sub(first)?).ok()?)
    }

    pub(crate) fn requests(&self) -> impl Iterator<Item = &LoggedRequest> {
        self.requests.iter()
    }

    /// Takes out the oldest requests, as many as are finished without a gap.
    pub(crate) fn take_finished(&mut self) -> Vec<LoggedRequest> {
        let finished = self.requests.iter().take_while(|request| request.finished).count();
        self.requests.drain(..finished).collect()
    }

    /// Forgets all; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.requests.clear();
        self.writes.clear();
        self.charges.clear();
    }
}

/// The headers of interest.
pub(crate) fn headers_of_interest(headers: &HeaderMap) -> BTreeMap<String, String> {
    let shown = HEADERS.into_iter().filter_map(|name| {
        let value = headers.get(name)?.to_str().unwrap_or("(not text)");
        let value = match name {
            "authorization" => format!("{} ***", value.split(' ').next().unwrap_or_default()),
            _ => value.to_owned(),
        };
        Some((name.to_owned(), value))
    });
    shown.collect()
}

/// A body or query fit to be kept.
pub(crate) fn readable_body(bytes: &[u8], form: bool) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    let text = String::from_utf8_lossy(bytes);
    if form {
        return Value::String(masked(&text));
    }
    let mut value = serde_json::from_slice(bytes).unwrap_or_else(|_| Value::String(text.into_owned()));
    mask(&mut value);
    value
}

/// A form or query text with the secrets masked.
pub(crate) fn masked(pairs: &str) -> String {
    let masked = pairs.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}=***"),
        _ => pair.to_owned(),
    });
    masked.collect::<Vec<_>>().join("&")
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                if is_secret(name) {
                    *value = Value::from("***");
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(mask),
        _ => {}
    }
}

fn is_secret(name: &str) -> bool {
    SECRETS.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}
