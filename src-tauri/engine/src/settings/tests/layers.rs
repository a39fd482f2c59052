//! Defaults, the managed file, the user's file, the environment: which wins, and where each value is said to come from.

use super::*;
use crate::settings::listing::Item;

/// Reads a managed and a user's file, with these variables set.
fn layered(managed: &str, users: &str, variables: &[(&str, &str)]) -> Result<Configuration, String> {
    let mut result = Err("not read".to_owned());
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.create_file("managed.toml", managed)?;
        jail.create_file("tapdesk.toml", users)?;
        jail.set_env(MANAGED_VARIABLE, "managed.toml");
        for (name, value) in variables {
            jail.set_env(name, value);
        }
        result = Source::of(Some(Path::new("tapdesk.toml"))).read().map_err(|error| error.to_string());
        Ok(())
    });
    result
}

fn item(configuration: &Configuration, key: &str) -> Item {
    configuration.listing().into_iter().find(|item| item.key == key).unwrap_or_else(|| panic!("{key} is not listed"))
}

#[test]
fn the_later_layer_wins_key_by_key_and_each_says_where_it_is_from() {
    let managed = "version = 7\n[spaces]\nbusiness_id = 9\n[kiosk]\ntheme = \"dark\"\nvolume = 10\n[kiosk.colours]\nfield = \"#12363d\"";
    let users = "[kiosk]\nvolume = 20\nlanguages = [\"de\", \"en\"]\n[kiosk.idle.zh-Hans]\nheadline = \"x\"";
    let variables = [("TAPDESK_KIOSK__SPEECH", "true"), ("TAPDESK_KIOSK__COLOURS", "{accent=\"#ffe100\"}")];
    let read = layered(managed, users, &variables).unwrap();
    assert_eq!((read.version, read.settings.kiosk.volume, read.settings.kiosk.speech), (Some(7), 20, true));
    for (key, value, origin) in [
        ("version", Some("7"), "managed.toml"),
        ("spaces.business_id", Some("9"), "managed.toml"),
        ("spaces.base_url", Some("\"https://spaces.nexudus.com/api\""), "default"),
        ("kiosk.theme", Some("\"dark\""), "managed.toml"),
        ("kiosk.volume", Some("20"), "tapdesk.toml"),
        ("kiosk.languages", Some("[\"de\", \"en\"]"), "tapdesk.toml"),
        ("kiosk.idle.zh-Hans.headline", Some("\"x\""), "tapdesk.toml"),
        ("kiosk.idle.zh-Hans.hint", None, "default"),
        ("kiosk.colours.field", Some("\"#12363d\""), "managed.toml"),
        ("kiosk.colours.field_ink", Some("\"#ffffff\""), "default"),
        ("kiosk.colours.accent", Some("\"#ffe100\""), "environment variable TAPDESK_KIOSK__COLOURS"),
        ("kiosk.speech", Some("true"), "environment variable TAPDESK_KIOSK__SPEECH"),
        ("kiosk.quiet_hours", None, "default"),
        ("reader.connection", None, "default"),
        ("secrets.store", Some("\"auto\""), "default"),
        ("staff.idle_lock_s", Some("120"), "default"),
    ] {
        let item = item(&read, key);
        assert_eq!((item.value.as_deref(), item.origin.as_str()), (value, origin), "{key}");
    }
    let sections: Vec<String> = read.listing().iter().map(|item| item.key.split('.').next().unwrap().into()).collect();
    let mut once = sections.clone();
    once.dedup();
    let order =
        "version data_dir spaces reader more_readers tap offline kiosk pin staff secrets updates log fleet telemetry";
    assert_eq!(once.join(" "), order);
}

/// What is listed is what takes effect: written down again it is the same configuration.
#[test]
fn the_listing_is_a_configuration() {
    let spaces = "\n[spaces]\nbusiness_id = 9";
    let more = "[kiosk.quiet_hours]\nfrom = \"20:00\"\nto = \"07:30\"\n[kiosk.idle.de]\nheadline = \"Hal\\\"lo\"\n[kiosk.colours]\nfield = \"#12363D\"\n";
    for users in [super::WHOLE.to_owned(), format!("{more}{spaces}\nbase_url = \"http://127.0.0.1:8080\"")] {
        let read = layered("", &users, &[]).unwrap();
        let lines = read.listing().into_iter().filter_map(|item| Some(format!("{} = {}\n", item.key, item.value?)));
        let again = layered("", &lines.collect::<String>(), &[]).unwrap();
        assert!(again.does_the_same_as(&read));
        assert_eq!(again.fingerprint, read.fingerprint);
    }
}

