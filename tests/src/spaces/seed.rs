//! What the service knows at the start: two locations, plans, passes, and members who cover every outcome.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::coworkers::{self, Member};
use super::failed_checkins_in_bulk::ManyFailedCheckins;
use super::handle::State;
use super::schema::Entity;
use super::token::Account;

/// E-mail of the account with all rights.
pub const USERNAME: &str = "kiosk@example.org";
/// Password of both seeded accounts and of the member's login.
pub const PASSWORD: &str = "correct-horse";
/// E-mail of the account that lacks `Checkin-Create`.
pub const USERNAME_WITHOUT_CREATE: &str = "desk-less@example.org";

/// E-mail of the member's login: that of Ana Prieto, 1001.
pub const MEMBER_EMAIL: &str = "ana@example.org";

/// Location "Quay House".
pub const QUAY_HOUSE: i64 = 9;
/// Location "Mill Yard".
pub const MILL_YARD: i64 = 12;
/// Plan that covers every visit.
pub const PLAN_RESIDENT: i64 = 201;
/// Plan that needs a pass for each visit.
pub const PLAN_FLEX: i64 = 202;
/// Plan that covers three check-ins a week.
pub const PLAN_THREE_A_WEEK: i64 = 203;
/// Plan that has ended.
pub const PLAN_ENDED: i64 = 204;
/// Day pass for every location.
pub const PASS_DAY: i64 = 301;
/// Day pass for Mill Yard only.
pub const PASS_MILL_YARD: i64 = 302;
/// Pay-as-you-go day pass, sold to contacts at Quay House.
pub const PASS_PAY_AS_YOU_GO: i64 = 303;
/// Meeting room at Quay House.
pub const ROOM: i64 = 501;
/// Pass whose hours lie at the other end of the day in which the seed was planted.
pub const PASS_OFF_PEAK: i64 = 304;

/// What a seed file may hold; all parts are optional.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeedFile {
    /// Accounts to add.
    pub accounts: Vec<Account>,
    /// Records to add or replace, by path segment: `{"coworkers": [{…}]}`.
    pub records: Map<String, Value>,
    /// Members to add.
    pub named_members: Vec<Member>,
    /// So many members in bulk.
    pub members: usize,
    /// Many refused visits to add.
    pub failed_checkins: Option<ManyFailedCheckins>,
    /// Switches to turn.
    pub switches: Map<String, Value>,
}

/// Lays a seed file over what is there; names what is wrong with it.
pub fn apply(state: &State, file: &SeedFile) -> Result<(), String> {
    for account in &file.accounts {
        state.add_account(account.clone());
    }
    for (name, records) in &file.records {
        let entity = Entity::named(name).ok_or_else(|| format!("records: {name} is not kept"))?;
        for record in records.as_array().ok_or_else(|| format!("records: {name} is not a list"))? {
            state.put_record(entity, record)?;
        }
    }
    for member in &file.named_members {
        state.add_member(member);
    }
    state.add_members(file.members);
    if let Some(many) = &file.failed_checkins {
        state.add_failed_checkins(many);
    }
    let switches = state.switches().overlaid(&Value::Object(file.switches.clone()))?;
    state.change_switches(|current| *current = switches);
    Ok(())
}

/// The seeded accounts.
pub(crate) fn accounts() -> Vec<Account> {
    vec![
        Account::administrator(USERNAME, PASSWORD, "Front Desk Kiosk"),
        Account::administrator(USERNAME_WITHOUT_CREATE, PASSWORD, "Desk-less Kiosk").lacking("Checkin-Create"),
    ]
}

