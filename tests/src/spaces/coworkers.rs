//! Members as a test or a seed describes them, their pictures, and members in bulk (nexudus-api.md section 7).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::records::{Cell, Record};
use super::replies::Reply;
use super::schema::Entity;
use super::state::{Author, Inner};

/// `CoworkerType` of a person.
const INDIVIDUAL: i64 = 1;
/// The one country of all members; countries are not kept.
const COUNTRY: i64 = 1_221;
/// A PNG of one pixel.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/// A number of uses of one kind of pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Id of the `TimePass` (section 8.2).
    pub time_pass_id: i64,
    /// Uses left.
    #[serde(default = "one")]
    pub uses: i64,
    /// Last moment of validity; none = no end.
    #[serde(default)]
    pub expires: Option<DateTime<Utc>>,
}

fn one() -> i64 {
    1
}

/// A member to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "two are the service's own properties, each is named where it is set"
)]
pub struct Member {
    /// Id; the next free one when `None`.
    pub id: Option<i64>,
    /// `FullName`.
    pub full_name: String,
    /// `Email`; `member-{id}@example.org` when `None`.
    pub email: Option<String>,
    /// Password of the member's own login, with which a network device checks in; none = no login.
    pub password: Option<String>,
    /// `AccessCardId`, in whatever spelling.
    pub access_card_id: Option<String>,
    /// `KeyFobNumber`, in whatever spelling.
    pub key_fob_number: Option<String>,
    /// `AccessPincode`.
    pub access_pincode: Option<String>,
    /// `Active`.
    pub active: bool,
    /// `Archived`.
    pub archived: bool,
    /// `InvoicingBusinessId`, the home location.
    pub business_id: i64,
    /// `TariffId`; none = a contact without a plan.
    pub tariff_id: Option<i64>,
    /// Passes held.
    pub passes: Vec<Pass>,
    /// Whether every check-in is refused, whatever the passes.
    pub refused: bool,
    /// The `Description` of such a refusal.
    pub refusal_description: Option<String>,
    /// Whether there is a picture.
    pub picture: bool,
}

impl Default for Member {
    fn default() -> Self {
        Self {
            id: None,
            full_name: String::new(),
            email: None,
            password: None,
            access_card_id: None,
            key_fob_number: None,
            access_pincode: None,
            active: true,
            archived: false,
            business_id: super::seed::QUAY_HOUSE,
            tariff_id: Some(super::seed::PLAN_RESIDENT),
            passes: Vec::new(),
            refused: false,
            refusal_description: None,
            picture: false,
        }
    }
}

impl Member {
    /// An active member of the first location, on a plan that covers every visit, without a tile.
    pub fn named(full_name: &str) -> Self {
        Self { full_name: full_name.to_owned(), ..Self::default() }
    }

    /// The same with this text in `AccessCardId`.
    #[must_use]
    pub fn with_card(mut self, text: &str) -> Self {
        self.access_card_id = Some(text.to_owned());
        self
    }

    /// The same with a login of their own.
    #[must_use]
    pub fn with_login(mut self, email: &str, password: &str) -> Self {
        self.email = Some(email.to_owned());
        self.password = Some(password.to_owned());
        self
    }

    /// The same with this text in `KeyFobNumber`.
    #[must_use]
    pub fn with_fob(mut self, text: &str) -> Self {
        self.key_fob_number = Some(text.to_owned());
        self
    }

    /// The same on this plan, or on none.
    #[must_use]
    pub fn on_plan(mut self, tariff_id: Option<i64>) -> Self {
        self.tariff_id = tariff_id;
        self
    }

    /// The same with one more pass.
    #[must_use]
    pub fn holding(mut self, time_pass_id: i64, uses: i64, expires: Option<DateTime<Utc>>) -> Self {
        self.passes.push(Pass { time_pass_id, uses, expires });
        self
    }

    /// The same, always refused with this `Description`.
    #[must_use]
    pub fn refused_with(mut self, description: Option<&str>) -> Self {
        self.refused = true;
        self.refusal_description = description.map(str::to_owned);
        self
    }
}

/// First names, and the last name with the small words before it: `Maximilian`, `von Hohenstein-Ravensburg`.
fn guess_names(record: &mut Record, full_name: &str) {
    let mut spaces = full_name.match_indices(' ').map(|(place, _)| place);
    let small_word = spaces.find(|place| full_name[place + 1..].starts_with(char::is_lowercase));
    let (first, last) = match small_word.or_else(|| full_name.rfind(' ')) {
        Some(place) => (&full_name[..place], Some(&full_name[place + 1..])),
        None => (full_name, None),
    };
    record.set("GuessedFirstName", Some(Cell::text(first)));
    record.set("GuessedLastName", last.map(Cell::text));
}

