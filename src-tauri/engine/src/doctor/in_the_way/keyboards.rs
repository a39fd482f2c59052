//! What is in the way of a reader that types.

use std::path::Path;

use super::{Hindrance, Machine, held_by};
use crate::reader::keyboards::{keyboards, meant};

/// Programs that listen to every keyboard, and are in nobody's way: the session's keyboard, the power button.
const LISTENERS: [&str; 18] = [
    "systemd-logind",
    "elogind",
    "seatd",
    "acpid",
    "upowerd",
    "thermald",
    "Xorg",
    "cage",
    "weston",
    "sway",
    "labwc",
    "gnome-shell",
    "mutter",
    "kwin_wayland",
    "kwin_x11",
    "plasmashell",
    "triggerhappy",
    "thd",
];

impl Machine {
    /// What is in the way of the keyboard that is meant; where there is none, which keyboards there are. Blocks.
    pub(in crate::doctor) fn in_the_way_of_keyboard(&self, connection: Option<&str>) -> Vec<Hindrance> {
        let meant = meant(&self.root, connection).ok().and_then(|path| path.canonicalize().ok());
        let Some(device) = meant else {
            // Of names that fit none or several the reader process has told already.
            let is_told = connection.is_some_and(|connection| !connection.starts_with('/'));
            return if is_told { Vec::new() } else { self.keyboards_there() };
        };
        let device = Path::new("/").join(device.strip_prefix(&self.root).unwrap_or(&device));
        let mut found: Vec<Hindrance> = self.lacking_right(&device).into_iter().collect();
        let holders = self.holders(&device).into_iter().filter(|(_, name)| !LISTENERS.contains(&name.as_str()));
        found.extend(holders.map(|(process, name)| held_by(&device, process, &name)));
        found
    }

    /// The keyboards that may be readers which nobody has named.
    pub(in crate::doctor) fn keyboards_there(&self) -> Vec<Hindrance> {
        let there = keyboards(&self.root);
        if there.is_empty() {
            return Vec::new();
        }
        let told: Vec<String> = there
            .iter()
            .map(|keyboard| {
                let path = keyboard.path.strip_prefix(&self.root).unwrap_or(&keyboard.path);
                format!("{} (/{})", keyboard.name, path.display())
            })
            .collect();
        vec![Hindrance {
            found: format!("these keyboards are there: {}", told.join(", ")),
            advice:
                "where one of them is the reader, set `reader.connection` to its path; it is the one that is missing \
                     here while the reader is unplugged"
                    .to_owned(),
        }]
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use super::super::tests::Fake;
    use crate::reader::keyboards::tests::plug_keyboard;

    fn found(fake: &Fake, connection: Option<&str>) -> Vec<(String, String)> {
        let found = fake.machine.in_the_way_of_keyboard(connection);
        found.into_iter().map(|hindrance| (hindrance.found, hindrance.advice)).collect()
    }

    #[test]
    fn a_reader_that_is_free_has_nothing_in_its_way() {
        let fake = Fake::new();
        plug_keyboard(&fake.machine.root, 4, "RFIDeas USB Keyboard", ("0c27", "3bfa"));
        fs::set_permissions(fake.machine.at("/dev/input/event4"), fs::Permissions::from_mode(0o666)).unwrap();
        fake.process(50, "systemd-logind", "/dev/input/event4");
        fake.process(51, "cage", "/dev/input/event4");
        assert_eq!(found(&fake, None), []);
        assert_eq!(found(&fake, Some("RFIDeas")), []);
        fake.process(77, "keyd", "/dev/input/event4");
        let [(what, advice)] =
            found(&fake, Some("/dev/input/by-id/usb-RFIDeas_USB_Keyboard-event-kbd")).try_into().unwrap();
        assert_eq!(what, "keyd (process 77) has /dev/input/event4 open");
        assert_eq!(advice, "stop it: `sudo kill 77`");
    }

    #[test]
    fn a_missing_right_is_told_with_the_group_that_gives_it() {
        let fake = Fake::new();
        plug_keyboard(&fake.machine.root, 4, "RFIDeas USB Keyboard", ("0c27", "3bfa"));
        let device = fake.machine.at("/dev/input/event4");
        fs::set_permissions(&device, fs::Permissions::from_mode(0o660)).unwrap();
        fake.file("/etc/group", &format!("plugdev:x:{}:\n", fs::metadata(&device).unwrap().gid()));
        let [(what, advice)] = found(&fake, None).try_into().unwrap();
        assert_eq!(what, "ana may not use /dev/input/event4");
        assert_eq!(advice, "`sudo usermod -aG plugdev ana`, then log in again");
    }

    #[test]
    fn keyboards_that_may_be_readers_are_listed() {
        let fake = Fake::new();
        assert_eq!(found(&fake, None), []);
        plug_keyboard(&fake.machine.root, 4, "Fob Keyboard", ("1234", "5678"));
        assert_eq!(found(&fake, Some("RFID")), [], "the reader process has listed them");
        for connection in [None, Some("/dev/input/by-id/usb-RFID-event-kbd")] {
            let [(what, advice)] = found(&fake, connection).try_into().unwrap();
            assert_eq!(
                what, "these keyboards are there: Fob Keyboard (/dev/input/by-id/usb-Fob_Keyboard-event-kbd)",
                "{connection:?}"
            );
            assert!(advice.contains("`reader.connection`"), "{advice}");
        }
    }
}
