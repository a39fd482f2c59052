//! Anything in any order: taps and PINs, lost and slow replies, refusals, throttling, outages, full disks, power cuts between any
//! two effects, jumps of the clock, a second kiosk, staff who resolve whatever they like. What must hold whatever happens is
//! asked of the service's own record.

use std::collections::HashMap;

use proptest::prelude::*;

use super::happenings::{Happening, happenings};
use super::service::Service;
use super::*;

/// The choice that makes every answer a good one.
const ALL_IS_WELL: u8 = 250;
/// A write whose reply was lost is carried out within this time, or never.
const LATEST: Duration = Duration::from_mins(2);

struct World {
    kiosks: Vec<Bench>,
    service: Service,
    /// By a clock that only goes forward.
    time: Duration,
    /// Writes of each member's taps in the order in which they were first sent: kiosk, member, how, number.
    sent: Vec<(usize, CoworkerId, Source, u64)>,
    /// What was last read for each tap.
    read: HashMap<(usize, EntryId), Vec<CheckinRecord>>,
    /// Why taps needed staff who resolved them.
    resolved: Vec<String>,
}

impl World {
    fn new(kiosks: usize) -> Self {
        let policy = Policy { repeat_window: Duration::from_secs(10), ..Policy::default() };
        let mut kiosks: Vec<Bench> = (0..kiosks).map(|_| Bench::online(policy.clone())).collect();
        for (place, kiosk) in (0u128..).zip(&mut kiosks) {
            kiosk.next_id = 1 + 1000 * place;
        }
        let (sent, read, resolved) = (Vec::new(), HashMap::new(), Vec::new());
        Self { kiosks, service: Service::default(), time: Duration::ZERO, sent, read, resolved }
    }

    fn happen(&mut self, happening: &Happening) {
        let place = |second: bool, world: &Self| usize::from(second) % world.kiosks.len();
        match *happening {
            Happening::Tap { kiosk, anas } => {
                let place = place(kiosk, self);
                self.kiosks[place].tap(if anas { ANA } else { BEN });
            }
            Happening::Pin { kiosk, whose } => {
                let place = place(kiosk, self);
                self.kiosks[place].pin(match whose % 8 {
                    0 => Identification::Nobody,
                    1 => Identification::Several,
                    2 => Identification::NotKnowable(unreachable()),
                    3..6 => Identification::One(ana()),
                    _ => Identification::One(ben()),
                });
            }
            Happening::Pass(seconds) => self.pass(seconds),
            Happening::Answer { kiosk, which, how } => self.answer(place(kiosk, self), which, how),
            Happening::CommitLate => {
                if let Some((_, attempt)) = self.service.late.pop_front() {
                    self.service.carry_out(&attempt);
                }
            }
            Happening::Away(away) => {
                for kiosk in &mut self.kiosks {
                    kiosk.feed(Event::Observed(if away { Err(unreachable()) } else { Ok(()) }));
                }
            }
            Happening::Press => {
                for kiosk in &mut self.kiosks {
                    if let Stage::Verdict(shown) = &kiosk.stage {
                        let shown = shown.entry;
                        kiosk.press(shown);
                    }
                }
            }
            Happening::DiskFull(full) => self.kiosks.iter_mut().for_each(|kiosk| kiosk.disk_full = full),
            Happening::PowerCut { kiosk, after, on_its_way } => {
                let place = place(kiosk, self);
                if after < 6 {
                    self.cut(place, on_its_way);
                } else {
                    self.kiosks[place].power_left = Some(after - 6);
                }
            }
            Happening::Staff { kiosk, which, how } => self.resolve(place(kiosk, self), which, how),
            Happening::ClockJumps(seconds) => {
                self.kiosks.iter_mut().for_each(|kiosk| kiosk.now.utc += TimeDelta::seconds(seconds));
            }
        }
        for place in 0..self.kiosks.len() {
            if self.kiosks[place].power_left == Some(0) {
                self.cut(place, ALL_IS_WELL);
            }
        }
    }

