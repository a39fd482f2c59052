//! How the session is: each thing with whether it is well, and what to do where it is not.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::names::{
    CREDENTIAL, CTRL_ALT_DEL, DEFAULT_TARGET, GETTY, HOME, MODPROBE, NEEDED, PLACED, POWER_KEY, SYSRQ, USER,
};
use super::{Machine, SessionError};
use crate::doctor::Check;
use crate::unit::KIOSK;

/// What puts most things right.
const ENABLE: &str = "run `tapdesk kiosk enable`";
/// Serial lines of USB, below `/dev`.
const LINES: [&str; 2] = ["ttyUSB", "ttyACM"];

impl Machine {
    /// Looks at unit, start, user, key, programs, seat, data folder, reader, console and locks, in this order; changes
    /// nothing. Blocks.
    pub fn status(&self) -> Result<Vec<Check>, SessionError> {
        self.check_root()?;
        let mut checks = vec![self.session(), self.start(), self.user(), self.key(), self.needed(), self.seat()];
        checks.extend([self.data_folder(), self.reader(), self.console(), self.locks()]);
        Ok(checks)
    }

    fn session(&self) -> Check {
        let unit = self.unit(KIOSK);
        if !unit.is_loaded {
            return Check::problem("session", format!("there is no {KIOSK}"), "install the package tapdesk anew");
        }
        let log = format!("`journalctl -u {KIOSK} -b` says why");
        if unit.is_active() {
            let since = unit.since.unwrap_or_default();
            let says = unit.status.map(|status| format!("; it says: {status}")).unwrap_or_default();
            let found = format!("runs since {since}{says}");
            return match unit.restarts {
                0 => Check::well("session", found),
                restarts => Check::better("session", format!("{found}; came back by itself {restarts} times"), log),
            };
        }
        if unit.is_up() {
            let found = format!("{} ({}), came back by itself {} times", unit.active, unit.sub, unit.restarts);
            return Check::problem("session", found, format!("wait some seconds; else {log}"));
        }
        let start = format!("`systemctl start {KIOSK}` starts it");
        if unit.is_ended_by_staff() {
            Check::problem("session", "staff ended it", start)
        } else if unit.result == "success" {
            Check::problem("session", "is stopped", start)
        } else {
            Check::problem("session", format!("failed ({})", unit.result), log)
        }
    }

    fn start(&self) -> Check {
        let target = self.programs.answer("systemctl", &["get-default"]);
        match (self.unit(KIOSK).is_enabled(), target == DEFAULT_TARGET) {
            (true, true) => Check::well("start", "with the machine"),
            (true, false) => Check::problem("start", format!("the machine starts into {target}"), ENABLE),
            (false, _) => Check::problem("start", "does not start with the machine", ENABLE),
        }
    }

    fn user(&self) -> Check {
        match self.missing_groups().as_deref() {
            Some([]) => Check::well("user", format!("{USER}, with its groups")),
            Some(missing) => Check::problem("user", format!("{USER} is not in {}", missing.join(", ")), ENABLE),
            None => Check::problem("user", format!("there is no user {USER}"), ENABLE),
        }
    }

    fn key(&self) -> Check {
        if !self.at(CREDENTIAL).exists() {
            return Check::problem("key", format!("there is no {CREDENTIAL}"), ENABLE);
        }
        match self.open_credential() {
            Ok(()) => Check::well("key", format!("{CREDENTIAL} opens{}", self.seal())),
            Err(error) => Check::problem(
                "key",
                error.to_string(),
                "bring back the file, or the machine's own key (/var/lib/systemd/credential.secret, or the TPM), from before; else give up what is kept here: `tapdesk kiosk run -- reset --discard` with a new key",
            ),
        }
    }

