//! The commands that end something: signing out, and starting anew. Neither loses a tap without saying so.

use tapdesk_engine::journal::QueueReport;
use tapdesk_engine::service;
use tapdesk_engine::settings::{Settings, Source};

use crate::command_line::Failure;
use crate::once::{entry_line, say};

/// Forgets the sign-in of this device.
pub(crate) fn sign_out(settings: &Settings, discard: bool) -> Result<(), Failure> {
    let keys = service::key_store(settings)?;
    let keys = keys.as_ref();
    let queue = service::queue(settings, keys)?;
    if queue.waiting > 0 {
        if !discard {
            return Err(Failure::Other(format!(
                "waiting to be recorded with this sign-in: {}{}; let the kiosk record them first (`tapdesk queue` shows them), or give them up with --discard",
                count(queue.waiting),
                since(&queue)
            )));
        }
        let given_up = service::give_up(settings, keys, "given up by `tapdesk sign-out --discard`")?;
        say(&format!("Given up, and left to staff: {}.", count(given_up.entries.len())));
        list(&given_up);
    }
    service::forget_sign_in(settings, keys)?;
    say("Signed out. `tapdesk sign-in` signs in again.");
    Ok(())
}

/// Forgets all that this device knows: journal, sign-in, staff PIN, device id. The configuration and the logs stay.
pub(crate) fn reset(source: &Source, discard: bool) -> Result<(), Failure> {
    // Also where no location is configured any more.
    let (configuration, _) = source.read_for_set_up(true).map_err(|error| Failure::Configuration(error.to_string()))?;
    let settings = &configuration.settings;
    // Also where the credential that opens them is gone.
    let keys = service::key_store_or_none(settings);
    let keys = keys.as_ref();
    match service::queue(settings, keys) {
        Ok(queue) if queue.entries.is_empty() => {}
        Ok(queue) if discard => {
            say(&format!("Lost with this: {}.", count(queue.entries.len())));
            list(&queue);
        }
        Ok(queue) => {
            return Err(Failure::Other(format!(
                "waiting to be recorded: {}{}; for staff: {}; let the kiosk record them first (`tapdesk queue` shows them), or lose them with --discard",
                count(queue.waiting),
                since(&queue),
                count(queue.needs_staff)
            )));
        }
        Err(error) if discard => {
            say(&format!("Lost with this: whatever the journal holds, which cannot be read ({error})."));
        }
        Err(error) => {
            return Err(Failure::Other(format!("{error}; what it holds would be lost, which --discard accepts")));
        }
    }
    service::reset(settings, keys)?;
    say("Reset. The configuration and the logs are left; `tapdesk set-up`, `provision` or `sign-in` begins anew.");
    Ok(())
}

fn list(queue: &QueueReport) {
    for entry in &queue.entries {
        say(&entry_line(entry));
    }
}

fn count(taps: usize) -> String {
    if taps == 1 { "1 tap".to_owned() } else { format!("{taps} taps") }
}

fn since(queue: &QueueReport) -> String {
    let oldest = queue.entries.iter().find(|entry| entry.state != "needs_staff");
    oldest.map(|entry| format!(", the oldest since {}", entry.at.format("%Y-%m-%d %H:%M UTC"))).unwrap_or_default()
}
