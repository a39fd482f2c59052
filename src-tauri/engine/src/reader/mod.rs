//! The reader: a child process that may crash or hang on bad bytes, and its supervisor.
//!
//! - [`child`] is what `tapdesk reader` runs: the polling loop over one driver, printing [`lines`].
//! - [`libnfc`] is the driver, and the only file that names nfc1.
//! - [`field`] judges polls: what came, what went (pure).
//! - [`supervisor`] runs in the kiosk: starts the child, listens, kills it when it falls silent, starts it again.

pub mod child;
pub mod field;
pub mod libnfc;
pub mod lines;
pub mod supervisor;
