//! Members as the kiosk needs to know them, and the index from a tile to a member.

use std::collections::{BTreeSet, HashMap};

use crate::ids::CoworkerId;
use crate::tile::TileId;
use crate::tile_text::tiles_meant_by;

/// What Tapdesk keeps of a Coworker record: enough to know whose tile it is, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// `Id`.
    pub id: CoworkerId,
    /// `FullName`.
    pub full_name: String,
    /// The name the member wants to be called: `Salutation`, else `GuessedFirstName`, where the service has one.
    pub called: Option<String>,
    /// `Active`: the account may check in.
    pub active: bool,
    /// `Archived`: the record is kept for the books only.
    pub archived: bool,
}

/// Whose tile or PIN it is, as far as can be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identification {
    /// Exactly one member has it.
    One(Member),
    /// Two members or more have it.
    Several,
    /// No member has it; the service was asked too.
    Nobody,
    /// Not in the local directory, and the service could not be asked: nobody can say.
    NotKnowable(crate::checkin::Trouble),
}

/// The local member directory: members by id, and the tiles that their records' texts can mean.
#[derive(Debug, Default)]
pub struct MemberIndex {
    members: HashMap<CoworkerId, Indexed>,
    by_tile: HashMap<TileId, Vec<CoworkerId>>,
}

#[derive(Debug)]
struct Indexed {
    member: Member,
    tiles: BTreeSet<TileId>,
}

impl MemberIndex {
    /// Puts a member in, or replaces what was known of them; `tile_texts` are the record's tile fields as written.
    pub fn put<'a>(&mut self, member: Member, tile_texts: impl IntoIterator<Item = &'a str>) {
        let id = member.id;
        self.remove(id);
        let tiles: BTreeSet<TileId> = tile_texts.into_iter().flat_map(tiles_meant_by).collect();
        for tile in &tiles {
            self.by_tile.entry(tile.clone()).or_default().push(id);
        }
        self.members.insert(id, Indexed { member, tiles });
    }

    /// Forgets a member.
    pub fn remove(&mut self, id: CoworkerId) {
        let Some(indexed) = self.members.remove(&id) else { return };
        for tile in &indexed.tiles {
            if let Some(holders) = self.by_tile.get_mut(tile) {
                holders.retain(|&holder| holder != id);
                if holders.is_empty() {
                    self.by_tile.remove(tile);
                }
            }
        }
    }

    /// The ids of all members.
    pub fn ids(&self) -> impl Iterator<Item = CoworkerId> {
        self.members.keys().copied()
    }

    /// The member with this id.
    pub fn member(&self, id: CoworkerId) -> Option<&Member> {
        self.members.get(&id).map(|indexed| &indexed.member)
    }

    /// Whose tile it is by what is known here; `None` when nobody here has it.
    ///
    /// An archived record loses its claim to a member who is not archived, since a tile is handed on when somebody
    /// leaves. Any other doubt is [`Identification::Several`]: a wrong guess would be charged to somebody.
    pub fn identify(&self, tile: &TileId) -> Option<Identification> {
        self.one_of(self.by_tile.get(tile)?)
    }

    /// Which of these members it is who all have the same tile or PIN; `None` where none of them is known. Decided as
    /// for tiles.
    pub fn one_of(&self, holders: &[CoworkerId]) -> Option<Identification> {
        let holders: Vec<&Member> = holders.iter().filter_map(|&id| self.member(id)).collect();
        let current: Vec<&Member> = holders.iter().copied().filter(|member| !member.archived).collect();
        let claims = if current.is_empty() { holders } else { current };
        match claims.as_slice() {
            [] => None,
            [one] => Some(Identification::One((*one).clone())),
            _ => Some(Identification::Several),
        }
    }

    /// Whose records have this tile, whatever becomes of them at a tap.
    pub fn holders(&self, tile: &TileId) -> &[CoworkerId] {
        self.by_tile.get(tile).map(Vec::as_slice).unwrap_or_default()
    }

    /// All members, in no order.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.values().map(|indexed| &indexed.member)
    }

    /// How many members are known.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether no member is known.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tile::TileReading;

    fn tile(hex: &str) -> TileId {
        match TileReading::of_hex(hex) {
            TileReading::Usable(tile) => tile,
            TileReading::Unusable(why) => panic!("{why:?}"),
        }
    }

    fn member(id: i64) -> Member {
        Member { id: CoworkerId(id), full_name: format!("Member {id}"), called: None, active: true, archived: false }
    }

    #[test]
    fn one_holder_two_holders_nobody() {
        let mut index = MemberIndex::default();
        index.put(member(1), ["04A1B2C3D4E5F6"]);
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(1))));
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F7")), None);
        index.put(member(2), ["", "F6:E5:D4:C3:B2:A1:04"]);
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::Several));
        index.put(member(2), ["11223344"]);
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(1))));
    }

    #[test]
    fn a_tile_in_both_fields_is_one_claim() {
        let mut index = MemberIndex::default();
        index.put(member(1), ["04A1B2C3D4E5F6", "04:A1:B2:C3:D4:E5:F6"]);
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(1))));
    }

    #[test]
    fn an_archived_record_gives_way_and_an_inactive_one_does_not() {
        let mut index = MemberIndex::default();
        let archived = Member { archived: true, active: false, ..member(1) };
        index.put(archived.clone(), ["04A1B2C3D4E5F6"]);
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(archived)));
        index.put(member(2), ["04A1B2C3D4E5F6"]);
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::One(member(2))));
        index.put(Member { active: false, ..member(3) }, ["04A1B2C3D4E5F6"]);
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), Some(Identification::Several));
    }

    #[test]
    fn who_is_gone_leaves_nothing_behind() {
        let mut index = MemberIndex::default();
        index.put(member(1), ["04A1B2C3D4E5F6"]);
        index.put(member(2), ["11223344"]);
        index.remove(CoworkerId(1));
        assert_eq!(index.ids().collect::<Vec<_>>(), [CoworkerId(2)]);
        assert_eq!((index.len(), index.is_empty()), (1, false));
        assert_eq!(index.identify(&tile("04A1B2C3D4E5F6")), None);
        assert!(index.by_tile.values().all(|holders| !holders.is_empty()));
    }
}
