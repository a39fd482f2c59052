//! A check-in that staff open by hand, and one that they close.
//!
//! The check-in is known by member, location and `FromTime`, so the second in which it begins must be nobody else's. A
//! write without a clear answer is looked up and never sent again; for as long as it may still be carried out, no other is
//! opened for the member by hand. A tap may open one at the kiosk at the same moment: then ours is taken back, since the
//! member was told of the other, unless the kiosk takes back its own.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tapdesk_core::checkin::{Attempt, CheckinRecord, Trouble, Undone, WriteAnswer};
use tapdesk_core::desk::DOUBT;
use tapdesk_core::entry::Source;
use tapdesk_core::ids::{CheckinId, CoworkerId};

use super::StaffDesk;
use super::acts::{Brought, invalid, moment};
use super::audit::Deed;
use super::facts::{change, instant, standing};
use super::member::member_view;
use super::plan::Plan;
use super::view::DeskProblem;
use super::view::acts::{Act, AuditState, Warning};
use crate::spaces::governor::Priority;
use crate::spaces::records::checkin::{self, Checkin};

/// A kiosk whose check-in came second has taken it back by then.
const A_KIOSK_LOOKS_WITHIN: Duration = Duration::from_secs(4);
/// How often the reason of a refusal is looked for where the answer has none.
const REASON_LOOKS: u8 = 3;

/// Its beginning and its end.
type Span = (DateTime<Utc>, DateTime<Utc>);

impl StaffDesk {
    pub(super) async fn plan_check_in(
        &self,
        act: Act,
        (coworker, from, failure): (i64, DateTime<Utc>, Option<i64>),
        begun: Option<u64>,
    ) -> Result<Plan, DeskProblem> {
        let member = member_view(&self.coworker(coworker).await?);
        let records = self.checkins_of(coworker).await?;
        let open = records.iter().filter(|record| record.to.is_none()).max_by_key(|record| (record.from, record.id));
        let goes_on = |record: &CheckinRecord| record.from >= from || record.to.is_some_and(|to| to > from);
        if open.is_none() {
            self.nothing_is_in_doubt(coworker, begun).await?;
            if records.iter().any(goes_on) {
                return Err(invalid("the member was in at that time, or later: two visits would overlap"));
            }
        }
        let mut warnings: Vec<Warning> = open.map(|open| Warning::AlreadyIn { since: open.from }).into_iter().collect();
        warnings.extend(standing(&member));
        if !self.is_covered(coworker).await? {
            warnings.push(Warning::MayBeCharged);
        }
        if self.has_waiting_tap(coworker, None).await? {
            warnings.push(Warning::TapWaits);
        }
        let changes = vec![
            change("CoworkerId", None, Some(coworker.to_string())),
            change("BusinessId", None, Some(self.rooms.settings.spaces.business_id.to_string())),
            change("FromTime", None, Some(instant(from))),
            change("Source", None, Some(Source::Manual.number().to_string())),
        ];
        let deed = Deed::CheckIn { coworker, from, failure };
        Ok(Plan { act, deed, member: Some(member), changes, warnings, rests_on: None, makes_sense: true })
    }

    /// Fails while an earlier check-in by hand of this member may still come to be.
    async fn nothing_is_in_doubt(&self, coworker: i64, begun: Option<u64>) -> Result<(), DeskProblem> {
        let now = Utc::now();
        let in_doubt = self.stories().await?.into_iter().any(|story| {
            let theirs = matches!(story.deed, Deed::CheckIn { coworker: whose, .. } if whose == coworker);
            let recent = (now - story.last_at).abs() < DOUBT;
            theirs && recent && story.state == AuditState::Unknown && Some(story.number) != begun
        });
        if !in_doubt {
            return Ok(());
        }
        let detail = "an earlier check-in by hand of this member may still be carried out; look again in five minutes";
        Err(DeskProblem::Unknown { detail: detail.to_owned() })
    }

    pub(super) async fn check_in(&self, coworker: i64, from: DateTime<Utc>) -> Result<Brought, DeskProblem> {
        let attempt = Attempt::Open { coworker: CoworkerId(coworker), from };
        let sent_at = Utc::now();
        match self.rooms.spaces.write(&attempt, Source::Manual, false, Priority::Urgent).await {
            WriteAnswer::Done { checkin } => {
                self.heard(Ok(()), "Checkin-Create")?;
                self.read_back(coworker, from, checkin, sent_at).await
            }
            WriteAnswer::NotDone(trouble) => self.heard(Err(trouble), "Checkin-Create"),
            WriteAnswer::Refused { message } => Err(self.refused(coworker, from, sent_at, message).await),
            WriteAnswer::AlreadyClosed { .. } => Err(DeskProblem::Changed),
            WriteAnswer::Unknown(trouble) => {
                let found = async || {
                    let records = self.checkins_of(coworker).await;
                    records.is_ok_and(|records| records.iter().any(|record| record.from == from))
                };
                self.look_for(&trouble, found).await?;
                self.read_back(coworker, from, None, sent_at).await
            }
        }
    }