    /// One that needs them, mostly, or any other one, which is not theirs to change.
    fn resolve(&mut self, place: usize, which: u8, how: u8) {
        let bench = &mut self.kiosks[place];
        let theirs = |entry: &&Entry| how.is_multiple_of(8) || matches!(entry.state, EntryState::NeedsStaff(_));
        let entries: Vec<&Entry> = bench.journal.iter().filter(theirs).collect();
        let Some(entry) = entries.get(usize::from(which) % entries.len().max(1)) else { return };
        let entry = Box::new((*entry).clone());
        // What the disk did not take is newer.
        let before = bench.desk.storage.unwritten(entry.id).unwrap_or_else(|| Entry::clone(&entry));
        let resolution = match how % 5 {
            0..3 => Resolution::Retry,
            3 => dismissal(),
            _ => Resolution::Reopen,
        };
        if let EntryState::NeedsStaff(why) = &before.state {
            self.resolved.push(why.clone());
        }
        let under_way = bench.desk.journeys.contains_key(&before.id);
        bench.feed(Event::Resolve { entry, resolution });
        // Where the power went there is no answer.
        if let Some(Ok(())) = bench.staff_answers.pop() {
            assert!(!under_way && before.state.is_terminal(), "{before:?}");
        }
    }

    fn pass(&mut self, seconds: i64) {
        self.time += Duration::from_secs(u64::try_from(seconds).expect("forward"));
        while self.service.late.front().is_some_and(|(since, _)| *since + LATEST < self.time) {
            let late = self.service.late.pop_front();
            late.map(|(_, attempt)| self.service.carry_out(&attempt));
        }
        self.kiosks.iter_mut().for_each(|kiosk| kiosk.pass(seconds));
    }

    fn cut(&mut self, place: usize, on_its_way: u8) {
        let asked = std::mem::take(&mut self.kiosks[place].asked);
        for (effect, how) in asked.into_iter().zip([on_its_way % 3, on_its_way / 3 % 3, on_its_way / 9 % 3]) {
            if let Effect::Write { attempt, .. } = effect {
                match how {
                    0 => drop(self.service.carry_out(&attempt)),
                    1 => self.service.late.push_back((self.time, attempt)),
                    _ => {}
                }
            }
        }
        self.kiosks[place].restart();
    }

