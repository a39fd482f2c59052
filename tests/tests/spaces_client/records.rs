//! Reading: every entity by its list and by its id.

use chrono::{TimeDelta, Utc};
use serde_json::json;
use tapdesk_core::checkin::{CheckinRecord, Trouble};
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId, FailedCheckinId};
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_engine::spaces::query::{Direction, Query};
use tapdesk_engine::spaces::records::business::{self, Business};
use tapdesk_engine::spaces::records::checkin::{self, Checkin};
use tapdesk_engine::spaces::records::coworker::{self, Coworker};
use tapdesk_engine::spaces::records::coworker_time_pass::{self, CoworkerTimePass};
use tapdesk_engine::spaces::records::failed_checkin::{self, FailedCheckin};
use tapdesk_engine::spaces::records::source::CheckinSource;
use tapdesk_engine::spaces::records::time_zone::SimpleTimeZone;
use tapdesk_tests::spaces::{DirReading, Entity, NotFoundBody, seed};

use crate::{ANA, BEN, Desk, HERE};

#[tokio::test]
async fn the_account_its_locations_and_their_zone() {
    let desk = Desk::open().await;
    let account = desk.client().account().await.unwrap();
    assert_eq!(account.email.as_deref(), Some(seed::USERNAME));
    assert!(account.businesses.contains(&HERE), "{account:?}");
    let query = Query::new().is(business::NAME, "Quay House").order_by(business::NAME, Direction::Ascending);
    let found = desk.client().list::<Business>(&query).await.unwrap();
    let quay_house = found.records.iter().find(|found| found.name == "Quay House").unwrap();
    assert_eq!(quay_house.id, HERE);
    let zone: SimpleTimeZone = desk.client().get(quay_house.time_zone.unwrap()).await.unwrap();
    let name = zone.iana().unwrap();
    assert_eq!(desk.spaces.time_zone(quay_house).await, Some(name.clone()), "{}", zone.name);
    assert!(name.contains('/'), "{name}");
}

/// The account's own zone answers where the location's record may not be read, and only for its own location.
#[tokio::test]
async fn a_zone_that_nobody_may_read_is_the_accounts_own_or_unknown() {
    let desk = Desk::open().await;
    for location in [seed::QUAY_HOUSE, seed::MILL_YARD] {
        let zone = desk.state().record(Entity::Business, location).unwrap()["SimpleTimeZoneId"].as_i64().unwrap();
        desk.state().remove_record(Entity::SimpleTimeZone, zone);
    }
    let here = desk.spaces.location().await.unwrap();
    let account = desk.client().account().await.unwrap();
    assert_eq!(account.default_business, Some(HERE));
    assert_eq!(desk.spaces.time_zone(&here).await, account.default_time_zone_iana);
    let elsewhere = Business { id: BusinessId(seed::MILL_YARD), ..here };
    assert_eq!(desk.spaces.time_zone(&elsewhere).await, None);
}

#[tokio::test]
async fn the_sources_as_the_service_lists_them() {
    let desk = Desk::open().await;
    let members = desk.client().enumeration("eCheckinSource").await.unwrap();
    let known = ["None", "Manual", "DoorAccess", "NetworkActivity", "Tile", "Sensor"];
    assert_eq!(members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(), known);
    for member in members {
        assert_eq!(CheckinSource::read(&json!(member.name)).unwrap().number(), Some(member.number));
    }
}

#[tokio::test]
async fn passes_and_pictures() {
    let desk = Desk::open().await;
    let state = desk.state();
    let holder = state.records(Entity::CoworkerTimePass)[0]["CoworkerId"].as_i64().unwrap();
    let holder = CoworkerId(holder);
    let query = Query::new().is(coworker_time_pass::COWORKER, holder).is(coworker_time_pass::USED, false);
    let passes = desk.client().list::<CoworkerTimePass>(&query).await.unwrap().records;
    assert!(!passes.is_empty() && passes.iter().all(|pass| pass.coworker == Some(holder) && pass.used == Some(false)));
    let pictured: Vec<_> =
        state.records(Entity::Coworker).into_iter().filter(|member| member["AvatarFileName"].is_string()).collect();
    let id = |member: &serde_json::Value| CoworkerId(member["Id"].as_i64().unwrap());
    let image = desk.client().avatar(id(&pictured[0])).await.unwrap().unwrap();
    assert_eq!(image.media_type, "image/png");
    assert!(image.bytes.starts_with(b"\x89PNG"));
    let plain = state.records(Entity::Coworker).into_iter().find(|member| member["AvatarFileName"].is_null()).unwrap();
    assert_eq!(desk.client().avatar(id(&plain)).await.unwrap(), None);
}

