//! The sign-in: one pair of tokens for this device, refreshed early, once for any number of callers, and durable before
//! it is used (design section 7, `nexudus-api.md` section 1.2).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use tapdesk_core::checkin::Trouble;
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;
use url::Url;
use uuid::Uuid;

use super::governor::Governor;
use super::token::{Granted, TokenEndpoint};
use crate::device::DeviceId;
use crate::keys::{KeyStoreError, TokenStore, Tokens, same};

const NOT_SIGNED_IN: &str = "run `tapdesk sign-in --username EMAIL`";
/// After an early refresh that failed the old token is used for so long before the next one.
const EARLY_AGAIN: Duration = Duration::from_mins(1);
/// After an early refresh that was refused the same refresh token is not sent again for so long. It is most likely dead,
/// but the access token has days to go, and a service that said no by mistake may have come round by then.
const REFUSED_AGAIN: Duration = Duration::from_hours(1);

/// This device's sign-in.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    endpoint: TokenEndpoint,
    store: TokenStore,
    held: Mutex<Held>,
    ends: watch::Sender<Option<DateTime<Utc>>>,
}

#[derive(Default)]
struct Held {
    /// In use: known to be in the key store.
    tokens: Option<Tokens>,
    /// Issued, but the key store did not take it yet; the pair before it is dead.
    unsaved: Option<Unsaved>,
    /// A refresh token that the service does not accept any more.
    dead: Option<Dead>,
    /// An access token that the service does not accept any more.
    rejected: Option<SecretString>,
    /// No early refresh before.
    early_again: Option<Instant>,
}

impl Held {
    fn access(&self) -> Option<SecretString> {
        self.tokens.as_ref().map(|tokens| tokens.access.clone())
    }

    fn is_rejected(&self, tokens: &Tokens) -> bool {
        self.rejected.as_ref().is_some_and(|rejected| same(rejected, &tokens.access))
    }

    fn dead(&self, tokens: &Tokens) -> Option<&Dead> {
        self.dead.as_ref().filter(|dead| same(&dead.refresh, &tokens.refresh))
    }
}

struct Dead {
    refresh: SecretString,
    /// Not sent again before.
    again: Instant,
}

#[derive(Clone)]
struct Unsaved {
    tokens: Tokens,
    /// The refresh token that it was issued for.
    replaces: SecretString,
}

/// Why a sign-in did not work.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The service said no.
    #[error("the service did not accept the sign-in: {0}")]
    Refused(String),
    /// The service could not be asked.
    #[error("{}", .0.sentence())]
    Trouble(Trouble),
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
        Self(Arc::new(Inner { endpoint, store, held: Mutex::default(), ends: watch::Sender::new(None) }))
    }

    /// Signs in and keeps the tokens; the password is used once and not kept. It ends this device's sign-in of before.
    pub async fn sign_in(
        &self,
        username: &str,
        password: &SecretString,
        totp: Option<&SecretString>,
    ) -> Result<(), SignInError> {
        self.sign_in_as(None, username, password, totp).await
    }

    /// The same under an id of its own, which is kept with the tokens: the service ends no sign-in that this device had
    /// before. For a set-up that may be given up, with a store that is not the running kiosk's.
    pub async fn sign_in_afresh(
        &self,
        username: &str,
        password: &SecretString,
        totp: Option<&SecretString>,
    ) -> Result<(), SignInError> {
        self.sign_in_as(Some(Uuid::new_v4().to_string()), username, password, totp).await
    }

    async fn sign_in_as(
        &self,
        client_id: Option<String>,
        username: &str,
        password: &SecretString,
        totp: Option<&SecretString>,
    ) -> Result<(), SignInError> {
        let mut form = vec![("grant_type", "password"), ("username", username), ("password", password.expose_secret())];
        form.extend(totp.map(|totp| ("totp", totp.expose_secret())));
        match self.0.endpoint.ask(&form, client_id.as_deref()).await {
            Granted::Tokens(tokens) => {
                let tokens = Tokens { username: Some(username.to_owned()), ..tokens };
                self.0.store.save(&tokens).await?;
                let mut held = self.0.held.lock().await;
                *held = Held { tokens: Some(tokens), ..Held::default() };
                self.0.tell(&held);
                Ok(())
            }
            Granted::Refused(why) => Err(SignInError::Refused(why)),
            Granted::Trouble(trouble) => Err(SignInError::Trouble(trouble)),
        }
    }

    /// A token to send. One whose half-life is over is refreshed first; if that fails, the old one is still good for a
    /// while: the service ends it by itself, not with its refresh token. So a refresh whose reply was lost, which leaves
    /// a refresh token that is dead, stops nobody before the access token's own end.
    pub async fn access(&self) -> Result<SecretString, Trouble> {
        if let Ok(held) = self.0.held.try_lock()
            && let (Some(tokens), None) = (&held.tokens, &held.unsaved)
            && Utc::now() < tokens.refresh_due()
            && !held.is_rejected(tokens)
        {
            return Ok(tokens.access.clone());
        }
        let inner = Arc::clone(&self.0);
        to_its_end(async move { inner.access().await }).await
    }

    /// The service did not accept `used`: another one to try, if there can be one. Callers that used the same token get
    /// the same new one.
    pub async fn after_rejection(&self, used: &SecretString) -> Result<SecretString, Trouble> {
        let (inner, used) = (Arc::clone(&self.0), used.clone());
        to_its_end(async move { inner.after_rejection(&used).await }).await
    }

    /// When the access token ends, by this machine's clock; none when not signed in.
    pub async fn access_ends(&self) -> Result<Option<DateTime<Utc>>, KeyStoreError> {
        Ok(self.0.store.load().await?.map(|tokens| tokens.access_ends))
    }

    /// This device's tokens as they are kept.
    pub async fn stored(&self) -> Result<Option<Tokens>, KeyStoreError> {
        // Not in the middle of a refresh.
        let _held = self.0.held.lock().await;
        self.0.store.load().await
    }

    /// When the sign-in in use ends unless it is renewed, as far as that can be said without waiting.
    pub fn held_ends(&self) -> Option<DateTime<Utc>> {
        self.0.held.try_lock().ok()?.tokens.as_ref().map(Tokens::ends)
    }

    /// When the sign-in ends, once that is known: some days before, or since then. It is known where the service refused
    /// a refresh (the access token works on until its end), or where the kiosk was off or offline for so long that its
    /// refresh token is near its end. None while all is well, and after a new sign-in.
    pub fn sign_in_ends(&self) -> watch::Receiver<Option<DateTime<Utc>>> {
        self.0.ends.subscribe()
    }
}

