//! Signing in within a set-up: under an id of its own and in memory, so that the sign-in of before lives on until all of
//! the set-up is kept.

use std::sync::Arc;

use secrecy::SecretString;
use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::BusinessId;

use super::view::{Problem, SignedIn};
use crate::device::DeviceId;
use crate::keys::{KeyStore, MemoryKeyStore, Tokens};
use crate::service;
use crate::settings::Settings;
use crate::spaces::desk::Spaces;
use crate::spaces::records::account::Account;
use crate::spaces::session::SignInError;

/// Words by which a service may speak of a second factor; the published pages give none (`nexudus-api.md` section 1.2).
const OF_A_CODE: [&str; 7] = ["two-factor", "two factor", "2fa", "totp", "authenticat", "code", "mfa"];

/// Under which id a device signs in: a sign-in ends the one of before under the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Under {
    /// The device's own: there is no sign-in to be ended.
    Device,
    /// One that was never used.
    Fresh,
}

/// A sign-in with what is known of it.
pub(super) struct Access {
    pub(super) spaces: Arc<Spaces>,
    pub(super) signed_in: SignedIn,
    pub(super) locations: Vec<(BusinessId, String)>,
}

impl Access {
    /// The sign-in that this kiosk has already; none without one. A problem where it is not good any more.
    pub(super) async fn kept(settings: &Settings, keys: Arc<dyn KeyStore>) -> Result<Self, Problem> {
        let spaces = service::spaces(settings, keys).map_err(|error| Problem::KeyStore(error.to_string()))?;
        Self::of(Arc::new(spaces), true).await
    }

    /// A new sign-in, under an id by [`Under`]. The password is used once.
    pub(super) async fn new(
        settings: &Settings,
        device: &DeviceId,
        under: Under,
        email: &str,
        password: &SecretString,
        code: Option<&SecretString>,
    ) -> Result<Self, Problem> {
        let memory: Arc<dyn KeyStore> = Arc::new(MemoryKeyStore::default());
        let spaces = service::connect(settings, device.clone(), memory);
        let spaces = Arc::new(spaces.map_err(|error| Problem::Gateway(error.to_string()))?);
        let session = spaces.http().session();
        let signed_in = match under {
            Under::Device => session.sign_in(email, password, code).await,
            Under::Fresh => session.sign_in_afresh(email, password, code).await,
        };
        signed_in.map_err(refused)?;
        Self::of(spaces, false).await
    }

    async fn of(spaces: Arc<Spaces>, kept: bool) -> Result<Self, Problem> {
        let account = match spaces.account().await {
            Ok(account) => account,
            // So the service treats whoever is known and may not use the API, such as a member.
            Err(Trouble::NotPermitted(_)) => return Err(Problem::NoApiAccess),
            Err(trouble) => return Err(trouble.into()),
        };
        if account.active == Some(false) {
            return Err(Problem::AccountInactive);
        }
        if account.must_reset_password == Some(true) {
            return Err(Problem::MustResetPassword);
        }
        if account.api_access == Some(false) && !account.is_admin {
            return Err(Problem::NoApiAccess);
        }
        let locations = match spaces.locations().await {
            Ok(seen) => seen.into_iter().map(|business| (business.id, business.name)).collect(),
            // Without the role to list them the account still says which it sees.
            Err(Trouble::NotPermitted(_)) => named_by(&account),
            Err(trouble) => return Err(trouble.into()),
        };
        let signed_in = SignedIn { email: account.email.clone(), administrator: account.is_admin, kept };
        Ok(Self { spaces, signed_in, locations })
    }

    /// Whether this user signed in: by what was typed then, or by what the service says.
    pub(super) async fn is_of(&self, username: &str) -> bool {
        let tokens = self.spaces.http().session().stored().await.ok().flatten();
        let typed = tokens.and_then(|tokens| tokens.username);
        [&typed, &self.signed_in.email].into_iter().flatten().any(|known| known.eq_ignore_ascii_case(username))
    }

    /// The new tokens, to be kept on this device; none for a sign-in of before.
    pub(super) fn new_tokens(&self) -> impl Future<Output = Result<Option<Tokens>, Problem>> + Send + use<> {
        // Of one that was made now the tokens are in memory alone.
        let session = (!self.signed_in.kept).then(|| self.spaces.http().session().clone());
        async move {
            match session {
                Some(session) => session.stored().await.map_err(|error| Problem::KeyStore(error.to_string())),
                None => Ok(None),
            }
        }
    }
}

fn refused(error: SignInError) -> Problem {
    match error {
        SignInError::Refused(said) => {
            let lower = said.to_lowercase();
            if OF_A_CODE.iter().any(|word| lower.contains(word)) {
                Problem::CodeNeeded(said)
            } else {
                Problem::SignInRefused(said)
            }
        }
        SignInError::Trouble(trouble) => trouble.into(),
        SignInError::KeyStore(error) => Problem::KeyStore(error.to_string()),
    }
}

fn named_by(account: &Account) -> Vec<(BusinessId, String)> {
    let name = |id: BusinessId| {
        let known = account.default_business_name.clone().filter(|_| account.default_business == Some(id));
        known.unwrap_or_else(|| id.to_string())
    };
    account.businesses.iter().map(|id| (*id, name(*id))).collect()
}
