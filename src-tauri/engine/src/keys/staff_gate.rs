//! The way behind the staff PIN: one try after the other, wrong ones counted by this device and kept before they are
//! told, with the members' growing delay. Members' own PINs are counted elsewhere: nobody locks them out from here.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use tapdesk_core::now::Now;
use tapdesk_core::pin::{Guard, PinTries};

use super::{KeyStore, KeyStoreError, StaffPin, StaffPinError};
use crate::device::DeviceId;
use crate::durable;

/// The wrong tries, in the data folder.
const TRIES: &str = "staff_pin_tries.json";
/// So many wrong tries lock for the first time.
const FIRST_LOCK: u32 = 3;

/// What became of a staff PIN that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateAnswer {
    /// It is the staff PIN.
    Accepted,
    /// It is not; that is counted.
    Wrong,
    /// It was not looked at: too many were wrong.
    Locked {
        /// Until when, UTC.
        until: DateTime<Utc>,
    },
}

/// What asks for the staff PIN. Clones are the same gate; there is one for a data folder.
#[derive(Clone)]
pub struct StaffGate(Arc<Inner>);

struct Inner {
    store: Arc<dyn KeyStore>,
    device: DeviceId,
    tries: PathBuf,
    /// None before the tries of earlier runs were taken up. Held while a PIN is looked at: two entries at once are
    /// worked on one after another, and the second finds what the first left.
    guard: Mutex<Option<Guard>>,
}

impl std::fmt::Debug for StaffGate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("StaffGate").field("tries", &self.0.tries).finish_non_exhaustive()
    }
}

impl StaffGate {
    /// The gate of this device. Nothing is read yet.
    pub fn new(store: Arc<dyn KeyStore>, device: DeviceId, data_dir: &Path) -> Self {
        let guard = Mutex::default();
        Self(Arc::new(Inner { store, device, tries: data_dir.join(TRIES), guard }))
    }

    /// Whether a staff PIN was set.
    pub async fn is_set(&self) -> Result<bool, StaffPinError> {
        self.blocking(|inner| match StaffPin::load(inner.store.as_ref(), &inner.device) {
            // What cannot be read lets nobody in, and keeps nobody from checking in.
            Err(KeyStoreError::NoPin) => Ok(true),
            loaded => Ok(loaded?.is_some()),
        })
        .await
    }

    /// Makes this the staff PIN, if it is good enough. Whether somebody may is the caller's question. Wrong tries stay
    /// counted.
    pub async fn set(&self, pin: SecretString) -> Result<(), StaffPinError> {
        self.blocking(move |inner| Ok(StaffPin::new(&pin)?.save(inner.store.as_ref(), &inner.device)?)).await
    }

    /// Looks at a PIN that was typed, at this moment. A wrong one is counted durably before it is told, also where the
    /// caller gives up waiting.
    pub async fn enter(&self, pin: SecretString, now: Now) -> Result<GateAnswer, StaffPinError> {
        self.blocking(move |inner| inner.enter(&pin, now)).await
    }

    /// Until when no PIN is looked at, UTC; none where one is.
    pub async fn locked_until(&self, now: Now) -> Option<DateTime<Utc>> {
        let asked = self.blocking(move |inner| {
            let mut guard = inner.guard();
            Ok(locked_until(inner.restored(&mut guard, now), now))
        });
        asked.await.unwrap_or_default()
    }

    async fn blocking<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Inner) -> Result<T, StaffPinError> + Send + 'static,
    ) -> Result<T, StaffPinError> {
        let inner = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || call(&inner)).await;
        done.unwrap_or_else(|_| Err(KeyStoreError::Broken("the call broke off".to_owned()).into()))
    }
}

impl Inner {
    fn enter(&self, pin: &SecretString, now: Now) -> Result<GateAnswer, StaffPinError> {
        let mut guard = self.guard();
        let guard = self.restored(&mut guard, now);
        if let Some(until) = locked_until(guard, now) {
            return Ok(GateAnswer::Locked { until });
        }
        let set = StaffPin::load(self.store.as_ref(), &self.device)?.ok_or(StaffPinError::NotSet)?;
        if set.verify(pin) {
            return Ok(GateAnswer::Accepted);
        }
        self.keep(&guard.wrong(now));
        Ok(GateAnswer::Wrong)
    }

