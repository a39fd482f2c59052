//! `auth/me`: who the signed-in account is (`nexudus-api.md` section 1.4).

use serde_json::Value;
use tapdesk_core::ids::BusinessId;

use crate::spaces::reading::{boolean, integer, integers, reference, text};

/// The account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// `Id`.
    pub id: i64,
    /// `FullName`.
    pub full_name: Option<String>,
    /// `Email`.
    pub email: Option<String>,
    /// `Active`.
    pub active: Option<bool>,
    /// `IsAdmin`: a full administrator.
    pub is_admin: bool,
    /// `APIAccess`.
    pub api_access: Option<bool>,
    /// `MustResetPassword`.
    pub must_reset_password: Option<bool>,
    /// `DefaultBusinessId`.
    pub default_business: Option<BusinessId>,
    /// `DefaultBusinessName`.
    pub default_business_name: Option<String>,
    /// `DefaultSimpleTimeZoneId`.
    pub default_time_zone: Option<i64>,
    /// `DefaultSimpleTimeZoneNameIana`, of the default location.
    pub default_time_zone_iana: Option<String>,
    /// `Businesses`: the locations that it sees.
    pub businesses: Vec<BusinessId>,
    /// `UserRoles`, by id.
    pub user_roles: Vec<i64>,
}

impl Account {
    /// Reads it; none without an `Id`, with which nobody would be signed in.
    pub fn read(json: &Value) -> Option<Self> {
        Some(Self {
            id: integer(json, "Id")?,
            full_name: text(json, "FullName"),
            email: text(json, "Email"),
            active: boolean(json, "Active"),
            is_admin: boolean(json, "IsAdmin").unwrap_or(false),
            api_access: boolean(json, "APIAccess"),
            must_reset_password: boolean(json, "MustResetPassword"),
            default_business: reference(json, "DefaultBusinessId").map(BusinessId),
            default_business_name: text(json, "DefaultBusinessName"),
            default_time_zone: reference(json, "DefaultSimpleTimeZoneId"),
            default_time_zone_iana: text(json, "DefaultSimpleTimeZoneNameIana"),
            businesses: integers(json, "Businesses").into_iter().map(BusinessId).collect(),
            user_roles: integers(json, "UserRoles"),
        })
    }
}
