//! What keeps a reader from being used: a missing right, another program, a driver of the kernel's; and the command that
//! frees it.

mod keyboards;
mod smart_cards;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::folder::names;

/// USB readers that libnfc drives, by vendor and product: as in the package's udev rules.
const USB_READERS: [(&str, &str, &str); 10] = [
    ("04cc", "0531", "PN531"),
    ("04cc", "2533", "PN533"),
    ("04e6", "5591", "SCL3711"),
    ("04e6", "5594", "SCL3712"),
    ("054c", "0193", "Sony PN531"),
    ("054c", "02e1", "Sony RC-S330"),
    ("1fd3", "0608", "ASK LoGO"),
    ("072f", "2200", "ACR122U"),
    ("072f", "90cc", "Touchatag"),
    ("072f", "2214", "ACR1222"),
];
/// The program that talks to every serial line that may be a modem.
const MODEM_MANAGER: &str = "ModemManager";
/// The smart-card service, which takes every reader of smart cards for itself.
const PCSCD: &str = "pcscd";

/// Something in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hindrance {
    /// What was found.
    pub(super) found: String,
    /// What frees the reader.
    pub(super) advice: String,
}

/// A machine, seen by a user of it.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    /// Where its files lie.
    root: PathBuf,
    user: u32,
    groups: Vec<u32>,
}

impl Machine {
    /// This one, seen by whoever runs this program.
    pub(super) fn here() -> Self {
        use rustix::process::{getegid, geteuid, getgroups};
        let groups = getgroups().unwrap_or_default().into_iter().chain([getegid()]).map(rustix::process::Gid::as_raw);
        Self { root: PathBuf::from("/"), user: geteuid().as_raw(), groups: groups.collect() }
    }

    /// What is in the way of the reader on this serial line; of the USB readers where there is none. Blocks.
    pub(super) fn in_the_way(&self, line: Option<&Path>) -> Vec<Hindrance> {
        match line {
            Some(line) => self.of_line(line),
            None => self.of_usb(),
        }
    }

    fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    fn of_line(&self, line: &Path) -> Vec<Hindrance> {
        // A name below /dev/serial leads to the device itself, by which programs have it open.
        let Ok(device) = self.at(line).canonicalize() else { return self.other_lines() };
        let device = Path::new("/").join(device.strip_prefix(&self.root).unwrap_or(&device));
        let mut found: Vec<Hindrance> = self.lacking_right(&device).into_iter().collect();
        let holders = self.holders(&device);
        if self.runs(MODEM_MANAGER) && !holders.iter().any(|(_, name)| name == MODEM_MANAGER) {
            found.push(Hindrance {
                found: "ModemManager runs, which speaks to every serial line that may be a modem".to_owned(),
                advice: "`sudo systemctl disable --now ModemManager`; Tapdesk's package keeps it off readers by its udev rules".to_owned(),
            });
        }
        found.extend(holders.into_iter().map(|(process, name)| held_by(&device, process, &name)));
        found
    }

    /// Where the named line is not there: what is.
    fn other_lines(&self) -> Vec<Hindrance> {
        let by_id = names(&self.at("/dev/serial/by-id")).into_iter().map(|name| format!("/dev/serial/by-id/{name}"));
        let usual = names(&self.at("/dev")).into_iter().filter(|name| {
            ["ttyUSB", "ttyACM"].iter().any(|prefix| name.starts_with(prefix)) || name == "tapdesk-reader"
        });
        let lines: Vec<String> = by_id.chain(usual.map(|name| format!("/dev/{name}"))).collect();
        let hindrance = if lines.is_empty() {
            Hindrance {
                found: "no USB serial line is plugged in".to_owned(),
                advice: "plug the reader in; `sudo dmesg` says whether the machine sees it".to_owned(),
            }
        } else {
            Hindrance {
                found: format!("these lines are there: {}", lines.join(", ")),
                advice: "set `reader.connection` to the reader's, such as \"pn532_uart:/dev/ttyUSB0:115200\""
                    .to_owned(),
            }
        };
        vec![hindrance]
    }

