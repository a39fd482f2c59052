//! The updater with programs that play apt, dpkg and systemd.

use std::fs;

use tempfile::TempDir;

use super::*;

const PROGRAMS: [&str; 6] = ["apt-get", "apt-cache", "dpkg", "dpkg-deb", "dpkg-query", "systemctl"];

struct World {
    folder: TempDir,
}

impl World {
    /// 0.1.0 runs as a kiosk, and the repository has it and 0.2.0.
    fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        let fake = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/updates/fake_machine.sh");
        fs::create_dir(world.at("bin")).unwrap();
        for program in PROGRAMS {
            std::os::unix::fs::symlink(&fake, world.at("bin").join(program)).unwrap();
        }
        for (fact, value) in [
            ("installed", "0.1.0"),
            ("status", "ii"),
            ("candidate", "0.2.0"),
            ("pool/0.1.0", ""),
            ("pool/0.2.0", ""),
            ("unit/ActiveState", "active"),
            ("unit/ActiveEnterTimestampMonotonic", "7"),
            ("unit/NRestarts", "0"),
            ("unit/ExecMainStatus", "0"),
            ("unit/Environment", "WLR_LIBINPUT_NO_DEVICES=1"),
            ("unit/UnitFileState", "enabled"),
            ("log", ""),
        ] {
            world.set(fact, value);
        }
        fs::write(world.at("boot"), "one\n").unwrap();
        fs::create_dir_all(world.data()).unwrap();
        fs::write(world.data().join("journal.sqlite"), "taps").unwrap();
        world
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.at("home/.local/share/tapdesk")
    }

    fn set(&self, fact: &str, value: &str) {
        let path = self.at("world").join(fact);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, value).unwrap();
    }

    fn fact(&self, fact: &str) -> String {
        fs::read_to_string(self.at("world").join(fact)).unwrap().trim().to_owned()
    }

    /// Whether a command with this in it was run, and forgets them all.
    fn ran(&self, words: &str) -> bool {
        let log = self.fact("log");
        self.set("log", "");
        log.contains(words)
    }

    fn updater(&self) -> Updater {
        let places = Places {
            folder: self.at("updates"),
            managed: self.at("managed.toml"),
            kiosk_home: self.at("home"),
            sources: self.at("tapdesk.sources"),
            cache: self.at("cache"),
            boot: self.at("boot"),
            path: Some(format!("{}:/usr/bin:/bin", self.at("bin").display()).into()),
        };
        Updater::new(places, Duration::ZERO)
    }

    /// What an update that somebody asked for came to, and why.
    fn install(&self) -> (Ending, String) {
        let last = self.updater().install(true).unwrap().last.expect("there was one");
        (last.ending, last.why.unwrap_or_default())
    }
}

#[test]
fn a_newer_version_is_installed_and_the_one_before_kept() {
    let world = World::new();
    assert_eq!(world.install(), (Ending::Updated, String::new()));
    assert_eq!((world.fact("installed").as_str(), world.fact("unit/ActiveState").as_str()), ("0.2.0", "active"));
    assert_eq!(fs::read_dir(world.at("updates/packages")).unwrap().count(), 2);
    for left in ["updater", "journal.tar", "hold"] {
        assert!(!world.at("updates").join(left).exists(), "{left} is left");
    }
    let state = world.updater().state().unwrap().unwrap();
    assert!(state.ready.is_none() && state.installed.as_deref() == Some("0.2.0") && state.under_way.is_none());
    assert!(world.updater().install(true).unwrap().last.is_none(), "nothing is newer");

    let last = world.updater().roll_back().unwrap().last.unwrap();
    assert_eq!((last.ending, world.fact("installed").as_str()), (Ending::RolledBack, "0.1.0"));
    assert!(world.updater().check().unwrap().state.ready.is_none(), "not again by itself");
    assert!(matches!(world.updater().roll_back(), Err(UpdateError::NothingKept(_))), "there is nothing before it");
}

#[test]
fn a_version_that_never_is_ready_is_undone_with_its_journal() {
    let world = World::new();
    world.set("broken/0.2.0", "");
    let (ending, why) = world.install();
    assert_eq!((ending, world.fact("installed").as_str()), (Ending::RolledBack, "0.1.0"), "{why}");
    assert!(why.contains("ended by itself 3 times"), "{why}");
    assert_eq!(world.fact("unit/ActiveState"), "active");
    assert_eq!(fs::read_to_string(world.data().join("journal.sqlite")).unwrap(), "taps");
    assert!(world.updater().state().unwrap().unwrap().is_bad("0.2.0"));
}

#[test]
fn without_a_way_back_nothing_is_touched() {
    let world = World::new();
    fs::remove_file(world.at("world/pool/0.1.0")).unwrap();
    let (ending, why) = world.install();
    assert_eq!(ending, Ending::Abandoned);
    assert!(why.contains("there would be no way back"), "{why}");
    assert!(!world.ran("systemctl stop"));
    assert!(world.updater().state().unwrap().unwrap().not_got.is_some());
    // apt's own cache has it.
    fs::create_dir(world.at("cache")).unwrap();
    fs::write(world.at("cache/tapdesk_0.1.0_all.deb"), "Package: tapdesk\nVersion: 0.1.0\n").unwrap();
    assert_eq!(world.install().0, Ending::Updated);
    assert!(world.updater().state().unwrap().unwrap().not_got.is_none());
}

#[test]
fn a_full_disk_makes_no_version_bad() {
    let world = World::new();
    world.set("refused/0.2.0", "");
    let (ending, why) = world.install();
    assert_eq!(ending, Ending::Abandoned);
    assert!(why.contains("enough free space"), "apt's own words: {why}");
    assert_eq!(world.fact("unit/ActiveState"), "active");
    let state = world.updater().check().unwrap().state;
    assert!(state.ready.is_some() && state.bad.is_empty());
}

