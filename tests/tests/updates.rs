//! Updates on a real machine: from a signed repository, through apt, dpkg and systemd, with every way that they can go wrong.
//! A small program plays the kiosk; the updater is the real one.

#[path = "updates/kiosk.rs"]
mod kiosk;
#[path = "updates/packages.rs"]
mod packages;

use kiosk::{CONFIGURATION, Kiosk};
use packages::{GOOD, Nature, Repository};
use tapdesk_tests::machine::unavailable;

/// Whether there is no machine here; said once where that is so.
fn left_out() -> bool {
    let tool = |name: &str| std::process::Command::new(name).arg("--version").output().is_err();
    let missing = ["apt-ftparchive", "gpg", "faketime"].into_iter().find(|name| tool(name));
    let why =
        unavailable().or_else(|| missing.map(|name| format!("a repository needs {name}; `./dev test` installs it")));
    if let Some(why) = &why {
        tapdesk_tests::left_out(why);
    }
    why.is_some()
}

#[test]
fn a_newer_version_is_taken_from_a_repository_that_can_be_trusted() {
    if left_out() {
        return;
    }
    let repository = Repository::new().unwrap();
    repository.publish(&[("0.1.0", GOOD)]).unwrap();
    let kiosk = Kiosk::running(&repository, "0.1.0");
    let machine = &kiosk.machine;
    let taps = ["tables 1", "tap taken by 0.1.0", "tap that waits"];
    machine.shell("echo 'tap that waits' >>/var/lib/tapdesk/.local/share/tapdesk/journal.sqlite").unwrap();
    assert!(kiosk.must_update("check").contains("nothing newer"));

    let release = repository.served().join("dists/stable/InRelease");
    let first = std::fs::read_to_string(&release).unwrap();
    repository.publish(&[("0.2.0", GOOD)]).unwrap();
    let signed = std::fs::read_to_string(&release).unwrap();
    let refused = |case: &str, word: &str| {
        let said = kiosk.must_not_update("check");
        assert!(said.contains(word) && kiosk.update_lists().is_err(), "{case}: {said}");
        assert!(kiosk.state()["trouble"]["why"].is_string() && kiosk.state()["ready"].is_null(), "{case}");
    };
    std::fs::write(&release, signed.replace("Suite: stable", "Suite: other")).unwrap();
    refused("changed", "signature");
    std::fs::remove_file(&release).unwrap();
    std::fs::remove_file(release.with_file_name("Release.gpg")).unwrap();
    refused("unsigned", "signed");
    repository.sign(&[], &["faketime", "40 days ago"]).unwrap();
    let said = kiosk.must_not_update("install --now");
    assert!(said.contains("expired") && kiosk.installed().ends_with("0.1.0"), "an old Release, replayed: {said}");

    repository.sign(&[], &[]).unwrap();
    // Its hours began a minute ago, or are hours away.
    let hours = |from: &str, to: &str| {
        let hour = |text: &str| machine.shell(&format!("date -d '{text}' +%H:%M")).unwrap();
        let window = format!("window = {{ from = \"{}\", to = \"{}\" }}\n", hour(from), hour(to));
        machine.write("/etc/tapdesk/tapdesk.toml", format!("{CONFIGURATION}{window}")).unwrap();
        format!("{CONFIGURATION}{window}")
    };
    hours("2 hours", "4 hours");
    let said = kiosk.must_update("check");
    assert!(said.contains("ready: 0.2.0, will be installed at"), "{said}");
    machine.must("systemctl", &["start", "tapdesk-update.service"]).unwrap();
    assert!(kiosk.installed().ends_with("0.1.0") && kiosk.state()["next"].is_string(), "not at this hour");
    machine.write("/etc/tapdesk/tapdesk.toml", CONFIGURATION.replace("true", "false")).unwrap();
    kiosk.must_update("install");
    assert!(kiosk.installed().ends_with("0.1.0") && kiosk.state()["next"].is_null(), "not by itself");
    let configuration = hours("-1 minute", "2 hours");
    // The journal is at rest, as far as its files tell.
    machine.shell("touch -d '1 hour ago' /var/lib/tapdesk/.local/share/tapdesk/journal.sqlite").unwrap();
    let said = kiosk.must_update("install --watch 1");
    assert!(said.contains("0.2.0 was installed"), "{said}");
    assert_eq!(kiosk.installed(), "ii 0.2.0");
    assert!(kiosk.runs());
    kiosk.until_journal(&[&taps[..], &["tap taken by 0.2.0"]].concat());
    assert_eq!(std::fs::read_to_string(machine.inside("/etc/tapdesk/tapdesk.toml")).unwrap(), configuration);
    machine.must("/bin/su", &["-s", "/bin/cat", "tapdesk", "/var/lib/tapdesk-update/state.json"]).unwrap();
    let rest = machine.shell("cd /var/lib/tapdesk-update; echo *; ls packages").unwrap();
    assert!(!rest.contains("updater") && !rest.contains("journal") && !rest.contains("hold"), "{rest}");

    // The repository, signed as it should be, offers an older version alone.
    let folder = repository.served().join("pool/main/t/tapdesk");
    std::fs::remove_file(folder.join("tapdesk_0.2.0_all.deb")).unwrap();
    repository.sign(&[], &[]).unwrap();
    assert!(kiosk.must_update("install --now").contains("nothing newer"));
    // And a Release that was good once is replayed.
    std::fs::write(&release, first).unwrap();
    drop(kiosk.update("install --now"));
    assert_eq!(kiosk.installed(), "ii 0.2.0", "never an older one by itself");

    let said = kiosk.must_update("roll-back");
    assert!(said.contains("rolled back by hand") && kiosk.runs(), "{said}");
    assert_eq!(kiosk.installed(), "ii 0.1.0");
    kiosk.until_journal(&[&taps[..], &["tap taken by 0.2.0", "tap taken by 0.1.0"]].concat());
}

