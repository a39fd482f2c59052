//! Updates on a machine of the mind, cut off anywhere: no acknowledged tap is ever lost, and it always comes to an end.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;

const OLD: &str = "1";
const NEW: &str = "2";

/// The journal's tables, and the taps in it.
#[derive(Debug, Clone, PartialEq)]
struct Journal {
    tables: u32,
    taps: Vec<u32>,
}

/// How the new version behaves.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each combination is tried")]
struct Nature {
    changes_tables: bool,
    becomes_ready: bool,
    stays: bool,
    installs: bool,
}

const GOOD: Nature = Nature { changes_tables: true, becomes_ready: true, stays: true, installs: true };

#[derive(Debug)]
struct World {
    nature: Nature,
    /// None while dpkg is in the midst of it.
    installed: Option<&'static str>,
    journal: Option<Journal>,
    /// None while none was taken; else as it was, which may be none.
    copy: Option<Vec<Journal>>,
    runs: bool,
    held: bool,
    boot: u32,
    entered: u64,
    acknowledged: Vec<u32>,
    noted: State,
    /// So many moments until the next cut.
    left: Option<u32>,
}

/// What a cut unwinds with.
struct Cut;

impl World {
    fn new(nature: Nature) -> Self {
        let mut world = Self {
            nature,
            installed: Some(OLD),
            journal: None,
            copy: None,
            runs: false,
            held: false,
            boot: 1,
            entered: 0,
            acknowledged: Vec::new(),
            noted: State::default(),
            left: None,
        };
        world.start();
        world.noted.under_way = Some(super::super::under_way(OLD.to_owned(), NEW.to_owned()));
        world.noted.under_way.as_mut().unwrap().kiosk = true;
        world
    }

    /// A moment in which everything may end.
    fn moment(&mut self) {
        match &mut self.left {
            Some(0) => resume_unwind(Box::new(Cut)),
            Some(left) => *left -= 1,
            None => {}
        }
    }

    /// systemd starts whatever is installed, unless it is held or runs already.
    fn start(&mut self) {
        if self.held || self.runs {
            return;
        }
        let Some(version) = self.installed else { return };
        let (tables, ready, stays) = match version {
            OLD => (1, self.journal.as_ref().is_none_or(|journal| journal.tables == 1), true),
            _ => (if self.nature.changes_tables { 2 } else { 1 }, self.nature.becomes_ready, self.nature.stays),
        };
        if version == NEW || ready {
            let journal = self.journal.get_or_insert_with(|| Journal { tables, taps: Vec::new() });
            journal.tables = journal.tables.max(tables);
        }
        if ready {
            self.entered += 1;
            let tap = u32::try_from(self.acknowledged.len()).unwrap();
            self.journal.as_mut().unwrap().taps.push(tap);
            self.acknowledged.push(tap);
            self.runs = stays;
        }
    }

    fn install(&mut self, version: &'static str, works: bool) -> Report {
        self.moment();
        if self.installed == Some(version) {
            return Report::Done;
        }
        self.installed = None;
        self.moment();
        if !works {
            return Report::Failed("dpkg".to_owned());
        }
        self.installed = Some(version);
        self.moment();
        Report::Done
    }

    fn started(&mut self, before: u64) -> Report {
        self.moment();
        self.start();
        self.moment();
        if self.entered > before { Report::Done } else { Report::Failed("not ready".to_owned()) }
    }

    fn go(&mut self) -> Option<Last> {
        let mut state = self.noted.clone();
        if let Some(under_way) = &mut state.under_way {
            plan::resume(under_way, self.held);
        }
        catch_unwind(AssertUnwindSafe(|| go(&mut state, self).unwrap())).ok().flatten()
    }

    /// Runs it, cut off after so many moments each time, by a killed updater or by a power cut, and then to its end.
    fn go_through(&mut self, cuts: &[(u32, bool)]) -> Last {
        for (moments, power) in cuts {
            self.left = Some(*moments);
            if let Some(last) = self.go() {
                return last;
            }
            if *power {
                (self.boot, self.entered, self.runs) = (self.boot + 1, 0, false);
                self.start();
            }
        }
        self.left = None;
        self.go().or_else(|| self.noted.last.clone()).expect("it ends")
    }

