//! A tap that changes nothing: whose tile it is, and what would be done.

use chrono::Utc;
use tapdesk_core::checkin::{Attempt, Decision, Direction, TapFacts, decide};
use tapdesk_core::member::Identification;
use tapdesk_core::policy::NameDisplay;
use tapdesk_core::tile::TileId;

use super::view::Test;
use crate::directory::Directory;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;

/// What this tile would become at this location; only reads.
pub(super) async fn look_up(spaces: &Spaces, directory: &Directory, tile: &TileId, names: NameDisplay) -> Test {
    let masked = Some(tile.masked());
    let member = match directory.identify(spaces, tile, Priority::Urgent).await {
        Identification::One(member) if !member.active || member.archived => return Test::Inactive(masked),
        Identification::One(member) => member,
        Identification::Nobody => return Test::Unknown(masked),
        Identification::Several => return Test::Ambiguous(masked),
        Identification::NotKnowable(trouble) => return Test::Trouble(trouble.sentence()),
    };
    let records = match spaces.checkins(member.id, Priority::Urgent).await {
        Ok(records) => records,
        Err(trouble) => return Test::Trouble(trouble.sentence()),
    };
    let tap = TapFacts { coworker: member.id, tapped_at: Utc::now(), wanted: None, late: None };
    let direction = match decide(tap, &records) {
        Decision::Send(Attempt::Close { .. }) => Direction::Out,
        _ => Direction::In,
    };
    Test::Member { tile: masked, name: names.shown(&member), direction }
}
