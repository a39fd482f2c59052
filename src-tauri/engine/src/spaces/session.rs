//! The sign-in: one pair of tokens for this device, refreshed early, once for any number of callers, and durable before
//! it is used (design section 7, `nexudus-api.md` section 1.2).

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use tapdesk_core::checkin::Trouble;
use tokio::sync::Mutex;
use url::Url;

use super::governor::{Governor, Priority};
use super::outcome::throttled_for;
use crate::device::DeviceId;
use crate::keys::{KeyStoreError, TokenStore, Tokens};

/// The header that binds a refresh token to this device; the service looks for it under this very name.
const CLIENT_ID: HeaderName = HeaderName::from_static("client_id");
/// A token is refreshed when this share of its life is left, in tenths.
const REFRESH_AT_TENTHS_LEFT: i32 = 1;
const NOT_SIGNED_IN: &str = "run `tapdesk sign-in --username EMAIL`";

/// This device's sign-in.
#[derive(Debug)]
pub struct Session {
    http: reqwest::Client,
    token_url: Url,
    device: DeviceId,
    store: TokenStore,
    governor: Arc<Governor>,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// In use: known to be in the key store.
    tokens: Option<Tokens>,
    /// Issued, but the key store did not take it yet; the pair before it is dead.
    unsaved: Option<Tokens>,
    /// A refresh token that the service does not accept any more.
    dead: Option<String>,
}

/// Why a sign-in did not work.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The service said no.
    #[error("the service did not accept the sign-in: {0}")]
    Refused(String),
    /// The service could not be asked.
    #[error("{0}")]
    Trouble(String),
    /// The tokens could not be kept.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
}

