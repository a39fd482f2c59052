//! The fleet's file: one signed file that an operator puts on any web server, and that kiosks which are told its address
//! fetch now and then (FLEET.md). It is a layer of the configuration, and tells a kiosk to be out of order or to begin anew.
//!
//! - `file` is what it may say, and whether it is for this kiosk now; `signature` whose it is (both pure).
//! - `poll` looks at what is published, by `fetch`.
//! - `state` is what is known of it, with the rules for its versions (pure); `store` keeps that, durably.
//! - `trial` watches a configuration that was taken over from it (pure).
//! - `follow` does all this while a desk runs; `at_the_door` while one is opened.

mod at_the_door;
mod fetch;
mod file;
mod follow;
mod poll;
pub(crate) mod signature;
mod state;
pub(crate) mod store;
mod trial;

use chrono::{DateTime, Utc};

use self::fetch::{Client, Tags};
use self::poll::{Found, NotFound};
use self::store::Store;
use crate::settings::Settings;

pub(crate) use self::at_the_door::{failed, opened};
pub(crate) use self::follow::{Rooms, follow};

/// How a kiosk stands to its fleet's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetState {
    /// The version that is in force.
    pub version: Option<u64>,
    /// The newest file.
    pub newest: Newest,
    /// When what is published was looked at last.
    pub polled: Option<DateTime<Utc>>,
}

/// How it stands with the newest file; what there is to say of it is in English.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Newest {
    /// It is in force, or there is none yet.
    #[default]
    Used,
    /// It is on trial, or waits for its time.
    Waits(String),
    /// It cannot be taken.
    NotTaken(String),
    /// It did not work here, and the one before was put back.
    RolledBack(String),
    /// What is published cannot be got.
    NotReached(String),
}

impl Newest {
    /// What there is to say.
    pub fn sentence(&self) -> Option<&str> {
        match self {
            Self::Used => None,
            Self::Waits(why) | Self::NotTaken(why) | Self::RolledBack(why) | Self::NotReached(why) => Some(why),
        }
    }
}

/// Looks at what is published and at what is kept here, and says how both are; none where no fleet is followed. Nothing is
/// taken. Else what is wrong, and what to do.
pub async fn examine(settings: &Settings) -> Option<Result<String, (String, String)>> {
    let (url, _) = settings.fleet.followed()?;
    let store = Store::of(&settings.fleet, &settings.data_dir)?;
    let wrong = |what: String, advice: &str| Some(Err((what, advice.to_owned())));
    let state = match store.read() {
        Ok(state) => state,
        Err(error) => {
            let what = format!("{}: {error}", store.path().display());
            return wrong(
                what,
                "let this user read the file; one that is damaged may be removed, and is fetched again",
            );
        }
    };
    let in_force = match state.in_force.as_ref().map(|signed| store.open(signed)) {
        None => "none is in force".to_owned(),
        Some(Ok(file)) => format!("version {} is in force", file.version),
        Some(Err(why)) => {
            let what = format!("{}: the file in force {why}; it is left out", store.path().display());
            return wrong(what, "let the kiosk run: it fetches the file again");
        }
    };
    let looked = match Client::new() {
        Ok(client) => poll::look(&client, url, &Tags::default()).await,
        Err(why) => Err(NotFound::NotReached(why)),
    };
    let judged = match looked {
        Ok(Found::Another(signed, tags)) => store.open(&signed).and_then(|file| {
            let mut state = state.clone();
            state.accept(signed, &file, tags).map(|_| file.version)
        }),
        Ok(Found::Unchanged) => return Some(Ok(in_force)),
        Err(NotFound::NotReached(why)) => {
            return wrong(format!("{in_force}; {why}"), "check the network, and `fleet.url`");
        }
        Err(NotFound::NoUse(why)) => Err(why),
    };
    match judged {
        Err(why) => wrong(format!("{in_force}; the published file {why}"), "publish another, or correct `fleet.*`"),
        Ok(version) => match state.bad(version) {
            Some(bad) => {
                let what = format!("{in_force}; version {version} did not work here: {}", bad.why);
                wrong(what, "publish what works with a higher version")
            }
            None => Some(Ok(format!("{in_force}; version {version} is published"))),
        },
    }
}
