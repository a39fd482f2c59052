//! What the .deb holds, looked at by the programs that will use it, and by Debian's own judge of packages.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::{must, packages};

/// What a kiosk is made of, what its unit calls, and without which systemd passes a TPM by.
const RECOMMENDED: [&str; 12] = [
    "cage",
    "xwayland",
    "espeak-ng",
    "pcscd",
    "libccid",
    "seatd",
    "kmod",
    "kbd",
    "libtss2-esys-3.0.2-0",
    "libtss2-mu0",
    "libtss2-rc0",
    "libtss2-tcti-device0",
];
/// Errors of lintian that stay. A maintainer's address: whoever publishes packages gives theirs as DEBEMAIL.
const LEFT: [&str; 1] = ["bogus-mail-host"];

fn unpacked(deb: &Path) -> anyhow::Result<TempDir> {
    let folder = TempDir::new()?;
    must(Command::new("dpkg-deb").arg("--raw-extract").arg(deb).arg(folder.path()))?;
    Ok(folder)
}

#[test]
fn the_deb_names_what_it_needs_with_versions_and_brings_what_it_promises() -> anyhow::Result<()> {
    let Some(packages) = packages()? else { return Ok(()) };
    let field = |name| must(Command::new("dpkg-deb").arg("--field").arg(&packages.deb).arg(name));
    let depends = field("Depends")?;
    for library in ["libc6", "libnfc6", "libwebkit2gtk-4.1-0", "libssl3", "libasound2", "libpcsclite1"] {
        // Debian 13 has renamed some of them.
        let is_needed = ["", "t64"].iter().any(|ending| depends.contains(&format!("{library}{ending} (>= ")));
        assert!(is_needed, "{library} is missing: {depends}");
    }
    let names: Vec<&str> = depends.split(", ").filter_map(|one| one.split_whitespace().next()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "one stands there twice: {depends}");
    let recommended = field("Recommends")?;
    let recommended: BTreeSet<&str> = recommended.split([',', '|']).map(str::trim).collect();
    for package in RECOMMENDED {
        assert!(recommended.contains(package), "{package} is not recommended: {recommended:?}");
    }
    assert!(field("Description")?.lines().count() > 5, "a long description");
    assert_eq!(field("Conffiles")?.trim(), "", "what lies in /etc is the operator's");

    let folder = unpacked(&packages.deb)?;
    let at = |path: &str| folder.path().join(path);
    assert!(!at("etc").exists(), "what lies in /etc is the operator's");
    let list = include_str!("../../../src-tauri/packaging/files");
    let promised = list.lines().filter(|line| line.starts_with('/')).filter_map(|line| line.split_whitespace().next());
    for path in promised.chain(["/usr/bin/tapdesk", "/usr/share/applications/tapdesk.desktop"]) {
        assert!(at(path.trim_start_matches('/')).is_file(), "{path} is missing");
    }
    Ok(())
}

#[test]
fn the_texts_of_the_package_are_what_their_readers_expect() -> anyhow::Result<()> {
    let Some(packages) = packages()? else { return Ok(()) };
    let folder = unpacked(&packages.deb)?;
    let at = |path: &str| folder.path().join(path);
    must(Command::new("desktop-file-validate").arg(at("usr/share/applications/tapdesk.desktop")))?;
    must(Command::new("bash").arg("-n").arg(at("usr/share/bash-completion/completions/tapdesk")))?;
    for script in ["postinst", "prerm", "postrm"] {
        must(Command::new("sh").arg("-n").arg(at("DEBIAN").join(script)))?;
    }

    // Each command's words, in each of the three languages that shells complete in.
    for completion in [
        "bash-completion/completions/tapdesk",
        "zsh/vendor-completions/_tapdesk",
        "fish/vendor_completions.d/tapdesk.fish",
    ] {
        let script = std::fs::read_to_string(at("usr/share").join(completion))?;
        let option = if completion.starts_with("fish") { "-l config" } else { "--config" };
        assert!(script.contains("out-of-order") && script.contains(option), "{completion}");
        assert!(!script.contains("generate"), "{completion} offers what only the packaging needs");
    }

    // Uncommented, the example is a configuration that is read, and every key of it is at its default.
    let example = std::fs::read_to_string(at("usr/share/doc/tapdesk/tapdesk.example.toml"))?;
    let keys = example.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| line.contains(" = "));
    let text = keys.collect::<Vec<_>>().join("\n").replace("business_id = 0", "business_id = 9");
    let file = at("example.toml");
    std::fs::write(&file, &text)?;
    let mut command = Command::new(at("usr/bin/tapdesk"));
    command.arg("--config").arg(&file).args(["config", "--json"]);
    let read: Value = serde_json::from_str(&must(command.env("TAPDESK_MANAGED_CONFIG", ""))?)?;
    let settings = read["settings"].as_array().expect("settings");
    assert!(settings.len() > 30 && text.lines().count() > 25, "{text}");

    let bill: Value = serde_json::from_slice(&std::fs::read(at("usr/share/doc/tapdesk/tapdesk.cdx.json"))?)?;
    assert_eq!((&bill["bomFormat"], &bill["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    let licences = std::fs::read_to_string(at("usr/share/doc/tapdesk/licences.txt"))?;
    let components = bill["components"].as_array().expect("components");
    let name = |part: &Value| part["name"].as_str().unwrap_or_default().to_owned();
    let names: BTreeSet<String> = components.iter().map(name).collect();
    for part in ["sqlcipher-src", "nfc1-sys", "tauri", "aws-lc-sys", "echarts", "svelte", "@fluent/bundle"] {
        assert!(names.contains(part), "{part} is not in the bill of materials");
    }
    for part in names.iter().filter(|part| !part.starts_with("tapdesk")) {
        assert!(licences.contains(&format!("\n{part} ")), "{part} has no licence in the package");
    }
    Ok(())
}

#[test]
fn the_man_page_is_free_of_faults() -> anyhow::Result<()> {
    let Some(packages) = packages()? else { return Ok(()) };
    let folder = unpacked(&packages.deb)?;
    let page = must(Command::new("gzip").arg("-dc").arg(folder.path().join("usr/share/man/man1/tapdesk.1.gz")))?;
    let plain = folder.path().join("tapdesk.1");
    std::fs::write(&plain, page)?;
    let mut command = Command::new("groff");
    let output = command.args(["-man", "-Tutf8", "-ww", "-P-cbou"]).arg(&plain).output()?;
    let (shown, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && complaints.is_empty(), "{complaints}");
    for words in ["NAME", "tapdesk doctor", "--bundle", "/etc/tapdesk/tapdesk.toml", "TAPDESK_CONFIG", "Exit codes"] {
        assert!(shown.contains(words), "{words} is missing: {shown}");
    }
    Ok(())
}

#[test]
fn debians_judge_of_packages_finds_no_error() -> anyhow::Result<()> {
    let Some(packages) = packages()? else { return Ok(()) };
    let output =
        Command::new("lintian").args(["--allow-root", "--no-tag-display-limit"]).arg(&packages.deb).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let judged = output.status.code().is_some_and(|code| code == 0 || code == 2);
    assert!(judged, "lintian did not judge: {said}\n{}", String::from_utf8_lossy(&output.stderr));
    eprintln!("{said}");
    let is_left = |line: &&str| LEFT.iter().any(|tag| line.contains(tag));
    let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("E:")).filter(|line| !is_left(line)).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    Ok(())
}
