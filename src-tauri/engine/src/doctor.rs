//! Looks at everything a desk needs, and says of each whether it is well and what to do if not.

use std::sync::Arc;

use serde::Serialize;
use tapdesk_core::checkin::Trouble;
use tapdesk_core::event::Event;
use tokio::sync::mpsc::unbounded_channel;

use crate::journal::JournalError;
use crate::keys::{KeyStore, TokenStore};
use crate::reader::supervisor::{ReaderCommand, supervise};
use crate::service;
use crate::settings::Settings;
use crate::settings::kiosk::KioskSettings;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::spaces::http::CLOCK_MAY_DIFFER;
use crate::spaces::records::coworker;
use crate::{sound, speech};

/// How long the reader has to come up.
const READER_WITHIN: std::time::Duration = std::time::Duration::from_secs(6);

/// How long the sound device has to open.
const DEVICE_WITHIN: std::time::Duration = std::time::Duration::from_secs(3);

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub check: &'static str,
    /// Whether it is well.
    pub ok: bool,
    /// What was found.
    pub found: String,
    /// What to do, where something is to be done.
    #[serde(rename = "do")]
    pub advice: Option<String>,
}

impl Check {
    fn well(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, ok: true, found: found.into(), advice: None }
    }

    fn problem(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, ok: false, found: found.into(), advice: Some(advice.into()) }
    }
}

/// Looks at reader, sound, key store, sign-in, rights, location, clock and queue, in this order; changes nothing.
pub async fn examine(settings: &Settings, keys: Arc<dyn KeyStore>, reader: ReaderCommand) -> Vec<Check> {
    let mut checks = vec![configuration(settings), self::reader(reader).await];
    checks.extend(self::sound(&settings.kiosk).await);
    let device = match service::device(settings) {
        Ok(device) => device,
        Err(error) => {
            checks.push(Check::problem("data folder", error.to_string(), "correct `data_dir`"));
            return checks;
        }
    };
    checks.push(match TokenStore::new(Arc::clone(&keys), &device).load().await {
        Ok(Some(_)) => Check::well("key store", "holds this kiosk's sign-in"),
        Ok(None) => {
            Check::problem("key store", "works, and holds no sign-in", "run `tapdesk sign-in --username EMAIL`")
        }
        Err(error) => Check::problem("key store", error.to_string(), "unlock the key store, then look again"),
    });
    match service::spaces(settings, Arc::clone(&keys)) {
        Ok(spaces) => checks.extend(service_checks(settings, &spaces).await),
        Err(error) => checks.push(Check::problem("service", error.to_string(), "correct the configuration")),
    }
    checks.push(queue(settings, keys).await);
    if service::out_of_order(settings).is_some() {
        let advice = "run `tapdesk out-of-order --end` when it may be used again";
        checks.push(Check::problem("out of order", "staff have put this kiosk out of order".to_owned(), advice));
    }
    checks
}

fn configuration(settings: &Settings) -> Check {
    let idle = settings.without_effect();
    if idle.is_empty() {
        Check::well("configuration", format!("{}, location {}", settings.spaces.base_url, settings.spaces.business_id))
    } else {
        let found = format!("set, but without effect in this version: {}", idle.join(", "));
        Check {
            advice: Some("take these keys out, or leave them for a later version".to_owned()),
            ..Check::well("configuration", found)
        }
    }
}

async fn reader(command: ReaderCommand) -> Check {
    let (events, mut heard) = unbounded_channel();
    let supervisor = tokio::spawn(supervise(command, events));
    let mut why = "the reader process says nothing".to_owned();
    let listening = async {
        while let Some(event) = heard.recv().await {
            match event {
                Event::ReaderUp { name } => return Some(name),
                Event::ReaderDown { why: said } => {
                    why = said;
                    // "In use" and "not there" do not change while one looks.
                    return None;
                }
                _ => {}
            }
        }
        None
    };
    let name = tokio::time::timeout(READER_WITHIN, listening).await.ok().flatten();
    supervisor.abort();
    drop(supervisor.await);
    match name {
        Some(name) => Check::well("reader", name),
        None => {
            Check::problem("reader", why, "see `reader` in the configuration; a running kiosk uses the reader itself")
        }
    }
}

