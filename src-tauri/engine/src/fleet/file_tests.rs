//! Files as operators write them, and which kiosk takes them when.

use proptest::prelude::*;

use super::*;

const WHOLE: &str = r#"
version = 7
[rollout]
percent = 25
salt = "autumn"
from = "2026-12-01T02:00:00Z"
window = { from = "22:00", to = "05:00" }
[configuration]
tap.repeat_window_s = 30
[configuration.kiosk]
volume = 5
[command]
out_of_order = "Back on Monday"
reload = 3
"#;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn file(text: &str) -> File {
    File::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn a_whole_file_is_read_and_only_its_version_is_needed() {
    let window = Some(DailyHours { from: time("22:00"), to: time("05:00") });
    let rollout = Rollout { percent: 25, salt: "autumn".into(), from: Some(utc("2026-12-01T02:00:00Z")), window };
    let command = Command { out_of_order: Some("Back on Monday".into()), reload: 3 };
    assert_eq!(file(WHOLE), File { version: 7, rollout, command });
    let least = file("version = 1");
    assert_eq!(least, File { version: 1, rollout: Rollout::default(), command: Command::default() });
    assert_eq!(least.rollout.percent, 100, "all");
}

#[test]
fn a_fault_is_said_in_one_line_that_names_it() {
    let long = format!("version = 1\n[command]\nout_of_order = \"{}\"", "x".repeat(301));
    let cases: &[(&str, &[&str])] = &[
        ("", &["line 1", "version"]),
        ("<!DOCTYPE html>\n<html>", &["line 1"]),
        ("version = 1\n[rollout", &["line 2"]),
        ("version = 1\nversion = 2", &["line 2", "duplicate"]),
        ("version = 0", &["`version`", "from 1 to"]),
        ("version = -3", &["line 1"]),
        ("version = \"7\"", &["line 1", "string"]),
        ("version = 1\n[rollouts]", &["unknown field `rollouts`", "`rollout`"]),
        ("version = 1\n[rollout]\npercent = 101", &["`rollout.percent`", "from 0 to 100"]),
        ("version = 1\n[rollout]\nfrom = \"tomorrow\"", &["line 3"]),
        ("version = 1\n[rollout]\nwindow = { from = \"25:00\", to = \"05:00\" }", &["\"07:30\""]),
        ("version = 1\n[rollout]\nwindow = { from = \"22:00\" }", &["`to`"]),
        ("version = 1\n[command]\nreboot = 1", &["unknown field `reboot`", "`reload`"]),
        (&long, &["`command.out_of_order`", "at most 300 characters"]),
        ("version = 1\n[configuration]\ndata_dir = \"/x\"", &["`configuration.data_dir`", "on the machine"]),
        ("version = 1\n[configuration.fleet]\npoll_every_s = 30", &["`configuration.fleet`"]),
        ("version = 1\n[configuration]\nsecrets.store = \"file\"", &["`configuration.secrets`"]),
        ("version = 1\n[configuration]\n\"secrets\".store = \"file\"", &["`configuration.secrets`"]),
    ];
    for (text, expected) in cases {
        let fault = File::parse(text).expect_err(text);
        assert!(fault.starts_with("cannot be used: ") && !fault.contains('\n'), "{text:?}: {fault}");
        for part in *expected {
            assert!(fault.contains(part), "{text:?}: {fault}");
        }
    }
}

