//! From what the service and the journal hold to the facts of a refusal, and from its explanation to the page.

use tapdesk_core::desk::{NOBODY_HAS, SEVERAL_HAVE};
use tapdesk_core::explain::{self, Told};

use super::question::reported_tile;
use super::view::detail::Reading;

/// What a reason says of the tile, where it is one of the desk's reports.
pub(super) fn told(description: Option<&str>) -> Told {
    match description.filter(|description| reported_tile(description).is_some()) {
        Some(report) if report.starts_with(NOBODY_HAS) => Told::UnknownTile,
        Some(report) if report.starts_with(SEVERAL_HAVE) => Told::AmbiguousTile,
        _ => Told::Nothing,
    }
}

impl From<explain::Reading> for Reading {
    fn from(reading: explain::Reading) -> Self {
        use explain::Reading as Core;
        match reading {
            Core::UnknownTile => Self::UnknownTile,
            Core::AmbiguousTile => Self::AmbiguousTile,
            Core::UnusableTile => Self::UnusableTile,
            Core::TileLinkedSince { coworker, name } => Self::TileLinkedSince { coworker: coworker.0, name },
            Core::NotActive => Self::NotActive,
            Core::Archived => Self::Archived,
            Core::ChangedSince { at } => Self::ChangedSince { at },
            Core::NoPassNoPlan => Self::NoPassNoPlan,
            Core::NoPass { plan } => Self::NoPass { plan },
            Core::PassesUsedUp { at } => Self::PassesUsedUp { at },
            Core::PassesExpired { at } => Self::PassesExpired { at },
            Core::PassesCancelled => Self::PassesCancelled,
            Core::PassesElsewhere => Self::PassesElsewhere,
            Core::PassValidNow { name } => Self::PassValidNow { name },
            Core::PlanChanged { then, now } => Self::PlanChanged { then, now },
            Core::AlreadyIn { since } => Self::AlreadyIn { since },
            Core::CameInSince { at } => Self::CameInSince { at },
            Core::Closed => Self::Closed,
            Core::Repeated { times } => Self::Repeated { times },
            Core::NotKnown => Self::NotKnown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_report_of_the_desk_tells_of_a_tile() {
        let cases = [
            (Some("No member has tile …E5F6."), Told::UnknownTile),
            (Some("Several members have tile …E5F6."), Told::AmbiguousTile),
            (Some("No member has the PIN that was typed."), Told::Nothing),
            (Some("No valid pass"), Told::Nothing),
            (None, Told::Nothing),
        ];
        for (description, expected) in cases {
            assert_eq!(told(description), expected, "{description:?}");
        }
    }
}
