//! The service's side of a run: each call in brief, and the life of each check-in, by the service's own log.

use std::collections::{BTreeMap, HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::evidence::{Checkin, Gone};
use super::ledger::moment;
use super::trouble::{CHECKINS, TOKEN};
use crate::spaces::{Entity, LoggedRequest, LoggedWrite, State};

/// How long after its grant a call may still carry the token before.
const IN_HAND_AFTER: TimeDelta = TimeDelta::seconds(1);

/// A call, in brief.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// Whom it is about.
    pub(super) member: Option<i64>,
    /// All of it as a line.
    pub(super) line: String,
}

/// What the service saw.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Each call about a member.
    pub(super) calls: Vec<Call>,
    /// Each check-in, by its id.
    pub(super) checkins: BTreeMap<i64, Checkin>,
    /// How many calls there were in all.
    pub(super) count: usize,
    /// The most calls in any sixty seconds.
    pub(super) most_in_a_minute: usize,
    /// Calls answered with 409 or 429 because of a fault, and because of the budget.
    pub(super) throttled: (usize, usize),
    /// Calls answered with 401: when each arrived and when it was answered.
    pub(super) denied: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Faults that met a call, by kind.
    pub(super) faults: BTreeMap<String, usize>,
    /// Token calls that were refused.
    pub(super) refused_grants: Vec<String>,
    /// Calls that no route knows.
    pub(super) unexpected: Vec<String>,
    /// When the last request that was held up was over.
    pub(super) last_late: Option<DateTime<Utc>>,
    /// When the last token call was over.
    pub(super) last_token: Option<DateTime<Utc>>,
    /// When all access tokens died.
    revoked: Vec<DateTime<Utc>>,
    /// When each device got tokens.
    granted: HashMap<String, Vec<DateTime<Utc>>>,
    minute: VecDeque<DateTime<Utc>>,
    bodies: HashMap<u64, Body>,
    writes: usize,
    waiting: VecDeque<LoggedWrite>,
}

/// What a write asked for.
#[derive(Debug, Clone, Copy)]
struct Body {
    member: Option<i64>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

impl History {
    /// Takes in what the service has seen since the last time.
    pub(super) fn collect(&mut self, service: &State) {
        for request in service.take_finished_requests() {
            self.note(&request);
        }
        let writes = service.writes_after(self.writes);
        self.writes += writes.len();
        let checkin = Entity::Checkin.name();
        self.waiting.extend(writes.into_iter().filter(|write| write.entity == checkin));
        // A write is in the service's log before its request is finished.
        while let Some(write) = self.waiting.front() {
            if write.request.is_some_and(|request| write.method != "DELETE" && !self.bodies.contains_key(&request)) {
                return;
            }
            if let Some(write) = self.waiting.pop_front() {
                self.wrote(&write);
            }
        }
    }

