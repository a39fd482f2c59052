//! The sign-in: one pair of tokens for this device, refreshed early, once for any number of callers, and durable before
//! it is used (design section 7, `nexudus-api.md` section 1.2).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tapdesk_core::checkin::Trouble;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::governor::Governor;
use super::token::{Granted, TokenEndpoint};
use crate::device::DeviceId;
use crate::keys::{KeyStoreError, TokenStore, Tokens};

const NOT_SIGNED_IN: &str = "run `tapdesk sign-in --username EMAIL`";
/// After an early refresh that failed the old token is used for so long before the next one.
const EARLY_AGAIN: Duration = Duration::from_mins(1);

/// This device's sign-in.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    endpoint: TokenEndpoint,
    store: TokenStore,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    /// In use: known to be in the key store.
    tokens: Option<Tokens>,
    /// Issued, but the key store did not take it yet; the pair before it is dead.
    unsaved: Option<Unsaved>,
    /// A refresh token that the service does not accept any more.
    dead: Option<String>,
    /// An access token that the service does not accept any more.
    rejected: Option<String>,
    /// No early refresh before.
    early_again: Option<Instant>,
}

impl Held {
    fn access(&self) -> Option<String> {
        self.tokens.as_ref().map(|tokens| tokens.access.clone())
    }

    fn is_rejected(&self, tokens: &Tokens) -> bool {
        self.rejected.as_ref() == Some(&tokens.access)
    }
}

