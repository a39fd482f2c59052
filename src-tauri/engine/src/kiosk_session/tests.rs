//! Whole commands on a machine that is a folder, with programs that keep its state in files.

use super::*;
use crate::programs::tests::program;

/// Enough of systemctl to be asked about and told of units: a unit is enabled, masked or up where there is such a file.
const SYSTEMCTL: &str = r#"
state=$(dirname "$0")/../state
mkdir -p "$state"
case "$1" in
  show)
    unit=$3
    echo LoadState=$(test -e "$state/absent.$unit" && echo not-found || echo loaded)
    echo ActiveState=$(test -e "$state/up.$unit" && echo active || echo inactive)
    if test -e "$state/masked.$unit"; then echo UnitFileState=masked
    elif test -e "$state/enabled.$unit"; then echo UnitFileState=enabled
    else echo UnitFileState=disabled; fi
    echo Result=success
    echo "StatusText=reader up"
    echo NRestarts=0
    ;;
  get-default) cat "$state/default" ;;
  set-default) echo "$2" >"$state/default" ;;
  enable) : >"$state/enabled.$2" ;;
  disable) rm "$state/enabled.$2" ;;
  mask) : >"$state/masked.$2" ;;
  unmask) rm "$state/masked.$2" ;;
  start) : >"$state/up.$2" ;;
  stop) rm "$state/up.$2" ;;
  daemon-reload | kill) ;;
  *) echo "what is $1" >&2; exit 1 ;;
esac
"#;
const ID: &str = r#"
state=$(dirname "$0")/../state
test -e "$state/user" || { echo "no such user" >&2; exit 1; }
case "$1" in -Gn) echo tapdesk audio dialout plugdev render video ;; -G) echo 990 20 46 ;; -u) stat -c %u "$state/user" ;; esac
"#;
/// Turns the key around; opens what begins with its own word.
const CREDS: &str = r#"
echo "$*" >>"$(dirname "$0")/../state/creds"
case "$1" in
  encrypt) printf 'sealed '; od -An -tx1 | tr -d ' \n' ;;
  decrypt) grep -q '^sealed ' "$3" || { echo 'Failed to decrypt: Bad message' >&2; exit 1; } ;;
esac
"#;

struct Place {
    folder: tempfile::TempDir,
    machine: Machine,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_path_buf();
        let programs = root.join("programs");
        for path in [&programs, &root.join("state"), &root.join("run/systemd/system"), &root.join("proc/sys/kernel")] {
            fs::create_dir_all(path).unwrap();
        }
        for (name, text) in [("systemctl", SYSTEMCTL), ("id", ID), ("systemd-creds", CREDS)] {
            program(&programs, name, text);
        }
        program(&programs, "systemd-sysusers", ": >\"$(dirname \"$0\")/../state/user\"");
        for name in ["cage", "Xwayland", "seatd", "udevadm"] {
            program(&programs, name, "");
        }
        // A kernel from which nothing can be taken.
        program(&programs, "modprobe", "echo 'Module nfc is in use' >&2; exit 1");
        for path in SHIPPED.into_iter().chain(PLACED.iter().map(|file| file.from)) {
            let path = root.join(path.trim_start_matches('/'));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "as shipped").unwrap();
        }
        fs::write(root.join("proc/sys/kernel/sysrq"), "438\n").unwrap();
        let place = Self { machine: Machine { root, programs: Programs::below(&programs), is_root: true }, folder };
        place.set("default", "multi-user.target\n");
        for state in ["enabled.getty@tty1.service", "up.seatd.service", "absent.display-manager.service"] {
            place.set(state, "");
        }
        place
    }

    fn set(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("state").join(name), text).unwrap();
    }

    fn unset(&self, name: &str) {
        fs::remove_file(self.folder.path().join("state").join(name)).unwrap();
    }

    fn enable(&self, wishes: Wishes) -> (Result<bool, SessionError>, Vec<String>) {
        let mut said = Vec::new();
        let done = self.machine.enable(wishes, |step| said.push(step.to_owned()));
        (done, said)
    }

    fn status(&self, check: &str) -> (bool, String) {
        let checks = self.machine.status().unwrap();
        let found = checks.into_iter().find(|one| one.check == check).unwrap();
        (found.ok, format!("{} -> {}", found.found, found.advice.unwrap_or_default()))
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.machine.at(path)).ok()
    }
}

