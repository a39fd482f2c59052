//! The torture: kiosks under every fault that the simulators know, killed again and again, judged by the service's own
//! record. The same seed makes the same plan; the timing is the machine's.

pub mod evidence;
pub mod judge;

mod day;
mod eavesdropper;
mod history;
mod kiosk;
mod ledger;
mod plan;
pub mod random;
mod report;
mod trouble;
mod weather;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use chrono::{TimeDelta, Utc};
use tokio::task::JoinSet;
use tokio::time::Instant;

use self::day::{Day, Done};
use self::eavesdropper::Eavesdropper;
use self::evidence::{Evidence, ForStaff};
use self::history::History;
use self::kiosk::Kiosk;
use self::ledger::{Ledger, moment};
use self::plan::{Plan, Size};
pub use self::report::Report;
use self::weather::Weather;
use crate::kiosk::place::Place;
use crate::kiosk::station::OPEN_BUDGET;
use crate::spaces::{self, Entity, Simulator, State, ThrottleLimits};

/// Seconds in which a second tap of a member repeats the verdict.
const REPEAT_WINDOW_S: u32 = 2;
/// So long after the end of the window a member taps again at the earliest.
const CLEAR_OF_THE_WINDOW: TimeDelta = TimeDelta::seconds(3);
/// A write that was once in doubt is looked at by its kiosk every 30 s: so long after the last late one all is found.
const LOOKED_AT_WITHIN: TimeDelta = TimeDelta::seconds(40);
/// The same for writes that were never in doubt, after the last tap was settled.
const READ_BACK_WITHIN: TimeDelta = TimeDelta::seconds(14);
/// Between two looks at queues and at the service's log.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Taps a minute, of all kiosks together, that the published budget bears with four to five calls each: a kiosk keeps
/// half of a minute's calls for a rush, so that over a long time half of the budget is used.
const TAPS_A_MINUTE_WHEN_THROTTLED: u32 = 10;

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Torture {
    /// Of the plan.
    pub seed: u64,
    /// How many taps.
    pub taps: usize,
    /// How many members.
    pub members: usize,
    /// How many kills.
    pub kills: usize,
    /// How many kiosks.
    pub kiosks: usize,
    /// Whether the service enforces its budget.
    pub throttle: bool,
    /// How long the kiosks have after the last tap until nothing waits any more.
    pub quiet_after: Duration,
    /// The latest moment, in milliseconds after its arrival, at which a request is carried out that nobody waits for.
    pub latest_commit: u64,
    /// No faults come after so many taps.
    pub calm_after: Option<usize>,
}

impl Torture {
    /// Does it and judges it; fails only when it could not be done.
    pub async fn run(&self) -> anyhow::Result<Report> {
        let began = Instant::now();
        let size = Size {
            taps: self.taps,
            members: self.members,
            kills: self.kills,
            kiosks: self.kiosks,
            latest_commit: self.latest_commit,
            calm_after: self.calm_after,
        };
        let plan = Plan::draw(self.seed, &size);
        let simulator = self.service().await?;
        let service = simulator.state();
        let members = Arc::new(members(&service, self.members)?);
        for place in &plan.refused {
            service.refuse(members[*place], Some(&format!("No pass covers the visit of member {}.", members[*place])));
        }
        let ledger = Arc::<Ledger>::default();
        let history = Arc::<Mutex<History>>::default();
        let weather = Weather::over(&service);
        let eavesdropper = Eavesdropper::begin().await?;
        let mut addresses = Vec::new();
        let mut days = JoinSet::new();
        for number in 0..self.kiosks {
            let (telemetry, address) = eavesdropper.configuration()?;
            addresses.push(address);
            let place = self.place(&simulator, &telemetry).await?;
            let mut kiosk = Kiosk::new(number, place, &ledger, &service, &history);
            kiosk.start()?;
            days.spawn(
                Day {
                    kiosk,
                    taps: plan.taps.iter().filter(|tap| tap.kiosk == number).cloned().collect(),
                    members: Arc::clone(&members),
                    ledger: Arc::clone(&ledger),
                    weather: weather.clone(),
                    window: TimeDelta::seconds(REPEAT_WINDOW_S.into()) + CLEAR_OF_THE_WINDOW,
                    pace: self.pace(),
                    done: Done::default(),
                }
                .pass(),
            );
        }
        let tapping = async {
            let mut ended = Vec::new();
            while let Some(day) = days.join_next().await {
                ended.push(day??);
            }
            anyhow::Ok(ended)
        };
        let ended = tokio::select! {
            ended = tapping => ended?,
            () = weather.let_go() => Vec::new(),
            () = watch(&service, &history) => Vec::new(),
        };
        let tapped = began.elapsed();
        weather.clear().await;
        let (mut kiosks, done): (Vec<Kiosk>, Vec<Done>) = ended.into_iter().unzip();
        self.wait_for_quiet(&mut kiosks, &service, &history, &ledger).await?;
        let staff = for_staff(&kiosks).await?;
        let heard =
            eavesdropper.faults(&service, kiosks.iter().map(|kiosk| (&kiosk.place, addresses[kiosk.number]))).await?;
        ledger.change(|books| books.mishaps.extend(heard));
        // Ends from here on explain nothing.
        let ends = ledger.books().ends.clone();
        for kiosk in &mut kiosks {
            kiosk.terminate().await?;
        }
        locked(&history).collect(&service);
        let evidence = {
            let books = ledger.books();
            Evidence {
                window: Duration::from_secs(REPEAT_WINDOW_S.into()),
                kiosks: self.kiosks,
                stays: books.stays.clone(),
                taps: books.taps.clone(),
                checkins: locked(&history).checkins.values().cloned().collect(),
                staff,
                ends,
            }
        };
        self.check_the_log(&evidence, &service)?;
        let judgement = judge::judge(&evidence);
        let times = report::Times { tapped, all: began.elapsed() };
        let history = std::mem::take(&mut *locked(&history));
        let books = std::mem::take(&mut *ledger.books());
        Ok(Report { torture: self.clone(), judgement, evidence, books, history, done, counts: weather.counts(), times })
    }

