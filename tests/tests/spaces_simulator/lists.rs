//! Lists: envelope, paging, order, filters, ranges.

use serde_json::{Value, json};
use tapdesk_tests::spaces::{DirReading, Entity, FobFilter, seed};

use crate::{Desk, assert_same_shape, page};

/// Check-ins 1 to `count` of Ana, one an hour from midnight on, every second one closed.
fn plant_checkins(desk: &Desk, count: i64) {
    for id in 1..=count {
        let from = chrono::DateTime::from_timestamp(1_740_787_200 + 3_600 * (id - 1), 0).expect("a moment");
        let to = (id % 2 == 0).then(|| from + chrono::TimeDelta::minutes(30));
        let record = json!({ "Id": id, "CoworkerId": if id == 3 { 1_006 } else { 1_001 }, "BusinessId": if id == 5 { 12 } else { 9 },
            "FromTime": from.to_rfc3339(), "ToTime": to.map(|to| to.to_rfc3339()), "Source": if id == 2 { 4 } else { 1 },
            "AutoCheckout": id == 4, "MacAddresses": format!("AA:{id:02}") });
        desk.state.put_record(Entity::Checkin, &record).expect("a record");
    }
}

#[tokio::test]
async fn the_envelope_and_the_records_are_those_of_the_page() {
    let desk = Desk::open().await;
    let plain = json!({ "BusinessId": 9, "CheckinAttemptTime": "2025-01-15T10:30:00Z" });
    desk.state.put_record(Entity::FailedCheckin, &plain).expect("a record");
    desk.check_in(1_014).await;
    let (status, list) = desk.get("/spaces/failedcheckins?page=1&size=15&orderBy=CreatedOn&dir=1").await;
    assert_eq!(status, 200);
    let example = page("failedcheckins_list.json");
    assert_same_shape(&example, &list, "list");
    assert_eq!(list["Records"].as_array().map(Vec::len), Some(2));
    for name in [
        "CurrentPageSize",
        "CurrentPage",
        "CurrentOrderField",
        "CurrentSortDirection",
        "FirstItem",
        "PageSize",
        "TotalPages",
    ] {
        assert_eq!(list[name], example[name], "{name}");
    }
    assert_eq!(list["TotalItems"], 2);
    let id = list["Records"][0]["Id"].as_i64().expect("an id");
    let (_, one) = desk.get(&format!("/spaces/failedcheckins/{id}")).await;
    assert_same_shape(&example["Records"][0], &one, "record");
}

#[tokio::test]
async fn pages_are_numbered_and_counted() {
    let desk = Desk::open().await;
    plant_checkins(&desk, 30);
    let summary = async |query: &str| {
        let (_, list) = desk.get(&format!("/spaces/checkins?Checkin_MacAddresses=AA:{query}")).await;
        let count = list["Records"].as_array().expect("records").len();
        let names = ["PageSize", "PageNumber", "FirstItem", "LastItem", "TotalItems", "TotalPages"];
        let numbers = names.map(|name| list[name].as_u64().expect("a number"));
        (count, numbers, list["HasNextPage"].as_bool(), list["HasPreviousPage"].as_bool())
    };
    assert_eq!(summary("").await, (25, [25, 1, 1, 25, 30, 2], Some(true), Some(false)));
    assert_eq!(summary("&page=2").await, (5, [25, 2, 26, 30, 30, 2], Some(false), Some(true)));
    assert_eq!(summary("&page=9").await, (0, [25, 9, 0, 0, 30, 2], Some(false), Some(true)));
    assert_eq!(summary("none").await, (0, [25, 1, 0, 0, 0, 0], Some(false), Some(false)));
    assert_eq!(summary("&size=1000").await.0, 30);
    desk.state.change_switches(|switches| switches.size_cap = Some(10));
    assert_eq!(summary("&size=1000").await, (10, [10, 1, 1, 10, 30, 3], Some(true), Some(false)));

    let mut walked = Vec::new();
    for number in 1..=5 {
        walked.extend(
            desk.ids(&format!(
                "/spaces/checkins?Checkin_MacAddresses=AA:&orderBy=Id&dir=Ascending&size=7&page={number}"
            ))
            .await,
        );
    }
    assert_eq!(walked, (1..=30).collect::<Vec<_>>());
}

