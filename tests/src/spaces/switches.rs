//! What the documentation leaves open or says in two ways: one typed switch for each (nexudus-api.md sections 11 and 12).

use serde::{Deserialize, Serialize};

/// When and how a check-in is validated (nexudus-api.md section 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Validation {
    /// A refusal is HTTP 200 with `WasSuccessful: false`.
    #[default]
    Sync,
    /// A refusal is HTTP 400 with the same body.
    Sync400,
    /// HTTP 200 and success; the record is taken away and a `FailedCheckin` written some milliseconds later.
    Async,
    /// Everything is accepted and no pass is consumed.
    Lenient,
}

/// How a number in `dir` is read (nexudus-api.md section 3.2); names are understood in both readings, unless a switch says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirReading {
    /// `0` ascending, `1` descending.
    #[default]
    Enum,
    /// `1` ascending, `-1` descending.
    Sign,
}

/// What `Value` holds after a create (nexudus-api.md section 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostValue {
    /// `{"Id": n}`, as the published pages show.
    #[default]
    IdOnly,
    /// The whole new record, as two clients have seen.
    Full,
}

/// How filters on `AccessCardId`, `KeyFobNumber` and `AccessPincode` behave (nexudus-api.md section 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FobFilter {
    /// Case-insensitive "contains", as for any text.
    #[default]
    Contains,
    /// Equality only.
    Exact,
    /// Never finds anybody.
    Broken,
}

/// What a filter or range value that cannot be read leads to (nexudus-api.md section 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MalformedFilter {
    /// The filter is passed over, so the list is longer than meant.
    #[default]
    Ignored,
    /// HTTP 400.
    Rejected,
}

/// How filters on all other texts behave (nexudus-api.md section 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextFilter {
    /// Case-insensitive "contains".
    #[default]
    Contains,
    /// Equality only.
    Exact,
}

/// What a list says of itself beside its records (nexudus-api.md section 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Envelope {
    /// All that the published pages show.
    #[default]
    Whole,
    /// Neither `TotalItems` nor `TotalPages`.
    WithoutTotals,
    /// Nothing: the records alone.
    Bare,
}

/// The body of a 404 (nexudus-api.md sections 3.1 and 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotFoundBody {
    /// The JSON string `"Not found"`.
    #[default]
    Text,
    /// Nothing.
    Empty,
}

/// The request budget of one account (nexudus-api.md section 2). A window of `None` is not limited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThrottleLimits {
    /// Least milliseconds between two requests.
    pub spacing_milliseconds: Option<u64>,
    /// All verbs in a minute.
    pub per_minute: Option<usize>,
    /// All verbs in an hour.
    pub per_hour: Option<usize>,
    /// All verbs in a day.
    pub per_day: Option<usize>,
    /// Writes in a minute.
    pub writes_per_minute: Option<usize>,
    /// Writes in a day.
    pub writes_per_day: Option<usize>,
    /// `Retry-After`, whole seconds; `None` leaves the header out.
    pub retry_after_seconds: Option<u64>,
}

impl Default for ThrottleLimits {
    fn default() -> Self {
        Self {
            spacing_milliseconds: Some(100),
            per_minute: Some(120),
            per_hour: Some(5_000),
            per_day: Some(200_000),
            writes_per_minute: Some(60),
            writes_per_day: Some(5_000),
            retry_after_seconds: Some(1),
        }
    }
}

