//! The readers of a kiosk: one as a rule, or one for each way through a door.

/// Which of the kiosk's readers: its place in the configuration, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ReaderPlace(pub u8);
