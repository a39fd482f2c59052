//! A sign-in as it is kept: the pair of tokens, whom it was issued to, and how long it is good for.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError, blocking};
use crate::device::DeviceId;

/// How long a refresh token is good for (`nexudus-api.md` section 1.2).
const REFRESH_LIFE: TimeDelta = TimeDelta::days(15);
/// How long before its end a sign-in is said to end: over a long weekend somebody must have seen it.
const SAID_BEFORE: TimeDelta = TimeDelta::days(4);
/// How long before its `access_ends` a pair was issued that says nothing of it. Versions before kept nine tenths of an
/// access token's life there, which is seven days.
const ISSUED_BEFORE_ENDS: TimeDelta = TimeDelta::minutes(7 * 24 * 60 * 9 / 10);

/// A sign-in: the pair of tokens and when they were issued and end, all by this machine's clock.
#[derive(Clone)]
pub struct Tokens {
    /// `access_token`.
    pub access: SecretString,
    /// `refresh_token`; dead as soon as a new pair was issued for it.
    pub refresh: SecretString,
    /// When the pair was issued, UTC.
    pub issued_at: DateTime<Utc>,
    /// When the access token ends, UTC.
    pub access_ends: DateTime<Utc>,
    /// The `client_id` that it was issued to, and can be refreshed under, where that is not the device's id.
    pub client_id: Option<String>,
    /// Who signed in, as typed; none for a sign-in by an earlier version.
    pub username: Option<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    access: &'a str,
    refresh: &'a str,
    issued_at: DateTime<Utc>,
    access_ends: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
}

#[derive(Deserialize)]
struct Kept {
    access: SecretString,
    refresh: SecretString,
    #[serde(default)]
    issued_at: Option<DateTime<Utc>>,
    access_ends: DateTime<Utc>,
    #[serde(default)]
    client_id: Option<String>,
    #[serde(default)]
    username: Option<String>,
}

impl Tokens {
    /// When to ask for a new pair: at half of the access token's life, and not later than at half of the refresh
    /// token's. Somebody who reset the password, or a reply that was lost on its way and took the refresh token with
    /// it, is then noticed days before the access token ends, while the kiosk still works and there is time to sign in.
    pub fn refresh_due(&self) -> DateTime<Utc> {
        let half = (self.access_ends - self.issued_at) / 2;
        later(self.issued_at, half.min(REFRESH_LIFE / 2))
    }

    /// When the sign-in ends if the pair is not refreshed: with whichever of the two lasts longer.
    pub fn ends(&self) -> DateTime<Utc> {
        later(self.issued_at, REFRESH_LIFE).max(self.access_ends)
    }

    /// When the sign-in ends, where that is so soon that somebody should be told.
    pub fn ends_soon(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        Some(self.ends()).filter(|ends| *ends - now <= SAID_BEFORE)
    }

    fn write(&self) -> Result<SecretString, KeyStoreError> {
        let (access, refresh) = (self.access.expose_secret(), self.refresh.expose_secret());
        let Self { issued_at, access_ends, client_id, username, .. } = self;
        let (client_id, username) = (client_id.as_deref(), username.as_deref());
        let written =
            Written { access, refresh, issued_at: *issued_at, access_ends: *access_ends, client_id, username };
        let json = Zeroizing::new(serde_json::to_string(&written).map_err(|_| KeyStoreError::Damaged)?);
        Ok(json.as_str().into())
    }

    fn read(json: &SecretString, now: DateTime<Utc>) -> Result<Self, KeyStoreError> {
        // What is wrong is not told: the sentence could hold a token.
        let kept: Kept = serde_json::from_str(json.expose_secret()).map_err(|_| KeyStoreError::Damaged)?;
        let Kept { access, refresh, issued_at, access_ends, client_id, username } = kept;
        let issued_at = issued_at.unwrap_or_else(|| later(access_ends, -ISSUED_BEFORE_ENDS));
        // Nothing was issued later than now, whatever the clock said then.
        Ok(Self { access, refresh, issued_at: issued_at.min(now), access_ends, client_id, username })
    }
}

/// For how many whole days a sign-in is good if it is not refreshed; none after its end.
pub fn days_left(tokens: &Tokens, now: DateTime<Utc>) -> i64 {
    (tokens.ends() - now).num_days().max(0)
}

/// `moment + span`, whatever stands in a key store.
fn later(moment: DateTime<Utc>, span: TimeDelta) -> DateTime<Utc> {
    moment.checked_add_signed(span).unwrap_or(moment)
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { issued_at, access_ends, .. } = self;
        let mut shown = formatter.debug_struct("Tokens");
        shown.field("issued_at", issued_at).field("access_ends", access_ends).finish_non_exhaustive()
    }
}

/// This kiosk's tokens in the key store.
#[derive(Clone)]
pub struct TokenStore {
    store: Arc<dyn KeyStore>,
    name: String,
}

impl fmt::Debug for TokenStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TokenStore").field("name", &self.name).finish_non_exhaustive()
    }
}

