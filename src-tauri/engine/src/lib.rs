//! All of Tapdesk's input and output: the reader process, the Spaces API, the journal, the key store, the settings,
//! and the one loop that ties them to the core's desk.
//!
//! This room knows no window: what there is to show goes to a [`screen::Screen`].

pub mod appearance;
pub mod backlight;
mod charge;
pub mod colour;
pub mod controller;
pub mod crashes;
pub mod device;
pub mod directory;
pub mod doctor;
mod durable;
pub mod fleet;
mod folder;
pub mod journal;
pub mod keys;
#[cfg(target_os = "linux")]
pub mod kiosk_session;
mod link;
pub mod location;
mod lock;
mod logbook;
pub mod names;
mod out_of_order;
pub mod pad;
pub mod pins;
pub mod presence;
mod programs;
pub mod reader;
pub mod recorder;
mod reload;
mod resolving;
pub mod rights;
pub mod screen;
pub mod service;
pub mod set_up;
pub mod settings;
pub mod sound;
pub mod spaces;
pub mod speech;
pub mod staff_desk;
pub mod supervise;
pub mod support;
pub mod telemetry;
pub mod unit;
pub mod updates;
pub mod visit;