    fn of_usb(&self) -> Vec<Hindrance> {
        let devices = self.at("/sys/bus/usb/devices");
        let mut found = Vec::new();
        let mut readers = 0;
        for name in names(&devices) {
            let folder = devices.join(&name);
            let fact = |fact: &str| fs::read_to_string(folder.join(fact)).map(|text| text.trim().to_owned());
            let (Ok(vendor), Ok(product)) = (fact("idVendor"), fact("idProduct")) else { continue };
            let known = USB_READERS.iter().find(|known| (known.0, known.1) == (vendor.as_str(), product.as_str()));
            let Some((_, _, model)) = known else { continue };
            readers += 1;
            found.extend(self.kernel_driver(&name, model));
            let number = |text: std::io::Result<String>| text.ok().and_then(|text| text.parse::<u32>().ok());
            if let (Some(bus), Some(device)) = (number(fact("busnum")), number(fact("devnum"))) {
                let node = PathBuf::from(format!("/dev/bus/usb/{bus:03}/{device:03}"));
                found.extend(self.lacking_right(&node));
                found.extend(self.holders(&node).into_iter().map(|(process, name)| held_by(&node, process, &name)));
            }
        }
        if readers == 0 {
            found.push(Hindrance {
                found: "no USB reader that libnfc knows is plugged in".to_owned(),
                advice: "plug one in; for a PN532 on a serial line set `reader.connection`".to_owned(),
            });
        }
        found
    }

    /// A driver of the kernel's has the reader to itself.
    fn kernel_driver(&self, device: &str, model: &str) -> Option<Hindrance> {
        let interface = self.at("/sys/bus/usb/devices").join(device).join(format!("{device}:1.0/driver"));
        let driver = fs::read_link(interface).ok()?.file_name()?.to_string_lossy().into_owned();
        // What programs open a device by.
        if driver == "usbfs" {
            return None;
        }
        Some(Hindrance {
            found: format!("the kernel's driver {driver} has the {model}"),
            advice: format!(
                "`sudo modprobe -r {driver}`; for good, on a kiosk: `sudo tapdesk kiosk enable --keep-usb-drivers-off`"
            ),
        })
    }

    fn lacking_right(&self, device: &Path) -> Option<Hindrance> {
        let file = fs::metadata(self.at(device)).ok()?;
        let (mode, group) = (file.mode(), file.gid());
        let may = self.user == 0
            || mode & 0o006 == 0o006
            || (file.uid() == self.user && mode & 0o600 == 0o600)
            || (self.groups.contains(&group) && mode & 0o060 == 0o060);
        if may {
            return None;
        }
        let user = self.name_of("/etc/passwd", self.user).unwrap_or_else(|| self.user.to_string());
        let advice = match self.name_of("/etc/group", group).filter(|group| group != "root" && mode & 0o060 == 0o060) {
            Some(group) => format!("`sudo usermod -aG {group} {user}`, then log in again"),
            None => {
                "install Tapdesk's package, whose udev rules open readers, then plug the reader in again".to_owned()
            }
        };
        Some(Hindrance { found: format!("{user} may not use {}", device.display()), advice })
    }

    /// The first field of the line with this number, in a file of users or groups.
    fn name_of(&self, file: &str, number: u32) -> Option<String> {
        let text = fs::read_to_string(self.at(file)).ok()?;
        let number = number.to_string();
        let line = text.lines().find(|line| line.split(':').nth(2) == Some(number.as_str()))?;
        line.split(':').next().map(str::to_owned)
    }

    /// The processes that have a device open, by number and name; of other users' only root is told.
    fn holders(&self, device: &Path) -> Vec<(u32, String)> {
        // The reader process that was tried a moment ago may be just ending.
        let own = std::process::id();
        let of_others = |process: &u32| *process != own && self.parent(*process) != Some(own);
        let processes = self.processes().into_iter().filter(of_others);
        let has_it = |process: &u32| {
            let files = self.at(format!("/proc/{process}/fd"));
            names(&files).iter().any(|file| fs::read_link(files.join(file)).is_ok_and(|target| target == device))
        };
        processes.filter(has_it).map(|process| (process, self.name(process))).collect()
    }

