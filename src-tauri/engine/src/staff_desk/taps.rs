//! Taps that need staff: tried again, or dismissed. The running desk does it; here it is said what that would mean.

use std::time::Duration;

use tapdesk_core::checkin::{Attempt, Decision, TapFacts, decide};
use tapdesk_core::entry::EntryState;
use tapdesk_core::ids::{CoworkerId, EntryId};
use tapdesk_core::member::Identification;
use tapdesk_core::resolution::{NotResolved, Resolution};

use super::StaffDesk;
use super::acts::{Brought, invalid};
use super::audit::Deed;
use super::facts::{change, instant, standing};
use super::member::member_view;
use super::plan::Plan;
use super::view::DeskProblem;
use super::view::acts::{Act, DismissReason, PlannedChange, Warning};
use super::view::detail::MemberView;
use crate::journal::{Concern, KeptTap};

impl StaffDesk {
    /// The tap, and why it needs staff.
    async fn for_staff(&self, entry: &str) -> Result<(KeptTap, String), DeskProblem> {
        let tap = self.kept_tap(entry).await?;
        match tap.concern.clone() {
            Concern::NeedsStaff(why) => Ok((tap, why)),
            Concern::Unusable | Concern::None => Err(DeskProblem::Changed),
        }
    }

    /// Whose tap it was, by what is known here.
    fn whose(&self, tap: &KeptTap) -> Option<CoworkerId> {
        let by_tile = || match self.rooms.directory.identified(tap.tile.as_ref()?)? {
            Identification::One(member) => Some(member.id),
            _ => None,
        };
        tap.coworker.or_else(by_tile)
    }

    pub(super) async fn plan_retry(&self, entry: String) -> Result<Plan, DeskProblem> {
        let (tap, why) = self.for_staff(&entry).await?;
        let kept = self.rooms.journal.entry(tap.entry).await?;
        let makes_sense =
            kept.as_ref().is_some_and(|(kept, whole)| *whole && (kept.tile.is_some() || kept.coworker.is_some()));
        let wanted = kept.and_then(|(kept, _)| kept.wanted);
        let (mut member, mut changes, mut warnings) = (None, Vec::new(), Vec::new());
        if let Some(whose) = self.whose(&tap) {
            member = self.member_or_known(whose).await;
            warnings.extend(member.as_ref().and_then(standing));
            let facts = TapFacts {
                coworker: whose,
                tapped_at: tap.tapped_at,
                wanted,
                late: Some(Duration::from_secs(self.rooms.settings.tap.repeat_window_s)),
            };
            (changes, warnings) = self.what_it_would_bring(facts, warnings).await?;
            if self.has_waiting_tap(whose.0, Some(tap.entry)).await? {
                warnings.push(Warning::TapWaits);
            }
        }
        let (act, deed) = (Act::Retry { entry: entry.clone() }, Deed::Retry { entry });
        Ok(Plan { act, deed, member, changes, warnings, rests_on: Some(why), makes_sense })
    }

    /// As the desk would decide it now. Without a connection nobody knows, and the tap waits for one.
    async fn what_it_would_bring(
        &self,
        facts: TapFacts,
        mut warnings: Vec<Warning>,
    ) -> Result<(Vec<PlannedChange>, Vec<Warning>), DeskProblem> {
        let coworker = facts.coworker.0;
        let Ok(records) = self.checkins_of(coworker).await else { return Ok((Vec::new(), warnings)) };
        let changes = match decide(facts, &records) {
            Decision::Send(Attempt::Open { from, .. }) => {
                if !self.is_covered(coworker).await? {
                    warnings.push(Warning::MayBeCharged);
                }
                vec![change("FromTime", None, Some(instant(from)))]
            }
            Decision::Send(Attempt::Close { to, .. }) => vec![change("ToTime", None, Some(instant(to)))],
            _ => Vec::new(),
        };
        Ok((changes, warnings))
    }

    async fn member_or_known(&self, whose: CoworkerId) -> Option<MemberView> {
        match self.coworker(whose.0).await {
            Ok(found) => Some(member_view(&found)),
            Err(_) => self.known_member(whose),
        }
    }

    pub(super) async fn plan_dismissal(
        &self,
        entry: String,
        reason: DismissReason,
        note: String,
    ) -> Result<Plan, DeskProblem> {
        let (tap, why) = self.for_staff(&entry).await?;
        let member = self.whose(&tap).and_then(|whose| self.known_member(whose));
        let act = Act::Dismiss { entry: entry.clone(), reason, note };
        let deed = Deed::Dismiss { entry, reason };
        let (changes, warnings) = (Vec::new(), Vec::new());
        Ok(Plan { act, deed, member, changes, warnings, rests_on: Some(why), makes_sense: true })
    }

    pub(super) async fn retry(&self, entry: &str) -> Result<Brought, DeskProblem> {
        self.resolve(entry, Resolution::Retry).await
    }

    pub(super) async fn dismiss(&self, entry: &str, reason: DismissReason) -> Result<Brought, DeskProblem> {
        self.resolve(entry, Resolution::Dismiss { reason: reason.code().to_owned() }).await
    }

    pub(super) async fn reopen_tap(&self, entry: &str) -> Result<(), DeskProblem> {
        // An earlier attempt to take it back may have got so far.
        if self.for_staff(entry).await.is_ok() {
            return Ok(());
        }
        self.resolve(entry, Resolution::Reopen).await.map(drop)
    }

    async fn resolve(&self, entry: &str, resolution: Resolution) -> Result<Brought, DeskProblem> {
        let id: EntryId = entry.parse().map_err(|_| invalid("that is no tap's id"))?;
        let not = match self.rooms.handle.resolve(id, resolution.clone()).await {
            Some(Ok(())) => return Ok(Brought::default()),
            Some(Err(not)) => not,
            // The desk ended before it answered: the journal knows what became of it.
            None => {
                let kept = self.rooms.journal.entry(id).await?;
                let stands = |state: &EntryState| resolution.applied(state).is_some();
                return match kept {
                    Some((entry, _)) if !stands(&entry.state) => Ok(Brought::default()),
                    _ => Err(DeskProblem::Ended),
                };
            }
        };
        Err(match not {
            NotResolved::Changed => DeskProblem::Changed,
            NotResolved::UnderWay => {
                invalid("the kiosk still checks what became of this tap; try again in five minutes")
            }
            NotResolved::NotUnderstood => invalid("what is kept of this tap is not enough to send anything"),
            NotResolved::NotStored(detail) => DeskProblem::Storage { detail },
        })
    }
}

impl DismissReason {
    /// As it is kept with the tap.
    fn code(self) -> &'static str {
        match self {
            Self::RecordedByHand => "recorded_by_hand",
            Self::AlreadyRecorded => "already_recorded",
            Self::DidNotEnter => "did_not_enter",
            Self::Test => "test",
            Self::Other => "other",
        }
    }
}
