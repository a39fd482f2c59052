//! Tapdesk's rules, and nothing else.
//!
//! This room knows what a tap can become and who decides it. It is told the time, never asks for it; it has no
//! clock, disk, network or thread, and no operation here can fail: what went wrong outside arrives as a value.
//! The engine feeds [`desk::Desk`] with [`event::Event`]s and carries out the [`effect::Effect`]s it answers with.

pub mod checkin;
pub mod counts;
pub mod desk;
pub mod effect;
pub mod entry;
pub mod event;
pub mod explain;
pub mod hours;
pub mod ids;
pub mod member;
pub mod now;
pub mod pin;
pub mod place;
pub mod policy;
pub mod reader;
pub mod resolution;
pub mod set_up;
pub mod tile;
pub mod tile_format;
mod tile_house;
mod tile_text;
mod uid;
pub mod verdict;
