//! The properties of each entity that are not common to all, in the order in which they are sent.
//!
//! Only tables. Sources: nexudus-api.md sections 5.1, 6.1, 7, 8.1 to 8.5 and 3.4.

use super::schema::Kind::{
    Choice, Collection, Decimal, Flag, Integer, Moment, OptionalInteger, Reference, Text, Through, WallClock,
};
use super::schema::{Access, CHECKIN_SOURCES, Entity, Field, field, fixed};

const SOURCE: Field = Field { name: "Source", kind: Choice(CHECKIN_SOURCES), access: Access::SourceSwitch };

/// Section 5.1.
pub(crate) const CHECKIN: &[Field] = &[
    field("CoworkerId", Reference(Entity::Coworker)),
    fixed("CoworkerFullName", Through("CoworkerId", "FullName")),
    field("BusinessId", Reference(Entity::Business)),
    fixed("BusinessName", Through("BusinessId", "Name")),
    SOURCE,
    field("FromTime", Moment),
    field("ToTime", Moment),
    field("CountsTowardsPlanLimits", Flag),
    field("CoworkerTimePassGuid", Text),
    field("AutoCheckout", Flag),
    field("LastActivity", Moment),
    field("MacAddresses", Text),
    field("TeamsAtTheTimeOfCheckin", Text),
    field("TariffAtTheTimeOfCheckin", Text),
    field("ValidateCheckinJobId", Text),
    fixed("FromTimeLocal", WallClock("FromTime")),
    fixed("ToTimeLocal", WallClock("ToTime")),
];

/// Section 6.1.
pub(crate) const FAILED_CHECKIN: &[Field] = &[
    field("CoworkerId", Reference(Entity::Coworker)),
    fixed("CoworkerFullName", Through("CoworkerId", "FullName")),
    field("BusinessId", Reference(Entity::Business)),
    fixed("BusinessName", Through("BusinessId", "Name")),
    field("CheckinAttemptTime", Moment),
    SOURCE,
    field("MacAddresses", Text),
    field("TeamsAtTheTimeOfCheckin", Text),
    field("TariffAtTheTimeOfCheckin", Text),
    field("Description", Text),
    fixed("CheckinAttemptTimeLocal", WallClock("CheckinAttemptTime")),
];

/// Section 7.
pub(crate) const COWORKER: &[Field] = &[
    field("UserId", OptionalInteger),
    field("InvoicingBusinessId", Reference(Entity::Business)),
    fixed("InvoicingBusinessName", Through("InvoicingBusinessId", "Name")),
    field("CoworkerType", Integer),
    field("FullName", Text),
    field("Salutation", Text),
    fixed("GuessedFirstName", Text),
    fixed("GuessedLastName", Text),
    field("Email", Text),
    field("CompanyName", Text),
    field("MobilePhone", Text),
    field("CountryId", OptionalInteger),
    field("SimpleTimeZoneId", Reference(Entity::SimpleTimeZone)),
    field("Active", Flag),
    field("Archived", Flag),
    field("KeyFobNumber", Text),
    field("AccessCardId", Text),
    field("AccessPincode", Text),
    field("AllowNetworkCheckin", Flag),
    field("AccessControlDebounceTime", OptionalInteger),
    field("TariffId", Reference(Entity::Tariff)),
    fixed("TariffName", Through("TariffId", "Name")),
    field("NextTariffId", Reference(Entity::Tariff)),
    fixed("NextTariffName", Through("NextTariffId", "Name")),
    fixed("TeamNames", Text),
    fixed("HasDueInvoices", Flag),
    field("ShowAlert", Flag),
    field("AlertNote", Text),
    fixed("CheckinSinceLastRenewal", Integer),
    fixed("MinutesSinceLastRenewal", Integer),
    fixed("RegistrationDate", Moment),
    fixed("AvatarFileName", Text),
    field("Teams", Collection),
    field("Businesses", Collection),
    fixed("CoworkerContractIds", Collection),
];

/// The free texts of a coworker, section 7.
pub(crate) const CUSTOM: [&str; 30] = [
    "Custom1", "Custom2", "Custom3", "Custom4", "Custom5", "Custom6", "Custom7", "Custom8", "Custom9", "Custom10",
    "Custom11", "Custom12", "Custom13", "Custom14", "Custom15", "Custom16", "Custom17", "Custom18", "Custom19",
    "Custom20", "Custom21", "Custom22", "Custom23", "Custom24", "Custom25", "Custom26", "Custom27", "Custom28",
    "Custom29", "Custom30",
];

/// Section 8.1.
pub(crate) const COWORKER_TIME_PASS: &[Field] = &[
    field("CoworkerId", Reference(Entity::Coworker)),
    fixed("CoworkerFullName", Through("CoworkerId", "FullName")),
    field("BusinessId", Reference(Entity::Business)),
    fixed("BusinessName", Through("BusinessId", "Name")),
    field("TimePassId", Reference(Entity::TimePass)),
    fixed("TimePassName", Through("TimePassId", "Name")),
    fixed("TimePassCurrencyCode", Through("TimePassId", "CurrencyCode")),
    field("Notes", Text),
    field("PurchaseOrder", Text),
    field("Used", Flag),
    field("CheckedIn", Flag),
    field("UsedDate", Moment),
    field("RemainingUses", OptionalInteger),
    field("TotalUses", OptionalInteger),
    field("Free", Flag),
    field("Price", Decimal),
    field("ExpireDate", Moment),
    field("CancelDate", Moment),
    field("Invoiced", Flag),
    field("InvoiceDate", Moment),
    field("IsFromTariff", Flag),
    field("IsPayAsYouGo", Flag),
    field("TariffTimePassUniqueId", Text),
    field("CoworkerProductUniqueId", Text),
    field("CoworkerContractUniqueId", Text),
];

