//! `Business`: a location (`nexudus-api.md` section 8.4).

use serde_json::Value;
use tapdesk_core::ids::{BusinessId, SimpleTimeZoneId};

use super::{Common, Record};
use crate::spaces::query::published;
use crate::spaces::reading::{boolean, integer, reference, text};

/// A Business record, as far as a desk needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Business {
    /// `Id`.
    pub id: BusinessId,
    /// What every record has.
    pub common: Common,
    /// `Name`.
    pub name: String,
    /// `WebAddress`: the subdomain of its portal.
    pub web_address: Option<String>,
    /// `SimpleTimeZoneId`.
    pub time_zone: Option<SimpleTimeZoneId>,
    /// `DefaultLanguage`.
    pub default_language: Option<String>,
    /// `Phone`.
    pub phone: Option<String>,
    /// `CurrencyCode`.
    pub currency_code: Option<String>,
    /// `Suspended`.
    pub suspended: Option<bool>,
}

impl Record for Business {
    const ENTITY: &'static str = "Business";
    const PATH: &'static str = "sys/businesses";
    type Id = BusinessId;

    fn read(json: &Value) -> Option<Self> {
        Some(Self {
            id: BusinessId(integer(json, "Id")?),
            common: Common::read(json),
            name: text(json, "Name").unwrap_or_default(),
            web_address: text(json, "WebAddress"),
            time_zone: reference(json, "SimpleTimeZoneId").map(SimpleTimeZoneId),
            default_language: text(json, "DefaultLanguage"),
            phone: text(json, "Phone"),
            currency_code: text(json, "CurrencyCode"),
            suspended: boolean(json, "Suspended"),
        })
    }

    fn id(&self) -> BusinessId {
        self.id
    }
}

published! { Business;
    filters {
        NAME: String = "Business_Name",
    }
    ranges {}
}
