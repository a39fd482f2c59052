//! Updates of a Tapdesk that was installed from a package: when one is installed, and the way back where it does not work.
//!
//! [`plan`] decides what comes next and knows no machine; the other files carry it out by apt-get, dpkg and systemctl.
//! Three things make it safe. What is done is noted durably before it is done, so that a run after a power cut goes on or
//! undoes it. The package that works is kept before anything is touched. And the journal is put back only where the new
//! version never said that it is ready: before that it reads no tile, so no tap that was acknowledged is lost.

mod apt;
mod journal_copy;
pub mod plan;
mod run;
pub mod state;
mod store;
pub mod told;
mod unit;

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Local, Utc};
use serde::Deserialize;
use thiserror::Error;

use self::plan::Decision;
use self::run::Machine;
use self::state::{Ending, Last, Reached, State, Step, UnderWay};
use self::store::Store;
use crate::programs::Programs;
use crate::settings::MANAGED_FILE;
use crate::settings::updates::UpdatesSettings;
use crate::unit::KIOSK;

/// How long a new version is watched before it counts as good, where nobody says otherwise.
pub const WATCHED_FOR: Duration = Duration::from_mins(1);

/// Where the updater finds what it needs.
#[derive(Debug, Clone)]
pub struct Places {
    /// Its own folder.
    pub folder: PathBuf,
    /// The managed configuration. What a kiosk's user may write is never looked at: this runs as root.
    pub managed: PathBuf,
    /// The kiosk user's home.
    pub kiosk_home: PathBuf,
    /// apt's entry of Tapdesk's own repository.
    pub sources: PathBuf,
    /// apt's own packages.
    pub cache: PathBuf,
    /// Where the kernel tells the id of this boot.
    pub boot: PathBuf,
    /// Where programs are found, in the place of PATH.
    pub path: Option<OsString>,
}

impl Default for Places {
    /// As a package installs them.
    fn default() -> Self {
        Self {
            folder: "/var/lib/tapdesk-update".into(),
            managed: MANAGED_FILE.into(),
            kiosk_home: "/var/lib/tapdesk".into(),
            sources: "/etc/apt/sources.list.d/tapdesk.sources".into(),
            cache: "/var/cache/apt/archives".into(),
            boot: "/proc/sys/kernel/random/boot_id".into(),
            path: None,
        }
    }
}

/// Why a step failed, in a sentence.
type Complaint = String;

/// Why nothing could be done.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// Another run is at it.
    #[error("another update is being worked on; wait until it is over (`tapdesk update state`)")]
    Busy,
    /// A file or folder cannot be used.
    #[error("{path}: {why}", path = .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The managed configuration says nothing that could be understood.
    #[error("{path}: {why}; nothing is installed while it is not clear when that may be", path = .path.display())]
    Configuration {
        /// The file.
        path: PathBuf,
        /// What is wrong there.
        why: String,
    },
    /// The package system says no.
    #[error("{0}")]
    Packages(String),
    /// There is no version to go back to.
    #[error("there is no kept package of an earlier version in {}; install one by hand: apt install --allow-downgrades ./FILE.deb", .0.display())]
    NothingKept(PathBuf),
}

impl UpdateError {
    fn file(path: &Path, error: &std::io::Error) -> Self {
        let advice = if error.kind() == ErrorKind::PermissionDenied { "; run this as root" } else { "" };
        Self::File { path: path.to_path_buf(), why: format!("{error}{advice}") }
    }
}

/// What the updater reads of the managed configuration; everything else there is the kiosk's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Managed {
    updates: UpdatesSettings,
    data_dir: Option<PathBuf>,
}

/// Keeps this machine's Tapdesk up to date.
#[derive(Debug)]
pub struct Updater {
    places: Places,
    /// How long a new version is watched.
    watch: Duration,
}

/// What was found and done.
#[derive(Debug)]
pub struct Outcome {
    /// All that is known now.
    pub state: State,
    /// What the update came to that was worked on; none where there was none.
    pub last: Option<Last>,
}

impl Updater {
    /// `watch`: how long a new version must run well before it counts as good.
    pub fn new(places: Places, watch: Duration) -> Self {
        Self { places, watch }
    }

