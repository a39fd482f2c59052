//! `POST /api/token` and what an `Authorization` header stands for (nexudus-api.md sections 1.2 to 1.6).

use std::collections::HashMap;
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::query;
use super::replies::Reply;
use super::switches::Switches;

/// A user who may sign in (sections 1.4, 1.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The e-mail it signs in with.
    pub username: String,
    /// Its password.
    pub password: String,
    /// Shown by `auth/me`.
    pub full_name: String,
    /// Roles it lacks, `Checkin-Create`; none, and no `roles`, = a full unrestricted administrator.
    #[serde(default)]
    pub lacking_roles: Vec<String>,
    /// The only roles it has, where they are named.
    #[serde(default)]
    pub roles: Option<Vec<String>>,
    /// Set when the account may not use the API (section 1.5): every call but `auth/me` is as without its role.
    #[serde(default)]
    pub no_api_access: bool,
    /// Shown by `auth/me`.
    #[serde(default)]
    pub inactive: bool,
    /// Shown by `auth/me`.
    #[serde(default)]
    pub must_reset_password: bool,
}

impl Account {
    /// A full unrestricted administrator.
    pub fn administrator(username: &str, password: &str, full_name: &str) -> Self {
        let [username, password, full_name] = [username, password, full_name].map(str::to_owned);
        Self {
            username,
            password,
            full_name,
            lacking_roles: Vec::new(),
            roles: None,
            no_api_access: false,
            inactive: false,
            must_reset_password: false,
        }
    }

    /// The same without one role, `Checkin-Create`.
    #[must_use]
    pub fn lacking(mut self, role: &str) -> Self {
        self.lacking_roles.push(role.to_owned());
        self
    }

    /// The same with these roles and no others.
    #[must_use]
    pub fn only(mut self, roles: &[&str]) -> Self {
        self.roles = Some(roles.iter().map(|role| (*role).to_owned()).collect());
        self
    }

    pub(crate) fn is_administrator(&self) -> bool {
        self.lacking_roles.is_empty() && self.roles.is_none() && !self.no_api_access
    }

    pub(crate) fn has_role(&self, role: &str) -> bool {
        let is_role = |other: &String| other.eq_ignore_ascii_case(role);
        let lacks = self.no_api_access || self.lacking_roles.iter().any(is_role);
        !lacks && self.roles.as_ref().is_none_or(|roles| roles.iter().any(is_role))
    }
}

#[derive(Debug)]
struct Refresh {
    token: String,
    until: Instant,
}

/// All living tokens.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    access: HashMap<String, (String, Instant)>,
    /// By account and `client_id`: one refresh token each.
    refresh: HashMap<(String, String), Refresh>,
}

impl Tokens {
    pub(crate) fn revoke_access(&mut self) {
        self.access.clear();
    }

    pub(crate) fn revoke_refresh(&mut self) {
        self.refresh.clear();
    }

    fn issue(&mut self, username: &str, client_id: &str, now: Instant, switches: &Switches) -> Reply {
        let [access, refresh] = ["access", "refresh"].map(|kind| format!("{kind}-{}", Uuid::new_v4().simple()));
        let until = |seconds| now + Duration::from_secs(seconds);
        self.access.insert(access.clone(), (username.to_owned(), until(switches.access_token_seconds)));
        let kept = Refresh { token: refresh.clone(), until: until(switches.refresh_token_seconds) };
        self.refresh.insert((username.to_owned(), client_id.to_owned()), kept);
        let body = json!({
            "access_token": access,
            "token_type": "bearer",
            "expires_in": switches.access_token_seconds.saturating_sub(1),
            "refresh_token": refresh,
        });
        Reply::json(200, &body).committed()
    }

    /// Answers the token endpoint; the e-mail when the grant was good.
    pub(crate) fn grant(
        &mut self,
        accounts: &[Account],
        headers: &HeaderMap,
        body: &[u8],
        now: Instant,
        switches: &Switches,
    ) -> (Reply, Option<String>) {
        let fields = if is_form(headers) { query::pairs(&String::from_utf8_lossy(body)) } else { Vec::new() };
        let field = |name| query::value(&fields, name).unwrap_or_default();
        let client_id =
            headers.get("client_id").and_then(|value| value.to_str().ok()).filter(|value| !value.is_empty());
        match field("grant_type") {
            "password" => {
                let account = accounts.iter().find(|account| {
                    account.username.eq_ignore_ascii_case(field("username")) && account.password == field("password")
                });
                let Some(account) = account else {
                    return (invalid_grant(Some("The user name or password is incorrect.")), None);
                };
                if switches.totp.as_ref().is_some_and(|code| code != field("totp")) {
                    return (invalid_grant(Some("The two-factor code is missing or incorrect.")), None);
                }
                let client_id = client_id.unwrap_or(&account.username);
                (self.issue(&account.username, client_id, now, switches), Some(account.username.clone()))
            }
            "refresh_token" => {
                let Some(client_id) = client_id else { return (invalid_grant(None), None) };
                let owner = self.refresh.iter().find(|((_, bound_to), kept)| {
                    bound_to == client_id && kept.token == field("refresh_token") && kept.until > now
                });
                match owner.map(|((username, _), _)| username.clone()) {
                    Some(username) => (self.issue(&username, client_id, now, switches), Some(username)),
                    None => (invalid_grant(None), None),
                }
            }
            _ => (Reply::json(400, &json!({ "error": "unsupported_grant_type" })), None),
        }
    }

    /// The account behind an `Authorization` header: a living bearer token, or Basic.
    pub(crate) fn account<'a>(
        &self,
        accounts: &'a [Account],
        headers: &HeaderMap,
        now: Instant,
    ) -> Option<&'a Account> {
        let (scheme, credentials) = headers.get("authorization")?.to_str().ok()?.split_once(' ')?;
        if scheme.eq_ignore_ascii_case("bearer") {
            let (username, until) = self.access.get(credentials.trim())?;
            return accounts.iter().find(|account| account.username == *username && *until > now);
        }
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let plain = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
        let (username, password) = plain.split_once(':')?;
        accounts.iter().find(|account| account.username.eq_ignore_ascii_case(username) && account.password == password)
    }
}

/// Whether the body is declared as a form.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded")
}

fn invalid_grant(description: Option<&str>) -> Reply {
    let mut body = json!({ "error": "invalid_grant" });
    if let Some(description) = description {
        body["error_description"] = json!(description);
    }
    Reply::json(400, &body)
}
