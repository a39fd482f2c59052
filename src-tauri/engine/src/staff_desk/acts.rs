//! What staff do: prepared from fresh facts, shown, carried out once, taken back.
//!
//! It is durable that an act is begun before anything is sent for it, and how it ended after that; the facts are read
//! again in between. An act goes on by itself once it is begun: a page that is closed, or a desk that locks itself, breaks
//! nothing off. Where the program ends in the middle, the audit says so, and what was sent is found by its own facts.

use std::sync::Weak;

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::now::to_the_second;

use super::StaffDesk;
use super::audit::{Deed, End, Row, Story};
use super::plan::{Plan, Plans};
use super::view::DeskProblem;
use super::view::acts::{Act, ActKind, AuditState, Done, Preparation};

/// How far ahead of this machine's clock a time may lie that staff give.
const AHEAD: TimeDelta = TimeDelta::minutes(1);

/// What the staff's acts need.
pub(super) struct Acts {
    desk: Weak<StaffDesk>,
    plans: Plans,
    /// One act at a time: the facts of the next are those after the one before.
    one_at_a_time: tokio::sync::Mutex<()>,
}

/// What an act brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Brought {
    /// The check-in that was opened or closed.
    pub(super) checkin: Option<i64>,
    /// The `Source` that is stored for it.
    pub(super) stored_source: Option<i64>,
}

impl Acts {
    pub(super) fn new(desk: Weak<StaffDesk>) -> Self {
        Self { desk, plans: Plans::default(), one_at_a_time: tokio::sync::Mutex::default() }
    }
}

impl Act {
    /// What kind of act it is.
    pub fn kind(&self) -> ActKind {
        match self {
            Self::CheckIn { .. } => ActKind::CheckIn,
            Self::CloseCheckin { .. } => ActKind::CloseCheckin,
            Self::LinkTile { .. } => ActKind::LinkTile,
            Self::Correct { .. } => ActKind::Correct,
            Self::Retry { .. } => ActKind::Retry,
            Self::Dismiss { .. } => ActKind::Dismiss,
        }
    }
}

impl StaffDesk {
    /// What this would do, by the facts of this moment. Nothing is changed.
    pub async fn prepare(&self, act: Act) -> Result<Preparation, DeskProblem> {
        let plan = self.plan(act, None).await?;
        Ok(self.acts.plans.keep(plan))
    }

    /// Carries out what was prepared. Also where nobody waits for the answer any more, it goes on to its end.
    pub async fn carry_out(&self, plan: u64) -> Result<Done, DeskProblem> {
        let plan = self.acts.plans.take(plan).ok_or(DeskProblem::Changed)?;
        if !plan.is_possible() {
            return Err(invalid("a warning stands against it"));
        }
        let desk = self.acts.desk.upgrade().ok_or(DeskProblem::Ended)?;
        on_its_own(async move { desk.carry_out_plan(plan).await }).await
    }

    /// Takes back what was carried out, where that is possible still.
    pub async fn undo(&self, number: u64) -> Result<Done, DeskProblem> {
        let desk = self.acts.desk.upgrade().ok_or(DeskProblem::Ended)?;
        on_its_own(async move { desk.take_back(number).await }).await
    }

    /// What an act does by the facts of now; `begun` is its number where it was begun.
    async fn plan(&self, act: Act, begun: Option<u64>) -> Result<Plan, DeskProblem> {
        match act {
            Act::CheckIn { coworker, at, note, failure } => {
                let from = moment(at)?;
                let act = Act::CheckIn { coworker, at: Some(from), note, failure };
                self.plan_check_in(act, (coworker, from, failure), begun).await
            }
            Act::CloseCheckin { coworker, checkin, at } => self.plan_close(coworker, checkin, at).await,
            Act::LinkTile { entry, coworker, field } => self.plan_link(entry, coworker, field).await,
            Act::Correct { failure, coworker, description } => {
                self.plan_correction(failure, coworker, description).await
            }
            Act::Retry { entry } => self.plan_retry(entry).await,
            Act::Dismiss { entry, reason, note } => self.plan_dismissal(entry, reason, note).await,
        }
    }

    async fn carry_out_plan(&self, plan: Plan) -> Result<Done, DeskProblem> {
        let _one = self.acts.one_at_a_time.lock().await;
        let number = self.begin(&plan.deed, plan.note()).await?;
        // Until the facts were found to be the same, nothing was sent: whatever goes wrong there, it was not done.
        let (brought, end) = if let Err(problem) = self.still_holds(&plan, number).await {
            (Err(problem), End::Failed)
        } else {
            let brought = self.do_it(&plan).await;
            let end = match &brought {
                Ok(brought) => End::Done { checkin: brought.checkin },
                Err(problem) => end_of(problem),
            };
            (brought, end)
        };
        let noted = self.note(number, &Row::Ended { at: Utc::now(), end }).await;
        if let Err(problem) = &noted {
            tracing::error!(number, %problem, "how an act of staff ended could not be stored");
        }
        self.note_failures_changed();
        let Brought { checkin, stored_source } = brought?;
        let undoable = noted.is_ok() && plan.deed.can_be_taken_back(checkin);
        Ok(Done { number, checkin, stored_source, undoable })
    }

