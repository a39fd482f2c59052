//! What is said, and kept, of a panic: where, and what its author wrote there. Never what it holds, which may be a secret or
//! a name.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;
use std::path::Path;
use std::sync::{Arc, OnceLock, Weak};

use chrono::Utc;
use tapdesk_engine::crashes::{Crash, Crashes};
use tapdesk_engine::recorder::Recorder;
use tapdesk_engine::service::Claim;

/// So much of what happened before is kept with a crash.
const BEFORE: usize = 50;

/// Where crashes are kept, once the data folder is known.
static KEPT: OnceLock<Crashes> = OnceLock::new();
/// What knows of what happened before.
static RECORDER: OnceLock<Weak<Recorder>> = OnceLock::new();

/// From now on panics are said like this.
pub(crate) fn say_no_secrets() {
    std::panic::set_hook(Box::new(say));
}

/// From now on they are kept in this data folder too; and so is what became of the kiosk before, where it did not end by
/// itself.
pub(crate) fn keep_in(data_dir: &Path, claim: &Claim) {
    // A program has one data folder, and nobody comes twice.
    let crashes = KEPT.get_or_init(|| Crashes::of(data_dir));
    if let Some(process) = claim.fallen() {
        let what = format!(
            "the kiosk that ran here before (process {process}) did not end by itself: it was killed, it crashed, or the power went"
        );
        tracing::warn!("{what}");
        keep(crashes, &Crash { at: Utc::now(), what, place: None, thread: None, backtrace: None, before: Vec::new() });
    }
}

/// What this recorder knows is kept with a crash.
pub(crate) fn tell_what_was_before(recorder: &Arc<Recorder>) {
    // One window, one recorder.
    drop(RECORDER.set(Arc::downgrade(recorder)));
}

fn keep(crashes: &Crashes, crash: &Crash) {
    if let Err(error) = crashes.keep(crash) {
        tracing::warn!(%error, "the report of a crash could not be kept");
    }
}

fn say(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    let what = literal(panic.payload()).map(|text| format!(": {text}")).unwrap_or_default();
    let thread = std::thread::current();
    let sentence = format!("panicked at {place}{what} (thread {})", thread.name().unwrap_or("without a name"));
    if tracing::dispatcher::has_been_set() {
        tracing::error!("{sentence}");
    } else {
        eprintln!("tapdesk: {sentence}");
    }
    let backtrace = Backtrace::capture();
    let captured = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    if let Some(backtrace) = &captured {
        eprintln!("{backtrace}");
    }
    let Some(crashes) = KEPT.get() else { return };
    let recorder = RECORDER.get().and_then(Weak::upgrade);
    keep(
        crashes,
        &Crash {
            at: Utc::now(),
            what: format!("panicked{what}"),
            place: Some(place),
            thread: thread.name().map(str::to_owned),
            backtrace: captured,
            before: recorder.map(|recorder| recorder.last(BEFORE)).unwrap_or_default(),
        },
    );
}

/// What was written in the program itself: only that is known to hold nothing else.
fn literal(payload: &(dyn Any + Send)) -> Option<&'static str> {
    payload.downcast_ref().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panicked_is_kept_with_what_was_before_and_without_what_it_held() {
        let folder = tempfile::tempdir().unwrap();
        let crashes = KEPT.get_or_init(|| Crashes::of(folder.path()));
        let recorder = Recorder::new();
        tell_what_was_before(&recorder);
        say_no_secrets();
        std::thread::Builder::new()
            .name("a desk".to_owned())
            .spawn(|| panic!("the door is locked by {}", std::process::id()))
            .unwrap()
            .join()
            .unwrap_err();
        let texts = crashes.files().unwrap().into_iter().map(|path| std::fs::read_to_string(path).unwrap());
        let texts: Vec<String> = texts.filter(|text| text.contains("a desk")).collect();
        let [text] = texts.as_slice() else { panic!("{texts:?}") };
        assert!(text.contains("\"what\": \"panicked\"") && text.contains("panics.rs:"), "{text}");
        assert!(text.contains("\"before\": []") && !text.contains("the door is locked"), "{text}");
    }

    #[test]
    fn what_is_put_together_is_not_said() {
        let payload = |work: fn()| std::panic::catch_unwind(work).unwrap_err();
        assert_eq!(literal(payload(|| panic!("it cannot be")).as_ref()), Some("it cannot be"));
        assert_eq!(literal(payload(|| panic!("the token {}", std::process::id())).as_ref()), None);
        let failed = payload(|| {
            "the token".parse::<u32>().expect("a number");
        });
        assert_eq!(literal(failed.as_ref()), None);
    }
}
