//! What nobody can beat: a loop on libnfc and the two calls of a check-in, and nothing else. No journal, no directory that
//! is kept, no second look at a UID, no words. It runs as a program of its own (`floor` as this benchmark's argument) and
//! prints `ack` and `verdict` as Tapdesk does.
//!
//! It looks into the field as often as Tapdesk does, and keeps the distance of calls that the service documents: a check-in
//! without it would be refused on a busy account.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use nfc1::target_info::TargetInfo;
use nfc1::{BaudRate, Context, Modulation, ModulationType, Property};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LOOK_EVERY: Duration = Duration::from_millis(40);
const TILES: Modulation = Modulation { modulation_type: ModulationType::Iso14443a, baud_rate: BaudRate::Baud106 };

/// All that it is told, as JSON in its second argument.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Task {
    /// libnfc's connection string.
    pub(crate) connection: String,
    /// The service's address, to which the two paths are added.
    pub(crate) base_url: String,
    pub(crate) username: String,
    pub(crate) password: String,
    /// Between two calls, in milliseconds.
    pub(crate) spacing: u64,
    /// Path and query of the first call; `COWORKER` stands for the member's id.
    pub(crate) list: String,
    /// Path and body of the second; the ids and times in it are put in.
    pub(crate) create: String,
    pub(crate) body: Value,
    /// Members by their tiles' UIDs.
    pub(crate) members: HashMap<String, i64>,
    /// For the maker's kiosk with a page: what its page shows of a tap.
    pub(crate) scenes: Option<Value>,
}

pub(crate) async fn run(task: &str) -> anyhow::Result<()> {
    let task: Task = serde_json::from_str(task)?;
    let client = reqwest::Client::new();
    let form = [("grant_type", "password"), ("username", task.username.as_str()), ("password", task.password.as_str())];
    let address = format!("{}/token", task.base_url);
    let token: Value = client.post(address).form(&form).send().await?.error_for_status()?.json().await?;
    let token = token["access_token"].as_str().context("no token")?.to_owned();
    let mut libnfc = Context::new()?;
    let mut reader = libnfc.open_with_connstring(&task.connection)?;
    reader.initiator_init()?;
    reader.set_property_bool(Property::InfiniteSelect, false)?;
    reader.set_property_bool(Property::AutoIso144434, false)?;
    println!("{}", json!({ "event": "reader", "state": "up" }));
    let mut lies_there = false;
    loop {
        let target = reader.initiator_select_passive_target(&TILES)?;
        let uid = match target.target_info {
            TargetInfo::Iso14443a(info) if info.uid_len > 0 => hex(&info.uid[..info.uid_len.min(10)]),
            _ => {
                lies_there = false;
                std::thread::sleep(LOOK_EVERY);
                continue;
            }
        };
        if std::mem::replace(&mut lies_there, true) {
            std::thread::sleep(LOOK_EVERY);
            continue;
        }
        println!("{}", json!({ "event": "ack" }));
        let member = task.members.get(&uid).with_context(|| format!("no member has {uid}"))?;
        let begun = Instant::now();
        let list = format!("{}{}", task.base_url, task.list.replace("COWORKER", &member.to_string()));
        let open: Value = client.get(list).bearer_auth(&token).send().await?.error_for_status()?.json().await?;
        anyhow::ensure!(open["Records"].is_array(), "{open}");
        tokio::time::sleep(Duration::from_millis(task.spacing).saturating_sub(begun.elapsed())).await;
        let mut body = task.body.clone();
        body["CoworkerId"] = json!(member);
        body["FromTime"] = json!(chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string());
        let create = client.post(format!("{}{}", task.base_url, task.create)).bearer_auth(&token).json(&body);
        let said: Value = create.send().await?.json().await?;
        anyhow::ensure!(said["WasSuccessful"] == true, "{said}");
        println!("{}", json!({ "event": "verdict" }));
    }
}

fn hex(uid: &[u8]) -> String {
    uid.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02X}"))
}
