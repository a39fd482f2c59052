//! The proving ground: simulators of what Tapdesk meets in the field, which know nothing of Tapdesk, and what drives the
//! built program from outside.

pub mod collector;
pub mod figures;
pub mod fleet;
pub mod kiosk;
mod left_out;
pub mod machine;
pub mod outage;
pub mod pn532;
pub mod prometheus;
pub mod smart_cards;
pub mod spaces;
pub mod torture;
#[cfg(target_os = "linux")]
pub mod typing_reader;

pub use left_out::left_out;
