//! The commands that do one thing and end.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tapdesk_engine::journal::QueuedEntry;
use tapdesk_engine::keys::{ExposeSecret, KeyStoreError, SecretString};
use tapdesk_engine::location::location;
use tapdesk_engine::reader::child;
use tapdesk_engine::reader::learn::{self, Lesson};
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::service::StartError;
use tapdesk_engine::settings::reader::{ReaderKind, ReaderSettings};
use tapdesk_engine::settings::words::Words as _;
use tapdesk_engine::settings::{Configuration, Settings, Source};
use tapdesk_engine::{doctor, service, support};
use zeroize::Zeroize;

use crate::command_line::Failure;

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    built.map_err(|error| Failure::Other(format!("the program cannot start its threads: {error}")))
}

pub(crate) fn sign_in(settings: &Settings, username: &str, totp: Option<&SecretString>) -> Result<(), Failure> {
    let password =
        password(username).map_err(|error| Failure::Other(format!("the password cannot be read: {error}")))?;
    if password.expose_secret().is_empty() {
        return Err(Failure::Other("no password was given; type it, or pass it on standard input".to_owned()));
    }
    runtime()?.block_on(async {
        let spaces = service::spaces(settings, service::key_store(settings)?)?;
        let session = spaces.http().session();
        // A sign-in that cannot be kept would only end the one before it.
        match session.access_ends().await {
            // It is replaced.
            Ok(_) | Err(KeyStoreError::Damaged) => {}
            Err(error) => return Err(StartError::from(error).into()),
        }
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
fn password(username: &str) -> io::Result<SecretString> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("Password of {username}: ")).map(SecretString::from);
    }
    secret_line()
}

/// The next line of standard input; empty at its end.
pub(crate) fn secret_line() -> io::Result<SecretString> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let secret = SecretString::from(line.trim_end_matches(['\r', '\n']).to_owned());
    line.zeroize();
    Ok(secret)
}

pub(crate) fn doctor(
    configuration: &Configuration,
    reader: ReaderCommand,
    json: bool,
    bundle: Option<&Path>,
) -> Result<(), Failure> {
    let keys = service::key_store_or_none(&configuration.settings);
    let checks = runtime()?.block_on(doctor::examine(configuration, Arc::clone(&keys), reader));
    if let Some(path) = bundle {
        support::write(path, configuration, &checks, keys.as_ref())
            .map_err(|error| Failure::Other(error.to_string()))?;
        eprintln!("tapdesk: written for whoever helps: {}", path.display());
    }
    say_checks(&checks, json)
}

