//! Where the log goes: standard error, and a file a day in the data folder. Never standard output.

use std::path::Path;

use tapdesk_engine::service::Claim;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::MakeWriterExt;

/// How many days of logs are kept.
const DAYS: usize = 14;

/// Logs to standard error and to `data_dir/logs`; without the file where that folder cannot be used. The guard writes
/// out what is left when it is dropped.
pub(crate) fn to_stderr_and_file(data_dir: &Path) -> Option<WorkerGuard> {
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("tapdesk")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(data_dir.join("logs"));
    let Ok(file) = file else {
        to_stderr();
        return None;
    };
    let (file, guard) = tracing_appender::non_blocking(file);
    tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false).with_writer(std::io::stderr.and(file)).init();
    Some(guard)
}

/// Says what came of the claim to the data folder, which is made before there is a log.
pub(crate) fn say_claim(claim: &Claim) {
    if let Some(error) = claim.trouble() {
        tracing::warn!(%error, "the data folder cannot be claimed: nothing keeps another kiosk from it");
    }
}

/// Logs to standard error.
pub(crate) fn to_stderr() {
    tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false).with_writer(std::io::stderr).init();
}

/// `RUST_LOG`, else what an operator wants to read.
fn filter() -> EnvFilter {
    EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,tapdesk=info,tapdesk_engine=info,tapdesk_core=info"))
}