/// All switches of one simulator; the defaults are the documented or the most likely behaviour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is one documented conflict, set by its own name")]
pub struct Switches {
    /// When and how a check-in is validated (section 5.4).
    pub validation: Validation,
    /// Milliseconds between the success and the verdict in [`Validation::Async`] (section 5.4).
    pub async_validation_milliseconds: u64,
    /// The `Message` of every refused check-in; `None` repeats the `Description` of its `FailedCheckin` (section 6.3).
    pub refusal_message: Option<String>,
    /// Milliseconds between a refusal and its `FailedCheckin` row (section 6.3).
    pub failed_checkin_delay_milliseconds: u64,
    /// Whether `Source` is stored as sent; else a record made through REST has 1, Manual (section 5.3).
    pub source_writable: bool,
    /// Whether `SystemId` is stored (section 5.6).
    pub system_id_stored: bool,
    /// How numbers in `dir` are read (section 3.2).
    pub dir_reading: DirReading,
    /// Whether names in `dir` are understood (section 3.2); else they say nothing, and the smallest comes first.
    pub dir_names: bool,
    /// What a list says of itself (section 3.2).
    pub envelope: Envelope,
    /// What `Value` holds after a create (section 4.2).
    pub post_value: PostValue,
    /// How tile filters behave (section 7.1).
    pub fob_filter: FobFilter,
    /// How all other text filters behave (section 3.3).
    pub text_filter: TextFilter,
    /// Whether `null` in a filter means "no value" (section 3.3); else it is a value that cannot be read.
    pub null_filter: bool,
    /// What a filter value that cannot be read leads to (section 3.3).
    pub malformed_filter: MalformedFilter,
    /// Published filters that this service does not know, and so ignores like any unknown name (section 3.3).
    pub unknown_filters: Vec<String>,
    /// The body of a 404 (sections 3.1, 4.3).
    pub not_found_body: NotFoundBody,
    /// Largest page; a greater `size` is cut to it (section 3.2).
    pub size_cap: Option<usize>,
    /// Whether the request budget is enforced (section 2).
    pub throttle: bool,
    /// The request budget (section 2).
    pub throttle_limits: ThrottleLimits,
    /// Status of a throttled request: 409 as documented, or 429 (section 2).
    pub throttle_status: u16,
    /// Status when a role is missing: 401 or 403 (section 1.6).
    pub missing_role_status: u16,
    /// The second factor every password grant must carry (section 1.2).
    pub totp: Option<String>,
    /// Life of new access tokens in seconds; `expires_in` says one less (section 1.2).
    pub access_token_seconds: u64,
    /// Life of new refresh tokens in seconds (section 1.2).
    pub refresh_token_seconds: u64,
    /// Fractional digits of every date-time sent, 0 to 7 (section 3.4).
    pub fractional_digits: u8,
    /// Whether `…Local` properties carry the wall clock (with a meaningless `Z`); else they are null (section 3.4).
    pub local_times: bool,
    /// Whether `"BusinessId": "9"` is understood (section 1.1); else it is a validation error.
    pub accept_numbers_as_strings: bool,
    /// Whether records are also taken as forms (section 1.1); else that is 415.
    pub accept_form_bodies: bool,
    /// Whether numbers in records are sent as strings.
    pub send_numbers_as_strings: bool,
    /// Whether a `ToTime` before `FromTime` is a validation error (section 12, question 10).
    pub reject_reversed_times: bool,
    /// Seconds by which the service's clock differs from the true time: `Date`, `CreatedOn`, `UpdatedOn` (section 6.3).
    pub clock_skew_seconds: i64,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            validation: Validation::Sync,
            async_validation_milliseconds: 1_500,
            refusal_message: None,
            failed_checkin_delay_milliseconds: 0,
            source_writable: false,
            system_id_stored: false,
            dir_reading: DirReading::Enum,
            dir_names: true,
            envelope: Envelope::Whole,
            post_value: PostValue::IdOnly,
            fob_filter: FobFilter::Contains,
            text_filter: TextFilter::Contains,
            null_filter: true,
            malformed_filter: MalformedFilter::Ignored,
            unknown_filters: Vec::new(),
            not_found_body: NotFoundBody::Text,
            size_cap: None,
            throttle: false,
            throttle_limits: ThrottleLimits::default(),
            throttle_status: 409,
            missing_role_status: 401,
            totp: None,
            access_token_seconds: 604_800,
            refresh_token_seconds: 1_296_000,
            fractional_digits: 0,
            local_times: true,
            accept_numbers_as_strings: true,
            accept_form_bodies: true,
            send_numbers_as_strings: false,
            reject_reversed_times: false,
            clock_skew_seconds: 0,
        }
    }
}

/// Every switch with what it does, one line each, in the order of [`Switches`].
pub const SWITCH_HELP: &str = "\
validation                         sync (200 + WasSuccessful:false) | sync400 | async (success, taken back later) | lenient
async_validation_milliseconds      from the success to the verdict when validation is async
refusal_message                    Message of every refused check-in; null repeats the FailedCheckin's Description
failed_checkin_delay_milliseconds  from a refusal to its FailedCheckin row
source_writable                    Source is stored as sent; else 1, Manual
system_id_stored                   SystemId is stored as sent; else null
dir_reading                        enum (0 ascending, 1 descending) | sign (1 ascending, -1 descending)
dir_names                          Ascending and Descending are understood; else they say nothing: the smallest first
envelope                           of a list: whole | without_totals | bare (the records alone)
post_value                         Value after a create: id_only | full (the whole record)
fob_filter                         AccessCardId, KeyFobNumber, AccessPincode: contains | exact | broken (finds nobody)
text_filter                        all other texts: contains | exact
null_filter                        null means no value; else it is a value that cannot be read
malformed_filter                   a value that cannot be read: ignored | rejected (400)
unknown_filters                    list of filter names that are ignored
not_found_body                     text (\"Not found\") | empty
size_cap                           largest page; null = none
throttle                           whether the request budget is enforced
throttle_limits                    the budget of each account: {\"per_minute\":…, \"spacing_milliseconds\":…, …}; null = no limit
throttle_status                    409 | 429
missing_role_status                401 | 403
totp                               the second factor that every password grant must carry; null = none
access_token_seconds               life of new access tokens; expires_in says one less
refresh_token_seconds              life of new refresh tokens
fractional_digits                  of every date-time sent, 0 to 7
local_times                        the …Local properties carry the wall clock; else null
accept_numbers_as_strings          \"BusinessId\":\"9\" is understood; else 400
accept_form_bodies                 records are also taken as application/x-www-form-urlencoded; else 415
send_numbers_as_strings            numbers in records are sent as texts
reject_reversed_times              a ToTime before FromTime is 400
clock_skew_seconds                 by which the whole clock of the service is off";

impl Switches {
    /// These switches with the given JSON object laid over them; names the unknown key or the bad value otherwise.
    pub fn overlaid(&self, changes: &serde_json::Value) -> Result<Self, String> {
        let changes = changes.as_object().ok_or("the switches are a JSON object")?;
        let mut whole = serde_json::to_value(self).map_err(|error| error.to_string())?;
        for (name, value) in changes {
            match (whole[name.as_str()].as_object_mut(), value.as_object()) {
                (Some(inner), Some(given)) => inner.extend(given.clone()),
                _ => whole[name.as_str()] = value.clone(),
            }
        }
        serde_json::from_value(whole).map_err(|error| error.to_string())
    }
}
