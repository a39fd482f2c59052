//! The member directory: kept up to date by passes over the service's list, asked at every tap.
//!
//! A full pass at start and once a day, since records that lost their tile or were deleted show up in no delta; a delta
//! of one call every five minutes, which also tells whether the service is there.

mod ask;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::checkin::Trouble;
use tapdesk_core::event::Event;
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::member::{Identification, Member, MemberIndex};
use tapdesk_core::tile::TileId;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::journal::members::{CopiedMember, MemberCopy};
use crate::names;
use crate::pins::{Found, Pin, PinBook};
use crate::spaces::client::Client;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::spaces::records::coworker::Coworker;
use crate::spaces::walk::Walk;

/// Between two deltas: twelve calls an hour of the fifteen that an idle kiosk may make.
pub const DELTA_EVERY: Duration = Duration::from_mins(5);
/// Between two full passes.
const FULL_EVERY: Duration = Duration::from_hours(24);
/// Pauses after a pass that failed: the first, doubling to the second.
const AGAIN: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(1));
/// How long before its own start a delta looks back: the filter is cut to the minute, clocks drift.
const OVERLAP: TimeDelta = TimeDelta::minutes(2);
/// So often a full pass begins anew where the list changed under it.
const MOST_PASSES: u8 = 2;
/// So many who did not come are asked for one by one in one pass.
const MOST_ASKED_FOR: usize = 100;
/// A full pass that broke off goes on where it was, unless it began longer ago.
const ONE_PASS: Duration = Duration::from_mins(30);

/// The directory.
#[derive(Debug)]
pub struct Directory {
    index: Mutex<MemberIndex>,
    /// Who was known when the program ended last: for taps before the first full pass that the service cannot be asked
    /// about. Nobody is found here whom the service may tell of, since tiles are handed on.
    remembered: Mutex<MemberIndex>,
    /// Where they are kept.
    copy: Option<MemberCopy>,
    /// The members' PINs; none where none is accepted. The copy does not hold them: they are kept in no file.
    pins: Option<Mutex<PinBook>>,
    /// Server time from which the next delta asks; none before the first full pass.
    complete_as_of: watch::Sender<Option<DateTime<Utc>>>,
}

/// A walk over the whole list.
#[derive(Debug)]
struct FullPass {
    walk: Walk<Coworker>,
    began: Instant,
    /// How many walks before this one were in vain.
    again: u8,
}

impl FullPass {
    fn new(spaces: &Spaces) -> Self {
        Self { walk: spaces.members(None), began: Instant::now(), again: 0 }
    }

    fn is_fresh(&self) -> bool {
        self.began.elapsed() < ONE_PASS
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            index: Mutex::default(),
            remembered: Mutex::default(),
            copy: None,
            pins: None,
            complete_as_of: watch::Sender::new(None),
        }
    }
}

impl Directory {
    /// A directory that remembers these members until it has read its own, and keeps those in `copy`.
    pub fn with_copy(copy: MemberCopy, members: Vec<CopiedMember>) -> Self {
        let mut remembered = MemberIndex::default();
        for CopiedMember { member, tile_texts } in members {
            remembered.put(member, tile_texts.iter().map(String::as_str));
        }
        Self { remembered: Mutex::new(remembered), copy: Some(copy), ..Self::default() }
    }

    /// The same directory, which reads the members' PINs too.
    #[must_use]
    pub fn with_pins(self, pins: PinBook) -> Self {
        Self { pins: Some(Mutex::new(pins)), ..self }
    }

    /// Whose tile it is by what is known here; nobody is asked.
    pub(crate) fn identified(&self, tile: &TileId) -> Option<Identification> {
        self.with_index(|index| index.identify(tile))
    }

    /// Whose records have this tile, by what is known here; nobody is asked.
    pub(crate) fn holders(&self, tile: &TileId) -> Vec<CoworkerId> {
        self.with_index(|index| index.holders(tile))
    }

    /// Whether one of the record's texts means this tile.
    pub(crate) fn has(&self, coworker: &Coworker, tile: &TileId) -> bool {
        self.with_index(|index| coworker.tile_texts().any(|text| index.means(text, tile)))
    }

    /// The tile as it is written into a record of this house.
    pub(crate) fn written(&self, tile: &TileId) -> String {
        self.with_index(|index| index.written(tile))
    }

    /// Takes note of a member's record that was read just now.
    pub(crate) fn learn(&self, coworker: Coworker) {
        self.put([coworker]);
    }

    /// The members for whom `fits` holds, by what is known here, now or when the program ended last.
    pub(crate) fn members_that(&self, fits: impl Fn(&Member) -> bool) -> Vec<Member> {
        let found = |index: &MemberIndex| index.members().filter(|member| fits(member)).cloned().collect::<Vec<_>>();
        if self.is_empty() {
            return found(&self.remembered.lock().unwrap_or_else(PoisonError::into_inner));
        }
        self.with_index(|index| found(index))
    }