/// Stores locations, plans, passes and the named members.
pub(crate) fn plant(state: &State) -> Result<(), String> {
    let places = [
        (
            Entity::SimpleTimeZone,
            json!({ "Id": 31, "Name": "GMT Standard Time", "Description": "(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "TimeOffset": 0, "UsesSummerTime": true }),
        ),
        (
            Entity::SimpleTimeZone,
            json!({ "Id": 32, "Name": "W. Europe Standard Time", "Description": "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Vienna", "TimeOffset": 60, "UsesSummerTime": true }),
        ),
        (
            Entity::SimpleTimeZone,
            json!({ "Id": 33, "Name": "Romance Standard Time", "Description": "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "TimeOffset": 60, "UsesSummerTime": true }),
        ),
        (
            Entity::Business,
            json!({ "Id": QUAY_HOUSE, "Name": "Quay House", "WebAddress": "quayhouse", "CurrencyCode": "GBP", "SimpleTimeZoneId": 31, "DefaultLanguage": "en", "TownCity": "Bristol", "SameOpeningTimes": true, "MondayOpenTime": 480, "MondayCloseTime": 1_200 }),
        ),
        (
            Entity::Business,
            json!({ "Id": MILL_YARD, "Name": "Mill Yard", "WebAddress": "millyard", "CurrencyCode": "GBP", "SimpleTimeZoneId": 31, "DefaultLanguage": "en", "TownCity": "Bath", "SameOpeningTimes": true, "MondayOpenTime": 480, "MondayCloseTime": 1_200 }),
        ),
    ];
    let plans = [
        json!({ "Id": PLAN_RESIDENT, "BusinessId": QUAY_HOUSE, "Name": "Resident", "Price": 250.0, "UseTimePasses": false }),
        json!({ "Id": PLAN_FLEX, "BusinessId": QUAY_HOUSE, "Name": "Flex", "Price": 20.0, "UseTimePasses": true, "TimePasses": [PASS_DAY] }),
        json!({ "Id": PLAN_THREE_A_WEEK, "BusinessId": QUAY_HOUSE, "Name": "Three a week", "Price": 90.0, "UseTimePasses": false, "CheckinWeekLimit": 3 }),
        json!({ "Id": PLAN_ENDED, "BusinessId": QUAY_HOUSE, "Name": "Summer 2019", "Price": 10.0, "Archived": true }),
    ];
    let passes = [
        json!({ "Id": PASS_DAY, "BusinessId": QUAY_HOUSE, "Name": "Day pass", "Price": 18.0, "CurrencyCode": "GBP", "Businesses": [QUAY_HOUSE, MILL_YARD] }),
        json!({ "Id": PASS_MILL_YARD, "BusinessId": MILL_YARD, "Name": "Mill Yard day pass", "Price": 12.0, "CurrencyCode": "GBP", "Businesses": [MILL_YARD] }),
        json!({ "Id": PASS_PAY_AS_YOU_GO, "BusinessId": QUAY_HOUSE, "Name": "Walk-in day", "Price": 25.0, "CurrencyCode": "GBP", "UseAsPayAsYouGoForContacts": true, "OnlyForContacts": true, "Businesses": [QUAY_HOUSE] }),
        json!({ "Id": PASS_OFF_PEAK, "BusinessId": QUAY_HOUSE, "Name": "Off-peak pass", "Price": 8.0, "CurrencyCode": "GBP" }),
    ];
    for (entity, record) in places {
        state.put_record(entity, &record)?;
    }
    let room = json!({ "Id": ROOM, "BusinessId": QUAY_HOUSE, "Name": "Meeting room" });
    state.put_record(Entity::Resource, &room)?;
    for plan in plans {
        state.put_record(Entity::Tariff, &plan)?;
    }
    for pass in passes {
        state.put_record(Entity::TimePass, &pass)?;
    }
    let now = state.read(super::state::Inner::now);
    let (from, to) = if now.hour() < 12 { (20, 22) } else { (4, 6) };
    for day in 0..7 {
        let slot = json!({ "TimePassId": PASS_OFF_PEAK, "DayOfWeek": day,
            "FromTime": format!("1976-01-01T{from:02}:00:00Z"), "ToTime": format!("1976-01-01T{to:02}:00:00Z") });
        state.put_record(Entity::TimePassTimeSlot, &slot)?;
    }
    state.change(|inner| {
        for member in members(now) {
            coworkers::add(inner, &member, now - TimeDelta::days(60));
        }
    });
    // Seconds ago, so that all three are in the week of now whenever that is.
    for ago in 1..=3 {
        let moment = now - TimeDelta::seconds(ago);
        let visit = json!({ "CoworkerId": 1_009, "BusinessId": QUAY_HOUSE, "Source": 1, "CountsTowardsPlanLimits": true,
            "FromTime": moment.to_rfc3339(), "ToTime": moment.to_rfc3339() });
        state.put_record(Entity::Checkin, &visit)?;
    }
    state.clear_log();
    Ok(())
}

/// The named members; the tile of number n is `04`, `A0` + n, `B2C3D4E5F6`, in some spelling.
fn members(now: DateTime<Utc>) -> Vec<Member> {
    let long = "Your membership does not include access at this time. ".repeat(12);
    let html = "<b>No pass</b> covers this visit &amp; none can be bought at the desk today.";
    let member = |id: i64, name: &str| Member { id: Some(id), ..Member::named(name) };
    let flex = |id: i64, name: &str| member(id, name).on_plan(Some(PLAN_FLEX));
    vec![
        Member { picture: true, ..flex(1_001, "Ana Prieto").with_card("04A1B2C3D4E5F6").holding(PASS_DAY, 5, None) }
            .with_login(MEMBER_EMAIL, PASSWORD),
        member(1_002, "José Ángel Núñez").with_card("04:A2:B2:C3:D4:E5:F6"),
        member(1_003, "王秀英").with_card("F6E5D4C3B2A304"),
        member(1_004, "Séamus O'Connor").with_fob("1306987603486198"),
        flex(1_005, "ليلى حداد").with_card("04A5B2C3D4E5F6"),
        flex(1_006, "Zoë Müller").with_card("04a6b2c3d4e5f6").holding(PASS_DAY, 2, Some(now - TimeDelta::days(3))),
        Member { active: false, ..member(1_007, "Olúwáṣeun Adébáyọ̀").with_card("04A7B2C3D4E5F6") },
        flex(1_008, "Priya Raman").with_card("04A8B2C3D4E5F6").holding(PASS_MILL_YARD, 4, None),
        member(1_009, "Tomasz Żółkiewski").with_card("04A9B2C3D4E5F6").on_plan(Some(PLAN_THREE_A_WEEK)),
        member(1_010, "Mia Chen").with_card("04AAB2C3D4E5F6").on_plan(None),
        member(1_011, "Noah Brandt").with_card("04ABB2C3D4E5F6"),
        member(1_012, "Nora Brandt").with_fob("04-AB-B2-C3-D4-E5-F6"),
        Member { archived: true, ..member(1_013, "Archie Vance").with_card("04ADB2C3D4E5F6") },
        flex(1_014, "Hana Sato").with_card("04AEB2C3D4E5F6").refused_with(Some(html)),
        flex(1_015, "Ivo Petrov").with_card("04AFB2C3D4E5F6").refused_with(Some("")),
        flex(1_016, "Léa Fontaine").with_card("04B0B2C3D4E5F6").refused_with(None),
        flex(1_017, "Maximilian von Hohenstein-Ravensburg")
            .with_card("04B1B2C3D4E5F6")
            .refused_with(Some(long.trim_end())),
        flex(1_018, "Grace Okafor").with_card("04B2B2C3D4E5F6").holding(PASS_OFF_PEAK, 10, None),
        member(1_019, "Yusuf Demir").with_card("04B3B2C3D4E5F6").on_plan(Some(PLAN_ENDED)),
        member(1_020, "Freya Lindqvist"),
    ]
}
