//! `utils/enums`: the members of one of the service's enumerations (`nexudus-api.md` section 3.4).

use serde_json::Value;

use crate::spaces::reading::{integer, text};

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumerationMember {
    /// `Id`: its number.
    pub number: i64,
    /// `Name`.
    pub name: String,
}

impl EnumerationMember {
    /// Reads it; none without number and name.
    pub fn read(json: &Value) -> Option<Self> {
        Some(Self { number: integer(json, "Id")?, name: text(json, "Name")? })
    }
}
