//! One call: its token, its time limit, throttling waited out, the server's clock read off.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{DATE, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tapdesk_core::checkin::Trouble;
use url::Url;

use super::outcome::{Outcome, judge};
use super::session::Session;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a whole call may take.
const WHOLE: Duration = Duration::from_secs(8);
/// How long throttling is waited out within one call.
const THROTTLED_AT_MOST: Duration = Duration::from_secs(4);
/// The largest reply that is read: far above any page that is asked for.
const LARGEST_BODY: usize = 64 << 20;

/// The connection to the service: calls with a token, judged.
#[derive(Debug)]
pub struct Http {
    client: reqwest::Client,
    base_url: Url,
    session: Session,
    /// The server's clock minus ours, in milliseconds, as of the last reply.
    clock_ahead: AtomicI64,
}

/// A call that brought no judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It never reached the service.
    NotSent(Trouble),
    /// It may have.
    NoReply(Trouble),
}

impl Failure {
    /// The trouble, whichever it was.
    pub fn trouble(self) -> Trouble {
        match self {
            Self::NotSent(trouble) | Self::NoReply(trouble) => trouble,
        }
    }
}

/// The HTTP client with Tapdesk's limits. Redirects are not followed: the API has none, captive portals do.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("Tapdesk/", env!("CARGO_PKG_VERSION")))
        .pool_idle_timeout(Duration::from_mins(2))
        .tcp_nodelay(true)
        .build()
}

impl Http {
    /// A connection that uses `session`'s tokens.
    pub fn new(client: reqwest::Client, base_url: Url, session: Session) -> Self {
        Self { client, base_url, session, clock_ahead: AtomicI64::new(0) }
    }

    /// The sign-in.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The host and port of the service.
    pub fn authority(&self) -> Option<(String, u16)> {
        Some((self.base_url.host_str()?.to_owned(), self.base_url.port_or_known_default()?))
    }

    /// How far the server's clock is ahead of ours, by the last reply's `Date`.
    pub fn clock_ahead(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.clock_ahead.load(Ordering::Relaxed))
    }

    /// This moment by the server's clock.
    pub fn server_time(&self, ours: DateTime<Utc>) -> DateTime<Utc> {
        ours + self.clock_ahead()
    }

    /// Sends a call and judges its reply. A rejected token is refreshed once; a second rejection means that the account
    /// may not do this. Throttling is waited out for some seconds, since a throttled call was not processed.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, String)],
        body: Option<&Value>,
    ) -> Result<Outcome, Failure> {
        let mut token = self.session.access().await.map_err(Failure::NotSent)?;
        let mut refreshed = false;
        let mut waited = Duration::ZERO;
        loop {
            let outcome = self.send(method.clone(), path, query, body, &token).await?;
            match outcome {
                Outcome::SignInAgain if !refreshed => {
                    token = self.session.after_rejection(&token).await.map_err(Failure::NotSent)?;
                    refreshed = true;
                }
                Outcome::SignInAgain => {
                    let role = role(&method, path);
                    return Ok(Outcome::NotPermitted(format!(
                        "{method} {path} was rejected with a fresh sign-in{role}"
                    )));
                }
                Outcome::NotPermitted(said) => {
                    let said = if said.is_empty() { String::new() } else { format!(": {said}") };
                    let role = role(&method, path);
                    return Ok(Outcome::NotPermitted(format!("{method} {path}{said}{role}")));
                }
                Outcome::Throttled(wait) if waited + wait <= THROTTLED_AT_MOST => {
                    waited += wait;
                    tokio::time::sleep(wait).await;
                }
                outcome => return Ok(outcome),
            }
        }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, String)],
        body: Option<&Value>,
        token: &str,
    ) -> Result<Outcome, Failure> {
        let mut url = self.base_url.clone();
        url.set_path(&format!("{}/{path}", self.base_url.path().trim_end_matches('/')));
        let mut request = self.client.request(method, url).bearer_auth(token);
        if !query.is_empty() {
            request = request.query(query);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let failed = |error: &reqwest::Error| {
            let trouble = Trouble::Unreachable(sentence(error));
            if error.is_connect() || error.is_builder() { Failure::NotSent(trouble) } else { Failure::NoReply(trouble) }
        };
        let mut reply = request.send().await.map_err(|error| failed(&error))?;
        let status = reply.status();
        self.read_clock(&reply);
        let retry_after = reply.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let mut received = Vec::new();
        // Once the head is here the service has had the call: a body that breaks off leaves its outcome open.
        while let Some(chunk) =
            reply.chunk().await.map_err(|error| Failure::NoReply(Trouble::Gateway(sentence(&error))))?
        {
            if received.len() + chunk.len() > LARGEST_BODY {
                return Err(Failure::NoReply(Trouble::Gateway("the reply is too large".to_owned())));
            }
            received.extend_from_slice(&chunk);
        }
        Ok(judge(status.as_u16(), retry_after, &received))
    }

    fn read_clock(&self, reply: &reqwest::Response) {
        let trusted = reply.status() != StatusCode::NOT_MODIFIED;
        let date = reply.headers().get(DATE).and_then(|value| DateTime::parse_from_rfc2822(value.to_str().ok()?).ok());
        if let Some(date) = date.filter(|_| trusted) {
            // `Date` is cut to the second; half a second more is the likeliest moment.
            let ahead = date.with_timezone(&Utc) + TimeDelta::milliseconds(500) - Utc::now();
            self.clock_ahead.store(ahead.num_milliseconds(), Ordering::Relaxed);
        }
    }
}

/// The role that a call needs (`nexudus-api.md` section 1.5), to be named to staff; empty where none is known.
fn role(method: &Method, path: &str) -> String {
    let mut segments = path.split('/').skip(1);
    let entity = match segments.next() {
        Some("checkins") => "Checkin",
        Some("failedcheckins") => "FailedCheckin",
        Some("coworkers") => "Coworker",
        Some("businesses") => "Business",
        _ => return String::new(),
    };
    let right = match (method.as_str(), segments.next()) {
        ("POST", _) => "Create",
        ("PUT", _) => "Edit",
        ("DELETE", _) => "Delete",
        (_, Some(_)) => "Read",
        (_, None) => "List",
    };
    format!("; give it the role {entity}-{right}")
}

/// The chain of causes in one sentence, without the address (which may hold a filter value).
pub fn sentence(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
