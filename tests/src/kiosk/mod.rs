//! Drives the built Tapdesk from outside, as an operator would: by its command line, configuration and lines.
//!
//! Needs a session bus with an unlocked key store, which `./dev test` and `./dev demo` start.

pub mod disk;
pub mod display;
mod driver;
pub mod eye;
pub mod family;
pub mod headless;
pub mod pixels;
pub mod place;
pub mod reader_process;
pub mod served;
pub mod shown;
pub mod sound_card;
mod staff;
pub mod station;
pub mod tap;
pub mod window;