    async fn service(&self) -> anyhow::Result<Simulator> {
        let mut options = spaces::Options { members: self.members, ..spaces::Options::default() };
        if self.throttle {
            options.switches.throttle = true;
            // The published figures of a minute; the hour's and the day's are another test's.
            options.switches.throttle_limits =
                ThrottleLimits { per_hour: None, per_day: None, writes_per_day: None, ..ThrottleLimits::default() };
        }
        Simulator::start(options).await
    }

    async fn place(&self, service: &Simulator, telemetry: &str) -> anyhow::Result<Place> {
        let more = format!(
            "[tap]\nrepeat_window_s = {REPEAT_WINDOW_S}\n\n[offline]\naccept = \"known\"\nmax_entries = 1000000\n\n{telemetry}"
        );
        let place = Place::set_up(&service.base_url(), &more)?;
        if self.throttle {
            let share = self.kiosks;
            let [spacing, calls, writes] = [100 * share, 120 / share, 60 / share];
            place.configure_spaces(&format!(
                "call_spacing_ms = {spacing}\ncalls_per_minute = {calls}\nwrites_per_minute = {writes}"
            ))?;
        } else {
            place.configure_spaces(OPEN_BUDGET)?;
        }
        place.sign_in().await?;
        Ok(place)
    }

    fn pace(&self) -> Duration {
        let kiosks = u32::try_from(self.kiosks).unwrap_or(1);
        if self.throttle { Duration::from_mins(1) * kiosks / TAPS_A_MINUTE_WHEN_THROTTLED } else { Duration::ZERO }
    }

    /// Waits until no tap waits at any kiosk, and until the kiosks have had the time to look at what they wrote.
    async fn wait_for_quiet(
        &self,
        kiosks: &mut [Kiosk],
        service: &State,
        history: &Mutex<History>,
        ledger: &Ledger,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + self.quiet_after;
        let mut settled_since = None;
        loop {
            let mut waiting = 0;
            for kiosk in &mut *kiosks {
                kiosk.is_ready().await?;
                waiting += kiosk.queue().await?["waiting"].as_u64().context("no figure in the queue")?;
            }
            let (last_late, complete) = {
                let mut history = locked(history);
                history.collect(service);
                (history.last_late, history.is_complete())
            };
            let now = Utc::now();
            settled_since = if waiting == 0 && complete { settled_since.or(Some(now)) } else { None };
            let looked_at = last_late.is_none_or(|late| now - late > LOOKED_AT_WITHIN);
            if looked_at && settled_since.is_some_and(|since| now - since > READ_BACK_WITHIN) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let words: Vec<String> = kiosks.iter().map(Kiosk::last_words).collect();
                let words = words.join("\n");
                let mishap = format!("{waiting} taps still wait {:?} after the last one\n{words}", self.quiet_after);
                // The rest is judged all the same.
                ledger.change(|books| books.mishaps.push(mishap));
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The judge's copy of the record, made of the log of writes, is the record.
    fn check_the_log(&self, evidence: &Evidence, service: &State) -> anyhow::Result<()> {
        let standing = evidence.checkins.iter().filter(|checkin| checkin.gone.is_none());
        for checkin in standing {
            let record = service.record(Entity::Checkin, checkin.id).context("a check-in that the log has is gone")?;
            let same = moment(&record["FromTime"]) == Some(checkin.from) && moment(&record["ToTime"]) == checkin.to();
            anyhow::ensure!(same, "the log says {checkin:?}, the record {record}; seed {}", self.seed);
        }
        Ok(())
    }
}

/// Takes in the service's log while others act, so that it stays small.
async fn watch(service: &State, history: &Mutex<History>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        locked(history).collect(service);
    }
}

fn locked(history: &Mutex<History>) -> std::sync::MutexGuard<'_, History> {
    history.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The ids of the members in bulk, whose tiles say them.
fn members(service: &State, count: usize) -> anyhow::Result<Vec<i64>> {
    let all = service.records(Entity::Coworker);
    let ids = all.iter().filter_map(|coworker| coworker["Id"].as_i64().map(|id| (id, &coworker["AccessCardId"])));
    let in_bulk = ids.filter(|(id, card)| **card == ledger::tile_of(Some(*id)));
    let members: Vec<i64> = in_bulk.map(|(id, _)| id).collect();
    anyhow::ensure!(members.len() == count, "{} members with a tile of their own, not {count}", members.len());
    Ok(members)
}

async fn for_staff(kiosks: &[Kiosk]) -> anyhow::Result<Vec<ForStaff>> {
    let mut staff = Vec::new();
    for kiosk in kiosks {
        let queue = kiosk.queue().await?;
        for entry in queue["entries"].as_array().into_iter().flatten() {
            staff.push(ForStaff {
                kiosk: kiosk.number,
                entry: entry["entry"].as_str().unwrap_or_default().to_owned(),
                member: entry["coworker_id"].as_i64(),
                at: moment(&entry["at"]).context("an entry without a time")?,
                reason: entry["reason"].as_str().unwrap_or_default().to_owned(),
            });
        }
    }
    Ok(staff)
}
