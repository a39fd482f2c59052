//! Keys, and what a reset leaves.

use tapdesk_core::ids::BusinessId;

use super::*;
use crate::keys::MemoryKeyStore;
use crate::keys::{StaffGate, StoreChoice};

fn settings(data_dir: &Path) -> Settings {
    let spaces = serde_json::json!({ "base_url": "https://spaces.nexudus.com/api", "business_id": 9 });
    serde_json::from_value(serde_json::json!({ "data_dir": data_dir, "spaces": spaces })).unwrap()
}

/// Guard: `journal_key` makes a key only where no journal needs one.
#[test]
fn a_journal_without_its_key_is_said_and_gets_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let secrets = MemoryKeyStore::default();
    assert!(queue(&settings, &secrets).unwrap().entries.is_empty());
    assert!(secrets.is_empty(), "looking makes no key");
    let key = journal_key(&settings, &secrets).unwrap();
    assert_eq!(journal_key(&settings, &secrets).unwrap(), key, "made once");
    drop(Journal::open(folder.path(), &key, BusinessId(9)).unwrap());
    assert!(queue(&settings, &secrets).unwrap().entries.is_empty());

    let device = device(&settings).unwrap();
    JournalKeyStore::new(&secrets, &device).delete().unwrap();
    for error in [journal_key(&settings, &secrets).unwrap_err(), queue(&settings, &secrets).unwrap_err()] {
        assert!(matches!(error, StartError::Journal(JournalError::KeyMissing { .. })), "{error}");
    }
    assert!(secrets.is_empty(), "no other key is made");
    secrets.set(&format!("{}/journal", device.as_str()), &"no key".into()).unwrap();
    let error = journal_key(&settings, &secrets).unwrap_err();
    assert!(matches!(error, StartError::KeyStore(KeyStoreError::NoKey)), "{error}");
}

/// What is in the data folder, but for locks.
fn left(data_dir: &Path) -> Vec<String> {
    let names = std::fs::read_dir(data_dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.contains(".lock")).collect()
}

/// A PIN, one wrong try, a journal's key.
fn used(settings: &Settings, keys: &Arc<dyn KeyStore>) {
    journal_key(settings, keys.as_ref()).unwrap();
    let gate = StaffGate::new(Arc::clone(keys), device(settings).unwrap(), &settings.data_dir);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let now = tapdesk_core::now::Now { utc: chrono::Utc::now(), elapsed: std::time::Duration::ZERO };
    runtime.block_on(gate.set("482913".into())).unwrap();
    runtime.block_on(gate.enter("482914".into(), now)).unwrap();
}

#[test]
fn a_reset_leaves_no_secret_and_no_count() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let memory: Arc<MemoryKeyStore> = Arc::default();
    let plain = || keys::open(StoreChoice::File, folder.path()).unwrap();
    used(&settings, &(Arc::clone(&memory) as Arc<dyn KeyStore>));
    used(&settings, &plain());
    reset(&settings, &*memory).unwrap();
    assert!(memory.is_empty());
    assert_eq!(left(folder.path()), [""; 0], "also what another store left");

    used(&settings, &plain());
    std::fs::write(folder.path().join("secrets.plain"), "damaged").unwrap();
    reset(&settings, &*plain()).unwrap();
    assert_eq!(left(folder.path()), [""; 0], "a file that does not open goes too");
}