#[test]
fn a_machine_becomes_a_kiosk_and_goes_back() {
    let place = Place::new();
    let wishes = Wishes { now: true, keep_usb_drivers_off: true, keep_power_key: false };
    let (done, said) = place.enable(wishes);
    assert!(done.unwrap());
    assert!(said.iter().any(|line| line.contains("with the next start") && line.contains("in use")), "{said:?}");
    assert_eq!(place.read(SYSRQ).as_deref(), Some("0"));
    assert_eq!(place.read(PLACED[0].path).as_deref(), Some("as shipped"));
    let sealed = place.read(CREDENTIAL).unwrap();
    assert_eq!(sealed.len(), "sealed ".len() + 64, "32 bytes, in hex");
    let told = place.read("/state/creds").unwrap();
    assert_eq!(told, "encrypt --with-key=auto --tpm2-pcrs= --name=tapdesk.key - -\n", "no key among the arguments");
    assert_eq!(fs::metadata(place.machine.at(CREDENTIAL)).unwrap().permissions().mode() & 0o777, 0o600);

    let data = place.machine.at("/var/lib/tapdesk");
    fs::create_dir_all(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700)).unwrap();
    for check in place.machine.status().unwrap() {
        assert!(check.ok, "{check:?}");
    }
    let (done, said) = place.enable(wishes);
    assert!(!done.unwrap() && said.is_empty(), "{said:?}");

    assert!(place.machine.disable(|_| {}).unwrap());
    assert_eq!(place.read(SYSRQ).as_deref(), Some("438"));
    assert_eq!(place.read("/state/default").as_deref(), Some("multi-user.target\n"));
    assert!(PLACED.iter().all(|file| place.read(file.path).is_none()));
    assert_eq!(place.read(CREDENTIAL), Some(sealed.clone()), "the key stays");
    assert!(!place.machine.at("/var/lib/tapdesk-kiosk").exists());
    let (ok, said) = place.status("session");
    assert!(!ok && said.contains("systemctl start"), "{said}");

    assert!(place.enable(Wishes::default()).0.unwrap());
    assert_eq!(place.read(CREDENTIAL), Some(sealed), "and is never made anew");
}

#[test]
fn a_machine_that_lacks_something_is_left_as_it_is() {
    let place = Place::new();
    fs::remove_file(place.folder.path().join("programs/Xwayland")).unwrap();
    fs::remove_file(place.machine.at(SHIPPED[0])).unwrap();
    place.unset("absent.display-manager.service");
    let (done, said) = place.enable(Wishes::default());
    let error = done.unwrap_err().to_string();
    for words in ["nothing was changed", "package xwayland", SHIPPED[0], "systemctl disable display-manager.service"] {
        assert!(error.contains(words), "{error}");
    }
    assert!(said.is_empty() && place.read(CREDENTIAL).is_none() && place.read(BEFORE).is_none());
    let ordinary = Machine { is_root: false, ..place.machine.clone() };
    for error in [ordinary.enable(Wishes::default(), |_| {}).map(drop), ordinary.status().map(drop)] {
        assert!(matches!(error, Err(SessionError::NotRoot)), "{error:?}");
    }
}

#[test]
fn a_step_that_fails_says_what_was_done_and_the_next_run_goes_on() {
    let place = Place::new();
    let programs = place.folder.path().join("programs");
    program(&programs, "systemd-creds", "echo 'TPM2 is locked out' >&2; exit 1");
    let (done, said) = place.enable(Wishes::default());
    let error = done.unwrap_err().to_string();
    for words in ["not done: make the key", "TPM2 is locked out", "done before it: remember how", "same command again"]
    {
        assert!(error.contains(words), "{error}");
    }
    assert!(said.iter().all(|line| !line.contains("make the key")), "{said:?}");
    assert!(!place.folder.path().join("state/enabled.tapdesk-kiosk.service").exists(), "it does not start like this");
    assert_eq!(place.read(CREDENTIAL), None);

    program(&programs, "systemd-creds", CREDS);
    let (done, said) = place.enable(Wishes::default());
    assert!(done.unwrap() && said[0].starts_with("make the key"), "{said:?}");
}

#[test]
fn each_thing_that_is_wrong_is_named_with_what_to_do() {
    let place = Place::new();
    place.enable(Wishes { now: true, ..Wishes::default() }).0.unwrap();
    fs::write(place.machine.at(CREDENTIAL), "something else").unwrap();
    let (ok, said) = place.status("key");
    assert!(!ok && said.contains("Bad message") && said.contains("credential.secret"), "{said}");
    place.set("up.getty@tty1.service", "");
    let (ok, said) = place.status("console");
    assert!(!ok && said.contains("systemctl stop getty@tty1.service"), "{said}");
    place.unset("enabled.tapdesk-kiosk.service");
    let (ok, said) = place.status("start");
    assert!(!ok && said.contains("tapdesk kiosk enable"), "{said}");
    fs::remove_file(place.machine.at(PLACED[0].path)).unwrap();
    let (ok, said) = place.status("locks");
    assert!(!ok && said.contains(PLACED[0].path), "{said}");
    place.unset("up.seatd.service");
    assert!(!place.status("seat").0);
    fs::create_dir_all(place.machine.at("/dev")).unwrap();
    let line = place.machine.at("/dev/ttyUSB0");
    fs::write(&line, "").unwrap();
    fs::set_permissions(&line, fs::Permissions::from_mode(0o600)).unwrap();
    let (ok, said) = place.status("reader");
    assert!(!ok && said.contains("/dev/ttyUSB0"), "{said}");
    place.unset("user");
    let (ok, said) = place.status("user");
    assert!(!ok && said.contains("there is no user"), "{said}");
    let error = place.machine.run(Path::new("/usr/bin/tapdesk"), &[]).unwrap_err().to_string();
    assert!(error.contains("tapdesk kiosk enable"), "{error}");
}
