//! `Business`: a location (`nexudus-api.md` section 8.4).

use serde_json::Value;
use tapdesk_core::hours::{DayHours, OpeningHours};
use tapdesk_core::ids::{BusinessId, SimpleTimeZoneId};

use super::{Common, Record};
use crate::spaces::query::published;
use crate::spaces::reading::{boolean, integer, reference, text};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

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
    /// `MondayOpenTime`, `MondayCloseTime`, `MondayClosed` and so on; none where a day's times are missing or senseless.
    pub opening_hours: Option<OpeningHours>,
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
            opening_hours: opening_hours(json),
        })
    }

    fn id(&self) -> BusinessId {
        self.id
    }
}

/// The week's hours. `SameOpeningTimes` makes Monday's times those of every day that is not closed.
fn opening_hours(json: &Value) -> Option<OpeningHours> {
    let minute = |name: String| integer(json, &name).and_then(|minute| u32::try_from(minute).ok());
    let same = boolean(json, "SameOpeningTimes").unwrap_or(false);
    let mut days = [DayHours::Closed; 7];
    for (day, hours) in DAYS.iter().zip(&mut days) {
        if boolean(json, &format!("{day}Closed")).unwrap_or(false) {
            continue;
        }
        let day = if same { DAYS[0] } else { day };
        *hours = DayHours::Open { from: minute(format!("{day}OpenTime"))?, to: minute(format!("{day}CloseTime"))? };
    }
    OpeningHours::new(days)
}

published! { Business;
    filters {
        NAME: String = "Business_Name",
    }
    ranges {}
}
