//! What the page is shown of a tap: stage, verdict, reason, offer.

use serde::Serialize;
use tapdesk_core::tile;
use tapdesk_core::verdict::{self, Refusal, Shown};
use tapdesk_engine::settings::kiosk::Reasons;
use tapdesk_engine::visit;
use ts_rs::TS;

/// What the screen is about. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "stage", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Stage {
    Idle,
    Acknowledged {
        entry: String,
        tile: Option<String>,
        at: String,
    },
    Verdict {
        entry: String,
        at: String,
        revised: bool,
        name: Option<String>,
        verdict: Verdict,
        offer: Option<Offer>,
        /// Null until it is known, and where nothing is.
        visit: Option<Visit>,
    },
    /// It cannot work, or staff do not want it to; what is to be said of it may be empty.
    OutOfOrder {
        detail: String,
    },
    /// Staff set it up, or nobody has yet.
    SetUp,
}

/// What is known of the member's visit beside its verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct Visit {
    /// Uses left on the member's passes.
    #[ts(type = "number | null")]
    pub(crate) passes: Option<u64>,
    /// Minutes used in this period.
    #[ts(type = "number | null")]
    pub(crate) minutes: Option<u64>,
    /// This visit was charged as pay-as-you-go.
    pub(crate) pay_as_you_go: bool,
    /// The member's photo, a `data:` address.
    pub(crate) photo: Option<String>,
}

/// What a tap became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Verdict {
    CheckedIn { since: String },
    CheckedOut { since: String, minutes: u32 },
    Refused { reason: Reason },
    UnknownTile { tile: Option<String> },
    AmbiguousTile { tile: Option<String> },
    UnusableTile { why: Unusable },
    Saved,
    Unavailable { why: Unavailable },
}

/// Who refused, and why. A description is plain text as received, whatever it holds.
#[expect(clippy::enum_variant_names, reason = "a service that gives no reason is called that")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Reason {
    Service {
        description: String,
    },
    ServiceWithoutReason,
    Inactive,
    Archived,
    /// Since when, a UTC instant.
    AlreadyIn {
        since: String,
    },
    AlreadyOut,
    /// The operator wants no reasons on the screen.
    Withheld,
}

/// Why a tile cannot stand for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Unusable {
    /// A phone, or a card that changes its number.
    Random,
    /// What it said is no number of a tile.
    Invalid,
    /// It stands for a place.
    Place,
}

/// Why a tap could be neither recorded nor saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Unavailable {
    Offline,
    SignedOut,
    QueueFull,
    NoMemberData,
    NotPermitted,
    Journal,
    Service,
    OutOfOrder,
}

/// What the member may ask for instead, within the repeat window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) enum Offer {
    CheckIn,
    CheckOut,
    TryAgain,
}

impl From<&tapdesk_core::effect::Stage> for Stage {
    fn from(stage: &tapdesk_core::effect::Stage) -> Self {
        use tapdesk_core::effect::Stage as Told;
        match stage {
            Told::Idle => Self::Idle,
            Told::OutOfOrder { note } => Self::OutOfOrder { detail: note.clone() },
            Told::Acknowledged { entry, tile, at } => {
                Self::Acknowledged { entry: entry.to_string(), tile: tile.clone(), at: at.to_rfc3339() }
            }
            Told::Verdict(shown) => Self::Verdict {
                entry: shown.entry.to_string(),
                at: shown.at.to_rfc3339(),
                revised: shown.revised,
                name: shown.name.clone(),
                verdict: Verdict::from(shown),
                offer: shown.offer.map(Offer::from),
                visit: None,
            },
        }
    }
}

impl From<&Shown> for Verdict {
    fn from(shown: &Shown) -> Self {
        use tapdesk_core::verdict::Verdict as Told;
        match &shown.verdict {
            Told::CheckedIn { since } => Self::CheckedIn { since: since.to_rfc3339() },
            Told::CheckedOut { since, until } => Self::CheckedOut {
                since: since.to_rfc3339(),
                minutes: u32::try_from((*until - *since).num_minutes()).unwrap_or_default(),
            },
            Told::Refused(refusal) => Self::Refused { reason: Reason::from(refusal) },
            Told::UnknownTile => Self::UnknownTile { tile: shown.tile.clone() },
            Told::AmbiguousTile => Self::AmbiguousTile { tile: shown.tile.clone() },
            Told::UnusableTile(why) => Self::UnusableTile { why: Unusable::from(*why) },
            Told::Saved => Self::Saved,
            Told::Unavailable(why) => Self::Unavailable { why: Unavailable::from(*why) },
        }
    }
}