/// In every writing of numbers and dates that the reference names.
#[tokio::test]
async fn filters_ranges_and_order_do_what_they_say() {
    for (digits, as_strings) in [(0, false), (7, true)] {
        let desk = Desk::open().await;
        desk.state().change_switches(|switches| {
            switches.fractional_digits = digits;
            switches.send_numbers_as_strings = as_strings;
        });
        let noon = Utc::now() - TimeDelta::days(2);
        let ids: Vec<CheckinId> = (0..5)
            .map(|hour| CheckinId(desk.state().open_checkin(ANA.0, HERE.0, noon + TimeDelta::hours(hour))))
            .collect();
        desk.state().open_checkin(BEN.0, HERE.0, noon);
        let asked = Query::<Checkin>::new()
            .is(checkin::COWORKER, ANA)
            .is(checkin::BUSINESS, HERE)
            .at_least(checkin::FROM_TIME, noon + TimeDelta::hours(1))
            .at_most(checkin::FROM_TIME, noon + TimeDelta::hours(3));
        let ascending = asked.clone().order_by(checkin::FROM_TIME, Direction::Ascending);
        let descending = asked.order_by(checkin::FROM_TIME, Direction::Descending);
        let found = async |query: &Query<Checkin>| -> Vec<CheckinId> {
            desk.client().list(query).await.unwrap().records.iter().map(|checkin| checkin.id).collect()
        };
        assert_eq!(found(&ascending).await, ids[1..4], "{digits} {as_strings}");
        assert_eq!(found(&descending).await, ids[1..4].iter().rev().copied().collect::<Vec<_>>());
        assert_eq!(found(&ascending.clone().page(2).size(2)).await, ids[3..4]);
        let by_name = Query::<Coworker>::new().is(coworker::FULL_NAME, "ana prieto").is(coworker::ACTIVE, true);
        let members = desk.client().list(&by_name).await.unwrap().records;
        assert_eq!(members.iter().map(|found| found.member.id).collect::<Vec<_>>(), [ANA]);
    }
}

