//! What happens to the world that `machine` lives in.

use proptest::prelude::*;

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) enum Happening {
    /// A member taps at a kiosk.
    Tap {
        kiosk: bool,
        anas: bool,
    },
    /// A member types their PIN there, or one that is nobody's, or several members'.
    Pin {
        kiosk: bool,
        whose: u8,
    },
    Pass(i64),
    /// A question of a kiosk is answered in one of many ways: the oldest one, or another one, since replies overtake each
    /// other.
    Answer {
        kiosk: bool,
        which: u8,
        how: u8,
    },
    /// A write whose reply was lost is carried out now.
    CommitLate,
    Away(bool),
    Press,
    DiskFull(bool),
    /// The power goes after so many more effects; what was on its way to the service arrives, arrives late, or never.
    PowerCut {
        kiosk: bool,
        after: u8,
        on_its_way: u8,
    },
    ClockJumps(i64),
    /// Staff want something of one of a kiosk's taps, as the journal has it.
    Staff {
        kiosk: bool,
        which: u8,
        how: u8,
    },
}

/// Anything in any order; with or without jumps of the clock.
pub(super) fn happenings(jumps: bool) -> impl Strategy<Value = Vec<Happening>> {
    let happening = prop_oneof![
        6 => any::<(bool, bool)>().prop_map(|(kiosk, anas)| Happening::Tap { kiosk, anas }),
        3 => any::<(bool, u8)>().prop_map(|(kiosk, whose)| Happening::Pin { kiosk, whose }),
        6 => (0i64..40).prop_map(Happening::Pass),
        20 => (any::<bool>(), prop_oneof![3 => Just(0), 1 => 0u8..4], any::<u8>())
            .prop_map(|(kiosk, which, how)| Happening::Answer { kiosk, which, how }),
        2 => Just(Happening::CommitLate),
        2 => any::<bool>().prop_map(Happening::Away),
        4 => prop_oneof![Just(Happening::Press), any::<bool>().prop_map(Happening::DiskFull)],
        2 => (any::<bool>(), 0u8..12, any::<u8>())
            .prop_map(|(kiosk, after, on_its_way)| Happening::PowerCut { kiosk, after, on_its_way }),
        4 => (any::<bool>(), any::<u8>(), any::<u8>())
            .prop_map(|(kiosk, which, how)| Happening::Staff { kiosk, which, how }),
        u32::from(jumps) => (-4000i64..4000).prop_map(Happening::ClockJumps),
    ];
    prop::collection::vec(happening, 1..140)
}