/// Section 8.2.
pub(crate) const TIME_PASS: &[Field] = &[
    field("BusinessId", Reference(Entity::Business)),
    fixed("BusinessName", Through("BusinessId", "Name")),
    field("Name", Text),
    field("Price", Decimal),
    field("CurrencyId", OptionalInteger),
    field("CurrencyCode", Text),
    field("MinutesIncluded", OptionalInteger),
    field("CountsTowardsPlanLimits", Flag),
    field("UseAsPayAsYouGoForMembers", Flag),
    field("UseAsPayAsYouGoForContacts", Flag),
    field("UsePriority", Integer),
    field("AllowNetworkCheckIn", Flag),
    field("OnlyForContacts", Flag),
    field("OnlyForMembers", Flag),
    field("Archived", Flag),
    field("Businesses", Collection),
    field("Tariffs", Collection),
];

/// Section 8.2; times of day are date-times on 1976-01-01 (section 3.4), `DayOfWeek` 0 is Sunday.
pub(crate) const TIME_PASS_TIME_SLOT: &[Field] = &[
    field("TimePassId", Reference(Entity::TimePass)),
    field("DayOfWeek", Integer),
    field("FromTime", Moment),
    field("ToTime", Moment),
];

/// Section 8.3.
pub(crate) const TARIFF: &[Field] = &[
    field("BusinessId", Reference(Entity::Business)),
    fixed("BusinessName", Through("BusinessId", "Name")),
    field("Name", Text),
    field("Price", Decimal),
    field("UseTimePasses", Flag),
    field("CheckinPricePlanLimit", OptionalInteger),
    field("CheckinMonthLimit", OptionalInteger),
    field("CheckinWeekLimit", OptionalInteger),
    field("HoursPricePlanLimit", OptionalInteger),
    field("HoursMonthLimit", OptionalInteger),
    field("HoursWeekLimit", OptionalInteger),
    field("Archived", Flag),
    field("TimePasses", Collection),
];

/// Section 8.4; opening times are minutes after local midnight (section 3.4).
pub(crate) const BUSINESS: &[Field] = &[
    field("Name", Text),
    field("RootLocationId", OptionalInteger),
    field("WebAddress", Text),
    field("CurrencyId", OptionalInteger),
    field("CurrencyCode", Text),
    field("CountryId", OptionalInteger),
    field("SimpleTimeZoneId", Reference(Entity::SimpleTimeZone)),
    fixed("SimpleTimeZoneName", Through("SimpleTimeZoneId", "Name")),
    field("DefaultLanguage", Text),
    field("Address", Text),
    field("TownCity", Text),
    field("Phone", Text),
    field("EmailContact", Text),
    field("MondayOpenTime", OptionalInteger),
    field("MondayCloseTime", OptionalInteger),
    field("MondayClosed", Flag),
    field("TuesdayOpenTime", OptionalInteger),
    field("TuesdayCloseTime", OptionalInteger),
    field("TuesdayClosed", Flag),
    field("WednesdayOpenTime", OptionalInteger),
    field("WednesdayCloseTime", OptionalInteger),
    field("WednesdayClosed", Flag),
    field("ThursdayOpenTime", OptionalInteger),
    field("ThursdayCloseTime", OptionalInteger),
    field("ThursdayClosed", Flag),
    field("FridayOpenTime", OptionalInteger),
    field("FridayCloseTime", OptionalInteger),
    field("FridayClosed", Flag),
    field("SaturdayOpenTime", OptionalInteger),
    field("SaturdayCloseTime", OptionalInteger),
    field("SaturdayClosed", Flag),
    field("SundayOpenTime", OptionalInteger),
    field("SundayCloseTime", OptionalInteger),
    field("SundayClosed", Flag),
    field("SameOpeningTimes", Flag),
    field("Suspended", Flag),
    field("NewNexIoBannerImageUrl", Text),
];

/// Section 8.5: a voucher for the Wi-Fi. `MinutesLeft` is sent by one client, so it is taken.
pub(crate) const ACCESS_TOKEN: &[Field] = &[
    field("BusinessId", Reference(Entity::Business)),
    fixed("BusinessName", Through("BusinessId", "Name")),
    field("AccessCode", Text),
    field("Description", Text),
    field("MinutesIncluded", OptionalInteger),
    field("ValidFrom", Moment),
    field("ValidTo", Moment),
    field("UserLimit", OptionalInteger),
    field("MinutesLeft", Integer),
    field("MacAddress", Text),
    field("BookingGuid", Text),
    field("VisitorGuid", Text),
    fixed("LastAccess", Moment),
];

/// Section 8.5.
pub(crate) const RESOURCE: &[Field] = &[
    field("BusinessId", Reference(Entity::Business)),
    fixed("BusinessName", Through("BusinessId", "Name")),
    field("Name", Text),
];

/// Section 8.5.
pub(crate) const BOOKING: &[Field] = &[
    field("ResourceId", Reference(Entity::Resource)),
    fixed("ResourceName", Through("ResourceId", "Name")),
    field("CoworkerId", Reference(Entity::Coworker)),
    fixed("CoworkerFullName", Through("CoworkerId", "FullName")),
    field("FromTime", Moment),
    field("ToTime", Moment),
    field("Notes", Text),
    field("InternalNotes", Text),
    field("Tentative", Flag),
    field("Online", Flag),
];

/// Section 3.4; `TimeOffset` in minutes east of UTC.
pub(crate) const SIMPLE_TIME_ZONE: &[Field] =
    &[field("Name", Text), field("Description", Text), field("TimeOffset", Integer), field("UsesSummerTime", Flag)];
