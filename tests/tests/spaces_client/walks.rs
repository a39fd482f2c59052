//! Walks over lists that change under them.

use std::collections::HashSet;

use serde_json::json;
use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::CoworkerId;
use tapdesk_engine::spaces::query::Query;
use tapdesk_engine::spaces::records::coworker::Coworker;
use tapdesk_engine::spaces::walk::Walk;
use tapdesk_tests::kiosk::station::OPEN_BUDGET;
use tapdesk_tests::spaces::{Entity, Fault, FaultKind, Options, Switches};

use crate::Desk;

const SIZE: u32 = 25;

fn walk() -> Walk<Coworker> {
    Walk::new(Query::new().size(SIZE))
}

fn all(desk: &Desk) -> HashSet<CoworkerId> {
    let records = desk.state().records(Entity::Coworker);
    records.iter().map(|record| CoworkerId(record["Id"].as_i64().unwrap())).collect()
}

/// Walks on to the end: what came, each once.
async fn rest(desk: &Desk, walk: &mut Walk<Coworker>) -> Vec<CoworkerId> {
    let mut came = Vec::new();
    while let Some(page) = walk.next_page(desk.client()).await.unwrap() {
        came.extend(page.iter().map(|member| member.member.id));
    }
    came
}

async fn desk(switches: Switches) -> Desk {
    Desk::open_with(Options { members: 160, switches, ..Options::default() }, OPEN_BUDGET).await
}

#[tokio::test]
async fn every_record_comes_once_whatever_the_service_makes_of_the_size() {
    for cap in [None, Some(10)] {
        let desk = desk(Switches { size_cap: cap, ..Switches::default() }).await;
        let mut walk = walk();
        let came = rest(&desk, &mut walk).await;
        assert_eq!(came.len(), all(&desk).len());
        assert_eq!(came.into_iter().collect::<HashSet<_>>(), all(&desk));
        assert_eq!((walk.position(), walk.is_complete()), (None, true));
        let pages = all(&desk).len().div_ceil(cap.unwrap_or(SIZE as usize));
        assert_eq!(desk.calls("GET", "/coworkers"), pages);
    }
}

/// A record that is taken away moves all later ones up, over the boundary of the pages.
#[tokio::test]
async fn what_is_taken_away_or_added_meanwhile_hides_nobody() {
    let desk = desk(Switches::default()).await;
    let mut walk = walk();
    let mut came: Vec<CoworkerId> = Vec::new();
    for _ in 0..2 {
        came.extend(walk.next_page(desk.client()).await.unwrap().unwrap().iter().map(|member| member.member.id));
    }
    for gone in &came[3..6] {
        desk.state().remove_record(Entity::Coworker, gone.0);
    }
    let added = json!({"FullName": "Zoe New", "Active": true, "CreatedOn": "2030-01-01T00:00:00Z"});
    let added = CoworkerId(desk.state().put_record(Entity::Coworker, &added).unwrap());
    came.extend(rest(&desk, &mut walk).await);
    let unique: HashSet<CoworkerId> = came.iter().copied().collect();
    assert_eq!(unique.len(), came.len(), "each once");
    let missed: Vec<_> = all(&desk).difference(&unique).copied().collect();
    assert!(missed.is_empty(), "{missed:?}");
    assert!(unique.contains(&added));
}

#[tokio::test]
async fn a_walk_goes_on_where_trouble_stopped_it() {
    let desk = desk(Switches::default()).await;
    let mut walk = walk();
    walk.next_page(desk.client()).await.unwrap();
    desk.state().inject(Fault::new(FaultKind::TruncatedBody { keep_bytes: 500 }).on("GET", "*coworkers"));
    let trouble = walk.next_page(desk.client()).await.unwrap_err();
    assert!(matches!(trouble, Trouble::Gateway(_)), "{trouble:?}");
    assert_eq!(walk.position(), Some(2));
    let mut elsewhere = Walk::new(Query::new().size(SIZE).page(walk.position().unwrap()));
    let mut came = rest(&desk, &mut walk).await;
    assert_eq!(came.len(), all(&desk).len() - SIZE as usize);
    let mut also = rest(&desk, &mut elsewhere).await;
    came.sort_unstable();
    also.sort_unstable();
    assert_eq!(came, also, "another process goes on at the position");
}

/// Nothing changed: one call. All members: one for each thousand.
#[tokio::test]
async fn the_member_list_costs_as_few_calls_as_it_can() {
    let desk = Desk::open_with(Options { members: 2_500, ..Options::default() }, OPEN_BUDGET).await;
    for (since, calls) in [(None, 3), (Some(chrono::Utc::now()), 1)] {
        let before = desk.calls("GET", "/coworkers");
        let mut walk = desk.spaces.members(since);
        let came = rest(&desk, &mut walk).await;
        assert_eq!(came.len(), if since.is_none() { all(&desk).len() } else { 0 });
        assert_eq!(desk.calls("GET", "/coworkers") - before, calls);
    }
}