    fn guard(&self) -> MutexGuard<'_, Option<Guard>> {
        self.guard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn restored<'a>(&self, guard: &'a mut Option<Guard>, now: Now) -> &'a mut Guard {
        guard.get_or_insert_with(|| {
            let mut guard = Guard::default();
            match read(&self.tries) {
                Ok(None) => {}
                Ok(Some(tries)) => guard.restore(now, &tries),
                // Whoever can spoil the file must not get tries for it, nor lock out staff for good.
                Err(error) => {
                    tracing::warn!(%error, "the wrong tries at the staff PIN cannot be read; it is locked for a moment");
                    for _ in 0..FIRST_LOCK {
                        self.keep(&guard.wrong(now));
                    }
                }
            }
            guard
        })
    }

    /// Where the disk refuses, this run counts on.
    fn keep(&self, tries: &PinTries) {
        let kept = serde_json::to_vec(tries).map_err(io::Error::from);
        if let Err(error) = kept.and_then(|json| durable::replace(&self.tries, &json)) {
            tracing::error!(%error, "a wrong try at the staff PIN is counted only until the next start");
        }
    }
}

/// Forgets the wrong tries at the staff PIN of this data folder. Blocks.
pub(crate) fn forget_tries(data_dir: &Path) -> io::Result<()> {
    durable::remove(&data_dir.join(TRIES))
}