#[test]
fn a_version_that_does_not_work_is_undone() {
    if left_out() {
        return;
    }
    let repository = Repository::new().unwrap();
    repository.publish(&[("0.1.0", GOOD)]).unwrap();
    let kiosk = Kiosk::running(&repository, "0.1.0");
    let (old, again) = ("tap taken by 0.1.0", "tap taken by 0.1.0");
    let ends = Nature { behaves: "ends", tables: 2, ..GOOD };
    let later = Nature { behaves: "ends-later", ..GOOD };
    let unconfigured = Nature { configures: "exit 1", ..GOOD };

    repository.publish(&[("0.2.0", ends)]).unwrap();
    let said = kiosk.must_not_update("install --now --watch 20");
    assert!(said.contains("0.2.0 was rolled back") && said.contains("ended by itself"), "{said}");
    assert_eq!(kiosk.installed(), "ii 0.1.0");
    assert!(kiosk.runs());
    kiosk.until_journal(&["tables 1", old, again]);
    assert_eq!(kiosk.state()["bad"][0]["version"], "0.2.0");
    let said = kiosk.must_update("check");
    assert!(
        said.contains("nothing newer") && said.contains("did not work here: 0.2.0"),
        "never again by itself: {said}"
    );

    repository.publish(&[("0.3.0", later)]).unwrap();
    let said = kiosk.must_not_update("install --now --watch 20");
    assert!(said.contains("0.3.0 was ready, and it ended by itself"), "{said}");
    assert_eq!(kiosk.installed(), "ii 0.1.0");
    let journal = kiosk.journal();
    let taken = journal.iter().filter(|line| line.ends_with("0.3.0")).count();
    assert!(kiosk.runs() && taken >= 3, "a tap that the new version acknowledged is kept: {journal:?}");

    repository.publish(&[("0.4.0", unconfigured)]).unwrap();
    let said = kiosk.must_not_update("install --now --watch 1");
    assert!(said.contains("0.4.0 was rolled back"), "{said}");
    assert_eq!(kiosk.installed(), "ii 0.1.0");
    assert!(kiosk.runs());

    repository.publish(&[("0.5.0", Nature { tables: 2, ..later })]).unwrap();
    let said = kiosk.must_not_update("install --now --watch 20");
    assert!(said.contains("0.5.0 does not work well") && said.contains("cannot read what it has stored"), "{said}");
    assert_eq!(kiosk.installed(), "ii 0.5.0", "only this one can read the taps that it took");
    assert!(kiosk.journal().iter().any(|line| line.ends_with("0.5.0")));

    repository.publish(&[("0.6.0", Nature { tables: 2, ..GOOD })]).unwrap();
    kiosk.must_update("install --now --watch 1");
    assert!(kiosk.runs() && kiosk.installed() == "ii 0.6.0", "and a newer one makes it good");
    assert!(kiosk.journal().iter().any(|line| line.ends_with("0.3.0")), "nothing was lost on all these ways");

    kiosk.machine.shell("systemctl disable -q --now tapdesk-kiosk").unwrap();
    repository.publish(&[("0.7.0", Nature { tables: 2, ..GOOD })]).unwrap();
    kiosk.must_update("install --now");
    assert!(!kiosk.runs() && kiosk.installed() == "ii 0.7.0", "a machine that is no kiosk is not made one");
}

