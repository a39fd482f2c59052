//! The Spaces API: the only room that speaks to the service.
//!
//! - [`desk`] makes the calls of one location's desk.
//! - [`client`] is the whole API, typed: every entity of [`records`] by the five verbs.
//! - [`query`] says what a list is asked for and what is changed in a record, spelled as published.
//! - [`walk`] walks over all pages of a list.
//! - [`http`] sends one call: token, budget, time limits, throttling, the server's clock.
//! - [`governor`] keeps the budget of calls; `pace` says how fast they may go.
//! - [`outcome`] judges a reply by status, headers and body (pure); [`replies`] are what it can hold.
//! - [`records`], [`reading`] and [`whole`] read records, tolerant of every shape that the service may send (pure).
//! - [`witness`] is told of each call.
//! - [`session`] keeps the sign-in; `token` asks the endpoint for it.

pub mod client;
pub mod desk;
pub mod governor;
pub mod http;
pub mod outcome;
mod pace;
pub mod query;
pub mod reading;
pub mod records;
pub mod replies;
pub mod session;
mod token;
pub mod walk;
pub mod whole;
pub mod witness;
