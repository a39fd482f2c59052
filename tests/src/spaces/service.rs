//! The front of the service: every request is logged, meets its faults, is authorised, answered and sent.
//!
//! A request is carried out to its end even when the client has gone, as a real service would.

use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State as Extracted};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use chrono::{TimeDelta, Utc};
use hyper::ext::ReasonPhrase;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::bodies;
use super::commands;
use super::control;
use super::coworkers;
use super::dates;
use super::faults::FaultKind;
use super::handle::State;
use super::lists;
use super::log::{self, LoggedRequest};
use super::me;
use super::public_checkin;
use super::query;
use super::replies::Reply;
use super::routes::{self, Route};
use super::schema::CHECKIN_SOURCES;
use super::state::{Author, Inner};
use super::switches::NotFoundBody;
use super::token;
use super::transport::{Connection, Plan};
use super::writes;

/// Largest body read.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// A request as a whole.
#[derive(Debug)]
struct Incoming {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

/// Answers any request.
pub(crate) async fn serve(
    Extracted(state): Extracted<State>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response {
    connection.plan(Plan::Whole);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return response(Reply::message(400, "The request body could not be read."), None);
    };
    let incoming = Incoming { method: parts.method, uri: parts.uri, headers: parts.headers, body };
    if incoming.uri.path().starts_with("/_simulator") {
        // Planting a million records takes seconds, in which the service goes on answering.
        let answer = move || control::answer(&state, incoming.method.as_str(), &incoming.uri, &incoming.body);
        return match tokio::task::spawn_blocking(answer).await {
            Ok(reply) => response(reply, None),
            Err(_) => response(Reply::message(500, "An error has occurred."), None),
        };
    }
    match tokio::spawn(carry_out(state, connection, incoming)).await {
        Ok(response) => response,
        Err(_) => response(Reply::message(500, "An error has occurred."), None),
    }
}

async fn carry_out(state: State, connection: Connection, incoming: Incoming) -> Response {
    let begun = Instant::now();
    let (method, path) = (incoming.method.as_str(), incoming.uri.path());
    let (number, down, releases, faults) = state.change(|inner| {
        let faults = if inner.down { Vec::new() } else { inner.faults.meet(method, path) };
        let arrived = arrived(&incoming, &faults);
        for fault in &faults {
            match fault {
                FaultKind::RevokeAccessTokens => inner.tokens.revoke_access(),
                FaultKind::RevokeRefreshTokens => inner.tokens.revoke_refresh(),
                _ => {}
            }
        }
        (inner.log.arrive(arrived), inner.down, inner.releases, faults)
    });
    for fault in &faults {
        match fault {
            FaultKind::CommitAfterTimeout { milliseconds } => sleep(Duration::from_millis(*milliseconds)).await,
            FaultKind::Hold { commit_first: false } => state.released(releases).await,
            _ => {}
        }
    }
    let replaced = if down { Some((Plan::Reset, Reply::empty(503))) } else { replaced(&state, &faults) };
    let (mut plan, reply) = match replaced {
        Some((plan, reply)) => (plan, reply),
        None => (Plan::Whole, answered(&state, &incoming, number)),
    };
    for fault in &faults {
        match fault {
            FaultKind::Delay { milliseconds } => sleep(Duration::from_millis(*milliseconds)).await,
            FaultKind::Hold { commit_first: true } => state.released(releases).await,
            _ => {}
        }
    }
    let mut skew = 0;
    for fault in &faults {
        match fault {
            FaultKind::DropAfterCommit => plan = Plan::Close,
            FaultKind::TruncatedBody { keep_bytes } => plan = Plan::Truncate { keep: *keep_bytes },
            FaultKind::SlowBody { bytes, every_milliseconds } => {
                plan = Plan::Trickle { bytes: *bytes, every: Duration::from_millis(*every_milliseconds) };
            }
            FaultKind::ClockSkew { seconds } => skew = *seconds,
            _ => {}
        }
    }
    let date = state.change(|inner| {
        if inner.down {
            plan = Plan::Reset;
        }
        let cut = matches!(plan, Plan::Close | Plan::Reset);
        if let Some(entry) = inner.log.request(number) {
            entry.status = (!cut).then_some(reply.status);
            entry.reply = reply.loggable();
            entry.committed = reply.committed;
            entry.cut = cut || matches!(plan, Plan::Truncate { keep } if keep < reply.body.len());
            entry.finished = true;
            entry.milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        }
        let skew = TimeDelta::try_seconds(skew).unwrap_or_default();
        inner.now().checked_add_signed(skew).unwrap_or_default()
    });
    connection.plan(plan);
    response(reply, Some(dates::write_http(date)))
}

fn arrived(incoming: &Incoming, faults: &[FaultKind]) -> LoggedRequest {
    LoggedRequest {
        number: 0,
        at: Utc::now(),
        method: incoming.method.to_string(),
        path: incoming.uri.path().to_owned(),
        query: log::masked(incoming.uri.query().unwrap_or_default()),
        headers: log::headers_of_interest(&incoming.headers),
        body: log::readable_body(&incoming.body, token::is_form(&incoming.headers)),
        account: None,
        status: None,
        reply: Value::Null,
        committed: false,
        cut: false,
        finished: false,
        faults: faults.iter().map(|fault| fault.name().to_owned()).collect(),
        expected: Route::find(incoming.method.as_str(), incoming.uri.path()).is_ok(),
        milliseconds: 0,
    }
}

/// What a fault answers in place of the service, if any does.
fn replaced(state: &State, faults: &[FaultKind]) -> Option<(Plan, Reply)> {
    faults.iter().find_map(|fault| match fault {
        FaultKind::DropBeforeCommit => Some((Plan::Close, Reply::empty(503))),
        FaultKind::ConnectionReset => Some((Plan::Reset, Reply::empty(503))),
        FaultKind::ServerError { status } => Some((Plan::Whole, Reply::gateway(*status))),
        FaultKind::CaptivePortal => Some((Plan::Whole, Reply::captive_portal())),
        FaultKind::Throttle { status, retry_after_seconds } => {
            let status = status.unwrap_or_else(|| state.switches().throttle_status);
            Some((Plan::Whole, Reply::throttled(status, *retry_after_seconds)))
        }
        _ => None,
    })
}

fn answered(state: &State, incoming: &Incoming, number: u64) -> Reply {
    let (reply, later) = state.change(|inner| {
        let (reply, account) = answer(inner, incoming, number);
        if let Some(entry) = inner.log.request(number) {
            entry.account = account;
        }
        (reply, std::mem::take(&mut inner.later))
    });
    for (wait, later) in later {
        let state = state.clone();
        tokio::spawn(async move {
            sleep(wait).await;
            state.change(|inner| inner.catch_up(later));
        });
    }
    reply
}

fn answer(inner: &mut Inner, incoming: &Incoming, number: u64) -> (Reply, Option<String>) {
    let (method, path) = (incoming.method.as_str(), incoming.uri.path());
    let route = match Route::find(method, path) {
        Ok(route) => route,
        Err(why) => return (routes::explain(method, path, why), None),
    };
    let now = Instant::now();
    if let Route::Token = route {
        return inner.tokens.grant(&inner.accounts, &incoming.headers, &incoming.body, now, &inner.switches);
    }
    if let Route::PublicCheckin = route {
        let host = incoming.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
        let body = bodies::object(&incoming.headers, &incoming.body);
        return (body.map_or_else(|reply| reply, |body| public_checkin::answer(inner, host, &body, number)), None);
    }
    let Some(account) = inner.tokens.account(&inner.accounts, &incoming.headers, now).cloned() else {
        return (Reply::denied(401), None);
    };
    let name = Some(account.username.clone());
    let write = incoming.method != Method::GET;
    if inner.switches.throttle && !inner.throttle.admits(&account.username, write, now, &inner.switches.throttle_limits)
    {
        let limits = &inner.switches.throttle_limits;
        return (Reply::throttled(inner.switches.throttle_status, limits.retry_after_seconds), name);
    }
    let pairs = query::pairs(incoming.uri.query().unwrap_or_default());
    let ids = lists::ids(&pairs);
    let route = match route {
        Route::List(schema) if ids.is_some() => Route::Several(schema),
        route => route,
    };
    if route.role().is_some_and(|role| !account.has_role(&role)) {
        return (Reply::denied(inner.switches.missing_role_status), name);
    }
    let author = Author { name: account.username.clone(), request: Some(number) };
    let not_found = inner.switches.not_found_body;
    let record = |schema, switches| bodies::record(&incoming.headers, &incoming.body, schema, switches);
    let reply = match route {
        Route::Token | Route::PublicCheckin => Reply::empty(500),
        Route::Me => me::show(inner, &account),
        Route::Enums => enums(query::value(&pairs, "name").unwrap_or_default(), not_found),
        Route::Avatar(id) => coworkers::picture(inner, id),
        Route::Commands(schema) => commands::list(schema),
        Route::RunCommand(schema) => bodies::object(&incoming.headers, &incoming.body)
            .map_or_else(|reply| reply, |body| commands::run(inner, schema, &body)),
        Route::List(schema) => lists::list(&inner.store, schema, &pairs, &inner.switches),
        Route::Several(schema) => lists::several(&inner.store, schema, &ids.unwrap_or_default(), &inner.switches),
        Route::One(schema, id) => match id.and_then(|id| inner.store.get(schema.entity, id)) {
            Some(record) => Reply::json(200, &inner.store.show(record, false, &inner.switches)),
            None => Reply::not_found(not_found),
        },
        Route::Create(schema) => match record(schema, &inner.switches) {
            Ok(body) => writes::create(inner, schema.entity, &body, &author),
            Err(reply) => reply,
        },
        Route::Update(schema) => match record(schema, &inner.switches) {
            Ok(body) => writes::update(inner, schema.entity, &body, &author),
            Err(reply) => reply,
        },
        Route::Delete(schema, id) => match id {
            Some(id) => writes::delete(inner, schema.entity, id, &author),
            None => Reply::not_found(not_found),
        },
    };
    (reply, name)
}

/// `GET /api/utils/enums?name=eCheckinSource` (section 3.4).
fn enums(name: &str, not_found: NotFoundBody) -> Reply {
    let names: &[&str] =
        if name.eq_ignore_ascii_case("eCheckinSource") { CHECKIN_SOURCES } else { return Reply::not_found(not_found) };
    let values: Vec<Value> = names.iter().enumerate().map(|(id, name)| json!({ "Id": id, "Name": name })).collect();
    Reply::json(200, &Value::Array(values))
}

fn response(reply: Reply, date: Option<String>) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(reason) = reply.reason {
        response.extensions_mut().insert(ReasonPhrase::from_static(reason.as_bytes()));
    }
    let headers = response.headers_mut();
    if let Some(kind) = reply.content_type {
        headers.insert("content-type", HeaderValue::from_static(kind));
    }
    for (name, value) in reply.headers.into_iter().chain(date.map(|date| ("date", date))) {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
    response
}