    /// How many members are known.
    pub fn len(&self) -> usize {
        self.with_index(|index| index.len())
    }

    /// Whether no member is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whose tile it is. On a miss the service is asked before anybody is called unknown; a member who may not check in
    /// is read again first, since that may have changed a minute ago.
    pub async fn identify(&self, spaces: &Spaces, tile: &TileId, priority: Priority) -> Identification {
        let known = self.with_index(|index| index.identify(tile));
        match known {
            Some(Identification::One(member)) if !member.active || member.archived => {
                if let Ok(fresh) = spaces.client(priority).get(member.id).await {
                    self.put([fresh]);
                    return self.with_index(|index| index.identify(tile)).unwrap_or(Identification::Nobody);
                }
                Identification::One(member)
            }
            Some(known) => known,
            None => self.ask(spaces, tile, priority).await.unwrap_or_else(|trouble| self.remember(tile, trouble)),
        }
    }

    /// Who this member is now: by what is known here, and by the service where that would be a refusal, or nothing.
    pub async fn member(&self, spaces: &Spaces, coworker: CoworkerId, priority: Priority) -> Identification {
        let known = self.with_index(|index| index.member(coworker).cloned());
        if let Some(member) = known.clone().filter(|member| member.active && !member.archived) {
            return Identification::One(member);
        }
        match (spaces.client(priority).get::<Coworker>(coworker).await, known) {
            (Ok(fresh), _) => {
                let member = fresh.member.clone();
                self.put([fresh]);
                Identification::One(member)
            }
            (Err(Trouble::NotFound), _) => Identification::Nobody,
            (Err(_), Some(member)) => Identification::One(member),
            (Err(trouble), None) => Identification::NotKnowable(trouble),
        }
    }

