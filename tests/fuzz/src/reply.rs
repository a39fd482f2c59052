//! One reply of the service, as bytes, through everything that reads replies. The fuzz target and the ordinary test that
//! replays the corpus share this file.
//!
//! The bytes look like a reply on the wire: a line that begins with the status, a line for each header, an empty line,
//! the body. Whatever of that is missing or odd is passed over, so that any bytes are some reply:
//!
//! ```text
//! 409
//! Retry-After: 3
//! Content-Type: application/json
//!
//! {"Message":"wait"}
//! ```

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use chrono::DateTime;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use serde_json::value::RawValue;
use tapdesk_core::checkin::{CheckinRecord, TapFacts, decide};
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::member::MemberIndex;
use tapdesk_engine::spaces::outcome::{Decode, Outcome, date, judge};
use tapdesk_engine::spaces::query::Change;
use tapdesk_engine::spaces::records::Record;
use tapdesk_engine::spaces::records::account::Account;
use tapdesk_engine::spaces::records::business::Business;
use tapdesk_engine::spaces::records::checkin::{self, Checkin};
use tapdesk_engine::spaces::records::coworker::{self, Coworker};
use tapdesk_engine::spaces::records::coworker_time_pass::CoworkerTimePass;
use tapdesk_engine::spaces::records::failed_checkin::{self, FailedCheckin};
use tapdesk_engine::spaces::records::time_pass::TimePass;
use tapdesk_engine::spaces::records::time_zone::SimpleTimeZone;
use tapdesk_engine::spaces::replies::{Enumeration, One, Page, Picture, Written};
use tapdesk_engine::spaces::whole::WholeRecord;

const RAW_VALUE: &[u8] = b"$serde_json::private::RawValue";

/// A reply.
struct Reply<'a> {
    status: u16,
    headers: HeaderMap,
    body: &'a [u8],
    meanings: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Reply<'a> {
    fn read(input: &'a [u8]) -> Self {
        let (first, mut rest) = line(input);
        let status = str::from_utf8(first).ok().and_then(|line| line.split_whitespace().next()?.parse().ok());
        let mut headers = HeaderMap::new();
        loop {
            let (header, after) = line(rest);
            rest = after;
            if header.is_empty() {
                break;
            }
            let Some(colon) = header.iter().position(|byte| *byte == b':') else { continue };
            let (name, value) = (&header[..colon], &header[colon + 1..]);
            if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value.trim_ascii())) {
                headers.insert(name, value);
            }
        }
        Self { status: status.unwrap_or(200), headers, body: rest, meanings: RefCell::default() }
    }

    fn means(&self, meaning: &'static str) {
        self.meanings.borrow_mut().insert(meaning);
    }

    fn judged<T: Decode>(&self) -> Option<T> {
        let outcome = judge(self.status, &self.headers, self.body);
        if let Outcome::Throttled(wait) = outcome {
            assert!(Instant::now().checked_add(wait).is_some(), "no clock can tell the end of {wait:?}");
        }
        self.means(match outcome {
            Outcome::Done(found) => {
                self.means(T::WHAT);
                return Some(found);
            }
            Outcome::Refused(_) => "refused",
            Outcome::Invalid(_) => "invalid",
            Outcome::Throttled(_) => "throttled",
            Outcome::SignInAgain => "sign in again",
            Outcome::NotPermitted(_) => "not permitted",
            Outcome::NotFound => "not found",
            Outcome::Gateway(_) => "a gateway's",
            Outcome::Undecodable(_) => "undecodable",
        });
        None
    }

    /// The records of a list, and the one of a GET.
    fn records<E: Record>(&self) -> Vec<E> {
        let page = self.judged::<Page<E>>().into_iter().flat_map(|page| page.records);
        let records: Vec<E> = page.chain(self.judged::<One<E>>().map(|One(record)| record)).collect();
        if !records.is_empty() {
            self.means(E::ENTITY);
        }
        records
    }
}

/// The first line without its end, and what comes after.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let line = &bytes[..end];
    (line.strip_suffix(b"\r").unwrap_or(line), bytes.get(end + 1..).unwrap_or_default())
}

/// Puts a reply through everything that reads replies: none of it may panic, and what is promised of it must hold.
/// Returns what it was taken for.
pub(crate) fn try_out(input: &[u8]) -> BTreeSet<&'static str> {
    let reply = Reply::read(input);
    date(&reply.headers);
    reply.judged::<Written>();
    reply.judged::<Account>();
    reply.judged::<Enumeration>();
    if let Some(Picture(Some(image))) = reply.judged() {
        reply.means("an image");
        assert_eq!(image.bytes, reply.body, "a picture is shown as it came");
    }
    reply.records::<FailedCheckin>();
    reply.records::<Business>();
    reply.records::<CoworkerTimePass>();
    reply.records::<TimePass>();
    for zone in reply.records::<SimpleTimeZone>() {
        zone.iana();
    }
    try_checkins(&reply);
    try_members(&reply);
    try_whole_records(&reply);
    reply.meanings.into_inner()
}

