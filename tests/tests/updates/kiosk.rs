//! A machine that is kept up to date from a repository.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tapdesk_tests::machine::Machine;

use crate::packages::Repository;

/// What the updater's program needs beside Debian's base system.
const LIBRARIES: [&str; 4] = ["libasound2", "libnfc6", "libpcsclite1", "libwebkit2gtk-4.1-0"];
const STATE: &str = "/var/lib/tapdesk-update/state.json";
const JOURNAL: &str = "/var/lib/tapdesk/.local/share/tapdesk/journal.sqlite";
/// What an operator has written there who lets updates come by themselves.
pub(crate) const CONFIGURATION: &str = "[spaces]\nbusiness_id = 9\n\n[updates]\nautomatic = true\n";

/// Programs that can be made to stop before they do anything: `/pause/NAME` holds a word of the arguments on which to.
const PAUSED: &str = r#"#!/bin/sh
if [ -e /pause/NAME ] && word=$(cat /pause/NAME) && case " $* " in *" $word"*) true ;; *) false ;; esac; then
  rm /pause/NAME
  touch /pause/reached
  exec sleep infinity
fi
exec PROGRAM "$@"
"#;
const PROGRAMS: [(&str, &str); 4] = [
    ("apt-get", "/usr/bin/apt-get"),
    ("systemctl", "/usr/bin/systemctl"),
    ("tar", "/usr/bin/tar"),
    ("mv", "/usr/bin/mv"),
];

pub(crate) struct Kiosk {
    pub(crate) machine: Machine,
}

impl Kiosk {
    /// One that runs this version, got from the repository by apt.
    pub(crate) fn running(repository: &Repository, version: &str) -> Self {
        let program = std::env::var("TAPDESK_BIN").expect("./dev test names the program in TAPDESK_BIN");
        let folder = Path::new(&program).parent().expect("a program lies in a folder");
        let mut machine = Machine::with(&LIBRARIES).unwrap().showing(folder, "/proving");
        for (file, path) in [
            ("tapdesk-archive-keyring.gpg", "/usr/share/keyrings/tapdesk-archive-keyring.gpg"),
            ("tapdesk.sources", "/etc/apt/sources.list.d/tapdesk.sources"),
        ] {
            machine.copy_in(&repository.served().join(file), path).unwrap();
        }
        // Where updates come by themselves, the timer would install one in the midst of a test that runs at night.
        machine.write("/etc/tapdesk/tapdesk.toml", CONFIGURATION.replace("true", "false")).unwrap();
        for (name, program) in PROGRAMS {
            let path = format!("/usr/local/sbin/{name}");
            machine.write(&path, PAUSED.replace("NAME", name).replace("PROGRAM", program)).unwrap();
        }
        machine.boot().unwrap();
        machine
            .shell("chmod 755 /usr/local/sbin/*; mkdir -m 777 /pause; useradd --system --create-home --home-dir /var/lib/tapdesk tapdesk")
            .unwrap();
        let kiosk = Self { machine };
        kiosk.update_lists().unwrap();
        kiosk.machine.shell(&format!("apt-get install -y -q tapdesk={version}")).unwrap();
        kiosk.machine.shell("systemctl enable -q --now tapdesk-kiosk tapdesk-update.timer").unwrap();
        kiosk.until_journal(&["tables 1", &format!("tap taken by {version}")]);
        kiosk
    }

    /// Keeps systemd from finishing what a test cuts off: it would be at it before the test is, and a kill not reach it.
    pub(crate) fn finish_by_hand_alone(&self) {
        self.machine.shell("systemctl mask --now tapdesk-update-finish tapdesk-update.timer 2>&1").unwrap();
    }

    /// As an operator does by hand.
    pub(crate) fn update_lists(&self) -> anyhow::Result<String> {
        let own = "-o Dir::Etc::sourcelist=/etc/apt/sources.list.d/tapdesk.sources -o Dir::Etc::sourceparts=-";
        self.machine.shell(&format!("apt-get update -q {own} -o APT::Update::Error-Mode=any 2>&1"))
    }

