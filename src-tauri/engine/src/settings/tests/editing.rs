//! Changing a file that a person wrote.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::json;

use super::*;
use crate::settings::edit::{Change, WriteError, write};

const WRITTEN: &str = r#"# Reception, ground floor
# by Sam

[spaces]   # the service
business_id = 9    # Shoreditch

# loud enough
[kiosk]
theme   = "dark"
# for the hard of hearing
volume = 90
names = 'full'

[kiosk.idle.de]
headline = "Hallo"
"#;

/// Not beside a test that changes the environment, which is read too.
fn alone(test: impl FnOnce()) {
    Jail::expect_with(|_| {
        test();
        Ok(())
    });
}

/// A folder with both files, and nothing of this machine's own.
struct Bench {
    folder: tempfile::TempDir,
    source: Source,
}

impl Bench {
    fn new(users: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| Some(folder.path().join(name));
        let source = Source { file: at("tapdesk.toml"), managed: at("managed.toml") };
        fs::write(folder.path().join("tapdesk.toml"), users).unwrap();
        Self { folder, source }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("tapdesk.toml")
    }

    fn write(&self, changes: &[Change]) -> Result<Vec<(String, String)>, WriteError> {
        let overridden = write(&self.file(), changes, &self.source)?;
        Ok(overridden.into_iter().map(|key| (key.key, key.by)).collect())
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    /// Files beside the two: none may be left behind.
    fn left_behind(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.')).collect()
    }
}

#[test]
fn only_what_is_changed_changes() {
    alone(|| {
        let bench = Bench::new(WRITTEN);
        let changes = [
            Change::set("spaces.business_id", 12),
            Change::set("kiosk.theme", "light"),
            Change::remove("kiosk.volume"),
            Change::remove("kiosk.photos"),
            Change::remove("offline.accept"),
            Change::set("kiosk.idle.de.hint", "Karte \"hier\""),
            Change::set("reader.connection", "pn532_uart:/dev/ttyS0:115200"),
            Change::set("kiosk.quiet_hours", json!({ "from": "20:00", "to": "07:00" })),
            Change::set("version", 3),
        ];
        assert_eq!(bench.write(&changes).unwrap(), []);
        let expected = r#"version = 3
# Reception, ground floor
# by Sam

[spaces]   # the service
business_id = 12    # Shoreditch

# loud enough
[kiosk]
theme   = "light"
names = 'full'
quiet_hours = { from = "20:00", to = "07:00" }

[kiosk.idle.de]
headline = "Hallo"
hint = 'Karte "hier"'

[reader]
connection = "pn532_uart:/dev/ttyS0:115200"
"#;
        assert_eq!(bench.text(), expected);
        assert_eq!(bench.write(&changes).unwrap(), []);
        assert_eq!(bench.text(), expected, "the same again changes nothing");
        assert_eq!(bench.left_behind(), [""; 0]);
    });
}

#[test]
fn a_section_is_written_as_its_file_writes_sections() {
    alone(|| {
        let cases = [
            (
                "spaces = { business_id = 9 }",
                "spaces.call_spacing_ms",
                "spaces = { business_id = 9 , call_spacing_ms = 5 }",
            ),
            ("spaces.business_id = 9", "spaces.call_spacing_ms", "spaces.business_id = 9\nspaces.call_spacing_ms = 5"),
            (
                "[spaces]\nbusiness_id = 9\n[kiosk.idle.de]\nheadline = \"a\"",
                "kiosk.volume",
                "[spaces]\nbusiness_id = 9\n\n[kiosk]\nvolume = 5\n[kiosk.idle.de]\nheadline = \"a\"",
            ),
        ];
        for (old, key, expected) in cases {
            let bench = Bench::new(old);
            bench.write(&[Change::set(key, 5)]).unwrap();
            let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
            assert_eq!(squeeze(&bench.text()), squeeze(expected), "{}", bench.text());
        }
        let bench = Bench::new("# the head\n\n# old\nversion = 1\ndata_dir = \"/x\"\n[spaces]\nbusiness_id = 9\n");
        bench.write(&[Change::remove("version")]).unwrap();
        assert_eq!(bench.text(), "# the head\n\ndata_dir = \"/x\"\n[spaces]\nbusiness_id = 9\n");
    });
}

#[test]
fn what_would_be_refused_is_not_written() {
    alone(|| {
        let bench = Bench::new(WRITTEN);
        let refused = |change: Change| {
            let error = bench.write(&[Change::set("kiosk.photos", true), change]).unwrap_err();
            assert_eq!(bench.text(), WRITTEN, "{error}");
            error.to_string()
        };
        let file = bench.file().display().to_string();
        for (change, said) in [
            (Change::set("kiosk.volume", 300), "`kiosk.volume`: 300 is not allowed"),
            (Change::set("kiosk.volum", 3), "unknown key `kiosk.volum`"),
            (Change::remove("spaces.business_id"), "`spaces.business_id` is missing"),
            (Change::set("kiosk.volume.loud", 3), "`volume` is no section"),
        ] {
            let error = refused(change);
            assert!(error.contains(said) && error.contains(&file), "{error}");
        }
        assert!(refused(Change::set("kiosk.logo", json!(null))).contains("`kiosk.logo`"));
        let bad = Bench::new("[spaces");
        assert!(matches!(bad.write(&[]).unwrap_err(), WriteError::NotToml { .. }));
        let other = bench.folder.path().join("other.toml");
        let error = write(&other, &[], &bench.source).unwrap_err().to_string();
        assert!(error.contains("is not a file that the configuration is read from"), "{error}");
        assert!(!other.exists());
        assert_eq!(bench.left_behind(), [""; 0]);
    });
}

#[test]
fn a_new_file_gets_its_folder_and_an_old_one_keeps_its_mode_and_its_link() {
    alone(|| {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b/tapdesk.toml");
        let source = Source { file: Some(file.clone()), managed: None };
        write(&file, &[Change::set("spaces.business_id", 9)], &source).unwrap();
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("[spaces]\nbusiness_id = 9\n", 0o644));

        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let link = folder.path().join("link.toml");
        symlink("a/b/tapdesk.toml", &link).unwrap();
        let source = Source { file: Some(link.clone()), managed: None };
        write(&link, &[Change::set("spaces.business_id", 10)], &source).unwrap();
        assert!(link.is_symlink(), "the link stays one");
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("[spaces]\nbusiness_id = 10\n", 0o600));

        let nowhere = folder.path().join("file/tapdesk.toml");
        fs::write(folder.path().join("file"), "").unwrap();
        let source = Source { file: Some(nowhere.clone()), managed: None };
        let error = write(&nowhere, &[Change::set("spaces.business_id", 9)], &source).unwrap_err();
        assert!(error.to_string().contains("let this user write"), "{error}");
    });
}