/// None where nothing is to be heard. Sounds are on without anybody asking for them and only repeat what is on the screen,
/// so a machine without a device is well; speech was asked for.
async fn sound(kiosk: &KioskSettings) -> Option<Check> {
    if !kiosk.sounds && !kiosk.speech {
        return None;
    }
    let (opened, answer) = tokio::sync::oneshot::channel();
    // A device that hangs must not keep the doctor from ending, as a task of the runtime would.
    std::thread::spawn(move || drop(opened.send(sound::probe())));
    let device = tokio::time::timeout(DEVICE_WITHIN, answer).await;
    let device = device.unwrap_or(Ok(Err("it hangs".to_owned()))).unwrap_or(Err("it fails".to_owned()));
    if !kiosk.speech {
        return Some(match device {
            Ok(()) => Check::well("sound", "the default device plays"),
            Err(why) => {
                let advice = "connect a loudspeaker, or set `kiosk.sounds` to false".to_owned();
                Check { advice: Some(advice), ..Check::well("sound", format!("verdicts are only seen: {why}")) }
            }
        });
    }
    Some(match (device, speech::find().await) {
        (Ok(()), Ok(engine)) => Check::well("sound", format!("the default device plays; {engine} speaks")),
        (_, Err(why)) => Check::problem("sound", format!("nothing can speak: {why}"), speech::advice()),
        (Err(why), Ok(_)) => {
            let advice = "connect a loudspeaker, or set `kiosk.speech` to false";
            Check::problem("sound", format!("verdicts are not heard: {why}"), advice)
        }
    })
}

async fn service_checks(settings: &Settings, spaces: &Spaces) -> Vec<Check> {
    let mut checks = Vec::new();
    match spaces.account().await {
        Ok(account) if account.is_admin => checks.push(Check {
            advice: Some("a user with only the roles that Tapdesk needs is safer".to_owned()),
            ..Check::well("sign-in", "accepted; the account is a full administrator")
        }),
        Ok(_) => checks.push(Check::well("sign-in", "accepted")),
        Err(trouble) => {
            checks.push(Check::problem("sign-in", trouble.sentence(), advice(&trouble)));
            return checks;
        }
    }
    checks.push(rights(spaces).await);
    checks.push(match crate::location::location(spaces, settings).await {
        Ok(Some(location)) => Check::well("location", location.name),
        Ok(None) => Check::problem(
            "location",
            "could not be read",
            "give the account the roles Business-List and Business-Read",
        ),
        Err(error) => Check::problem("location", error.to_string(), "correct `spaces.business_id`"),
    });
    let ahead = spaces.http().clock_ahead();
    checks.push(if ahead.abs() > CLOCK_MAY_DIFFER {
        let ahead = ahead.num_seconds();
        let found = format!("this machine's clock differs from the service's by {ahead} s");
        Check::problem("clock", found, "set this machine's clock: taps carry its time")
    } else {
        Check::well("clock", "agrees with the service's")
    });
    checks
}

/// Reads that need the roles that the desk needs; the roles to write cannot be tried without writing.
async fn rights(spaces: &Spaces) -> Check {
    let nobody = tapdesk_core::ids::CoworkerId(0);
    let now = chrono::Utc::now();
    let tried = [
        ("Coworker-List", spaces.members_by(coworker::ACCESS_CARD_ID, "0", Priority::Urgent).await.map(drop)),
        ("Checkin-List", spaces.checkins(nobody, Priority::Urgent).await.map(drop)),
        ("FailedCheckin-List", spaces.reason(nobody, now, now, Priority::Urgent).await.map(drop)),
    ];
    let lacking: Vec<&str> = tried.iter().filter(|(_, outcome)| outcome.is_err()).map(|(role, _)| *role).collect();
    if lacking.is_empty() {
        Check::well("rights", "members, check-ins and failed check-ins can be listed")
    } else {
        let found = format!("without {}", lacking.join(", "));
        Check::problem(
            "rights",
            found,
            "give the account these roles, and Checkin-Read, -Create, -Edit and FailedCheckin-Create",
        )
    }
}

async fn queue(settings: &Settings, keys: Arc<dyn KeyStore>) -> Check {
    let settings = settings.clone();
    let looked = tokio::task::spawn_blocking(move || service::queue(&settings, keys.as_ref())).await;
    match looked.unwrap_or(Err(JournalError::Stopped.into())) {
        Ok(report) if report.waiting == 0 && report.needs_staff == 0 => Check::well("queue", "nothing waits"),
        Ok(report) => {
            let found = format!("{} waiting, {} for staff", report.waiting, report.needs_staff);
            let check = Check::well("queue", found);
            if report.needs_staff > 0 {
                Check { advice: Some("see `tapdesk queue`".to_owned()), ..check }
            } else {
                check
            }
        }
        Err(error) => Check::problem("queue", error.to_string(), "see the message"),
    }
}

fn advice(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::SignedOut(_) => "run `tapdesk sign-in --username EMAIL`",
        Trouble::NotPermitted(_) => "give the account API access and the roles that Tapdesk needs",
        Trouble::Unreachable(_) | Trouble::Gateway(_) => "check the network and `spaces.base_url`",
        _ => "try again in a minute",
    }
}
