//! What a reply means. The body counts, not the status alone: a refusal can arrive as 200, a throttled request as 409,
//! and a gateway's page as anything (`nexudus-api.md` sections 2 and 4).

use std::time::Duration;

use serde_json::Value;

/// The wait when a throttled reply names none.
const USUAL_WAIT: Duration = Duration::from_secs(1);
/// A gateway's page or a validation text is shown to this many characters.
const EXCERPT: usize = 120;

/// What a reply means.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Carried out, with the reply's JSON.
    Done(Value),
    /// Refused by a rule, with the service's words where it gave any.
    Refused(Option<String>),
    /// The request was faulty, with what was.
    Invalid(String),
    /// Not processed; to be sent again after this wait.
    Throttled(Duration),
    /// The token is not, or no longer, accepted; or the account may not do this, which looks the same.
    SignInAgain,
    /// The account may not do this.
    NotPermitted(String),
    /// No such record.
    NotFound,
    /// Not the service's answer, or none that can be read; whether the request was carried out is not known.
    Gateway(String),
}

/// Judges a reply. `retry_after` is the `Retry-After` header in seconds.
pub fn judge(status: u16, retry_after: Option<u64>, body: &[u8]) -> Outcome {
    let wait = retry_after.map_or(USUAL_WAIT, Duration::from_secs);
    let json = serde_json::from_slice::<Value>(body).ok();
    match (status, json) {
        (429, _) => Outcome::Throttled(wait),
        (409, _) if retry_after.is_some() || body.trim_ascii().is_empty() => Outcome::Throttled(wait),
        (401, _) => Outcome::SignInAgain,
        (403, json) => Outcome::NotPermitted(json.and_then(|json| message(&json)).unwrap_or_default()),
        (404, Some(_)) => Outcome::NotFound,
        (404, None) if body.trim_ascii().is_empty() => Outcome::NotFound,
        (200..=299, Some(json)) if json.get("WasSuccessful") == Some(&Value::Bool(false)) => {
            Outcome::Refused(message(&json))
        }
        (200..=299, Some(json)) => Outcome::Done(json),
        (400..=499, Some(json)) if json.is_object() => {
            let faults = property_errors(&json);
            if faults.is_empty() { Outcome::Refused(message(&json)) } else { Outcome::Invalid(faults.join("; ")) }
        }
        (status, json) => {
            let said = json.as_ref().and_then(message).unwrap_or_else(|| excerpt(body));
            Outcome::Gateway(if said.is_empty() { format!("{status}, empty") } else { format!("{status}, {said}") })
        }
    }
}

fn message(json: &Value) -> Option<String> {
    let text = json.get("Message").and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

/// `Errors` of a validation reply, as "Property: message".
fn property_errors(json: &Value) -> Vec<String> {
    let errors = json.get("Errors").and_then(Value::as_array).into_iter().flatten();
    let text = |error: &Value, name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    errors.map(|error| format!("{}: {}", text(error, "PropertyName"), text(error, "Message"))).collect()
}

/// The start of a body that is not JSON, without its markup.
fn excerpt(body: &[u8]) -> String {
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
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn replies_and_what_they_mean() {
        use Outcome::{Done, Gateway, Invalid, NotFound, NotPermitted, Refused, SignInAgain, Throttled};
        let second = Duration::from_secs(1);
        let required = r#"{"Message":"FromTime: is a required field","Value":null,"Errors":[{"AttemptedValue":null,"Message":"is a required field","PropertyName":"FromTime"}],"WasSuccessful":false}"#;
        let portal = "<html><head><title>Welcome</title></head><body>Accept our <b>terms</b></body></html>";
        let cases: Vec<(u16, Option<u64>, &str, Outcome)> = vec![
            (
                200,
                None,
                r#"{"WasSuccessful":true,"Value":{"Id":5}}"#,
                Done(json!({"WasSuccessful": true, "Value": {"Id": 5}})),
            ),
            (200, None, r#"{"Records":[]}"#, Done(json!({"Records": []}))),
            (200, None, "[]", Done(json!([]))),
            (
                200,
                None,
                r#"{"Status":500,"Message":"No pass","WasSuccessful":false}"#,
                Refused(Some("No pass".to_owned())),
            ),
            (200, None, r#"{"Message":null,"WasSuccessful":false}"#, Refused(None)),
            (200, None, r#"{"Message":"  ","WasSuccessful":false}"#, Refused(None)),
            (200, None, portal, Gateway("200, Welcome Accept our terms".to_owned())),
            (200, None, "", Gateway("200, empty".to_owned())),
            (200, None, r#"{"WasSuccessful":tr"#, Gateway(r#"200, {"WasSuccessful":tr"#.to_owned())),
            (302, None, "", Gateway("302, empty".to_owned())),
            (400, None, required, Invalid("FromTime: is a required field".to_owned())),
            (
                400,
                None,
                r#"{"Message":"No pass","Errors":null,"WasSuccessful":false}"#,
                Refused(Some("No pass".to_owned())),
            ),
            (
                400,
                None,
                r#"{"Message":"No pass","Errors":[],"WasSuccessful":false}"#,
                Refused(Some("No pass".to_owned())),
            ),
            (400, None, "<h1>Bad Request</h1>", Gateway("400, Bad Request".to_owned())),
            (401, None, r#"{"Message":"Authorization has been denied for this request."}"#, SignInAgain),
            (401, None, "", SignInAgain),
            (403, None, r#"{"Message":"Checkin-Create"}"#, NotPermitted("Checkin-Create".to_owned())),
            (404, None, r#""Not found""#, NotFound),
            (404, None, "", NotFound),
            (404, None, "<html>nginx</html>", Gateway("404, nginx".to_owned())),
            (409, None, "", Throttled(second)),
            (409, Some(3), "", Throttled(Duration::from_secs(3))),
            (409, Some(1), r#"{"Message":"wait"}"#, Throttled(second)),
            (409, None, r#"{"Message":"conflict"}"#, Refused(Some("conflict".to_owned()))),
            (429, None, "anything", Throttled(second)),
            (500, None, r#"{"Message":"An error has occurred."}"#, Gateway("500, An error has occurred.".to_owned())),
            (502, None, "<html><body>Bad gateway</body></html>", Gateway("502, Bad gateway".to_owned())),
        ];
        for (status, retry_after, body, expected) in cases {
            assert_eq!(judge(status, retry_after, body.as_bytes()), expected, "{status} {body}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged_without_harm(status in 100u16..600, retry_after: Option<u64>, body: Vec<u8>) {
            judge(status, retry_after, &body);
        }
    }
}
