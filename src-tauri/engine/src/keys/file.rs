//! Secrets in one file of the data folder, whatever its bytes look like: read anew each time, changed by one at a time.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError, StoreKind};
use crate::durable;

/// How the file's bytes are made of what is kept, and back.
pub(super) trait Form: Send + Sync {
    /// The store that it makes.
    const KIND: StoreKind;
    /// The bytes to write.
    fn wrap(&self, kept: &[u8]) -> Result<Vec<u8>, KeyStoreError>;
    /// What was kept; none where these are not bytes that `wrap` made.
    fn unwrap(&self, bytes: Vec<u8>) -> Option<Zeroizing<Vec<u8>>>;
    /// Why the file cannot be read.
    fn unreadable(path: PathBuf) -> KeyStoreError;
}

/// A key store in a file.
pub(super) struct SecretsFile<F> {
    path: PathBuf,
    /// Held by who changes the file: a sign-in beside a running kiosk is another process.
    lock: PathBuf,
    form: F,
}

#[derive(Serialize)]
struct Written<'a> {
    secrets: BTreeMap<&'a str, &'a str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    secrets: BTreeMap<String, SecretString>,
}

impl<F> std::fmt::Debug for SecretsFile<F> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SecretsFile").field("path", &self.path).finish_non_exhaustive()
    }
}

impl<F: Form> SecretsFile<F> {
    pub(super) fn new(data_dir: &Path, name: &str, form: F) -> Self {
        Self { path: data_dir.join(name), lock: data_dir.join("secrets.lock"), form }
    }

    fn read(&self) -> Result<BTreeMap<String, SecretString>, KeyStoreError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(failed(&self.path, &error)),
        };
        let kept = self.form.unwrap(bytes).and_then(|kept| serde_json::from_slice::<Kept>(&kept).ok());
        // What exactly is wrong is not told: the sentence could hold a secret.
        kept.map(|kept| kept.secrets).ok_or_else(|| F::unreadable(self.path.clone()))
    }

    fn write(&self, secrets: &BTreeMap<String, SecretString>) -> Result<(), KeyStoreError> {
        let secrets = secrets.iter().map(|(name, secret)| (name.as_str(), secret.expose_secret())).collect();
        let kept = serde_json::to_vec(&Written { secrets });
        let kept = Zeroizing::new(kept.map_err(|error| failed(&self.path, &error.into()))?);
        let bytes = self.form.wrap(&kept)?;
        durable::replace(&self.path, &bytes).map_err(|error| failed(&self.path, &error))
    }

    /// The right to change the file, until it is dropped.
    fn lock(&self) -> Result<File, KeyStoreError> {
        let locked = || {
            self.lock.parent().map_or(Ok(()), fs::create_dir_all)?;
            let file = File::options().write(true).create(true).truncate(false).open(&self.lock)?;
            file.lock()?;
            Ok(file)
        };
        locked().map_err(|error| failed(&self.lock, &error))
    }
}

impl<F: Form> KeyStore for SecretsFile<F> {
    fn get(&self, name: &str) -> Result<Option<SecretString>, KeyStoreError> {
        Ok(self.read()?.remove(name))
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), KeyStoreError> {
        let _alone = self.lock()?;
        let mut secrets = self.read()?;
        secrets.insert(name.to_owned(), secret.clone());
        self.write(&secrets)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        let _alone = self.lock()?;
        let mut secrets = self.read()?;
        if secrets.remove(name).is_some() { self.write(&secrets) } else { Ok(()) }
    }

    fn kind(&self) -> StoreKind {
        F::KIND
    }
}

