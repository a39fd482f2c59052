//! `TimePass`: a kind of pass that a location sells (`nexudus-api.md` section 8.2).

use serde_json::Value;
use tapdesk_core::ids::{BusinessId, TimePassId};

use super::{Common, Record};
use crate::spaces::reading::{boolean, integer, integers, reference, text};

/// A `TimePass` record, as far as a desk needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimePass {
    /// `Id`.
    pub id: TimePassId,
    /// What every record has.
    pub common: Common,
    /// `BusinessId`.
    pub business: Option<BusinessId>,
    /// `Businesses`: where it counts. A list leaves it out.
    pub businesses: Vec<BusinessId>,
    /// `Name`.
    pub name: Option<String>,
    /// `Price`, as the service writes the number.
    pub price: Option<String>,
    /// `CurrencyCode`.
    pub currency_code: Option<String>,
    /// `UseAsPayAsYouGoForMembers`: sold at a member's check-in that no pass covers.
    pub pay_as_you_go_for_members: bool,
    /// `UseAsPayAsYouGoForContacts`: the same for who has no plan.
    pub pay_as_you_go_for_contacts: bool,
    /// `Archived`.
    pub archived: bool,
}

impl Record for TimePass {
    const ENTITY: &'static str = "TimePass";
    const PATH: &'static str = "billing/timepasses";
    type Id = TimePassId;

    fn read(json: &Value) -> Option<Self> {
        Some(Self {
            id: TimePassId(integer(json, "Id")?),
            common: Common::read(json),
            business: reference(json, "BusinessId").map(BusinessId),
            businesses: integers(json, "Businesses").into_iter().map(BusinessId).collect(),
            name: text(json, "Name"),
            price: text(json, "Price").filter(|price| price.parse::<f64>().is_ok_and(f64::is_finite)),
            currency_code: text(json, "CurrencyCode"),
            pay_as_you_go_for_members: boolean(json, "UseAsPayAsYouGoForMembers").unwrap_or(false),
            pay_as_you_go_for_contacts: boolean(json, "UseAsPayAsYouGoForContacts").unwrap_or(false),
            archived: boolean(json, "Archived").unwrap_or(false),
        })
    }

    fn id(&self) -> TimePassId {
        self.id
    }
}
