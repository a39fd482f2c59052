//! Any JSON is read, and what each odd shape becomes.

use proptest::prelude::*;
use serde_json::json;
use tapdesk_core::hours::Opening;
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId};

use super::account::Account;
use super::business::Business;
use super::checkin::Checkin;
use super::coworker::Coworker;
use super::coworker_time_pass::CoworkerTimePass;
use super::enumeration::EnumerationMember;
use super::failed_checkin::FailedCheckin;
use super::source::CheckinSource;
use super::time_pass::TimePass;
use super::time_zone::SimpleTimeZone;
use super::*;
use crate::spaces::outcome::Decode;
use crate::spaces::replies::{Enumeration, Page, Written};

#[test]
fn a_coworker_in_every_shape() {
    let plain = json!({"Id": 7, "FullName": "Ana Prieto", "Salutation": null, "GuessedFirstName": "Ana", "Active": true,
        "Archived": false, "AccessCardId": " 04A1B2C3D4E5F6 ", "KeyFobNumber": null});
    let odd = json!({"Id": "7", "FullName": "Ana Prieto", "Salutation": "Ana", "Active": "True", "Archived": "false",
        "AccessCardId": "", "KeyFobNumber": 1_234_567});
    let (plain, odd) = (Coworker::read(&plain).unwrap(), Coworker::read(&odd).unwrap());
    assert_eq!(odd.member, plain.member);
    assert_eq!(plain.tile_texts().collect::<Vec<_>>(), ["04A1B2C3D4E5F6"]);
    assert_eq!(odd.tile_texts().collect::<Vec<_>>(), ["1234567"]);
    assert!(!Coworker::read(&json!({"Id": 7})).unwrap().member.active, "silence is no permission");
    assert_eq!(Coworker::read(&json!({"Id": null})), None);
}

#[test]
fn a_checkin_in_every_shape() {
    let record = |change: Value| {
        let mut record = json!({"Id": 5, "CoworkerId": 7, "BusinessId": 9, "FromTime": "2025-01-15T10:30:00Z", "ToTime": null, "Source": "1"});
        record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        Checkin::read(&record)
    };
    let found = record(json!({})).unwrap();
    assert_eq!((found.id, found.to, found.source), (CheckinId(5), None, Some(CheckinSource::Manual)));
    assert_eq!((found.coworker, found.business), (Some(CoworkerId(7)), Some(BusinessId(9))));
    assert_eq!(record(json!({"CoworkerId": 0})).unwrap().coworker, None, "an unset reference may be 0");
    assert_eq!(record(json!({"ToTime": ""})).unwrap().to, None);
    assert!(record(json!({"ToTime": "2025-01-15T11:00:00.1234567"})).unwrap().to.is_some());
    for unusable in [json!({"Id": null}), json!({"FromTime": null}), json!({"ToTime": "soon"}), json!({"ToTime": 5})] {
        assert_eq!(record(unusable.clone()), None, "open or closed would be a guess: {unusable}");
    }
}

#[test]
fn opening_hours_are_whole_or_not_known() {
    let noon = |day: u32| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap().and_hms_opt(12, 0, 0).unwrap();
    let business = |change: Value| {
        let mut record = json!({"Id": 9, "Name": "Quay House", "SameOpeningTimes": true, "MondayOpenTime": 480,
            "MondayCloseTime": "1200", "SundayClosed": true});
        record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        Business::read(&record).unwrap().opening_hours
    };
    // The 2nd of March 2026 is a Monday.
    let hours = business(json!({})).unwrap();
    assert_eq!(hours.at(noon(3)), Opening::Open, "Monday's times are Tuesday's");
    assert!(matches!(hours.at(noon(8)), Opening::Closed { opens: Some(_) }));
    for unknown in [
        json!({"SameOpeningTimes": false}),
        json!({"MondayOpenTime": null}),
        json!({"MondayCloseTime": 5000}),
        json!({"MondayOpenTime": -1}),
    ] {
        assert_eq!(business(unknown.clone()), None, "a wrong 'closed' sends people away: {unknown}");
    }
}

#[test]
fn a_reason_is_kept_word_for_word() {
    let record = json!({"Id": 5, "Description": " <b>No</b> pass \n"});
    assert_eq!(FailedCheckin::read(&record).unwrap().description.as_deref(), Some(" <b>No</b> pass \n"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        Just(json!("2025-01-15T10:30:00Z")),
    ];
    let names = prop::sample::select(vec![
        "Id",
        "Records",
        "FromTime",
        "ToTime",
        "CoworkerId",
        "Active",
        "FullName",
        "TotalPages",
        "Source",
        "Name",
        "Value",
        "WasSuccessful",
        "Businesses",
    ]);
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|fields| Value::Object(
                fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_without_harm(json in any_json()) {
        Coworker::read(&json);
        Checkin::read(&json);
        FailedCheckin::read(&json);
        Business::read(&json);
        SimpleTimeZone::read(&json).and_then(|zone| zone.iana());
        CoworkerTimePass::read(&json);
        TimePass::read(&json);
        Account::read(&json);
        EnumerationMember::read(&json);
        Enumeration::decode(json.clone(), &[]);
        Written::decode(json.clone(), &[]);
        Page::<Checkin>::decode(json, &[]);
    }
}