#[tokio::test]
async fn a_range_to_the_second_is_never_cut_short() {
    let desk = Desk::open().await;
    let at = chrono::DateTime::from_timestamp(1_736_937_030, 0).unwrap();
    let row = json!({"BusinessId": HERE.0, "CheckinAttemptTime": "2025-01-15T10:30:30Z", "Description": "x"});
    let id = FailedCheckinId(desk.state().put_record(Entity::FailedCheckin, &row).unwrap());
    let query = Query::<FailedCheckin>::new()
        .at_least(failed_checkin::ATTEMPTED_AT, at)
        .at_most(failed_checkin::ATTEMPTED_AT, at);
    assert_eq!(desk.client().list(&query).await.unwrap().records.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_in_every_body() {
    let desk = Desk::open().await;
    for body in [NotFoundBody::Text, NotFoundBody::Empty] {
        desk.state().change_switches(|switches| switches.not_found_body = body);
        assert_eq!(desk.client().get::<Checkin>(CheckinId(1)).await, Err(Trouble::NotFound));
    }
}

/// An unreadable record may be the open one.
#[tokio::test]
async fn a_list_with_something_unreadable_decides_nothing() {
    let desk = Desk::open().await;
    let now = Utc::now();
    desk.state().open_checkin(ANA.0, seed::MILL_YARD, now);
    assert_eq!(desk.spaces.checkins(ANA, Priority::Urgent).await, Ok(vec![]));
    let row = json!({"CoworkerId": ANA.0, "BusinessId": HERE.0, "FromTime": null, "ToTime": null});
    desk.state().put_record(Entity::Checkin, &row).unwrap();
    let answer = desk.spaces.checkins(ANA, Priority::Urgent).await;
    assert!(matches!(&answer, Err(Trouble::Gateway(why)) if why.contains("cannot be read")), "{answer:?}");
}

/// However few the service sends at a time, and from whichever end: an open check-in that is not among the newest few
/// is found, since a second one would be opened beside it.
#[tokio::test]
async fn an_open_checkin_is_found_behind_many_closed_ones() {
    for dir_reading in [DirReading::Enum, DirReading::Sign] {
        let desk = Desk::open().await;
        desk.state().change_switches(|switches| {
            switches.size_cap = Some(25);
            switches.dir_reading = dir_reading;
        });
        let now = Utc::now();
        let forgotten = desk.state().open_checkin(ANA.0, HERE.0, now - TimeDelta::days(90));
        for day in 1..80 {
            let from = now - TimeDelta::days(day);
            let row = json!({"CoworkerId": ANA.0, "BusinessId": HERE.0, "FromTime": from.to_rfc3339(), "ToTime": from.to_rfc3339()});
            desk.state().put_record(Entity::Checkin, &row).unwrap();
        }
        let found = desk.spaces.checkins(ANA, Priority::Urgent).await.unwrap();
        let open: Vec<_> = found.iter().filter(|record| record.to.is_none()).map(|record| record.id.0).collect();
        assert_eq!(open, [forgotten]);
        assert_eq!(desk.calls("GET", "/checkins"), 4);
    }
}

/// A service that does not know a filter ignores it and returns everybody's, or those of every location.
#[tokio::test]
async fn only_the_members_own_checkins_here_count_whatever_the_service_filters() {
    for unknown in [vec!["Checkin_Business"], vec!["Checkin_Coworker"], vec!["Checkin_Business", "Checkin_Coworker"]] {
        let desk = Desk::open().await;
        desk.state().change_switches(|switches| {
            switches.size_cap = Some(25);
            switches.unknown_filters = unknown.iter().map(|name| (*name).to_owned()).collect();
        });
        let now = Utc::now();
        let own = desk.state().open_checkin(ANA.0, HERE.0, now - TimeDelta::days(1));
        desk.state().open_checkin(ANA.0, seed::MILL_YARD, now - TimeDelta::hours(1));
        for minute in 0..60 {
            desk.state().open_checkin(BEN.0, HERE.0, now - TimeDelta::minutes(minute));
        }
        let found = desk.spaces.checkins(ANA, Priority::Urgent).await.unwrap();
        let ids = |found: &[CheckinRecord]| found.iter().map(|record| record.id.0).collect::<Vec<_>>();
        assert_eq!(ids(&found), [own], "{unknown:?}");
        // Behind more of the others' than can be read nobody knows.
        if unknown.contains(&"Checkin_Coworker") {
            for minute in 60..300 {
                desk.state().open_checkin(BEN.0, HERE.0, now - TimeDelta::minutes(minute));
            }
            let found = desk.spaces.checkins(ANA, Priority::Urgent).await;
            assert!(matches!(&found, Err(Trouble::Gateway(why)) if why.contains("everybody")), "{found:?}");
        }
    }
}

/// Guard: `Http::clock_agrees`. A machine without a battery for its clock starts decades ago: that is no agreement.
#[tokio::test]
async fn clocks_agree_differ_or_are_none() {
    let desk = Desk::open().await;
    let agrees = async |seconds: i64| {
        desk.simulator.state().change_switches(|switches| switches.clock_skew_seconds = seconds);
        desk.client().account().await.unwrap();
        desk.spaces.http().clock_agrees()
    };
    assert_eq!(desk.spaces.http().clock_agrees(), None, "nobody told");
    assert_eq!(agrees(20 * 365 * 86_400).await, None, "no clock is so far off");
    assert_eq!(agrees(120).await, Some(false));
    assert_eq!(agrees(0).await, Some(true));
}