impl From<&Refusal> for Reason {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::ByService(Some(description)) => Self::Service { description: description.clone() },
            Refusal::ByService(None) => Self::ServiceWithoutReason,
            Refusal::Inactive => Self::Inactive,
            Refusal::Archived => Self::Archived,
            Refusal::AlreadyIn { since } => Self::AlreadyIn { since: since.to_rfc3339() },
            Refusal::AlreadyOut => Self::AlreadyOut,
        }
    }
}

impl From<tile::Unusable> for Unusable {
    fn from(why: tile::Unusable) -> Self {
        match why {
            tile::Unusable::Random => Self::Random,
            tile::Unusable::Invalid => Self::Invalid,
            tile::Unusable::Place => Self::Place,
        }
    }
}

impl From<verdict::Unavailable> for Unavailable {
    fn from(why: verdict::Unavailable) -> Self {
        match why {
            verdict::Unavailable::Offline => Self::Offline,
            verdict::Unavailable::SignedOut => Self::SignedOut,
            verdict::Unavailable::QueueFull => Self::QueueFull,
            verdict::Unavailable::NoMemberData => Self::NoMemberData,
            verdict::Unavailable::NotPermitted => Self::NotPermitted,
            verdict::Unavailable::Journal => Self::Journal,
            verdict::Unavailable::Service => Self::Service,
            verdict::Unavailable::OutOfOrder => Self::OutOfOrder,
        }
    }
}

impl From<verdict::Offer> for Offer {
    fn from(offer: verdict::Offer) -> Self {
        match offer {
            verdict::Offer::CheckIn => Self::CheckIn,
            verdict::Offer::CheckOut => Self::CheckOut,
            verdict::Offer::TryAgain => Self::TryAgain,
        }
    }
}

impl From<&visit::Visit> for Visit {
    fn from(visit: &visit::Visit) -> Self {
        let allowance = visit.allowance.unwrap_or_default();
        Self {
            passes: allowance.passes,
            minutes: allowance.minutes,
            pay_as_you_go: allowance.pay_as_you_go,
            photo: visit.photo.clone(),
        }
    }
}

impl Stage {
    /// The stage as far as others than the member may read it.
    pub(crate) fn within(mut self, reasons: Reasons) -> Self {
        if let Self::Verdict { verdict: Verdict::Refused { reason }, .. } = &mut self
            && reasons == Reasons::Short
            && !matches!(reason, Reason::AlreadyIn { .. } | Reason::AlreadyOut)
        {
            *reason = Reason::Withheld;
        }
        self
    }

    /// Adds what is known of the visit of this tap, if its verdict is still shown.
    pub(crate) fn add_visit(&mut self, of: &str, known: Visit) {
        if let Self::Verdict { entry, visit, .. } = self
            && entry == of
        {
            *visit = Some(known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(reason: Reason) -> Stage {
        Stage::Verdict {
            entry: "one".to_owned(),
            at: String::new(),
            revised: false,
            name: None,
            verdict: Verdict::Refused { reason },
            offer: None,
            visit: None,
        }
    }

    #[test]
    fn reasons_are_kept_from_the_screen_where_the_operator_wants_it() {
        let service = || refused(Reason::Service { description: "You owe us money.".to_owned() });
        assert_eq!(service().within(Reasons::Full), service());
        assert_eq!(service().within(Reasons::Short), refused(Reason::Withheld));
        assert_eq!(refused(Reason::Inactive).within(Reasons::Short), refused(Reason::Withheld));
        // That nothing changed is no secret, and no refusal.
        for said in [Reason::AlreadyOut, Reason::AlreadyIn { since: String::new() }] {
            assert_eq!(refused(said.clone()).within(Reasons::Short), refused(said));
        }
        assert_eq!(Stage::Idle.within(Reasons::Short), Stage::Idle);
    }

    #[test]
    fn what_is_known_of_a_visit_is_added_to_its_own_verdict_alone() {
        let known = Visit { passes: Some(3), ..Visit::default() };
        let has_it = |stage: &Stage| matches!(stage, Stage::Verdict { visit: Some(visit), .. } if *visit == known);
        let mut stage = refused(Reason::Inactive);
        stage.add_visit("another", known.clone());
        assert!(!has_it(&stage));
        stage.add_visit("one", known.clone());
        assert!(has_it(&stage));
        let mut idle = Stage::Idle;
        idle.add_visit("one", known.clone());
        assert_eq!(idle, Stage::Idle);
    }
}
