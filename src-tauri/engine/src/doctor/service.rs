//! The checks of what the kiosk knows and is at the service: key store, staff PIN, sign-in, rights, location, clock, queue.

use std::sync::Arc;

use chrono::Utc;
use tapdesk_core::checkin::Trouble;

use super::Check;
use crate::device::DeviceId;
use crate::journal::JournalError;
use crate::keys::{KeyStore, StaffGate, StoreKind, TokenStore, days_left};
use crate::service as desk;
use crate::settings::Settings;
use crate::spaces::desk::Spaces;
use crate::spaces::http::CLOCK_MAY_DIFFER;
use crate::{location, rights};

pub(super) async fn key_store(keys: Arc<dyn KeyStore>, device: &DeviceId) -> Check {
    let kind = keys.kind();
    match TokenStore::new(keys, device).load().await {
        Ok(tokens) => {
            let holds = if tokens.is_some() { "holds this kiosk's sign-in" } else { "works, and holds no sign-in" };
            match (kind, tokens) {
                (_, None) => Check::problem("key store", holds, "run `tapdesk sign-in --username EMAIL`"),
                (StoreKind::System, _) => Check::well("key store", holds),
                (StoreKind::Credential, _) => {
                    Check::well("key store", format!("a file sealed by a systemd credential; {holds}"))
                }
                (StoreKind::File, _) => Check::better(
                    "key store",
                    format!("a plain file, which everybody who can read this disk can use; {holds}"),
                    "use the system's key store or a systemd credential: set `secrets.store` to \"auto\", then sign in again",
                ),
            }
        }
        Err(error) => Check::problem("key store", error.to_string(), "see the message, then look again"),
    }
}

/// None where the key store cannot be read: that is said already.
pub(super) async fn staff_pin(settings: &Settings, keys: Arc<dyn KeyStore>, device: &DeviceId) -> Option<Check> {
    let is_set = StaffGate::new(keys, device.clone(), &settings.data_dir).is_set().await.ok()?;
    let advice = "set one by `tapdesk set-up`, or by `tapdesk provision`";
    Some(if is_set {
        Check::well("staff PIN", "is set")
    } else {
        Check::better("staff PIN", "is not set: staff cannot sign in again at the kiosk", advice)
    })
}

pub(super) async fn service(settings: &Settings, spaces: &Spaces) -> Vec<Check> {
    let mut checks = Vec::new();
    let administrator = match spaces.account().await {
        Ok(account) => {
            checks.push(sign_in(spaces, account.is_admin).await);
            account.is_admin
        }
        Err(trouble) => {
            checks.push(Check::problem("sign-in", trouble.sentence(), advice(&trouble)));
            return checks;
        }
    };
    let rights = rights::look(spaces, administrator, false).await;
    checks.push(match &rights.lacking()[..] {
        [] if administrator => Check::well("rights", "all"),
        [] => Check::well("rights", "members, check-ins and failed check-ins can be read; writing was not tried"),
        lacking => Check::problem(
            "rights",
            format!("without {}", lacking.join(", ")),
            format!("give the account these roles; it needs, and needs no more than:\n{}", rights::list().trim_end()),
        ),
    });
    checks.push(match location::location(spaces, settings).await {
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

async fn sign_in(spaces: &Spaces, administrator: bool) -> Check {
    let tokens = spaces.http().session().stored().await.ok().flatten();
    let now = Utc::now();
    let days = tokens.as_ref().map(|tokens| days_left(tokens, now));
    let left = days.map(|days| format!("; good for {days} more days without a connection")).unwrap_or_default();
    if tokens.is_some_and(|tokens| tokens.ends_soon(now).is_some()) {
        let advice = "let the kiosk reach the service, or run `tapdesk sign-in --username EMAIL`";
        return Check::problem("sign-in", format!("accepted{left}"), advice);
    }
    if administrator {
        let advice =
            "a user with only the roles that Tapdesk needs is safer: whoever takes this kiosk's sign-in can do all";
        return Check::better("sign-in", format!("accepted; the account is a full administrator{left}"), advice);
    }
    Check::well("sign-in", format!("accepted{left}"))
}

pub(super) async fn queue(settings: &Settings, keys: Arc<dyn KeyStore>) -> Check {
    let settings = settings.clone();
    let looked = tokio::task::spawn_blocking(move || desk::queue(&settings, keys.as_ref())).await;
    match looked.unwrap_or(Err(JournalError::Stopped.into())) {
        Ok(report) if report.waiting == 0 && report.needs_staff == 0 => Check::well("queue", "nothing waits"),
        Ok(report) => {
            let found = format!("{} waiting, {} for staff", report.waiting, report.needs_staff);
            if report.needs_staff > 0 {
                Check::better("queue", found, "see `tapdesk queue`")
            } else {
                Check::well("queue", found)
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
