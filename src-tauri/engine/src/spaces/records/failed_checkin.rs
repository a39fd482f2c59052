//! `FailedCheckin`: an attempt that was refused (`nexudus-api.md` section 6).

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use tapdesk_core::ids::{BusinessId, CoworkerId, FailedCheckinId};

use super::source::CheckinSource;
use super::{Common, Record};
use crate::spaces::query::{Moment, published, writable};
use crate::spaces::reading::{instant, integer, reference, text, verbatim, wall_clock, write_instant};

/// A `FailedCheckin` record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCheckin {
    /// `Id`.
    pub id: FailedCheckinId,
    /// What every record has.
    pub common: Common,
    /// `CoworkerId`; none where nobody was known.
    pub coworker: Option<CoworkerId>,
    /// `CoworkerFullName`.
    pub coworker_full_name: Option<String>,
    /// `BusinessId`.
    pub business: Option<BusinessId>,
    /// `BusinessName`.
    pub business_name: Option<String>,
    /// `CheckinAttemptTime`, UTC.
    pub attempted_at: Option<DateTime<Utc>>,
    /// `Source`.
    pub source: Option<CheckinSource>,
    /// `MacAddresses`.
    pub mac_addresses: Option<String>,
    /// `TeamsAtTheTimeOfCheckin`, separated by commas.
    pub teams: Option<String>,
    /// `TariffAtTheTimeOfCheckin`: the plan's name.
    pub tariff: Option<String>,
    /// `Description`: the reason, word for word as received.
    pub description: Option<String>,
    /// `CheckinAttemptTimeLocal`: the location's wall clock.
    pub attempted_at_local: Option<NaiveDateTime>,
}

impl Record for FailedCheckin {
    const ENTITY: &'static str = "FailedCheckin";
    const PATH: &'static str = "spaces/failedcheckins";
    type Id = FailedCheckinId;

    fn read(json: &Value) -> Option<Self> {
        Some(Self {
            id: FailedCheckinId(integer(json, "Id")?),
            common: Common::read(json),
            coworker: reference(json, "CoworkerId").map(CoworkerId),
            coworker_full_name: text(json, "CoworkerFullName"),
            business: reference(json, "BusinessId").map(BusinessId),
            business_name: text(json, "BusinessName"),
            attempted_at: instant(json, "CheckinAttemptTime"),
            source: json.get("Source").and_then(CheckinSource::read),
            mac_addresses: text(json, "MacAddresses"),
            teams: text(json, "TeamsAtTheTimeOfCheckin"),
            tariff: text(json, "TariffAtTheTimeOfCheckin"),
            description: verbatim(json, "Description"),
            attempted_at_local: wall_clock(json, "CheckinAttemptTimeLocal"),
        })
    }

    fn id(&self) -> FailedCheckinId {
        self.id
    }
}

/// A failed check-in to create; what is none is left out.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewFailedCheckin {
    /// `BusinessId`.
    pub business_id: BusinessId,
    /// `CoworkerId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coworker_id: Option<CoworkerId>,
    /// `CheckinAttemptTime`.
    #[serde(serialize_with = "write_instant")]
    pub checkin_attempt_time: DateTime<Utc>,
    /// `Source`; the pages do not list it as writable.
    pub source: CheckinSource,
    /// `Description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `MacAddresses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac_addresses: Option<String>,
    /// `TeamsAtTheTimeOfCheckin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teams_at_the_time_of_checkin: Option<String>,
    /// `TariffAtTheTimeOfCheckin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariff_at_the_time_of_checkin: Option<String>,
}

impl NewFailedCheckin {
    /// An attempt that failed here, with its reason.
    pub fn new(
        business_id: BusinessId,
        coworker_id: Option<CoworkerId>,
        checkin_attempt_time: DateTime<Utc>,
        source: CheckinSource,
        description: &str,
    ) -> Self {
        Self {
            business_id,
            coworker_id,
            checkin_attempt_time,
            source,
            description: Some(description.to_owned()),
            mac_addresses: None,
            teams_at_the_time_of_checkin: None,
            tariff_at_the_time_of_checkin: None,
        }
    }
}

published! { FailedCheckin;
    filters {
        COWORKER: CoworkerId = "FailedCheckin_Coworker",
        COWORKER_FULL_NAME: String = "FailedCheckin_Coworker_FullName",
        BUSINESS: BusinessId = "FailedCheckin_Business",
        BUSINESS_NAME: String = "FailedCheckin_Business_Name",
        SOURCE: CheckinSource = "FailedCheckin_Source",
        MAC_ADDRESSES: String = "FailedCheckin_MacAddresses",
        TEAMS: String = "FailedCheckin_TeamsAtTheTimeOfCheckin",
        TARIFF: String = "FailedCheckin_TariffAtTheTimeOfCheckin",
        DESCRIPTION: String = "FailedCheckin_Description",
    }
    ranges {
        ATTEMPTED_AT: DateTime<Utc> = "FailedCheckin_CheckinAttemptTime",
        ATTEMPTED_AT_LOCAL: NaiveDateTime = "FailedCheckin_CheckinAttemptTimeLocal",
        CREATED_ON: DateTime<Utc> = "FailedCheckin_CreatedOn",
        UPDATED_ON: DateTime<Utc> = "FailedCheckin_UpdatedOn",
    }
}

writable! { FailedCheckin;
    SET_COWORKER: CoworkerId = "CoworkerId",
    SET_ATTEMPTED_AT: Moment = "CheckinAttemptTime",
    SET_MAC_ADDRESSES: String = "MacAddresses",
    SET_TEAMS: String = "TeamsAtTheTimeOfCheckin",
    SET_TARIFF: String = "TariffAtTheTimeOfCheckin",
    SET_DESCRIPTION: String = "Description",
}
