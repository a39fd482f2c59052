//! `Checkin`: a visit of a member at a location (`nexudus-api.md` section 5).

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use tapdesk_core::checkin::CheckinRecord;
use tapdesk_core::ids::{BusinessId, CheckinId, CoworkerId};

use super::source::CheckinSource;
use super::{Common, Record};
use crate::spaces::query::{Moment, published, writable};
use crate::spaces::reading::{
    boolean, instant, integer, reference, text, wall_clock, write_instant, write_optional_instant,
};

/// A Checkin record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkin {
    /// `Id`.
    pub id: CheckinId,
    /// What every record has.
    pub common: Common,
    /// `CoworkerId`; none for a device of nobody known.
    pub coworker: Option<CoworkerId>,
    /// `CoworkerFullName`.
    pub coworker_full_name: Option<String>,
    /// `BusinessId`.
    pub business: Option<BusinessId>,
    /// `BusinessName`.
    pub business_name: Option<String>,
    /// `Source`, as stored.
    pub source: Option<CheckinSource>,
    /// `FromTime`, UTC.
    pub from: DateTime<Utc>,
    /// `ToTime`, UTC; none while open.
    pub to: Option<DateTime<Utc>>,
    /// `CountsTowardsPlanLimits`.
    pub counts_towards_plan_limits: Option<bool>,
    /// `CoworkerTimePassGuid`: the pass that it used up.
    pub time_pass: Option<String>,
    /// `AutoCheckout`: closed by the service, or to be closed by it.
    pub auto_checkout: Option<bool>,
    /// `LastActivity`, UTC, of network check-ins.
    pub last_activity: Option<DateTime<Utc>>,
    /// `MacAddresses`.
    pub mac_addresses: Option<String>,
    /// `TeamsAtTheTimeOfCheckin`, separated by commas.
    pub teams: Option<String>,
    /// `TariffAtTheTimeOfCheckin`: the plan's name.
    pub tariff: Option<String>,
    /// `ValidateCheckinJobId`: the job that will validate it.
    pub validation_job: Option<String>,
    /// `FromTimeLocal`: the location's wall clock.
    pub from_local: Option<NaiveDateTime>,
    /// `ToTimeLocal`: the location's wall clock.
    pub to_local: Option<NaiveDateTime>,
}

impl Record for Checkin {
    const ENTITY: &'static str = "Checkin";
    const PATH: &'static str = "spaces/checkins";
    type Id = CheckinId;

    /// Without its `FromTime`, or with a `ToTime` that cannot be read, it is none: open or closed would be a guess.
    fn read(json: &Value) -> Option<Self> {
        let to = match json.get("ToTime") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.trim().is_empty() => None,
            Some(_) => Some(instant(json, "ToTime")?),
        };
        Some(Self {
            id: CheckinId(integer(json, "Id")?),
            common: Common::read(json),
            coworker: reference(json, "CoworkerId").map(CoworkerId),
            coworker_full_name: text(json, "CoworkerFullName"),
            business: reference(json, "BusinessId").map(BusinessId),
            business_name: text(json, "BusinessName"),
            source: json.get("Source").and_then(CheckinSource::read),
            from: instant(json, "FromTime")?,
            to,
            counts_towards_plan_limits: boolean(json, "CountsTowardsPlanLimits"),
            time_pass: text(json, "CoworkerTimePassGuid"),
            auto_checkout: boolean(json, "AutoCheckout"),
            last_activity: instant(json, "LastActivity"),
            mac_addresses: text(json, "MacAddresses"),
            teams: text(json, "TeamsAtTheTimeOfCheckin"),
            tariff: text(json, "TariffAtTheTimeOfCheckin"),
            validation_job: text(json, "ValidateCheckinJobId"),
            from_local: wall_clock(json, "FromTimeLocal"),
            to_local: wall_clock(json, "ToTimeLocal"),
        })
    }

    fn id(&self) -> CheckinId {
        self.id
    }
}

impl Checkin {
    /// As far as the rules of the desk need it.
    pub fn for_the_desk(&self) -> CheckinRecord {
        let source = self.source.as_ref().and_then(CheckinSource::number);
        CheckinRecord { id: self.id, from: self.from, to: self.to, source }
    }
}

