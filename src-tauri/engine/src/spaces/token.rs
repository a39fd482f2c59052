//! The token endpoint (`nexudus-api.md` section 1.2): one question, and what its answer means.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use tapdesk_core::checkin::Trouble;
use tokio::time::Instant;
use url::Url;

use super::governor::{Governor, Priority};
use super::http::{SOON, received, sentence};
use super::outcome::throttled_for;
use crate::device::DeviceId;
use crate::keys::Tokens;

/// The header that binds a refresh token to this device; the service looks for it under this very name.
const CLIENT_ID: HeaderName = HeaderName::from_static("client_id");
/// A token is refreshed when this share of its life is left, in tenths.
const REFRESH_AT_TENTHS_LEFT: i32 = 1;

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
    device: DeviceId,
    governor: Arc<Governor>,
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

impl TokenEndpoint {
    pub(super) fn new(http: reqwest::Client, base_url: &Url, device: DeviceId, governor: Arc<Governor>) -> Self {
        let mut url = base_url.clone();
        url.set_path(&format!("{}/token", base_url.path().trim_end_matches('/')));
        Self { http, url, device, governor }
    }

    pub(super) async fn ask(&self, form: &[(&str, &str)]) -> Granted {
        let Ok(device) = HeaderValue::from_str(self.device.as_str()) else {
            return Granted::Trouble(Trouble::Invalid("the device id cannot be sent".to_owned()));
        };
        if !self.governor.admit_by(Instant::now() + SOON, Priority::Urgent, false).await {
            return Granted::Trouble(Trouble::Throttled);
        }
        let asked_at = Utc::now();
        let sent = self.http.post(self.url.clone()).header(CLIENT_ID, device).form(form).send().await;
        let mut reply = match sent {
            Ok(reply) => reply,
            Err(error) => return Granted::Trouble(Trouble::Unreachable(sentence(&error))),
        };
        let status = reply.status().as_u16();
        let wait = throttled_for(reply.headers());
        let body = match received(&mut reply).await {
            Ok(body) => body,
            Err(what) => return Granted::Trouble(Trouble::Unreachable(what)),
        };
        if let (200, Ok(grant)) = (status, serde_json::from_slice::<Grant>(&body)) {
            return Granted::Tokens(tokens(grant, asked_at));
        }
        match (status, serde_json::from_slice::<OauthError>(&body)) {
            (409 | 429, _) => {
                self.governor.hold(wait);
                Granted::Trouble(Trouble::Throttled)
            }
            // Of all that can go wrong only these speak of the grant; a gateway's refusal does not.
            (400 | 401, Ok(refusal)) => Granted::Refused(refusal.error_description.unwrap_or(refusal.error)),
            _ => Granted::Trouble(Trouble::Gateway(format!("{status} at {}", self.url.path()))),
        }
    }
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
