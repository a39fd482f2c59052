//! All figures, as Prometheus reads them, against the page that describes them; and which plan holds when.

use chrono::{TimeDelta, Utc};
use prometheus::{Encoder as _, TextEncoder};
use tapdesk_core::event::Event;

use super::*;
use crate::device::DeviceId;
use crate::keys::MemoryKeyStore;
use crate::screen::{ConfigurationState, Location, News};
use crate::service;
use crate::spaces::desk::Spaces;
use crate::staff_desk::view::health::LatencyPart;

const METRICS: &str = include_str!("METRICS.md");

fn settings(telemetry: &serde_json::Value) -> Settings {
    let spaces = serde_json::json!({ "base_url": "https://spaces.nexudus.com/api", "business_id": 9 });
    serde_json::from_value(serde_json::json!({ "spaces": spaces, "telemetry": telemetry })).unwrap()
}

fn plan(telemetry: &serde_json::Value) -> Plan {
    Plan::of(&settings(telemetry), "a device".to_owned())
}

fn spaces() -> Arc<Spaces> {
    let settings = settings(&serde_json::json!({}));
    Arc::new(service::connect(&settings, DeviceId::random(), Arc::new(MemoryKeyStore::default())).unwrap())
}

fn running(recorder: &Recorder) -> Option<Arc<dyn Observer>> {
    recorder.observer()
}

/// What a scrape would read.
fn scrape(observer: &Arc<dyn Observer>) -> String {
    let telemetry = (&**observer as &dyn std::any::Any).downcast_ref::<Telemetry>().unwrap();
    let mut text = Vec::new();
    TextEncoder::new().encode(&telemetry.registry.gather(), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn each_figure_is_described_and_nothing_else_is_told() {
    let (recorder, spaces) = (Recorder::new(), spaces());
    let configuration = Some((Some(7), "0123-4567".to_owned()));
    let desk = DeskFacts { spaces: Arc::downgrade(&spaces), configuration };
    begin(&recorder, plan(&serde_json::json!({ "prometheus": "127.0.0.1:9464", "name": "front desk" })), desk);
    let observer = running(&recorder).unwrap();
    recorder.event(&Event::ReaderUp { reader: ReaderPlace(0), name: "PN532".to_owned() });
    recorder.event(&Event::ReaderDown { reader: ReaderPlace(1), why: "gone".to_owned() });
    recorder.event(&Event::OutOfOrder(Some(String::new())));
    recorder.news(&News::SignInEnds(Some(Utc::now() + TimeDelta::days(2))));
    let not_taken = ConfigurationState::NotTaken { why: "a bad key".to_owned(), version: Some(8) };
    recorder.news(&News::Configuration(not_taken));
    recorder.location(&Location { name: "Quay House".to_owned(), time_zone: None, opening_hours: None });
    observer.part(Part::Shown(LatencyPart::Whole), Duration::from_millis(320));
    observer.part(Part::Journal, Duration::from_millis(3));
    observer.verdict("refused", false);
    observer.verdict("checked_in", true);
    observer.call(Priority::Urgent, "done", Some(Duration::from_millis(90)));
    observer.call(Priority::Background, "not_sent", None);
    observer.reader_restarted(ReaderPlace(1));

    let text = scrape(&observer);
    let rows = METRICS.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let described: Vec<&str> = rows.collect();
    let told: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    for name in &told {
        assert!(described.contains(name), "{name} is not described");
    }
    for name in &described {
        assert!(told.contains(name), "{name} is described, and not told:\n{text}");
    }
    for figure in
        [&figures::TAP, &figures::VERDICT, &figures::REVISED, &figures::RESTARTS, &figures::CALLS, &figures::CALL]
            .into_iter()
            .chain(figures::GAUGES.iter().map(|gauge| &gauge.figure))
    {
        assert!(METRICS.contains(&format!("| `{}` |", figure.name)), "{} is not described", figure.name);
        assert!(text.contains(figure.says), "{} has no help", figure.name);
    }
    let expected = [
        "tapdesk_tap_duration_seconds_bucket{part=\"whole\",le=\"0.5\"} 1",
        "tapdesk_tap_duration_seconds_bucket{part=\"whole\",le=\"0.3\"} 0",
        "tapdesk_verdicts_total{kind=\"refused\"} 1",
        "tapdesk_verdicts_total{kind=\"checked_in\"} 0",
        "tapdesk_verdicts_revised_total{kind=\"checked_in\"} 1",
        "tapdesk_link_state{state=\"connecting\"} 1",
        "tapdesk_reader_up{place=\"0\"} 1",
        "tapdesk_reader_up{place=\"1\"} 0",
        "tapdesk_reader_restarts_total{place=\"1\"} 1",
        "tapdesk_calls_total{outcome=\"done\",priority=\"urgent\"} 1",
        "tapdesk_calls_total{outcome=\"not_sent\",priority=\"background\"} 1",
        "tapdesk_out_of_order 1",
        "tapdesk_configuration_info{fingerprint=\"0123-4567\",version=\"8\"} 1",
        "tapdesk_configuration_taken 0",
        "tapdesk_location_info{name=\"Quay House\"} 1",
    ];
    for line in expected {
        assert!(text.lines().any(|other| other == line), "{line}:\n{text}");
    }
    end(&recorder).await;
}

/// Guard: `begin` keeps what runs where the plan is the same, so that counters go on.
#[tokio::test]
async fn figures_go_on_while_the_plan_is_the_same() {
    let (recorder, spaces) = (Recorder::new(), spaces());
    let desk = || DeskFacts { spaces: Arc::downgrade(&spaces), configuration: None };
    let address = serde_json::json!({ "prometheus": "127.0.0.1:9464" });
    begin(&recorder, plan(&serde_json::json!({})), desk());
    assert!(running(&recorder).is_none(), "off unless it is set");

    begin(&recorder, plan(&address), desk());
    let first = running(&recorder).unwrap();
    begin(&recorder, plan(&address), desk());
    let second = running(&recorder).unwrap();
    assert!(Arc::ptr_eq(&first, &second));

    begin(&recorder, plan(&serde_json::json!({ "prometheus": "127.0.0.1:9465" })), desk());
    let third = running(&recorder).unwrap();
    assert!(!Arc::ptr_eq(&first, &third));
    begin(&recorder, plan(&serde_json::json!({})), desk());
    assert!(running(&recorder).is_none());
}