#[derive(Clone)]
struct Unsaved {
    tokens: Tokens,
    /// The refresh token that it was issued for.
    replaces: String,
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

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Nothing in it may be shown.
        formatter.write_str("Session")
    }
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
        let endpoint = TokenEndpoint::new(http, base_url, device, governor);
        Self(Arc::new(Inner { endpoint, store, held: Mutex::default() }))
    }

    /// Signs in and keeps the tokens; the password is used once and not kept.
    pub async fn sign_in(&self, username: &str, password: &str, totp: Option<&str>) -> Result<(), SignInError> {
        let mut form = vec![("grant_type", "password"), ("username", username), ("password", password)];
        form.extend(totp.map(|totp| ("totp", totp)));
        match self.0.endpoint.ask(&form).await {
            Granted::Tokens(tokens) => {
                self.0.store.save(&tokens).await?;
                *self.0.held.lock().await = Held { tokens: Some(tokens), ..Held::default() };
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
        if let Ok(held) = self.0.held.try_lock()
            && let (Some(tokens), None) = (&held.tokens, &held.unsaved)
            && Utc::now() < tokens.access_ends
            && !held.is_rejected(tokens)
        {
            return Ok(tokens.access.clone());
        }
        let inner = Arc::clone(&self.0);
        to_its_end(async move { inner.access().await }).await
    }

    /// The service did not accept `used`: another one to try, if there can be one. Callers that used the same token get
    /// the same new one.
    pub async fn after_rejection(&self, used: &str) -> Result<String, Trouble> {
        let (inner, used) = (Arc::clone(&self.0), used.to_owned());
        to_its_end(async move { inner.after_rejection(&used).await }).await
    }

    /// When the access token ends, by this machine's clock; none when not signed in.
    pub async fn access_ends(&self) -> Result<Option<DateTime<Utc>>, KeyStoreError> {
        Ok(self.0.store.load().await?.map(|tokens| tokens.access_ends))
    }
}

/// In a task of its own: a caller that gives up must not take a new pair of tokens with it.
async fn to_its_end(work: impl Future<Output = Result<String, Trouble>> + Send + 'static) -> Result<String, Trouble> {
    let broke_off = |_| Err(Trouble::NotReady("the refresh of the sign-in broke off".to_owned()));
    tokio::spawn(work).await.unwrap_or_else(broke_off)
}

impl Inner {
    async fn access(&self) -> Result<String, Trouble> {
        let mut held = self.held.lock().await;
        if let Err(trouble) = self.settle(&mut held).await {
            let accepted = held.tokens.as_ref().filter(|tokens| !held.is_rejected(tokens));
            return accepted.map(|tokens| tokens.access.clone()).ok_or(trouble);
        }
        let tokens = held.tokens.clone().ok_or_else(signed_out)?;
        let is_rejected = held.is_rejected(&tokens);
        let early_again = held.early_again.is_none_or(|at| Instant::now() >= at);
        if !is_rejected && (Utc::now() < tokens.access_ends || !early_again) {
            return Ok(tokens.access);
        }
        let refreshed = if held.dead.as_ref() == Some(&tokens.refresh) {
            self.signed_in_anew(&mut held).await
        } else {
            self.refresh(&mut held, &tokens).await
        };
        refreshed.or_else(|trouble| {
            if is_rejected {
                return Err(trouble);
            }
            tracing::warn!(trouble = %trouble.sentence(), "the sign-in was not renewed; it works until its token ends");
            held.early_again = Some(Instant::now() + EARLY_AGAIN);
            held.tokens.get_or_insert_with(|| tokens.clone());
            Ok(tokens.access)
        })
    }

    async fn after_rejection(&self, used: &str) -> Result<String, Trouble> {
        let mut held = self.held.lock().await;
        self.settle(&mut held).await?;
        let tokens = held.tokens.clone().ok_or_else(signed_out)?;
        if tokens.access != used {
            return Ok(tokens.access);
        }
        // Should the refresh fail, nobody tries with this one again.
        held.rejected = Some(used.to_owned());
        if held.dead.as_ref() == Some(&tokens.refresh) {
            return self.signed_in_anew(&mut held).await;
        }
        self.refresh(&mut held, &tokens).await
    }

    /// Brings what is held up to what the key store has: at start, after a sign-in by another process, after a pair
    /// that could not be stored.
    async fn settle(&self, held: &mut Held) -> Result<(), Trouble> {
        if let Some(unsaved) = held.unsaved.clone() {
            let not_ready = |error: KeyStoreError| Trouble::NotReady(error.to_string());
            let stored = match self.store.load().await {
                Err(KeyStoreError::Damaged) => None,
                loaded => loaded.map_err(not_ready)?,
            };
            // A sign-in by another process is newer than the pair that waited.
            let newer = stored.filter(|stored| stored.refresh != unsaved.replaces);
            if newer.is_none() {
                self.store.save(&unsaved.tokens).await.map_err(not_ready)?;
            }
            held.tokens = newer.or(Some(unsaved.tokens));
            held.unsaved = None;
        }
        if held.tokens.is_none() {
            let stored = self.store.load().await.map_err(|error| Trouble::SignedOut(error.to_string()))?;
            held.tokens = stored.filter(|stored| held.dead.as_ref() != Some(&stored.refresh));
        }
        Ok(())
    }

    /// The token of a sign-in that somebody made on this device after the held one died.
    async fn signed_in_anew(&self, held: &mut Held) -> Result<String, Trouble> {
        held.tokens = None;
        self.settle(held).await?;
        held.access().ok_or_else(signed_out)
    }

    async fn refresh(&self, held: &mut Held, tokens: &Tokens) -> Result<String, Trouble> {
        match self.endpoint.ask(&[("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh)]).await {
            Granted::Tokens(fresh) => {
                held.unsaved = Some(Unsaved { tokens: fresh, replaces: tokens.refresh.clone() });
                self.settle(held).await?;
                held.access().ok_or_else(signed_out)
            }
            Granted::Refused(why) => {
                held.dead = Some(tokens.refresh.clone());
                // Somebody may have signed in on this device meanwhile.
                self.signed_in_anew(held).await.map_err(|trouble| match trouble {
                    Trouble::SignedOut(_) => {
                        Trouble::SignedOut(format!("the service ended the sign-in ({why}); {NOT_SIGNED_IN}"))
                    }
                    other => other,
                })
            }
            Granted::Trouble(trouble) => Err(trouble),
        }
    }
}

fn signed_out() -> Trouble {
    Trouble::SignedOut(format!("this kiosk is not signed in; {NOT_SIGNED_IN}"))
}
