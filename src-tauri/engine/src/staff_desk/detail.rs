//! One failure with all that is known of it. What the account may not read is missing alone, and named.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tapdesk_core::checkin::{CheckinRecord, Trouble};
use tapdesk_core::explain::{Facts, MemberFacts, TileNow, Told, VisitFacts, explain};
use tapdesk_core::hours::Opening;
use tapdesk_core::ids::{BusinessId, CoworkerId, EntryId, FailedCheckinId, TimePassId};
use tapdesk_core::member::Identification;
use tapdesk_core::now::to_the_second;
use tapdesk_core::tile::TileId;

use super::StaffDesk;
use super::list::LIST;
use super::member::{member_view, open_checkins, pass_facts, pass_view};
use super::question::reported_tile;
use super::readings::told;
use super::view::DeskProblem;
use super::view::acts::ActKind;
use super::view::detail::{ActOffer, FailureDetail, Known, OpenCheckin, Property, TapView};
use super::view::failures::{FailureKey, FailureKind, FailureRow};
use crate::journal::{Concern, KeptTap};
use crate::spaces::governor::Priority;
use crate::spaces::query::{Filter, Query};
use crate::spaces::records::business::Business;
use crate::spaces::records::coworker::Coworker;
use crate::spaces::records::coworker_time_pass::CoworkerTimePass;
use crate::spaces::records::failed_checkin::{self, FailedCheckin};
use crate::spaces::records::time_pass::TimePass;
use crate::spaces::replies::Page;

/// Whoever looks at a failure waits no longer for one part of it.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many of their kinds are looked up.
const KINDS: usize = 3;
/// Half of the day around an attempt within which other refusals of the member are counted.
const HALF_A_DAY: TimeDelta = TimeDelta::hours(12);
/// How many refusals of a member within a day are read.
const REFUSALS: u32 = 100;

/// What a failure is about.
struct Subject {
    row: FailureRow,
    recorded: Vec<Property>,
    told: Told,
    coworker: Option<CoworkerId>,
    /// Where the attempt was made.
    location: Option<BusinessId>,
    tap: Option<KeptTap>,
}

/// What was read of the member.
struct Circumstances {
    member: Known<Coworker>,
    passes: Known<Page<CoworkerTimePass>>,
    /// Kinds of pass that do not count at this location.
    elsewhere: HashSet<TimePassId>,
    checkins: Known<Vec<CheckinRecord>>,
}

impl StaffDesk {
    /// All that is known of a failure.
    pub async fn failure(&self, key: FailureKey) -> Result<FailureDetail, DeskProblem> {
        let subject = match key {
            FailureKey::Record { id } => Box::pin(self.record(FailedCheckinId(id))).await?,
            FailureKey::Tap { entry } => self.own_tap(&entry).await?,
        };
        // Boxed, since together they are too large for a stack.
        let (circumstances, tile, closed, times) = tokio::join!(
            Box::pin(self.circumstances(subject.coworker)),
            Box::pin(self.tile_now(&subject)),
            Box::pin(self.was_closed(&subject)),
            Box::pin(self.times(&subject)),
        );
        let now = self.rooms.spaces.http().server_time(Utc::now());
        let facts = self.facts(&subject, &circumstances, tile, (closed, times), now);
        let here = self.rooms.settings.spaces.business_id;
        let open = circumstances.checkins.map(|checkins| open_checkins(&checkins));
        Ok(FailureDetail {
            readings: explain(&facts).into_iter().map(Into::into).collect(),
            offers: self.offers(&subject, &facts, &open),
            member: circumstances.member.map(|member| member_view(&member)),
            passes: circumstances.passes.map(|page| {
                page.records.iter().map(|pass| pass_view(pass, here, &circumstances.elsewhere, now)).collect()
            }),
            open_checkins: open,
            tap: subject.tap.as_ref().map(tap_view),
            recorded: subject.recorded,
            row: subject.row,
        })
    }

