//! Questions: as they are asked, and whether an answer is one.

use serde_json::Value;
use tapdesk_core::entry::Source;
use tapdesk_core::ids::EntryId;

use super::*;
use crate::spaces::records::Record;

type Change = fn(FailureQuery) -> FailureQuery;

const NOW: &str = "2026-11-22T08:15:00Z";

fn question(query: &FailureQuery) -> Question {
    let zone = Zone::Named("Europe/Berlin".parse().unwrap());
    Question::new(query, BusinessId(9), zone, NOW.parse().unwrap()).unwrap()
}

fn record(change: &Value) -> FailedCheckin {
    let mut record = json!({
        "Id": 5, "CoworkerId": 7, "CoworkerFullName": "José Núñez", "BusinessId": 9, "BusinessName": "Quay House",
        "CheckinAttemptTime": "2026-11-22T08:00:30Z", "CheckinAttemptTimeLocal": "2026-11-22T09:00:30Z", "Source": 4,
        "MacAddresses": "AA:BB", "TeamsAtTheTimeOfCheckin": "Red, Blue", "TariffAtTheTimeOfCheckin": "Flex",
        "Description": "No valid pass", "CreatedOn": "2026-11-22T08:00:31Z", "UpdatedOn": "2026-11-22T08:10:00Z",
    });
    record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    FailedCheckin::read(&record).unwrap()
}

fn tap() -> KeptTap {
    KeptTap {
        entry: EntryId(1),
        concern: Concern::NeedsStaff("No valid pass".into()),
        tile: None,
        source: Source::Tile,
        tapped_at: "2026-11-22T08:00:30Z".parse().unwrap(),
        coworker: Some(CoworkerId(7)),
    }
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
}

