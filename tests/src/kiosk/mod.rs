//! Drives the built Tapdesk from outside, as an operator would: by its command line, configuration and lines.
//!
//! Needs a session bus with an unlocked key store, which `./dev test` and `./dev demo` start.

pub mod station;
