//! Starts again what ended by a panic: a fault in one place must not leave a dead desk behind.

use std::time::Duration;

use tokio::task::JoinSet;

/// Runs what `start` gives in a task of its own, until it comes to an end; that. When it panics, `failed` is told, and
/// after a pause it is started again. The task ends with this future.
pub async fn supervise<F>(pause: Duration, mut start: impl FnMut() -> F, mut failed: impl FnMut()) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    loop {
        let mut task = JoinSet::new();
        task.spawn(start());
        match task.join_next().await {
            Some(Ok(ended)) => return ended,
            Some(Err(error)) if error.is_panic() => {
                // What it said stands in the log already, as far as it may.
                tracing::error!("a part of the program failed; it is being started again");
                failed();
                tokio::time::sleep(pause).await;
            }
            // Cancelled: the runtime is ending, and with it whoever waits here.
            _ => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_panics_is_started_again_until_it_ends() {
        let starts = Arc::new(AtomicU32::new(0));
        let mut told = 0;
        let counted = Arc::clone(&starts);
        let start = move || {
            let count = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                tokio::task::yield_now().await;
                assert!(count >= 2, "the first two fail");
                count
            }
        };
        let began = tokio::time::Instant::now();
        let ended = supervise(Duration::from_secs(5), start, || told += 1).await;
        assert_eq!((ended, told, starts.load(Ordering::SeqCst)), (2, 2, 3));
        assert_eq!(began.elapsed().as_secs(), 10, "with a pause after each");
    }

    #[tokio::test]
    async fn it_ends_with_whoever_waits_for_it() {
        let held = Arc::new(());
        let kept = Arc::clone(&held);
        let start = move || {
            let kept = Arc::clone(&kept);
            async move {
                std::future::pending::<()>().await;
                drop(kept);
            }
        };
        let waiting = tokio::spawn(supervise(Duration::ZERO, start, || {}));
        while Arc::strong_count(&held) < 3 {
            tokio::task::yield_now().await;
        }
        waiting.abort();
        while Arc::strong_count(&held) > 1 {
            tokio::task::yield_now().await;
        }
    }
}
