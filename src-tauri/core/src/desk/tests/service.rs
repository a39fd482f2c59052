//! The service that `machine` lives with.

use super::*;

/// A service that does what it is asked, once or late, and keeps its own record.
#[derive(Default)]
pub(super) struct Service {
    pub(super) records: Vec<(CoworkerId, CheckinRecord)>,
    /// Every record as it ever was.
    pub(super) ever: Vec<CheckinRecord>,
    last_id: i64,
    pub(super) late: VecDeque<(Duration, Attempt)>,
}

impl Service {
    pub(super) fn of(&self, coworker: CoworkerId) -> Vec<CheckinRecord> {
        self.records.iter().filter(|(owner, _)| *owner == coworker).map(|(_, record)| record.clone()).collect()
    }

    pub(super) fn delete(&mut self, checkin: CheckinId) -> Undone {
        let before = self.records.len();
        self.records.retain(|(_, record)| record.id != checkin || record.to.is_some());
        if self.records.len() < before { Undone::Deleted } else { Undone::Gone }
    }

    pub(super) fn carry_out(&mut self, attempt: &Attempt) -> WriteAnswer {
        match attempt {
            Attempt::Open { coworker, from } => {
                self.last_id += 1;
                let opened = record(self.last_id, *from, None);
                self.ever.push(opened.clone());
                self.records.push((*coworker, opened));
                done(self.last_id)
            }
            Attempt::Close { checkin, to, .. } => {
                let Some((_, record)) = self.records.iter_mut().find(|(_, record)| record.id == *checkin) else {
                    return WriteAnswer::NotDone(Trouble::NotFound);
                };
                if let Some(at) = record.to {
                    return WriteAnswer::AlreadyClosed { at };
                }
                assert!(*to >= record.from);
                record.to = Some(*to);
                self.ever.push(record.clone());
                done(checkin.0)
            }
            Attempt::Report { .. } => done(0),
        }
    }
}
