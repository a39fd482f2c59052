//! What staff did, as the journal keeps it: what each row of an act says, and what all of them say together.
//!
//! An act that was begun and of which nothing else is kept may have been carried out or not: whoever reads of it has to
//! look it up.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::StaffDesk;
use super::view::DeskProblem;
use super::view::acts::{ActKind, AuditLine, AuditPage, AuditState, DismissReason, TileField};
use crate::journal::audit::{self, Act};

/// How many acts are shown at a time.
const PAGE: usize = 100;

/// What one row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "snake_case")]
pub(super) enum Row {
    /// It was begun.
    Begun { at: DateTime<Utc>, deed: Deed, note: String },
    /// It ended like this.
    Ended { at: DateTime<Utc>, end: End },
    /// It is being taken back.
    TakingBack { at: DateTime<Utc> },
    /// That ended like this.
    TakenBack { at: DateTime<Utc>, end: End },
}

/// What is done, with all that taking it back needs. Ids, codes and times, and what stood in a record before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum Deed {
    /// A check-in that begins then is opened.
    CheckIn { coworker: i64, from: DateTime<Utc>, failure: Option<i64> },
    /// A check-in that began at `from` is closed.
    CloseCheckin { coworker: i64, checkin: i64, from: DateTime<Utc>, to: DateTime<Utc> },
    /// A tile's text is written.
    LinkTile { entry: String, coworker: i64, field: TileField, before: Option<String>, after: String },
    /// A failure is corrected.
    Correct { failure: i64, member: Option<Correction<i64>>, description: Option<Correction<String>> },
    /// A tap is tried again.
    Retry { entry: String },
    /// A tap is dismissed.
    Dismiss { entry: String, reason: DismissReason },
}

/// What stood there, and what stands there then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Correction<T> {
    pub(super) before: Option<T>,
    pub(super) after: Option<T>,
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub(super) enum End {
    /// As it should.
    Done { checkin: Option<i64> },
    /// It was not done.
    Failed,
    /// Nobody knows.
    Unknown,
}

/// What all rows of an act say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) number: u64,
    pub(super) at: DateTime<Utc>,
    pub(super) deed: Deed,
    pub(super) note: String,
    pub(super) state: AuditState,
    /// The check-in that was opened.
    pub(super) checkin: Option<i64>,
    /// When it went on last.
    pub(super) last_at: DateTime<Utc>,
    /// Whether it was carried out, whatever became of it then.
    carried_out: bool,
}

impl Deed {
    pub(super) fn kind(&self) -> ActKind {
        match self {
            Self::CheckIn { .. } => ActKind::CheckIn,
            Self::CloseCheckin { .. } => ActKind::CloseCheckin,
            Self::LinkTile { .. } => ActKind::LinkTile,
            Self::Correct { .. } => ActKind::Correct,
            Self::Retry { .. } => ActKind::Retry,
            Self::Dismiss { .. } => ActKind::Dismiss,
        }
    }

    /// Whether it can be undone once it was done: a tap that was tried again cannot be taken out of the service.
    pub(super) fn is_undoable(&self) -> bool {
        self.kind() != ActKind::Retry
    }

    /// Whether it can be taken back now that it was done; a check-in by its id, where that is known.
    pub(super) fn can_be_taken_back(&self, checkin: Option<i64>) -> bool {
        self.is_undoable() && (self.kind() != ActKind::CheckIn || checkin.is_some())
    }
}

impl Story {
    /// None where its rows do not make sense: somebody changed them.
    pub(super) fn of(act: &Act) -> Option<Self> {
        let mut rows = act.rows.iter().map(|row| serde_json::from_str::<Row>(row).ok());
        let Row::Begun { at, deed, note } = rows.next()?? else { return None };
        let (state, number) = (AuditState::Unknown, act.number);
        let mut story = Self { number, at, deed, note, state, checkin: None, last_at: at, carried_out: false };
        for row in rows {
            story.go_on(&row?);
        }
        Some(story)
    }

