//! What is known about updates, as it stands in state.json: for whoever asks, and for the run that goes on after a power
//! cut. It holds no secret; everybody on the machine may read it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// All that is known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The version that was installed when it was looked at last.
    pub installed: Option<String>,
    /// When the repository was asked last.
    pub looked: Option<DateTime<Utc>>,
    /// Why it does not answer; none while it does.
    pub trouble: Option<Trouble>,
    /// Why what is ready could not be got; none while nothing is in the way.
    pub not_got: Option<Trouble>,
    /// A version that is newer than the installed one and not known to be bad.
    pub ready: Option<String>,
    /// When that one will be installed; none where somebody has to do it.
    pub next: Option<DateTime<Utc>>,
    /// Versions that did not work here, oldest first. They are not installed again by themselves.
    pub bad: Vec<Bad>,
    /// What the last update came to.
    pub last: Option<Last>,
    /// The update that was begun and is not over.
    pub under_way: Option<UnderWay>,
}

/// Something that does not work, and may again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What the machine says, in English.
    pub why: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A version that did not work here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bad {
    /// Which.
    pub version: String,
    /// What was wrong, in English.
    pub why: String,
    /// When that was found.
    pub at: DateTime<Utc>,
}

/// What an update came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// How it ended.
    pub ending: Ending,
    /// The version that was to be installed.
    pub version: String,
    /// Why it ended so, in English; none where all went well.
    pub why: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// How an update ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The new version runs.
    Updated,
    /// It was given up before anything was changed.
    Abandoned,
    /// The version before runs again.
    RolledBack,
    /// The new version does not work well, and the one before not with what the new one has stored.
    Stayed,
    /// The package system or both versions fail: somebody has to see to it.
    Stuck,
}

/// An update that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "facts that have nothing to do with each other")]
pub struct UnderWay {
    /// The version that ran before.
    pub from: String,
    /// The version that is to run.
    pub to: String,
    /// What is being done: it was begun, and perhaps not finished.
    pub step: Step,
    /// How often that step was begun anew.
    #[serde(default)]
    pub tries: u32,
    /// When the update began.
    pub began: DateTime<Utc>,
    /// Whether a kiosk runs here, which is stopped and started.
    pub kiosk: bool,
    /// Whether that said that it was out of order before anything was changed.
    #[serde(default)]
    pub out_of_order: bool,
    /// Whether a quiet moment is waited for.
    #[serde(default)]
    pub patient: bool,
    /// For how many seconds the new version is watched before it counts as good.
    #[serde(default)]
    pub watch_s: u64,
    /// Whether installed files were, or may have been, changed.
    #[serde(default)]
    pub changed: bool,
    /// How it was just before the new version was started for the first time; none before that.
    #[serde(default)]
    pub start: Option<StartMark>,
    /// Whether the new version may have acknowledged a tap.
    #[serde(default)]
    pub ready: Reached,
    /// Why it is undone, in English.
    #[serde(default)]
    pub why: Option<String>,
    /// Whether the way back failed as well.
    #[serde(default)]
    pub stuck: bool,
}

/// By what a start can be told from those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartMark {
    /// The kernel's id of this boot.
    pub boot: String,
    /// When the kiosk said last that it was ready: microseconds since the boot; 0 for never.
    pub entered: u64,
}

/// Whether the new version said that it is ready. Before that it reads no tile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// It never did.
    #[default]
    No,
    /// It did.
    Yes,
    /// The machine went down meanwhile.
    Unknown,
}

/// What is done to install an update, and to undo it. Each can be done again after it was cut off at any point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Gets the packages of both versions and what the new one needs.
    Fetch,
    /// Stops the kiosk.
    Stop,
    /// Copies its journal.
    CopyJournal,
    /// Installs the new version.
    Install,
    /// Starts it, until it says that it is ready.
    Start,
    /// Watches whether it stays.
    Watch,
    /// Stops it again: from here on everything is undone.
    Halt,
    /// Installs the version before.
    InstallOld,
    /// Puts the copied journal back.
    PutJournalBack,
    /// Starts the version before.
    StartOld,
    /// It does not work with what the new one stored: stops it.
    HaltOld,
    /// Installs the new version all the same.
    InstallAgain,
    /// Starts it.
    StartAgain,
}

impl Step {
    /// Whether the kiosk must not be started by anything else meanwhile.
    pub fn holds_kiosk(self) -> bool {
        !matches!(self, Self::Fetch | Self::Start | Self::Watch | Self::StartOld | Self::StartAgain)
    }
}

impl State {
    /// Whether this version did not work here.
    pub fn is_bad(&self, version: &str) -> bool {
        self.bad.iter().any(|bad| bad.version == version)
    }
}