    async fn still_holds(&self, plan: &Plan, number: u64) -> Result<(), DeskProblem> {
        let now = self.plan(plan.act.clone(), Some(number)).await?;
        if plan.holds(&now) { Ok(()) } else { Err(DeskProblem::Changed) }
    }

    async fn do_it(&self, plan: &Plan) -> Result<Brought, DeskProblem> {
        match &plan.deed {
            Deed::CheckIn { coworker, from, .. } => self.check_in(*coworker, *from).await,
            Deed::CloseCheckin { coworker, checkin, from, to } => self.close(*coworker, *checkin, (*from, *to)).await,
            Deed::LinkTile { coworker, field, before, after, .. } => {
                self.write_tile(*coworker, *field, before.as_deref(), Some(after)).await
            }
            Deed::Correct { failure, member, description } => {
                self.correct(*failure, member.as_ref(), description.as_ref()).await
            }
            Deed::Retry { entry } => self.retry(entry).await,
            Deed::Dismiss { entry, reason } => self.dismiss(entry, *reason).await,
        }
    }

    async fn take_back(&self, number: u64) -> Result<Done, DeskProblem> {
        let _one = self.acts.one_at_a_time.lock().await;
        let story = self.story(number).await?;
        if !story.is_undoable() {
            return Err(if story.state == AuditState::Undone {
                DeskProblem::Changed
            } else {
                invalid("this act cannot be taken back")
            });
        }
        self.note(number, &Row::TakingBack { at: Utc::now() }).await?;
        let undone = self.undo_it(&story).await;
        let end = match &undone {
            Ok(()) => End::Done { checkin: None },
            Err(problem) => end_of(problem),
        };
        if let Err(problem) = self.note(number, &Row::TakenBack { at: Utc::now(), end }).await {
            tracing::error!(number, %problem, "how it ended that an act was taken back could not be stored");
        }
        self.note_failures_changed();
        undone.map(|()| Done { number, checkin: None, stored_source: None, undoable: false })
    }

    async fn undo_it(&self, story: &Story) -> Result<(), DeskProblem> {
        match (&story.deed, story.checkin) {
            (Deed::CheckIn { coworker, from, .. }, Some(checkin)) => {
                self.undo_check_in(*coworker, checkin, *from).await
            }
            (Deed::CloseCheckin { coworker, checkin, from, to }, _) => {
                self.reopen_checkin(*coworker, *checkin, (*from, *to)).await
            }
            (Deed::LinkTile { coworker, field, before, after, .. }, _) => {
                self.write_tile(*coworker, *field, Some(after), before.as_deref()).await.map(drop)
            }
            (Deed::Correct { failure, member, description }, _) => {
                let (member, description) = (member.clone(), description.clone());
                let (member, description) = (member.map(reversed), description.map(reversed));
                self.correct(*failure, member.as_ref(), description.as_ref()).await.map(drop)
            }
            (Deed::Dismiss { entry, .. }, _) => self.reopen_tap(entry).await,
            (Deed::CheckIn { .. } | Deed::Retry { .. }, _) => Err(invalid("this act cannot be taken back")),
        }
    }
}

fn reversed<T>(correction: super::audit::Correction<T>) -> super::audit::Correction<T> {
    super::audit::Correction { before: correction.after, after: correction.before }
}

/// What is kept of an act that brought a problem.
fn end_of(problem: &DeskProblem) -> End {
    if matches!(problem, DeskProblem::Unknown { .. }) { End::Unknown } else { End::Failed }
}

/// Does it to its end, whoever waits for it. It is broken off only where the program ends.
async fn on_its_own(
    work: impl Future<Output = Result<Done, DeskProblem>> + Send + 'static,
) -> Result<Done, DeskProblem> {
    let broken_off = |_| DeskProblem::Unknown { detail: "it was broken off".to_owned() };
    tokio::spawn(work).await.map_err(broken_off)?
}

pub(super) fn invalid(detail: &str) -> DeskProblem {
    DeskProblem::Invalid { detail: detail.to_owned() }
}

/// A time that staff gave, or now: to the second, as the service keeps it.
pub(super) fn moment(at: Option<DateTime<Utc>>) -> Result<DateTime<Utc>, DeskProblem> {
    let now = Utc::now();
    match at {
        Some(at) if at > now + AHEAD => Err(invalid("that time is not come yet")),
        at => Ok(to_the_second(at.unwrap_or(now))),
    }
}