#[test]
fn the_fingerprint_tells_what_takes_effect_and_nothing_else() {
    let print = |managed: &str, users: &str| layered(managed, users, &[]).unwrap().fingerprint;
    let plain = print("", "data_dir = \"/x\"\n[spaces]\nbusiness_id = 9");
    let digits = plain.replacen('-', "", 1);
    assert!(digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{plain}");
    for (managed, users) in [
        ("data_dir = \"/x\"", "[spaces]\nbusiness_id = 9"),
        ("version = 3", "data_dir = \"/x\"\n# a comment\n[spaces]\nbusiness_id = 9"),
        (
            "",
            "data_dir = \"/x\"\n[kiosk]\nvolume = 70\n[spaces]\nbase_url = \"https://spaces.nexudus.com/api/\"\nbusiness_id = 9",
        ),
    ] {
        assert_eq!(print(managed, users), plain, "{managed:?} {users:?}");
    }
    assert_ne!(print("[kiosk]\nvolume = 71", "data_dir = \"/x\"\n[spaces]\nbusiness_id = 9"), plain);
}

#[test]
fn a_fault_names_the_very_layer() {
    let good = "[spaces]\nbusiness_id = 9\n";
    let kiosk = "[kiosk]\nvolume = 10\n";
    let cases: &[(&str, &str, Case)] = &[
        (
            "in the managed file",
            "[kiosk]\ntheme = \"neon\"",
            (&format!("{good}{kiosk}"), &[], &["managed.toml: `kiosk.theme`"]),
        ),
        (
            "in the user's",
            "[kiosk]\ntheme = \"dark\"",
            (&format!("{good}[kiosk]\ntheme = 3"), &[], &["tapdesk.toml: `kiosk.theme`"]),
        ),
        (
            "an unknown key below",
            "[kiosk]\nvolum = 1",
            (&format!("{good}{kiosk}"), &[], &["managed.toml: unknown key `kiosk.volum`"]),
        ),
        ("and above", kiosk, (&format!("{good}[kiosk]\nvolum = 1"), &[], &["tapdesk.toml: unknown key `kiosk.volum`"])),
        ("an unknown section", "[kiosks]\na = 1", (good, &[], &["managed.toml: unknown key `kiosks`"])),
        ("no TOML", "[kiosk", (good, &[], &["managed.toml: ", "line 1"])),
        ("inside a list", "[kiosk]\nlanguages = [1]", (good, &[], &["managed.toml: `kiosk.languages"])),
        ("a version", "version = -1", (good, &[], &["managed.toml: `version`", "from 0 to 9223372036854775807"])),
        ("missing", "", (kiosk, &[], &["tapdesk.toml: the key `spaces.business_id` is missing"])),
        (
            "two that do not fit",
            "[kiosk]\nnames = \"none\"",
            (
                &format!("{good}[pin]\naccept = \"name_and_pin\""),
                &[],
                &["tapdesk.toml: `pin.accept`", "(kiosk.names: managed.toml)"],
            ),
        ),
        (
            "a variable",
            "[pin]\naccept = \"name_and_pin\"",
            (
                good,
                &[("TAPDESK_KIOSK__NAMES", "none")],
                &["managed.toml: `pin.accept`", "environment variable TAPDESK_KIOSK__NAMES"],
            ),
        ),
        (
            "a variable's version",
            "",
            (good, &[("TAPDESK_VERSION", "1.2.3")], &["environment variable TAPDESK_VERSION: `version`"]),
        ),
    ];
    for (case, managed, (users, variables, expected)) in cases {
        let fault = layered(managed, users, variables).expect_err(case);
        for part in *expected {
            assert!(fault.contains(part), "{case}: {fault}");
        }
    }
}

#[test]
fn a_named_file_must_be_there_and_the_others_may_be_missing() {
    Jail::expect_with(|jail| {
        jail.clear_env();
        let home = jail.directory().display().to_string();
        jail.set_env("HOME", home);
        jail.set_env("TAPDESK_SPACES__BUSINESS_ID", "9");
        jail.set_env(MANAGED_VARIABLE, "not-there.toml");
        assert_eq!(Source::of(None).managed, Some(PathBuf::from("not-there.toml")));
        let read = Source::of(None).read().unwrap();
        assert_eq!(read.files.iter().map(ConfigurationFile::is_there).collect::<Vec<_>>(), [false, false]);
        assert_eq!(read.files[1].path, usual_file().unwrap());
        jail.set_env(FILE_VARIABLE, "named.toml");
        let fault = Source::of(None).read().unwrap_err().to_string();
        assert!(fault.contains("named.toml") && fault.contains("name a file that can be read"), "{fault}");
        jail.create_file("named.toml", "\u{feff}[kiosk]\nvolume = 1")?;
        assert_eq!(Source::of(None).read().unwrap().settings.kiosk.volume, 1, "a byte order mark is no fault");
        jail.create_file("other.toml", "")?;
        assert_eq!(Source::of(Some(Path::new("other.toml"))).read().unwrap().settings.kiosk.volume, 70);
        std::fs::write(jail.directory().join("named.toml"), [0xff]).unwrap();
        assert!(Source::of(None).read().unwrap_err().to_string().contains("UTF-8"));
        jail.set_env(MANAGED_VARIABLE, "");
        assert_eq!(Source::of(None).managed, None);
        jail.set_env("TAPDESK_SITE", "x");
        assert_eq!(passed_over_variables(), ["TAPDESK_SITE"]);
        Ok(())
    });
}

#[test]
fn an_unfinished_configuration_is_read_for_a_set_up_and_a_bad_one_is_not() {
    let unfinished = |users: Option<&str>| {
        let mut result = Err("not read".to_owned());
        Jail::expect_with(|jail| {
            jail.clear_env();
            jail.set_env(MANAGED_VARIABLE, "");
            if let Some(users) = users {
                jail.create_file("tapdesk.toml", users)?;
            }
            let read = Source::of(Some(Path::new("tapdesk.toml"))).read_for_set_up(true);
            result = read.map_err(|error| error.to_string());
            Ok(())
        });
        result
    };
    let names = |read: &Configuration| item(read, "kiosk.names").value;
    let (read, located) = unfinished(None).unwrap();
    assert!(!located && names(&read).as_deref() == Some("\"first\""));
    let (read, located) = unfinished(Some("[kiosk]\nnames = \"none\"")).unwrap();
    assert!(!located && names(&read).as_deref() == Some("\"none\""));
    assert!(read.listing().iter().all(|item| item.key != "spaces.business_id"), "what stands for it is not shown");
    let (read, located) = unfinished(Some("[spaces]\nbusiness_id = 9")).unwrap();
    assert!(located && read.settings.spaces.business_id.0 == 9);
    let said = unfinished(Some("[kiosk]\nnames = \"all\"")).unwrap_err();
    assert!(said.contains("kiosk.names") && said.contains("\"first\""), "{said}");
}