#[tokio::test]
async fn default_orders_are_those_of_section_3_2() {
    let desk = Desk::open().await;
    plant_checkins(&desk, 4);
    assert_eq!(desk.ids("/spaces/checkins?Checkin_MacAddresses=AA").await, [4, 3, 2, 1]);
    let (_, list) = desk.get("/spaces/coworkers?size=3").await;
    assert_eq!((&list["CurrentOrderField"], &list["CurrentSortDirection"]), (&json!("FullName"), &json!(0)));
    assert_eq!(list["Records"][0]["FullName"], "Ana Prieto");
    for (created, id) in [("2025-01-01T00:00", 1), ("2025-03-01T00:00", 2), ("2025-02-01T00:00", 3)] {
        let row = json!({ "Id": id, "BusinessId": 9, "CheckinAttemptTime": created, "CreatedOn": created });
        desk.state.put_record(Entity::FailedCheckin, &row).expect("a record");
    }
    assert_eq!(desk.ids("/spaces/failedcheckins").await, [2, 3, 1]);
    assert_eq!(desk.ids("/sys/simpletimezones").await, [31, 32, 33]);
}

#[tokio::test]
async fn directions_have_names_and_two_readings_of_numbers() {
    let desk = Desk::open().await;
    plant_checkins(&desk, 3);
    let order = async |dir: &str| {
        desk.ids(&format!("/spaces/checkins?Checkin_MacAddresses=AA&orderBy=FromTime&dir={dir}")).await
    };
    let (up, down) = (vec![1, 2, 3], vec![3, 2, 1]);
    for reading in [DirReading::Enum, DirReading::Sign] {
        desk.state.change_switches(|switches| switches.dir_reading = reading);
        assert_eq!(order("Ascending").await, up);
        assert_eq!(order("descending").await, down);
        let (ascending, descending) = if reading == DirReading::Enum { ("0", "1") } else { ("1", "-1") };
        assert_eq!(order(ascending).await, up, "{reading:?}");
        assert_eq!(order(descending).await, down, "{reading:?}");
    }
    let (_, list) = desk.get("/spaces/checkins?orderBy=FromTime&dir=-1").await;
    assert_eq!(list["CurrentSortDirection"], -1);
    assert_eq!(
        desk.ids("/spaces/checkins?Checkin_MacAddresses=AA&ORDERBY=Coworker.FullName&DIR=Descending&size=1").await,
        [3]
    );
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let desk = Desk::open().await;
    plant_checkins(&desk, 6);
    let everything = vec![1, 2, 3, 4, 5, 6];
    for (query, wanted) in [
        ("Checkin_Coworker=1006", vec![3]),
        ("Checkin_CoworkerId=1006", vec![3]),
        ("Checkin_Coworker=1001&Checkin_Business=12", vec![5]),
        ("Checkin_Coworker=1", vec![]),
        ("Checkin_Coworker_FullName=ANA%20pri", vec![1, 2, 4, 5, 6]),
        ("Checkin_Coworker_FullName=m%C3%BCll", vec![3]),
        ("Checkin_Business_Name=mill+yard", vec![5]),
        ("Checkin_Source=4", vec![2]),
        ("Checkin_Source=tile", vec![2]),
        ("Checkin_AutoCheckout=true", vec![4]),
        ("Checkin_ToTime=null", vec![1, 3, 5]),
        ("checkin_macaddresses=aa:0", everything.clone()),
        ("Checkin_FromTime=2025-03-01T02:00:00Z", vec![3]),
        ("Checkin_FromTime=2025-03-01T02:00", vec![3]),
        ("Checkin_Id=[2,4,99]", vec![2, 4]),
        ("Id=4", vec![4]),
        ("Checkin_Nonsense=1", everything.clone()),
        ("Checkin_FromTime=example-value", everything.clone()),
        ("Checkin_Coworker=abc", everything.clone()),
        ("from_Checkin_FromTime=2025-03-01T01:00&to_Checkin_FromTime=2025-03-01T03:00", vec![2, 3, 4]),
        ("from_Checkin_FromTime=2025-03-01T01:00:01&to_Checkin_FromTime=2025-03-01T03:00:00Z", vec![3, 4]),
        ("from_Checkin_ToTime=2025-03-01T01:30Z", vec![2, 4, 6]),
        ("to_Checkin_FromTimeLocal=2025-03-01T01:00", vec![1, 2]),
        ("to_Checkin_FromTime=nonsense", everything.clone()),
        ("from_Checkin_CreatedOn=2999-01-01T00:00", vec![]),
    ] {
        let ids = desk.ids(&format!("/spaces/checkins?to_Checkin_Id=100&orderBy=Id&dir=Ascending&{query}")).await;
        assert_eq!(ids, wanted, "{query}");
    }
    let guid =
        desk.state.record(Entity::Checkin, 2).expect("a record")["UniqueId"].as_str().expect("a guid").to_owned();
    assert_eq!(desk.ids(&format!("/spaces/checkins?UniqueId={guid}")).await, [2]);
}

