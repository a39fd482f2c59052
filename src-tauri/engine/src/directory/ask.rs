//! What the service is asked for where nobody here has a tile.

use std::time::Duration;

use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::member::Identification;
use tapdesk_core::tile::TileId;

use super::{Directory, OVERLAP};
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::spaces::records::coworker;

/// How long a tap waits for the first full pass before nobody can say whose tile it is.
const FIRST_PASS: Duration = Duration::from_secs(4);

impl Directory {
    /// What the service is asked for to find the tile: as this house writes it, then as a kiosk does that knows no house.
    /// All spellings are known of whoever did not change; to ask for each would cost a tap's share of the budget.
    fn asked(&self, tile: &TileId) -> (String, Option<String>) {
        let written = self.written(tile);
        let canonical = Some(tile.as_text()).filter(|canonical| *canonical != written).map(str::to_owned);
        (written, canonical)
    }

    /// Whose records have this tile after the service was asked for what changed lately, and for the tile.
    pub(crate) async fn holders_now(&self, spaces: &Spaces, tile: &TileId) -> Result<Vec<CoworkerId>, Trouble> {
        let client = spaces.client(Priority::Urgent);
        let since = *self.complete_as_of.borrow();
        let Some(since) = since else {
            return Err(Trouble::NotReady("the member list is not complete yet".to_owned()));
        };
        self.take_in(&mut spaces.members(Some(since - OVERLAP)), client).await?;
        let (written, canonical) = self.asked(tile);
        for text in [Some(written), canonical].into_iter().flatten() {
            for filter in [coworker::ACCESS_CARD_ID, coworker::KEY_FOB_NUMBER] {
                self.put(spaces.members_by(filter, &text, Priority::Urgent).await?);
            }
        }
        Ok(self.holders(tile))
    }

    /// Whose tile it is after the service was asked.
    pub(super) async fn ask(
        &self,
        spaces: &Spaces,
        tile: &TileId,
        priority: Priority,
    ) -> Result<Identification, Trouble> {
        let mut complete = self.complete_as_of.subscribe();
        let since = *complete.borrow();
        if let Some(since) = since {
            // One page and no more: whoever stands there does not wait for a list that changed all over.
            let mut changed = spaces.members(Some(since - OVERLAP));
            if let Some(members) = changed.next_page(spaces.client(priority)).await? {
                self.put(members);
            }
            if let Some(found) = self.with_index(|index| index.identify(tile)) {
                return Ok(found);
            }
        }
        // A tile changed without a new `UpdatedOn` is found by its text, if the service's filters work.
        let (written, canonical) = self.asked(tile);
        for filter in [coworker::ACCESS_CARD_ID, coworker::KEY_FOB_NUMBER] {
            self.put(spaces.members_by(filter, &written, priority).await?);
        }
        if let Some(found) = self.with_index(|index| index.identify(tile)) {
            return Ok(found);
        }
        // Where the house writes otherwise, a fourth call and no more: for who was linked before that was known.
        if let Some(canonical) = canonical {
            self.put(spaces.members_by(coworker::ACCESS_CARD_ID, &canonical, priority).await?);
            if let Some(found) = self.with_index(|index| index.identify(tile)) {
                return Ok(found);
            }
        }
        let first_pass = tokio::time::timeout(FIRST_PASS, complete.wait_for(Option::is_some)).await;
        if !matches!(first_pass, Ok(Ok(_))) {
            return Err(Trouble::NotReady("the member list is not complete yet".to_owned()));
        }
        drop(first_pass);
        Ok(self.with_index(|index| index.identify(tile)).unwrap_or(Identification::Nobody))
    }
}
