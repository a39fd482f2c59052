//! A kiosk's day: its planned taps one after another, each as soon as the last one was acknowledged, with all that goes
//! wrong on the way.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::{Instant, sleep, sleep_until};

use super::kiosk::Kiosk;
use super::ledger::{Ledger, tile_of};
use super::plan::{End, PlannedTap};
use super::weather::Weather;
use crate::kiosk::tap::take_away;
use crate::pn532::{Presence, Tile};

/// How long a tile lies on a reader that works until it is acknowledged; a kiosk that just started needs longer.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(10);
/// How long a tile that was taken away at once may still be acknowledged.
const ACKNOWLEDGED_LATE: Duration = Duration::from_millis(400);
/// The longest wait for a member who may tap again.
const SOMEBODY_COMES_WITHIN: Duration = Duration::from_mins(3);
/// How far down the plan somebody is looked for.
const LOOKS_AHEAD: usize = 200;
/// Between two looks whether somebody may tap again, whom only the clock holds up.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What a kiosk's day needs.
pub(super) struct Day {
    /// The kiosk.
    pub(super) kiosk: Kiosk,
    /// Its taps, in order.
    pub(super) taps: VecDeque<PlannedTap>,
    /// Ids of the members, by their places.
    pub(super) members: Arc<Vec<i64>>,
    /// All that was held and said.
    pub(super) ledger: Arc<Ledger>,
    /// What goes wrong with the service.
    pub(super) weather: Weather,
    /// After a member's verdict, the time until another tap of theirs is one of its own.
    pub(super) window: TimeDelta,
    /// The least time between two taps, for a service that allows few calls.
    pub(super) pace: Duration,
    /// What was done.
    pub(super) done: Done,
}

/// What was done in a day.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Done {
    /// Tiles put down.
    pub(super) laid: usize,
    /// Of those, unsure second ones.
    pub(super) unsure: usize,
    /// Tiles that were never acknowledged, and nothing had ended.
    pub(super) unread: usize,
    /// Kills.
    pub(super) kills: usize,
    /// Of those, of a kiosk that was coming up.
    pub(super) kills_at_start: usize,
    /// Of those, while it sent on what had waited.
    pub(super) kills_in_drain: usize,
    /// Of those, with the tile left on the reader.
    pub(super) kills_with_tile: usize,
    /// Ends by SIGTERM.
    pub(super) terminated: usize,
    /// Cables pulled.
    pub(super) unplugged: usize,
}

/// A tile on the reader.
struct Laid {
    stay: usize,
    presence: Presence,
}

impl Day {
    /// All of it.
    pub(super) async fn pass(mut self) -> anyhow::Result<(Kiosk, Done)> {
        let mut next = Instant::now();
        while !self.taps.is_empty() {
            sleep_until(next).await;
            next = Instant::now() + self.pace;
            self.kiosk.is_ready().await?;
            let tap = self.next().await?;
            self.tap(&tap).await?;
        }
        Ok((self.kiosk, self.done))
    }

    /// The first tap whose member may tap; each member's taps stay in their order.
    async fn next(&mut self) -> anyhow::Result<PlannedTap> {
        let deadline = Instant::now() + SOMEBODY_COMES_WITHIN;
        loop {
            let now = Utc::now();
            let free = {
                let books = self.ledger.books();
                let mut passed = HashSet::new();
                self.taps.iter().take(LOOKS_AHEAD).position(|tap| {
                    let Some(place) = tap.member else { return true };
                    passed.insert(place)
                        && books.free_from(self.members[place], self.window).is_some_and(|from| from <= now)
                })
            };
            if let Some(tap) = free.and_then(|place| self.taps.remove(place)) {
                return Ok(tap);
            }
            anyhow::ensure!(Instant::now() < deadline, "nobody of {} may tap: no verdicts come", self.taps.len());
            // The next one may be held up by the clock alone, so a change of the ledger is not all there is.
            let _: Option<()> = self.ledger.wait(LOOK_EVERY, |_| None).await;
        }
    }