    /// Whether every write so far is understood.
    pub(super) fn is_complete(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The devices that asked for tokens.
    pub(super) fn devices(&self) -> usize {
        self.granted.len()
    }

    /// How many calls were denied although every device had got its token after the last death of all tokens.
    pub(super) fn denied_without_cause(&self) -> usize {
        let has_cause = |(arrived, answered): &(DateTime<Utc>, DateTime<Utc>)| {
            let death = self.revoked.iter().filter(|death| *death <= answered).max();
            let held_since = |grants: &Vec<DateTime<Utc>>| {
                grants.iter().filter(|grant| **grant < *arrived - IN_HAND_AFTER).max().copied()
            };
            death.is_some_and(|death| self.granted.values().any(|grants| held_since(grants) <= Some(*death)))
        };
        self.denied.iter().filter(|call| !has_cause(call)).count()
    }

    fn note(&mut self, request: &LoggedRequest) {
        self.count += 1;
        let finished = request.at + TimeDelta::milliseconds(i64::try_from(request.milliseconds).unwrap_or(i64::MAX));
        self.minute.push_back(request.at);
        while self.minute.front().is_some_and(|first| request.at - first >= TimeDelta::minutes(1)) {
            self.minute.pop_front();
        }
        self.most_in_a_minute = self.most_in_a_minute.max(self.minute.len());
        for fault in &request.faults {
            *self.faults.entry(fault.clone()).or_default() += 1;
        }
        let met = |name: &str| request.faults.iter().any(|fault| fault == name);
        if matches!(request.status, Some(409 | 429)) {
            *(if met("throttle") { &mut self.throttled.0 } else { &mut self.throttled.1 }) += 1;
        }
        if request.status == Some(401) {
            self.denied.push((request.at, finished));
        }
        if met("revoke_access_tokens") {
            self.revoked.push(request.at);
        }
        if met("commit_after_timeout") || met("hold") {
            self.last_late = self.last_late.max(Some(finished));
        }
        if !request.expected {
            self.unexpected.push(format!("{} {}", request.method, request.path));
        }
        if request.path == TOKEN {
            self.last_token = self.last_token.max(Some(finished));
            let device = request.headers.get("client_id").cloned().unwrap_or_default();
            let granted = self.granted.entry(device).or_default();
            granted.extend(request.committed.then_some(finished));
            if matches!(request.status, Some(400 | 401)) {
                self.refused_grants.push(format!("{} {} {}", time(request.at), request.body, request.reply));
            }
        }
        self.note_checkin(request, finished);
    }

    fn note_checkin(&mut self, request: &LoggedRequest, finished: DateTime<Utc>) {
        let body = &request.body;
        let record = request.path.strip_prefix(CHECKINS).and_then(|rest| rest.strip_prefix('/')?.parse::<i64>().ok());
        let asked = request.query.split('&').find_map(|pair| pair.split_once("_Coworker=")?.1.parse().ok());
        let known = record.and_then(|id| Some(self.checkins.get(&id)?.member));
        let member = body["CoworkerId"].as_i64().or(asked).or(known);
        if request.method != "GET" && request.path == CHECKINS {
            let body = Body { member, from: moment(&body["FromTime"]), to: moment(&body["ToTime"]) };
            if request.committed {
                self.bodies.insert(request.number, body);
            }
        }
        if member.is_none() {
            return;
        }
        let times = ["FromTime", "ToTime", "CheckinAttemptTime"].map(|field| match body[field].as_str() {
            Some(text) => format!(" {field}={text}"),
            None => String::new(),
        });
        let id = body["Id"].as_i64().or(request.reply["Value"]["Id"].as_i64());
        let line = format!(
            "{}..{} {} {}{}{}{} -> {}{}{}",
            time(request.at),
            time(finished),
            request.method,
            request.path,
            id.map_or_else(String::new, |id| format!(" id={id}")),
            times.concat(),
            records_in(&request.reply),
            request.status.map_or_else(|| "cut".to_owned(), |status| status.to_string()),
            if request.committed { " committed" } else { "" },
            if request.faults.is_empty() { String::new() } else { format!(" [{}]", request.faults.join(", ")) },
        );
        self.calls.push(Call { member, line });
    }

    fn wrote(&mut self, write: &LoggedWrite) {
        let body = write.request.and_then(|request| self.bodies.remove(&request));
        match (write.method.as_str(), body) {
            ("POST", Some(Body { member: Some(member), from: Some(from), to })) => {
                let closed = to.map(|to| (to, write.at)).into_iter().collect();
                let checkin = Checkin { id: write.id, member, from, opened: write.at, closed, gone: None };
                self.checkins.insert(write.id, checkin);
            }
            ("PUT", Some(Body { to, .. })) => {
                if let (Some(checkin), Some(to)) = (self.checkins.get_mut(&write.id), to) {
                    checkin.closed.push((to, write.at));
                }
            }
            ("DELETE" | "VALIDATION", _) => {
                let how = if write.method == "DELETE" { Gone::Deleted } else { Gone::TakenBack };
                if let Some(checkin) = self.checkins.get_mut(&write.id) {
                    checkin.gone = Some((write.at, how));
                }
            }
            _ => {}
        }
    }
}

/// The newest check-ins that a list showed, or the one that was read.
fn records_in(reply: &Value) -> String {
    let shown = |record: &Value| {
        let to = record["ToTime"].as_str().unwrap_or("open");
        Some(format!("{} {}..{to}", record["Id"].as_i64()?, record["FromTime"].as_str()?))
    };
    match reply["Records"].as_array() {
        Some(records) => {
            let newest = records.iter().filter_map(shown).take(3).collect::<Vec<_>>();
            format!(" ({} records: {})", records.len(), newest.join(", "))
        }
        None => shown(reply).map_or_else(String::new, |shown| format!(" ({shown})")),
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.format("%H:%M:%S%.3f").to_string()
}
