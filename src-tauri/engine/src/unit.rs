//! The kiosk's unit under systemd: what it is called, what it says of itself, and what `systemctl show` says of any unit.

use crate::programs::Programs;

/// The kiosk's unit.
pub const KIOSK: &str = "tapdesk-kiosk.service";
/// The program ends with this code where staff ended the kiosk behind their PIN: it is not to be started again.
pub const ENDED_BY_STAFF: u8 = 10;
/// How the status begins that the program tells where it cannot do its work; the reason follows.
pub const OUT_OF_ORDER: &str = "out of order: ";

/// What is asked for.
pub(crate) const PROPERTIES: &str = "--property=LoadState,ActiveState,SubState,UnitFileState,NRestarts,ActiveEnterTimestamp,ActiveEnterTimestampMonotonic,StatusText,Result,ExecMainStatus";

/// A unit as the service manager sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Whether its file was found and read.
    pub(crate) is_loaded: bool,
    /// `active`, `activating`, `inactive`, `failed`, ...
    pub(crate) active: String,
    /// `running`, `auto-restart`, `dead`, ...
    pub(crate) sub: String,
    /// `enabled`, `disabled`, `masked`, `alias`, ...; empty where it has no file.
    pub(crate) file: String,
    /// How often it came back by itself since it was started.
    pub(crate) restarts: u32,
    /// Since when it is active, in the service manager's own words.
    pub(crate) since: Option<String>,
    /// When it became active last: microseconds since the boot; 0 for never.
    pub(crate) entered: u64,
    /// What it says of itself.
    pub(crate) status: Option<String>,
    /// How its last run ended: `success`, `exit-code`, `watchdog`, ...
    pub(crate) result: String,
    /// The exit code of its last run.
    pub(crate) code: Option<i32>,
}

impl Unit {
    /// Asks for it. Blocks.
    pub(crate) fn ask(programs: &Programs, name: &str) -> Self {
        Self::read(&programs.answer("systemctl", &["show", PROPERTIES, name]))
    }

    /// Reads what is shown when [`PROPERTIES`] are asked for.
    pub(crate) fn read(shown: &str) -> Self {
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
                "ActiveEnterTimestampMonotonic" => unit.entered = value.parse().unwrap_or_default(),
                "StatusText" => unit.status = said(),
                "Result" => value.clone_into(&mut unit.result),
                "ExecMainStatus" => unit.code = value.parse().ok(),
                _ => {}
            }
        }
        unit
    }

    pub(crate) fn is_active(&self) -> bool {
        self.active == "active"
    }

    /// Whether it runs, or is about to.
    pub(crate) fn is_up(&self) -> bool {
        ["active", "activating", "reloading"].contains(&self.active.as_str())
    }

    pub(crate) fn is_enabled(&self) -> bool {
        ["enabled", "enabled-runtime", "alias"].contains(&self.file.as_str())
    }

    /// Whether it neither runs nor is about to.
    pub(crate) fn rests(&self) -> bool {
        matches!(self.active.as_str(), "inactive" | "failed" | "")
    }

    /// Whether its program ended last because staff wanted it so.
    pub(crate) fn is_ended_by_staff(&self) -> bool {
        self.code == Some(i32::from(ENDED_BY_STAFF))
    }

    /// Whether its program says that it cannot do its work.
    pub(crate) fn is_out_of_order(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.starts_with(OUT_OF_ORDER))
    }

    /// Whether a kiosk is to run in this unit now. One that was stopped, or that staff ended, stays so: an administrator
    /// may be working on that console.
    pub(crate) fn is_kiosk(&self) -> bool {
        !self.rests() || (self.is_enabled() && self.active == "failed" && !self.is_ended_by_staff())
    }

    pub(crate) fn is_masked(&self) -> bool {
        self.file.starts_with("masked")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_unit_is_read() {
        let unit = Unit::read(
            "NRestarts=2\nExecMainStatus=0\nResult=success\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\nStatusText=a=b, 3 taps wait\nActiveEnterTimestamp=Sun 2026-11-22 23:40:54 UTC\nActiveEnterTimestampMonotonic=912345\n",
        );
        let expected = Unit {
            is_loaded: true,
            active: "active".to_owned(),
            sub: "running".to_owned(),
            file: "enabled".to_owned(),
            restarts: 2,
            since: Some("Sun 2026-11-22 23:40:54 UTC".to_owned()),
            entered: 912_345,
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
