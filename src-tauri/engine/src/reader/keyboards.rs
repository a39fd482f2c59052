//! The keyboards of this machine, and which of them are card readers. The kernel's own files tell, so nothing is opened,
//! and no right to read what is typed is needed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::folder::names;

/// What the names of card readers have in them that call themselves keyboards; as in the package's udev rules. Each was seen
/// in the programs and listings of people who own one: `USB RFID Reader`, `SYC ID&IC USB Reader` and `IC Reader` are
/// Sycreader's, `RFIDeas USB Keyboard` is the pcProx of rf IDEAS, `OEM RFID Device (Keyboard)` ELATEC's TWN, `HXGCoLtd` a
/// reader at 125 kHz; HID's OMNIKEY is a keyboard only while it is a reader that types. A barcode scanner is none of them.
const NAMES: [&str; 6] = ["RFID", "IC Reader", "ID&IC", "Sycreader", "OMNIKEY", "HXGCoLtd"];
/// The same by vendor and product, for those whose name says nothing: Sycreader (two), rf IDEAS (three, from its list of
/// supported readers), OMNIKEY 5x27 while it types, ELATEC TWN4 while it types.
const IDS: [(&str, &str); 7] = [
    ("ffff", "0035"),
    ("08ff", "0009"),
    ("0c27", "3bfa"),
    ("0c27", "3b4c"),
    ("0c27", "3b1e"),
    ("076b", "5428"),
    ("09d8", "0410"),
];
/// The keys 1 to 0 in the upper row, as the kernel's bits: whoever types numbers has them, a power button has not.
const DIGITS: u64 = 0b1111_1111_1100;
/// Where links to event devices lie that last, the better ones first.
const LASTING: [&str; 2] = ["dev/input/by-id", "dev/input/by-path"];

/// A keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keyboard {
    /// Its event device, by the name that lasts longest.
    pub(crate) path: PathBuf,
    /// What it calls itself.
    pub(crate) name: String,
    vendor: String,
    product: String,
}

impl Keyboard {
    /// Whether it is a card reader for sure.
    pub(crate) fn is_card_reader(&self) -> bool {
        NAMES.iter().any(|part| self.name.contains(part))
            || IDS.iter().any(|(vendor, product)| self.vendor == *vendor && self.product == *product)
    }
}

/// The keyboards below this folder, which is `/`, in the order in which they were found.
pub(crate) fn keyboards(root: &Path) -> Vec<Keyboard> {
    let class = root.join("sys/class/input");
    let number = |name: &str| name.strip_prefix("event").and_then(|number| number.parse::<u32>().ok());
    let mut numbers: Vec<u32> = names(&class).iter().filter_map(|name| number(name)).collect();
    numbers.sort_unstable();
    numbers.into_iter().filter_map(|number| keyboard(root, &class, number)).collect()
}

fn keyboard(root: &Path, class: &Path, number: u32) -> Option<Keyboard> {
    let event = format!("event{number}");
    let fact = |fact: &str| {
        let text = fs::read(class.join(&event).join("device").join(fact)).ok()?;
        Some(String::from_utf8_lossy(&text).trim().to_owned())
    };
    // In words of the machine's, the lowest last.
    let keys = u64::from_str_radix(fact("capabilities/key")?.rsplit(' ').next()?, 16).ok()?;
    let node = root.join("dev/input").join(&event);
    if keys & DIGITS != DIGITS || !node.exists() {
        return None;
    }
    let id = |half: &str| fact(&format!("id/{half}")).unwrap_or_default();
    // A maker's name with a new line in it stays one name.
    let name = fact("name").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Keyboard { path: lasting(root, &node).unwrap_or(node), name, vendor: id("vendor"), product: id("product") })
}

/// A link to this event device that is there again after a restart.
fn lasting(root: &Path, node: &Path) -> Option<PathBuf> {
    let device = node.canonicalize().ok()?;
    let links = LASTING.iter().flat_map(|folder| {
        let folder = root.join(folder);
        names(&folder).into_iter().map(move |name| folder.join(name))
    });
    links.into_iter().find(|link| link.canonicalize().is_ok_and(|target| target == device))
}

/// The first keyboard that is a card reader for sure.
pub(crate) fn card_reader(root: &Path) -> Option<Keyboard> {
    keyboards(root).into_iter().find(Keyboard::is_card_reader)
}

/// The event device that is meant: by its path, by a part of its name that fits one alone, or the first card reader.
pub(crate) fn meant(root: &Path, named: Option<&str>) -> Result<PathBuf, String> {
    let Some(named) = named else {
        return card_reader(root).map(|reader| reader.path).ok_or_else(|| {
            "no keyboard here is known as a card reader; where one is, name it as `reader.connection`, by its path below \
             /dev/input/by-id or by a part of its name"
                .to_owned()
        });
    };
    if named.starts_with('/') {
        let path = root.join(named.trim_start_matches('/'));
        return if path.exists() {
            Ok(path)
        } else {
            Err(format!("{named} is not there; plug the reader in, or correct `reader.connection`"))
        };
    }
    let part = named.to_lowercase();
    let there = keyboards(root);
    let mut fit = there.iter().filter(|keyboard| keyboard.name.to_lowercase().contains(&part));
    match (fit.next(), fit.next()) {
        (Some(one), None) => Ok(one.path.clone()),
        (Some(one), Some(another)) => {
            let all = [one, another].into_iter().chain(fit).map(told).collect::<Vec<_>>().join(", ");
            Err(format!("{named:?} fits several keyboards: {all}; name one by its path as `reader.connection`"))
        }
        (None, _) if there.is_empty() => {
            Err(format!("no keyboard is plugged in, and so none whose name has {named:?} in it"))
        }
        (None, _) => {
            let all = there.iter().map(told).collect::<Vec<_>>().join(", ");
            Err(format!("no keyboard's name has {named:?} in it; plug the reader in, or name one of these: {all}"))
        }
    }
}

