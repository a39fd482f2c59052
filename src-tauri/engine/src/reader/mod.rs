//! The reader: a child process that may crash or hang on bad bytes, and its supervisor.
//!
//! - [`child`] is what `tapdesk reader` runs: the loop over one reader of any kind, printing [`lines`].
//! - [`driver`] is what a kind of reader is to it, and finds the reader that is meant.
//! - [`libnfc`] drives chips, and is the only file that names nfc1; [`polled`] asks it again and again, [`connection`] reads
//!   its connection strings.
//! - [`ndef`] reads what is written on a tile with memory (pure).
//! - [`keyboard`] takes readers that type, and is the only file that names evdev; [`keyboards`] finds them, [`typed`] reads
//!   what they type (pure).
//! - [`field`] judges polls: what came, what went (pure).
//! - [`pcsc`] has the system's smart-card service drive readers, and is the only file that names its crate; [`choice`] finds
//!   the reader that is meant by its name, [`slot`] judges what the service says of it (both pure).
//! - [`learn`] finds out how a reader writes the numbers that it types.
//! - [`supervisor`] runs in the kiosk: starts the child, listens, kills it when it falls silent, starts it again.

pub mod child;
mod choice;
pub(crate) mod connection;
pub(crate) mod driver;
pub mod field;
#[cfg(target_os = "linux")]
mod keyboard;
pub(crate) mod keyboards;
pub mod learn;
#[cfg(target_os = "linux")]
pub mod libnfc;
pub mod lines;
pub mod ndef;
pub(crate) mod pcsc;
#[cfg(target_os = "linux")]
mod polled;
mod slot;
pub mod supervisor;
#[cfg(target_os = "linux")]
mod typed;