    fn answer(&mut self, place: usize, which: u8, how: u8) {
        let Self { kiosks, service, time, sent, read, .. } = self;
        let bench = &mut kiosks[place];
        let which = usize::from(which) % bench.asked.len().max(1);
        let Some(effect) = bench.asked.remove(which) else { return };
        let event = match effect {
            Effect::Identify { entry, tile, .. } => {
                let who = match (how % 16, tile.as_text() == ANA) {
                    (0, _) => Identification::NotKnowable(unreachable()),
                    (1, _) => Identification::Nobody,
                    (2, _) => Identification::Several,
                    (3, true) => Identification::One(Member { active: false, ..ana() }),
                    (_, true) => Identification::One(ana()),
                    (_, false) => Identification::One(ben()),
                };
                Event::Identified { entry, who }
            }
            Effect::ReadMember { entry, coworker, .. } => {
                let member = if coworker == ana().id { ana() } else { ben() };
                let who = match how % 16 {
                    0 => Identification::NotKnowable(unreachable()),
                    1 => Identification::Nobody,
                    2 => Identification::One(Member { active: false, ..member }),
                    _ => Identification::One(member),
                };
                Event::Identified { entry, who }
            }
            Effect::ReadRecords { entry, coworker, .. } => {
                let answer = match how % 7 {
                    0 => Err(unreachable()),
                    1 => Err(Trouble::Throttled),
                    _ => Ok(service.of(coworker)),
                };
                if let Ok(records) = &answer {
                    read.insert((place, entry), records.clone());
                }
                Event::Records { entry, answer }
            }
            Effect::Write { entry, attempt, source, .. } => {
                let stored = bench.entry(entry);
                assert!(matches!(&stored.state, EntryState::Sending(durable) if *durable == attempt), "stored first");
                assert_eq!(source, stored.source, "also after a restart");
                if !matches!(attempt, Attempt::Report { .. }) {
                    let tap = (place, stored.coworker.expect("known"), source, stored.number);
                    if stored.retried_at.is_some() {
                        let later = |record: &CheckinRecord| {
                            record.from > stored.tapped_at || record.to.is_some_and(|to| to > stored.tapped_at)
                        };
                        let seen = &read[&(place, entry)];
                        assert!(!seen.iter().any(later), "{stored:?} comes after {seen:?}");
                    } else if !sent.contains(&tap) {
                        sent.push(tap);
                    }
                }
                let answer = match how % 9 {
                    0 => WriteAnswer::NotDone(Trouble::Throttled),
                    1 => WriteAnswer::NotDone(unreachable()),
                    2 => WriteAnswer::Unknown(unreachable()),
                    3 => {
                        service.carry_out(&attempt);
                        WriteAnswer::Unknown(Trouble::Gateway("cut off".to_owned()))
                    }
                    4 => WriteAnswer::Refused { message: None },
                    5 => {
                        service.late.push_back((*time, attempt));
                        WriteAnswer::Unknown(Trouble::Throttled)
                    }
                    _ => service.carry_out(&attempt),
                };
                Event::Written { entry, answer }
            }
            Effect::FindReason { entry, .. } => {
                Event::Reason { entry, answer: if how.is_multiple_of(3) { Err(unreachable()) } else { Ok(None) } }
            }
            Effect::Undo { entry, checkin, .. } => {
                let answer = if how.is_multiple_of(3) { Err(unreachable()) } else { Ok(service.delete(checkin)) };
                Event::Undone { entry, answer }
            }
            Effect::Probe => Event::Probed(if how.is_multiple_of(2) { Ok(()) } else { Err(unreachable()) }),
            other => panic!("{other:?}"),
        };
        bench.feed(event);
    }

    fn live_through(&mut self, happenings: &[Happening]) {
        for happening in happenings {
            self.happen(happening);
        }
        self.heal();
    }

    /// The world heals, and everything comes to rest.
    fn heal(&mut self) {
        while let Some((_, attempt)) = self.service.late.pop_front() {
            self.service.carry_out(&attempt);
        }
        for place in 0..self.kiosks.len() {
            self.kiosks[place].disk_full = false;
            self.kiosks[place].power_left = None;
            self.kiosks[place].feed(Event::Observed(Ok(())));
        }
        for _ in 0..4000 {
            if self.kiosks.iter().all(|kiosk| kiosk.asked.is_empty() && kiosk.desk.next_deadline().is_none()) {
                break;
            }
            self.pass(5);
            for place in 0..self.kiosks.len() {
                while !self.kiosks[place].asked.is_empty() {
                    self.answer(place, 0, ALL_IS_WELL);
                }
            }
        }
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.kiosks.iter().flat_map(|kiosk| &kiosk.journal)
    }

    fn staff_are_told_of(&self, checkin: CheckinId) -> bool {
        let told =
            |entry: &Entry| matches!(&entry.state, EntryState::NeedsStaff(why) if why.contains(&checkin.to_string()));
        self.entries().any(told) || self.resolved.iter().any(|why| why.contains(&checkin.to_string()))
    }

