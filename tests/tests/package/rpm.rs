//! The .rpm, looked at by rpm itself, and put into a tree that knows rpm's database and Debian's programs: its scripts run
//! there. No machine with Fedora is to be had: that its names are provided there is not shown here.

use std::process::Command;

use tapdesk_tests::machine::Machine;

use crate::{must, packages, packages_and_machines};

#[test]
fn the_rpm_holds_what_the_deb_holds_and_asks_for_its_libraries_by_their_sonames() -> anyhow::Result<()> {
    let Some(packages) = packages()? else { return Ok(()) };
    let ask = |question: &[&str]| must(Command::new("rpm").arg("-qp").args(question).arg(&packages.rpm));
    let paths = |text: &str| {
        let mut paths: Vec<String> = text.lines().map(str::to_owned).collect();
        paths.sort_unstable();
        paths
    };
    let deb = must(Command::new("dpkg-deb").arg("--contents").arg(&packages.deb))?;
    let deb = deb.lines().filter(|line| line.starts_with('-')).filter_map(|line| line.split_whitespace().last());
    let deb = deb.map(|path| path.strip_prefix('.').unwrap_or(path)).collect::<Vec<_>>().join("\n");
    let entries = ask(&["--qf", "[%{FILEMODES:perms}%{FILENAMES}\n]"])?;
    let of = |kind| {
        let lines = entries.lines().filter(move |line| line.starts_with(kind));
        lines.filter_map(|line| line.find('/').map(|at| &line[at..])).collect::<Vec<_>>()
    };
    assert_eq!(paths(&of('-').join("\n")), paths(&deb));
    // A folder that is owned is removed with the package, and conflicts with whoever else owns it.
    let folders = of('d');
    assert!(folders.contains(&"/usr/share/tapdesk"), "{folders:?}");
    assert_eq!(folders.iter().find(|path| !path.contains("tapdesk")), None, "the system's own folder: {folders:?}");

    let requires = ask(&["--requires"])?;
    for library in [
        "libnfc.so.6()(64bit)",
        "libpcsclite.so.1()(64bit)",
        "libwebkit2gtk-4.1.so.0()(64bit)",
        "libcrypto.so.3(OPENSSL_3.0.0)(64bit)",
        "/bin/sh",
    ] {
        assert!(requires.lines().any(|line| line == library), "{library} is missing: {requires}");
    }
    let recommends = ask(&["--recommends"])?;
    for package in ["cage", "espeak-ng", "seatd", "kmod", "kbd", "tpm2-tss", "pcsc-lite", "pcsc-lite-ccid"] {
        assert!(recommends.lines().any(|line| line == package), "{package} is not recommended: {recommends}");
    }
    let scripts = ask(&["--scripts"])?;
    for part in ["postinstall", "preuninstall", "postuninstall"] {
        assert!(scripts.contains(&format!("{part} scriptlet (using /bin/sh)")), "{part}: {scripts}");
    }
    let checked = must(Command::new("rpm").args(["--checksig", "--nosignature"]).arg(&packages.rpm))?;
    assert!(checked.contains("digests OK"), "{checked}");
    Ok(())
}

#[test]
fn the_rpm_is_installed_renewed_and_removed_and_data_stay() -> anyhow::Result<()> {
    let Some(packages) = packages_and_machines()? else { return Ok(()) };
    let machine = Machine::fresh()?;
    let rpm = |arguments: &[&str]| must(Command::new("rpm").arg("--root").arg(machine.root()).args(arguments));
    machine.copy_in(&packages.rpm, "/srv/tapdesk.rpm")?;
    let file = machine.inside("/srv/tapdesk.rpm");
    let file = file.to_string_lossy();
    rpm(&["--initdb"])?;
    rpm(&["--install", "--nodeps", &file])?;
    assert!(machine.inside("/usr/bin/tapdesk").is_file());
    assert_eq!(rpm(&["--verify", "--nodeps", "tapdesk"])?, "", "all is as packed");
    machine.shell("getent passwd tapdesk")?;

    machine.write("/var/lib/tapdesk/.local/share/tapdesk/journal.sqlite", "taps")?;
    machine.write("/etc/tapdesk/tapdesk.toml", "version = 3\n")?;
    rpm(&["--upgrade", "--nodeps", "--replacepkgs", &file])?;
    assert!(machine.inside("/usr/bin/tapdesk").is_file(), "what the old one removed came with the new one");

    rpm(&["--erase", "--nodeps", "tapdesk"])?;
    for path in ["/usr/bin/tapdesk", "/usr/share/tapdesk", "/usr/share/doc/tapdesk", "/usr/lib/tapdesk"] {
        assert!(!machine.inside(path).exists(), "{path} is left");
    }
    assert!(machine.inside("/var/lib/tapdesk/.local/share/tapdesk/journal.sqlite").is_file());
    assert!(machine.inside("/etc/tapdesk/tapdesk.toml").is_file());
    Ok(())
}
