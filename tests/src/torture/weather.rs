//! What goes wrong with the service, when it does: faults are injected, outages and late validation come and go.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::trouble::Trouble;
use crate::spaces::{State, Validation};

/// Between two moments at which all that is held is let go: longer than a client waits, shorter than the latest commit.
const LET_GO_EVERY: Duration = Duration::from_secs(11);
/// Longer than any outage that is planned.
const OUTAGE_ENDS_WITHIN: Duration = Duration::from_secs(30);

/// The weather over one service.
#[derive(Debug, Clone)]
pub(super) struct Weather {
    service: State,
    /// How many outages overlap now.
    outages: watch::Sender<usize>,
    validations: Arc<Mutex<usize>>,
    counts: Arc<Mutex<Counts>>,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// Faults injected; not each meets a request.
    pub(super) faults: usize,
    /// Outages.
    pub(super) outages: usize,
    /// Times of late validation.
    pub(super) late_validations: usize,
}

impl Weather {
    /// Fair weather.
    pub(super) fn over(service: &State) -> Self {
        let service = service.clone();
        Self { service, outages: watch::Sender::new(0), validations: Arc::default(), counts: Arc::default() }
    }

    /// Lets go what is held, now and then, until dropped.
    pub(super) async fn let_go(&self) {
        loop {
            tokio::time::sleep(LET_GO_EVERY).await;
            self.service.release();
        }
    }

    /// Makes something go wrong; what lasts ends by itself.
    pub(super) fn bring(&self, trouble: &Trouble) {
        let count = |add: fn(&mut Counts)| add(&mut self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        match *trouble {
            Trouble::Fault(ref fault) => {
                count(|counts| counts.faults += 1);
                self.service.inject(fault.clone());
            }
            Trouble::Calm => {
                self.service.clear_faults(None);
                self.service.release();
            }
            Trouble::Outage { deaf, lasts } => {
                count(|counts| counts.outages += 1);
                self.outages.send_modify(|outages| *outages += 1);
                if deaf {
                    self.service.refuse_connections();
                } else {
                    self.service.take_down();
                }
                let weather = self.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(lasts)).await;
                    if *weather.outages.borrow() == 1 {
                        weather.service.bring_up();
                    }
                    weather.outages.send_modify(|outages| *outages -= 1);
                });
            }
            Trouble::LateValidation { after, lasts } => {
                count(|counts| counts.late_validations += 1);
                self.validate(Validation::Async, after, 1);
                let weather = self.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(lasts)).await;
                    weather.validate(Validation::Sync, after, -1);
                });
            }
        }
    }

    fn validate(&self, when: Validation, after: u64, more: isize) {
        let mut count = self.validations.lock().unwrap_or_else(PoisonError::into_inner);
        *count = count.saturating_add_signed(more);
        if when == Validation::Async || *count == 0 {
            self.service.change_switches(|switches| {
                switches.validation = when;
                switches.async_validation_milliseconds = after;
            });
        }
    }

    /// Waits until the service is there.
    pub(super) async fn outage_is_over(&self) {
        let mut outages = self.outages.subscribe();
        drop(tokio::time::timeout(OUTAGE_ENDS_WITHIN, outages.wait_for(|outages| *outages == 0)).await);
    }

    /// Ends all that goes wrong.
    pub(super) async fn clear(&self) {
        self.outage_is_over().await;
        self.service.clear_faults(None);
        self.service.release();
        self.service.change_switches(|switches| switches.validation = Validation::Sync);
    }

    /// What was done so far.
    pub(super) fn counts(&self) -> Counts {
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