#[test]
fn who_changes_a_key_that_another_layer_overrides_is_told() {
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.create_file("managed.toml", "[spaces]\nbusiness_id = 9\n[kiosk]\nvolume = 1\nphotos = true\n")?;
        jail.create_file("tapdesk.toml", "[kiosk]\nvolume = 2\n")?;
        jail.set_env("TAPDESK_KIOSK__THEME", "dark");
        let (managed, users) = (PathBuf::from("managed.toml"), PathBuf::from("tapdesk.toml"));
        let source = Source { file: Some(users.clone()), managed: Some(managed.clone()) };
        let changes = [
            Change::set("kiosk.theme", "light"),
            Change::set("kiosk.volume", 3),
            Change::set("kiosk.photos", false),
            Change::set("kiosk.sounds", false),
        ];
        let told = |path: &Path| -> Vec<(String, String)> {
            let overridden = write(path, &changes, &source).unwrap();
            overridden.into_iter().map(|key| (key.key, key.by)).collect()
        };
        let environment = || ("kiosk.theme".to_owned(), "environment variable TAPDESK_KIOSK__THEME".to_owned());
        assert_eq!(told(&users), [environment()]);
        let by_the_user = |key: &str| (key.to_owned(), "tapdesk.toml".to_owned());
        let all =
            [environment(), by_the_user("kiosk.volume"), by_the_user("kiosk.photos"), by_the_user("kiosk.sounds")];
        assert_eq!(told(&managed), all);
        Ok(())
    });
}