/// What a desk makes of check-ins.
fn try_checkins(reply: &Reply<'_>) {
    let records: Vec<CheckinRecord> = reply.records::<Checkin>().iter().map(Checkin::for_the_desk).collect();
    for late in [None, Some(Duration::from_mins(1))] {
        let coworker = CoworkerId(7);
        decide(TapFacts { coworker, tapped_at: DateTime::UNIX_EPOCH, wanted: None, late }, &records);
    }
}

/// What the directory makes of members: each is known afterwards, and may come twice.
fn try_members(reply: &Reply<'_>) {
    let mut index = MemberIndex::default();
    for coworker in reply.records::<Coworker>() {
        let texts: Vec<String> = coworker.tile_texts().map(str::to_owned).collect();
        index.put(coworker.member.clone(), texts.iter().map(String::as_str));
        assert_eq!(index.member(coworker.member.id), Some(&coworker.member));
    }
}

/// Every change of every property that Tapdesk writes.
fn try_whole_records(reply: &Reply<'_>) {
    let Some(record) = reply.judged::<WholeRecord>() else { return };
    // Under this name serde_json hands texts to itself; an object with it is not read as one.
    if reply.body.windows(RAW_VALUE.len()).any(|name| name == RAW_VALUE) {
        return;
    }
    let as_received = properties(reply.body);
    assert_eq!(properties(sent(&record).as_bytes()), as_received, "what is not changed goes back as it came");
    let moment = || DateTime::UNIX_EPOCH;
    let changed = |record: &WholeRecord| record.known::<Checkin>().map(|checkin| checkin.to);
    let closed = try_change(&record, &as_received, &checkin::SET_TO_TIME.set(moment()));
    assert!(changed(&closed).is_none_or(|to| to == Some(moment())), "a check-in that was closed is closed");
    let open = try_change(&record, &as_received, &checkin::SET_TO_TIME.clear());
    assert!(changed(&open).is_none_or(|to| to.is_none()), "a check-in without an end is open");
    try_change(&record, &as_received, &failed_checkin::SET_DESCRIPTION.set("No \"pass\"\n"));
    try_change(&record, &as_received, &coworker::SET_ACCESS_CARD_ID.set("04A1B2C3D4E5F6"));
}

/// After a change the record says what it was changed to, and everything else as before.
fn try_change<E: Record>(record: &WholeRecord, as_received: &[(String, String)], change: &Change<E>) -> WholeRecord {
    let mut changed = record.clone();
    changed.change(change);
    let sent = sent(&changed);
    let others = |properties: Vec<(String, String)>| -> Vec<(String, String)> {
        properties.into_iter().filter(|(name, _)| name != change.property()).collect()
    };
    assert_eq!(others(properties(sent.as_bytes())), others(as_received.to_vec()), "another property was changed");
    let told: Value = serde_json::from_str(&sent).expect("what is sent is JSON");
    let meant: Value = serde_json::from_str(change.value().get()).expect("a change is JSON");
    assert_eq!(told.get(change.property()), Some(&meant), "the service reads {sent}");
    changed
}

fn sent(record: &WholeRecord) -> String {
    serde_json::to_string(record).expect("a record that was read can be written")
}

/// The properties of an object in their order, the last one counting where a name comes twice, each with the very text of
/// its value: read here by another way than the client's.
fn properties(body: &[u8]) -> Vec<(String, String)> {
    let order: Value = serde_json::from_slice(body).expect("a record is JSON");
    let texts: HashMap<String, Box<RawValue>> = serde_json::from_slice(body).expect("a record is an object");
    let names = order.as_object().into_iter().flat_map(serde_json::Map::keys);
    names.filter_map(|name| Some((name.clone(), texts.get(name)?.get().to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_looks_as_on_the_wire() {
        type Case<'a> = (&'a [u8], u16, Option<&'a str>, &'a [u8]);
        let cases: [Case<'_>; 5] = [
            (b"409 Conflict\r\nRetry-After:  3 \r\n\r\n{}\n", 409, Some("3"), b"{}\n"),
            (b"409\nretry-after:3\n\n\n", 409, Some("3"), b"\n"),
            (b"x\nno header\n: no name\nRetry-After: 3", 200, Some("3"), b""),
            (b"\xFF\n\n\xFF", 200, None, b"\xFF"),
            (b"", 200, None, b""),
        ];
        for (input, status, wait, body) in cases {
            let reply = Reply::read(input);
            let stated = reply.headers.get("retry-after").and_then(|stated| stated.to_str().ok());
            assert_eq!((reply.status, stated, reply.body), (status, wait, body), "{}", input.escape_ascii());
        }
    }
}