    fn check(&self, cuts: &[(u32, bool)], last: &Last) -> Result<(), TestCaseError> {
        let taps = self.journal.as_ref().map_or(&[][..], |journal| &journal.taps);
        for tap in &self.acknowledged {
            prop_assert!(taps.contains(tap), "tap {} was acknowledged and is lost: {:?}", tap, self);
        }
        prop_assert!(self.noted.under_way.is_none() && !self.held, "it is over: {:?}", self);
        let Nature { changes_tables, becomes_ready, stays, installs } = self.nature;
        let good = becomes_ready && stays && installs;
        if good && cuts.len() < plan::MOST_TRIES as usize {
            prop_assert_eq!((last.ending, self.installed), (Ending::Updated, Some(NEW)));
        }
        // Only what the new version has stored, or a power cut while it was starting, stands in the way back.
        let way_back = !changes_tables || !installs || (!becomes_ready && cuts.iter().all(|(_, power)| !power));
        if good || way_back {
            prop_assert!(self.runs, "a version that works runs: {:?}, {:?}", self, last);
        }
        if !good && way_back {
            prop_assert_eq!((last.ending, self.installed), (Ending::RolledBack, Some(OLD)));
            prop_assert!(self.noted.is_bad(NEW));
        }
        Ok(())
    }
}

impl Hands for World {
    fn keep(&mut self, state: &State) -> Result<(), UpdateError> {
        self.moment();
        self.noted = state.clone();
        Ok(())
    }

    fn hold(&mut self, holds: bool) -> Result<(), UpdateError> {
        self.moment();
        self.held = holds;
        Ok(())
    }

    fn mark(&mut self) -> Result<StartMark, Complaint> {
        Ok(StartMark { boot: self.boot.to_string(), entered: self.entered })
    }

    fn carry_out(&mut self, under_way: &UnderWay) -> Report {
        self.moment();
        let boot = self.boot.to_string();
        let mark = under_way.start.as_ref();
        match under_way.step {
            Step::Fetch => {}
            Step::Stop | Step::HaltOld => self.runs = false,
            Step::CopyJournal => self.copy = Some(self.journal.clone().into_iter().collect()),
            Step::Install | Step::InstallAgain => return self.install(NEW, self.nature.installs),
            Step::InstallOld => return self.install(OLD, true),
            Step::Start => {
                return self.started(mark.map_or(0, |mark| if mark.boot == boot { mark.entered } else { 0 }));
            }
            Step::Watch if self.runs => {}
            Step::Watch => return Report::Failed("gone".to_owned()),
            Step::Halt => {
                self.runs = false;
                return Report::Halted(unit::reached(mark, &boot, self.entered));
            }
            Step::PutJournalBack => {
                self.journal = None;
                self.moment();
                self.journal = self.copy.as_ref().expect("it was copied").first().cloned();
            }
            Step::StartOld | Step::StartAgain => {
                let before = if self.runs { 0 } else { self.entered };
                return self.started(before);
            }
        }
        self.moment();
        Report::Done
    }

