//! The parts of a tap, each alone: whose tile it is, in or out, what a reply and a line of the reader say, and the journal's
//! append with its fsync. Times by divan; with `--count FILE`, what a run of each pure part takes in instructions, by callgrind:
//! those stay the same on a noisy machine, so that a change of a few per cent shows.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use divan::Bencher;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tapdesk_core::checkin::{CheckinRecord, TapFacts, decide};
use tapdesk_core::entry::{Entry, EntryState, Source};
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId, EntryId};
use tapdesk_core::member::{Member, MemberIndex};
use tapdesk_core::tile::{TileId, TileReading};
use tapdesk_engine::journal::Journal;
use tapdesk_engine::keys::JournalKey;
use tapdesk_engine::reader::lines::Line;
use tapdesk_engine::spaces::outcome::judge;
use tapdesk_engine::spaces::records::checkin::Checkin;
use tapdesk_engine::spaces::records::coworker::Coworker;
use tapdesk_engine::spaces::replies::Page;

/// Members whom a tile is looked for among.
const MEMBERS: i64 = 10_000;
/// Check-ins that are read for a decision, and members on a page: the most that are asked for at once.
const CHECKINS: i64 = 200;
const PAGE: i64 = 1000;

/// Gets a part ready.
type Prepare = fn() -> Box<dyn Fn()>;

/// The pure parts by name, and how often each is run to be counted: often enough that getting ready, which takes other
/// instructions each time where a table is hashed by chance, moves one run's figure by nothing.
const PURE: [(&str, Prepare, u32); 5] = [
    ("identify", identify_one, 100_000),
    ("decide", decide_one, 100),
    ("decode_checkins", decode_checkins_once, 10),
    ("decode_members", decode_members_once, 10),
    ("reader_line", reader_line_once, 1_000),
];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).filter(|word| *word != "--bench").collect();
    match words.as_slice() {
        ["--count", report] => count(Path::new(report)),
        ["--run", part, times] => run(part, times.parse()?),
        _ => {
            divan::main();
            Ok(())
        }
    }
}

/// Runs a part so often, for callgrind to watch.
fn run(part: &str, times: u32) -> anyhow::Result<()> {
    let (_, prepare, _) = PURE.iter().find(|(name, ..)| *name == part).context("no such part")?;
    let part = prepare();
    for _ in 0..times {
        part();
    }
    Ok(())
}

/// Instructions of one run of each pure part, without those of getting ready.
fn count(file: &Path) -> anyhow::Result<()> {
    let mut report = serde_json::Map::new();
    println!("{:<20}{:>16}", "", "instructions");
    for (part, _, times) in PURE {
        let (once, more) = (collected(part, 1)?, collected(part, 1 + times)?);
        let each = more.saturating_sub(once) / u64::from(times);
        println!("{part:<20}{each:>16}");
        report.insert(part.to_owned(), json!(each));
    }
    std::fs::create_dir_all(file.parent().context("a file lies in a folder")?)?;
    Ok(std::fs::write(file, serde_json::to_string_pretty(&report)?)?)
}

fn collected(part: &str, times: u32) -> anyhow::Result<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(std::env::current_exe()?);
    let output = command.args(["--run", part, &times.to_string()]).output();
    let output = output.context("valgrind does not start; it is in the package valgrind")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find_map(|line| line.split_once("Collected :")).with_context(|| said.clone())?;
    Ok(line.1.trim().parse()?)
}

fn tile(number: i64) -> TileId {
    match TileReading::of_hex(&format!("04{number:012X}")) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => unreachable!("{why:?}"),
    }
}

fn time() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn identify_one() -> Box<dyn Fn()> {
    let mut index = MemberIndex::default();
    for number in 1..=MEMBERS {
        let member = Member {
            id: CoworkerId(number),
            full_name: format!("Member {number}"),
            called: None,
            active: true,
            archived: false,
        };
        index.put(member, [tile(number).as_text()]);
    }
    let wanted = tile(MEMBERS / 2);
    Box::new(move || drop(black_box(index.identify(black_box(&wanted)))))
}

