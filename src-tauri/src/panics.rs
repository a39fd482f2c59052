//! What is said of a panic: where, and what its author wrote there. Never what it holds, which may be a secret or a name.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;

/// From now on panics are said like this.
pub(crate) fn say_no_secrets() {
    std::panic::set_hook(Box::new(say));
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
    if backtrace.status() == BacktraceStatus::Captured {
        eprintln!("{backtrace}");
    }
}

/// What was written in the program itself: only that is known to hold nothing else.
fn literal(payload: &(dyn Any + Send)) -> Option<&'static str> {
    payload.downcast_ref().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

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
