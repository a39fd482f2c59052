//! Members as the kiosk needs to know them, and the index from a tile to a member.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use crate::ids::CoworkerId;
use crate::tile::TileId;
use crate::tile_format::{TileFormat, eight_digits};
use crate::tile_house::{Evidence, Kind};
use crate::tile_text::{Key, is_same_text, keys, means, means_typed, means_uid, readings_of_typed};
use crate::uid::Uid;

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
    by_tile: HashMap<Key, Holders>,
    evidence: Evidence,
}

/// Its texts are kept as they are: they take less room than the tiles that they can mean, and say more.
#[derive(Debug)]
struct Indexed {
    member: Member,
    texts: Box<[Box<str>]>,
}

impl Indexed {
    fn keys(&self) -> BTreeSet<Key> {
        self.texts.iter().flat_map(|text| keys(text)).collect()
    }
}

/// Whose records can mean one tile; nearly always one member's.
#[derive(Debug)]
enum Holders {
    One(CoworkerId),
    Several(Box<[CoworkerId]>),
}

impl Holders {
    fn ids(&self) -> &[CoworkerId] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }

    fn with(&self, id: CoworkerId) -> Self {
        Self::Several(self.ids().iter().copied().chain([id]).collect())
    }

    fn without(&self, id: CoworkerId) -> Option<Self> {
        let rest: Vec<CoworkerId> = self.ids().iter().copied().filter(|&holder| holder != id).collect();
        match rest.as_slice() {
            [] => None,
            [one] => Some(Self::One(*one)),
            _ => Some(Self::Several(rest.into())),
        }
    }
}

impl MemberIndex {
    /// Puts a member in, or replaces what was known of them; `tile_texts` are the record's tile fields as written.
    pub fn put<'a>(&mut self, member: Member, tile_texts: impl IntoIterator<Item = &'a str>) {
        let id = member.id;
        self.remove(id);
        let indexed = Indexed { member, texts: tile_texts.into_iter().map(Box::from).collect() };
        for key in indexed.keys() {
            match self.by_tile.entry(key) {
                Entry::Vacant(place) => drop(place.insert(Holders::One(id))),
                Entry::Occupied(mut place) => {
                    let holders = place.get().with(id);
                    place.insert(holders);
                }
            }
        }
        indexed.texts.iter().for_each(|text| self.evidence.add(text));
        self.members.insert(id, indexed);
    }

    /// Forgets a member.
    pub fn remove(&mut self, id: CoworkerId) {
        let Some(indexed) = self.members.remove(&id) else { return };
        for key in indexed.keys() {
            if let Entry::Occupied(mut place) = self.by_tile.entry(key) {
                match place.get().without(id) {
                    Some(holders) => drop(place.insert(holders)),
                    None => drop(place.remove()),
                }
            }
        }
        indexed.texts.iter().for_each(|text| self.evidence.remove(text));
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
    /// leaves. Any other doubt is [`Identification::Several`], also where only one of the members has the tile as this
    /// house writes it: a wrong guess would be charged to somebody.
    ///
    /// What a reader of an unknown format typed is first the tile of whose record says the same, and only where nobody's
    /// does, of whose record means what it can mean.
    pub fn identify(&self, tile: &TileId) -> Option<Identification> {
        match tile.typed() {
            None => self.one_of(&self.holders(tile)),
            Some(typed) => {
                let (same, others) = self.holders_of_typed(typed);
                self.one_of(&same).or_else(|| self.one_of(&others))
            }
        }
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
    pub fn holders(&self, tile: &TileId) -> Vec<CoworkerId> {
        match tile.uid() {
            None => tile
                .typed()
                .map(|typed| self.holders_of_typed(typed))
                .map_or_else(Vec::new, |(same, others)| same.into_iter().chain(others).collect()),
            Some(uid) if uid.is_small() => {
                let kind = self.evidence.kind();
                self.those(&keys_of(uid, kind), |text| means_uid(text, uid, kind))
            }
            Some(uid) => self.by_tile.get(&Key::Uid(uid)).map(|holders| holders.ids().to_vec()).unwrap_or_default(),
        }
    }

    /// Whose records say what was typed, and whose mean something that it can mean.
    fn holders_of_typed(&self, typed: &str) -> (Vec<CoworkerId>, Vec<CoworkerId>) {
        let kind = self.evidence.kind();
        let meant = readings_of_typed(typed, kind).into_iter().flat_map(|reading| keys_of(reading.uid, kind));
        let keys: Vec<Key> = meant.chain(Key::typed(typed)).collect();
        let same = self.those(&keys, |text| is_same_text(text, typed));
        let mut others = self.those(&keys, |text| means_typed(text, typed, kind));
        others.retain(|id| !same.contains(id));
        (same, others)
    }

    /// The members with one of these keys and a text that fits.
    fn those(&self, keys: &[Key], fits: impl Fn(&str) -> bool) -> Vec<CoworkerId> {
        let ids = keys.iter().filter_map(|key| self.by_tile.get(key)).flat_map(Holders::ids).copied();
        let ids: BTreeSet<CoworkerId> = ids.collect();
        let has = |id: &CoworkerId| self.members.get(id).is_some_and(|held| held.texts.iter().any(|text| fits(text)));
        ids.into_iter().filter(has).collect()
    }

    /// Whether a record's text means this tile, as far as is known here of how this house writes.
    pub fn means(&self, text: &str, tile: &TileId) -> bool {
        means(text, tile, self.evidence.kind())
    }

    /// How this house writes its tiles, where enough of its records agree.
    pub fn house_format(&self) -> Option<TileFormat> {
        self.evidence.house().map(|house| house.format)
    }

    /// The tile as it is written into a record of this house; where nothing is known of that, its canonical UID. What was
    /// typed stays as it is.
    pub fn written(&self, tile: &TileId) -> String {
        let as_the_house = self.evidence.house().and_then(|house| house.write(tile));
        as_the_house.unwrap_or_else(|| tile.as_text().to_owned())
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

/// What the texts that can mean this UID are found by.
fn keys_of(uid: Uid, kind: Option<Kind>) -> Vec<Key> {
    let eight = eight_digits(uid).filter(|_| kind == Some(Kind::Facility));
    [Some(uid), eight].into_iter().flatten().map(Key::Uid).collect()
}

#[cfg(test)]
mod tests;
