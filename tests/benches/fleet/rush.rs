//! A rush: who taps when, and what came of it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use chrono::DateTime;
use serde_json::{Value, json};
use tapdesk_core::ids::EntryId;
use tapdesk_engine::spaces::governor::Budget;
use tapdesk_tests::figures::percentiles;
use tapdesk_tests::torture::random::Random;
use tokio::task::LocalSet;
use tokio::time::Instant;

use super::account::{Account, Calls};
use super::simulated::{Kiosk, Tap, Taps};

/// Within this time kiosks are switched on, before the rush.
pub(crate) const START: Duration = Duration::from_mins(5);
/// How long after the rush what waits has time to be recorded.
const AFTER: Duration = Duration::from_mins(30);
/// Where members' numbers begin: their tiles are of seven bytes.
const FIRST_MEMBER: u64 = 2_000;

/// Members who check in, one after another, at many kiosks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rush {
    pub(crate) kiosks: u32,
    /// At each kiosk in a thousand minutes, at random moments.
    pub(crate) taps: u32,
    pub(crate) lasts: Duration,
    pub(crate) delay: Duration,
    /// What each kiosk believes to be its own.
    pub(crate) budget: Budget,
}

/// What came of it.
pub(crate) struct Figures {
    pub(crate) rush: Rush,
    pub(crate) taps: usize,
    /// From the tap to the first verdict: p50, p90, p99 and the maximum, in milliseconds.
    pub(crate) waited: [f64; 4],
    /// In a hundred taps: the verdict was the service's own.
    pub(crate) sure: f64,
    /// From the tap until the service had it: p99 and the maximum, in seconds.
    pub(crate) recorded: [f64; 2],
    /// Taps that were handed to staff, or that the service had not half an hour after the rush.
    pub(crate) left: usize,
    /// Let through in a minute.
    pub(crate) calls: f64,
    /// In a hundred calls: nobody waited for it; none where that is not seen from outside.
    pub(crate) background: Option<f64>,
    /// Turned away in a minute.
    pub(crate) throttled: f64,
}

impl Rush {
    /// When each tap is made after the beginning, at which kiosk; the same for the same rush.
    pub(crate) fn plan(&self) -> Vec<(Duration, usize)> {
        let mut random = Random::new(u64::from(self.kiosks) << 32 | u64::from(self.taps));
        let mut plan = Vec::new();
        for kiosk in 0..self.kiosks as usize {
            let mut at = Duration::ZERO;
            loop {
                // Whoever comes at random comes after a time that is distributed exponentially.
                let share = f64::from(u32::try_from(1 + random.between(0, 999_999)).unwrap_or(1)) / 1e6;
                at += Duration::from_secs_f64(-share.ln() * 60.0 * 1e3 / f64::from(self.taps));
                if at >= self.lasts {
                    break;
                }
                plan.push((at, kiosk));
            }
        }
        plan.sort_unstable();
        plan
    }

    /// Runs it in simulated time.
    pub(crate) fn run(&self) -> anyhow::Result<Figures> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        let local = LocalSet::new();
        let (taps, calls) = local.block_on(&runtime, self.simulate())?;
        let recorded = |tap: &Tap| tap.recorded.map(|at| at - tap.at);
        let told: Vec<(Duration, bool)> =
            taps.iter().filter_map(|tap| tap.told.map(|(at, sure)| (at - tap.at, sure))).collect();
        anyhow::ensure!(told.len() == taps.len(), "{} of {} taps were told something", told.len(), taps.len());
        let recorded = taps.iter().filter(|tap| !tap.for_staff).filter_map(recorded).collect();
        let all = calls.urgent + calls.background;
        let background = f64::from(calls.background) * 100.0 / f64::from(all.max(1));
        Ok(Figures::new(*self, &told, recorded, all, calls.throttled, Some(background)))
    }

    async fn simulate(&self) -> anyhow::Result<(Vec<Tap>, Calls)> {
        let midnight = DateTime::from_timestamp(1_760_000_000, 0).unwrap_or_default();
        let (account, taps) = (Rc::new(Account::new(self.delay)), Taps::default());
        let mut kiosks = Vec::new();
        for _ in 0..self.kiosks {
            kiosks.push(Kiosk::start(&account, self.budget, &taps, midnight));
            tokio::time::sleep(START / self.kiosks).await;
        }
        let (began, before) = (Instant::now(), account.calls());
        for (number, (at, kiosk)) in (1u64..).zip(self.plan()) {
            tokio::time::sleep_until(began + at).await;
            let kiosk = Rc::clone(&kiosks[kiosk]);
            tokio::task::spawn_local(
                async move { kiosk.tap(EntryId(u128::from(number)), FIRST_MEMBER + number).await },
            );
        }
        tokio::time::sleep_until(began + self.lasts).await;
        let calls = account.calls().since(before);
        tokio::time::sleep(AFTER).await;
        let taps = RefCell::borrow(&taps).values().copied().collect();
        Ok((taps, calls))
    }
}

impl Figures {
    pub(crate) const TITLES: &str = "kiosks  told           taps/min each    p50 ms    p90 ms    p99 ms    max ms  sure %  recorded p99 s    max s    left  calls/min  background %  throttled/min";

    /// Of the waiting times with whether the verdict was sure, the times until recorded, and the calls in the rush.
    pub(crate) fn new(
        rush: Rush,
        told: &[(Duration, bool)],
        mut recorded: Vec<Duration>,
        calls: u32,
        throttled: u32,
        background: Option<f64>,
    ) -> Self {
        let mut waited: Vec<Duration> = told.iter().map(|(waited, _)| *waited).collect();
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        let sure = told.iter().filter(|(_, sure)| *sure).count();
        let minutes = rush.lasts.as_secs_f64() / 60.0;
        Self {
            rush,
            taps: told.len(),
            waited: percentiles(&mut waited, [50, 90, 99, 100]),
            sure: count(sure) * 100.0 / count(told.len().max(1)),
            recorded: percentiles(&mut recorded, [99, 100]).map(|milliseconds| milliseconds / 1e3),
            left: told.len() - recorded.len(),
            calls: f64::from(calls) / minutes,
            background,
            throttled: f64::from(throttled) / minutes,
        }
    }

    /// A line of the table.
    pub(crate) fn line(&self, name: &str) -> String {
        let Rush { kiosks, taps, .. } = self.rush;
        let waited = self.waited.map(|figure| format!("{figure:>10.0}")).concat();
        let [p99, most] = self.recorded;
        let background = self.background.map(|share| format!("{share:.0}")).unwrap_or_default();
        format!(
            "{kiosks:>6}  {name:<13}{:>15.2}{waited}{:>8.1}{p99:>16.1}{most:>9.1}{:>8}{:>11.1}{background:>14}{:>15.1}",
            f64::from(taps) / 1e3,
            self.sure,
            self.left,
            self.calls,
            self.throttled,
        )
    }

    /// The same for the report.
    pub(crate) fn report(&self) -> Value {
        let [p50, p90, p99, most] = self.waited;
        json!({
            "taps_a_minute_each": f64::from(self.rush.taps) / 1e3,
            "taps": self.taps,
            "waited_ms": { "p50": p50, "p90": p90, "p99": p99, "max": most },
            "sure_percent": self.sure,
            "recorded_s": { "p99": self.recorded[0], "max": self.recorded[1] },
            "left": self.left,
            "calls_a_minute": self.calls,
            "background_percent": self.background,
            "throttled_a_minute": self.throttled,
        })
    }
}