    async fn tap(&mut self, tap: &PlannedTap) -> anyhow::Result<()> {
        tap.troubles.iter().for_each(|trouble| self.weather.bring(trouble));
        let member = tap.member.map(|place| self.members[place]);
        if let Some(end) = tap.end.as_ref().filter(|end| end.in_the_drain) {
            self.acknowledged_tap(member, None).await?;
            self.weather.outage_is_over().await;
            return self.end(end, None).await;
        }
        if let Some(end) = &tap.end {
            let laid = self.lay(member)?;
            sleep(Duration::from_millis(end.after)).await;
            return self.end(end, Some(laid)).await;
        }
        let laid = self.acknowledged_tap(member, tap.removed_after).await?;
        if tap.unsure && self.ledger.books().is_acknowledged(laid.stay) {
            // The reader must have seen that it went, or it is the same tap.
            take_away(&self.kiosk.place.reader, laid.presence).await?;
            self.done.unsure += 1;
            self.acknowledged_tap(member, None).await?;
        }
        if let Some(milliseconds) = tap.unplugged {
            self.done.unplugged += 1;
            self.kiosk.place.reader.unplug();
            sleep(Duration::from_millis(milliseconds)).await;
            self.kiosk.place.reader.replug()?;
        }
        Ok(())
    }

    fn lay(&mut self, member: Option<i64>) -> anyhow::Result<Laid> {
        self.done.laid += 1;
        let tile = Tile::parse(&tile_of(member))?;
        let stay = self.ledger.laid(self.kiosk.number, member, Utc::now());
        let presence = self.kiosk.place.reader.present(tile)?;
        Ok(Laid { stay, presence })
    }

    /// Puts a tile down and takes it away when it was acknowledged, or after so many milliseconds.
    async fn acknowledged_tap(&mut self, member: Option<i64>, removed_after: Option<u64>) -> anyhow::Result<Laid> {
        let laid = self.lay(member)?;
        let stay = laid.stay;
        let acknowledged = if let Some(milliseconds) = removed_after {
            sleep(Duration::from_millis(milliseconds)).await;
            self.take(&laid);
            self.ledger.wait(ACKNOWLEDGED_LATE, |books| books.is_acknowledged(stay).then_some(())).await
        } else {
            let found = self.ledger.wait(ACKNOWLEDGED_WITHIN, |books| books.is_acknowledged(stay).then_some(())).await;
            self.take(&laid);
            found
        };
        self.done.unread += usize::from(acknowledged.is_none());
        Ok(laid)
    }

    fn take(&self, laid: &Laid) {
        self.kiosk.place.reader.remove_presence(laid.presence);
        self.ledger.taken(laid.stay);
    }

    /// Ends the process and starts it again.
    async fn end(&mut self, end: &End, laid: Option<Laid>) -> anyhow::Result<()> {
        if end.in_the_drain {
            sleep(Duration::from_millis(end.after)).await;
        }
        if !end.tile_stays
            && let Some(laid) = &laid
        {
            self.take(laid);
        }
        if end.kill {
            self.kiosk.kill().await?;
            self.done.kills += 1;
            self.done.kills_in_drain += usize::from(end.in_the_drain);
            self.done.kills_with_tile += usize::from(end.tile_stays && laid.is_some());
        } else {
            self.kiosk.terminate().await?;
            self.done.terminated += 1;
        }
        self.kiosk.start()?;
        if let Some(milliseconds) = end.once_more {
            sleep(Duration::from_millis(milliseconds)).await;
            self.kiosk.kill().await?;
            self.done.kills += 1;
            self.done.kills_at_start += 1;
            self.kiosk.start()?;
        }
        if let Some(laid) = laid.filter(|_| end.tile_stays) {
            let (stay, began) = (laid.stay, Utc::now());
            let read_again = |since: DateTime<Utc>| {
                move |books: &super::ledger::Books| {
                    books.taps_of(stay).any(|tap| tap.acknowledged.is_some_and(|at| at > since)).then_some(())
                }
            };
            // A kiosk that knows the tap from before its end need not acknowledge it again.
            self.kiosk.is_ready().await?;
            self.ledger.wait(ACKNOWLEDGED_LATE, read_again(began)).await;
            self.take(&laid);
        }
        Ok(())
    }
}
