//! A damaged journal is set aside, whole, and what can be read of it is carried over to a new one.
//!
//! The order makes every moment safe to crash in: first the new journal is made, complete and durable, under a name
//! that says so (`salvaged`). Until then nothing of the damaged one is touched, and the next start begins anew. From
//! then on the next start only goes on: the damaged files get their new names, and at last the salvaged one takes the
//! journal's place.

use std::collections::BTreeMap;

use chrono::Utc;
use rusqlite::{Connection, OptionalExtension};
use tapdesk_core::entry::{Entry, EntryState, Source};

use super::database::{PIN_TRIES, SET_META, look};
use super::error::{At, JournalError, database_error};
use super::home::{self, Home, side};
use super::row::{self, Row};
use super::{audit, birth, schema};
use crate::keys::JournalKey;
use crate::reader::supervisor::new_entry;

/// What a damaged journal still held.
#[derive(Default)]
struct Salvage {
    rows: BTreeMap<String, Row>,
    /// What the journal knew of itself, where that can be read.
    meta: Vec<(String, String)>,
    /// What staff did, by its place. What is missing of it shows: the rows hang together.
    audit: BTreeMap<i64, audit::Sealed>,
}

/// Sets the damaged journal aside and puts in its place what can still be read of it.
pub(super) fn repair(home: &Home, key: &JournalKey) -> Result<(), JournalError> {
    let stamp = home.new_stamp()?;
    let set_aside = home.damaged(&stamp);
    let salvage = salvage(home, key)?;
    let count = salvage.rows.len();
    tracing::error!(file = %set_aside.display(), carried_over = count, "the journal is damaged and is set aside");
    let reason = format!(
        "This kiosk's journal was damaged and is kept as {}: {count} entries were carried over, others may be missing. Ask the members of the last days whether a tap of theirs is not recorded, and record it by hand.",
        set_aside.display()
    );
    let path = home.unfinished();
    let told = Entry {
        id: new_entry(),
        number: salvage.last_number() + 1,
        tile: None,
        source: Source::default(),
        tapped_at: Utc::now(),
        coworker: None,
        wanted: None,
        state: EntryState::NeedsStaff(reason),
        watch: None,
        retried_at: None,
    };
    let told = Row::of(&told).map_err(|error| database_error(&path, &error.to_string()))?;
    birth::make(home, key, |connection| salvage.store(connection).and_then(|()| told.store(connection)))?;
    // From here on this repair is only carried on.
    home::set_aside(&path, &home.salvaged(&stamp))?;
    home.sync()?;
    carry_on(home)
}

/// Goes on with a repair whose salvage is complete, if there is one.
pub(super) fn carry_on(home: &Home) -> Result<(), JournalError> {
    let Some(stamp) = home.pending_salvage()? else { return Ok(()) };
    let (journal, damaged) = (home.file(), home.damaged(&stamp));
    for ending in ["", "-wal", "-shm"] {
        let from = side(&journal, ending);
        if std::fs::exists(&from).at(&from)? {
            home::set_aside(&from, &side(&damaged, ending))?;
        }
    }
    // The log must be gone from beside the journal's name before another journal has it.
    home.sync()?;
    home.put_in_place(&home.salvaged(&stamp))
}

/// A way of reading a damaged journal of this version.
type Way = fn(&Connection, i64, &mut Salvage) -> rusqlite::Result<()>;

/// Reads what can be read. An error ends one way of reading; a row that one way does not reach, another may.
fn salvage(home: &Home, key: &JournalKey) -> Result<Salvage, JournalError> {
    let mut salvage = Salvage::default();
    let mut version = schema::VERSION;
    let ways: [Way; 7] = [
        |connection, version, salvage| salvage.read(connection, version, "ORDER BY id"),
        |connection, version, salvage| salvage.read(connection, version, "ORDER BY id DESC"),
        |connection, version, salvage| salvage.read_by_index(connection, version, "ASC"),
        |connection, version, salvage| salvage.read_by_index(connection, version, "DESC"),
        |connection, _, salvage| salvage.read_meta(connection),
        |connection, version, salvage| salvage.read_audit(connection, version, "ASC"),
        |connection, version, salvage| salvage.read_audit(connection, version, "DESC"),
    ];
    for way in ways {
        // Each has a connection of its own: an error stays with a connection.
        let connection = match look(&home.file(), Some(key)) {
            Ok((connection, found)) => {
                version = found;
                connection
            }
            // Nothing but the beginning can be damaged then, and of a plain file that leaves nothing.
            Err(JournalError::Damaged { .. }) => continue,
            Err(error) => return Err(error),
        };
        if let Err(error) = way(&connection, version, &mut salvage) {
            tracing::warn!(%error, entries = salvage.rows.len(), "a way of reading the damaged journal ended");
        }
    }
    if version < 2 {
        salvage.number();
    }
    Ok(salvage)
}

impl Salvage {
    fn read(&mut self, connection: &Connection, version: i64, order: &str) -> rusqlite::Result<()> {
        row::read(connection, version, order, [], |row| {
            self.rows.insert(row.id.clone(), row);
        })
    }

    /// The index knows ids; each entry is then looked up by itself.
    fn read_by_index(&mut self, connection: &Connection, version: i64, order: &str) -> rusqlite::Result<()> {
        let mut ids = Vec::new();
        let mut outcome = (|| {
            let by_number = format!("SELECT id FROM entries INDEXED BY by_number ORDER BY number {order}");
            let mut statement = connection.prepare(&by_number)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                ids.push(row.get::<_, String>(0)?);
            }
            Ok(())
        })();
        for id in ids {
            if !self.rows.contains_key(&id) {
                let mut found = None;
                let read = row::read(connection, version, "WHERE id = ?1", [&id], |row| found = Some(row));
                outcome = outcome.and(read);
                self.rows.extend(found.map(|row| (id, row)));
            }
        }
        outcome
    }

    fn read_meta(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        for name in ["last_number", "location", PIN_TRIES, audit::HEAD] {
            let select = "SELECT value FROM meta WHERE name = ?1";
            let value: Option<String> = connection.query_row(select, [name], |row| row.get(0)).optional()?;
            self.meta.extend(value.map(|value| (name.to_owned(), value)));
        }
        Ok(())
    }

    fn read_audit(&mut self, connection: &Connection, version: i64, order: &str) -> rusqlite::Result<()> {
        audit::read(connection, version, &format!("ORDER BY place {order}"), [], |row| {
            self.audit.insert(row.place, row);
        })
    }

    /// Numbers the rows of a version that had no numbers, as the migration does.
    fn number(&mut self) {
        let mut rows: Vec<&mut Row> = self.rows.values_mut().collect();
        rows.sort_by(|one, other| (&one.tapped_at, &one.id).cmp(&(&other.tapped_at, &other.id)));
        for (number, row) in (1..).zip(rows) {
            row.number = number;
        }
    }

    fn last_number(&self) -> u64 {
        let present = self.rows.values().map(|row| row.number).max().and_then(|number| u64::try_from(number).ok());
        let forgotten = self.meta.iter().find(|(name, _)| name == "last_number");
        let forgotten = forgotten.and_then(|(_, number)| number.parse().ok());
        present.into_iter().chain(forgotten).max().unwrap_or(0)
    }

    fn store(&self, connection: &Connection) -> rusqlite::Result<()> {
        for (name, value) in &self.meta {
            connection.execute(SET_META, [name, value])?;
        }
        self.audit.values().try_for_each(|row| row.store(connection))?;
        self.rows.values().try_for_each(|row| row.store(connection))
    }
}
