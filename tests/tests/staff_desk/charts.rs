//! The charts' counts, held against counts made another way from the simulator's own records.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Utc};
use serde_json::{Value, json};
use tapdesk_engine::staff_desk::view::DeskProblem;
use tapdesk_engine::staff_desk::view::charts::Charts;
use tapdesk_engine::staff_desk::view::failures::Span;
use tapdesk_tests::spaces::{Entity, MalformedFilter, Switches, seed};

use super::{Bench, minute};

/// 15 to 17 January by Berlin, which is an hour ahead of Greenwich.
fn three_days() -> Span {
    let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
    Span::Days { from: day(15), to: day(17) }
}

/// Failures and check-ins over five days, at all hours, here and elsewhere.
fn plant(bench: &Bench) {
    for number in 0..400 {
        let at = minute(-1_600 + number * 17);
        let coworker = (number % 3 != 0).then_some(1_001);
        let reason = [Value::Null, json!("No pass"), json!("Closed"), json!("No member has tile …E5F6.")]
            [usize::try_from(number % 4).unwrap()]
        .clone();
        let business = if number % 10 == 0 { seed::MILL_YARD } else { seed::QUAY_HOUSE };
        bench.fail(
            &json!({ "CoworkerId": coworker, "BusinessId": business, "CheckinAttemptTime": at, "Description": reason }),
        );
    }
    for number in 0..300 {
        let from = minute(-1_600 + number * 23);
        let source = if number % 5 == 0 { Value::Null } else { json!(number % 5) };
        let business = if number % 7 == 0 { seed::MILL_YARD } else { seed::QUAY_HOUSE };
        let visit =
            json!({ "CoworkerId": 1_002, "BusinessId": business, "Source": source, "FromTime": from, "ToTime": from });
        bench.state().put_record(Entity::Checkin, &visit).unwrap();
    }
}

/// Hour and day by the text of the time alone, an hour added by hand.
fn by_berlin(text: &str) -> (String, usize) {
    let (day, hour) = (&text[..10], text[11..13].parse::<usize>().unwrap() + 1);
    if hour < 24 {
        return (day.to_owned(), hour);
    }
    let next = day[8..].parse::<u32>().unwrap() + 1;
    (format!("{}{next:02}", &day[..8]), 0)
}

fn within<'a>(records: &'a [Value], time: &'static str) -> Vec<(&'a Value, String, usize)> {
    let here = records.iter().filter(|record| record["BusinessId"] == seed::QUAY_HOUSE);
    let timed = here.map(|record| (record, by_berlin(record[time].as_str().unwrap())));
    let inside = timed.filter(|(_, (day, _))| ["2026-01-15", "2026-01-16", "2026-01-17"].contains(&day.as_str()));
    inside.map(|(record, (day, hour))| (record, day, hour)).collect()
}

fn tally<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u32> {
    keys.fold(BTreeMap::new(), |mut counts, key| {
        *counts.entry(key).or_insert(0) += 1;
        counts
    })
}

fn hours(found: &[(&Value, String, usize)]) -> Vec<u32> {
    (0..24).map(|hour| u32::try_from(found.iter().filter(|(_, _, at)| *at == hour).count()).unwrap()).collect()
}

fn compare(bench: &Bench, charts: &Charts) {
    let (failures, checkins) = (bench.state().records(Entity::FailedCheckin), bench.state().records(Entity::Checkin));
    let (failed, arrived) = (within(&failures, "CheckinAttemptTime"), within(&checkins, "FromTime"));
    assert!(failed.len() > 200 && arrived.len() > 100, "{} {}", failed.len(), arrived.len());
    assert_eq!(charts.failures_by_hour, hours(&failed));
    assert_eq!(charts.arrivals_by_hour, hours(&arrived));
    let reasons = tally(failed.iter().map(|(record, ..)| record["Description"].as_str().map(str::to_owned)));
    let told: BTreeMap<_, _> = charts.failures_by_reason.iter().map(|one| (one.reason.clone(), one.count)).collect();
    assert_eq!(told, reasons);
    assert!(charts.failures_by_reason.is_sorted_by(|one, other| one.count >= other.count));
    let sources = tally(arrived.iter().map(|(record, ..)| record["Source"].as_i64()));
    let told: Vec<_> = charts.checkins_by_source.iter().map(|one| (one.source, one.count)).collect();
    assert_eq!(told, sources.into_iter().collect::<Vec<_>>());
    let unknown = failed.iter().filter(|(record, ..)| record["CoworkerId"].is_null());
    let days = tally(unknown.map(|(_, day, _)| day.clone()));
    let told: BTreeMap<_, _> = charts.unknown_tiles_by_day.iter().map(|one| (one.day.to_string(), one.count)).collect();
    assert_eq!((told, charts.unknown_tiles_by_day.len()), (days, 3));
    assert_eq!((charts.failures.counted, charts.failures.of), (failed.len() as u64, failed.len() as u64));
    assert_eq!((charts.checkins.counted, charts.checkins.of), (arrived.len() as u64, arrived.len() as u64));
}

