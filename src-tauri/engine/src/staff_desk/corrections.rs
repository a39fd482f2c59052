//! What staff put right in a record: a tile's text in a member's, and whose failure it was, and why. The record goes back
//! as it came but for that, and only where it still holds what was shown.

use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::{CoworkerId, FailedCheckinId};
use tapdesk_core::tile::TileId;

use super::StaffDesk;
use super::acts::{Brought, invalid};
use super::audit::{Correction, Deed};
use super::facts::{Put, change, standing};
use super::member::{masked, member_view};
use super::plan::Plan;
use super::view::DeskProblem;
use super::view::acts::{Act, TileField, Warning};
use crate::spaces::governor::Priority;
use crate::spaces::query::Change;
use crate::spaces::records::coworker::{self, Coworker};
use crate::spaces::records::failed_checkin::{self, FailedCheckin};

impl TileField {
    fn property(self) -> &'static str {
        match self {
            Self::AccessCard => "AccessCardId",
            Self::KeyFob => "KeyFobNumber",
        }
    }

    fn of(self, member: &Coworker) -> Option<&str> {
        match self {
            Self::AccessCard => member.access_card_id.as_deref(),
            Self::KeyFob => member.key_fob_number.as_deref(),
        }
    }

    fn set(self, text: Option<&str>) -> Change<Coworker> {
        let field = match self {
            Self::AccessCard => coworker::SET_ACCESS_CARD_ID,
            Self::KeyFob => coworker::SET_KEY_FOB_NUMBER,
        };
        text.map_or_else(|| field.clear(), |text| field.set(text))
    }
}

impl StaffDesk {
    pub(super) async fn plan_link(&self, entry: String, coworker: i64, field: TileField) -> Result<Plan, DeskProblem> {
        let tile = self.kept_tap(&entry).await?.tile.ok_or_else(|| invalid("that tap has no tile to link"))?;
        let found = self.coworker(coworker).await?;
        let (member, before) = (member_view(&found), field.of(&found).map(str::to_owned));
        let mut warnings = Vec::new();
        match self.other_holder(&tile, coworker).await {
            Ok(Some(other)) => {
                let Coworker { member, .. } = other;
                warnings.push(Warning::TileTaken { coworker: member.id.0, name: member.full_name });
            }
            Ok(None) => {}
            Err(_) => warnings.push(Warning::TileNotChecked),
        }
        if self.rooms.directory.has(&found, &tile) {
            warnings.push(Warning::TileTheirs);
        } else if before.is_some() {
            warnings.push(Warning::ReplacesTile);
        }
        warnings.extend(standing(&member));
        // So that other systems that read the record understand it.
        let after = self.rooms.directory.written(&tile);
        let changes = vec![change(field.property(), before.as_deref().map(masked), Some(masked(&after)))];
        let deed = Deed::LinkTile { entry: entry.clone(), coworker, field, before, after };
        let act = Act::LinkTile { entry, coworker, field };
        Ok(Plan { act, deed, member: Some(member), changes, warnings, rests_on: None, makes_sense: true })
    }

    /// Somebody else who has this tile, by the service's word: what is known here may be minutes old.
    async fn other_holder(&self, tile: &TileId, coworker: i64) -> Result<Option<Coworker>, DeskProblem> {
        let (spaces, directory) = (&self.rooms.spaces, &self.rooms.directory);
        let holders = self.heard(directory.holders_now(spaces, tile).await, "Coworker-List")?;
        for other in holders.into_iter().filter(|other| other.0 != coworker) {
            match spaces.client(Priority::Urgent).get::<Coworker>(other).await {
                Ok(found) if directory.has(&found, tile) => return Ok(Some(found)),
                Ok(found) => directory.learn(found),
                Err(Trouble::NotFound) => {}
                Err(trouble) => return self.heard(Err(trouble), "Coworker-Read"),
            }
        }
        Ok(None)
    }

