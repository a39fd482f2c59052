//! A member, their passes and open check-ins, as staff need to see them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use tapdesk_core::checkin::CheckinRecord;
use tapdesk_core::explain::PassFacts;
use tapdesk_core::ids::{BusinessId, TimePassId};

use super::view::detail::{MemberView, OpenCheckin, PassView};
use crate::spaces::records::coworker::Coworker;
use crate::spaces::records::coworker_time_pass::CoworkerTimePass;

/// So many characters of a tile's text are shown, where it has more than twice as many.
const SHOWN: usize = 4;

/// The member.
pub(super) fn member_view(coworker: &Coworker) -> MemberView {
    MemberView {
        coworker: coworker.member.id.0,
        name: coworker.member.full_name.clone(),
        plan: coworker.tariff_name.clone(),
        teams: coworker.team_names.clone(),
        active: coworker.member.active,
        archived: coworker.member.archived,
        access_card: coworker.access_card_id.as_deref().map(masked),
        key_fob: coworker.key_fob_number.as_deref().map(masked),
    }
}

/// A tile's text with its end alone: `…B2C3`. Of a short one nothing is left to see.
pub(super) fn masked(text: &str) -> String {
    let characters: Vec<char> = text.trim().chars().collect();
    let from = if characters.len() >= 2 * SHOWN { characters.len() - SHOWN } else { characters.len() };
    std::iter::once('…').chain(characters[from..].iter().copied()).collect()
}

/// What is to be known of a pass for a visit at this location; `elsewhere` are the kinds of pass that do not count there.
pub(super) fn pass_facts(
    pass: &CoworkerTimePass,
    location: Option<BusinessId>,
    elsewhere: &HashSet<TimePassId>,
) -> PassFacts {
    let counts = !pass.time_pass.is_some_and(|kind| elsewhere.contains(&TimePassId(kind)));
    PassFacts {
        name: pass.name.clone(),
        here: counts && (pass.business.is_none() || pass.business == location),
        used: pass.used,
        used_at: pass.used_on,
        remaining: pass.remaining_uses,
        expires: pass.expires,
        cancelled: pass.cancelled,
    }
}

/// A pass, as of `now`, for a visit at this desk's location.
pub(super) fn pass_view(
    pass: &CoworkerTimePass,
    here: BusinessId,
    elsewhere: &HashSet<TimePassId>,
    now: DateTime<Utc>,
) -> PassView {
    let facts = pass_facts(pass, Some(here), elsewhere);
    PassView {
        valid: facts.is_valid(now),
        name: facts.name,
        remaining_uses: facts.remaining,
        total_uses: pass.total_uses,
        expires: facts.expires,
        used: facts.used == Some(true),
        cancelled: facts.cancelled,
        pay_as_you_go: pass.is_pay_as_you_go == Some(true),
        here: facts.here,
    }
}

/// The open ones of a member's check-ins, newest first.
pub(super) fn open_checkins(checkins: &[CheckinRecord]) -> Vec<OpenCheckin> {
    let open = checkins.iter().filter(|checkin| checkin.to.is_none());
    let mut open: Vec<OpenCheckin> = open
        .map(|checkin| OpenCheckin { checkin: checkin.id.0, since: checkin.from, source: checkin.source })
        .collect();
    open.sort_by_key(|open| std::cmp::Reverse((open.since, open.checkin)));
    open
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tapdesk_core::ids::CheckinId;

    use super::*;
    use crate::spaces::records::Record;

    #[test]
    fn a_tile_is_never_shown_whole() {
        let cases = [
            ("04A1B2C3D4E5F6", "…E5F6"),
            (" 04:A1:B2:C3 ", "…2:C3"),
            ("1234567", "…"),
            ("", "…"),
            ("ßßßßßßßß", "…ßßßß"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text), expected, "{text}");
        }
        let member = json!({ "Id": 7, "FullName": "Ana", "AccessCardId": "04A1B2C3D4E5F6", "Active": true });
        let view = member_view(&Coworker::read(&member).unwrap());
        assert_eq!((view.access_card.as_deref(), view.key_fob), (Some("…E5F6"), None));
    }

    #[test]
    fn a_pass_is_valid_while_it_opens_this_door() {
        let now = "2026-03-06T09:00:00Z".parse().unwrap();
        let pass = |change: Value| {
            let mut record = json!({ "Id": 1, "CoworkerId": 7, "BusinessId": 9, "TimePassId": 301, "Used": false, "RemainingUses": 3 });
            record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            pass_view(&CoworkerTimePass::read(&record).unwrap(), BusinessId(9), &HashSet::from([TimePassId(302)]), now)
        };
        for (change, valid) in [
            (json!({}), true),
            (json!({ "BusinessId": null, "RemainingUses": null }), true),
            (json!({ "BusinessId": 12 }), false),
            (json!({ "TimePassId": 302 }), false),
            (json!({ "Used": true }), false),
            (json!({ "RemainingUses": 0 }), false),
            (json!({ "ExpireDate": "2026-03-06T09:00:00Z" }), false),
            (json!({ "ExpireDate": "2026-03-06T09:00:01Z" }), true),
            (json!({ "CancelDate": "2026-03-06T08:00:00Z" }), false),
        ] {
            assert_eq!(pass(change.clone()).valid, valid, "{change}");
        }
    }

    #[test]
    fn open_ones_stand_newest_first() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let record = |id, from, to: Option<i64>| CheckinRecord {
            id: CheckinId(id),
            from: at(from),
            to: to.map(at),
            source: None,
        };
        let open = open_checkins(&[record(1, 10, None), record(2, 20, Some(30)), record(3, 15, None)]);
        assert_eq!(open.iter().map(|open| open.checkin).collect::<Vec<_>>(), [3, 1]);
    }
}