impl TokenStore {
    /// The tokens of this device.
    pub fn new(store: Arc<dyn KeyStore>, device: &DeviceId) -> Self {
        Self { store, name: name(device) }
    }

    /// Deletes the tokens of this device. Blocks.
    pub fn forget(store: &dyn KeyStore, device: &DeviceId) -> Result<(), KeyStoreError> {
        store.delete(&name(device))
    }

    /// Stores the tokens of this device. Blocks.
    pub(crate) fn put(store: &dyn KeyStore, device: &DeviceId, tokens: &Tokens) -> Result<(), KeyStoreError> {
        store.set(&name(device), &tokens.write()?)
    }

    /// The tokens, if this device was signed in.
    pub async fn load(&self) -> Result<Option<Tokens>, KeyStoreError> {
        let Self { store, name } = self.clone();
        let stored = blocking(move || store.get(&name)).await?;
        stored.map(|json| Tokens::read(&json, Utc::now())).transpose()
    }

    /// Stores the tokens; they may be used when this has returned.
    pub async fn save(&self, tokens: &Tokens) -> Result<(), KeyStoreError> {
        let (Self { store, name }, json) = (self.clone(), tokens.write()?);
        blocking(move || store.set(&name, &json)).await
    }
}

pub(super) fn name(device: &DeviceId) -> String {
    format!("{}/tokens", device.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many hours after some moment.
    fn hour(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_760_000_000, 0).unwrap() + TimeDelta::hours(hours)
    }

    /// Issued at hour 0.
    fn tokens(access_hours: i64) -> Tokens {
        let (access, refresh) = ("opaque-AAA".into(), "opaque-RRR".into());
        Tokens { access, refresh, issued_at: hour(0), access_ends: hour(access_hours), client_id: None, username: None }
    }

    #[test]
    fn a_pair_is_refreshed_at_half_of_its_life() {
        // The life of the access token, and when the refresh is due, in hours.
        let cases = [(7 * 24, 84), (2, 1), (30 * 24, 180), (10 * 365 * 24, 180), (0, 0), (-100, -50)];
        for (life, due) in cases {
            assert_eq!(tokens(life).refresh_due(), hour(due), "{life} hours");
        }
    }

    #[test]
    fn the_days_that_are_left_are_counted_and_the_last_four_are_said() {
        let (week, month) = (7 * 24, 30 * 24);
        // The life of the access token, the hour of the look, days left, and when it is said to end.
        let cases = [
            (week, 0, 15, None),
            (week, 1, 14, None),
            (week, 11 * 24 - 1, 4, None),
            (week, 11 * 24, 4, Some(15 * 24)),
            (week, 14 * 24 + 23, 0, Some(15 * 24)),
            (week, 100 * 24, 0, Some(15 * 24)),
            (month, 15 * 24, 15, None),
            (month, 26 * 24, 4, Some(month)),
        ];
        for (life, now, left, ends) in cases {
            let tokens = tokens(life);
            assert_eq!(days_left(&tokens, hour(now)), left, "{life}, {now}");
            assert_eq!(tokens.ends_soon(hour(now)), ends.map(hour), "{life}, {now}");
        }
    }

    #[test]
    fn tokens_come_back_as_they_were_kept() {
        for client_id in [None, Some("another id".to_owned())] {
            let kept = Tokens { client_id, username: Some("kiosk@example.org".to_owned()), ..tokens(168) };
            let read = Tokens::read(&kept.write().unwrap(), hour(50)).unwrap();
            assert_eq!([&read.access, &read.refresh].map(ExposeSecret::expose_secret), ["opaque-AAA", "opaque-RRR"]);
            assert_eq!((read.issued_at, read.access_ends), (kept.issued_at, kept.access_ends));
            assert_eq!(read.client_id, kept.client_id);
        }
    }

    #[test]
    fn tokens_of_an_older_version_are_understood() {
        let kept = |ends: DateTime<Utc>| {
            let json = serde_json::json!({ "access": "a", "refresh": "r", "access_ends": ends });
            Tokens::read(&json.to_string().into(), hour(20)).unwrap()
        };
        let week = kept(hour(0) + ISSUED_BEFORE_ENDS);
        assert_eq!((week.issued_at, week.client_id), (hour(0), None));
        assert_eq!(kept(hour(24 * 365 * 9)).issued_at, hour(20), "not later than now");
        assert_eq!(kept(hour(24 * 365 * 9)).refresh_due(), hour(200));
        for absurd in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
            let tokens = kept(absurd);
            let _ = (tokens.refresh_due(), tokens.ends_soon(hour(20)), days_left(&tokens, hour(20)));
        }
    }

    #[test]
    fn what_is_no_sign_in_is_said_without_telling_it() {
        for json in ["", "{}", "opaque-AAA", "{\"access\":\"opaque-AAA\",\"refresh\":7,\"access_ends\":0}"] {
            let error = Tokens::read(&json.into(), hour(0)).unwrap_err();
            assert!(matches!(error, KeyStoreError::Damaged) && !error.to_string().contains("opaque"), "{error}");
        }
    }
}
