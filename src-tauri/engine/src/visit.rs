//! What the service knows of a member whose verdict is on the screen: passes left, minutes used, a charge, a photo.
//!
//! It is asked after the verdict, from what the budget has left, and what comes too late is not shown.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::{BusinessId, CoworkerId};
use tapdesk_core::verdict::{Shown, Verdict};

use crate::appearance::picture_type;
use crate::settings::Settings;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::spaces::records::coworker::Coworker;
use crate::spaces::records::coworker_time_pass::CoworkerTimePass;
use crate::spaces::replies::Page;

/// A verdict does not stand much longer.
const WITHIN: Duration = Duration::from_secs(4);
/// Clocks drift, times are cut to the second.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(3);
/// The largest photo that is shown, in bytes.
const LARGEST_PHOTO: usize = 1 << 20;

/// What is known of a visit beside its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Visit {
    /// What the member may still use, and has used.
    pub allowance: Option<Allowance>,
    /// The member's photo, as a `data:` address.
    pub photo: Option<String>,
}

/// What the member may still use, and has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowance {
    /// Uses left on the member's passes of this location; none where the account may not read them, or nobody can say.
    pub passes: Option<u64>,
    /// Minutes used in this period, where the service counts them.
    pub minutes: Option<u64>,
    /// Whether the service charged this visit as pay-as-you-go.
    pub pay_as_you_go: bool,
}

/// Asks for visits.
#[derive(Debug)]
pub struct Visits {
    spaces: Arc<Spaces>,
    business: BusinessId,
    allowance: bool,
    photos: bool,
    /// What the account may not read: asked once, and not again.
    not_permitted: Mutex<HashSet<&'static str>>,
}

impl Visits {
    /// As the operator wants them; none where nothing is to be shown.
    pub fn new(settings: &Settings, spaces: Arc<Spaces>) -> Option<Self> {
        let (allowance, photos) = (settings.kiosk.allowance, settings.kiosk.photos);
        (allowance || photos).then(|| Self {
            spaces,
            business: settings.spaces.business_id,
            allowance,
            photos,
            not_permitted: Mutex::default(),
        })
    }

    /// Whether there is something to ask about this verdict.
    pub fn concerns(shown: &Shown) -> bool {
        let told =
            matches!(shown.verdict, Verdict::CheckedIn { .. } | Verdict::CheckedOut { .. } | Verdict::Refused(_));
        told && shown.coworker.is_some()
    }

    /// What is known of the visit of this verdict; none where nothing is, or not in time.
    pub async fn of(&self, shown: &Shown) -> Option<Visit> {
        let coworker = shown.coworker?;
        let began = match shown.verdict {
            Verdict::CheckedIn { since } => Some(since),
            _ => None,
        };
        let (allowance, photo) = tokio::join!(self.allowance(coworker, began), self.photo(coworker));
        let visit = Visit { allowance, photo };
        (visit != Visit::default()).then_some(visit)
    }

    async fn allowance(&self, coworker: CoworkerId, began: Option<DateTime<Utc>>) -> Option<Allowance> {
        if !self.allowance {
            return None;
        }
        let client = self.spaces.client(Priority::Background);
        let (passes, member) = tokio::join!(
            self.permitted("the members' passes", self.spaces.passes(coworker, Priority::Background)),
            self.permitted("the members' records", client.get::<Coworker>(coworker)),
        );
        let minutes =
            member.and_then(|member| u64::try_from(member.minutes_since_renewal?).ok()).filter(|&used| used > 0);
        let server_time = |at| self.spaces.http().server_time(at);
        let theirs = passes.as_ref().map(|page| self.those_of_here(page)).unwrap_or_default();
        // Of a list that was cut off nobody knows how many there are.
        let whole = passes.as_ref().is_some_and(|page| !page.has_next && page.unreadable == 0);
        let allowance = Allowance {
            passes: if whole { left(&theirs, server_time(Utc::now())) } else { None },
            minutes,
            pay_as_you_go: began.is_some_and(|began| was_charged(&theirs, server_time(began))),
        };
        (allowance != Allowance::default()).then_some(allowance)
    }

