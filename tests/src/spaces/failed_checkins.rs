//! The rows a refusal leaves behind, at once or some time later (nexudus-api.md sections 6 and 6.3).

use std::time::Duration;

use super::records::{Cell, Record};
use super::schema::Entity;
use super::state::{Author, Inner, Later};

/// Writes the `FailedCheckin` of a refused check-in, or has it written later; nothing in it points to the request.
pub(crate) fn note_refusal(inner: &mut Inner, checkin: &Record, description: Option<&str>, request: Option<u64>) {
    let mut row = Record::new(Entity::FailedCheckin);
    row.set("CoworkerId", checkin.integer("CoworkerId").map(Cell::Integer));
    row.set("BusinessId", checkin.integer("BusinessId").map(Cell::Integer));
    row.set("CheckinAttemptTime", checkin.moment("FromTime").map(Cell::Moment));
    row.set("Source", checkin.integer("Source").map(Cell::Integer));
    for field in ["MacAddresses", "TeamsAtTheTimeOfCheckin", "TariffAtTheTimeOfCheckin"] {
        row.set(field, checkin.text(field).map(Cell::text));
    }
    row.set("Description", description.map(Cell::text));
    match inner.switches.failed_checkin_delay_milliseconds {
        0 => write(inner, row, request),
        wait => inner.later.push((Duration::from_millis(wait), Later::NoteRefusal { row, request })),
    }
}

/// Writes the row now.
pub(crate) fn write(inner: &mut Inner, row: Record, request: Option<u64>) {
    inner.add(row, "VALIDATION", &Author { request, ..Author::system() });
}