    fn clear(&mut self, _: Ending) -> Result<(), UpdateError> {
        self.moment();
        self.copy = None;
        Ok(())
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
}

fn ended(nature: Nature) -> (World, Ending) {
    let mut world = World::new(nature);
    let last = world.go_through(&[]);
    world.check(&[], &last).unwrap();
    (world, last.ending)
}

#[test]
fn a_good_version_stays_and_a_bad_one_goes() {
    assert_eq!(ended(GOOD).1, Ending::Updated);
    let (world, ending) = ended(Nature { becomes_ready: false, ..GOOD });
    assert_eq!((ending, world.journal.unwrap().tables), (Ending::RolledBack, 1), "the journal is put back");
    let (world, ending) = ended(Nature { stays: false, changes_tables: false, ..GOOD });
    assert_eq!((ending, world.acknowledged.len()), (Ending::RolledBack, 3), "with the tap that the new one took");
    let (world, ending) = ended(Nature { stays: false, ..GOOD });
    assert_eq!((ending, world.installed), (Ending::Stayed, Some(NEW)), "only the new one can read the journal now");
    assert_eq!(ended(Nature { installs: false, ..GOOD }).1, Ending::RolledBack);
}

/// Each moment of every way, by a killed updater and by a power cut.
#[test]
fn it_may_be_cut_off_once_at_any_moment() {
    for bits in 0..16 {
        let bit = |place: u32| bits >> place & 1 == 1;
        let nature = Nature { changes_tables: bit(0), becomes_ready: bit(1), stays: bit(2), installs: bit(3) };
        for (moments, power) in (0..60).flat_map(|moments| [(moments, false), (moments, true)]) {
            let mut world = World::new(nature);
            let last = world.go_through(&[(moments, power)]);
            world
                .check(&[(moments, power)], &last)
                .unwrap_or_else(|error| panic!("{nature:?} {moments} {power}: {error}"));
        }
    }
}

#[test]
fn a_machine_that_goes_down_whenever_the_new_version_starts_gets_the_old_one_back() {
    let mut world = World::new(Nature { changes_tables: false, ..GOOD });
    // Moments until the new version runs, counted from each beginning.
    let mut cuts = vec![(19, true)];
    cuts.extend([(3, true); 10]);
    let last = world.go_through(&cuts);
    assert_eq!((last.ending, world.installed), (Ending::RolledBack, Some(OLD)));
    assert!(last.why.unwrap().contains("cut off"));
    assert!(world.runs && world.noted.is_bad(NEW));
}

/// A world whose disk is full: nothing can be noted.
struct Full(World);

impl Hands for Full {
    fn keep(&mut self, _: &State) -> Result<(), UpdateError> {
        Err(UpdateError::Packages("disk full".to_owned()))
    }
    fn hold(&mut self, holds: bool) -> Result<(), UpdateError> {
        self.0.hold(holds)
    }
    fn mark(&mut self) -> Result<StartMark, Complaint> {
        self.0.mark()
    }
    fn carry_out(&mut self, under_way: &UnderWay) -> Report {
        self.0.carry_out(under_way)
    }
    fn clear(&mut self, ending: Ending) -> Result<(), UpdateError> {
        self.0.clear(ending)
    }
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

#[test]
fn a_step_that_cannot_be_noted_is_not_begun() {
    for (step, runs) in [(Step::Fetch, true), (Step::Install, false)] {
        let mut world = World::new(GOOD);
        let mut state = world.noted.clone();
        state.under_way.as_mut().unwrap().step = step;
        world.runs = runs;
        let mut full = Full(world);
        assert!(go(&mut state, &mut full).is_err(), "it is said");
        assert_eq!(full.0.installed, Some(OLD));
        assert!(full.0.runs && !full.0.held, "the kiosk goes on");
    }
}

#[test]
fn a_way_back_that_cannot_be_noted_is_not_gone_a_second_time_over_new_taps() {
    for (step, installed) in [(Step::InstallOld, NEW), (Step::PutJournalBack, OLD)] {
        let mut world = World::new(Nature { becomes_ready: false, ..GOOD });
        let under_way = world.noted.under_way.as_mut().unwrap();
        (under_way.step, under_way.changed) = (step, true);
        under_way.start = Some(StartMark { boot: "1".to_owned(), entered: 1 });
        (world.runs, world.held, world.installed) = (false, true, Some(installed));
        world.copy = Some(world.journal.clone().into_iter().collect());
        let mut state = world.noted.clone();
        let mut full = Full(world);
        assert!(go(&mut state, &mut full).is_err(), "it is said");
        let mut world = full.0;
        assert!(world.runs && !world.held && world.acknowledged.len() == 2, "the old version goes on, and takes a tap");
        let last = world.go_through(&[]);
        world.check(&[], &last).unwrap();
    }
}

proptest! {
    #[test]
    fn no_acknowledged_tap_is_lost_however_often_it_is_cut_off(
        (changes_tables, becomes_ready, stays, installs) in any::<(bool, bool, bool, bool)>(),
        cuts in prop::collection::vec((0_u32..40, any::<bool>()), 0..8),
    ) {
        let mut world = World::new(Nature { changes_tables, becomes_ready, stays, installs });
        let last = world.go_through(&cuts);
        world.check(&cuts, &last)?;
        prop_assert!(becomes_ready || last.ending != Ending::Updated);
    }
}