fn parameters(query: &FailureQuery, way: Way) -> Vec<(String, String)> {
    let asked = question(query).asked(way);
    asked.parameters().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[test]
fn every_filter_and_range_is_asked_for_by_its_published_name() {
    let between = |from, to| Some(Span::Between { from: Some(local(from)), to: Some(local(to)) });
    let query = FailureQuery {
        attempted: Some(Span::Today),
        attempted_local: between("2026-11-20T08:00", "2026-11-20T08:30"),
        created: between("2026-11-20T08:00", "2026-11-20T08:30"),
        updated: Some(Span::Week),
        coworker: Some(7),
        member: " núñez ".into(),
        location: "Mill".into(),
        source: Some(17),
        mac_addresses: "AA".into(),
        teams: "red".into(),
        tariff: "flex".into(),
        description: "pass".into(),
        unknown_tiles: false,
        order: FailureOrder::Member,
        ascending: true,
    };
    let expected = [
        ("FailedCheckin_Business_Name", "Mill"),
        ("from_FailedCheckin_CheckinAttemptTime", "2026-11-21T23:00"),
        ("to_FailedCheckin_CheckinAttemptTime", "2026-11-22T23:00"),
        ("from_FailedCheckin_CreatedOn", "2026-11-20T07:00"),
        ("to_FailedCheckin_CreatedOn", "2026-11-20T07:31"),
        ("from_FailedCheckin_UpdatedOn", "2026-11-15T23:00"),
        ("to_FailedCheckin_UpdatedOn", "2026-11-22T23:00"),
        ("from_FailedCheckin_CheckinAttemptTimeLocal", "2026-11-20T08:00"),
        ("to_FailedCheckin_CheckinAttemptTimeLocal", "2026-11-20T08:31"),
        ("FailedCheckin_Coworker_FullName", "núñez"),
        ("FailedCheckin_MacAddresses", "AA"),
        ("FailedCheckin_TeamsAtTheTimeOfCheckin", "red"),
        ("FailedCheckin_TariffAtTheTimeOfCheckin", "flex"),
        ("FailedCheckin_Description", "pass"),
        ("FailedCheckin_Source", "17"),
        ("FailedCheckin_Coworker", "7"),
        ("orderBy", "Coworker.FullName"),
        ("dir", "Ascending"),
        ("page", "1"),
        ("size", "25"),
    ];
    let asked = parameters(&query, Way::Null);
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(asked, expected);
    for (name, _) in expected.into_iter().take(16) {
        assert!(failed_checkin::PUBLISHED.contains(&name), "{name}");
    }
}

#[test]
fn unknown_tiles_are_asked_for_in_two_ways() {
    let unknown = FailureQuery { unknown_tiles: true, ..FailureQuery::default() };
    let filter = |query: &FailureQuery, way| parameters(query, way).swap_remove(1);
    assert_eq!(filter(&unknown, Way::Null), ("FailedCheckin_Coworker".to_owned(), "null".to_owned()));
    assert_eq!(filter(&unknown, Way::Words), ("FailedCheckin_Description".to_owned(), "No member has".to_owned()));
    let with_words = FailureQuery { description: "E5F6".into(), ..unknown };
    assert_eq!(filter(&with_words, Way::Words), ("FailedCheckin_Description".to_owned(), "E5F6".to_owned()));
}

#[test]
fn what_came_is_held_against_the_question() {
    let none = FailureQuery::default;
    let at = |text| Some(Span::Between { from: Some(local(text)), to: Some(local(text)) });
    let fitting: [(&str, FailureQuery); 15] = [
        ("nothing", none()),
        ("the minute of the attempt", FailureQuery { attempted: at("2026-11-22T09:00"), ..none() }),
        ("its wall clock", FailureQuery { attempted_local: at("2026-11-22T09:00"), ..none() }),
        ("created", FailureQuery { created: at("2026-11-22T09:00"), ..none() }),
        ("updated", FailureQuery { updated: at("2026-11-22T09:10"), ..none() }),
        ("the member", FailureQuery { coworker: Some(7), ..none() }),
        ("the name without its accents", FailureQuery { member: "jose nun".into(), ..none() }),
        ("the location", FailureQuery { location: "quay".into(), ..none() }),
        ("the source", FailureQuery { source: Some(4), ..none() }),
        ("the address", FailureQuery { mac_addresses: "aa:b".into(), ..none() }),
        ("the team", FailureQuery { teams: "blue".into(), ..none() }),
        ("the plan", FailureQuery { tariff: "fle".into(), ..none() }),
        ("the reason", FailureQuery { description: "VALID".into(), ..none() }),
        ("blanks", FailureQuery { description: "  ".into(), ..none() }),
        ("today", FailureQuery { attempted: Some(Span::Today), ..none() }),
    ];
    let directory = Directory::default();
    for (case, query) in fitting {
        assert!(question(&query).is_answered_by(&record(&json!({})), &directory), "{case}");
    }
    let not_fitting: [(&str, FailureQuery, Value); 17] = [
        ("a minute later", FailureQuery { attempted: at("2026-11-22T09:01"), ..none() }, json!({})),
        ("a minute later by its clock", FailureQuery { attempted_local: at("2026-11-22T09:01"), ..none() }, json!({})),
        (
            "another day",
            FailureQuery { created: Some(Span::Today), ..none() },
            json!({ "CreatedOn": "2026-11-21T22:59:59Z" }),
        ),
        ("not said when", FailureQuery { updated: Some(Span::Month), ..none() }, json!({ "UpdatedOn": null })),
        ("another member", FailureQuery { coworker: Some(8), ..none() }, json!({})),
        ("nobody", FailureQuery { coworker: Some(7), ..none() }, json!({ "CoworkerId": null })),
        ("another name", FailureQuery { member: "Ana".into(), ..none() }, json!({})),
        ("no name", FailureQuery { member: "Ana".into(), ..none() }, json!({ "CoworkerFullName": null })),
        ("another location", none(), json!({ "BusinessId": 12 })),
        ("no location", none(), json!({ "BusinessId": null })),
        ("another location's name", FailureQuery { location: "Mill".into(), ..none() }, json!({})),
        ("another source", FailureQuery { source: Some(1), ..none() }, json!({})),
        ("another address", FailureQuery { mac_addresses: "CC".into(), ..none() }, json!({})),
        ("another team", FailureQuery { teams: "Green".into(), ..none() }, json!({})),
        ("another plan", FailureQuery { tariff: "Resident".into(), ..none() }, json!({})),
        ("no reason", FailureQuery { description: "pass".into(), ..none() }, json!({ "Description": null })),
        ("somebody", FailureQuery { unknown_tiles: true, ..none() }, json!({})),
    ];
    for (case, query, change) in not_fitting {
        assert!(!question(&query).is_answered_by(&record(&change), &directory), "{case}");
    }
    // A service that leaves the wall clock out is asked for it all the same.
    let silent = record(&json!({ "CheckinAttemptTimeLocal": null }));
    assert!(
        question(&FailureQuery { attempted_local: at("2026-11-22T09:00"), ..none() })
            .is_answered_by(&silent, &directory)
    );
    let taps: [(&str, Change, bool); 12] = [
        ("nothing", |query| query, true),
        ("today", |query| FailureQuery { attempted: Some(Span::Today), ..query }, true),
        (
            "its minute",
            |query| FailureQuery {
                attempted_local: Some(Span::Between { from: Some(local("2026-11-22T09:00")), to: None }),
                ..query
            },
            true,
        ),
        (
            "later",
            |query| FailureQuery {
                created: Some(Span::Between { from: Some(local("2026-11-22T09:01")), to: None }),
                ..query
            },
            false,
        ),
        ("the member", |query| FailureQuery { coworker: Some(7), ..query }, true),
        ("another member", |query| FailureQuery { coworker: Some(8), ..query }, false),
        ("a name that nobody knows", |query| FailureQuery { member: "José".into(), ..query }, false),
        ("a location", |query| FailureQuery { location: "Quay".into(), ..query }, false),
        ("the source", |query| FailureQuery { source: Some(4), ..query }, true),
        ("a team", |query| FailureQuery { teams: "Red".into(), ..query }, false),
        ("the reason", |query| FailureQuery { description: "valid".into(), ..query }, true),
        ("of nobody", |query| FailureQuery { unknown_tiles: true, ..query }, false),
    ];
    for (case, change, expected) in taps {
        assert_eq!(question(&change(none())).is_answered_by_tap(&tap(), &directory), expected, "{case}");
    }
    let unusable = KeptTap { concern: Concern::Unusable, coworker: None, ..tap() };
    assert!(question(&FailureQuery { unknown_tiles: true, ..none() }).is_answered_by_tap(&unusable, &directory));
}

#[test]
fn a_report_names_its_tile() {
    let cases = [
        ("No member has tile …E5F6.", Some("…E5F6")),
        ("Several members have tile …0a1B.", Some("…0a1B")),
        ("No member has the PIN that was typed.", None),
        ("No member has tile …E5F6G.", None),
        ("No member has tile …=1+1.", None),
        ("tile …E5F6.", None),
        ("", None),
    ];
    for (description, expected) in cases {
        assert_eq!(reported_tile(description), expected, "{description}");
    }
}
