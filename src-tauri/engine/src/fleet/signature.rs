//! Whose file it is: signatures of minisign, over the whole file (Ed25519 of its digest).

use minisign_verify::{Error, PublicKey, Signature};

/// The length of a public key, in minisign's base64.
const KEY: usize = 56;
/// What the base64 of a key begins with: the two letters of its algorithm.
const ALGORITHM: &str = "RW";

/// Whether this is the second line of a public key file of minisign's.
pub(crate) fn is_key(text: &str) -> bool {
    text.len() == KEY && text.starts_with(ALGORITHM) && PublicKey::from_base64(text).is_ok()
}

/// Whether `signature`, the text of a `.minisig` file, was made over `bytes` by the owner of `key`; else what is wrong, as
/// the end of a sentence on the file.
pub(super) fn verify(key: &str, bytes: &[u8], signature: &str) -> Result<(), String> {
    let key = PublicKey::from_base64(key).map_err(|_| "cannot be checked: `fleet.public_key` is no key".to_owned())?;
    let signature = Signature::decode(signature).map_err(|_| {
        "is not signed: what lies beside it as `.minisig` is no signature of minisign's, perhaps the page of a log-in; upload the one that `minisign -S` makes"
            .to_owned()
    })?;
    key.verify(bytes, &signature, false).map_err(|error| match error {
        Error::UnexpectedKeyId => "is signed by another key than `fleet.public_key`".to_owned(),
        Error::UnexpectedAlgorithm => {
            "is signed in the old way of minisign's, without hashing; sign it without `-l`".to_owned()
        }
        _ => "does not fit its signature: it was uploaded by half, or changed after it was signed".to_owned(),
    })
}