#[derive(Deserialize)]
struct Grant {
    access_token: String,
    refresh_token: String,
    #[serde(default)]
    expires_in: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct OauthError {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

enum Granted {
    Tokens(Tokens),
    Refused(String),
    Trouble(Trouble),
}

impl Session {
    /// The session of this device at the service behind `base_url`; its calls pass `governor` like all others.
    pub fn new(
        http: reqwest::Client,
        base_url: &Url,
        device: DeviceId,
        store: TokenStore,
        governor: Arc<Governor>,
    ) -> Self {
        let mut token_url = base_url.clone();
        token_url.set_path(&format!("{}/token", base_url.path().trim_end_matches('/')));
        Self { http, token_url, device, store, governor, held: Mutex::default() }
    }

    /// Signs in and keeps the tokens; the password is used once and not kept.
    pub async fn sign_in(&self, username: &str, password: &str, totp: Option<&str>) -> Result<(), SignInError> {
        let mut form = vec![("grant_type", "password"), ("username", username), ("password", password)];
        form.extend(totp.map(|totp| ("totp", totp)));
        match self.ask(&form).await {
            Granted::Tokens(tokens) => {
                self.store.save(&tokens).await?;
                *self.held.lock().await = Held { tokens: Some(tokens), ..Held::default() };
                Ok(())
            }
            Granted::Refused(why) => Err(SignInError::Refused(why)),
            Granted::Trouble(trouble) => Err(SignInError::Trouble(trouble.sentence())),
        }
    }

    /// A token to send. One that is near its end is refreshed first; if that fails, the old one is still good for a
    /// while: the service ends it by itself, not with its refresh token. So a refresh whose reply was lost, which leaves
    /// a refresh token that is dead, stops nobody before the access token's own end.
    pub async fn access(&self) -> Result<String, Trouble> {
        let mut held = self.held.lock().await;
        self.settle(&mut held).await?;
        let tokens = held.tokens.clone().ok_or_else(signed_out)?;
        if Utc::now() < tokens.access_ends {
            return Ok(tokens.access);
        }
        if held.dead.as_ref() == Some(&tokens.refresh) {
            return Ok(self.signed_in_anew(&mut held).await?.unwrap_or(tokens.access));
        }
        match self.refresh(&mut held, &tokens).await {
            Err(Trouble::SignedOut(why)) => {
                tracing::error!(%why, "this sign-in cannot be renewed; it works until its token ends");
                held.tokens = Some(tokens.clone());
                Ok(tokens.access)
            }
            Err(trouble) if trouble.passes() => Ok(tokens.access),
            refreshed => refreshed,
        }
    }

    /// The token of a sign-in that somebody made on this device after the held one died.
    async fn signed_in_anew(&self, held: &mut Held) -> Result<Option<String>, Trouble> {
        let before = held.tokens.take();
        self.settle(held).await?;
        let anew = held.tokens.as_ref().map(|tokens| tokens.access.clone());
        held.tokens = held.tokens.take().or(before);
        Ok(anew)
    }

    /// The service did not accept `used`: another one to try, if there can be one. Callers that used the same token get
    /// the same new one.
    pub async fn after_rejection(&self, used: &str) -> Result<String, Trouble> {
        let mut held = self.held.lock().await;
        self.settle(&mut held).await?;
        let tokens = held.tokens.clone().ok_or_else(signed_out)?;
        if tokens.access != used {
            return Ok(tokens.access);
        }
        if held.dead.as_ref() == Some(&tokens.refresh) {
            held.tokens = None;
            self.settle(&mut held).await?;
            return held.tokens.as_ref().map(|tokens| tokens.access.clone()).ok_or_else(signed_out);
        }
        self.refresh(&mut held, &tokens).await
    }

    /// When the access token ends, by this machine's clock; none when not signed in.
    pub async fn access_ends(&self) -> Result<Option<DateTime<Utc>>, KeyStoreError> {
        Ok(self.store.load().await?.map(|tokens| tokens.access_ends))
    }

    /// Brings what is held up to what the key store has: at start, after a sign-in by another process, after a pair
    /// that could not be stored.
    async fn settle(&self, held: &mut Held) -> Result<(), Trouble> {
        if let Some(unsaved) = held.unsaved.clone() {
            self.store.save(&unsaved).await.map_err(|error| Trouble::NotReady(error.to_string()))?;
            held.tokens = held.unsaved.take();
        }
        if held.tokens.is_none() {
            let stored = self.store.load().await.map_err(|error| Trouble::SignedOut(error.to_string()))?;
            held.tokens = stored.filter(|stored| held.dead.as_ref() != Some(&stored.refresh));
        }
        Ok(())
    }

    async fn refresh(&self, held: &mut Held, tokens: &Tokens) -> Result<String, Trouble> {
        match self.ask(&[("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh)]).await {
            Granted::Tokens(fresh) => {
                held.unsaved = Some(fresh.clone());
                self.settle(held).await?;
                Ok(fresh.access)
            }
            Granted::Refused(why) => {
                held.tokens = None;
                held.dead = Some(tokens.refresh.clone());
                // Somebody may have signed in on this device meanwhile.
                self.settle(held).await?;
                held.tokens.as_ref().map(|tokens| tokens.access.clone()).ok_or_else(|| {
                    Trouble::SignedOut(format!("the service ended the sign-in ({why}); {NOT_SIGNED_IN}"))
                })
            }
            Granted::Trouble(trouble) => Err(trouble),
        }
    }

    async fn ask(&self, form: &[(&str, &str)]) -> Granted {
        let Ok(device) = HeaderValue::from_str(self.device.as_str()) else {
            return Granted::Trouble(Trouble::Invalid("the device id cannot be sent".to_owned()));
        };
        self.governor.admit(Priority::Urgent, false).await;
        let asked_at = Utc::now();
        let sent = self.http.post(self.token_url.clone()).header(CLIENT_ID, device).form(form).send().await;
        let reply = match sent {
            Ok(reply) => reply,
            Err(error) => return Granted::Trouble(Trouble::Unreachable(super::http::sentence(&error))),
        };
        let status = reply.status().as_u16();
        let wait = throttled_for(reply.headers());
        let body = match reply.bytes().await {
            Ok(body) => body,
            Err(error) => return Granted::Trouble(Trouble::Unreachable(super::http::sentence(&error))),
        };
        if let (200, Ok(grant)) = (status, serde_json::from_slice::<Grant>(&body)) {
            return Granted::Tokens(tokens(grant, asked_at));
        }
        match (status, serde_json::from_slice::<OauthError>(&body)) {
            (400..=499, Ok(refusal)) => Granted::Refused(refusal.error_description.unwrap_or(refusal.error)),
            (409 | 429, Err(_)) => {
                self.governor.hold(wait);
                Granted::Trouble(Trouble::Throttled)
            }
            (401 | 403, Err(_)) => Granted::Refused(format!("status {status}")),
            _ => Granted::Trouble(Trouble::Gateway(format!("{status} at {}", self.token_url.path()))),
        }
    }
}

fn signed_out() -> Trouble {
    Trouble::SignedOut(format!("this kiosk is not signed in; {NOT_SIGNED_IN}"))
}

fn tokens(grant: Grant, asked_at: DateTime<Utc>) -> Tokens {
    let stated = grant.expires_in.as_ref().and_then(|stated| match stated {
        serde_json::Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    });
    // Without a stated life the token is used until it is rejected; ten years keep the sum in range.
    let ten_years = 10 * 365 * 24 * 3600;
    let life = TimeDelta::seconds(stated.unwrap_or(ten_years).clamp(0, ten_years));
    let access_ends = asked_at + life - life / 10 * REFRESH_AT_TENTHS_LEFT;
    Tokens { access: grant.access_token, refresh: grant.refresh_token, access_ends }
}