    async fn record(&self, id: FailedCheckinId) -> Result<Subject, DeskProblem> {
        let client = self.rooms.spaces.client(Priority::Background);
        let (record, recorded) = match self.part("FailedCheckin-Read", client.get_whole::<FailedCheckin>(id)).await {
            Ok(whole) => {
                let recorded =
                    whole.properties().map(|(name, value)| Property { name: name.to_owned(), value }).collect();
                (whole.known::<FailedCheckin>().ok_or(DeskProblem::Gone)?, recorded)
            }
            // Who may only list finds it there.
            Err(DeskProblem::NotPermitted { .. }) => {
                let by_id = Query::new().is(Filter::<FailedCheckin, i64>::named("FailedCheckin_Id"), id.0);
                let page = self.part(LIST, client.list(&by_id)).await?;
                let record = page.records.into_iter().find(|record| record.id == id).ok_or(DeskProblem::Gone)?;
                let recorded = listed(&record);
                (record, recorded)
            }
            Err(problem) => return Err(problem),
        };
        let tap = self.tap_of(&record).await;
        let (told, coworker, location) = (told(record.description.as_deref()), record.coworker, record.business);
        let row = self.row_of(record, location != Some(self.rooms.settings.spaces.business_id));
        Ok(Subject { row, recorded, told, coworker, location, tap })
    }

    /// The tap of this kiosk that a record tells of: made in that second, with the tile that is named or by that member.
    async fn tap_of(&self, record: &FailedCheckin) -> Option<KeptTap> {
        let second = to_the_second(record.attempted_at?);
        let taps = self.rooms.journal.taps_between(second, second + TimeDelta::seconds(1)).await;
        let taps =
            taps.inspect_err(|error| tracing::warn!(%error, "the tap of a failure could not be looked up")).ok()?;
        let reported = record.description.as_deref().and_then(reported_tile);
        let is_meant = |tap: &KeptTap| match reported {
            Some(reported) => tap.tile.as_ref().is_some_and(|tile| tile.masked() == reported),
            None => tap.coworker.is_some() && tap.coworker == record.coworker,
        };
        let mut meant: Vec<KeptTap> = taps.into_iter().filter(is_meant).collect();
        // Two tiles that end alike in one second are nobody's to tell apart.
        meant.dedup_by(|one, other| one.tile == other.tile);
        if meant.len() == 1 { meant.pop() } else { None }
    }

    async fn own_tap(&self, entry: &str) -> Result<Subject, DeskProblem> {
        let id: EntryId = entry.parse().map_err(|_| DeskProblem::Gone)?;
        let tap = self.rooms.journal.tap(id).await?.ok_or(DeskProblem::Gone)?;
        let row = self.tap_row(&tap).ok_or(DeskProblem::Gone)?;
        let told = if tap.concern == Concern::Unusable { Told::UnusableTile } else { Told::Nothing };
        let (coworker, location) = (tap.coworker, Some(self.rooms.settings.spaces.business_id));
        Ok(Subject { recorded: kept(&row), row, told, coworker, location, tap: Some(tap) })
    }

    /// One part, as far as the account may read it: what it may not is asked for once.
    async fn part<T>(&self, role: &str, call: impl Future<Output = Result<T, Trouble>>) -> Result<T, DeskProblem> {
        if self.lacking.has(role) {
            return Err(DeskProblem::NotPermitted { role: role.to_owned() });
        }
        let answer = tokio::time::timeout(PATIENCE, call).await.unwrap_or(Err(Trouble::Throttled));
        self.heard(answer, role)
    }

    async fn circumstances(&self, coworker: Option<CoworkerId>) -> Circumstances {
        let Some(coworker) = coworker else {
            let (member, passes, checkins) = (Known::Nothing, Known::Nothing, Known::Nothing);
            return Circumstances { member, passes, elsewhere: HashSet::new(), checkins };
        };
        let spaces = &self.rooms.spaces;
        let client = spaces.client(Priority::Background);
        let (member, passes, checkins) = tokio::join!(
            self.part("Coworker-Read", client.get::<Coworker>(coworker)),
            self.part("CoworkerTimePass-List", spaces.passes(coworker, Priority::Background)),
            self.part("Checkin-List", spaces.checkins(coworker, Priority::Background)),
        );
        let passes = Known::from(passes);
        let elsewhere = match passes.known() {
            Some(page) => self.kinds_elsewhere(&page.records, Priority::Background).await,
            None => HashSet::new(),
        };
        Circumstances { member: member.into(), passes, elsewhere, checkins: checkins.into() }
    }

