//! The table of replies and what they mean.

use proptest::prelude::*;
use reqwest::header::HeaderValue;
use serde_json::json;

use super::super::records::checkin::Checkin;
use super::super::replies::{One, Page, Picture, Written};
use super::super::whole::WholeRecord;
use super::*;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs.iter();
    pairs.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect()
}

fn done(id: Option<i64>, value: Option<Value>) -> Outcome<Written> {
    Outcome::Done(Written { id, value, message: None })
}

fn faulty(pairs: &[(&str, &str)]) -> Outcome<Written> {
    let error = |(property, message): &(&str, &str)| PropertyError {
        property: (*property).to_owned(),
        message: (*message).to_owned(),
    };
    Outcome::Invalid(pairs.iter().map(error).collect())
}

fn refused(message: &str) -> Outcome<Written> {
    Outcome::Refused(Some(message.to_owned()))
}

fn throttled(seconds: u64) -> Outcome<Written> {
    Outcome::Throttled(Duration::from_secs(seconds))
}

fn gateway(said: &str) -> Outcome<Written> {
    Outcome::Gateway(said.to_owned())
}

/// Status, headers, body, and what they mean.
type Case = (u16, Vec<(&'static str, &'static str)>, &'static str, Outcome<Written>);

/// Every shape of a write's reply that the reference names, and the odd ones.
#[test]
fn replies_to_writes_and_what_they_mean() {
    use Outcome::{NotFound, NotPermitted, Refused, SignInAgain, Undecodable};
    let required = r#"{"Message":"FromTime: is a required field","Value":null,"Errors":[{"AttemptedValue":null,"Message":"is a required field","PropertyName":"FromTime"}],"WasSuccessful":false}"#;
    let portal = "<html><head><title>Welcome</title></head><body>Accept our <b>terms</b></body></html>";
    let neither = || Undecodable("200 with something else than a result that says yes or no".to_owned());
    let wait = |stated: &'static str| vec![("retry-after", stated)];
    let dated = vec![("retry-after", "Sat, 22 Nov 2025 10:00:07 GMT"), ("date", "Sat, 22 Nov 2025 10:00:05 GMT")];
    let past = vec![("retry-after", "Sat, 22 Nov 2025 09:00:00 GMT"), ("date", "Sat, 22 Nov 2025 10:00:05 GMT")];
    let cases: Vec<Case> = vec![
        // Yes, with the id alone, the whole record, strings for numbers, nothing.
        (200, vec![], r#"{"WasSuccessful":true,"Value":{"Id":5}}"#, done(Some(5), Some(json!({"Id": 5})))),
        (
            200,
            vec![],
            r#"{"WasSuccessful":true,"Value":{"Id":"5","Source":4}}"#,
            done(Some(5), Some(json!({"Id": "5", "Source": 4}))),
        ),
        (200, vec![], r#"{"WasSuccessful":"True","Value":null,"Errors":null}"#, done(None, None)),
        (201, vec![], r#"{"WasSuccessful":true}"#, done(None, None)),
        // No, under 200 and under 400.
        (200, vec![], r#"{"Status":500,"Message":"No pass","WasSuccessful":false}"#, refused("No pass")),
        (200, vec![], r#"{"Message":null,"WasSuccessful":false}"#, Refused(None)),
        (200, vec![], r#"{"Message":"  ","WasSuccessful":false}"#, Refused(None)),
        (200, vec![], r#"{"Message":"No pass","WasSuccessful":"false"}"#, refused("No pass")),
        (
            200,
            vec![],
            r#"{"Message":"No pass","Errors":[{"Message":"No pass","PropertyName":null}],"WasSuccessful":false}"#,
            refused("No pass"),
        ),
        (200, vec![], required, faulty(&[("FromTime", "is a required field")])),
        (400, vec![], required, faulty(&[("FromTime", "is a required field")])),
        (400, vec![], r#"{"Message":"No pass","Errors":null,"WasSuccessful":false}"#, refused("No pass")),
        (400, vec![], r#"{"Message":"No pass","Errors":[],"WasSuccessful":false}"#, refused("No pass")),
        (422, vec![], r#"{"Message":"No pass","WasSuccessful":false}"#, refused("No pass")),
        // Neither yes nor no.
        (200, vec![], "{}", neither()),
        (200, vec![], "null", neither()),
        (200, vec![], r#"{"WasSuccessful":null,"Value":{"Id":5}}"#, neither()),
        (200, vec![], r#"{"Records":[]}"#, neither()),
        // Not the service.
        (200, vec![("content-type", "text/html")], portal, gateway("200, Welcome Accept our terms")),
        (200, vec![], "", gateway("200, empty")),
        (204, vec![], "", gateway("204, empty")),
        (200, vec![], r#"{"WasSuccessful":tr"#, gateway("200, JSON that breaks off or cannot be read")),
        (200, vec![], r#"[{"FullName":"Ana Prie"#, gateway("200, JSON that breaks off or cannot be read")),
        (302, vec![], "", gateway("302, empty")),
        (400, vec![], "<h1>Bad Request</h1>", gateway("400, Bad Request")),
        (401, vec![], portal, gateway("401, Welcome Accept our terms")),
        (403, vec![], portal, gateway("403, Welcome Accept our terms")),
        (404, vec![], "<html>nginx</html>", gateway("404, nginx")),
        (408, vec![], r#"{"Message":"Request timeout"}"#, gateway("408, Request timeout")),
        (409, vec![], r#"{"Message":"conflict"}"#, gateway("409, conflict")),
        (425, vec![], "{}", gateway("425, JSON of another kind")),
        (500, vec![], r#"{"Message":"An error has occurred."}"#, gateway("500, An error has occurred.")),
        (502, vec![], "<html><body>Bad gateway</body></html>", gateway("502, Bad gateway")),
        (503, wait("30"), "<html>Maintenance</html>", gateway("503, Maintenance")),
        // Who may.
        (401, vec![], r#"{"Message":"Authorization has been denied for this request."}"#, SignInAgain),
        (401, vec![], "", SignInAgain),
        (403, vec![], r#"{"Message":"Checkin-Create"}"#, NotPermitted(Some("Checkin-Create".to_owned()))),
        (403, vec![], "", NotPermitted(None)),
        // Not there.
        (404, vec![], r#""Not found""#, NotFound),
        (404, vec![], "", NotFound),
        // Not yet.
        (409, vec![], "", throttled(1)),
        (409, vec![], " \r\n", throttled(1)),
        (409, wait("3"), "", throttled(3)),
        (409, wait("1"), r#"{"Message":"wait"}"#, throttled(1)),
        (409, dated.clone(), "", throttled(2)),
        (409, past, "", throttled(0)),
        (409, wait("soon"), "", throttled(1)),
        (409, wait("18446744073709551615"), "", throttled(3600)),
        (429, vec![], "anything", throttled(1)),
        (429, dated, "<html>", throttled(2)),
    ];
    for (status, pairs, body, expected) in cases {
        assert_eq!(judge::<Written>(status, &headers(&pairs), body.as_bytes()), expected, "{status} {pairs:?} {body}");
    }
}

/// Replies to reads: what came must be what was asked for.
#[test]
fn replies_to_reads_and_what_they_mean() {
    let none = HeaderMap::new();
    let record = br#"{"Id":"7","FromTime":"2025-01-15T10:30:00.1234567Z","ToTime":null,"CoworkerId":null}"#;
    assert!(matches!(judge::<One<Checkin>>(200, &none, record), Outcome::Done(One(checkin)) if checkin.id.0 == 7));
    let no_time = br#"{"Id":7,"FromTime":null}"#;
    assert!(matches!(judge::<One<Checkin>>(200, &none, no_time), Outcome::Undecodable(_)));
    let unreadable_end = br#"{"Id":7,"FromTime":"2025-01-15T10:30:00Z","ToTime":"soon"}"#;
    assert!(matches!(judge::<One<Checkin>>(200, &none, unreadable_end), Outcome::Undecodable(_)));
    assert!(matches!(judge::<Page<Checkin>>(200, &none, b"[]"), Outcome::Done(page) if page.records.is_empty()));
    assert!(matches!(judge::<Page<Checkin>>(200, &none, b"\"Not found\""), Outcome::Undecodable(_)));
    assert!(matches!(judge::<Page<Checkin>>(404, &none, b"\"Not found\""), Outcome::NotFound));
    assert!(matches!(judge::<WholeRecord>(200, &none, b"[1]"), Outcome::Undecodable(_)));
    let png = headers(&[("content-type", "image/png")]);
    assert!(matches!(judge::<Picture>(200, &png, b"\x89PNG"), Outcome::Done(Picture(Some(_)))));
    assert!(matches!(judge::<Picture>(200, &none, b"null"), Outcome::Done(Picture(None))));
    assert!(matches!(judge::<Picture>(200, &none, b""), Outcome::Done(Picture(None))));
    assert!(matches!(judge::<Picture>(502, &png, b"\x89PNG"), Outcome::Gateway(_)));
}

proptest! {
    #[test]
    fn any_bytes_are_judged_without_harm(status in 100u16..600, stated: Option<u64>, body: Vec<u8>) {
        let stated = stated.map(|seconds| seconds.to_string());
        let pairs: Vec<_> = stated.iter().map(|seconds| ("retry-after", seconds.as_str())).collect();
        let headers = headers(&pairs);
        judge::<Written>(status, &headers, &body);
        judge::<Page<Checkin>>(status, &headers, &body);
        judge::<Picture>(status, &headers, &body);
    }
}
