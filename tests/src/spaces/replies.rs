//! The shapes of replies: action results, validation errors, the framework's own bodies (nexudus-api.md sections 4.2, 4.3).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::dates;
use super::schema::Entity;
use super::switches::NotFoundBody;

/// One HTTP reply and whether the request changed anything.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'static str>,
    /// In place of the usual words after the status.
    pub(crate) reason: Option<&'static str>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) committed: bool,
}

/// One entry of `Errors`.
#[derive(Debug, Clone)]
pub(crate) struct PropertyError {
    pub(crate) property: &'static str,
    pub(crate) message: String,
    pub(crate) attempted: Value,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let content_type = Some("application/json; charset=utf-8");
        Self {
            status,
            content_type,
            reason: None,
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
            committed: false,
        }
    }

    pub(crate) fn html(status: u16, body: &str) -> Self {
        let content_type = Some("text/html; charset=utf-8");
        Self {
            status,
            content_type,
            reason: None,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            committed: false,
        }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { status, content_type: None, reason: None, headers: Vec::new(), body: Vec::new(), committed: false }
    }

    pub(crate) fn image(bytes: Vec<u8>) -> Self {
        Self {
            status: 200,
            content_type: Some("image/png"),
            reason: None,
            headers: Vec::new(),
            body: bytes,
            committed: false,
        }
    }

    /// The same, marked as having changed something.
    pub(crate) fn committed(self) -> Self {
        Self { committed: true, ..self }
    }

    /// `{"Message": …}`, the framework's own error body.
    pub(crate) fn message(status: u16, message: &str) -> Self {
        Self::json(status, &json!({ "Message": message }))
    }

    /// Not authenticated, or not permitted (section 1.6).
    pub(crate) fn denied(status: u16) -> Self {
        Self::message(status, "Authorization has been denied for this request.")
    }

    /// No such record (section 3.1).
    pub(crate) fn not_found(body: NotFoundBody) -> Self {
        match body {
            NotFoundBody::Text => Self::json(404, &json!("Not found")),
            NotFoundBody::Empty => Self::empty(404),
        }
    }

    /// Throttled (section 2).
    pub(crate) fn throttled(status: u16, retry_after_seconds: Option<u64>) -> Self {
        let mut reply = Self::empty(status);
        reply.reason = Some("You must wait before accessing this url again.");
        reply.headers = vec![("cache-control", "no-cache".to_owned()), ("expires", "-1".to_owned())];
        reply.headers.extend(retry_after_seconds.map(|seconds| ("retry-after", seconds.to_string())));
        reply
    }

    /// A write was done (section 4.2); `done` is "created", "updated" or "deleted".
    pub(crate) fn saved(entity: Entity, done: &str, value: &Value, at: DateTime<Utc>, by: &str, digits: u8) -> Self {
        let body = json!({
            "Status": 200,
            "Message": format!("{} was successfully {done}.", entity.name()),
            "Value": value,
            "OpenInDialog": false,
            "OpenInWindow": false,
            "RedirectURL": null,
            "JavaScript": null,
            "UpdatedOn": dates::write(at, digits),
            "UpdatedBy": by,
            "Errors": null,
            "WasSuccessful": true,
        });
        Self::json(200, &body).committed()
    }

    /// A rule refused the action (section 4.2).
    pub(crate) fn refused(status: u16, message: &str) -> Self {
        let body = json!({ "Status": 500, "Message": message, "Value": null, "Errors": null, "WasSuccessful": false });
        Self::json(status, &body)
    }

    /// The action was done, or had nothing to do (section 4.4).
    pub(crate) fn done(message: &str, value: &Value) -> Self {
        let body = json!({ "Status": 200, "Message": message, "Value": value, "Errors": null, "WasSuccessful": true });
        Self::json(200, &body)
    }

    /// The record sent is not valid (section 4.2).
    pub(crate) fn invalid(errors: &[PropertyError]) -> Self {
        let summary: Vec<String> =
            errors.iter().map(|error| format!("{}: {}", error.property, error.message)).collect();
        let errors: Vec<Value> = errors
            .iter()
            .map(|error| json!({ "AttemptedValue": error.attempted, "Message": error.message, "PropertyName": error.property }))
            .collect();
        Self::json(
            400,
            &json!({ "Message": summary.join("; "), "Value": null, "Errors": errors, "WasSuccessful": false }),
        )
    }

    /// A gateway's page (section 4.3).
    pub(crate) fn gateway(status: u16) -> Self {
        let page = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>The service is unavailable.</h1></body></html>";
        Self::html(status, page)
    }

    /// Somebody else's log-in page.
    pub(crate) fn captive_portal() -> Self {
        let page = "<!DOCTYPE html><html><head><title>Guest Wi-Fi</title></head><body><form>Accept the terms to go online</form></body></html>";
        Self::html(200, page)
    }

    /// The body for the log, when it is JSON and short; what a token endpoint gave out is masked.
    pub(crate) fn loggable(&self) -> Value {
        let short_json = self.body.len() <= 16 * 1024 && self.content_type.is_some_and(|kind| kind.contains("json"));
        if short_json { super::log::readable_body(&self.body, false) } else { Value::Null }
    }
}
