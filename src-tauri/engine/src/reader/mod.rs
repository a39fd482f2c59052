//! The reader: a child process that may crash or hang on bad bytes, and its supervisor.
//!
//! - [`child`] is what `tapdesk reader` runs: the loop over one reader of any kind, printing [`lines`].
//! - [`driver`] is what a kind of reader is to it, and finds the reader that is meant.
//! - [`libnfc`] drives chips, and is the only file that names nfc1; [`polled`] asks it again and again, [`connection`] reads
//!   its connection strings.
//! - [`ndef`] reads what is written on a tile with memory (pure).
//! - [`field`] judges polls: what came, what went (pure).
//! - [`supervisor`] runs in the kiosk: starts the child, listens, kills it when it falls silent, starts it again.

pub mod child;
pub(crate) mod connection;
mod driver;
pub mod field;
pub mod libnfc;
pub mod lines;
pub mod ndef;
mod polled;
pub mod supervisor;
