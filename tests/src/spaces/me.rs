//! `GET /api/auth/me`: the signed-in account as the service shows it (nexudus-api.md section 1.4).

use serde_json::{Value, json};

use super::dates;
use super::records::Record;
use super::replies::Reply;
use super::schema::Entity;
use super::state::Inner;
use super::token::Account;

/// Windows zone ids and their IANA names, as far as seeds use them.
const ZONES: [(&str, &str); 5] = [
    ("GMT Standard Time", "Europe/London"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("UTC", "Etc/UTC"),
];

/// Answers for this account.
pub(crate) fn show(inner: &Inner, account: &Account) -> Reply {
    let business = inner.store.all(Entity::Business).next();
    let zone =
        business.and_then(|business| inner.store.get(Entity::SimpleTimeZone, business.integer("SimpleTimeZoneId")?));
    let zone_name = zone.and_then(|zone| zone.text("Name"));
    let iana = ZONES.iter().find(|(windows, _)| Some(*windows) == zone_name).map(|(_, iana)| *iana);
    let businesses: Vec<i64> = inner.store.all(Entity::Business).map(Record::id).collect();
    let id = inner.accounts.iter().position(|other| other == account).unwrap_or_default() + 1;
    let at = dates::write(inner.now(), inner.switches.fractional_digits);
    let body: Value = json!({
        "FullName": account.full_name,
        "Email": account.username,
        "Active": !account.inactive,
        "IsAdmin": account.is_administrator(),
        "APIAccess": !account.no_api_access,
        "Validated": true,
        "MustResetPassword": account.must_reset_password,
        "LastAccess": at,
        "AccessToken": null,
        "PreferredLanguageId": null,
        "DefaultBusinessId": business.map(Record::id),
        "DefaultBusinessName": business.and_then(|business| business.text("Name")),
        "DefaultCountryId": null,
        "DefaultCountryName": null,
        "DefaultCurrencyId": null,
        "DefaultCurrencyName": null,
        "DefaultCurrencyCode": business.and_then(|business| business.text("CurrencyCode")),
        "DefaultSimpleTimeZoneId": zone.map(Record::id),
        "DefaultSimpleTimeZoneName": zone_name,
        "DefaultSimpleTimeZoneNameIana": iana,
        "Businesses": businesses,
        "UserRoles": [],
        "AvatarFileName": null,
        "Id": id,
        "UpdatedOn": at,
        "CreatedOn": at,
        "UniqueId": format!("00000000-0000-4000-8000-{id:012}"),
        "UpdatedBy": "system",
        "IsNew": false,
        "SystemId": null,
        "ToStringText": account.full_name,
        "LocalizationDetails": null,
        "CustomFields": null,
    });
    Reply::json(200, &body)
}