    fn go_on(&mut self, row: &Row) {
        let (Row::Begun { at, .. } | Row::Ended { at, .. } | Row::TakingBack { at } | Row::TakenBack { at, .. }) = row;
        self.last_at = *at;
        self.state = match row {
            Row::Ended { end: End::Done { checkin }, .. } => {
                (self.checkin, self.carried_out) = (*checkin, true);
                AuditState::Done
            }
            Row::TakenBack { end: End::Done { .. }, .. } => AuditState::Undone,
            Row::TakenBack { end: End::Failed, .. } => AuditState::Done,
            Row::Ended { end: End::Failed, .. } => AuditState::Failed,
            Row::Begun { .. }
            | Row::TakingBack { .. }
            | Row::Ended { end: End::Unknown, .. }
            | Row::TakenBack { end: End::Unknown, .. } => AuditState::Unknown,
        };
    }

    /// Also where taking it back was begun, and nobody knows how that ended.
    pub(super) fn is_undoable(&self) -> bool {
        let stands = self.carried_out && matches!(self.state, AuditState::Done | AuditState::Unknown);
        stands && self.deed.can_be_taken_back(self.checkin)
    }

    fn line(self) -> AuditLine {
        let (mut coworker, mut record, mut tap) = (None, self.checkin, None);
        let (act, undoable) = (self.deed.kind(), self.is_undoable());
        match self.deed {
            Deed::CheckIn { coworker: whose, .. } => coworker = Some(whose),
            Deed::CloseCheckin { coworker: whose, checkin, .. } => (coworker, record) = (Some(whose), Some(checkin)),
            Deed::LinkTile { entry, coworker: whose, .. } => (coworker, tap) = (Some(whose), Some(entry)),
            Deed::Correct { failure, member, .. } => {
                coworker = member.and_then(|member| member.after.or(member.before));
                record = Some(failure);
            }
            Deed::Retry { entry } | Deed::Dismiss { entry, .. } => tap = Some(entry),
        }
        let Self { number, at, state, note, .. } = self;
        AuditLine { number, at, act, coworker, record, entry: tap, state, note, undoable }
    }
}

impl StaffDesk {
    /// What staff did, newest first: the acts before this one.
    pub async fn audit(&self, before: Option<u64>) -> Result<AuditPage, DeskProblem> {
        let audit = self.rooms.journal.audit(before, PAGE).await?;
        let lines = audit.acts.iter().filter_map(Story::of).map(Story::line).collect();
        Ok(AuditPage { lines, more: audit.more, broken_at: audit.broken_at })
    }

    /// One act, where all that is kept of it is as it was written.
    pub(super) async fn story(&self, number: u64) -> Result<Story, DeskProblem> {
        let before = number.checked_add(1).ok_or(DeskProblem::Gone)?;
        let audit = self.rooms.journal.audit(Some(before), 1).await?;
        if audit.broken_at.is_some_and(|broken| broken <= number) {
            let detail = "the audit log was changed by somebody, so nothing of it can be taken back".to_owned();
            return Err(DeskProblem::Invalid { detail });
        }
        let story = audit.acts.first().filter(|act| act.number == number).and_then(Story::of);
        story.ok_or(DeskProblem::Gone)
    }

    /// The acts of the last moments.
    pub(super) async fn stories(&self) -> Result<Vec<Story>, DeskProblem> {
        let audit = self.rooms.journal.audit(None, PAGE).await?;
        Ok(audit.acts.iter().filter_map(Story::of).collect())
    }

    /// Makes durable that this is begun; its number.
    pub(super) async fn begin(&self, deed: &Deed, note: &str) -> Result<u64, DeskProblem> {
        let row = Row::Begun { at: Utc::now(), deed: deed.clone(), note: note.to_owned() };
        self.rooms.journal.begin_act(written(&row)?).await.map_err(DeskProblem::from)
    }

