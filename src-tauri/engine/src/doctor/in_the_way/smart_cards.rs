//! What keeps the smart-card service (pcscd) from listing a reader: it is not there, does not run, is not for this user, or
//! something else has the reader.

use std::fs;
use std::path::PathBuf;

use super::{Hindrance, Machine, PCSCD, USB_READERS, held_by};
use crate::folder::names;
use crate::reader::pcsc::Trouble;

/// Where its packages put the service.
const SERVICE: [&str; 2] = ["/usr/sbin/pcscd", "/usr/bin/pcscd"];
/// USB's class of smart-card readers (CCID), whatever their make.
const SMART_CARDS: &str = "0b";
/// What lets a user without a session at the machine's own screen use the service.
const PERMIT: &str = "org.debian.pcsc-lite.access_";

impl Machine {
    /// What is in the way of a smart-card reader, by what the service lists. Blocks.
    pub(in super::super) fn in_the_way_of_smart_cards(&self, listed: &Result<Vec<String>, Trouble>) -> Vec<Hindrance> {
        match listed {
            Ok(readers) if readers.is_empty() => self.why_none_is_listed(),
            Ok(_) => Vec::new(),
            Err(Trouble::Absent) if !SERVICE.iter().any(|program| self.at(program).exists()) => vec![Hindrance {
                found: "pcscd, the smart-card service, is not installed".to_owned(),
                advice: "`sudo apt install pcscd libccid` (on Fedora: `sudo dnf install pcsc-lite pcsc-lite-ccid`)"
                    .to_owned(),
            }],
            Err(Trouble::Absent) => vec![Hindrance {
                found: "pcscd, the smart-card service, is installed but does not run".to_owned(),
                advice: "`sudo systemctl enable --now pcscd.socket`".to_owned(),
            }],
            Err(Trouble::Denied) => vec![self.not_permitted()],
            Err(Trouble::Failing(_)) => vec![Hindrance {
                found: "pcscd, the smart-card service, runs but does not work".to_owned(),
                advice: "`sudo systemctl restart pcscd`".to_owned(),
            }],
        }
    }

    /// Whether a smart-card reader is plugged in by USB, of whatever make.
    pub(in super::super) fn has_smart_card_reader(&self) -> bool {
        self.smart_card_readers().next().is_some()
    }

    /// The USB devices of smart-card readers: the names of their folders, and whether they are known by theirs.
    fn smart_card_readers(&self) -> impl Iterator<Item = (String, String)> {
        let devices = self.at("/sys/bus/usb/devices");
        let interfaces = names(&devices).into_iter().filter_map(|name| {
            let (device, _) = name.split_once(':')?;
            Some((device.to_owned(), name))
        });
        let mut found: Vec<(String, String)> = Vec::new();
        for (device, interface) in interfaces {
            let fact = |folder: &str, fact: &str| {
                fs::read_to_string(devices.join(folder).join(fact)).unwrap_or_default().trim().to_owned()
            };
            let (vendor, product) = (fact(&device, "idVendor"), fact(&device, "idProduct"));
            let known = USB_READERS.iter().find(|known| (known.0, known.1) == (vendor.as_str(), product.as_str()));
            if known.is_none() && fact(&interface, "bInterfaceClass") != SMART_CARDS {
                continue;
            }
            let of_itself = Some(fact(&device, "product")).filter(|model| !model.is_empty());
            let model = known.map(|known| known.2.to_owned()).or(of_itself).unwrap_or(format!("{vendor}:{product}"));
            if !found.iter().any(|(seen, _)| *seen == device) {
                found.push((device, model));
            }
        }
        found.into_iter()
    }

    fn why_none_is_listed(&self) -> Vec<Hindrance> {
        let mut found = Vec::new();
        let mut unheld = Vec::new();
        for (device, model) in self.smart_card_readers() {
            let number = |fact: &str| {
                let path = self.at("/sys/bus/usb/devices").join(&device).join(fact);
                fs::read_to_string(path).ok().and_then(|text| text.trim().parse::<u32>().ok())
            };
            let before = found.len();
            // Of the others a part may be something else, such as a keyboard.
            if USB_READERS.iter().any(|known| known.2 == model) {
                found.extend(self.kernel_driver(&device, &model));
            }
            if let (Some(bus), Some(number)) = (number("busnum"), number("devnum")) {
                let node = PathBuf::from(format!("/dev/bus/usb/{bus:03}/{number:03}"));
                let others = self.holders(&node).into_iter().filter(|(_, name)| name != PCSCD);
                found.extend(others.map(|(process, name)| held_by(&node, process, &name)));
            }
            if found.len() == before {
                unheld.push(model);
            }
        }
        if !unheld.is_empty() {
            found.push(Hindrance {
                found: format!("pcscd does not list what is plugged in: {}", unheld.join(", ")),
                advice: "`sudo apt install libccid` (on Fedora: `sudo dnf install pcsc-lite-ccid`), then `sudo systemctl restart pcscd`"
                    .to_owned(),
            });
        }
        if found.is_empty() {
            found.push(Hindrance {
                found: "no USB reader of smart cards is plugged in".to_owned(),
                advice: "plug one in; `sudo dmesg` says whether the machine sees it".to_owned(),
            });
        }
        found
    }

