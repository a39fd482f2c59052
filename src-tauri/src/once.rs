//! The commands that do one thing and end.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use tapdesk_engine::journal::QueuedEntry;
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::location::location;
use tapdesk_engine::reader::child;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::service::StartError;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::{doctor, service};

use crate::command_line::Failure;

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    built.map_err(|error| Failure::Other(format!("the program cannot start its threads: {error}")))
}

pub(crate) fn sign_in(
    settings: &Settings,
    keys: Arc<dyn KeyStore>,
    username: &str,
    totp: Option<&str>,
) -> Result<(), Failure> {
    let password =
        password(username).map_err(|error| Failure::Other(format!("the password cannot be read: {error}")))?;
    if password.is_empty() {
        return Err(Failure::Other("no password was given; type it, or pass it on standard input".to_owned()));
    }
    runtime()?.block_on(async {
        let spaces = service::spaces(settings, keys)?;
        let session = spaces.http().session();
        // A sign-in that cannot be kept would only end the one before it.
        session.access_ends().await.map_err(StartError::from)?;
        session.sign_in(username, &password, totp).await.map_err(|error| Failure::Other(error.to_string()))?;
        match location(&spaces, settings).await {
            Ok(Some(location)) => say(&format!("Signed in. This kiosk serves {}.", location.name)),
            Ok(None) => say("Signed in. The location could not be read; see `tapdesk doctor`."),
            Err(error) => say(&format!("Signed in, but the kiosk cannot run like this: {error}")),
        }
        Ok(())
    })
}

/// The first line of standard input, or what is typed unseen.
fn password(username: &str) -> io::Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("Password of {username}: "));
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

pub(crate) fn doctor(
    settings: &Settings,
    keys: Arc<dyn KeyStore>,
    reader: ReaderCommand,
    json: bool,
) -> Result<(), Failure> {
    let checks = runtime()?.block_on(doctor::examine(settings, keys, reader));
    if json {
        say(&serde_json::json!({ "ok": checks.iter().all(|check| check.ok), "checks": checks }).to_string());
    } else {
        for check in &checks {
            let mark = if check.ok { "ok     " } else { "PROBLEM" };
            say(&format!("{mark}  {:<13} {}", check.check, check.found));
            if let Some(advice) = &check.advice {
                say(&format!("         {:<13} -> {advice}", ""));
            }
        }
    }
    if checks.iter().all(|check| check.ok) { Ok(()) } else { Err(Failure::Said) }
}

pub(crate) fn out_of_order(settings: &Settings, message: Option<&str>, end: bool) -> Result<(), Failure> {
    service::set_out_of_order(settings, message.or((!end).then_some("")))?;
    say(if end { "In order again." } else { "Out of order: taps are told so, and none is recorded. `--end` ends it." });
    Ok(())
}

pub(crate) fn queue(settings: &Settings, keys: &dyn KeyStore, json: bool) -> Result<(), Failure> {
    let report = service::queue(settings, keys)?;
    if json {
        let printed = serde_json::to_string(&report).map_err(|error| Failure::Other(error.to_string()))?;
        say(&printed);
        return Ok(());
    }
    say(&format!("{} waiting, {} for staff", report.waiting, report.needs_staff));
    for entry in &report.entries {
        say(&entry_line(entry));
    }
    Ok(())
}

/// One tap in one line: when, how it stands, the masked tile, the member, and why staff must look.
pub(crate) fn entry_line(entry: &QueuedEntry) -> String {
    let coworker = entry.coworker_id.map_or_else(|| "unknown member".to_owned(), |id| format!("member {id}"));
    let at = entry.at.format("%Y-%m-%d %H:%M:%S UTC");
    let tile = entry.tile.as_deref().unwrap_or("-");
    let reason = entry.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{at}  {:<11}  {tile:<6}  {coworker}{reason}", entry.state)
}

pub(crate) fn reader(settings: &Settings) -> Result<(), Failure> {
    let locks = service::reader_locks(&settings.data_dir);
    match child::run(settings.reader.connection.as_deref(), &locks) {
        // Nobody listens any more: that is how a reader process ends.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| Failure::Other(format!("the reader process cannot go on: {error}"))),
    }
}

/// Prints a line; whoever stopped reading misses it.
pub(crate) fn say(line: &str) {
    drop(writeln!(io::stdout(), "{line}"));
}
