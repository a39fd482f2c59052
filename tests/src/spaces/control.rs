//! `/_simulator/…`: the operator's side of the simulator over HTTP; never logged, never faulted.

use axum::http::Uri;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::coworkers::Member;
use super::dates;
use super::failed_checkins_in_bulk::ManyFailedCheckins;
use super::faults::Fault;
use super::handle::State;
use super::query;
use super::replies::Reply;
use super::routes;
use super::schema::Entity;
use super::seed::{self, SeedFile};
use super::switches::SWITCH_HELP;
use super::token::Account;

/// What can be asked here, one line each.
pub const CONTROL_HELP: &str = "\
GET    /_simulator                      this list, the switches, the faults, the routes of the service, how much is kept
GET    /_simulator/log                  every request, oldest first; ?unexpected=true, ?path=checkins, ?method=POST, ?since=NUMBER
DELETE /_simulator/log                  forget requests, writes and charges
GET    /_simulator/writes               every change of a record
GET    /_simulator/charges              every pay-as-you-go pass sold
GET    /_simulator/records/{entity}     all records (checkins, failedcheckins, coworkers, ...); ?coworker=ID, ?open=true
POST   /_simulator/records/{entity}     add a record, or replace the one with its Id, without any rule
DELETE /_simulator/records/{entity}/ID  take a record away
POST   /_simulator/members              add a member: {\"full_name\":…, \"access_card_id\":…, \"passes\":[…], \"refused\":true, \"password\":…, …}
POST   /_simulator/failed-checkins      add many refused visits: {\"count\":N, \"days\":365, \"business_id\":ID (null: every location)}
POST   /_simulator/accounts             add an account: {\"username\":…, \"password\":…, \"full_name\":…, \"lacking_roles\":[…] or \"roles\":[…], \"inactive\":true, …}
POST   /_simulator/seed                 {\"members\":N} adds N members; a whole seed file is understood too
GET    /_simulator/switches             the switches
PUT    /_simulator/switches             turn those given, leave the others
POST   /_simulator/faults               inject one fault or a list: {\"kind\":…, \"method\":…, \"path\":…, \"skip\":0, \"count\":1}
GET    /_simulator/faults               those that wait
DELETE /_simulator/faults[/ID]          forget one or all
POST   /_simulator/release              let go what the fault \"hold\" holds
POST   /_simulator/tokens/revoke        {\"access\":true, \"refresh\":true}
POST   /_simulator/password             {\"username\":…, \"password\":…}: new password, all tokens die
POST   /_simulator/checkins/open        {\"coworker_id\":…, \"business_id\":…, \"from\":UTC}: as a door system would
POST   /_simulator/close-checkins       {\"coworker_id\":…} or {} for everybody: as the automatic check-out does
POST   /_simulator/down                 reset every connection; {\"refuse_milliseconds\":N}: refuse connections for so long
POST   /_simulator/up                   end it";

/// The kinds of faults with their fields, one line each.
pub const FAULT_HELP: &str = "\
drop_before_commit                             connection closed, nothing done
drop_after_commit                              carried out, then connection closed without a reply
commit_after_timeout   milliseconds            carried out and answered only then, even when the client has gone
delay                  milliseconds            carried out at once, answered only then
hold                   commit_first            held until POST release; carried out before (true) or after (false)
slow_body              bytes every_milliseconds
truncated_body         keep_bytes              whole Content-Length, then the connection ends
server_error           status                  HTML of a gateway, nothing done
captive_portal                                 200 and HTML, nothing done
throttle               [status] [retry_after_seconds]
clock_skew             seconds                 only the Date header of this reply (switch clock_skew_seconds: the whole clock)
revoke_access_tokens                           before the request is looked at
revoke_refresh_tokens
connection_reset                               RST, nothing done
Scope of each: method, path (* = any run of characters), skip (matching requests let by), count (null = always, default 1).";

type Answer = Result<Value, String>;

/// Answers a control request.
pub(crate) fn answer(state: &State, method: &str, uri: &Uri, body: &[u8]) -> Reply {
    let segments: Vec<&str> = uri.path().trim_end_matches('/').split('/').skip(2).collect();
    let pairs = query::pairs(uri.query().unwrap_or_default());
    let answer = match (method, segments.as_slice()) {
        ("GET", []) => Ok(overview(state)),
        ("GET", ["log"]) => Ok(log(state, &pairs)),
        ("DELETE", ["log"]) => {
            state.clear_log();
            Ok(done())
        }
        ("GET", ["writes"]) => Ok(json!(state.writes())),
        ("GET", ["charges"]) => Ok(json!(state.charges())),
        ("GET", ["records", name]) => records(state, name, &pairs),
        ("POST", ["records", name]) => put_records(state, name, body),
        ("DELETE", ["records", name, id]) => remove_record(state, name, id),
        ("POST", ["members"]) => read(body).map(|member: Member| json!({ "id": state.add_member(&member) })),
        ("POST", ["failed-checkins"]) => read(body).map(|many: ManyFailedCheckins| {
            state.add_failed_checkins(&many);
            state.summary()
        }),
        ("POST", ["accounts"]) => read(body).map(|account: Account| {
            state.add_account(account);
            done()
        }),
        ("POST", ["seed"]) => read(body).and_then(|file: SeedFile| seed::apply(state, &file)).map(|()| state.summary()),
        ("GET", ["switches"]) => Ok(json!(state.switches())),
        ("PUT", ["switches"]) => turn_switches(state, body),
        ("GET", ["faults"]) => Ok(json!(state.faults())),
        ("POST", ["faults"]) => inject(state, body),
        ("DELETE", ["faults"]) => {
            state.clear_faults(None);
            Ok(done())
        }
        ("DELETE", ["faults", id]) => id.parse().map_err(|_| format!("{id} is no id")).map(|id| {
            state.clear_faults(Some(id));
            done()
        }),
        ("POST", ["release"]) => {
            state.release();
            Ok(done())
        }
        ("POST", ["tokens", "revoke"]) => read(body).map(|which: Revocation| revoke(state, &which)),
        ("POST", ["password"]) => {
            read(body).map(|new: NewPassword| json!({ "changed": state.change_password(&new.username, &new.password) }))
        }
        ("POST", ["checkins", "open"]) => read(body).and_then(|new: NewCheckin| open_checkin(state, &new)),
        ("POST", ["close-checkins"]) => {
            read(body).map(|whose: Whose| json!({ "closed": state.close_checkins(whose.coworker_id) }))
        }
        ("POST", ["down"]) => read(body).map(|how: Down| take_down(state, &how)),
        ("POST", ["up"]) => {
            state.bring_up();
            Ok(done())
        }
        _ => {
            let message = format!("{method} {} is not a control request; see GET /_simulator", uri.path());
            return Reply::message(404, &message);
        }
    };
    match answer {
        Ok(value) => Reply::json(200, &value),
        Err(wrong) => Reply::message(400, &wrong),
    }
}

fn done() -> Value {
    json!({ "done": true })
}

/// An empty body stands for `{}`.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

fn overview(state: &State) -> Value {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    json!({
        "control": lines(CONTROL_HELP),
        "faults": lines(FAULT_HELP),
        "switches": state.switches(),
        "switch_help": lines(SWITCH_HELP),
        "routes": routes::known(),
        "kept": state.summary(),
    })
}

fn log(state: &State, pairs: &[(String, String)]) -> Value {
    let only_unexpected = query::value(pairs, "unexpected") == Some("true");
    let method = query::value(pairs, "method");
    let path = query::value(pairs, "path").map(str::to_ascii_lowercase);
    let since: u64 = query::value(pairs, "since").and_then(|number| number.parse().ok()).unwrap_or_default();
    let mut requests = state.requests();
    requests.retain(|request| {
        (!only_unexpected || !request.expected)
            && method.is_none_or(|method| request.method.eq_ignore_ascii_case(method))
            && path.as_ref().is_none_or(|part| request.path.to_ascii_lowercase().contains(part))
            && request.number > since
    });
    json!(requests)
}

fn entity(name: &str) -> Result<Entity, String> {
    Entity::named(name).ok_or_else(|| {
        let known = Entity::ALL.map(Entity::plural).join(", ");
        format!("{name} is not kept; there are {known}")
    })
}

fn records(state: &State, name: &str, pairs: &[(String, String)]) -> Answer {
    let coworker = query::value(pairs, "coworker").and_then(|id| id.parse::<i64>().ok());
    let mut records = match coworker {
        Some(coworker) => state.of_coworker(entity(name)?, coworker),
        None => state.records(entity(name)?),
    };
    let only_open = query::value(pairs, "open") == Some("true");
    records.retain(|record| !only_open || record["ToTime"].is_null());
    Ok(Value::Array(records))
}

fn put_records(state: &State, name: &str, body: &[u8]) -> Answer {
    let entity = entity(name)?;
    let records = match read(body)? {
        Value::Array(records) => records,
        one => vec![one],
    };
    let ids: Result<Vec<i64>, String> = records.iter().map(|record| state.put_record(entity, record)).collect();
    Ok(json!({ "ids": ids? }))
}

fn remove_record(state: &State, name: &str, id: &str) -> Answer {
    let id = id.parse().map_err(|_| format!("{id} is no id"))?;
    Ok(json!({ "removed": state.remove_record(entity(name)?, id) }))
}

fn turn_switches(state: &State, body: &[u8]) -> Answer {
    let changes: Value = read(body)?;
    state.change(|inner| {
        inner.switches = inner.switches.overlaid(&changes)?;
        Ok(json!(inner.switches))
    })
}

fn inject(state: &State, body: &[u8]) -> Answer {
    let faults = match read(body)? {
        Value::Array(faults) => faults,
        one => vec![one],
    };
    let faults: Result<Vec<Fault>, String> =
        faults.into_iter().map(|fault| serde_json::from_value(fault).map_err(|error| error.to_string())).collect();
    let ids: Vec<u64> = faults?.into_iter().map(|fault| state.inject(fault)).collect();
    Ok(json!({ "ids": ids }))
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Revocation {
    access: bool,
    refresh: bool,
}

impl Default for Revocation {
    fn default() -> Self {
        Self { access: true, refresh: true }
    }
}

fn revoke(state: &State, which: &Revocation) -> Value {
    if which.access {
        state.revoke_access_tokens();
    }
    if which.refresh {
        state.revoke_refresh_tokens();
    }
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    username: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCheckin {
    coworker_id: i64,
    business_id: i64,
    from: Option<String>,
}

fn open_checkin(state: &State, new: &NewCheckin) -> Answer {
    let from = match &new.from {
        Some(text) => dates::read(text).ok_or_else(|| format!("{text} is not a date and time"))?,
        None => state.read(super::state::Inner::now),
    };
    Ok(json!({ "id": state.open_checkin(new.coworker_id, new.business_id, from) }))
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Whose {
    coworker_id: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Down {
    refuse_milliseconds: Option<u64>,
}

/// Refused connections refuse the control paths too, so over HTTP they come back by themselves.
fn take_down(state: &State, how: &Down) -> Value {
    match how.refuse_milliseconds {
        None => state.take_down(),
        Some(milliseconds) => {
            let state = state.clone();
            state.refuse_connections();
            tokio::spawn(async move {
                tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
                state.bring_up();
            });
        }
    }
    done()
}
