//! What each entity looks like: fields in the order of the published examples, their kinds, who writes them.
//!
//! A table and look-ups over it; holds no record. Sources: nexudus-api.md sections 4.1, 5.1, 6.1, 7 and 8.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::fields;

/// The entities the simulator keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Entity {
    /// A location, `/api/sys/businesses` (section 8.4).
    Business,
    /// A time zone, `/api/sys/simpletimezones` (section 3.4).
    SimpleTimeZone,
    /// A member or contact, `/api/spaces/coworkers` (section 7).
    Coworker,
    /// A visit, `/api/spaces/checkins` (section 5).
    Checkin,
    /// A refused visit, `/api/spaces/failedcheckins` (section 6).
    FailedCheckin,
    /// A kind of pass, `/api/billing/timepasses` (section 8.2).
    TimePass,
    /// The hours of a kind of pass, `/api/billing/timepasstimeslots` (section 8.2).
    TimePassTimeSlot,
    /// A plan, `/api/billing/tariffs` (section 8.3).
    Tariff,
    /// A pass a coworker holds, `/api/billing/coworkertimepasses` (section 8.1).
    CoworkerTimePass,
    /// A voucher for the Wi-Fi, `/api/spaces/accesstokens` (section 8.5).
    AccessToken,
    /// A room or a desk, `/api/spaces/resources` (section 8.5).
    Resource,
    /// A resource booked, `/api/spaces/bookings` (section 8.5).
    Booking,
}

impl Entity {
    /// All entities, each after those it refers to.
    pub const ALL: [Self; 12] = [
        Self::SimpleTimeZone,
        Self::Business,
        Self::Tariff,
        Self::TimePass,
        Self::TimePassTimeSlot,
        Self::Coworker,
        Self::CoworkerTimePass,
        Self::Checkin,
        Self::FailedCheckin,
        Self::AccessToken,
        Self::Resource,
        Self::Booking,
    ];

    /// The entity of a path segment such as `checkins`, or of a name such as `Checkin`, whatever the case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|entity| name.eq_ignore_ascii_case(entity.plural()) || name.eq_ignore_ascii_case(entity.name()))
    }

    /// The name in filters, roles and messages, `FailedCheckin`.
    pub fn name(self) -> &'static str {
        self.schema().name
    }

    /// The last segment of its path, `failedcheckins`.
    pub fn plural(self) -> &'static str {
        self.schema().plural
    }

    pub(crate) fn schema(self) -> &'static Schema {
        let place = Self::ALL.iter().position(|entity| *entity == self).unwrap_or_default();
        &SCHEMAS[place]
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number, 0 when absent.
    Integer,
    /// A whole number or null.
    OptionalInteger,
    /// An amount, 0 when absent.
    Decimal,
    /// Text or null.
    Text,
    /// True or false, false when absent.
    Flag,
    /// An instant, UTC, or null.
    Moment,
    /// The id of another record, or null.
    Reference(Entity),
    /// The text of a field of the record that a reference field points to.
    Through(&'static str, &'static str),
    /// The wall clock of the location at the instant of another field.
    WallClock(&'static str),
    /// A number with names.
    Choice(&'static [&'static str]),
    /// A list of ids; left out of lists.
    Collection,
    /// The label of the record.
    Label,
    /// Always null here.
    Nothing,
}

/// Who sets a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// A client, with POST and PUT; left out of a PUT it is cleared.
    Client,
    /// Only the service.
    Service,
    /// `Source`: a client when the switch says so.
    SourceSwitch,
    /// `SystemId`: a client when the switch says so.
    SystemIdSwitch,
}

/// One property of an entity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) access: Access,
}

/// A property that clients write.
pub(crate) const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, access: Access::Client }
}

/// A property that only the service writes.
pub(crate) const fn fixed(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, access: Access::Service }
}

/// Everything known of one entity.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) entity: Entity,
    pub(crate) name: &'static str,
    pub(crate) module: &'static str,
    pub(crate) plural: &'static str,
    /// Fields that a POST or PUT must carry.
    pub(crate) required: &'static [&'static str],
    pub(crate) default_order: &'static str,
    pub(crate) default_descending: bool,
    /// Moments by which records are kept sorted: of those entities that grow by the visit.
    pub(crate) sorted_by: &'static [&'static str],
    /// HTTP verbs served.
    pub(crate) verbs: &'static [&'static str],
    pub(crate) fields: Vec<Field>,
    positions: HashMap<String, usize>,
}

impl Schema {
    /// The place of a field by its name, whatever the case.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).or_else(|| self.positions.get(&name.to_ascii_lowercase())).copied()
    }
}