    /// What seals the key, as its first bytes say (systemd's `creds-util.h`); nothing where that is not known.
    fn seal(&self) -> &'static str {
        let sealed = fs::read_to_string(self.at(CREDENTIAL)).unwrap_or_default();
        let seals = [
            ("Whxqht+dQJax1aZeCGLxm", "; sealed by the machine's own key, which lies on the same disk"),
            ("DHzAexF2RZGcSwvqCLwg/", "; sealed by the TPM"),
            ("k6iUCUh0RJCQyvL8k8q1U", "; sealed by the TPM and the machine's own key"),
        ];
        seals.into_iter().find(|(begins, _)| sealed.starts_with(begins)).map_or("", |(_, seal)| seal)
    }

    fn needed(&self) -> Check {
        let missing: Vec<&str> =
            NEEDED.iter().filter(|(program, _)| self.programs.find(program).is_none()).map(|needed| needed.1).collect();
        if missing.is_empty() {
            return Check::well("programs", NEEDED.map(|(program, _)| program).join(", "));
        }
        let packages = missing.join(" ");
        Check::problem("programs", format!("missing: {packages}"), format!("install the packages {packages}"))
    }

    fn seat(&self) -> Check {
        if self.unit("seatd.service").is_active() {
            return Check::well("seat", "seatd hands out screen and touch");
        }
        Check::problem("seat", "seatd does not run", "run `systemctl start seatd`; `journalctl -u seatd` says why not")
    }

    fn data_folder(&self) -> Check {
        let Ok(folder) = fs::metadata(self.at(HOME)) else {
            return Check::better(
                "data folder",
                format!("{HOME} is not there yet"),
                "the kiosk's first start makes it",
            );
        };
        let (user, mode) = (self.programs.answer("id", &["-u", USER]), folder.mode() & 0o777);
        if user == folder.uid().to_string() && mode == 0o700 {
            return Check::well("data folder", HOME);
        }
        let found = format!("{HOME} belongs to user {} with mode {mode:o}", folder.uid());
        let advice = format!("run `chown -R {USER}: {HOME}` and `chmod 700 {HOME}`");
        Check::problem("data folder", found, advice)
    }

    fn reader(&self) -> Check {
        let groups = self.programs.answer("id", &["-G", USER]);
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(self.at("/dev")).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(line) = fs::metadata(entry.path()) else { continue };
            if LINES.iter().any(|prefix| name.starts_with(prefix)) {
                let (group, of_group) = (line.gid().to_string(), line.mode() & 0o060 == 0o060);
                let may = of_group && groups.split_whitespace().any(|named| named == group);
                if may { &mut open } else { &mut closed }.push(format!("/dev/{name}"));
            }
        }
        open.sort();
        closed.sort();
        if !closed.is_empty() {
            let advice = "give it to group dialout, or plug it in anew: the package's udev rules do it";
            return Check::problem("reader", format!("{USER} may not use {}", closed.join(", ")), advice);
        }
        let advice = "`tapdesk kiosk run -- doctor` looks at the reader itself";
        if open.is_empty() {
            return Check::better("reader", "no USB serial line is here", advice);
        }
        let named = self.at("/dev/tapdesk-reader").exists();
        let name = if named { "; /dev/tapdesk-reader is one of them" } else { "" };
        Check::better("reader", format!("{USER} may use {}{name}", open.join(", ")), advice)
    }

    fn console(&self) -> Check {
        let (kiosk, getty) = (self.unit(KIOSK), self.unit(GETTY));
        match (kiosk.is_up(), getty.is_up()) {
            (true, true) => Check::problem(
                "console",
                "a login prompt stands where the kiosk is",
                format!("run `systemctl stop {GETTY}`"),
            ),
            (false, true) => Check::well("console", "a login prompt, as the kiosk does not run"),
            _ => Check::well("console", "no login prompt"),
        }
    }

    fn locks(&self) -> Check {
        let asked_for = |path: &str| path != MODPROBE && path != POWER_KEY;
        let must = PLACED.iter().filter(|file| asked_for(file.path) && !self.at(file.path).is_file());
        let mut missing: Vec<String> = must.map(|file| file.path.to_owned()).collect();
        if !self.unit(CTRL_ALT_DEL).is_masked() {
            missing.push("Ctrl+Alt+Del is not masked".to_owned());
        }
        if fs::read_to_string(self.at(SYSRQ)).is_ok_and(|value| value.trim() != "0") {
            missing.push("the SysRq keys work until the next start".to_owned());
        }
        if !missing.is_empty() {
            return Check::problem("locks", format!("not in place: {}", missing.join(", ")), ENABLE);
        }
        let there = |path: &str| self.at(path).is_file();
        let power = if there(POWER_KEY) { "the power button does nothing" } else { "the power button works" };
        let drivers = if there(MODPROBE) { ", the kernel's drivers stay off USB readers" } else { "" };
        Check::well("locks", format!("no other console, no Ctrl+Alt+Del, no SysRq; {power}{drivers}"))
    }
}
