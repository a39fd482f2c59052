//! One call: its token, its place in the budget, its time limit, throttling waited out, the server's clock read off.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use tapdesk_core::checkin::Trouble;
use tokio::sync::watch;
use tokio::time::Instant;
use url::Url;

use super::governor::{Governor, Priority};
use super::outcome::{Decode, Outcome, date, judge};
use super::session::Session;
use super::witness::{Sent, Witness};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a whole call may take that somebody waits for.
const WHOLE: Duration = Duration::from_secs(8);
/// How long a page of a list may take that is larger than this: one of a thousand members is.
const WHOLE_OF_A_LARGE_PAGE: (u32, Duration) = (500, Duration::from_mins(1));
/// A server's clock that is further off is no clock.
const NO_CLOCK: TimeDelta = TimeDelta::days(3650);
/// A clock that differs from the service's by more is said in the log and by the doctor: taps carry this machine's time.
pub const CLOCK_MAY_DIFFER: TimeDelta = TimeDelta::seconds(30);
/// The largest reply that is read: far above any page that is asked for.
const LARGEST_BODY: usize = 64 << 20;

/// The connection to the service: calls with a token, judged.
#[derive(Debug)]
pub struct Http {
    client: reqwest::Client,
    base_url: Url,
    session: Session,
    governor: Arc<Governor>,
    /// The server's clock minus ours, in milliseconds, as of the last reply.
    clock_ahead: AtomicI64,
    /// Whether any reply has told it.
    clock_known: AtomicBool,
    /// The same where two replies in a row agreed that it is too far, in seconds; 0 where it is not.
    clock_differs: watch::Sender<i64>,
    /// Who sees each call.
    witness: OnceLock<Arc<dyn Witness>>,
}