    /// Asks the repository, and says what is ready. Nothing is installed.
    pub fn check(&self) -> Result<Outcome, UpdateError> {
        self.with(|machine, state| {
            look(machine, state, true)?;
            decide(machine, state, false, false)?;
            Ok(None)
        })
    }

    /// Installs what is ready, where the configuration lets it be installed at this hour. `asked`: at any hour, and also a
    /// version that did not work here before.
    pub fn install(&self, asked: bool) -> Result<Outcome, UpdateError> {
        self.with(|machine, state| {
            look(machine, state, asked)?;
            let Decision::Install(to) = decide(machine, state, true, asked)? else { return Ok(None) };
            let from = state.installed.clone().unwrap_or_default();
            begin(machine, state, UnderWay { patient: !asked, watch_s: self.watch.as_secs(), ..under_way(from, to) });
            finish(machine, state)
        })
    }

    /// Installs the version before, which was kept, and does not take the present one again by itself.
    pub fn roll_back(&self) -> Result<Outcome, UpdateError> {
        self.with(|machine, state| {
            let found = machine.apt().found().map_err(UpdateError::Packages)?;
            let packages = machine.store.packages();
            let from = machine.apt().version_before(&packages, &found.installed);
            let from = from.ok_or_else(|| UpdateError::NothingKept(packages.clone()))?;
            machine.apt().fetch(&packages, &from, &found.installed).map_err(UpdateError::Packages)?;
            machine.store.keep_updater()?;
            let why = Some(format!("{} was rolled back by hand", found.installed));
            let back = UnderWay {
                step: Step::Halt,
                changed: true,
                ready: Reached::Yes,
                why,
                ..under_way(from, found.installed)
            };
            begin(machine, state, back);
            finish(machine, state)
        })
    }

    /// Finishes what was cut off, and does nothing else; nor where another run is at it.
    pub fn finish(&self) -> Result<Outcome, UpdateError> {
        match self.with(|_, _| Ok(None)) {
            Err(UpdateError::Busy) => Ok(Outcome { state: self.state()?.unwrap_or_default(), last: None }),
            outcome => outcome,
        }
    }

    /// What is known, for whoever asks; none where nothing was ever looked for.
    pub fn state(&self) -> Result<Option<State>, UpdateError> {
        let path = self.places.folder.join("state.json");
        store::read(&path).map_err(|error| UpdateError::file(&path, &error))
    }