    /// Makes durable how an act goes on.
    pub(super) async fn note(&self, number: u64, row: &Row) -> Result<(), DeskProblem> {
        self.rooms.journal.add_to_act(number, written(row)?).await.map_err(DeskProblem::from)
    }
}

fn written(row: &Row) -> Result<String, DeskProblem> {
    serde_json::to_string(row).map_err(|error| DeskProblem::Storage { detail: error.to_string() })
}

/// What `tapdesk audit` shows: ids, codes and times, without staff's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// Newest first.
    pub lines: Vec<ReportedAct>,
    /// The number of the first line that does not fit the chain: it, or one before it, was changed by somebody.
    pub broken_at: Option<u64>,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedAct {
    /// Grows by one.
    pub number: u64,
    /// When it was begun, UTC.
    pub at: DateTime<Utc>,
    /// What.
    pub act: ActKind,
    /// Whose record it concerned.
    pub coworker: Option<i64>,
    /// Which record: a check-in, a failure.
    pub record: Option<i64>,
    /// Which tap.
    pub entry: Option<String>,
    /// How it ended.
    pub state: AuditState,
}

impl fmt::Display for ReportedAct {
    /// One line: number, time, what, how it ended, and on what.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.format("%Y-%m-%d %H:%M:%S UTC");
        write!(formatter, "{:>5}  {at}  {:<13}  {:<7}", self.number, self.act.name(), self.state.name())?;
        for (what, id) in [("member", self.coworker), ("record", self.record)] {
            if let Some(id) = id {
                write!(formatter, "  {what} {id}")?;
            }
        }
        self.entry.as_ref().map_or(Ok(()), |entry| write!(formatter, "  tap {entry}"))
    }
}

impl From<audit::Audit> for AuditReport {
    fn from(audit: audit::Audit) -> Self {
        let reported = |line: AuditLine| {
            let AuditLine { number, at, act, coworker, record, entry, state, .. } = line;
            ReportedAct { number, at, act, coworker, record, entry, state }
        };
        let lines = audit.acts.iter().filter_map(Story::of).map(Story::line).map(reported).collect();
        Self { lines, broken_at: audit.broken_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(rows: &[Row]) -> Option<Story> {
        Story::of(&Act { number: 7, rows: rows.iter().map(|row| written(row).unwrap()).collect() })
    }

    #[test]
    fn what_the_rows_of_an_act_say_together() {
        let at = DateTime::UNIX_EPOCH;
        let begun =
            || Row::Begun { at, deed: Deed::CheckIn { coworker: 1001, from: at, failure: None }, note: String::new() };
        let done = End::Done { checkin: Some(5) };
        let (ended, back) = (|end| Row::Ended { at, end }, |end| Row::TakenBack { at, end });
        let taking = || Row::TakingBack { at };
        let cases = [
            (vec![begun()], AuditState::Unknown, false),
            (vec![begun(), ended(done)], AuditState::Done, true),
            (vec![begun(), ended(End::Done { checkin: None })], AuditState::Done, false),
            (vec![begun(), ended(End::Failed)], AuditState::Failed, false),
            (vec![begun(), ended(End::Unknown)], AuditState::Unknown, false),
            (vec![begun(), ended(done), taking()], AuditState::Unknown, true),
            (vec![begun(), ended(done), taking(), back(End::Failed)], AuditState::Done, true),
            (vec![begun(), ended(done), taking(), back(End::Unknown)], AuditState::Unknown, true),
            (vec![begun(), ended(done), taking(), back(End::Done { checkin: None })], AuditState::Undone, false),
        ];
        for (rows, state, undoable) in cases {
            let story = story(&rows).unwrap();
            assert_eq!((story.state, story.is_undoable()), (state, undoable), "{rows:?}");
            let line = story.line();
            assert_eq!((line.number, line.coworker, line.act), (7, Some(1001), ActKind::CheckIn));
        }
        assert_eq!(story(&[ended(done)]), None, "an act that was never begun");
    }
}
