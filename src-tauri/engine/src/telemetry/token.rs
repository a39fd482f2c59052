//! The token that a scrape must bring: in a file, so that it stands in no configuration and can be changed at any time.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use secrecy::{ExposeSecret as _, SecretSlice};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroize as _;

/// The longest token, in bytes.
const LONGEST: u64 = 4096;

/// Where the token is kept.
#[derive(Debug)]
pub(super) struct TokenFile {
    path: PathBuf,
    /// Whether it was said that the file is no good.
    said: AtomicBool,
}

/// What may come of a scrape's token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// It is the one.
    Granted,
    /// It is another one, or none.
    Denied,
    /// Nobody can say: the file is no good.
    Unknown,
}

impl TokenFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, said: AtomicBool::new(false) }
    }

    /// Looks at the file, so that one that is no good is said before anybody comes. Blocks.
    pub(super) fn look(&self) {
        drop(self.token());
    }

    /// Compares with what the file holds now. Blocks.
    pub(super) fn admits(&self, given: Option<&[u8]>) -> Admission {
        let Some(token) = self.token() else { return Admission::Unknown };
        // Digests are as long as each other whatever they are of: not even the token's length is told by the time it takes.
        let digest = |bytes: &[u8]| <[u8; 32]>::from(Sha256::digest(bytes));
        let same = |given| bool::from(digest(given).ct_eq(&digest(token.expose_secret())));
        if given.is_some_and(same) { Admission::Granted } else { Admission::Denied }
    }

    /// None where the file is no good, which is said once.
    fn token(&self) -> Option<SecretSlice<u8>> {
        let why = match read(&self.path) {
            Ok(token) if token.expose_secret().is_empty() => "it is empty".to_owned(),
            Ok(token) if token.expose_secret().len() as u64 > LONGEST => format!("it is longer than {LONGEST} bytes"),
            Ok(token) => {
                if self.said.swap(false, Ordering::Relaxed) {
                    tracing::info!(file = %self.path.display(), "the token of the figures can be read again");
                }
                return Some(token);
            }
            Err(error) => error.to_string(),
        };
        if !self.said.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                file = %self.path.display(),
                why,
                "nobody can read the figures: put a token on one line into the file of `telemetry.token_file`, which this program's user can read"
            );
        }
        None
    }
}

/// The file without the white space around it, and not much more of it than a token can have.
fn read(path: &Path) -> io::Result<SecretSlice<u8>> {
    // Of a pipe nothing may ever come.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::with_capacity(256);
    fs::File::open(path)?.take(LONGEST + 256).read_to_end(&mut bytes)?;
    let token = SecretSlice::from(bytes.trim_ascii().to_vec());
    bytes.zeroize();
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_file_holds_now_is_let_in() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metrics.token");
        let file = TokenFile::new(path.clone());
        let long = "x".repeat(4096);
        let longer = "x".repeat(4097);
        let cases: [(Option<&str>, Option<&str>, Admission); 11] = [
            (None, Some("opensesame"), Admission::Unknown),
            (Some("opensesame"), Some("opensesame"), Admission::Granted),
            (Some(" opensesame\r\n"), Some("opensesame"), Admission::Granted),
            (Some("opensesame"), Some("opensesam"), Admission::Denied),
            (Some("opensesame"), Some(""), Admission::Denied),
            (Some("opensesame"), None, Admission::Denied),
            (Some("another"), Some("opensesame"), Admission::Denied),
            (Some("\n"), Some(""), Admission::Unknown),
            (Some(&long), Some(&long), Admission::Granted),
            (Some(&longer), Some(&longer), Admission::Unknown),
            (Some(&longer), Some(&long), Admission::Unknown),
        ];
        for (kept, given, expected) in cases {
            if let Some(kept) = kept {
                fs::write(&path, kept).unwrap();
            }
            assert_eq!(file.admits(given.map(str::as_bytes)), expected, "{kept:?} {given:?}");
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert_eq!(file.admits(Some(b"opensesame")), Admission::Unknown, "a folder");
    }
}
