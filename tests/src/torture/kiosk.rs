//! One kiosk: its process is started, killed and started again, and each of its lines goes into the ledger.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use chrono::Utc;
use serde_json::Value;
use tokio::task::JoinHandle;

use super::history::History;
use super::ledger::Ledger;
use super::trouble::TOKEN;
use crate::kiosk::headless::Headless;
use crate::kiosk::place::Place;
use crate::spaces::State;

/// How long a kiosk has to bring its reader to work.
const READER_WORKS_WITHIN: Duration = Duration::from_secs(30);
/// A sign-in under way is over by then.
const SIGNED_IN_WITHIN: Duration = Duration::from_secs(5);
/// How long a device takes to store a new sign-in.
const STORED_WITHIN: Duration = Duration::from_secs(1);

/// A kiosk and its place.
pub(super) struct Kiosk {
    /// From 0.
    pub(super) number: usize,
    /// Reader, data folder and configuration.
    pub(super) place: Place,
    ledger: Arc<Ledger>,
    service: State,
    history: Arc<Mutex<History>>,
    process: Option<Process>,
}

struct Process {
    headless: Arc<Headless>,
    lines: JoinHandle<()>,
}

impl Kiosk {
    /// A kiosk that is not running yet.
    pub(super) fn new(
        number: usize,
        place: Place,
        ledger: &Arc<Ledger>,
        service: &State,
        history: &Arc<Mutex<History>>,
    ) -> Self {
        let (ledger, service, history) = (Arc::clone(ledger), service.clone(), Arc::clone(history));
        Self { number, place, ledger, service, history, process: None }
    }

    /// Starts its process.
    pub(super) fn start(&mut self) -> anyhow::Result<()> {
        let headless = Arc::new(Headless::start(&self.place)?);
        let (said, ledger, number) = (Arc::clone(&headless), Arc::clone(&self.ledger), self.number);
        let lines = tokio::spawn(async move {
            let mut news = said.news();
            let mut mark = 0;
            loop {
                news.borrow_and_update();
                let lines = said.lines_after(mark);
                mark += lines.len();
                for line in lines {
                    let when = Utc::now() - line.at.elapsed();
                    ledger.take(number, when, &line.text, &line.says);
                }
                // Closed when the process has said its last; what it said in between is taken by one more round.
                if news.changed().await.is_err() && said.mark() == mark {
                    return;
                }
            }
        });
        self.process = Some(Process { headless, lines });
        Ok(())
    }

    /// Waits until its reader works; starts the process again if it ended by itself, which is noted.
    pub(super) async fn is_ready(&mut self) -> anyhow::Result<()> {
        let running = self.process.as_ref().is_some_and(|process| process.headless.is_running());
        if !running {
            let story = self.process.as_ref().map(|process| process.headless.story()).unwrap_or_default();
            self.note(&format!("ended by itself: {}", end_of(&story)));
            self.ledger.ended(self.number);
            self.start()?;
        }
        let number = self.number;
        let works = self.ledger.wait(READER_WORKS_WITHIN, |books| books.reader_works(number).then_some(())).await;
        if works.is_none() {
            let story = self.process.as_ref().map(|process| process.headless.story()).unwrap_or_default();
            bail!("kiosk {number}: the reader does not come up within {READER_WORKS_WITHIN:?}\n{}", end_of(&story));
        }
        Ok(())
    }

    /// Waits until no sign-in is under way: one that is cut off between the service's grant and the key store is lost,
    /// since the service forgets the old one, and nobody signs in again here.
    pub(super) async fn no_token_is_under_way(&self) {
        while self.service.wait_until(SIGNED_IN_WITHIN, |service| !service.is_under_way(TOKEN)).await {
            let last = {
                let mut history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
                history.collect(&self.service);
                history.last_token
            };
            let stored = last.and_then(|last| STORED_WITHIN.checked_sub((Utc::now() - last).to_std().ok()?));
            let Some(rest) = stored else { return };
            tokio::time::sleep(rest).await;
        }
    }

    /// Kills it without a warning.
    pub(super) async fn kill(&mut self) -> anyhow::Result<()> {
        let process = self.process.take().context("not running")?;
        self.no_token_is_under_way().await;
        process.headless.kill().await?;
        self.has_ended(process).await
    }

    /// Asks it to end.
    pub(super) async fn terminate(&mut self) -> anyhow::Result<()> {
        let process = self.process.take().context("not running")?;
        let (code, _) = process.headless.terminate().await?;
        if code != Some(0) {
            self.note(&format!("ended with {code:?} when asked to"));
        }
        self.has_ended(process).await
    }

    async fn has_ended(&self, process: Process) -> anyhow::Result<()> {
        process.lines.await?;
        let errors = process.headless.errors();
        if let Some(place) = errors.find("panicked") {
            self.note(&format!("panicked: {}", errors[place..].lines().take(3).collect::<Vec<_>>().join(" ")));
        }
        self.ledger.ended(self.number);
        Ok(())
    }

    fn note(&self, mishap: &str) {
        self.ledger.change(|books| books.mishaps.push(format!("kiosk {} {mishap}", self.number)));
    }

    /// `tapdesk queue --json`
    pub(super) async fn queue(&self) -> anyhow::Result<Value> {
        let output = self.place.run(&["queue", "--json"], "").await?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The end of what the running process wrote to standard error.
    pub(super) fn last_words(&self) -> String {
        self.process.as_ref().map(|process| end_of(&process.headless.errors())).unwrap_or_default()
    }
}

fn end_of(story: &str) -> String {
    let lines: Vec<&str> = story.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