    /// Of the passes that look valid: their kinds that do not count here. A pass says where it was sold, its kind where it
    /// counts; where the account may not read that, what the pass says has to do.
    pub(super) async fn kinds_elsewhere(&self, passes: &[CoworkerTimePass], priority: Priority) -> HashSet<TimePassId> {
        let here = self.rooms.settings.spaces.business_id;
        let now = self.rooms.spaces.http().server_time(Utc::now());
        let valid = passes.iter().filter(|pass| pass_facts(pass, Some(here), &HashSet::new()).is_valid(now));
        let kinds: BTreeSet<TimePassId> = valid.filter_map(|pass| pass.time_pass).map(TimePassId).collect();
        let client = self.rooms.spaces.client(priority);
        let mut elsewhere = HashSet::new();
        for id in kinds.into_iter().take(KINDS) {
            if let Ok(kind) = self.part("TimePass-Read", client.get::<TimePass>(id)).await
                && !(kind.businesses.is_empty() || kind.businesses.contains(&here))
            {
                elsewhere.insert(id);
            }
        }
        elsewhere
    }

    /// Whose the tile is now, where this kiosk saw it.
    async fn tile_now(&self, subject: &Subject) -> TileNow {
        let of_nobody = subject.told != Told::Nothing || subject.coworker.is_none();
        let Some(tile) = subject.tap.as_ref().and_then(|tap| tap.tile.as_ref()).filter(|_| of_nobody) else {
            return TileNow::NotKnown;
        };
        let asked = self.rooms.directory.identify(&self.rooms.spaces, tile, Priority::Background);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Identification::One(member)) => TileNow::Of { coworker: member.id, name: member.full_name },
            Ok(Identification::Several) => TileNow::Several,
            Ok(Identification::Nobody) => TileNow::Nobody,
            Ok(Identification::NotKnowable(_)) | Err(_) => TileNow::NotKnown,
        }
    }

    /// Whether this location was closed at the attempt, by the hours of now.
    async fn was_closed(&self, subject: &Subject) -> Option<bool> {
        let here = self.rooms.settings.spaces.business_id;
        let at = subject.row.attempted_at.filter(|_| subject.location == Some(here))?;
        let client = self.rooms.spaces.client(Priority::Background);
        let read = async || {
            self.part("Business-Read", client.get::<Business>(here)).await.map(|location| location.opening_hours)
        };
        let hours = (*self.hours.get_or_try_init(read).await.ok()?)?;
        Some(matches!(hours.at(self.zone.local(at)), Opening::Closed { .. }))
    }

    /// How often the member was refused there within a day around the attempt, it included.
    async fn times(&self, subject: &Subject) -> Option<u32> {
        let (coworker, location, at) = (subject.coworker?, subject.location?, subject.row.attempted_at?);
        let query = Query::new()
            .is(failed_checkin::COWORKER, coworker)
            .is(failed_checkin::BUSINESS, location)
            .at_least(failed_checkin::ATTEMPTED_AT, at - HALF_A_DAY)
            .at_most(failed_checkin::ATTEMPTED_AT, at + HALF_A_DAY)
            .size(REFUSALS);
        let page = self.part(LIST, self.rooms.spaces.client(Priority::Background).list(&query)).await.ok()?;
        let counts = |record: &&FailedCheckin| {
            let near = record.attempted_at.is_some_and(|attempted| (attempted - at).abs() <= HALF_A_DAY);
            near && record.coworker == Some(coworker) && record.business == Some(location)
        };
        u32::try_from(page.records.iter().filter(counts).count()).ok()
    }

    fn facts(
        &self,
        subject: &Subject,
        circumstances: &Circumstances,
        tile: TileNow,
        (closed, times): (Option<bool>, Option<u32>),
        now: DateTime<Utc>,
    ) -> Facts {
        let passes = circumstances.passes.known();
        let is_here = subject.location == Some(self.rooms.settings.spaces.business_id);
        let visits = |checkins: &Vec<CheckinRecord>| {
            checkins.iter().map(|visit| VisitFacts { from: visit.from, to: visit.to }).collect()
        };
        let nowhere = HashSet::new();
        let elsewhere = if is_here { &circumstances.elsewhere } else { &nowhere };
        // Of a tap that nobody was found for, only what holds now can be said.
        let told = match (subject.told, subject.coworker, &tile) {
            (Told::Nothing, None, TileNow::Nobody) => Told::UnknownTile,
            (Told::Nothing, None, TileNow::Several) => Told::AmbiguousTile,
            (told, ..) => told,
        };
        Facts {
            now,
            attempted_at: subject.row.attempted_at,
            told,
            tile,
            member: circumstances.member.known().map(|coworker| MemberFacts {
                active: coworker.member.active,
                archived: coworker.member.archived,
                plan: coworker.tariff_name.clone(),
                changed_at: coworker.common.updated_on,
            }),
            plan_then: subject.row.tariff.clone(),
            passes: passes
                .map(|page| page.records.iter().map(|pass| pass_facts(pass, subject.location, elsewhere)).collect()),
            passes_are_all: passes.is_some_and(|page| !page.has_next && page.unreadable == 0),
            visits: circumstances.checkins.known().filter(|_| is_here).map(visits),
            closed,
            times,
        }
    }

    /// What can be done, the likeliest first.
    fn offers(&self, subject: &Subject, facts: &Facts, open: &Known<Vec<OpenCheckin>>) -> Vec<ActOffer> {
        let is_here = subject.location == Some(self.rooms.settings.spaces.business_id);
        let is_in = open.known().is_some_and(|open| !open.is_empty());
        let tile = subject.tap.as_ref().and_then(|tap| tap.tile.as_ref());
        let can_be_linked = tile.is_some() && matches!(facts.tile, TileNow::Nobody | TileNow::NotKnown);
        let needs_staff = subject.row.kind == FailureKind::NeedsStaff;
        let is_record = subject.row.kind == FailureKind::FailedCheckin;
        let all = [
            (ActKind::LinkTile, can_be_linked && (subject.coworker.is_none() || subject.told != Told::Nothing)),
            (ActKind::Retry, needs_staff),
            (ActKind::CheckIn, is_here && !is_in),
            (ActKind::CloseCheckin, is_in),
            (ActKind::Correct, is_record),
            (ActKind::Dismiss, needs_staff),
        ];
        let offered = all.into_iter().filter(|(_, offered)| *offered);
        offered.map(|(act, _)| ActOffer { act, lacking: self.lacking(act) }).collect()
    }
}

