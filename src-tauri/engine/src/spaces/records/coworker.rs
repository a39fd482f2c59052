//! `Coworker`: a member (`nexudus-api.md` section 7). Its contact data are not taken out of it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use tapdesk_core::ids::{BusinessId, CoworkerId};
use tapdesk_core::member::Member;

use super::{Common, Record};
use crate::pins::Pin;
use crate::spaces::query::{published, writable};
use crate::spaces::reading::{boolean, integer, reference, text};

/// A Coworker record, as far as a desk may need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coworker {
    /// The member.
    pub member: Member,
    /// What every record has.
    pub common: Common,
    /// `AccessCardId`, free text.
    pub access_card_id: Option<String>,
    /// `KeyFobNumber`, free text.
    pub key_fob_number: Option<String>,
    /// `AccessPincode`, masked, and gone with this record unless somebody keeps it.
    pub access_pincode: Option<Pin>,
    /// `TariffName`: the plan.
    pub tariff_name: Option<String>,
    /// `TeamNames`, separated by commas.
    pub team_names: Option<String>,
    /// `InvoicingBusinessId`: the home location.
    pub home: Option<BusinessId>,
    /// `AvatarFileName`: there is a picture.
    pub avatar_file_name: Option<String>,
    /// `CheckinSinceLastRenewal`: visits in this period.
    pub checkins_since_renewal: Option<i64>,
    /// `MinutesSinceLastRenewal`: minutes in this period.
    pub minutes_since_renewal: Option<i64>,
}

impl Record for Coworker {
    const ENTITY: &'static str = "Coworker";
    const PATH: &'static str = "spaces/coworkers";
    type Id = CoworkerId;

    /// A record that does not say `Active` is of nobody who may check in: silence is no permission.
    fn read(json: &Value) -> Option<Self> {
        let called = text(json, "Salutation").or_else(|| text(json, "GuessedFirstName"));
        let member = Member {
            id: CoworkerId(integer(json, "Id")?),
            full_name: text(json, "FullName").unwrap_or_default(),
            called,
            active: boolean(json, "Active").unwrap_or(false),
            archived: boolean(json, "Archived").unwrap_or(false),
        };
        Some(Self {
            member,
            common: Common::read(json),
            access_card_id: text(json, "AccessCardId"),
            key_fob_number: text(json, "KeyFobNumber"),
            access_pincode: text(json, "AccessPincode").map(Pin::new),
            tariff_name: text(json, "TariffName"),
            team_names: text(json, "TeamNames"),
            home: reference(json, "InvoicingBusinessId").map(BusinessId),
            avatar_file_name: text(json, "AvatarFileName"),
            checkins_since_renewal: integer(json, "CheckinSinceLastRenewal"),
            minutes_since_renewal: integer(json, "MinutesSinceLastRenewal"),
        })
    }

    fn id(&self) -> CoworkerId {
        self.member.id
    }
}

impl Coworker {
    /// The texts that may name a tile.
    pub fn tile_texts(&self) -> impl Iterator<Item = &str> {
        [&self.access_card_id, &self.key_fob_number].into_iter().filter_map(Option::as_deref)
    }
}

published! { Coworker;
    filters {
        FULL_NAME: String = "Coworker_FullName",
        EMAIL: String = "Coworker_Email",
        ACTIVE: bool = "Coworker_Active",
        ARCHIVED: bool = "Coworker_Archived",
        USER: i64 = "Coworker_User",
        ACCESS_CARD_ID: String = "Coworker_AccessCardId",
        KEY_FOB_NUMBER: String = "Coworker_KeyFobNumber",
    }
    ranges {
        CREATED_ON: DateTime<Utc> = "Coworker_CreatedOn",
        UPDATED_ON: DateTime<Utc> = "Coworker_UpdatedOn",
    }
}

// Only what ties a tile to a member: Tapdesk changes nothing else of anybody.
writable! { Coworker;
    SET_ACCESS_CARD_ID: String = "AccessCardId",
    SET_KEY_FOB_NUMBER: String = "KeyFobNumber",
}