#[test]
fn an_update_that_is_cut_off_is_finished_or_undone() {
    if left_out() {
        return;
    }
    let repository = Repository::new().unwrap();
    repository.publish(&[("0.1.0", GOOD), ("0.2.0", Nature { tables: 2, configures: PAUSES, ..GOOD })]).unwrap();
    let kiosk = Kiosk::running(&repository, "0.1.0");
    kiosk.finish_by_hand_alone();
    let first = "tap taken by 0.1.0";
    for (step, program, word) in [
        ("fetch", "apt-get", "download"),
        ("stop", "systemctl", "stop"),
        ("copy_journal", "tar", "--create"),
        ("install", "apt-get", "--no-download"),
        ("install", "postinst", "configure"),
        ("start", "systemctl", "start"),
    ] {
        kiosk.reset("0.1.0");
        kiosk.pause(program, word);
        kiosk.begin("install --now --watch 1");
        kiosk.until_paused();
        assert_eq!(kiosk.step().as_deref(), Some(step));
        kiosk.kill();
        if step == "fetch" {
            kiosk.must_update("install --now --watch 1");
        }
        kiosk.finish();
        assert_eq!((kiosk.installed().as_str(), kiosk.step()), ("ii 0.2.0", None), "{step}, at {program}");
        assert!(kiosk.runs(), "{step}");
        kiosk.until_journal(&["tables 2", first, "tap taken by 0.2.0"]);
    }

    kiosk.reset("0.1.0");
    kiosk.begin("install --now --watch 600");
    kiosk::until(|| "the new version to be watched", || kiosk.step().as_deref() == Some("watch"));
    kiosk.kill();
    kiosk.machine.shell("systemctl stop tapdesk-kiosk; cp /bin/false /usr/bin/tapdesk").unwrap();
    // By its own copy: the installed program cannot do it now.
    drop(kiosk.machine.run("/var/lib/tapdesk-update/updater", &["update", "finish"]).unwrap());
    kiosk.until_over();
    let last = &kiosk.state()["last"];
    assert_eq!((&last["ending"], &last["version"]), (&"stayed".into(), &"0.2.0".into()), "only it can read its taps");
    let is_there = kiosk.journal().iter().any(|line| line.ends_with("0.2.0"));
    assert!(is_there, "and what that was is there: {:?}", kiosk.journal());
}

#[test]
fn a_way_back_that_is_cut_off_is_gone_to_its_end() {
    if left_out() {
        return;
    }
    let repository = Repository::new().unwrap();
    repository.publish(&[("0.1.0", GOOD), ("0.3.0", Nature { tables: 3, behaves: "ends", ..GOOD })]).unwrap();
    let kiosk = Kiosk::running(&repository, "0.1.0");
    kiosk.finish_by_hand_alone();
    let first = "tap taken by 0.1.0";
    // The way back begins where the new version was to be started; one of its steps is reached by another.
    let begins = ("systemctl", "start");
    for (step, before, at) in [
        ("halt", begins, ("systemctl", "stop")),
        ("install_old", begins, ("apt-get", "--no-download")),
        ("put_journal_back", begins, ("tar", "--extract")),
        ("put_journal_back", begins, ("mv", "journal.sqlite")),
        ("start_old", ("mv", "journal.sqlite"), begins),
    ] {
        kiosk.reset("0.1.0");
        kiosk.pause(before.0, before.1);
        kiosk.begin("install --now --watch 20");
        kiosk.until_paused();
        kiosk.kill();
        kiosk.pause(at.0, at.1);
        kiosk.begin("finish");
        kiosk.until_paused();
        assert_eq!(kiosk.step().as_deref(), Some(step));
        kiosk.kill();
        kiosk.finish();
        assert_eq!(kiosk.state()["last"]["ending"], "rolled_back", "{step}: {}", kiosk.state());
        assert_eq!((kiosk.installed().as_str(), kiosk.step()), ("ii 0.1.0", None), "{step}");
        assert!(kiosk.runs(), "{step}");
        kiosk.until_journal(&["tables 1", first, first]);
    }
}

/// Stops while dpkg is in the midst of it.
const PAUSES: &str = "if [ -e /pause/postinst ]; then rm /pause/postinst; touch /pause/reached; sleep infinity; fi";

#[test]
fn a_power_cut_in_the_midst_of_it_leaves_a_kiosk_that_works() {
    if left_out() {
        return;
    }
    let repository = Repository::new().unwrap();
    let broken = Nature { tables: 2, behaves: "ends", ..GOOD };
    repository.publish(&[("0.1.0", GOOD), ("0.2.0", Nature { configures: PAUSES, ..GOOD })]).unwrap();
    let mut kiosk = Kiosk::running(&repository, "0.1.0");
    let first = "tap taken by 0.1.0";

    kiosk.pause("postinst", "configure");
    kiosk.begin("install --now --watch 1");
    kiosk.until_paused();
    kiosk.machine.cut_power();
    kiosk.machine.boot().unwrap();
    kiosk.until_over();
    assert_eq!(kiosk.installed(), "ii 0.2.0");
    kiosk::until(|| "the kiosk to run", || kiosk.runs());
    kiosk.until_journal(&["tables 1", first, "tap taken by 0.2.0"]);

    repository.publish(&[("0.3.0", broken)]).unwrap();
    kiosk.pause("mv", "journal.sqlite");
    kiosk.begin("install --now --watch 20");
    kiosk.until_paused();
    kiosk.machine.cut_power();
    assert!(!kiosk.machine.inside("/var/lib/tapdesk/.local/share/tapdesk/journal.sqlite").exists(), "no journal now");
    kiosk.machine.boot().unwrap();
    kiosk.until_over();
    assert_eq!(kiosk.installed(), "ii 0.2.0");
    kiosk::until(|| "the kiosk to run", || kiosk.runs());
    assert_eq!(
        kiosk.journal()[..3],
        ["tables 1", first, "tap taken by 0.2.0"],
        "it was not started without its journal"
    );
    assert_eq!(kiosk.state()["bad"][0]["version"], "0.3.0");
}
