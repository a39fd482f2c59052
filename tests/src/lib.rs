//! The proving ground's simulators: honest peers of what Tapdesk meets in the field, with no knowledge of Tapdesk.

pub mod pn532;
pub mod spaces;
