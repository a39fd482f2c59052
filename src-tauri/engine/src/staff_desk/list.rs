//! The list of failures: a block of the service's records, and what this kiosk alone knows of the same time.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::Utc;
use tapdesk_core::checkin::Trouble;

use super::StaffDesk;
use super::blocks::{Block, Habits, List};
use super::local::{Stretch, merge};
use super::order::{Place, Wanted};
use super::question::{Question, Way, reported_tile};
use super::view::failures::{BLOCK, FailureBlock, FailureKey, FailureKind, FailureQuery, FailureRow};
use crate::spaces::governor::Priority;
use crate::spaces::records::failed_checkin::FailedCheckin;
use crate::spaces::records::source::CheckinSource;

/// What the list needs of the account.
pub(super) const LIST: &str = "FailedCheckin-List";
/// Whoever looks at a list waits no longer; taps and the account's other devices go first.
const PATIENCE: Duration = Duration::from_secs(15);
/// Whoever writes a file of it waits longer for a block, which is a larger one then.
const PATIENCE_OF_A_FILE: Duration = Duration::from_mins(5);
/// So many questions' ends are kept: staff go back and forth between a few.
const QUESTIONS: usize = 4;

/// What is kept of the lists that were asked for.
#[derive(Debug, Default)]
pub(super) struct ListMemory {
    habits: Habits,
    known: Mutex<VecDeque<Known>>,
    /// Set where `null` in a filter was found to mean nothing to the service.
    null_is_not_heeded: AtomicBool,
    /// Whether other locations were asked for last.
    pub(super) elsewhere: AtomicBool,
}

/// Which list: the question, the size of its blocks, how it was asked for, and what was new then.
#[derive(Debug, Clone, PartialEq)]
struct Which {
    query: FailureQuery,
    size: u32,
    way: Way,
    revision: u64,
}

/// Where the blocks of a list end, as of one count of its records: another count, and all may have moved.
#[derive(Debug)]
struct Known {
    which: Which,
    total: Option<u64>,
    ends: BTreeMap<u32, Place>,
}

impl ListMemory {
    fn total(&self, which: &Which) -> Option<u64> {
        self.with(|known| known.iter().find(|known| known.which == *which).and_then(|known| known.total))
    }

    fn end_of(&self, which: &Which, total: Option<u64>, block: u32) -> Option<Place> {
        self.with(|known| {
            let known = known.iter().find(|known| known.which == *which && known.total == total)?;
            known.ends.get(&block).cloned()
        })
    }