#[test]
fn it_applies_at_its_time_by_a_clock_that_is_right() {
    let plain = "version = 1";
    let from = "version = 1\n[rollout]\nfrom = \"2026-12-01T02:00:00Z\"";
    let window = "version = 1\n[rollout]\nwindow = { from = \"22:00\", to = \"05:00\" }";
    let both = "version = 1\n[rollout]\nfrom = \"2026-12-01T02:00:00Z\"\nwindow = { from = \"02:00\", to = \"05:00\" }";
    let nobody = "version = 1\n[rollout]\npercent = 0";
    let (before, after) = ("2026-12-01T01:59:59Z", "2026-12-01T02:00:00Z");
    for (text, at, local, clock, expected) in [
        (plain, before, "12:00", Clock::Unknown, "now"),
        (plain, before, "12:00", Clock::Differs, "now"),
        (nobody, after, "12:00", Clock::Agrees, "is for 0 % of the kiosks"),
        (from, before, "12:00", Clock::Agrees, "waits until 2026-12-01T02:00:00Z"),
        (from, after, "12:00", Clock::Agrees, "now"),
        (from, after, "12:00", Clock::Differs, "set this machine's clock"),
        (from, after, "12:00", Clock::Unknown, "until the service was reached"),
        (window, before, "21:59", Clock::Agrees, "waits for 22:00 to 05:00"),
        (window, before, "22:00", Clock::Agrees, "now"),
        (window, before, "04:59", Clock::Agrees, "now"),
        (window, before, "05:00", Clock::Agrees, "waits for"),
        (window, before, "23:00", Clock::Differs, "set this machine's clock"),
        (both, before, "03:00", Clock::Agrees, "waits until"),
        (both, after, "12:00", Clock::Agrees, "waits for 02:00 to 05:00"),
        (both, after, "03:00", Clock::Agrees, "now"),
    ] {
        let moment = Moment { utc: utc(at), local: time(local), clock };
        let said = file(text).applies("device", moment).map_or_else(|waits| waits.to_string(), |()| "now".to_owned());
        assert!(said.contains(expected), "{text:?} {at} {local} {clock:?}: {said}");
    }
}

#[test]
fn about_so_many_kiosks_are_among_them_and_another_salt_takes_others() {
    let moment = Moment { utc: utc("2026-12-01T02:00:00Z"), local: time("12:00"), clock: Clock::Agrees };
    let devices: Vec<String> = (0..4000).map(|number| format!("0b6d7c1e-0000-4000-8000-{number:012}")).collect();
    let taken = |percent: u64, salt: &str| -> Vec<bool> {
        let file = file(&format!("version = 1\n[rollout]\npercent = {percent}\nsalt = {salt:?}"));
        devices.iter().map(|device| file.applies(device, moment).is_ok()).collect()
    };
    for (percent, least, most) in [(0, 0, 0), (1, 20, 65), (25, 900, 1100), (50, 1870, 2130), (100, 4000, 4000)] {
        let count = taken(percent, "").iter().filter(|taken| **taken).count();
        assert!((least..=most).contains(&count), "{percent} %: {count} of 4000");
    }
    let both = taken(25, "a").iter().zip(taken(25, "b")).filter(|(a, b)| **a && *b).count();
    assert!(both < 400, "{both} of about 1000 are the same");
}

proptest! {
    /// Who was let in stays in while more are.
    #[test]
    fn a_rollout_that_grows_loses_nobody(device in "[0-9a-f-]{36}", salt in ".{0,20}", few in 0_u64..=100, more in 0_u64..=100) {
        let (few, more) = (few.min(more), few.max(more));
        let place = place(&device, &salt);
        prop_assert!(place < 100);
        prop_assert!(place >= few || place < more);
    }

    #[test]
    fn nothing_that_is_written_makes_it_fall(text in "(version = [0-9]{0,3}|\\[[a-z]{0,13}\\]|[a-z_.]{1,13} = .{0,9}|.{0,20}|\n){0,12}") {
        if let Err(fault) = File::parse(&text) {
            prop_assert!(!fault.contains('\n'));
        }
    }

    #[test]
    fn no_way_of_writing_sets_what_is_forbidden(key in "(fleet|data_dir|secrets)", rest in "(\\.[a-z]{1,9}){0,2}", quoted: bool, form in 0..3_u8) {
        let key = if quoted { format!("{key:?}{rest}") } else { format!("{key}{rest}") };
        let text = match form {
            0 => format!("version = 1\n[configuration]\n{key} = 1"),
            1 => format!("version = 1\nconfiguration.{key} = 1"),
            _ => format!("version = 1\n[configuration.{key}]\na = 1"),
        };
        let fault = File::parse(&text).expect_err(&text);
        prop_assert!(fault.contains("cannot be set from afar"), "{text}: {fault}");
    }
}