/// One call.
pub struct Call<'a> {
    /// GET, POST, PUT or DELETE.
    pub method: Method,
    /// Under the API's base.
    pub path: &'a str,
    /// Of the query.
    pub parameters: &'a [(&'a str, String)],
    /// JSON.
    pub body: Option<&'a str>,
    /// How many records are asked for, of a list.
    pub page_size: Option<u32>,
    /// Who waits for it.
    pub priority: Priority,
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
    /// A connection that uses `session`'s tokens and asks `governor` before each call.
    pub fn new(client: reqwest::Client, base_url: Url, session: Session, governor: Arc<Governor>) -> Self {
        Self {
            client,
            base_url,
            session,
            governor,
            clock_ahead: AtomicI64::new(0),
            clock_known: AtomicBool::new(false),
            clock_differs: watch::Sender::new(0),
            witness: OnceLock::new(),
        }
    }

    /// From now on this one sees each call; the first who is told stays it.
    pub fn witnessed_by(&self, witness: Arc<dyn Witness>) {
        drop(self.witness.set(witness));
    }

    /// The sign-in.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// How many calls went out in the last minute, token requests included, and how many may.
    pub fn budget_used(&self) -> (u32, u32) {
        self.governor.used()
    }

    /// The host and port of the service.
    pub fn authority(&self) -> Option<(String, u16)> {
        Some((self.base_url.host_str()?.to_owned(), self.base_url.port_or_known_default()?))
    }

    /// How far the server's clock is ahead of ours, by the last reply's `Date`.
    pub fn clock_ahead(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.clock_ahead.load(Ordering::Relaxed))
    }

    /// Whether the server's clock and ours agree; none while no reply has told, as where one of them is no clock.
    pub fn clock_agrees(&self) -> Option<bool> {
        let agrees = self.clock_ahead().abs() <= CLOCK_MAY_DIFFER;
        self.clock_known.load(Ordering::Relaxed).then_some(agrees)
    }

    /// By how many seconds the server's clock is too far ahead of ours, or 0; it changes only when two replies in a row
    /// agree, since one wrong `Date` is no clock.
    pub fn clock_differs(&self) -> watch::Receiver<i64> {
        self.clock_differs.subscribe()
    }

    /// This moment by the server's clock.
    pub fn server_time(&self, ours: DateTime<Utc>) -> DateTime<Utc> {
        ours + self.clock_ahead()
    }

    /// Sends a call when the governor lets it, and judges its reply. A rejected token is refreshed once; a second
    /// rejection means that the account may not do this. Throttling is waited out for some seconds, since a throttled
    /// call was not processed.
    pub async fn call<T: Decode>(&self, call: &Call<'_>) -> Result<Outcome<T>, Failure> {
        let writes = call.method != Method::GET;
        let until = Instant::now() + call.priority.patience(writes);
        let _in_front = (call.priority == Priority::Urgent).then(|| self.governor.in_front());
        // Who is not signed in takes nobody's place.
        self.session.access().await.map_err(Failure::NotSent)?;
        let (mut refreshed, mut attempt) = (None, 0);
        loop {
            if !self.governor.admit_by(until, call.priority, writes).await {
                if let Some(witness) = self.witness.get() {
                    witness.not_sent(call.priority);
                }
                return Err(Failure::NotSent(Trouble::Throttled));
            }
            // A token from before the wait may be dead by now.
            let token = match &refreshed {
                Some(token) => SecretString::clone(token),
                None => self.session.access().await.map_err(Failure::NotSent)?,
            };
            attempt += 1;
            let outcome = self.seen(call, attempt, self.send(call, &token)).await?;
            if !matches!(outcome, Outcome::Throttled(_)) {
                self.governor.let_through(call.priority);
            }
            let Call { method, path, .. } = call;
            match outcome {
                Outcome::SignInAgain if refreshed.is_none() => {
                    refreshed = Some(self.session.after_rejection(&token).await.map_err(Failure::NotSent)?);
                }
                Outcome::SignInAgain => {
                    let role = role(method, path);
                    let said = format!("{method} {path} was rejected with a fresh sign-in{role}");
                    return Ok(Outcome::NotPermitted(Some(said)));
                }
                Outcome::NotPermitted(said) => {
                    let said = said.map(|said| format!(": {said}")).unwrap_or_default();
                    let role = role(method, path);
                    return Ok(Outcome::NotPermitted(Some(format!("{method} {path}{said}{role}"))));
                }
                Outcome::Throttled(wait) => self.governor.hold(wait, call.priority, writes),
                outcome => return Ok(outcome),
            }
        }
    }

    /// Sends it before the witness's eyes, where there is one.
    async fn seen<T>(
        &self,
        call: &Call<'_>,
        attempt: u32,
        sending: impl Future<Output = Result<Outcome<T>, Failure>>,
    ) -> Result<Outcome<T>, Failure> {
        let Some(witness) = self.witness.get() else { return sending.await };
        let began = Instant::now();
        let number = witness.goes_out(&Sent { method: verb(&call.method), path: call.path, attempt });
        let result = sending.await;
        let outcome = match &result {
            Ok(outcome) => outcome.word(),
            Err(Failure::NotSent(Trouble::Gateway(_)) | Failure::NoReply(Trouble::Gateway(_))) => "gateway",
            Err(_) => "unreachable",
        };
        witness.came_back(call.priority, number, outcome, began.elapsed());
        result
    }

    async fn send<T: Decode>(&self, call: &Call<'_>, token: &SecretString) -> Result<Outcome<T>, Failure> {
        let mut url = self.base_url.clone();
        url.set_path(&format!("{}/{}", self.base_url.path().trim_end_matches('/'), call.path));
        let mut request = self.client.request(call.method.clone(), url).bearer_auth(token.expose_secret());
        let (large, limit) = WHOLE_OF_A_LARGE_PAGE;
        if call.page_size.is_some_and(|size| size > large) {
            request = request.timeout(limit);
        }
        if !call.parameters.is_empty() {
            request = request.query(call.parameters);
        }
        if let Some(body) = call.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_owned());
        }
        let failed = |error: &reqwest::Error| {
            let trouble = Trouble::Unreachable(sentence(error));
            if error.is_connect() || error.is_builder() { Failure::NotSent(trouble) } else { Failure::NoReply(trouble) }
        };
        let mut reply = request.send().await.map_err(|error| failed(&error))?;
        // Once the head is here the service has had the call: a body that breaks off leaves its outcome open.
        let received = received(&mut reply).await.map_err(|what| Failure::NoReply(Trouble::Gateway(what)))?;
        let outcome = judge(reply.status().as_u16(), reply.headers(), &received);
        // A captive portal's clock is nobody's.
        if !matches!(outcome, Outcome::Gateway(_)) {
            self.read_clock(reply.headers());
        }
        Ok(outcome)
    }

    fn read_clock(&self, headers: &HeaderMap) {
        let Some(date) = date(headers) else { return };
        // `Date` is cut to the second; half a second more is the likeliest moment.
        let ahead = date - Utc::now() + TimeDelta::milliseconds(500);
        if ahead.abs() > NO_CLOCK {
            return;
        }
        self.clock_known.store(true, Ordering::Relaxed);
        let ahead = ahead.num_milliseconds();
        let before = self.clock_ahead.swap(ahead, Ordering::Relaxed);
        let too_far = |ahead: i64| ahead.abs() > CLOCK_MAY_DIFFER.num_milliseconds();
        let agree = ahead.abs_diff(before) < CLOCK_MAY_DIFFER.num_milliseconds().unsigned_abs();
        let seconds = if too_far(ahead) { ahead / 1000 } else { 0 };
        let changed = agree
            && self.clock_differs.send_if_modified(|said| {
                let changed = said.abs_diff(seconds) >= CLOCK_MAY_DIFFER.num_seconds().unsigned_abs();
                if changed {
                    *said = seconds;
                }
                changed
            });
        if changed {
            tracing::warn!(
                seconds,
                "the service's clock is ahead of this machine's by so much; taps carry this machine's time"
            );
        }
    }
}

fn verb(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "_OTHER",
    }
}

/// A reply's body, as far as anybody may send one.
pub(super) async fn received(reply: &mut reqwest::Response) -> Result<Vec<u8>, String> {
    let mut received = Vec::new();
    while let Some(chunk) = reply.chunk().await.map_err(|error| sentence(&error))? {
        if received.len() + chunk.len() > LARGEST_BODY {
            return Err("the reply is too large".to_owned());
        }
        received.extend_from_slice(&chunk);
    }
    Ok(received)
}

/// The role that a call needs (`nexudus-api.md` section 1.5), to be named to staff; empty where none is known.
fn role(method: &Method, path: &str) -> String {
    let mut segments = path.split('/').skip(1);
    let entity = match segments.next() {
        Some("checkins") => "Checkin",
        Some("failedcheckins") => "FailedCheckin",
        Some("coworkers") => "Coworker",
        Some("businesses") => "Business",
        Some("simpletimezones") => "SimpleTimeZone",
        Some("coworkertimepasses") => "CoworkerTimePass",
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