/// Prints what was looked at; fails where something is not well.
pub(crate) fn say_checks(checks: &[doctor::Check], json: bool) -> Result<(), Failure> {
    if json {
        say(&serde_json::json!({ "ok": checks.iter().all(|check| check.ok), "checks": checks }).to_string());
    } else {
        for check in checks {
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

/// Every setting with its value and its origin.
pub(crate) fn config(configuration: &Configuration, json: bool) {
    let items = configuration.listing();
    if json {
        let (version, fingerprint) = (configuration.version, &configuration.fingerprint);
        say(&serde_json::json!({ "version": version, "fingerprint": fingerprint, "settings": items }).to_string());
        return;
    }
    for item in &items {
        say(&item.to_string());
    }
    say(&format!("# fingerprint {}: the same on kiosks that are set up alike", configuration.fingerprint));
}

pub(crate) fn queue(settings: &Settings, json: bool) -> Result<(), Failure> {
    let report = service::queue(settings, service::key_store(settings)?.as_ref())?;
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

/// What staff did, oldest first; fails where somebody changed the record of it.
pub(crate) fn audit(settings: &Settings, json: bool) -> Result<(), Failure> {
    let report = service::audit(settings, service::key_store(settings)?.as_ref())?;
    if json {
        let printed = serde_json::to_string(&report).map_err(|error| Failure::Other(error.to_string()))?;
        say(&printed);
    } else {
        for act in report.lines.iter().rev() {
            say(&act.to_string());
        }
        if report.lines.is_empty() {
            say("Staff did nothing here yet.");
        }
    }
    match report.broken_at {
        Some(number) => Err(Failure::Other(format!(
            "act {number}, or one before it, was changed after it was written: what stands from there on proves nothing"
        ))),
        None => Ok(()),
    }
}

/// A kind of reader by its word in a configuration.
pub(crate) fn reader_kind(word: &str) -> Result<ReaderKind, String> {
    let allowed = || ReaderKind::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    ReaderKind::of_word(word).ok_or_else(|| format!("allowed are {}", allowed()))
}

/// What the reader process is told of its reader.
pub(crate) struct ReaderArguments {
    pub(crate) kind: Option<ReaderKind>,
    pub(crate) connection: Option<String>,
    pub(crate) ndef: bool,
}

/// The reader that is meant, and the folder of the locks. Told connection and locks it reads no configuration; else it needs
/// no more of one than there may be before a kiosk is set up.
fn meant(source: &Source, told: ReaderArguments, locks: Option<PathBuf>) -> Result<(ReaderSettings, PathBuf), Failure> {
    let (mut reader, locks) = match locks {
        Some(locks) if told.connection.is_some() => (ReaderSettings::default(), locks),
        locks => {
            let (configuration, _) =
                source.read_for_set_up(true).map_err(|error| Failure::Configuration(error.to_string()))?;
            let settings = configuration.settings;
            (settings.reader, locks.unwrap_or_else(|| service::reader_locks(&settings.data_dir)))
        }
    };
    if told.connection.is_some() {
        // One of another kind than the configured one is told by its form.
        (reader.kind, reader.connection) = (ReaderKind::Auto, told.connection);
    }
    reader.kind = told.kind.unwrap_or(reader.kind);
    reader.ndef |= told.ndef;
    reader.connection = reader.connection.filter(|connection| !connection.is_empty());
    Ok((reader, locks))
}

const NOT_TYPED: &str = "No format is needed: this reader gives UIDs, and types nothing. Leave `format` out.";

/// The reader's format, from a tile with this number. The number is never printed, not even the part that is shown elsewhere.
pub(crate) fn learn(
    source: &Source,
    told: ReaderArguments,
    locks: Option<PathBuf>,
    command: &ReaderCommand,
    known: &str,
) -> Result<(), Failure> {
    if known.trim().is_empty() {
        return Err(Failure::Other("no number was given; pass it as it stands in the member's record".to_owned()));
    }
    let (reader, locks) = meant(source, told, locks)?;
    if !matches!(reader.kind, ReaderKind::Auto | ReaderKind::Keyboard) {
        say(NOT_TYPED);
        return Ok(());
    }
    let command = command.at(&reader, &locks);
    let ready = |name: &str| say(&format!("{name} is ready. Hold that tile to the reader."));
    let lesson = runtime()?.block_on(learn::learn(&command, known, ready)).map_err(Failure::Other)?;
    match lesson {
        Lesson::Learnt(format) => {
            let row = format.row();
            say(&format!("Learnt: {}", row.sentence));
            say("Put this below [reader] in the configuration, or below the [[more_readers]] that it is:");
            say(&format!("format = {:?}", row.word));
            Ok(())
        }
        Lesson::AsRecorded => {
            say("No format is needed: the reader types what stands in the record. Leave `format` out.");
            Ok(())
        }
        Lesson::NotTyped => {
            say(NOT_TYPED);
            Ok(())
        }
        Lesson::Several(formats) => {
            let words = formats.iter().map(|format| format.row().word).collect::<Vec<_>>().join(", ");
            Err(Failure::Other(format!("{words} all make that number of what the reader typed; try with another tile")))
        }
        Lesson::Unlike => Err(Failure::Other(
            "what the reader typed is not that number in any format. Was it that tile? A reader may leave a part of the \
             number out: set it up to type the whole UID, in hex or as one number"
                .to_owned(),
        )),
    }
}

/// The reader alone.
pub(crate) fn reader(source: &Source, told: ReaderArguments, locks: Option<PathBuf>) -> Result<(), Failure> {
    let (reader, locks) = meant(source, told, locks)?;
    match child::run(&reader, &locks) {
        // Nobody listens any more: that is how a reader process ends.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| Failure::Other(format!("the reader process cannot go on: {error}"))),
    }
}

/// Prints a line; whoever stopped reading misses it.
pub(crate) fn say(line: &str) {
    drop(writeln!(io::stdout(), "{line}"));
}