    /// The service said yes, or its record was seen: whether it is there still, and alone.
    async fn read_back(
        &self,
        coworker: i64,
        from: DateTime<Utc>,
        told: Option<CheckinId>,
        sent_at: DateTime<Utc>,
    ) -> Result<Brought, DeskProblem> {
        let brought = |id: CheckinId, stored_source| Brought { checkin: Some(id.0), stored_source };
        let mut records = self.checkins_of(coworker).await;
        if records.is_err() {
            records = self.checkins_of(coworker).await;
        }
        let Ok(records) = records else {
            return Ok(Brought { checkin: told.map(|id| id.0), stored_source: None });
        };
        let named = told.and_then(|id| records.iter().find(|record| record.id == id));
        let Some(ours) = named.or_else(|| records.iter().find(|record| record.from == from)) else {
            return self.not_listed(coworker, from, told, sent_at).await;
        };
        let mut others = open_beside(&records, ours.id);
        if ours.to.is_none() && others.iter().min().is_some_and(|first| *first > ours.id) {
            // Who came second takes their own back: a kiosk that did is given the time for it, or both would be gone.
            tokio::time::sleep(A_KIOSK_LOOKS_WITHIN).await;
            if let Ok(records) = self.checkins_of(coworker).await {
                others = open_beside(&records, ours.id);
            }
        }
        if ours.to.is_some() || others.is_empty() {
            return Ok(brought(ours.id, ours.source));
        }
        match self.rooms.spaces.undo(CoworkerId(coworker), ours.id, Priority::Urgent).await {
            Ok(_) => Err(DeskProblem::Changed),
            Err(trouble) => {
                let others = others.iter().map(CheckinId::to_string).collect::<Vec<_>>().join(", ");
                let (ours, why) = (ours.id, trouble.sentence());
                let detail =
                    format!("check-ins {ours} and {others} are open, and the first could not be taken back: {why}");
                Err(DeskProblem::Unknown { detail })
            }
        }
    }

    /// A list that does not have it is no proof that it is gone.
    async fn not_listed(
        &self,
        coworker: i64,
        from: DateTime<Utc>,
        told: Option<CheckinId>,
        sent_at: DateTime<Utc>,
    ) -> Result<Brought, DeskProblem> {
        let Some(id) = told else {
            let detail = "the service said yes, and no such check-in is to be seen".to_owned();
            return Err(DeskProblem::Unknown { detail });
        };
        match self.rooms.spaces.client(Priority::Urgent).get::<Checkin>(id).await {
            Err(Trouble::NotFound) => Err(self.refused(coworker, from, sent_at, None).await),
            Ok(found) => Ok(Brought { checkin: Some(id.0), stored_source: found.for_the_desk().source }),
            Err(_) => Ok(Brought { checkin: Some(id.0), stored_source: None }),
        }
    }

