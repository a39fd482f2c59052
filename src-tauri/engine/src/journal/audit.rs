//! What staff did, in rows that are added and never changed. Each row is sealed with the one before it, so that a row that
//! somebody changed, took away or put in does not fit any more.
//!
//! An act has one row or more: that it was begun, how it ended, that it was taken back. What the rows say is their
//! writer's business; here they are text.

use std::fmt::Write;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::JournalError;
use super::database::{Database, SET_META, look};
use super::error::{At, database_error};
use super::home::{Home, Kind, kind};
use crate::keys::JournalKey;

/// The last row's place, act and seal, among the facts beside the entries: without it nobody would miss the last rows.
pub(super) const HEAD: &str = "audit_head";

/// What was asked for of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The newest acts first.
    pub acts: Vec<Act>,
    /// Whether there are older ones.
    pub more: bool,
    /// The act of the first row that does not fit; where the last rows are missing, the act after the last one.
    pub broken_at: Option<u64>,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its number: the first is 1.
    pub number: u64,
    /// What its rows say, in their order.
    pub rows: Vec<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) place: i64,
    act: i64,
    content: String,
    /// SHA-256 in hex over the seal before it and its own place, act and content.
    seal: String,
}

impl Sealed {
    fn after(head: &Head, act: i64, content: &str) -> Self {
        let place = head.place + 1;
        Self { place, act, content: content.to_owned(), seal: seal(&head.seal, place, act, content) }
    }

    fn fits(&self, head: &Head) -> bool {
        self.place == head.place + 1 && self.seal == seal(&head.seal, self.place, self.act, &self.content)
    }

    pub(super) fn store(&self, connection: &Connection) -> rusqlite::Result<()> {
        let insert = "INSERT INTO audit (place, act, content, seal) VALUES (?1, ?2, ?3, ?4)";
        connection.execute(insert, params![self.place, self.act, self.content, self.seal]).map(drop)
    }
}

/// The last row, as the next one needs to know it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Head {
    place: i64,
    act: i64,
    seal: String,
}

impl Head {
    fn of(row: &Sealed) -> Self {
        Self { place: row.place, act: row.act, seal: row.seal.clone() }
    }

    fn written(&self) -> String {
        format!("{} {} {}", self.place, self.act, self.seal)
    }

    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (place, act) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Self { place, act, seal: words.next()?.to_owned() })
    }
}

fn seal(before: &str, place: i64, act: i64, content: &str) -> String {
    let mut hash = Sha256::new();
    // Only the content can hold a line's end, and it comes last.
    hash.update(format!("{before}\n{place}\n{act}\n{content}"));
    let hex = |mut text: String, byte: &u8| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    };
    hash.finalize().iter().fold(String::new(), hex)
}

/// The rows for which `rest` holds; none in the tables of a version that had no audit.
pub(super) fn read(
    connection: &Connection,
    version: i64,
    rest: &str,
    values: impl rusqlite::Params,
    mut each: impl FnMut(Sealed),
) -> rusqlite::Result<()> {
    if version < 4 {
        return Ok(());
    }
    let mut statement = connection.prepare(&format!("SELECT place, act, content, seal FROM audit {rest}"))?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        each(Sealed { place: row.get(0)?, act: row.get(1)?, content: row.get(2)?, seal: row.get(3)? });
    }
    Ok(())
}

fn stored_head(connection: &Connection) -> rusqlite::Result<Option<Head>> {
    let select = "SELECT value FROM meta WHERE name = ?1";
    let text: Option<String> = connection.query_row(select, [HEAD], |row| row.get(0)).optional()?;
    Ok(text.as_deref().and_then(Head::read))
}

/// What the next row follows: the last row, also where it was lost.
fn head(connection: &Connection) -> rusqlite::Result<Head> {
    let mut last = None;
    read(connection, 4, "ORDER BY place DESC LIMIT 1", [], |row| last = Some(Head::of(&row)))?;
    let heads = [last, stored_head(connection)?];
    Ok(heads.into_iter().flatten().max_by_key(|head| head.place).unwrap_or_default())
}