/// Fills in what a client that creates a coworker leaves out; that such a coworker is active at once is inferred.
pub(crate) fn complete(inner: &Inner, record: &mut Record, body: &Map<String, Value>) {
    let sent = |name: &str| body.keys().any(|key| key.eq_ignore_ascii_case(name));
    let full_name = record.text("FullName").unwrap_or_default().to_owned();
    guess_names(record, &full_name);
    if !sent("Active") {
        record.set("Active", Some(Cell::Flag(true)));
    }
    if !sent("CoworkerType") {
        record.set("CoworkerType", Some(Cell::Integer(INDIVIDUAL)));
    }
    if record.integer("InvoicingBusinessId").is_none() {
        let home = inner.store.all(Entity::Business).next().map(Record::id);
        record.set("InvoicingBusinessId", home.map(Cell::Integer));
    }
    if let (true, Some(home)) = (record.list("Businesses").is_empty(), record.integer("InvoicingBusinessId")) {
        record.set("Businesses", Some(Cell::List([home].into())));
    }
    record.set("RegistrationDate", Some(Cell::Moment(inner.now())));
}

/// Stores a member and the passes held; the coworker's id.
pub(crate) fn add(inner: &mut Inner, member: &Member, born: DateTime<Utc>) -> i64 {
    let text = |text: &Option<String>| text.as_deref().map(Cell::text);
    let mut record = Record::new(Entity::Coworker);
    let id = member.id.unwrap_or_else(|| inner.store.next_id(Entity::Coworker));
    let email = member.email.clone().unwrap_or_else(|| format!("member-{id}@example.org"));
    let zone = inner.store.get(Entity::Business, member.business_id).and_then(|home| home.integer("SimpleTimeZoneId"));
    record.set("Id", Some(Cell::Integer(id)));
    record.set("FullName", Some(Cell::text(member.full_name.as_str())));
    guess_names(&mut record, &member.full_name);
    record.set("Email", Some(Cell::text(email)));
    record.set("CountryId", Some(Cell::Integer(COUNTRY)));
    record.set("SimpleTimeZoneId", zone.map(Cell::Integer));
    record.set("AccessCardId", text(&member.access_card_id));
    record.set("KeyFobNumber", text(&member.key_fob_number));
    record.set("AccessPincode", text(&member.access_pincode));
    record.set("Active", Some(Cell::Flag(member.active)));
    record.set("Archived", Some(Cell::Flag(member.archived)));
    record.set("InvoicingBusinessId", Some(Cell::Integer(member.business_id)));
    record.set("Businesses", Some(Cell::List([member.business_id].into())));
    record.set("TariffId", member.tariff_id.map(Cell::Integer));
    record.set("CoworkerType", Some(Cell::Integer(INDIVIDUAL)));
    record.set("RegistrationDate", Some(Cell::Moment(born)));
    record.set("CreatedOn", Some(Cell::Moment(born)));
    record.set("UpdatedOn", Some(Cell::Moment(born)));
    record.set("AvatarFileName", member.picture.then(|| Cell::text("picture.png")));
    inner.add(record, "SEED", &Author::system());
    inner.refusals.remove(&id);
    inner.logins.remove(&id);
    if let Some(password) = &member.password {
        inner.logins.insert(id, password.clone());
    }
    if member.refused {
        inner.refusals.insert(id, member.refusal_description.clone());
    }
    for held in &member.passes {
        let mut pass = Record::new(Entity::CoworkerTimePass);
        pass.set("CoworkerId", Some(Cell::Integer(id)));
        pass.set("BusinessId", Some(Cell::Integer(member.business_id)));
        pass.set("TimePassId", Some(Cell::Integer(held.time_pass_id)));
        pass.set("TotalUses", Some(Cell::Integer(held.uses)));
        pass.set("RemainingUses", Some(Cell::Integer(held.uses)));
        pass.set("Used", Some(Cell::Flag(held.uses == 0)));
        pass.set("ExpireDate", held.expires.map(Cell::Moment));
        inner.add(pass, "SEED", &Author::system());
    }
    id
}

/// Adds so many members on a plan that covers every visit; each has the tile `04` and its id in twelve hex digits.
pub(crate) fn add_in_bulk(inner: &mut Inner, count: usize) {
    const FIRST: [&str; 8] = ["Alex", "Bea", "Chidi", "Dora", "Emre", "Fatou", "Goran", "Hye-jin"];
    const LAST: [&str; 7] = ["Abbott", "Baptiste", "Castro", "Dlamini", "Eriksen", "Farah", "Grimm"];
    let born = inner.now() - TimeDelta::days(30);
    for place in 0..count {
        let id = inner.store.next_id(Entity::Coworker);
        let full_name = format!("{} {} {id}", FIRST[place % FIRST.len()], LAST[place % LAST.len()]);
        let tile = format!("04{id:012X}");
        let member = Member { id: Some(id), access_card_id: Some(tile), ..Member::named(&full_name) };
        // Over a day, and one after another: they are kept sorted by their times.
        let milliseconds = i64::try_from(place * 86_400_000 / count).unwrap_or_default();
        add(inner, &member, born + TimeDelta::milliseconds(milliseconds));
    }
}

/// Answers `GET /api/spaces/coworkers/getavatar/{id}`: a PNG, or JSON `null` without a picture.
pub(crate) fn picture(inner: &Inner, id: i64) -> Reply {
    match inner.store.get(Entity::Coworker, id) {
        None => Reply::not_found(inner.switches.not_found_body),
        Some(coworker) => match coworker.text("AvatarFileName").and_then(|_| STANDARD.decode(PICTURE).ok()) {
            Some(bytes) => Reply::image(bytes),
            None => Reply::json(200, &Value::Null),
        },
    }
}