/// The values of `eCheckinSource` (section 5.1).
pub(crate) const CHECKIN_SOURCES: &[&str] = &["None", "Manual", "DoorAccess", "NetworkActivity", "Tile", "Sensor"];

/// Fields of every record, in the order of the published examples (section 4.1).
const COMMON: [Field; 10] = [
    fixed("Id", Kind::Integer),
    fixed("UpdatedOn", Kind::Moment),
    fixed("CreatedOn", Kind::Moment),
    fixed("UniqueId", Kind::Text),
    fixed("UpdatedBy", Kind::Text),
    fixed("IsNew", Kind::Flag),
    Field { name: "SystemId", kind: Kind::Text, access: Access::SystemIdSwitch },
    fixed("ToStringText", Kind::Label),
    fixed("LocalizationDetails", Kind::Nothing),
    fixed("CustomFields", Kind::Nothing),
];

static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(|| Entity::ALL.into_iter().map(describe).collect());

const READ: &[&str] = &["GET"];
const ALL_BUT_DELETE: &[&str] = &["GET", "POST", "PUT"];
const ALL_VERBS: &[&str] = &["GET", "POST", "PUT", "DELETE"];

fn describe(entity: Entity) -> Schema {
    let (name, module, plural, own): (_, _, _, &[Field]) = match entity {
        Entity::Business => ("Business", "sys", "businesses", fields::BUSINESS),
        Entity::SimpleTimeZone => ("SimpleTimeZone", "sys", "simpletimezones", fields::SIMPLE_TIME_ZONE),
        Entity::Coworker => ("Coworker", "spaces", "coworkers", fields::COWORKER),
        Entity::Checkin => ("Checkin", "spaces", "checkins", fields::CHECKIN),
        Entity::FailedCheckin => ("FailedCheckin", "spaces", "failedcheckins", fields::FAILED_CHECKIN),
        Entity::TimePass => ("TimePass", "billing", "timepasses", fields::TIME_PASS),
        Entity::TimePassTimeSlot => ("TimePassTimeSlot", "billing", "timepasstimeslots", fields::TIME_PASS_TIME_SLOT),
        Entity::Tariff => ("Tariff", "billing", "tariffs", fields::TARIFF),
        Entity::CoworkerTimePass => ("CoworkerTimePass", "billing", "coworkertimepasses", fields::COWORKER_TIME_PASS),
        Entity::AccessToken => ("AccessToken", "spaces", "accesstokens", fields::ACCESS_TOKEN),
        Entity::Resource => ("Resource", "spaces", "resources", fields::RESOURCE),
        Entity::Booking => ("Booking", "spaces", "bookings", fields::BOOKING),
    };
    let required: &[&str] = match entity {
        Entity::Checkin => &["BusinessId", "FromTime"],
        Entity::FailedCheckin => &["BusinessId", "CheckinAttemptTime"],
        // As the oldest generation of the documentation has it; the newer example agrees, where just these are not null.
        Entity::Coworker => &["FullName", "Email", "CountryId", "SimpleTimeZoneId"],
        Entity::AccessToken => &["BusinessId", "AccessCode", "MinutesIncluded"],
        Entity::Booking => &["ResourceId", "FromTime", "ToTime"],
        _ => &[],
    };
    let verbs = match entity {
        Entity::Checkin | Entity::FailedCheckin | Entity::AccessToken | Entity::Booking => ALL_VERBS,
        Entity::Coworker => ALL_BUT_DELETE,
        _ => READ,
    };
    let (default_order, default_descending) = match entity {
        Entity::Checkin => ("FromTime", true),
        Entity::Booking => ("FromTime", false),
        Entity::FailedCheckin => ("CreatedOn", true),
        Entity::Coworker => ("FullName", false),
        Entity::SimpleTimeZone => ("TimeOffset", false),
        _ => ("Id", false),
    };
    let sorted_by: &[&str] = match entity {
        Entity::Checkin => &["FromTime", "CreatedOn", "UpdatedOn"],
        Entity::FailedCheckin => &["CheckinAttemptTime", "CreatedOn", "UpdatedOn"],
        Entity::Coworker => &["UpdatedOn"],
        _ => &[],
    };
    let mut fields = own.to_vec();
    if entity == Entity::Coworker {
        fields.extend(fields::CUSTOM.map(|name| field(name, Kind::Text)));
    }
    fields.extend(COMMON);
    let positions = fields
        .iter()
        .enumerate()
        .flat_map(|(place, field)| [(field.name.to_owned(), place), (field.name.to_ascii_lowercase(), place)])
        .collect();
    Schema {
        entity,
        name,
        module,
        plural,
        required,
        default_order,
        default_descending,
        sorted_by,
        verbs,
        fields,
        positions,
    }
}
