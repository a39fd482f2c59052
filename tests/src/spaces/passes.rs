//! The pass engine: may this coworker be checked in here and now, on which pass, or why not (nexudus-api.md section 5.4,
//! companion file nexio.md section 3).
//!
//! Judges first, settles afterwards. The real texts are not published; these are our own.

use chrono::{DateTime, Datelike, Utc};

use super::dates::Zone;
use super::log::Charge;
use super::records::{Cell, Record};
use super::schema::Entity;
use super::state::{Author, Inner};
use super::store::Store;

/// What the engine says of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// The plan covers it, or nothing has to cover it.
    Covered,
    /// A pass held covers it and is to be used up by one.
    Pass(i64),
    /// A day pass already used on the same day covers it.
    SameDay(String),
    /// This pay-as-you-go pass is to be sold.
    Sold(i64),
    /// Refused, with the `Description` of the `FailedCheckin`.
    Refused(Option<String>),
}

/// Who wants to be where, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    pub(crate) coworker: i64,
    pub(crate) business: i64,
    pub(crate) at: DateTime<Utc>,
    /// The check-in being judged after it was stored; it does not count against itself.
    pub(crate) checkin: Option<i64>,
}

/// Judges an attempt; changes nothing.
pub(crate) fn judge(inner: &Inner, attempt: &Attempt) -> Ruling {
    let store = &inner.store;
    let Some(coworker) = store.get(Entity::Coworker, attempt.coworker) else { return Ruling::Covered };
    if let Some(description) = inner.refusals.get(&attempt.coworker) {
        return Ruling::Refused(description.clone());
    }
    let refused = |text: String| Ruling::Refused(Some(text));
    if !coworker.flag("Active") || coworker.flag("Archived") {
        return refused("This account is not active.".to_owned());
    }
    let plan = coworker.integer("TariffId").and_then(|id| store.get(Entity::Tariff, id));
    if let Some(plan) = plan {
        if plan.flag("Archived") {
            return refused("Your plan has ended.".to_owned());
        }
        if let Some(text) = limit_reached(store, plan, attempt) {
            return refused(text);
        }
        if !plan.flag("UseTimePasses") {
            return Ruling::Covered;
        }
    }
    match pass_held(store, attempt, plan.is_some()) {
        Ok(ruling) => ruling,
        Err(reason) => match pass_on_sale(store, attempt, plan.is_some()) {
            Some(time_pass) => Ruling::Sold(time_pass),
            None => refused(reason),
        },
    }
}

fn limit_reached(store: &Store, plan: &Record, attempt: &Attempt) -> Option<String> {
    let zone = store.zone(Some(attempt.business));
    let visits = |same_period: &dyn Fn(DateTime<Utc>) -> bool| -> (i64, i64) {
        let counted = store.of_coworker(Entity::Checkin, attempt.coworker).filter(|checkin| {
            checkin.flag("CountsTowardsPlanLimits")
                && Some(checkin.id()) != attempt.checkin
                && checkin.moment("FromTime").is_some_and(same_period)
        });
        counted.fold((0, 0), |(visits, minutes), checkin| {
            let begin = checkin.moment("FromTime").unwrap_or(attempt.at);
            let end = checkin.moment("ToTime").unwrap_or(attempt.at);
            (visits + 1, minutes + (end - begin).num_minutes().max(0))
        })
    };
    let (week_visits, week_minutes) = visits(&|moment| zone.week(moment) == zone.week(attempt.at));
    let (month_visits, month_minutes) = visits(&|moment| zone.month(moment) == zone.month(attempt.at));
    [
        ("CheckinWeekLimit", week_visits, "check-ins this week"),
        ("CheckinMonthLimit", month_visits, "check-ins this month"),
        ("HoursWeekLimit", week_minutes / 60, "hours this week"),
        ("HoursMonthLimit", month_minutes / 60, "hours this month"),
    ]
    .into_iter()
    .find_map(|(field, used, what)| {
        let limit = plan.integer(field)?;
        (used >= limit).then(|| format!("You have used {limit} of {limit} {what}."))
    })
}

/// A pass of the coworker that covers the attempt, or why none does.
fn pass_held(store: &Store, attempt: &Attempt, member: bool) -> Result<Ruling, String> {
    let zone = store.zone(Some(attempt.business));
    let day = zone.wall_clock(attempt.at).date();
    let used_today = store.of_coworker(Entity::Checkin, attempt.coworker).find_map(|checkin| {
        let same_day = zone.wall_clock(checkin.moment("FromTime")?).date() == day;
        let here = checkin.integer("BusinessId") == Some(attempt.business) && Some(checkin.id()) != attempt.checkin;
        let guid = checkin.text("CoworkerTimePassGuid")?;
        let pass = store
            .of_coworker(Entity::CoworkerTimePass, attempt.coworker)
            .find(|pass| pass.text("UniqueId") == Some(guid))?;
        let kind = store.get(Entity::TimePass, pass.integer("TimePassId")?)?;
        (same_day && here && kind.integer("MinutesIncluded").is_none()).then(|| guid.to_owned())
    });
    if let Some(guid) = used_today {
        return Ok(Ruling::SameDay(guid));
    }
    let mut reason = None;
    for pass in store.of_coworker(Entity::CoworkerTimePass, attempt.coworker) {
        let Some(kind) = pass.integer("TimePassId").and_then(|id| store.get(Entity::TimePass, id)) else { continue };
        match fit(store, pass, kind, attempt, zone, member) {
            Fit::Good => return Ok(Ruling::Pass(pass.id())),
            Fit::UsedUp => {}
            Fit::Not(text) => reason = reason.or(Some(text)),
        }
    }
    Err(reason.unwrap_or_else(|| "No pass covers this visit.".to_owned()))
}

