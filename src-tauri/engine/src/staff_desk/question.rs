//! What the list is asked for: as the service is asked, and as every answer is checked here. The service passes over
//! filters that it does not know, and its ranges know minutes only.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::json;
use tapdesk_core::desk::{NOBODY_HAS, SEVERAL_HAVE};
use tapdesk_core::ids::{BusinessId, CoworkerId};

use super::span::{Bounds, Minutes, Zone};
use super::view::DeskProblem;
use super::view::failures::{FailureOrder, FailureQuery, Span};
use crate::directory::Directory;
use crate::journal::{Concern, KeptTap};
use crate::names::folded;
use crate::spaces::query::{Direction, Query};
use crate::spaces::records::failed_checkin::{self, FailedCheckin};
use crate::spaces::records::source::CheckinSource;

/// How the service is asked for what is of nobody known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By the member that is none.
    Null,
    /// By the words of the desk's reports: a service that does not read `null` reads these.
    Words,
}

/// A question, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) query: FailureQuery,
    pub(super) zone: Zone,
    here: BusinessId,
    attempted: Bounds,
    attempted_local: Minutes,
    created: Bounds,
    updated: Bounds,
}

impl Question {
    /// The question of the desk of `here`, asked `now`.
    pub(super) fn new(
        query: &FailureQuery,
        here: BusinessId,
        zone: Zone,
        now: DateTime<Utc>,
    ) -> Result<Self, DeskProblem> {
        let now = zone.local(now);
        let minutes =
            |span: Option<Span>| span.map(|span| Minutes::of(span, now)).transpose().map(Option::unwrap_or_default);
        Ok(Self {
            zone,
            here,
            attempted: minutes(query.attempted)?.bounds(zone),
            attempted_local: minutes(query.attempted_local)?,
            created: minutes(query.created)?.bounds(zone),
            updated: minutes(query.updated)?.bounds(zone),
            query: query.clone(),
        })
    }

    /// As the service is asked.
    pub(super) fn asked(&self, way: Way) -> Query<FailedCheckin> {
        use failed_checkin::{
            ATTEMPTED_AT, ATTEMPTED_AT_LOCAL, BUSINESS, BUSINESS_NAME, COWORKER, COWORKER_FULL_NAME, CREATED_ON,
            DESCRIPTION, MAC_ADDRESSES, SOURCE, TARIFF, TEAMS, UPDATED_ON,
        };
        let wanted = &self.query;
        let mut asked = Query::new();
        asked = match filled(&wanted.location) {
            Some(name) => asked.is(BUSINESS_NAME, name),
            None => asked.is(BUSINESS, self.here),
        };
        for (range, bounds) in [(ATTEMPTED_AT, self.attempted), (CREATED_ON, self.created), (UPDATED_ON, self.updated)]
        {
            asked = bounds.from.into_iter().fold(asked, |asked, from| asked.at_least(range, from));
            asked = bounds.until.into_iter().fold(asked, |asked, until| asked.at_most(range, until));
        }
        let Minutes { from, to } = self.attempted_local;
        asked = from.into_iter().fold(asked, |asked, from| asked.at_least(ATTEMPTED_AT_LOCAL, from));
        // The last minute counts to its end.
        let end = to.map(|to| to.checked_add_signed(chrono::TimeDelta::minutes(1)).unwrap_or(to));
        asked = end.into_iter().fold(asked, |asked, end| asked.at_most(ATTEMPTED_AT_LOCAL, end));
        let texts = [
            (COWORKER_FULL_NAME, &wanted.member),
            (MAC_ADDRESSES, &wanted.mac_addresses),
            (TEAMS, &wanted.teams),
            (TARIFF, &wanted.tariff),
            (DESCRIPTION, &wanted.description),
        ];
        for (filter, text) in texts {
            asked = filled(text).into_iter().fold(asked, |asked, text| asked.is(filter, text));
        }
        asked = self.source().into_iter().fold(asked, |asked, source| asked.is(SOURCE, source));
        asked = wanted.coworker.into_iter().fold(asked, |asked, coworker| asked.is(COWORKER, CoworkerId(coworker)));
        if wanted.unknown_tiles && wanted.coworker.is_none() {
            asked = match way {
                Way::Null => asked.is_null(COWORKER),
                Way::Words if filled(&wanted.description).is_none() => asked.is(DESCRIPTION, NOBODY_HAS),
                Way::Words => asked,
            };
        }
        let direction = if wanted.ascending { Direction::Ascending } else { Direction::Descending };
        match wanted.order {
            FailureOrder::Attempted => asked.order_by(ATTEMPTED_AT, direction),
            FailureOrder::Created => asked.order_by(CREATED_ON, direction),
            FailureOrder::Updated => asked.order_by(UPDATED_ON, direction),
            FailureOrder::Member => asked.order_by(COWORKER_FULL_NAME, direction),
            FailureOrder::Location => asked.order_by(BUSINESS_NAME, direction),
            FailureOrder::Source => asked.order_by(SOURCE, direction),
            FailureOrder::Tariff => asked.order_by(TARIFF, direction),
            FailureOrder::Teams => asked.order_by(TEAMS, direction),
            FailureOrder::Description => asked.order_by(DESCRIPTION, direction),
        }
    }

