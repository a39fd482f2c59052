//! The copy is whole, and put back whole.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

use super::*;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

fn write(folder: &Path, contents: &[(&str, &str)]) {
    for (name, content) in contents {
        fs::write(folder.join(name), content).unwrap();
    }
}

const BEFORE: [(&str, &str); 5] = [
    ("journal.sqlite", "taps"),
    ("journal.sqlite-wal", "more taps"),
    ("journal.sqlite-shm", "index"),
    ("journal.sqlite.damaged-1", "old"),
    ("device", "of no concern"),
];

#[test]
fn what_was_copied_stands_there_again_and_nothing_else_of_the_journal() {
    let (data, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let programs = Programs::of_this_machine();
    let copy = own.path().join("journal.tar");
    let journal = JournalCopy { programs: &programs, home: data.path(), data_dir: data.path(), copy: copy.clone() };
    write(data.path(), &BEFORE);
    journal.take().unwrap();
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(journal.written().is_some());
    let before = files(data.path());
    // A newer version changed the tables, checked its log in, salvaged, and set something aside.
    write(data.path(), &[("journal.sqlite", "new tables"), ("journal.sqlite.salvaged-2", "would take its place")]);
    write(data.path(), &[("journal.sqlite.damaged-2", "set aside"), ("journal.sqlite-journal", "left")]);
    fs::remove_file(data.path().join("journal.sqlite-wal")).unwrap();
    // What a run before this one had begun.
    fs::create_dir(data.path().join(UNPACKED)).unwrap();
    write(&data.path().join(UNPACKED), &[("journal.sqlite", "half")]);
    journal.put_back().unwrap();
    journal.put_back().unwrap();
    let mut after = files(data.path());
    assert_eq!(after.remove("journal.sqlite.damaged-2").as_deref(), Some(&b"set aside"[..]), "is nobody's to delete");
    assert_eq!(after, before);
}

#[test]
fn a_kiosk_that_never_ran_has_none() {
    let own = tempfile::tempdir().unwrap();
    let programs = Programs::of_this_machine();
    let (home, copy) = (own.path().to_path_buf(), own.path().join("journal.tar"));
    let data = own.path().join("data");
    let journal = JournalCopy { programs: &programs, home: &home, data_dir: &data, copy };
    journal.take().unwrap();
    assert_eq!(journal.written(), None);
    journal.put_back().unwrap();
    fs::create_dir(&data).unwrap();
    write(&data, &[("journal.sqlite", "of the new version"), ("device", "new")]);
    journal.put_back().unwrap();
    assert_eq!(files(&data).into_keys().collect::<Vec<_>>(), ["device"], "as it was: none");
}

#[test]
fn a_copy_that_cannot_be_unpacked_changes_nothing() {
    let (data, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let programs = Programs::of_this_machine();
    let copy = own.path().join("journal.tar");
    let journal = JournalCopy { programs: &programs, home: data.path(), data_dir: data.path(), copy: copy.clone() };
    write(data.path(), &BEFORE);
    let before = files(data.path());
    assert!(journal.put_back().is_err(), "no copy");
    fs::write(&copy, "no archive").unwrap();
    assert!(journal.put_back().unwrap_err().contains("tar"));
    fs::remove_dir_all(data.path().join(UNPACKED)).unwrap();
    assert_eq!(files(data.path()), before);
}

#[test]
fn a_link_is_copied_as_a_link() {
    let (data, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let programs = Programs::of_this_machine();
    let secret = own.path().join("secret");
    fs::write(&secret, "not for the kiosk").unwrap();
    std::os::unix::fs::symlink(&secret, data.path().join("journal.sqlite")).unwrap();
    let copy = own.path().join("journal.tar");
    let journal = JournalCopy { programs: &programs, home: data.path(), data_dir: data.path(), copy: copy.clone() };
    journal.take().unwrap();
    let archive = fs::read(&copy).unwrap();
    assert!(!archive.windows(7).any(|part| part == b"not for"), "what a link leads to is not read");
    journal.put_back().unwrap();
    assert!(data.path().join("journal.sqlite").is_symlink());
    assert_eq!(fs::read_to_string(secret).unwrap(), "not for the kiosk");
}