fn add(transaction: &Transaction<'_>, head: &Head, act: i64, content: &str) -> rusqlite::Result<()> {
    let row = Sealed::after(head, act, content);
    row.store(transaction)?;
    let head = Head { act: head.act.max(act), ..Head::of(&row) };
    transaction.execute(SET_META, params![HEAD, head.written()]).map(drop)
}

fn number(act: i64) -> u64 {
    u64::try_from(act).unwrap_or_default()
}

/// The act of the first row that does not fit.
fn broken_at(connection: &Connection, version: i64) -> rusqlite::Result<Option<u64>> {
    let (mut head, mut broken, mut last_act) = (Head::default(), None, 0);
    read(connection, version, "ORDER BY place", [], |row| {
        if broken.is_none() && !row.fits(&head) {
            broken = Some(number(row.act));
        }
        last_act = last_act.max(row.act);
        head = Head::of(&row);
    })?;
    if version < 4 || broken.is_some() {
        return Ok(broken);
    }
    let ends_as_it_should = match stored_head(connection)? {
        Some(stored) => (stored.place, &stored.seal) == (head.place, &head.seal),
        None => head == Head::default(),
    };
    Ok((!ends_as_it_should).then(|| number(last_act + 1)))
}

fn audit(connection: &Connection, version: i64, before: Option<u64>, most: usize) -> rusqlite::Result<Audit> {
    let mut audit = Audit { acts: Vec::new(), more: false, broken_at: broken_at(connection, version)? };
    let before = before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
    let mut full = false;
    read(connection, version, "WHERE act < ?1 ORDER BY act DESC, place", [before], |row| {
        let (number, known) = (number(row.act), audit.acts.len());
        match audit.acts.last_mut() {
            Some(act) if act.number == number => act.rows.push(row.content),
            _ if known < most => audit.acts.push(Act { number, rows: vec![row.content] }),
            _ => full = true,
        }
    })?;
    audit.more = full;
    Ok(audit)
}

impl Database {
    /// The first row of a new act; its number.
    pub(super) fn begin_act(&mut self, content: &str) -> Result<u64, JournalError> {
        let begun = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let head = head(&transaction)?;
            let act = head.act + 1;
            add(&transaction, &head, act, content)?;
            transaction.commit().map(|()| number(act))
        })();
        begun.at(&self.path)
    }

    /// One more row of an act.
    pub(super) fn add_to_act(&mut self, act: u64, content: &str) -> Result<(), JournalError> {
        let act = i64::try_from(act).map_err(|_| database_error(&self.path, "has no such act"))?;
        let added = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let head = head(&transaction)?;
            add(&transaction, &head, act, content)?;
            transaction.commit()
        })();
        added.at(&self.path)
    }

    /// The newest acts before this one.
    pub(super) fn audit(&self, before: Option<u64>, most: usize) -> Result<Audit, JournalError> {
        audit(&self.connection, super::schema::VERSION, before, most).at(&self.path)
    }
}

/// All acts in the journal of `data_dir`, newest first, read beside a running kiosk; none where there is no journal. Fails
/// where the journal needs a key and gets none, or another.
pub fn report(data_dir: &Path, key: Option<&JournalKey>) -> Result<Audit, JournalError> {
    let path = Home::new(data_dir).current()?;
    if kind(&path)? == Kind::Nothing {
        return Ok(Audit { acts: Vec::new(), more: false, broken_at: None });
    }
    let (connection, version) = look(&path, key)?;
    // All of it as of one moment: the kiosk may add to it meanwhile.
    let as_of_now = connection.unchecked_transaction().at(&path)?;
    audit(&as_of_now, version, None, usize::MAX).at(&path)
}