    /// Refused: with the reason that the service wrote down, else with its answer's own words.
    async fn refused(
        &self,
        coworker: i64,
        from: DateTime<Utc>,
        sent_at: DateTime<Utc>,
        message: Option<String>,
    ) -> DeskProblem {
        for _ in 0..REASON_LOOKS {
            let found = self.rooms.spaces.reason(CoworkerId(coworker), from, sent_at, Priority::Urgent).await;
            let said = found.ok().flatten().and_then(|failed| failed.description);
            if let Some(said) = said.filter(|text| !text.trim().is_empty()) {
                return DeskProblem::Refused { said: Some(said) };
            }
            if message.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        DeskProblem::Refused { said: message }
    }

    pub(super) async fn undo_check_in(
        &self,
        coworker: i64,
        checkin: i64,
        from: DateTime<Utc>,
    ) -> Result<(), DeskProblem> {
        let is_undone = async || match self.checkin(checkin).await {
            Err(DeskProblem::Gone) => Ok(true),
            found => found.map(|found| found.to == Some(from)),
        };
        match self.rooms.spaces.undo(CoworkerId(coworker), CheckinId(checkin), Priority::Urgent).await {
            Ok(Undone::Deleted | Undone::Closed) => Ok(()),
            // An earlier attempt to take it back may have got so far.
            Ok(Undone::Gone) => {
                if is_undone().await? {
                    Ok(())
                } else {
                    Err(DeskProblem::Changed)
                }
            }
            Err(Trouble::Invalid(_)) => Err(DeskProblem::Changed),
            Err(trouble @ (Trouble::Unreachable(_) | Trouble::Gateway(_))) => {
                self.look_for(&trouble, async || is_undone().await.unwrap_or(false)).await
            }
            Err(trouble) => self.heard(Err(trouble), "Checkin-Edit"),
        }
    }

    async fn checkin(&self, checkin: i64) -> Result<Checkin, DeskProblem> {
        let client = self.rooms.spaces.client(Priority::Urgent);
        self.heard(client.get::<Checkin>(CheckinId(checkin)).await, "Checkin-Read")
    }

    fn is_theirs(&self, found: &Checkin, coworker: i64) -> bool {
        self.rooms.spaces.is_theirs(found, CoworkerId(coworker))
    }

    pub(super) async fn plan_close(
        &self,
        coworker: i64,
        checkin: i64,
        at: Option<DateTime<Utc>>,
    ) -> Result<Plan, DeskProblem> {
        let found = self.checkin(checkin).await?;
        if !self.is_theirs(&found, coworker) {
            return Err(DeskProblem::Gone);
        }
        let (from, end) = (found.from, moment(at)?);
        if at.is_some() && end < from {
            return Err(invalid("a check-in cannot end before it began"));
        }
        // The clocks may differ by a few seconds.
        let to = end.max(from);
        let member = member_view(&self.coworker(coworker).await?);
        let mut warnings: Vec<Warning> = found.to.map(|at| Warning::AlreadyClosed { at }).into_iter().collect();
        if self.has_waiting_tap(coworker, None).await? {
            warnings.push(Warning::TapWaits);
        }
        let changes = vec![change("ToTime", found.to.map(instant), Some(instant(to)))];
        let act = Act::CloseCheckin { coworker, checkin, at: Some(to) };
        let deed = Deed::CloseCheckin { coworker, checkin, from, to };
        Ok(Plan { act, deed, member: Some(member), changes, warnings, rests_on: None, makes_sense: true })
    }

    pub(super) async fn close(&self, coworker: i64, checkin: i64, (from, to): Span) -> Result<Brought, DeskProblem> {
        let attempt = Attempt::Close { coworker: CoworkerId(coworker), checkin: CheckinId(checkin), from, to };
        let brought = Brought { checkin: Some(checkin), stored_source: None };
        match self.rooms.spaces.write(&attempt, Source::Manual, false, Priority::Urgent).await {
            WriteAnswer::Done { .. } => self.heard(Ok(brought), "Checkin-Edit"),
            WriteAnswer::AlreadyClosed { .. } => Err(DeskProblem::Changed),
            WriteAnswer::Refused { message } => Err(DeskProblem::Refused { said: message }),
            WriteAnswer::NotDone(trouble) => self.heard(Err(trouble), "Checkin-Edit"),
            WriteAnswer::Unknown(trouble) => {
                let closed = async || self.checkin(checkin).await.is_ok_and(|found| found.to == Some(to));
                self.look_for(&trouble, closed).await.map(|()| brought)
            }
        }
    }

    /// Opens a check-in again that staff closed, where nothing began since and its end is still the one they set.
    pub(super) async fn reopen_checkin(
        &self,
        coworker: i64,
        checkin: i64,
        (from, to): Span,
    ) -> Result<(), DeskProblem> {
        let client = self.rooms.spaces.client(Priority::Urgent);
        let mut record = self.heard(client.get_whole::<Checkin>(CheckinId(checkin)).await, "Checkin-Read")?;
        let found = record.known::<Checkin>().filter(|found| self.is_theirs(found, coworker));
        let Some(found) = found else { return Err(DeskProblem::Changed) };
        if found.to.is_none() {
            // An earlier attempt to take it back may have got so far.
            return Ok(());
        }
        if found.to != Some(to) || self.has_others(coworker, checkin, from).await? {
            return Err(DeskProblem::Changed);
        }
        record.change(&checkin::SET_TO_TIME.clear());
        match self.put(client.put::<Checkin>(&record).await, "Checkin-Edit")? {
            super::facts::Put::Done => {}
            super::facts::Put::Unknown(trouble) => {
                let open = async || self.checkin(checkin).await.is_ok_and(|found| found.to.is_none());
                self.look_for(&trouble, open).await?;
            }
        }
        // A tap at this very moment may have opened another one: then this one stays closed.
        if !self.has_others(coworker, checkin, from).await.unwrap_or(false) {
            return Ok(());
        }
        self.close(coworker, checkin, (from, to)).await?;
        Err(DeskProblem::Changed)
    }

    /// Whether something of the member began here since, or is open.
    async fn has_others(&self, coworker: i64, checkin: i64, from: DateTime<Utc>) -> Result<bool, DeskProblem> {
        let records = self.checkins_of(coworker).await?;
        let others = records.iter().filter(|record| record.id != CheckinId(checkin));
        Ok(others.into_iter().any(|other| other.from > from || other.to.is_none()))
    }
}

/// The member's other open check-ins.
fn open_beside(records: &[CheckinRecord], ours: CheckinId) -> Vec<CheckinId> {
    let others = records.iter().filter(|record| record.to.is_none() && record.id != ours);
    others.map(|record| record.id).collect()
}
