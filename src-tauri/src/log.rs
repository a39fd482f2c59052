//! Where the log goes: standard error, and a file a day in the data folder. Never standard output.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use chrono::{NaiveDate, Utc};
use tapdesk_engine::service::Claim;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::settings::log::LogFormat;
use tapdesk_engine::telemetry;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::panics;

/// The files are called `tapdesk.2026-11-23.log`, by the day in UTC.
const NAME: (&str, &str) = ("tapdesk", "log");

/// Logs to standard error and to `data_dir/logs`; without the file where that folder cannot be used. The guard writes
/// out what is left when it is dropped.
pub(crate) fn to_stderr_and_file(settings: &Settings) -> Option<WorkerGuard> {
    let (folder, log) = (settings.data_dir.join("logs"), &settings.log);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix(NAME.0)
        .filename_suffix(NAME.1)
        .max_log_files(usize::try_from(log.days).unwrap_or(usize::MAX))
        .build(&folder);
    let Ok(file) = file else {
        to_stderr();
        return None;
    };
    let today = Utc::now().date_naive();
    let bounded = Bounded::new(file, log.megabytes_a_day.saturating_mul(1_000_000), log.format, length(&folder, today));
    let (file, guard) = tracing_appender::non_blocking(bounded);
    let lines = fmt::layer().with_ansi(false).with_writer(file);
    let lines = match log.format {
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
        LogFormat::Text => lines.boxed(),
    };
    let people = fmt::layer().with_ansi(false).with_writer(io::stderr);
    tracing_subscriber::registry().with(filter()).with(people).with(lines).with(telemetry::layer()).init();
    Some(guard)
}

/// Says what came of the claim to the data folder, which is made before there is a log; from now on crashes are kept there.
pub(crate) fn say_claim(settings: &Settings, claim: &Claim) {
    if let Some(error) = claim.trouble() {
        tracing::warn!(%error, "the data folder cannot be claimed: nothing keeps another kiosk from it");
    }
    panics::keep_in(&settings.data_dir, claim);
}

/// Logs to standard error.
pub(crate) fn to_stderr() {
    let people = fmt::layer().with_ansi(false).with_writer(io::stderr);
    tracing_subscriber::registry().with(filter()).with(people).with(telemetry::layer()).init();
}

/// `RUST_LOG`, else what an operator wants to read. What goes to a collector says itself, once, where that does not work.
fn filter() -> EnvFilter {
    EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,opentelemetry=off,tapdesk=info,tapdesk_engine=info,tapdesk_core=info"))
}

/// How long the file of this day is already.
fn length(folder: &Path, day: NaiveDate) -> u64 {
    fs::metadata(folder.join(format!("{}.{day}.{}", NAME.0, NAME.1))).map_or(0, |file| file.len())
}

/// Takes so much a day and no more: a fault that is logged for ever must not fill the disk that taps are stored on.
struct Bounded<W> {
    writer: W,
    limit: u64,
    format: LogFormat,
    day: NaiveDate,
    written: u64,
    is_full: bool,
}

impl<W> Bounded<W> {
    /// `written` is what today's file holds already.
    fn new(writer: W, limit: u64, format: LogFormat, written: u64) -> Self {
        Self { writer, limit, format, day: Utc::now().date_naive(), written, is_full: false }
    }
}

impl<W: Write> Bounded<W> {
    fn take(&mut self, line: &[u8], now: chrono::DateTime<Utc>) -> io::Result<()> {
        if self.day != now.date_naive() {
            (self.day, self.written, self.is_full) = (now.date_naive(), 0, false);
        }
        if self.written.saturating_add(line.len() as u64) <= self.limit {
            self.writer.write_all(line)?;
            self.written += line.len() as u64;
        } else if !self.is_full {
            self.is_full = true;
            let what = "the log of this day is full (`log.megabytes_a_day`); the rest goes to standard error alone";
            let at = now.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
            match self.format {
                LogFormat::Json => {
                    let line = serde_json::json!({ "timestamp": at, "level": "WARN", "message": what });
                    writeln!(self.writer, "{line}")?;
                }
                LogFormat::Text => writeln!(self.writer, "{at}  WARN {what}")?,
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.take(line, Utc::now()).map(|()| line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_takes_so_much_and_says_that_it_is_full() {
        let now: chrono::DateTime<Utc> = Utc::now();
        for (format, full) in [(LogFormat::Json, "{\"timestamp\""), (LogFormat::Text, "20")] {
            // Three bytes were there before the program began.
            let mut log = Bounded::new(Vec::new(), 10, format, 3);
            for line in ["one\n", "three\n", "four\n"] {
                log.take(line.as_bytes(), now).unwrap();
            }
            let text = String::from_utf8(log.writer.clone()).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!((lines.len(), lines[0]), (2, "one"), "{text}");
            assert!(lines[1].starts_with(full) && lines[1].contains("is full"), "{text}");
            // What fits is still taken; and the next day all is as new.
            log.take(b"2\n", now).unwrap();
            log.take(b"tomorrow\n", now + chrono::TimeDelta::days(1)).unwrap();
            let text = String::from_utf8(log.writer).unwrap();
            assert!(text.ends_with("2\ntomorrow\n"), "{text}");
        }
    }
}
