//! The plans: what is missing is done, what is there is left alone, and what was changed is taken back.

use super::super::names::{BEFORE, GROUPS, SHIPPED};
use super::*;

fn fresh() -> Facts {
    let now = Before {
        default_target: "multi-user.target".to_owned(),
        getty: true,
        ctrl_alt_del_masked: false,
        sysrq: Some("438".to_owned()),
    };
    let (placed, there) = (Vec::new(), Vec::new());
    let unit = Unit { active: "inactive".to_owned(), file: "disabled".to_owned(), ..Unit::default() };
    Facts { user: false, credential: false, placed, there, unit, now, before: None }
}

/// The machine after these steps.
fn after(mut facts: Facts, steps: &[Step]) -> Facts {
    for step in steps {
        match &step.action {
            Action::Remember(before) => facts.before = Some(before.clone()),
            Action::Forget => facts.before = None,
            Action::MakeCredential => facts.credential = true,
            Action::Place(file) => {
                facts.placed.push(file.path);
                facts.there.push(file.path);
            }
            Action::Remove(file) => {
                facts.placed.retain(|path| *path != file.path);
                facts.there.retain(|path| *path != file.path);
            }
            Action::Set(_, value) => facts.now.sysrq = Some(value.clone()),
            Action::Run("systemd-sysusers", _) => facts.user = true,
            Action::Run("systemctl", arguments) => match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["enable", KIOSK] => "enabled".clone_into(&mut facts.unit.file),
                ["disable", KIOSK] => "disabled".clone_into(&mut facts.unit.file),
                ["start", KIOSK] => "active".clone_into(&mut facts.unit.active),
                ["stop", KIOSK] => "inactive".clone_into(&mut facts.unit.active),
                ["enable", GETTY] => facts.now.getty = true,
                ["disable", GETTY] => facts.now.getty = false,
                ["mask", CTRL_ALT_DEL] => facts.now.ctrl_alt_del_masked = true,
                ["unmask", CTRL_ALT_DEL] => facts.now.ctrl_alt_del_masked = false,
                ["set-default", target] => target.clone_into(&mut facts.now.default_target),
                ["daemon-reload"] | ["kill", ..] => {}
                ref unknown => panic!("{unknown:?}"),
            },
            Action::Run(..) => {}
        }
    }
    facts
}

fn starts(steps: &[Step], verb: &str) -> bool {
    steps.iter().any(|step| matches!(&step.action, Action::Run("systemctl", words) if words == &[verb, KIOSK]))
}

#[test]
fn what_is_done_once_is_not_done_again_and_can_be_taken_back() {
    for wishes in [false, true].map(|all| Wishes { now: all, keep_usb_drivers_off: all, keep_power_key: all }) {
        let steps = enable(&fresh(), wishes);
        let kiosk = after(fresh(), &steps);
        assert!(kiosk.unit.is_enabled() && kiosk.user && kiosk.credential, "{kiosk:?}");
        assert_eq!(kiosk.unit.is_up(), wishes.now);
        assert_eq!(kiosk.placed.contains(&MODPROBE), wishes.keep_usb_drivers_off);
        assert_eq!(kiosk.placed.contains(&POWER_KEY), !wishes.keep_power_key);
        assert_eq!(enable(&kiosk, wishes), [], "nothing is left to do");

        let back = after(kiosk.clone(), &disable(&kiosk));
        assert_eq!(back, Facts { user: true, credential: true, ..fresh() }, "all but user, data and credential");
        assert_eq!(disable(&back), []);
    }
    assert_eq!(disable(&fresh()), [], "a machine that never was one");
}

#[test]
fn the_machine_is_remembered_first_and_becomes_a_kiosk_last() {
    let steps = enable(&fresh(), Wishes { now: true, ..Wishes::default() });
    assert_eq!(steps.first().map(|step| &step.action), Some(&Action::Remember(fresh().now)));
    let last: Vec<&str> = steps.iter().rev().take(2).map(|step| step.says.as_str()).collect();
    assert_eq!(last, ["start the kiosk", "the kiosk starts with the machine"]);

    let kiosk = after(fresh(), &steps);
    let steps = disable(&kiosk);
    assert_eq!(steps[0].says, "the kiosk does not start with the machine");
    assert_eq!(steps.last().map(|step| &step.action), Some(&Action::Forget), "forgotten only when all is back");
}