/// A check-in to create; what is none is left out.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewCheckin {
    /// `BusinessId`.
    pub business_id: BusinessId,
    /// `CoworkerId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coworker_id: Option<CoworkerId>,
    /// `FromTime`.
    #[serde(serialize_with = "write_instant")]
    pub from_time: DateTime<Utc>,
    /// `Source`; the pages do not list it as writable, and the service may store another.
    pub source: CheckinSource,
    /// `ToTime`; none for a check-in that is open.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_instant")]
    pub to_time: Option<DateTime<Utc>>,
    /// `CountsTowardsPlanLimits`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts_towards_plan_limits: Option<bool>,
    /// `CoworkerTimePassGuid`: the pass to use up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coworker_time_pass_guid: Option<String>,
    /// `AutoCheckout`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_checkout: Option<bool>,
    /// `LastActivity`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_instant")]
    pub last_activity: Option<DateTime<Utc>>,
    /// `MacAddresses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac_addresses: Option<String>,
    /// `TeamsAtTheTimeOfCheckin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teams_at_the_time_of_checkin: Option<String>,
    /// `TariffAtTheTimeOfCheckin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariff_at_the_time_of_checkin: Option<String>,
    /// `ValidateCheckinJobId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validate_checkin_job_id: Option<String>,
}

impl NewCheckin {
    /// An open check-in of this member here; all else is the service's to fill in.
    pub fn new(
        business_id: BusinessId,
        coworker_id: CoworkerId,
        from_time: DateTime<Utc>,
        source: CheckinSource,
    ) -> Self {
        Self {
            business_id,
            coworker_id: Some(coworker_id),
            from_time,
            source,
            to_time: None,
            counts_towards_plan_limits: None,
            coworker_time_pass_guid: None,
            auto_checkout: None,
            last_activity: None,
            mac_addresses: None,
            teams_at_the_time_of_checkin: None,
            tariff_at_the_time_of_checkin: None,
            validate_checkin_job_id: None,
        }
    }
}

published! { Checkin;
    filters {
        COWORKER: CoworkerId = "Checkin_Coworker",
        COWORKER_FULL_NAME: String = "Checkin_Coworker_FullName",
        BUSINESS: BusinessId = "Checkin_Business",
        BUSINESS_NAME: String = "Checkin_Business_Name",
        SOURCE: CheckinSource = "Checkin_Source",
        COUNTS_TOWARDS_PLAN_LIMITS: bool = "Checkin_CountsTowardsPlanLimits",
        TIME_PASS: String = "Checkin_CoworkerTimePassGuid",
        AUTO_CHECKOUT: bool = "Checkin_AutoCheckout",
        MAC_ADDRESSES: String = "Checkin_MacAddresses",
        TEAMS: String = "Checkin_TeamsAtTheTimeOfCheckin",
        TARIFF: String = "Checkin_TariffAtTheTimeOfCheckin",
        VALIDATION_JOB: String = "Checkin_ValidateCheckinJobId",
    }
    ranges {
        FROM_TIME: DateTime<Utc> = "Checkin_FromTime",
        TO_TIME: DateTime<Utc> = "Checkin_ToTime",
        LAST_ACTIVITY: DateTime<Utc> = "Checkin_LastActivity",
        FROM_TIME_LOCAL: NaiveDateTime = "Checkin_FromTimeLocal",
        TO_TIME_LOCAL: NaiveDateTime = "Checkin_ToTimeLocal",
        CREATED_ON: DateTime<Utc> = "Checkin_CreatedOn",
        UPDATED_ON: DateTime<Utc> = "Checkin_UpdatedOn",
    }
}

writable! { Checkin;
    SET_COWORKER: CoworkerId = "CoworkerId",
    SET_FROM_TIME: Moment = "FromTime",
    SET_TO_TIME: Moment = "ToTime",
    SET_COUNTS_TOWARDS_PLAN_LIMITS: bool = "CountsTowardsPlanLimits",
    SET_TIME_PASS: String = "CoworkerTimePassGuid",
    SET_AUTO_CHECKOUT: bool = "AutoCheckout",
    SET_LAST_ACTIVITY: Moment = "LastActivity",
    SET_MAC_ADDRESSES: String = "MacAddresses",
    SET_TEAMS: String = "TeamsAtTheTimeOfCheckin",
    SET_TARIFF: String = "TariffAtTheTimeOfCheckin",
}
