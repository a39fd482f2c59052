//! The Spaces API simulator as a program: one JSON line on stdout when it is ready, SIGTERM ends it.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use serde_json::json;
use tapdesk_tests::spaces::seed::{self, SeedFile};
use tapdesk_tests::spaces::{Account, CONTROL_HELP, FAULT_HELP, Options, SWITCH_HELP, Simulator, Switches};
use tokio::signal::unix::{SignalKind, signal};

/// Simulates the Nexudus Spaces REST API on 127.0.0.1 for one front desk.
#[derive(Debug, Parser)]
#[command(version, after_long_help = long_help())]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Members in bulk beside the named ones; the tile of each is 04 and its id in twelve hex digits
    #[arg(long, default_value_t = 0)]
    members: usize,
    /// Refused visits of the last year, of all members and of nobody known; a million takes some 700 MB
    #[arg(long, value_name = "N", default_value_t = 0)]
    failed_checkins: usize,
    /// JSON laid over the default seed: accounts, records, `named_members`, members, `failed_checkins`, switches
    #[arg(long, value_name = "FILE.json")]
    seed_file: Option<PathBuf>,
    /// Leave out the default locations, plans, passes and members
    #[arg(long)]
    empty: bool,
    /// E-mail of the account with all rights
    #[arg(long, default_value = seed::USERNAME)]
    username: String,
    /// Its password
    #[arg(long, default_value = seed::PASSWORD)]
    password: String,
    /// Turn a switch, more than once if need be: --switch validation=async --switch totp=123456
    #[arg(long = "switch", value_name = "NAME=VALUE", value_parser = name_and_value)]
    switches: Vec<(String, serde_json::Value)>,
}

/// The value is JSON where it reads as JSON of the right kind, else text.
fn name_and_value(text: &str) -> Result<(String, serde_json::Value), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    let read = |value: serde_json::Value| -> Result<(), String> {
        Switches::default().overlaid(&json!({ name: value })).map(drop)
    };
    let as_json = serde_json::from_str::<serde_json::Value>(value).ok().filter(|value| read(value.clone()).is_ok());
    let value = as_json.unwrap_or_else(|| json!(value));
    read(value.clone())?;
    Ok((name.to_owned(), value))
}

fn long_help() -> String {
    let switches = serde_json::to_string_pretty(&Switches::default()).unwrap_or_default();
    format!(
        "\
Switches (--switch NAME=VALUE, or PUT /_simulator/switches with a JSON object of those to turn):
{SWITCH_HELP}

Their defaults:
{switches}

Control requests, on the same port:
{CONTROL_HELP}

Faults:
{FAULT_HELP}

Signing in: POST /api/token, or HTTP Basic, as --username or as {without_create} (password {password}), which lacks
Checkin-Create. POST /api/public/checkin takes a card, or the login of a member: {member}, {password}.
GET /_simulator lists every route of the service. A request that no route knows is explained, and kept in the log.

Examples (HOST is the base_url of the ready line without /api):
  curl -X POST $HOST/api/token -d grant_type=password -d username={username} -d password={password}
  curl \"$HOST/api/spaces/checkins?Checkin_Coworker=1001&orderBy=FromTime&dir=Descending\" -H \"Authorization: Bearer $TOKEN\"
  curl -X POST $HOST/api/spaces/checkins -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\
       -d '{{\"BusinessId\":9,\"CoworkerId\":1001,\"FromTime\":\"2025-03-01T09:00:00Z\",\"Source\":4}}'
  curl -X POST $HOST/_simulator/faults -d '{{\"kind\":\"drop_after_commit\",\"method\":\"POST\",\"path\":\"/api/spaces/checkins\"}}'
  curl -X PUT  $HOST/_simulator/switches -d '{{\"validation\":\"async\"}}'
  curl -X POST $HOST/api/public/checkin -H 'Content-Type: application/json' -d '{{\"AccessCardId\":\"04A1B2C3D4E5F6\",\"Toggle\":true}}'
  curl -X POST $HOST/_simulator/failed-checkins -d '{{\"count\":1000000}}'
  curl \"$HOST/_simulator/log?path=checkins\"
",
        username = seed::USERNAME,
        password = seed::PASSWORD,
        without_create = seed::USERNAME_WITHOUT_CREATE,
        member = seed::MEMBER_EMAIL,
    )
}

fn options(arguments: &Arguments) -> anyhow::Result<Options> {
    let seed_file = match &arguments.seed_file {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let file: SeedFile =
                serde_json::from_str(&text).with_context(|| format!("{} is not a seed", path.display()))?;
            Some(file)
        }
    };
    let mut switches = Switches::default();
    for (name, value) in &arguments.switches {
        switches = switches.overlaid(&json!({ name: value })).map_err(anyhow::Error::msg)?;
    }
    Ok(Options {
        port: arguments.port,
        members: arguments.members,
        failed_checkins: arguments.failed_checkins,
        empty: arguments.empty,
        account: Some(Account::administrator(&arguments.username, &arguments.password, "Front Desk Kiosk")),
        seed_file,
        switches,
    })
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let simulator = Simulator::start(options(&arguments)?).await?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let ready = json!({
        "ready": true,
        "base_url": simulator.base_url(),
        "username": arguments.username,
        "control_url": simulator.control_url(),
    });
    println!("{ready}");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    simulator.shutdown().await;
    Ok(())
}