#[tokio::test]
async fn a_list_of_ids_is_answered_with_a_plain_array() {
    let desk = Desk::open().await;
    plant_checkins(&desk, 3);
    let (status, records) = desk.get("/spaces/checkins?id=[3,1,99]").await;
    assert_eq!(status, 200);
    let ids: Vec<&Value> = records.as_array().expect("an array").iter().map(|record| &record["Id"]).collect();
    assert_eq!(ids, [&json!(3), &json!(1)]);
    let (_, coworkers) = desk.get("/spaces/coworkers?id=[1001]").await;
    assert_eq!(coworkers, json!([desk.get("/spaces/coworkers/1001").await.1]), "each as a GET of one shows it");
}

#[tokio::test]
async fn lists_leave_collections_out() {
    let desk = Desk::open().await;
    let (_, list) = desk.get("/spaces/coworkers?Coworker_Id=1001").await;
    let (_, one) = desk.get("/spaces/coworkers/1001").await;
    for name in ["Teams", "Businesses", "CoworkerContractIds"] {
        assert!(list["Records"][0].get(name).is_none(), "{name}");
        assert!(one[name].is_array(), "{name}");
    }
    assert_eq!(one["Businesses"], json!([9]));
    assert!(desk.get("/billing/timepasses").await.1["Records"][0].get("Tariffs").is_none());
}

#[tokio::test]
async fn tile_filters_contain_equal_or_fail() {
    let desk = Desk::open().await;
    let found = async |query: &str| desk.ids(&format!("/spaces/coworkers?{query}")).await;
    assert_eq!(found("Coworker_AccessCardId=04a1").await, [1_001]);
    assert_eq!(found("Coworker_KeyFobNumber=130698").await, [1_004]);
    desk.state.change_switches(|switches| switches.fob_filter = FobFilter::Exact);
    assert!(found("Coworker_AccessCardId=04a1").await.is_empty());
    assert_eq!(found("Coworker_AccessCardId=04a1b2c3d4e5f6").await, [1_001]);
    assert_eq!(found("Coworker_FullName=prieto").await, [1_001], "other texts still contain");
    desk.state.change_switches(|switches| switches.fob_filter = FobFilter::Broken);
    assert!(found("Coworker_AccessCardId=04A1B2C3D4E5F6").await.is_empty());
}

#[tokio::test]
async fn the_other_lists_are_there() {
    let desk = Desk::open().await;
    assert_eq!(desk.ids("/sys/businesses").await, [9, 12]);
    let (_, business) = desk.get("/sys/businesses/9").await;
    assert_eq!((&business["Name"], &business["SimpleTimeZoneId"]), (&json!("Quay House"), &json!(31)));
    assert_eq!(desk.get("/sys/simpletimezones/31").await.1["Name"], "GMT Standard Time");
    assert_eq!(desk.ids("/billing/tariffs").await.len(), 4);
    assert_eq!(desk.ids("/billing/timepasses").await.len(), 4);
    let (_, passes) =
        desk.get("/billing/coworkertimepasses?CoworkerTimePass_Coworker=1001&CoworkerTimePass_Used=false").await;
    assert_eq!((&passes["TotalItems"], &passes["Records"][0]["RemainingUses"]), (&json!(1), &json!(5)));
    assert_eq!(passes["Records"][0]["TimePassName"], "Day pass");
    assert_eq!(desk.get("/utils/enums?name=eCheckinSource").await.1[4], json!({ "Id": 4, "Name": "Tile" }));
    assert_eq!(desk.get("/utils/enums?name=eUnheardOf").await.0, 404);
    assert_eq!(desk.get("/spaces/coworkers/999999").await, (404, json!("Not found")));
}