impl<T> Known<T> {
    /// It, where it is known.
    pub(super) fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value } => Some(value),
            Self::Nothing | Self::Problem { .. } => None,
        }
    }

    fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Known { value } => Known::Known { value: change(value) },
            Self::Nothing => Known::Nothing,
            Self::Problem { problem } => Known::Problem { problem },
        }
    }
}

impl<T> From<Result<T, DeskProblem>> for Known<T> {
    fn from(read: Result<T, DeskProblem>) -> Self {
        match read {
            Ok(value) => Self::Known { value },
            Err(problem) => Self::Problem { problem },
        }
    }
}

fn tap_view(tap: &KeptTap) -> TapView {
    TapView { entry: tap.entry.to_string(), tile: tap.tile.as_ref().map(TileId::masked), at: tap.tapped_at }
}

fn property(name: &str, value: Option<String>) -> Property {
    Property { name: name.to_owned(), value }
}

/// What a list tells of a record, by the service's names.
fn listed(record: &FailedCheckin) -> Vec<Property> {
    let time = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339());
    vec![
        property("Id", Some(record.id.to_string())),
        property("UniqueId", record.common.unique_id.clone()),
        property("CoworkerId", record.coworker.map(|id| id.to_string())),
        property("CoworkerFullName", record.coworker_full_name.clone()),
        property("BusinessId", record.business.map(|id| id.to_string())),
        property("BusinessName", record.business_name.clone()),
        property("CheckinAttemptTime", time(record.attempted_at)),
        property("CheckinAttemptTimeLocal", record.attempted_at_local.map(|at| at.to_string())),
        property("Source", record.source.as_ref().map(ToString::to_string)),
        property("MacAddresses", record.mac_addresses.clone()),
        property("TeamsAtTheTimeOfCheckin", record.teams.clone()),
        property("TariffAtTheTimeOfCheckin", record.tariff.clone()),
        property("Description", record.description.clone()),
        property("CreatedOn", time(record.common.created_on)),
        property("UpdatedOn", time(record.common.updated_on)),
        property("UpdatedBy", record.common.updated_by.clone()),
    ]
}

/// What the journal has of a tap, by the names of a record.
fn kept(row: &FailureRow) -> Vec<Property> {
    let entry = match &row.key {
        FailureKey::Tap { entry } => Some(entry.clone()),
        FailureKey::Record { .. } => None,
    };
    vec![
        property("Entry", entry),
        property("CoworkerId", row.coworker.map(|id| id.to_string())),
        property("CheckinAttemptTime", row.attempted_at.map(|at| at.to_rfc3339())),
        property("Source", row.source.map(|source| source.to_string())),
        property("Tile", row.tile.clone()),
        property("Description", row.description.clone()),
    ]
}
