//! Tortures built kiosks with a plan drawn from a seed, and compares what they promised with the service's own record.
//! Needs a session with an unlocked key store, as `./dev test` brings one.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tapdesk_tests::torture::Torture;

/// The most members, unless more are asked for.
const MEMBERS: usize = 500;
/// Requests that nobody waits for are carried out by then.
const LATEST_COMMIT: u64 = 25_000;

/// Tortures Tapdesk: taps of many members while every fault that the simulators know comes and goes and the kiosks are
/// killed and started again; then the service's own record is compared with what was promised.
///
/// Ends with 0 only when nothing was lost, doubled, turned round, told too early or out of order. The same seed makes the
/// same plan.
#[derive(Debug, Parser)]
#[command(name = "torture", version)]
struct Arguments {
    /// Of the plan; drawn and printed first when it is left out
    #[arg(long)]
    seed: Option<u64>,
    /// How many taps
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..))]
    taps: u32,
    /// How many members; by default a quarter of the taps and thirty, at most 500
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    members: Option<u32>,
    /// How often a kiosk is killed; by default every fiftieth tap
    #[arg(long)]
    kills: Option<u32>,
    /// How many kiosks share the account
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=20))]
    kiosks: u32,
    /// The service enforces its published budget: 120 calls and 60 writes a minute, 100 ms apart
    #[arg(long)]
    throttle: bool,
    /// How long the kiosks have after the last tap until nothing waits any more
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    quiet_after: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(|| uuid::Uuid::new_v4().as_u64_pair().0 % 1_000_000_000);
    println!("seed {seed}");
    let taps = usize::try_from(arguments.taps)?;
    let size = |given: Option<u32>, usual| given.and_then(|given| usize::try_from(given).ok()).unwrap_or(usual);
    let torture = Torture {
        seed,
        taps,
        members: size(arguments.members, (taps / 4 + 30).min(MEMBERS)),
        kills: size(arguments.kills, taps / 50),
        kiosks: usize::try_from(arguments.kiosks)?,
        throttle: arguments.throttle,
        quiet_after: Duration::from_secs(arguments.quiet_after),
        latest_commit: LATEST_COMMIT,
        calm_after: None,
    };
    let report = torture.run().await?;
    print!("{report}");
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