    /// Works with the folder to itself; what was cut off before is finished first.
    fn with(
        &self,
        work: impl FnOnce(&mut Machine<'_>, &mut State) -> Result<Option<Last>, UpdateError>,
    ) -> Result<Outcome, UpdateError> {
        let store = Store::open(&self.places)?;
        let programs = self.places.path.as_deref().map_or_else(Programs::of_this_machine, Programs::along);
        let data_dir = self.data_dir(&programs);
        let mut machine = Machine { places: &self.places, programs: &programs, store: &store, data_dir: &data_dir };
        let mut state = store.state();
        let last = match take_up(&mut machine, &mut state)? {
            Some(last) => Some(last),
            None => work(&mut machine, &mut state)?,
        };
        Ok(Outcome { state, last })
    }

    /// The journal's folder, as the unit's environment or the managed configuration says it, else where the kiosk's user has
    /// it. That user's own configuration is not read: this runs as root.
    fn data_dir(&self, programs: &Programs) -> PathBuf {
        let set = programs.answer("systemctl", &["show", "--property=Environment", "--value", KIOSK]);
        let set = set.split_whitespace().find_map(|word| word.trim_matches('"').strip_prefix("TAPDESK_DATA_DIR="));
        let managed = || managed(&self.places.managed).ok().and_then(|managed| managed.data_dir);
        let named = set.map(PathBuf::from).or_else(managed);
        named.unwrap_or_else(|| self.places.kiosk_home.join(".local/share/tapdesk"))
    }
}

fn managed(path: &Path) -> Result<Managed, UpdateError> {
    let wrong = |why: String| UpdateError::Configuration { path: path.to_path_buf(), why };
    match std::fs::read_to_string(path) {
        Ok(text) => toml_edit::de::from_str(&text).map_err(|error| wrong(error.to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Managed::default()),
        Err(error) => Err(wrong(error.to_string())),
    }
}

fn under_way(from: String, to: String) -> UnderWay {
    UnderWay {
        from,
        to,
        step: Step::Fetch,
        tries: 0,
        began: Utc::now(),
        kiosk: false,
        out_of_order: false,
        patient: false,
        watch_s: WATCHED_FOR.as_secs(),
        changed: false,
        start: None,
        ready: Reached::No,
        why: None,
        stuck: false,
    }
}

/// What was cut off is finished; and a kiosk that is held for no reason any more is let go.
fn take_up(machine: &mut Machine<'_>, state: &mut State) -> Result<Option<Last>, UpdateError> {
    if let Some(under_way) = &mut state.under_way {
        if under_way.step == Step::Fetch {
            // Nothing was touched yet: whether it is to be installed at all is decided anew.
            state.under_way = None;
            machine.store.keep(state)?;
            machine.store.clear(true)?;
            return Ok(None);
        }
        plan::resume(under_way, machine.store.hold().exists());
        return finish(machine, state);
    }
    if machine.store.hold().exists() {
        machine.store.set_hold(false)?;
        let held = machine.unit().look().is_ok_and(|sample| sample.is_enabled());
        if held && let Err(why) = machine.unit().begin_start() {
            tracing::warn!(why, "the kiosk was held, and cannot be started");
        }
    }
    Ok(None)
}

fn begin(machine: &Machine<'_>, state: &mut State, update: UnderWay) {
    let sample = machine.unit().look().unwrap_or_default();
    let (kiosk, out_of_order) = (sample.is_kiosk(), sample.is_out_of_order());
    // Without a kiosk there is nothing to stop: the way back begins with the package.
    let step = if !kiosk && update.step == Step::Halt { Step::InstallOld } else { update.step };
    state.under_way = Some(UnderWay { step, kiosk, out_of_order, ..update });
}

fn finish(machine: &mut Machine<'_>, state: &mut State) -> Result<Option<Last>, UpdateError> {
    let last = run::go(state, machine)?;
    if let Some(installed) = machine.apt().installed() {
        let ending = last.as_ref().map(|last| last.ending);
        if ending == Some(Ending::Updated) {
            machine.apt().prune(&machine.store.packages(), &installed.version);
        }
        tracing::info!(installed = installed.version, ?ending, "update");
        state.installed = Some(installed.version);
        machine.store.keep(state)?;
    }
    Ok(last)
}

/// Asks the repository, where it is time for that.
fn look(machine: &mut Machine<'_>, state: &mut State, asked: bool) -> Result<(), UpdateError> {
    let now = Utc::now();
    if !asked && !plan::is_time_to_look(state, now) {
        return Ok(());
    }
    let answer = machine.apt().update();
    state.looked = Some(now);
    match answer {
        Ok(()) => state.trouble = None,
        Err(why) => {
            plan::note_trouble(&mut state.trouble, why.clone(), now);
            machine.store.keep(state)?;
            // Somebody waits for an answer; the timer goes on with what is known.
            if asked {
                return Err(UpdateError::Packages(why));
            }
        }
    }
    Ok(())
}

/// Decides what is to be done, and notes what was found. `may`: whether installing is thought of at all.
fn decide(machine: &Machine<'_>, state: &mut State, may: bool, asked: bool) -> Result<Decision, UpdateError> {
    let found = machine.apt().found().map_err(UpdateError::Packages)?;
    let settings = managed(&machine.places.managed);
    let UpdatesSettings { automatic, window } = match &settings {
        Ok(managed) => managed.updates.clone(),
        // By hand it can be installed all the same.
        Err(_) => UpdatesSettings { automatic: false, ..UpdatesSettings::default() },
    };
    let decision = plan::decide(state, found, automatic, window, asked && may, &Local::now());
    machine.store.keep(state)?;
    if !asked {
        settings?;
    }
    Ok(if may { decision } else { Decision::Rest })
}

#[cfg(test)]
#[path = "updater_tests.rs"]
mod tests;
