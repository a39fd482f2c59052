//! Many kiosks on one account under the documented limits: how long a tap waits for its verdict, which calls are made, and
//! where the account is full.
//!
//! A kiosk's governor knows one process only, and each kiosk believes that the whole budget is its own. Hours of hundreds of
//! kiosks pass in simulated time ([`simulated`]): the real desk and the real governor on a clock that is moved, at a service
//! that counts like the simulator's. Beside it ten real programs at the real simulator show whether that is true
//! ([`programs`]).
//!
//! `TAPDESK_BENCH_FLEET` sets how many kiosks there are at most, `TAPDESK_BENCH_MINUTES` how long a simulated rush is, and
//! `TAPDESK_BENCH_REAL_SECONDS` how long the real programs are tapped at (0 leaves them out).

mod account;
mod programs;
mod rush;
mod simulated;

use std::num::NonZeroU32;
use std::time::Duration;

use serde_json::{Value, json};
use tapdesk_engine::spaces::governor::Budget;
use tapdesk_tests::figures::{self, from_environment};

use self::rush::{Figures, Rush};

/// How many kiosks share the account.
const KIOSKS: [u32; 3] = [10, 50, 200];
/// Taps at each kiosk in a thousand minutes.
const TAPS: [u32; 7] = [50, 100, 250, 500, 1_000, 2_000, 4_000];
/// How long the service takes to answer.
const DELAY: Duration = Duration::from_millis(150);
/// What the service allows of calls and of writes in a minute, and between two calls.
const ALLOWED: (u32, u32, Duration) = (120, 60, Duration::from_millis(100));
/// An account is full where fewer taps of a hundred get the service's own verdict while the member stands there, or where one
/// in ten waits longer for it, in milliseconds.
const FULL: (f64, f64) = (99.0, 2_000.0);

/// What each kiosk is told that it may do.
#[derive(Debug, Clone, Copy)]
enum Told {
    /// Nothing: as delivered.
    All,
    /// Its part of the account's calls.
    ItsPart,
}

impl Told {
    const ALL: [Self; 2] = [Self::All, Self::ItsPart];

    fn name(self) -> &'static str {
        match self {
            Self::All => "as delivered",
            Self::ItsPart => "divided",
        }
    }

    fn budget(self, kiosks: u32) -> Budget {
        let (calls, writes, spacing) = ALLOWED;
        // The least that the configuration takes.
        let part = |whole: u32, least: u32| match self {
            Self::All => whole,
            Self::ItsPart => (whole / kiosks).max(least),
        };
        let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Budget { spacing, per_minute: number(part(calls, 4)), writes_per_minute: number(part(writes, 2)) }
    }
}

fn main() -> anyhow::Result<()> {
    let most: u32 = from_environment("TAPDESK_BENCH_FLEET", KIOSKS[2], KIOSKS[0])?;
    let minutes: u64 = from_environment("TAPDESK_BENCH_MINUTES", 60, 1)?;
    let seconds: u64 = from_environment("TAPDESK_BENCH_REAL_SECONDS", 300, 0)?;
    let lasts = Duration::from_secs(60 * minutes);
    let mut rows = Vec::new();
    let mut full = Vec::new();
    println!("a rush of {minutes} min in simulated time; the service answers after {} ms", DELAY.as_millis());
    println!("{}", Figures::TITLES);
    for kiosks in KIOSKS.into_iter().filter(|kiosks| *kiosks <= most) {
        for told in Told::ALL {
            let run = |taps| Rush { kiosks, taps, lasts, delay: DELAY, budget: told.budget(kiosks) }.run();
            let mut bears = 0;
            for taps in TAPS {
                let figures = run(taps)?;
                println!("{}", figures.line(told.name()));
                rows.push(json!({ "kiosks": kiosks, "told": told.name(), "figures": figures.report() }));
                if is_full(&figures) {
                    break;
                }
                bears = taps;
            }
            bears = between(bears, run)?;
            let of_all = f64::from(bears * kiosks) / 1e3;
            println!("{kiosks:>6}  {:<13} bears {of_all:.1} taps a minute of all kiosks together", told.name());
            full.push(json!({ "kiosks": kiosks, "told": told.name(), "bears_taps_a_minute": of_all }));
        }
    }
    let beside = if seconds > 0 { beside_real_ones(Duration::from_secs(seconds))? } else { Value::Null };
    figures::keep("fleet", &json!({ "rushes": rows, "bears": full, "beside_real_programs": beside }))
}

/// The same taps at ten real programs and at ten simulated kiosks.
fn beside_real_ones(lasts: Duration) -> anyhow::Result<Value> {
    let mut report = Vec::new();
    println!("\nten kiosks for {} s: real programs at the simulator, beside simulated time", lasts.as_secs());
    println!("{}", Figures::TITLES);
    for taps in [1_000, 2_500] {
        let rush = Rush { kiosks: 10, taps, lasts, delay: DELAY, budget: Told::All.budget(10) };
        let simulated = rush.run()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let real = runtime.block_on(programs::run(&rush))?;
        for (name, figures) in [("simulated", &simulated), ("real", &real)] {
            println!("{}", figures.line(name));
        }
        report.push(json!({ "simulated": simulated.report(), "real": real.report() }));
    }
    Ok(report.into())
}

fn is_full(figures: &Figures) -> bool {
    figures.sure < FULL.0 || figures.waited[1] > FULL.1
}

/// The most taps that are borne, between `borne` and the next step: a tenth of it exactly.
fn between(borne: u32, run: impl Fn(u32) -> anyhow::Result<Figures>) -> anyhow::Result<u32> {
    let Some(mut too_many) = TAPS.into_iter().find(|taps| *taps > borne) else { return Ok(borne) };
    let mut borne = borne;
    while too_many - borne > (too_many / 10).max(2) {
        let middle = u32::midpoint(borne, too_many);
        if is_full(&run(middle)?) {
            too_many = middle;
        } else {
            borne = middle;
        }
    }
    Ok(borne)
}
