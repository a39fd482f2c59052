//! Nothing that holds a secret shows it when it is printed: all of them at once, against what they print today.

use std::fmt::{Debug, Display};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;

use super::MemoryKeyStore;
use super::*;
use crate::device::DeviceId;
use crate::pins::{Pin, PinBook};
use crate::settings::pin::{PinMode, PinSettings};
use crate::spaces::governor::{Budget, Governor};
use crate::spaces::session::{Session, SignInError};

/// Each ends up in one of those below.
const SECRETS: [&str; 6] =
    ["opaque-AAA", "opaque-RRR", "482913", "hunter2", "5a5a5a5a", "0909090909090909090909090909090909090909"];

const EXPECTED: &str = r#"SecretString: SecretBox<str>([REDACTED])
Tokens: Tokens { issued_at: 2025-10-09T08:53:20Z, access_ends: 2025-10-09T08:53:20Z, .. }
TokenStore: TokenStore { name: "DEVICE/tokens", .. }
JournalKey: JournalKey { .. }
JournalKeyStore: JournalKeyStore { name: "DEVICE/journal", .. }
StaffPin: StaffPin { .. }
StaffGate: StaffGate { tries: "FOLDER/staff_pin_tries.json", .. }
SystemKeyStore: SystemKeyStore
plain file: SecretsFile { path: "FOLDER/secrets.plain", .. }
sealed file: SecretsFile { path: "FOLDER/secrets.sealed", .. }
Pin: Pin(…)
PinBook: PinBook { members: 0, .. }
Session: Session
damaged tokens: Damaged | what the key store holds for this kiosk cannot be read; sign in again with `tapdesk sign-in`
damaged journal key: NoKey | what the key store holds as the key of this kiosk's journal is not one; bring back the key store from a copy, or give up the taps kept here with `tapdesk reset --discard`
damaged staff PIN: NoPin | what the key store holds as this kiosk's staff PIN cannot be read; set the staff PIN anew
damaged file: DamagedFile { path: "FOLDER/secrets.plain" } | FOLDER/secrets.plain: is damaged, or was not written by Tapdesk; nothing was changed; bring the file back from a copy, or give up what is kept here with `tapdesk reset --discard`
short credential: Credential { path: "FOLDER/tapdesk.key", why: "has 20 bytes, and 32 are needed" } | the systemd credential FOLDER/tapdesk.key: has 20 bytes, and 32 are needed; give the service `LoadCredential=tapdesk.key:FILE` (or `LoadCredentialEncrypted=`) with a file of 32 random bytes or more
other credential: Unopened { path: "FOLDER/secrets.sealed" } | FOLDER/secrets.sealed: does not open with the systemd credential `tapdesk.key`; either it was sealed with another one, or the file is damaged (the two look alike); nothing was changed; bring back the credential or the file from a copy, or give up what is kept here with `tapdesk reset --discard`
weak staff PIN: Weak(Run) | a staff PIN is no row of digits in their order
sign-in: KeyStore(Damaged) | what the key store holds for this kiosk cannot be read; sign in again with `tapdesk sign-in`
"#;

/// What was printed so far.
struct Print {
    text: String,
    folder: PathBuf,
    device: DeviceId,
}

impl Print {
    fn value(&mut self, name: &str, value: &dyn Debug) {
        self.line(&format!("{name}: {value:?}"));
        // The other way of printing must not show more.
        let spread = format!("{value:#?}");
        assert!(SECRETS.iter().all(|secret| !spread.contains(secret)), "{name}");
    }

    fn error<E: Debug + Display>(&mut self, name: &str, error: &E) {
        self.line(&format!("{name}: {error:?} | {error}"));
    }

    fn line(&mut self, line: &str) {
        let line = line.replace(&self.folder.display().to_string(), "FOLDER").replace(self.device.as_str(), "DEVICE");
        self.text.push_str(&line);
        self.text.push('\n');
    }
}

/// A store that holds this under every name.
fn holding(text: &str, device: &DeviceId) -> Arc<MemoryKeyStore> {
    let memory = MemoryKeyStore::default();
    for name in ["tokens", "journal", "staff_pin"] {
        memory.set(&format!("{}/{name}", device.as_str()), &text.into()).unwrap();
    }
    Arc::new(memory)
}

