//! How the kiosk is, and what happened last.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// How the kiosk is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Health {
    /// When this was found.
    pub at: DateTime<Utc>,
    /// Each once, in the order in which they are shown.
    pub checks: Vec<HealthCheck>,
    /// How long taps take, of the last thousand since the program began.
    pub latencies: Vec<Latency>,
    /// Program and libraries by their names.
    pub versions: Vec<Version>,
    /// Where each value of the configuration comes from.
    pub configuration: Vec<ConfigurationLine>,
    /// When the program began.
    pub began: DateTime<Utc>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct HealthCheck {
    /// What.
    pub what: HealthKind,
    /// How it is.
    pub state: HealthState,
    /// The figure that goes with it, in the unit that [`HealthKind`] names; null where there is none.
    pub figure: Option<i64>,
    /// Since when, or until when, where that is known.
    pub moment: Option<DateTime<Utc>>,
    /// A name, or what the machine says, in English.
    pub detail: Option<String>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum HealthKind {
    /// The reader; `detail` is its name, or why it does not work.
    Reader,
    /// The connection; `detail` says why there is none; `moment`: since when.
    Link,
    /// The sign-in; `figure`: days left, `moment`: its end.
    SignIn,
    /// The clock; `figure`: by how many seconds the service's is ahead.
    Clock,
    /// Taps that wait; `figure`: how many, `moment`: the oldest.
    Queue,
    /// Taps that staff must look at; `figure`: how many.
    NeedsStaff,
    /// Whether taps can be stored; `detail` says why not.
    Storage,
    /// Calls of the last minute; `figure`: percent of what the service allows.
    Budget,
    /// The configuration; `figure`: its version, `detail`: why a new one was not taken.
    Configuration,
    /// Rights; `detail`: the roles that are missing.
    Rights,
    /// Updates of the program; `detail`: the version that is ready, or why one could not be installed; `moment`: when it
    /// will be. Left out where nobody keeps the program up to date.
    Update,
    /// The fleet's file; `figure`: the version in force, `detail`: why the newest is not, or not yet; `moment`: when what is
    /// published was looked at last. Left out where none is followed.
    Fleet,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// Good.
    Good,
    /// Somebody should look at it.
    Attention,
    /// It does not work.
    Problem,
}

/// How long one part of a tap takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Latency {
    /// Which part.
    pub part: LatencyPart,
    /// Of how many taps.
    pub count: u32,
    /// Half of them took no longer, in microseconds.
    pub p50_us: u64,
    /// 95 of a hundred.
    pub p95_us: u64,
    /// 99 of a hundred.
    pub p99_us: u64,
    /// The longest.
    pub max_us: u64,
}

/// A part of a tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(rename_all = "snake_case")]
pub enum LatencyPart {
    /// From the reader's answer to the engine's knowing of it.
    Reader,
    /// What the engine itself took: storing, deciding.
    Engine,
    /// Waiting for the service.
    Service,
    /// From the scene's being sent to its being painted.
    Paint,
    /// From the reader's answer to the painted verdict; where nothing is painted, to the verdict.
    Whole,
}

/// A program or library, and which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A value of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct ConfigurationLine {
    /// Such as `tap.repeat_window_s`.
    pub key: String,
    /// As TOML.
    pub value: String,
    /// The file or environment variable; empty for the default.
    pub origin: String,
}

/// Something that happened, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
pub struct Happened {
    /// Grows by one.
    pub number: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    #[serde(flatten)]
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "../../../ui/src/bindings/staff_desk.ts"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happening {
    /// A tap is known.
    Acknowledged {
        /// The tile, masked.
        tile: Option<String>,
        /// The tap.
        entry: String,
    },
    /// What a tap became.
    Verdict {
        /// The tap.
        entry: String,
        /// The verdict's kind.
        verdict: String,
        /// The member's id, never the name.
        coworker: Option<i64>,
        /// A later word on an earlier verdict.
        revised: bool,
    },
    /// The reader.
    Reader {
        /// Whether it works.
        works: bool,
        /// Its name, or why not.
        detail: Option<String>,
    },
    /// The connection.
    Link {
        /// How it is.
        state: super::LinkKind,
        /// Why.
        detail: Option<String>,
    },
    /// The queue.
    Queue {
        /// Taps that wait.
        waiting: u64,
        /// Taps that staff must look at.
        needs_staff: u64,
    },
    /// Whether taps can be stored.
    Storage {
        /// They can.
        works: bool,
        /// Why not.
        detail: Option<String>,
    },
    /// The clocks.
    Clock {
        /// By how many seconds the service's is ahead; null where they agree.
        ahead_s: Option<i64>,
    },
    /// Another configuration.
    Configuration {
        /// Whether it was taken over.
        taken: bool,
        /// Why not.
        detail: Option<String>,
    },
    /// The program began, or the desk did after another configuration.
    Began,
}