    /// `tapdesk update …`: what it said, and whether it ended well.
    pub(crate) fn update(&self, arguments: &str) -> (bool, String) {
        let output = self.machine.run("/bin/sh", &["-c", &format!("tapdesk update {arguments} 2>&1")]).unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The same, which must end well.
    pub(crate) fn must_update(&self, arguments: &str) -> String {
        let (well, said) = self.update(arguments);
        assert!(well, "update {arguments}: {said}");
        said
    }

    /// The same, which must fail.
    pub(crate) fn must_not_update(&self, arguments: &str) -> String {
        let (well, said) = self.update(arguments);
        assert!(!well, "update {arguments}: {said}");
        said
    }

    /// What the updater noted, as everybody may read it.
    pub(crate) fn state(&self) -> Value {
        let text = std::fs::read(self.machine.inside(STATE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The step that is under way.
    pub(crate) fn step(&self) -> Option<String> {
        self.state()["under_way"]["step"].as_str().map(str::to_owned)
    }

    pub(crate) fn installed(&self) -> String {
        self.machine.shell("dpkg-query -W -f '${db:Status-Abbrev}${Version}' tapdesk").unwrap()
    }

    pub(crate) fn runs(&self) -> bool {
        self.machine.run("systemctl", &["is-active", "-q", "tapdesk-kiosk"]).unwrap().status.success()
    }

    /// Waits until this is the journal: a tap comes a moment after the program is ready.
    pub(crate) fn until_journal(&self, lines: &[&str]) {
        let journal = || format!("{lines:?} to be the journal; it is {:?}", self.journal());
        until(journal, || self.journal() == lines);
    }

    /// The journal, line by line: its tables, then its taps.
    pub(crate) fn journal(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.machine.inside(JOURNAL)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Begins `tapdesk update install --now` in a unit that can be killed with all that it started.
    pub(crate) fn begin(&self, what: &str) {
        let command = format!("systemd-run -q --collect --unit=begun tapdesk update {what}");
        self.machine.shell(&command).unwrap();
    }

    /// Kills it.
    pub(crate) fn kill(&self) {
        // A kill may fail while something of it is just ending: what counts is that nothing is left.
        let state = "/usr/bin/systemctl show --property=LoadState --value begun";
        let kill = "/usr/bin/systemctl kill -s KILL begun 2>&1";
        until(
            || "the updater to be gone",
            || {
                let left = self.machine.shell(state).unwrap() != "not-found";
                if left {
                    drop(self.machine.shell(kill));
                }
                !left
            },
        );
    }

    /// Makes a program stop before it does anything, the next time that this word begins one of its arguments.
    pub(crate) fn pause(&self, program: &str, word: &str) {
        drop(std::fs::remove_file(self.machine.inside("/pause/reached")));
        self.machine.write(&format!("/pause/{program}"), word).unwrap();
    }

    pub(crate) fn until_paused(&self) {
        until(|| "the program to stop at its mark", || self.machine.inside("/pause/reached").exists());
    }

    /// Back to the beginning: this version, with its own journal, and an updater that knows nothing.
    pub(crate) fn reset(&self, version: &str) {
        // apt knows its own copy of dpkg's list by second and length: two versions in one second look alike.
        self.machine
            .shell(&format!(
                "set -e; rm -f /pause/* /var/cache/apt/*.bin; systemctl stop tapdesk-kiosk; rm -rf /var/lib/tapdesk-update {JOURNAL}
                apt-get install -y -q -o DPkg::Lock::Timeout=60 --allow-downgrades tapdesk={version} 2>&1; systemctl start tapdesk-kiosk"
            ))
            .unwrap();
        self.until_journal(&["tables 1", &format!("tap taken by {version}")]);
    }

    /// Finishes what was cut off.
    pub(crate) fn finish(&self) {
        drop(self.update("finish"));
        self.until_over();
    }

    pub(crate) fn until_over(&self) {
        until(|| "the update to be over", || self.state().is_object() && self.step().is_none());
    }
}

/// Waits for something that must come.
pub(crate) fn until<W: std::fmt::Display>(what: impl Fn() -> W, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_mins(1), "waited in vain for {}", what());
        std::thread::sleep(Duration::from_millis(20));
    }
}