/// How a pass fits an attempt.
enum Fit {
    Good,
    UsedUp,
    Not(String),
}

fn fit(store: &Store, pass: &Record, kind: &Record, attempt: &Attempt, zone: Zone, member: bool) -> Fit {
    if pass.flag("Used") || pass.integer("RemainingUses") == Some(0) || pass.moment("CancelDate").is_some() {
        return Fit::UsedUp;
    }
    if let Some(end) = pass.moment("ExpireDate").filter(|end| *end < attempt.at) {
        return Fit::Not(format!("Your last pass ended on {}.", zone.wall_clock(end).format("%-d %B %Y")));
    }
    if !covers_location(kind, attempt.business) {
        let name = store.get(Entity::Business, attempt.business).and_then(|business| business.text("Name"));
        return Fit::Not(format!("Your pass is not valid at {}.", name.unwrap_or("this location")));
    }
    if kind.flag("OnlyForMembers") && !member {
        return Fit::Not("This pass is for members only.".to_owned());
    }
    if kind.flag("OnlyForContacts") && member {
        return Fit::Not("This pass is for guests only.".to_owned());
    }
    outside_hours(store, kind, attempt, zone).map_or(Fit::Good, Fit::Not)
}

fn covers_location(kind: &Record, business: i64) -> bool {
    let everywhere = kind.list("Businesses").is_empty();
    everywhere || kind.list("Businesses").contains(&business)
}

fn outside_hours(store: &Store, kind: &Record, attempt: &Attempt, zone: Zone) -> Option<String> {
    let now = zone.wall_clock(attempt.at);
    let weekday = i64::from(now.weekday().num_days_from_sunday());
    let mut slots =
        store.all(Entity::TimePassTimeSlot).filter(|slot| slot.integer("TimePassId") == Some(kind.id())).peekable();
    let hours = |slot: &Record| Some((slot.moment("FromTime")?.time(), slot.moment("ToTime")?.time()));
    let (from, to) = slots.peek().and_then(|slot| hours(slot))?;
    let open = slots.any(|slot| {
        slot.integer("DayOfWeek").unwrap_or_default() == weekday
            && hours(slot).is_some_and(|(from, to)| (from..=to).contains(&now.time()))
    });
    (!open).then(|| format!("Your pass is valid from {} to {}.", from.format("%H:%M"), to.format("%H:%M")))
}

fn pass_on_sale(store: &Store, attempt: &Attempt, member: bool) -> Option<i64> {
    let audience = if member { "UseAsPayAsYouGoForMembers" } else { "UseAsPayAsYouGoForContacts" };
    let on_sale = store
        .all(Entity::TimePass)
        .filter(|kind| kind.flag(audience) && !kind.flag("Archived") && covers_location(kind, attempt.business));
    on_sale.min_by_key(|kind| (kind.integer("UsePriority").unwrap_or_default(), kind.id())).map(Record::id)
}

/// Carries out a ruling that is not a refusal; the guid of the pass for the check-in.
pub(crate) fn settle(inner: &mut Inner, ruling: &Ruling, attempt: &Attempt, author: &Author) -> Option<String> {
    match ruling {
        Ruling::Covered | Ruling::Refused(_) => None,
        Ruling::SameDay(guid) => Some(guid.clone()),
        Ruling::Pass(id) => {
            let mut pass = inner.store.get(Entity::CoworkerTimePass, *id)?.clone();
            let left = pass.integer("RemainingUses").unwrap_or(1) - 1;
            pass.set("RemainingUses", Some(Cell::Integer(left)));
            pass.set("Used", Some(Cell::Flag(left == 0)));
            pass.set("UsedDate", Some(Cell::Moment(attempt.at)));
            pass.set("CheckedIn", Some(Cell::Flag(true)));
            let guid = pass.text("UniqueId").map(str::to_owned);
            inner.replace(pass, "VALIDATION", author);
            guid
        }
        Ruling::Sold(kind) => {
            let price = inner.store.get(Entity::TimePass, *kind)?.decimal("Price");
            let mut pass = Record::new(Entity::CoworkerTimePass);
            pass.set("CoworkerId", Some(Cell::Integer(attempt.coworker)));
            pass.set("BusinessId", Some(Cell::Integer(attempt.business)));
            pass.set("TimePassId", Some(Cell::Integer(*kind)));
            pass.set("Price", Some(Cell::Decimal(price)));
            pass.set("TotalUses", Some(Cell::Integer(1)));
            pass.set("RemainingUses", Some(Cell::Integer(0)));
            for flag in ["Used", "CheckedIn", "IsPayAsYouGo"] {
                pass.set(flag, Some(Cell::Flag(true)));
            }
            pass.set("UsedDate", Some(Cell::Moment(attempt.at)));
            let id = inner.add(pass, "VALIDATION", author);
            let at = inner.now();
            inner.log.charges.push(Charge {
                at,
                coworker_id: attempt.coworker,
                business_id: attempt.business,
                time_pass_id: *kind,
                coworker_time_pass_id: id,
                price,
            });
            inner.store.get(Entity::CoworkerTimePass, id)?.text("UniqueId").map(str::to_owned)
        }
    }
}
