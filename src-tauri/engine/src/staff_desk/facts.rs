//! The facts that staff's acts rest on, each read at the moment it is asked for.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use tapdesk_core::checkin::{CheckinRecord, Trouble};
use tapdesk_core::ids::{CoworkerId, EntryId};
use tapdesk_core::member::Member;

use super::StaffDesk;
use super::acts::invalid;
use super::member::pass_view;
use super::view::DeskProblem;
use super::view::acts::{PlannedChange, Warning};
use super::view::detail::MemberView;
use crate::journal::KeptTap;
use crate::spaces::client::{NotWritten, joined};
use crate::spaces::governor::Priority;
use crate::spaces::records::coworker::Coworker;
use crate::spaces::replies::Written;

/// How often it is looked up what became of a write without a clear answer.
pub(super) const LOOKS: u8 = 3;
/// Between two looks.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// What is known of a write.
pub(super) enum Put {
    /// It was carried out.
    Done,
    /// Nobody knows, for this reason.
    Unknown(Trouble),
}

impl StaffDesk {
    /// A member's record.
    pub(super) async fn coworker(&self, coworker: i64) -> Result<Coworker, DeskProblem> {
        let client = self.rooms.spaces.client(Priority::Urgent);
        self.heard(client.get::<Coworker>(CoworkerId(coworker)).await, "Coworker-Read")
    }

    /// The member's check-ins here.
    pub(super) async fn checkins_of(&self, coworker: i64) -> Result<Vec<CheckinRecord>, DeskProblem> {
        let records = self.rooms.spaces.checkins(CoworkerId(coworker), Priority::Urgent).await;
        self.heard(records, "Checkin-List")
    }

    /// Whether a pass of the member is valid here now. Where the account may not read passes nobody can say so.
    pub(super) async fn is_covered(&self, coworker: i64) -> Result<bool, DeskProblem> {
        let passes = self.rooms.spaces.passes(CoworkerId(coworker), Priority::Urgent).await;
        let here = self.rooms.settings.spaces.business_id;
        let now = self.rooms.spaces.http().server_time(Utc::now());
        match self.heard(passes, "CoworkerTimePass-List") {
            Ok(page) => {
                let elsewhere = self.kinds_elsewhere(&page.records, Priority::Urgent).await;
                let mut seen = page.records.iter().map(|pass| pass_view(pass, here, &elsewhere, now));
                Ok(seen.any(|pass| pass.valid && pass.here))
            }
            Err(DeskProblem::NotPermitted { .. }) => Ok(false),
            Err(problem) => Err(problem),
        }
    }

    /// Whether another tap of the member waits, or is being sent.
    pub(super) async fn has_waiting_tap(&self, coworker: i64, beside: Option<EntryId>) -> Result<bool, DeskProblem> {
        let waiting = self.rooms.journal.taps_that_wait().await?;
        let mut others = waiting.iter().filter(|tap| Some(tap.entry) != beside);
        Ok(others.any(|tap| match (tap.coworker, &tap.tile) {
            (Some(whose), _) => whose.0 == coworker,
            (None, Some(tile)) => self.rooms.directory.holders(tile).contains(&CoworkerId(coworker)),
            (None, None) => false,
        }))
    }

    /// A tap that this kiosk keeps.
    pub(super) async fn kept_tap(&self, entry: &str) -> Result<KeptTap, DeskProblem> {
        let id: EntryId = entry.parse().map_err(|_| invalid("that is no tap's id"))?;
        self.rooms.journal.tap(id).await?.ok_or(DeskProblem::Gone)
    }

    /// A member as far as this kiosk knows them by itself.
    pub(super) fn known_member(&self, coworker: CoworkerId) -> Option<MemberView> {
        self.rooms.directory.known(coworker).map(known_view)
    }

    /// What a PUT brought; `role` is what it needs.
    pub(super) fn put(&self, answer: Result<Written, NotWritten>, role: &str) -> Result<Put, DeskProblem> {
        match answer {
            Ok(_) => self.heard(Ok(Put::Done), role),
            Err(NotWritten::Unknown(trouble)) => Ok(Put::Unknown(trouble)),
            Err(NotWritten::NotDone(trouble)) => self.heard(Err(trouble), role),
            Err(NotWritten::Refused(said)) => Err(DeskProblem::Refused { said }),
            Err(NotWritten::Invalid(faults)) => Err(DeskProblem::Refused { said: Some(joined(&faults)) }),
        }
    }

    /// Looks until it is seen that a write was carried out. A slow service may carry it out later still, so "no" is never
    /// known.
    pub(super) async fn look_for<F: Future<Output = bool>>(
        &self,
        trouble: &Trouble,
        is_done: impl Fn() -> F,
    ) -> Result<(), DeskProblem> {
        for look in 0..LOOKS {
            if look > 0 {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
            if is_done().await {
                return Ok(());
            }
        }
        Err(DeskProblem::Unknown { detail: trouble.sentence() })
    }
}

/// A member as far as the directory knows them.
pub(super) fn known_view(member: Member) -> MemberView {
    MemberView {
        coworker: member.id.0,
        name: member.full_name,
        plan: None,
        teams: None,
        active: member.active,
        archived: member.archived,
        access_card: None,
        key_fob: None,
    }
}

/// A member who may not check in.
pub(super) fn standing(member: &MemberView) -> Option<Warning> {
    (!member.active || member.archived).then_some(Warning::NotActive)
}

/// A time as the service writes it.
pub(super) fn instant(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A property that would change.
pub(super) fn change(property: &str, before: Option<String>, after: Option<String>) -> PlannedChange {
    PlannedChange { property: property.to_owned(), before, after }
}
