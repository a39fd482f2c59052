//! What makes a tablet a kiosk, and what takes that back, as data: from how the machine is to the steps that are missing.

use serde::{Deserialize, Serialize};

use super::names::{
    CREDENTIAL, CTRL_ALT_DEL, DEFAULT_TARGET, GETTY, LOGIND, MODPROBE, PLACED, POWER_KEY, Placed, SYSRQ, SYSUSERS, USER,
};
use crate::unit::{KIOSK, Unit};

/// What is asked for beside the session itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Start the kiosk at once, not with the next start of the machine.
    pub now: bool,
    /// Keep the kernel's own drivers off USB readers.
    pub keep_usb_drivers_off: bool,
    /// Leave the power button as it is.
    pub keep_power_key: bool,
}

/// How the machine was before it became a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Before {
    /// What it started into.
    pub(super) default_target: String,
    /// Whether a login prompt came up on the first console.
    pub(super) getty: bool,
    /// Whether Ctrl+Alt+Del did nothing.
    pub(super) ctrl_alt_del_masked: bool,
    /// What the system request keys were allowed to do; none where this kernel has none.
    pub(super) sysrq: Option<String>,
}

/// How the machine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// The user is there, in all groups.
    pub(super) user: bool,
    pub(super) credential: bool,
    /// The paths of the files that are in place as they are shipped.
    pub(super) placed: Vec<&'static str>,
    /// The paths of those that are there, be it from another version.
    pub(super) there: Vec<&'static str>,
    /// The kiosk's unit.
    pub(super) unit: Unit,
    /// How it is now, in the terms of how it was.
    pub(super) now: Before,
    /// How it was; none where it never became a kiosk.
    pub(super) before: Option<Before>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Keeps how the machine was.
    Remember(Before),
    /// Forgets it.
    Forget,
    /// Runs a program.
    Run(&'static str, Vec<String>),
    /// Makes the credential, never over another one.
    MakeCredential,
    /// Copies a file to its place.
    Place(&'static Placed),
    /// Removes it.
    Remove(&'static Placed),
    /// Writes a value of the kernel's.
    Set(&'static str, String),
}

/// One change, with what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// What it is for.
    pub(super) says: String,
    pub(super) action: Action,
    /// Whether the kiosk is whole without it; the next start of the machine does it anyway.
    pub(super) can_wait: bool,
}

impl Step {
    fn new(says: impl Into<String>, action: Action) -> Self {
        Self { says: says.into(), action, can_wait: false }
    }

    fn run(says: impl Into<String>, program: &'static str, arguments: &[&str]) -> Self {
        Self::new(says, Action::Run(program, arguments.iter().map(|word| (*word).to_owned()).collect()))
    }

    fn that_can_wait(self) -> Self {
        Self { can_wait: true, ..self }
    }
}

/// The steps that are missing until this machine is a kiosk. It starts as one only once all others are done.
pub(super) fn enable(facts: &Facts, wishes: Wishes) -> Vec<Step> {
    let mut steps = Vec::new();
    if facts.before.is_none() {
        steps.push(Step::new("remember how this machine is", Action::Remember(facts.now.clone())));
    }
    if !facts.user {
        steps.push(Step::run(format!("make the user {USER} and its groups"), "systemd-sysusers", &[SYSUSERS]));
        steps.push(Step::run("let udev know the readers", "udevadm", &["control", "--reload"]).that_can_wait());
        let subsystems = ["tty", "usb", "backlight"].map(|subsystem| format!("--subsystem-match={subsystem}"));
        let trigger: Vec<String> = std::iter::once("trigger".to_owned()).chain(subsystems).collect();
        steps.push(Step::new("give the readers to their group", Action::Run("udevadm", trigger)).that_can_wait());
    }
    if !facts.credential {
        steps.push(Step::new(format!("make the key of this machine, {CREDENTIAL}"), Action::MakeCredential));
    }
    let wanted = |file: &Placed| match file.path {
        path if path == MODPROBE => wishes.keep_usb_drivers_off,
        path if path == POWER_KEY => !wishes.keep_power_key,
        _ => true,
    };
    let is_missing = |file: &&Placed| wanted(file) && !facts.placed.contains(&file.path);
    let missing: Vec<&'static Placed> = PLACED.iter().filter(is_missing).collect();
    steps.extend(missing.iter().map(|file| Step::new(format!("{}: {}", file.about, file.path), Action::Place(file))));
    let given_up = wishes.keep_power_key && facts.there.contains(&POWER_KEY);
    if let Some(file) = PLACED.iter().find(|file| given_up && file.path == POWER_KEY) {
        steps.push(Step::new("leave the power button as it was", Action::Remove(file)));
    }
    if facts.now.getty {
        steps.push(Step::run("no login prompt on the first console", "systemctl", &["disable", GETTY]));
    }
    if !facts.now.ctrl_alt_del_masked {
        steps.push(Step::run("Ctrl+Alt+Del does nothing", "systemctl", &["mask", CTRL_ALT_DEL]));
    }
    if facts.now.default_target != DEFAULT_TARGET {
        let says = format!("the machine starts into {DEFAULT_TARGET}");
        steps.push(Step::run(says, "systemctl", &["set-default", DEFAULT_TARGET]));
    }
    if facts.now.sysrq.as_deref().is_some_and(|value| value != "0") {
        steps.push(Step::new("the SysRq keys do nothing", Action::Set(SYSRQ, "0".to_owned())).that_can_wait());
    }
    if !missing.is_empty() || given_up {
        steps.extend(take_over());
    }
    if missing.iter().any(|file| file.path == MODPROBE) {
        let modules = ["--remove", "--quiet", "pn533_usb", "pn533", "nfc"];
        steps.push(Step::run("let go of USB readers", "modprobe", &modules).that_can_wait());
    }
    if !facts.unit.is_enabled() {
        steps.push(Step::run("the kiosk starts with the machine", "systemctl", &["enable", KIOSK]));
    }
    if wishes.now && !facts.unit.is_up() {
        steps.push(Step::run("start the kiosk", "systemctl", &["start", KIOSK]));
    }
    steps
}

/// The steps that take it back: all but data and credential.
pub(super) fn disable(facts: &Facts) -> Vec<Step> {
    let mut steps = Vec::new();
    // First: whatever becomes of the rest, the machine does not start as half a kiosk.
    if facts.unit.is_enabled() {
        steps.push(Step::run("the kiosk does not start with the machine", "systemctl", &["disable", KIOSK]));
    }
    if facts.unit.is_up() {
        steps.push(Step::run("stop the kiosk", "systemctl", &["stop", KIOSK]));
    }
    let placed: Vec<&'static Placed> = PLACED.iter().filter(|file| facts.there.contains(&file.path)).collect();
    steps.extend(placed.iter().map(|file| Step::new(format!("remove {}", file.path), Action::Remove(file))));
    if let Some(before) = &facts.before {
        if before.default_target != facts.now.default_target && facts.now.default_target == DEFAULT_TARGET {
            let says = format!("the machine starts into {} again", before.default_target);
            steps.push(Step::run(says, "systemctl", &["set-default", &before.default_target]));
        }
        if before.getty && !facts.now.getty {
            steps.push(Step::run("the login prompt comes back", "systemctl", &["enable", GETTY]));
        }
        if !before.ctrl_alt_del_masked && facts.now.ctrl_alt_del_masked {
            steps.push(Step::run("Ctrl+Alt+Del works again", "systemctl", &["unmask", CTRL_ALT_DEL]));
        }
        if before.sysrq != facts.now.sysrq
            && let Some(value) = &before.sysrq
        {
            steps.push(Step::new("the SysRq keys work again", Action::Set(SYSRQ, value.clone())).that_can_wait());
        }
    }
    if !placed.is_empty() {
        steps.extend(take_over());
    }
    if facts.before.is_some() {
        steps.push(Step::new("forget how this machine was", Action::Forget));
    }
    steps
}

/// What lets the running system know of files that came or went.
fn take_over() -> [Step; 2] {
    [
        Step::run("let systemd read its files", "systemctl", &["daemon-reload"]),
        Step::run("let logind read its files", "systemctl", &["kill", "--signal=HUP", LOGIND]).that_can_wait(),
    ]
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
