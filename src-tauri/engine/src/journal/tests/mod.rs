//! What the journal's tests share: keys, entries, and a journal opened again as soon as it is free.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::DateTime;
use tapdesk_core::checkin::{Attempt, Direction};
use tapdesk_core::entry::{Entry, EntryState, Settlement, Source, Watch};
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId, EntryId};
use tapdesk_core::pin::PinTries;
use tapdesk_core::tile::TileReading;

use super::home::Home;
use super::keeper::Keeper;
use super::{Journal, JournalError, Kept};
use crate::keys::JournalKey;

mod audit;
mod basics;
mod damage;
mod members;
mod migration;
mod scale;
mod syscalls;
mod typed;

const HERE: BusinessId = BusinessId(9);
/// A UID and a member's id that are looked for in files where they must not be.
const UID: &str = "04A1B2C3D4E5F6";
const MEMBER: i64 = 987_654_321;
/// How long a journal's thread may take to let go of its lock.
const SOON: Duration = Duration::from_secs(10);

fn key() -> JournalKey {
    JournalKey::of_hex(&"5a".repeat(32)).unwrap()
}

fn at(seconds: i64) -> DateTime<chrono::Utc> {
    DateTime::from_timestamp_millis(1_760_000_000_123 + seconds * 1000).unwrap()
}

fn entry(number: u64, state: EntryState) -> Entry {
    let TileReading::Usable(tile) = TileReading::of_hex(UID) else { unreachable!() };
    Entry {
        id: EntryId(0x0199_0000_0000_7000_8000_0000_0000_0000 + u128::from(number)),
        number,
        tile: Some(tile),
        source: Source::Manual,
        tapped_at: at(i64::try_from(number).unwrap()),
        coworker: Some(CoworkerId(MEMBER)),
        wanted: Some(Direction::Out),
        state,
        watch: None,
        retried_at: None,
    }
}

fn attempt() -> Attempt {
    Attempt::Open { coworker: CoworkerId(MEMBER), from: at(0) }
}

fn settled() -> EntryState {
    EntryState::Settled(Settlement::CheckedIn { checkin: Some(CheckinId(5)) })
}

fn for_staff(reason: &str) -> EntryState {
    EntryState::NeedsStaff(reason.to_owned())
}

fn watch() -> Watch {
    Watch { attempt: attempt(), proven: true, in_doubt: true, until: at(900) }
}

fn pin_tries() -> PinTries {
    PinTries { at: at(0), forgotten_at: at(2700), locked_until: at(30) }
}

/// Opens the journal; one whose last handle has just gone is free a moment later.
fn opened_by(folder: &Path, key: &JournalKey, location: BusinessId) -> Result<Journal, JournalError> {
    let until = Instant::now() + SOON;
    loop {
        match Journal::open(folder, key, location) {
            Err(JournalError::InUse { .. }) if Instant::now() < until => std::thread::yield_now(),
            result => return result,
        }
    }
}

fn opened(folder: &Path) -> Journal {
    opened_by(folder, &key(), HERE).unwrap()
}

/// The journal without its thread, as soon as it is free.
fn keeper(folder: &Path) -> Keeper {
    let until = Instant::now() + SOON;
    loop {
        match Keeper::open(Home::new(folder), key()) {
            Err(JournalError::InUse { .. }) if Instant::now() < until => std::thread::yield_now(),
            result => return result.unwrap(),
        }
    }
}

async fn kept(journal: &Journal) -> Kept {
    journal.kept(at(0)).await.unwrap()
}

/// The files of the journal in this folder, by name, with what they hold.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .filter(|file| file.file_name().to_string_lossy().starts_with("journal.sqlite"))
        // A file may go while one looks.
        .filter_map(|file| Some((file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).ok()?)))
        .collect();
    files.sort();
    files
}

/// The same without the index of the log, which is no data: whoever looks makes it anew.
fn data(folder: &Path) -> Vec<(String, Vec<u8>)> {
    files(folder).into_iter().filter(|(name, _)| !name.ends_with("-shm")).collect()
}

/// Waits until a journal that was let go of has ended its log.
fn closed(folder: &Path) {
    let until = Instant::now() + SOON;
    while files(folder).iter().any(|(name, _)| name == "journal.sqlite-wal") {
        assert!(Instant::now() < until, "the log is ended when the journal is closed");
        std::thread::yield_now();
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}
