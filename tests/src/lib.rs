//! The proving ground: simulators of what Tapdesk meets in the field, which know nothing of Tapdesk, and what drives the
//! built program from outside.

pub mod kiosk;
pub mod machine;
pub mod pn532;
pub mod spaces;
pub mod torture;
