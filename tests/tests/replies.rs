//! The corpus of the fuzz target, replayed: no reply that was ever thought of or found may harm the client.

#[path = "../fuzz/src/reply.rs"]
mod reply;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, panic};

/// What takes longer has grown faster than its input: each is a few kilobytes at most.
const LONGEST: Duration = Duration::from_secs(2);
const LARGEST: usize = 4096;

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/reply");
    let entries = fs::read_dir(folder).expect("the corpus is kept");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the corpus can be read").path()).collect();
    files.sort();
    files
}

#[test]
fn no_kept_reply_harms_the_client() {
    let files = corpus();
    assert!(files.len() >= 60, "{} replies are kept", files.len());
    let mut harmed = Vec::new();
    for file in &files {
        let input = fs::read(file).expect("a kept reply can be read");
        assert!(input.len() <= LARGEST, "{} is larger than {LARGEST} bytes", file.display());
        let began = Instant::now();
        let whole = panic::catch_unwind(|| reply::try_out(&input)).is_ok();
        if !whole || began.elapsed() > LONGEST {
            harmed.push(format!("{} ({:?})", file.display(), began.elapsed()));
        }
    }
    assert!(harmed.is_empty(), "these harm the client:\n{}", harmed.join("\n"));
}

/// A corpus of noise would be replayed without harm too.
#[test]
fn the_corpus_holds_every_published_example() {
    let kept: Vec<Vec<u8>> = corpus().iter().map(|file| fs::read(file).expect("a kept reply can be read")).collect();
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let pages = fs::read_dir(pages).expect("the published examples are kept").map(|page| page.expect("listed").path());
    for page in pages.filter(|page| page.extension().is_some_and(|extension| extension == "json")) {
        let body = fs::read(&page).expect("a published example can be read");
        assert!(kept.iter().any(|reply| reply.ends_with(&body)), "no kept reply has {}", page.display());
    }
}

#[test]
fn the_corpus_has_a_reply_of_every_meaning() {
    let read = |file: PathBuf| panic::catch_unwind(|| reply::try_out(&fs::read(file).unwrap_or_default()));
    let found: BTreeSet<&str> = corpus().into_iter().filter_map(|file| read(file).ok()).flatten().collect();
    let expected = [
        "a gateway's",
        "a list",
        "a picture",
        "a record",
        "a result that says yes or no",
        "an account",
        "an enumeration",
        "an image",
        "invalid",
        "not found",
        "not permitted",
        "refused",
        "sign in again",
        "throttled",
        "undecodable",
        "Business",
        "Checkin",
        "Coworker",
        "CoworkerTimePass",
        "FailedCheckin",
        "SimpleTimeZone",
        "TimePass",
    ];
    assert_eq!(found, BTreeSet::from(expected));
}
