//! Who holds what to the reader.

use tapdesk_tests::pn532::Tile;

/// Somebody with a tile, of the simulated service's members or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visitor {
    /// Who it is.
    pub(crate) name: &'static str,
    /// A UID, or `phone`.
    tile: &'static str,
    /// What a tap of theirs does.
    pub(crate) expect: &'static str,
}

impl Visitor {
    /// What they hold to the reader.
    pub(crate) fn tile(self) -> anyhow::Result<Tile> {
        Tile::parse(self.tile)
    }
}

const fn visitor(name: &'static str, tile: &'static str, expect: &'static str) -> Visitor {
    Visitor { name, tile, expect }
}

pub(crate) const ANA: Visitor = visitor(
    "Ana Prieto",
    "04A1B2C3D4E5F6",
    "comes and goes; a second tap at once changes nothing and offers a button instead",
);
pub(crate) const JOSE: Visitor = visitor("José Ángel Núñez", "04A2B2C3D4E5F6", "comes and goes");
pub(crate) const LAYLA: Visitor = visitor("ليلى حداد", "04A5B2C3D4E5F6", "is refused: no pass covers the visit");
pub(crate) const STRANGER: Visitor = visitor("a stranger's tile", "04FFB2C3D4E5F6", "is not known");
pub(crate) const TWINS: Visitor =
    visitor("Noah and Nora Brandt", "04ABB2C3D4E5F6", "share one tile, so neither is checked in");
pub(crate) const PHONE: Visitor = visitor("a phone", "phone", "has another number each time, so it cannot be used");

/// The menu's visitors, by the keys 1 to 9.
pub(crate) const MENU: [Visitor; 9] = [
    ANA,
    JOSE,
    visitor("Séamus O'Connor", "04A4B2C3D4E5F6", "comes and goes with a fob that is on file as a decimal number"),
    LAYLA,
    visitor("Maximilian von Hohenstein-Ravensburg", "04B1B2C3D4E5F6", "is refused with a very long reason"),
    visitor("Olúwáṣeun Adébáyọ̀", "04A7B2C3D4E5F6", "is refused: the membership is not active"),
    STRANGER,
    TWINS,
    PHONE,
];
