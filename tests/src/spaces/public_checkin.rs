//! `POST /api/public/checkin`: a door or a network device checks a coworker in or out (nexudus-api.md section 10.1).
//!
//! What the body holds is the proof, so there is no token. Every answer is HTTP 200; a refusal is in the body. Inferred,
//! for want of a public word: the location is the one whose subdomain the Host header names, else the coworker's own; a
//! second check-in continues the session; the source is door access for a card and network activity otherwise.

use serde_json::{Map, Value, json};

use super::checkins;
use super::dates::{self, Zone};
use super::records::{Cell, Record};
use super::replies::Reply;
use super::schema::Entity;
use super::state::{Author, Inner};

const DOOR_ACCESS: i64 = 2;
const NETWORK_ACTIVITY: i64 = 3;

/// The body, read with tolerance.
struct Device<'a> {
    body: &'a Map<String, Value>,
}

impl Device<'_> {
    fn given(&self, name: &str) -> Option<&Value> {
        self.body.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.given(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    fn flag(&self, name: &str) -> bool {
        match self.given(name) {
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            value => value == Some(&Value::Bool(true)),
        }
    }
}

/// Answers for the location that the Host header names.
pub(crate) fn answer(inner: &mut Inner, host: &str, body: &Map<String, Value>, request: u64) -> Reply {
    let device = Device { body };
    let author = Author { request: Some(request), ..Author::system() };
    if device.text("Token").is_some() {
        return Reply::refused(200, "Check-in by the code of an access token is not simulated.");
    }
    let source = if device.text("Mac").is_none() && device.text("AccessCardId").is_some() {
        DOOR_ACCESS
    } else {
        NETWORK_ACTIVITY
    };
    let coworker = match identify(inner, &device) {
        Ok(coworker) => coworker,
        Err(reason) => {
            let attempt = attempt(inner, None, location(inner, host, None), source, &device);
            return checkins::refuse(inner, &attempt, Some(reason), 200, &author);
        }
    };
    let place = location(inner, host, Some(coworker));
    let open: Vec<Record> = inner
        .store
        .of_coworker(Entity::Checkin, coworker)
        .filter(|checkin| checkin.moment("ToTime").is_none() && checkin.integer("BusinessId") == place)
        .cloned()
        .collect();
    if device.flag("Disconnect") || (device.flag("Toggle") && !open.is_empty()) {
        return check_out(inner, coworker, open, &author);
    }
    if open.is_empty() {
        let attempt = attempt(inner, Some(coworker), place, source, &device);
        if let Err(refused) = checkins::open(inner, attempt, &author) {
            return Reply { status: 200, ..refused };
        }
        return session(inner, coworker, inner.store.zone(place)).committed();
    }
    session(inner, coworker, inner.store.zone(place))
}

/// The coworker whose card or login it is, or why there is none.
fn identify(inner: &Inner, device: &Device) -> Result<i64, &'static str> {
    if let Some(card) = device.text("AccessCardId") {
        let mut coworkers = inner.store.all(Entity::Coworker);
        let theirs = |coworker: &&Record| {
            let cards = coworker.text("AccessCardId").unwrap_or_default();
            cards.split([',', ';', ' ']).any(|one| one.eq_ignore_ascii_case(card))
        };
        return coworkers.find(theirs).map(Record::id).ok_or("Nobody has this access card.");
    }
    let (Some(email), Some(password)) = (device.text("Email"), device.given("Password").and_then(Value::as_str)) else {
        return Err("An AccessCardId, or an Email and a Password, is needed.");
    };
    let theirs = |coworker: &&Record| {
        let email_fits = coworker.text("Email").is_some_and(|theirs| theirs.eq_ignore_ascii_case(email));
        email_fits && inner.logins.get(&coworker.id()).is_some_and(|theirs| theirs == password)
    };
    let found = inner.store.all(Entity::Coworker).find(theirs);
    found.map(Record::id).ok_or("The user name or password is incorrect.")
}

fn location(inner: &Inner, host: &str, coworker: Option<i64>) -> Option<i64> {
    let subdomain = host.split(['.', ':']).next().unwrap_or_default();
    let named = inner
        .store
        .all(Entity::Business)
        .find(|business| business.text("WebAddress").is_some_and(|address| address.eq_ignore_ascii_case(subdomain)));
    let home = || inner.store.get(Entity::Coworker, coworker?)?.integer("InvoicingBusinessId");
    named.map(Record::id).or_else(home).or_else(|| inner.store.all(Entity::Business).next().map(Record::id))
}

fn attempt(inner: &Inner, coworker: Option<i64>, place: Option<i64>, source: i64, device: &Device) -> Record {
    let mut checkin = Record::new(Entity::Checkin);
    checkin.set("CoworkerId", coworker.map(Cell::Integer));
    checkin.set("BusinessId", place.map(Cell::Integer));
    checkin.set("FromTime", Some(Cell::Moment(inner.now())));
    checkin.set("Source", Some(Cell::Integer(source)));
    checkin.set("CountsTowardsPlanLimits", Some(Cell::Flag(true)));
    checkin.set("MacAddresses", device.text("Mac").map(Cell::text));
    checkin
}

fn check_out(inner: &mut Inner, coworker: i64, open: Vec<Record>, author: &Author) -> Reply {
    let now = inner.now();
    if open.is_empty() {
        return Reply::refused(200, "There is no open check-in to close.");
    }
    for mut checkin in open {
        checkin.set("ToTime", Some(Cell::Moment(now)));
        inner.replace(checkin, "PUT", author);
    }
    Reply::done("Checked out.", &value(inner, coworker, now, 0.0)).committed()
}

/// A session lasts until the end of the location's day.
fn session(inner: &Inner, coworker: i64, zone: Zone) -> Reply {
    let now = inner.now();
    let end = zone.end_of_day(now);
    let left = (end - now).as_seconds_f64();
    let message = format!("{} UTC", end.format("%Y-%m-%dT%H:%M:%S"));
    Reply::done(&message, &value(inner, coworker, end, left))
}

fn value(inner: &Inner, coworker: i64, end: chrono::DateTime<chrono::Utc>, seconds: f64) -> Value {
    let full_name = inner.store.get(Entity::Coworker, coworker).and_then(|coworker| coworker.text("FullName"));
    let end = dates::write(end, inner.switches.fractional_digits);
    json!({ "FullName": full_name, "SessionExpire": end, "SessionTimeOut": seconds })
}
