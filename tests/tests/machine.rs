//! The machines in containers that other tests install Tapdesk on.

use tapdesk_tests::left_out;
use tapdesk_tests::machine::{Machine, unavailable};

#[test]
fn a_machine_starts_works_and_is_gone_without_a_trace() {
    if let Some(why) = unavailable() {
        left_out(&why);
        return;
    }
    let mut machine = Machine::fresh().unwrap();
    assert_eq!(machine.shell("echo $((6 * 7))").unwrap(), "42", "before it was started");
    machine.write("/etc/systemd/system/tick.service", TICK).unwrap();
    machine.boot().unwrap();
    assert_eq!(machine.must("cat", &["/proc/1/comm"]).unwrap(), "systemd");
    machine.must("systemctl", &["enable", "--now", "tick.service"]).unwrap();
    assert_eq!(machine.must("systemctl", &["is-active", "tick.service"]).unwrap(), "active");
    let refused = machine.must("systemctl", &["start", "no-such.service"]).unwrap_err().to_string();
    assert!(refused.contains("no-such.service"), "{refused}");

    machine.cut_power();
    assert!(machine.inside("/var/lib/tick").is_file(), "what was written is still there");
    machine.boot().unwrap();
    assert_eq!(machine.must("systemctl", &["is-active", "tick.service"]).unwrap(), "active", "it starts by itself");
    machine.shut_down().unwrap();

    let root = machine.root().to_path_buf();
    drop(machine);
    assert!(!root.exists());
}

const TICK: &str = "[Service]
ExecStart=/bin/sh -c 'touch /var/lib/tick; exec sleep infinity'
[Install]
WantedBy=multi-user.target
";