    fn note(&self, which: &Which, total: Option<u64>, ends: impl IntoIterator<Item = (u32, Place)>) {
        self.with(|all| {
            let before = all.iter().position(|known| known.which == *which).and_then(|place| all.remove(place));
            let fresh = || Known { which: which.clone(), total, ends: BTreeMap::new() };
            let mut known = before.filter(|known| known.total == total).unwrap_or_else(fresh);
            known.ends.extend(ends);
            all.push_back(known);
            while all.len() > QUESTIONS {
                all.pop_front();
            }
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut VecDeque<Known>) -> T) -> T {
        work(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl StaffDesk {
    /// This block of the list, counted from 0. Where the service cannot be asked it says so and holds what this kiosk
    /// knows.
    pub async fn failures(&self, query: FailureQuery, block: u32) -> FailureBlock {
        self.list.elsewhere.store(!query.location.trim().is_empty(), Ordering::Relaxed);
        self.block_of(&query, block, BLOCK).await
    }

    /// The same of blocks with so many records.
    pub(super) async fn block_of(&self, query: &FailureQuery, block: u32, size: u32) -> FailureBlock {
        let at = Utc::now();
        let mut answer =
            FailureBlock { block, rows: Vec::new(), records: 0, local: 0, hidden: 0, unreadable: 0, at, problem: None };
        let here = self.rooms.settings.spaces.business_id;
        let question = match Question::new(query, here, self.zone, self.rooms.spaces.http().server_time(at)) {
            Ok(question) => question,
            Err(problem) => return FailureBlock { problem: Some(problem), ..answer },
        };
        let taps = self.taps(&question).await.unwrap_or_else(|problem| {
            answer.problem = Some(problem);
            Vec::new()
        });
        answer.local = taps.len() as u64;
        let patience = if size > BLOCK { PATIENCE_OF_A_FILE } else { PATIENCE };
        let asked = tokio::time::timeout(patience, self.records(&question, block, size)).await;
        match self.heard(asked.unwrap_or(Err(Trouble::Throttled)), LIST) {
            Ok((found, way)) => {
                answer.records = found.total.unwrap_or_else(|| at_least(block, size, &found));
                answer.unreadable = u32::try_from(found.unreadable).unwrap_or(u32::MAX);
                let which = self.which(query, size, way);
                self.fill(&mut answer, &question, found, taps, &which).await;
            }
            Err(problem) => {
                answer.problem = Some(problem);
                if block == 0 {
                    answer.rows = taps;
                }
            }
        }
        answer
    }

    /// Puts records and taps together.
    async fn fill(
        &self,
        answer: &mut FailureBlock,
        question: &Question,
        found: Block,
        taps: Vec<FailureRow>,
        which: &Which,
    ) {
        let wanted = Wanted::from(&question.query);
        let block = answer.block;
        let end = found.records.last().map(|record| wanted.place(record));
        self.list.note(which, found.total, end.clone().map(|end| (block, end)));
        let is_there = block == 0 || !found.records.is_empty();
        let placed = if wanted.is_of_times() && is_there && !taps.is_empty() {
            // Without the end of the block before, nobody can say which taps it shows.
            let after = self.end_before(question, found.total, block, which).await;
            after.map(|after| Stretch { after, until: end.filter(|_| found.more) })
        } else {
            Ok(Stretch { after: None, until: None })
        };
        let received = found.records.len();
        let answering =
            found.records.into_iter().filter(|record| question.is_answered_by(record, &self.rooms.directory));
        let records: Vec<_> =
            answering.map(|record| (wanted.place(&record), self.record_row(question, record))).collect();
        answer.hidden = u32::try_from(received - records.len()).unwrap_or(u32::MAX);
        let rows = |records: Vec<(Place, FailureRow)>| records.into_iter().map(|(_, row)| row);
        answer.rows = match placed {
            Ok(stretch) if wanted.is_of_times() && is_there => merge(wanted, &stretch, records, taps),
            Ok(_) if block == 0 => taps.into_iter().chain(rows(records)).collect(),
            Ok(_) => rows(records).collect(),
            Err(trouble) => {
                answer.problem = self.heard::<()>(Err(trouble), LIST).err();
                rows(records).collect()
            }
        };
    }

    /// Where the block before ends; none for the first one.
    async fn end_before(
        &self,
        question: &Question,
        total: Option<u64>,
        block: u32,
        which: &Which,
    ) -> Result<Option<Place>, Trouble> {
        let Some(before) = block.checked_sub(1) else { return Ok(None) };
        if let Some(end) = self.list.end_of(which, total, before) {
            return Ok(Some(end));
        }
        let list = self.list_of(question, which.way, which.size, total);
        let asked = tokio::time::timeout(PATIENCE, list.end_before(block)).await;
        let end = asked.unwrap_or(Err(Trouble::Throttled))?;
        self.list.note(which, total, end.clone().map(|end| (before, end)));
        Ok(end)
    }

    fn list_of(&self, question: &Question, way: Way, size: u32, total: Option<u64>) -> List<'_> {
        List {
            client: self.rooms.spaces.client(Priority::Background),
            habits: &self.list.habits,
            query: question.asked(way),
            wanted: Wanted::from(&question.query),
            size,
            total,
        }
    }

    fn which(&self, query: &FailureQuery, size: u32, way: Way) -> Which {
        Which { query: query.clone(), size, way, revision: *self.revision.borrow() }
    }

    /// The service's records of a block, and how it had to be asked for them.
    async fn records(&self, question: &Question, block: u32, size: u32) -> Result<(Block, Way), Trouble> {
        let ask = async |way| {
            let total = self.list.total(&self.which(&question.query, size, way));
            self.list_of(question, way, size, total).block(block).await
        };
        let of_nobody = question.query.unknown_tiles && question.query.coworker.is_none();
        if !of_nobody {
            return Ok((ask(Way::Null).await?, Way::Null));
        }
        let not_heeded = &self.list.null_is_not_heeded;
        let is_of_nobody = |record: &FailedCheckin| record.coworker.is_none();
        if !not_heeded.load(Ordering::Relaxed) {
            match ask(Way::Null).await {
                Ok(found) if !found.records.is_empty() && found.records.iter().all(is_of_nobody) => {
                    return Ok((found, Way::Null));
                }
                // Nobody was unknown, or `null` is nobody's id to the service: its words tell.
                Ok(found) if found.records.is_empty() => {
                    let by_words = if block == 0 { ask(Way::Words).await? } else { Block::default() };
                    if !by_words.records.iter().any(is_of_nobody) {
                        return Ok((found, Way::Null));
                    }
                    not_heeded.store(true, Ordering::Relaxed);
                    return Ok((by_words, Way::Words));
                }
                Ok(_) | Err(Trouble::Invalid(_)) => not_heeded.store(true, Ordering::Relaxed),
                Err(trouble) => return Err(trouble),
            }
        }
        Ok((ask(Way::Words).await?, Way::Words))
    }

    /// The row of a record.
    pub(super) fn record_row(&self, question: &Question, record: FailedCheckin) -> FailureRow {
        let elsewhere = question.is_elsewhere(&record);
        self.row_of(record, elsewhere)
    }

    /// The row of a record of this location, or of another one.
    pub(super) fn row_of(&self, record: FailedCheckin, elsewhere: bool) -> FailureRow {
        let known = || record.coworker.and_then(|id| self.rooms.directory.known(id)).map(|member| member.full_name);
        let unnamed = || record.business.map(|business| business.to_string());
        FailureRow {
            key: FailureKey::Record { id: record.id.0 },
            kind: FailureKind::FailedCheckin,
            attempted_at: record.attempted_at,
            attempted_local: record.attempted_at_local,
            coworker: record.coworker.map(|id| id.0),
            location: if elsewhere { record.business_name.clone().or_else(unnamed) } else { None },
            source: record.source.as_ref().and_then(CheckinSource::number),
            tile: record.description.as_deref().and_then(reported_tile).map(str::to_owned),
            created_at: record.common.created_on,
            updated_at: record.common.updated_on,
            member: record.coworker_full_name.clone().or_else(known),
            mac_addresses: record.mac_addresses,
            teams: record.teams,
            tariff: record.tariff,
            description: record.description,
        }
    }
}

/// How many records there are at least, where the service does not say: one more than came where there are more.
fn at_least(block: u32, size: u32, found: &Block) -> u64 {
    let came = found.records.len() + found.unreadable;
    u64::from(block) * u64::from(size) + came as u64 + u64::from(found.more)
}