    /// Writes a tile's text where `before` stands, and lets the directory know.
    pub(super) async fn write_tile(
        &self,
        coworker: i64,
        field: TileField,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<Brought, DeskProblem> {
        let (client, id) = (self.rooms.spaces.client(Priority::Urgent), CoworkerId(coworker));
        let mut record = self.heard(client.get_whole::<Coworker>(id).await, "Coworker-Read")?;
        let found = record.known::<Coworker>().ok_or(DeskProblem::Gone)?;
        let stands = field.of(&found);
        if stands != after {
            if stands != before {
                return Err(DeskProblem::Changed);
            }
            record.change(&field.set(after));
            if let Put::Unknown(trouble) = self.put(client.put::<Coworker>(&record).await, "Coworker-Edit")? {
                let written = async || self.coworker(coworker).await.is_ok_and(|found| field.of(&found) == after);
                self.look_for(&trouble, written).await?;
            }
        }
        // The next tap of this tile is this member's at once.
        match client.get::<Coworker>(id).await {
            Ok(fresh) => self.rooms.directory.learn(fresh),
            Err(trouble) => tracing::warn!(trouble = %trouble.sentence(), "a linked tile is known to taps later"),
        }
        Ok(Brought::default())
    }

    pub(super) async fn plan_correction(
        &self,
        failure: i64,
        coworker: Option<i64>,
        description: Option<String>,
    ) -> Result<Plan, DeskProblem> {
        let client = self.rooms.spaces.client(Priority::Urgent);
        let found = client.get::<FailedCheckin>(FailedCheckinId(failure)).await;
        let found = self.heard(found, "FailedCheckin-Read")?;
        let whose = found.coworker.map(|whose| whose.0);
        let act = Act::Correct { failure, coworker, description: description.clone() };
        let member = match coworker.or(whose) {
            Some(member) => Some(member_view(&self.coworker(member).await?)),
            None => None,
        };
        let set = coworker.map(|after| Correction { before: whose, after: Some(after) });
        let set = set.filter(|correction| correction.before != correction.after);
        let text = description.map(|text| Correction {
            before: found.description.clone(),
            after: Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        });
        let text = text.filter(|correction| correction.before != correction.after);
        let mut changes = Vec::new();
        if let Some(Correction { before, after }) = &set {
            changes.push(change("CoworkerId", before.map(|id| id.to_string()), after.map(|id| id.to_string())));
        }
        if let Some(Correction { before, after }) = &text {
            changes.push(change("Description", before.clone(), after.clone()));
        }
        if changes.is_empty() {
            return Err(invalid("nothing would change"));
        }
        let deed = Deed::Correct { failure, member: set, description: text };
        Ok(Plan { act, deed, member, changes, warnings: Vec::new(), rests_on: None, makes_sense: true })
    }

    /// Corrects a failure where what stood there before still stands there.
    pub(super) async fn correct(
        &self,
        failure: i64,
        member: Option<&Correction<i64>>,
        description: Option<&Correction<String>>,
    ) -> Result<Brought, DeskProblem> {
        let (client, id) = (self.rooms.spaces.client(Priority::Urgent), FailedCheckinId(failure));
        let mut record = self.heard(client.get_whole::<FailedCheckin>(id).await, "FailedCheckin-Read")?;
        let found = record.known::<FailedCheckin>().ok_or(DeskProblem::Gone)?;
        let stands = |found: &FailedCheckin, side: Side| {
            let whose = found.coworker.map(|whose| whose.0);
            let by_member = member.is_none_or(|member| side.of(member) == whose.as_ref());
            by_member && description.is_none_or(|text| side.of(text) == found.description.as_ref())
        };
        if stands(&found, Side::After) {
            return Ok(Brought::default());
        }
        if !stands(&found, Side::Before) {
            return Err(DeskProblem::Changed);
        }
        if let Some(Correction { after, .. }) = member {
            let set = failed_checkin::SET_COWORKER;
            record.change(&after.map_or_else(|| set.clear(), |after| set.set(CoworkerId(after))));
        }
        if let Some(Correction { after, .. }) = description {
            let set = failed_checkin::SET_DESCRIPTION;
            record.change(&after.as_deref().map_or_else(|| set.clear(), |after| set.set(after)));
        }
        if let Put::Unknown(trouble) = self.put(client.put::<FailedCheckin>(&record).await, "FailedCheckin-Edit")? {
            let corrected =
                async || client.get::<FailedCheckin>(id).await.is_ok_and(|found| stands(&found, Side::After));
            self.look_for(&trouble, corrected).await?;
        }
        Ok(Brought::default())
    }
}

/// One of the two sides of a correction.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

impl Side {
    fn of<T>(self, correction: &Correction<T>) -> Option<&T> {
        match self {
            Self::Before => correction.before.as_ref(),
            Self::After => correction.after.as_ref(),
        }
    }
}