    fn parent(&self, process: u32) -> Option<u32> {
        let stat = fs::read_to_string(self.at(format!("/proc/{process}/stat"))).ok()?;
        // The name stands in brackets, and may have some of its own.
        stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
    }

    fn runs(&self, program: &str) -> bool {
        self.processes().into_iter().any(|process| self.name(process) == program)
    }

    fn processes(&self) -> Vec<u32> {
        let mut processes: Vec<u32> = names(&self.at("/proc")).iter().filter_map(|name| name.parse().ok()).collect();
        processes.sort_unstable();
        processes
    }

    fn name(&self, process: u32) -> String {
        let name = fs::read_to_string(self.at(format!("/proc/{process}/comm"))).unwrap_or_default();
        name.trim().to_owned()
    }
}

fn held_by(device: &Path, process: u32, name: &str) -> Hindrance {
    let advice = match name {
        "tapdesk" => "stop that Tapdesk, or leave it the reader: one reader serves one kiosk".to_owned(),
        MODEM_MANAGER => "`sudo systemctl disable --now ModemManager`".to_owned(),
        PCSCD => "`sudo systemctl disable --now pcscd.socket pcscd.service`".to_owned(),
        _ => format!("stop it: `sudo kill {process}`"),
    };
    Hindrance { found: format!("{name} (process {process}) has {} open", device.display()), advice }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use tempfile::TempDir;

    use super::*;

    const LINE: &str = "/dev/serial/by-id/usb-reader";

    /// A machine of files, with a user that has no rights of its own.
    pub(super) struct Fake {
        pub(super) machine: Machine,
        _folder: TempDir,
    }

    impl Fake {
        pub(super) fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().canonicalize().unwrap();
            let fake = Self { machine: Machine { root, user: 4_000_000, groups: Vec::new() }, _folder: folder };
            fake.file("/etc/passwd", "root:x:0:0::/root:/bin/sh\nana:x:4000000:4000000::/nonexistent:/bin/sh\n");
            fake
        }

        pub(super) fn file(&self, path: &str, text: &str) {
            let path = self.machine.at(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        pub(super) fn link(&self, path: &str, target: &str) {
            let path = self.machine.at(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            symlink(target, path).unwrap();
        }

        /// A device that this machine's user may use or not.
        fn device(&self, path: &str, mode: u32) {
            self.file(path, "");
            fs::set_permissions(self.machine.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }

        pub(super) fn process(&self, number: u32, name: &str, opens: &str) {
            self.file(&format!("/proc/{number}/comm"), &format!("{name}\n"));
            self.link(&format!("/proc/{number}/fd/3"), opens);
        }

        fn found(&self, line: Option<&str>) -> Vec<(String, String)> {
            let found = self.machine.in_the_way(line.map(Path::new));
            found.into_iter().map(|hindrance| (hindrance.found, hindrance.advice)).collect()
        }
    }

    fn with_line(mode: u32) -> Fake {
        let fake = Fake::new();
        fake.device("/dev/ttyUSB0", mode);
        fake.link(LINE, "../../ttyUSB0");
        fake
    }

    fn with_usb() -> Fake {
        let fake = Fake::new();
        for (fact, value) in [("idVendor", "072f"), ("idProduct", "2200"), ("busnum", "1"), ("devnum", "7")] {
            fake.file(&format!("/sys/bus/usb/devices/1-2/{fact}"), &format!("{value}\n"));
        }
        fake.device("/dev/bus/usb/001/007", 0o666);
        fake
    }

    #[test]
    fn a_free_line_has_nothing_in_its_way() {
        assert!(with_line(0o666).found(Some(LINE)).is_empty());
        assert!(with_usb().found(None).is_empty());
    }

    #[test]
    fn a_missing_line_is_told_with_those_that_are_there() {
        let (found, advice) = with_line(0o666).found(Some("/dev/ttyUSB7")).remove(0);
        assert_eq!(found, format!("these lines are there: {LINE}, /dev/ttyUSB0"));
        assert!(advice.contains("reader.connection"));
        assert!(Fake::new().found(Some(LINE))[0].0.contains("no USB serial line"));
    }

    #[test]
    fn whoever_has_it_open_is_named_with_what_frees_it() {
        for (name, advice) in [
            ("nfc-poll", "stop it: `sudo kill 77`"),
            ("ModemManager", "`sudo systemctl disable --now ModemManager`"),
            ("tapdesk", "stop that Tapdesk, or leave it the reader: one reader serves one kiosk"),
        ] {
            let fake = with_line(0o666);
            fake.process(77, name, "/dev/ttyUSB0");
            fake.process(78, "bash", "/dev/null");
            fake.process(79, "tapdesk", "/dev/ttyUSB0");
            fake.file("/proc/79/stat", &format!("79 (a ) b) S {} 79 79", std::process::id()));
            let found = fake.found(Some(LINE));
            assert_eq!(found, [(format!("{name} (process 77) has /dev/ttyUSB0 open"), advice.to_owned())]);
        }
        let fake = with_line(0o666);
        fake.process(77, "ModemManager", "/dev/null");
        assert!(fake.found(Some(LINE))[0].0.contains("every serial line"), "it may open it at any moment");
    }

    #[test]
    fn a_missing_right_is_told_with_the_group_that_gives_it() {
        let fake = with_line(0o660);
        let group = fs::metadata(fake.machine.at("/dev/ttyUSB0")).unwrap().gid();
        fake.file("/etc/group", &format!("dialout:x:{group}:\n"));
        let (found, advice) = fake.found(Some(LINE)).remove(0);
        assert_eq!(found, "ana may not use /dev/ttyUSB0");
        assert_eq!(advice, "`sudo usermod -aG dialout ana`, then log in again");
        let member = Machine { groups: vec![group], ..fake.machine.clone() };
        assert!(member.in_the_way(Some(Path::new(LINE))).is_empty());
        let root = Machine { user: 0, ..fake.machine.clone() };
        assert!(root.in_the_way(Some(Path::new(LINE))).is_empty());
        fs::set_permissions(fake.machine.at("/dev/ttyUSB0"), fs::Permissions::from_mode(0o600)).unwrap();
        assert!(fake.found(Some(LINE))[0].1.contains("udev rules"), "no group gives it");
    }

    #[test]
    fn a_usb_reader_that_something_has_is_told() {
        let fake = with_usb();
        fake.link("/sys/bus/usb/devices/1-2/1-2:1.0/driver", "../../../../bus/usb/drivers/pn533_usb");
        fake.process(9, "pcscd", "/dev/bus/usb/001/007");
        let found = fake.found(None);
        assert_eq!(found[0].0, "the kernel's driver pn533_usb has the ACR122U");
        assert!(found[0].1.contains("modprobe -r pn533_usb") && found[0].1.contains("--keep-usb-drivers-off"));
        assert!(found[1].0.starts_with("pcscd (process 9)") && found[1].1.contains("pcscd.socket"));
        let free = with_usb();
        free.link("/sys/bus/usb/devices/1-2/1-2:1.0/driver", "../../../../bus/usb/drivers/usbfs");
        assert!(free.found(None).is_empty(), "that is how programs use it");
        assert!(Fake::new().found(None)[0].0.contains("no USB reader"));
    }

    #[test]
    fn the_readers_are_those_of_the_udev_rules() {
        let text = include_str!("../../../packaging/session/70-tapdesk.rules");
        let mut ruled: Vec<(String, String)> = text
            .lines()
            .filter(|line| line.contains("MODE=\"0660\", GROUP=\"plugdev\""))
            .flat_map(|line| {
                let value = |key: &str| line.split(&format!("{key}==\"")).nth(1).unwrap().split('"').next().unwrap();
                let vendor = value("ATTR{idVendor}").to_owned();
                value("ATTR{idProduct}")
                    .split('|')
                    .map(move |product| (vendor.clone(), product.to_owned()))
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut known: Vec<(String, String)> =
            USB_READERS.iter().map(|(vendor, product, _)| ((*vendor).to_owned(), (*product).to_owned())).collect();
        ruled.sort();
        known.sort();
        assert_eq!(known, ruled);
    }
}
