//! The contract: what the published pages show, the client reads and spells.

use std::collections::BTreeSet;

use reqwest::header::HeaderMap;
use serde_json::Value;
use tapdesk_engine::spaces::outcome::{Decode, Outcome, judge};
use tapdesk_engine::spaces::records::checkin::{self, Checkin};
use tapdesk_engine::spaces::records::failed_checkin::{self, FailedCheckin};
use tapdesk_engine::spaces::records::source::CheckinSource;
use tapdesk_engine::spaces::replies::{One, Page, Written};
use tapdesk_engine::spaces::whole::WholeRecord;

const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pages/");

fn page(name: &str) -> String {
    std::fs::read_to_string(format!("{PAGES}{name}")).unwrap()
}

fn judged<T: Decode>(status: u16, name: &str) -> Outcome<T> {
    judge(status, &HeaderMap::new(), page(name).as_bytes())
}

/// Each example, by what it must be read as; one that is added without a case fails here.
#[test]
fn every_json_example_is_read() {
    let examples = std::fs::read_dir(PAGES).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut read = 0;
    for name in examples.filter(|name| std::path::Path::new(name).extension().is_some_and(|kind| kind == "json")) {
        read += 1;
        match name.as_str() {
            "checkin_get.json" => {
                let Outcome::Done(One(checkin)) = judged::<One<Checkin>>(200, &name) else { panic!("{name}") };
                assert_eq!((checkin.id.0, checkin.source), (87_654_321, Some(CheckinSource::None)));
                assert_eq!(checkin.from.to_rfc3339(), "2025-01-15T10:30:00+00:00");
                let whole = WholeRecord::read(page(&name).as_bytes()).unwrap();
                let ours: Value = serde_json::to_value(&whole).unwrap();
                assert_eq!(ours, serde_json::from_str::<Value>(&page(&name)).unwrap());
            }
            "failedcheckins_list.json" => {
                let Outcome::Done(list) = judged::<Page<FailedCheckin>>(200, &name) else { panic!("{name}") };
                assert_eq!((list.records.len(), list.unreadable), (1, 0));
                assert_eq!((list.current_page_size, list.current_page, list.page_number), (Some(15), Some(1), Some(1)));
                assert_eq!((list.first_item, list.last_item, list.page_size), (Some(1), Some(1), Some(15)));
                assert_eq!((list.has_next, list.has_previous), (false, Some(false)));
                assert_eq!((list.total_items, list.total_pages), (Some(1), Some(1)));
                assert_eq!(list.current_order_field.as_deref(), Some("CreatedOn"));
                assert_eq!(list.current_sort_direction, Some(1));
                let failed = &list.records[0];
                assert_eq!(failed.common.updated_by.as_deref(), Some("admin@example.com"));
                assert!(failed.attempted_at.is_some() && failed.common.created_on.is_some());
            }
            saved if saved.ends_with("_saved.json") => {
                let Outcome::Done(written) = judged::<Written>(200, &name) else { panic!("{name}") };
                assert_eq!(written.id, Some(87_654_321), "{name}");
                assert!(written.message.is_some_and(|message| message.contains("successfully")), "{name}");
            }
            invalid if invalid.ends_with("_invalid.json") => {
                let Outcome::Invalid(faults) = judged::<Written>(400, &name) else { panic!("{name}") };
                assert!(
                    !faults.is_empty() && faults.iter().all(|fault| !fault.message.is_empty()),
                    "{name}: {faults:?}"
                );
            }
            // The pages' sketch of types, not of values: `"Value": "<any>"`.
            reply if reply.ends_with("_reply.json") => {
                let Outcome::Done(written) = judged::<Written>(200, &name) else { panic!("{name}") };
                assert_eq!((written.id, written.value), (None, Some("<any>".into())), "{name}");
            }
            _ => panic!("no case for {name}"),
        }
    }
    assert!(read >= 8, "only {read} examples");
}

#[test]
fn every_published_filter_and_range_is_spelled_as_published() {
    for (file, ours) in
        [("failedcheckin_filters.txt", failed_checkin::PUBLISHED), ("checkin_filters.txt", checkin::PUBLISHED)]
    {
        let text = page(file);
        let published: BTreeSet<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        // A property with a range is a plain filter under its own name too.
        let plain = ours.iter().filter_map(|name| name.strip_prefix("from_"));
        let ours: BTreeSet<&str> = ours.iter().copied().chain(plain).collect();
        let missing: Vec<_> = published.difference(&ours).collect();
        assert!(missing.is_empty(), "{file}: {missing:?}");
        let beyond: Vec<_> = ours.difference(&published).filter(|name| !is_implied(name)).collect();
        assert!(beyond.is_empty(), "not published in {file}: {beyond:?}");
    }
}

/// The page's own example filters by `FailedCheckin_CreatedOn`, which its list of filters does not have.
fn is_implied(name: &str) -> bool {
    ["_CreatedOn", "_UpdatedOn"].iter().any(|end| name.ends_with(end))
}
