//! Secrets in a file that is encrypted under a systemd credential, for machines whose kiosk session has no key store.
//!
//! The file is a line that names the format, a random nonce, and XChaCha20-Poly1305 under a key derived from the
//! credential; the line is authenticated with the rest. The data folder's path is not: a disk may be mounted elsewhere.

use std::fs;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::file::{Form, SecretsFile};
use super::{KeyStoreError, StoreKind};

/// Its name in the data folder.
pub(super) const FILE: &str = "secrets.sealed";
/// The credential's name in the folder that the service manager gives.
const CREDENTIAL: &str = "tapdesk.key";
/// A shorter credential could be guessed.
const LEAST_BYTES: usize = 32;
/// The first line: what this is, and in which version.
const FORMAT: &[u8] = b"tapdesk secrets 1\n";
const NONCE_BYTES: usize = 24;

/// Encrypted under a key.
pub(super) struct Sealed(Zeroizing<[u8; 32]>);

/// Whether the service manager gives a credential for this, whatever is in it.
pub(super) fn is_given(credentials: Option<&Path>) -> bool {
    // What cannot be looked at is given: to pass it over would be another store in silence.
    credentials.is_some_and(|folder| folder.join(CREDENTIAL).try_exists().unwrap_or(true))
}

/// The sealed file of this data folder, under the credential in this folder.
pub(super) fn open(data_dir: &Path, credentials: Option<&Path>) -> Result<SecretsFile<Sealed>, KeyStoreError> {
    let path = credentials.unwrap_or(Path::new("$CREDENTIALS_DIRECTORY")).join(CREDENTIAL);
    let refused = |why: String| KeyStoreError::Credential { path: path.clone(), why };
    if credentials.is_none() {
        return Err(refused("the service manager gives no credentials".to_owned()));
    }
    let credential = Zeroizing::new(fs::read(&path).map_err(|error| refused(error.to_string()))?);
    if credential.len() < LEAST_BYTES {
        return Err(refused(format!("has {} bytes, and {LEAST_BYTES} are needed", credential.len())));
    }
    Ok(SecretsFile::new(data_dir, FILE, Sealed::by(&credential)))
}

impl Sealed {
    pub(super) fn by(credential: &[u8]) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        // 32 bytes are not too many for HKDF, which gives up to 255 hashes.
        Hkdf::<Sha256>::new(None, credential).expand(FORMAT, key.as_mut()).expect("32 bytes");
        Self(key)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

impl Form for Sealed {
    const KIND: StoreKind = StoreKind::Credential;

    fn wrap(&self, kept: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        let mut nonce = [0; NONCE_BYTES];
        let failed = |what: String| KeyStoreError::Broken(what);
        getrandom::fill(&mut nonce).map_err(|error| failed(format!("no random numbers: {error}")))?;
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: kept, aad: FORMAT });
        let sealed = sealed.map_err(|_| failed("the secrets cannot be encrypted".to_owned()))?;
        Ok([FORMAT, &nonce, &sealed].concat())
    }

    fn unwrap(&self, bytes: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = bytes.strip_prefix(FORMAT)?.split_first_chunk::<NONCE_BYTES>()?;
        let kept = self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: FORMAT });
        kept.ok().map(Zeroizing::new)
    }

    fn unreadable(path: PathBuf) -> KeyStoreError {
        KeyStoreError::Unopened { path }
    }
}

#[cfg(test)]
mod tests {
    use super::super::KeyStore;
    use super::*;

    #[test]
    fn only_the_same_credential_opens_the_file_and_another_changes_nothing() {
        let (data, credentials) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let key = credentials.path().join(CREDENTIAL);
        let open = |bytes: &[u8]| {
            fs::write(&key, bytes).unwrap();
            open(data.path(), Some(credentials.path())).unwrap()
        };
        open(&[7; 32]).set("kiosk/tokens", &"a secret".into()).unwrap();
        let file = data.path().join(FILE);
        let before = fs::read(&file).unwrap();
        for wrong in [vec![8; 32], vec![7; 33], b"tapdesk secrets 1\ntapdesk secrets 1\n".to_vec()] {
            let store = open(&wrong);
            for failure in [store.get("kiosk/tokens").map(drop), store.set("kiosk/tokens", &"new".into())] {
                assert!(matches!(failure, Err(KeyStoreError::Unopened { .. })), "{failure:?}");
            }
            assert_eq!(fs::read(&file).unwrap(), before);
        }
        assert!(open(&[7; 32]).get("kiosk/tokens").unwrap().is_some());
    }

    #[test]
    fn nothing_can_be_read_from_the_file_and_no_two_are_alike() {
        let sealed = Sealed::by(&[7; 32]);
        let [one, other] = [0, 1].map(|_| sealed.wrap(b"{\"secrets\":{\"kiosk/tokens\":\"a secret\"}}").unwrap());
        assert_ne!(one, other, "a nonce of its own");
        for part in [&b"secret"[..], b"kiosk", b"tokens"] {
            assert!(!one[FORMAT.len()..].windows(part.len()).any(|window| window == part));
        }
        for place in 0..one.len() {
            let mut turned = one.clone();
            turned[place] ^= 0x10;
            assert!(sealed.unwrap(turned).is_none(), "byte {place}");
        }
    }
}
