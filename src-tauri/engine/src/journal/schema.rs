//! The tables: what each version of them changed.

use rusqlite::{Connection, TransactionBehavior};

/// What each version brought, oldest first. What was released is never changed: a change is a version of its own.
const VERSIONS: [&str; 4] = [
    "CREATE TABLE IF NOT EXISTS entries (
         id TEXT PRIMARY KEY,
         tile TEXT,
         tapped_at TEXT NOT NULL,
         coworker_id INTEGER,
         wanted TEXT,
         state TEXT NOT NULL,
         detail TEXT NOT NULL,
         changed_at TEXT NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX IF NOT EXISTS unsettled ON entries (tapped_at) WHERE state <> 'settled';",
    // The partial indexes hold only what is asked for at a start, so that its cost is that of what waits.
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
     ALTER TABLE entries ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE entries ADD COLUMN watch TEXT;
     UPDATE entries SET number = place.number
         FROM (SELECT id, row_number() OVER (ORDER BY tapped_at, id) AS number FROM entries) AS place
         WHERE entries.id = place.id;
     DROP INDEX unsettled;
     CREATE INDEX by_number ON entries (number);
     CREATE INDEX unfinished ON entries (number) WHERE state IN ('waiting', 'sending');
     CREATE INDEX for_staff ON entries (number) WHERE state = 'needs_staff';
     CREATE INDEX watched ON entries (number) WHERE watch IS NOT NULL;
     CREATE INDEX concluded ON entries (tapped_at) WHERE state IN ('settled', 'needs_staff');
     CREATE INDEX forgettable ON entries (changed_at) WHERE state = 'settled' AND watch IS NULL;",
    // None for a tile, as all entries before it were.
    "ALTER TABLE entries ADD COLUMN source TEXT;",
    // The indexes are for what staff look at, whatever else is kept. The audit's rows are added and never changed.
    "ALTER TABLE entries ADD COLUMN retried_at TEXT;
     CREATE TABLE audit (
         place INTEGER PRIMARY KEY,
         act INTEGER NOT NULL,
         content TEXT NOT NULL,
         seal TEXT NOT NULL
     ) STRICT;
     CREATE INDEX audit_by_act ON audit (act);
     CREATE INDEX unusable ON entries (number) WHERE state = 'settled' AND instr(detail, '\"unusable_tile\"') > 0;
     CREATE INDEX by_time ON entries (tapped_at);",
];

/// The version of the tables that this program writes, kept in `user_version`.
pub(super) const VERSION: i64 = 4;

/// The version found; 0 for a database without tables.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the tables to this program's version, each step whole or not at all.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let found = version(connection)?;
    for (brings, step) in (1_i64..).zip(VERSIONS) {
        if brings > found {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "user_version", brings)?;
            transaction.commit()?;
        }
    }
    Ok(())
}