fn failed(path: &Path, error: &io::Error) -> KeyStoreError {
    KeyStoreError::File { path: path.to_path_buf(), cause: error.to_string() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{plain, sealed};
    use super::*;

    type Open = fn(&Path) -> Box<dyn KeyStore>;

    /// Both forms, each with the name of its file.
    const FORMS: [(&str, Open); 2] = [
        (plain::FILE, |data_dir| Box::new(plain::open(data_dir))),
        (sealed::FILE, |data_dir| Box::new(SecretsFile::new(data_dir, sealed::FILE, sealed::Sealed::by(&[7; 32])))),
    ];

    fn secret(text: &str) -> SecretString {
        text.into()
    }

    fn get(store: &dyn KeyStore, name: &str) -> Option<String> {
        store.get(name).unwrap().map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn what_one_process_writes_another_reads_and_nobody_else_can() {
        for (file, open) in FORMS {
            let folder = tempfile::tempdir().unwrap();
            let data_dir = folder.path().join("not there yet");
            let (one, other) = (open(&data_dir), open(&data_dir));
            assert_eq!(get(&*one, "kiosk/tokens"), None);
            one.delete("kiosk/tokens").unwrap();
            assert!(!data_dir.join(file).exists(), "nothing is written for nothing");
            other.set("kiosk/tokens", &secret("first \"secret\"\n")).unwrap();
            one.set("kiosk/journal", &secret("another")).unwrap();
            assert_eq!(get(&*one, "kiosk/tokens").as_deref(), Some("first \"secret\"\n"));
            other.set("kiosk/tokens", &secret("second")).unwrap();
            assert_eq!(get(&*one, "kiosk/tokens").as_deref(), Some("second"));
            one.delete("kiosk/tokens").unwrap();
            assert_eq!(get(&*other, "kiosk/tokens"), None);
            assert_eq!(get(&*other, "kiosk/journal").as_deref(), Some("another"));
            let mode =
                |path: &Path| std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions());
            assert_eq!(mode(&data_dir.join(file)) & 0o777, 0o600, "{file}");
        }
    }

    /// Guard: the lock in `set` and `delete`.
    #[test]
    fn two_who_write_at_the_same_moment_lose_nothing() {
        for (_, open) in FORMS {
            let folder = tempfile::tempdir().unwrap();
            std::thread::scope(|scope| {
                for writer in 0..4 {
                    let store = open(folder.path());
                    scope.spawn(move || {
                        for number in 0..10 {
                            store.set(&format!("{writer}/{number}"), &secret("kept")).unwrap();
                        }
                    });
                }
            });
            let store = open(folder.path());
            for name in (0..4).flat_map(|writer| (0..10).map(move |number| format!("{writer}/{number}"))) {
                assert_eq!(get(&*store, &name).as_deref(), Some("kept"), "{name}");
            }
        }
    }

    /// Guard: a file that cannot be read is never written over.
    #[test]
    fn a_damaged_file_is_said_and_stays_as_it_is() {
        for (file, open) in FORMS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(file);
            let store = open(folder.path());
            store.set("kiosk/tokens", &secret("secret-of-old")).unwrap();
            let whole = fs::read(&path).unwrap();
            let mut turned = whole.clone();
            turned[0] ^= 1;
            let damaged = [&[][..], b"{", b"{\"secrets\":{\"a\":7}}", &whole[..whole.len() - 1], &turned];
            for bytes in damaged {
                fs::write(&path, bytes).unwrap();
                let failures = [
                    store.get("kiosk/tokens").map(drop),
                    store.set("kiosk/tokens", &secret("new")),
                    store.delete("kiosk/tokens"),
                ];
                for failure in failures {
                    let sentence = failure.unwrap_err().to_string();
                    assert!(sentence.contains(file) && sentence.contains("nothing was changed"), "{sentence}");
                    assert!(!sentence.contains("secret-of-old"), "{sentence}");
                }
                assert_eq!(fs::read(&path).unwrap(), bytes);
            }
        }
    }

    #[test]
    fn a_run_that_was_cut_off_leaves_the_old_file_and_its_remains_do_no_harm() {
        for (file, open) in FORMS {
            let folder = tempfile::tempdir().unwrap();
            let store = open(folder.path());
            store.set("kiosk/tokens", &secret("old")).unwrap();
            let remains = folder.path().join(format!("{file}.new"));
            fs::write(&remains, "half").unwrap();
            assert_eq!(get(&*store, "kiosk/tokens").as_deref(), Some("old"));
            store.set("kiosk/tokens", &secret("new")).unwrap();
            assert_eq!(get(&*store, "kiosk/tokens").as_deref(), Some("new"));
            assert!(!remains.exists());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_names_and_secrets_come_back(secrets in prop::collection::btree_map(any::<String>(), any::<String>(), 0..6)) {
            for (_, open) in FORMS {
                let folder = tempfile::tempdir().unwrap();
                let store = open(folder.path());
                for (name, text) in &secrets {
                    store.set(name, &secret(text)).unwrap();
                }
                for (name, text) in &secrets {
                    let kept = get(&*store, name);
                    prop_assert_eq!(kept.as_ref(), Some(text));
                }
            }
        }
    }
}