fn told(keyboard: &Keyboard) -> String {
    format!("{} ({})", keyboard.name, keyboard.path.display())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What a USB keyboard has of keys.
    const FULL: &str = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe";

    /// Plugs a device into the machine below this folder; gives its event device.
    pub(crate) fn plug(root: &Path, number: u32, name: &str, id: (&str, &str), keys: &str) -> PathBuf {
        let device = root.join(format!("sys/class/input/event{number}/device"));
        let facts = [("name", name), ("id/vendor", id.0), ("id/product", id.1), ("capabilities/key", keys)];
        for (fact, value) in facts {
            let path = device.join(fact);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("{value}\n")).unwrap();
        }
        let node = root.join(format!("dev/input/event{number}"));
        fs::create_dir_all(node.parent().unwrap()).unwrap();
        fs::write(&node, "").unwrap();
        node
    }

    /// The same for a keyboard with a name that lasts; gives that.
    pub(crate) fn plug_keyboard(root: &Path, number: u32, name: &str, id: (&str, &str)) -> PathBuf {
        plug(root, number, name, id, FULL);
        let link = root.join(format!("dev/input/by-id/usb-{}-event-kbd", name.replace(' ', "_")));
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(format!("../event{number}"), &link).unwrap();
        link
    }

    #[test]
    fn card_readers_are_told_from_keyboards() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert_eq!(keyboards(root), []);
        let node = plug(
            root,
            0,
            "AT Translated Set 2 keyboard",
            ("0001", "0001"),
            "402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe",
        );
        plug(root, 1, "Power Button", ("0000", "0001"), "10000000000000 0");
        plug_keyboard(root, 2, "Logitech USB Keyboard", ("046d", "c31c"));
        plug(root, 10, "Sycreader RFID Technology Co., Ltd SYC ID&IC USB Reader", ("ffff", "0035"), FULL);
        let nameless = plug_keyboard(root, 9, "HID 076b:5428", ("076b", "5428"));
        plug(root, 11, "NT USB Barcode Scanner", ("13ba", "0018"), FULL);
        let there = keyboards(root);
        let told: Vec<(&Path, bool)> =
            there.iter().map(|keyboard| (keyboard.path.as_path(), keyboard.is_card_reader())).collect();
        let at = |name: &str| root.join("dev/input").join(name);
        let expected = [
            (node, false),
            (at("by-id/usb-Logitech_USB_Keyboard-event-kbd"), false),
            (nameless.clone(), true),
            (at("event10"), true),
            (at("event11"), false),
        ];
        assert_eq!(told, expected.each_ref().map(|(path, is_reader)| (path.as_path(), *is_reader)));
        assert_eq!(meant(root, None), Ok(nameless));
    }

    #[test]
    fn no_ordinary_keyboard_is_taken_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        for (number, name) in
            (0..).zip(["AT Translated Set 2 keyboard", "Cherry KC 1000 SC Smart Card Keyboard", "Keychron K2"])
        {
            plug_keyboard(folder.path(), number, name, ("046a", "00a1"));
        }
        assert!(meant(folder.path(), None).unwrap_err().contains("no keyboard here is known as a card reader"));
    }

    #[test]
    fn a_reader_is_meant_by_its_path_or_by_a_part_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert!(meant(root, Some("RFID")).unwrap_err().contains("no keyboard is plugged in"));
        let office = plug_keyboard(root, 0, "Office Keyboard", ("046d", "c31c"));
        let fobs = plug_keyboard(root, 1, "Fob Keyboard", ("1234", "5678"));
        assert_eq!(meant(root, Some("fob key")), Ok(fobs.clone()));
        let several = meant(root, Some("Keyboard")).unwrap_err();
        assert!(several.contains("fits several") && several.contains("usb-Fob_Keyboard-event-kbd"), "{several}");
        let none = meant(root, Some("RFID")).unwrap_err();
        assert!(none.contains("plug the reader in") && none.contains("Office Keyboard ("), "{none}");
        let path = Path::new("/").join(office.strip_prefix(root).unwrap());
        assert_eq!(meant(root, Some(path.to_str().unwrap())), Ok(office));
        let missing = meant(root, Some("/dev/input/by-id/usb-none-event-kbd")).unwrap_err();
        assert!(missing.contains("is not there; plug the reader in"), "{missing}");
    }

    #[test]
    fn card_readers_are_those_of_the_udev_rules() {
        let rules = include_str!("../../../packaging/session/70-tapdesk.rules");
        let value = |line: &str, key: &str| {
            line.split(&format!("ATTRS{{{key}}}==\"")).nth(1).map(|rest| rest.split('"').next().unwrap().to_owned())
        };
        let mut ids = Vec::new();
        let mut names = Vec::new();
        for line in rules.lines().filter(|line| line.contains("TAPDESK_TYPES")) {
            match (value(line, "id/vendor"), value(line, "id/product"), value(line, "name")) {
                (Some(vendor), Some(products), None) => {
                    ids.extend(products.split('|').map(|product| (vendor.clone(), product.to_owned())));
                }
                (None, None, Some(patterns)) => {
                    names.extend(patterns.split('|').map(|pattern| pattern.trim_matches('*').to_owned()));
                }
                (None, None, None) => {}
                _ => panic!("{line}"),
            }
        }
        assert_eq!(names, NAMES);
        assert_eq!(ids, IDS.map(|(vendor, product)| (vendor.to_owned(), product.to_owned())));
    }
}
