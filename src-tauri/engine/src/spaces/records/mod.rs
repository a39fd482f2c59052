//! The records of the Spaces API, typed, with the filters of their lists and what may be written in them.
//!
//! Each is read with tolerance ([`super::reading`]): nulls anywhere, numbers as strings. Only what makes a record
//! useless when it is missing is demanded; the rest is optional. Fields, filters and their spelling are those of the
//! published pages (`nexudus-api.md` sections 4 to 8).

pub mod account;
pub mod business;
pub mod checkin;
pub mod coworker;
pub mod coworker_time_pass;
pub mod enumeration;
pub mod failed_checkin;
pub mod source;
pub mod time_pass;
pub mod time_zone;

use std::fmt::Display;
use std::hash::Hash;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::reading::{instant, text};

/// A kind of record that the service keeps.
pub trait Record: Sized + Send + 'static {
    /// The entity's name, which its filters and roles begin with.
    const ENTITY: &'static str;
    /// Its path under the API's base, such as `spaces/checkins`.
    const PATH: &'static str;
    /// Its `Id`.
    type Id: Copy + Eq + Hash + Display + Send + Sync;

    /// Reads it; none when it lacks what makes it one.
    fn read(json: &Value) -> Option<Self>;
    /// Its `Id`.
    fn id(&self) -> Self::Id;
}

/// What every record has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Common {
    /// `UniqueId`, a GUID.
    pub unique_id: Option<String>,
    /// `CreatedOn`, UTC.
    pub created_on: Option<DateTime<Utc>>,
    /// `UpdatedOn`, UTC.
    pub updated_on: Option<DateTime<Utc>>,
    /// `UpdatedBy`, an e-mail address.
    pub updated_by: Option<String>,
    /// `SystemId`, free for integrators.
    pub system_id: Option<String>,
    /// `ToStringText`, the service's label for it.
    pub label: Option<String>,
}

impl Common {
    fn read(json: &Value) -> Self {
        Self {
            unique_id: text(json, "UniqueId"),
            created_on: instant(json, "CreatedOn"),
            updated_on: instant(json, "UpdatedOn"),
            updated_by: text(json, "UpdatedBy"),
            system_id: text(json, "SystemId"),
            label: text(json, "ToStringText"),
        }
    }
}

#[cfg(test)]
mod tests;
