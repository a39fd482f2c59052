//! One row of the journal, and the entry that it stands for.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use tapdesk_core::entry::{Entry, EntryState, Source};
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::tile::{TileId, TileReading};

/// How times are written, UTC; as text they stand in the order of time.
const TIME: &str = "%F %T%.f%:z";

/// A row as it is stored. Reading one cannot fail for what it holds: that is judged by [`Row::entry`]. It cannot be
/// printed: it holds a whole UID.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) number: i64,
    pub(super) tile: Option<String>,
    /// None for a tile.
    pub(super) source: Option<String>,
    pub(super) tapped_at: String,
    pub(super) coworker: Option<i64>,
    pub(super) wanted: Option<String>,
    pub(super) state: String,
    pub(super) detail: String,
    pub(super) watch: Option<String>,
    pub(super) changed_at: String,
    pub(super) retried_at: Option<String>,
}

impl Row {
    /// The row of an entry that changes now.
    pub(super) fn of(entry: &Entry) -> Result<Self, serde_json::Error> {
        Ok(Self {
            id: entry.id.to_string(),
            // A kiosk that taps a thousand times a second needs longer than there are years.
            number: i64::try_from(entry.number).unwrap_or(i64::MAX),
            tile: entry.tile.as_ref().map(|tile| tile.stored().to_owned()),
            source: (entry.source != Source::default()).then(|| serde_json::to_string(&entry.source)).transpose()?,
            tapped_at: written(entry.tapped_at),
            coworker: entry.coworker.map(|coworker| coworker.0),
            wanted: entry.wanted.map(|wanted| serde_json::to_string(&wanted)).transpose()?,
            state: entry.state.name().to_owned(),
            detail: serde_json::to_string(&entry.state)?,
            watch: entry.watch.as_ref().map(serde_json::to_string).transpose()?,
            changed_at: written(Utc::now()),
            retried_at: entry.retried_at.map(written),
        })
    }

    /// The entry; if it cannot be understood, the name of the first part that cannot.
    pub(super) fn entry(&self) -> Result<Entry, &'static str> {
        Ok(Entry {
            id: self.id.parse().map_err(|_| "id")?,
            number: u64::try_from(self.number).map_err(|_| "number")?,
            tile: self.tile(),
            source: parsed(self.source.as_deref()).map_err(|_| "source")?.unwrap_or_default(),
            tapped_at: self.tapped_at().ok_or("tapped_at")?,
            coworker: self.coworker.map(CoworkerId),
            wanted: parsed(self.wanted.as_deref()).map_err(|_| "wanted")?,
            state: serde_json::from_str(&self.detail).map_err(|_| "detail")?,
            watch: parsed(self.watch.as_deref()).map_err(|_| "watch")?,
            retried_at: self.retried_at.as_deref().map(|time| read_time(time).ok_or("retried_at")).transpose()?,
        })
    }

    /// The entry as far as it can be understood, and whether that is all of it; none without an id or a state. What
    /// cannot be understood of a tap's birth is not lost when this is stored.
    pub(super) fn entry_in_part(&self) -> Option<(Entry, bool)> {
        let whole = self.entry();
        let is_whole = whole.is_ok();
        let in_part = || {
            Some(Entry {
                id: self.id.parse().ok()?,
                number: u64::try_from(self.number).unwrap_or_default(),
                tile: self.tile(),
                source: self.source(),
                tapped_at: self.tapped_at().unwrap_or_default(),
                coworker: self.coworker.map(CoworkerId),
                wanted: None,
                state: serde_json::from_str(&self.detail).ok()?,
                watch: None,
                retried_at: None,
            })
        };
        Some((whole.ok().or_else(in_part)?, is_whole))
    }

    /// The tile, where there is one that can be used.
    pub(super) fn tile(&self) -> Option<TileId> {
        match TileReading::of_stored(self.tile.as_deref()?) {
            TileReading::Usable(tile) => Some(tile),
            TileReading::Unusable(_) => None,
        }
    }

    /// How the member made themselves known; a tile where that cannot be understood.
    pub(super) fn source(&self) -> Source {
        parsed(self.source.as_deref()).ok().flatten().unwrap_or_default()
    }

    /// When the tile was read.
    pub(super) fn tapped_at(&self) -> Option<DateTime<Utc>> {
        read_time(&self.tapped_at)
    }

    /// Stores the row; one of the same id takes its new state and keeps its birth.
    pub(super) fn store(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO entries
                 (id, number, tile, tapped_at, coworker_id, wanted, state, detail, watch, changed_at, source, retried_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (id) DO UPDATE
             SET coworker_id = ?5, wanted = ?6, state = ?7, detail = ?8, watch = ?9, changed_at = ?10, retried_at = ?12",
        )?;
        let Self { id, number, tile, source, tapped_at, coworker, wanted, state, detail, watch, .. } = self;
        let (changed_at, retried_at) = (&self.changed_at, &self.retried_at);
        let values = params![
            id, number, tile, tapped_at, coworker, wanted, state, detail, watch, changed_at, source, retried_at
        ];
        statement.execute(values).map(drop)
    }
}

fn parsed<T: serde::de::DeserializeOwned>(json: Option<&str>) -> serde_json::Result<Option<T>> {
    json.map(serde_json::from_str).transpose()
}

fn read_time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_str(text, TIME).ok().map(|time| time.to_utc())
}

/// A time as it is stored.
pub(super) fn written(time: DateTime<Utc>) -> String {
    time.format(TIME).to_string()
}

/// What is stored of "needs staff" for this reason.
pub(super) fn for_staff(reason: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&EntryState::NeedsStaff(reason.to_owned()))
}

/// The rows of a database of this version for which `rest` holds (a `WHERE`, an `ORDER BY`); `each` is given one after
/// the other until the first error.
pub(super) fn read(
    connection: &Connection,
    version: i64,
    rest: &str,
    values: impl rusqlite::Params,
    mut each: impl FnMut(Row),
) -> rusqlite::Result<()> {
    let (number, watch) = if version < 2 { ("0", "NULL") } else { ("number", "watch") };
    let source = if version < 3 { "NULL" } else { "source" };
    let retried_at = if version < 4 { "NULL" } else { "retried_at" };
    let mut statement = connection.prepare(&format!(
        "SELECT id, {number}, tile, tapped_at, coworker_id, wanted, state, detail, {watch}, changed_at, {source},
                {retried_at}
         FROM entries {rest}"
    ))?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        each(Row {
            id: row.get(0)?,
            number: row.get(1)?,
            tile: row.get(2)?,
            tapped_at: row.get(3)?,
            coworker: row.get(4)?,
            wanted: row.get(5)?,
            state: row.get(6)?,
            detail: row.get(7)?,
            watch: row.get(8)?,
            changed_at: row.get(9)?,
            source: row.get(10)?,
            retried_at: row.get(11)?,
        });
    }
    Ok(())
}
