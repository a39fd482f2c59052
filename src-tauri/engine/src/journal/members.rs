//! The members who have a tile, as last read from the service: for a kiosk that starts while the service is away.
//!
//! A copy in a file of its own beside the journal, encrypted with the same key. Nothing is lost with it: what is damaged,
//! of another service or location, or cannot be opened, is thrown away and read anew.

use std::collections::HashSet;
use std::path::Path;
use std::sync::mpsc as orders;
use std::thread::JoinHandle;

use rusqlite::{Connection, OpenFlags, params};
use serde::{Deserialize, Serialize};
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::member::Member;

use super::database::{check_sound, connect};
use super::error::{At, JournalError, database_error, file_error};
use super::home::remove_database;
use crate::keys::JournalKey;

pub(super) const FILE: &str = "members.sqlite";
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS members (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS origin (of TEXT NOT NULL) STRICT;";

/// A member as kept in the copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedMember {
    /// The member.
    pub member: Member,
    /// The record's tile fields as written.
    pub tile_texts: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    full_name: String,
    called: Option<String>,
    active: bool,
    archived: bool,
    tile_texts: Vec<String>,
}

/// A handle to the copy's own thread, which ends with it. What is handed over is stored sooner or later; no tap waits
/// for it.
#[derive(Debug)]
pub struct MemberCopy {
    orders: Option<orders::Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for MemberCopy {
    fn drop(&mut self) {
        drop(self.orders.take());
        // A thread that panicked has said so.
        drop(self.thread.take().map(JoinHandle::join));
    }
}

enum Order {
    Put(Vec<CopiedMember>),
    Keep(HashSet<CoworkerId>),
}

impl MemberCopy {
    /// Opens the copy in `data_dir`; `origin` names the service and the location whose members they are. Answers with
    /// those that it holds. Blocks.
    pub fn open(data_dir: &Path, key: &JournalKey, origin: &str) -> Result<(Self, Vec<CopiedMember>), JournalError> {
        let path = data_dir.join(FILE);
        let opened = open(&path, key, origin).or_else(|error| {
            tracing::warn!(%error, "the copy of the members is made anew");
            remove_database(&path)?;
            open(&path, key, origin)
        });
        let (mut connection, members) = opened?;
        let (sender, receiver) = orders::channel();
        let failed = |error: std::io::Error| file_error(data_dir, &error);
        let thread = std::thread::Builder::new()
            .name("members".to_owned())
            .spawn(move || {
                while let Ok(order) = receiver.recv() {
                    if let Err(error) = carry_out(&mut connection, order) {
                        tracing::warn!(%error, file = %path.display(), "the copy of the members could not be written");
                    }
                }
            })
            .map_err(failed)?;
        Ok((Self { orders: Some(sender), thread: Some(thread) }, members))
    }

    /// Keeps these members, and forgets those of them who have no tile any more.
    pub fn put(&self, members: Vec<CopiedMember>) {
        self.order(Order::Put(members));
    }

    /// Forgets all members but these.
    pub fn keep(&self, ids: HashSet<CoworkerId>) {
        self.order(Order::Keep(ids));
    }

    fn order(&self, order: Order) {
        // A thread that has ended keeps nothing, and nothing depends on it.
        drop(self.orders.as_ref().map(|orders| orders.send(order)));
    }
}

/// The names that the copy of `data_dir` holds, read beside a running kiosk; none where there is none. Blocks.
pub fn names(data_dir: &Path, key: &JournalKey) -> Result<Vec<String>, JournalError> {
    let path = data_dir.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY, Some(key))?;
    let members = all(&connection).at(&path)?;
    let known = members.into_iter().filter_map(|(id, body)| member(id, &body).ok());
    Ok(known.flat_map(|CopiedMember { member, .. }| std::iter::once(member.full_name).chain(member.called)).collect())
}

/// Deletes the copy of `data_dir`.
pub(super) fn remove(data_dir: &Path) -> Result<(), JournalError> {
    remove_database(&data_dir.join(FILE))
}

fn open(path: &Path, key: &JournalKey, origin: &str) -> Result<(Connection, Vec<CopiedMember>), JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = connect(path, flags, Some(key))?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).at(path)?;
    connection.pragma_update(None, "synchronous", "NORMAL").at(path)?;
    check_sound(&connection, path)?;
    connection.execute_batch(TABLES).at(path)?;
    let ours = "SELECT count(*) FROM origin WHERE of = ?1";
    let is_ours: i64 = connection.query_row(ours, [origin], |row| row.get(0)).at(path)?;
    if is_ours == 0 {
        connection.execute_batch("DELETE FROM members; DELETE FROM origin;").at(path)?;
        connection.execute("INSERT INTO origin (of) VALUES (?1)", [origin]).at(path)?;
    }
    let members = all(&connection).at(path)?;
    let members: Result<Vec<_>, _> = members.into_iter().map(|(id, body)| member(id, &body)).collect();
    Ok((connection, members.map_err(|error| database_error(path, &error.to_string()))?))
}

fn all(connection: &Connection) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut statement = connection.prepare("SELECT id, body FROM members")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn member(id: i64, body: &str) -> serde_json::Result<CopiedMember> {
    let Body { full_name, called, active, archived, tile_texts } = serde_json::from_str(body)?;
    Ok(CopiedMember { member: Member { id: CoworkerId(id), full_name, called, active, archived }, tile_texts })
}

fn carry_out(connection: &mut Connection, order: Order) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    match order {
        Order::Put(members) => {
            for CopiedMember { member, tile_texts } in members {
                let Member { id, full_name, called, active, archived } = member;
                if tile_texts.is_empty() {
                    transaction.execute("DELETE FROM members WHERE id = ?1", [id.0])?;
                    continue;
                }
                let body = Body { full_name, called, active, archived, tile_texts };
                let Ok(body) = serde_json::to_string(&body) else { continue };
                let put = "INSERT INTO members (id, body) VALUES (?1, ?2)
                           ON CONFLICT (id) DO UPDATE SET body = ?2 WHERE body <> ?2";
                transaction.execute(put, params![id.0, body])?;
            }
        }
        Order::Keep(ids) => {
            let kept = transaction.prepare("SELECT id FROM members")?.query_map([], |row| row.get(0))?.collect();
            let kept: rusqlite::Result<Vec<i64>> = kept;
            for id in kept?.into_iter().filter(|id| !ids.contains(&CoworkerId(*id))) {
                transaction.execute("DELETE FROM members WHERE id = ?1", [id])?;
            }
        }
    }
    transaction.commit()
}