    /// Whether a record of the service answers it.
    pub(super) fn is_answered_by(&self, record: &FailedCheckin, directory: &Directory) -> bool {
        let wanted = &self.query;
        let within = |bounds: Bounds, at: Option<DateTime<Utc>>| {
            bounds == Bounds::default() || at.is_some_and(|at| bounds.hold(at))
        };
        let location = match filled(&wanted.location) {
            Some(name) => holds(record.business_name.as_deref(), name),
            None => record.business == Some(self.here),
        };
        let known = || record.coworker.and_then(|id| directory.known(id)).map(|member| member.full_name);
        let named = || record.coworker_full_name.clone().or_else(known);
        location
            && within(self.attempted, record.attempted_at)
            && within(self.created, record.common.created_on)
            && within(self.updated, record.common.updated_on)
            && self.is_at_local(self.wall_clock(record))
            && wanted.coworker.is_none_or(|id| record.coworker == Some(CoworkerId(id)))
            && self.source().is_none_or(|source| record.source == Some(source))
            && filled(&wanted.member).is_none_or(|part| holds(named().as_deref(), part))
            && filled(&wanted.mac_addresses).is_none_or(|part| holds(record.mac_addresses.as_deref(), part))
            && filled(&wanted.teams).is_none_or(|part| holds(record.teams.as_deref(), part))
            && filled(&wanted.tariff).is_none_or(|part| holds(record.tariff.as_deref(), part))
            && filled(&wanted.description).is_none_or(|part| holds(record.description.as_deref(), part))
            && !(wanted.unknown_tiles && record.coworker.is_some())
    }

    /// Whether a tap that this kiosk alone knows of answers it.
    pub(super) fn is_answered_by_tap(&self, tap: &KeptTap, directory: &Directory) -> bool {
        let wanted = &self.query;
        let named = || tap.coworker.and_then(|id| directory.known(id)).map(|member| member.full_name);
        let reason = match &tap.concern {
            Concern::NeedsStaff(reason) => Some(reason.as_str()),
            Concern::Unusable | Concern::None => None,
        };
        filled(&wanted.location).is_none()
            && [&wanted.mac_addresses, &wanted.teams, &wanted.tariff].into_iter().all(|text| filled(text).is_none())
            && [self.attempted, self.created, self.updated].into_iter().all(|bounds| bounds.hold(tap.tapped_at))
            && self.is_at_local(Some(self.zone.local(tap.tapped_at)))
            && wanted.coworker.is_none_or(|id| tap.coworker == Some(CoworkerId(id)))
            && wanted.source.is_none_or(|number| number == tap.source.number())
            && filled(&wanted.member).is_none_or(|part| holds(named().as_deref(), part))
            && filled(&wanted.description).is_none_or(|part| holds(reason, part))
            && !(wanted.unknown_tiles && tap.coworker.is_some())
    }

    /// The record's own wall clock; where the service leaves it out, the location's at that instant.
    fn wall_clock(&self, record: &FailedCheckin) -> Option<NaiveDateTime> {
        record.attempted_at_local.or_else(|| record.attempted_at.map(|at| self.zone.local(at)))
    }

    fn is_at_local(&self, local: Option<NaiveDateTime>) -> bool {
        self.attempted_local == Minutes::default() || local.is_some_and(|local| self.attempted_local.hold(local))
    }

    fn source(&self) -> Option<CheckinSource> {
        self.query.source.and_then(|number| CheckinSource::read(&json!(number)))
    }

    /// Whether a record is of another location than this desk's.
    pub(super) fn is_elsewhere(&self, record: &FailedCheckin) -> bool {
        record.business != Some(self.here)
    }
}

/// What was typed; none for blanks.
fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Whether a text has this part in it, whatever the case and the accents, which the service may fold as well.
fn holds(text: Option<&str>, part: &str) -> bool {
    text.is_some_and(|text| folded(text).contains(&folded(part)))
}

/// The masked tile that a report of the desk tells of, such as `…B2C3`.
pub(super) fn reported_tile(description: &str) -> Option<&str> {
    let rest = [NOBODY_HAS, SEVERAL_HAVE].into_iter().find_map(|words| description.strip_prefix(words))?;
    let tile = rest.strip_prefix(" tile ")?.strip_suffix('.')?;
    let digits = tile.strip_prefix('…')?;
    (digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())).then_some(tile)
}

#[cfg(test)]
#[path = "question_tests.rs"]
mod tests;
