//! The staff PIN: what may be one, and its hash, which is all that is kept of it.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::{KeyStore, KeyStoreError};
use crate::device::DeviceId;

const LEAST_DIGITS: usize = 6;
const MOST_DIGITS: usize = 12;
/// What OWASP asks of argon2id: 19 MiB, two passes, one lane. A six-digit PIN can be guessed from its hash all the same:
/// that takes hours then, not seconds, and the hash stands in the key store.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// Why a PIN is not taken as the staff's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum WeakPin {
    /// There is something in it that is no digit.
    #[error("a staff PIN has digits only")]
    NotDigits,
    /// It is too short.
    #[error("a staff PIN has {LEAST_DIGITS} digits or more")]
    TooShort,
    /// It is too long.
    #[error("a staff PIN has {MOST_DIGITS} digits or fewer")]
    TooLong,
    /// One digit again and again.
    #[error("a staff PIN has more than one digit that differs")]
    AllEqual,
    /// Digits in their order, up or down, or over the end of the row: 123456, 321098, 789012.
    #[error("a staff PIN is no row of digits in their order")]
    Run,
}

/// Why a staff PIN could not be set or looked at.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StaffPinError {
    /// None was set.
    #[error("this kiosk has no staff PIN; set one")]
    NotSet,
    /// It would be guessed.
    #[error(transparent)]
    Weak(#[from] WeakPin),
    /// The key store cannot be used, or holds something else.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// This machine cannot hash it.
    #[error("the staff PIN cannot be hashed on this machine: {0}")]
    Hash(String),
}

/// A staff PIN's argon2id hash, with its salt and parameters (a PHC string).
#[derive(Clone)]
pub struct StaffPin(SecretString);

impl fmt::Debug for StaffPin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("StaffPin").finish_non_exhaustive()
    }
}

impl StaffPin {
    /// Hashes a PIN that is good enough. Takes a moment and much memory.
    pub fn new(pin: &SecretString) -> Result<Self, StaffPinError> {
        check(pin.expose_secret())?;
        let failed = |what: String| StaffPinError::Hash(what);
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt).map_err(|error| failed(format!("no random numbers: {error}")))?;
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| failed(error.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = argon2.hash_password_with_salt(pin.expose_secret().as_bytes(), &salt);
        Ok(Self(hash.map_err(|error| failed(error.to_string()))?.to_string().into()))
    }

    /// Whether this is the PIN. Takes a moment and much memory, and the same for every PIN.
    pub fn verify(&self, pin: &SecretString) -> bool {
        // The parameters are those of the hash.
        Self::read(&self.0)
            .is_some_and(|hash| Argon2::default().verify_password(pin.expose_secret().as_bytes(), &hash).is_ok())
    }

    /// The staff PIN of this device, if one was set. Blocks.
    pub fn load(store: &dyn KeyStore, device: &DeviceId) -> Result<Option<Self>, KeyStoreError> {
        let Some(stored) = store.get(&name(device))? else { return Ok(None) };
        if Self::read(&stored).is_none() {
            return Err(KeyStoreError::NoPin);
        }
        Ok(Some(Self(stored)))
    }

    /// Makes this the staff PIN of this device. Blocks.
    pub fn save(&self, store: &dyn KeyStore, device: &DeviceId) -> Result<(), KeyStoreError> {
        store.set(&name(device), &self.0)
    }

    /// Deletes the staff PIN of this device. Blocks.
    pub fn forget(store: &dyn KeyStore, device: &DeviceId) -> Result<(), KeyStoreError> {
        store.delete(&name(device))
    }

    /// An argon2id hash that does not ask for more than this room does: what stands in a key store may be anything.
    fn read(stored: &SecretString) -> Option<PasswordHash> {
        let hash = PasswordHash::new(stored.expose_secret()).ok()?;
        let params = Params::try_from(&hash).ok()?;
        let modest = params.m_cost() <= MEMORY_KIB && params.t_cost() <= PASSES && params.p_cost() <= LANES;
        (hash.algorithm.as_str() == "argon2id" && hash.salt.is_some() && hash.hash.is_some() && modest).then_some(hash)
    }
}

/// Whether this PIN may be the staff's.
pub fn check(pin: &str) -> Result<(), WeakPin> {
    let digits = pin.as_bytes();
    let steps_by = |step: u8| digits.windows(2).all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0');
    if !digits.iter().all(u8::is_ascii_digit) {
        Err(WeakPin::NotDigits)
    } else if digits.len() < LEAST_DIGITS {
        Err(WeakPin::TooShort)
    } else if digits.len() > MOST_DIGITS {
        Err(WeakPin::TooLong)
    } else if steps_by(0) {
        Err(WeakPin::AllEqual)
    } else if steps_by(1) || steps_by(9) {
        Err(WeakPin::Run)
    } else {
        Ok(())
    }
}

pub(super) fn name(device: &DeviceId) -> String {
    format!("{}/staff_pin", device.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_be_guessed_first_is_refused() {
        let cases = [
            ("482913", Ok(())),
            ("000001", Ok(())),
            ("123457", Ok(())),
            ("482913482913", Ok(())),
            ("", Err(WeakPin::TooShort)),
            ("48291", Err(WeakPin::TooShort)),
            ("4829134829134", Err(WeakPin::TooLong)),
            ("4829 13", Err(WeakPin::NotDigits)),
            ("48291a", Err(WeakPin::NotDigits)),
            ("٤٨٢٩١٣", Err(WeakPin::NotDigits)),
            ("000000", Err(WeakPin::AllEqual)),
            ("777777777777", Err(WeakPin::AllEqual)),
            ("123456", Err(WeakPin::Run)),
            ("987654", Err(WeakPin::Run)),
            ("567890", Err(WeakPin::Run)),
            ("789012", Err(WeakPin::Run)),
            ("321098", Err(WeakPin::Run)),
        ];
        for (pin, expected) in cases {
            assert_eq!(check(pin), expected, "{pin}");
        }
    }

    #[test]
    fn a_pin_is_known_again_by_its_hash_alone() {
        let pin = SecretString::from("482913");
        let kept = StaffPin::new(&pin).unwrap();
        let phc = kept.0.expose_secret();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !phc.contains("482913"), "{phc}");
        assert!(kept.verify(&pin));
        for wrong in ["482914", "48291", "4829130", " 482913", ""] {
            assert!(!kept.verify(&wrong.into()), "{wrong}");
        }
        assert_ne!(StaffPin::new(&pin).unwrap().0.expose_secret(), phc, "a salt of its own");
    }

    #[test]
    fn what_is_no_hash_is_said_and_opens_nothing() {
        let whole = StaffPin::new(&"482913".into()).unwrap();
        let phc = whole.0.expose_secret();
        let without_hash = phc.rsplit_once('$').unwrap().0;
        let (huge, other) = (phc.replace("m=19456", "m=4000000"), phc.replace("argon2id", "argon2i"));
        for damaged in ["", "482913", "$argon2id$", without_hash, &huge, &other] {
            assert!(StaffPin::read(&damaged.into()).is_none(), "{damaged}");
            assert!(!StaffPin(damaged.into()).verify(&"482913".into()), "{damaged}");
        }
        assert!(StaffPin::read(&whole.0).is_some());
    }

    proptest! {
        #[test]
        fn only_six_to_twelve_digits_pass(pin in "\\PC{0,14}|[0-9]{0,14}") {
            let digits = pin.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert!(check(&pin).is_err() || (digits && (6..=12).contains(&pin.len())));
        }
    }
}