type Turn = fn(&mut Switches);

#[tokio::test]
async fn counts_are_right_whatever_the_service_does() {
    let cases: [Turn; 5] = [
        |_| {},
        |switches| switches.size_cap = Some(37),
        |switches| switches.send_numbers_as_strings = true,
        |switches| switches.fractional_digits = 3,
        |switches| {
            let published = tapdesk_engine::spaces::records::failed_checkin::PUBLISHED;
            let of_visits = tapdesk_engine::spaces::records::checkin::PUBLISHED;
            switches.unknown_filters = published.iter().chain(of_visits).map(|name| (*name).to_owned()).collect();
        },
    ];
    for turn in cases {
        let bench = Bench::open().await;
        plant(&bench);
        bench.state().change_switches(turn);
        let charts = bench.desk.charts(three_days()).await.unwrap();
        bench.state().change_switches(|switches| *switches = Switches::default());
        compare(&bench, &charts);
    }
}

#[tokio::test]
async fn who_is_in_now_whatever_the_span_and_whatever_null_means() {
    for (null_filter, malformed) in
        [(true, MalformedFilter::Ignored), (false, MalformedFilter::Ignored), (false, MalformedFilter::Rejected)]
    {
        let bench = Bench::open().await;
        plant(&bench);
        let since = |minutes| Utc::now() - chrono::TimeDelta::minutes(minutes);
        let later = bench.state().open_checkin(1_001, seed::QUAY_HOUSE, since(5));
        let first = bench.state().open_checkin(1_002, seed::QUAY_HOUSE, since(600));
        bench.state().open_checkin(1_003, seed::MILL_YARD, since(5));
        bench.state().open_checkin(1_004, seed::QUAY_HOUSE, since(60 * 24 * 31));
        bench.state().change_switches(|switches| {
            switches.null_filter = null_filter;
            switches.malformed_filter = malformed;
        });
        let charts = bench.desk.charts(three_days()).await.unwrap();
        let present: Vec<_> = charts.present.iter().map(|present| (present.checkin, present.name.as_deref())).collect();
        assert_eq!(
            present,
            [(first, Some("José Ángel Núñez")), (later, Some("Ana Prieto"))],
            "{null_filter} {malformed:?}"
        );
        assert_eq!(charts.present[0].source, Some(2));
    }
}

#[tokio::test]
async fn of_too_many_the_newest_are_counted_and_it_is_said() {
    let bench = Bench::open().await;
    let (old, new) = (600, 20_000);
    for number in 0..old + new {
        let hour = if number < old { "03" } else { "11" };
        let record = json!({ "CheckinAttemptTime": format!("2026-01-15T{hour}:{:02}:00Z", number % 60) });
        bench.fail(&record);
    }
    for dir_names in [true, false] {
        bench.state().change_switches(|switches| switches.dir_names = dir_names);
        let charts = bench.desk.charts(three_days()).await.unwrap();
        assert_eq!((charts.failures.counted, charts.failures.of), (20_000, 20_600));
        assert_eq!((charts.failures_by_hour[12], charts.failures_by_hour[4]), (20_000, 0));
    }
}

#[tokio::test]
async fn an_open_span_reaches_as_far_as_there_is_something_and_nonsense_is_said() {
    let bench = Bench::open().await;
    bench.fail(&json!({ "CheckinAttemptTime": minute(0) }));
    bench.fail(&json!({ "CheckinAttemptTime": minute(60 * 48) }));
    let until = NaiveDate::from_ymd_opt(2026, 1, 18).unwrap().and_hms_opt(0, 0, 0);
    let charts = bench.desk.charts(Span::Between { from: None, to: until }).await.unwrap();
    assert_eq!((charts.from.to_string(), charts.to.to_string()), ("2026-01-15".to_owned(), "2026-01-18".to_owned()));
    assert_eq!(charts.unknown_tiles_by_day.iter().map(|day| day.count).collect::<Vec<_>>(), [1, 0, 1, 0]);
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    for (from, to) in [(2026, 2025), (1990, 2026)] {
        let refused = bench.desk.charts(Span::Days { from: day(from), to: day(to) }).await;
        assert!(matches!(refused, Err(DeskProblem::Invalid { .. })), "{refused:?}");
    }
    for role in ["FailedCheckin-List", "Checkin-List"] {
        let bench = Bench::lacking(&[role], 401).await;
        assert_eq!(bench.desk.charts(Span::Today).await, Err(DeskProblem::NotPermitted { role: role.to_owned() }));
    }
}
