//! The token endpoint (`nexudus-api.md` section 1.2): one question, and what its answer means.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tapdesk_core::checkin::Trouble;
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

use super::governor::{Governor, Priority, SOON};
use super::http::{received, sentence};
use super::outcome::throttled_for;
use crate::device::DeviceId;
use crate::keys::Tokens;

/// The header that binds a refresh token to this device; the service looks for it under this very name.
const CLIENT_ID: HeaderName = HeaderName::from_static("client_id");

/// What the endpoint answered.
pub(super) enum Granted {
    /// A new pair.
    Tokens(Tokens),
    /// The grant itself is not accepted: wrong password, or a refresh token that is dead.
    Refused(String),
    /// Nothing is said of the grant.
    Trouble(Trouble),
}

/// The endpoint, as this device uses it.
pub(super) struct TokenEndpoint {
    http: reqwest::Client,
    url: Url,
    /// Who is signed in.
    me: Url,
    device: DeviceId,
    governor: Arc<Governor>,
}

#[derive(Deserialize)]
struct Grant {
    access_token: SecretString,
    refresh_token: SecretString,
    #[serde(default)]
    expires_in: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct OauthError {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

impl TokenEndpoint {
    pub(super) fn new(http: reqwest::Client, base_url: &Url, device: DeviceId, governor: Arc<Governor>) -> Self {
        let mut url = base_url.clone();
        let mut me = base_url.clone();
        let base = base_url.path().trim_end_matches('/');
        url.set_path(&format!("{base}/token"));
        me.set_path(&format!("{base}/auth/me"));
        Self { http, url, me, device, governor }
    }

    /// Whether the service accepts this access token at all, by asking who has it; none where nobody can say.
    pub(super) async fn accepts(&self, access: &SecretString) -> Option<bool> {
        if !self.governor.admit_by(Instant::now() + SOON, Priority::Urgent, false).await {
            return None;
        }
        let asked = self.http.get(self.me.clone()).bearer_auth(access.expose_secret()).send().await.ok()?;
        match asked.status().as_u16() {
            200 => Some(true),
            401 | 403 => Some(false),
            _ => None,
        }
    }

    /// Asks under this `client_id`; under the device's where there is none.
    pub(super) async fn ask(&self, form: &[(&str, &str)], client_id: Option<&str>) -> Granted {
        let Ok(client) = HeaderValue::from_str(client_id.unwrap_or(self.device.as_str())) else {
            return Granted::Trouble(Trouble::Invalid("the device id cannot be sent".to_owned()));
        };
        if !self.governor.admit_by(Instant::now() + SOON, Priority::Urgent, false).await {
            return Granted::Trouble(Trouble::Throttled);
        }
        let asked_at = Utc::now();
        let sent = self.http.post(self.url.clone()).header(CLIENT_ID, client).form(form).send().await;
        let mut reply = match sent {
            Ok(reply) => reply,
            Err(error) => return Granted::Trouble(Trouble::Unreachable(sentence(&error))),
        };
        let status = reply.status().as_u16();
        let wait = throttled_for(reply.headers());
        let body = match received(&mut reply).await {
            Ok(body) => Zeroizing::new(body),
            Err(what) => return Granted::Trouble(Trouble::Unreachable(what)),
        };
        if let (200, Ok(grant)) = (status, serde_json::from_slice::<Grant>(&body)) {
            return Granted::Tokens(tokens(grant, asked_at, client_id));
        }
        match (status, serde_json::from_slice::<OauthError>(&body)) {
            (409 | 429, _) => {
                self.governor.hold(wait, Priority::Urgent, false);
                Granted::Trouble(Trouble::Throttled)
            }
            // Of all that can go wrong only these speak of the grant; a gateway's refusal does not.
            (400 | 401, Ok(refusal)) => Granted::Refused(refusal.error_description.unwrap_or(refusal.error)),
            _ => Granted::Trouble(Trouble::Gateway(format!("{status} at {}", self.url.path()))),
        }
    }
}

fn tokens(grant: Grant, asked_at: DateTime<Utc>, client_id: Option<&str>) -> Tokens {
    let stated = grant.expires_in.as_ref().and_then(|stated| match stated {
        serde_json::Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    });
    // Without a stated life the token is used until it is rejected; ten years keep the sum in range.
    let ten_years = 10 * 365 * 24 * 3600;
    let life = TimeDelta::seconds(stated.unwrap_or(ten_years).clamp(0, ten_years));
    Tokens {
        access: grant.access_token,
        refresh: grant.refresh_token,
        issued_at: asked_at,
        access_ends: asked_at + life,
        client_id: client_id.map(str::to_owned),
        username: None,
    }
}
