//! Log lines for a collector, beside those that stay on this machine: the same events without what is personal. A program
//! has one log, so there is one place here that says where it goes; with nobody to send it to it costs one look at a flag.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use opentelemetry::logs::{AnyValue, LogRecord as _, Logger as _, LoggerProvider as _, Severity};
use opentelemetry_sdk::logs::{SdkLogger, SdkLoggerProvider};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use crate::support::masked::Masked;

/// Fields that say whose tap it is, or hold what people wrote.
const PERSONAL: [&str; 6] = ["tile", "coworker", "member", "name", "note", "username"];
/// What sends the lines may not be told of its own sending: that would go round in a circle.
const CARRIERS: [&str; 7] = ["opentelemetry", "reqwest", "hyper", "h2", "rustls", "tower", "axum"];

/// Whether anybody is sent anything.
static ON: AtomicBool = AtomicBool::new(false);
/// To whom.
static TO: RwLock<Option<SdkLogger>> = RwLock::new(None);

/// From now on lines are sent by this provider.
pub(super) fn send_by(provider: &SdkLoggerProvider) {
    *TO.write().unwrap_or_else(PoisonError::into_inner) = Some(provider.logger("tapdesk"));
    ON.store(true, Ordering::Release);
}

/// No line is sent any more.
pub(super) fn send_nothing() {
    ON.store(false, Ordering::Release);
    *TO.write().unwrap_or_else(PoisonError::into_inner) = None;
}

/// The layer of the program's log that sends it on.
pub fn layer<S: Subscriber>() -> impl Layer<S> {
    Forward
}

struct Forward;

impl<S: Subscriber> Layer<S> for Forward {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        if !ON.load(Ordering::Acquire) || !is_sent(event.metadata().target(), *event.metadata().level()) {
            return;
        }
        // Cloned, so that nothing is held while a line is put together.
        let Some(logger) = TO.read().unwrap_or_else(PoisonError::into_inner).clone() else { return };
        let mut line = Line::default();
        event.record(&mut line);
        let mut record = logger.create_log_record();
        record.set_timestamp(SystemTime::now());
        record.set_target(event.metadata().target().to_owned());
        let severity = severity(*event.metadata().level());
        record.set_severity_number(severity);
        record.set_severity_text(severity.name());
        record.set_body(line.message.into());
        record.add_attributes(line.fields);
        logger.emit(record);
    }
}

/// Whether a line of this target and level is for others.
fn is_sent(target: &str, level: Level) -> bool {
    let least = if target.starts_with("tapdesk") { Level::INFO } else { Level::WARN };
    level <= least && !CARRIERS.iter().any(|carrier| target.starts_with(carrier))
}

fn severity(level: Level) -> Severity {
    match level {
        Level::ERROR => Severity::Error,
        Level::WARN => Severity::Warn,
        Level::INFO => Severity::Info,
        Level::DEBUG => Severity::Debug,
        Level::TRACE => Severity::Trace,
    }
}

/// What of an event others may read.
#[derive(Default)]
struct Line {
    message: String,
    fields: Vec<(&'static str, AnyValue)>,
}

impl Line {
    fn text(&mut self, field: &Field, text: &str) {
        if field.name() == "message" {
            self.message = Masked::without_names().text(text);
        } else {
            self.add(field, || Masked::without_names().text(text).into());
        }
    }

    fn add(&mut self, field: &Field, value: impl FnOnce() -> AnyValue) {
        // Where in its source a line stands says more of the machine that built it than of the kiosk.
        if !PERSONAL.contains(&field.name()) && !field.name().starts_with("log.") {
            self.fields.push((field.name(), value()));
        }
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.text(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.text(field, &value.to_string());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field, || value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.add(field, || value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field, || value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field, || i64::try_from(value).unwrap_or(i64::MAX).into());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    #[test]
    fn who_is_sent() {
        let cases = [
            ("tapdesk_engine::logbook", Level::INFO, true),
            ("tapdesk", Level::ERROR, true),
            ("tapdesk_engine::logbook", Level::DEBUG, false),
            ("wry", Level::WARN, true),
            ("wry", Level::INFO, false),
            ("opentelemetry-otlp", Level::ERROR, false),
            ("hyper_util::client", Level::WARN, false),
            ("reqwest::connect", Level::WARN, false),
        ];
        for (target, level, expected) in cases {
            assert_eq!(is_sent(target, level), expected, "{target} {level}");
        }
    }

    /// Keeps what would be sent.
    struct Keeps(Arc<Mutex<Vec<Line>>>);

    impl<S: Subscriber> Layer<S> for Keeps {
        fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
            let mut line = Line::default();
            event.record(&mut line);
            self.0.lock().unwrap().push(line);
        }
    }

    #[test]
    fn a_line_goes_without_what_is_personal() {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let subscriber = tracing_subscriber::registry().with(Keeps(Arc::clone(&kept)));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(entry = "e1", tile = "…E5F6", coworker = 1001_i64, kind = "checked_in", "verdict");
            tracing::warn!(why = "a poll broke off at 04A1B2C3D4E5F6", seconds = 90_u64, name = "Ana", "reader");
            tracing::error!("the token access-0123456789abcdef0123456789abcdef was not taken");
        });
        let kept = kept.lock().unwrap();
        let names = |line: &Line| line.fields.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!((kept[0].message.as_str(), names(&kept[0])), ("verdict", vec!["entry", "kind"]));
        assert_eq!(kept[1].fields[0].1, AnyValue::from("a poll broke off at <tile>"));
        assert_eq!(names(&kept[1]), ["why", "seconds"]);
        assert_eq!(kept[2].message, "the token <token> was not taken");
    }
}