    /// What holds whatever happened, also to the clock.
    fn check_always(&self) -> Result<(), TestCaseError> {
        for kiosk in &self.kiosks {
            let desk = &kiosk.desk;
            prop_assert!(desk.journeys.is_empty(), "left: {:?}", desk.journeys);
            prop_assert!(desk.lines.is_empty() && desk.waiting.is_empty() && desk.parked.is_empty(), "nobody waits");
            prop_assert!(desk.live.is_empty() && desk.followers.is_empty() && desk.resolving.is_empty());
            prop_assert_eq!(desk.needs_staff, kiosk.kept().needs_staff, "as many as after a restart");
        }
        // Invariant 1: one terminal state for each tap; and 5: what was told as saved is there.
        for entry in self.entries() {
            prop_assert!(entry.state.is_terminal() && entry.watch.is_none(), "{entry:?}");
        }
        for shown in self.kiosks.iter().flat_map(|kiosk| &kiosk.told).filter(|shown| shown.verdict == Verdict::Saved) {
            prop_assert!(self.entries().any(|entry| entry.id == shown.entry), "{shown:?}");
        }
        // Invariant 2: at most one open check-in for a member, or staff know of the others.
        for coworker in [CoworkerId(7), CoworkerId(8)] {
            let open = self.service.of(coworker).into_iter().filter(|record| record.to.is_none()).collect::<Vec<_>>();
            prop_assert!(open.len() <= 1 || open.iter().any(|record| self.staff_are_told_of(record.id)), "{open:?}");
        }
        // Invariant 3: nobody was told of a success that there never was.
        let was_there = |from, to| self.service.ever.iter().any(|record| record.from == from && record.to == to);
        for shown in self.kiosks.iter().flat_map(|kiosk| &kiosk.told) {
            match shown.verdict {
                Verdict::CheckedIn { since } => prop_assert!(was_there(since, None), "{shown:?}"),
                Verdict::CheckedOut { since, until } => prop_assert!(was_there(since, Some(until)), "{shown:?}"),
                _ => {}
            }
        }
        Ok(())
    }

    /// What holds as long as the clock does not jump: then a time is a tap's name.
    fn check_by_time(&self) -> Result<(), TestCaseError> {
        let mut from = self.service.records.iter().map(|(owner, record)| (*owner, record.from)).collect::<Vec<_>>();
        from.sort_unstable();
        let all = from.len();
        from.dedup();
        prop_assert_eq!(from.len(), all, "one tap, one check-in");
        // Invariant 5: only a proven success settles.
        for entry in self.entries() {
            let record = match &entry.state {
                EntryState::Settled(Settlement::CheckedIn { .. }) => {
                    let second = crate::now::to_the_second(entry.tapped_at);
                    self.service.records.iter().any(|(_, record)| record.from == second)
                }
                EntryState::Settled(Settlement::CheckedOut { checkin, until, .. }) => {
                    self.service.records.iter().any(|(_, record)| record.id == *checkin && record.to == *until)
                }
                _ => true,
            };
            prop_assert!(record, "{entry:?} is not in the record: {:?}", self.service.records);
        }
        Ok(())
    }

    /// What holds at one kiosk that nobody interferes with.
    fn check_order(&self) -> Result<(), TestCaseError> {
        // Invariant 4: what was sent first was tapped first. A tile that nobody can name yet holds up no PIN: what
        // others overtook is for staff.
        for (coworker, by) in [(7, Source::Tile), (7, Source::Manual), (8, Source::Tile), (8, Source::Manual)] {
            let of = |sent: &&(usize, CoworkerId, Source, u64)| (sent.1, sent.2) == (CoworkerId(coworker), by);
            let numbers = self.sent.iter().filter(of).map(|(_, _, _, number)| *number);
            prop_assert!(numbers.is_sorted(), "{:?}", self.sent);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(768))]

    #[test]
    fn whatever_happens_at_one_kiosk_each_tap_is_recorded_once_and_told_truly(happenings in happenings(false)) {
        let mut world = World::new(1);
        world.live_through(&happenings);
        world.check_always()?;
        world.check_by_time()?;
        // Where the disk refused what was told, a restart takes the tap up again.
        if !happenings.iter().any(|happening| matches!(happening, Happening::DiskFull(true))) {
            world.check_order()?;
        }
    }

    #[test]
    fn whatever_happens_at_two_kiosks_nobody_is_in_twice(happenings in happenings(false)) {
        let mut world = World::new(2);
        world.live_through(&happenings);
        world.check_always()?;
    }

    #[test]
    fn whatever_the_clock_does_every_tap_comes_to_its_end(happenings in happenings(true)) {
        let mut world = World::new(1);
        world.live_through(&happenings);
        world.check_always()?;
    }
}
