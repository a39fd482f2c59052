//! `CoworkerTimePass`: a pass that a member holds (`nexudus-api.md` section 8.1).

use chrono::{DateTime, Utc};
use serde_json::Value;
use tapdesk_core::ids::{BusinessId, CoworkerId, CoworkerTimePassId};

use super::{Common, Record};
use crate::spaces::query::published;
use crate::spaces::reading::{boolean, instant, integer, reference, text};

/// A `CoworkerTimePass` record, as far as a desk needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoworkerTimePass {
    /// `Id`.
    pub id: CoworkerTimePassId,
    /// What every record has.
    pub common: Common,
    /// `CoworkerId`.
    pub coworker: Option<CoworkerId>,
    /// `BusinessId`.
    pub business: Option<BusinessId>,
    /// `TimePassId`: the kind of pass.
    pub time_pass: Option<i64>,
    /// `TimePassName`.
    pub name: Option<String>,
    /// `Used`.
    pub used: Option<bool>,
    /// `CheckedIn`.
    pub checked_in: Option<bool>,
    /// `UsedDate`, UTC.
    pub used_on: Option<DateTime<Utc>>,
    /// `RemainingUses`.
    pub remaining_uses: Option<i64>,
    /// `TotalUses`.
    pub total_uses: Option<i64>,
    /// `ExpireDate`, UTC.
    pub expires: Option<DateTime<Utc>>,
    /// `CancelDate`, UTC.
    pub cancelled: Option<DateTime<Utc>>,
    /// `IsFromTariff`: it came with the plan.
    pub is_from_tariff: Option<bool>,
    /// `IsPayAsYouGo`: it was sold at a check-in.
    pub is_pay_as_you_go: Option<bool>,
}

impl Record for CoworkerTimePass {
    const ENTITY: &'static str = "CoworkerTimePass";
    const PATH: &'static str = "billing/coworkertimepasses";
    type Id = CoworkerTimePassId;

    fn read(json: &Value) -> Option<Self> {
        Some(Self {
            id: CoworkerTimePassId(integer(json, "Id")?),
            common: Common::read(json),
            coworker: reference(json, "CoworkerId").map(CoworkerId),
            business: reference(json, "BusinessId").map(BusinessId),
            time_pass: reference(json, "TimePassId"),
            name: text(json, "TimePassName"),
            used: boolean(json, "Used"),
            checked_in: boolean(json, "CheckedIn"),
            used_on: instant(json, "UsedDate"),
            remaining_uses: integer(json, "RemainingUses"),
            total_uses: integer(json, "TotalUses"),
            expires: instant(json, "ExpireDate"),
            cancelled: instant(json, "CancelDate"),
            is_from_tariff: boolean(json, "IsFromTariff"),
            is_pay_as_you_go: boolean(json, "IsPayAsYouGo"),
        })
    }

    fn id(&self) -> CoworkerTimePassId {
        self.id
    }
}

published! { CoworkerTimePass;
    filters {
        COWORKER: CoworkerId = "CoworkerTimePass_Coworker",
        BUSINESS: BusinessId = "CoworkerTimePass_Business",
        TIME_PASS: i64 = "CoworkerTimePass_TimePass",
        TIME_PASS_NAME: String = "CoworkerTimePass_TimePass_Name",
        USED: bool = "CoworkerTimePass_Used",
        CHECKED_IN: bool = "CoworkerTimePass_CheckedIn",
    }
    ranges {
        USED_DATE: DateTime<Utc> = "CoworkerTimePass_UsedDate",
        REMAINING_USES: i64 = "CoworkerTimePass_RemainingUses",
        EXPIRE_DATE: DateTime<Utc> = "CoworkerTimePass_ExpireDate",
        CREATED_ON: DateTime<Utc> = "CoworkerTimePass_CreatedOn",
        UPDATED_ON: DateTime<Utc> = "CoworkerTimePass_UpdatedOn",
    }
}
