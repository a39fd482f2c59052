//! Newtypes for the numbers that must not be mixed up.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! record_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

record_id!(
    /// `Id` of a Coworker record of the Spaces API: a member.
    CoworkerId
);
record_id!(
    /// `Id` of a Business record of the Spaces API: a location.
    BusinessId
);
record_id!(
    /// `Id` of a Checkin record of the Spaces API.
    CheckinId
);
record_id!(
    /// `Id` of a `FailedCheckin` record of the Spaces API.
    FailedCheckinId
);
record_id!(
    /// `Id` of a `CoworkerTimePass` record of the Spaces API: a pass that a member holds.
    CoworkerTimePassId
);
record_id!(
    /// `Id` of a `TimePass` record of the Spaces API: a kind of pass.
    TimePassId
);
record_id!(
    /// `Id` of a `SimpleTimeZone` record of the Spaces API.
    SimpleTimeZoneId
);

/// The id a tap is born with and keeps through time-out, restart and late upload: a UUID, written in its usual form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u128);

impl fmt::Display for EntryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = format!("{:032x}", self.0);
        write!(formatter, "{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::str::FromStr for EntryId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(&text.replace('-', ""), 16).map(Self)
    }
}

impl Serialize for EntryId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_id_reads_back_what_it_wrote() {
        let id = EntryId(0x0190_1234_5678_7abc_8def_0123_4567_89ab);
        assert_eq!(id.to_string(), "01901234-5678-7abc-8def-0123456789ab");
        assert_eq!(id.to_string().parse(), Ok(id));
    }
}