#[tokio::test]
async fn time_zones_have_windows_names() {
    let desk = Desk::open().await;
    let found = desk.ids("/sys/simpletimezones?SimpleTimeZone_Name=standard%20time").await;
    assert_eq!(found, [31, 32, 33], "by offset");
    let (_, zone) = desk.get("/sys/simpletimezones/33").await;
    assert_eq!(
        (&zone["Name"], &zone["TimeOffset"], &zone["UsesSummerTime"]),
        (&json!("Romance Standard Time"), &json!(60), &json!(true))
    );
}

#[tokio::test]
async fn passes_held_are_found_by_each_filter() {
    let desk = Desk::open().await;
    let pass = |id: i64, coworker: i64, kind: i64, left: i64, day: &str| {
        json!({ "Id": id, "CoworkerId": coworker, "BusinessId": if id == 1 { 9 } else { 12 }, "TimePassId": kind,
            "RemainingUses": left, "Used": left == 0, "CheckedIn": id == 1, "UsedDate": day, "ExpireDate": day })
    };
    desk.state.put_record(Entity::CoworkerTimePass, &pass(1, 1_002, seed::PASS_DAY, 0, "2025-01-01")).expect("a pass");
    desk.state
        .put_record(Entity::CoworkerTimePass, &pass(2, 1_003, seed::PASS_MILL_YARD, 2, "2025-02-01"))
        .expect("a pass");
    for (query, wanted) in [
        ("CoworkerTimePass_Coworker=1002", 1),
        ("CoworkerTimePass_Business=12", 2),
        ("CoworkerTimePass_TimePass=301", 1),
        ("CoworkerTimePass_TimePass_Name=mill%20yard", 2),
        ("CoworkerTimePass_Used=true", 1),
        ("CoworkerTimePass_CheckedIn=true", 1),
        ("CoworkerTimePass_UsedDate=2025-02-01", 2),
        ("CoworkerTimePass_RemainingUses=2", 2),
        ("from_CoworkerTimePass_RemainingUses=1", 2),
        ("to_CoworkerTimePass_ExpireDate=2025-01-15T00:00", 1),
        ("from_CoworkerTimePass_ExpireDate=2025-01-15T00:00", 2),
    ] {
        let found = desk.ids(&format!("/billing/coworkertimepasses?to_CoworkerTimePass_Id=2&{query}")).await;
        assert_eq!(found, [wanted], "{query}");
    }
    let free = "/billing/coworkertimepasses?to_CoworkerTimePass_Id=2&orderBy=Id&CoworkerTimePass_CancelDate=null";
    assert_eq!(desk.ids(free).await, [1, 2]);
}

#[tokio::test]
async fn paths_ignore_case_and_a_trailing_slash() {
    let desk = Desk::open().await;
    for path in ["/Spaces/CheckIns", "/spaces/checkins/", "/SPACES/CHECKINS?SIZE=5"] {
        assert_eq!(desk.get(path).await.0, 200, "{path}");
    }
    assert!(desk.state.unexpected_requests().is_empty());
}

#[tokio::test]
async fn deltas_are_found_by_updated_on() {
    let desk = Desk::open().await;
    let (_, before) = desk.get("/spaces/coworkers/1002").await;
    let mut changed = before.clone();
    changed["AlertNote"] = json!("parcel");
    assert_eq!(desk.put("/spaces/coworkers", &changed).await.0, 200);
    let (_, after) = desk.get("/spaces/coworkers/1002").await;
    let since = after["UpdatedOn"].as_str().expect("a moment");
    assert_eq!(desk.ids(&format!("/spaces/coworkers?from_Coworker_UpdatedOn={since}")).await, [1_002]);
    assert_eq!(after["UpdatedBy"], seed::USERNAME);
}