    fn not_permitted(&self) -> Hindrance {
        let user = self.name_of("/etc/passwd", self.user).unwrap_or_else(|| self.user.to_string());
        let rule = format!(
            "polkit.addRule(function(action, subject) {{ if (action.id.indexOf(\"{PERMIT}\") == 0 && subject.user == \"{user}\") return \"yes\"; }});"
        );
        Hindrance {
            found: format!("polkit does not let {user} use the smart-card service"),
            advice: format!("`echo '{rule}' | sudo tee /etc/polkit-1/rules.d/50-tapdesk.rules`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Fake;
    use super::*;

    fn with_reader(vendor: &str, number: &str, driver: Option<&str>) -> Fake {
        let fake = Fake::new();
        let device = "/sys/bus/usb/devices/1-2";
        for (fact, value) in [
            ("idVendor", vendor),
            ("idProduct", number),
            ("product", "Smartcard Reader"),
            ("busnum", "1"),
            ("devnum", "7"),
        ] {
            fake.file(&format!("{device}/{fact}"), &format!("{value}\n"));
        }
        fake.file(&format!("{device}:1.0/bInterfaceClass"), "0b\n");
        if let Some(driver) = driver {
            fake.link(&format!("{device}/1-2:1.0/driver"), &format!("../../../../bus/usb/drivers/{driver}"));
        }
        fake
    }

    fn found(fake: &Fake, listed: Result<&[&str], Trouble>) -> Vec<(String, String)> {
        let listed = listed.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let found = fake.machine.in_the_way_of_smart_cards(&listed);
        found.into_iter().map(|hindrance| (hindrance.found, hindrance.advice)).collect()
    }

    #[test]
    fn a_service_that_is_missing_stopped_or_closed_is_told_with_what_opens_it() {
        let fake = Fake::new();
        let (said, advice) = found(&fake, Err(Trouble::Absent)).remove(0);
        assert!(said.contains("not installed") && advice.contains("apt install pcscd"), "{said}: {advice}");
        fake.file("/usr/sbin/pcscd", "");
        let (said, advice) = found(&fake, Err(Trouble::Absent)).remove(0);
        assert!(said.contains("does not run") && advice.contains("pcscd.socket"), "{said}: {advice}");
        let (said, advice) = found(&fake, Err(Trouble::Denied)).remove(0);
        assert!(said.contains("ana") && advice.contains("rules.d") && advice.contains("\"ana\""), "{said}: {advice}");
        let (said, advice) = found(&fake, Err(Trouble::Failing("it hangs".to_owned()))).remove(0);
        assert!(said.contains("does not work") && advice.contains("restart"), "{said}: {advice}");
        assert!(found(&fake, Ok(&["OMNIKEY 5422CL"])).is_empty(), "which reader is meant is not its matter");
    }

    #[test]
    fn a_reader_that_is_not_listed_is_told_with_what_has_it() {
        let none = Fake::new();
        assert!(!none.machine.has_smart_card_reader());
        assert!(found(&none, Ok(&[]))[0].0.contains("no USB reader of smart cards"));

        let unheld = with_reader("076b", "5421", None);
        assert!(unheld.machine.has_smart_card_reader());
        let (said, advice) = found(&unheld, Ok(&[])).remove(0);
        assert!(said.contains("Smartcard Reader") && advice.contains("libccid"), "{said}: {advice}");

        let kernel = with_reader("072f", "2200", Some("pn533_usb"));
        kernel.process(9, "pcscd", "/dev/bus/usb/001/007");
        let found_there = found(&kernel, Ok(&[]));
        assert_eq!(found_there.len(), 1, "{found_there:?}");
        assert_eq!(found_there[0].0, "the kernel's driver pn533_usb has the ACR122U");

        let held = with_reader("076b", "5421", Some("usbhid"));
        held.process(77, "nfc-poll", "/dev/bus/usb/001/007");
        assert_eq!(found(&held, Ok(&[]))[0].1, "stop it: `sudo kill 77`");
    }
}