#[test]
fn a_plan_that_broke_off_anywhere_is_ended_by_the_same_command_and_by_the_opposite_one() {
    let wishes = Wishes { now: true, keep_usb_drivers_off: true, keep_power_key: false };
    let whole = enable(&fresh(), wishes);
    for done in 0..=whole.len() {
        let half = after(fresh(), &whole[..done]);
        assert_eq!(enable(&after(half.clone(), &enable(&half, wishes)), wishes), [], "after {done} steps");
        let back = after(half.clone(), &disable(&half));
        assert_eq!((back.now, back.there, back.before), (fresh().now, Vec::new(), None), "after {done} steps");
    }
    let kiosk = after(fresh(), &whole);
    let back = disable(&kiosk);
    for done in 0..=back.len() {
        let half = after(kiosk.clone(), &back[..done]);
        let ended = after(half.clone(), &disable(&half));
        assert_eq!((ended.now, ended.there, ended.before), (fresh().now, Vec::new(), None), "after {done} steps");
    }
}

#[test]
fn what_was_so_before_stays_so() {
    let mut facts = fresh();
    facts.now = Before {
        default_target: DEFAULT_TARGET.to_owned(),
        getty: false,
        ctrl_alt_del_masked: true,
        sysrq: Some("0".to_owned()),
    };
    (facts.user, facts.credential) = (true, true);
    let steps = enable(&facts, Wishes::default());
    assert!(!steps.iter().any(|step| step.action == Action::MakeCredential), "a credential is never replaced");
    let kiosk = after(facts.clone(), &steps);
    assert_eq!(kiosk.now, facts.now);
    assert_eq!(after(kiosk.clone(), &disable(&kiosk)).now, facts.now, "neither is it undone");
}

#[test]
fn a_file_of_an_older_version_is_brought_up_to_date_and_removed() {
    let kiosk = after(fresh(), &enable(&fresh(), Wishes::default()));
    let path = PLACED[0].path;
    let older = Facts { placed: kiosk.placed.iter().copied().filter(|placed| *placed != path).collect(), ..kiosk };
    let steps = enable(&older, Wishes::default());
    assert_eq!(steps[0].action, Action::Place(&PLACED[0]));
    assert!(steps.len() == 3 && !starts(&steps, "enable"), "{steps:?}");
    assert!(disable(&older).iter().any(|step| step.action == Action::Remove(&PLACED[0])));
}

#[test]
fn a_power_button_that_is_given_back_is_given_back_later_too() {
    let kiosk = after(fresh(), &enable(&fresh(), Wishes::default()));
    let wishes = Wishes { keep_power_key: true, ..Wishes::default() };
    let steps = enable(&kiosk, wishes);
    assert!(matches!(steps[0].action, Action::Remove(file) if file.path == POWER_KEY), "{steps:?}");
    assert_eq!(enable(&after(kiosk, &steps), wishes), []);
}

/// All that is named is shipped: the files of this folder, at the paths at which the packages put them.
#[test]
fn what_is_named_is_shipped() {
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/session");
    for file in &PLACED {
        let name = file.from.strip_prefix("/usr/share/tapdesk/").unwrap();
        assert!(shipped.join(name).is_file(), "{name}");
    }
    let unit = std::fs::read_to_string(shipped.join(KIOSK)).unwrap();
    for named in [CREDENTIAL, SHIPPED[1], "StateDirectory=tapdesk\n", "RuntimeDirectory=tapdesk-kiosk\n"] {
        assert!(unit.contains(named), "{named}");
    }
    let users = std::fs::read_to_string(shipped.join("sysusers.conf")).unwrap();
    let groups: Vec<&str> = users.lines().filter_map(|line| line.strip_prefix("m tapdesk ")).collect();
    assert_eq!(groups, GROUPS);
    assert!(!BEFORE.starts_with("/var/lib/tapdesk/"), "the kiosk's user must not say how to take it back");
}