    /// Who this member is by what is known here, now or when the program ended last; nobody is asked.
    pub fn known(&self, id: CoworkerId) -> Option<Member> {
        let now = self.with_index(|index| index.member(id).cloned());
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner).member(id).cloned();
        now.or_else(remembered)
    }

    /// Whose PIN it is, by what is known here; nobody is asked. `token` is what [`Directory::find`] gave for a name.
    /// None where no PIN is accepted.
    pub fn whose_pin(&self, pin: &Pin, token: Option<&str>) -> Option<Identification> {
        let holders = self.with_pins_of(|pins| pins.holders(pin, token))?;
        // One of the members who were not read yet may have the same PIN.
        if self.complete_as_of.borrow().is_none() {
            let why = "the member list is not complete yet".to_owned();
            return Some(Identification::NotKnowable(Trouble::NotReady(why)));
        }
        Some(self.with_index(|index| index.one_of(&holders)).unwrap_or(Identification::Nobody))
    }

    /// Whether it has read the members' PINs, which a new directory would have to read again.
    pub(crate) fn holds_pins(&self) -> bool {
        self.pins.is_some() && self.complete_as_of.borrow().is_some()
    }

    /// The members with a PIN who may be meant by a name, a few of them, each under a token that is good until the next
    /// look-up. Nobody where a PIN alone is enough.
    pub fn find(&self, typed: &str) -> Vec<Found> {
        let ids = self.with_pins_of(|pins| pins.found_by_name()).unwrap_or_default();
        let meant = self.with_index(|index| {
            let members = ids.into_iter().filter_map(|id| index.member(id)).filter(|member| !member.archived);
            let meant = members.filter(|member| names::means(typed, member));
            meant.map(|member: &Member| (names::short(member), member.id)).collect::<Vec<_>>()
        });
        self.with_pins_of(|pins| pins.offer(meant)).unwrap_or_default()
    }

    fn with_pins_of<T>(&self, work: impl FnOnce(&mut PinBook) -> T) -> Option<T> {
        self.pins.as_ref().map(|pins| work(&mut pins.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Whose tile it was when the program ended last, where nobody can be asked whose it is now.
    fn remember(&self, tile: &TileId, trouble: Trouble) -> Identification {
        let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        let found = remembered.identify(tile).filter(|_| trouble.passes());
        found.unwrap_or(Identification::NotKnowable(trouble))
    }

    /// Keeps the directory up to date for ever, and tells the desk whether the service was there.
    pub async fn keep_up_to_date(&self, spaces: &Spaces, events: UnboundedSender<Event>) {
        let mut last_full: Option<Instant> = None;
        let mut pass: Option<FullPass> = None;
        let mut pause = AGAIN.0;
        while !events.is_closed() {
            let full_is_due = last_full.is_none_or(|at| at.elapsed() >= FULL_EVERY);
            let began = Instant::now();
            let result = if full_is_due {
                let mut current = pass.take().filter(FullPass::is_fresh).unwrap_or_else(|| FullPass::new(spaces));
                let result = self.full(spaces, &mut current).await;
                pass = result.is_err().then_some(current);
                result
            } else {
                self.delta(spaces).await
            };
            let rest = match &result {
                Ok(()) => {
                    if full_is_due {
                        tracing::info!(
                            members = self.len(),
                            milliseconds = began.elapsed().as_millis(),
                            "member list read"
                        );
                        last_full = Some(began);
                    }
                    pause = AGAIN.0;
                    DELTA_EVERY
                }
                Err(trouble) => {
                    tracing::warn!(trouble = %trouble.sentence(), "the member list could not be read");
                    let rest = pause;
                    pause = (pause * 2).min(AGAIN.1);
                    // What only somebody's help can mend is not asked for every minute.
                    if trouble.passes() { rest } else { DELTA_EVERY }
                }
            };
            if events.send(Event::Observed(result)).is_err() {
                return;
            }
            tokio::time::sleep(rest).await;
        }
    }

    async fn full(&self, spaces: &Spaces, pass: &mut FullPass) -> Result<(), Trouble> {
        let client = spaces.client(Priority::Background);
        self.take_in(&mut pass.walk, client).await?;
        if !pass.walk.is_complete() && pass.again < MOST_PASSES {
            *pass = FullPass { again: pass.again + 1, ..FullPass::new(spaces) };
            return Err(Trouble::Gateway("the member list changed while it was read".to_owned()));
        }
        // Pages move under a walk: whoever did not come is asked for before being taken away.
        let missing = self.with_index(|index| index.ids().filter(|id| !pass.walk.has_seen(*id)).collect::<Vec<_>>());
        for id in missing.into_iter().take(MOST_ASKED_FOR) {
            match client.get::<Coworker>(id).await {
                Ok(member) => self.put([member]),
                Err(Trouble::NotFound) => {
                    self.with_pins_of(|pins| pins.remove(id));
                    self.with_index(|index| index.remove(id));
                }
                Err(trouble) => return Err(trouble),
            }
        }
        self.is_complete_as_of(spaces, pass.began);
        *self.remembered.lock().unwrap_or_else(PoisonError::into_inner) = MemberIndex::default();
        if let Some(copy) = &self.copy {
            copy.keep(self.with_index(|index| index.ids().collect()));
        }
        Ok(())
    }

    /// What changed since the last pass; before the first, nothing can be said to have changed.
    async fn delta(&self, spaces: &Spaces) -> Result<(), Trouble> {
        let since = *self.complete_as_of.borrow();
        let Some(since) = since else { return Ok(()) };
        let began = Instant::now();
        let mut walk = spaces.members(Some(since - OVERLAP));
        self.take_in(&mut walk, spaces.client(Priority::Background)).await?;
        if !walk.is_complete() {
            return Err(Trouble::Gateway("the list of changes changed while it was read".to_owned()));
        }
        self.is_complete_as_of(spaces, began);
        Ok(())
    }

    async fn take_in(&self, walk: &mut Walk<Coworker>, client: Client<'_>) -> Result<(), Trouble> {
        while let Some(members) = walk.next_page(client).await? {
            self.put(members);
        }
        Ok(())
    }

    /// By the server's clock, which is known for sure only now, after its replies.
    fn is_complete_as_of(&self, spaces: &Spaces, began: Instant) {
        let since_then = TimeDelta::from_std(began.elapsed()).unwrap_or_default();
        self.complete_as_of.send_replace(Some(spaces.http().server_time(Utc::now()) - since_then));
    }

    fn put(&self, members: impl IntoIterator<Item = Coworker>) {
        let members: Vec<Coworker> = members.into_iter().collect();
        self.with_pins_of(|pins| {
            for coworker in &members {
                pins.put(coworker.member.id, coworker.access_pincode.as_ref());
            }
        });
        let texts = |coworker: &Coworker| coworker.tile_texts().map(str::to_owned).collect();
        let members: Vec<CopiedMember> = members
            .into_iter()
            .map(|coworker| CopiedMember { tile_texts: texts(&coworker), member: coworker.member })
            .collect();
        self.with_index(|index| {
            for CopiedMember { member, tile_texts } in &members {
                index.put(member.clone(), tile_texts.iter().map(String::as_str));
            }
        });
        if let Some(copy) = &self.copy {
            copy.put(members);
        }
    }

    fn with_index<T>(&self, work: impl FnOnce(&mut MemberIndex) -> T) -> T {
        // No call under this lock can panic half-way through a change that matters.
        work(&mut self.index.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
