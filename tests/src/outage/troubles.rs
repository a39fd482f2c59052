//! What an outage is made of: one trouble after the other, each with the alert that says so.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};

use super::{DEADLINE, Kiosk, Outage};
use crate::kiosk::disk::Refused;
use crate::kiosk::headless::{Headless, is};
use crate::spaces::{Fault, FaultKind};

/// Séamus O'Connor, whose plan covers every visit, and whom the service refuses when it is told to.
const REFUSED: (i64, &str) = (1_004, "04A4B2C3D4E5F6");
/// Refusals that are a spike.
const SPIKE: usize = 8;
/// A tile that nobody has.
const NOBODYS: &str = "04FFEEDDCCBBAA";
/// Milliseconds until a call is answered, of which two make a slow tap.
const SLOW: u64 = 1_600;
/// By so much the service's clock is ahead.
const CLOCK_OFF_SECONDS: i64 = 300;
/// A reader's process that ends so often is one alert.
const RESTARTS: usize = 4;
/// Life of the access token of a sign-in that is about to end; a kiosk wants another one at half of it.
const ENDING_SECONDS: u64 = 30;

/// The alerts that fired in one trouble; those that do not look back have cleared with it.
type Fired<const ALERTS: usize> = anyhow::Result<[&'static str; ALERTS]>;

impl Outage {
    /// The outage, one trouble after the other; the names of the alerts that fired and cleared.
    pub async fn run(&mut self) -> anyhow::Result<BTreeSet<&'static str>> {
        let (first, last) = (0, self.kiosks.len() - 1);
        let mut seen = BTreeSet::new();
        seen.extend(self.slow(&self.kiosks[first]).await?);
        seen.extend(self.away().await?);
        seen.extend(self.reader_unplugged(&self.kiosks[first]).await?);
        seen.extend(self.reader_fails(&self.kiosks[first]).await?);
        seen.extend(self.killed(last).await?);
        seen.extend(self.disk_full(last).await?);
        seen.extend(self.refused(&self.kiosks[first]).await?);
        seen.extend(self.throttled(&self.kiosks[first]).await?);
        seen.extend(self.clock_wrong().await?);
        seen.extend(self.out_of_order(&self.kiosks[first]).await?);
        seen.extend(self.bad_configuration(&self.kiosks[first]).await?);
        seen.extend(self.signed_out().await?);
        // Some look back: they were not waited for.
        for alert in &seen {
            self.clears(alert).await?;
        }
        Ok(seen)
    }

    /// The service takes its time.
    async fn slow(&self, kiosk: &Kiosk) -> Fired<1> {
        let state = self.spaces.state();
        state.inject(Fault::new(FaultKind::Delay { milliseconds: SLOW }).always());
        self.fires_by("TapdeskSlow", 1, async || kiosk.verdict(&kiosk.tile).await.map(drop)).await?;
        state.clear_faults(None);
        Ok(["TapdeskSlow"])
    }

    /// Nobody reaches the service, and taps wait.
    async fn away(&self) -> Fired<2> {
        let (state, all) = (self.spaces.state(), self.kiosks.len());
        state.take_down();
        for kiosk in &self.kiosks {
            kiosk.tap(&kiosk.tile, "saved").await?;
        }
        self.fires("TapdeskOffline", all).await?;
        self.fires("TapdeskQueueOld", all).await?;
        state.bring_up();
        Ok([self.clears("TapdeskOffline").await?, self.clears("TapdeskQueueOld").await?])
    }

    async fn reader_unplugged(&self, kiosk: &Kiosk) -> Fired<1> {
        kiosk.place.reader.unplug();
        self.fires("TapdeskReaderDown", 1).await?;
        kiosk.place.reader.replug()?;
        Ok([self.clears("TapdeskReaderDown").await?])
    }

    /// The reader's process ends again and again.
    async fn reader_fails(&self, kiosk: &Kiosk) -> Fired<1> {
        for _ in 0..RESTARTS {
            let mark = kiosk.program.mark();
            kiosk.program.kill_readers()?;
            kiosk.program.wait_after(mark, DEADLINE, is("reader", "up")).await;
        }
        self.fires("TapdeskReaderRestarts", 1).await?;
        Ok(["TapdeskReaderRestarts"])
    }

    async fn killed(&mut self, number: usize) -> Fired<1> {
        self.kiosks[number].program.kill().await?;
        self.fires("TapdeskKioskSilent", 1).await?;
        self.start_again(number).await?;
        Ok([self.clears("TapdeskKioskSilent").await?])
    }

    /// A tap that the disk does not take is staff's once the disk takes it, until somebody begins anew.
    async fn disk_full(&mut self, number: usize) -> Fired<2> {
        let kiosk = &self.kiosks[number];
        let refused = Refused::begin(&kiosk.program, &kiosk.place, "ENOSPC").await?;
        kiosk.tap(&kiosk.tile, "unavailable").await?;
        self.fires("TapdeskTapsNotStored", 1).await?;
        refused.end().await?;
        let stored = self.clears("TapdeskTapsNotStored").await?;
        self.fires("TapdeskNeedsStaff", 1).await?;
        kiosk.program.kill().await?;
        let output = kiosk.place.run(&["reset", "--discard"], "").await?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        kiosk.place.sign_in().await?;
        self.start_again(number).await?;
        Ok([stored, self.clears("TapdeskNeedsStaff").await?])
    }

    async fn refused(&self, kiosk: &Kiosk) -> Fired<1> {
        let state = self.spaces.state();
        state.refuse(REFUSED.0, Some("No plan"));
        for _ in 0..SPIKE {
            kiosk.tap(REFUSED.1, "refused").await?;
        }
        self.fires("TapdeskRefusalsSpike", 1).await?;
        state.stop_refusing(REFUSED.0);
        Ok(["TapdeskRefusalsSpike"])
    }

    /// The account's calls are used up, whoever asks.
    async fn throttled(&self, kiosk: &Kiosk) -> Fired<1> {
        let state = self.spaces.state();
        let throttle = FaultKind::Throttle { status: None, retry_after_seconds: Some(1) };
        state.inject(Fault::new(throttle).always());
        self.fires_by("TapdeskThrottled", 1, async || kiosk.verdict(&kiosk.tile).await.map(drop)).await?;
        state.clear_faults(None);
        Ok(["TapdeskThrottled"])
    }

    async fn clock_wrong(&self) -> Fired<1> {
        let state = self.spaces.state();
        state.inject(Fault::new(FaultKind::ClockSkew { seconds: CLOCK_OFF_SECONDS }).always());
        // A tile that nobody has is asked for, and nothing is written by that clock.
        let ask = async || {
            for kiosk in &self.kiosks {
                kiosk.tap(NOBODYS, "unknown_tile").await?;
            }
            anyhow::Ok(())
        };
        ask().await?;
        self.fires("TapdeskClockWrong", self.kiosks.len()).await?;
        state.clear_faults(None);
        ask().await?;
        Ok([self.clears("TapdeskClockWrong").await?])
    }

    async fn out_of_order(&self, kiosk: &Kiosk) -> Fired<1> {
        kiosk.place.run(&["out-of-order"], "").await?;
        self.fires("TapdeskOutOfOrder", 1).await?;
        kiosk.place.run(&["out-of-order", "--end"], "").await?;
        Ok([self.clears("TapdeskOutOfOrder").await?])
    }

    async fn bad_configuration(&self, kiosk: &Kiosk) -> Fired<1> {
        let file = kiosk.place.configuration();
        let good = std::fs::read_to_string(&file)?;
        std::fs::write(&file, format!("{good}\n[kiosk]\nvolume = 500\n"))?;
        self.fires("TapdeskConfigurationNotTaken", 1).await?;
        std::fs::write(&file, good)?;
        Ok([self.clears("TapdeskConfigurationNotTaken").await?])
    }

    /// The service renews no sign-in, then it ends them all, and each kiosk is signed in again.
    async fn signed_out(&self) -> Fired<2> {
        let (state, all) = (self.spaces.state(), self.kiosks.len());
        let life = state.switches().access_token_seconds;
        state.change_switches(|switches| switches.access_token_seconds = ENDING_SECONDS);
        // Each takes a pair that lives for so long.
        state.revoke_access_tokens();
        self.present_everywhere().await?;
        state.revoke_refresh_tokens();
        self.fires_by("TapdeskSignInEnding", all, || self.present_everywhere()).await?;
        state.revoke_access_tokens();
        self.present_everywhere().await?;
        self.fires("TapdeskSignedOut", all).await?;
        state.change_switches(|switches| switches.access_token_seconds = life);
        for kiosk in &self.kiosks {
            kiosk.place.sign_in().await?;
        }
        Ok([self.clears("TapdeskSignedOut").await?, self.clears("TapdeskSignInEnding").await?])
    }

    /// It fires, for at least so many, while this is done again and again.
    async fn fires_by(
        &self,
        alert: &'static str,
        kiosks: usize,
        work: impl AsyncFn() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let expression = self.alerts.get(alert).context(alert)?;
        let firing = async {
            while self.query(expression).await?.len() < kiosks {
                work().await?;
            }
            Ok(())
        };
        tokio::time::timeout(DEADLINE, firing).await.context(alert)?
    }

    async fn present_everywhere(&self) -> anyhow::Result<()> {
        for kiosk in &self.kiosks {
            kiosk.present(&kiosk.tile).await?;
        }
        Ok(())
    }

    /// The kiosk that was killed.
    async fn start_again(&mut self, number: usize) -> anyhow::Result<()> {
        let kiosk = &mut self.kiosks[number];
        kiosk.program = Headless::start(&kiosk.place)?;
        kiosk.program.wait_until_it_works(DEADLINE).await;
        Ok(())
    }
}
