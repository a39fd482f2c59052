//! The Spaces API: the only room that speaks HTTP.
//!
//! - [`client`] offers the calls that a desk needs, typed.
//! - [`http`] sends one call: token, time limits, throttling, the server's clock.
//! - [`outcome`] judges a reply by status, headers and body (pure).
//! - [`records`] reads records from JSON, tolerant of every shape that the service may send (pure).
//! - [`session`] keeps the sign-in.

pub mod client;
pub mod http;
pub mod outcome;
pub mod records;
pub mod session;