#[test]
fn only_tapdesks_own_repository_is_asked_where_there_is_one() {
    let world = World::new();
    world.updater().check().unwrap();
    assert!(!world.ran("Dir::Etc"));
    fs::write(world.at("tapdesk.sources"), "").unwrap();
    world.updater().check().unwrap();
    let log = world.fact("log");
    let asked = log.lines().find(|line| line.ends_with("update")).unwrap();
    for option in ["Dir::Etc::sourceparts=-", "Check-Valid-Until=true", "Error-Mode=any", "List-Cleanup=0"] {
        assert!(asked.contains(option), "{option}: {asked}");
    }
    assert!(!log.contains("install"), "only a look");
    world.set("unreachable", "");
    assert!(world.updater().check().unwrap_err().to_string().contains("no answer"));
    assert!(world.updater().install(true).is_err());
    let state = world.updater().state().unwrap().unwrap();
    assert!(state.trouble.is_some() && state.ready.as_deref() == Some("0.2.0"), "what was known is known");
}

#[test]
fn the_managed_configuration_decides_when() {
    let world = World::new();
    let write = |text: &str| fs::write(world.at("managed.toml"), text).unwrap();
    write("[updates]\nautomatic = false\n[spaces]\nbusiness_id = 9\n");
    let outcome = world.updater().install(false).unwrap();
    assert!(outcome.last.is_none() && outcome.state.next.is_none() && outcome.state.ready.is_some());
    for wrong in ["[updates]\nautomatic = 7\n", "[updates]\nwindow = { from = \"3\", to = \"05:00\" }\n", "no toml"] {
        write(wrong);
        let error = world.updater().install(false).unwrap_err().to_string();
        assert!(error.contains("managed.toml") && error.contains("nothing is installed"), "{error}");
        assert_eq!(world.fact("installed"), "0.1.0");
    }
    // Elsewhere the journal is where it says.
    let elsewhere = world.at("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("journal.sqlite"), "taps").unwrap();
    write(&format!("data_dir = {elsewhere:?}\n"));
    let programs = || Programs::along(world.updater().places.path.as_deref().unwrap());
    assert_eq!(world.updater().data_dir(&programs()), elsewhere);
    world.set("unit/Environment", "A=b TAPDESK_DATA_DIR=/var/lib/tapdesk/x");
    assert_eq!(world.updater().data_dir(&programs()), Path::new("/var/lib/tapdesk/x"), "as a drop-in of the unit says");
}

#[test]
fn one_at_a_time() {
    let world = World::new();
    let held = Store::open(&world.updater().places).unwrap();
    assert!(matches!(world.updater().install(true), Err(UpdateError::Busy)));
    assert!(world.updater().finish().unwrap().last.is_none(), "the other one finishes it");
    drop(held);
    assert_eq!(world.install().0, Ending::Updated);
}

#[test]
fn a_kiosk_that_is_held_for_no_reason_is_let_go() {
    let world = World::new();
    world.updater().check().unwrap();
    fs::write(world.at("updates/hold"), "").unwrap();
    fs::write(world.at("updates/state.json"), "damaged").unwrap();
    world.set("unit/ActiveState", "inactive");
    world.updater().finish().unwrap();
    assert!(!world.at("updates/hold").exists());
    assert_eq!(world.fact("unit/ActiveState"), "active");
}

#[test]
fn a_machine_without_a_kiosk_gets_the_package_alone() {
    let world = World::new();
    world.set("unit/UnitFileState", "disabled");
    world.set("unit/ActiveState", "inactive");
    assert_eq!(world.install().0, Ending::Updated);
    assert_eq!(world.fact("installed"), "0.2.0");
    let log = world.fact("log");
    assert!(!log.contains("systemctl start") && !log.contains("systemctl stop"), "{log}");
}

#[test]
fn a_kiosk_that_staff_ended_is_not_started_by_an_update() {
    let world = World::new();
    world.set("unit/ActiveState", "failed");
    world.set("unit/ExecMainStatus", "10");
    assert_eq!(world.install().0, Ending::Updated);
    assert!(!world.ran("systemctl start"), "an administrator may be working on that console");
    world.set("unit/ExecMainStatus", "1");
    world.set("candidate", "0.3.0");
    world.set("pool/0.3.0", "");
    assert_eq!(world.install().0, Ending::Updated);
    assert!(world.ran("systemctl start"), "what failed is to run");
}

#[test]
fn what_was_cut_off_before_anything_was_touched_is_decided_anew() {
    let world = World::new();
    world.updater().check().unwrap();
    let cut_off = || {
        let mut state = world.updater().state().unwrap().unwrap();
        state.under_way = Some(under_way("0.1.0".to_owned(), "0.2.0".to_owned()));
        fs::write(world.at("updates/state.json"), serde_json::to_vec(&state).unwrap()).unwrap();
    };
    fs::write(world.at("managed.toml"), "[updates]\nautomatic = false\n").unwrap();
    for work in [Updater::check, |updater: &Updater| updater.install(false), Updater::finish] {
        cut_off();
        let outcome = work(&world.updater()).unwrap();
        assert!(outcome.last.is_none() && outcome.state.under_way.is_none(), "{outcome:?}");
        assert_eq!(world.fact("installed"), "0.1.0", "nobody asked for it");
    }
    cut_off();
    assert_eq!(world.install().0, Ending::Updated);
}

#[test]
fn a_package_that_the_operator_holds_is_left_alone() {
    let world = World::new();
    world.set("status", "hi");
    let outcome = world.updater().install(false).unwrap();
    assert!(outcome.last.is_none() && outcome.state.ready.is_some() && outcome.state.next.is_none());
}