fn session(store: &Arc<MemoryKeyStore>, device: &DeviceId) -> Session {
    let address = url::Url::parse("http://127.0.0.1:9/api").unwrap();
    let tokens = TokenStore::new(Arc::clone(store) as Arc<dyn KeyStore>, device);
    let plenty = std::num::NonZeroU32::new(1000).unwrap();
    let budget = Budget { spacing: std::time::Duration::ZERO, per_minute: plenty, writes_per_minute: plenty };
    let governor = Arc::new(Governor::new(budget));
    Session::new(crate::spaces::http::client().unwrap(), &address, device.clone(), tokens, governor)
}

async fn errors(print: &mut Print, device: &DeviceId, folder: &Path) {
    let damaged = holding("hunter2 opaque-AAA 482913", device);
    let dynamic = Arc::clone(&damaged) as Arc<dyn KeyStore>;
    let tokens = TokenStore::new(dynamic, device).load().await.unwrap_err();
    print.error("damaged tokens", &tokens);
    print.error("damaged journal key", &JournalKeyStore::new(&*damaged, device).load().unwrap_err());
    print.error("damaged staff PIN", &StaffPin::load(&*damaged, device).unwrap_err());
    std::fs::write(folder.join(plain::FILE), "{\"secrets\":{\"a\":[\"hunter2\"]}}").unwrap();
    print.error("damaged file", &plain::open(folder).get("a").unwrap_err());
    std::fs::write(folder.join("tapdesk.key"), "hunter2 hunter2 hunt").unwrap();
    print.error("short credential", &sealed::open(folder, Some(folder)).map(drop).unwrap_err());
    let sealed = |credential: &[u8]| file::SecretsFile::new(folder, sealed::FILE, sealed::Sealed::by(credential));
    sealed(&[7; 32]).set("a", &"hunter2".into()).unwrap();
    print.error("other credential", &sealed(&[8; 32]).get("a").unwrap_err());
    print.error("weak staff PIN", &StaffPin::new(&"123456".into()).map(drop).unwrap_err());
    print.error("sign-in", &SignInError::KeyStore(tokens));
}

#[tokio::test]
async fn nothing_that_is_printed_shows_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let device = DeviceId::of(folder).unwrap();
    let mut print = Print { text: String::new(), folder: folder.to_path_buf(), device: device.clone() };
    let moment = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
    let tokens = Tokens {
        access: "opaque-AAA".into(),
        refresh: "opaque-RRR".into(),
        issued_at: moment,
        access_ends: moment,
        client_id: Some("another id".to_owned()),
        username: None,
    };
    let store: Arc<MemoryKeyStore> = Arc::default();
    let dynamic = || Arc::clone(&store) as Arc<dyn KeyStore>;
    let token_store = TokenStore::new(dynamic(), &device);
    token_store.save(&tokens).await.unwrap();
    let pins = PinBook::new(&PinSettings { accept: PinMode::Pin, least_digits: 5 }).unwrap().unwrap();
    print.value("SecretString", &SecretString::from("hunter2"));
    print.value("Tokens", &tokens);
    print.value("TokenStore", &token_store);
    print.value("JournalKey", &JournalKey::of_hex(&"09".repeat(32)).unwrap());
    print.value("JournalKeyStore", &JournalKeyStore::new(&*store, &device));
    print.value("StaffPin", &StaffPin::new(&"482913".into()).unwrap());
    print.value("StaffGate", &StaffGate::new(dynamic(), device.clone(), folder));
    print.value("SystemKeyStore", &SystemKeyStore);
    print.value("plain file", &plain::open(folder));
    print.value("sealed file", &file::SecretsFile::new(folder, sealed::FILE, sealed::Sealed::by(b"ZZZZ")));
    print.value("Pin", &Pin::new("482913".to_owned()));
    print.value("PinBook", &pins);
    let session = session(&store, &device);
    session.access().await.ok();
    print.value("Session", &session);
    errors(&mut print, &device, folder).await;
    assert_eq!(print.text, EXPECTED);
    for secret in SECRETS {
        assert!(!print.text.contains(secret), "{secret}");
    }
}