    fn those_of_here<'a>(&self, page: &'a Page<CoworkerTimePass>) -> Vec<&'a CoworkerTimePass> {
        let here = |pass: &&CoworkerTimePass| pass.business.is_none_or(|business| business == self.business);
        page.records.iter().filter(here).collect()
    }

    async fn photo(&self, coworker: CoworkerId) -> Option<String> {
        if !self.photos {
            return None;
        }
        let client = self.spaces.client(Priority::Background);
        let image = self.permitted("the members' photos", client.avatar(coworker)).await??;
        let kind = picture_type(&image.bytes).filter(|_| image.bytes.len() <= LARGEST_PHOTO)?;
        Some(format!("data:{kind};base64,{}", BASE64_STANDARD.encode(&image.bytes)))
    }

    /// What this call brings in time; none where the account may not make it. Each call has a time of its own: a slow
    /// photo must not cost the passes.
    async fn permitted<T>(&self, what: &'static str, call: impl Future<Output = Result<T, Trouble>>) -> Option<T> {
        if self.not_permitted.lock().unwrap_or_else(PoisonError::into_inner).contains(what) {
            return None;
        }
        match tokio::time::timeout(WITHIN, call).await.ok()? {
            Ok(found) => Some(found),
            Err(Trouble::NotPermitted(_)) => {
                tracing::info!("the account may not read {what}: they are not shown");
                self.not_permitted.lock().unwrap_or_else(PoisonError::into_inner).insert(what);
                None
            }
            Err(_) => None,
        }
    }
}

/// Uses left on passes that are neither used up, expired nor cancelled (`nexudus-api.md` section 8.1). None for who never
/// had a pass: their plan may need none, and "no passes left" would only worry them.
fn left(passes: &[&CoworkerTimePass], now: DateTime<Utc>) -> Option<u64> {
    if passes.is_empty() {
        return None;
    }
    let valid = |pass: &&&CoworkerTimePass| {
        pass.used == Some(false) && pass.cancelled.is_none() && pass.expires.is_none_or(|expires| expires > now)
    };
    let uses = |pass: &&CoworkerTimePass| u64::try_from(pass.remaining_uses.unwrap_or(1)).unwrap_or_default();
    Some(passes.iter().filter(valid).map(uses).fold(0, u64::saturating_add))
}

/// Whether a pass was sold by the check-in that began then.
fn was_charged(passes: &[&CoworkerTimePass], began: DateTime<Utc>) -> bool {
    let sold_by_it =
        |pass: &&&CoworkerTimePass| pass.common.created_on.is_some_and(|created| created >= began - CLOCK_TOLERANCE);
    passes.iter().filter(sold_by_it).any(|pass| pass.is_pay_as_you_go == Some(true))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spaces::records::Record;

    fn pass(change: &serde_json::Value) -> CoworkerTimePass {
        let mut record =
            json!({ "Id": 1, "CoworkerId": 7, "Used": false, "RemainingUses": 3, "CreatedOn": "2026-03-01T00:00:00Z" });
        record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        CoworkerTimePass::read(&record).unwrap()
    }

    #[test]
    fn passes_left_are_those_that_still_open_a_door() {
        let now = "2026-03-06T09:00:00Z".parse().unwrap();
        let cases = [
            (json!({}), 3),
            (json!({ "RemainingUses": null }), 1),
            (json!({ "RemainingUses": -2 }), 0),
            (json!({ "Used": true }), 0),
            (json!({ "Used": null }), 0),
            (json!({ "CancelDate": "2026-03-02T00:00:00Z" }), 0),
            (json!({ "ExpireDate": "2026-03-06T08:59:59Z" }), 0),
            (json!({ "ExpireDate": "2026-03-06T09:00:01Z" }), 3),
        ];
        for (change, expected) in cases {
            assert_eq!(left(&[&pass(&change)], now), Some(expected), "{change}");
        }
        assert_eq!(left(&[&pass(&json!({})), &pass(&json!({ "RemainingUses": 2 }))], now), Some(5));
        let endless = pass(&json!({ "RemainingUses": i64::MAX }));
        assert_eq!(left(&[&endless, &endless, &endless], now), Some(u64::MAX));
        assert_eq!(left(&[], now), None, "a plan may need no pass");
    }

    #[test]
    fn a_charge_is_a_pass_sold_by_this_very_check_in() {
        let began = "2026-03-06T09:00:00Z".parse().unwrap();
        let sold = |on: &str, pay: bool| pass(&json!({ "CreatedOn": on, "IsPayAsYouGo": pay }));
        for (pass, expected) in [
            (sold("2026-03-06T09:00:01Z", true), true),
            (sold("2026-03-06T08:59:58Z", true), true),
            (sold("2026-03-06T09:00:01Z", false), false),
            (sold("2026-03-05T09:00:00Z", true), false),
        ] {
            assert_eq!(was_charged(&[&pass], began), expected, "{pass:?}");
        }
    }
}