/// In a task of its own: a caller that gives up must not take a new pair of tokens with it.
async fn to_its_end(
    work: impl Future<Output = Result<SecretString, Trouble>> + Send + 'static,
) -> Result<SecretString, Trouble> {
    let broke_off = |_| Err(Trouble::NotReady("the refresh of the sign-in broke off".to_owned()));
    tokio::spawn(work).await.unwrap_or_else(broke_off)
}

impl Inner {
    async fn access(&self) -> Result<SecretString, Trouble> {
        let mut held = self.held.lock().await;
        let usable = self.usable(&mut held).await;
        self.tell(&held);
        usable
    }

    async fn after_rejection(&self, used: &SecretString) -> Result<SecretString, Trouble> {
        let mut held = self.held.lock().await;
        let other = self.other_than(&mut held, used).await;
        self.tell(&held);
        other
    }

    /// Says when the sign-in ends.
    fn tell(&self, held: &Held) {
        let now = Utc::now();
        let ends = match &held.tokens {
            Some(tokens) if held.dead(tokens).is_some() => Some(tokens.access_ends),
            Some(tokens) => tokens.ends_soon(now),
            // It is over: since when it was said to be, or since now.
            None if held.dead.is_some() => Some(self.ends.borrow().unwrap_or(now).min(now)),
            None => None,
        };
        self.ends.send_if_modified(|said| {
            let changed = *said != ends;
            *said = ends;
            changed
        });
    }

    async fn usable(&self, held: &mut Held) -> Result<SecretString, Trouble> {
        if let Err(trouble) = self.settle(held).await {
            let accepted = held.tokens.as_ref().filter(|tokens| !held.is_rejected(tokens));
            return accepted.map(|tokens| tokens.access.clone()).ok_or(trouble);
        }
        let tokens = held.tokens.clone().ok_or_else(signed_out)?;
        let is_rejected = held.is_rejected(&tokens);
        let early_again = held.early_again.is_none_or(|at| Instant::now() >= at);
        if !is_rejected && (Utc::now() < tokens.refresh_due() || !early_again) {
            return Ok(tokens.access);
        }
        let refused = held.dead(&tokens).is_some_and(|dead| is_rejected || Instant::now() < dead.again);
        let refreshed = if refused { self.signed_in_anew(held).await } else { self.refresh(held, &tokens).await };
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

    async fn other_than(&self, held: &mut Held, used: &SecretString) -> Result<SecretString, Trouble> {
        self.settle(held).await?;
        let tokens = held.tokens.clone().ok_or_else(signed_out)?;
        if !same(&tokens.access, used) {
            return Ok(tokens.access);
        }
        if held.dead(&tokens).is_none() {
            match self.refresh(held, &tokens).await {
                Err(Trouble::SignedOut(_)) if held.dead(&tokens).is_some() => {}
                // Should it have failed, nobody tries with this one again.
                refreshed => {
                    held.rejected = Some(used.clone());
                    return refreshed;
                }
            }
        }
        // The service rejects a call for a missing role like one with a dead token (`nexudus-api.md` section 1.6). Without
        // a refresh token that would end a sign-in that is good for days.
        if self.endpoint.accepts(used).await == Some(true) {
            held.tokens = Some(tokens.clone());
            return Ok(tokens.access);
        }
        held.rejected = Some(used.clone());
        self.signed_in_anew(held).await
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
            let newer = stored.filter(|stored| !same(&stored.refresh, &unsaved.replaces));
            if newer.is_none() {
                self.store.save(&unsaved.tokens).await.map_err(not_ready)?;
            }
            held.tokens = newer.or(Some(unsaved.tokens));
            held.unsaved = None;
        }
        if held.tokens.is_none() {
            let stored = self.store.load().await.map_err(|error| Trouble::SignedOut(error.to_string()))?;
            held.tokens = stored.filter(|stored| held.dead(stored).is_none());
        }
        Ok(())
    }

    /// The token of a sign-in that somebody made on this device after the held one died.
    async fn signed_in_anew(&self, held: &mut Held) -> Result<SecretString, Trouble> {
        held.tokens = None;
        self.settle(held).await?;
        held.access().ok_or_else(signed_out)
    }

    async fn refresh(&self, held: &mut Held, tokens: &Tokens) -> Result<SecretString, Trouble> {
        let form = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.expose_secret())];
        match self.endpoint.ask(&form, tokens.client_id.as_deref()).await {
            Granted::Tokens(fresh) => {
                let fresh = Tokens { username: tokens.username.clone(), ..fresh };
                held.unsaved = Some(Unsaved { tokens: fresh, replaces: tokens.refresh.clone() });
                self.settle(held).await?;
                held.access().ok_or_else(signed_out)
            }
            Granted::Refused(why) => {
                held.dead = Some(Dead { refresh: tokens.refresh.clone(), again: Instant::now() + REFUSED_AGAIN });
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

#[cfg(test)]
mod tests;