fn read(path: &Path) -> io::Result<Option<PinTries>> {
    match fs::read(path) {
        Ok(json) => Ok(Some(serde_json::from_slice(&json)?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn locked_until(guard: &Guard, now: Now) -> Option<DateTime<Utc>> {
    let left = guard.locked_until(now)?.saturating_sub(now.elapsed);
    Some(now.utc + TimeDelta::from_std(left).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::plain;
    use super::*;

    const RIGHT: &str = "482913";
    const WRONG: &str = "482914";

    fn at(seconds: u32) -> Now {
        let utc = DateTime::from_timestamp(1_760_000_000 + i64::from(seconds), 0).unwrap();
        Now { utc, elapsed: Duration::from_secs(seconds.into()) }
    }

    struct Bench {
        folder: tempfile::TempDir,
        gate: StaffGate,
    }

    impl Bench {
        async fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let gate = gate(folder.path());
            gate.set(RIGHT.into()).await.unwrap();
            Self { folder, gate }
        }

        async fn enter(&self, pin: &str, seconds: u32) -> GateAnswer {
            self.gate.enter(pin.into(), at(seconds)).await.unwrap()
        }

        fn restart(&mut self) {
            self.gate = gate(self.folder.path());
        }

        fn tries(&self) -> PathBuf {
            self.folder.path().join(TRIES)
        }
    }

    fn gate(data_dir: &Path) -> StaffGate {
        StaffGate::new(Arc::new(plain::open(data_dir)), DeviceId::of(data_dir).unwrap(), data_dir)
    }

    #[tokio::test]
    async fn what_cannot_be_read_as_a_pin_lets_nobody_in_and_can_be_replaced() {
        let bench = Bench::new().await;
        let (data_dir, store) = (bench.folder.path(), plain::open(bench.folder.path()));
        let name = super::super::staff_pin::name(&DeviceId::of(data_dir).unwrap());
        store.set(&name, &"no hash".into()).unwrap();
        assert!(bench.gate.is_set().await.unwrap());
        assert!(bench.gate.enter(RIGHT.into(), at(0)).await.is_err());
        bench.gate.set(RIGHT.into()).await.unwrap();
        assert_eq!(bench.enter(RIGHT, 1).await, GateAnswer::Accepted);
    }

    #[tokio::test]
    async fn a_gate_without_a_pin_says_so_and_takes_no_weak_one() {
        let folder = tempfile::tempdir().unwrap();
        let gate = gate(folder.path());
        assert!(!gate.is_set().await.unwrap());
        assert!(matches!(gate.enter(RIGHT.into(), at(0)).await, Err(StaffPinError::NotSet)));
        let weak = gate.set("123456".into()).await;
        assert!(matches!(weak, Err(StaffPinError::Weak(super::super::WeakPin::Run))), "{weak:?}");
        assert!(!gate.is_set().await.unwrap());
        gate.set(RIGHT.into()).await.unwrap();
        assert!(gate.is_set().await.unwrap());
        assert_eq!(gate.locked_until(at(0)).await, None);
    }

    #[tokio::test]
    async fn the_delay_grows_goes_on_over_a_restart_and_ends() {
        let mut bench = Bench::new().await;
        assert_eq!(bench.enter(RIGHT, 0).await, GateAnswer::Accepted);
        for second in 1..=3 {
            assert_eq!(bench.enter(WRONG, second).await, GateAnswer::Wrong);
        }
        let until = at(3 + 30).utc;
        assert_eq!(bench.gate.locked_until(at(3)).await, Some(until));
        for pin in [RIGHT, WRONG] {
            assert_eq!(bench.enter(pin, 10).await, GateAnswer::Locked { until }, "the right one tells nothing either");
        }
        bench.restart();
        assert_eq!(bench.enter(RIGHT, 32).await, GateAnswer::Locked { until });
        assert_eq!(bench.enter(WRONG, 33).await, GateAnswer::Wrong);
        let until = at(33 + 60).utc;
        assert_eq!(bench.enter(RIGHT, 40).await, GateAnswer::Locked { until });
        assert_eq!(bench.enter(RIGHT, 93).await, GateAnswer::Accepted);
    }

    /// Guard: `Inner::enter` keeps the try before it answers.
    #[tokio::test]
    async fn a_wrong_try_is_on_the_disk_before_it_is_told() {
        let bench = Bench::new().await;
        for second in 1..=3 {
            assert_eq!(bench.enter(WRONG, second).await, GateAnswer::Wrong);
            let kept = read(&bench.tries()).unwrap().unwrap();
            assert_eq!(kept.at, at(second).utc);
        }
    }

    /// Guard: the lock around the whole of `Inner::enter`.
    #[tokio::test]
    async fn many_tries_at_the_same_moment_are_no_more_than_three() {
        let bench = Bench::new().await;
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let gate = bench.gate.clone();
                tokio::spawn(async move { gate.enter(WRONG.into(), at(5)).await.unwrap() })
            })
            .collect();
        let mut wrong = 0;
        for answer in tries {
            wrong += usize::from(answer.await.unwrap() == GateAnswer::Wrong);
        }
        assert_eq!(wrong, 3);
    }

    #[tokio::test]
    async fn a_spoilt_count_is_a_short_lock_and_no_free_pass() {
        for spoilt in ["", "{", "null", "[]", "{\"at\":\"soon\"}", "\u{0}\u{0}"] {
            let mut bench = Bench::new().await;
            fs::write(bench.tries(), spoilt).unwrap();
            let until = at(100 + 30).utc;
            assert_eq!(bench.enter(RIGHT, 100).await, GateAnswer::Locked { until }, "{spoilt:?}");
            bench.restart();
            assert_eq!(bench.enter(RIGHT, 110).await, GateAnswer::Locked { until }, "a restart is no way around it");
            assert_eq!(bench.enter(RIGHT, 130).await, GateAnswer::Accepted, "{spoilt:?}");
        }
    }

    #[tokio::test]
    async fn an_absurd_count_is_no_lock_for_ever() {
        let (early, late) = (at(0).utc - TimeDelta::days(36_500), at(0).utc + TimeDelta::days(36_500));
        for written_at in [early, at(0).utc, late] {
            for until in [early, late] {
                let bench = Bench::new().await;
                let tries = PinTries { at: written_at, forgotten_at: until, locked_until: until };
                fs::write(bench.tries(), serde_json::to_vec(&tries).unwrap()).unwrap();
                let locked = bench.gate.locked_until(at(0)).await;
                assert!(locked.is_none_or(|until| until <= at(15 * 60).utc), "{tries:?}: {locked:?}");
                assert_eq!(bench.enter(RIGHT, 15 * 60).await, GateAnswer::Accepted, "{tries:?}");
            }
        }
    }

    #[tokio::test]
    async fn where_the_disk_refuses_this_run_counts_on() {
        let bench = Bench::new().await;
        fs::create_dir(bench.tries()).unwrap();
        assert!(matches!(bench.enter(RIGHT, 0).await, GateAnswer::Locked { .. }), "what cannot be read counts");
        assert_eq!(bench.enter(WRONG, 30).await, GateAnswer::Wrong);
        assert!(matches!(bench.enter(RIGHT, 31).await, GateAnswer::Locked { .. }));
    }
}