fn decide_one() -> Box<dyn Fn()> {
    let record = |number: i64| {
        let from = time() - TimeDelta::days(number);
        let to = (number > 1).then(|| from + TimeDelta::hours(8));
        CheckinRecord { id: CheckinId(number), from, to, source: Some(4) }
    };
    let records: Vec<CheckinRecord> = (1..=CHECKINS).map(record).collect();
    let tap = TapFacts { coworker: CoworkerId(1), tapped_at: time(), wanted: None, late: None };
    Box::new(move || drop(black_box(decide(black_box(tap), black_box(&records)))))
}

/// A page of the service's, with this for each record.
fn page(length: i64, record: impl Fn(i64) -> Value) -> Vec<u8> {
    let records: Vec<Value> = (1..=length).map(record).collect();
    let page = json!({
        "Records": records, "CurrentPageSize": length, "CurrentPage": 1, "CurrentOrderField": "Id",
        "CurrentSortDirection": 1, "FirstItem": 1, "HasNextPage": false, "HasPreviousPage": false, "LastItem": length,
        "PageNumber": 1, "PageSize": length, "TotalItems": length, "TotalPages": 1,
    });
    page.to_string().into_bytes()
}

fn decode_checkins_once() -> Box<dyn Fn()> {
    let body = page(CHECKINS, |number| {
        json!({
            "Id": number, "BusinessId": 9, "CoworkerId": 1, "FromTime": "2026-03-06T08:12:00Z",
            "ToTime": "2026-03-06T17:40:00Z", "Source": 4,
        })
    });
    let headers = HeaderMap::new();
    Box::new(move || drop(black_box(judge::<Page<Checkin>>(200, &headers, black_box(&body)))))
}

fn decode_members_once() -> Box<dyn Fn()> {
    let body = page(PAGE, |number| {
        json!({
            "Id": number, "FullName": format!("Member {number}"), "Email": format!("{number}@example.org"),
            "Active": true, "Archived": false, "AccessCardId": tile(number).as_text(), "KeyFobNumber": null,
            "UpdatedOn": "2026-03-06T08:12:00Z",
        })
    });
    let headers = HeaderMap::new();
    Box::new(move || drop(black_box(judge::<Page<Coworker>>(200, &headers, black_box(&body)))))
}

fn reader_line_once() -> Box<dyn Fn()> {
    let line = r#"{"reader":"tile","uid":"04A1B2C3D4E5F6","age_us":12000}"#;
    Box::new(move || drop(black_box(serde_json::from_str::<Line>(black_box(line)))))
}

#[divan::bench]
fn identify(bencher: Bencher<'_, '_>) {
    bencher.bench_local(identify_one());
}

#[divan::bench(name = "decide")]
fn in_or_out(bencher: Bencher<'_, '_>) {
    bencher.bench_local(decide_one());
}

#[divan::bench]
fn decode_checkins(bencher: Bencher<'_, '_>) {
    bencher.bench_local(decode_checkins_once());
}

#[divan::bench]
fn decode_members(bencher: Bencher<'_, '_>) {
    bencher.bench_local(decode_members_once());
}

#[divan::bench]
fn reader_line(bencher: Bencher<'_, '_>) {
    bencher.bench_local(reader_line_once());
}

/// One entry, durable: what stands between the tile and any call.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn journal_append(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let journal =
        Journal::open(folder.path(), &JournalKey::random().expect("random numbers"), BusinessId(9)).expect("a journal");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let entry = Entry {
            id: EntryId(u128::from(number)),
            number,
            tile: Some(tile(1)),
            source: Source::Tile,
            tapped_at: time(),
            coworker: None,
            wanted: None,
            state: EntryState::Waiting,
            watch: None,
            retried_at: None,
        };
        runtime.block_on(journal.put(entry)).expect("it is stored");
    });
}
