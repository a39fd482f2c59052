//! What `systemctl show` says of a unit.

use super::programs::Programs;

/// What is asked for.
const PROPERTIES: &str = "--property=LoadState,ActiveState,SubState,UnitFileState,NRestarts,ActiveEnterTimestamp,StatusText,Result,ExecMainStatus";

/// A unit as the service manager sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// Whether its file was found and read.
    pub(super) is_loaded: bool,
    /// `active`, `activating`, `inactive`, `failed`, ...
    pub(super) active: String,
    /// `running`, `auto-restart`, `dead`, ...
    pub(super) sub: String,
    /// `enabled`, `disabled`, `masked`, `alias`, ...; empty where it has no file.
    pub(super) file: String,
    /// How often it came back by itself since it was started.
    pub(super) restarts: u32,
    /// Since when it is active, in the service manager's own words.
    pub(super) since: Option<String>,
    /// What it says of itself.
    pub(super) status: Option<String>,
    /// How its last run ended: `success`, `exit-code`, `watchdog`, ...
    pub(super) result: String,
    /// The exit code of its last run.
    pub(super) code: Option<i32>,
}

impl Unit {
    /// Asks for it. Blocks.
    pub(super) fn ask(programs: &Programs, name: &str) -> Self {
        Self::read(&programs.answer("systemctl", &["show", PROPERTIES, name]))
    }

    fn read(shown: &str) -> Self {
        let mut unit = Self::default();
        for (key, value) in shown.lines().filter_map(|line| line.split_once('=')) {
            let value = value.trim();
            let said = || Some(value.to_owned()).filter(|value| !value.is_empty());
            match key {
                "LoadState" => unit.is_loaded = value == "loaded" || value == "masked",
                "ActiveState" => value.clone_into(&mut unit.active),
                "SubState" => value.clone_into(&mut unit.sub),
                "UnitFileState" => value.clone_into(&mut unit.file),
                "NRestarts" => unit.restarts = value.parse().unwrap_or_default(),
                "ActiveEnterTimestamp" => unit.since = said(),
                "StatusText" => unit.status = said(),
                "Result" => value.clone_into(&mut unit.result),
                "ExecMainStatus" => unit.code = value.parse().ok(),
                _ => {}
            }
        }
        unit
    }

    pub(super) fn is_active(&self) -> bool {
        self.active == "active"
    }

    /// Whether it runs, or is about to.
    pub(super) fn is_up(&self) -> bool {
        ["active", "activating", "reloading"].contains(&self.active.as_str())
    }

    pub(super) fn is_enabled(&self) -> bool {
        ["enabled", "enabled-runtime", "alias"].contains(&self.file.as_str())
    }

    pub(super) fn is_masked(&self) -> bool {
        self.file.starts_with("masked")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_unit_is_read() {
        let unit = Unit::read(
            "NRestarts=2\nExecMainStatus=0\nResult=success\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\nStatusText=a=b, 3 taps wait\nActiveEnterTimestamp=Sun 2026-11-22 23:40:54 UTC\n",
        );
        let expected = Unit {
            is_loaded: true,
            active: "active".to_owned(),
            sub: "running".to_owned(),
            file: "enabled".to_owned(),
            restarts: 2,
            since: Some("Sun 2026-11-22 23:40:54 UTC".to_owned()),
            status: Some("a=b, 3 taps wait".to_owned()),
            result: "success".to_owned(),
            code: Some(0),
        };
        assert_eq!(unit, expected);
        assert!(unit.is_active() && unit.is_up() && unit.is_enabled() && !unit.is_masked());
    }

    #[test]
    fn what_is_not_there_is_neither_active_nor_enabled() {
        let absent = "NRestarts=0\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\nStatusText=\nActiveEnterTimestamp=\n";
        for shown in [absent, "", "not what was asked for"] {
            let unit = Unit::read(shown);
            assert!(!unit.is_loaded && !unit.is_active() && !unit.is_up() && !unit.is_enabled(), "{unit:?}");
            assert_eq!((unit.since, unit.status), (None, None));
        }
    }

    #[test]
    fn a_restart_under_way_is_up_and_a_mask_is_seen() {
        let restarting = Unit::read("ActiveState=activating\nSubState=auto-restart\nUnitFileState=masked-runtime\n");
        assert!(restarting.is_up() && !restarting.is_active() && restarting.is_masked() && !restarting.is_enabled());
    }
}
