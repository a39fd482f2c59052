//! `[reader]` and `[[more_readers]]`: the readers of a kiosk, and what each is for.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tapdesk_core::checkin::Direction;
use tapdesk_core::tile_format::TileFormat;

use super::values::{As, Form, Word};

/// How many readers one kiosk has at most beside its first.
const MOST_MORE: usize = 3;

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReaderSettings {
    /// How the reader is driven.
    #[serde(with = "As::<Word<ReaderKind>>")]
    pub kind: ReaderKind,
    /// libnfc's connection string, such as `pn532_uart:/dev/ttyUSB0:115200`; `pcsc:` and a smart-card reader's name or a part
    /// of it; of a keyboard, its path below `/dev/input/` or a part of its name; none for the first reader that is found.
    pub connection: Option<String>,
    /// Whether what is written on a tile (its first NDEF record) is read too, which takes some 10 to 60 ms more: a sticker
    /// that stands for a place is then told from an unknown tile.
    pub ndef: bool,
    /// How a reader that types writes a tile's number; `auto` where that is not known. `tapdesk reader --learn` finds it.
    #[serde(with = "As::<Word<Option<TileFormat>>>")]
    pub format: Option<TileFormat>,
    /// What a tap on this reader means.
    #[serde(with = "As::<Word<ReaderDirection>>")]
    pub direction: ReaderDirection,
}

/// How a reader is driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderKind {
    /// By whatever suits the connection; without one, the first reader that is plugged in.
    #[default]
    Auto,
    /// By the system's libnfc.
    Libnfc,
    /// By the system's smart-card service.
    Pcsc,
    /// As a keyboard that types.
    Keyboard,
}

/// What a tap on a reader means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderDirection {
    /// In or out, by what is recorded.
    #[default]
    Toggle,
    /// In.
    In,
    /// Out.
    Out,
}

impl ReaderDirection {
    /// What every tap here wants; none where the records say it.
    pub fn wanted(self) -> Option<Direction> {
        match self {
            Self::Toggle => None,
            Self::In => Some(Direction::In),
            Self::Out => Some(Direction::Out),
        }
    }
}

/// The readers beside the first one.
pub(super) struct MoreReaders;

impl Form for MoreReaders {
    type Value = Vec<ReaderSettings>;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Value, D::Error> {
        let more = Vec::<ReaderSettings>::deserialize(deserializer)?;
        if more.len() > MOST_MORE {
            let many = more.len();
            return Err(D::Error::custom(format_args!("{many} more readers are not allowed: up to {MOST_MORE} are")));
        }
        Ok(more)
    }

    fn write<S: Serializer>(value: &Self::Value, serializer: S) -> Result<S::Ok, S::Error> {
        // As they stand in a file, where what is not set is left out.
        let mut tables = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
        for table in tables.as_array_mut().into_iter().flatten().filter_map(serde_json::Value::as_object_mut) {
            table.retain(|_, value| !value.is_null());
        }
        tables.serialize(serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let reader = generator.subschema_for::<ReaderSettings>();
        json_schema!({ "type": "array", "maxItems": MOST_MORE, "items": reader })
    }
}

/// Whether these readers can work beside each other; if not, why, and what to do.
pub(super) fn fit<'a>(readers: impl Iterator<Item = &'a ReaderSettings>) -> Result<(), String> {
    let mut seen: Vec<Option<&str>> = Vec::new();
    for reader in readers {
        let connection = reader.connection.as_deref();
        if seen.contains(&connection) {
            let which = connection.unwrap_or("the first reader found");
            return Err(format!("{which} is used by two readers; give each its own `connection`"));
        }
        seen.push(connection);
    }
    Ok(())
}
