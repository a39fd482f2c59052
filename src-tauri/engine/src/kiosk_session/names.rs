//! What the kiosk session is called, and where its parts lie.

/// Its user and group.
pub(super) const USER: &str = "tapdesk";
/// The user's home; nobody else looks into it.
pub(super) const HOME: &str = "/var/lib/tapdesk";
/// What the user must be a member of to use the reader, sound and screen.
pub(super) const GROUPS: [&str; 5] = ["audio", "dialout", "plugdev", "render", "video"];
/// Where the session's sockets and locks are.
pub(super) const RUNTIME: &str = "tapdesk-kiosk";
/// The key under which its secrets are sealed, encrypted for this machine.
pub(super) const CREDENTIAL: &str = "/etc/credstore.encrypted/tapdesk.key";
/// The credential's name.
pub(super) const CREDENTIAL_NAME: &str = "tapdesk.key";
/// How the machine was before; nothing that the kiosk's user could change.
pub(super) const BEFORE: &str = "/var/lib/tapdesk-kiosk/before.json";
/// What makes the user.
pub(super) const SYSUSERS: &str = "/usr/lib/sysusers.d/tapdesk.conf";
/// The file of the unit, and the script that it runs.
pub(super) const SHIPPED: [&str; 3] =
    ["/usr/lib/systemd/system/tapdesk-kiosk.service", "/usr/lib/tapdesk/kiosk-session", SYSUSERS];
/// What a kiosk starts into.
pub(super) const DEFAULT_TARGET: &str = "graphical.target";
/// The login prompt on the first console.
pub(super) const GETTY: &str = "getty@tty1.service";
/// What Ctrl+Alt+Del starts.
pub(super) const CTRL_ALT_DEL: &str = "ctrl-alt-del.target";
/// The keeper of sessions and consoles.
pub(super) const LOGIND: &str = "systemd-logind.service";
/// Another program that would take the screen.
pub(super) const DISPLAY_MANAGER: &str = "display-manager.service";
/// What the system request keys may do.
pub(super) const SYSRQ: &str = "/proc/sys/kernel/sysrq";
/// The programs that a session needs, with the Debian packages that bring them.
pub(super) const NEEDED: [(&str, &str); 5] = [
    ("cage", "cage"),
    ("Xwayland", "xwayland"),
    ("seatd", "seatd"),
    ("systemd-creds", "systemd"),
    ("systemd-sysusers", "systemd"),
];

/// A file that is put in place while a machine is a kiosk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// What it does.
    pub(super) about: &'static str,
    /// Where it is shipped.
    pub(super) from: &'static str,
    /// Where it is put.
    pub(super) path: &'static str,
}

/// What keeps the kernel's drivers off USB readers; only where it is asked for.
pub(super) const MODPROBE: &str = "/etc/modprobe.d/tapdesk-readers.conf";
/// What takes the power button's meaning.
pub(super) const POWER_KEY: &str = "/etc/systemd/logind.conf.d/51-tapdesk-power-key.conf";

/// All of them.
pub(super) const PLACED: [Placed; 5] = [
    Placed {
        about: "no other console",
        from: "/usr/share/tapdesk/kiosk/logind.conf",
        path: "/etc/systemd/logind.conf.d/50-tapdesk-kiosk.conf",
    },
    Placed { about: "the power button does nothing", from: "/usr/share/tapdesk/kiosk/power-key.conf", path: POWER_KEY },
    Placed {
        about: "Ctrl+Alt+Del does nothing, however often",
        from: "/usr/share/tapdesk/kiosk/system.conf",
        path: "/etc/systemd/system.conf.d/50-tapdesk-kiosk.conf",
    },
    Placed {
        about: "no SysRq keys",
        from: "/usr/share/tapdesk/kiosk/sysctl.conf",
        path: "/etc/sysctl.d/60-tapdesk-kiosk.conf",
    },
    Placed {
        about: "the kernel's own drivers stay off USB readers",
        from: "/usr/share/tapdesk/kiosk/modprobe.conf",
        path: MODPROBE,
    },
];
