//! The published pages as a contract: each example of theirs is asked of the simulator, and each filter they name is used.

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Entity, State};

use crate::{Desk, assert_same_shape, page, page_text, pages, visit};

/// The record and the location of the examples.
pub(crate) const EXAMPLE: i64 = 87_654_321;

/// Plants the location 0, and one record of the number that the examples use in both entities.
pub(crate) fn plant_example_records(state: &State) {
    let moments = json!({ "CreatedOn": "2025-01-10T08:00:00Z", "UpdatedOn": "2025-01-15T10:30:00Z" });
    let plant = |entity, mut record: Value| {
        let fields = record.as_object_mut().expect("an object");
        fields.extend(moments.as_object().expect("an object").clone());
        state.put_record(entity, &record).expect("a record");
    };
    plant(Entity::Business, json!({ "Id": 0, "Name": "Example" }));
    let attempt =
        json!({ "Id": EXAMPLE, "BusinessId": 0, "CheckinAttemptTime": "2025-01-10T08:00:00Z", "Description": "x" });
    plant(Entity::FailedCheckin, attempt);
    plant(Entity::Checkin, json!({ "Id": EXAMPLE, "BusinessId": 0, "FromTime": "2025-01-15T10:30:00Z" }));
}

/// What the simulator answers where the page shows this example.
async fn answer(desk: &Desk, example: &str) -> (u16, Value) {
    let attempt = json!({ "Id": EXAMPLE, "BusinessId": 0, "CheckinAttemptTime": "2025-01-15T10:30:00Z" });
    let incomplete = json!({ "Id": EXAMPLE, "BusinessId": 0 });
    match example {
        "checkin_create_saved.json" | "checkin_create_reply.json" => desk.post("/spaces/checkins", visit(1_002)).await,
        "checkin_create_invalid.json" => desk.post("/spaces/checkins", incomplete).await,
        "checkin_get.json" => desk.get(&format!("/spaces/checkins/{EXAMPLE}")).await,
        "failedcheckin_create_saved.json" => desk.post("/spaces/failedcheckins", attempt).await,
        "failedcheckin_create_invalid.json" => desk.post("/spaces/failedcheckins", incomplete).await,
        "failedcheckin_update_saved.json" | "failedcheckin_update_reply.json" => {
            desk.put("/spaces/failedcheckins", &attempt).await
        }
        "failedcheckin_update_invalid.json" => desk.put("/spaces/failedcheckins", &incomplete).await,
        "failedcheckins_list.json" => desk.get("/spaces/failedcheckins?page=1&size=15&orderBy=CreatedOn&dir=1").await,
        unheard_of => panic!("{unheard_of} is an example that nothing is asked for"),
    }
}

/// The sketch of types names some of the keys; an absent value stands for any type.
fn assert_fits_sketch(sketch: &Value, value: &Value, place: &str) {
    match (sketch, value) {
        (Value::String(any), _) if any == "<any>" => {}
        (_, Value::Null)
        | (Value::Bool(_), Value::Bool(_))
        | (Value::Number(_), Value::Number(_))
        | (Value::String(_), Value::String(_)) => {}
        (Value::Array(sketches), Value::Array(values)) => {
            for value in values {
                assert_fits_sketch(&sketches[0], value, &format!("{place}[]"));
            }
        }
        (Value::Object(sketches), Value::Object(values)) => {
            for (name, sketch) in sketches {
                let value = values.get(name).unwrap_or_else(|| panic!("{place}.{name} is missing"));
                assert_fits_sketch(sketch, value, &format!("{place}.{name}"));
            }
        }
        _ => panic!("{place}: {value} where the page shows {sketch}"),
    }
}

#[tokio::test]
async fn every_example_of_the_pages_has_the_same_keys_and_types() {
    let examples = pages("json");
    assert_eq!(examples.len(), 10, "{examples:?}");
    for name in examples {
        let desk = Desk::open().await;
        plant_example_records(&desk.state);
        let (status, answer) = answer(&desk, &name).await;
        assert_eq!(status, if name.ends_with("_invalid.json") { 400 } else { 200 }, "{name}: {answer}");
        if name.ends_with("_reply.json") {
            assert_fits_sketch(&page(&name), &answer, &name);
            let (_, invalid) = desk.post("/spaces/checkins", json!({})).await;
            assert_fits_sketch(&page(&name)["Errors"], &invalid["Errors"], &name);
        } else {
            assert_same_shape(&page(&name), &answer, &name);
        }
    }
}

/// Two records of each entity that differ in everything, the first one later and greater.
fn plant_two_of_each(desk: &Desk) {
    for (id, day, other) in [(1, 2, false), (2, 1, true)] {
        let at = |hour: i64| format!("2025-06-0{day}T{hour:02}:00:00Z");
        let text = |name: &str| format!("{name} {}", if other { "blue" } else { "red" });
        let common = json!({ "Id": id, "CoworkerId": if other { 1_002 } else { 1_001 }, "BusinessId": if other { 12 } else { 9 },
            "Source": if other { 1 } else { 4 }, "MacAddresses": text("mac"), "TeamsAtTheTimeOfCheckin": text("team"),
            "TariffAtTheTimeOfCheckin": text("plan"), "CreatedOn": at(1), "UpdatedOn": at(2) });
        let with = |more: Value| {
            let mut record = common.clone();
            record.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            record
        };
        let visit = json!({ "FromTime": at(9), "ToTime": at(17), "LastActivity": at(12), "CountsTowardsPlanLimits": !other,
            "AutoCheckout": !other, "CoworkerTimePassGuid": text("guid"), "ValidateCheckinJobId": text("job") });
        let attempt = json!({ "CheckinAttemptTime": at(9), "Description": text("because") });
        desk.state.put_record(Entity::Checkin, &with(visit)).expect("a record");
        desk.state.put_record(Entity::FailedCheckin, &with(attempt)).expect("a record");
    }
}

/// What a record shows for the name of a filter: `Coworker_FullName` is `CoworkerFullName`, `Coworker` is `CoworkerId`.
fn shown(record: &Value, property: &str) -> String {
    let name = property.replace('_', "");
    let value = record.get(&name).or_else(|| record.get(format!("{name}Id"))).unwrap_or(&Value::Null);
    match value {
        Value::Null => panic!("{property} is not in {record}"),
        Value::String(text) => text.replace(' ', "%20"),
        value => value.to_string(),
    }
}

#[tokio::test]
async fn every_filter_and_range_of_the_pages_filters() {
    let desk = Desk::open().await;
    plant_two_of_each(&desk);
    let mut used = 0;
    for (entity, file) in
        [(Entity::Checkin, "checkin_filters.txt"), (Entity::FailedCheckin, "failedcheckin_filters.txt")]
    {
        let [first, second] = [1, 2].map(|id| desk.state.record(entity, id).expect("a record"));
        let list = format!("/spaces/{}?to_{}_Id=2", entity.plural(), entity.name());
        assert_eq!(desk.ids(&list).await.len(), 2);
        let prefix = format!("{}_", entity.name());
        let names = page_text(file);
        for name in names.lines().filter(|line| !line.starts_with('#')) {
            let (kind, property) = name.split_once(&prefix).expect("the name of the entity");
            let found = async |value: String| desk.ids(&format!("{list}&{name}={value}")).await;
            if kind != "to_" {
                assert_eq!(found(shown(&first, property)).await, [1], "{name}");
            }
            if kind != "from_" {
                assert_eq!(found(shown(&second, property)).await, [2], "{name}");
            }
            used += 1;
        }
    }
    assert_eq!(used, 31 + 19);
}
